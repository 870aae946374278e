"""What each unit is called: s1-2-p3 is the third counted block of section 1.2."""

import re
from dataclasses import replace

from manuscript.kinds import caption_number, heading_number, is_table, number_of
from manuscript.naming import Names
from manuscript.units import Unit


class _Counts:
    """How far naming has come."""

    def __init__(self) -> None:
        self.unique = Names().take
        self.unnumbered = 0  # parts without a number
        self.part = ""
        self.open("intro")

    def open(self, name: str) -> str:
        """Begins a section: counted blocks and headings count anew."""
        self.page, self.count, self.number = self.unique(name), 0, 0
        self.stack: list[str] = []  # styles of headings, outer first
        return self.page


def name_units(units: list[Unit]) -> list[Unit]:
    names = _Counts()
    return [_named(unit, names) for unit in units]


def _named(unit: Unit, names: _Counts) -> Unit:
    if unit.role in ("title", "byline"):
        return replace(
            unit, id=names.unique("title" if unit.role == "title" else "authors"), section="intro"
        )
    if unit.role == "note":
        return replace(unit, id=names.unique(f"{names.page}-note"), section=names.page)
    if len(unit.cells) > 1:
        return replace(unit, id=names.unique(f"{names.page}-row"), section=names.page)
    if unit.role == "caption":
        return replace(unit, id=names.unique(_caption_id(unit.mark)), section=names.page)
    if unit.level in (1, 2):
        name = names.open(_section_id(unit, names))
        return replace(unit, id=name, section=name)
    if unit.level:
        return _named_below(unit, names)
    names.count += 1
    return replace(unit, id=names.unique(f"{names.page}-p{names.count}"), section=names.page)


def _named_below(unit: Unit, names: _Counts) -> Unit:
    """Headings inside a section: decimal ones say their depth, the others nest in the order in
    which their styles first come.
    """
    style = unit.style or f"decimal {unit.level}"
    names.stack = (
        names.stack[: names.stack.index(style) + 1]
        if style in names.stack
        else [*names.stack, style]
    )
    names.number += 1
    own = unit.mark.strip("()（）") if unit.style else ""
    decimal = heading_number(unit.text).replace(".", "-") if not unit.style else ""
    name = f"s{decimal}" if decimal else f"{names.page}-{number_of(own) if own else names.number}"
    level = min(2 + len(names.stack), 6)
    return replace(unit, id=names.unique(name), section=names.page, level=level, role=f"h{level}")


def _section_id(unit: Unit, names: _Counts) -> str:
    number = heading_number(unit.text).replace(".", "-")
    if unit.level == 2:
        names.unnumbered += not number
        own = number or f"x{names.unnumbered}"
        return f"s{number}" if "-" in number else f"{names.part or 's'}-{own}"
    names.unnumbered += not number
    names.part = f"s{number}" if number else f"s-x{names.unnumbered}"
    return names.part


def _caption_id(mark: str) -> str:
    return ("tab" if is_table(mark) else "fig") + re.sub("[.–]", "-", caption_number(mark))
