"""Title and authors of a PDF, its cover and its back cover: by size, place and words."""

from collections.abc import Sequence
from itertools import groupby

from manuscript.characters import bare, final
from manuscript.kinds import heading_level, is_byline, is_imprint, is_organisation, is_title
from manuscript.rows import Piece

LONG = 24  # characters: what a line of running text has at least


def find_front(text: Sequence[Piece]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """(lines of the title, lines of the byline, what else stands on the cover)."""
    pages = [list(some) for _, some in groupby(text, key=lambda piece: piece.page)]
    covers = 0
    while covers < len(pages) - 1 and covers < 3 and not _runs_on(pages[covers]):
        covers += 1
    cover = [piece for page in pages[:covers] for piece in page]
    first = pages[covers] if covers < len(pages) else []
    head = first[: next((at for at, piece in enumerate(first) if _text(piece)), len(first))]
    title = _title(cover) or _title(head)
    if not title:
        return [], [], cover
    words = bare("".join(piece.text for piece in title))
    again = _same(head, words) if title[0] in cover else []
    behind = [piece for piece in (cover if title[0] in cover else head) if piece not in title]
    after = head[len(again) :] if again else []
    byline = (
        _byline(after)
        or _byline([p for p in behind if p.y > title[-1].y or p.page > title[-1].page])
        or _byline(behind)
    )
    if again and byline and byline[0] in head:
        title, cover = again, [*cover]
    return title, byline, [piece for piece in [*cover, *again] if piece not in {*title, *byline}]


def _text(piece: Piece) -> bool:
    return len(piece.text) >= LONG or bool(heading_level(piece.text)) or final(piece.text)


def _runs_on(page: Sequence[Piece]) -> bool:
    """Holds running text: lines that are full, or end in a full stop."""
    return sum(len(piece.text) >= LONG or piece.text.endswith("。") for piece in page) > 1 or any(
        not piece.text for piece in page
    )


def _title(pieces: Sequence[Piece]) -> list[Piece]:
    """The largest words, over as many lines as they take."""
    could = [piece for piece in pieces if piece.text and is_title(piece.text)]
    if not could:
        return []
    largest = max(piece.size for piece in could)
    first = next(piece for piece in could if piece.size == largest)
    lines = [piece for piece in could if piece.size == largest and piece.page == first.page]
    return lines if len(lines) <= 3 else lines[:1]


def _same(pieces: Sequence[Piece], words: str) -> list[Piece]:
    for count in range(1, 4):
        if bare("".join(piece.text for piece in pieces[:count])) == words:
            return list(pieces[:count])
    return []


def _byline(pieces: Sequence[Piece]) -> list[Piece]:
    """Names of persons, side by side or below each other; else the first that is called like an
    organisation.
    """
    names = [piece for piece in pieces if is_byline(piece.text)]
    if names:
        start = list(pieces).index(names[0])
        run = [p for p in pieces[start : start + 6] if is_byline(p.text)]
        return run
    return [piece for piece in pieces if is_organisation(piece.text)][:1]


def find_back(text: Sequence[Piece], cover: Sequence[Piece]) -> list[Piece]:
    """The last page, where it holds no running text and says where to find the publisher."""
    pages = [list(some) for _, some in groupby(text, key=lambda piece: piece.page)]
    if len(pages) < 3:
        return []
    last, covers = pages[-1], {bare(piece.text) for piece in cover}
    short = len(last) <= 12 and all(piece.text and len(piece.text) < 40 for piece in last)
    imprint = [p for p in last if is_imprint(p.text) or bare(p.text) in covers]
    return last if short and 2 * len(imprint) >= len(last) else []
