"""What each unit is: title, heading, item, caption or paragraph, from its own words and its
neighbours.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from manuscript.bylines import ASIDE, LABEL, is_imprint
from manuscript.characters import HAN, bare, final, fits, seen
from manuscript.kinds import (
    APPENDIX,
    HEADING_CELLS,
    TIGHT,
    WEAK_CELLS,
    WHOLE,
    caption_mark,
    heading_level,
    heading_number,
    is_reference,
    item_mark,
    number_of,
    run_in,
)
from manuscript.lines import grouped
from manuscript.outline import (
    LARGE,
    SIGN,
    as_heading,
    could_head,
    rank_by_look,
    settle_levels,
    stands_out,
)
from manuscript.units import Look, Unit, Units

SHORT = 24  # characters: what has no more is a cell, or has no stop, but is not cut
ENGLISH = re.compile(r"[A-Z][A-Za-z,:'’& -]+")
SPEECH = "“「『"
BODY = ("para", "item", "one-liner")
SPOKEN = re.compile(f"[，。]|[{HAN}]$")  # in a sentence of Chinese
HEADED = ("1.", "（一）", "(1)", "1)")  # styles of items that headings may have


def classify(units: Units, listed: Mapping[str, int]) -> Units:
    """Roles, from whole units, their neighbours and what the contents names, how deep."""
    again = _translations(units)
    groups = grouped(units, lambda group, unit: unit in again or _goes_on(group, unit))
    units = [_joined(group) for group in groups]
    listed = _by_lines(units, listed)
    units = _with_faces(units, listed)
    units = [_marked(unit) for unit in units]
    units = rank_by_look(units, listed)
    units = _headed(units)
    units = _named(_by_whole_numbers(units), listed)
    units = settle_levels(_over(units), listed)
    return _cut(_one_liners(units))


def _goes_on(group: Units, unit: Unit) -> bool:
    """第一章, or a large 01, and the title that stands below it are one heading, and so are 附录 A,
    （规范性） and its title.
    """
    first, text = group[0], group[0].seen
    number = first.text.isdecimal() and first.size >= unit.size >= LARGE
    appendix = APPENDIX.fullmatch(text)
    head = number or SIGN.fullmatch(text) or (appendix and appendix[2])
    titled = head and could_head(unit) and not heading_level(unit.text)
    alone = len(group) == 1 or ASIDE.fullmatch(group[1].text)
    return bool(titled and alone) and unit.role == "para"


def _translations(units: Units) -> set[Unit]:
    """English titles below headings of Chinese, where no line set like them stands elsewhere."""
    english = {unit for unit in units if unit.role == "para" and ENGLISH.fullmatch(unit.text)}
    heads = {below for head, below in pairwise(units) if stands_out(head)}
    below = english & heads
    looks, own = (Counter(unit.look for unit in some) for some in (english, below))
    return {unit for unit in below if looks[unit.look] == own[unit.look] > 1}


def _by_lines(units: Units, listed: Mapping[str, int]) -> Mapping[str, int]:
    """With headings of several lines, of which the contents names one."""
    lines = ((unit, bare(span.text)) for unit in units for span in unit.spans if could_head(unit))
    return {unit.bare: listed[line] for unit, line in lines if line in listed} | {**listed}


def _joined(group: Units) -> Unit:
    text = " ".join(unit.text for unit in group)
    spans = tuple(span for unit in group for span in unit.spans)
    return replace(
        group[0], text=text, spans=spans, look=max(group, key=lambda unit: unit.size).look
    )


def _with_faces(units: Units, listed: Mapping[str, int]) -> Units:
    """As good as bold is what the contents names, and another face than the text's where most of
    what is set so could head and stands over something that is set otherwise.
    """
    all_set, heads = Counter[Look](), Counter[Look]()
    for unit, below in pairwise(units):
        if (look := unit.look) and look.face:
            over = below.look != look and final(below.text)
            all_set[look] += 1
            heads[look] += bool(over and could_head(unit))
    return [
        replace(unit, look=replace(look, bold=True))
        if (look := unit.look) and (unit.bare in listed or 2 * heads[look] > max(2, all_set[look]))
        else unit
        for unit in units
    ]


def _marked(unit: Unit) -> Unit:
    """What a unit is by itself."""
    text, look = unit.text, unit.look
    if unit.role != "para":
        return unit
    if is_reference(text):
        return replace(unit, role="reference")
    apart = not look or look.bold or look.size >= LARGE  # from the text
    level = 0 if LABEL.match(text) else heading_level(text)
    if level and (apart or fits(text, WEAK_CELLS)):
        return as_heading(unit, level)
    if look and could_head(unit):
        if tight := TIGHT.match(text):
            return as_heading(unit, tight[1].count(".") + 1)
        if apart and WHOLE.match(seen(text)):
            return as_heading(unit, look.level or 1)
    if mark := caption_mark(text):
        return replace(unit, role="caption", mark=mark)
    style, label = item_mark(text)
    if style:
        return replace(unit, role=f"item {label}", mark=label, style=style)
    numeral = run_in(text)
    return replace(unit, role=f"run-in head {number_of(numeral)}") if numeral else unit


def _headed(units: Units) -> Units:
    """Short items without an end are headings where they are set larger than the text, or where
    most of their list have something else below them.
    """
    after = dict(pairwise(units))
    heads: set[Unit] = set()
    lists: list[Units] = []
    held: list[Units] = []  # lists that may go on, the inner ones last
    for unit in units:
        if unit.level:
            held = []
        elif unit.style in HEADED and unit.size >= LARGE and could_head(unit):
            heads.add(unit)
            held = []
        elif unit.style in HEADED:
            held = held[-len(HEADED) :]
            own = [at for at, some in enumerate(held) if _precedes(some[-1], unit)]
            if own:
                del held[own[-1] + 1 :]
            else:
                held.append([])
                lists.append(held[-1])
            held[-1].append(unit)
    for some in lists:
        close = [unit for unit in some if unit in after and after[unit].style in ("•", unit.style)]
        if 3 * len(close) < len(some):
            heads.update(unit for unit in some if could_head(unit) and not _says(unit))
    return [as_heading(unit, 3) if unit in heads else unit for unit in units]


def _precedes(one: Unit, other: Unit) -> bool:
    return one.style == other.style and number_of(one.mark) < number_of(other.mark)


def _says(unit: Unit) -> bool:
    """Is set as a sentence is, and has its comma before any colon."""
    bold = unit.look is not None and unit.look.bold
    return not bold and re.search("^[^：]*，[^）)]*$", unit.text) is not None


def _by_whole_numbers(units: Units) -> Units:
    """In a text, where no look tells it, `1 引言` is a heading where 1.1, or 2 as such, is the
    first below it.
    """
    could = [
        unit
        for unit in units
        if unit.level or (not unit.look and WHOLE.match(unit.seen) and could_head(unit))
    ]
    heads: set[Unit] = set()
    for below, unit in pairwise(reversed(could)):
        number, after = (heading_number(one.text) for one in (unit, below))
        if not unit.level and (
            after == f"{number}.1" or (below in heads and int(after) == int(number) + 1)
        ):
            heads.add(unit)
    return [as_heading(unit, 1) if unit in heads else unit for unit in units]


def _named(units: Units, listed: Mapping[str, int]) -> Units:
    """What the contents names, and no heading says, is one, as deep as what it names beside."""
    depths = [listed.get(unit.bare, 0) for unit in units]
    levels = {depth: unit.level for unit, depth in zip(units[::-1], depths[::-1]) if unit.level}
    missed = listed.keys() - {unit.bare for unit in units if unit.level}
    return [
        as_heading(unit, levels.get(depth, depth) if depth else 4)
        if unit.role == "para" and unit.bare in missed and could_head(unit)
        else unit
        for unit, depth in zip(units, depths)
    ]


def _over(units: Units) -> Units:
    """A bold line over a paragraph is a heading, and so is what is set like several headings over
    such a line or a list; text ending in a colon leads to what follows.
    """
    after = dict(pairwise(units))
    bold = {
        unit
        for unit in after
        if unit.role == "para" and unit.look and unit.look.bold
        if unit.look.size >= 1 and unit.look.alone and could_head(unit)
    }
    heads = {u for u in bold if (b := after[u]).role == "para" and b.look and not b.look.bold}
    again = Counter(unit.look for unit in units if unit.level or unit in heads)
    heads |= {
        unit
        for unit in bold
        if again[unit.look] > 2
        if (below := after[unit]) in heads or below.role.startswith("item")
    }
    return [as_heading(u, 4) if u in heads else _leading(u, after.get(u)) for u in units]


def _leading(unit: Unit, after: Unit | None) -> Unit:
    leads = unit.role == "para" and unit.text[-1] in "：:"
    return (
        replace(unit, role="lead-in") if leads and after and after.text[0] not in SPEECH else unit
    )


def _one_liners(units: Units) -> Units:
    """Two or more short paragraphs that end in ； and the one after them that ends in 。"""
    short = (unit.role == "para" and fits(unit.text, HEADING_CELLS) for unit in units)
    ends = "".join(unit.text[-1] if it else " " for unit, it in zip(units, short))
    for run in re.finditer("；{2,}。", ends):
        for number, place in enumerate(range(*run.span()), 1):
            units[place] = replace(units[place], role=f"one-liner {number}")
    return units


def _is_behind(text: str) -> bool:
    """Stands behind a body, and is no sentence."""
    return text[-1] != "。" and bool(is_imprint(text) or LABEL.match(text))


def _cut(units: Units) -> Units:
    """The last sentence of the body where it stops without any sign; what follows the body judges
    nothing. Code, an address or a formula that ends a paper is no sentence.
    """
    body = [at for at, unit in enumerate(units) if unit.role.startswith(BODY)]
    while len(body) > 1 and _is_behind(units[body[-1]].text):
        body.pop()
    if not body:
        return units
    last, *below = units[body[-1] :]
    before = units[body[-2]].text if len(body) > 1 else "。"
    unended = (last.style or len(before) > SHORT) and not final(before)  # as others are
    said = last.text.rstrip("\"')")
    sentence = SPOKEN.search(said)
    long = len(last.text) > SHORT or (last.look is None and "，" in said)
    if below and below[0].role == "row":  # what it leads to
        return units
    if sentence and long and not unended and not final(said) and said[-1] not in ".．":
        units[body[-1]] = replace(last, role="para (cut)")
    return units
