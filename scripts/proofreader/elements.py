"""The HTML that Markdown made of a page as a tree of elements, raw HTML and all, however broken
that is.

A mark tells what Markdown made from what stands in the source as HTML.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from lxml import etree  # type: ignore[import-untyped]
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

MARK = "data-check"  # on links, images and headings with an id by hand
RAW = "check-raw"  # around a block of raw HTML
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HIDDEN = ("script", "style", "template", "textarea")
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
