"""The outline of a paper: what could head, by its words and its look, and how deep each heading
stands.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from manuscript.bylines import DATE, LABEL
from manuscript.characters import bare, fits, seen
from manuscript.kinds import (
    ARTICLE,
    CHAPTER,
    HEADING_CELLS,
    LAST,
    NO_END,
    NUMBERED,
    NUMERALS,
    TERM,
    WEAK_CELLS,
    WORDS,
    heading_level,
    heading_number,
    number_of,
)
from manuscript.lines import grouped
from manuscript.units import Unit, Units

COUNTED_ON, UNNAMED = 8, 9  # as deep as no contents: chapters that only count on, and others
LARGE = 1.12  # of the running text: what is set so is a heading
SIGNS = ("编", "篇", "部分", "章", "节")  # outer first
SIGN = re.compile(rf"(?:第\s?[{NUMERALS}\d]+\s?({'|'.join(SIGNS)})|[{NUMERALS}]+[、．.\s](?!\d))")


def rank_by_look(units: Units, listed: Mapping[str, int]) -> Units:
    """Headings that their size or style makes plain; levels by signs, sizes and what `listed`, the
    contents, names.
    """
    return _repeated(_by_size(_nested(_largest(units)), listed))


def settle_levels(units: Units, listed: Mapping[str, int]) -> Units:
    """Chapters and what stands within them, where all headings are known."""
    return _within(_with_chapters(_without_named(units)), listed)


def _largest(units: Units) -> Units:
    """A heading whose words are one in larger letters too is an entry or a running header."""
    by_size = sorted(units, key=lambda unit: unit.size)
    sizes = {unit.bare: unit.size for unit in by_size if unit.level}
    return [
        replace(unit, role="para", level=0) if unit.size < sizes.get(unit.bare, 0.0) else unit
        for unit in units
    ]


def _nested(units: Units) -> Units:
    """第一章 is one level below 第一编, and so on, unless this is set smaller; 一、 is below what
    it begins behind.
    """
    nested, levels = [], dict[str, int]()
    parts, highest = _parts(units), _highest(units)
    above: list[tuple[int, float]] = []  # signs that stand open, and their sizes
    for unit in units:
        if unit in parts:
            above = [(-1, unit.size)] * max(1, unit.told + 1 - highest)
        found = SIGN.match(unit.seen) if unit.level else None
        if found:
            sign = found[1] or ""
            rank, size = (*SIGNS, "").index(sign), unit.size
            if sign or heading_number(unit.text) == "1" or not levels.get(sign):
                above = [other for other in above if other[0] < rank and other[1] >= size]
                levels[sign] = len(above) + 1
                above.append((rank, size))
            unit = as_heading(unit, max(unit.level, levels[sign]))
            unit = unit if sign or unit.level == 1 else replace(unit, style="一、")
        nested.append(unit)
    return nested


def _highest(units: Iterable[Unit]) -> int:
    """The level that styles begin with."""
    return min((unit.told for unit in units if unit.told), default=1)


def _parts(units: Units) -> set[Unit]:
    """Headings without a sign that several counts begin right below, each set higher than these."""
    heads = [unit for unit in units if unit.level or (unit.look and stands_out(unit))]
    parts = {
        one
        for one, other in pairwise(heads)
        if not SIGN.match(one.seen) and heading_number(other.text) == "1"
        if 0 < one.told < other.told or (one.told == other.told == 0 and one.size > other.size)
    }
    return parts if len(parts) > 1 else set()


def _by_size(units: Units, listed: Mapping[str, int]) -> Units:
    """Headings that their size or style alone makes plain, where something stands below them: as
    deep as their style says, else as the numbered ones of their size, else by rank.
    """
    signed = {unit.level for unit in units if unit.level and NUMBERED.match(unit.seen)}
    plain = _plain(units, 1 in signed)
    told = [unit.told for unit in units if unit.told]
    mostly = len(told) > sum(not unit.told for unit in plain)
    least = max(told) + 1 if mostly else 1  # no chapter is what neither they nor the contents name
    above = 0 if 1 in signed else _highest(units) - 1
    ranks = _ranks(units, plain)
    levels = {
        unit: unit.told - above
        if unit.told
        else max(ranks[unit.size], 1 if unit.bare in listed else least)
        for unit in plain
    }
    headed = [as_heading(unit, levels[unit]) if unit in levels else unit for unit in units]
    return [
        unit if unit.role == "para" and unit in levels and _is_bare(head, after) else head
        for unit, head, after in zip(units, headed, [*headed[1:], None])
    ]


def _plain(units: Units, numbered: bool) -> set[Unit]:
    """What stands out from the text and is not set as what is beside it; `numbered`: chapters are,
    so that `1.` heads none.
    """
    running = _running_sizes(units)
    plain = {
        unit
        for at, unit in enumerate(units)
        if unit.role == "para"
        or (unit.style and not unit.level and unit.told)
        or (unit.style == "1." and not numbered)
        if LAST.search(unit.text) or not _is_english(units[at : at + 5])
        if unit.look and stands_out(unit)
        if unit.told or unit.size not in running
    }
    for row in (units, units[::-1]):
        for one, other in pairwise(row):
            text = one.role == "para" and one not in plain
            if text and one.look == other.look and not other.told:
                plain.discard(other)
    return plain


def _ranks(units: Units, plain: Iterable[Unit]) -> dict[float, int]:
    """The level of each size: that of numbered headings, one less than the next smaller ones', or
    its rank.
    """
    numbered = {
        unit.size: unit.level
        for unit in reversed(units)
        if unit.level and (heading_number(unit.text) or unit.size >= LARGE)
    }
    sizes = sorted({*numbered, *(unit.size for unit in plain)})
    ranks: dict[float, int] = {}
    below = 0
    for place, size in enumerate(sizes):
        known = numbered.get(size) or (below and max(1, below - 1))
        ranks[size] = known or len(sizes) - place
        below = numbered.get(size, below)
    return ranks


def _is_english(units: Units) -> bool:
    """The first stands above an abstract."""
    return any(unit.bare.lower().startswith("abstract") for unit in units[1:])


def _is_bare(head: Unit, after: Unit | None) -> bool:
    """Nothing stands below it."""
    if head.told:
        return False
    if after is None or after.level == head.level:
        return True
    return 0 < after.level < head.level and after.size >= head.size


def _repeated(units: Units) -> Units:
    """What several chapters have, as their own 参考文献, is a part of each, beside its others."""
    chapters = Counter(unit.bare for unit in units if unit.level == 1)
    again = {text for text, count in chapters.items() if count > 2 and not heading_number(text)}
    beside = min((unit.level for unit in units if unit.level > 1), default=3)
    return [
        as_heading(unit, beside) if unit.level == 1 and unit.bare in again else unit
        for unit in units
    ]


def _running_sizes(units: Units) -> set[float]:
    """What whole paragraphs are set in, one in ten or more."""
    long = (u for u in units if u.role == "para" and not fits(u.text, 2 * HEADING_CELLS))
    counts = Counter(unit.size for unit in long if unit.look)
    return {size for size, count in counts.items() if 10 * count >= counts.total()}


def _without_named(units: Units) -> Units:
    """Chapters one right below the other are only named there; an article is no heading where most
    of its kind are none.
    """
    plain = {unit for some in grouped(units, _follows) if len(some) > 2 for unit in some}
    articles = [unit for unit in units if ARTICLE.match(unit.seen)]
    if 2 * sum(unit.level > 0 for unit in articles) < len(articles):
        plain.update(articles)
    return [
        replace(unit, role="para", level=0) if unit.level and unit in plain else unit
        for unit in units
    ]


def _follows(group: Units, unit: Unit) -> bool:
    return 1 < _ordinal(unit) == _ordinal(group[-1]) + 1


def _with_chapters(units: Units) -> Units:
    """`1. 引言` heads a chapter where 1.1 is the first heading below it, or nothing but a list of
    references stands above it in rank; so does each that is set like one, and not as the text.
    """
    headings = [unit for unit in units if unit.level]
    proved = {
        unit
        for unit, below in pairwise(headings)
        if unit.style == "1." and re.match(rf"{unit.mark}\.1(?!\.?\d)", below.seen)
    }
    looks = {unit.look for unit in proved if unit.look}
    above = any(
        u.level < 3 and (heading_number(u.text) or not heading_level(u.text)) for u in headings
    )
    chapters: set[Unit] = set()
    last = 0
    for unit in headings:
        like = unit.style == "1." and ((unit.look and not above) or unit.look in looks)
        if unit in proved or (like and (not chapters or 0 < number_of(unit.mark) - last < 3)):
            chapters.add(unit)
            last = number_of(unit.mark)
    first = next((at for at, unit in enumerate(headings) if unit.style == "1."), 0)
    counted = [at for at, unit in enumerate(headings) if _count(unit) and _sign(unit) != "1"]
    told = any(unit.style == "1." and unit.level == 1 for unit in headings)
    if (chapters or told) and counted and counted[0] < first < counted[-1]:
        return _below(units, headings[first - 1].level + 1)
    return [as_heading(unit, 1) if unit in chapters else unit for unit in units]


def _below(units: Units, level: int) -> Units:
    """`1.` and 1.1 are parts of chapters that are numbered otherwise."""
    below, number = [], ""
    for unit in units:
        if unit.level and unit.style == "1.":
            unit, number = as_heading(unit, level), unit.mark
        elif unit.level and (own := heading_number(unit.text)).startswith(f"{number}."):
            unit = as_heading(unit, level + own.count("."))
        below.append(unit)
    return below


def _within(units: Units, listed: Mapping[str, int]) -> Units:
    """What is not numbered as the chapter before it is a part of that, where the next one counts on
    or where the contents names that one and not this.
    """
    chapters = sorted(filter(_count, units), key=_sign)
    on = {
        one
        for one, other in pairwise(chapters)
        if (_sign(one), _count(one) + 1) == (_sign(other), _count(other))
    }
    begun = Counter(_sign(unit) for unit in chapters if _count(unit) == 1)
    within: Units = []
    last = None
    for unit in units:
        if unit.level == 1:
            sign, above = (_sign(one) if one and _count(one) else "" for one in (unit, last))
            beside = (chapters and sign == above) or (sign and not above and begun[sign] < 2)
            known = not sign and heading_level(unit.text) and not unit.text.startswith("附件")
            usual = COUNTED_ON if last in on else UNNAMED
            depth = listed.get(last.bare, usual) if last else UNNAMED
            own = listed.get(unit.bare, UNNAMED)
            if not (unit.told or beside) and own > depth and (last in on or not known):
                unit = as_heading(unit, 2)
            elif unit.told or sign or own < UNNAMED:
                last = unit
        within.append(unit)
    return within


def _ordinal(unit: Unit) -> int:
    """The number of what begins like 第一章, else 0."""
    found = CHAPTER.match(unit.seen)
    return number_of(found[1]) if found else 0


def _count(unit: Unit) -> int:
    """The number of a chapter, else 0."""
    number = unit.mark if unit.style == "1." else heading_number(unit.text)
    return int(number) if unit.level == 1 and number.isdecimal() else 0


def _sign(unit: Unit) -> str:
    """What its number is written like."""
    found = SIGN.match(unit.seen)
    return (found[1] or "一、") if found else "1"


def as_heading(unit: Unit, level: int) -> Unit:
    return replace(unit, role=f"h{level}", level=level)


def stands_out(unit: Unit) -> bool:
    text, level = unit.text, unit.told
    whole = (
        text[-1] not in NO_END and fits(text, 2 * HEADING_CELLS) and WORDS.search(bare(seen(text)))
    )
    large = unit.size >= LARGE and could_head(unit)
    return "___" not in text and (bool(level and whole) or large)  # nor blanks of a form


def could_head(unit: Unit) -> bool:
    text = unit.seen
    return (
        fits(text, 2 * HEADING_CELLS if unit.size >= LARGE else WEAK_CELLS)
        and text[-1] not in "，：:、;；！.…"
        and not any(char in "。；={〔" for char in text)
        and bool(WORDS.search(bare(text)))
        and not (LABEL.match(text) or DATE.match(text) or TERM.search(text))
    )
