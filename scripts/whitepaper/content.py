"""Pages as values: what was written and what was rendered of it, passed from step to step in
memory.

`render` makes them, each once. Whatever comes after (exports, search, the three trees of the site)
works on the tree of a page and knows neither the generator nor its theme.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from jinja2 import StrictUndefined
from lxml import etree  # type: ignore[import-untyped]

from whitepaper.book import ROOT, Page
from whitepaper.templates import environment

HEADINGS = {*"h1 h2 h3 h4 h5 h6".split()}
_PARAGRAPH = re.compile(r"p\d+[a-z]*")
_TEMPLATES = environment(
    "content", ROOT / "overrides", undefined=StrictUndefined, keep_trailing_newline=True
)
_VOID = re.compile(r"<((?:br|hr|img|wbr|col)\b[^<>]*?)/?>")  # as HTML lets people write them


@dataclass(frozen=True, eq=False, kw_only=True)
class Rendered(Page):
    """A page with its text as a tree: an element `div` that holds its blocks."""

    tree: Element
    anchor: str = ""  # the id of its level-1 heading
    sections: tuple[tuple[str, str], ...] = ()  # id and words of each level-2 heading
    length: int = 0  # its characters, runs of blanks as one; a page that waits has neither


Pages = dict[tuple[str, str], Rendered]  # by (language, name)


def rendered(page: Page, markup: str) -> Rendered:
    """The page with its rendered text."""
    tree = parse(markup)
    heading, there = tree.find("h1"), Element("div") if page.waits else tree
    title = page.name if heading is None else words(heading)
    value = Rendered(
        **vars(replace(page, title=title)),
        tree=tree,
        anchor="" if heading is None else heading.get("id", ""),
        sections=tuple((section.get("id", ""), words(section)) for section in there.iter("h2")),
        length=len(words(there, ())),
    )
    for block in tree.iter("p"):
        _show_linked(block)
    return value


def _show_linked(block: Element) -> None:
    """Makes a figure of a paragraph that holds a picture as a link and nothing else.

    Its caption is the link, so a drawing can be drawn in place.
    """
    if (link := linked_picture(block)) is not None:
        block.tag, block[:] = "figure", [link[0]]
        block.set("class", "figure")
        onward = {"class": "onward", "href": link.get("href", "")}
        SubElement(SubElement(block, "figcaption"), "a", onward).text = block[0].get("alt")


def linked_picture(block: Element) -> Element | None:
    """The link of a paragraph that holds a linked picture and nothing else.

    It is shown as a figure, whose caption is the alternative text.
    """
    link = only(block, "a") if block.tag == "p" else None
    return None if link is None or only(link, "img") is None else link


def only(block: Element, tag: str) -> Element | None:
    """The element of that tag which a block holds and nothing else."""
    if len(block) != 1 or block[0].tag != tag:
        return None
    around = (block.text or "") + (block[0].tail or "")
    return None if around.strip() else block[0]


def parse(markup: str) -> Element:
    """Markup as an element `div`: read as XML, or, where it is none for a named entity, an item
    that nothing closes, an attribute without quotes, as browsers read it.
    """
    closed = _VOID.sub(r"<\1/>", markup)
    try:
        return ElementTree.fromstring(f"<div>{closed}</div>")
    except ElementTree.ParseError:
        reader = etree.HTMLParser(target=_Elements())
        body = etree.fromstring(f"<body>{closed}</body>", reader)[0]
        body.tag = "div"
        return body


class _Elements(ElementTree.TreeBuilder):
    """Makes the elements of this module of what lxml reads."""

    def start(self, tag: str, attrs: Mapping[str, str]) -> Element:
        return super().start(tag, {**attrs})


def fill(template: str, **facts: object) -> Element:
    """The one element that a template of overrides/data makes of the facts."""
    return parse(render(f"data/{template}.html", **facts).strip())[0]


def render(template: str, **facts: object) -> str:
    return _TEMPLATES.get_template(template).render(facts)


def words(block: Element, without: Collection[str] = ("sup",)) -> str:
    """The words of a heading or another block, without the numbers of notes."""
    return " ".join("".join(_texts(block, without)).split())


def _texts(block: Element, without: Collection[str]) -> Iterator[str]:
    yield block.text or ""
    for child in block:
        if child.tag not in without:
            yield from _texts(child, without)
        yield child.tail or ""


def paragraph_number(anchor: str) -> str:
    """What a paragraph is cited by: 3a of `p3a`, or `` where the anchor is no paragraph's."""
    return anchor[1:] if _PARAGRAPH.fullmatch(anchor) else ""


def page_path(stage: Path, tree: str, name: str) -> Path:
    """Where a page stands in the site."""
    return stage / tree / ("index.html" if name == "index" else f"{name}/index.html")


def leads(block: Element) -> bool:
    """Whether a block must not be the last on its page: a run-in head, or one ending in a colon."""
    ends = words(block).endswith(("：", ":"))
    return block.tag == "p" and (ends or only(block, "strong") is not None)
