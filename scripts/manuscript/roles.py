"""What each unit is: title, heading, item, caption or paragraph, from its own words and its
neighbours.
"""

import re
from collections import Counter
from dataclasses import replace

from manuscript.characters import bare, final, fits, matched, seen
from manuscript.flow import SPEECH
from manuscript.kinds import (
    DATE,
    HEADING_CELLS,
    NO_END,
    NUMERALS,
    RUN_IN,
    TIGHT,
    WEAK_CELLS,
    WHOLE,
    WORDS,
    caption_mark,
    heading_level,
    heading_number,
    is_imprint,
    is_reference,
    is_run_in,
    item_mark,
    number_of,
)
from manuscript.units import Look, Unit


def classify(units: list[Unit]) -> list[Unit]:
    """Roles, from whole units and their neighbours."""
    units = _by_size([_marked(unit) for unit in _with_titles(units)])
    units = [_headed(*around) for around in zip([None, *units[:-1]], units, [*units[1:], None])]
    return _cut(_one_liners(_with_chapters(units)))


def _with_titles(units: list[Unit]) -> list[Unit]:
    """第一章 and the title that stands below it are one heading."""
    joined: list[Unit] = []
    for unit in units:
        last = joined[-1] if joined else None
        if last and CHAPTER.fullmatch(last.text) and unit.role == "para" and _could_head(unit):
            text = f"{last.text} {unit.text}"
            joined[-1] = replace(last, text=text, spans=last.spans + unit.spans)
        else:
            joined.append(unit)
    return joined


def _marked(unit: Unit) -> Unit:
    """What a unit is by itself."""
    if unit.role != "para":
        return unit
    if is_reference(unit.text):
        return replace(unit, role="reference")
    short = fits(unit.text, HEADING_CELLS)
    tight = unit.look and unit.look.alone and TIGHT.match(unit.text) and _could_head(unit)
    if tight or (short and heading_level(unit.text)):
        level = heading_level(unit.text) or matched(TIGHT, unit.text)[1].count(".") + 1

        return replace(unit, role=f"h{level}", level=level)
    stands_out = unit.look and (unit.look.bold or unit.look.size >= LARGE)
    if stands_out and WHOLE.match(unit.text) and _could_head(unit):
        return replace(unit, role="h1", level=1)
    if short and (mark := caption_mark(unit.text)):
        return replace(unit, role="caption", mark=mark)
    style, label = item_mark(unit.text)
    if style:
        return replace(unit, role=f"item {label}", mark=label, style=style)
    if is_run_in(unit.text):
        return replace(unit, role=f"run-in head {number_of(matched(RUN_IN, seen(unit.text))[1])}")
    return unit


CHAPTER = re.compile(rf"第\s?[{NUMERALS}\d]+\s?(?:[章篇编]|部分)")
SHORT = 24  # characters: what has no more in print is not cut, but has no stop
LARGE = 1.12  # of the running text: what is set so is a heading


def _by_size(units: list[Unit]) -> list[Unit]:
    """Headings that their size or style alone makes plain: of the level of the numbered ones of
    their size, else by rank.
    """
    numbered = {unit.look.size: unit.level for unit in reversed(units) if unit.look and unit.level}
    running = _running_sizes(units)
    plain = {
        unit
        for unit in units
        if unit.role == "para" and unit.look and _stands_out(unit)
        if unit.look.level or unit.look.size not in running
    }
    sizes = sorted({*numbered, *(unit.look.size for unit in plain if unit.look)}, reverse=True)

    def level(unit: Unit) -> int:
        look = unit.look
        if look is None or unit not in plain:
            return 0
        below = (numbered[size] for size in sizes if size < look.size and size in numbered)
        known = numbered.get(look.size) or max(1, next(below, 0) - 1)
        known = known if numbered and look.size >= min(numbered) else 0
        return look.level or known or min(4, 1 + sizes.index(look.size))

    leveled = ((unit, level(unit)) for unit in units)
    return [replace(unit, role=f"h{at}", level=at) if at else unit for unit, at in leveled]


def _running_sizes(units: list[Unit]) -> set[float]:
    """What whole paragraphs are set in, one in ten or more."""
    long = (u for u in units if u.role == "para" and not fits(u.text, 2 * HEADING_CELLS))
    counts = Counter(unit.look.size for unit in long if unit.look)
    return {size for size, count in counts.items() if 10 * count >= counts.total()}


