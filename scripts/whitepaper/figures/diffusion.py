"""The editor's figure, how a technology spreads: discs of dots, fewer and more of them filled."""

import math
from collections.abc import Iterator

from whitepaper.figures.data import WORDS
from whitepaper.figures.sketch import TONES, Sketch, color, paint, word_fill

SCHEMA = {
    **dict.fromkeys(("title", "description", "stage", "space", "time"), WORDS),
    "stages": [
        {"tone": tuple(TONES), "reach": float, "name": WORDS, "space": WORDS, "time": WORDS}
    ],
}
RINGS = 5  # a disc's radius, in steps of its lattice


def table(data: dict) -> list[list]:
    stages = ([stage["name"], stage["space"], stage["time"]] for stage in data["stages"])
    return [[data["stage"], data["space"], data["time"]], *stages]


def draw(data: dict, lang: str, shape: str) -> Sketch:
    return (_wide if shape == "wide" else _narrow)(data["stages"], lang)


def _wide(stages: list, lang: str) -> Sketch:
    sketch, share = Sketch(lang, 720, 256), 720 / len(stages)
    for n, stage in enumerate(stages):
        _stage(
            sketch,
            stage,
            (share * (n + 0.5), 84, 76),
            (share * (n + 0.5), 194, share - 4, "middle"),
        )
        if n:
            _arrow(sketch, share * n, 84)
    return sketch


def _narrow(stages: list, lang: str) -> Sketch:
    share = 128
    sketch = Sketch(lang, 360, share * len(stages) - 8)
    for n, stage in enumerate(stages):
        _stage(sketch, stage, (54, share * n + 54, 46), (124, share * n + 38, 236, None))
        if n:
            _arrow(sketch, 54, share * n - 10, f"rotate(90 54 {share * n - 10})")
    return sketch


def _stage(sketch: Sketch, stage: dict, disc: tuple, words: tuple) -> None:
    x, y, room, anchor = words
    with sketch.group():
        _disc(sketch, stage, *disc)
        sketch.label(
            stage["name"],
            x,
            y,
            20,
            room,
            face="serif",
            fill=word_fill(stage["tone"]),
            anchor=anchor,
        )
        sketch.label(stage["space"], x, y + 25, 14, room, anchor=anchor)
        sketch.label(stage["time"], x, y + 47, 14, room, fill="soft", anchor=anchor)


def _arrow(sketch: Sketch, x: float, y: float, turn: str | None = None) -> None:
    steps = ("M", x - 9, y, "h", 18, "m", -6, -5, "l", 6, 5, "l", -6, 5)
    sketch.path(*steps, fill="none", stroke=color("line"), stroke_width=1.5, transform=turn)


def _disc(sketch: Sketch, stage: dict, x: float, y: float, radius: float) -> None:
    """Dots on a triangular lattice around the middle of three; those within `reach` are filled."""
    step, reach = radius / (RINGS + 0.2), stage["reach"] * RINGS
    lattice = (
        (a + b / 2 + 0.5, (b + 1 / 3) * math.sqrt(3) / 2)
        for b in range(-RINGS - 1, RINGS + 1)
        for a in range(-9, 9)
    )
    places = [(math.hypot(*place), place) for place in lattice]
    far = [place for distance, place in places if reach < distance <= RINGS]
    near = [place for distance, place in places if distance <= reach]
    if far:
        sketch.path(*_dots(far, x, y, step, 0.14), fill=color("line"))
    sketch.path(*_dots(near, x, y, step, 0.36), **paint(stage["tone"]) | {"stroke_width": 1})


def _dots(places: list, x: float, y: float, step: float, size: float) -> Iterator:
    """The steps of one path of many circles."""
    r = round(step * size, 1)
    for across, down in places:
        left, middle = round(x + across * step - r, 1), round(y + down * step, 1)
        yield from ("M", left, middle, "a", r, r, 0, 1, 0, 2 * r, 0, "a", r, r, 0, 1, 0, -2 * r, 0)
