"""Nav and contents in the order of the text: lines of known pages move as they are, new ones are
made, those of retired pages go.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import yaml

from manuscript.blocks import inline, literal, plain
from manuscript.characters import bare
from manuscript.matching import Edition, Rows
from whitepaper.book import Book, BookError, parse_settings

STEP = 4  # blanks of one level
ITEM = re.compile(r"^( *)- (.*)")
LINK = re.compile(r"(?<=- )\[(?:\\.|[^\\\[\]])*\]\(([\w-]+)\.md\)")
UNSAFE = (
    "mkdocs.yml: its nav cannot be extended safely. Write it as a plain list, one page a line, "
    "then import again"
)
Read = Callable[[str], tuple[str, str]]  # an item → its page, or `` and the title of a part


def list_contents(page: str, rows: Rows, titles: Mapping[str, str]) -> str:
    """The home page with its first list of pages in the order of `rows`, (page, part), and by the
    `titles` of the chapters; as it is where it has no such list.
    """
    lines = page.split("\n")
    start = next((at for at, line in enumerate(lines) if LINK.search(line)), len(lines))
    if start == len(lines):
        return page
    while start and ITEM.match(lines[start - 1]):
        start -= 1
    end = next((at for at in range(start, len(lines)) if not ITEM.match(lines[at])), len(lines))

    def write(name: str, part: str) -> str:
        return f"[{inline(titles[name])}]({name}.md)" if name else literal(part)

    listed = _arranged(lines[start:end], _read_item, rows, titles, write)
    return "\n".join([*lines[:start], *listed, *lines[end:]])


def _read_item(line: str) -> tuple[str, str]:
    found = LINK.search(line)
    return (found[1], "") if found else ("", plain(ITEM.sub(r"\2", line)))


def extend_nav(settings: str, edition: Edition) -> str:
    """mkdocs.yml with all pages in its nav, and an English title for each part that has none.

    Raises BookError rather than change anything else in it.
    """
    lines = settings.split("\n")
    start = next((at for at, line in enumerate(lines, 1) if re.match(r"nav:\s*(#|$)", line)), 0)
    ends = (at for at in range(start, len(lines)) if re.match(r"[^\s#-]", lines[at]))
    end = next(ends, len(lines)) if start else 0

    def rename(page: re.Match[str]) -> str:
        return edition.renamed.get(page[0], page[0])

    def write(name: str, part: str) -> str:
        return f"{name}.md" if name else f"{_scalar(part)}:"

    nav = [re.sub(r"[\w-]+(?=\.md)", rename, line) for line in lines[start:end]]
    chapters = [section.name for section in edition.sections]
    try:
        nav = _arranged(nav, _read_entry, edition.order, chapters, write)
        after = _translated("\n".join([*lines[:start], *nav, *lines[end:]]), edition)
        _prove(settings, after, edition)
    except yaml.YAMLError:
        raise BookError(UNSAFE) from None
    return after


def _read_entry(line: str) -> tuple[str, str]:
    entry = yaml.safe_load(ITEM.sub(r"\2", line))
    title, target = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
    return (str(target).removesuffix(".md"), "") if target else ("", str(title))


def _scalar(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, width=1000).removesuffix("\n...\n").rstrip()


def _arranged(
    lines: Sequence[str],
    read: Read,
    order: Rows,
    chapters: Collection[str],
    write: Callable[[str, str], str],
) -> list[str]:
    """The list with the chapters, and whatever other pages it has, in this order; `write` makes
    an item of a page or a part. What stands above a line moves with it.
    """
    pages: dict[str, list[str]] = {}
    parts: dict[str, str] = {}
    indents = [len(found[1]) for line in lines if (found := ITEM.match(line))]
    outer = min(indents, default=0)
    inner = next((indent for indent in indents if indent > outer), outer + STEP)
    above: list[str] = []
    behind = iter([*indents[1:], 0])
    for line in lines:
        above.append(line)
        if not (found := ITEM.match(line)):
            continue
        page, title = read(line)
        deeper = next(behind) > len(found[1])
        if page:
            pages.setdefault(page, above)
            above = []
        elif deeper:
            parts[bare(title)] = above.pop()
    written: list[str] = []
    before = ""
    for page, part in order:
        if page not in pages and page not in chapters:
            continue
        if part and part != before:
            written.append(parts.get(bare(part)) or f"{' ' * outer}- {write('', part)}")
        before = part
        *others, line = pages.get(page) or [f"- {write(page, '')}"]
        if page in chapters and (found := LINK.search(line)):
            line = line[: found.start()] + write(page, "") + line[found.end() :]
        written += [*others, " " * (inner if part else outer) + line.lstrip()]
    return [*written, *above]


def _translated(settings: str, edition: Edition) -> str:
    """An English title under nav_translations for each part that has none."""
    found = re.search(r"^( *)nav_translations:.*\n((?:\1 +.*\n)*)", settings, re.MULTILINE)
    if not found:
        return settings
    known = {bare(str(title)) for title in yaml.safe_load(found[2]) or {}}
    inner = len(found[2]) - len(found[2].lstrip()) or len(found[1]) + STEP
    titles = {section.part_title: section.english_part for section in edition.sections}
    new = "".join(
        f"{' ' * inner}{_scalar(title)}: {english}\n"
        for title, english in titles.items()
        if title and bare(title) not in known
    )
    return settings[: found.end()] + new + settings[found.end() :]


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
