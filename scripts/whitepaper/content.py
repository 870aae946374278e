"""The rendered content of built pages: what stands between the template's two marks, as a tree.

Everything made after MkDocs (parallel pages, search, PDF, EPUB) reads pages through this module,
so that no other needs to know how the generator or its theme lays out a page.
"""

import html
import re
from pathlib import Path
from xml.etree import ElementTree

from whitepaper.book import LANGS, Book, BookError

BEGIN, END = "<!--content-->", "<!--/content-->"
_PARAGRAPH = re.compile(r"p\d+[a-z]*")
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)(\w+);")


def paragraph_number(anchor: str) -> str:
    """What a paragraph is cited by: 3a of `p3a`, or `` where the anchor is no paragraph's."""
    return anchor[1:] if _PARAGRAPH.fullmatch(anchor) else ""


def page_path(stage: Path, tree: str, name: str) -> Path:
    return stage / tree / ("index.html" if name == "index" else f"{name}/index.html")


def read_content(stage: Path, tree: str, name: str) -> ElementTree.Element:
    """The content of one built page as an element `div`; raises BookError where it is missing or not well-formed."""
    path = page_path(stage, tree, name)
    _, begin, rest = path.read_text("utf-8").partition(BEGIN)
    inner, end, _ = rest.partition(END)
    if not (begin and end):
        raise BookError(
            f"{tree}/{name}: the template lost the marks {BEGIN} {END}. Put them around page.content"
        )
    return parse(inner, f"docs/{tree}/{name}.md")


def parse(markup: str, source: str) -> ElementTree.Element:
    """Markup (well-formed XML, HTML's named entities allowed) as an element `div`; BookError names `source`."""
    plain = _ENTITY.sub(
        lambda entity: html.escape(html.unescape(entity[0])), markup
    )  # `R&D;` is no entity
    try:
        return ElementTree.fromstring(f"<div>{plain}</div>")
    except ElementTree.ParseError as error:
        raise BookError(
            f"{source}: its HTML is not well-formed ({error}). Close the raw HTML in it"
        ) from None


def leads(block: ElementTree.Element) -> bool:
    """Whether a block must not be the last on its page: a run-in head, or one that ends in a colon."""
    words = "".join(block.itertext()).strip()
    return block.tag == "p" and (
        words.endswith(("：", ":"))
        or len(block) == 1
        and block[0].tag == "strong"
        and words == "".join(block[0].itertext())
    )


def read_contents(book: Book, stage: Path) -> dict[tuple[str, str], ElementTree.Element]:
    """The content of every page of both languages, by (language, page name)."""
    return {(lang, name): read_content(stage, lang, name) for lang in LANGS for name in book.names}
