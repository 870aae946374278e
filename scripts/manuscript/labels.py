"""The numbers and bullets that Word prints before paragraphs: counted here, for the file does not
hold them.
"""

from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

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
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.levels: dict[str, tuple[str, dict[int, Any]]] = {}
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        kinds = {
            n.get(qn("w:abstractNumId")): n for n in numbering.iterchildren(qn("w:abstractNum"))
        }
        for num in numbering.iterchildren(qn("w:num")):
            own = _value(num, "w:abstractNumId")
            if own in kinds:
                levels = {
                    int(level.get(qn("w:ilvl"))): level
                    for level in kinds[own].iterchildren(qn("w:lvl"))
                }
                self.levels[num.get(qn("w:numId"))] = own, levels

    def take(self, paragraph: Any, chain: list[Any]) -> str:
        """The label of this paragraph, or ``; counts on."""
        for place in [paragraph._p, *(style.element for style in chain)]:
            found = place.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None:
                return self._next(_value(found, "w:numId"), int(_value(found, "w:ilvl") or 0))
        return ""

    def _next(self, number: str, depth: int) -> str:
        kind, levels = self.levels.get(number, ("", {}))
        if depth not in levels:
            return ""
        counts = self.counts[kind]
        start = int(_value(levels[depth], "w:start") or 1)
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        text = _value(levels[depth], "w:lvlText")
        if _value(levels[depth], "w:numFmt") == "bullet":
            return "•"
        for at in range(depth + 1):
            form = _value(levels.get(at, levels[depth]), "w:numFmt")
            text = text.replace(f"%{at + 1}", _numeral(counts.get(at, 1), form))
        return f"{text} " if text[-1:].isalnum() else text


def _value(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else found.get(qn("w:val"), "")


def _numeral(value: int, form: str) -> str:
    form = form.lower()
    if form in CHINESE:
        return numeral_of(value)
    if form.endswith("letter"):
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("roman"):
        tens = (
            "x" * (value // 10)
            + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][value % 10]
        )
        return tens.upper() if form.startswith("upper") else tens
    if form == "decimalenclosedcircle" and value <= 20:
        return chr(ord("①") + value - 1)
    return str(value)
