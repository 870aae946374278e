"""Figure 1, the fields that hard tech covers: a grid of nine, hard tech in the middle, open on all sides."""

from dataclasses import dataclass

from whitepaper.figures.data import WORDS, Problem
from whitepaper.figures.icons import ICONS
from whitepaper.figures.sketch import Sketch, color

SCHEMA = {
    **dict.fromkeys(("title", "description", "core", "alias", "more", "column"), WORDS),
    "items": [{"icon": tuple(sorted(ICONS)), "name": WORDS}],
}
MIDDLE = 4
PLACES = [place for place in range(9) if place != MIDDLE]


def table(data: dict) -> list[list]:
    return [[data["column"]], *([item["name"]] for item in data["items"]), [data["more"]]]


@dataclass(frozen=True)
class Grid:
    """Sizes of a cell and of what stands in it."""

    cell: float
    row: float
    icon: float
    words: float  # from the top of a cell to the first baseline of a name
    name: float
    core: float
    alias: float
    lift: float  # of the words in the middle, where they take a third line
    inset: float


GRIDS = {
    "wide": Grid(240, 132, 52, 106, 17, 30, 14, 0, 14),
    "narrow": Grid(120, 116, 40, 80, 13, 20, 11, 6, 6),
}


def draw(data: dict, lang: str, shape: str) -> Sketch:
    grid = GRIDS[shape]
    across, down = 3 * grid.cell, 3 * grid.row
    sketch = Sketch(lang, across, down + 34)
    if len(data["items"]) != len(PLACES):
        sketch.problems.append(
            Problem(
                data["title"].line, f"fields.items must be {len(PLACES)}, not {len(data['items'])}"
            )
        )
    for n in (1, 2):
        sketch.path("M", n * grid.cell, 0, "V", down, stroke=color("line"))
        sketch.path("M", 0, n * grid.row, "H", across, stroke=color("line"))
    for item, place in zip(data["items"], PLACES):
        _field(sketch, grid, item, place % 3 * grid.cell, place // 3 * grid.row)
    _core(sketch, grid, data)
    sketch.label(
        data["more"], across - 4, down + 26, grid.name, grid.cell, fill="soft", anchor="end"
    )
    return sketch


def _field(sketch: Sketch, grid: Grid, item: dict, left: float, top: float) -> None:
    scale = grid.icon / 48
    place = f"translate({left + (grid.cell - grid.icon) / 2:g} {top + grid.row * 0.14:g}) scale({scale:.3f})"
    pen = {
        "fill": "none",
        "stroke": color("ink"),
        "stroke_width": 1.6 / scale,
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }
    with sketch.group():
        sketch.add("path", d=ICONS[item["icon"]], transform=place, **pen)
        sketch.label(
            item["name"],
            left + grid.cell / 2,
            top + grid.words,
            grid.name,
            grid.cell - 8,
            anchor="middle",
            lines=2,
        )


def _core(sketch: Sketch, grid: Grid, data: dict) -> None:
    left, top = grid.cell + grid.inset, grid.row + grid.inset
    across, down = grid.cell - 2 * grid.inset, grid.row - 2 * grid.inset
    middle, base = left + across / 2, top + down / 2 + grid.core * 0.12 - grid.lift
    with sketch.group():
        sketch.add("rect", x=left, y=top, width=across, height=down, rx=3, fill=color("hard"))
        sketch.label(
            data["core"],
            middle,
            base,
            grid.core,
            across,
            face="serif",
            fill="on-hard",
            anchor="middle",
        )
        sketch.label(
            data["alias"],
            middle,
            base + grid.alias * 1.9,
            grid.alias,
            across - 8,
            fill="on-hard",
            anchor="middle",
            lines=2,
        )
