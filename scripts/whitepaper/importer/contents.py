"""The home page's contents with the pages that an import adds."""
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from whitepaper.importer.blocks import inline, plain
from whitepaper.importer.placing import Entry, insert, nest, place

ITEM = re.compile(r"^( *)- (?:\[.*\]\(([\w-]+)\.md\)|(.*))")


@dataclass(frozen=True)
class Row:
    """A line of the contents: a page, its title, and the part that it belongs to or ``."""

    name: str
    title: str
    part: str


def list_pages(page: str, rows: Sequence[Row]) -> str:
    """The page with a line in its contents for each of these that has none; as it is where it has no list of pages."""
    lines = page.split("\n")
    lists = [[_entry(lines[at], at) for at in run] for item, run in groupby(range(len(lines)), lambda at: bool(ITEM.match(lines[at]))) if item]
    contents = next((entries for entries in lists if any(entry.page for entry in entries)), None)
    if contents is None:
        return page
    titles = {row.name: inline(row.title) for row in rows}
    new = place(nest(contents), [(row.name, row.part) for row in rows])
    return insert(lines, {at: [f"{' ' * entry.indent}- {f'[{titles[entry.page]}]({entry.page}.md)' if entry.page else inline(entry.part)}" for entry in some] for at, some in new.items()})


def _entry(line: str, at: int) -> Entry:
    indent, page, title = ITEM.match(line).groups(default="")
    return Entry(at, len(indent), page, plain(title))
