"""The contents of a paper: entries with leaders or page numbers, or such as come again below."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise

from manuscript.characters import bare, final, fits, seen
from manuscript.kinds import BULLETS, heading_level, unnumbered
from manuscript.lines import Line, Lines, Page, grouped

LONG = 48  # cells: what no entry takes
TOP = 10  # rows: a contents without a heading begins above
CONTENTS = re.compile(
    "(?:(?:插?图|附?表|表格|图表)?目[录次]|(?:tableof)?contents|listof(?:figures|tables))+",
    re.IGNORECASE,
)
LEADER = re.compile(
    r"(?:\.{4,}|…{2,}|·{4,}|(?:[.·] ){3,}[.·]?|[—–_-]{4,})\s?[-–—]?\s?[\divxlc]{1,5}\s?[-–—]?$",
    re.IGNORECASE,
)
ENTRY = re.compile(r"^(?!0\d$)(\S.*?)(?:[\s.…·。]+|(?<!\d))(\d{1,3}|[ivxlc]{1,6})$", re.IGNORECASE)
DIGITS = re.compile(r"[\d.]*")
DEEPEST = 4  # levels: more places are no depths


def heads_contents(text: str) -> bool:
    return bool(CONTENTS.fullmatch(bare(seen(text))))


def find_contents(lines: Lines) -> list[Line]:
    """The table of contents: its heading, and lines that have page numbers or come again below."""
    rows = grouped(lines, _goes_on)
    texts = ["\t".join(line.text for line in row) for row in rows]
    found: list[Line] = []
    at = 0
    while at < len(texts):
        heads = (
            take for take in (2, 1) if texts[at] and heads_contents("".join(texts[at : at + take]))
        )
        first = at + next(heads, 0)  # 目 and 录 may be two lines
        end = _entries(texts, first) if first > at or _leads(texts[at]) else first
        if end - first < 3 and (first > at or at < TOP):
            end = _announced(texts, first, first > at)
        if end - first < 3:
            end = at + 1
        else:
            found += chain(*rows[at:end])
        at = end
    return found


def mark_outline(page: Page) -> None:
    """Gives each heading that the PDF's outline names on this page, be it without its number, the
    level that it has there, as a style would in Word.
    """
    for level, title in page.outline:
        name = bare(seen(title))
        heads = [
            lines
            for at in range(len(page.lines))
            for lines in (page.lines[at : at + count] for count in (1, 2, 3))
            if name and bare(text := seen(" ".join(line.text for line in lines))).endswith(name)
            if name == bare(unnumbered(text)) or DIGITS.fullmatch(bare(text).removesuffix(name))
        ]
        if heads:  # the largest, with its number: others are a running header, or call it
            head = max(heads, key=lambda lines: lines[0].size)
            above = page.lines[max(0, page.lines.index(head[0]) - 1)]
            if above.level in (0, level) and _is_half(above, head[0]):
                head = [above, *head]
            head[0].parted = True
            for line in head:
                line.level = level


def mark_tagged(pages: Sequence[Page]) -> None:
    """Gives the headings that a PDF's tags tell their levels; one above all others is the title."""
    lines = [line for page in pages for line in page.lines if line.tag.level]
    firsts = {(line.page, line.tag.block): line for line in reversed(lines)}.values()
    above = [line.tag.level for line in firsts].count(1) == 1 < len(firsts)
    for line in lines:
        line.level = line.tag.level - above
        line.parted = line in firsts


def _is_half(above: Line, line: Line) -> bool:
    """Of a heading in the middle over two lines, each of which is a paragraph in Word."""
    alike = (above.size, above.face) == (line.size, line.face)
    middle = abs(above.x0 + above.x1 - line.x0 - line.x1) < line.size
    near = 0 < line.y - above.y < 2 * line.size and abs(above.x0 - line.x0) > 2
    return alike and middle and near and not (final(above.text) or heading_level(line.text))


def titles_of(lines: Lines) -> dict[str, int]:
    """What the contents names, and how deep: from 1; 0 where nothing tells."""
    rows = [row for row in grouped(lines, _goes_on) if not heads_contents(row[0].text)]
    places = [(row[0].style, round(row[0].x0 / row[0].size)) for row in rows]
    depths = {place: at for at, place in enumerate(sorted(set(places)), 1)}
    told = 1 < len(depths) <= DEEPEST
    texts = ["\t".join(line.text for line in row) for row in rows]
    return {
        bare(title): depths[place] * told
        for text, place in zip(texts, places)
        for title in (text, LEADER.sub("", text), ENTRY.sub(r"\1", text))
    }


def _announced(texts: Sequence[str], start: int, headed: bool) -> int:
    """Where the short lines end that begin here and many of them, or all, come again below."""
    words = [bare(text.lstrip(BULLETS)) for text in texts[start:]]
    there, before = Counter(words), Counter[str]()
    for at, text in enumerate(words):
        if there[text] <= 2 * before[text] or "。" in text or not fits(text, LONG):
            own, rest = words[:at], words[at:]
            later = {*rest, *(line + after for line, after in pairwise(rest))}
            while own and own[-1] not in later:
                own.pop()
            again = later.intersection(own)
            if not headed and len(again) == len(set(own)) > 4:
                headed = rest.index(own[-1]) - rest.index(own[0]) > 4 * len(own)  # far apart
            return start + len(own) if headed and 3 * len(again) >= len(own) else start
        before[text] += 1
    return start


def _goes_on(row: list[Line], line: Line) -> bool:
    """Stands behind the row: the leader and the number of an entry may be pieces."""
    return line.beside(row[-1]) and line.x0 > row[-1].x1


def _entries(texts: Sequence[str], start: int) -> int:
    """Where the entries end that begin here; an entry may take three lines."""
    at = end = start
    heads = texts[start : start + 3]
    with_leaders, parted = any(map(_leads, heads)), any("\t" in text for text in heads)
    while at < min(end + 3, len(texts)) and texts[at][-1:] != "。":
        title = bare(texts[at])
        at += 1
        if _is_entry(texts[at - 1], with_leaders or (parted and end < at - 1)):
            end = at
        elif any(
            title != (entry := bare(text)) and entry.startswith(title) for text in texts[start:end]
        ):
            break  # it heads the text
    return end


def _leads(text: str) -> bool:
    return bool(LEADER.search(text[-80:]))


def _is_entry(text: str, parted: bool) -> bool:
    """A line of a contents: with a leader, or a gap, where the others have one, else short."""
    apart = "\t" in text or (not parted and len(text) <= LONG)
    return _leads(text) or (apart and bool(ENTRY.match(text)))
