"""The figures: each a pure function of its data, a language and a shape, wide or narrow."""
import math
from dataclasses import dataclass

from whitepaper.figure_icons import ICONS
from whitepaper.figure_sketch import Sketch, color

LINES = {"dream": ("dream", "dream-line"), "black": ("black", "black-line"), "hard": ("hard", "hard"), "high": ("high", "high"), "plain": ("plain", "plain-line")}


def _tone(tone: str) -> dict:
    """Fill and outline of a level; what is yet to be dreamt up has a broken outline."""
    fill, line = LINES[tone]
    return {"fill": color(fill), "stroke": color(line), "stroke_width": 1.5, "stroke_dasharray": "4 3" if tone == "dream" else None, "stroke_linejoin": "round"}


# ---- Figure 1 ----

@dataclass(frozen=True)
class Grid:
    cell: float
    row: float
    icon: float
    words: float  # first baseline of a name
    name: float  # size of the fields' names
    core: float  # size of the word in the middle
    alias: float
    inset: float


GRIDS = {"wide": Grid(240, 132, 52, 106, 17, 30, 14, 14), "narrow": Grid(120, 116, 40, 80, 13, 20, 11, 6)}


def fields(data: dict, lang: str, shape: str) -> Sketch:
    """A grid of nine: hard tech in the middle, eight fields around it in reading order, open on all sides."""
    grid = GRIDS[shape]
    cell, row = grid.cell, grid.row
    sketch = Sketch(lang, 3 * cell, 3 * row + 34)
    for n in (1, 2):
        sketch.path("M", n * cell, 0, "V", 3 * row, stroke=color("line"))
        sketch.path("M", 0, n * row, "H", 3 * cell, stroke=color("line"))
    places = [place for place in range(9) if place != 4]
    for item, place in zip(data["items"], places, strict=True):
        left, top = place % 3 * cell, place // 3 * row
        with sketch.group():
            scale = grid.icon / 48
            sketch.add("path", d=ICONS[item["icon"]], transform=f"translate({left + (cell - grid.icon) / 2:g} {top + row * 0.14:g}) scale({scale:.3f})",
                       fill="none", stroke=color("ink"), stroke_width=1.6 / scale, stroke_linecap="round", stroke_linejoin="round")
            sketch.label(item["name"], left + cell / 2, top + grid.words, grid.name, cell - 8, anchor="middle", lines=2)
    _core(sketch, grid, data)
    sketch.label(data["more"], 3 * cell - 4, 3 * row + 26, grid.name, cell, fill="soft", anchor="end")
    return sketch


def _core(sketch: Sketch, grid: Grid, data: dict) -> None:
    middle, room = 1.5 * grid.cell, grid.cell - 2 * grid.inset
    top = 1.5 * grid.row + grid.core * 0.12
    with sketch.group():
        sketch.add("rect", x=grid.cell + grid.inset, y=grid.row + grid.inset, width=room, height=grid.row - 2 * grid.inset, rx=3, fill=color("hard"))
        sketch.label(data["core"], middle, top, grid.core, room, face="serif", fill="on-hard", anchor="middle")
        sketch.label(data["alias"], middle, top + grid.alias * 1.9, grid.alias, room - 8, fill="on-hard", anchor="middle", lines=2)


# ---- Figure 2 ----

FIRST, LAST = -200, 150  # the years shown; a span without end points beyond the last
TOP = 4


@dataclass(frozen=True)
class Slope:
    """Where things stand in the pyramid: slices left, words right of them, years at the right end."""

    across: float
    base: float  # width of the foot
    row: float
    seam: float  # between levels that touch in time
    cleft: float  # between levels that do not
    words: float
    room: float
    years: tuple[float, float]  # x of the first and the last year
    name: float
    small: float
    bar: float
    field: float  # from the top of a level to where its years begin

    def x(self, year: float) -> float:
        return self.years[0] + (min(year, LAST) - FIRST) / (LAST - FIRST) * (self.years[1] - self.years[0])

    def tops(self, levels: list) -> list[float]:
        """The top of each level, and last the foot of them all."""
        tops = [TOP]
        for upper, lower in zip(levels, levels[1:]):
            tops.append(tops[-1] + self.row + (self.cleft if _end(lower) < upper["span"][0] else self.seam))
        return [*tops, tops[-1] + self.row]


