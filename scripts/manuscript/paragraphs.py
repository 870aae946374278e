"""Lines to paragraphs: where each ends, and how its lines join."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from manuscript.characters import final
from manuscript.kinds import (
    HEADING_CELLS,
    WEAK_CELLS,
    caption_mark,
    columns,
    heading_level,
    is_cell,
    is_note,
    is_run_in,
    item_mark,
)
from manuscript.layout import Layout
from manuscript.lines import Line
from manuscript.seams import ASKED, SOFT_HYPHEN, seam
from manuscript.units import Span, Unit

NEVER_FIRST = "，。、；：？！）”』》%℃」】〉"
NEVER_LAST = "（“《、，「『【〈" + SOFT_HYPHEN
SPEECH = "“「『"
LONE = -1  # cell in its line


def find_rows(lines: Sequence[Line]) -> list[range]:
    """Runs of lines that look like rows of a table: as many columns in two neighbouring lines, or
    three numbers below each other.
    """
    runs = [
        (shape, list(run))
        for shape, run in groupby(range(len(lines)), lambda index: _shape(lines[index]))
    ]
    return [
        range(run[0], run[-1] + 1)
        for shape, run in runs
        if shape and len(run) >= (3 if shape == LONE else 2)
    ]


def _shape(line: Line) -> int:
    """Number of columns, or LONE, or 0 for text."""
    if is_cell(line.text):
        return LONE
    found = 0 if line.width > 200 or caption_mark(line.text) else columns(line.text)
    return found if found > 1 else 0


def group_lines(
    lines: Sequence[Line],
    dropped: dict[int, str],
    alone: set[int],
    notes: set[int],
    layout: Layout,
) -> Iterator[list[int]]:
    """Indexes of the lines of each unit; each line of `alone` is one.

    A caption in mid-sentence comes after the paragraph that it interrupts.
    """
    group: list[int] = []
    floating: list[list[int]] = []
    body = [index for index in range(len(lines)) if index not in dropped]
    for place, index in enumerate(body):
        line = lines[index]
        if group:
            after = lines[body[place + 1]] if place + 1 < len(body) else None
            if (
                index in notes
                and floating
                and not is_note(line.text)
                and floating[-1][-1] == index - 1
            ):
                floating[-1].append(index)
                continue
            if index in notes or _floats(lines[group[-1]], line, after, layout):
                floating.append([index])
                continue
            between = index - group[-1] > 1
            if (
                group[-1] in alone
                or index in alone
                or _ends(lines[group[-1]], line, after, between, len(group) == 1, layout)
            ):
                yield group
                yield from floating
                group, floating = [], []
        group.append(index)
    if group:
        yield group
    yield from floating


def _runs_on(line: Line, following: Line, layout: Layout) -> bool:
    """A full line that only begins like a heading: the sentence goes on, and ends as no heading
    does.
    """
    goes_on = layout.full(following) or final(following.text)
    return layout.ends_open(line) and goes_on and not heading_level(following.text)


def _floats(before: Line, line: Line, after: Line | None, layout: Layout) -> bool:
    """A caption between the two halves of a sentence."""
    within = (
        caption_mark(line.text)
        and layout.ends_open(before)
        and not (caption_mark(before.text) or heading_level(before.text))
    )
    return bool(within and after and not _starts(after, before, layout))


def _ends(
    line: Line,
    following: Line,
    after: Line | None,
    furniture_between: bool,
    alone: bool,
    layout: Layout,
) -> bool:
    """Whether a paragraph ends between two lines: the signs in order, the first that speaks
    decides.
    """
    if following.parted or not layout.wrapped:
        return True
    if following.text[0] in NEVER_FIRST or line.text[-1] in NEVER_LAST or _hyphenated(line.text):
        return False
    if following.raw.startswith("\u3000\u3000") or _starts(following, line, layout):
        return True
    if line.number == following.number and following.page and not final(line.text):
        return False
    if alone and caption_mark(line.text):
        return True
    if alone and heading_level(line.text) and not _runs_on(line, following, layout):
        return not _heading_goes_on(line, following, layout)
    if layout.trailing:
        return _ends_by_trailing_space(line, following, layout)
    if layout.blank and not (furniture_between or following.page):
        return following.gap > 0 or (
            final(line.text) and (layout.short(line, following) or following.indented)
        )
    if line.text[-1] in "：:" and following.text[0] in SPEECH:
        return layout.short(line, following)
    return layout.short(line, following) or (
        final(line.text) and layout.first_line(following, after)
    )


def _ends_by_trailing_space(line: Line, following: Line, layout: Layout) -> bool:
    if line.trails:
        return not (
            layout.full(line)
            and not final(line.text)
            and _latin_start(following.text)
            and line.text[-1].isalpha()
        )
    return layout.short(line, following) and (final(line.text) or line.width * 2 < layout.width)


def _latin_start(text: str) -> bool:
    return text[0].isascii() and text[0].isalnum()


def _hyphenated(text: str) -> bool:
    return text[-1] == "-" and text[-2:-1].isalnum()


def _starts(line: Line, before: Line, layout: Layout) -> bool:
    """A heading, caption, item or note begins here, and the text above is closed."""
    if layout.ends_open(before):
        return False
    begins = (
        caption_mark(line.text)
        or heading_level(line.text)
        or item_mark(line.text)[0]
        or is_note(line.text)
    )
    return bool(begins) or (final(before.text) and _stands_alone(line))


def _stands_alone(line: Line) -> bool:
    """A run-in head, or the lead-in of a list: short, and whole in one line."""
    return is_run_in(line.text) or (
        line.text[-1] in "：:" and line.width <= WEAK_CELLS and "。" not in line.text
    )


def _heading_goes_on(line: Line, following: Line, layout: Layout) -> bool:
    """A heading over two lines: where trailing spaces tell, they tell; else the first line must be
    wide and the second a short rest.
    """
    rest = (
        following.width * 3 < layout.width
        and not final(following.text)
        and line.width + following.width <= HEADING_CELLS * 2
    )
    if layout.trailing:
        return not line.trails and rest
    return rest and following.gap <= layout.gap and line.width * 10 >= layout.width * 7


def join_lines(
    lines: Sequence[Line], group: list[int], layout: Layout
) -> tuple[Unit, list[Span], list[tuple[int, str]]]:
    """The unit of these lines; the soft hyphens dropped at its seams; the joins that somebody
    should look at.
    """
    parts, spans, dropped, said, tail = [], [], [], [], ""
    before: Line | None = None
    for index in group:
        line = lines[index]
        text = line.text
        if before:
            between, rule = seam(tail, text, layout.habit, layout.full(before))
            if rule == "Han and Latin" and layout.trailing and before.trails:
                between = " "
            if rule in ASKED:
                said.append(
                    (before.number, f"joined without space ({rule}): {tail[-8:]}|{text[:8]}")
                )
            parts.append(between)
            tail = tail[-300:] if rule == "address" else ""  # an address goes on over many lines
        tail += text
        if index != group[-1] and text[-1] == SOFT_HYPHEN:
            text = text[:-1]
            dropped.append(Span(index, line.number, SOFT_HYPHEN, len(text), "soft-hyphen"))
        parts.append(text)
        spans.append(Span(index, line.number, text))
        before = line
    return Unit("".join(parts), tuple(spans)), dropped, said
