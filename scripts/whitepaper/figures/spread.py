"""How something spreads: discs of dots, fewer and more of them filled. A picture, not a count."""

import math

from whitepaper.data import Entry
from whitepaper.figures.data import Figure, Tone, Words

RINGS = 5  # a disc's radius, in steps of its lattice


class Stage(Entry, frozen=True):
    tone: Tone
    reach: float  # how much of the disc is filled, from 0 to 1
    name: Words
    space: Words
    time: Words

    def dots(self, x: float, y: float, radius: float) -> tuple[float, list, list]:
        """The step of a disc's lattice, and its dots around (x, y), as places: those outside its
        reach and those within.

        The lattice is triangular; its middle is the middle of three dots.
        """
        step = radius / (RINGS + 0.2)
        lattice = [
            (a + b / 2 + 0.5, (b + 1 / 3) * math.sqrt(3) / 2)
            for b in range(-RINGS - 1, RINGS + 1)
            for a in range(-9, 9)
        ]
        parts: tuple[list, list] = ([], [])
        for across, down in lattice:
            if (far := math.hypot(across, down)) <= RINGS:
                within = far <= self.reach * RINGS
                parts[within].append((round(x + across * step, 1), round(y + down * step, 1)))
        return step, *parts


class Spread(Figure, frozen=True, tag="spread"):
    stage: Words
    space: Words
    time: Words
    stages: list[Stage]

    def table(self) -> list[list[Words]]:
        stages = ([stage.name, stage.space, stage.time] for stage in self.stages)
        return [[self.stage, self.space, self.time], *stages]
