"""Runs of a page to its printed lines.

A line is what stands on one baseline without a wide gap: a line of a column, a cell of a table.
Raised digits are taken out of its text and kept as marks.
"""

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median_high

from manuscript.characters import HAN, NOTE_SIGN
from manuscript.kinds import BULLETS, ITEMS
from manuscript.lines import Box, Line, Lines, Tag, grouped, most, usual_size
from manuscript.pdf import Run, Sheet

MARK = re.compile(
    rf"^[\[［(（〔]?(?:\d{{1,3}}(?:[-–,，、]\d{{1,3}})*|{NOTE_SIGN}|[ivx]+)[\]］)）〕]?$"
)
LABEL = re.compile(
    r"^(?:(?:[图圖表例]|第)\s?(?:[A-Z][-.]?)?[\d一二三四五六七八九十]+(?:[-.–]\d+)*[章节篇编条]?"
    rf"|[^\w\s]|[a-z]|{'|'.join(ITEMS.values())}|[\[［〔]\d{{1,3}}[\]］〕])$"
)
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
ROOM = 3.0  # ems: behind a heading's number or an item's mark it parts none
WIDE = 0.95  # ems: a gap that parts a line
NARROW = 0.4  # ems: one that parts what a PDF's tags tell as two paragraphs
CELL = 8  # ems: a column's cell is narrower
CLOSING = "，。、；：？！）》」』】”"  # may be set half as wide at a line's end
GAP = 0.6  # ems: between columns that stand close
SMALL = 0.75  # of the line's size: no letter of its words is smaller
RAISED = 0.9  # of the line's size: what stands higher and is no larger is a mark
HANS = re.compile(f"[{HAN}]")
SPOKEN = re.compile(f"[{HAN}{CLOSING}]")  # a letter raised behind another sign is a power
SENTENCE = re.compile(rf"\s*[{HAN}]")  # of the next column: half a line higher, it is no mark
LOWERED = -0.4  # ems above the baseline: no smaller sign hangs lower
LEVEL = 0.04  # ems: so much is no height
DOT = 0.6  # ems: no bullet is larger
Piece = tuple[Line, list[Run]]  # of a row, without a wide gap


def read_lines(sheet: Sheet) -> list[Line]:
    """All lines of the sheet, from its top to its foot."""
    rows: list[list[Run]] = []
    for run in sorted(sheet.runs, key=lambda run: -run.size):
        if run.text.strip():
            row = min(rows, key=lambda row: _gap(run, row), default=[])
            if not row or _gap(run, row) == math.inf:
                rows.append(row := [])
            row.append(run)
    walls = [rule for rule in sheet.rules if rule.height > rule.width]
    pieces = [(_line(runs, sheet.number), runs) for row in rows for runs in _parted(row, walls)]
    lines = sorted(_mended(pieces, walls), key=Line.place)
    _set_bullets(lines, sheet.drawings, usual_size(lines))
    return lines


def _set_bullets(lines: Lines, drawings: Iterable[Box], size: float) -> None:
    """Gives a line the dot that is drawn before it, which no character says."""
    dots = [
        box
        for box in drawings
        if box.width < DOT * size and abs(box.width - box.height) < LEVEL * size
    ]
    for dot, line in itertools.product(dots[: len(lines)], lines):  # more are a chart's
        if dot.top < line.middle < dot.foot and 0 < line.x0 - dot.right < 2 * line.size:
            line.label, line.x0, line.text = "•", dot.left, f"•{line.text}"
            line.marks = [(place + 1, mark) for place, mark in line.marks]
            line.gaps = [(place + 1, end, start) for place, end, start in line.gaps]


def _gap(run: Run, row: list[Run]) -> float:
    """How far it stands from what stands in the row, on its baseline and about as large, bullets of
    any size; or smaller, raised or lowered, and right beside it. Infinitely, if it does not belong.
    """
    if abs(row[0].y - run.y) > row[0].size or not (run.upright and row[0].upright):
        return math.inf
    gaps = [math.inf]
    for other in row:
        gap = abs(max(run.x0 - other.x1, other.x0 - run.x1))
        height = (other.y - run.y) / other.size
        listed = any(one.text.strip() in BULLETS for one in (run, other))
        level = abs(height) <= 0.25 and (listed or run.size >= SMALL * other.size)
        mark = height > 0.25 and MARK.match(run.text.strip())
        highest = 1 if mark else 0.5 if SENTENCE.match(run.text) else 0.7
        raised = LOWERED <= height <= highest and run.size <= RAISED * other.size and not listed
        if level or (raised and gap < (1.5 if mark else 0.6) * other.size):
            gaps.append(gap)
    return min(gaps)