SLOPES = {
    "wide": Slope(720, 206, 68, 5, 24, 220, 192, (416, 712), 21, 13, 13, 36),
    "narrow": Slope(360, 108, 76, 5, 22, 124, 228, (124, 352), 19, 12, 11, 52),
}


def pyramid(data: dict, lang: str, shape: str) -> Sketch:
    """Five slices from the top, each with its words and its years on a scale that is true to the year."""
    slope, levels = SLOPES[shape], data["levels"]
    *tops, foot = slope.tops(levels)
    sketch = Sketch(lang, slope.across, foot + 32)
    for level, top in zip(levels, tops):
        _band(sketch, slope, level["tone"], top, foot)
        _lines(sketch, slope, data["ticks"], top + slope.field, top + slope.row)
    _axis(sketch, slope, data["ticks"], foot)
    for level, top in zip(levels, tops):
        with sketch.group():
            _slice(sketch, slope, level["tone"], top, foot)
            (_wide_level if shape == "wide" else _narrow_level)(sketch, slope, level, top)
    for gap in data["gaps"]:
        upper = next(n for n, level in enumerate(levels) if level["span"][0] == gap["years"][1])
        _gap(sketch, slope, gap, (tops[upper] + slope.row + tops[upper + 1]) / 2, foot)
    return sketch


def _start(level: dict) -> float:
    return min(level["span"][0], level.get("loose", level["span"])[0])


def _end(level: dict) -> float:
    return max(level["span"][1], level.get("loose", level["span"])[1])


def _half(slope: Slope, y: float, foot: float) -> float:
    return slope.base / 2 * (y - TOP) / (foot - TOP)


def _slice(sketch: Sketch, slope: Slope, tone: str, top: float, foot: float) -> None:
    middle, bottom = slope.base / 2 + 1, top + slope.row
    upper, lower = _half(slope, top, foot), _half(slope, bottom, foot)
    sketch.path("M", middle - upper, top, "H", middle + upper, "L", middle + lower, bottom, "H", middle - lower, "Z", **_tone(tone))


def _band(sketch: Sketch, slope: Slope, tone: str, top: float, foot: float) -> None:
    """The level's strip of ground, from its slice to the right end; between strips, a gap in time is paper."""
    bottom, start = top + slope.row, slope.base / 2 + 7
    sketch.path("M", start + _half(slope, top, foot), top, "H", slope.across, "V", bottom, "H", start + _half(slope, bottom, foot), "Z", fill=color("wash-hard" if tone == "hard" else "wash"))


def _lines(sketch: Sketch, slope: Slope, ticks: list, top: float, bottom: float) -> None:
    for tick in ticks:
        now = tick["year"] == 0
        sketch.path("M", slope.x(tick["year"]), top, "V", bottom, stroke=color("line"), stroke_dasharray=None if now else "1 3")


def _axis(sketch: Sketch, slope: Slope, ticks: list, foot: float) -> None:
    room = min(slope.x(after["year"]) - slope.x(before["year"]) for before, after in zip(ticks, ticks[1:])) - 4
    with sketch.group():
        for tick in ticks:
            at, first, now = slope.x(tick["year"]), tick["year"] == FIRST, tick["year"] == 0
            sketch.path("M", at, foot + 4, "v", 6, stroke=color("line"))
            sketch.label(tick["name"], at, foot + 25, slope.small, room * 0.8 if first else room, fill="ink" if now else "soft", anchor=None if first else "middle")


def _wide_level(sketch: Sketch, slope: Slope, level: dict, top: float) -> None:
    fill = "hard-text" if level["tone"] == "hard" else "ink"
    sketch.label(level["name"], slope.words, top + 28, slope.name, slope.room, face="serif", fill=fill)
    sketch.label(level["what"], slope.words, top + 50, 13, slope.room, fill="soft")
    if math.isinf(_end(level)):
        sketch.label(level["when"], slope.x(LAST), top + 27, 15, slope.x(LAST) - slope.x(0), fill=fill, anchor="end")
    else:
        sketch.label(level["when"], slope.x(_start(level)), top + 27, 15, slope.across - 4 - slope.x(_start(level)), fill=fill)
    _bar(sketch, slope, level, top + 42)


def _narrow_level(sketch: Sketch, slope: Slope, level: dict, top: float) -> None:
    fill = "hard-text" if level["tone"] == "hard" else "ink"
    sketch.label(level["name"], slope.words, top + 24, slope.name, slope.room, face="serif", fill=fill)
    sketch.label(level["when"], slope.words, top + 46, 14, slope.room, fill=fill)
    _bar(sketch, slope, level, top + 57)


