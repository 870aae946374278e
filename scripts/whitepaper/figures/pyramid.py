"""Figure 2, the technology pyramid: levels from the top, each beside its years on a scale that is true to the year."""

import math
from dataclasses import dataclass

from whitepaper.figures.data import NUMBERS, WORDS, Problem
from whitepaper.figures.sketch import TONES, Sketch, color, paint, word_fill

SCHEMA = {
    **dict.fromkeys(("title", "description", "level", "when", "what"), WORDS),
    "ticks": [{"year": int, "name": WORDS}],
    "gaps": [{"years": NUMBERS, "name": WORDS}],
    "levels": [
        {
            "tone": tuple(TONES),
            "span": NUMBERS,
            "loose?": NUMBERS,
            "name": WORDS,
            "when": WORDS,
            "what": WORDS,
        }
    ],
}
FIRST, LAST = -200, 150  # the years shown; a span without end points beyond the last
TOP = 4  # room for the outline of the tip


def table(data: dict) -> list[list]:
    """Levels from the top, each gap behind the level that begins where it ends."""
    rows = [[data["level"], data["when"], data["what"]]]
    for level in data["levels"]:
        rows.append([level["name"], level["when"], level["what"]])
        rows += [[gap["name"]] for gap in data["gaps"] if gap["years"][1] == _ends(level)[0]]
    return rows


@dataclass(frozen=True)
class Slope:
    """Where things stand: slices left, words right of them, years over or under the words."""

    across: float
    base: float  # width of the foot
    row: float
    seam: float  # between levels whose years meet
    cleft: float  # between levels whose years do not
    words: float
    room: float
    years: tuple[float, float]  # where the first and the last year stand
    name: float
    when: float
    small: float
    bar: float
    field: float  # from the top of a level to where its years begin

    def x(self, year: float) -> float:
        return self.years[0] + (min(year, LAST) - FIRST) / (LAST - FIRST) * (
            self.years[1] - self.years[0]
        )

    def tops(self, levels: list) -> list[float]:
        """The top of each level, and last the foot of them all."""
        tops = [TOP]
        for upper, lower in zip(levels, levels[1:]):
            tops.append(
                tops[-1]
                + self.row
                + (self.cleft if _ends(lower)[1] < _ends(upper)[0] else self.seam)
            )
        return [*tops, tops[-1] + self.row]


SLOPES = {
    "wide": Slope(720, 206, 68, 5, 24, 220, 192, (416, 712), 21, 15, 13, 13, 36),
    "narrow": Slope(360, 108, 76, 5, 22, 124, 228, (124, 352), 19, 14, 12, 11, 52),
}


def draw(data: dict, lang: str, shape: str) -> Sketch:
    slope, levels = SLOPES[shape], data["levels"]
    *tops, foot = slope.tops(levels)
    sketch = Sketch(lang, slope.across, foot + 32)
    half = lambda y: slope.base / 2 * (y - TOP) / (foot - TOP)  # noqa: E731
    for level, top in zip(levels, tops):
        _band(sketch, slope, level["tone"], top, half)
        _lines(sketch, slope, data["ticks"], top)
    _axis(sketch, slope, data["ticks"], foot)
    for level, top in zip(levels, tops):
        with sketch.group():
            _slice(sketch, slope, level["tone"], top, half)
            (_wide_words if shape == "wide" else _narrow_words)(sketch, slope, level, top)
            _bar(sketch, slope, level, top + slope.field + 6)
    for gap in data["gaps"]:
        above = [top for level, top in zip(levels, tops) if _ends(level)[0] == gap["years"][1]]
        if not above:
            sketch.problems.append(
                Problem(
                    gap["name"].line,
                    f"pyramid.gaps: a level must begin where the years {gap['years']} end",
                )
            )
        for top in above:
            _gap(sketch, slope, gap, top + slope.row + slope.cleft / 2, half)
    return sketch


def _ends(level: dict) -> tuple[float, float]:
    """The first and the last year of a level, the loose ones counted."""
    years = level["span"] + level.get("loose", [])
    return min(years), max(years)


def _slice(sketch: Sketch, slope: Slope, tone: str, top: float, half) -> None:
    middle, bottom = slope.base / 2 + 1, top + slope.row
    upper, lower = half(top), half(bottom)
    sketch.path(
        "M",
        middle - upper,
        top,
        "H",
        middle + upper,
        "L",
        middle + lower,
        bottom,
        "H",
        middle - lower,
        "Z",
        **paint(tone),
    )


