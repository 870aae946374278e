"""What each unit is: title, heading, item, caption or paragraph, from its own words and its
neighbours.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from manuscript.characters import HAN, bare, final, fits, seen
from manuscript.flow import ARTICLE, SPEECH
from manuscript.kinds import (
    CHAPTER,
    DATE,
    HEADING_CELLS,
    LABEL,
    LAST,
    NO_END,
    NUMBERED,
    NUMERALS,
    TERM,
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
from manuscript.units import Look, Unit

COUNTED_ON, UNNAMED = 8, 9  # as deep as no contents: chapters that only count on, and others
SHORT = 24  # characters: what has no more is a cell, or has no stop, but is not cut
LARGE = 1.12  # of the running text: what is set so is a heading
SIGNS = ("编", "篇", "部分", "章", "节")  # outer first
SIGN = re.compile(rf"(?:第\s?[{NUMERALS}\d]+\s?({'|'.join(SIGNS)})|[{NUMERALS}]+[、．.\s](?!\d))")
ENGLISH = re.compile(r"[A-Z][A-Za-z,:'’& -]+")
BODY = ("para", "item", "one-liner")
SPOKEN = re.compile(f"[，。]|[{HAN}]$")  # in a sentence of Chinese
HEADED = ("1.", "（一）", "(1)", "1)")  # styles of items that headings may have


def classify(units: list[Unit], listed: Mapping[str, int]) -> list[Unit]:
    """Roles, from whole units, their neighbours and what the contents names, how deep."""
    again = _translations(units)
    groups = grouped(units, lambda group, unit: unit in again or _goes_on(group, unit))
    units = [_joined(group) for group in groups]
    listed = _by_lines(units, listed)
    units = _with_faces(units, listed)
    units = [_marked(unit) for unit in units]
    units = _repeated(_by_size(_nested(_largest(units)), listed))
    units = _headed(units)
    units = _named(units, listed)
    units = _without_named(_over(units))
    return _cut(_one_liners(_within(_with_chapters(units), listed)))


def _goes_on(group: list[Unit], unit: Unit) -> bool:
    """第一章, or a large 01, and the title that stands below it are one heading; 第一条 and the
    text below it one paragraph.
    """
    first = group[0]
    number = first.text.isdecimal() and _size(first) >= _size(unit) >= LARGE
    titled = (number or SIGN.fullmatch(seen(first.text))) and _could_head(unit)
    begun = titled or ARTICLE.fullmatch(f"{first.text} ")
    return bool(begun) and len(group) == 1 and unit.role == "para"


def _translations(units: list[Unit]) -> set[Unit]:
    """English titles below headings of Chinese, where no line set like them stands elsewhere."""
    english = {unit for unit in units if unit.role == "para" and ENGLISH.fullmatch(unit.text)}
    heads = {below: head for head, below in pairwise(units) if _stands_out(head)}
    below = {unit for unit in english & heads.keys() if LAST.search(heads[unit].text)}
    looks, own = (Counter(unit.look for unit in some) for some in (english, below))
    return {unit for unit in below if looks[unit.look] == own[unit.look] > 1}


def _by_lines(units: list[Unit], listed: Mapping[str, int]) -> Mapping[str, int]:
    """With headings of several lines, of which the contents names one."""
    lines = ((unit, bare(span.text)) for unit in units for span in unit.spans if _could_head(unit))
    return {bare(unit.text): listed[line] for unit, line in lines if line in listed} | {**listed}


def _joined(group: list[Unit]) -> Unit:
    text = " ".join(unit.text for unit in group)
    spans = tuple(span for unit in group for span in unit.spans)
    return replace(group[0], text=text, spans=spans, look=max(group, key=_size).look)


def _with_faces(units: list[Unit], listed: Mapping[str, int]) -> list[Unit]:
    """As good as bold is what the contents names, and another face than the text's where most of
    what is set so could head and stands over something that is set otherwise.
    """
    all_set, heads = Counter[Look](), Counter[Look]()
    for unit, below in pairwise(units):
        if (look := unit.look) and look.face and unit.role == "para":
            over = below.look != look and final(below.text)
            all_set[look] += 1
            heads[look] += bool(over and _could_head(unit))
    return [
        replace(unit, look=replace(look, bold=True))
        if (look := unit.look)
        and (bare(unit.text) in listed or 2 * heads[look] > max(2, all_set[look]))
        else unit
        for unit in units
    ]


def _head(unit: Unit, level: int) -> Unit:
    return replace(unit, role=f"h{level}", level=level)


def _marked(unit: Unit) -> Unit:
    """What a unit is by itself."""
    text, look = unit.text, unit.look
    if unit.role != "para":
        return unit
    if is_reference(text):
        return replace(unit, role="reference")
    apart = not look or look.bold or look.level or look.size >= LARGE  # from the text
    level = 0 if LABEL.match(text) else heading_level(text)
    if level and (apart or fits(text, WEAK_CELLS)):
        return _head(unit, level)
    if look and _could_head(unit):
        if tight := TIGHT.match(text):
            return _head(unit, tight[1].count(".") + 1)
        if apart and WHOLE.match(seen(text)):
            return _head(unit, look.level or 1)
    if mark := caption_mark(text):
        return replace(unit, role="caption", mark=mark)
    style, label = item_mark(text)
    if style:
        return replace(unit, role=f"item {label}", mark=label, style=style)
    numeral = run_in(text)
    return replace(unit, role=f"run-in head {number_of(numeral)}") if numeral else unit


def _without_named(units: list[Unit]) -> list[Unit]:
    """Chapters one right below the other, whose numbers come elsewhere too, are only named there;
    an article is no heading where most of its kind are none.
    """
    numbers = Counter(_ordinal(unit) for unit in units)
    named = grouped(units, _follows)
    text = [some for some in named if len(some) > 2 and all(numbers[_ordinal(u)] > 1 for u in some)]
    articles = grouped((unit for unit in units if _ordinal(unit, ARTICLE)), _goes_up)
    text += [some for some in articles if 2 * sum(unit.level > 0 for unit in some) < len(some)]
    plain = {unit for some in text for unit in some if unit.level}
    return [replace(unit, role="para", level=0) if unit in plain else unit for unit in units]


def _ordinal(unit: Unit, kind: re.Pattern[str] = CHAPTER) -> int:
    """The number of what begins like 第一章, else 0."""
    found = kind.match(seen(unit.text))
    return number_of(found[1]) if found else 0


def _follows(group: list[Unit], unit: Unit) -> bool:
    return 1 < _ordinal(unit) == _ordinal(group[-1]) + 1


def _goes_up(group: list[Unit], unit: Unit) -> bool:
    return _ordinal(unit, ARTICLE) > _ordinal(group[-1], ARTICLE)


def _count(unit: Unit) -> int:
    """The number of a chapter, else 0."""
    number = unit.mark if unit.style == "1." else heading_number(unit.text)
    return int(number) if unit.level == 1 and number.isdecimal() else 0


def _sign(unit: Unit) -> str:
    """What its number is written like."""
    found = SIGN.match(seen(unit.text))
    return (found[1] or "一、") if found else "1"


def _largest(units: list[Unit]) -> list[Unit]:
    """A heading whose words are one in larger letters too is an entry or a running header."""
    sizes: dict[str, float] = {}
    for unit in units:
        if unit.level:
            sizes[bare(unit.text)] = max(_size(unit), sizes.get(bare(unit.text), 0.0))
    return [
        replace(unit, role="para", level=0)
        if _size(unit) < sizes.get(bare(unit.text), 0.0)
        else unit
        for unit in units
    ]


def _nested(units: list[Unit]) -> list[Unit]:
    """第一章 is one level below 第一编, and so on, unless this is set smaller; 一、 is below what
    it begins behind.
    """
    nested, levels = [], dict[str, int]()
    above: list[tuple[int, float]] = []  # signs that stand open, and their sizes
    for unit in units:
        found = SIGN.match(seen(unit.text)) if unit.level else None
        if found:
            sign = found[1] or ""
            rank, size = (*SIGNS, "").index(sign), _size(unit)
            if sign or heading_number(unit.text) == "1" or not levels.get(sign):
                above = [other for other in above if other[0] < rank and other[1] >= size]
                levels[sign] = len(above) + 1
                above.append((rank, size))
            unit = _head(unit, max(unit.level, levels[sign]))
            unit = unit if sign or unit.level == 1 else replace(unit, style="一、")
        nested.append(unit)
    return nested


def _by_size(units: list[Unit], listed: Mapping[str, int]) -> list[Unit]:
    """Headings that their size or style alone makes plain: of the level of the numbered ones of
    their size, else by rank.
    """
    numbered = {
        _size(unit): unit.level
        for unit in reversed(units)
        if unit.level and (heading_number(unit.text) or _size(unit) >= LARGE)
    }
    running = _running_sizes(units)
    signed = {unit.level for unit in units if unit.level and NUMBERED.match(seen(unit.text))}
    plain = {
        unit: unit.look
        for at, unit in enumerate(units)
        if LAST.search(unit.text) or not _is_english(units[at : at + 5])
        if unit.role == "para"
        or (unit.style and not unit.level and _told(unit))
        or (unit.style == "1." and 1 not in signed)
        if unit.look and _stands_out(unit)
        if unit.look.level or unit.look.size not in running
    }
    for row in (units, units[::-1]):
        for one, other in pairwise(row):  # what is set as the text beside it is text
            text = one.role == "para" and one not in plain
            if text and one.look == other.look and other.look and not other.look.level:
                plain.pop(other, None)
    sizes = sorted({*numbered, *map(_size, plain)})
    ranks: dict[float, int] = {}
    below = 0
    for place, size in enumerate(sizes):
        known = numbered.get(size) or (below and max(1, below - 1))
        ranks[size] = known or len(sizes) - place
        below = numbered.get(size, below)
    styles = {look.level for look in plain.values()} - {0}
    above = 0 if signed else min(styles, default=1) - 1
    styled = [level for level in map(_told, units) if level]
    told = len(styled) > sum(not look.level for look in plain.values())
    least = max(styled) + 1 if told else 1  # no chapter is what neither they nor the contents name
    levels = {
        unit: look.level - above
        if look.level
        else max(ranks[look.size], 1 if bare(unit.text) in listed else least)
        for unit, look in plain.items()
    }
    headed = [_head(unit, levels[unit]) if unit in levels else unit for unit in units]
    return [
        unit if unit.role == "para" and unit in levels and _is_bare(head, after) else head
        for unit, head, after in zip(units, headed, [*headed[1:], None])
    ]


def _is_english(units: list[Unit]) -> bool:
    """The first stands above an abstract."""
    return any(bare(unit.text).lower().startswith("abstract") for unit in units[1:])


def _is_bare(head: Unit, after: Unit | None) -> bool:
    """Nothing stands below it."""
    if _told(head):
        return False
    if after is None or after.level == head.level:
        return True
    return 0 < after.level < head.level and _size(after) >= _size(head)


def _repeated(units: list[Unit]) -> list[Unit]:
    """What several chapters have, as their own 参考文献, is a part of each, beside its others."""
    chapters = Counter(bare(unit.text) for unit in units if unit.level == 1)
    again = {text for text, count in chapters.items() if count > 2 and not heading_number(text)}
    beside = min((unit.level for unit in units if unit.level > 1), default=3)
    return [
        _head(unit, beside) if unit.level == 1 and bare(unit.text) in again else unit
        for unit in units
    ]


def _running_sizes(units: list[Unit]) -> set[float]:
    """What whole paragraphs are set in, one in ten or more."""
    long = (u for u in units if u.role == "para" and not fits(u.text, 2 * HEADING_CELLS))
    counts = Counter(unit.look.size for unit in long if unit.look)
    return {size for size, count in counts.items() if 10 * count >= counts.total()}


def _size(unit: Unit) -> float:
    return unit.look.size if unit.look else 1.0


def _told(unit: Unit) -> int:
    """The level that its style, the outline or the tags give it, else 0."""
    return unit.look.level if unit.look else 0


def _stands_out(unit: Unit) -> bool:
    text, level = unit.text, _told(unit)
    whole = (
        text[-1] not in NO_END and fits(text, 2 * HEADING_CELLS) and WORDS.search(bare(seen(text)))
    )
    large = _size(unit) >= LARGE and _could_head(unit)
    return "___" not in text and (bool(level and whole) or large)  # nor blanks of a form


def _headed(units: list[Unit]) -> list[Unit]:
    """Short items without an end are headings where they are set larger than the text, or where
    most of their list have something else below them.
    """
    after = dict(pairwise(units))
    heads: set[Unit] = set()
    lists: list[list[Unit]] = []
    held: list[list[Unit]] = []  # lists that may go on, the inner ones last
    for unit in units:
        if unit.level:
            held = []
        elif unit.style in HEADED and _size(unit) >= LARGE and _could_head(unit):
            heads.add(unit)
            held = []
        elif unit.style in HEADED:
            held = held[-len(HEADED) :]
            own = [at for at, some in enumerate(held) if _precedes(some[-1], unit)]
            if own and _number(unit) > 1:
                del held[own[-1] + 1 :]
            else:
                held.append([])
                lists.append(held[-1])
            held[-1].append(unit)
    for some in lists:
        close = [unit for unit in some if unit in after and after[unit].style in ("•", unit.style)]
        if 3 * len(close) < len(some):
            heads.update(unit for unit in some if _could_head(unit) and not _says(unit))
    return [_head(unit, 3) if unit in heads else unit for unit in units]


def _precedes(one: Unit, other: Unit) -> bool:
    return one.style == other.style and _number(one) < _number(other)


def _number(unit: Unit) -> int:
    return number_of(unit.mark.strip("()（）"))


def _says(unit: Unit) -> bool:
    """Is set as a sentence is, and has its comma before any colon."""
    bold = unit.look is not None and unit.look.bold
    return not bold and re.search("^[^：]*，[^）)]*$", unit.text) is not None


def _named(units: list[Unit], listed: Mapping[str, int]) -> list[Unit]:
    """What the contents names, and no heading says, is one, as deep as what it names beside."""
    depths = [listed.get(bare(unit.text), 0) for unit in units]
    levels = {depth: unit.level for unit, depth in zip(units[::-1], depths[::-1]) if unit.level}
    missed = listed.keys() - {bare(unit.text) for unit in units if unit.level}
    return [
        _head(unit, levels.get(depth, depth) if depth else 4)
        if unit.role == "para" and bare(unit.text) in missed and _could_head(unit)
        else unit
        for unit, depth in zip(units, depths)
    ]


def _over(units: list[Unit]) -> list[Unit]:
    """A bold line over a paragraph is a heading, and so is what is set like several headings over
    such a line or a list; text ending in a colon leads to what follows.
    """
    after = dict(pairwise(units))
    bold = {
        unit
        for unit in after
        if unit.role == "para" and unit.look and unit.look.bold
        if unit.look.size >= 1 and unit.look.alone and _could_head(unit)
    }
    heads = {u for u in bold if (b := after[u]).role == "para" and b.look and not b.look.bold}
    again = Counter(unit.look for unit in units if unit.level or unit in heads)
    heads |= {
        unit
        for unit in bold
        if again[unit.look] > 2
        if ((below := after[unit]) in heads and below.look == unit.look)
        or below.role.startswith("item")
    }
    return [_head(u, 4) if u in heads else _leading(u, after.get(u)) for u in units]


def _leading(unit: Unit, after: Unit | None) -> Unit:
    leads = unit.role == "para" and unit.text[-1] in "：:"
    return (
        replace(unit, role="lead-in") if leads and after and after.text[0] not in SPEECH else unit
    )


def _with_chapters(units: list[Unit]) -> list[Unit]:
    """`1. 引言` heads a chapter where 1.1 is the first heading below it, or nothing but a list of
    references stands above it in rank; so does each that is set like one, and not as the text.
    """
    headings = [unit for unit in units if unit.level]
    proved = {
        unit
        for unit, below in pairwise(headings)
        if unit.style == "1." and re.match(rf"{unit.mark}\.1(?!\.?\d)", seen(below.text))
    }
    looks = {look for unit in proved if (look := unit.look) and (look.bold or look.size >= LARGE)}
    above = any(
        u.level < 3 and (heading_number(u.text) or not heading_level(u.text)) for u in headings
    )
    chapters: set[Unit] = set()
    last = 0
    for unit in headings:
        like = unit.style == "1." and ((unit.look and not above) or unit.look in looks)
        if unit in proved or (like and (not chapters or 0 < _number(unit) - last < 3)):
            chapters.add(unit)
            last = _number(unit)
    first = next((at for at, u in enumerate(headings) if u.style == "1." and u.mark == "1"), 0)
    counted = [at for at, unit in enumerate(headings) if _count(unit) and _sign(unit) != "1"]
    if chapters and counted and counted[0] < first < counted[-1]:
        return _below(units, headings[first - 1].level + 1)
    return [_head(unit, 1) if unit in chapters else unit for unit in units]


def _below(units: list[Unit], level: int) -> list[Unit]:
    """`1.` and 1.1 are parts of chapters that are numbered otherwise."""
    below, number = [], ""
    for unit in units:
        if unit.level and unit.style == "1.":
            unit, number = _head(unit, level), unit.mark
        elif _count(unit):
            number = ""
        elif unit.level and number and (own := heading_number(unit.text)).startswith(f"{number}."):
            unit = _head(unit, level + own.count("."))
        below.append(unit)
    return below


def _within(units: list[Unit], listed: Mapping[str, int]) -> list[Unit]:
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
    within: list[Unit] = []
    last = None
    for unit in units:
        if unit.level == 1:
            sign, above = (_sign(one) if one and _count(one) else "" for one in (unit, last))
            beside = (chapters and sign == above) or (sign and not above and begun[sign] < 2)
            known = not sign and heading_level(unit.text) and not unit.text.startswith("附件")
            usual = COUNTED_ON if last in on else UNNAMED
            depth = listed.get(bare(last.text), usual) if last else UNNAMED
            own = listed.get(bare(unit.text), UNNAMED)
            if not (_told(unit) or beside) and own > depth and (last in on or not known):
                unit = _head(unit, 2)
            elif _told(unit) or sign or (last not in on and own < UNNAMED):
                last = unit
        within.append(unit)
    return within


def _could_head(unit: Unit) -> bool:
    text = seen(unit.text)
    return (
        fits(text, 2 * HEADING_CELLS if _size(unit) >= LARGE else WEAK_CELLS)
        and text[-1] not in "，：:、;；！.…"
        and not any(char in "。；={〔" for char in text)
        and bool(WORDS.search(bare(text)))
        and not (LABEL.match(text) or DATE.match(text) or TERM.search(text))
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
    nothing. Code, an address or a formula that ends a paper is no sentence.
    """
    body = [at for at, unit in enumerate(units) if unit.role.startswith(BODY)]
    while len(body) > 1 and (is_imprint(end := units[body[-1]].text) or LABEL.match(end)):
        body.pop()
    if len(units) < 2 or not body:
        return units
    last = units[body[-1]]
    unended = last.style and len(body) > 1 and not final(units[body[-2]].text)  # as its list is
    said = last.text.rstrip("\"')")
    sentence = SPOKEN.search(said)
    long = len(last.text) > SHORT or (last.look is None and "，" in said)
    if sentence and long and not unended and not final(said) and said[-1] != ".":
        units[body[-1]] = replace(last, role="para (cut)")
    return units
