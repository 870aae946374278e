"""A line of a paper, whatever file it comes from, and the page that it stands on.

A PDF gives lines with place, size and weight, in points; an extracted text gives them with place,
in cells; a DOCX gives whole paragraphs with size and weight.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

Thing = TypeVar("Thing")
Cells = list[list[list["Line"]]]  # rows of cells of lines
SAME = 0.06  # of a size: what is set in it
WEIGHT = 1000  # of a Han or its punctuation: no code among them counts


class Box(NamedTuple):
    """A part of a page."""

    left: float
    top: float
    right: float
    foot: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.foot - self.top

    def touches(self, other: "Box", slack: float) -> bool:
        """The two touch, or would if each were larger by `slack`."""
        across = self.left - slack <= other.right and other.left - slack <= self.right
        return across and self.top - slack <= other.foot and other.top - slack <= self.foot

    def holds(self, line: "Line") -> bool:
        """The line's middle lies in it."""
        x, y = (line.x0 + line.x1) / 2, line.middle
        return self.left <= x <= self.right and self.top <= y <= self.foot

    def is_over(self, line: "Line") -> bool:
        """Over it or under it: the two share some of their width."""
        return self.left <= line.x1 and line.x0 <= self.right


@dataclass(frozen=True, slots=True)
class Tag:
    """Where a text stands in the structure that its PDF tells of a page; numbers count on a page
    and mean nothing else, 0 where nothing tells.
    """

    block: int = 0  # a paragraph, a heading, an item
    level: int = 0  # of a heading
    begun: bool = False  # the block, on an earlier page
    artifact: bool = False  # no part of the text: a header, a footer, a page number
    figure: bool = False  # in one
    table: int = 0
    row: int = 0
    column: int = 0  # from 0
    columns: int = 0  # of its row

    @property
    def cell(self) -> tuple[int, int, int]:
        return self.table, self.row, self.column


@dataclass(eq=False, slots=True)
class Line:
    """What stands on one baseline without a wide gap: a line of a column, a cell of a table."""

    text: str
    page: int = 1
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0  # of the baseline, downwards
    size: float = 1.0
    bold: bool = False
    face: str = ""
    marks: list[tuple[int, str]] = field(default_factory=list)  # (place in the text, raised mark)
    gaps: list[tuple[int, float, float]] = field(
        default_factory=list
    )  # (place in the text, where from, to)
    number: int = 0  # among all lines of the file
    row: int = 0  # of a text file, as an editor counts
    column: int = 0  # on its page, in reading order
    trails: bool = False  # a space stands at its end
    parted: bool = False  # a paragraph's end stands before it
    level: int = 0  # of its style or in the outline, where that says a heading's
    style: str = ""
    tag: Tag = Tag()
    boxed: bool = False  # in a text box or a subtitle, which heads nothing
    label: str = ""  # what Word prints before it, and at the start of its text
    cells: Cells = field(default_factory=list)  # of the table that it stands for
    picture: Any = None  # Picture, or where on the page one stands

    def place(self) -> tuple[float, float]:
        """By which lines are read from top to foot, those of one baseline from the left."""
        return self.y, self.x0

    @property
    def where(self) -> tuple[int, int]:
        """Page and column that it stands in."""
        return self.page, self.column

    @property
    def middle(self) -> float:
        """How far down the middle of its letters stands."""
        return self.y - 0.3 * self.size

    def sized(self, size: float) -> bool:
        """Is set in this size."""
        return abs(self.size - size) <= SAME * size

    @property
    def box(self) -> Box:
        return Box(self.x0, self.y - self.size, self.x1, self.y + 0.3 * self.size)

    def beside(self, other: "Line") -> bool:
        """Stands on one line with another."""
        apart = abs(self.y - other.y)
        return self.page == other.page and apart < 0.5 * min(self.size, other.size)

    def is_below(self, rules: Iterable[Box]) -> bool:
        """Stands right below one of these rules, and begins where it does."""
        return any(
            0 < self.y - foot < 2.5 * self.size and left <= self.x0 + 2 and right > self.x0 + 20
            for left, _, right, foot in rules
        )

    @property
    def whole(self) -> str:
        """The text with its marks, as the file has it."""
        text, at = "", 0
        for place, mark in self.marks:
            text += self.text[at:place] + mark
            at = place
        return text + self.text[at:]


Lines = Sequence[Line]


@dataclass
class Page:
    """Its lines in the order of the file, its ruled lines, what else is drawn."""

    number: int
    width: float = 0.0
    height: float = 0.0
    lines: list[Line] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    drawings: list[Box] = field(default_factory=list)  # pictures, and parts of such
    outline: list[tuple[int, str]] = field(default_factory=list)  # (how deep, title) of headings


def most(looks: Iterable[tuple[Thing, str]], default: Thing) -> Thing:
    """The look that most Han have; of what has none, most characters."""
    letters: Counter[Thing] = Counter()
    for look, text in looks:
        letters[look] += len(text.strip()) + WEIGHT * sum(map("\u2e7f".__lt__, text))
    return max(letters, key=lambda look: letters[look], default=default)


def usual_size(lines: Iterable[Line]) -> float:
    """Of the running text."""
    return most(((line.size, line.text) for line in lines), 1.0)


def usual_step(pairs: Iterable[tuple[Line, Line]], default: float) -> float:
    """From one line of a column to the next."""
    steps = Counter(
        round(after.y - line.y, 1)
        for line, after in pairs
        if after.where == line.where and after.y > line.y
    )
    return max(steps, key=lambda step: steps[step], default=default)


def grouped(
    things: Iterable[Thing], together: Callable[[list[Thing], Thing], bool]
) -> list[list[Thing]]:
    """Neighbours in groups: `together` says whether a thing belongs to the group before it."""
    groups: list[list[Thing]] = []
    for thing in things:
        if groups and together(groups[-1], thing):
            groups[-1].append(thing)
        else:
            groups.append([thing])
    return groups


def around(boxes: Iterable[Sequence[float]]) -> Box:
    """The smallest box that holds them all."""
    left, top, right, foot = zip(*boxes)
    return Box(min(left), min(top), max(right), max(foot))


def touching(boxes: Iterable[Box], slack: float) -> list[list[Box]]:
    """Those that touch each other, or would if each were larger by `slack`; from top to foot, for
    none need be held against those that end above it: a plot may have ten thousand.
    """
    groups: dict[int, list[Box]] = {}
    reach: list[tuple[Box, int]] = []  # boxes that may touch the next, and their groups
    for at, box in enumerate(sorted(boxes, key=lambda box: box.top)):
        reach = [(other, group) for other, group in reach if other.foot + slack >= box.top]
        near = {group for other, group in reach if box.touches(other, slack)}
        first, *others = sorted(near) or [at]
        groups.setdefault(first, []).append(box)
        for group in others:
            groups[first] += groups.pop(group)
        reach = [(other, first if group in others else group) for other, group in reach]
        reach.append((box, first))
    return list(groups.values())
