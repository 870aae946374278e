"""Page numbers, running headers, trailers and tables of contents: what belongs to the printed page, not to the text.

Drops only what meets one of its four rules in full. Whatever merely looks like furniture stays and is reported.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from manuscript.characters import bare, final, seen
from manuscript.kinds import caption_mark, columns, heading_level
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
SHORT = 64  # cells: no running header is longer
LAST = 10  # printed lines in which a trailer can begin
TOGETHER = 4  # lines of furniture at one page break


@dataclass
class Furniture:
    """Index of line → reason, and what was kept although it looks like furniture."""

    reasons: dict[int, str] = field(default_factory=dict)
    kept: set[int] = field(
        default_factory=set
    )  # lines that interrupt a sentence and stay, each on its own
    warnings: list[tuple[int, str]] = field(default_factory=list)


def find_furniture(lines: Sequence[Line], layout: Layout) -> Furniture:
    found = Furniture()
    _trailer(lines, layout, found)
    _leaders(lines, found)
    _page_furniture(lines, layout, found)
    return found


CONTENTS = ("目录", "目次", "contents")
ENTRY = re.compile(r"^\S.*?[\s.…·。]*(\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)


def find_contents(texts: Sequence[str]) -> set[int]:
    """Places of the table of contents: its heading, and lines that end in page numbers that do not fall."""
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
            if ENTRY.match(texts[at]) or (
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


def _trailer(lines: Sequence[Line], layout: Layout, found: Furniture) -> None:
    """F3: the last lines, from the first notice on, when nothing but notices and addresses follows."""
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
    for index, line in enumerate(lines[:start]):
        if STRONG.search(line.text[:200]) and line.width < SHORT or ADDRESS.match(line.text):
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


def _leaders(lines: Sequence[Line], found: Furniture) -> None:
    """F4: three or more neighbouring lines that lead to a page number, and the heading 目录 right above them."""
    for leads, run in groupby(
        range(len(lines)), lambda index: bool(LEADER.search(lines[index].text[-80:]))
    ):
        first, *others = run
        if leads and len(others) >= 2:
            headed = first > 0 and seen(lines[first - 1].text).replace(" ", "").lower() in (
                "目录",
                "目次",
                "contents",
            )
            found.reasons |= dict.fromkeys(
                [*([first - 1] if headed else []), first, *others], "toc-leader"
            )
        elif leads:
            found.warnings += [
                (lines[index].number, "kept: line of a table of contents?")
                for index in (first, *others)
            ]


def _page_furniture(lines: Sequence[Line], layout: Layout, found: Furniture) -> None:
    """F1 and F2, found together: a number proves the header beside it, a header the number."""
    pages = _Pages(lines, layout, found.reasons)
    repeated = pages.repeated()
    headers = (
        pages.sandwiches()
        | {
            index
            for index in repeated
            if pages.at_mark(index) or pages.beside(index, pages.numbers)
        }
    ) - pages.numbers
    numbers = pages.page_numbers(headers)
    dropped = headers | numbers
    found.reasons |= pages.sides(dropped) | dict.fromkeys(numbers, "page-number")
    found.warnings += [
        (lines[index].number, f"kept: page number? {lines[index].text}")
        for index in pages.numbers - numbers
    ]
    found.kept = {
        near
        for index in numbers
        for near in (index - 1, index + 1)
        if near not in dropped and pages.interrupts_alone(near, dropped)
    }
    found.warnings += [
        (lines[index].number, f"kept: running header? {lines[index].text[:30]}")
        for index in sorted((repeated - headers) | found.kept)
    ]


class _Pages:
    """The page marks of a text and what stands at them."""

    def __init__(self, lines: Sequence[Line], layout: Layout, taken: dict[int, str]) -> None:
        self.lines, self.layout, self.taken = lines, layout, taken
        self.numbers = {
            index
            for index, line in enumerate(lines)
            if line.width <= 20 and index not in taken and NUMBER.match(seen(line.text))
        }
        self.wide_gap = layout.gap * 2 + 2
        self.turns = sum(line.page for line in lines)

    @staticmethod
    def beside(index: int, some: Collection[int]) -> bool:
        return index - 1 in some or index + 1 in some

    def mark_before(self, index: int) -> bool:
        """A form feed, or a gap clearly larger than usual, above this line (above the first line: no mark)."""
        return 0 < index < len(self.lines) and (
            self.lines[index].page or self.lines[index].gap >= self.wide_gap
        )

    def at_mark(self, index: int) -> bool:
        """A page mark directly above or below, or beyond the other furniture that stands there."""
        return any(self.mark_before(near) for near in (index, index + 1)) or any(
            near in self.numbers and (self.mark_before(near) or self.mark_before(near + 1))
            for near in (index - 1, index + 1)
        )

    def candidate(self, index: int) -> bool:
        """Could be a running header: short, no sentence, no caption."""
        line = self.lines[index]
        return (
            line.width <= SHORT
            and index not in self.taken
            and not final(line.text)
            and line.text[-1] not in "，、,"
            and not caption_mark(line.text)
        )

    def repeated(self) -> set[int]:
        """Lines that come back, digits aside, at three page marks or more and hardly elsewhere; not where one first stands as a heading."""
        places = defaultdict(list)
        for index in range(1, len(self.lines)):
            if (
                index not in self.numbers
                and self.candidate(index)
                and not self._running_text(index)
            ):
                text = self.lines[index].text
                places[text if heading_level(text) else re.sub(r"\d+", "#", text)].append(index)
        found = set()
        for same in places.values():
            marked = [index for index in same if self.at_mark(index)]
            marked = same if self._counts_pages(same) else marked
            if len(marked) >= 3 and len(marked) * 5 >= len(same) * 4:
                found |= set(same) - self._first_standing(same, marked)
        return found

    def _running_text(self, index: int) -> bool:
        """A full line without the gap that a header of that width has: however often it comes back, it is text."""
        return self.layout.full(self.lines[index]) and columns(self.lines[index].text) == 1

    def _counts_pages(self, same: list[int]) -> bool:
        """Beside nearly each of these lines stands a number, one or two higher than beside the one before."""
        beside = [
            next((near for near in (index - 1, index + 1) if near in self.numbers), -1)
            for index in same
        ]
        values = [_value(self.lines[near].text) for near in beside if near >= 0]
        steps = [after - before for before, after in zip(values, values[1:])]
        return (
            len(values) >= 3
            and len(values) * 5 >= len(same) * 4
            and sum(step in (1, 2) for step in steps) * 5 >= len(steps) * 4
        )

    def _first_standing(self, same: list[int], marked: list[int]) -> set[int]:
        """The first of these lines where it is the heading that the headers repeat: they name a part, and the text above is closed."""
        covers_a_part = len(marked) * 5 < 2 * max(
            self.turns, len(self.numbers)
        )  # far fewer pages than there are; odd and even ones may differ
        names_part = heading_level(self.lines[same[0]].text) > 0 or covers_a_part
        return {same[0]} if names_part and not self.open_before(same[0]) else set()

    def open_before(self, index: int) -> bool:
        """The sentence above this line goes on beyond it."""
        return index > 0 and self.layout.ends_open(self.lines[index - 1])

    def sandwiches(self) -> set[int]:
        """Furniture proved by the sentence that it interrupts: open above, going on in full width below, a number or page mark among it."""
        found: set[int] = set()
        for index in sorted(
            self.numbers | {at for at in range(1, len(self.lines)) if self.mark_before(at)}
        ):
            run = self._run_around(index)
            if run and self._interrupts(run):
                found |= set(run)
        return found

    def _run_around(self, index: int) -> range:
        """The lines from the open line above this place to the next one that is no candidate."""
        start = index
        while start > max(1, index - TOGETHER) and not self.layout.ends_open(self.lines[start - 1]):
            start -= 1
        end = start
        while (
            end < len(self.lines)
            and end - start < TOGETHER
            and (end in self.numbers or self.candidate(end))
            and not self.layout.full(self.lines[end])
        ):
            end += 1
        return range(start, end)

    def _interrupts(self, run: range) -> bool:
        marked = any(index in self.numbers for index in run) or any(
            self.mark_before(index) for index in (*run, run.stop)
        )
        whole = 0 < run.start and run.stop < len(self.lines)
        return (
            marked
            and whole
            and self.open_before(run.start)
            and self.layout.full(self.lines[run.stop])
            and not heading_level(self.lines[run.stop].text)
        )

    def interrupts_alone(self, index: int, dropped: set[int]) -> bool:
        """Could be a header, and the text before it is open; what follows does not prove it."""
        if (
            not 0 < index < len(self.lines)
            or not self.candidate(index)
            or self.layout.full(self.lines[index])
        ):
            return False
        before = index - 1
        while before in dropped:
            before -= 1
        return before >= 0 and self.layout.ends_open(self.lines[before])

    def page_numbers(self, headers: set[int]) -> set[int]:
        """F1: numbers at page marks or beside a header; with several, those that rise."""
        marked = [
            index
            for index in sorted(self.numbers)
            if self.beside(index, headers) or self.mark_before(index) or self.mark_before(index + 1)
        ]
        kept = sorted(index for series in self._series(marked) for index in series)
        heads = [index for index in kept if self._heads_chapter(index, headers)]
        return set(kept) - set(heads) if len(heads) * 2 >= len(kept) else set(kept)

    def _series(self, marked: list[int]) -> list[list[int]]:
        """The rising numbers among the Roman and among the Arabic ones."""
        kinds = defaultdict(list)
        for index in marked:
            kinds[NUMBER.match(seen(self.lines[index].text))[1].isdecimal()].append(index)
        return [
            [
                index
                for index, rises in zip(kind, rising([_value(self.lines[at].text) for at in kind]))
                if rises
            ]
            for kind in kinds.values()
        ]

    def _heads_chapter(self, index: int, headers: set[int]) -> bool:
        """A lone number over a short line, where the text above is closed: perhaps the number of a chapter."""
        below = index + 1
        if (
            self.beside(index, headers)
            or self.open_before(index)
            or below >= len(self.lines)
            or self.lines[below].page
        ):
            return False
        after = self.lines[below + 1] if below + 1 < len(self.lines) else None
        short = after is None or self.layout.short(self.lines[below], after)
        return self.candidate(below) and short and not heading_level(self.lines[below].text)

    def sides(self, dropped: set[int]) -> dict[int, str]:
        """A footer stands above the page's form feed or number, a header below it; other furniture may stand between."""
        turns: dict[int, bool] = {len(self.lines) - 1: False}
        for index in sorted(dropped - turns.keys(), reverse=True):
            below = index + 1
            turns[index] = self.lines[below].page or (
                below in dropped and (below in self.numbers or turns[below])
            )
        return {
            index: "running-footer"
            if turns[index] and not self.lines[index].page
            else "running-header"
            for index in dropped
        }


def _value(text: str) -> int:
    found = NUMBER.match(seen(text))[1]
    return int(found) if found.isdecimal() else _roman(found.lower())


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[char] for char in text]
    return sum(-value if value < later else value for value, later in zip(values, [*values[1:], 0]))
