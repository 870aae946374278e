"""A pyramid of levels in time: from the far future at its tip to the past at its foot.

Its height is the time: a ruler beside it names the years where levels begin and end. The steps are
not even, or the nearest years could not be seen beside the farthest; that is written under it.
Years that belong to no level stay open.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from whitepaper.data import Entry
from whitepaper.figures.data import Figure, Problem, Tone, Words

Years = tuple[float, float]


class Level(Entry, frozen=True):
    tone: Tone
    span: Years
    name: Words
    when: Words
    what: Words
    loose: Years | None = None

    @property
    def years(self) -> Years:
        """The first and the last, the loose ones counted."""
        years = self.span + (self.loose or ())
        return min(years), max(years)

    @property
    def row(self) -> list[Words]:
        return [self.name, self.when, self.what]


class Gap(Entry, frozen=True):
    """Years of no level."""

    tone: ClassVar[str] = ""
    loose: ClassVar[None] = None
    years: Years
    name: Words

    @property
    def row(self) -> list[Words]:
        return [self.name]


@dataclass(frozen=True)
class Course:
    """A level or a gap between its upper and its lower edge."""

    item: Level | Gap
    top: float
    foot: float

    @property
    def ahead(self) -> bool:
        return self.item.years[1] > 0

    @property
    def split(self) -> float:
        """Where what is certain parts from what is loose, which lies farther from now."""
        return self.foot - (self.foot - self.top) * (0.56 if self.ahead else 0.44)


class Pyramid(Figure, frozen=True, tag="pyramid"):
    level: Words
    when: Words
    what: Words
    ahead: Words
    now: Words
    ago: Words
    scale: Words
    subject: Tone  # of the level that the drawing is about
    gaps: list[Gap]
    levels: list[Level]

    @property
    def items(self) -> list[Level | Gap]:
        """Levels from the top, each gap behind the level that begins where it ends."""
        gaps = {gap.years[1]: gap for gap in self.gaps}
        behind = ((level, gaps.get(level.years[0])) for level in self.levels)
        return [item for pair in behind for item in pair if item]

    def table(self) -> list[list[Words]]:
        return [[self.level, self.when, self.what], *(item.row for item in self.items)]

    def problems(self) -> Iterator[Problem]:
        for gap in self.gaps:
            if gap not in self.items:
                years = "{:g} to {:g}".format(*gap.years)
                yield gap.name, f"gaps: a level must begin where the years {years} end"

    def courses(self, size: Mapping[str, float], seam: float) -> list[Course]:
        """Levels and gaps from the top, `seam` apart; `size` has the heights: where the first
        begins, `top`, and those of a `row`, a `gap`, and of the `tall` level that it is about.
        """
        found, top = [], size["top"]
        for item in self.items:
            height = size["tall" if item.tone == self.subject else "row" if item.tone else "gap"]
            found.append(Course(item, top, top + height))
            top += height + seam
        return found

    @staticmethod
    def ticks(courses: list[Course], seam: float) -> list[tuple[float, float]]:
        """Each year that bounds a level, and its height; a level of one moment has it in its
        middle.
        """
        places: dict[float, float] = {}
        for course in courses:
            first, last = course.item.years
            places.setdefault(last, course.top - seam / 2)
            places[first] = course.foot + (seam / 2 if course is not courses[-1] else 0)
            if loose := set(course.item.loose or ()) - {first, last}:
                places[loose.pop()] = course.split
        for course in courses:
            first, last = course.item.years
            if first == last:
                places[first] = (course.top + course.foot) / 2
        return [(year, y) for year, y in places.items() if not math.isinf(year)]
