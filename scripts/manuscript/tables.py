"""Tables of a page: by their ruled cells, between two rules of one width, or by columns that stand
in line.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from manuscript.columns import cut
from manuscript.kinds import caption_mark
from manuscript.lines import Box, Cells, Line, around, grouped

TOUCH = 1.5  # points: rules so near, each, meet
BESIDE = 0.9  # ems: no two lines of one cell stand nearer
APART = 1.15  # of the step in a cell: so far apart are rows
NEAR = 9  # rows: so many tell where the columns of the next one are
LINES = 3  # of a row, on an average, at most
Frame = tuple[Box, list[float], list[float]]  # where a table may be; edges of its columns and rows


def find_tables(rules: Sequence[Box], lines: list[Line]) -> tuple[dict[Line, Box], list[Line]]:
    """The tables that rules prove, each as an empty line that holds its cells, and its place; and
    the lines that stand in none.

    Each line stands in one: of grids in each other the inner ones come first.
    """
    tables: dict[Line, Box] = {}
    for box, across, down in (*_ruled(rules), *_between_rules(rules, lines)):
        inside = [line for line in lines if box.holds(line)]
        if cells := _by_grid(across, down, inside) if across else _by_row(inside, down):
            tables[_stand_in(box, cells)] = box
            lines = [line for line in lines if line not in inside]
    return tables, lines


def _stand_in(box: Box, cells: Cells) -> Line:
    first = next(line for row in cells for cell in row for line in cell)
    table = Line("", first.page, box.left, box.right, box.top + 1, first.size, face=first.face)
    table.column, table.cells = first.column, cells
    return table


def _ruled(rules: Iterable[Box]) -> Iterator[Frame]:
    """Grids, the smallest first."""
    for grid in sorted(_grids(rules), key=lambda grid: around(grid).height):
        across = _apart((rule.left + rule.right) / 2 for rule in grid if not _is_flat(rule))
        down = _apart((rule.top + rule.foot) / 2 for rule in grid if _is_flat(rule))
        if len(across) > 2 and len(down) > 1:
            yield around(grid), across, down


def _by_grid(across: Sequence[float], down: Sequence[float], lines: Iterable[Line]) -> Cells:
    """Rows that hold something, where one of them holds two things."""
    cells: Cells = [[[] for _ in pairwise(across)] for _ in pairwise(down)]
    for line in lines:
        row = cells[_slot(down, line.middle)]
        row[_slot(across, line.x0 + min(4.0, (line.x1 - line.x0) / 2))].append(line)
    rows = [row for row in cells if any(row)]
    return rows if any(map(_is_row, rows)) else []


def _is_flat(rule: Box) -> bool:
    return rule.width >= rule.height  # joints of two rules are squares


def _grids(rules: Iterable[Box]) -> list[list[Box]]:
    """Rules that touch each other."""
    grids: list[list[Box]] = []
    for rule in rules:
        near = [grid for grid in grids if any(rule.touches(other, TOUCH) for other in grid)]
        grids = [grid for grid in grids if grid not in near]
        grids.append([rule, *(other for grid in near for other in grid)])
    return grids


def _apart(places: Iterable[float]) -> list[float]:
    """The places in order, once those that are nearly the same."""
    return [some[0] for some in _near(places, 2 * TOUCH)]


def _near(places: Iterable[float], slack: float) -> list[list[float]]:
    return grouped(sorted(places), lambda near, at: at - near[0] <= slack)


def _slot(edges: Sequence[float], at: float) -> int:
    return sum(edge <= at for edge in edges[1:-1])


def _between_rules(rules: Iterable[Box], lines: Sequence[Line]) -> Iterator[Frame]:
    """Of a table of three lines: between rules of one width, where no running text stands."""

    def width(rule: Box) -> tuple[int, int]:
        return round(rule.left / 4), round(rule.right / 4)

    joined = map(around, _grids(filter(_is_flat, rules)))  # what goes on cell by cell is one
    flat = [rule for rule in joined if rule.width > 60]
    for _, same in groupby(sorted(flat, key=lambda rule: (width(rule), rule.top)), key=width):
        for some in grouped(same, lambda above, rule: not _parts(above[-1], rule, lines)):
            left, top, right, foot = around(some)
            yield Box(left - 2, top, right + 2, foot), [], [rule.top for rule in some]


def _parts(above: Box, rule: Box, lines: Iterable[Line]) -> bool:
    """A caption, or running text, stands between the two."""
    box = around([above, rule])
    inside = [line for line in lines if box.holds(line)]
    rows = align(group_rows(inside))
    running = len(rows) > 1 and 2 * sum(map(_is_row, rows)) < len(rows)
    return running or any(caption_mark(line.text) for line in inside)


def _by_row(lines: Iterable[Line], down: Sequence[float]) -> Cells:
    """Rows, most of them of several pieces."""
    rows = align(group_rows(lines), down)
    several = sum(map(_is_row, rows))
    return rows if len(rows) > 1 and several * 10 >= len(rows) * 7 else []


def group_rows(lines: Iterable[Line]) -> list[list[Line]]:
    """The pieces that stand on one line each, from left to right."""
    rows = grouped(
        sorted(lines, key=lambda line: line.y),
        lambda row, line: line.y - row[0].y < 0.5 * line.size,
    )
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def align(rows: list[list[Line]], down: Sequence[float] = ()) -> Cells:
    """Rows with as many cells as the table has columns; `down`: where rules part them.

    A line goes on in the row above where it stands nearer than rows do, or begins in no first
    column.
    """
    columns = _columns(rows)
    for left, right in pairwise(columns):
        rows = [
            [piece for line in row for piece in cut(line, left.right, right.right)] for row in rows
        ]
    near, proved = _steps(rows, len(columns), down)
    cells: Cells = []
    for above, row in zip([[], *rows], rows):
        own = _in_columns(row, columns)
        partly = not own[0] and 2 * sum(map(bool, own)) <= len(own)
        step = _step(above, row) if above else math.inf
        if step < BESIDE * row[0].size or (step < near and (proved or partly)):
            for cell, more in zip(cells[-1], own):
                cell += more
        else:
            cells.append(own)
    return cells


def _columns(rows: Iterable[Iterable[Line]]) -> list[Box]:
    """Where most rows are parted, a column begins; what reaches over there is in none."""
    pieces = [_joined(line.box for line in row) for row in rows]
    boxes = sorted(box for row in pieces for box in row)

    def across(place: float) -> int:
        return sum(any(box.left < place < box.right for box in row) for row in pieces)

    edges: list[float] = []
    for place, *_ in boxes:
        beside = sum(row[0].right <= place <= row[-1].left for row in pieces)
        if 2 * across(place) > beside:
            continue
        if edges and not any(edges[-1] <= box.left and box.right <= place for box in boxes):
            edges[-1] = min(edges[-1], place, key=across)
        else:
            edges.append(place)
    return [
        around(box for box in boxes if left <= box.left and box.right <= right)
        for left, right in pairwise([*edges, math.inf])
    ]


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Those over each other as one, from left to right."""
    groups = grouped(
        sorted(boxes),
        lambda group, box: box.left < max(other.right for other in group) + TOUCH,
    )
    return [around(group) for group in groups]


