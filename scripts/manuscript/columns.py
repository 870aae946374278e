"""Lines of a page in the order in which they are read: column by column."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from manuscript.lines import Line, usual_size

GUTTER = 0.7  # ems: so narrow may one be, and so far does a mark hang into it
ROWS = 5  # lines that each column must have, or there are no columns


def order(lines: Iterable[Line], middle: float) -> list[Line]:
    """In the order in which a page is read: column by column, between what stands across them.

    `middle`: of the page.
    """
    ordered: list[Line] = []
    by_place = sorted(lines, key=lambda line: (line.y, line.x0))
    for at, column in enumerate(filter(None, _columns(by_place, middle))):
        for line in column:
            line.column = at
        ordered += column
    return ordered


def _columns(lines: list[Line], middle: float) -> Iterator[list[Line]]:
    """Of each band from top to foot, some of them empty."""
    start = _start(lines)
    if start is None:
        yield lines
        return
    usual = usual_size(lines)
    gutter = start - GUTTER * usual
    lines = [piece for line in lines for piece in cut(line, gutter, start + 1)]
    wide: set[Line] = set()
    last = lines[0]
    for line in lines:
        lonely = not any(
            abs(other.y - line.y) < 1.2 * line.size and (other.x0 < gutter) != (line.x0 < gutter)
            for other in lines
        )
        below = line.y - last.y < 2 * line.size and abs(last.x0 - line.x0) < 2 * line.size
        goes_on = last in wide and last.size == line.size and below
        reaches = line.x0 < gutter and line.x1 > start
        centered = abs(line.x0 + line.x1 - 2 * middle) < 2 * line.size
        if reaches or (lonely and (goes_on or centered or line.size > 1.3 * usual)):
            wide.add(line)
        last = line
    levels = {round(line.y) for line in wide}
    for whole, some in itertools.groupby(lines, lambda line: round(line.y) in levels):
        band = list(some)
        if whole:
            yield band
        else:
            yield [line for line in band if line.x0 < gutter]
            yield from _columns([line for line in band if line.x0 >= gutter], middle)


def cut(line: Line, left: float, right: float) -> list[Line]:
    """Its two pieces, where it begins before these places and one behind a gap between them."""
    for place, end, start in line.gaps:
        if line.x0 < left <= start <= right:
            first, second = line.text[:place].rstrip(), line.text[place:]
            marks = [(at, mark) for at, mark in line.marks if at < place]
            others = [(at - place, mark) for at, mark in line.marks if at >= place]
            gaps = [(at - place, a, b) for at, a, b in line.gaps if at > place]
            return [
                replace(line, text=first, x1=end, marks=marks, gaps=[]),
                replace(line, text=second, x0=start, marks=others, gaps=gaps),
            ]
    return [line]


def _start(lines: list[Line]) -> float | None:
    """Where a right column begins: many lines do, nearly none reach over, and both sides are
    filled with text.
    """
    if len(lines) < 2 * ROWS:
        return None
    room = GUTTER * usual_size(lines)
    few = min(ROWS - 1, len(lines) / 5)
    starts = Counter(round(line.x0) for line in lines)
    best, least = None, len(lines)
    for start in sorted(start for start, count in starts.items() if count >= few):
        right = [line for line in lines if line.x0 >= start - room]
        left = [line for line in lines if line.x1 <= start - room]
        near = [line for line in right if line.x0 < start + 3 * line.size]
        over = len(lines) - len(right) - len(left)
        if min(len(left), len(near)) < ROWS or over * 5 > 3 * len(lines) or over >= least:
            continue
        less, more = sorted(map(_filled, (left, near)))
        own = less > 0 and 4 * over < len(lines) and _on_own_lines(left, near)
        if (more if own else less) >= 1 / 3 and _beside(left, near):
            best, least = start, over
    return best


def _filled(lines: list[Line]) -> float:
    """Which part of the lines reaches nearly from edge to edge of their column, as running text
    does: none if it is no eight ems wide.
    """
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    long = sum(line.x1 - line.x0 > 0.7 * width for line in lines)
    return long / len(lines) if width > 8 * min(line.size for line in lines) else 0.0


def _on_own_lines(left: list[Line], right: list[Line]) -> bool:
    """No rows of a table: few lines stand on one baseline with one of the other side."""
    shared = sum(any(abs(a.y - b.y) < 0.1 * b.size for a in left) for b in right)
    return 3 * shared < len(right)


def _beside(left: list[Line], right: list[Line]) -> bool:
    """The two stand side by side, not one below the other."""
    top, foot = min(line.y for line in right), max(line.y for line in right)
    return sum(top - 5 <= line.y <= foot + 5 for line in left) >= ROWS
