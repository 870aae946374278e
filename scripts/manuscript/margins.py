"""Headers, footers, page numbers and watermarks: dropped only where place and words both prove
them.

Of numbers: that they rise with the pages, in one place. Of words: that they stand in one place on
several pages, in the outer quarter of a print, the same but for their digits, and not as often
elsewhere; or, among such, that a larger line of the text says the same. What begins as a heading or
item or is as large as one is dropped only where such lines come again on most pages, and the first
of them stays. Of both: that they stand at an edge and the PDF's tags call them no part of the text.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from manuscript.characters import bare, matched, seen
from manuscript.kinds import NUMBERED, caption_mark, heading_level, is_note, item_mark, number_of
from manuscript.lines import Line, Page, usual_size
from manuscript.notes import mark_of
from manuscript.tables import group_rows

OUTER = 3  # lines from the edge of a page among which furniture stands
SMALLER = 0.95  # of the running text: no heading is set so
LARGER = 1.15  # of the running text: so large are headings
FULL = 0.6  # of the page's width: so wide is a line of the running text
HUGE = 28  # points: so large are watermarks, wherever they stand
FEW = 2  # pages: what is there on more, and on most, is furniture however it is set
NEAR = 0.3  # of the running text's size: lines in one place
SHORT = 0.3  # of the page's width: no cell below a head is wider
NO_HEADER = "。；！？：，、,:;"  # a running header does not end in these
NUMBER = re.compile(
    r"^(?:[-–—·•~]\s?)?(?:第\s?)?(?:page\s+)?(\d{1,4}|[ivxlc]{1,7}|[\u2160-\u216b])(?:\s?页)?"
    r"(?:\s?(?:/|of|，?共)\s?\d{1,4}(?:\s?页)?)?(?:\s?[-–—·•~])?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A line at the edge of a page: at its head or foot, how far from it, and its words without
    digits.
    """

    line: Line
    foot: bool
    distance: int
    words: str


def find_margins(
    pages: Sequence[Page], barred: Callable[[Line], bool] | None = None
) -> dict[Line, str]:
    """Each line that is furniture, with the reason for dropping it.

    `barred`, given of a text, are lines that cannot be: full ones, notes.
    """
    lines = [line for page in pages for line in page.lines]
    size = usual_size(lines)
    largest: dict[str, float] = defaultdict(float)
    since: dict[str, int] = {}  # the first page on which two lines say it
    for line, after in itertools.pairwise(lines):
        both = _said(f"{line.text} {after.text}")
        for said in _said(line.text) + both:
            largest[said] = max(largest[said], line.size)
        for said in both:
            since.setdefault(said, line.page)

    def repeats(line: Line) -> bool:
        """A larger line says the same, or the same behind a number; or it did with the one below
        it, as a heading in two lines that this one names.
        """
        return any(
            line.size < largest[said] and line.page >= since.get(said, 0)
            for said in _said(line.text)
        )

    rules = {page.number: page.rules for page in pages}

    def in_cell(line: Line) -> bool:
        """Stands in a ruled cell of a table."""
        beside = [
            rule
            for rule in rules[line.page]
            if rule.height > rule.width and rule.top <= line.middle <= rule.foot
        ]
        left = any(wall.right <= line.x0 + 1 for wall in beside)
        return left and any(line.x1 - 1 <= wall.left for wall in beside)

    heads = {line for page in pages for line in _heads(page)} if not barred else set()

    def wide(line: Line) -> bool:
        """As lines of the running text are."""
        return line.x1 - line.x0 > FULL * width and line.size < HUGE

    def could_be(place: Place) -> bool:
        line, words = place.line, place.words
        if barred:
            return not barred(line)
        if line.level or line in heads or (line.size < HUGE and in_cell(line)):
            return False
        if line.size < SMALLER * size or repeats(line) or not words:
            return True
        if settled(place) > mostly and (often[words] > mostly or place is not first.get(words)):
            return not wide(line)
        large = LARGER * size <= line.size < HUGE
        return not (large or wide(line) or heading_level(line.text) or item_mark(line.text)[0])

    width = min(page.width for page in pages)
    often = Counter(words_of(line.text) for line in lines)
    mostly = max(FEW, len(pages) / 2)
    same = Counter(line.text for line in lines)  # most pages have no note in common
    noted = {
        line for page in pages for line in _noted(page, width, size) if same[line.text] <= mostly
    }
    every = [place for page in pages for place in _places(page, size, noted)]
    worded = [place for place in every if place.words]
    alike = _spread(worded, lambda place: place.words)
    again = {p: p.words for p in worded if 2 * alike(p) > max(2, often[p.words])}
    first = {words: place for place, words in reversed(again.items())}
    steady = {place for place in again if alike(place) > FEW}
    settled = _spread(steady)
    places = [*filter(could_be, every)]
    proved = again.keys() & places | {p for p in places if p.words and repeats(p.line)}
    here, there = _spread(proved), _spread(every)

    def stands_there(place: Place) -> bool:
        """On three pages; in print on two, and a fourth of all, where most lines in its place are
        such and no items.
        """
        item = barred or item_mark(place.line.text)[0]
        mostly = 5 * here(place) >= 3 * there(place)
        only = not item and mostly and here(place) >= max(2, len(pages) / 4)
        return only or place in steady

    numbers = [place for place in places if not place.words]
    told = [place for place in every if place.line.tag.artifact and not wide(place.line)]
    found = [*told, *filter(stands_there, proved), *_counting(numbers, bool(barred))]
    return {p.line: _reason(p) for p in sorted(found, key=lambda place: -place.foot)}


