"""Tables of a page: by their ruled cells, between two rules of one width, or by columns that stand
in line.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise

from manuscript.lines import Box, Cells, Line, Page, around, grouped, overlap

Place = tuple[Box, Callable[[list[Line]], Cells]]  # where a table may be; its cells, if it is one
TOUCH = 1.5  # points: rules so near, each, meet


def find_tables(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The tables that rules prove, each as an empty line that holds its cells.

    Each line stands in one: of grids in each other the inner ones come first.
    """
    tables, left = [], list(lines)
    for box, cells_of in (*_ruled(page.rules), *_between_rules(page.rules)):
        inside = [line for line in left if _within(line, box)]
        if cells := cells_of(inside):
            tables.append(_stand_in(box, cells))
            left = [line for line in left if not _within(line, box)]
    return tables


def lines_of(tables: Iterable[Line]) -> set[Line]:
    return {line for table in tables for row in table.cells for cell in row for line in cell}


def _stand_in(box: Box, cells: Cells) -> Line:
    first = next(line for row in cells for cell in row for line in cell)
    left, top, right, foot = box
    table = Line("", first.page, left, right, top + 1, first.size, face=first.face, cells=cells)
    table.foot = foot
    return table


def _ruled(rules: Iterable[Box]) -> Iterator[Place]:
    """Grids, the smallest first."""
    for grid in sorted(_grids(rules), key=lambda grid: _area(around(grid))):
        across, down = _edges(grid, 0), _edges(grid, 1)
        if len(down) > 1 and len(across) > 1 and len(down) + len(across) > 4:
            yield around(grid), partial(_by_grid, across, down)


def _by_grid(across: Sequence[float], down: Sequence[float], lines: Iterable[Line]) -> Cells:
    """Rows that hold something, where one of them holds two things."""
    cells: Cells = [[[] for _ in pairwise(across)] for _ in pairwise(down)]
    for line in lines:
        row = cells[_slot(down, line.y - 0.3 * line.size)]
        row[_slot(across, line.x0 + min(4.0, (line.x1 - line.x0) / 2))].append(line)
    rows = [row for row in cells if any(row)]
    return rows if any(sum(map(bool, row)) > 1 for row in rows) else []


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _grids(rules: Iterable[Box]) -> list[list[Box]]:
    """Rules that touch each other."""
    grids: list[list[Box]] = []
    for rule in rules:
        near = [grid for grid in grids if any(overlap(rule, other, TOUCH) for other in grid)]
        grids = [grid for grid in grids if grid not in near]
        grids.append([rule, *(other for grid in near for other in grid)])
    return grids


def _edges(rules: Iterable[Box], axis: int) -> list[float]:
    """Where rules stand, from left to right (axis 0) or from top to foot (axis 1)."""
    flat = [r for r in rules if (r[2] - r[0] < r[3] - r[1]) == (axis == 0)]
    middles = sorted((rule[axis] + rule[axis + 2]) / 2 for rule in flat)
    return [near[0] for near in grouped(middles, lambda near, at: at - near[0] <= 2 * TOUCH)]


def _within(line: Line, box: Box) -> bool:
    middle = (line.x0 + line.x1) / 2, line.y - 0.3 * line.size
    return box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3]


def _slot(edges: Sequence[float], at: float) -> int:
    return sum(edge <= at for edge in edges[1:-1])


def _between_rules(rules: Iterable[Box]) -> Iterator[Place]:
    """Of a table of three lines: between rules of one width."""

    def width(rule: Box) -> tuple[int, int]:
        return round(rule[0] / 4), round(rule[2] / 4)

    flat = [rule for rule in rules if rule[2] - rule[0] > rule[3] - rule[1]]
    joined = [around(rules) for rules in _grids(flat)]  # what goes on cell by cell is one
    flat = [rule for rule in joined if rule[2] - rule[0] > 60]
    for _, same in groupby(sorted(flat, key=lambda rule: (width(rule), rule[1])), key=width):
        left, top, right, foot = around(list(same))
        yield (left - 2, top, right + 2, foot), _by_row


def _by_row(lines: Iterable[Line]) -> Cells:
    """Rows, most of them of several pieces."""
    rows = group_rows(lines)
    several = sum(len(row) > 1 for row in rows)
    return align(rows) if len(rows) > 1 and several * 10 >= len(rows) * 7 else []


def group_rows(lines: Iterable[Line]) -> list[list[Line]]:
    """The pieces that stand on one line each, from left to right."""
    rows = grouped(
        sorted(lines, key=lambda line: line.y),
        lambda row, line: line.y - row[0].y < 0.5 * line.size,
    )
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def align(rows: list[list[Line]]) -> Cells:
    """Rows with as many cells as the table has columns.

    A line that begins in no first column goes on in the row above.
    """
    columns = grouped(
        sorted((line for row in rows for line in row), key=lambda line: line.x0),
        lambda column, line: line.x0 < max(other.x1 for other in column),
    )
    place = {line: at for at, column in enumerate(columns) for line in column}
    cells: Cells = []
    for row in rows:
        own: list[list[Line]] = [[] for _ in columns]
        for line in row:
            own[place[line]].append(line)
        if cells and not own[0] and 2 * sum(map(bool, own)) <= len(own):
            for cell, more in zip(cells[-1], own):
                cell += more
        else:
            cells.append(own)
    return cells


def with_aligned(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a table for each run of rows whose pieces stand under each other."""
    kept: list[Line] = []
    for _, column in groupby(lines, key=lambda line: (line.page, line.column, bool(line.cells))):
        some = list(column)
        rows = [[table] for table in some] if some[0].cells else group_rows(some)
        for run in grouped(rows, lambda run, row: _in_line(run[-1], row)):
            pieces = [line for row in run for line in row]
            if len(run) > 1:
                box = around([(line.x0, line.y, line.x1, line.y) for line in pieces])
                table = _stand_in(box, align(run))
                table.column = pieces[0].column
                pieces = [table]
            kept += pieces
    return kept


def _in_line(above: list[Line], row: list[Line]) -> bool:
    """Two rows of one table: as many pieces, each under or over its fellow."""
    return len(above) == len(row) > 1 and all(
        a.x0 < b.x1 and b.x0 < a.x1 for a, b in zip(above, row)
    )
