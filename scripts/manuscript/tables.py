"""Tables of a sheet: by their ruled cells, between two rules of one width, or by columns that stand
in line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from manuscript.pdf import Box, Sheet
from manuscript.rows import Piece

TOUCH = 3.0  # points: rules that meet
Cells = list[list[list[Piece]]]  # rows of cells of pieces


@dataclass(eq=False)
class Table:
    page: int
    box: Box
    cells: Cells
    column: int = 0
    number: int = 0

    @property
    def pieces(self) -> list[Piece]:
        return [piece for row in self.cells for cell in row for piece in cell]


@dataclass
class _Grid:
    """Rules that touch each other."""

    rules: list[Box] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return (
            min(rule[0] for rule in self.rules),
            min(rule[1] for rule in self.rules),
            max(rule[2] for rule in self.rules),
            max(rule[3] for rule in self.rules),
        )

    def edges(self, axis: int) -> list[float]:
        """Where its rules stand, from left to right (axis 0) or from top to foot (axis 1)."""
        flat = [r for r in self.rules if (r[2] - r[0] < r[3] - r[1]) == (axis == 0)]
        found: list[float] = []
        for at in sorted((rule[axis] + rule[axis + 2]) / 2 for rule in flat):
            if not found or at - found[-1] > TOUCH:
                found.append(at)
        return found


def find_tables(sheet: Sheet, pieces: Sequence[Piece]) -> list[Table]:
    """The tables that rules prove, from top to foot."""
    tables = [*_ruled(sheet, pieces)]
    taken = {piece for table in tables for piece in table.pieces}
    free = [piece for piece in pieces if piece not in taken]
    return sorted([*tables, *_between_rules(sheet, free)], key=lambda table: table.box[1])


def _ruled(sheet: Sheet, pieces: Sequence[Piece]) -> Iterator[Table]:
    for grid in _grids(sheet):
        across, down = grid.edges(0), grid.edges(1)
        box = grid.box
        if len(down) < 2 or len(across) < 2 or len(down) + len(across) < 5:
            continue
        inside = [piece for piece in pieces if _within(piece, box)]
        cells: Cells = [[[] for _ in pairwise(across)] for _ in pairwise(down)]
        for piece in inside:
            row = _slot(down, piece.y - 0.3 * piece.size)
            cells[row][_slot(across, piece.x0 + min(4.0, (piece.x1 - piece.x0) / 2))].append(piece)
        rows = [row for row in cells if any(row)]
        if inside and any(sum(map(bool, row)) > 1 for row in rows):
            yield Table(sheet.number, box, rows)


def _grids(sheet: Sheet) -> list[_Grid]:
    grids: list[_Grid] = []
    for rule in sheet.rules:
        touching = [grid for grid in grids if any(_touch(rule, other) for other in grid.rules)]
        grids = [grid for grid in grids if grid not in touching]
        grids.append(_Grid([rule, *(other for grid in touching for other in grid.rules)]))
    return grids


def _touch(a: Box, b: Box) -> bool:
    return (
        a[0] <= b[2] + TOUCH
        and b[0] <= a[2] + TOUCH
        and a[1] <= b[3] + TOUCH
        and b[1] <= a[3] + TOUCH
    )


def _within(piece: Piece, box: Box) -> bool:
    middle = (piece.x0 + piece.x1) / 2, piece.y - 0.3 * piece.size
    return box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3]


def _slot(edges: Sequence[float], at: float) -> int:
    inner = [edge for edge in edges[1:-1] if edge <= at]
    return len(inner)


def _between_rules(sheet: Sheet, pieces: Sequence[Piece]) -> Iterator[Table]:
    """The table of three lines: rules of one width, and rows of several pieces between them."""
    flat = sorted(
        (rule for rule in sheet.rules if rule[2] - rule[0] > 60 > rule[3] - rule[1]),
        key=lambda rule: (round(rule[0] / 4), round(rule[2] / 4), rule[1]),
    )
    for _, same in groupby(flat, key=lambda rule: (round(rule[0] / 4), round(rule[2] / 4))):
        rules = list(same)
        box = (rules[0][0] - 2, rules[0][1], rules[0][2] + 2, rules[-1][3])
        inside = [piece for piece in pieces if _within(piece, box)]
        rows = group_rows(inside)
        if len(rows) > 1 and sum(len(row) > 1 for row in rows) * 10 >= len(rows) * 7:
            yield Table(sheet.number, box, align(rows))


def group_rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces that stand on one line each, from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and piece.y - rows[-1][0].y < 0.5 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def align(rows: list[list[Piece]]) -> Cells:
    """Rows with as many cells as the table has columns.

    A line that begins in no first column goes on in the row above.
    """
    columns: list[list[float]] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda piece: piece.x0):
        column = next((c for c in columns if piece.x0 < c[1] and piece.x1 > c[0]), None)
        if column:
            column[:] = min(column[0], piece.x0), max(column[1], piece.x1)
        else:
            columns.append([piece.x0, piece.x1])
    cells: Cells = []
    for row in rows:
        line: list[list[Piece]] = [[] for _ in columns]
        for piece in row:
            at = next(i for i, c in enumerate(columns) if piece.x0 < c[1] and piece.x1 > c[0])
            line[at].append(piece)
        if cells and not line[0] and 2 * sum(map(bool, line)) <= len(line):
            for cell, more in zip(cells[-1], line):
                cell += more
        else:
            cells.append(line)
    return cells


def in_line(above: list[Piece], row: list[Piece]) -> bool:
    """Two rows of one table: as many pieces, each under or over its fellow."""
    return len(above) == len(row) > 1 and all(
        a.x0 < b.x1 and b.x0 < a.x1 for a, b in zip(above, row)
    )
