"""Tables of a page: by their ruled cells, between two rules of one width, or by columns that stand
in line.

Rules give the columns and rows of a grid; else columns begin where most rows are parted, and rows
are such as have the fewest oddities.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, groupby, pairwise

from manuscript.columns import cut
from manuscript.kinds import caption_mark
from manuscript.lines import Box, Cells, Line, Lines, Page, around, grouped, touching
from manuscript.measures import first_word
from manuscript.rows import CELL, HANS

TOUCH = 1.5  # points: rules so near, each, meet
PARTS = 500  # of a drawing: no table has more cells
TILED = 0.1  # of a table's place that its cells may leave or take twice
BESIDE = 0.5  # ems: so near stand the pieces of one line
APART = 1.12  # of the step in a cell: so far apart are rows
RARE = 7  # of so many lines a column fills one
NEXT = 4  # ems: so near stand rows
LEVEL = 0.2  # of the step in a cell: so far apart may be cells that begin beside each other
TALL = 40  # lines: no row has more
TIGHT = 10  # so odd are rows as near as their lines, where all others are not
Row = list[Line]
# Where a table may be; edges of its columns and rows; what stands on top of each cell.
Frame = tuple[Box, list[float], list[float], Sequence[Box]]


def find_tables(page: Page, lines: list[Line]) -> tuple[dict[Line, Box], list[Line]]:
    """The tables that tags, rules or boxes prove, each as an empty line that holds its cells, and
    its place; and the lines that stand in none.

    Each line stands in one: of grids in each other the inner ones come first.
    """
    tables: dict[Line, Box] = {}

    def take(cells: Cells, *places: Box) -> None:
        nonlocal lines
        own = [*chain(*chain(*cells))]
        tables[_stand_in(cells)] = around([*places, *(line.box for line in own)])
        numbers = {line.number for line in own}  # some are pieces of a line
        lines = [line for line in lines if line.number not in numbers]

    for cells in _tagged(lines):
        take(cells)
    boxes = set(page.drawings[:PARTS])
    frames = (
        *_ruled(page.rules),
        *_between_rules(page.rules, lines),
        *_tiled(boxes),
        *_striped(boxes, lines),
    )
    for frame in frames:
        box, across, *_ = frame
        cells = _in_grid(frame, lines) if across else _at_rules(box, lines)
        if any(map(_is_row, cells)):
            take(cells, box)
    return tables, lines


def _tagged(lines: Iterable[Line]) -> Iterator[Cells]:
    """The tables that the PDF's tags tell, if their rows have as many columns each."""
    tables = defaultdict[int, list[Line]](list)
    for line in lines:
        if line.tag.row:
            tables[line.tag.table].append(line)
    for own in tables.values():
        columns, *others = {line.tag.columns for line in own}
        if columns and not others:
            numbers = sorted({line.tag.row for line in own})
            rows: dict[int, list[Row]] = {row: [[] for _ in range(columns)] for row in numbers}
            for line in own:
                rows[line.tag.row][line.tag.column].append(line)
            used = sum(any(column) for column in zip(*rows.values()))
            if used > (1 if len(rows) > 1 else 2):
                yield [*rows.values()]


def _in_grid(frame: Frame, lines: Iterable[Line]) -> Cells:
    box, across, down, lids = frame

    def begins(line: Line) -> float:
        """Where its cell does: a cell may take several rows, its words stand in the first."""
        middle = (line.x0 + line.x1) / 2
        over = (
            lid.top
            for lid in lids
            if lid.left - TOUCH < middle < lid.right + TOUCH and lid.top < line.middle
        )
        return max(over, default=0.0) + 2 * TOUCH

    inside = [*filter(box.holds, lines)]
    columns = [Box(left, box.top, right, box.foot) for left, right in pairwise(across)]
    rows = [
        [line for line in inside if top <= begins(line) < foot]
        for top, foot in pairwise([0.0, *down[1:-1], math.inf])
    ]
    return [_in_columns(row, columns) for row in rows if row]


def _at_rules(box: Box, lines: Lines) -> Cells:
    """The rows between the rules, or right above a single one; and those above and below that stand
    in their columns, but no running text in columns.
    """
    rows = group_rows(
        line for line in lines if box.left < line.x0 + line.size and line.x1 - line.size < box.right
    )
    first, last = (sum(row[0].middle < edge for row in rows) for edge in (box.top, box.foot))
    if first == last:
        first -= 1
        if first < 0 or box.top - rows[first][0].y > NEXT * rows[first][0].size:
            return []

    labels = [line for line in lines if line.x0 + 0.3 * line.size < box.left < line.x1 + line.size]
    if any(abs(line.y - row[0].y) < 1 for line in labels for row in rows[first:last]):
        return []  # lines of a form, to be filled in

    def is_next(at: int, other: int) -> bool:
        near = abs(rows[at][0].y - rows[other][0].y) < NEXT * rows[at][0].size
        return near and _in_line(rows[first:last], rows[other])

    while first and is_next(first, first - 1):
        first -= 1
    while last < len(rows) and is_next(last - 1, last):
        last += 1
    cells = align(rows[first:last])
    for end in (0, -1):
        while cells and not (_is_row(cells[end]) or box.holds(next(chain(*cells[end])))):
            cells.pop(end)
    if not _ends_short(cells):
        cells = align(group_rows(filter(box.holds, lines)))
    return cells if len(cells) > 1 and _several(cells) > 0.5 else []


