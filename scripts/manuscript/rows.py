"""Runs of a sheet to the pieces of its printed lines, in reading order.

A piece is what stands on one baseline without a wide gap: a line of a column, a cell of a table.
Raised digits are taken out of its text and kept as marks.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from manuscript.pdf import Box, Run, Sheet

MARK = re.compile(r"^[\[［(（〔]?(?:\d{1,3}|[*†‡]{1,3}|[①-⑳])[\]］)）〕]?$")
LABEL = re.compile(r"^(?:[图表]|第)\s?[\d一二三四五六七八九十]+(?:[-.–]\d+)*[章节篇编]?$")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
WIDE = 0.95  # ems: a gap that parts a line
RAISED = 0.75  # of the line's size: what stands higher and is no larger is a mark
ROWS = 5  # lines that each column must have, or there are no columns


@dataclass(eq=False)
class Piece:
    """Lengths in points, y of the baseline, downwards."""

    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    face: str
    text: str
    marks: list[tuple[int, str]] = field(default_factory=list)  # (place in the text, raised mark)
    number: int = 0  # among all pieces of the file, in reading order
    column: int = 0  # on its page, in reading order

    @property
    def whole(self) -> str:
        """The text with its marks, as the file has it."""
        text, at = "", 0
        for place, mark in self.marks:
            text += self.text[at:place] + mark
            at = place
        return text + self.text[at:]


def read_pieces(sheet: Sheet) -> list[Piece]:
    """All pieces of the sheet, from its top to its foot."""
    lines: list[list[Run]] = []
    for run in sorted(sheet.runs, key=lambda run: -run.size):
        if not run.text.strip():
            continue
        line = next((line for line in lines if _belongs(run, line)), None)
        line.append(run) if line else lines.append([run])
    walls = [rule for rule in sheet.rules if rule[3] - rule[1] > rule[2] - rule[0]]
    pieces = [piece for line in lines for piece in _pieces(line, walls)]
    return sorted(pieces, key=lambda piece: (piece.y, piece.x0))


def _belongs(run: Run, line: list[Run]) -> bool:
    """On the same baseline and about as large; or smaller, raised, and right beside what stands
    there.
    """
    first = line[0]
    if not (run.upright and first.upright):
        return False
    if run.size >= RAISED * first.size:
        return abs(run.y - first.y) <= 0.25 * first.size
    if not 0 <= first.y - run.y <= 0.7 * first.size:
        return False
    near = 0.6 * first.size
    return any(
        -near < run.x0 - other.x1 < near or -near < other.x0 - run.x1 < near for other in line
    )


def _pieces(line: list[Run], walls: Sequence[Box]) -> Iterable[Piece]:
    size, y = line[0].size, line[0].y - 0.3 * line[0].size
    near = [wall[0] for wall in walls if wall[1] <= y <= wall[3]]
    groups: list[list[Run]] = []
    for run in sorted(line, key=lambda run: run.x0):
        end = max(other.x1 for other in groups[-1]) if groups else 0.0
        parted = any(end - 0.3 * size < wall < run.x0 + 0.3 * size for wall in near)
        label = bool(groups) and LABEL.match("".join(other.text for other in groups[-1]).strip())
        if groups and run.x0 - end <= (3 if label else WIDE) * size and not parted:
            groups[-1].append(run)
        else:
            groups.append([run])
    return map(_piece, groups)


def _piece(runs: list[Run]) -> Piece:
    letters: Counter[float] = Counter()
    for run in runs:
        letters[run.size] += len(run.text.strip())
    size = letters.most_common(1)[0][0]
    gaps = sorted(max(0.0, after.x0 - run.x1) for run, after in itertools.pairwise(runs))
    usual = gaps[len(gaps) // 2] if len(gaps) > 2 else 0.0
    text, marks, end = "", [], runs[0].x0
    for run in runs:
        if run.size < RAISED * size and MARK.match(run.text.strip()):
            marks.append((len(text), run.text.strip()))
            continue
        if text and _spaced(text, run.text, (run.x0 - end) / size, usual / size):
            text += " "
        text += run.text
        end = run.x1
    kept = text.lstrip()
    marks = [(max(0, place - len(text) + len(kept)), mark) for place, mark in marks]
    main = [run for run in runs if run.size >= RAISED * size]
    bold = 2 * sum(len(run.text) for run in main if run.bold) > sum(len(run.text) for run in main)
    faces: Counter[str] = Counter()
    for run in main:
        faces[run.face] += len(run.text)
    first = main[0]
    blank = first.x0 + (len(text) - len(kept)) * size if first is runs[0] else runs[0].x0
    return Piece(
        first.page,
        blank,
        end,
        first.y,
        size,
        bold,
        faces.most_common(1)[0][0],
        kept.rstrip(),
        marks,
    )


def _spaced(text: str, following: str, gap: float, usual: float) -> bool:
    """A blank was set here that is no character in the file: between Latin words, behind a
    heading's number, or wider than all others.
    """
    left, right = text[-1], following[0]
    if left.isspace() or right.isspace():
        return False
    if right < "\u2000":
        return left < "\u2000" and gap > 0.18
    if left < "\u2000":
        return gap > 0.6 or (gap > 0.15 and bool(NUMBER.fullmatch(text)))
    return gap > 0.2 and gap > 3 * usual and left.isalnum() and right.isalnum()


def order(pieces: Sequence[Piece]) -> list[Piece]:
    """In the order in which a page is read: column by column, between what stands across them."""
    ordered: list[Piece] = []
    for band in _bands(sorted(pieces, key=lambda piece: (piece.y, piece.x0))):
        for column in band:
            at = ordered[-1].column + 1 if ordered else 0
            for piece in column:
                piece.column = at
            ordered += column
    return ordered


def _bands(pieces: list[Piece]) -> Iterable[list[list[Piece]]]:
    """Bands from top to foot, each a list of columns."""
    gutter = _gutter(pieces)
    if gutter is None:
        yield [pieces]
        return
    left: list[Piece] = []
    right: list[Piece] = []
    across: list[Piece] = []
    for piece in pieces:
        if _across(piece, gutter, pieces):
            if left or right:
                yield _columns(left, right)
                left, right = [], []
            across.append(piece)
            continue
        if across:
            yield [across]
            across = []
        (left if piece.x0 < gutter else right).append(piece)
    yield [across] if across else _columns(left, right)


def _columns(left: list[Piece], right: list[Piece]) -> list[list[Piece]]:
    """Left of the gutter, and what is right of it, which may have gutters of its own."""
    inner = [column for band in _bands(right) for column in band] if right else []
    return [column for column in (left, *inner) if column]


def _across(piece: Piece, gutter: float, pieces: list[Piece]) -> bool:
    """Stands over all columns: reaches over the gutter, or is a large heading with nothing beside
    it.
    """
    if piece.x0 < gutter - 2 and piece.x1 > gutter + 2:
        return True
    usual = Counter(round(other.size, 1) for other in pieces).most_common(1)[0][0]
    return piece.size > 1.3 * usual and not any(
        abs(other.y - piece.y) < 1.2 * piece.size and (other.x0 < gutter) != (piece.x0 < gutter)
        for other in pieces
    )


def _gutter(pieces: list[Piece]) -> float | None:
    """Where a right column begins: many pieces do, nearly none reach over, and both sides are
    filled with text.
    """
    if len(pieces) < 2 * ROWS:
        return None
    starts = Counter(round(piece.x0) for piece in pieces)
    best, least = None, len(pieces)
    for start in sorted(starts):
        right = [piece for piece in pieces if piece.x0 >= start - 2]
        left = [piece for piece in pieces if piece.x1 <= start - 0.7 * piece.size]
        over = len(pieces) - len(right) - len(left)
        if min(len(left), len(right)) < ROWS or over * 4 > len(pieces) or starts[start] < ROWS - 1:
            continue
        if over < least and _filled(left) and _filled(right) and _beside(left, right):
            best, least = start - 3, over
    return best


def _filled(pieces: list[Piece]) -> bool:
    """Running text fills its column: a third of the lines reach nearly from edge to edge, eight ems
    at least.
    """
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    long = [piece for piece in pieces if piece.x1 - piece.x0 > 0.8 * (right - left)]
    return right - left > 8 * pieces[0].size and len(long) * 3 >= len(pieces)


def _beside(left: list[Piece], right: list[Piece]) -> bool:
    """The two stand side by side, not one below the other."""
    top, foot = min(piece.y for piece in right), max(piece.y for piece in right)
    return sum(top - 5 <= piece.y <= foot + 5 for piece in left) >= ROWS
