"""Walks the tree that Markdown made of a page, and the HTML that came of it, into flat lists."""

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from proofreader.record import Block, Heading, Link
from proofreader.source import Source

MARK = "data-check"  # on what Markdown made, to know it from raw HTML in the output
OBJECT = "\ufffc"  # stands in a text for code, formulas and images
BLOCKS = set("ul ol p table dl pre blockquote div details figure script style svg section".split())
HEADING = re.compile(r"^h([1-6])$")
TAG = re.compile(
    r"<!--.*?-->|<(script|style|template|textarea)\b.*?</\1\s*>|<([a-zA-Z][\w:-]*+)"
    r"((?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+)\s*+/?>",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
READ = re.compile(r"id|name|href|src|poster|data")  # attributes that matter
TAGS = re.compile(r"<[^>]*>")
REMARK = re.compile(r"(?:#|//|--)\s.*$", re.MULTILINE)  # comments may be translated
UNREAD = re.compile(
    r"<(script|style|svg)\b.*?</\1\s*>|<span class=\"filename\">.*?</span>|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)
CODE = re.compile(r"\s*<(?:div|pre|table)[^>]*(?:highlight|codehilite|mermaid)|\s*<pre")
MADE = re.compile("headerlink|footnote")  # links that extensions add
OTHER_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")


class Walk:
    """One walk: fills headings, blocks and links, in reading order."""

    def __init__(self, source: Source, stash: list, explicit: Callable[[Element], bool]) -> None:
        self.source, self.explicit = source, explicit
        self.stash = [entry if isinstance(entry, str) else "" for entry in stash]
        self.headings: list[Heading] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.section = -1
        self.abbreviations: set[str] = set()

    def children(self, parent: Iterable[Element], where: str = "body", depth: int = 0) -> None:
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
        anchor, explicit = element.get("id", ""), self.explicit(element)
        self.headings.append(Heading(level, anchor, text, line, explicit, nested))
        self._inlines(element, where, line)

    def _add(
        self,
        kind: str,
        element: Element,
        where: str,
        text: str,
        extra: str = "",
        depth: int = 0,
        line: int = 0,
    ) -> int:
        line = line or self.source.find_block(text) or self.source.last_line
        anchor = element.get("id", "")
        self.blocks.append(Block(kind, line, self.section, where, text, anchor, extra, depth))
        return line

    def _p(self, element: Element, where: str, depth: int) -> None:
        raw = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
        if raw and not len(element):
            self._raw(self.stash[int(raw[1])], element, where)
        else:
            line = self._add("p", element, where, self.text(element), depth=depth)
            self._inlines(element, where, line)

    def _raw(self, stashed: str, element: Element, where: str) -> None:
        text = html.unescape(TAGS.sub("", UNREAD.sub("", stashed)))
        if CODE.match(stashed):
            self._code(text, element, where)
        elif text.strip():
            self._add("raw", element, where, " ".join(text.split()))

    def _code(self, text: str, element: Element, where: str) -> None:
        first = next((line for line in text.split("\n") if line.strip()), "")
        line = self.source.find_block(first) or self.source.last_line
        bare = "".join(REMARK.sub("", text).split()).encode("utf-8", "surrogatepass")
        self._add("code", element, where, "", hashlib.sha256(bare).hexdigest()[:16], line=line)

    def _pre(self, element: Element, where: str, depth: int) -> None:
        self._code(self._resolve("".join(element.itertext())), element, where)

    def _ul(self, element: Element, where: str, depth: int) -> None:
        self.children(element, where, depth + 1)

    _ol = _ul

    def _li(self, element: Element, where: str, depth: int) -> None:
        loose = len(element) and element[0].tag == "p" and not (element.text or "").strip()
        first = element[0] if loose else element
        line = self._add("li", element, where, self.text(first), depth=depth)
        self._inlines(first, where, line)
        for child in element:
            if child is not first and child.tag in BLOCKS:
                self.element(child, where, depth)

    def _table(self, element: Element, where: str, depth: int) -> None:
        rows = list(element.iter("tr"))
        head = list(rows[0]) if rows else []
        size = f"{len(rows)}×{len(head)}"
        line = self._add("table", element, where, " ".join(map(self.text, head)), size)
        for number, row in enumerate(rows):
            at = line + number + (number > 0)  # the rule below the head
            for cell in row:
                self._add("cell", cell, "table", self.text(cell), line=at)
                self._inlines(cell, "table", at)

    def _dl(self, element: Element, where: str, depth: int) -> None:
        shown = (
            element.get("class") != "glossary"
        )  # that has a file of its own, and is judged there
        for child in element:
            if shown:
                self._add(child.tag, child, "dl", self.text(child))
            self._inlines(child, "dl", self.source.last_line)
            self.children((inner for inner in child if inner.tag in BLOCKS), "dl", depth)

    def _blockquote(self, element: Element, where: str, depth: int) -> None:
        self.children(element, "quote", depth)

    def _figure(self, element: Element, where: str, depth: int) -> None:
        caption = element.find(".//figcaption")
        parts = [] if caption is None else [caption, *caption.iter("p")]
        image = element.find(".//img")
        if caption is None and image is not None:
            self.source.find_line(rf".*{re.escape(image.get('src', ''))}")
        line = self._add("figure", element, where, " ".join(filter(None, map(self.text, parts))))
        for part in parts:
            self._inlines(part, "figure", line)
        for child in element:
            if child is not caption:
                self._inlines([child] if child.tag in ("img", "a") else child, "figure", line)

    def _details(self, element: Element, where: str, depth: int) -> None:
        self._note(element, element.find("summary"), where, depth)

    def _div(self, element: Element, where: str, depth: int) -> None:
        css = set(element.get("class", "").split())
        if "admonition" in css:
            self._note(element, element.find("p[@class='admonition-title']"), where, depth)
        elif "tabbed-set" in css:
            self._tabs(element, depth)
        elif "footnote" in css:
            self._footnotes(element)
        elif css & {"highlight", "codehilite", "highlighttable"}:
            self._pre(element, where, depth)
        elif "toc" not in css:
            self._inlines(element, where, self.source.last_line)
            self.children(element, where, depth)

    def _note(self, element: Element, title: Element | None, where: str, depth: int) -> None:
        text = "" if title is None else self.text(title)
        css = element.get("class", element.tag)
        kind = next((name for name in css.split() if name != "admonition"), "")
        made = text.lower() == kind.lower()  # the title was made of the kind
        pattern = rf"[\s>]*(?:!!!|\?\?\?\+?|///)[ \t]*{re.escape(kind)}"
        at = 0 if made else self.source.find_block(text)
        at = at or self.source.find_line(pattern) or self.source.last_line
        body = [child for child in element if child is not title]
        empty = "" if body or (element.text or "").strip() else " empty"
        self._add("note", element, where, text, css + empty, line=at)
        self._inlines([] if title is None else title, "note", at)
        self.children(body, "note", depth)

    def _tabs(self, element: Element, depth: int) -> None:
        inner = "div[@class='tabbed-block']"
        kinds = ("tabbed-block", "tabbed-content")
        divs = (child for child in element.iter("div") if child.get("class") in kinds)
        bodies = [child for child in divs if child.find(inner) is None]
        full = [bool(len(body) or (body.text or "").strip()) for body in bodies]
        for label, body, is_full in zip(list(element.iter("label")), bodies, full):
            extra = "" if is_full else "empty" if any(full) or len(full) == 1 else "all empty"
            self._add("tab", body, "tab", self.text(label), extra)
            self.children(body, "tab", depth)

    def _footnotes(self, element: Element) -> None:
        for item in element.iter("li"):
            anchor = item.get("id", "")
            if not anchor.startswith("fn"):
                continue
            blocks = list(item)
            self.source.rewind()
            line = self.source.find_line(rf"[ \t>]*\[\^{re.escape(anchor[3:])}\]:")
            text = self.text(blocks[0] if blocks else item)
            line = self._add("footnote", item, "footnote", text, line=line)
            for child in blocks[:1]:
                self._inlines(child, "footnote", line)
            self.children(blocks[1:], "footnote")

    def _inlines(self, holder: Iterable[Element], where: str, line: int) -> None:
        """The links and images of one block, without those of blocks inside it."""
        for element in holder:
            css, known = element.get("class", ""), len(self.links)
            if element.tag not in BLOCKS:
                self._inlines(element, where, line)
            if element.tag == "img":
                self._link(element, "src", element.get("alt"), where, line)
            elif element.tag == "abbr":
                self.abbreviations.add(self.text(element))
            elif element.tag == "a" and element.get("href") is not None and not MADE.search(css):
                shown = self.links[known].line if len(self.links) > known else line
                text = self.text(element) or self._contents(element)
                self._link(element, "href", text, where, shown)

    def _link(self, element: Element, key: str, text: str | None, where: str, line: int) -> None:
        target = html.unescape(self._resolve(element.get(key, "")))
        if not target and not text and element.get("id"):
            return  # `[](){ #id }` is a place, no link
        at, column = self.source.find_target(target or "()", line) or (line, 1)
        if not text and self.source.masked_lines[at - 1].lstrip(" >").startswith("["):
            at, column = line, 1  # that is where a reference is defined, not used
        text = text and self._resolve(text)
        css = element.get("class", "")
        self.links.append(
            Link(element.tag, target, text, at, column, self.section, False, where, css)
        )

    def _contents(self, element: Element) -> str:
        """What a link without words shows: an image's alt text, or some raw HTML."""
        image = next(element.iter("img"), None)
        shown = "" if image is None else image.get("alt", "")
        numbers = HTML_PLACEHOLDER_RE.findall("".join(element.itertext()))
        raw = any(self.stash[int(number)].strip()[:4] != "<!--" for number in numbers)
        return shown or (OBJECT if raw or (len(element) and image is None) else "")

    def text(self, element: Element) -> str:
        text = self._resolve("".join(self._pieces(element))).strip()
        images = not text.strip(f"{OBJECT} \n") and element.find(".//img") is not None
        return "" if images else text  # images alone are no text

    def _pieces(self, element: Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            css, anchor = child.get("class", ""), child.get("id", "")
            if child.tag == "br":
                yield "\n"
            elif child.tag in ("code", "kbd", "math", "img") or "arithmatex" in css:
                yield OBJECT
            elif MADE.search(css) or anchor.startswith("fnref"):
                pass
            elif child.tag not in BLOCKS:
                yield from self._pieces(child)
            yield child.tail or ""

    def _resolve(self, text: str) -> str:
        """Puts back what Markdown had set aside in a text."""
        if "\x02" not in text:
            return text
        found = HTML_PLACEHOLDER_RE.sub(self._stashed, text).replace(AMP_SUBSTITUTE, "&")
        return OTHER_PLACEHOLDER.sub("", found)

    def _stashed(self, match: re.Match) -> str:
        number = int(match[1])
        stashed = self.stash[number] if number < len(self.stash) else ""
        if not stashed or "<code" in stashed or "arithmatex" in stashed:
            return OBJECT
        broken = re.match(r"<br\b", stashed, re.IGNORECASE)
        return "\n" if broken else html.unescape(TAGS.sub("", stashed))


def mark_links(root: Element) -> None:
    """Marks what Markdown made, so that what is left unmarked in the output is raw HTML."""
    for element in root.iter():
        if element.tag in ("a", "img"):
            element.set(MARK, "")


def scan(output: str) -> Iterator[tuple[str, dict[str, str], int]]:
    """Each start tag of some HTML that has an id or a name, or leads somewhere: tag, attributes,
    end."""
    for match in TAG.finditer(output):
        if match[2] and READ.search(match[3]):
            parts = ATTRIBUTE.findall(match[3])
            found = {
                name.lower(): html.unescape(one or two or three) for name, one, two, three in parts
            }
            yield match[2].lower(), found, match.end()


def anchors(tags: list[tuple[str, dict[str, str], int]]) -> list[str]:
    """All anchors of a page with repeats; `<a id=x name=x>` counts once."""
    found = []
    for tag, attributes, _ in tags:
        anchor, name = attributes.get("id"), attributes.get("name") if tag == "a" else None
        found += [anchor] if anchor else []
        found += [name] if name and name != anchor else []
    return found
