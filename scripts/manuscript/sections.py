"""What each unit is called, s1-2-p3 is the third counted block of section 1.2, and the sections
that become pages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby, zip_longest

from manuscript.blocks import Pages
from manuscript.characters import bare
from manuscript.kinds import caption_number, heading_number, is_table, number_of, unnumbered
from manuscript.units import Unit, Units

NOTES = "注释"  # a heading over nothing else once these are footnotes
UNTITLED = "卷首"  # what stands before the first heading
PAGE = 500  # characters that make a page
PART_GAP = re.compile(r"^([一二三四五六七八九十百〇零]+、)\s+")


class Names:
    """Names that must differ: each is handed out once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self.again: Counter[str] = Counter()

    def take(self, name: str) -> str:
        """The name itself, or with the first number behind it that makes it new."""
        candidate = name
        while candidate in self.taken:
            self.again[name] += 1
            candidate = f"{name}-{self.again[name] + 1}"
        self.taken.add(candidate)
        return candidate


def name_units(units: Iterable[Unit]) -> Units:
    """The units with their ids, and with the levels of headings inside a section.

    Decimal headings say their depth, others nest in the order in which their styles first come.
    """
    names, named = Names(), []
    page, part, unnumbered = names.take("intro"), "s", 0
    counted = headings = 0  # in this section
    above: dict[str, str] = {}  # styles of the headings above, outer first, and their ids
    for unit in units:
        number = heading_number(unit.text).replace(".", "-") if unit.level else ""
        if unit.level in (1, 2):
            unnumbered += not number
            own = number or f"x{unnumbered}"
            whole = unit.level == 1 or "-" in own
            page = name = names.take(f"s{own}" if whole else f"{part}-{own}")
            part = page if unit.level == 1 else part
            counted, headings, above = 0, 0, {}
        elif unit.level:
            style = unit.style or f"decimal {unit.level}"
            while style in above:
                above.popitem()
            headings += 1
            place = number_of(unit.mark) or headings
            over = next(reversed(above.values()), page)
            above[style] = f"s{number}" if number and not unit.style else f"{over}-{place}"
            name = names.take(above[style])
            level = min(2 + len(above), 6)
            unit = replace(unit, level=level, role=f"h{level}")
        elif unit.counted:
            counted += 1
            name = names.take(f"{page}-p{counted}")
        else:
            name = names.take(_name_beside(unit, page))
        named.append(replace(unit, id=name, section=page))
    return named


def _name_beside(unit: Unit, page: str) -> str:
    """Of a unit that does not count."""
    if unit.role == "caption":
        return _caption_name(unit, "tab", "fig")
    names = {"title": "title", "byline": "authors"}
    return names.get(unit.role, f"{page}-{unit.role}")


def _caption_name(unit: Unit, table: str, figure: str) -> str:
    kind = table if is_table(unit.mark) else figure
    return kind + re.sub("[.–]", "-", caption_number(unit.mark)).lower()


@dataclass(frozen=True)
class Section:
    """What becomes one page."""

    id: str
    heading: Unit | None  # None before the first heading
    part: Unit | None  # the heading that it stands below, or is where others stand below it
    units: Sequence[Unit]
    name: str = ""  # of its page
    was: str = ""  # the page that it goes on, `` where it is new

    @property
    def number(self) -> str:
        number = heading_number(self.title)
        if not number or "." in number or self.part in (None, self.heading):
            return number
        return f"{heading_number(self.part.text)}.{number}".strip(".")

    @property
    def title(self) -> str:
        """As printed, without the gap after 一、"""
        return PART_GAP.sub(r"\1", self.heading.text) if self.heading else ""

    @cached_property
    def captions(self) -> dict[str, str]:
        """What captions are called on its page, by the ids of their units: figure-2-1."""
        names = Names()
        return {
            unit.id: names.take(_caption_name(unit, "table-", "figure-"))
            for unit in self.units
            if unit.role == "caption"
        }

    @property
    def label(self) -> str:
        """How sections.toml calls it: its number in full, and its title."""
        return f"{self.number} {unnumbered(self.title or UNTITLED)}".strip()

    @property
    def part_title(self) -> str:
        """What the nav calls the part."""
        return PART_GAP.sub(r"\1", self.part.text) if self.part else ""

    @property
    def english_title(self) -> str:
        """Made of its number and the words of its page's name, until somebody writes a better."""
        if self.number and self.name.startswith("section-"):
            return f"Section {self.number}"
        return f"{self.number} {self.name.replace('-', ' ').title()}".strip()


