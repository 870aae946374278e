"""What each unit is: title, heading, item, caption or paragraph, from its own words and its
neighbours.
"""

import re
from collections import Counter
from dataclasses import replace

from manuscript.characters import bare, final, fits, seen
from manuscript.flow import SPEECH
from manuscript.kinds import (
    CHAPTER,
    DATE,
    HEADING_CELLS,
    NO_END,
    NUMERALS,
    TIGHT,
    WEAK_CELLS,
    WHOLE,
    WORDS,
    caption_mark,
    heading_level,
    heading_number,
    is_imprint,
    is_reference,
    item_mark,
    number_of,
    run_in,
)
from manuscript.lines import grouped
from manuscript.units import Unit

SHORT = 24  # characters: what has no more in print is not cut, but has no stop
LARGE = 1.12  # of the running text: what is set so is a heading
SIGNS = ("编", "篇", "部分", "章", "节")  # outer first
SIGN = re.compile(rf"(?:第\s?[{NUMERALS}\d]+\s?({'|'.join(SIGNS)})|[{NUMERALS}]+[、．.](?!\d))")
BODY = ("para", "item", "one-liner")
HEADED = ("1.", "（一）", "(1)", "1)")  # styles of items that headings may have


def classify(units: list[Unit]) -> list[Unit]:
    """Roles, from whole units and their neighbours."""
    units = [_marked(_joined(group)) for group in grouped(units, _goes_on)]
    units = _by_size(_nested(units))
    near = zip([None, *units], units, [*units[1:], None])
    return _cut(_one_liners(_with_chapters([_headed(*around) for around in near])))


def _goes_on(group: list[Unit], unit: Unit) -> bool:
    """第一章 and the title that stands below it are one heading."""
    chapter = len(group) == 1 and CHAPTER.fullmatch(group[0].text)
    return bool(chapter) and unit.role == "para" and _could_head(unit)


def _joined(group: list[Unit]) -> Unit:
    text = " ".join(unit.text for unit in group)
    return replace(group[0], text=text, spans=tuple(span for unit in group for span in unit.spans))


def _head(unit: Unit, level: int) -> Unit:
    return replace(unit, role=f"h{level}", level=level)


def _marked(unit: Unit) -> Unit:
    """What a unit is by itself."""
    text, look = unit.text, unit.look
    if unit.role != "para":
        return unit
    if is_reference(text):
        return replace(unit, role="reference")
    if level := heading_level(text):
        return _head(unit, level)
    if look and _could_head(unit):
        if look.alone and (tight := TIGHT.match(text)):
            return _head(unit, tight[1].count(".") + 1)
        if (look.bold or look.size >= LARGE) and WHOLE.match(text):
            return _head(unit, 1)
    if mark := caption_mark(text):
        return replace(unit, role="caption", mark=mark)
    style, label = item_mark(text)
    if style:
        return replace(unit, role=f"item {label}", mark=label, style=style)
    numeral = run_in(text)
    return replace(unit, role=f"run-in head {number_of(numeral)}") if numeral else unit


def _nested(units: list[Unit]) -> list[Unit]:
    """第一章 is one level below 第一编, and so on; where 一、 begins behind the first of these, it
    is below them all.
    """
    signs = [SIGN.match(seen(unit.text)) if unit.level else None for unit in units]
    used = [sign for sign in SIGNS if any(found and found[1] == sign for found in signs)]
    nested, above, below = [], 0, 0
    for unit, found in zip(units, signs):
        if found and found[1]:
            unit, above = _head(unit, max(unit.level, used.index(found[1]) + 1)), len(used)
        elif found:
            below = above if heading_number(unit.text) == "1" else below
            unit = replace(_head(unit, below + 1), style="一、") if below else unit
        nested.append(unit)
    return nested


def _by_size(units: list[Unit]) -> list[Unit]:
    """Headings that their size or style alone makes plain: of the level of the numbered ones of
    their size, else by rank.
    """
    numbered = {unit.look.size: unit.level for unit in reversed(units) if unit.look and unit.level}
    running = _running_sizes(units)
    plain = {
        unit: unit.look
        for unit in units
        if unit.role == "para" and unit.look and _stands_out(unit)
        if unit.look.level or unit.look.size not in running
    }
    signed = {unit.look.size for unit in units if unit.style in HEADED and unit.look}
    large = {size for size in signed if size >= LARGE}  # 1. 概要, whose level is not known yet
    sizes = sorted({*numbered, *large, *(look.size for look in plain.values())})
    levels: dict[float, int] = {}
    below = 0
    for place, size in enumerate(sizes):
        known = numbered.get(size) or (below and max(1, below - 1))
        levels[size] = known or min(4, len(sizes) - place)
        below = numbered.get(size, below)
    return [_head(u, plain[u].level or levels[plain[u].size]) if u in plain else u for u in units]


