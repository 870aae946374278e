"""The book's own Markdown: paragraph numbers, figures, the glossary and links to it.

A plain Python-Markdown extension, so that any generator that uses Python-Markdown renders the same
pages. It adds elements and ids only; wording is never touched.
"""

import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from whitepaper.book import LineError
from whitepaper.content import HEADINGS, fill
from whitepaper.glossary import GLOSSARY, Term, linked, read_glossary, script_of
from whitepaper.sources import SOURCES, read_sources

GLOSSARY_LINE = "<!-- glossary"
ASKED = re.compile("<!-- (glossary|sources|timeline)(?: ([a-z0-9-]+))? -->")
TASK = re.compile(r"<input type=\"checkbox\" disabled( checked)?/>")  # of pymdownx.tasklist
NUMBER = re.compile(r"^p(\d+)$")
UNLINKED = HEADINGS | {"a", "code", "pre", "figure", "table", "dl", "div", "details"}


class BookExtension(Extension):
    """`whitepaper.extension` in mkdocs.yml."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "glossary": [GLOSSARY, "the terms, relative to the folder of mkdocs.yml"],
            "sources": [SOURCES, "the quotations and years, the same"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)  # so that the checker finds what pages are made from
        glossary, sources = Path(self.getConfig("glossary")), Path(self.getConfig("sources"))
        # After attr_list (8) has set the ids written by hand, before MkDocs collects anchors (5).
        for number, processor in enumerate(
            (
                _Tasks(md),
                _Addresses(md),
                _Figures(md),
                _Numbers(md),
                _Terms(md, glossary),
                _Asked(md, glossary, sources),
            )
        ):
            name = type(processor).__name__.strip("_").lower()
            md.treeprocessors.register(processor, f"book-{name}", 7.9 - number / 10)


class _Figures(Treeprocessor):
    """An image alone in its paragraph becomes a figure; its alternative text is the caption.

    Where a caption needs markup or a note of its own it stands in a block below the image, or below
    a table: `/// caption | #figure-words`, the caption, `///` (pymdownx.blocks.caption).
    """

    def run(self, root: Element) -> None:
        for figure in root.iter("figure"):
            _tidy(figure)
        for paragraph in list(root.iter("p")):
            image = _lone_image(paragraph)
            if image is not None and image.get("alt"):
                anchor = image.attrib.pop("id", None) or paragraph.get("id")
                paragraph.tag, paragraph.text, image.tail = "figure", None, None
                paragraph.attrib = {"class": "figure"} | ({"id": anchor} if anchor else {})
                SubElement(paragraph, "figcaption").text = image.get("alt")


def _tidy(figure: Element) -> None:
    """Gives a figure with a caption block the shape of one without: bare image, bare words."""
    figure.set(
        "class", " ".join({"figure": None, **dict.fromkeys(figure.get("class", "").split())})
    )
    for at, block in enumerate(list(figure)):
        image = _lone_image(block) if block.tag == "p" else None
        if image is not None:
            image.tail = None
            figure[at] = image
            if anchor := image.attrib.pop("id", None) or block.get("id"):
                figure.attrib.setdefault("id", anchor)
        elif block.tag == "figcaption" and len(block) == 1 and block[0].tag == "p":
            words = block[0]
            block.text, block[:] = words.text, words[:]


def linked_picture(block: Element) -> Element | None:
    """The link of a paragraph that holds a linked picture and nothing else.

    It is shown as a figure, whose caption is the alternative text.
    """
    link = block[0] if block.tag == "p" and len(block) == 1 and block[0].tag == "a" else None
    alone = link is not None and len(link) == 1 and link[0].tag == "img"
    return link if alone and not "".join(block.itertext()).strip() else None


def _lone_image(paragraph: Element) -> Element | None:
    """The image that a paragraph holds and nothing else."""
    image = paragraph[0] if len(paragraph) == 1 and paragraph[0].tag == "img" else None
    return None if image is None or _text(paragraph.text, image.tail) else image


class _Addresses(Treeprocessor):
    """A link whose words are an address is marked: its lines may break anywhere."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if re.match(r"https?://\S+$", link.text or ""):
                link.set("class", f"{link.get('class', '')} address".strip())


class _Tasks(Treeprocessor):
    """A task's box becomes a sign: nobody can tick it, and every output can show it."""

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            first = item[0] if len(item) and item[0].tag == "p" else item
            words = first.text or ""
            stashed = HTML_PLACEHOLDER_RE.match(words)
            raw = str(self.md.htmlStash.rawHtmlBlocks[int(stashed[1])]) if stashed else ""
            box = TASK.match(raw)
            if stashed and box:
                item.attrib.pop("class", None)
                first.text = f"{'■' if box[1] else '□'} {words[stashed.end() :].lstrip()}"


