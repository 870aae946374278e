"""The numbers and bullets that Word prints before paragraphs: counted here, for the file does not
hold them.
"""

from collections import defaultdict
from functools import cache
from typing import Any

from manuscript.kinds import numeral_of

SIGNS = {
    "decimalenclosedcircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "ideographtraditional": "甲乙丙丁戊己庚辛壬癸",
    "lowerletter": "abcdefghijklmnopqrstuvwxyz",
}
ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


class Labels:
    """Counts through one document, paragraph by paragraph."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)  # by kind of list, by depth
        self.begun: set[tuple[str, int]] = set()  # (list, depth)
        try:
            find = document.part.numbering_part.element.xpath
        except (KeyError, NotImplementedError):  # it numbers nothing
            find = document.element.xpath
        self.find = cache(find)

    def take(self, paragraph: Any, chain: list[Any]) -> str:
        """The label of this paragraph, or ``; counts on."""
        for place in [paragraph._p, *(style.element for style in chain)]:
            if number := place.xpath("string(w:pPr/w:numPr/w:numId/@w:val)"):
                depth = place.xpath("sum(w:pPr/w:numPr/w:ilvl/@w:val)")
                return self._next(number, int(depth))
        return ""

    def _next(self, number: str, depth: int) -> str:
        num = f"w:num[@w:numId='{number}']"
        kind = self.find(f"string({num}/w:abstractNumId/@w:val)")
        anew = self.find(f"string({num}/w:lvlOverride[@w:ilvl={depth}]/w:startOverride/@w:val)")
        start = int(self._value(kind, depth, "start") or 1)
        counts = {at: count for at, count in self.counts[kind].items() if at <= depth}
        again = not anew or (number, depth) in self.begun
        counts[depth] = counts.get(depth, start - 1) + 1 if again else int(anew)
        self.begun.add((number, depth))
        self.counts[kind] = counts
        text = self._value(kind, depth, "lvlText")
        if text and self._value(kind, depth, "numFmt") == "bullet":
            return "•"
        legal = self.find(f"boolean({_level(kind, depth)}/w:isLgl)")
        for at in range(depth + 1):
            form = "" if legal else self._value(kind, at, "numFmt").lower()
            text = text.replace(f"%{at + 1}", _numeral(counts.get(at, 1), form))
        return f"{text} " if text[-1:].isalnum() else text

    def _value(self, kind: str, depth: int, name: str) -> str:
        return self.find(f"string({_level(kind, depth)}/w:{name}/@w:val)")


def _level(kind: str, depth: int) -> str:
    return f"w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[@w:ilvl={depth}]"


def _numeral(value: int, form: str) -> str:
    if form.startswith("upper"):
        return _numeral(value, form.replace("upper", "lower")).upper()
    if form == "lowerroman":
        return "x" * (value // 10) + ONES[value % 10]
    signs = SIGNS.get(form, "")
    if 0 < value <= len(signs):
        return signs[value - 1]
    return numeral_of(value) if "counting" in form else str(value)
