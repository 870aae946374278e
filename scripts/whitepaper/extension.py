"""The book's own Markdown: paragraph numbers, figures, the glossary and links to it.

A plain Python-Markdown extension, so that any generator that uses Python-Markdown renders the same
pages. It adds elements and ids only; wording is never touched.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from proofreader import script_of
from whitepaper.book import LineError, read_book
from whitepaper.content import HEADINGS, fill, linked_picture, only
from whitepaper.glossary import GLOSSARY, Linked, Term, linked, read_glossary
from whitepaper.sources import SOURCES, read_names, read_sources

# What a line asks for that a data file or the nav holds; of the glossary, one group or all.
ASKED = re.compile("<!-- (glossary|sources|timeline|contents)(?: ([a-z0-9-]+))? -->")
TASK = re.compile(r"^\[([ xX])\] +")
NUMBER = re.compile(r"^p(\d+)$")
LISTS = ("ul", "ol")
ENOUGH = 2000  # characters, to know the language of a page by
UNLINKED = HEADINGS | {"a", "code", "pre", "figure", "table", "dl", "div", "details"}


class BookExtension(Extension):
    """`whitepaper.extension` in mkdocs.yml."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the folder of the book, from that of mkdocs.yml"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)  # so that the checker finds what pages are made from
        # After attr_list (8) has set the ids written by hand, before MkDocs collects anchors (5).
        md.treeprocessors.register(_Book(md, Path(self.getConfig("root"))), "book", 7.9)


class _Book(Treeprocessor):
    """What the book's own conventions make of a page."""

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self.root = root

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            sign_task(item)
        mark_addresses(root)
        make_figures(root)
        self.count = 0
        self._number_blocks(root)
        mark_alignment(root)
        lang = script_of("".join(root.itertext())[:ENOUGH])
        asked = {
            at: mark for at, block in enumerate(root) if (mark := ASKED.fullmatch(self._raw(block)))
        }
        groups = {mark[2] or "": mark[0] for mark in asked.values() if mark[1] == "glossary"}
        terms = read_glossary(self.root / GLOSSARY)
        shown = [term for term in terms if term.in_glossary]
        if not groups:
            link_terms(root, linked(terms, lang))
        elif terms:
            self._require_whole(shown, groups)
        for at, mark in asked.items():
            if mark[1] == "contents":
                root[at] = fill("contents", parts=read_book(self.root).parts(lang), lang=lang)
            elif mark[1] != "glossary":
                sources = read_sources(self.root / SOURCES)
                called = read_names(self.root, sources, lang)
                root[at] = fill(mark[1], sources=sources, called=called, lang=lang)
            elif terms:
                own = [term for term in shown if mark[2] in (None, term.group)]
                root[at] = fill("glossary", terms=own, lang=lang)

    def _number_blocks(self, blocks: Iterable[Element]) -> None:
        """Numbers the body blocks p1, p2, … through the page.

        Counted are paragraphs and list items of the text; not counted: headings, figures, tables,
        definition lists, footnotes, and whatever stands in a notice. An id written by hand wins:
        `p5` moves the count to 5, `p4a` or any other leaves it alone (contract, "Addresses").
        """
        for block in blocks:
            if block.tag in ("blockquote", *LISTS):
                self._number_blocks(block)
            elif block.tag == "li":
                self._number(block)
                self._number_blocks([inner for inner in block if inner.tag in LISTS])
            elif block.tag == "p" and not self._raw(block) and linked_picture(block) is None:
                self._number(block)

    def _number(self, block: Element) -> None:
        if given := NUMBER.match(block.get("id", "")):
            self.count = int(given[1])
        elif not block.get("id"):
            self.count += 1
            block.set("id", f"p{self.count}")

    def _raw(self, block: Element) -> str:
        """The raw HTML that a paragraph holds and nothing else: Python-Markdown keeps it apart."""
        held = HTML_PLACEHOLDER_RE.fullmatch((block.text or "").strip())
        if block.tag != "p" or len(block) or not held:
            return ""
        return str(self.md.htmlStash.rawHtmlBlocks[int(held[1])]).strip()

    def _require_whole(self, shown: list[Term], groups: dict[str, str]) -> None:
        """Raises LineError where a group asked for, by its line, has no term, or a term is in none
        of them.
        """
        for group, line in groups.items():
            if group and all(term.group != group for term in shown):
                law = f"the group {group} must have a term"
                raise LineError(line, law, f"Give it one in {GLOSSARY}, or take the line out")
        for term in shown:
            if not {"", term.group} & groups.keys():
                law = f"the term {term.id} must be in a group that the page asks for"
                cure = f"Give it the group of a line on the page in {GLOSSARY}, or ask for its own"
                raise LineError([*groups.values()][-1], law, cure)