def _ends_short(cells: Cells) -> bool:
    """In wide columns few cells end in a full line, as pieces of running text do."""
    for column in filter(any, zip(*cells)):
        lasts = [cell[-1] for cell in column if cell]
        widest = max(line.x1 - line.x0 for cell in column for line in cell)
        full = sum(line.x1 - line.x0 > 0.9 * widest for line in lasts)
        if widest > CELL * lasts[0].size and 3 * full > len(lasts):
            return False
    return True


def _stand_in(cells: Cells) -> Line:
    first, *_ = lines = [*chain(*chain(*cells))]
    left, top, right, _ = around(line.box for line in lines)
    table = Line("", first.page, left, right, top + 1, first.size, face=first.face)
    table.column, table.cells = first.column, cells
    return table


def _ruled(rules: Iterable[Box]) -> Iterator[Frame]:
    """Grids, the smallest first."""
    for grid in sorted(touching(rules, TOUCH), key=lambda grid: around(grid).height):
        flat = [*filter(_is_flat, grid)]
        across = _edges((rule.left + rule.right) / 2 for rule in grid if not _is_flat(rule))
        down = _edges((rule.top + rule.foot) / 2 for rule in flat)
        if len(across) > 2 and len(down) > 1:
            yield around(grid), across, down, flat


def _tiled(boxes: Iterable[Box]) -> Iterator[Frame]:
    """Cells that are drawn as boxes, which fill the place and do not overlap."""
    for grid in touching(boxes, TOUCH):
        across = _edges(side for box in grid for side in (box.left, box.right))
        down = _edges(side for box in grid for side in (box.top, box.foot))
        whole = around(grid)
        *cells, area = (box.width * box.height for box in (*grid, whole))
        most = 2 * len(grid) > (len(across) - 1) * (len(down) - 1)  # else words shaded one by one
        tiled = abs(sum(cells) - area) < TILED * area
        if len(down) > 2 and tiled and most:
            yield whole, across, down, grid


def _striped(boxes: Iterable[Box], lines: Lines) -> Iterator[Frame]:
    """A ground below each cell of some rows: of the head and every other one; one more may follow
    that has none.
    """
    bands = defaultdict[tuple[int, int], list[Box]](list)
    for box in boxes:
        bands[round(box.top), round(box.foot)].append(box)
    alike = defaultdict[tuple[int, ...], list[Box]](list)  # by their columns
    for band in bands.values():
        across = _edges(side for box in band for side in (box.left, box.right))
        if len(across) == len(band) + 1 > 2:
            alike[tuple(map(round, across))].append(around(band))
    for columns, rows in alike.items():
        rows.sort(key=lambda row: row.top)
        for some in grouped(rows, lambda near, row: row.top - near[-1].foot < 2 * row.height):
            if len(some) > 2:
                last = some[-1]
                below = last._replace(top=last.foot, foot=last.foot + some[0].height)
                if sum(map(below.holds, lines)) > 1:
                    some.append(below)
                down = _edges(side for row in some for side in (row.top, row.foot))
                lids = [*some, *(row._replace(top=row.foot) for row in some)]
                yield around(some), [*columns], down, lids


def _is_flat(rule: Box) -> bool:
    return rule.width >= rule.height  # joints of two rules are squares


def _edges(places: Iterable[float]) -> list[float]:
    """Of columns or rows, that have sides at these places."""
    return [some[0] for some in _near(places)]


def _near(places: Iterable[float], slack: float = 2 * TOUCH) -> list[list[float]]:
    """Those that are nearly the same, in order."""
    return grouped(sorted(places), lambda near, at: at - near[0] <= slack)


