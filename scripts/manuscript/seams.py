"""What stands between two hard-wrapped lines once they are one: the table of seams."""

import re
from collections.abc import Iterable

from manuscript.characters import FULL, HAN, LOOSE

HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"

_is_han = re.compile(f"[{HAN}]").match
_is_wide = re.compile(f"[{HAN}{FULL}]").match
_is_hangul = re.compile(f"[{HANGUL}]").match
_habit = re.compile(f"[{HAN}]( ?)[A-Za-z0-9]|[A-Za-z0-9]( ?)[{HAN}]")
SOFT_HYPHEN = "\u00ad"
SCHEME = re.compile(r"(?:https?|ftp)://\S*$")


def _word(char: str) -> bool:
    return char.isalnum() and not _is_wide(char)


def _letter(char: str) -> bool:
    return char.isalpha() and not _is_wide(char)


def _wide(char: str, inner: str, other: str) -> bool:
    """Han, or full-width punctuation; a curly quote, dash or ellipsis counts beside one of these on
    either side.
    """
    return bool(_is_wide(char)) or (char in LOOSE and bool(_is_wide(inner) or _is_wide(other)))


# (name, test on left text and right text, what is put between); the first that holds decides.
# `None` is the file's own habit between Han and Latin.
SEAMS = (
    ("Han", lambda a, b: bool(_is_han(a[-1]) and _is_han(b[0])), ""),
    ("soft hyphen", lambda a, b: a[-1] == SOFT_HYPHEN, ""),
    ("number and its sign", lambda a, b: a[-1].isdecimal() and b[0] in "%‰℃°％", ""),
    ("range", lambda a, b: b[0].isdecimal() and a[-1] in "-–" and a[-2:-1].isdecimal(), ""),
    ("decimal", lambda a, b: b[0].isdecimal() and a[-1] in ".," and a[-2:-1].isdecimal(), ""),
    (
        "two numbers?",
        lambda a, b: (
            a[-1].isdecimal() and b[0].isdecimal() and not (_is_wide(a[-1]) or _is_wide(b[0]))
        ),
        "",
    ),
    ("hyphen", lambda a, b: a[-1] == "-" and _letter(a[-2:-1]) and b[0].islower(), ""),
    ("Hangul", lambda a, b: bool(_is_hangul(a[-1]) and _is_hangul(b[0])), " "),
    (
        "Han and Latin",
        lambda a, b: bool((_is_han(a[-1]) and _word(b[0])) or (_word(a[-1]) and _is_han(b[0]))),
        None,
    ),
    ("Chinese", lambda a, b: _wide(a[-1], a[-2:-1], b[0]) or _wide(b[0], b[1:2], a[-1]), ""),
    ("opening quote", lambda a, b: a[-1] in "“‘—([" or b[0] in "”’—…)]", ""),
)
ASKED = {"two numbers?", "hyphen"}  # joined, but somebody should look


def seam(left: str, right: str, habit: str, full: bool) -> tuple[str, str]:
    """(what to put between, the name of the rule) for two texts without outer spaces.

    `full`: the left line was full.
    """
    if full and right[0].isascii() and not right[0].isspace() and SCHEME.search(left[-2000:]):
        return "", "address"
    for name, test, between in SEAMS:
        if test(left, right):
            return (habit if between is None else between), name
    return " ", "Latin"


def habit_of(texts: Iterable[str]) -> str:
    """A space where most neighbours of Han and Latin inside the lines have one, else nothing."""
    spaced = close = 0
    for text in texts:
        if not text.isascii():
            for before, after in _habit.findall(text):
                spaced, close = (spaced + 1, close) if before or after else (spaced, close + 1)
    return " " if spaced > close else ""
