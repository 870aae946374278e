"""The HTML that Markdown made of a page as a tree of elements, raw HTML and all, however broken
that is.

A mark tells what Markdown made from what stands in the source as HTML.
"""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

MARK = "data-check"  # on links, images and headings with an id by hand
OPEN = "data-open"  # on what is never closed
RAW = "check-raw"  # around a block of raw HTML
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
VOID = set("area base br col embed hr img input link meta source track wbr".split())
TOKEN = re.compile(
    r"<!--.*?-->|<(script|style|template|textarea)\b.*?</\1\s*>|<(/?)([a-zA-Z][\w:-]*+)"
    r"((?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+)\s*+(/?)>",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


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
    """Has the pages that `md` will make marked."""
    md.treeprocessors.register(_ById(), "check-ids", 7.95)  # between attr_list and toc
    md.treeprocessors.register(_Made(), "check-made", -100)  # after everything


def read_html(output: str) -> Element:
    """What is not closed ends with what holds it, and is marked; a block of raw HTML is whole."""
    builder, at = TreeBuilder(), 0
    open_ = [builder.start("body", {})]
    for found in TOKEN.finditer(output):
        builder.data(html.unescape(output[at : found.start()]))
        at, tag = found.end(), (found[3] or "").lower()
        if tag and not found[2]:
            element = builder.start(tag, _attributes(found[4]))
            if tag in VOID or found[5]:
                builder.end(tag)
            else:
                open_.append(element)
        elif any(one.tag == tag for one in open_[1:]):
            while (closed := open_.pop()).tag != tag:
                closed.set(OPEN, "")
                builder.end(closed.tag)
            builder.end(tag)
    builder.data(html.unescape(output[at:]))
    for element in open_[::-1]:
        builder.end(element.tag)
    return builder.close()


def _attributes(text: str) -> dict[str, str]:
    found = ATTRIBUTE.findall(text) if text else ()
    return {name.lower(): html.unescape(one or two or three) for name, one, two, three in found}


def words(element: Element) -> Iterator[str]:
    """All that can be read in an element, but for drawings and names of files."""
    yield element.text or ""
    for child in element:
        if child.tag != "svg" and child.get("class") != "filename":
            yield from words(child)
        yield child.tail or ""
