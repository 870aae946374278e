"""The glossary leads to where its terms are used."""

from pathlib import Path

from whitepaper.book import Page
from whitepaper.content import Rendered, rendered
from whitepaper.glossary import Term
from whitepaper.uses import add_uses

TERMS = (Term("dam", "坝", "dam"), Term("high-dam", "高坝", "high dam"), Term("weir", "堰", "weir"))
ENTRIES = "".join(f'<dt id="{term.anchor}">{term.en}</dt><dd>Is.</dd>' for term in TERMS)
TEXTS = {
    "zh": {
        "levels": '<h1>1.1 水位</h1><p id="p1">无。</p><p id="p2a">坝与<sup>坝</sup>高坝。</p>',
        "walls": '<h1>墙</h1><ol><li id="p1">无<ul><li id="p2">坝</li></ul></li></ol><p id="p3">坝</p>',
    },
    "en": {
        "levels": '<h1>1.1 Levels</h1><p id="p1">None.</p><p id="p2a">A dam, high dams.</p>',
        "walls": '<h1>Walls</h1><ol><li id="p1">No<ul><li id="p2">Dam</li></ul></li></ol>'
        '<p id="p3">A dam.</p>',
    },
}


def page(lang: str, name: str, markup: str) -> Rendered:
    return rendered(Page(lang, name, Path(f"{lang}/{name}.md"), {}, ""), markup)


def test_entries_lead_to_each_use():
    """An entry names each paragraph that uses its term, of two that overlap the longer."""
    pages = {
        (lang, name): page(lang, name, text)
        for lang, texts in TEXTS.items()
        for name, text in (texts | {"glossary": f"<h1>Terms</h1><dl>{ENTRIES}</dl>"}).items()
    }
    add_uses({"levels": "Water", "walls": "Dams"}, TERMS, pages)
    said = {
        lang: ["".join(entry.itertext()) for entry in pages[lang, "glossary"].tree.iter("dd")]
        for lang in TEXTS
    }
    assert said == {
        "zh": ["Is.见1.1第2a段；墙第2、3段。", "Is.见1.1第2a段。", "Is."],
        "en": [
            "Is. In 1.1, para\u00a02a; Walls, paras\u00a02, 3.",
            "Is. In 1.1, para\u00a02a.",
            "Is.",
        ],
    }
    links = [link.get("href") for link in pages["en", "glossary"].tree.iter("a")]
    assert links == ["../levels/#p2a", "../walls/#p2", "../walls/#p3", "../levels/#p2a"]


def test_long_names_may_part():
    """A line may end within a chapter's name that is long, not within what names the paragraph, nor
    before the mark behind it.
    """
    pages = {
        ("zh", "long"): page("zh", "long", '<h1>各地水库的联合调度</h1><p id="p1">坝。</p>'),
        ("zh", "glossary"): page("zh", "glossary", f"<h1>Terms</h1><dl>{ENTRIES}</dl>"),
    }
    add_uses({"long": ""}, TERMS, pages)
    entry = next(pages["zh", "glossary"].tree.iter("dd"))
    whole = ["".join(span.itertext()) for span in entry.iterfind(".//span[@class='nb']")]
    assert ("".join(entry.itertext()), whole) == ("Is.见各地水库的联合调度第1段。", ["第1段。"])


def test_many_uses_are_told_by_part():
    """Of a term that stands in more paragraphs than anyone follows, an entry names the first in
    each part of the book.
    """
    parts = {"One": "", "Two": "Water", "Three": "Water", "Four": "Dams"}
    texts = {
        name: f"<h1>{name}</h1>" + "".join(f'<p id="p{at}">坝 dam</p>' for at in range(1, 31))
        for name in parts
    }
    pages = {
        (lang, name): page(lang, name, text)
        for lang in TEXTS
        for name, text in (texts | {"glossary": f"<h1>Terms</h1><dl>{ENTRIES}</dl>"}).items()
    }
    add_uses(parts, TERMS, pages)
    said = ["".join(next(pages[lang, "glossary"].tree.iter("dd")).itertext()) for lang in TEXTS]
    assert said == [
        "Is.见One第1段起；Two第1段起；Four第1段起。",
        "Is. In One, from para\u00a01; Two, from para\u00a01; Four, from para\u00a01.",
    ]
