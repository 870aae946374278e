"""Proves that an import lost nothing, added nothing and changed nothing: run on every import,
before anything is written.
"""

from collections import Counter
from collections.abc import Iterable
from operator import eq

from manuscript.characters import bare
from manuscript.units import Reading, line_at
from whitepaper.book import BookError

HYPHENS = str.maketrans("\u2010\u00ad", "--")


class Unproven(BookError):
    """The import would not be faithful; nothing may be written."""

    def __str__(self) -> str:
        return f"{self.args[0]}. Report this file; nothing was written"


def prove_bag(texts: Iterable[str], reading: Reading) -> None:
    """Raises Unproven unless units and furniture together hold every character of these texts, and
    no other; of a hyphen, its soft form.
    """
    held, there = (
        Counter(bare("".join(some)).translate(HYPHENS))
        for some in ((span.text for span in reading.spans), texts)
    )
    if held != there:
        lost, more = "".join((there - held).elements()), "".join((held - there).elements())
        raise Unproven(f"characters lost ({lost[:20]}) or added ({more[:20]})")


def prove(source: str, reading: Reading) -> None:
    """Raises Unproven unless units and furniture, each at its place, are the whole file in order,
    and no unit differs from its lines.
    """
    for unit in reading.units:
        if unit.bare != "".join(bare(span.text) for span in unit.spans):
            raise Unproven(f"line {unit.lines[0]}: unit {unit.id} differs from its lines")
    spans = sorted(reading.spans, key=lambda span: (span.index, span.column))
    whole, expected = "".join(bare(span.text) for span in spans), bare(source)
    if whole != expected:
        at, near = find_difference(whole, expected)
        line = line_at(spans, at) or "after the last"
        raise Unproven(f"line {line}: characters lost or moved near {near}")


def find_difference(found: str, expected: str) -> tuple[int, str]:
    """(place of the first character that is not as expected, what should stand around it)."""
    at = [*map(eq, found, expected), False].index(False)
    return at, expected[max(0, at - 8) : at + 8]
