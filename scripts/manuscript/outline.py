"""Units to the sections of the text that become pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from manuscript.kinds import heading_number
from manuscript.units import Unit

PART_GAP = re.compile(r"^([一二三四五六七八九十百〇零]+、)\s+")


@dataclass
class Section:
    """What becomes one page."""

    id: str
    heading: Unit | None = None
    part: Unit | None = None  # the heading that it stands below, or is where others stand below it
    units: list[Unit] = field(default_factory=list)
    name: str = ""
    title_en: str = ""
    known: bool = False  # the page was there before

    @property
    def number(self) -> str:
        number = heading_number(self.title)
        below = self.part is not None and self.part is not self.heading and "." not in number
        return (
            f"{heading_number(self.part.text)}.{number}".strip(".")
            if below and self.part
            else number
        )

    @property
    def title(self) -> str:
        return self.heading.text if self.heading else ""

    @property
    def part_title(self) -> str:
        """What nav and contents call the part: its heading without the gap after 一、"""
        return PART_GAP.sub(r"\1", self.part.text) if self.part else ""

    @property
    def english_part(self) -> str:
        """What the part is called in English until somebody translates its title in mkdocs.yml."""
        return f"Part {self.number.partition('.')[0] or self.name}"


def read_outline(units: Iterable[Unit]) -> list[Section]:
    """The sections that become pages, in order.

    A part without text of its own is no page, unless nothing stands below it.
    """
    sections, part = [Section("intro")], None
    for unit in units:
        if unit.level in (1, 2):
            part = unit if unit.level == 1 else part
            sections.append(Section(unit.id, unit, part))
        elif unit.role not in ("title", "byline"):
            sections[-1].units.append(unit)
    parts = {
        section.part.id
        for section in sections
        if section.part and section.part is not section.heading
    }
    for section in sections:
        if section.heading and section.id not in parts and section.part is section.heading:
            section.part = None
    return [
        section
        for section in sections
        if section.units or (section.heading and section.part is not section.heading)
    ]
