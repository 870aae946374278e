"""The book's own Markdown, rendered by Python-Markdown alone."""

import re

import markdown
import pytest

from whitepaper.book import LineError, read_book

GLOSSARY = """
[[term]]
id = "hard-tech"
zh = "硬科技"
en = "hard tech"
en_first = "hard & core technology"
gloss_zh = "释义。"
gloss_en = "What it means."
group = "hard"

[[term]]
id = "tech"
zh = "科技"
en = "technology"
group = "soft"

[[term]]
id = "fantasy"
zh = "幻想"
en = "fantasy"
in_glossary = false
"""

SETTINGS = """
nav:
  - index.md
  - prologue.md
  - 一、水:
      - levels.md
plugins:
  - i18n:
      languages:
        - locale: zh
        - locale: en
          nav_translations:
            一、水: 1. Water
"""


@pytest.fixture
def render(tmp_path):
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/glossary.toml").write_text(GLOSSARY, "utf-8")
    extensions = [
        "attr_list",
        "admonition",
        "footnotes",
        "tables",
        "md_in_html",
        "whitepaper.extension",
    ]
    options = {"whitepaper.extension": {"root": str(tmp_path)}}
    return lambda text: markdown.markdown(text, extensions=extensions, extension_configs=options)


NUMBERED = [
    ("一段。\n\n二段。", ["p1", "p2"]),
    ("# 题 {#t}\n\n一段。\n\n## 节 {#s}\n\n二段。", ["p1", "p2"]),
    ("引：\n\n1. 甲\n2. 乙\n\n末。", ["p1", "p2", "p3", "p4"]),
    ("- 甲\n\n- 乙\n\n末。", ["p1", "p2", "p3"]),
    ("一。\n\n新。\n{#p1a}\n\n二。", ["p1", "p1a", "p2"]),
    ("一。\n\n五。\n{#p5}\n\n六。", ["p1", "p5", "p6"]),
    ('一。\n\n!!! note "编者注"\n    不计。\n\n    - 不计\n\n二。', ["p1", "p2"]),
    ("一[^a]。\n\n二。\n\n[^a]: 编者注：不计。", ["p1", "p2"]),
    ("一。\n\n![图一　题](f.svg){#figure-f}\n\n二。", ["p1", "p2"]),
    ("一。\n\n| 甲 |\n|---|\n| 乙 |\n\n<p>不计</p>\n\n二。", ["p1", "p2"]),
    ("> 引文。\n\n二。", ["p1", "p2"]),
]


@pytest.mark.parametrize("text,ids", NUMBERED)
def test_numbers(render, text, ids):
    """Body blocks are numbered through the page; what is no body text is not; ids by hand win."""
    assert re.findall(r'id="(p\d+\w*)"', render(text)) == ids


CONTENTS = {
    "zh": '<div class="toc"><ul><li><a href="prologue.md">引言*</a>：起点</li><li>一、水<ul><li><a href="levels.md">1.1 水位</a></li></ul></li></ul></div>',
    "en": '<div class="toc"><ul><li><a href="prologue.md">Prologue*</a>: the start</li><li>1. Water<ul><li><a href="levels.md">1.1 Levels</a></li></ul></li></ul></div>',
}


@pytest.mark.parametrize("lang", CONTENTS)
def test_contents(render, tmp_path, lang):
    """The contents list the pages of the nav by their titles, in their parts, with the words that a
    page has for them; they have no numbers."""
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    (tmp_path / f"docs/{lang}").mkdir(parents=True)
    for name, front, title in (
        ("index", "x: y", ""),
        (
            "prologue",
            "gist: " + {"zh": "起点", "en": "the start"}[lang],
            r"引言\*" if lang == "zh" else r"Prologue\*",
        ),
        ("levels", "x: y", "1.1 水位" if lang == "zh" else "1.1 Levels"),
    ):
        page = f"---\n{front}\n---\n\n# {title} {{#{name}}}\n"
        (tmp_path / f"docs/{lang}/{name}.md").write_text(page, "utf-8")
    said = {"zh": "一段。", "en": "A paragraph."}[lang]
    shown = render(f"{said}\n\n<!-- contents -->\n\n{said}").replace("\n", "")
    assert shown == f'<p id="p1">{said}</p>{CONTENTS[lang]}<p id="p2">{said}</p>'