def _bar(sketch: Sketch, slope: Slope, level: dict, top: float) -> None:
    """The level's years: an arrow where they have no end, a dot for a moment, an outline where the limit is loose."""
    (first, last), paint = level["span"], _tone(level["tone"])
    left, right, bottom = slope.x(first), slope.x(last), top + slope.bar
    if math.isinf(last):
        sketch.path("M", left, top, "H", right - 7, "L", right, (top + bottom) / 2, "L", right - 7, bottom, "H", left, "Z", **paint)
    elif first == last:
        sketch.add("circle", cx=left, cy=(top + bottom) / 2, r=slope.bar / 2, **paint)
    else:
        sketch.add("rect", x=left, y=top, width=right - left, height=slope.bar, **paint)
    if "loose" in level:
        left, right = map(slope.x, level["loose"])
        sketch.add("rect", x=left, y=top, width=right - left, height=slope.bar, **paint | {"fill": color("paper"), "stroke_dasharray": "2 2"})


def _gap(sketch: Sketch, slope: Slope, gap: dict, y: float, foot: float) -> None:
    """Years that belong to no level, in the cleft between two: a dotted measure and its words."""
    left, right = map(slope.x, gap["years"])
    sketch.path("M", left, y - 4, "v", 8, "M", left, y, "H", right, "M", right, y - 4, "v", 8, stroke=color("line"))
    sketch.label(gap["name"], left - 6, y + 4.5, slope.small, left - 6 - slope.base / 2 - 8 - _half(slope, y, foot), fill="soft", anchor="end")


# ---- Figure 3 ----

def diffusion(data: dict, lang: str, shape: str) -> Sketch:
    """Three discs of dots, fewer and more of them filled: a technology spreads, and changes its level."""
    wide = shape == "wide"
    sketch = Sketch(lang, 720, 256) if wide else Sketch(lang, 360, 3 * 128 - 8)
    for n, stage in enumerate(data["stages"]):
        with sketch.group():
            _disc(sketch, stage, *((120 + 240 * n, 84, 76) if wide else (54, 54 + 128 * n, 46)))
            _stage(sketch, stage, *((120 + 240 * n, 194, "middle", 236) if wide else (124, 38 + 128 * n, None, 236)))
    for n in (1, 2):
        across, down = (240 * n, 84) if wide else (54, 128 * n - 10)
        turn = None if wide else f"rotate(90 {across} {down})"
        sketch.path("M", across - 9, down, "h", 18, "m", -6, -5, "l", 6, 5, "l", -6, 5, fill="none", stroke=color("line"), stroke_width=1.5, transform=turn)
    return sketch


def _stage(sketch: Sketch, stage: dict, x: float, y: float, anchor: str | None, room: float) -> None:
    sketch.label(stage["name"], x, y, 20, room, face="serif", fill="hard-text" if stage["tone"] == "hard" else "ink", anchor=anchor)
    sketch.label(stage["space"], x, y + 25, 14, room, anchor=anchor)
    sketch.label(stage["time"], x, y + 47, 14, room, fill="soft", anchor=anchor)


def _disc(sketch: Sketch, stage: dict, x: float, y: float, radius: float) -> None:
    """Dots on a triangular lattice; those within `reach` of the middle are filled."""
    step, reach = radius / 5.2, stage["reach"] * 5
    places = [(a + b / 2 + 0.5, (b + 1 / 3) * math.sqrt(3) / 2) for b in range(-6, 6) for a in range(-9, 9)]
    far = [place for place in places if reach < math.hypot(*place) <= 5]
    near = [place for place in places if math.hypot(*place) <= reach]
    if far:
        sketch.path(*_dots(far, x, y, step, 0.14), fill=color("line"))
    sketch.path(*_dots(near, x, y, step, 0.36), **_tone(stage["tone"]) | {"stroke_width": 1})


def _dots(places: list, x: float, y: float, step: float, size: float):
    """One path of many circles."""
    r = round(step * size, 1)
    for across, down in places:
        yield from ("M", round(x + across * step - r, 1), round(y + down * step, 1), "a", r, r, 0, 1, 0, 2 * r, 0, "a", r, r, 0, 1, 0, -2 * r, 0)


DRAW = {"fields": fields, "pyramid": pyramid, "diffusion": diffusion}