def _running_sizes(units: list[Unit]) -> set[float]:
    """What whole paragraphs are set in, one in ten or more."""
    long = (u for u in units if u.role == "para" and not fits(u.text, 2 * HEADING_CELLS))
    counts = Counter(unit.look.size for unit in long if unit.look)
    return {size for size, count in counts.items() if 10 * count >= counts.total()}


def _stands_out(unit: Unit) -> bool:
    look, text = unit.look, unit.text
    if look is None or not fits(text, 2 * HEADING_CELLS) or DATE.match(text):
        return False
    large = (look.size >= LARGE and text[-1] not in "：:") or look.level > 0
    return large and text[-1] not in NO_END and bool(WORDS.search(bare(text)))


def _headed(before: Unit | None, unit: Unit, after: Unit | None) -> Unit:
    """A short item without an end, which is no member of a list, is a heading, and so is a bold
    line over a paragraph; text that ends in a colon leads to what follows.
    """
    look = unit.look
    if unit.style in HEADED and _could_head(unit):
        listed = before and before.style == unit.style and _number(before) < _number(unit)
        over = after and after.style != unit.style
        if (look and look.size >= LARGE) or (over and not listed):
            return _head(unit, 3)
    if unit.role != "para" or after is None:
        return unit
    below = after.look if after.role == "para" else None
    bold = look and look.bold and look.alone and below and not below.bold
    if bold and _could_head(unit) and not DATE.match(unit.text):
        return _head(unit, 4)
    leads = unit.text[-1] in "：:" and after.text[0] not in SPEECH
    return replace(unit, role="lead-in") if leads else unit


def _number(unit: Unit) -> int:
    return number_of(unit.mark.strip("()（）"))


def _with_chapters(units: list[Unit]) -> list[Unit]:
    """`1. 引言` heads a chapter where 1.1 is the first heading below it, or where nothing is called
    一、 and no heading of the file is of a style or size above its own; so does each that is set
    like one of these, but only the next by its number where things are called 一、
    """
    headings = [unit for unit in units if unit.level]
    styles = {unit.look.level for unit in headings if unit.look} - {0}
    parts = any(u.level == 1 and not u.style and heading_number(u.text) for u in headings)
    largest = max((unit.look.size for unit in headings if unit.look), default=0)
    highest = 0 if parts else min(styles, default=0)
    proved = {
        unit
        for unit, below in zip(headings, [*headings[1:], None])
        if unit.style == "1."
        if (below and re.match(rf"{unit.mark}\.1(?!\d)", seen(below.text)))
        or (unit.look and 0 < unit.look.level == highest)
        or (unit.look and not parts and LARGE <= unit.look.size == largest)
    }
    looks = [unit.look for unit in proved if unit.look]
    found, last = [], 0
    for unit in units:
        like = unit.style == "1." and unit.look in looks
        next_one = like and (not parts or int(unit.mark) == last + 1)
        if unit in proved or (next_one and (unit.level or _stands_out(unit))):
            unit, last = _head(unit, 1), int(unit.mark)
        found.append(unit)
    return found


def _could_head(unit: Unit) -> bool:
    return (
        fits(unit.text, WEAK_CELLS)
        and not any(char in "。；！？={" for char in unit.text)
        and unit.text[-1] not in "，：:、;.…"
    )


def _one_liners(units: list[Unit]) -> list[Unit]:
    """Two or more short paragraphs that end in ； and the one after them that ends in 。"""
    short = (unit.role == "para" and fits(unit.text, HEADING_CELLS) for unit in units)
    ends = "".join(unit.text[-1] if it else " " for unit, it in zip(units, short))
    for run in re.finditer("；{2,}。", ends):
        for number, place in enumerate(range(*run.span()), 1):
            units[place] = replace(units[place], role=f"one-liner {number}")
    return units


def _cut(units: list[Unit]) -> list[Unit]:
    """The last sentence of the body where it stops without any sign; what follows the body judges
    nothing.
    """
    body = [at for at, unit in enumerate(units) if unit.role.startswith(BODY)]
    while len(body) > 1 and is_imprint(units[body[-1]].text):
        body.pop()
    if len(units) < 2 or not body:
        return units
    last = units[body[-1]]
    long = last.look is None or len(last.text) > SHORT
    unended = last.style and len(body) > 1 and not final(units[body[-2]].text)  # as its list is
    if long and not unended and not final(last.text):
        units[body[-1]] = replace(last, role="para (cut)")
    return units
