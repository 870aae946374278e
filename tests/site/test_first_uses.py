"""The glossary leads to where its terms are first used."""

from pathlib import Path
from types import SimpleNamespace

from whitepaper.book import Page
from whitepaper.content import Rendered, rendered
from whitepaper.first_uses import add_first_uses

TERM = '<a class="term" href="../glossary/#term-{0}">{0}</a>'
ENTRIES = '<h1 id="glossary">Terms</h1><dl><dt id="term-dam">dam</dt><dd>A wall.</dd>'
ENTRIES += '<dt id="term-weir">weir</dt><dd>A step.</dd></dl>'


def page(lang: str, name: str, markup: str) -> Rendered:
    return rendered(Page(lang, name, Path(f"{lang}/{name}.md"), {}, ""), markup)


def test_entries_lead_to_the_first_use():
    """An entry names the first paragraph that uses its term; one that is not used gets nothing."""
    dam = TERM.format("dam")
    texts = {
        "levels": f'<h1 id="levels">1.1 Levels</h1><p id="p1">None.</p><p id="p2a">A {dam}.</p>',
        "walls": f'<h1 id="walls">Walls</h1><p id="p1">A {dam} again.</p>',
        "glossary": ENTRIES,
    }
    pages = {
        (lang, name): page(lang, name, text)
        for lang in ("zh", "en")
        for name, text in texts.items()
    }
    add_first_uses(SimpleNamespace(chapters=("levels", "walls")), pages)
    said = {
        lang: ["".join(entry.itertext()) for entry in pages[lang, "glossary"].tree.iter("dd")]
        for lang in ("zh", "en")
    }
    assert said == {
        "zh": ["A wall.首见1.1第2a段。", "A step."],
        "en": ["A wall. First used in 1.1, paragraph\u00a02a.", "A step."],
    }
    assert pages["en", "glossary"].tree.find(".//dd//a").get("href") == "../levels/#p2a"
