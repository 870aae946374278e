"""The HTML that Markdown made of a page as a tree of elements, raw HTML and all, however broken
that is.

A mark tells what Markdown made from what stands in the source as HTML.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from lxml import etree  # type: ignore[import-untyped]
from lxml.html.defs import safe_attrs, tags  # type: ignore[import-untyped]
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

MARK = "data-check"  # on links, images and headings with an id by hand
RAW = "check-raw"  # around a block of raw HTML
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HIDDEN = ("script", "style", "template", "textarea")
KNOWN = {RAW, *"bdi data dialog main picture rb rtc search slot".split()} | tags - {
    *"acronym applet basefont big blink center dir font frameset isindex marquee strike tt".split()
}
EMPTY = safe_attrs | {  # what may stand without a value
    *"allowfullscreen async autoplay controls default defer download hidden inert".split(),
    *"itemscope loop markdown muted novalidate open playsinline poster reversed src style".split(),
}
ATTRIBUTE = re.compile(r"(?:xml:)?[A-Za-z_][\w.-]*")
# What only a browser shows, as it stands; not what stands in it.
DRAWN = ("canvas", "embed", "iframe", "math", "object", "svg")
# What must be closed, or all that follows is taken for HTML, no Markdown.
TAG = re.compile(
    r"<(/?)(address|article|aside|blockquote|details|div|dl|figure|footer|form|h[1-6]|header|main|nav"
    r"|ol|p|pre|section|table|ul)\b(?![^<>]*/>)",
    re.IGNORECASE,
)
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML cannot hold


class _ById(Treeprocessor):
    """Marks the headings that have an id before `toc` gives one to each."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in HEADINGS and element.get("id"):
                element.set(MARK, "")


class _Made(Treeprocessor):
    """Marks links and images, and the blocks of raw HTML that are set aside."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("a", "img"):
                element.set(MARK, "")
            alone = element.tag == "p" and not len(element) and (element.text or "").strip()
            if alone and HTML_PLACEHOLDER_RE.fullmatch(alone):
                element.tag = RAW


def mark(md: Markdown) -> None:
    """Has the pages that `md` will make marked, and made without a table of contents."""
    toc: Any = md.treeprocessors["toc"]
    toc.build_toc_div = lambda _: Element("div")
    md.treeprocessors.register(_ById(), "check-ids", 7.95)  # between attr_list and toc
    md.treeprocessors.register(_Made(), "check-made", -100)  # after everything


def read_html(output: str) -> Element:
    """What is not closed ends with what holds it; scripts and styles are left out."""
    text = UNFIT.sub("\ufffd", f"<body>{output}</body>")
    root: Any = etree.fromstring(text, etree.HTMLParser(remove_comments=True, remove_pis=True))
    etree.strip_elements(root, *HIDDEN, with_tail=False)
    return root[0]


def words(element: Element) -> Iterator[str]:
    """All that can be read in an element, but for drawings and names of files."""
    yield element.text or ""
    for child in element:
        if child.tag != "svg" and child.get("class") != "filename":
            yield from words(child)
        yield child.tail or ""


def find_strange(parent: Any) -> Iterator[tuple[str, str]]:
    """Elements that HTML does not have, but for those of one's own, with a hyphen; and attributes
    that no file to take along can have, behind the name of their element. A word in braces becomes
    one: `{word}`."""
    for child in parent:
        if child.tag in DRAWN:
            yield child.tag, ""
            continue
        if child.tag not in KNOWN and "-" not in child.tag:
            yield child.tag, ""
        else:
            for key, value in child.items():
                bare = value in ("", key) and key not in EMPTY and "-" not in key
                told = child.tag in HEADINGS  # by H02
                if (bare and not told) or not ATTRIBUTE.fullmatch(key):
                    yield child.tag, key
        yield from find_strange(child)


def find_unpaired(markup: str) -> Iterator[re.Match]:
    """The tags that no other closes, or that close no other."""
    open_: dict[str, list[re.Match]] = {}
    for tag in TAG.finditer(markup):
        marks = open_.setdefault(tag[2].lower(), [])
        if not tag[1]:
            marks.append(tag)
        elif marks:
            marks.pop()
        else:
            yield tag
    for marks in open_.values():
        yield from marks
