"""What each unit is: title, heading, item, caption or paragraph, from its own words and its neighbours."""
from dataclasses import replace

from whitepaper.importer.characters import cells, final, seen
from whitepaper.importer.kinds import HEADING_CELLS, RUN_IN, WEAK_CELLS, caption_mark, heading_level, is_byline, is_run_in, is_title, item_mark, number_of
from whitepaper.importer.paragraphs import SPEECH
from whitepaper.importer.units import Unit


def classify(units: list[Unit]) -> list[Unit]:
    """Roles, from whole units and their neighbours."""
    units = [_marked(unit) for unit in units]
    units = _front(units)
    units = [_headed(unit, units[index + 1] if index + 1 < len(units) else None) for index, unit in enumerate(units)]
    units = _one_liners(units)
    return _cut(units)


def _marked(unit: Unit) -> Unit:
    """What a unit is by itself."""
    if unit.role == "row":
        return unit
    level = heading_level(unit.text) if len(unit.text) <= HEADING_CELLS else 0
    if level:
        return replace(unit, role=f"h{level}", level=level)
    if mark := caption_mark(unit.text[:160]) if len(unit.text) <= HEADING_CELLS else "":
        return replace(unit, role="caption", mark=mark)
    style, label = item_mark(unit.text)
    if style:
        return replace(unit, role=f"item {label}", mark=label, style=style)
    if is_run_in(unit.text):
        return replace(unit, role=f"run-in head {number_of(RUN_IN.match(seen(unit.text))[1])}")
    return unit


def _front(units: list[Unit]) -> list[Unit]:
    """Title and byline, where the file begins with them."""
    head = [unit for unit in units[:3]]
    if len(units) > 1 and head[0].role == "para" and is_title(head[0].text):
        head[0] = replace(head[0], role="title")
        if head[1].role == "para" and is_byline(head[1].text):
            head[1] = replace(head[1], role="byline")
    return head + units[3:]


def _headed(unit: Unit, following: Unit | None) -> Unit:
    """A short item without an end over a paragraph is a heading; text that ends in a colon leads to what follows."""
    if unit.style in ("1.", "（一）", "(1)", "1)") and _could_head(unit) and following is not None:
        if following.role in ("para", "lead-in") or (following.style and following.style != unit.style):
            return replace(unit, role="h3", level=3)
    if unit.role == "para" and unit.text[-1] in "：:" and following is not None and following.text[0] not in SPEECH:
        return replace(unit, role="lead-in")
    return unit


def _could_head(unit: Unit) -> bool:
    return len(unit.text) <= WEAK_CELLS and cells(unit.text) <= WEAK_CELLS and not any(char in "。；！？" for char in unit.text) and unit.text[-1] not in "，：:、;.…"


def _one_liners(units: list[Unit]) -> list[Unit]:
    """Two or more short paragraphs that end in ； and the one after them that ends in 。"""
    units, start = list(units), 0
    for index, unit in enumerate(units):
        if not (unit.role == "para" and cells(unit.text[:80]) <= HEADING_CELLS):
            start = index + 1
        elif unit.text[-1] == "。" and index - start >= 2:
            for number, place in enumerate(range(start, index + 1), 1):
                units[place] = replace(units[place], role=f"one-liner {number}")
            start = index + 1
        elif unit.text[-1] != "；":
            start = index + 1
    return units


def _cut(units: list[Unit]) -> list[Unit]:
    """A last paragraph that stops without any sign."""
    if units and units[-1].role == "para" and len(units) > 1 and not final(units[-1].text):
        return units[:-1] + [replace(units[-1], role="para (cut)")]
    return units