def _parted(row: list[Run], walls: Sequence[Box]) -> Iterable[list[Run]]:
    """The runs of a row by lines: wide gaps and ruled lines part them."""
    size, y = row[0].size, row[0].y - 0.3 * row[0].size
    near = [wall.left for wall in walls if wall.top <= y <= wall.foot]
    ordered = sorted(row, key=lambda run: run.x0)

    def beside(group: list[Run], run: Run) -> bool:
        end = max(other.x1 for other in group)
        before = "".join(other.text for other in group).strip()
        first = group[0] is ordered[0] and NUMBER.fullmatch(before)
        heads = first and run.text.strip()[0] > "\u4dff"
        blocks = NARROW if _two_blocks(group[-1], run) else WIDE
        room = ROOM if heads or LABEL.match(before) else blocks
        parted = any(end - 0.3 * size < wall < run.x0 + 0.3 * size for wall in near)
        return run.x0 - end <= room * size and not parted

    return grouped(ordered, beside)


def _two_blocks(one: Run | Line, other: Run | Line) -> bool:
    """Two paragraphs, items, headings or cells, as the PDF's tags tell."""
    return bool(one.tag.block and other.tag.block) and one.tag.block != other.tag.block


def _mended(pieces: Sequence[Piece], walls: Sequence[Box]) -> Iterator[Line]:
    """The pieces, those of a justified line as one: lines of text above or below run over its gaps,
    no column begins behind them, and the whole begins and ends where lines of text do.
    """
    lines = [line for line, _ in pieces]
    text = {line for line in lines if line.x1 - line.x0 > CELL * line.size}

    def goes_on(group: list[Piece], piece: Piece) -> bool:
        last, line = group[-1][0], piece[0]
        size = line.size
        walled = any(
            last.x0 < wall.left < line.x1 and wall.top <= line.middle <= wall.foot for wall in walls
        )
        if walled or _two_blocks(last, line) or abs(last.y - line.y) > 0.25 * size:
            return False
        near = [
            other
            for other in lines
            if abs(other.size - size) < 0.05 * size
            and 0.25 * size < abs(other.y - line.y) < 2.2 * size
        ]
        runs_over = any(
            other.x0 < last.x1 and line.x0 < other.x1 for other in text.intersection(near)
        )
        cells = any(other.x0 > last.x1 and not {other, line} & text for other in near)
        return runs_over and not cells

    for group in grouped(pieces, goes_on):
        first, last = group[0][0], group[-1][0]
        begins = sum(abs(line.x0 - first.x0) < first.size / 2 for line in lines) > 2
        ends = sum(abs(line.x1 - last.x1) < first.size / 2 for line in text) > 1
        if begins and ends:
            yield _line([run for _, runs in group for run in runs], first.page)
        else:
            yield from (line for line, _ in group)


def _line(runs: list[Run], page: int) -> Line:
    large = RAISED * max(run.size for run in runs)
    words = [run for run in runs if run.size > large or not MARK.match(run.text.strip())]
    size, y = most((((run.size, run.y), run.text) for run in words), (0.0, 0.0))
    gaps = [max(0.0, after.x0 - run.x1) for run, after in itertools.pairwise(runs)]
    usual = median_high(gaps) / size if len(gaps) > 2 else 0.0
    text, end = "", runs[0].x0
    marks: list[tuple[int, str]] = []
    wide: list[tuple[int, float, float]] = []
    for run in runs:
        mark = run.text.strip()
        high = run.y - y < LEVEL * size and _is_small(run, size, y)
        power = mark.isalpha() and text and not SPOKEN.match(text[-1])
        if high and MARK.match(mark) and not power:
            marks.append((len(text), mark))
            end = run.x1
            continue
        if text and _spaced(text, run.text, (run.x0 - end) / size, usual):
            text += " "
        if text:
            last = end - 0.5 * size if text.rstrip()[-1] in CLOSING else end
            if run.x0 - last > GAP * size:
                wide.append((len(text.lstrip()), last, run.x0))
        text, end = text + run.text, run.x1
    main = [run for run in runs if not _is_small(run, size, y)]
    light_first = sorted(main, key=lambda run: run.bold)
    bold = most(((run.bold, run.text) for run in light_first), False)
    face = most(((run.face, run.text) for run in main if HANS.search(run.text)), "")
    blank = len(text) - len(text.lstrip())
    marks = [(max(0, place - blank), mark) for place, mark in marks]
    left, tag = runs[0].x0 + blank * size, most(((run.tag, run.text) for run in runs), Tag())
    return Line(text.strip(), page, left, end, main[0].y, size, bold, face, marks, wide, tag=tag)


def _is_small(run: Run, size: float, y: float) -> bool:
    """Smaller than the words of its line, of this size and baseline, or raised."""
    return run.size < SMALL * size or (run.size <= RAISED * size and y - run.y > 0.25 * size)


def _spaced(text: str, following: str, gap: float, usual: float) -> bool:
    """A blank was set here that is no character in the file: between Latin words, behind a
    heading's number, or wider than all others. Gaps are in ems.
    """
    left, right = text[-1], following[0]
    if left.isspace() or right.isspace():
        return False
    if right < "\u2000":
        return left < "\u2000" and gap > 0.18
    if left < "\u2000":
        return gap > 0.6 or (gap > 0.15 and bool(NUMBER.fullmatch(text)))
    return gap > 0.2 and gap > min(3 * usual, WIDE) and left.isalnum() and right.isalnum()
