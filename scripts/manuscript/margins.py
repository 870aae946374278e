"""Headers, footers, page numbers and watermarks of a PDF: dropped only where place and words both
prove them.

Place: at this height stand, on most pages that have anything there, words of that kind. Words: the
same but for their digits on two pages or more, or those of a heading of the text. A line that
stands alone in either is kept.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from manuscript.characters import bare
from manuscript.kinds import heading_level
from manuscript.pdf import Sheet
from manuscript.rows import Piece

OUTER = 3  # lines from the edge of a page among which furniture stands
LARGER = 1.15  # of the running text: so large are headings, which are never dropped
NEAR = 3.0  # points
SENTENCE = "。；！？"
ROMAN = re.compile(r"^[-–—·\s]*[ivxlcIVXLC]{1,7}[-–—·\s]*$")
COUNTED = re.compile(r"^[-–—·~]?(?:第|page)?#(?:页|/#|共#页|of#)?[-–—·~]?$", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A piece at the edge of a page: at its head or foot, how far from it, and its words without
    digits.
    """

    piece: Piece
    foot: bool
    distance: float
    words: str


def find_margins(sheets: Sequence[Sheet], pages: Sequence[list[Piece]]) -> dict[Piece, str]:
    """Each piece that is furniture, with the reason for dropping it."""
    usual = usual_size(pages)
    places = [
        place
        for sheet, pieces in zip(sheets, pages)
        for place in _places(sheet, pieces)
        if place.piece.size < LARGER * usual
    ]
    found = {place.piece: _reason(place) for place in _proved(places, pages)}
    return found | dict.fromkeys(_watermarks(pages), "watermark")


def usual_size(pages: Iterable[Iterable[Piece]]) -> float:
    """Of the running text: the one that most characters have."""
    letters: Counter[float] = Counter()
    for pieces in pages:
        for piece in pieces:
            letters[piece.size] += len(piece.text)
    return letters.most_common(1)[0][0]


def _places(sheet: Sheet, pieces: Iterable[Piece]) -> Iterator[Place]:
    lines = sorted({round(piece.y) for piece in pieces})
    head = lines[:OUTER][-1:] or [0]
    foot = lines[-OUTER:][:1] or [0]
    for piece in pieces:
        at, words = round(piece.y), _words(piece.text)
        if piece.text[-1] in SENTENCE or (piece.marks and not piece.marks[0][0]):
            continue  # a note, or text
        if at <= head[0] and at < sheet.height / 2:
            yield Place(piece, False, piece.y, words)
        elif at >= foot[0] and at > sheet.height / 2:
            yield Place(piece, True, sheet.height - piece.y, words)


def _words(text: str) -> str:
    if heading_level(text):
        return bare(text)
    return "#" if ROMAN.match(text) else re.sub(r"\d+", "#", bare(text))


def _proved(places: list[Place], pages: Sequence[list[Piece]]) -> Iterator[Place]:
    by_words: dict[tuple[bool, str], list[Place]] = defaultdict(list)
    for place in places:
        by_words[place.foot, place.words].append(place)
    repeated = {
        place.piece
        for same in by_words.values()
        for place in same
        if any(
            other.piece.page != place.piece.page and abs(other.distance - place.distance) <= NEAR
            for other in same
        )
    }
    headings = {bare(piece.text) for pieces in pages for piece in pieces} & {
        bare(place.piece.text) for place in places
    }
    for place in places:
        here = [
            other
            for other in places
            if other.foot is place.foot and abs(other.distance - place.distance) <= NEAR
        ]
        proved = {other.piece.page for other in here if other.piece in repeated}
        if len(proved) * 10 < len({other.piece.page for other in here}) * 6:
            continue
        if place.piece in repeated or (
            bare(place.piece.text) in headings and _stands_elsewhere(place, pages)
        ):
            yield place


def _stands_elsewhere(place: Place, pages: Sequence[list[Piece]]) -> bool:
    """Its words are those of a larger line of the text."""
    words = bare(place.piece.text)
    return any(
        piece.size > place.piece.size and bare(piece.text) == words
        for pieces in pages
        for piece in pieces
    )


def _reason(place: Place) -> str:
    if COUNTED.match(place.words):
        return "page-number"
    return "running-footer" if place.foot else "running-header"


def _watermarks(pages: Sequence[list[Piece]]) -> Iterator[Piece]:
    """Slanting or very large words in the same place of three pages or more."""
    same: dict[tuple[str, int, int, float], list[Piece]] = defaultdict(list)
    for pieces in pages:
        for piece in pieces:
            same[piece.text, round(piece.x0 / 4), round(piece.y / 4), piece.size].append(piece)
    for some in same.values():
        if len({piece.page for piece in some}) >= 3 and some[0].size >= 28:
            yield from some