def _over(box: Box, row: Iterable[Box]) -> int:
    return sum(box.left < other.right and other.left < box.right for other in row)


def _in_columns(row: Iterable[Line], columns: Sequence[Box]) -> list[list[Line]]:
    cells: list[list[Line]] = [[] for _ in columns]
    for line in sorted(row, key=lambda line: line.y):
        cells[sum(column.right <= line.x0 for column in columns[:-1])].append(line)
    return cells


def _step(above: Iterable[Line], row: Iterable[Line]) -> float:
    return min(line.y for line in row) - max(line.y for line in above)


def _steps(rows: list[list[Line]], columns: int, down: Sequence[float]) -> tuple[float, bool]:
    """Nearer than this stand the lines of one cell; and whether wider steps, where no rule of a
    table of three makes them so, prove that such are one row: most of them leave cells empty.
    """
    several = [at for at, row in enumerate(rows, 1) if len(row) > 1 or down]
    rows = rows[: several[-1]] if several else []
    steps = [
        (step, row, len(down) < 4 and any(above[0].y < rule < row[0].y for rule in down))
        for above, row in pairwise(rows)
        if (step := _step(above, row)) > BESIDE * row[0].size
    ]
    apart = APART * min((step for step, *_ in steps), default=0.0)
    near = [row for step, row, _ in steps if step < apart]
    wide = any(step >= apart and not ruled for step, _, ruled in steps)
    partly = sum(len(row) < columns for row in near)
    few = len(steps) < LINES * (len(steps) - len(near))
    return apart, wide and few and 2 * partly >= len(near)


