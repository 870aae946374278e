"""Page numbers, running headers, trailers and tables of contents: what belongs to the printed page,
not to the text.

Drops only what meets one of its four rules in full. Whatever merely looks like furniture stays and
is reported.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from manuscript.characters import bare, matched, seen
from manuscript.kinds import caption_mark, columns, heading_level, is_title, item_mark
from manuscript.layout import Layout
from manuscript.lines import Line
from manuscript.numbers import rising

NUMBER = re.compile(
    r"^(?:[-–—·•]\s?)?(?:第\s?)?(?:page\s+)?(\d{1,4}|[ivxlc]{1,7})(?:\s?页)?(?:\s?(?:/|of|共)\s?\d{1,4}(?:\s?页)?)?(?:\s?[-–—·•])?$",
    re.IGNORECASE,
)
LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|(?:\. ){3,}\.?)\s?[\divxlc]{1,5}$", re.IGNORECASE)
STRONG = re.compile(
    r"预览已结束|完整报告|扫码|关注.{0,4}公众号|更多报告|end of preview|full report", re.IGNORECASE
)
WEAK = re.compile(r"二维码|下载")
ADDRESS = re.compile(r"^(?:(?:https?|ftp)://|www\.)\S+$", re.IGNORECASE)
MEASURES = "年月日天个项家条款种次倍亿万千百位所名公里米吨元分秒时人度份层座处"
PAGE_NOTE = re.compile(rf"^(?:[①-⑳]|\[\d{{1,2}}\]|\d{{1,2}}\s(?![{MEASURES}]))\s*(?=[^\W\d])")
TOGETHER = 4  # lines of furniture at one page break
SHORT = 64  # cells: no running header is longer
LAST = 10  # printed lines in which a trailer can begin


@dataclass
class Furniture:
    """Index of line → reason, and what was kept although it looks like furniture."""

    reasons: dict[int, str] = field(default_factory=dict)
    kept: set[int] = field(
        default_factory=set
    )  # lines that interrupt a sentence and stay, each on its own
    notes: set[int] = field(default_factory=set)  # lines of notes at the foot of a page
    warnings: list[tuple[int, str]] = field(default_factory=list)


def find_furniture(lines: Sequence[Line], layout: Layout) -> Furniture:
    found = Furniture()
    _trailer(lines, layout, found)
    contents = find_contents([line.text for line in lines])
    found.reasons |= dict.fromkeys(contents, "toc-leader")
    _page_furniture(lines, layout, found)
    return found


CONTENTS = ("目录", "目次", "contents")
ENTRY = re.compile(r"^\S.*?[\s.…·。]*(\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)


def find_contents(texts: Sequence[str]) -> set[int]:
    """Places of the table of contents: its heading, and lines that end in page numbers that do not
    fall.
    """
    found: set[int] = set()
    at = 0
    while at < len(texts):
        headed = bare(seen(texts[at])).lower() in CONTENTS
        leads = bool(LEADER.search(texts[at][-80:]))
        if not (headed or leads):
            at += 1
            continue
        start, at = at, at + headed
        entries: list[int] = []
        while at < len(texts):
            if _entry(texts[at], entries and LEADER.search(texts[entries[0]][-80:])) or (
                at + 1 < len(texts)
                and at > start
                and texts[at][-1:] != "。"
                and LEADER.search(texts[at + 1][-80:])
            ):
                entries.append(at)
                at += 1
            elif at + 1 < len(texts) and NUMBER.match(texts[at + 1]) and texts[at][-1:] != "。":
                entries += [at, at + 1]
                at += 2
            else:
                break
        if len(entries) >= 3:
            found |= {*range(start, start + headed), *entries}
        at = max(at, start + 1)
    return found


def _entry(text: str, leads: object) -> bool:
    """A line of a contents: with a leader where the others have one, else short."""
    if LEADER.search(text[-80:]):
        return True
    return not leads and len(text) <= 48 and bool(ENTRY.match(text))


def _trailer(lines: Sequence[Line], layout: Layout, found: Furniture) -> None:
    """F3: the last lines, from the first notice on, if only notices and addresses follow."""
    start = None
    for index in range(len(lines) - 1, max(-1, len(lines) - LAST - 1), -1):
        if _notice(lines[index], layout):
            start = index
        elif not (
            ADDRESS.match(lines[index].text)
            or _goes_on(lines, index)
            or NUMBER.match(lines[index].text)
        ):
            break
    if start is not None:
        found.reasons |= dict.fromkeys(range(start, len(lines)), "trailer")
    for line in lines[:start]:
        if (STRONG.search(line.text[:200]) and line.width < SHORT) or ADDRESS.match(line.text):
            found.warnings.append((line.number, f"kept: trailer? {line.text[:30]}"))


def _notice(line: Line, layout: Layout) -> bool:
    if layout.width >= 20 and layout.full(line) and line.width > SHORT:
        return False
    return bool(STRONG.search(line.text)) or (
        bool(WEAK.search(line.text)) and not line.text.endswith("。")
    )


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """The rest of an address broken over two lines."""
    return (
        index > 0
        and lines[index].text.isascii()
        and " " not in lines[index].text
        and bool(ADDRESS.match(lines[index - 1].text))
    )


def _page_furniture(lines: Sequence[Line], layout: Layout, found: Furniture) -> None:
    """F1 and F2: numbers that rise from page to page, and headers that come back beside them or at
    page marks.
    """
    pages = _Pages(lines, layout, found.reasons)
    repeated = pages.repeated()
    headers = {at for at in repeated if pages.at_edge(at) or pages.beside(at, pages.numbers)}
    headers = (headers | pages.sandwich()) - pages.numbers
    numbers = pages.page_numbers(headers)
    dropped = headers | numbers
    found.reasons |= pages.sides(dropped) | dict.fromkeys(numbers, "page-number")
    found.notes = pages.notes(dropped)
    found.kept = {
        near
        for at in numbers
        for near in (at - 1, at + 1)
        if near not in dropped | found.notes and pages.interrupts_alone(near, dropped)
    }
    found.warnings += [
        (lines[at].number, f"kept: page number? {lines[at].text}") for at in pages.numbers - numbers
    ]
    found.warnings += [
        (lines[at].number, f"kept: running header? {lines[at].text[:30]}")
        for at in sorted((repeated - headers) | found.kept)
    ]


class _Pages:
    """The page marks of a text and what stands at them."""

    def __init__(self, lines: Sequence[Line], layout: Layout, taken: dict[int, str]) -> None:
        self.lines, self.layout, self.taken = lines, layout, taken
        self.numbers = {
            at
            for at, line in enumerate(lines)
            if line.width <= 20 and at not in taken and NUMBER.match(seen(line.text))
        }
        self.feeds = [at for at, line in enumerate(lines) if line.page]
        self.wide_gap = layout.gap * 2 + 2
        self.noted = self.notes(self.numbers | set(self.feeds))

    @staticmethod
    def beside(at: int, some: Collection[int]) -> bool:
        return at - 1 in some or at + 1 in some

    def feed_at(self, at: int) -> bool:
        return at == len(self.lines) or (0 < at < len(self.lines) and self.lines[at].page)

    def gap_at(self, at: int) -> bool:
        return 0 < at < len(self.lines) and self.lines[at].gap >= self.wide_gap

    def at_edge(self, at: int) -> bool:
        """A page mark directly above or below, or beyond the other furniture that stands there."""
        return any(self.feed_at(near) or self.gap_at(near) for near in (at, at + 1)) or any(
            near in self.numbers
            and any(self.feed_at(x) or self.gap_at(x) for x in (near, near + 1))
            for near in (at - 1, at + 1)
        )

    def candidate(self, at: int) -> bool:
        """Could be a running header: short, no sentence, no caption, no note."""
        line = self.lines[at]
        return (
            line.width <= SHORT
            and at not in self.taken
            and at not in self.noted
            and line.text[-1] not in "。；！？：，、,:;"
            and not caption_mark(line.text)
        )

    def repeated(self) -> set[int]:
        """Lines that come back, digits aside, at three page marks or more and hardly elsewhere; not
        where one first stands as a heading.
        """
        places = defaultdict(list)
        for at, line in enumerate(self.lines):
            full = self.layout.full(line) and columns(line.text) == 1
            if at not in self.numbers and self.candidate(at) and not full:
                key = line.text if heading_level(line.text) else re.sub(r"\d+", "#", line.text)
                places[key].append(at)
        found = set()
        for same in places.values():
            marked = [at for at in same if self.at_edge(at) or at == 0]
            marked = same if self._counts_pages(same) else marked
            if len(marked) >= 3 and len(marked) * 5 >= len(same) * 4:
                found |= set(same) - self._first_standing(same, marked)
        return found

    def _counts_pages(self, same: list[int]) -> bool:
        """Beside nearly each of these lines stands a number, one or two higher than beside the one
        before.
        """
        near = [next((x for x in (at - 1, at + 1) if x in self.numbers), -1) for at in same]
        values = [_value(self.lines[at].text) for at in near if at >= 0]
        steps = [after - before for before, after in itertools.pairwise(values)]
        return (
            len(values) >= 3
            and len(values) * 5 >= len(same) * 4
            and sum(step in (1, 2) for step in steps) * 5 >= len(steps) * 4
        )

    def _first_standing(self, same: list[int], marked: list[int]) -> set[int]:
        """The first of these lines where it is the title, or the heading of the part that the
        headers name.
        """
        first = same[0]
        if first == 0:
            another = len(self.lines) > 1 and is_title(self.lines[1].text)
            return set() if another and not heading_level(self.lines[1].text) else {0}
        covers_a_part = len(marked) * 5 < 2 * max(len(self.feeds), len(self.numbers))
        names_part = heading_level(self.lines[first].text) > 0 or covers_a_part
        return {first} if names_part and not self.open_before(first) else set()

    def open_before(self, at: int) -> bool:
        """The sentence above this line goes on beyond it."""
        return at > 0 and at - 1 not in self.taken and self.layout.ends_open(self.lines[at - 1])

    def sandwich(self) -> set[int]:
        """In a file of a page or two, where nothing can come back: what stands between the halves
        of a sentence, with a number or a page mark among it.
        """
        found: set[int] = set()
        if len(self.numbers) <= 2:
            marks = {at for at in range(1, len(self.lines)) if self.feed_at(at) or self.gap_at(at)}
            for at in sorted(self.numbers | marks):
                run = self._between_halves(at)
                whole = any(self.feed_at(x) or self.gap_at(x) for x in (*run, run.stop))
                if run and (whole or run.start in self.numbers):
                    found |= set(run)
        return found

    def _between_halves(self, at: int) -> range:
        """The short lines around this place, if a full line is open above them and a full line goes
        on below.
        """
        start = at
        while start > max(1, at - TOGETHER) and not self.open_before(start):
            start -= 1
        end = start
        while end < len(self.lines) and end - start < TOGETHER and self._interrupts(end):
            end += 1
        below = self.lines[end] if end < len(self.lines) else None
        goes_on = below and self.layout.full(below) and not heading_level(below.text)
        return range(start, end if self.open_before(start) and goes_on else start)

    def _interrupts(self, at: int) -> bool:
        line = self.lines[at]
        return at in self.numbers or (
            self.candidate(at) and not self.layout.full(line) and not item_mark(line.text)[0]
        )

    def interrupts_alone(self, at: int, dropped: set[int]) -> bool:
        """Could be a header, and the text before it is open; what follows does not prove it."""
        if (
            not 0 < at < len(self.lines)
            or not self.candidate(at)
            or self.layout.full(self.lines[at])
        ):
            return False
        before = at - 1
        while before in dropped:
            before -= 1
        return before >= 0 and self.layout.ends_open(self.lines[before])

    def page_numbers(self, headers: set[int]) -> set[int]:
        """F1: numbers at form feeds or beside headers; at wide gaps or anywhere those that rise by
        one, page after page.
        """
        sure = {
            at
            for at in self.numbers
            if self.beside(at, headers)
            or self.feed_at(at + 1)
            or (self.feed_at(at) and at)
            or self.gap_at(at) is not self.gap_at(at + 1)  # a cell has one on both sides
        }
        sure -= {at for at in sure if at + 1 == len(self.lines) and len(sure) == 1}
        gaps = {at for at in self.numbers if self.gap_at(at) or self.gap_at(at + 1)}
        kept = self._rising(sure) | self._counting(gaps | sure, 1) | self._counting(self.numbers, 4)
        heads = [at for at in kept if self._heads_chapter(at, headers)]
        return kept - set(heads) if len(heads) * 2 >= len(kept) else kept

    def _rising(self, marked: set[int]) -> set[int]:
        """The rising ones among the Roman and among the Arabic numbers."""
        found: set[int] = set()
        for arabic in (True, False):
            kind = [at for at in sorted(marked) if self._arabic(at) is arabic]
            rises = rising([_value(self.lines[at].text) for at in kind])
            found |= {at for at, keeps in zip(kind, rises) if keeps}
        return found

    def _counting(self, marked: set[int], apart: int) -> set[int]:
        """Runs of three numbers or more of which each is one higher than the one before, `apart`
        lines or more between them.
        """
        found: set[int] = set()
        run: list[int] = []
        for at in [*sorted(marked), len(self.lines) + 9]:
            known = at < len(self.lines)
            if run and not (known and self._follows(run[-1], at, apart)):
                found |= set(run) if len(run) >= 3 else set()
                run = []
            run.append(at)
        return found

    def _follows(self, before: int, at: int, apart: int) -> bool:
        step = _value(self.lines[at].text) - _value(self.lines[before].text)
        return at - before > apart and step == 1 and self._arabic(at) is self._arabic(before)

    def _arabic(self, at: int) -> bool:
        return matched(NUMBER, seen(self.lines[at].text))[1].isdecimal()

    def _heads_chapter(self, at: int, headers: set[int]) -> bool:
        """A lone number over a short line, where the text above is closed: perhaps the number of a
        chapter.
        """
        below = at + 1
        if self.beside(at, headers) or self.open_before(at) or self.feed_at(below):
            return False
        after = self.lines[below + 1] if below + 1 < len(self.lines) else None
        short = after is None or self.layout.short(self.lines[below], after)
        return self.candidate(below) and short and not heading_level(self.lines[below].text)

    def notes(self, dropped: set[int]) -> set[int]:
        """Lines at the foot of a page that begin with the mark of a note, 1 or one more than the
        last, and what goes on from them.
        """
        found: set[int] = set()
        last = 0
        for foot in sorted(at for at in dropped if at - 1 not in dropped):
            for start in range(max(1, foot - 3), foot):
                mark = PAGE_NOTE.match(self.lines[start].text)
                value = _mark_value(mark[0]) if mark else 0
                if value and value in (1, last + 1):
                    found |= set(range(start, foot))
                    last = value
        return found

    def sides(self, dropped: set[int]) -> dict[int, str]:
        """A footer stands above the page's form feed or number, a header below it; other furniture
        may stand between.
        """
        turns: dict[int, bool] = {len(self.lines) - 1: False}
        for at in sorted(dropped - turns.keys(), reverse=True):
            below = at + 1
            turns[at] = self.lines[below].page or (
                below in dropped and (below in self.numbers or turns[below])
            )
        return {
            at: "running-footer" if turns[at] and not self.lines[at].page else "running-header"
            for at in dropped
        }


def _mark_value(mark: str) -> int:
    digits = re.sub(r"\D", "", mark)
    return int(digits) if digits.isascii() and digits else ord(mark[0]) - ord("①") + 1


def _value(text: str) -> int:
    found = matched(NUMBER, seen(text))[1]
    return int(found) if found.isdecimal() else _roman(found.lower())


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[char] for char in text]
    return sum(-value if value < later else value for value, later in zip(values, [*values[1:], 0]))