def test_parts_of_one_name(tmp_path):
    """Two parts that one language calls alike are two in both: pages side by side need them so."""
    settings = SETTINGS.replace("plugins:", "  - 二、色:\n      - colours.md\nplugins:", 1)
    (tmp_path / "mkdocs.yml").write_text(f"{settings}            二、色: 1. Water\n", "utf-8")
    for name in ("prologue", "levels", "colours"):
        for lang in ("zh", "en"):
            (tmp_path / f"docs/{lang}").mkdir(parents=True, exist_ok=True)
            (tmp_path / f"docs/{lang}/{name}.md").write_text("# 题 {#a}\n", "utf-8")
    parts = {lang: read_book(tmp_path).parts(lang) for lang in ("zh", "en")}
    assert [part for part, _ in parts["zh"]] == ["", "一、水", "二、色"]
    assert [part for part, _ in parts["en"]] == ["", "1. Water", "1. Water"]


def test_figure(render):
    """An image alone in its paragraph becomes a figure whose caption is the alternative text."""
    assert render("![图一　题](f.svg){#figure-f}") == (
        '<figure class="figure" id="figure-f"><img alt="图一　题" src="f.svg" /><figcaption>图一　题</figcaption></figure>'
    )


TERMS = [
    ("硬科技不是科技，硬科技。", ["硬科技", "科技"]),
    ("**硬科技**与[科技](x.md)。", ["硬科技"]),
    ("# 硬科技 {#a}\n\n科技。", ["科技"]),
    ("Hard & core technology is hard tech.", ["Hard &amp; core technology"]),
    ("New technologys and hard-technology.", ["technologys"]),
]


@pytest.mark.parametrize("text,linked", TERMS)
def test_terms(render, text, linked):
    """The first use of a term is linked, the longest form wins; headings and links are left alone."""
    assert re.findall(r'<a class="term" [^>]*>([^<]*)</a>', render(text)) == linked


def test_terms_keep_text(render):
    """Linking terms changes no character of the text."""
    text = "硬科技比科技硬，*硬科技*是**科技**的硬核。"
    assert re.sub("<[^>]+>", "", render(text)) == text.replace("*", "")


def test_glossary(render):
    """The line that asks for the glossary becomes a definition list, the page's language first."""
    page = render("# 术语 {#glossary}\n\n说明文字。\n\n<!-- glossary -->")
    assert (
        '<dt id="term-hard-tech"><span>硬科技</span> <span class="other" lang="en">hard tech</span></dt><dd>释义。</dd>'
        in page
    )


def test_groups_of_the_glossary(render):
    """Each line that asks for a group becomes a list of its terms, where it stands; terms that are
    not shown need no group.
    """
    page = render(
        "# 术语 {#glossary}\n\n## 软 {#soft}\n\n<!-- glossary soft -->\n\n## 硬 {#hard}\n\n<!-- glossary hard -->"
    )
    assert re.findall('id="([^"]*)"', page) == [
        "glossary",
        "soft",
        "term-tech",
        "hard",
        "term-hard-tech",
    ]


REFUSED = {
    "a group without a term": (
        "<!-- glossary -->\n\n<!-- glossary new -->",
        "<!-- glossary new -->: the group new must have a term. Give it one in .*, or take the line out",
    ),
    "a term in no group": (
        "<!-- glossary soft -->",
        "<!-- glossary soft -->: the term hard-tech must be in a group that the page asks for. .* ask for its own",
    ),
}


@pytest.mark.parametrize("text,said", REFUSED.values(), ids=REFUSED)
def test_refused_groups(render, text, said):
    """A group that no term has, and a shown term that a page of groups leaves out, are told with
    the line and a cure.
    """
    with pytest.raises(LineError, match=said):
        render(text)
