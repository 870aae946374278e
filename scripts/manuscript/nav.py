"""The nav in the order of the text: entries of known pages move as they are written, new ones are
made, those of retired pages go.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from manuscript.characters import bare
from manuscript.kinds import heading_number
from manuscript.matching import Edition, Rows
from whitepaper.book import Book, BookError, parse_settings

NAV = re.compile(r"^(nav:[ \t]*(?:#.*)?\n)((?:[ \t#-].*\n|\n)*)", re.MULTILINE)
ENTRY = re.compile(r"((?:[ \t]*(?:#.*)?\n)*)[ \t]*(- .*\n)")  # what stands above it, and its words
TRANSLATIONS = re.compile(r"^( *)(nav_translations:)(?: *\{\})?( *#.*\n|\n)", re.MULTILINE)
UNSAFE = (
    "mkdocs.yml: its nav cannot be extended safely. Write it as a plain list, one page a line, "
    "then import again"
)


def extend_nav(settings: str, book: Book, edition: Edition) -> str:
    """mkdocs.yml with all pages in its nav, and an English title for each part that is new.

    `book`: as it is. Raises BookError rather than change anything else in it.
    """
    settings = settings.rstrip("\n") + "\n"
    after = NAV.sub(lambda nav: nav[1] + _listed(nav[2], book, edition), settings)
    lines = _translations(book, edition)
    after = TRANSLATIONS.sub(lambda key: key[1].join(["", key[2] + key[3], *lines]), after)
    _prove(settings, after, edition)
    return after


def _listed(nav: str, book: Book, edition: Edition) -> str:
    """What stands above an entry moves with it; what stands below them all stays there."""
    known = {}
    for (name, *_), (above, entry) in zip(_entries(book.sections), ENTRY.findall(nav)):
        now = edition.renamed.get(name, name)
        known[now] = above, entry.replace(f"{name}.md", f"{now}.md")
    written = ""
    for name, indent, new in _entries(edition.order):
        above, entry = known.get(name, ("", new))
        written += above + indent + entry
    return written + ENTRY.sub("", nav)


def _entries(rows: Rows) -> Iterator[tuple[str, str, str]]:
    """The entries of a nav in turn: page, or title of a part, with its indent and the words that a
    new one gets.
    """
    above = ""
    for page, part in rows:
        if part and part != above:
            yield bare(part), "  ", f"- {_scalar(part)}:\n"
        yield page, "      " if part else "  ", f"- {page}.md\n"
        above = part


def _translations(book: Book, edition: Edition) -> list[str]:
    """Lines for parts that have no English title, for somebody to put a better one in; each but
    for the indent of their key, which may stand there without any.
    """
    known = {bare(title) for title in book.translations("en")}
    titles = {
        title: f"Part {heading_number(title) or section.name}"
        for section in edition.sections
        if (title := section.part_title) and bare(title) not in known
    }
    return [f"  {_scalar(title)}: {words}\n" for title, words in titles.items()]


def _scalar(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, width=1000).removesuffix("\n...\n").rstrip()


def _prove(before: str, after: str, edition: Edition) -> None:
    """What rewrites settings proves that it did no harm: all else is the same, and each page has
    its place.
    """
    try:
        old, new = (Book(Path(), parse_settings(text)) for text in (before, after))
    except yaml.YAMLError:
        raise BookError(UNSAFE) from None
    there, wanted = (
        [(page, bare(part)) for page, part in rows] for rows in (new.sections, edition.order)
    )
    for book in (old, new):
        del book.config["nav"]
        book.languages["en"].pop("nav_translations", None)
    if there != wanted or old.config != new.config:
        raise BookError(UNSAFE)