class _Numbers(Treeprocessor):
    """Numbers the body blocks p1, p2, … through the page.

    Counted are paragraphs and list items of the text; not counted: headings, figures, tables,
    definition lists, footnotes, and whatever stands in a notice. An id written by hand wins: `p5`
    moves the count to 5, `p4a` or any other leaves it alone (contract, "Addresses").
    """

    def run(self, root: Element) -> None:
        self.count = 0
        self._walk(root)
        for cell in [
            *root.iter("td"),
            *root.iter("th"),
        ]:  # a style attribute would need 'unsafe-inline'
            align = re.search(r"text-align:\s*(\w+)", cell.attrib.pop("style", ""))
            if align:
                cell.set("class", f"align-{align[1]}")

    def _walk(self, parent: Element) -> None:
        for block in parent:
            if block.tag in ("blockquote", "ul", "ol"):
                self._walk(block)
            elif block.tag == "li":
                self._number(block)
                for inner in block:
                    if inner.tag in ("ul", "ol"):
                        self._walk(inner)
            elif block.tag == "p" and not _raw(self.md, block) and linked_picture(block) is None:
                self._number(block)

    def _number(self, block: Element) -> None:
        given = NUMBER.match(block.get("id", ""))
        if given:
            self.count = int(given[1])
        elif not block.get("id"):
            self.count += 1
            block.set("id", f"p{self.count}")


class _Asked(Treeprocessor):
    """A line that asks for what a data file holds becomes that.

    `<!-- glossary -->`, `<!-- glossary GROUP -->`, `<!-- sources -->`, `<!-- timeline -->`.
    """

    def __init__(self, md: Markdown, glossary: Path, sources: Path) -> None:
        super().__init__(md)
        self.glossary, self.sources = glossary, sources

    def run(self, root: Element) -> None:
        lines = {at: _raw(self.md, block) for at, block in enumerate(root)}
        asked = {at: mark for at, line in lines.items() if (mark := ASKED.fullmatch(line))}
        lang = script_of("".join(root.itertext()))
        groups = [mark[2] or "" for mark in asked.values() if mark[1] == "glossary"]
        if groups and self.glossary.exists():
            shown = [term for term in read_glossary(self.glossary) if term.in_glossary]
            self._hold(shown, groups)
        for at, mark in asked.items():
            if mark[1] != "glossary":
                root[at] = fill(mark[1], sources=read_sources(self.sources), lang=lang)
            elif self.glossary.exists():
                terms = [term for term in shown if mark[2] in (None, term.group)]
                root[at] = fill("glossary", terms=terms, lang=lang)

    def _hold(self, shown: list[Term], groups: list[str]) -> None:
        """Raises LineError where a group asked for has no term, or a term is in none of them."""
        for group in groups:
            if group and all(term.group != group for term in shown):
                raise LineError(
                    _line(group),
                    f"the group {group} must have a term",
                    f"Give it one in {self.glossary}, or take the line out",
                )
        for term in shown:
            if not {"", term.group} & set(groups):
                cure = f", or ask for its own: {_line(term.group)}" if term.group else ""
                raise LineError(
                    _line(groups[-1]),
                    f"the term {term.id} must be in a group that the page asks for",
                    f"Give it the group of a line on the page in {self.glossary}{cure}",
                )


class _Terms(Treeprocessor):
    """Links the first use of each glossary term, but not on the glossary's own page."""

    def __init__(self, md: Markdown, path: Path) -> None:
        super().__init__(md)
        self.path = path

    def run(self, root: Element) -> None:
        if not self.path.exists() or any(
            _raw(self.md, block).startswith(GLOSSARY_LINE) for block in root
        ):
            return
        self.terms = linked(read_glossary(self.path), script_of("".join(root.itertext())))
        self.seen: set[str] = set()
        for block in root:
            if block.tag not in UNLINKED:
                self._link(block)

    def _link(self, parent: Element) -> None:
        self._split(parent, 0, "text")
        for child in list(parent):
            if child.tag not in UNLINKED:
                self._link(child)
            self._split(parent, list(parent).index(child) + 1, "tail", child)

    def _split(self, parent: Element, at: int, slot: str, holder: Element | None = None) -> None:
        """Puts links into a run of text: the `text` of `parent`, or the `tail` of `holder`."""
        holder = parent if holder is None else holder
        text, start = getattr(holder, slot) or "", 0
        for match, term in self.terms.find(text):
            if term.id in self.seen:
                continue
            self.seen.add(term.id)
            setattr(holder, slot, text[start : match.start()])
            link = Element("a", {"class": "term", "href": f"glossary.md#{term.anchor}"})
            link.text, link.tail = match[0], text[match.end() :]
            parent.insert(at, link)
            at, holder, slot, start = at + 1, link, "tail", match.end()


def _line(group: str) -> str:
    return f"{GLOSSARY_LINE} {group} -->" if group else f"{GLOSSARY_LINE} -->"


def _text(*parts: str | None) -> str:
    return "".join(part or "" for part in parts).strip()


def _raw(md: Markdown, block: Element) -> str:
    """The raw HTML that a paragraph holds and nothing else."""
    held = HTML_PLACEHOLDER_RE.fullmatch((block.text or "").strip())
    alone = held if block.tag == "p" and not len(block) else None
    return str(md.htmlStash.rawHtmlBlocks[int(alone[1])]).strip() if alone else ""


def makeExtension(**kwargs: Any) -> BookExtension:  # the name that Python-Markdown looks for
    return BookExtension(**kwargs)
