"""The numbers and bullets that Word prints before paragraphs: counted here, for the file does not
hold them.
"""

import re
from collections import defaultdict
from functools import cache
from typing import Any

from manuscript.kinds import numeral_of

SIGNS = {
    "decimalenclosed": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "ideographtraditional": "甲乙丙丁戊己庚辛壬癸",
    "lowerletter": "abcdefghijklmnopqrstuvwxyz",
}
ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
TENS = str.maketrans("ivx", "xlc")


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
        places = [paragraph._p, *(style.element for style in chain)]
        found = (
            [at.xpath(f"string(w:pPr/w:numPr/w:{name}/@w:val)") for at in places]
            for name in ("numId", "ilvl")
        )
        number, depth = (next(filter(None, values), "0") for values in found)
        return self._next(number, int(depth))

    def _next(self, number: str, depth: int) -> str:
        num = f"w:num[@w:numId='{number}']"
        kind = self.find(f"string({num}/w:abstractNumId/@w:val)")
        style = self.find(f"string({_kind(kind)}/w:numStyleLink/@w:val)")
        if style:
            kind = self.find(
                f"string(w:abstractNum[w:styleLink/@w:val='{style}']/@w:abstractNumId)"
            )
        levels = f"({num}/w:lvlOverride/w:lvl|{_kind(kind)}/w:lvl)"

        def value(at: int, name: str) -> str:
            return self.find(f"string({levels}[@w:ilvl={at}][last()]/w:{name}/@w:val)")

        def first(at: int) -> int:
            return int(value(at, "start") or 1)

        def said(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = "" if legal else value(at, "numFmt").lower()
            return _numeral(counts.setdefault(at, first(at)), form)

        counts = {
            at: count
            for at, count in self.counts[kind].items()
            if depth >= int(value(at, "lvlRestart") or at)
        }
        anew = self.find(f"string({num}/w:lvlOverride[@w:ilvl={depth}]/w:startOverride/@w:val)")
        again = not anew or (number, depth) in self.begun
        counts[depth] = counts.get(depth, first(depth) - 1) + 1 if again else int(anew)
        self.begun.add((number, depth))
        self.counts[kind] = counts
        text = value(depth, "lvlText").strip()  # some print a blank
        if text and value(depth, "numFmt") == "bullet":
            return "•"
        legal = self.find(f"boolean({levels}[@w:ilvl={depth}]/w:isLgl)")
        text = re.sub(r"%(\d)", said, text)
        return f"{text} " if text[-1:].isalnum() else text


def _kind(number: str) -> str:
    return f"w:abstractNum[@w:abstractNumId='{number}']"


def _numeral(value: int, form: str) -> str:
    if form.startswith("upper"):
        return _numeral(value, form.replace("upper", "lower")).upper()
    if form == "lowerroman":
        return ONES[value // 10 % 10].translate(TENS) + ONES[value % 10]
    signs = next((SIGNS[name] for name in SIGNS if form.startswith(name)), "")
    if 0 < value <= len(signs):
        return signs[value - 1]
    if form == "none":
        return ""
    return numeral_of(value) if "counting" in form else str(value).zfill(1 + ("zero" in form))
