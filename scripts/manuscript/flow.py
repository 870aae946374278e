"""Pieces of lines, in reading order, to the lines of each paragraph: by size, place, indent, gaps
and short last lines.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manuscript.characters import final, matched
from manuscript.kinds import caption_mark, heading_level, is_reference, item_mark
from manuscript.paragraphs import NEVER_FIRST, NEVER_LAST
from manuscript.rows import Piece

# What cannot be parted at the end of a line: a Latin word, or one character with the marks around
# it;
# curly quotes hold to both sides.
WORD = re.compile(
    rf"[（“‘《「『【〈(]*(?:[\x21-\u1fff]+|.)(?:[“”‘’]+.)*[{NEVER_FIRST}’…—]*", re.DOTALL
)
SAME = 0.06  # of a size: what is set in it


@dataclass(frozen=True)
class Measures:
    """What the print of one file is like."""

    size: float  # of its running text
    face: str
    leading: float
    edges: dict[tuple[int, int], tuple[float, float]]  # left and right of each page's columns
    indented: bool  # first lines of paragraphs are

    def left(self, piece: Piece) -> float:
        return piece.x0 - self.edges[piece.page, piece.column][0]

    def right(self, piece: Piece) -> float:
        """The room left behind the line."""
        return self.edges[piece.page, piece.column][1] - piece.x1

    def centered(self, piece: Piece) -> bool:
        left, right = self.left(piece), self.right(piece)
        return left > 2.5 * piece.size and abs(left - right) < 2 * piece.size

    def short(self, piece: Piece, following: Piece) -> bool:
        """The first word of the next line would have had room."""
        word = matched(WORD, following.text)[0]
        room = sum(0.55 if char < "\u2000" else 1.0 for char in word[:24])
        return self.right(piece) > (room + 0.7) * piece.size

    def starts(self, piece: Piece) -> bool:
        """Indented as the first line of a paragraph is."""
        return 1.2 * piece.size <= self.left(piece) <= 4.5 * piece.size


def measure(pieces: Sequence[Piece]) -> Measures:
    letters: Counter[tuple[float, str]] = Counter()
    for piece in pieces:
        letters[piece.size, piece.face] += len(piece.text)
    size, face = letters.most_common(1)[0][0]
    body = [piece for piece in pieces if abs(piece.size - size) <= SAME * size]
    steps = Counter(
        round(after.y - piece.y, 1)
        for piece, after in itertools.pairwise(body)
        if after.column == piece.column and after.page == piece.page and after.y > piece.y
    )
    leading = steps.most_common(1)[0][0] if steps else 1.6 * size
    edges = _edges(pieces, body)
    rough = Measures(size, face, leading, edges, True)
    firsts = [
        rough.starts(after)
        for piece, after in itertools.pairwise(body)
        if final(piece.text) and rough.short(piece, after) and after.x1 - after.x0 > 8 * size
    ]
    return Measures(size, face, leading, edges, 2 * sum(firsts) >= len(firsts))


def _edges(
    pieces: Sequence[Piece], body: Sequence[Piece]
) -> dict[tuple[int, int], tuple[float, float]]:
    """Left and right of each column; where a column holds few lines, those of its like on other
    pages.
    """
    columns: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        columns[piece.page, piece.column].append(piece)
    chosen = set(body)
    known: dict[tuple[int, int], tuple[float, float]] = {}
    for key, some in columns.items():
        lines = [piece for piece in some if piece in chosen]
        if len(lines) >= 5:
            rights = sorted(piece.x1 for piece in lines)
            known[key] = min(piece.x0 for piece in lines), rights[-1 - len(rights) // 20]
    usual = Counter((round(left), round(right)) for left, right in known.values())
    for key, some in columns.items():
        if key not in known:
            left, right = min(piece.x0 for piece in some), max(piece.x1 for piece in some)
            fitting = [
                edge
                for edge, _ in usual.most_common()
                if edge[0] <= left + 2 and right <= edge[1] + 2
            ]
            known[key] = fitting[0] if fitting else (left, right)
    return known


def group_pieces(pieces: Sequence[Piece], measures: Measures) -> Iterator[list[Piece]]:
    """The lines of each paragraph, heading or caption.

    A caption in mid-sentence comes after its paragraph.
    """
    group: list[Piece] = []
    floating: list[list[Piece]] = []
    for piece, after in zip(pieces, [*pieces[1:], None]):
        if group and _floats(group[-1], piece, after, measures):
            floating.append([piece])
            continue
        if group and ends(group, piece, measures):
            yield group
            yield from floating
            group, floating = [], []
        group.append(piece)
    if group:
        yield group
    yield from floating


def _floats(before: Piece, piece: Piece, after: Piece | None, measures: Measures) -> bool:
    """A caption, or a table, between the two halves of a sentence."""
    if after is None or not (caption_mark(piece.text) or not piece.text):
        return False
    open_before = (
        before.text and not final(before.text) and measures.right(before) < 2 * before.size
    )
    return bool(open_before and abs(before.size - measures.size) <= SAME * before.size)


def ends(group: Sequence[Piece], following: Piece, measures: Measures) -> bool:
    """Whether a paragraph ends between these lines and the next: the signs in order, the first that
    speaks decides.
    """
    line, first = group[-1], group[0]
    if not line.text or not following.text:  # a table
        return True
    together = (line.page, line.column) == (following.page, following.column)
    if abs(line.size - following.size) > SAME * line.size:
        return True
    if following.text[0] in NEVER_FIRST or line.text[-1] in NEVER_LAST:
        return False
    step = following.y - line.y
    leading = max(measures.leading * line.size / measures.size, 1.1 * line.size)
    same_row = together and abs(step) < 0.5 * line.size
    if same_row or (together and (step > 1.45 * leading or step < 0)):
        return not same_row
    short, closed = measures.short(line, following), final(line.text)
    if measures.centered(line) and measures.centered(following) and line.size > 1.1 * measures.size:
        return False
    if line.bold != following.bold and (short or measures.starts(following) or closed):
        return True
    begins = (
        caption_mark(following.text) or item_mark(following.text)[0] or is_reference(following.text)
    )
    if (begins or heading_level(following.text)) and (closed or short):
        return True
    if _hangs(first, line, following, measures):
        return False
    if short:
        return True
    if measures.starts(following) and (measures.indented or together):
        return not (measures.starts(line) and len(group) > 1 and not closed)
    return closed and not measures.indented and not together


def _hangs(first: Piece, line: Piece, following: Piece, measures: Measures) -> bool:
    """The rest of an entry whose first line begins further left, with a mark."""
    marked = item_mark(first.text)[0] or is_reference(first.text)
    return bool(
        marked
        and following.x0 > first.x0 + 0.8 * line.size
        and not measures.short(line, following)
        and (line is first or abs(line.x0 - following.x0) < 2)
    )
