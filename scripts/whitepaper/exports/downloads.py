"""What a reader takes along: PDF, EPUB and preview cards, made from the rendered content."""

import copy
from pathlib import Path
from xml.etree.ElementTree import Element

from whitepaper.aside import side_by_side
from whitepaper.book import LANGS, TREES, Book
from whitepaper.content import HEADINGS
from whitepaper.exports.cards import write_cards
from whitepaper.exports.epub import write_epub
from whitepaper.exports.figures import write_figures
from whitepaper.exports.pdf import write_pdfs
from whitepaper.exports.places import Contents
from whitepaper.exports.press import CARD, forkable, press
from whitepaper.site.spans import keep_last_words, name_languages


def write_exports(book: Book, stage: Path, contents: dict[tuple[str, str], Element]) -> None:
    """Writes downloads/ and cards/; raises BookError with file and line where the text cannot be
    set.
    """
    pages = gather(book, contents)
    trees = [(pages, stage, tree) for tree in TREES]
    if forkable():
        side_by_side(*((write_tree, *tree) for tree in trees))
    else:
        for tree in trees:
            write_tree(*tree)


def gather(book: Book, contents: dict[tuple[str, str], Element]) -> Contents:
    """The pages as files hold them, in copies: without what only the site has, their words
    prepared.
    """
    pages = {page: copy.deepcopy(without_online(content)) for page, content in contents.items()}
    for (lang, _), content in pages.items():
        name_languages(content, lang)
        if lang == "en":
            keep_last_words(content)
    return Contents(book, pages)


def write_tree(contents: Contents, stage: Path, tree: str) -> None:
    """All that is made from one tree; best in a process of its own, for Typst keeps what it has set
    until its process ends.

    The book comes last: what it leaves behind makes all that follows slower.
    """
    write_cards(contents.book, stage, tree)
    write_figures(contents, stage, tree)
    if tree == "zh":
        # The sign for home screens, and for who draws no SVG.
        (stage / "apple-touch-icon.png").write_bytes(press(contents.book, "icon.typ", {}, **CARD))
    if tree in LANGS:
        write_epub(contents, stage, tree)
    write_pdfs(contents, stage, tree)


def without_online(content: Element) -> Element:
    """A page without its sections of class `online`: what has a meaning on the site alone, such as
    the list of downloads.
    """
    kept, level = Element(content.tag), 0
    for block in content:
        depth = int(block.tag[1]) if block.tag in HEADINGS else 0
        if depth and (not level or depth <= level):
            level = depth if "online" in block.get("class", "").split() else 0
        if not level:
            kept.append(block)
    return kept
