"""A grid of nine: what a field covers, around its name in the middle; open on all sides."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from whitepaper.data import Entry
from whitepaper.figures.data import Figure, Problem, Words

ICONS = {path.stem: path for path in sorted(Path(__file__).parent.glob("icons/*.svg"))}
PLACES = 8


class Item(Entry, frozen=True):
    icon: str
    name: Words

    @property
    def path(self) -> str:
        """The steps of its icon's one path, on a sheet of 48 by 48."""
        path = ElementTree.parse(ICONS[self.icon]).find("{*}path") if self.icon in ICONS else None
        return "" if path is None else path.get("d", "")


class Grid(Figure, frozen=True, tag="grid"):
    core: Words
    alias: Words
    more: Words
    column: Words
    items: list[Item]

    def table(self) -> list[list[Words]]:
        return [[self.column], *([item.name] for item in self.items), [self.more]]

    def problems(self) -> Iterator[Problem]:
        if (found := len(self.items)) != PLACES:
            yield self.title, f"items must be {PLACES}, not {found}"
        for item in self.items:
            if item.icon not in ICONS:
                yield item.name, f"icon must be one of {', '.join(ICONS)}, not {item.icon!r}"