def with_aligned(lines: Sequence[Line], dropped: dict[Line, str]) -> list[Line]:
    """The lines, with a table for each run of rows whose pieces stand under each other.

    A head alone at the foot of a page is a row; one that is there again on the next is dropped.
    """
    kept: list[Line] = []
    for table in _with_tables(lines):
        if table.cells and kept:
            head = kept[-len(table.cells[0]) :]
            alone = not any(line.cells for line in head) and head[0].page < table.page
            if alone and len(group_rows(head)) == 1 < len(head):
                kept[-len(head) :] = [_stand_in(head[0].box, [[[line] for line in head]])]
            if kept[-1].cells and _head(kept[-1]) == _head(table):
                again = table.cells.pop(0)
                dropped |= dict.fromkeys(
                    (line for cell in again for line in cell), "running-header"
                )
        kept.append(table)
    return kept


def _head(table: Line) -> list[str]:
    return ["".join(line.text for line in cell) for cell in table.cells[0]]


def _with_tables(lines: Sequence[Line]) -> Iterator[Line]:
    for _, column in groupby(lines, key=lambda line: (line.page, line.column, bool(line.cells))):
        some = list(column)
        if some[0].cells:
            yield from some
            continue
        for run in grouped(group_rows(some), _in_line):
            tables: dict[int, Line] = {}  # by the numbers of its lines
            for several, rows in groupby(align(run), key=_is_row):
                cells = _filled(list(rows))
                if several and len(cells) > 1 and all(map(_is_set, zip(*cells))):
                    own = [line for row in cells for cell in row for line in cell]
                    box = around(line.box for line in own)
                    tables |= dict.fromkeys((line.number for line in own), _stand_in(box, cells))
            yield from dict.fromkeys(tables.get(line.number, line) for row in run for line in row)


def _filled(rows: Cells) -> Cells:
    """Without columns that hold nothing."""
    used = [any(column) for column in zip(*rows)]
    return [[cell for cell, is_used in zip(row, used) if is_used] for row in rows]


def _is_row(row: list[list[Line]]) -> bool:
    return sum(map(bool, row)) > 1


def _is_set(column: Sequence[list[Line]]) -> bool:
    """Most of its cells begin, end or have their middle at one place."""
    firsts = [cell[0] for cell in column if cell]
    slack = 0.5 * firsts[0].size
    return any(
        2 * max(map(len, _near(places, slack))) > len(firsts)
        for places in zip(*((line.x0, line.x1, line.x0 + line.x1) for line in firsts))
    )


def _in_line(run: list[list[Line]], row: list[Line]) -> bool:
    """The row may stand in the table above it: each piece is under one column, and alone there."""
    columns, first = _columns(run[-NEAR:]), row[0]
    if len(row) == 1 and (first.size != run[-1][0].size or caption_mark(first.text)):
        return False
    pieces = _columns([row])
    single = all(_over(piece, columns) == 1 for piece in pieces)
    return len(columns) > 1 and single and all(_over(column, pieces) < 2 for column in columns)
