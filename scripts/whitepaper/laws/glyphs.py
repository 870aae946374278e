"""Which characters the book's faces can show: a table beside this file, made by `tools.fontkit`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import category

from proofreader import Found, View, rule

TABLE = Path(__file__).with_name("glyphs.txt")


@rule("T18")
def characters_have_a_face(view: View) -> Iterator[Found]:
    """A character must be in one of the book's faces, or PDFs and cards cannot show it."""
    known = read_table()
    odd = {char for char in set(view.source.text) if ord(char) not in known} - {"\ufffd"}
    odd = {char for char in odd if category(char) not in ("Cc", "Cf")}
    for number, line in enumerate(view.source.lines if odd else (), 1):
        for column, char in enumerate(line, 1):
            if char in odd:
                law = f"the book's faces must have {char} (U+{ord(char):04X})"
                hint = "Write it another way: another form of the character, or a picture of it"
                yield view.at(number, law, hint, column)


@cache
def read_table() -> frozenset[int]:
    """All code points of the table."""
    ranges = [row.split("-") for row in TABLE.read_text("ascii").split("\n")[1:] if row]
    shown = (range(int(row[0], 16), int(row[-1], 16) + 1) for row in ranges)
    return frozenset[int]().union(*shown)
