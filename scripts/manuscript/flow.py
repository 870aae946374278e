"""Lines, in reading order, to the lines of each paragraph: by size, place, indent, gaps and short
last lines.
"""

import re
from collections.abc import Iterator, Set

from manuscript.characters import cells, final, seen
from manuscript.kinds import (
    ARTICLE,
    NUMERALS,
    SOURCE,
    caption_mark,
    heading_level,
    heading_number,
    is_note,
    is_reference,
    item_mark,
    stands_alone,
)
from manuscript.lines import Line, Lines
from manuscript.measures import INDENT, NEVER_FIRST, Measures, same_block
from manuscript.seams import SOFT_HYPHEN

GOES_ON = re.compile(rf"(?:[（“《、，「『【〈{SOFT_HYPHEN}]|[^\W_]-)$")
SPEAKER = re.compile(rf"[^\W\d]{{1,6}}\d*[：:]|[{NUMERALS}]+是|第[{NUMERALS}]+[，,、]")
EQUATION = re.compile(r"[（(](?:[A-Z][.-]?)?\d+(?:[-.–]\d+)*[)）]")  # its number, at the right
KEYWORDS = re.compile(  # and what else is labelled so
    r"(?:关键[词字]|關鍵[詞字]|key\s?words)\s?[:：]|【[^】]{2,6}】", re.IGNORECASE
)


def group_lines(
    lines: Lines,
    measures: Measures,
    alone: Set[Line] = frozenset(),
    floating: Set[Line] = frozenset(),
) -> Iterator[list[Line]]:
    """The lines of each paragraph, heading or caption; each line of `alone` is one.

    A caption, a table and what is `floating` in mid-sentence come after their paragraph.
    """
    group: list[Line] = []
    waiting: list[list[Line]] = []
    for line, after in zip(lines, [*lines[1:], None]):
        if group and (line in floating or _floats(group[-1], line, after, measures)):
            last = waiting[-1][-1] if waiting else None
            if last in floating and line in floating and not is_note(line.text):
                waiting[-1].append(line)
            else:
                waiting.append([line])
            continue
        parted = group and (group[-1] in alone or line in alone)
        if group and (parted or ends(group, line, after, measures)):
            yield group
            yield from waiting
            group, waiting = [], []
        group.append(line)
    if group:
        yield group
    yield from waiting


def _floats(before: Line, line: Line, after: Line | None, measures: Measures) -> bool:
    """A caption, or a table, between the two halves of a sentence."""
    if after is None or not (line.cells or caption_mark(line.text)) or before.cells:
        return False
    return measures.open(before) and before.sized(measures.size)


def ends(group: Lines, following: Line, after: Line | None, measures: Measures) -> bool:
    """Whether a paragraph ends between these lines and the next: the signs in order, the first that
    speaks decides.
    """
    line, first = group[-1], group[0]
    if following.parted or not measures.wrapped or line.cells or following.cells:
        return True
    same = same_block(line, following) if measures.tagged else None
    if same is False or (same and not measures.short(line, following)):
        return not same
    if line.level:
        return line.level != following.level
    if not following.sized(line.size):
        return True
    if following.text[0] in NEVER_FIRST or GOES_ON.search(line.text[-2:]):
        return False
    together = line.where == following.where
    step = following.y - line.y
    if together and line.beside(following):
        return False
    if group[1:] and line.beside(group[-2]) and EQUATION.fullmatch(line.text):
        return True
    if together and (step < 0 or (measures.spaced and measures.apart(line, following))):
        return True
    if following in measures.entries:
        return measures.entries[following]
    closed, starts = final(line.text), measures.starts
    block = not closed and measures.in_block(group, following)
    short = measures.short(line, following) and not block
    if measures.plain:
        if len(group) == 1 and caption_mark(line.text):
            return True
        if len(group) == 1 and heading_level(line.text) and not _runs_on(line, following, measures):
            return not _heading_goes_on(line, following, measures)
    elif line.size > 1.1 * measures.size and all(map(measures.centered, (line, following))):
        return not together
    behind = measures.left(following) - measures.left(line) > INDENT * line.size
    if closed and not measures.plain and (abs(line.size - following.size) > 0.1 or behind):
        return True
    otherwise = line.face != following.face and line.face and following.face
    if (line.bold != following.bold or otherwise) and (short or starts(following) or closed):
        return True
    signed = (short or closed) and measures.at_right(following)
    set_right = signed or (line.beside(first) and measures.at_right(first))
    if set_right and not measures.plain and abs(line.x0 - following.x0) > 1:
        return True
    if _begins(following, line, measures) or _is_next(first, following, measures):
        return True
    if _hangs(first, line, following, after, measures):
        return False
    if not (measures.plain or short or closed):
        again = starts(first) and abs(first.x0 - following.x0) < 1
        at_edge = abs(measures.left(line)) < line.size / 2
        return again and at_edge
    if measures.trailing and not starts(following):
        return line.trails
    if short:
        heads = len(group) == 1 and bool(item_mark(line.text)[0])
        return closed or heads or not (measures.plain and measures.spaced)
    if starts(following) and (measures.indented or together):
        return True
    if measures.narrow and closed and not measures.spaced:
        return after is not None and measures.narrow_first(following, after)
    ended = closed and line.text[-1] not in "；;"
    return ended and not (measures.indented or together or measures.plain)


def _begins(line: Line, before: Line, measures: Measures) -> bool:
    """A heading, caption, item, note or source begins here, and the text above is closed."""
    text, item = line.text, item_mark(line.text)[0]
    if item == "•" or measures.open(before):
        return item == "•"
    alone = measures.plain and final(before.text) and stands_alone(text)
    begins = alone or item or heading_level(text) or caption_mark(text)
    below = is_note(text) or SOURCE.match(text) or KEYWORDS.match(seen(text))
    return bool(begins or below or ARTICLE.match(text))


def _is_next(first: Line, line: Line, measures: Measures) -> bool:
    """The next item, entry or clause."""
    style, before = (item_mark(one.text)[0] or is_reference(one.text) for one in (line, first))
    *whole, last = heading_number(line.text).split(".")
    clause = whole and heading_number(first.text) == ".".join([*whole, str(int(last) - 1)])
    return bool(clause or (style and style == before))


def _runs_on(line: Line, following: Line, measures: Measures) -> bool:
    """A full line that only begins like a heading: the sentence goes on, and ends as no heading
    does.
    """
    goes_on = measures.full(following) or final(following.text)
    return measures.open(line) and goes_on


def _heading_goes_on(line: Line, following: Line, measures: Measures) -> bool:
    """A heading over two lines: no space ends the first, and the second is a short rest."""
    column = measures.usual[1] - measures.usual[0]
    wide = cells(line.text) * 2 >= column
    rest = cells(following.text) * 3 < column and not final(following.text)
    return wide and rest and following.y - line.y <= measures.leading


def _hangs(
    first: Line, line: Line, following: Line, after: Line | None, measures: Measures
) -> bool:
    """The rest of an entry whose first line begins further left, with a mark; what goes on further
    left than the mark is no rest of it.
    """
    if after and after.x0 < first.x0 - 2 and measures.open(following) and final(line.text):
        return False
    text = first.text
    marked = item_mark(text)[0] or is_reference(text) or SPEAKER.match(text)
    return bool(
        marked
        and following.x0 > first.x0 + 0.8 * line.size
        and not measures.short(line, following)
        and (line is first or abs(line.x0 - following.x0) < 2)
    )
