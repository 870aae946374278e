"""What looks odd in the published wording: reported with its line, never changed."""

import re
from collections.abc import Callable, Iterator, Sequence

from manuscript.characters import FINAL, bare, seen
from manuscript.kinds import is_note
from manuscript.units import Unit, line_at

IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff"
PAIRS = (
    ("“", "”"),
    ("‘", "’"),
    ("（", "）"),
    ("《", "》"),
    ("「", "」"),
    ("『", "』"),
    ("【", "】"),
)
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def find_oddities(units: Sequence[Unit]) -> list[tuple[int, str]]:
    """(line, what is odd there) of all units, in order."""
    found = [
        (line_at(unit.spans, len(bare(unit.text[:at]))), f"{said}: {_near(unit.text, at)}")
        for unit in units
        for check in CHECKS
        for at, said in check(unit)
    ]
    return found + list(_cut(units)) + list(_only_headings(units))


def _near(text: str, at: int) -> str:
    return text[max(0, at - 6) : at + 10]


def _unbalanced(unit: Unit) -> Iterator[tuple[int, str]]:
    for opening, closing in PAIRS:
        if unit.text.count(opening) != unit.text.count(closing):
            yield (
                max(unit.text.find(opening), unit.text.find(closing)),
                f"{opening}{closing} not in pairs",
            )


def _pattern(regex: str, said: str) -> Callable[[Unit], Iterator[tuple[int, str]]]:
    """A check that reports the first place where `regex` matches."""
    compiled = re.compile(regex)

    def check(unit: Unit) -> Iterator[tuple[int, str]]:
        found = compiled.search(unit.text)
        if found:
            yield found.start(), said

    return check


def _glued_number(unit: Unit) -> Iterator[tuple[int, str]]:
    """A number at the very end of a paragraph, or before its first character, where a page number
    may have stuck to it.
    """
    if unit.role == "para" and len(unit.text) > 20:
        if re.match(rf"^\d{{1,3}}[{IDEOGRAPHS}]", unit.text) and not re.match(
            r"^\d+[年月日个项家条款种次倍亿万位所]", unit.text
        ):
            yield 0, "page number stuck to the text?"
        if re.search(rf"[{IDEOGRAPHS}，]\d{{1,3}}$", unit.text[-8:]):
            yield len(unit.text) - 1, "page number stuck to the text?"


def _hidden(unit: Unit) -> Iterator[tuple[int, str]]:
    for pattern, said in (
        (INVISIBLE, "invisible character"),
        (PRIVATE, "private-use character"),
        (RADICAL, "radical or compatibility form"),
        (re.compile("\ufffd"), "lost character"),
    ):
        if found := pattern.search(unit.text):
            yield found.start(), f"{said} U+{ord(found[0]):04X}"


def _note(unit: Unit) -> Iterator[tuple[int, str]]:
    if (unit.role == "para" and is_note(unit.text)) or unit.style == "①":
        yield 0, "note? kept in place"


CHECKS = (
    _unbalanced,
    _hidden,
    _glued_number,
    _note,
    _pattern(rf"((?!一)[{IDEOGRAPHS}]{{2,4}})\1(?!\1)", "doubled words"),
    _pattern(r"([。，、；：])\1", "doubled punctuation"),
    _pattern(
        rf"[{IDEOGRAPHS}][,;:!?][{IDEOGRAPHS}]|[{IDEOGRAPHS}]\.[{IDEOGRAPHS}]",
        "ASCII punctuation between Han",
    ),
    _pattern(rf"\([{IDEOGRAPHS}]|[{IDEOGRAPHS}]\)", "half-width bracket beside Han"),
    _pattern(r"、(?:最后|和|以及|及|与)", "enumeration mark before the last member"),
    _pattern("。”[^。]*”。", "full stop now inside, now outside the quotation"),
    _pattern(rf"[{IDEOGRAPHS}](?:指出|讲到|说|表示|强调)“", "quotation without a mark before it"),
)


def _cut(units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    for at, unit in enumerate(units):
        if unit.role == "para (cut)":
            yield unit.lines[1], f"truncated: the text ends without a mark: {unit.text[-12:]}"
        elif (
            unit.role == "para"
            and len(unit.text) > 30
            and unit.text[-1] not in FINAL + "."
            and at + 1 < len(units)
        ):
            yield unit.lines[1], f"a paragraph ends without a mark: {seen(unit.text[-12:])}"


def _only_headings(units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    if units and all(unit.level or unit.role in ("title", "byline") for unit in units):
        yield 1, "headings only, no text below them"
