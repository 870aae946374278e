"""Which characters the book's faces can show: a table beside this file, which scripts/lock makes
anew."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from unicodedata import category

from proofreader import Found, View, rule

TABLE = Path(__file__).with_name("glyphs.txt")
HEADER = "# Code points that some face of the book has, from the first to the last of each range."


@rule("T18")
def characters_have_a_face(view: View) -> Iterator[Found]:
    """A character must be in one of the book's faces, or PDFs and cards cannot show it."""
    known = read_table()
    for number, line in enumerate(view.source.lines, 1):
        for column, char in enumerate(line if not line.isascii() else "", 1):
            if ord(char) not in known and category(char) not in ("Cc", "Cf") and char != "\ufffd":
                law = f"the book's faces must have {char} (U+{ord(char):04X})"
                hint = "Write it another way: another form of the character, or a picture of it"
                yield view.at(number, law, hint, column)


@cache
def read_table() -> frozenset[int]:
    """All code points of the table."""
    ranges = [row.split("-") for row in TABLE.read_text("ascii").split("\n")[1:] if row]
    shown = (range(int(row[0], 16), int(row[-1], 16) + 1) for row in ranges)
    return frozenset[int]().union(*shown)


def find_glyphs() -> list[int]:
    """The code points of every font that the typesetter is given, in order."""
    from fontTools.ttLib import TTCollection, TTFont

    from whitepaper.exports.press import font_folders

    found: set[int] = set()
    for folder in font_folders():
        for path in Path(folder).rglob("*.[to]t[fc]"):
            whole = path.suffix in (".ttc", ".otc")
            for font in TTCollection(path).fonts if whole else [TTFont(path, lazy=True)]:
                found.update(font.getBestCmap() or ())
    return sorted(found)


def render_table(points: list[int]) -> str:
    starts = [new for old, new in pairwise([-9, *points]) if new != old + 1]
    ends = [old for old, new in pairwise([*points, 1 << 30]) if new != old + 1]
    rows = (f"{a:x}-{b:x}" if a != b else f"{a:x}" for a, b in zip(starts, ends, strict=True))
    return "\n".join([HEADER, *rows]) + "\n"


def main() -> int:
    TABLE.write_text(render_table(find_glyphs()), "ascii", newline="\n")
    return 0
