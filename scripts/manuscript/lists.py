"""Nav and contents in the order of the text: lines of known pages move as they are, new ones are
made, those of retired pages go.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from manuscript.blocks import inline, literal, plain
from manuscript.characters import bare
from manuscript.matching import Edition, Rows
from whitepaper.book import Book, BookError, parse_settings

STEP = 4  # blanks of one level
ITEM = re.compile(r"^( *)- (.*)")
LINK = re.compile(r"(?<=- )\[(?:\\.|[^\\\[\]])*\]\(([\w-]+)\.md\)")
PLAIN = re.compile(
    r"[\u3400-\u9fff“”‘’、，（）A-Za-z][\u3400-\u9fff“”‘’、，（）A-Za-z0-9 .-]*(?<! )"
)
UNSAFE = (
    "mkdocs.yml: its nav cannot be extended safely. Write it as a plain list, one page a line, "
    "then import again"
)


@dataclass
class Row:
    """An item of a list, a page or the title of a part, with the lines above it that are none."""

    lines: list[str]
    indent: int
    page: str
    title: str
    part: "Row | None"  # that it is indented below

    def render(self, indent: int) -> list[str]:
        *above, line = self.lines
        return [*above, " " * indent + line.lstrip()]


def list_contents(
    page: str, rows: Rows, titles: Mapping[str, str], parts: Mapping[str, str]
) -> str:
    """The home page with its first list of pages in the order of `rows`, (page, part), and by the
    `titles` of the chapters; as it is where it has no such list. `parts`: old title → new.
    """
    lines = page.split("\n")
    start = next((at for at, line in enumerate(lines) if _read_item(line)[0]), len(lines))
    if start == len(lines):
        return page
    while start and ITEM.match(lines[start - 1]):
        start -= 1
    end = next((at for at in range(start, len(lines)) if not ITEM.match(lines[at])), len(lines))

    def write(name: str, part: str) -> str:
        return f"[{inline(titles[name])}]({name}.md)" if name else literal(part)

    listed = _arranged(lines[start:end], _read_item, rows, titles, parts, write)
    return "\n".join([*lines[:start], *listed, *lines[end:]])


def _read_item(line: str) -> tuple[str, str]:
    """(page, title of a part) of an item of the contents."""
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
    nav = [_renamed(line, edition.renamed) for line in lines[start:end]]
    chapters = [section.name for section in edition.sections]

    def write(name: str, part: str) -> str:
        return f"{name}.md" if name else f"{_scalar(part)}:"

    try:
        nav = _arranged(nav, _read_entry, edition.order, chapters, edition.parts, write)
        after = "\n".join(_translated([*lines[:start], *nav, *lines[end:]], edition))
        _prove(settings, after, edition)
    except yaml.YAMLError:
        raise BookError(UNSAFE) from None
    return after


def _renamed(line: str, names: Mapping[str, str]) -> str:
    return re.sub(r"([\w-]+)(?=\.md)", lambda found: names.get(found[1], found[1]), line)


def _read_entry(line: str) -> tuple[str, str]:
    """(page, title of a part) of an entry of the nav."""
    entry = yaml.safe_load(ITEM.sub(r"\2", line))
    title, target = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
    return (str(target).removesuffix(".md"), "") if target else ("", str(title))


def _scalar(text: str) -> str:
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _arranged(
    lines: Sequence[str],
    read: Callable[[str], tuple[str, str]],
    order: Rows,
    chapters: Collection[str],
    parts: Mapping[str, str],
    write: Callable[[str, str], str],
) -> list[str]:
    """The list with the chapters, and whatever other pages it has, in this order; `write` makes
    an item of a page or a part. A part keeps its line, by its title or by the pages below it.
    """
    rows, rest = _read_rows(lines, read)
    pages = {row.page: row for row in reversed(rows) if row.page}
    heads = {bare(row.title): row for row in rows if not row.page}
    wanted = {bare(part) for _, part in order}
    outer = min((row.indent for row in rows), default=0)
    inner = next((row.indent for row in rows if row.part), outer + STEP)
    written: list[str] = []
    before = ""
    for page, part in order:
        row = pages.get(page)
        if row is None and page not in chapters:
            continue
        if part and part != before:
            head = heads.pop(bare(part), None)
            if head is None and row and row.part and bare(row.part.title) not in wanted:
                head = heads.pop(bare(row.part.title), None)
            *above, line = head.render(outer) if head else [" " * outer + f"- {write('', part)}"]
            for old, new in parts.items():
                line = line.replace(write("", old), write("", new))
            written += [*above, line]
        before = part
        indent = inner if part else outer
        *above, line = row.render(indent) if row else [f"{' ' * indent}- {write(page, '')}"]
        if page in chapters and (found := LINK.search(line)):
            line = line[: found.start()] + write(page, "") + line[found.end() :]
        written += [*above, line]
    return [*written, *rest]


def _read_rows(
    lines: Sequence[str], read: Callable[[str], tuple[str, str]]
) -> tuple[list[Row], list[str]]:
    """The pages and parts of a list, and the lines behind the last; an item that is neither stays
    above what follows it.
    """
    rows: list[Row] = []
    above: list[str] = []
    part: Row | None = None
    for at, line in enumerate(lines):
        above.append(line)
        if not (found := ITEM.match(line)):
            continue
        indent, (page, title) = len(found[1]), read(line)
        following = (ITEM.match(other) for other in lines[at + 1 :])
        behind = next((other for other in following if other), None)
        if page or (behind and len(behind[1]) > indent):
            below = part if part and part.indent < indent else None
            rows.append(Row(above, indent, page, title, below))
            part = part if page else rows[-1]
            above = []
    return rows, above


def _translated(lines: list[str], edition: Edition) -> list[str]:
    """An English title under nav_translations for each part; one that has another title now keeps
    what it was called.
    """
    start = next((at for at, line in enumerate(lines) if line.strip() == "nav_translations:"), None)
    if start is None:
        return lines
    depth, end = _indent(lines[start]), start + 1
    while end < len(lines) and lines[end].strip() and _indent(lines[end]) > depth:
        end += 1
    block = lines[start + 1 : end]
    inner = _indent(block[0]) if block else depth + STEP
    for old, new in edition.parts.items():
        block = [line.replace(f"{_scalar(old)}:", f"{_scalar(new)}:", 1) for line in block]
    known = {bare(str(title)) for title in yaml.safe_load("\n".join(block)) or {}}
    titles = {section.part_title: section.english_part for section in edition.sections}
    block += [
        f"{' ' * inner}{_scalar(title)}: {english}"
        for title, english in titles.items()
        if title and bare(title) not in known
    ]
    return [*lines[: start + 1], *block, *lines[end:]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _prove(before: str, after: str, edition: Edition) -> None:
    """What rewrites settings proves that it did no harm: all else is the same, and each page has
    its place.
    """
    old, new = (Book(Path(), parse_settings(text)) for text in (before, after))
    places = [[(page, bare(part)) for page, part in rows] for rows in (new.sections, edition.order)]
    if places[0] != places[1]:
        raise BookError(UNSAFE)
    for book in (old, new):
        del book.config["nav"]
        for language in book.languages.values():
            language.pop("nav_translations", None)
    if old.config != new.config:
        raise BookError(UNSAFE)
