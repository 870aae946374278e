"""Published wording as Markdown: printed character by character, under the extensions that the site
really uses.
"""

import html
import re

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imports import ROOT, cases
from manuscript.blocks import (
    Block,
    PageText,
    inline,
    literal,
    plain,
    read_page_text,
    render_page_text,
)
from whitepaper.book import read_book

DANGEROUS = (
    "<script>alert(1)</script>", "&lt;b&gt; &amp; &#42;", "*水* **位** _涨_ __了__", "# 水位", "> 水位", "- 水位", "+ 30%", "1986. 水位", "1) 水位", "---", "***", "===",
    "{{ 水位 }} {% if %}", "[x](javascript:alert)", "![x](y.png)", "[x]: http://water.example", "[^x]", "[^x]: 水位", "`水位` ``x``", "\\*水位\\*", "| 甲 | 乙 |", "水位 {#p1}",
    "{: .x }", "!!! note", "??? note", "=== 水位", ": 水位", "~~水位~~", "^水^", "==水位==", "<!-- glossary -->", "@@glossary@@", "@@glossary water@@", "http://water.example/a_b_c?d=e&f=g", "a@water.example",
    "*[水位]: x", "--8<-- 'x'", ":smile:", "$x$", "%水位", "```", "~~~", '"水位"', "'水位'", "(c) ...", "水位  涨了", "\u00a0水", "<http://water.example>", "&", "<", "水\u200b位", "😀𠀀",
)  # fmt: skip


def renderer():
    """The site's own Markdown: MkDocs' three extensions and those of mkdocs.yml."""
    names, options = ["toc", "tables", "fenced_code"], {}
    for entry in read_book(ROOT).config["markdown_extensions"]:
        name, given_options = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        names, options = [*names, name], options | {name: given_options or {}}
    return markdown.Markdown(extensions=list(dict.fromkeys(names)), extension_configs=options)


SITE = renderer()


def printed(source: str) -> tuple[list[str], str]:
    """(element names, text) of a page, as a browser shows it."""
    page = SITE.reset().convert(source)
    return [tag for tag in re.findall(r"<(\w+)", page) if tag != "a"], html.unescape(
        re.sub(r"<[^>]*>", "", page)
    ).strip("\n")


PLACES = {
    "paragraph": ("{}", ["p"]),
    "heading": ("## {} {{#x}}", ["h2"]),
    "item": ("1. {}", ["ol", "li"]),
    "bullet": ("- {}", ["ul", "li"]),
    "bold": ("**{}**", ["p", "strong"]),
}


def prints(place: str, text: str) -> None:
    source, tags = PLACES[place]
    found, shown = printed(source.format(literal(text.strip())))
    assert (found, shown.strip("\n ")) == (tags, text.strip())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous(place, text):
    """What could mean something in Markdown or HTML is printed as it stands, and makes no other
    element.
    """
    prints(place, text)


SIGNS = "\\`*_{}[]()#+-.!<>&~^=|:;?%$@\"'/,"
TEXTS = (
    st.text(st.sampled_from(SIGNS + " 水位涨了19 az、。“”（）\u3000"), min_size=1, max_size=24)
    .map(str.strip)
    .filter(bool)
)


@cases(250)
@given(TEXTS, st.sampled_from(sorted(PLACES)))
def test_any_text(text, place):
    """Any mixture of signs is printed literally, wherever a chapter can have it."""
    prints(place, text)


@cases(250)
@given(TEXTS)
@example("编者注[^a]")
def test_escaping_is_reversible(text):
    """What was escaped is read back character by character, so a second import finds the same
    paragraphs.
    """
    assert (plain(literal(text)), plain(inline(text))) == (text, text)


PAGE = """---
description: x
wording: published
---

# 2.1 水位 {#levels}

一段。[^a]

插入的一段。
{#p1a}

1. 甲
2. 乙

又一段。

- 丙
    {#p9}
- 丁

![图一　水位](figures/x.svg){#figure-x}

!!! notice "题"

    说明。

    又一段。

十一段。

[^a]: 注。
[^b]: 又注。
"""


def test_page_round_trip():
    """A page is read into its blocks and written back byte by byte."""
    assert render_page_text(read_page_text(PAGE)) == PAGE


def test_blocks():
    """Blocks have the kinds and numbers that the built page gives them."""
    assert [(block.kind, block.id) for block in read_page_text(PAGE).blocks] == [
        ("heading", "levels"), ("para", "p1"), ("para", "p1a"), ("item", "p2"), ("item", "p3"), ("para", "p4"), ("bullet", "p9"), ("bullet", "p10"),
        ("figure", "figure-x"), ("notice", ""), ("para", "p11"), ("note", "a"), ("note", "b"),
    ]  # fmt: skip
    assert re.findall(r'id="(p\d+\w*)"', SITE.reset().convert(PAGE.split("---\n")[2])) == [
        "p1",
        "p1a",
        "p2",
        "p3",
        "p4",
        "p9",
        "p10",
        "p11",
    ]


def test_ids_where_counting_fails():
    """An id is written only where counting would give another."""
    blocks = [
        Block("para", "一", "p1"),
        Block("para", "三", "p3"),
        Block("item", "1. 四", "p3a"),
        Block("para", "五", "p4"),
    ]
    assert (
        render_page_text(PageText("x", blocks))
        == "---\nx\n---\n\n一\n\n三\n{#p3}\n\n1. 四\n    {#p3a}\n\n五\n"
    )
