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
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from whitepaper.book import LineError
from whitepaper.content import HEADINGS
from whitepaper.glossary import (
    GLOSSARY,
    Term,
    read_glossary,
    script_of,
    term_pattern,
    terms_by_form,
)
from whitepaper.sources import SOURCES, draw_quotations, draw_timeline, read_sources

ASKED_LINE = re.compile(r"^<!-- (glossary(?: [a-z0-9-]+)?|sources|timeline) -->\s*$")
GLOSSARY_MARK = re.compile(r"@@glossary(?: ([a-z0-9-]+))?@@")
SOURCES_MARK = re.compile(r"@@(sources|timeline)@@")
TASK = re.compile(r"<input type=\"checkbox\" disabled( checked)?/>")  # of pymdownx.tasklist
NUMBER = re.compile(r"^p(\d+)$")
UNLINKED = HEADINGS | {"a", "code", "pre", "figure", "table", "dl", "div", "details"}


class BookExtension(Extension):
    """`whitepaper.extension` in mkdocs.yml."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"glossary": [GLOSSARY, "the terms, relative to the folder of mkdocs.yml"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)  # so that the checker finds what pages are made from
        path = Path(self.getConfig("glossary"))
        md.preprocessors.register(
            _AskedLine(md), "book-asked", 25
        )  # before HTML comments are stashed (20)
        # After attr_list (8) has set the ids written by hand, before MkDocs collects anchors (5).
        md.treeprocessors.register(_Tasks(md), "book-tasks", 7.95)
        md.treeprocessors.register(_Addresses(md), "book-addresses", 7.94)
        md.treeprocessors.register(_Figures(md), "book-figures", 7.9)
        md.treeprocessors.register(_Numbers(md), "book-numbers", 7.8)
        md.treeprocessors.register(_Terms(md, path), "book-terms", 7.7)
        md.treeprocessors.register(
            _Sources(md, path.with_name(Path(SOURCES).name)), "book-sources", 7.6
        )


class _AskedLine(Preprocessor):
    """Turns a line that asks for what data files hold into a mark that survives block parsing.

    `<!-- glossary -->`, `<!-- glossary GROUP -->`, `<!-- sources -->`, `<!-- timeline -->`.
    """

    def run(self, lines: list[str]) -> list[str]:
        return [ASKED_LINE.sub(r"@@\1@@", line) for line in lines]


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
            elif block.tag == "p" and not _is_raw(block) and linked_picture(block) is None:
                self._number(block)

    def _number(self, block: Element) -> None:
        given = NUMBER.match(block.get("id", ""))
        if given:
            self.count = int(given[1])
        elif not block.get("id"):
            self.count += 1
            block.set("id", f"p{self.count}")


class _Terms(Treeprocessor):
    """Links the first use of each glossary term; draws up the glossary where it is asked for."""

    def __init__(self, md: Markdown, path: Path) -> None:
        super().__init__(md)
        self.path = path

    def run(self, root: Element) -> None:
        if not self.path.exists():
            return
        terms = read_glossary(self.path)
        lang = script_of("".join(root.itertext()))
        if groups := {at: mark[1] or "" for at, block in enumerate(root) if (mark := _mark(block))}:
            shown = [term for term in terms if term.in_glossary]
            self._hold(shown, list(groups.values()))
            for at, group in groups.items():
                root[at] = _definitions([term for term in shown if group in ("", term.group)], lang)
            return
        self.pattern, self.by_form = term_pattern(terms, lang), terms_by_form(terms, lang)
        self.seen: set[str] = set()
        for block in root:
            if block.tag not in UNLINKED:
                self._link(block)

    def _hold(self, shown: list[Term], groups: list[str]) -> None:
        """Raises LineError where a group asked for has no term, or a term is in none of them."""
        for group in groups:
            if group and all(term.group != group for term in shown):
                raise LineError(
                    _line(group),
                    f"the group {group} must have a term",
                    f"Give it one in {self.path}, or take the line out",
                )
        for term in shown:
            if not {"", term.group} & set(groups):
                cure = f", or ask for its own: {_line(term.group)}" if term.group else ""
                raise LineError(
                    _line(groups[-1]),
                    f"the term {term.id} must be in a group that the page asks for",
                    f"Give it the group of a line on the page in {self.path}{cure}",
                )

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
        for match in self.pattern.finditer(text):
            term = self._first_use(match[0])
            if term is None:
                continue
            setattr(holder, slot, text[start : match.start()])
            link = Element("a", {"class": "term", "href": f"glossary.md#{term.anchor}"})
            link.text, link.tail = match[0], text[match.end() :]
            parent.insert(at, link)
            at, holder, slot, start = at + 1, link, "tail", match.end()

    def _first_use(self, form: str) -> Term | None:
        term = self.by_form.get(form.lower()) or self.by_form.get(form.lower().removesuffix("s"))
        if term is None or term.id in self.seen:
            return None
        self.seen.add(term.id)
        return term


class _Sources(Treeprocessor):
    """Draws the list of quotations and the table of years where they are asked for."""

    def __init__(self, md: Markdown, path: Path) -> None:
        super().__init__(md)
        self.path = path

    def run(self, root: Element) -> None:
        asked = [
            (at, mark[1])
            for at, block in enumerate(root)
            if block.tag == "p" and (mark := SOURCES_MARK.fullmatch(block.text or ""))
        ]
        if not asked:
            return
        lang = script_of("".join(root.itertext()))
        for at, name in asked:
            draw = draw_quotations if name == "sources" else draw_timeline
            root[at] = draw(read_sources(self.path), lang)


def _mark(block: Element) -> re.Match | None:
    return GLOSSARY_MARK.fullmatch(block.text or "") if block.tag == "p" else None


def _line(group: str) -> str:
    return f"<!-- glossary {group} -->" if group else "<!-- glossary -->"


def _definitions(terms: list[Term], lang: str) -> Element:
    """Terms as a definition list: the page's language first, the other beside it."""
    listing = Element("dl", {"class": "glossary"})
    for term in terms:
        name = SubElement(listing, "dt", {"id": term.anchor})
        own, other, code = (
            (term.zh, term.en, "en") if lang == "zh" else (term.en, term.zh, "zh-Hans")
        )
        SubElement(name, "span").text = own
        if own != other:
            name[0].tail = " "
            SubElement(name, "span", {"lang": code, "class": "other"}).text = other
        meaning = SubElement(listing, "dd")
        meaning.text = term.gloss_zh if lang == "zh" else term.gloss_en
        if term.also:
            _add_also(meaning, term, lang)
    return listing


def _add_also(meaning: Element, term: Term, lang: str) -> None:
    """How others translate the term, as a sentence after what it means."""
    said = SubElement(meaning, "span", {"class": "also"})
    if lang == "zh":
        said.text = f"又译{'、'.join(term.also)}。"
        return
    meaning.text = f"{meaning.text} "
    said.text = f"Also translated as {' or '.join(term.also)}."


def _text(*parts: str | None) -> str:
    return "".join(part or "" for part in parts).strip()


def _is_raw(paragraph: Element) -> bool:
    return len(paragraph) == 0 and bool(
        HTML_PLACEHOLDER_RE.fullmatch((paragraph.text or "").strip())
        or _mark(paragraph)
        or SOURCES_MARK.fullmatch(paragraph.text or "")
    )


def makeExtension(**kwargs: Any) -> BookExtension:  # the name that Python-Markdown looks for
    return BookExtension(**kwargs)
