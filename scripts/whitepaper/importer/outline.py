"""Units to the sections of the text that become pages."""
from collections.abc import Iterable
from dataclasses import dataclass, field

from whitepaper.importer.kinds import heading_number
from whitepaper.importer.units import Unit


@dataclass
class Section:
    """What becomes one page."""

    id: str
    heading: Unit | None = None
    part: Unit | None = None
    units: list[Unit] = field(default_factory=list)
    name: str = ""
    title_en: str = ""
    known: bool = False  # the page was there before

    @property
    def number(self) -> str:
        number = heading_number(self.title)
        below = self.part is not None and self.part is not self.heading and "." not in number
        return f"{heading_number(self.part.text)}.{number}".strip(".") if below else number

    @property
    def title(self) -> str:
        return self.heading.text if self.heading else ""


def read_outline(units: Iterable[Unit]) -> list[Section]:
    """The sections that become pages, in order. A part without text of its own is no page, but its sections know it."""
    sections, part = [Section("intro")], None
    for unit in units:
        if unit.level in (1, 2):
            part = unit if unit.level == 1 else part
            sections.append(Section(unit.id, unit, part))
        elif unit.role not in ("title", "byline"):
            sections[-1].units.append(unit)
    return [section for at, section in enumerate(sections) if section.units or _is_alone(sections, at)]


def _is_alone(sections: list[Section], at: int) -> bool:
    """A heading without text that no other section belongs to: it still has to be printed."""
    section = sections[at]
    if section.heading is None:
        return False
    below = sections[at + 1] if at + 1 < len(sections) else None
    return section.heading.level == 2 or below is None or below.part is not section.heading
