"""What looks odd in the published wording: reported with its line, never changed."""

import re
from collections.abc import Iterator, Sequence

from manuscript.characters import bare, final, seen
from manuscript.kinds import is_note
from manuscript.units import Unit, line_at

HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
PAIRS = "“” ‘’ （） 《》 「」 『』 【】".split()
ODD = {
    "invisible character U+{:04X}": "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]",
    "private-use character U+{:04X}": "[\ue000-\uf8ff\U000f0000-\U0010fffd]",
    "radical or compatibility form U+{:04X}": "[\u2e80-\u2fdf\uf900-\ufaff]",
    "lost character U+{:04X}": "[\u0700-\u10ff\u1200-\u1cff\ufffd]",  # far scripts are a font's
    "doubled words": rf"((?!一){HAN}{{2,4}})\1(?!\1)",
    "doubled punctuation": r"([。，、；：])\1",
    "ASCII punctuation between Han": rf"{HAN}[,;:!?.]{HAN}",
    "half-width bracket beside Han": rf"\({HAN}|{HAN}\)",
    "enumeration mark before the last member": r"、(?:最后|和|以及|及|与)",
    "full stop now inside, now outside the quotation": "。”[^。]*”。",
    "quotation without a mark before it": rf"{HAN}(?:指出|讲到|说|表示|强调)“",
}
STUCK = re.compile(
    rf"^\d{{1,3}}(?![年月日个项家条款种次倍亿万位所])(?={HAN})|(?<=[，\u4e00-\u9fff])\d{{1,3}}$"
)
MARK = re.compile(r"^\w{1,3}\s?[)）]")  # of a list: it closes what nothing opens
LONG = 30  # characters: what a paragraph has more of, and no list's member


def find_oddities(units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """(line, what is odd there) of all units, in order."""
    for unit in units:
        for at, said in _odd(unit):
            near = unit.text[max(0, at - 6) : at + 10]
            yield line_at(unit.spans, len(bare(unit.text[:at]))), f"{said}: {near}"
        if unit.role == "para (cut)":
            yield unit.lines[1], f"truncated: the text ends without a mark: {unit.text[-12:]}"
        elif (
            unit.role == "para"
            and len(unit.text) > LONG
            and re.search("[，。]", unit.text)
            and not (final(unit.text) or unit.text[-1] in ".．")
        ):
            yield unit.lines[1], f"a paragraph ends without a mark: {seen(unit.text[-12:])}"
    if units and all(unit.level or unit.role in ("title", "byline") for unit in units):
        yield 1, "headings only, no text below them"


def _odd(unit: Unit) -> Iterator[tuple[int, str]]:
    """(place in the text, what is odd), each kind once."""
    text = unit.text
    unmarked = MARK.sub("", text)
    for opening, closing in map(tuple, PAIRS):
        if unmarked.count(opening) != unmarked.count(closing):
            yield max(text.find(opening), text.find(closing)), f"{opening}{closing} not in pairs"
    if unit.role == "para" and len(text) > LONG - 10 and (found := STUCK.search(text)):
        yield found.start(), "page number stuck to the text?"
    if unit.look is None and ((unit.role == "para" and is_note(text)) or unit.style == "①"):
        yield 0, "note? kept in place"
    for said, pattern in ODD.items():
        reference = unit.role == "reference" and "Han" in said  # has such marks by GB/T 7714
        if not reference and (found := re.search(pattern, text)):
            yield found.start(), said.format(ord(found[0][0]))
