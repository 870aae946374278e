"""A pyramid of levels in time: from the far future at its tip to the past at its foot.

Its height is the time: a ruler beside it names the years where levels begin and end. The steps are
not even, or the nearest years could not be seen beside the farthest; that is written under it.
Years that belong to no level stay open.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from whitepaper.figures.data import NUMBERS, WORDS, Problem, Words
from whitepaper.figures.sketch import TONES

LEVEL = {"tone": TONES, "span": NUMBERS, "loose?": NUMBERS}
SCHEMA = {
    **dict.fromkeys(("level", "when", "what", "ahead", "now", "ago", "scale"), WORDS),
    "subject": str,  # the tone of the level that the drawing is about
    "gaps": [{"years": NUMBERS, "name": WORDS}],
    "levels": [LEVEL | dict.fromkeys(("name", "when", "what"), WORDS)],
}


def table(data: dict) -> list[list[Words]]:
    rows = [[item[key] for key in ("name", "when", "what") if key in item] for item in _items(data)]
    return [[data["level"], data["when"], data["what"]], *rows]


def problems(data: dict) -> Iterator[Problem]:
    for gap in data["gaps"]:
        if gap not in _items(data):
            law = f"gaps: a level must begin where the years {gap['years']} end"
            yield Problem(gap["name"].line, law)


def _items(data: dict) -> list[dict]:
    """Levels from the top, each gap behind the level that begins where it ends."""
    gaps = {gap["years"][1]: gap for gap in data["gaps"]}
    behind = ((level, gaps.get(_years(level)[0])) for level in data["levels"])
    return [item for pair in behind for item in pair if item]


def _years(item: dict) -> tuple[float, float]:
    """The first and the last year of a level or a gap, the loose ones counted."""
    years = item["years"] if "years" in item else item["span"] + item.get("loose", [])
    return min(years), max(years)


@dataclass(frozen=True)
class Course:
    """A level or a gap between its upper and its lower edge."""

    item: dict
    top: float
    foot: float

    @property
    def tone(self) -> str:
        """That of a level; `` where it is a gap."""
        return self.item.get("tone", "")

    @property
    def ahead(self) -> bool:
        return _years(self.item)[1] > 0

    @property
    def split(self) -> float:
        """Where what is certain parts from what is loose, which lies farther from now."""
        return self.foot - (self.foot - self.top) * (0.56 if self.ahead else 0.44)


def courses(data: dict, size: Mapping[str, float], seam: float) -> list[Course]:
    """Levels and gaps from the top, `seam` apart; `size` has the heights: where the first begins,
    `top`, and those of a `row`, a `gap`, and of the `tall` level that the drawing is about.
    """
    found, top = [], size["top"]
    for item in _items(data):
        kind = "gap" if "years" in item else "tall" if item["tone"] == data["subject"] else "row"
        found.append(Course(item, top, top + size[kind]))
        top += size[kind] + seam
    return found


def ticks(courses: list[Course], seam: float) -> list[tuple[float, float]]:
    """Each year that bounds a level, and its height; a level of one moment has it in its middle."""
    places: dict[float, float] = {}
    for course in courses:
        first, last = _years(course.item)
        places.setdefault(last, course.top - seam / 2)
        places[first] = course.foot + (seam / 2 if course is not courses[-1] else 0)
        if loose := set(course.item.get("loose", [])) - {first, last}:
            places[loose.pop()] = course.split
    for course in courses:
        if len({*_years(course.item)}) == 1:
            places[_years(course.item)[0]] = (course.top + course.foot) / 2
    return [(year, y) for year, y in places.items() if not math.isinf(year)]