def _between_rules(rules: Iterable[Box], lines: Lines) -> Iterator[Frame]:
    """Of a table of three lines: rules that end in one place, for the one below a head may spare
    the first column, and between which no running text stands. Wide ones come first.
    """
    flat = filter(_is_flat, rules)
    joined = map(around, touching(flat, TOUCH))  # what goes on cell by cell is one

    def place(rule: Box) -> tuple[int, float]:
        return round(rule.right / 4), rule.top

    def together(above: list[Box], rule: Box) -> bool:
        if place(above[-1])[0] != place(rule)[0]:
            return False
        inside = [*filter(around([above[-1], rule]).holds, lines)]
        cells = align(group_rows(inside))
        captions = any(caption_mark(line.text) for line in inside)
        return not captions and (len(cells) < 2 or _several(cells) >= 0.5)

    frames = map(around, grouped(sorted(joined, key=place), together))
    for left, top, right, foot in sorted(frames, key=lambda frame: -frame.width):
        yield Box(left - 2, top, right + 2, foot), [], [], []


def _several(rows: Cells) -> float:
    """Which part of the rows has several cells."""
    return sum(map(_is_row, rows)) / len(rows)


def _is_row(row: Sequence[Row]) -> bool:
    return sum(map(bool, row)) > 1


def group_rows(lines: Iterable[Line]) -> list[Row]:
    """The pieces that stand on one line each, from left to right."""
    rows = grouped(
        sorted(lines, key=lambda line: line.y),
        lambda row, line: line.y - row[0].y < BESIDE * line.size,
    )
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def align(rows: Sequence[Row]) -> Cells:
    """Rows with as many cells as the table has columns: of all ways to part these lines into rows
    the least odd, where cells begin beside each other, or have their middle there.
    """
    columns = _columns(rows)
    lines = [_in_columns(_cut(row, columns), columns) for row in rows]
    pairs = [
        (line.y - last.y, box.width, last, line)
        for box, column in zip(columns, zip(*lines))
        for last, line in pairwise(chain(*column))
        if line.y - last.y > BESIDE * line.size
    ]
    steps = [
        step
        for step, _, last, line in pairs
        if bool(HANS.search(last.text)) == bool(HANS.search(line.text))
    ]
    near = APART * min(steps, default=0.0)
    goes_on = {
        line: _room(width, last, line) if step < near else math.inf
        for step, width, last, line in pairs
    }
    ways = [_part(lines, goes_on, near, down) for down in (0.0, 0.5)]
    return min(ways, key=lambda way: way[0])[1] if len(columns) > 1 else lines


def _room(width: float, last: Line, line: Line) -> float:
    """Ems that a column of this width has left behind a line for the first word of the next; no end
    of them where the line cannot be parted.
    """
    if not (HANS.search(last.text) or " " in last.text):
        return math.inf
    return max(0.0, (width - last.x1 + last.x0) / last.size - first_word(line))


def _part(
    lines: Cells, goes_on: dict[Line, float], near: float, down: float
) -> tuple[float, Cells]:
    """How odd the rows of these lines are, at least, and the rows.

    Each of these counts one: a cell that is empty, or does not stand so far down as others, by a
    part of its height; a line that fills all columns and goes on in the cells above it; an em of
    room for a line that goes on; and, the more the more rows stand apart, a row as near as lines of
    a cell. Columns that are rarely filled are none.
    """
    heights = [next(chain(*line)).y for line in lines]
    gaps = [0.0, *(after - height for height, after in pairwise(heights))]
    usual = [RARE * sum(map(bool, column)) > len(lines) for column in zip(*lines)]
    whole = [all(compress(line, usual)) for line in lines]
    tight = TIGHT * max(0, sum(gap > near for gap in gaps) - 1) / len(gaps)  # a head is one

    def odd(start: int, end: int) -> float:
        """How odd the row of these lines is."""
        found = tight * (gaps[start] < near) + sum(whole[start + 1 : end])
        places = []  # how high a cell is, where it stands
        for filled, column in zip(usual, zip(*lines[start:end])):
            if cell := [*chain(*column)]:
                height = cell[-1].y - cell[0].y
                places.append((height, cell[0].y + down * height))
                found += sum(goes_on.get(line, 0.0) for line in cell[1:])
            else:
                found += filled
        _, place = max(places)
        return found + sum(abs(other - place) > LEVEL * near for _, other in places)

    best: list[tuple[float, Cells]] = [(0.0, [])]
    for end in range(1, len(lines) + 1):
        ways = []
        for start in reversed(range(end)[-TALL:]):
            if (least := odd(start, end)) == math.inf:
                break
            ways.append((best[start][0] + least, start))
        least, start = min(ways)
        row = [[*chain(*cells)] for cells in zip(*lines[start:end])]
        best.append((least, [*best[start][1], row]))
    return best[-1]


