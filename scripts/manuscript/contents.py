"""The home page's contents with the pages that an import adds."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from manuscript.blocks import inline, literal, plain
from manuscript.characters import matched
from manuscript.placing import Entry, arrange, nest

ITEM = re.compile(r"^( *)- (?:\[.*\]\(([\w-]+)\.md\)|(.*))")
LINK = re.compile(r"\[([^\[\]]+)\]\(([\w-]+)\.md\)")
PART = re.compile(r"^(- )(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """A line of the contents: a page, its title, and the part that it belongs to or ``."""

    name: str
    title: str
    part: str


def list_pages(page: str, rows: Sequence[Row], gone: Collection[str] = ()) -> str:
    """The page with its contents in the order of the rows, new pages among them, those gone taken
    out; as it is where it has no list of pages.
    """
    lines = page.split("\n")
    lists = [
        [_entry(lines[at], at) for at in run]
        for item, run in groupby(range(len(lines)), lambda at: bool(ITEM.match(lines[at])))
        if item
    ]
    contents = next((entries for entries in lists if any(entry.page for entry in entries)), None)
    if contents is None:
        return page
    titles = {row.name: inline(row.title) for row in rows}

    def render(entry: Entry) -> str:
        link = f"[{titles[entry.page]}]({entry.page}.md)" if entry.page else literal(entry.part)
        return f"{' ' * entry.indent}- {link}"

    wanted = [(row.name, row.part) for row in rows]
    return arrange(lines, nest(contents), wanted, gone, render)


def name_pages(page: str, rows: Sequence[Row], made_up: Sequence[Row]) -> str:
    """The page with the titles that pages and parts have by now where it has those that were made
    up for them.
    """
    pages = {(old.name, old.title): inline(row.title) for row, old in zip(rows, made_up)}
    parts = {old.part: literal(row.part) for row, old in zip(rows, made_up)}
    page = LINK.sub(
        lambda found: f"[{pages.get((found[2], found[1]), found[1])}]({found[2]}.md)", page
    )
    return PART.sub(lambda found: found[1] + parts.get(found[2], found[2]), page)


def _entry(line: str, at: int) -> Entry:
    indent, page, title = matched(ITEM, line).groups(default="")
    return Entry(at, len(indent), page, plain(title))
