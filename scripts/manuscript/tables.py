"""Tables of a page: by their ruled cells, between two rules of one width, or by columns that stand
in line.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from manuscript.lines import Box, Cells, Line, around, grouped

TOUCH = 1.5  # points: rules so near, each, meet
Frame = tuple[Box, list[float], list[float]]  # where a table may be; edges of its columns and rows


def find_tables(rules: Sequence[Box], lines: list[Line]) -> tuple[dict[Line, Box], list[Line]]:
    """The tables that rules prove, each as an empty line that holds its cells, and its place; and
    the lines that stand in none.

    Each line stands in one: of grids in each other the inner ones come first.
    """
    tables: dict[Line, Box] = {}
    for box, across, down in (*_ruled(rules), *_between_rules(rules)):
        inside = [line for line in lines if box.holds(line)]
        if cells := _by_grid(across, down, inside) if down else _by_row(inside):
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
    return rows if any(sum(map(bool, row)) > 1 for row in rows) else []


def _is_flat(rule: Box) -> bool:
    return rule.width > rule.height


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
    near = grouped(sorted(places), lambda near, at: at - near[0] <= 2 * TOUCH)
    return [some[0] for some in near]


def _slot(edges: Sequence[float], at: float) -> int:
    return sum(edge <= at for edge in edges[1:-1])


def _between_rules(rules: Iterable[Box]) -> Iterator[Frame]:
    """Of a table of three lines: between rules of one width."""

    def width(rule: Box) -> tuple[int, int]:
        return round(rule.left / 4), round(rule.right / 4)

    joined = map(around, _grids(filter(_is_flat, rules)))  # what goes on cell by cell is one
    flat = [rule for rule in joined if rule.width > 60]
    for _, same in groupby(sorted(flat, key=width), key=width):
        left, top, right, foot = around(same)
        yield Box(left - 2, top, right + 2, foot), [], []


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
    cells: Cells = []
    for row in rows:
        own = [[line for line in row if line in column] for column in columns]
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
            box = around((line.x0, line.y, line.x1, line.y) for line in pieces)
            kept += [_stand_in(box, align(run))] if len(run) > 1 else pieces
    return kept


def _in_line(above: list[Line], row: list[Line]) -> bool:
    """Two rows of one table: as many pieces, each under or over its fellow."""
    return len(above) == len(row) > 1 and all(
        a.x0 < b.x1 and b.x0 < a.x1 for a, b in zip(above, row)
    )
