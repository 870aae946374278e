"""Extracted text to pages of lines, and how they are set.

A line has the place that it would have in print, in cells: a Han takes two, a row is two high. Page
marks are form feeds; where there are none, gaps clearly wider than usual, and lone numbers that
count.
"""

import itertools
import re
from collections import Counter
from dataclasses import replace

from manuscript.characters import cells, final, seen
from manuscript.lines import Line, Lines, Page, grouped, usual_step
from manuscript.margins import NUMBER, OUTER, value_of
from manuscript.measures import Measures

NEWLINE = re.compile("\r\n|\r|\n")
PART = re.compile("([\x0b\x0c\x1c-\x1f\x85\u2028\u2029])")
EM = 2.0  # cells
INDENT = 3.0  # ems: no lost indent is wider
LONGEST = 160  # cells: no printed line is longer
APART = 4  # lines that lie between two page numbers at least


def read_lines(text: str) -> list[Line]:
    """The printed lines; each form feed begins a page."""
    lines: list[Line] = []
    y, page, parted = 0.0, 1, False
    for row, source in enumerate(NEWLINE.split(text), 1):
        for part in PART.split(source):
            page += part == "\f"
            parted = parted or part == "\u2029"
            if part and not part.isspace():
                words = part.strip()
                x0 = float(cells(part[: part.index(words[0])]))
                line = Line(words, page, x0, x0 + cells(words), y, EM, number=len(lines) + 1)
                line.row, line.trails, line.parted = row, part[-1].isspace(), parted
                lines.append(line)
                parted = False
                y += EM
        y += 0 if lines and lines[-1].row == row else EM
    return lines


def read_pages(lines: Lines) -> list[Page]:
    """The lines by pages, each numbered from its own head."""
    if lines and lines[-1].page == 1:
        page, begins = 1, _begin_pages(lines)
        for line in lines:
            page += line in begins
            line.page = page
    pages: list[Page] = []
    for number, some in itertools.groupby(lines, key=lambda line: line.page):
        own = list(some)
        top = own[0].y - EM
        for line in own:
            line.y -= top
        pages.append(Page(number, height=own[-1].y + EM, lines=own))
    return pages


def _begin_pages(lines: Lines) -> set[Line]:
    """Numbers that count, one by one, with lines between them; and lines below a wide gap, where
    beside most of such gaps stands a number, or more lie between them than stand at the edges of a
    page.
    """
    runs = grouped(filter(is_number, lines), _counts_on)
    counting = {line for run in runs if len(run) >= 3 for line in run}
    wide = 2 * usual_step(itertools.pairwise(lines), EM) + EM
    gaps = [pair for pair in itertools.pairwise(lines) if pair[1].y - pair[0].y >= wide]
    numbered = 2 * sum(any(map(is_number, pair)) for pair in gaps) > len(gaps)
    parts = numbered or len(lines) > (2 * OUTER + 1) * len(gaps)
    return counting | {line for _, line in gaps if parts}


def is_number(line: Line) -> bool:
    return bool(NUMBER.match(seen(line.text)))


def _counts_on(run: list[Line], line: Line) -> bool:
    """A page number one higher than the last, with lines between them."""
    last = run[-1]
    follows = value_of(line.text) == value_of(last.text) + 1
    return follows and line.number - last.number > APART


def measure_text(lines: Lines) -> Measures:
    """How wide lines are, and which of a text's signs can be trusted."""
    right = _usual_right(lines)
    leading = usual_step(itertools.pairwise(lines), EM)
    usual = min(line.x0 for line in lines), right
    rough = Measures(EM, leading=leading, usual=usual, plain=True, slack=INDENT)
    full = [line for line in lines if rough.full(line)]
    ended = len(full) > 1 and sum(final(line.text) for line in full) * 10 >= len(full) * 6
    spaced, spaced_full = (sum(line.trails for line in some) for some in (lines, full))
    trailing = spaced > 0 and spaced_full * 10 <= len(full)  # on some lines, hardly on full ones
    firsts = [
        rough.starts(line)
        for before, line in itertools.pairwise(lines)
        if not rough.full(before) and final(before.text)
    ]
    return replace(
        rough,
        trailing=trailing,
        spaced=_spaced(lines, rough),
        wrapped=trailing or (not ended and right - usual[0] <= LONGEST),
        narrow=2 * sum(firsts) <= len(firsts),
    )


def _usual_right(lines: Lines) -> float:
    """The right edge near which most of the text stands."""
    mass: Counter[float] = Counter()
    for line in lines:
        mass[line.x1] += int(line.x1 - line.x0)
    near = {edge: sum(mass[edge + by] for by in range(-int(INDENT * EM), 3)) for edge in list(mass)}
    return max(near, key=lambda edge: (near[edge], edge))


def _spaced(lines: Lines, rough: Measures) -> bool:
    """Wider gaps tell where fewer than half of the lines have one behind them, but most of those
    that could end a paragraph.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a.page == b.page]
    wide = [after.y - line.y > 1.45 * rough.leading for line, after in pairs]
    ends = [gap for gap, (line, _) in zip(wide, pairs) if final(line.text)]
    return 0 < sum(wide) * 2 < len(wide) and sum(ends) * 10 >= len(ends) * 6
