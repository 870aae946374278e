"""The numbers and bullets that Word prints before paragraphs: counted here, for the file does not
hold them.
"""

from collections import defaultdict
from functools import cache
from typing import Any

from manuscript.kinds import numeral_of

CHINESE = (
    "chinesecounting",
    "chinesecountingthousand",
    "japanesecounting",
    "ideographtraditional",
    "taiwanesecounting",
)


class Labels:
    """Counts through one document, paragraph by paragraph."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[int, dict[int, int]] = defaultdict(dict)  # by kind of list, by depth
        self.begun: set[tuple[int, int]] = set()  # (list, depth)
        try:
            find = document.part.numbering_part.element.xpath
        except (KeyError, NotImplementedError):  # it numbers nothing
            find = document.element.xpath
        self.find = cache(find)

    def take(self, paragraph: Any, chain: list[Any]) -> str:
        """The label of this paragraph, or ``; counts on."""
        for place in [paragraph._p, *(style.element for style in chain)]:
            if number := place.xpath("w:pPr/w:numPr/w:numId/@w:val"):
                depth = place.xpath("w:pPr/w:numPr/w:ilvl/@w:val")
                return self._next(int(number[0]), int(depth[0]) if depth else 0)
        return ""

    def _next(self, number: int, depth: int) -> str:
        num = f"w:num[@w:numId={number}]"
        kinds = self.find(f"{num}/w:abstractNumId/@w:val")
        kind = int(kinds[0]) if kinds else -1
        text = self._value(kind, depth, "lvlText", "")
        counts = self.counts[kind]
        anew = self.find(f"{num}/w:lvlOverride[@w:ilvl={depth}]/w:startOverride/@w:val")
        if anew and (number, depth) not in self.begun:
            counts[depth] = int(anew[0]) - 1
        self.begun.add((number, depth))
        counts[depth] = counts.get(depth, int(self._value(kind, depth, "start", "1")) - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if text and self._value(kind, depth, "numFmt", "") == "bullet":
            return "•"
        legal = self.find(f"{_level(kind, depth)}/w:isLgl")
        for at in range(depth + 1):
            form = "" if legal else self._value(kind, at, "numFmt", "")
            text = text.replace(f"%{at + 1}", _numeral(counts.get(at, 1), form))
        return f"{text} " if text[-1:].isalnum() else text

    def _value(self, kind: int, depth: int, name: str, default: str) -> str:
        return next(iter(self.find(f"{_level(kind, depth)}/w:{name}/@w:val")), default)


def _level(kind: int, depth: int) -> str:
    return f"w:abstractNum[@w:abstractNumId={kind}]/w:lvl[@w:ilvl={depth}]"


def _numeral(value: int, form: str) -> str:
    text, form = str(value), form.lower()
    if form in CHINESE:
        return numeral_of(value)
    if form == "decimalenclosedcircle" and value <= 20:
        return chr(ord("①") + value - 1)
    if form.endswith("letter"):
        text = chr(ord("a") + (value - 1) % 26)
    elif form.endswith("roman"):
        ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
        text = "x" * (value // 10) + ones[value % 10]
    return text.upper() if form.startswith("upper") else text