def read_sections(units: Iterable[Unit], pages: Pages) -> list[Section]:
    """The sections that become pages, in order; `pages`: those that there are.

    A part without text of its own is no page, unless nothing stands below it.
    """
    sections: list[Section] = []
    part = None
    body = [unit for unit in units if unit.role not in ("title", "byline")]
    for name, group in groupby(_joined(body, pages), key=lambda unit: unit.section):
        first, *rest = group
        heading = first if first.level in (1, 2) else None
        part = heading if first.level == 1 else part
        own = rest if heading else [first, *rest]
        sections.append(Section(name, heading, part, _with_notes(own)))
    above = {s.part.id for s in sections if s.part and s.part is not s.heading}
    made = []
    for section in sections:
        if section.heading is section.part and section.id not in above:
            section = replace(section, part=None)
        if section.units or not (section.id in above or bare(section.title) == NOTES):
            made.append(section)
    return made


def _joined(units: Sequence[Unit], pages: Pages) -> Iterator[Unit]:
    """Sections too short for a page of their own as headings on that of their part."""
    numbers = accumulate(unit.level == 1 for unit in units)
    for _, group in groupby(zip(numbers, units), key=lambda row: row[0]):
        part = [unit for _, unit in group]
        if part[0].level == 1 and _is_one_page(part, pages):
            part = [replace(unit, section=part[0].section) for unit in part]
        yield from part


def _is_one_page(part: Sequence[Unit], pages: Pages) -> bool:
    """As the book has it; else where its sections are short and have no numbers."""
    names = {unit.bare: heading_number(unit.text) for unit in part if unit.level == 2}
    heads = {bare(block.text) for page in pages.values() for block in page.find("heading")}
    if known := names.keys() & heads:
        return known.isdisjoint(bare(page.title) for page in pages.values())
    short = sum(len(unit.text) for unit in part) < PAGE * len(names)
    return short and not any(names.values())


def _with_notes(units: Sequence[Unit]) -> Units:
    """Notes last, each called from a paragraph: one that a heading or a caption calls, at the end
    of the next; one that nothing calls, at the end of the one before; without the heading that
    stood over them. Where there is no paragraph, notes are the text.
    """
    paragraphs = [unit.id for unit in units if unit.counted]
    if not paragraphs:
        return [replace(unit, role="para") if unit.role == "note" else unit for unit in units]
    called = {mark for unit in units for _, mark in unit.calls}
    ends: defaultdict[str, list[str]] = defaultdict(list)  # by paragraph, notes called there
    around = [paragraphs[0], *paragraphs, paragraphs[-1]]
    above = 0
    for unit in units:
        above += unit.counted
        if unit.role == "note" and unit.mark not in called:
            ends[around[above]].append(unit.mark)
        if not unit.counted:
            ends[around[above + 1]] += [mark for _, mark in unit.calls]
    placed = [
        replace(unit, calls=(*unit.calls, *((len(unit.text), mark) for mark in ends[unit.id])))
        for unit in units
    ]
    placed.sort(key=lambda unit: unit.role == "note")
    return [
        unit
        for unit, below in zip_longest(placed, placed[1:])
        if not (unit.bare == NOTES and below and below.role == "note")
    ]