def _stands_out(unit: Unit) -> bool:
    look = unit.look
    if look is None or not unit.text or not fits(unit.text, 2 * HEADING_CELLS):
        return False
    large = look.size >= LARGE or look.level > 0
    large = large and not DATE.match(unit.text) and bool(WORDS.search(bare(unit.text)))
    return large and unit.text[-1] not in NO_END and not caption_mark(unit.text)


def _headed(before: Unit | None, unit: Unit, following: Unit | None) -> Unit:
    """A short item without an end, which is no member of a list, is a heading; text that ends in a
    colon leads to what follows.
    """
    marked = unit.style in ("1.", "（一）", "(1)", "1)") and _could_head(unit)
    if marked and unit.look and (unit.look.bold or unit.look.other_face or unit.look.size >= LARGE):
        return replace(unit, role="h3", level=3)
    listed = before and before.style == unit.style and _number(before) < _number(unit)
    if marked and following and following.style != unit.style and not listed:
        return replace(unit, role="h3", level=3)
    below = following.look if following and following.role == "para" else None
    if _is_bold_head(unit) and below and not below.bold:
        return replace(unit, role="h4", level=4)
    if (
        unit.role == "para"
        and unit.text[-1] in "：:"
        and following is not None
        and following.text[0] not in SPEECH
    ):
        return replace(unit, role="lead-in")
    return unit


def _number(unit: Unit) -> int:
    return number_of(unit.mark.strip("()（）"))


def _with_chapters(units: list[Unit]) -> list[Unit]:
    """`1. 引言` heads a chapter where 1.1 is the first heading below it, or where nothing is called
    一、 and no style of the file is above its own; so does each that is set like one of these, but
    only the next by its number where things are called 一、
    """
    headings = [unit for unit in units if unit.level]
    styles = {unit.look.level for unit in headings if unit.look} - {0}
    parts = any(u.level == 1 and not u.style and heading_number(u.text) for u in headings)
    highest = 0 if parts else min(styles, default=0)
    proved = {
        unit
        for unit, below in zip(headings, [*headings[1:], None])
        if unit.style == "1."
        if (below and re.match(rf"{unit.mark}\.1(?!\d)", seen(below.text)))
        or (unit.look and 0 < unit.look.level == highest)
    }
    looks = [_same_look(unit) for unit in proved if unit.look]
    found, last = [], 0
    for unit in units:
        like = unit.style == "1." and _same_look(unit) in looks
        next_one = like and (not parts or int(unit.mark) == last + 1)
        if unit in proved or (next_one and (unit.level or _stands_out(unit))):
            unit, last = replace(unit, role="h1", level=1), int(unit.mark)
        found.append(unit)
    return found


def _same_look(unit: Unit) -> Look | None:
    return unit.look and replace(unit.look, alone=True)


def _is_bold_head(unit: Unit) -> bool:
    look = unit.look
    bold = look and look.bold and look.alone and unit.role == "para"
    return bool(bold) and _could_head(unit) and not DATE.match(unit.text)


def _could_head(unit: Unit) -> bool:
    return (
        fits(unit.text, WEAK_CELLS)
        and not any(char in "。；！？={" for char in unit.text)
        and unit.text[-1] not in "，：:、;.…"
    )


def _one_liners(units: list[Unit]) -> list[Unit]:
    """Two or more short paragraphs that end in ； and the one after them that ends in 。"""
    start = 0
    for index, unit in enumerate(units):
        if not (unit.role == "para" and fits(unit.text, HEADING_CELLS)):
            start = index + 1
        elif unit.text[-1] == "。" and index - start >= 2:
            for number, place in enumerate(range(start, index + 1), 1):
                units[place] = replace(units[place], role=f"one-liner {number}")
            start = index + 1
        elif unit.text[-1] != "；":
            start = index + 1
    return units


def _cut(units: list[Unit]) -> list[Unit]:
    """The last sentence of the body where it stops without any sign; what follows the body judges
    nothing.
    """
    body = [
        at for at, unit in enumerate(units) if unit.role.startswith(("para", "item", "one-liner"))
    ]
    while len(body) > 1 and is_imprint(units[body[-1]].text):
        body.pop()
    if len(body) > 1 and units[body[-1]].style and not final(units[body[-2]].text):
        return units  # a list whose items have no end
    last = units[body[-1]] if len(units) > 1 and body else None
    if last and not final(last.text) and (last.look is None or len(last.text) > SHORT):
        units[body[-1]] = replace(last, role="para (cut)")
    return units
