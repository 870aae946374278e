"""The icons of the eight fields: our own strokes on a sheet of 48 by 48, round caps, no fill."""

import math
from itertools import pairwise

Point = tuple[float, float]


def _nodes(radius: float, *points: Point) -> str:
    half = f"a{radius} {radius} 0 1 0"
    circle = f"{half} {2 * radius} 0{half} {-2 * radius} 0"
    return "".join(f"M{x - radius:g} {y:g}{circle}" for x, y in points)


def _links(radius: float, *ends: tuple[Point, Point]) -> str:
    """Lines from node to node, up to their rims."""

    def rim(a: Point, b: Point) -> str:
        part = radius / math.dist(a, b)
        return f"{a[0] + (b[0] - a[0]) * part:.1f} {a[1] + (b[1] - a[1]) * part:.1f}"

    return "".join(f"M{rim(a, b)} {rim(b, a)}" for a, b in ends)


_LAYERS = (((7, 15), (7, 33)), ((24, 7), (24, 24), (24, 41)), ((41, 15), (41, 33)))
_ELBOW, _WRIST, _FOOT = (12, 11), (37, 14.5), (15.5, 33.5)

ICONS = {
    # a network of three layers, each node joined to every node of the next layer
    "network": _nodes(3, *(node for layer in _LAYERS for node in layer))
    + _links(3, *((a, b) for layer, next_ in pairwise(_LAYERS) for a in layer for b in next_)),
    # a rocket
    "rocket": "M24 4C30.5 9.5 32 16.5 32 23V33H16V23C16 16.5 17.5 9.5 24 4Z"
    "M16 22 9 30V38L16 33M32 22 39 30V38L32 33"
    "M24 38V45M19.5 38V41.5M28.5 38V41.5" + _nodes(3.6, (24, 19)),
    # a double helix
    "helix": "M15 4C15 14 33 14 33 24S15 34 15 44M33 4C33 14 15 14 15 24S33 34 33 44M16.5 8H31.5"
    "M17 22H31M17 26H31M16.5 40H31.5",
    # a chip with a wave of light in it
    "chip": "M12 12H36V36H12ZM18 12V6M24 12V6M30 12V6M18 42V36M24 42V36M30 42V36"
    "M12 18H6M12 24H6M12 30H6M42 18H36M42 24H36M42 30H36"
    "M16 24C18 16.5 22 16.5 24 24S30 31.5 32 24",
    # a signal to both sides
    "signal": "M16.5 31.5A10.6 10.6 0 0 1 16.5 16.5M10.5 37.5A19 19 0 0 1 10.5 10.5"
    "M31.5 16.5A10.6 10.6 0 0 1 31.5 31.5M37.5 10.5A19 19 0 0 1 37.5 37.5" + _nodes(3.4, (24, 24)),
    # a lattice of three hexagons, going on
    "lattice": "M24 4 32 8.6V17.9L24 22.5 16 17.9V8.6ZM16 17.9 24 22.5V31.7L16 36.3 8 31.7V22.5Z"
    "M32 17.9 40 22.5V31.7L32 36.3 24 31.7V22.5Z"
    "M16 36.3V42M32 36.3V42M8 22.5 4 20.2M40 22.5 44 20.2",
    # a bolt in a sun
    "bolt": "M25.5 14.5 19 25H24L22.5 33.5 29 23H24ZM24 3V6M24 42V45M3 24H6M42 24H45"
    "M9.2 9.2 11.3 11.3M36.7 36.7 38.8 38.8M38.8 9.2 36.7 11.3M11.3 36.7 9.2 38.8"
    + _nodes(14, (24, 24)),
    # an arm on its base, with two joints and a gripper
    "arm": "M6 43H28M11 43V37H20V43M37 18V23M31 31V27.5C31 24.8 33.5 23 37 23S43 24.8 43 27.5V31"
    + _nodes(3.5, _ELBOW, _WRIST, _FOOT)
    + _links(3.5, (_FOOT, _ELBOW), (_ELBOW, _WRIST)),
}
