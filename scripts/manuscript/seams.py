"""What stands between two hard-wrapped lines once they are one: the table of seams."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from manuscript.characters import FULL, HAN, LOOSE
from manuscript.lines import Lines

HYPHEN, SOFT_HYPHEN = "\u2010", "\u00ad"
LETTERS = re.compile("[A-Za-z]+")
PARTED = re.compile(f"([A-Za-z]+)[-{HYPHEN}]$")
REST = re.compile("[a-z]+")
HANGUL = "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"
WIDE = f"[{HAN}{FULL}]"
WORD = rf"[^\W_{HAN}{FULL}]"  # a letter or digit that is not wide
# (name, last two characters, line end and first two characters, what is put between); the first
# that fits decides. `None` is the file's own habit between Han and Latin.
SEAMS = [
    (name, re.compile(pattern), between)
    for name, pattern, between in (
        ("Han", rf"[{HAN}]\n[{HAN}]", ""),
        ("soft hyphen", rf"{SOFT_HYPHEN}\n", ""),
        ("number and its sign", r"\d\n[%‰℃°％]", ""),
        ("range", r"\S[-–]\n\d", ""),
        ("decimal", r"\d[.,]\n\d", ""),
        ("two numbers?", r"[0-9]\n[0-9]", ""),
        ("hyphen", rf"(?!\d){WORD}-\n[a-zß-ÿα-ωа-я]", ""),
        ("Hangul", rf"{HANGUL}\n{HANGUL}", " "),
        ("Han and Latin", rf"[{HAN}]\n{WORD}|{WORD}\n[{HAN}]", None),
        ("Chinese", rf"{WIDE}[{LOOSE}]?\n|\n[{LOOSE}]?{WIDE}", ""),
        ("opening quote", r"[“‘—(\[]\n|\n[”’—…)\]]", ""),
    )
]
ASKED = {"two numbers?", "hyphen"}  # joined, but somebody should look
ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]*$")
HABIT = re.compile(f"[{HAN}]( ?)[A-Za-z0-9]|[A-Za-z0-9]( ?)[{HAN}]")


def seam(left: str, right: str, habit: str, full: bool) -> tuple[str, str]:
    """(what to put between, the name of the rule) for two texts without outer spaces.

    `full`: the left line was full.
    """
    if full and "!" <= right[0] <= "~" and ADDRESS.search(left[-2000:]):
        return "", "address"
    ends = f"{left[-2:]}\n{right[:2]}"
    for name, pattern, between in SEAMS:
        if pattern.search(ends):
            return (habit if between is None else between), name
    return " ", "Latin"


def habit_of(texts: Iterable[str]) -> str:
    """A space where most neighbours of Han and Latin inside the lines have one, else nothing."""
    blanks = [found[1] or found[2] for text in texts for found in HABIT.finditer(text)]
    return " " if 2 * sum(map(bool, blanks)) > len(blanks) else ""


def soften(lines: Lines) -> None:
    """Makes hyphens at line ends soft where only the printer set them: those of a sign of their
    own, and where the word stands whole elsewhere; if any does, also where its first half is none.
    """
    parted = [
        (line, start[1].lower(), rest[0])
        for line, after in pairwise(lines)
        if line.size == after.size and not ADDRESS.search(line.text)
        if (start := PARTED.search(line.text)) and (rest := REST.match(after.text))
    ]
    words = Counter(word.lower() for line in lines for word in LETTERS.findall(line.text))
    words.subtract(part for _, *halves in parted for part in halves)
    whole = {line for line, first, second in parted if words[first + second] > 0}
    own = not any(HYPHEN in line.text[:-1] for line in lines)
    for line, first, _ in parted:
        if line in whole or (whole and words[first] <= 0) or (own and line.text[-1] == HYPHEN):
            line.text = line.text[:-1] + SOFT_HYPHEN
