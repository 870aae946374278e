"""The contents of a paper: entries with leaders or page numbers, or such as come again below."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from manuscript.characters import bare, fits, seen
from manuscript.lines import Line, grouped
from manuscript.margins import NUMBER

LONG = 48  # cells: what no entry takes
TOP = 10  # rows: a contents without a heading begins above
CONTENTS = re.compile(
    "(?:插?图|附?表|表格|图表)?目[录次]|(?:tableof)?contents|listof(?:figures|tables)",
    re.IGNORECASE,
)
LEADER = re.compile(
    r"(?:\.{4,}|…{2,}|·{4,}|(?:\. ){3,}\.?|[—–_-]{4,})\s?[-–—]?\s?[\divxlc]{1,5}\s?[-–—]?$",
    re.IGNORECASE,
)
ENTRY = re.compile(r"^\S.*?[\s.…·。]*(\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)


def heads_contents(text: str) -> bool:
    return bool(CONTENTS.fullmatch(bare(seen(text))))


def find_contents(lines: Sequence[Line]) -> set[Line]:
    """The table of contents: its heading, and lines that have page numbers or come again below."""
    rows = grouped(lines, _on_one_line)
    texts = ["\t".join(line.text for line in row) for row in rows]
    places = defaultdict(list)
    for place, text in enumerate(texts):
        places[bare(text)].append(place)
    found: set[Line] = set()
    at = 0
    while at < len(texts):
        heads = (take for take in (1, 2) if heads_contents("".join(texts[at : at + take])))
        first = at + next(heads, 0)  # 目 and 录 may be two lines
        end = _entries(texts, first) if first > at or _leads(texts[at]) else first
        if end - first < 3 and (first > at or at < TOP):
            end = _announced(texts, places, first)
        if end - first < 3 and first > at:
            end = _whole_page(rows, texts, first)
        if end - first >= 3:
            found |= {line for row in rows[at:end] for line in row}
        at = end if end - first >= 3 else at + 1
    return found


def _announced(texts: Sequence[str], places: Mapping[str, list[int]], start: int) -> int:
    """Where the lines end that begin here and all come again below, in this order, far apart."""
    last, bound = start, len(texts)
    for at in range(start, len(texts)):
        after = (place for place in places[bare(texts[at])] if place > max(last, at))
        again = next(after, 0) if fits(texts[at], LONG) else 0
        if not again or at >= bound:
            own = len(set(texts[start:at]))
            return at if own >= 5 and last - bound > 4 * (at - start) else start
        bound = min(bound, again)
        last = again
    return start


def _whole_page(rows: Sequence[Sequence[Line]], texts: Sequence[str], start: int) -> int:
    """Where the page ends, if all of it from here are titles."""
    page = rows[start - 1][0].page
    end = next((at for at in range(start, len(rows)) if rows[at][0].page > page), start)
    titles = all(fits(text, LONG) and text[-1:] not in ("", "。") for text in texts[start:end])
    return end if titles else start


def _on_one_line(row: list[Line], line: Line) -> bool:
    """Goes on where the row ends: the leader and the number of an entry may be pieces."""
    last = row[-1]
    return (line.page, round(line.y)) == (last.page, round(last.y)) and line.x0 > last.x1


def _entries(texts: Sequence[str], start: int) -> int:
    """Where the entries end that begin here; an entry may take three lines, the last its number."""
    at = end = start
    with_leaders = any(map(_leads, texts[start : start + 3]))
    while at < min(end + 3, len(texts)) and texts[at][-1:] != "。":
        at += 1
        number = at > end + 1 and NUMBER.match(texts[at - 1])  # of the title above
        if number or _is_entry(texts[at - 1], with_leaders):
            end = at
    return end


def _leads(text: str) -> bool:
    return bool(LEADER.search(text[-80:]))


def _is_entry(text: str, with_leaders: bool) -> bool:
    """A line of a contents: with a leader, or a gap, where the others have one, else short."""
    apart = "\t" in text or (not with_leaders and len(text) <= LONG)
    return _leads(text) or (apart and bool(ENTRY.match(text)))
