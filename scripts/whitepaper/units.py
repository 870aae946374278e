"""Lines to units: where each paragraph ends, how its lines join, and what it is."""
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from whitepaper.decode import Line, cells, split_lines
from whitepaper.furniture import find_furniture
from whitepaper.kinds import (
    HEADING_CELLS,
    RUN_IN,
    WEAK_CELLS,
    caption_mark,
    columns,
    heading_level,
    heading_number,
    is_byline,
    is_caption,
    is_cell,
    is_note,
    is_run_in,
    is_title,
    item_mark,
    number_of,
)
from whitepaper.layout import Layout, final, read_layout, seen, trails
from whitepaper.naming import Names
from whitepaper.seams import ASKED, SOFT_HYPHEN, seam

NEVER_FIRST = "，。、；：？！）”』》%℃」】〉"
NEVER_LAST = "（“《、，「『【〈" + SOFT_HYPHEN
SPEECH = "“「『"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the file, at their place: `index` counts printed lines, `column` from the first character of that line."""

    index: int
    line: int
    text: str
    column: int = 0
    reason: str = ""  # of furniture


@dataclass(frozen=True, slots=True)
class Unit:
    """One block of the text: title, heading, paragraph, item, caption."""

    text: str
    spans: tuple[Span, ...]
    role: str = "para"
    level: int = 0  # of headings
    mark: str = ""  # of items and captions, as printed
    style: str = ""  # of items and of headings numbered like them
    id: str = ""
    page: str = ""  # id of the section that holds it

    @property
    def lines(self) -> list[int]:
        return [min(span.line for span in self.spans), max(span.line for span in self.spans)]

    @property
    def counted(self) -> bool:
        """Has a number of its own in its section."""
        return not (self.level or self.role in ("title", "byline", "caption"))


@dataclass
class Reading:
    units: list[Unit]
    furniture: list[Span]
    warnings: list[tuple[int, str]] = field(default_factory=list)
    metadata: dict = field(default_factory=dict)


def read_units(text: str) -> Reading:
    """The whole way from decoded text to named units. Reads nothing, writes nothing."""
    bom, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    furniture = [Span(-1, 1, bom, reason="bom")] if bom else []
    lines = split_lines(body)
    if not lines:
        return Reading([], furniture)
    layout = read_layout(lines)
    found = find_furniture(lines, layout)
    furniture += [Span(index, lines[index].number, lines[index].text, reason=reason) for index, reason in sorted(found.reasons.items())]
    warnings = list(found.warnings)
    rows = _rows(lines, layout)
    units = []
    for group in _groups(lines, found.reasons, rows, layout):
        unit, dropped, said = _join(lines, group, layout)
        if group[0] in rows:
            unit = replace(unit, role="row")
        units.append(unit)
        furniture += dropped
        warnings += said
    warnings += [(lines[index].number, "table? kept line by line") for index in sorted(rows) if index - 1 not in rows]
    units = name_units(classify(units))
    headers = [text for text, _ in Counter(span.text for span in furniture if span.reason.startswith("running")).most_common()]
    return Reading(units, sorted(furniture, key=lambda span: (span.index, span.column)), warnings, {"publication": next(iter(headers), ""), "headers": headers, "width": layout.width})


# --- where paragraphs end ---


def _rows(lines: Sequence[Line], layout: Layout) -> set[int]:
    """Lines that look like rows of a table: columns in two neighbouring lines, or three numbers below each other."""
    rows: set[int] = set()
    shape = [_shape(line) for line in lines]
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or shape[index] != shape[start]:
            if shape[start] and index - start >= (3 if shape[start] == -1 else 2):
                rows |= set(range(start, index))
            start = index
    return rows


def _shape(line: Line) -> int:
    """Number of columns, -1 for a lone cell, 0 for text."""
    if is_cell(line.text):
        return -1
    found = 0 if line.width > 200 or is_caption(line) else columns(line.text)
    return found if found > 1 else 0


def _groups(lines: Sequence[Line], dropped: dict[int, str], rows: set[int], layout: Layout) -> Iterator[list[int]]:
    """Indexes of the lines of each unit. A caption in mid-sentence comes after the paragraph that it interrupts."""
    group: list[int] = []
    floating: list[list[int]] = []
    body = [index for index in range(len(lines)) if index not in dropped]
    for place, index in enumerate(body):
        line = lines[index]
        if group:
            after = lines[body[place + 1]] if place + 1 < len(body) else None
            if _floats(lines[group[-1]], line, after, layout):
                floating.append([index])
                continue
            between = index - group[-1] > 1
            if group[-1] in rows or index in rows or _ends(lines[group[-1]], line, after, between, len(group) == 1, layout):
                yield group
                yield from floating
                group, floating = [], []
        group.append(index)
    if group:
        yield group
    yield from floating


def _floats(before: Line, line: Line, after: Line | None, layout: Layout) -> bool:
    """A caption between the two halves of a sentence."""
    within = is_caption(line) and layout.ends_open(before) and not (is_caption(before) or _is_heading_line(before))
    return within and after is not None and not _starts(after, before, layout)


def _ends(line: Line, following: Line, after: Line | None, furniture_between: bool, alone: bool, layout: Layout) -> bool:
    """Whether a paragraph ends between two lines: the signs in order, the first that speaks decides."""
    if following.parted or not layout.wrapped:
        return True
    if following.text[0] in NEVER_FIRST or line.text[-1] in NEVER_LAST or _hyphenated(line.text):
        return False
    if following.raw.startswith("\u3000\u3000") or _starts(following, line, layout):
        return True
    if line.number == following.number and following.page and not final(line.text):
        return False
    if alone and is_caption(line):
        return True
    if alone and _is_heading_line(line):
        return not _heading_goes_on(line, following, layout)
    if layout.trailing:
        return _ends_by_trailing_space(line, following, layout)
    if layout.blank and not (furniture_between or following.page):
        return following.gap > 0 or (layout.short(line, following) and final(line.text))
    if line.text[-1] in "：:" and following.text[0] in SPEECH:
        return layout.short(line, following)
    return layout.short(line, following) or (final(line.text) and layout.first_line(following, after))


def _ends_by_trailing_space(line: Line, following: Line, layout: Layout) -> bool:
    if trails(line):
        return not (layout.full(line) and not final(line.text) and _latin_start(following.text) and line.text[-1].isalpha())
    return layout.short(line, following) and (final(line.text) or line.width * 2 < layout.width)


def _latin_start(text: str) -> bool:
    return text[0].isascii() and text[0].isalnum()


def _hyphenated(text: str) -> bool:
    return text[-1] == "-" and text[-2:-1].isalnum()


def _starts(line: Line, before: Line, layout: Layout) -> bool:
    """A heading, caption, item or note begins here, and the text above is closed."""
    closed = not layout.ends_open(before)
    if not closed:
        return False
    if is_caption(line) or _is_heading_line(line):
        return True
    return bool(item_mark(line.text)[0]) or is_note(line.text) or (final(before.text) and _stands_alone(line))


def _stands_alone(line: Line) -> bool:
    """A run-in head, or the lead-in of a list: short, and whole in one line."""
    return is_run_in(line.text) or (line.text[-1] in "：:" and line.width <= WEAK_CELLS and "。" not in line.text)


def _is_heading_line(line: Line) -> bool:
    return line.width <= HEADING_CELLS and heading_level(line.text) > 0


def _heading_goes_on(line: Line, following: Line, layout: Layout) -> bool:
    """A heading over two lines: where trailing spaces tell, they tell; else the first line must be wide and the second a short rest."""
    rest = following.width * 3 < layout.width and not final(following.text) and line.width + following.width <= HEADING_CELLS * 2
    if layout.trailing:
        return not trails(line) and rest
    return rest and following.gap <= layout.gap and line.width * 10 >= layout.width * 7


# --- how lines join ---


def _join(lines: Sequence[Line], group: list[int], layout: Layout) -> tuple[Unit, list[Span], list[tuple[int, str]]]:
    parts, spans, dropped, said, tail = [], [], [], [], ""
    before: Line | None = None
    for index in group:
        line = lines[index]
        text = line.text
        if before is not None:
            between, rule = seam(tail, text, layout.habit, layout.full(before))
            if rule == "Han and Latin" and layout.trailing and trails(before):
                between = " "
            if rule in ASKED:
                said.append((before.number, f"joined without space ({rule}): {tail[-8:]}|{text[:8]}"))
            parts.append(between)
            tail = tail[-300:] if rule == "address" else ""
        tail += text
        if index != group[-1] and text[-1] == SOFT_HYPHEN:
            text = text[:-1]
            dropped.append(Span(index, line.number, SOFT_HYPHEN, len(text), "soft-hyphen"))
        parts.append(text)
        spans.append(Span(index, line.number, text))
        before = line
    return Unit("".join(parts), tuple(spans)), dropped, said


# --- what each unit is ---


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


# --- what each unit is called ---


class _Counts:
    """Hands out ids: s1-2-p3 is the third counted block of section 1.2."""

    def __init__(self) -> None:
        self.unique = Names().take
        self.unnumbered = 0
        self.part, self.page, self.count, self.number = "", "intro", 0, 0
        self.stack: list[str] = []

    def open(self, name: str) -> str:
        self.page, self.count, self.number, self.stack = self.unique(name), 0, 0, []
        return self.page


def name_units(units: list[Unit]) -> list[Unit]:
    names = _Counts()
    return [_named(unit, names) for unit in units]


def _named(unit: Unit, names: _Counts) -> Unit:
    if unit.role in ("title", "byline"):
        return replace(unit, id=names.unique("title" if unit.role == "title" else "authors"), page="intro")
    if unit.role == "caption":
        return replace(unit, id=names.unique(caption_id(unit.mark)), page=names.page)
    if unit.level in (1, 2):
        name = names.open(section_id(unit, names))
        return replace(unit, id=name, page=name)
    if unit.level:
        return _named_below(unit, names)
    names.count += 1
    return replace(unit, id=names.unique(f"{names.page}-p{names.count}"), page=names.page)


def _named_below(unit: Unit, names: _Counts) -> Unit:
    """Headings inside a section: decimal ones say their depth, the others nest in the order in which their styles first come."""
    style = unit.style or f"decimal {unit.level}"
    names.stack = names.stack[: names.stack.index(style) + 1] if style in names.stack else [*names.stack, style]
    names.number += 1
    own = unit.mark.strip("()（）") if unit.style else ""
    decimal = heading_number(unit.text).replace(".", "-") if not unit.style else ""
    name = f"s{decimal}" if decimal else f"{names.page}-{number_of(own) if own else names.number}"
    level = min(2 + len(names.stack), 6)
    return replace(unit, id=names.unique(name), page=names.page, level=level, role=f"h{level}")


def section_id(unit: Unit, names: _Counts) -> str:
    number = heading_number(unit.text).replace(".", "-")
    if unit.level == 2:
        return f"s{number}" if "-" in number else f"{names.part or 's'}-{number}"
    names.unnumbered += not number
    names.part = f"s{number}" if number else f"s-x{names.unnumbered}"
    return names.part


def caption_id(mark: str) -> str:
    number = re.sub(r"^\D*?(?=[一二三四五六七八九十百\d])", "", mark)
    kind = "tab" if mark.lower().startswith(("表", "table")) else "fig"
    return kind + (str(number_of(number)) if not re.search(r"[-.–]", number) else re.sub(r"[.–]", "-", number))
