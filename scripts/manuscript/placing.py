"""The pages and parts of a list, nav or contents, in the order of the text: known lines move as
they are, new ones are made, retired ones go.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from manuscript.characters import bare

STEP = 4  # blanks of one level
LAST = ("glossary", "about")  # what stands behind all chapters


@dataclass(frozen=True)
class Entry:
    """A line of the list: a page with the part that holds it, or, without a page, the title of a
    part.
    """

    line: int
    indent: int
    page: str
    part: str


def nest(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in their order, each page with the part above it that it is indented below."""
    part, nested = Entry(0, 0, "", ""), []
    for entry in entries:
        part = part if entry.page else entry
        nested.append(replace(entry, part=part.part) if entry.indent > part.indent else entry)
    return nested


def arrange(
    lines: Sequence[str],
    entries: Sequence[Entry],
    wanted: Sequence[tuple[str, str]],
    gone: Collection[str],
    render: Callable[[Entry], str],
) -> str:
    """The text with its list in the order of the wanted (page, part).

    Other pages stay behind the one they followed; those in `gone` go.
    """
    outer = min(entry.indent for entry in entries)
    pages = {entry.page: entry for entry in entries if entry.page}
    parts = {bare(entry.part): entry for entry in entries if not entry.page}
    chapters = {page for page, _ in wanted}
    written: list[str] = []
    left = list(entries)

    def put(entry: Entry, indent: int | None = None) -> None:
        left.remove(entry)
        ends = [other.line + 1 for other in entries if other.line < entry.line]
        written.extend(lines[max(ends, default=entry.line) : entry.line])
        line = lines[entry.line]
        written.append(line if indent is None else " " * indent + line.lstrip())

    def put_followers(entry: Entry) -> None:
        for other in entries[entries.index(entry) + 1 :]:
            if not other.page or other.page in chapters or other.page in LAST:
                break
            if other in left and other.page not in gone:
                put(other)

    for entry in entries[: _first_chapter(entries, chapters)]:
        put(entry)
    part = ""
    for page, title in wanted:
        known_page = pages.get(page)
        if known_page and bare(known_page.part) != bare(title) and bare(title) not in parts:
            title = known_page.part  # a list that knows no parts, or calls them otherwise
        if title and bare(title) != bare(part):
            known = parts.get(bare(title))
            if known is None:
                written.append(render(Entry(0, outer, "", title)))
            elif known in left:
                put(known)
        part = title
        if known_page:
            put(known_page, outer + STEP if part and not known_page.part else known_page.indent)
            put_followers(known_page)
        else:
            written.append(render(Entry(0, outer + (STEP if part else 0), page, part)))
    held = {entry.part for entry in left if entry.page and entry.page not in gone}
    for entry in list(left):
        if entry.page not in gone and (entry.page or entry.part in held):
            put(entry)
    return "\n".join([*lines[: entries[0].line], *written, *lines[entries[-1].line + 1 :]])


def _first_chapter(entries: Sequence[Entry], chapters: Collection[str]) -> int:
    """Where the chapters begin: at the first of them or its part, else before glossary and
    colophon.
    """
    first = next((at for at, entry in enumerate(entries) if entry.page in chapters), None)
    if first is None:
        return next((at for at, e in enumerate(entries) if e.page in LAST), len(entries))
    while first and not entries[first - 1].page:
        first -= 1
    return first


def insert(lines: Sequence[str], new: Mapping[int, Iterable[str]]) -> str:
    """The text with the new lines behind those they belong to."""
    return "\n".join(row for at, line in enumerate(lines) for row in (line, *new.get(at, ())))
