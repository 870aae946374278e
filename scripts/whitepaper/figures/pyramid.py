"""A pyramid of levels in time: from the far future at its tip to the past at its foot.

Its height is the time: a ruler beside it names the years where levels begin and end. The steps are
not even, or the nearest years could not be seen beside the farthest; that is written under it.
Years that belong to no level stay open.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from whitepaper.book import LANGS
from whitepaper.figures.data import NUMBERS, WORDS, Problem, Words
from whitepaper.figures.sketch import TONES, Sketch, color, paint, word_fill

SCHEMA = {
    **dict.fromkeys(("level", "when", "what", "ahead", "now", "ago", "scale"), WORDS),
    "subject": str,  # the tone of the level that the drawing is about
    "gaps": [{"years": NUMBERS, "name": WORDS}],
    "levels": [
        {
            "tone": TONES,
            "span": NUMBERS,
            "loose?": NUMBERS,
            "name": WORDS,
            "when": WORDS,
            "what": WORDS,
        }
    ],
}


def table(data: dict) -> list[list[Words]]:
    """Levels from the top, each gap behind the level that begins where it ends."""
    rows = [[data["level"], data["when"], data["what"]]]
    for level in data["levels"]:
        rows.append([level["name"], level["when"], level["what"]])
        rows += [[gap["name"]] for gap in data["gaps"] if gap["years"][1] == _ends(level)[0]]
    return rows


@dataclass(frozen=True)
class Plan:
    """Where things stand, from left to right, and how high they are."""

    across: float
    ruler: float
    middle: float  # of the pyramid
    base: float  # half the width of its foot
    words: float  # where the words begin; in two languages the first stand left of the ruler
    row: float  # a level
    tall: float  # the level that the drawing is about
    gap: float  # years of no level
    name: float
    when: float
    what: float  # 0: not shown
    top: float  # room for the words over the ruler


PLANS = {
    "wide": Plan(720, 66, 252, 172, 446, 66, 112, 40, 20, 15, 13.5, 26),
    "narrow": Plan(360, 40, 110, 62, 182, 66, 100, 38, 18, 13.5, 0, 26),
    "wide both": Plan(960, 322, 480, 146, 650, 66, 112, 40, 20, 15, 13.5, 40),
    "narrow both": Plan(360, 40, 110, 62, 182, 100, 132, 44, 18, 13.5, 0, 40),
}
SEAM = 4  # between two levels that meet


@dataclass(frozen=True)
class Course:
    """A level or a gap, with its upper and lower edge and the edges of what is loose in it."""

    item: dict
    top: float
    foot: float

    @property
    def years(self) -> tuple[float, float]:
        return _ends(self.item)

    @property
    def split(self) -> float:
        """Where what is certain parts from what is loose, which lies farther from now."""
        certain = 0.56 if self.years[1] > 0 else 0.44
        return self.foot - (self.foot - self.top) * certain


def draw(data: dict, tree: str, shape: str) -> Sketch:
    sketch = Sketch(tree, 0)
    both = len(sketch.langs) > 1
    plan = PLANS[f"{shape} both" if both else shape]
    for gap in data["gaps"]:
        if not any(_ends(level)[0] == gap["years"][1] for level in data["levels"]):
            law = f"gaps: a level must begin where the years {gap['years']} end"
            sketch.problems.append(Problem(gap["name"].line, law))
    courses = list(_courses(data, plan))
    foot = courses[-1].foot
    pyramid = _Pyramid(sketch, plan, foot)
    for course in courses:
        if course.item.get("tone") == data["subject"]:
            pyramid.band(course)
    pyramid.ruler(courses, data)
    for course in courses:
        with sketch.group():
            if "tone" not in course.item:
                pyramid.gap(course)
            else:
                pyramid.level(course)
            for lang, at, anchor in _sides(sketch, plan, shape):
                pyramid.words(course, lang, at, anchor, course.item.get("tone") == data["subject"])
    return sketch


def _sides(
    sketch: Sketch, plan: Plan, shape: str
) -> list[tuple[tuple[str, ...], float, str | None]]:
    """Where the words of each language stand: in a wide drawing of both, to either side."""
    if shape == "wide" and len(sketch.langs) > 1:
        first, second = sketch.langs
        return [((first,), plan.across - plan.words - 48, "end"), ((second,), plan.words, None)]
    return [(sketch.langs, plan.words, None)]


def _courses(data: dict, plan: Plan) -> Iterator[Course]:
    """Levels and gaps from the top, each with its edges."""
    gaps = {gap["years"][1]: gap for gap in data["gaps"]}
    y = plan.top
    for level in data["levels"]:
        height = plan.tall if level["tone"] == data["subject"] else plan.row
        yield Course(level, y, y + height)
        y += height + SEAM
        if gap := gaps.get(_ends(level)[0]):
            yield Course(gap, y, y + plan.gap)
            y += plan.gap + SEAM


def _ends(item: dict) -> tuple[float, float]:
    """The first and the last year of a level or a gap, the loose ones counted."""
    years = item["years"] if "years" in item else item["span"] + item.get("loose", [])
    return min(years), max(years)


class _Pyramid:
    """The marks of one drawing, whose pyramid stands on `foot`."""

    def __init__(self, sketch: Sketch, plan: Plan, foot: float) -> None:
        self.sketch, self.plan, self.foot = sketch, plan, foot

    def half(self, y: float) -> float:
        return self.plan.base * (y - self.plan.top) / (self.foot - self.plan.top)

    def slice(self, top: float, foot: float, **look: object) -> None:
        middle, upper, lower = self.plan.middle, self.half(top), self.half(foot)
        steps = ("M", middle - upper, top, "H", middle + upper, "L", middle + lower, foot)
        self.sketch.path(*steps, "H", middle - lower, "Z", **look)

    def band(self, course: Course) -> None:
        """The ground of the level that the drawing is about, from edge to edge."""
        self.sketch.add(
            "rect",
            x=0,
            y=course.top - SEAM / 2,
            width=self.plan.across,
            height=course.foot - course.top + SEAM,
            fill=color("wash-hard"),
        )

    def level(self, course: Course) -> None:
        """What is certain in the level's colour; what is loose paler, with a broken outline."""
        look = paint(course.item["tone"])
        if "loose" not in course.item:
            self.slice(course.top, course.foot, **look)
            return
        loose = look | {"fill_opacity": 0.3, "stroke_dasharray": "3 3"}
        parts = [(course.top, course.split), (course.split, course.foot)]
        ahead = course.years[1] > 0
        for part, style in zip(parts, (loose, look) if ahead else (look, loose), strict=True):
            self.slice(*part, **style)

    def gap(self, course: Course) -> None:
        """The edges of the pyramid where no level is, dotted."""
        for side in (-1, 1):
            upper = self.plan.middle + side * self.half(course.top)
            lower = self.plan.middle + side * self.half(course.foot)
            steps = ("M", upper, course.top, "L", lower, course.foot)
            self.sketch.path(*steps, stroke=color("line"), stroke_dasharray="1 4")

    def words(
        self, course: Course, langs: tuple[str, ...], x: float, anchor: str | None, subject: bool
    ) -> None:
        plan, item = self.plan, course.item
        room = (x if anchor else plan.across - x) - 2
        rows = [("name", 13.5 if plan.what else 12.5, "sans", "soft")]
        if "tone" in item:
            fill = word_fill(item["tone"])
            rows = [
                ("name", plan.name * (1.3 if subject else 1), "serif", fill),
                ("when", plan.when, "sans", fill),
                ("what", plan.what, "sans", "soft"),
            ]
        rows = [row for row in rows if row[1]]
        tall = sum(size * 1.3 for _, size, *_ in rows) * (1 if len(langs) < 2 else 1.9)
        y = (course.top + course.foot - tall) / 2
        for key, size, face, fill in rows:
            style: dict[str, Any] = {"face": face, "fill": fill, "anchor": anchor, "langs": langs}
            lines = 1 if key == "name" else 2
            y = self.sketch.label(item[key], x, y + size, size, room, lines=lines, **style)
            y += size * 0.3

    def ruler(self, courses: list[Course], data: dict) -> None:
        """The years where levels begin and end; dotted where none is."""
        x, size = self.plan.ruler, 13 if self.plan.what else 12
        for course in courses:
            dashes = None if "tone" in course.item else "1 4"
            steps = ("M", x, course.top - SEAM, "V", course.foot)
            self.sketch.path(*steps, stroke=color("line"), stroke_dasharray=dashes)
        top, line = self.plan.top, color("line")
        self.sketch.path("M", x - 4, top + 4, "l", 4, -8, "l", 4, 8, fill="none", stroke=line)
        for year, y in _ticks(courses):
            self.sketch.path("M", x - 5, y, "h", 5, stroke=color("line"))
            word = data["now"] if year == 0 else _figure(year)
            fill = "soft" if year else "ink"
            self.sketch.label(word, x - 8, y + size * 0.36, size, x - 8, fill=fill, anchor="end")
        self.sketch.label(data["ahead"], 0, 12, size, x * 3, fill="soft")
        under, end = self.foot + 22, self.plan.across
        self.sketch.label(data["ago"], 0, under, size, x * 3, fill="soft")
        style: dict[str, Any] = {"fill": "soft", "anchor": "end"}
        last = self.sketch.label(data["scale"], end, under, size, end / 2, **style)
        self.sketch.resize(end, last + 8)


def _ticks(courses: list[Course]) -> list[tuple[float, float]]:
    """Each year that bounds a level, and its height; a level of one moment has it in its middle."""
    places: dict[float, float] = {}
    for upper, lower in pairwise([*courses, courses[-1]]):
        first, last = upper.years
        places.setdefault(last, upper.top - SEAM / 2)
        places[first] = upper.foot + (SEAM / 2 if lower is not upper else 0)
        for year in upper.item.get("loose", []):
            if year not in (first, last):
                places[year] = upper.split
    for course in courses:
        if course.years[0] == course.years[1]:
            places[course.years[0]] = (course.top + course.foot) / 2
    return [(year, y) for year, y in places.items() if not math.isinf(year)]


def _figure(year: float) -> Words:
    return Words(0, dict.fromkeys(LANGS, f"{abs(year):g}"))
