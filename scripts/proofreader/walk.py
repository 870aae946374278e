"""Walks the elements of a page, and fills its record: flat lists in reading order."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element  # type: ignore[import-untyped]

from proofreader.elements import HEADINGS, MARK, RAW, words
from proofreader.record import Block, Heading, Link, Note, Page
from proofreader.source import Source

FOREIGN = re.compile(r"[^\W\d_A-Za-z]")  # a letter that no code has but in what it says
OBJECT = "\ufffc"  # stands in a text for code, formulas and images
BLOCKS = set("ul ol p table dl pre blockquote div details figure svg section".split()) | {RAW}
HOLDERS = ("li", "dd")  # whose blocks are no part of their own text
CODED = {"highlight", "codehilite", "highlighttable", "mermaid"}
NAMED = CODED | {"admonition", "tabbed-alternate", "footnote", "toc"}  # what a div can be
REMARK = re.compile(r"(?:#|//|--)\s.*$", re.MULTILINE)  # comments may be translated
MADE = re.compile("headerlink|footnote")  # links that extensions add
NOTICES = ("!!!", "???", "???+", "///")
LOADED = {"a": ("href",), "object": ("data",), "video": ("src", "poster")}
LOADED |= dict.fromkeys(("img", "source", "audio", "track", "iframe", "embed"), ("src", "srcset"))
SILENT = {"aria-label", "title", "aria-hidden"}  # a link with one of these needs no words


class Walk:
    """One walk over one page."""

    def __init__(self, page: Page, source: Source) -> None:
        self.page, self.source = page, source
        self.section = -1
        self.places: dict[Element, tuple[int, int]] = {}  # line and section of what is a block

    def read(self, root: Element) -> None:
        """Fills the record from the elements of a page."""
        self._children(root)
        self._links(root)
        anchors = Counter(_anchors(root))
        self.page.ids = list(anchors)
        for anchor, count in anchors.items():
            if count > 1:
                lines = (heading.line for heading in self.page.headings if heading.id == anchor)
                line = self.source.find_second_id(anchor) or max(lines, default=1)
                self.page.notes.append(Note("id-repeated", anchor, line))

    def _children(self, parent: Iterable[Element], where: str = "body") -> None:
        for element in parent:
            self._element(element, where)

    def _element(self, element: Element, where: str) -> None:
        css = element.get("class", "").split() if element.tag == "div" else ()
        match next((name for name in css if name in NAMED), element.tag):
            case "p":
                self._add("p", element, where, text_of(element))
            case "li":
                self._item(element, where)
            case "pre" | "highlight" | "codehilite" | "highlighttable" | "mermaid":
                self._code(element, where)
            case "check-raw":
                self._raw(element, where)
            case "table":
                self._table(element, where)
            case "dl":
                self._definitions(element)
            case "blockquote":
                self._children(element, "quote")
            case "figure":
                self._figure(element, where)
            case "details" | "admonition":
                self._notice(element, where)
            case "tabbed-alternate":
                self._tabs(element)
            case "footnote":
                self._footnotes(element)
            case "toc":
                element.clear()  # nobody wrote it
            case tag if tag in HEADINGS:
                self._heading(element, where)
            case _:
                self._children(element, where)

    def _heading(self, element: Element, where: str) -> None:
        text = text_of(element) or _shown(element)
        line, nested = self.source.find_block(text), where != "body"
        if not nested:
            self.section = len(self.page.headings)
        level, anchor, explicit = int(element.tag[1]), element.get("id", ""), MARK in element.attrib
        self.page.headings.append(Heading(level, anchor, text, line, explicit, nested))
        self.places[element] = line, self.section

    def _add(
        self,
        kind: str,
        element: Element,
        where: str,
        text: str = "",
        extra: str = "",
        line: int = 0,
    ) -> int:
        """Adds a block that says a text; returns its line."""
        line = line or self.source.find_block(text)
        block = Block(kind, line, self.section, where, text, element.get("id", ""), extra)
        self.page.blocks.append(block)
        self.places[element] = line, self.section
        return line

    def _raw(self, element: Element, where: str) -> None:
        first = next(iter(element), element)
        text = " ".join("".join(words(element)).split())
        if first.tag == "pre" or CODED & set(first.get("class", "").split()):
            self._code(element, where)
        elif text:
            self._add("raw", element, where, text)

    def _code(self, element: Element, where: str) -> None:
        text = "".join(words(element))
        bare = "".join(REMARK.sub("", text).split())
        line = self.source.find_block(" ".join(text.split()))  # one line of it is in much code
        same = hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        extra = "" if FOREIGN.search(bare) else same  # a diagram, a prompt: it may be translated
        self._add("code", element, where, extra=extra, line=line)

    def _item(self, element: Element, where: str) -> None:
        loose = len(element) and element[0].tag == "p" and not (element.text or "").strip()
        first = element[0] if loose else element
        depth = len([*element.iterancestors("ul", "ol")])
        self._add("li", element, where, text_of(first), str(depth))
        self._children(_below(element, first), where)

    def _table(self, element: Element, where: str) -> None:
        rows = list(element.iter("tr"))
        head = list(rows[0]) if rows else []
        text, size = " ".join(filter(None, map(text_of, head))), f"{len(rows)}×{len(head)}"
        line = self._add("table", element, where, text, size)
        last = len(self.source.lines)
        for number, row in enumerate(rows):
            for cell in row:  # below the head stands the rule
                below = min(line + number + (number > 0), last)
                self._add("cell", cell, "table", text_of(cell), line=below)

    def _definitions(self, element: Element) -> None:
        own = element.get("class") != "glossary"  # which has a file of its own, and is judged there
        for child in element:
            if own:
                self._add(child.tag, child, "dl", text_of(child))
            self._children(_below(child, child), "dl")

    def _figure(self, element: Element, where: str) -> None:
        caption, image = element.find(".//figcaption"), element.find(".//img")
        text = "" if caption is None else text_of(caption)
        source, line = self.source, 0
        if caption is None and image is not None:
            start = source.starts[source.last_line - 1]
            line = source.line_of(max(source.find_whole(image.get("src", ""), start), start))
        tables = element.findall(".//table")
        self._children(tables, where)
        self._add("caption" if tables else "figure", element, where, text, line=line)

    def _notice(self, element: Element, where: str) -> None:
        body, css = list(element), element.get("class", element.tag)
        titled = body and (body[0].tag == "summary" or body[0].get("class") == "admonition-title")
        text = text_of(body.pop(0)) if titled else ""
        kind = next((name for name in css.split() if name != "admonition"), "").lower()
        line = 0 if text.lower() == kind else self.source.seek(text)  # made of the kind
        line = line or self.source.find_line(*(mark + kind for mark in NOTICES))
        css += "" if body or (element.text or "").strip() else " empty"
        self._add("note", element, where, text, css, line or self.source.last_line)
        self._children(body, "note")

    def _tabs(self, element: Element) -> None:
        labels = element.findall("div/label")
        bodies = element.findall("div/div[@class='tabbed-block']")
        full = [bool(len(body) or (body.text or "").strip()) for body in bodies]
        for label, body, is_full in zip(labels, bodies, full):
            extra = "" if is_full else "empty" if any(full) or len(full) == 1 else "all empty"
            self._add("tab", body, "tab", text_of(label), extra)
            self._children(body, "tab")

    def _footnotes(self, element: Element) -> None:
        for item in element.iter("li"):
            anchor, blocks = item.get("id", ""), list(item)
            if anchor.startswith("fn"):
                self.source.rewind()
                line = self.source.find_line(f"[^{anchor[3:]}]:")
                first = blocks.pop(0) if blocks else item
                self._add("footnote", item, "footnote", text_of(first), line=line)
                self._children(blocks, "footnote")

    def _links(self, root: Element) -> None:
        """All links and images, each sought from the line of the block that it stands in."""
        line, section = 1, -1
        for element in root.iter():
            line, section = self.places.get(element, (line, section))
            for key in LOADED.get(element.tag, ()):
                if not MADE.search(element.get("class", "")):
                    self._link(element, key, line, section)

    def _link(self, element: Element, key: str, line: int, section: int) -> None:
        raw, text = MARK not in element.attrib, element.get("alt")
        if element.tag == "a":
            text = text_of(element) or _shown(element)
        if raw and (element.tag not in ("a", "img") or SILENT & {*element.keys()}):
            text = text or OBJECT
        for target in _targets(key, element.get(key)):
            if not raw and not target and not text and element.get("id"):
                continue  # `[](){ #id }` is a place, no link
            empty = 'href=""' if raw else "()"
            at, column = self.source.find_target(target or empty, line)
            if not text and self.source.masked_lines[at - 1].lstrip(" >").startswith("["):
                at, column = line, 1  # that is where a reference is defined, not used
            kind, css = "a" if element.tag == "a" else "img", element.get("class", "")
            link = Link(kind, target, text, at, column, section, raw, css)
            self.page.links.append(link)


def _targets(key: str, value: str | None) -> list[str]:
    """What an attribute names: one file, or several with their sizes."""
    if value is None or value.startswith("#__codelineno"):
        return []
    several = [part.split()[0] for part in value.split(",") if part.strip()]
    return several if key == "srcset" else [value]


def _anchors(root: Element) -> Iterator[str]:
    """All anchors of a page with repeats; `<a id=x name=x>` counts once."""
    for element in root.iter():
        names = element.get("id"), element.get("name") if element.tag == "a" else None
        yield from filter(None, dict.fromkeys(names))


def _below(element: Element, first: Element) -> Iterator[Element]:
    """The blocks in a list item or a definition, without its first."""
    return (child for child in element if child.tag in BLOCKS and child is not first)


def _shown(element: Element) -> str:
    """What a link without words shows: an image's alternative text, or something else."""
    image = element.find(f".//img[@{MARK}]")
    if image is not None:
        return image.get("alt", "")
    return OBJECT if len(element) else ""


def text_of(element: Element) -> str:
    """The words of an element; images alone are no text."""
    text = "".join(_pieces(element)).strip()
    return "" if not text.strip(f"{OBJECT} \n") and element.find(".//img") is not None else text


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        css = child.get("class", "")
        if child.tag == "br":
            yield "\n"
        elif child.tag in ("code", "kbd", "math") or "arithmatex" in css:
            yield OBJECT
        elif child.tag == "img":
            yield OBJECT if MARK in child.attrib else ""
        elif child.tag in BLOCKS and (element.tag in HOLDERS or child.tag == "svg"):
            pass
        elif not MADE.search(css) and not child.get("id", "").startswith("fnref"):
            yield from _pieces(child)
        yield child.tail or ""