def _heads(page: Page) -> Iterator[Line]:
    """The pieces of a row over as many short ones, as in a table's head."""
    for row, below in itertools.pairwise(group_rows(page.lines)[: OUTER + 1]):
        short = all(line.x1 - line.x0 < SHORT * page.width for line in below)
        if len(row) == len(below) > 2 and short:
            yield from row


def _noted(page: Page, width: float, size: float) -> list[Line]:
    """Lines of notes: what stands below a short rule, begins with a raised mark or one that is
    raised in the page's text, and what goes on below.
    """
    short = [rule for rule in page.rules if 2 * rule.width < width]
    called = {mark for line in page.lines for at, mark in line.marks if at}
    noted: list[Line] = []
    for line in page.lines:
        after = (0 < line.y - other.y < 2 * size for other in noted if other.size == line.size)
        raised = line.marks and not line.marks[0][0]
        begins = raised or line.is_below(short) or mark_of(line) in called
        if line.size <= size and not line.tag.artifact and (begins or any(after)):
            noted.append(line)
    return noted


def _said(text: str) -> tuple[str, str]:
    """Its words but for a page number behind them, and what a heading says behind its number."""
    text = re.sub(r"(?<=\s)\d+$", "", seen(text))
    return bare(text), bare(NUMBERED.sub("", text).lstrip(" .:：")) or bare(text)


def _places(page: Page, size: float, noted: Set[Line]) -> Iterator[Place]:
    rows = sorted({round(line.y) for line in page.lines})
    edge = page.height / 4 if page.width else page.height  # which no short page of a print has
    for line in page.lines:
        at = round(line.y)
        words = words_of(line.text)
        note = is_note(line.text) or (words and line in noted)
        if line.text[-1] in NO_HEADER or note or caption_mark(line.text):
            continue
        up = page.height - line.y
        if (at in rows[:OUTER] and line.y < edge) or line.size >= HUGE:
            yield Place(line, False, round(line.y / (NEAR * size)), words)
        if at in rows[-OUTER:] and up < edge:
            yield Place(line, True, round(up / (NEAR * size)), words)


def words_of(text: str) -> str:
    """What is the same on every page: the words but for their digits, those of a heading whole."""
    if NUMBER.match(seen(text)):
        return ""
    return bare(text if heading_level(text) else re.sub(r"\d+", "#", text))


def _counting(places: Sequence[Place], anywhere: bool) -> set[Place]:
    """Numbers that rise with the pages, and what else is a number in their place (of a text, which
    has no exact place, those that rise); of several on one line none counts pages: they are a
    table's.
    """
    rows = Counter((p.line.page, p.foot, p.line.y) for p in places)
    alone = [p for p in places if rows[p.line.page, p.foot, p.line.y] == 1]
    rising: set[Place] = set()
    for foot in (False, True):
        some = [p for p in alone if anywhere or p.foot is foot]
        for a, b in itertools.pairwise(some):
            step = value_of(b.line.text) - value_of(a.line.text)
            in_place = step == b.line.page - a.line.page and abs(a.distance - b.distance) <= 1
            if step in (1, 2) if anywhere else in_place:
                rising |= {a, b}
    there = _spread(rising)

    def counts(place: Place) -> bool:
        if not anywhere:
            return there(place) > 1
        return place in rising or value_of(place.line.text) == place.line.page

    return {*filter(counts, alone)}


def _spread(
    places: Iterable[Place], what: Callable[[Place], str] = lambda place: ""
) -> Callable[[Place], int]:
    """On how many pages something stands, by its place; what is alike is one thing."""
    kept = {(place.line.page, place.foot, place.distance, what(place)) for place in places}
    counts = Counter((foot, distance, words) for _, foot, distance, words in kept)

    def count(place: Place) -> int:
        near = (place.distance + by for by in (-1, 0, 1))
        return sum(counts[place.foot, distance, what(place)] for distance in near)

    return count


def value_of(text: str) -> int:
    """What a page number counts."""
    return number_of(matched(NUMBER, seen(text))[1].lower())


def _reason(place: Place) -> str:
    if not place.words:
        return "page-number"
    return "running-footer" if place.foot else "running-header"
