"""What in an extracted text is no text: page numbers, running headers, trailers; what is notes and
what is rows of tables.

Drops only what is proved twice. Whatever merely looks like furniture stays, a trailer is reported.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from manuscript.kinds import (
    caption_mark,
    columns,
    is_cell,
    number_of,
)
from manuscript.lines import Line, Lines
from manuscript.margins import NO_HEADER, NUMBER, find_margins, words_of
from manuscript.measures import Measures
from manuscript.plain import is_number, read_pages

SHORT = 64  # cells: no notice that fills its line is longer
TOGETHER = 4  # lines of furniture at one page break
LAST = 10  # lines in which a trailer can begin
STRONG = re.compile(
    r"预览已结束|完整报告|扫码|关注.{0,4}公众号|更多报告|end of preview|full report", re.IGNORECASE
)
ADDRESS = re.compile(r"^(?:(?:https?|ftp)://|www\.)\S+$", re.IGNORECASE)
MEASURES = "年月日天个项家条款种次倍亿万千百位所名公里米吨元分秒时人度份层座处"
FOOT_NOTE = re.compile(rf"^(?:([①-⑳])|\[?(\d{{1,2}})(?:\]|\s(?![{MEASURES}])))\s*(?=[^\W\d])")


@dataclass
class Furniture:
    """What is no text, by reason; notes at feet of pages, which are; what was kept though it looks
    so.
    """

    lines: Lines
    measures: Measures
    reasons: dict[Line, str]
    notes: set[Line] = field(default_factory=set)
    warnings: list[tuple[int, str]] = field(default_factory=list)

    def find(self) -> None:
        self._drop_trailer()
        pages = read_pages(self.lines)
        numbers = {line for line in self.lines if is_number(line)}
        self._find_notes(numbers)
        margins = find_margins(pages, self._barred)
        for line in [*self._first_standing(margins)]:
            margins.pop(line, None)
        if len(numbers) <= 2:
            margins |= dict(self._sandwiched())
        self.reasons |= margins

    def _drop_trailer(self) -> None:
        """The last lines, from the first notice on, if only notices and addresses follow."""
        start = len(self.lines)
        for at in range(start - 1, max(-1, start - LAST - 1), -1):
            text = self.lines[at].text
            if self._is_notice(self.lines[at]):
                start = at
            elif not (ADDRESS.match(text) or NUMBER.match(text)):
                break
        self.reasons |= dict.fromkeys(self.lines[start:], "trailer")
        for line in self.lines[:start]:
            if self._is_notice(line) or ADDRESS.match(line.text):
                self.warnings.append((line.row, f"kept: trailer? {line.text[:30]}"))

    def _is_notice(self, line: Line) -> bool:
        long = self.measures.full(line) and line.x1 - line.x0 > SHORT
        return not long and bool(STRONG.search(line.text[:200]))

    def _find_notes(self, numbers: set[Line]) -> None:
        """Lines at the foot of a page that begin with the mark of a note, 1 or one more than the
        last, and what goes on from them.
        """
        last = 0
        for above, line in itertools.pairwise(self.lines):
            if above in numbers or not (line in numbers or above.page != line.page):
                continue
            for at in range(max(1, line.number - 4), line.number - 1):
                mark = FOOT_NOTE.match(self.lines[at].text)
                value = number_of(mark[1] or mark[2]) if mark else 0
                if value in (1, last + 1):
                    self.notes |= set(self.lines[at : line.number - 1])
                    last = value

    def _barred(self, line: Line) -> bool:
        """Cannot be furniture: full, or a note."""
        return self.measures.full(line) or line in self.reasons or line in self.notes

    def _first_standing(self, margins: dict[Line, str]) -> Iterator[Line]:
        """The first of the lines that come back, where it is the title, or the heading of the part
        that the headers name.
        """
        pages = sum(reason == "page-number" for reason in margins.values())
        first = {words_of(line.text): line for line in reversed(self.lines)}
        alike = Counter(
            words_of(line.text) for line, reason in margins.items() if reason != "page-number"
        )
        for words, count in alike.items():
            if count * 5 < 2 * pages or first[words].number == 1:
                yield first[words]

    def _sandwiched(self) -> Iterator[tuple[Line, str]]:
        """In a file of a page or two, where nothing can come back: the few short lines between the
        halves of a sentence, with a number or a page mark among them.
        """
        lines = [line for line in self.lines if line not in self.notes]
        full = [at for at, line in enumerate(lines) if self.measures.full(line)]
        for above, below in itertools.pairwise(full):
            run = lines[above + 1 : below]
            short = 0 < len(run) <= TOGETHER and all(map(self._interrupts, run))
            if not (short and self.measures.open(lines[above])):
                continue
            around = [lines[above], *run, lines[below]]
            turns = [b for a, b in itertools.pairwise(around) if a.page != b.page]
            if turns or is_number(run[0]):
                turn = next(filter(is_number, run), turns[0] if turns else run[0])
                for line in run:
                    side = "footer" if line.number < turn.number else "header"
                    yield line, "page-number" if is_number(line) else f"running-{side}"

    def _interrupts(self, line: Line) -> bool:
        text = line.text
        marked = text[-1] in NO_HEADER or caption_mark(text)
        return is_number(line) or not (self._barred(line) or marked)


def find_rows(lines: Lines) -> list[list[Line]]:
    """Runs of lines that look like rows of a table: as many columns in two neighbouring lines, or
    three numbers below each other.
    """
    runs = [(shape, list(run)) for shape, run in itertools.groupby(lines, key=_shape)]
    return [run for shape, run in runs if shape and len(run) >= (3 if shape < 0 else 2)]


def _shape(line: Line) -> int:
    """Number of columns; -1 of a lone cell, 0 of text."""
    if is_cell(line.text):
        return -1
    found = columns(line.text)
    return found if found > 1 and not caption_mark(line.text) else 0
