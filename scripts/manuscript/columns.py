"""Lines of a page in the order in which they are read: column by column."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from manuscript.lines import Box, Line, Lines, around, usual_size

GUTTER = 0.7  # ems: so narrow may one be, and so far does a mark hang into it
LARGER = 1.2  # of the usual size: so is set what heads two columns
BETWEEN = 5  # of its size: no farther stand columns from such a heading
OFTEN = 4  # on one of so many pages a column begins in one place
FEW = 3  # lines that prove one there
OVER = 4  # of so many lines fewer than one reach over the gutter
FULL = 0.75  # of the lines of three columns, or they are a table's
ROWS = 5  # lines that each column must have, or there are no columns


def order(pages: Iterable[tuple[list[Line], Sequence[Box]]]) -> list[Line]:
    """In the order in which each page is read: column by column, between what stands across them.

    `pages`: the lines of each, and its drawings.
    """
    sheets = [(sorted(lines, key=Line.place), drawings) for lines, drawings in pages]
    starts = Counter(_start(lines) for lines, _ in sheets)
    usual = [start for start, count in starts.items() if start and OFTEN * count >= len(sheets)]
    ordered: list[Line] = []
    for lines, drawings in sheets:
        for at, column in enumerate(filter(None, _columns(lines, drawings, usual))):
            for line in column:
                line.column = at
            ordered += column
    return ordered


def _columns(
    lines: list[Line], drawings: Sequence[Box], usual: Sequence[int]
) -> Iterator[list[Line]]:
    """Of each band from top to foot, some of them empty."""
    start = _start(lines, usual)
    if start is None:
        yield lines
        return
    gutter = start - GUTTER * usual_size(lines)
    lines = [piece for line in lines for piece in cut(line, gutter, start + 1)]
    levels = {round(line.y) for line in _across(lines, gutter, start, drawings)}
    for whole, some in itertools.groupby(lines, lambda line: round(line.y) in levels):
        band = list(some)
        if whole:
            yield band
        else:
            yield [line for line in band if line.x0 < gutter]
            yield from _columns([line for line in band if line.x0 >= gutter], drawings, usual)


def _across(lines: Lines, gutter: float, start: float, drawings: Sequence[Box]) -> set[Line]:
    """What reaches over the gutter; and what stands beside nothing, in the middle of the page, or
    set like such a line next to it, or as a heading between columns that end and begin together.
    """
    usual = usual_size(lines)
    across = {line for line in lines if line.x0 < gutter and line.x1 > start + usual / 2}
    boxes = [*(line.box for line in lines), *drawings]
    page = around(boxes)

    def beside(line: Line, above: float, below: float) -> bool:
        """Something is on the other side, so many ems above and below the line."""
        top, foot = line.y - above * line.size, line.y + below * line.size
        left = line.x0 < gutter
        return any(
            (box.left >= gutter) is left and box.foot > top and box.top < foot for box in boxes
        )

    def is_across(line: Line) -> bool:
        size, following = line.size, next((other for other in lines if other.y > line.y), None)
        if beside(line, 1, 0.3):
            return False
        centered = abs(line.x0 + line.x1 - page.left - page.right) < 2 * size
        if centered or line.x0 >= gutter:
            return centered
        if any(size == other.size and abs(line.y - other.y) < 2 * size for other in across):
            return True
        ends = beside(line, BETWEEN, 0) and not beside(line, 1.7, 0.7)
        begins = not following or following in across or beside(line, 0, BETWEEN)
        return size >= LARGER * usual and ends and begins

    for line in [*lines, *reversed(lines)]:
        if is_across(line):
            across.add(line)
    return across


def cut(line: Line, left: float, right: float) -> list[Line]:
    """Its two pieces, where it begins before these places and one behind a gap that ends between
    them or holds both.
    """
    for place, end, start in line.gaps:
        if line.x0 < left <= start and (start <= right or end <= left):
            first, second = line.text[:place].rstrip(), line.text[place:]
            marks = [(at, mark) for at, mark in line.marks if at < place]
            others = [(at - place, mark) for at, mark in line.marks if at >= place]
            gaps = [(at - place, a, b) for at, a, b in line.gaps if at > place]
            return [
                replace(line, text=first, x1=end, marks=marks, gaps=[]),
                replace(line, text=second, x0=start, marks=others, gaps=gaps),
            ]
    return [line]


def _start(lines: list[Line], usual: Sequence[int] = ()) -> int | None:
    """Where a right column begins: many lines do, nearly none reach over, and both sides are
    filled with text; less proves it where those of other pages begin.
    """
    room = GUTTER * usual_size(lines)
    best, least = None, len(lines)
    pieces = Counter(round(line.y) for line in lines)
    for start, count in sorted(Counter(round(line.x0) for line in lines).items()):
        rows = FEW if any(abs(start - other) < 2 for other in usual) else ROWS
        right = [line for line in lines if line.x0 >= start - room]
        left = [line for line in lines if line.x1 <= start - room]
        near = [line for line in right if line.x0 < start + 3 * line.size]
        over = len(lines) - len(right) - len(left)
        enough = min(len(left), len(near)) >= rows and count >= min(rows - 1, len(lines) / 5)
        if not enough or over >= least:
            continue
        less, more = sorted(map(_filled, (left, near)))
        both = {round(line.y) for line in left} & {round(line.y) for line in right}
        cells = sum(pieces[level] > 2 for level in both) >= max(rows, len(both) / 2)
        rare = over * (2 * OVER if cells else OVER) < len(lines)  # a table's cells soon reach over
        own = less > 0 and rare and _on_own_lines(left, near)
        enough = more >= 1 / 3 if own else less >= (FULL if cells else 1 / 3)
        if enough and _beside(left, near, rows):
            best, least = start, over
    return best


def _filled(lines: list[Line]) -> float:
    """Which part of the lines reaches nearly from edge to edge of their column, as running text
    does: none if it is no eight ems wide.
    """
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    if width <= 8 * min(line.size for line in lines):
        return 0.0
    return sum(line.x1 - line.x0 > 0.7 * width for line in lines) / len(lines)


def _on_own_lines(left: list[Line], right: list[Line]) -> bool:
    """No rows of a table: few lines stand on one baseline with one of the other side."""
    shared = sum(any(abs(a.y - b.y) < 0.1 * b.size for a in left) for b in right)
    return 3 * shared < len(right)


def _beside(left: list[Line], right: list[Line], rows: int) -> bool:
    """The two stand side by side, not one below the other."""
    top, foot = min(line.y for line in right), max(line.y for line in right)
    return sum(top - 5 <= line.y <= foot + 5 for line in left) >= rows
