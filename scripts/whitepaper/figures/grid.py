"""A grid of nine: what a field covers, around its name in the middle; open on all sides."""

from dataclasses import dataclass
from typing import Any

from whitepaper.figures.data import WORDS, Problem, Words
from whitepaper.figures.icons import ICONS
from whitepaper.figures.sketch import Sketch, color

SCHEMA = {
    **dict.fromkeys(("core", "alias", "more", "column"), WORDS),
    "items": [{"icon": tuple(sorted(ICONS)), "name": WORDS}],
}
MIDDLE = 4
PLACES = [place for place in range(9) if place != MIDDLE]


def table(data: dict) -> list[list[Words]]:
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
    "wide": Grid(240, 132, 52, 104, 17, 30, 14, 0, 14),
    "narrow": Grid(120, 116, 40, 80, 12, 18, 10.5, 6, 6),
}
SECOND = {"wide": 22, "narrow": 30}  # what a row grows by for the names in a second language


def draw(data: dict, tree: str, shape: str) -> Sketch:
    grid = GRIDS[shape]
    sketch = Sketch(tree, 3 * grid.cell)
    row = grid.row + SECOND[shape] * (len(sketch.langs) - 1)
    across, down = 3 * grid.cell, 3 * row
    if len(data["items"]) != len(PLACES):
        law = f"items must be {len(PLACES)}, not {len(data['items'])}"
        sketch.problems.append(Problem(data["title"].line, law))
    for n in (1, 2):
        sketch.path("M", n * grid.cell, 0, "V", down, stroke=color("line"))
        sketch.path("M", 0, n * row, "H", across, stroke=color("line"))
    for item, place in zip(data["items"], PLACES, strict=False):
        _field(sketch, grid, item, place % 3 * grid.cell, place // 3 * row)
    _core(sketch, grid, data, row)
    foot = sketch.label(
        data["more"], across - 4, down + 26, grid.name, grid.cell, fill="soft", anchor="end"
    )
    sketch.resize(across, foot + 8)
    return sketch


def _field(sketch: Sketch, grid: Grid, item: dict, left: float, top: float) -> None:
    scale = grid.icon / 48
    across, down = left + (grid.cell - grid.icon) / 2, top + grid.row * 0.14
    pen = {
        "fill": "none",
        "stroke": color("ink"),
        "stroke_width": 1.6 / scale,
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
        "transform": f"translate({across:g} {down:g}) scale({scale:.3f})",
    }
    with sketch.group():
        sketch.add("path", d=ICONS[item["icon"]], **pen)
        middle, room = left + grid.cell / 2, grid.cell - 4
        baseline = top + grid.words
        sketch.label(item["name"], middle, baseline, grid.name, room, anchor="middle", lines=2)


def _core(sketch: Sketch, grid: Grid, data: dict, row: float) -> None:
    left, top = grid.cell + grid.inset, row + grid.inset
    across, down = grid.cell - 2 * grid.inset, row - 2 * grid.inset
    both = len(sketch.langs) > 1
    middle = left + across / 2
    base = top + down / 2 + grid.core * 0.12 - grid.lift - (grid.core * 0.5 if both else 0)
    words: dict[str, Any] = {"fill": "on-hard", "anchor": "middle"}
    with sketch.group():
        sketch.add("rect", x=left, y=top, width=across, height=down, rx=3, fill=color("hard"))
        base = sketch.label(data["core"], middle, base, grid.core, across, face="serif", **words)
        below, room = base + grid.alias * 1.9, across - 4
        sketch.label(data["alias"], middle, below, grid.alias, room, lines=2, **words)