def _band(sketch: Sketch, slope: Slope, tone: str, top: float, half) -> None:
    """The level's strip of ground, from its slice to the right end; between strips, years of no level are paper."""
    edge, bottom = slope.base / 2 + 7, top + slope.row
    ground = (
        {"fill": color("wash-hard"), "stroke": color("hard")}
        if tone == "hard"
        else {"fill": color("wash")}
    )
    sketch.path(
        "M",
        edge + half(top),
        top,
        "H",
        slope.across - 0.5,
        "V",
        bottom,
        "H",
        edge + half(bottom),
        "Z",
        **ground,
    )


def _lines(sketch: Sketch, slope: Slope, ticks: list, top: float) -> None:
    for tick in ticks:
        dashes = "1 3" if tick["year"] else None
        sketch.path(
            "M",
            slope.x(tick["year"]),
            top + slope.field,
            "V",
            top + slope.row,
            stroke=color("line"),
            stroke_dasharray=dashes,
        )


def _axis(sketch: Sketch, slope: Slope, ticks: list, foot: float) -> None:
    places = [slope.x(tick["year"]) for tick in ticks]
    room = min((right - left for left, right in zip(places, places[1:])), default=slope.room)
    with sketch.group():
        for tick, at in zip(ticks, places):
            first, fill = tick["year"] == FIRST, "soft" if tick["year"] else "ink"
            sketch.path("M", at, foot + 4, "v", 6, stroke=color("line"))
            anchor, width = (None, room * 0.75) if first else ("middle", room - 4)
            sketch.label(tick["name"], at, foot + 25, slope.small, width, fill=fill, anchor=anchor)


def _wide_words(sketch: Sketch, slope: Slope, level: dict, top: float) -> None:
    """Name and meaning beside the slice, the time over its years."""
    fill, start = word_fill(level["tone"]), slope.x(_ends(level)[0])
    sketch.label(
        level["name"], slope.words, top + 28, slope.name, slope.room, face="serif", fill=fill
    )
    sketch.label(level["what"], slope.words, top + 50, slope.small, slope.room, fill="soft")
    if math.isinf(_ends(level)[1]):
        sketch.label(
            level["when"],
            slope.x(LAST),
            top + 27,
            slope.when,
            slope.x(LAST) - slope.x(0),
            fill=fill,
            anchor="end",
        )
    else:
        sketch.label(
            level["when"], start, top + 27, slope.when, slope.across - 4 - start, fill=fill
        )


def _narrow_words(sketch: Sketch, slope: Slope, level: dict, top: float) -> None:
    fill = word_fill(level["tone"])
    sketch.label(
        level["name"], slope.words, top + 24, slope.name, slope.room, face="serif", fill=fill
    )
    sketch.label(level["when"], slope.words, top + 46, slope.when, slope.room, fill=fill)


def _bar(sketch: Sketch, slope: Slope, level: dict, top: float) -> None:
    """The level's years: an arrow where they have no end, a dot for a moment, an outline where the limit is loose."""
    (first, last), ink = level["span"], paint(level["tone"])
    left, right, bottom = slope.x(first), slope.x(last), top + slope.bar
    if math.isinf(last):
        sketch.path(
            "M",
            left,
            top,
            "H",
            right - 7,
            "L",
            right,
            (top + bottom) / 2,
            "L",
            right - 7,
            bottom,
            "H",
            left,
            "Z",
            **ink,
        )
    elif first == last:
        sketch.add("circle", cx=left, cy=(top + bottom) / 2, r=slope.bar / 2, **ink)
    else:
        sketch.add("rect", x=left, y=top, width=right - left, height=slope.bar, **ink)
    if "loose" in level:
        left, right = map(slope.x, level["loose"])
        loose = ink | {"fill": color("paper"), "stroke_dasharray": "2 2"}
        sketch.add("rect", x=left, y=top, width=right - left, height=slope.bar, **loose)


def _gap(sketch: Sketch, slope: Slope, gap: dict, y: float, half) -> None:
    """Years that belong to no level, in the cleft between two: a measure and its words."""
    left, right = map(slope.x, gap["years"])
    room = left - 6 - (slope.base / 2 + 8 + half(y))
    sketch.path(
        "M",
        left,
        y - 4,
        "v",
        8,
        "M",
        left,
        y,
        "H",
        right,
        "M",
        right,
        y - 4,
        "v",
        8,
        stroke=color("line"),
    )
    sketch.label(gap["name"], left - 6, y + 4.5, slope.small, room, fill="soft", anchor="end")
