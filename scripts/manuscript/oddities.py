"""What in the units shows that an extraction or its reading may have gone wrong: reported with its
line, never changed. How the text itself is set is what scripts/check looks at (its rules T10 to
T17), once it stands in a chapter.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from manuscript.characters import bare, final, seen
from manuscript.kinds import is_note
from manuscript.units import Unit, line_at

LOST = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd]")  # private use, or no character
STUCK = re.compile(
    r"^\d{1,3}(?![年月日个项家条款种次倍亿万位所])(?=[\u3400-\u9fff])|(?<=[，\u4e00-\u9fff])\d{1,3}$"
)
LONG = 30  # characters: what a paragraph has more of, and no list's member


def find_oddities(units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """(line, what is odd there) of all units, in order."""
    for unit in units:
        for at, said in _odd(unit):
            near = unit.text[max(0, at - 6) : at + 10]
            yield line_at(unit.spans, len(bare(unit.text[:at]))), f"{said}: {near}"
    for unit, _ in itertools.pairwise(units):
        closed = final(unit.text) or unit.text[-1] == "."
        if unit.role == "para" and len(unit.text) > LONG and not closed:
            yield unit.lines[1], f"a paragraph ends without a mark: {seen(unit.text[-12:])}"
    for unit in units:
        if unit.role == "para (cut)":
            yield unit.lines[1], f"truncated: the text ends without a mark: {unit.text[-12:]}"
    if units and all(unit.level or unit.role in ("title", "byline") for unit in units):
        yield 1, "headings only, no text below them"


def _odd(unit: Unit) -> Iterator[tuple[int, str]]:
    """(place in the text, what is odd), each kind once."""
    if found := LOST.search(unit.text):
        yield found.start(), f"lost or private-use character U+{ord(found[0]):04X}"
    if unit.role == "para" and len(unit.text) > LONG - 10 and (found := STUCK.search(unit.text)):
        yield found.start(), "page number stuck to the text?"
    if (unit.role == "para" and is_note(unit.text)) or unit.style == "①":
        yield 0, "note? kept in place"
