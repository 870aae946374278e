"""Text to its printed lines, each with the number it has in the file and what stood before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manuscript.characters import cells

NEWLINE = re.compile("\r\n|\r|\n")
PART = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or a part of it between form feeds and the like."""

    number: int  # 1-based; \r\n, \r and \n end a line
    raw: str
    text: str  # without outer whitespace
    width: int  # in cells: Han 2, others 1
    gap: int  # blank lines directly before
    page: bool = False  # a form feed stands directly before
    parted: bool = False  # U+2029 stands directly before

    @property
    def indented(self) -> bool:
        return self.raw[:1] in ("\u3000", "\t") or self.raw.startswith("  ")

    @property
    def trails(self) -> bool:
        """Has a space at its end."""
        return self.raw[-1].isspace()


def split_lines(text: str) -> list[Line]:
    lines, gap, page, parted = [], 0, False, False
    for number, row in enumerate(NEWLINE.split(text), 1):
        blank = True
        for mark, raw in _parts(row):
            page, parted = page or mark == "\f", parted or mark == "\u2029"
            if raw and not raw.isspace():
                line = raw.strip()
                lines.append(Line(number, raw, line, cells(line), gap, page, parted))
                gap, page, parted, blank = 0, False, False, False
        gap += blank
    return lines


def _parts(row: str) -> Iterator[tuple[str, str]]:
    """(mark before it, text) for each part of a line between form feeds and the like."""
    mark, start = "", 0
    for found in PART.finditer(row):
        yield mark, row[start : found.start()]
        mark, start = found[0], found.end()
    yield mark, row[start:]
