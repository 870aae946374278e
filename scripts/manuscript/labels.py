"""The numbers and bullets that Word prints before paragraphs: counted here, for the file does not
hold them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from string import ascii_lowercase
from typing import Any

from manuscript.characters import ROMANS
from manuscript.kinds import numeral_of
from manuscript.word import nearest

SIGNS = {
    "decimalenclosedcircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "ideographtraditional": "甲乙丙丁戊己庚辛壬癸",
    "lowerletter": ascii_lowercase,
    "lowerroman": ROMANS,
}


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

    def take(self, places: Sequence[Any]) -> str:
        """The label of a paragraph, or ``, by it and its styles; counts on."""
        number, level = (
            nearest(places, f"w:pPr/w:numPr/w:{name}/@w:val") or "0" for name in ("numId", "ilvl")
        )
        depth = int(level)
        num = f"w:num[@w:numId='{number}']"
        kind = self.find(f"string({num}/w:abstractNumId/@w:val)")
        own = f"w:abstractNum[@w:abstractNumId='{kind}'"
        style = self.find(f"string({own}]/w:numStyleLink/@w:val)")
        levels = f"({num}/w:lvlOverride/w:lvl|{own} or w:styleLink/@w:val='{style}']/w:lvl)"

        def value(at: int, name: str) -> str:
            return self.find(f"string({levels}[@w:ilvl={at}][last()]/w:{name}/@w:val)")

        def said(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = "" if legal else value(at, "numFmt").lower()
            return _numeral(counts.setdefault(at, int(value(at, "start") or 1)), form)

        counts = {
            at: count
            for at, count in self.counts[kind].items()
            if depth >= int(value(at, "lvlRestart") or at)
        }
        override = f"{num}/w:lvlOverride[@w:ilvl={depth}]/w:startOverride/@w:val"
        anew = (number, depth) not in self.begun and self.find(f"string({override})")
        counts[depth] = int(anew or counts.get(depth, int(value(depth, "start") or 1) - 1) + 1)
        self.begun.add((number, depth))
        self.counts[kind] = counts
        text = value(depth, "lvlText").strip()  # some print a blank
        if text and value(depth, "numFmt") == "bullet":
            return "•"
        legal = self.find(f"boolean({levels}[@w:ilvl={depth}]/w:isLgl)")
        text = re.sub(r"%(\d)", said, text)
        return f"{text} " if text[-1:].isalnum() else text


def _numeral(value: int, form: str) -> str:
    if form.startswith("upper"):
        return _numeral(value, form.replace("upper", "lower")).upper()
    signs = SIGNS.get(form.removesuffix("chinese"), "")
    if 0 < value <= len(signs):
        return signs[value - 1]
    if form == "none":
        return ""
    if "counting" in form:
        return numeral_of(value)
    return f"{value:02}" if "zero" in form else str(value)
