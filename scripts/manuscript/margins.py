"""Headers, footers, page numbers and watermarks: dropped only where place and words both prove
them.

Place: this far from the head or foot of a page stands on most pages, or nowhere else in the file,
what looks so. Words: the same but for their digits, on two pages or more (of a text, where lines
have no exact place: three), or those of a larger line of the text; of a text's numbers, that they
count its pages. A line that stands alone in either is kept.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from manuscript.characters import bare, matched, seen
from manuscript.kinds import caption_mark, heading_level
from manuscript.lines import Line, Page

OUTER = 3  # lines from the edge of a page among which furniture stands
LARGER = 1.15  # of the running text: so large are headings, which are never dropped
NEAR = 0.3  # of the running text's size: lines in one place
NO_HEADER = "。；！？：，、,:;"  # a running header does not end in these
NUMBER = re.compile(
    r"^(?:[-–—·•~]\s?)?(?:第\s?)?(?:page\s+)?(\d{1,4}|[ivxlc]{1,7})(?:\s?页)?(?:\s?(?:/|of|，?共)\s?\d{1,4}(?:\s?页)?)?(?:\s?[-–—·•~])?$",
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


def usual_size(pages: Iterable[Page]) -> float:
    """Of the running text: the one that most characters have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0]


def find_margins(
    pages: Sequence[Page], barred: Callable[[Line], bool] | None = None
) -> dict[Line, str]:
    """Each line that is furniture, with the reason for dropping it.

    `barred`, given of a text, are lines that cannot be: full ones, notes.
    """
    size = usual_size(pages)
    places = [
        place
        for page in pages
        for place in _places(page, size)
        if place.line.size < LARGER * size and not (barred and barred(place.line))
    ]
    if barred:
        words = [place for place in places if place.words != "#"]
        found = [*_counting(places), *_proved(words, pages, 3)]
    else:
        found = [*_proved([*_without_cells(places)], pages, 2)]
    reasons = {place.line: _reason(place) for place in found}
    return reasons | dict.fromkeys(_watermarks(pages), "watermark")


def _places(page: Page, size: float) -> Iterator[Place]:
    rows = sorted({round(line.y) for line in page.lines})
    head, foot = rows[:OUTER][-1:] or [0], rows[-OUTER:][:1] or [0]
    for line in page.lines:
        at = round(line.y)
        if line.text[-1] in NO_HEADER or (line.marks and not line.marks[0][0]):
            continue  # text, or a note
        if caption_mark(line.text):
            continue
        words = words_of(line.text)
        if at <= head[0]:
            yield Place(line, False, round(line.y / (NEAR * size)), words)
        if at >= foot[0]:
            yield Place(line, True, round((page.height - line.y) / (NEAR * size)), words)


def _without_cells(places: list[Place]) -> Iterator[Place]:
    """Of several numbers on one line none counts pages: they are a table's."""
    rows = Counter((p.line.page, p.foot, p.distance) for p in places if p.words == "#")
    for place in places:
        if place.words != "#" or rows[place.line.page, place.foot, place.distance] == 1:
            yield place


def words_of(text: str) -> str:
    """What is the same on every page: the words but for their digits, those of a heading whole."""
    if NUMBER.match(seen(text)):
        return "#"
    return bare(text if heading_level(text) else re.sub(r"\d+", "#", text))


def _proved(places: list[Place], pages: Sequence[Page], least: int) -> Iterator[Place]:
    alike = _spread((place.line.page, place.foot, place.words, place.distance) for place in places)
    repeated = [place for place in places if _near(alike, place, place.words) >= least]
    everywhere = Counter(words_of(line.text) for page in pages for line in page.lines)
    largest: dict[str, float] = defaultdict(float)
    for page in pages:
        for line in page.lines:
            largest[bare(line.text)] = max(largest[bare(line.text)], line.size)
    chapters = [place for place in places if largest[bare(place.line.text)] > place.line.size]
    there = _spread((place.line.page, place.foot, "", place.distance) for place in places)
    proved = _spread(
        (place.line.page, place.foot, "", place.distance) for place in [*repeated, *chapters]
    )
    sure, titled = set(repeated), set(chapters)
    for place in places:
        here, fellows = _near(proved, place, ""), _near(alike, place, place.words)
        mostly = here * 10 >= _near(there, place, "") * 6
        only = fellows >= 3 and fellows * 5 >= everywhere[place.words] * 4 and place.words != "#"
        named = here >= 2 and place in titled
        if (place in sure and (mostly or only)) or (mostly and named):
            yield place


def _spread(keys: Iterable[tuple[int, bool, str, int]]) -> Counter[tuple[bool, str, int]]:
    """On how many pages these words stand so far from the head or foot."""
    return Counter((foot, words, distance) for _, foot, words, distance in set(keys))


def _near(counts: Counter[tuple[bool, str, int]], place: Place, words: str) -> int:
    return sum(counts[place.foot, words, place.distance + near] for near in (-1, 0, 1))


def _counting(places: list[Place]) -> Iterator[Place]:
    """Numbers that count the pages of a text: one or two higher than the one before, or the page's
    own place.
    """
    for roman in (False, True):
        some = [p for p in places if p.words == "#" and is_roman(p.line.text) is roman]
        values = [value_of(place.line.text) for place in some]
        steps = [after - before in (1, 2) for before, after in itertools.pairwise(values)]
        for place, value, up, down in zip(some, values, [False, *steps], [*steps, False]):
            if up or down or value == place.line.page:
                yield place


def is_roman(text: str) -> bool:
    return not matched(NUMBER, seen(text))[1].isdecimal()


def value_of(text: str) -> int:
    """What a page number counts."""
    found = matched(NUMBER, seen(text))[1].lower()
    if found.isdecimal():
        return int(found)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[char] for char in found]
    return sum(-value if value < later else value for value, later in zip(values, [*values[1:], 0]))


def _reason(place: Place) -> str:
    if place.words == "#":
        return "page-number"
    return "running-footer" if place.foot else "running-header"


def _watermarks(pages: Sequence[Page]) -> Iterator[Line]:
    """Slanting or very large words in the same place of three pages or more."""
    same: dict[tuple[str, int, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if line.size >= 28:
                same[line.text, round(line.x0 / 4), round(line.y / 4)].append(line)
    for some in same.values():
        if len({line.page for line in some}) >= 3:
            yield from some
