"""The nav in the order of the text: entries of known pages move as they are written, new ones are
made, those of retired pages go.
"""

import re
from pathlib import Path

import yaml

from manuscript.characters import bare
from manuscript.kinds import heading_number
from manuscript.matching import Edition
from whitepaper.book import Book, BookError, parse_settings

NAV = re.compile(r"(?<=^nav:)[ \t]*(?:#.*)?\n((?:[ \t#-].*\n|\n)*)", re.MULTILINE)
TRANSLATIONS = re.compile(r"^ *nav_translations:.*\n( +)", re.MULTILINE)
UNSAFE = (
    "mkdocs.yml: its nav cannot be extended safely. Write it as a plain list, one page a line, "
    "then import again"
)


def extend_nav(settings: str, edition: Edition) -> str:
    """mkdocs.yml with all pages in its nav, and an English title for each part that is new.

    Raises BookError rather than change anything else in it.
    """
    try:
        settings = settings.rstrip("\n") + "\n"
        nav = NAV.search(settings)
        listed = _listed(nav[1] if nav else "", edition)
        after = settings[: nav.start(1)] + listed + settings[nav.end(1) :] if nav else settings
        after = TRANSLATIONS.sub(rf"\g<0>{_translations(settings, edition)}", after)
        _prove(settings, after, edition)
    except yaml.YAMLError:
        raise BookError(UNSAFE) from None
    return after


def _listed(nav: str, edition: Edition) -> str:
    """What stands above an entry moves with it; what stands below them all stays there."""
    entries: dict[str, str] = {}  # by page, or title of a part: its lines
    above = ""
    for line in nav.splitlines(keepends=True):
        above += line
        match yaml.safe_load(line):
            case [str(target)]:
                title = ""
            case [dict(titled)]:
                title, target = next(iter(titled.items()))
            case _:
                continue
        name = str(target or "").removesuffix(".md")
        now = edition.renamed.get(name, name)
        entries.setdefault(now or bare(title), above.replace(f"{name}.md", f"{now}.md"))
        above = ""
    written, before = "", ""
    for page, part in edition.order:
        if part and part != before:
            written += _entry(entries.get(bare(part)) or f"- {_scalar(part)}:\n", 2)
        written += _entry(entries.get(page) or f"- {page}.md\n", 6 if part else 2)
        before = part
    return written + above


def _entry(lines: str, indent: int) -> str:
    *above, entry = lines.splitlines(keepends=True)
    return "".join([*above, " " * indent + entry.lstrip()])


def _translations(settings: str, edition: Edition) -> str:
    """Lines for parts that have no English title, for somebody to put a better one in; each but
    for its indent, which stands before it already."""
    english = Book(Path(), parse_settings(settings)).languages.get("en", {})
    known = {bare(title) for title in english.get("nav_translations", ())}
    titles = {
        title: f"Part {heading_number(title) or section.name}"
        for section in edition.sections
        if (title := section.part_title) and bare(title) not in known
    }
    return "".join(f"{_scalar(title)}: {words}\n\\g<1>" for title, words in titles.items())


def _scalar(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, width=1000).removesuffix("\n...\n").rstrip()


def _prove(before: str, after: str, edition: Edition) -> None:
    """What rewrites settings proves that it did no harm: all else is the same, and each page has
    its place.
    """
    old, new = (Book(Path(), parse_settings(text)) for text in (before, after))
    there, wanted = (
        [(page, bare(part)) for page, part in rows] for rows in (new.sections, edition.order)
    )
    for book in (old, new):
        del book.config["nav"]
        for language in book.languages.values():
            language.pop("nav_translations", None)
    if there != wanted or old.config != new.config:
        raise BookError(UNSAFE)
