"""Walks the tree that Markdown made of a page, and the HTML that came of it, into flat lists."""

import hashlib
import html
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from proofreader.record import Block, Heading, Link
from proofreader.source import Source

MARK = (
    "data-check"  # on links and images that Markdown made, to know them from raw HTML in the output
)
OBJECT = "\ufffc"  # stands in a text for code and formulas
BLOCKS = {
    "ul",
    "ol",
    "p",
    "table",
    "dl",
    "pre",
    "blockquote",
    "div",
    "details",
    "figure",
    "script",
    "style",
    "svg",
    "section",
}
HEADING = re.compile(r"^h([1-6])$")
TAG = re.compile(
    r"<!--.*?-->|<(script|style|template|textarea)\b.*?</\1\s*>|<([a-zA-Z][\w:-]*+)"
    r"((?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+)\s*+/?>",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
TAGS = re.compile(r"<[^>]*>")
REMARK = re.compile(r"(?:#|//|--)\s.*$", re.MULTILINE)  # comments may be translated
UNREAD = re.compile(r"<(script|style|svg)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
OTHER_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")


class Walk:
    """One walk: fills headings, blocks and links, in reading order."""

    def __init__(self, source: Source, stash: list, explicit: Callable[[Element], bool]) -> None:
        self.source, self.stash, self.explicit = source, stash, explicit
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.section = -1
        self.abbreviations: set[str] = set()

    def children(self, parent: Element, where: str = "body", depth: int = 0) -> None:
        for element in parent:
            self.element(element, where, depth)

    def element(self, element: Element, where: str, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if HEADING.match(tag):
            self._heading(element, int(tag[1]), where)
        elif handler := getattr(self, f"_{tag}", None):
            handler(element, where, depth)
        elif tag not in ("script", "style", "svg", "input", "hr"):
            self._inlines(element, where, self.source.last_line)
            self.children(element, where, depth)

    def _heading(self, element: Element, level: int, where: str) -> None:
        text = self.text(element) or self._contents(element)
        line = self.source.find_block(text) or self.source.last_line
        nested = where != "body"
        if not nested:
            self.section = len(self.headings)
        self.headings.append(
            Heading(level, element.get("id", ""), text, line, self.explicit(element), nested)
        )
        self._inlines(element, where, line)

    def _add(self, kind: str, element: Element, where: str, text: str, **more) -> int:
        line = self.source.find_block(text) or self.source.last_line
        self.blocks.append(
            Block(kind, line, self.section, where, text, element.get("id", ""), **more)
        )
        return line

    def _p(self, element: Element, where: str, depth: int) -> None:
        raw = (
            HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
            if not len(element)
            else None
        )
        if raw:
            self._raw(self.stash[int(raw[1])], element, where)
            return
        line = self._add("p", element, where, self.text(element), depth=depth)
        self._inlines(element, where, line)

    def _raw(self, stashed, element: Element, where: str) -> None:
        text = (
            html.unescape(TAGS.sub("", UNREAD.sub("", stashed))) if isinstance(stashed, str) else ""
        )
        if isinstance(stashed, str) and re.match(
            r"\s*<(?:div|pre|table)[^>]*(?:highlight|codehilite|mermaid)|\s*<pre", stashed
        ):
            self._code_block(text, element, where)
        elif isinstance(stashed, str) and not stashed.lstrip().startswith("<!--"):
            self._add("raw", element, where, " ".join(text.split()))

    def _code_block(self, text: str, element: Element, where: str) -> None:
        first = next((line for line in text.split("\n") if line.strip()), "")
        line = self.source.find_block(first) or self.source.last_line
        bare = "".join(REMARK.sub("", text).split())
        digest = hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self.blocks.append(
            Block("code", line, self.section, where, "", element.get("id", ""), digest)
        )

    def _pre(self, element: Element, where: str, depth: int) -> None:
        self._code_block(self._resolve("".join(element.itertext())), element, where)

    def _ul(self, element: Element, where: str, depth: int) -> None:
        self.children(element, where, depth + 1)

    _ol = _ul

    def _li(self, element: Element, where: str, depth: int) -> None:
        first = (
            element[0]
            if len(element) and element[0].tag == "p" and not (element.text or "").strip()
            else None
        )
        line = self._add(
            "li", element, where, self.text(element if first is None else first), depth=depth
        )
        self._inlines(element if first is None else first, where, line)
        for child in element:
            if child is not first and child.tag in BLOCKS:
                self.element(child, where, depth)

    def _table(self, element: Element, where: str, depth: int) -> None:
        rows = list(element.iter("tr"))
        width = len(rows[0]) if rows else 0
        line = self._add(
            "table",
            element,
            where,
            " ".join(map(self.text, rows[0])) if rows else "",
            extra=f"{len(rows)}×{width}",
        )
        for number, row in enumerate(rows):
            for cell in row:
                at = line + number + (number > 0)  # the rule below the head
                self.blocks.append(
                    Block("cell", at, self.section, "table", self.text(cell), cell.get("id", ""))
                )
                self._inlines(cell, "table", at)

    def _dl(self, element: Element, where: str, depth: int) -> None:
        shown = (
            element.get("class") != "glossary"
        )  # that is written in the glossary's own file, and judged there
        for child in element:
            if shown:
                self._add(child.tag, child, "dl", self.text(child))
            self._inlines(child, "dl", self.source.last_line)
            for inner in child:
                if inner.tag in BLOCKS:
                    self.element(inner, "dl", depth)

    def _blockquote(self, element: Element, where: str, depth: int) -> None:
        self.children(element, "quote", depth)

    def _figure(self, element: Element, where: str, depth: int) -> None:
        caption = element.find(".//figcaption")
        text = self.text(caption) if caption is not None else ""
        line = self._add("figure", element, where, text)
        for child in element:
            if child is not caption:
                self._inlines(child if child.tag not in ("img", "a") else [child], "figure", line)

    def _details(self, element: Element, where: str, depth: int) -> None:
        self._note(element, element.find("summary"), where, depth)

    def _div(self, element: Element, where: str, depth: int) -> None:
        css = element.get("class", "").split()
        if "admonition" in css:
            self._note(element, element.find("p[@class='admonition-title']"), where, depth)
        elif "tabbed-set" in css:
            self._tabs(element, depth)
        elif "footnote" in css:
            self._footnotes(element)
        elif {"highlight", "codehilite", "highlighttable"} & set(css):
            self._pre(element, where, depth)
        elif "toc" not in css:
            self._inlines(element, where, self.source.last_line)
            self.children(element, where, depth)

    def _note(self, element: Element, title: Element | None, where: str, depth: int) -> None:
        text = self.text(title) if title is not None else ""
        kind = next((css for css in element.get("class", "").split() if css != "admonition"), "")
        named = (
            self.source.find_block(text) if text.lower() != kind.lower() else 0
        )  # else the title was made of the kind
        at = (
            named
            or self.source.find_line(rf"[\s>]*(?:!!!|\?\?\?\+?|///)[ \t]*{re.escape(kind)}")
            or self.source.last_line
        )
        body = [child for child in element if child is not title]
        empty = "" if body or (element.text or "").strip() else " empty"
        self.blocks.append(
            Block(
                "note",
                at,
                self.section,
                where,
                text,
                element.get("id", ""),
                element.get("class", element.tag) + empty,
            )
        )
        if title is not None:
            self._inlines(title, "note", at)
        for child in body:
            self.element(child, "note", depth)

    def _tabs(self, element: Element, depth: int) -> None:
        labels = [label for label in element.iter("label")]
        bodies = [
            child
            for child in element.iter("div")
            if child.get("class") in ("tabbed-block", "tabbed-content")
            and child.find("div[@class='tabbed-block']") is None
        ]
        full = [bool(len(body) or (body.text or "").strip()) for body in bodies]
        for label, body, is_full in zip(labels, bodies, full):
            extra = "" if is_full else "empty" if any(full) or len(full) == 1 else "all empty"
            self._add("tab", body, "tab", self.text(label), extra=extra)
            self.children(body, "tab", depth)

    def _footnotes(self, element: Element) -> None:
        for item in element.iter("li"):
            if not item.get("id", "").startswith("fn"):
                continue
            self.source.rewind()
            blocks = list(item)
            text = self.text(blocks[0]) if blocks else self.text(item)
            line = self._add("footnote", item, "footnote", text)
            for child in blocks[:1]:
                self._inlines(child, "footnote", line)
            for child in blocks[1:]:
                self.element(child, "footnote", 0)

    def _inlines(self, holder, where: str, line: int) -> None:
        """The links and images of one block, without those of blocks inside it."""
        for element in holder:
            css = element.get("class", "")
            if (
                element.tag == "a"
                and "footnote" not in css
                and "headerlink" not in css
                and element.get("href") is not None
            ):
                self._link(
                    element, "href", self.text(element) or self._contents(element), where, line
                )
            elif element.tag == "img":
                self._link(element, "src", element.get("alt"), where, line)
            elif element.tag == "abbr":
                self.abbreviations.add(self.text(element))
            if element.tag not in BLOCKS:
                self._inlines(element, where, line)

    def _link(self, element: Element, key: str, text: str | None, where: str, line: int) -> None:
        target = html.unescape(self._resolve(element.get(key, "")))
        if not target and not text and element.get("id"):
            return  # `[](){ #id }` is a place, no link
        at, column = self.source.find_target(target, line) or (line, 1) if target else (line, 1)
        text = self._resolve(text) if text is not None else None
        self.links.append(
            Link(
                element.tag,
                target,
                text,
                at,
                column,
                self.section,
                False,
                where,
                element.get("class", ""),
            )
        )

    def _contents(self, element: Element) -> str:
        """What a link without words shows: an image's alt text, or some raw HTML."""
        image = next(element.iter("img"), None)
        shown = image.get("alt", "") if image is not None else ""
        raw = any(
            str(self.stash[int(number)]).strip()[:4] != "<!--"
            for number in HTML_PLACEHOLDER_RE.findall("".join(element.itertext()))
        )
        return shown or (OBJECT if raw or (len(element) and image is None) else "")

    def text(self, element: Element) -> str:
        return self._resolve("".join(self._pieces(element))).strip()

    def _pieces(self, element: Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            css = child.get("class", "")
            if child.tag == "br":
                yield "\n"
            elif child.tag in ("code", "kbd", "math") or "arithmatex" in css:
                yield OBJECT
            elif (
                child.tag not in BLOCKS
                and "headerlink" not in css
                and "footnote" not in css
                and not child.get("id", "").startswith("fnref")
            ):
                yield from self._pieces(child)
            yield child.tail or ""

    def _resolve(self, text: str) -> str:
        """Puts back what Markdown had set aside in a text."""
        if "\x02" not in text:
            return text
        return OTHER_PLACEHOLDER.sub(
            "", HTML_PLACEHOLDER_RE.sub(self._stashed, text).replace(AMP_SUBSTITUTE, "&")
        )

    def _stashed(self, match: re.Match) -> str:
        number = int(match[1])
        stashed = self.stash[number] if number < len(self.stash) else ""
        if not isinstance(stashed, str) or "<code" in stashed or "arithmatex" in stashed:
            return OBJECT
        return (
            "\n"
            if re.match(r"<br\b", stashed, re.IGNORECASE)
            else html.unescape(TAGS.sub("", stashed))
        )


def mark_links(root: Element) -> None:
    """Marks what Markdown made, so that what is left unmarked in the output is raw HTML."""
    for element in root.iter():
        if element.tag in ("a", "img"):
            element.set(MARK, "")


def scan(output: str) -> Iterator[tuple[str, dict[str, str], int]]:
    """Each start tag of some HTML that has an id or a name, or is a link or an image: tag, attributes, end."""
    for match in TAG.finditer(output):
        tag, attributes = (match[2] or "").lower(), match[3]
        if (
            not tag
            or not attributes
            or not (
                "id" in attributes
                or "name" in attributes
                or "href" in attributes
                or "src" in attributes
            )
        ):
            continue
        found = {
            name.lower(): html.unescape(one or two or three or "")
            for name, one, two, three in ATTRIBUTE.findall(attributes)
        }
        yield tag, found, match.end()


def anchors(tags: list[tuple[str, dict[str, str], int]]) -> list[str]:
    """All anchors of a page with repeats; `<a id=x name=x>` counts once."""
    found = []
    for tag, attributes, _ in tags:
        anchor, name = attributes.get("id"), attributes.get("name") if tag == "a" else None
        found += [anchor] if anchor else []
        found += [name] if name and name != anchor else []
    return found
