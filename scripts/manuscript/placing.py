"""New pages into a list of pages and parts, nav or contents: each behind the page before it, a new part behind the whole part before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from manuscript.characters import bare

STEP = 4  # blanks of one level


@dataclass(frozen=True)
class Entry:
    """A line of the list: a page with the part that holds it, or, without a page, the title of a part."""

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


def place(entries: Sequence[Entry], wanted: Iterable[tuple[str, str]]) -> dict[int, list[Entry]]:
    """What to put behind each line, so that every wanted (page, part) is in the list. Those before the first that is known go to the end, before glossary and colophon."""
    pages = {entry.page: entry for entry in entries if entry.page}
    parts = {bare(entry.part): entry for entry in entries if not entry.page}
    outer = min(entry.indent for entry in entries)
    last, new = Entry(_end_of_chapters(entries), outer, "", ""), defaultdict(list)
    for page, part in wanted:
        if page in pages:
            last = pages[page]
            continue
        if bare(part) != bare(last.part):
            title = parts.get(bare(part)) or Entry(
                _end_of_part(entries, last.line), outer, "", part
            )
            new[title.line] += [title] if part and title not in entries else []
            last = Entry(title.line, title.indent + (STEP if part else 0), "", part)
        last = replace(last, page=page)
        new[last.line].append(last)
    return new


def _end_of_chapters(entries: Sequence[Entry]) -> int:
    ends = [at for at, entry in enumerate(entries) if entry.page in ("glossary", "about")]
    return entries[ends[0] - 1].line if ends and ends[0] else entries[-1].line


def _end_of_part(entries: Sequence[Entry], line: int) -> int:
    """The last line of the outermost entry that holds this one."""
    outer = min(entry.indent for entry in entries)
    after = next(
        (entry.line for entry in entries if entry.line > line and entry.indent == outer), None
    )
    return max(entry.line for entry in entries if after is None or entry.line < after)


def insert(lines: Sequence[str], new: Mapping[int, Iterable[str]]) -> str:
    """The text with the new lines behind those they belong to."""
    return "\n".join(row for at, line in enumerate(lines) for row in (line, *new.get(at, ())))