def _columns(rows: Iterable[Row]) -> list[Box]:
    """Where most rows are parted, a column begins; what reaches over there is in none."""
    pieces = [[line.box for line in row] for row in rows]
    boxes = sorted(box for row in pieces for box in row)

    edges: list[float] = []
    for place, *_ in boxes:
        across = sum(any(box.left < place < box.right for box in row) for row in pieces)
        beside = sum(row[0].right <= place <= row[-1].left for row in pieces)
        if 2 * across <= beside and (
            not edges or any(edges[-1] <= box.left and box.right + TOUCH < place for box in boxes)
        ):
            edges.append(place)
    return [
        around(box for box in boxes if left <= box.left and box.right <= right)
        for left, right in pairwise([*edges, math.inf])
    ]


def _cut(row: Row, columns: Sequence[Box]) -> Row:
    """Its pieces, those that reach over from one column to the next in two."""
    for left, right in pairwise(columns):
        row = [piece for line in row for piece in cut(line, left.right, right.right)]
    return row


def _in_columns(row: Iterable[Line], columns: Sequence[Box]) -> list[Row]:
    cells: list[Row] = [[] for _ in columns]
    for line in sorted(row, key=lambda line: line.y):
        begin = line.x0 + min(4.0, (line.x1 - line.x0) / 2)
        cells[sum(column.right <= begin for column in columns[:-1])].append(line)
    return cells


def with_aligned(lines: Lines, dropped: dict[Line, str]) -> list[Line]:
    """The lines, with a table for each run of rows whose pieces stand under each other.

    A head alone at the foot of a page is a row; one that is there again on the next is dropped. A
    row that goes over is one.
    """
    kept: list[Line] = []
    head: list[str] = []  # of the table that may go on
    for table in _with_tables(lines):
        if table.cells:
            above = kept[-len(table.cells[0]) :]
            alone = above and not any(line.cells for line in above) and above[0].page < table.page
            if alone and len(group_rows(above)) == 1 < len(above):
                kept[-len(above) :] = [_stand_in([[[line] for line in above]])]
                head = _head(kept[-1])
            if kept and kept[-1].cells and _is_row(table.cells[0]) and _head(table) == head:
                dropped |= dict.fromkeys(chain(*table.cells.pop(0)), "running-header")
            else:
                head = _head(table)
            if kept and _goes_over(kept[-1], table):
                last, rest = kept[-1].cells.pop(), table.cells.pop(0)
                kept[-1].cells.append([[*cell, *more] for cell, more in zip(last, rest)])
        if table.text or table.cells:
            kept.append(table)
    return kept


def _goes_over(table: Line, after: Line) -> bool:
    """The first row on the next page is the rest of the last: it alone has no first cell."""
    rows = [*table.cells, *after.cells]
    without = [at for at, row in enumerate(rows) if not row[0]]
    alike = len({len(row) for row in rows}) == 1
    return alike and without == [len(table.cells)] != [0]


def _head(table: Line) -> list[str]:
    return ["".join(line.text for line in cell) for cell in table.cells[0]]


def _with_tables(lines: Lines) -> Iterator[Line]:
    for _, column in groupby(lines, key=lambda line: (line.where, bool(line.cells))):
        some = list(column)
        if some[0].cells:
            yield from some
            continue
        for run in grouped(group_rows(some), _in_line):
            tables: dict[int, Line] = {}  # by the numbers of its lines
            for several, rows in groupby(align(run), key=_is_row):
                columns = [column for column in zip(*rows) if any(column)]
                cells = [list(row) for row in zip(*columns)]
                if several and len(cells) > 1 and all(map(_is_set, columns)):
                    own = (line.number for line in chain(*chain(*cells)))
                    tables |= dict.fromkeys(own, _stand_in(cells))
            yield from dict.fromkeys(tables.get(line.number, line) for row in run for line in row)


def _is_set(column: Sequence[Row]) -> bool:
    """Most of its cells begin, end or have their middle at one place."""
    firsts = [cell[0] for cell in column if cell]
    slack = 0.5 * firsts[0].size
    return any(
        2 * max(map(len, _near(places, slack))) > len(firsts)
        for places in zip(*((line.x0, line.x1, line.x0 + line.x1) for line in firsts))
    )


def _is_block(row: Row) -> bool:
    """Its pieces are of one paragraph, as the PDF's tags tell."""
    blocks = {line.tag.block for line in row}
    return len(row) > 1 == len(blocks) and blocks != {0}


def _in_line(run: list[Row], row: Row) -> bool:
    """The row may stand in the table above it: each piece is under one column."""
    columns, first = _columns(run), row[0]
    row = _cut(row, columns)
    alone = len(row) == 1 and first.size != run[-1][0].size
    return (
        len(columns) > 1
        and not (alone or any(map(_is_block, (run[-1], row))))
        and not caption_mark(" ".join(line.text for line in row))
        and all(
            sum(box.left < piece.right and piece.left < box.right for box in columns) == 1
            for piece in _columns([row])
        )
    )
