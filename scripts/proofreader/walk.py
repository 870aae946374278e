"""Walks the tree that Markdown made of a page, and the HTML that came of it, into flat lists."""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from proofreader.record import Block, Heading, Link, Page
from proofreader.source import Source

MARK = "data-check"  # on what Markdown made, to know it from raw HTML in the output
OBJECT = "\ufffc"  # stands in a text for code, formulas and images
BLOCKS = set("ul ol p table dl pre blockquote div details figure script style svg section".split())
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
BREAK = re.compile(r"<br\b", re.IGNORECASE)
CODED = {"highlight", "codehilite", "highlighttable"}
MADE = re.compile("headerlink|footnote")  # links that extensions add
OTHER_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")


class Walk:
    """One walk: fills headings, blocks and links of a page, in reading order."""

    def __init__(self, page: Page, source: Source, stash: list, explicit: set[int]) -> None:
        self.page, self.source, self.explicit = page, source, explicit
        self.stash = [entry if isinstance(entry, str) else "" for entry in stash]
        self.section = -1

    def children(self, parent: Iterable[Element], where: str = "body", depth: int = 0) -> None:
        for element in parent:
            self.element(element, where, depth)

    def element(self, element: Element, where: str, depth: int) -> None:
        css = set(element.get("class", "").split())
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading(element, where)
            case "p":
                self._paragraph(element, where, depth)
            case "ul" | "ol":
                self.children(element, where, depth + 1)
            case "li":
                self._item(element, where, depth)
            case "table":
                self._table(element, where)
            case "dl":
                self._definitions(element, depth)
            case "blockquote":
                self.children(element, "quote", depth)
            case "figure":
                self._figure(element, where)
            case "details":
                self._notice(element, element.find("summary"), where, depth)
            case "div" if "admonition" in css:
                title = element.find("p[@class='admonition-title']")
                self._notice(element, title, where, depth)
            case "div" if "tabbed-set" in css:
                self._tabs(element, depth)
            case "div" if "footnote" in css:
                self._footnotes(element)
            case "pre":
                self._code("".join(element.itertext()), element, where)
            case "div" if css & CODED:
                self._code("".join(element.itertext()), element, where)
            case "script" | "style" | "svg" | "input" | "hr":
                pass
            case _ if "toc" not in css:
                self._inlines(element, self.source.last_line)
                self.children(element, where, depth)

    def _heading(self, element: Element, where: str) -> None:
        text = self.text(element) or self._contents(element)
        line, nested = self.source.find_block(text), where != "body"
        if not nested:
            self.section = len(self.page.headings)
        level, anchor = int(element.tag[1]), element.get("id", "")
        explicit = id(element) in self.explicit
        self.page.headings.append(Heading(level, anchor, text, line, explicit, nested))
        self._inlines(element, line)

    def _add(
        self,
        kind: str,
        element: Element,
        where: str,
        *parts: Element,
        text: str = "",
        extra: str = "",
        depth: int = 0,
        line: int = 0,
    ) -> int:
        """Adds a block that says what its parts do, or a text; returns its line."""
        text = text or " ".join(filter(None, map(self.text, parts)))
        line = line or self.source.find_block(text)
        block = Block(kind, line, self.section, where, text, element.get("id", ""), extra, depth)
        self.page.blocks.append(block)
        for part in parts:
            self._inlines(part, line)
        return line

    def _paragraph(self, element: Element, where: str, depth: int) -> None:
        raw = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
        if not raw or len(element):
            self._add("p", element, where, element, depth=depth)
            return
        stashed = self.stash[int(raw[1])]
        text = html.unescape(TAGS.sub("", UNREAD.sub("", stashed)))
        if CODE.match(stashed):
            self._code(text, element, where)
        elif text.strip():
            self._add("raw", element, where, text=" ".join(text.split()))

    def _code(self, text: str, element: Element, where: str) -> None:
        text = self._resolve(text)
        line = self.source.find_block(next((row for row in text.split("\n") if row.strip()), ""))
        bare = "".join(REMARK.sub("", text).split()).encode("utf-8", "surrogatepass")
        self._add("code", element, where, extra=hashlib.sha256(bare).hexdigest()[:16], line=line)

    def _item(self, element: Element, where: str, depth: int) -> None:
        loose = len(element) and element[0].tag == "p" and not (element.text or "").strip()
        first = element[0] if loose else element
        self._add("li", element, where, first, depth=depth)
        rest = (child for child in element if child is not first and child.tag in BLOCKS)
        self.children(rest, where, depth)

    def _table(self, element: Element, where: str) -> None:
        rows = list(element.iter("tr"))
        head = list(rows[0]) if rows else []
        text, size = " ".join(map(self.text, head)), f"{len(rows)}×{len(head)}"
        line = self._add("table", element, where, text=text, extra=size)
        for number, row in enumerate(rows):
            for cell in row:  # below the head stands the rule
                self._add("cell", cell, "table", cell, line=line + number + (number > 0))

    def _definitions(self, element: Element, depth: int) -> None:
        own = element.get("class") != "glossary"  # which has a file of its own, and is judged there
        for child in element:
            if own:
                self._add(child.tag, child, "dl", child)
            else:
                self._inlines(child, self.source.last_line)
            self.children((inner for inner in child if inner.tag in BLOCKS), "dl", depth)

    def _figure(self, element: Element, where: str) -> None:
        caption, image = element.find(".//figcaption"), element.find(".//img")
        parts = [] if caption is None else [caption, *caption.iter("p")]
        if caption is None and image is not None:
            self.source.find_line(rf".*{re.escape(image.get('src', ''))}")
        line = self._add("figure", element, where, *parts)
        for child in element:
            if child is not caption:
                self._inlines([child] if child.tag in ("img", "a") else child, line)

    def _notice(self, element: Element, title: Element | None, where: str, depth: int) -> None:
        parts = [] if title is None else [title]
        text, css = "".join(map(self.text, parts)), element.get("class", element.tag)
        kind = next((name for name in css.split() if name != "admonition"), "")
        line = 0 if text.lower() == kind.lower() else self.source.seek(text)  # made of the kind
        line = line or self.source.find_line(rf"[\s>]*(?:!!!|\?\?\?\+?|///)[ \t]*{re.escape(kind)}")
        body = [child for child in element if child is not title]
        css += "" if body or (element.text or "").strip() else " empty"
        self._add("note", element, where, *parts, extra=css, line=line or self.source.last_line)
        self.children(body, "note", depth)

    def _tabs(self, element: Element, depth: int) -> None:
        kinds, inner = ("tabbed-block", "tabbed-content"), "div[@class='tabbed-block']"
        divs = (child for child in element.iter("div") if child.get("class") in kinds)
        bodies = [child for child in divs if child.find(inner) is None]
        full = [bool(len(body) or (body.text or "").strip()) for body in bodies]
        for label, body, is_full in zip(list(element.iter("label")), bodies, full):
            extra = "" if is_full else "empty" if any(full) or len(full) == 1 else "all empty"
            self._add("tab", body, "tab", text=self.text(label), extra=extra)
            self.children(body, "tab", depth)

    def _footnotes(self, element: Element) -> None:
        for item in element.iter("li"):
            anchor, blocks = item.get("id", ""), list(item)
            if anchor.startswith("fn"):
                self.source.rewind()
                line = self.source.find_line(rf"[ \t>]*\[\^{re.escape(anchor[3:])}\]:")
                self._add("footnote", item, "footnote", *(blocks[:1] or [item]), line=line)
                self.children(blocks[1:], "footnote")

    def _inlines(self, holder: Iterable[Element], line: int) -> None:
        """The links and images of one block, without those of blocks inside it."""
        for element in holder:
            links, css = self.page.links, element.get("class", "")
            known = len(links)
            if element.tag not in BLOCKS:
                self._inlines(element, line)
            if element.tag == "img":
                self._link(element, "src", element.get("alt"), line)
            elif element.tag == "a" and element.get("href") is not None and not MADE.search(css):
                shown = links[known].line if len(links) > known else line
                text = self.text(element) or self._contents(element)
                self._link(element, "href", text, shown)

    def _link(self, element: Element, key: str, text: str | None, line: int) -> None:
        target = html.unescape(self._resolve(element.get(key, "")))
        if not target and not text and element.get("id"):
            return  # `[](){ #id }` is a place, no link
        at, column = self.source.find_target(target or "()", line) or (line, 1)
        if not text and self.source.masked_lines[at - 1].lstrip(" >").startswith("["):
            at, column = line, 1  # that is where a reference is defined, not used
        text, css = text and self._resolve(text), element.get("class", "")
        link = Link(element.tag, target, text, at, column, self.section, False, css)
        self.page.links.append(link)

    def _contents(self, element: Element) -> str:
        """What a link without words shows: an image's alt text, or some raw HTML."""
        image = element.find(".//img")
        if image is not None and image.get("alt"):
            return image.get("alt", "")
        numbers = HTML_PLACEHOLDER_RE.findall("".join(element.itertext()))
        raw = any(self.stash[int(number)].strip()[:4] != "<!--" for number in numbers)
        return OBJECT if raw or (len(element) and image is None) else ""

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
            elif not (child.tag in BLOCKS or MADE.search(css) or anchor.startswith("fnref")):
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
        return "\n" if BREAK.match(stashed) else html.unescape(TAGS.sub("", stashed))


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
