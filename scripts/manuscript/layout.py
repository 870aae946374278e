"""What one extracted file is like: how wide its lines are, which of its signs can be trusted."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from manuscript.characters import FULL, HAN, cells, final, matched
from manuscript.kinds import heading_level, item_mark
from manuscript.lines import Line
from manuscript.seams import habit_of

INDENT = 6  # cells: no lost indent is wider
WORD = re.compile(rf"[（“‘《「『【〈(]*(?:[^\s{HAN}{FULL}“”‘’]+|.)", re.DOTALL)


@dataclass(frozen=True)
class Layout:
    width: int  # the usual width of a full line, in cells
    gap: int  # blank lines that usually stand between two lines
    wrapped: bool  # False: every line is a paragraph of its own
    trailing: bool  # a trailing space ends a paragraph
    blank: bool  # a blank line ends a paragraph
    narrow_first: bool  # first lines are a little narrower: their indent was lost
    habit: str  # what this file puts between Han and Latin

    def full(self, line: Line) -> bool:
        return _fills(line, self.width)

    def short(self, line: Line, following: Line) -> bool:
        """Clearly shorter than the others, although the next line's first word had room."""
        return not self.full(line) and line.width + _first_word(following) < self.width - INDENT

    def ends_open(self, line: Line) -> bool:
        """A full line without any sign of an end: its sentence goes on."""
        return self.full(line) and not final(line.text) and not (self.trailing and line.trails)

    def first_line(self, line: Line, following: Line | None) -> bool:
        """Begins a paragraph: indented, or narrower by an indent that was lost."""
        return line.indented or (
            self.narrow_first and following is not None and _narrow(line, following, self.width)
        )


def _fills(line: Line, width: int) -> bool:
    return line.width * 10 >= width * 9


def _narrow(line: Line, following: Line, width: int) -> bool:
    """Full but for a lost indent: the next line's first word had no room beside the indent, but has
    without it.
    """
    return width - INDENT < line.width + _first_word(following) <= width and line.width <= width - 2


def _first_word(line: Line) -> int:
    """Cells that the line's first word would take behind another, with the space before a Latin
    one.
    """
    word = matched(WORD, line.text)[0]
    return cells(word) + word.isascii()


def read_layout(lines: Sequence[Line]) -> Layout:
    width, share = _usual_width(lines)
    full = [line for line in lines if _fills(line, width)]
    gaps = Counter(line.gap for line in lines[1:])
    trailing = _trailing(lines, full)
    return Layout(
        width=width,
        gap=gaps.most_common(1)[0][0] if gaps else 0,
        wrapped=trailing or _wrapped(lines, full, width, share),
        trailing=trailing,
        blank=_blank(lines, width),
        narrow_first=_narrow_first(lines, width),
        habit=habit_of(line.text for line in lines),
    )


def _usual_width(lines: Sequence[Line]) -> tuple[int, float]:
    """The width near which most of the text stands, and the share of the text that does."""
    counts = Counter(line.width for line in lines)
    mass = {width: width * count for width, count in counts.items()}
    around = {width: sum(mass.get(width + near, 0) for near in range(-INDENT, 3)) for width in mass}
    best = max(around, key=lambda width: (around[width], width))
    width = max(
        (near for near in counts if best - INDENT <= near <= best + 2),
        key=lambda near: (counts[near], near),
    )
    return width, around[best] / sum(mass.values())


def _wrapped(lines: Sequence[Line], full: list[Line], width: int, share: float) -> bool:
    """Hard-wrapped text has most of its text in lines of one width, and few of those end a
    sentence.
    """
    if len(full) > 1 and sum(final(line.text) for line in full) * 10 >= len(full) * 6:
        return False
    return share >= 0.25 if len(lines) > 6 else width <= 120


def _trailing(lines: Sequence[Line], full: list[Line]) -> bool:
    """Trailing spaces tell where they stand on some lines but hardly on full ones; in a short text,
    on every line that is not full.
    """
    spaced, spaced_full, short = (
        sum(line.trails for line in lines),
        sum(line.trails for line in full),
        len(lines) - len(full),
    )
    return spaced > 0 and (
        spaced_full * 10 <= len(full)
        or (spaced - spaced_full == short > 0 and spaced_full * 10 <= len(full) * 7)
    )


def _blank(lines: Sequence[Line], width: int) -> bool:
    """Blank lines tell where fewer than half of the lines have one behind them, but most of those
    that end a paragraph for certain.
    """
    blanks = sum(line.gap > 0 for line in lines[1:])
    ends = [
        after.gap > 0
        for line, after in itertools.pairwise(lines)
        if not _fills(line, width)
        and final(line.text)
        and not (heading_level(after.text) or item_mark(after.text)[0])
    ]
    return 0 < blanks * 2 < len(lines) - 1 and len(ends) > 1 and sum(ends) * 10 >= len(ends) * 6


def _narrow_first(lines: Sequence[Line], width: int) -> bool:
    """Whether lines that surely begin a paragraph are a little narrower than the usual, their
    indent being lost; without evidence, yes.
    """
    triples = zip(lines, lines[1:], lines[2:])
    firsts = [
        (line, after)
        for before, line, after in triples
        if not _fills(before, width)
        and final(before.text)
        and _fills(after, width)
        and line.width * 10 >= width * 8
    ]
    kept = sum(line.indented for line, _ in firsts)
    return kept * 2 <= len(firsts) and sum(
        _narrow(line, after, width) for line, after in firsts
    ) * 2 >= len(firsts)
