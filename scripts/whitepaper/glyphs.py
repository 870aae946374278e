"""Which characters the book's faces can show: a table beside this file, made by `tools.fontkit`."""

from functools import cache
from pathlib import Path
from unicodedata import category, normalize

TABLE = Path(__file__).with_suffix(".txt")
MISSING = "〓"  # stands for a character that a typesetter lacks
LIKE = {"∗": "*", "∼": "~", "⋅": "·", "➢": "►", "↪": "→"}  # as papers use them


def find_lacking(text: str) -> set[str]:
    """The characters that no face has; those that print nothing need none."""
    known = read_table()
    silent = ("Cc", "Cf")
    return {one for one in set(text) if ord(one) not in known and category(one) not in silent}


def printable(text: str) -> str:
    """With what no face has in its plain form, 𝐸 as E, as what looks like it, or as the mark of a
    missing character.
    """
    plain = {char: LIKE.get(char) or normalize("NFKC", char) for char in find_lacking(text)}
    return text.translate(
        {ord(char): MISSING if find_lacking(form) else form for char, form in plain.items()}
    )


@cache
def read_table() -> frozenset[int]:
    """All code points of the table."""
    ranges = [row.split("-") for row in TABLE.read_text("ascii").split("\n")[1:] if row]
    shown = (range(int(row[0], 16), int(row[-1], 16) + 1) for row in ranges)
    return frozenset[int]().union(*shown)
