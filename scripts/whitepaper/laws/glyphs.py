"""Characters that PDFs and cards cannot show."""

from collections.abc import Iterator

from proofreader import Found, View, rule
from whitepaper.glyphs import find_lacking


@rule("T18")
def characters_have_a_face(view: View) -> Iterator[Found]:
    """A character must be in one of the book's faces, or PDFs and cards cannot show it."""
    if "whitepaper.extension" not in view.extensions:
        return
    odd = find_lacking(view.source.text) - {"\ufffd"}
    for number, line in enumerate(view.source.lines if odd else (), 1):
        for column, char in enumerate(line, 1):
            if char in odd:
                odd.remove(char)  # told once: a formula may have it a hundred times
                law = f"the book's faces must have {char} (U+{ord(char):04X})"
                hint = "Write it another way: another form of the character, or a picture of it"
                yield view.at(number, law, hint, column)
