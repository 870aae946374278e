"""How something spreads: discs of dots, fewer and more of them filled. A picture, not a count."""

import math

from whitepaper.figures.data import WORDS, Words
from whitepaper.figures.sketch import TONES, Sketch, color, paint, word_fill

SCHEMA = {
    **dict.fromkeys(("stage", "space", "time"), WORDS),
    "stages": [{"tone": TONES, "reach": float, "name": WORDS, "space": WORDS, "time": WORDS}],
}
RINGS = 5  # a disc's radius, in steps of its lattice
Disc = tuple[float, float, float]  # its middle and its radius


def table(data: dict) -> list[list[Words]]:
    stages = ([stage["name"], stage["space"], stage["time"]] for stage in data["stages"])
    return [[data["stage"], data["space"], data["time"]], *stages]


def draw(data: dict, tree: str, shape: str) -> Sketch:
    return (_wide if shape == "wide" else _narrow)(data["stages"], tree)


def _wide(stages: list[dict], tree: str) -> Sketch:
    sketch, share = Sketch(tree, 720), 720 / len(stages)
    feet = []
    for n, stage in enumerate(stages):
        middle = share * (n + 0.5)
        with sketch.group():
            _disc(sketch, stage, (middle, 84, 76))
            feet.append(_words(sketch, stage, middle, 194, share - 4, "middle"))
        if n:
            _arrow(sketch, share * n, 84)
    sketch.resize(720, max(feet) + 15)
    return sketch


def _narrow(stages: list[dict], tree: str) -> Sketch:
    sketch, top, radius = Sketch(tree, 360), 0.0, 46
    for n, stage in enumerate(stages):
        if n:
            _arrow(sketch, 54, top - 10, f"rotate(90 54 {top - 10:g})")
        with sketch.group():
            _disc(sketch, stage, (54, top + 54, radius))
            foot = _words(sketch, stage, 116, top + 38, 244, None)
        top = max(top + 128, foot + 40)
    sketch.resize(360, top - 8)
    return sketch


def _words(
    sketch: Sketch, stage: dict, x: float, y: float, room: float, anchor: str | None
) -> float:
    """Name, reach and example below one another; the last baseline."""
    fill = word_fill(stage["tone"])
    y = sketch.label(stage["name"], x, y, 20, room, face="serif", fill=fill, anchor=anchor)
    y = sketch.label(stage["space"], x, y + 25, 14, room, anchor=anchor, lines=2)
    return sketch.label(stage["time"], x, y + 22, 14, room, fill="soft", anchor=anchor, lines=2)


def _arrow(sketch: Sketch, x: float, y: float, turn: str | None = None) -> None:
    steps = ("M", x - 9, y, "h", 18, "m", -6, -5, "l", 6, 5, "l", -6, 5)
    sketch.path(*steps, fill="none", stroke=color("line"), stroke_width=1.5, transform=turn)


def _disc(sketch: Sketch, stage: dict, disc: Disc) -> None:
    """Dots on a triangular lattice around the middle of three; those within `reach` are filled."""
    x, y, radius = disc
    step, reach = radius / (RINGS + 0.2), stage["reach"] * RINGS
    lattice = (
        (a + b / 2 + 0.5, (b + 1 / 3) * math.sqrt(3) / 2)
        for b in range(-RINGS - 1, RINGS + 1)
        for a in range(-9, 9)
    )
    places = [(math.hypot(*place), place) for place in lattice]
    far = [place for distance, place in places if reach < distance <= RINGS]
    near = [place for distance, place in places if distance <= reach]
    middles = [
        [(round(x + across * step, 1), round(y + down * step, 1)) for across, down in part]
        for part in (far, near)
    ]
    look = paint(stage["tone"])
    _dots(sketch, middles[0], step * 0.28, color("line"))
    _dots(sketch, middles[1], step * 0.72 + 1, look["stroke"])
    if look["fill"] != look["stroke"]:
        _dots(sketch, middles[1], step * 0.72 - 1, look["fill"])


def _dots(sketch: Sketch, middles: list[tuple[float, float]], size: float, fill: str) -> None:
    """Many dots as one path: of next to no length each, with round ends."""
    steps = (step for across, down in middles for step in ("M", across, down, "h", 0.01))
    if middles:
        sketch.path(*steps, stroke=fill, stroke_width=size, stroke_linecap="round")