def sign_task(item: Element) -> None:
    """`[ ]` and `[x]` before a task become signs, which every output can show."""
    first = item[0] if len(item) and item[0].tag == "p" else item
    first.text = TASK.sub(lambda box: "□ " if box[1] == " " else "■ ", first.text or "")


def mark_addresses(root: Element) -> None:
    """A link whose words are an address is marked: its lines may break anywhere."""
    for link in root.iter("a"):
        if re.match(r"https?://\S+$", link.text or ""):
            link.set("class", f"{link.get('class', '')} address".strip())


def mark_alignment(root: Element) -> None:
    """A cell's alignment becomes a class: a style attribute would need 'unsafe-inline'."""
    for cell in (*root.iter("td"), *root.iter("th")):
        if align := re.search(r"text-align:\s*(\w+)", cell.attrib.pop("style", "")):
            cell.set("class", f"align-{align[1]}")


def make_figures(root: Element) -> None:
    """An image alone in its paragraph becomes a figure; its alternative text is the caption.

    Where a caption needs markup or a note of its own it stands in a block below the image, or below
    a table: `/// caption | #figure-words`, the caption, `///` (pymdownx.blocks.caption).
    """
    for figure in root.iter("figure"):
        _tidy(figure)
    for paragraph in list(root.iter("p")):
        image = only(paragraph, "img")
        if image is not None and image.get("alt"):
            anchor = image.attrib.pop("id", None) or paragraph.get("id")
            paragraph.tag, paragraph.text, image.tail = "figure", None, None
            paragraph.attrib = {"class": "figure"} | ({"id": anchor} if anchor else {})
            SubElement(paragraph, "figcaption").text = image.get("alt")


def _tidy(figure: Element) -> None:
    """Gives a figure with a caption block the shape of one without: bare image, bare words."""
    figure.set("class", " ".join(dict.fromkeys(["figure", *figure.get("class", "").split()])))
    for at, block in enumerate(list(figure)):
        image, words = only(block, "img"), only(block, "p")
        if block.tag == "p" and image is not None:
            image.tail = None
            figure[at] = image
            if anchor := image.attrib.pop("id", None) or block.get("id"):
                figure.attrib.setdefault("id", anchor)
        elif block.tag == "figcaption" and words is not None:
            block.text, block[:] = words.text, words[:]


def link_terms(root: Element, terms: Linked) -> None:
    """Links the first use of each glossary term."""
    seen: set[str] = set()
    for block in root:
        if block.tag not in UNLINKED:
            _link_inside(block, terms, seen)


def _link_inside(parent: Element, terms: Linked, seen: set[str]) -> None:
    parent.text, inside = _split(parent.text or "", terms, seen)
    for child in parent:
        if child.tag not in UNLINKED:
            _link_inside(child, terms, seen)
        child.tail, links = _split(child.tail or "", terms, seen)
        inside += [child, *links]
    parent[:] = inside


def _split(text: str, terms: Linked, seen: set[str]) -> tuple[str, list[Element]]:
    """A run of text up to its first link; and its links, each with the text up to the next."""
    before, links, done = text, list[Element](), 0
    for begin, stop, term in terms.find(text):
        if term.id in seen:
            continue
        seen.add(term.id)
        if links:
            links[-1].tail = text[done:begin]
        else:
            before = text[:begin]
        link = Element("a", {"class": "term", "href": f"glossary.md#{term.anchor}"})
        link.text, link.tail = text[begin:stop], text[stop:]
        links.append(link)
        done = stop
    return before, links


def makeExtension(**kwargs: Any) -> BookExtension:  # the name that Python-Markdown looks for
    return BookExtension(**kwargs)
