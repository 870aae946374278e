"""Reads the text of a finished page back as a tree, as a browser would see it."""

from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from whitepaper.content import page_path

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
AROUND = {"kicker", "apparatus", "pager"}  # what stands in the column beside the text


def read_article(site: Path, tree: str, name: str) -> Element:
    """The text of a page of a built site, without what the frame adds to its column."""
    article = read_page(page_path(site, tree, name)).find(".//article")
    assert article is not None, (tree, name)
    text = Element("div")
    text.extend(block for block in article if not AROUND & set(block.get("class", "").split()))
    return text


def read_page(path: Path) -> Element:
    """A whole page."""
    parser = _Builder()
    parser.feed(path.read_text("utf-8"))
    return parser.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("page")
        self.open = [self.root]

    def handle_starttag(self, tag, attributes):
        values = {key: value or "" for key, value in attributes}
        element = SubElement(self.open[-1], tag, values)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while len(self.open) > 1 and self.open.pop().tag != tag:
            pass

    def handle_data(self, data):
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data
