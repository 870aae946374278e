"""The numbers that paragraphs keep: which of the new ones is which of the old, by their words and
their order.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, product
from string import ascii_lowercase

from manuscript.blocks import Block
from manuscript.characters import bare, matched, seen

STEM = re.compile(r"p\d+")
# an edition restated in other words shares more than this with its source; other paragraphs far
# less
ALIKE = 0.3
TABLE = 400_000  # cells of comparison that are still quick


def number_units(texts: Sequence[str], known: Sequence[Block]) -> list[str]:
    """The number of each paragraph: a known one keeps its own, one put between gets a letter, one
    at the end the next number.
    """
    pairs = dict(align(texts, [block.printed for block in known]))
    taken = {block.id for block in known}
    highest = max(
        (int(found[1]) for block in known if (found := re.fullmatch(r"p(\d+).*", block.id))),
        default=0,
    )
    last = max(pairs, default=-1)
    ids: list[str] = []
    before = "p0"
    names: defaultdict[str, Iterator[str]] = defaultdict(_letters)
    for at in range(len(texts)):
        if at in pairs:
            before = known[pairs[at]].id
            ids.append(before)
        elif at < last:
            stem = matched(STEM, before)[0]
            ids.append(
                next(name for letters in names[stem] if (name := stem + letters) not in taken)
            )
        else:
            highest += 1
            ids.append(f"p{highest}")
        taken.add(ids[-1])
    return ids


def _letters() -> Iterator[str]:
    """a, b to z, aa and so on."""
    return (
        "".join(some) for length in count(1) for some in product(ascii_lowercase, repeat=length)
    )


def align(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places in two texts that are the same paragraph, in rising order on both sides."""
    start = 0
    while start < min(len(new), len(old)) and bare(new[start]) == bare(old[start]):
        start += 1
    end = 0
    while end < min(len(new), len(old)) - start and bare(new[-1 - end]) == bare(old[-1 - end]):
        end += 1
    inner_new, inner_old = new[start : len(new) - end], old[start : len(old) - end]
    middle = (
        _same(inner_new, inner_old)
        if len(inner_new) * len(inner_old) > TABLE
        else _alike(inner_new, inner_old)
    )
    head = [(at, at) for at in range(start)]
    tail = [(len(new) - end + at, len(old) - end + at) for at in range(end)]
    return head + [(left + start, right + start) for left, right in middle] + tail


def _same(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """By identical text alone: for texts too long to compare pair by pair."""
    places = {bare(text): at for at, text in enumerate(old)}
    pairs = [(at, places[bare(text)]) for at, text in enumerate(new) if bare(text) in places]
    kept = rising([right for _, right in pairs])
    return [pair for pair, keep in zip(pairs, kept) if keep]


def _alike(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs, in order, that have most in common all together."""
    left, right = [pairs_of(text) for text in new], [pairs_of(text) for text in old]
    score = [[_likeness(a, b) for b in right] for a in left]
    best = [[0.0] * (len(old) + 1) for _ in range(len(new) + 1)]
    for i in range(len(new) - 1, -1, -1):
        for j in range(len(old) - 1, -1, -1):
            pair = score[i][j] + best[i + 1][j + 1] if score[i][j] >= ALIKE else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(new) and j < len(old):
        if score[i][j] >= ALIKE and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def pairs_of(text: str) -> frozenset[str]:
    letters = re.sub(r"\W", "", seen(text[:160]) + text[160:])
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1)) or frozenset(letters)


def _likeness(new: frozenset[str], old: frozenset[str]) -> float:
    """Shared pairs of characters against all of them; or, where the old text may have been cut
    short, against the old ones.
    """
    shared = len(new & old)
    whole = 2 * shared / max(1, len(new) + len(old))
    return max(whole, 0.8 * shared / len(old)) if len(old) >= 40 else whole


def rising(values: Sequence[int]) -> list[bool]:
    """Which of the values belong to a longest rising sequence; equal ones do not rise."""
    tails: list[int] = []
    tail_at: list[int] = []
    before = [-1] * len(values)
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before[index] = tail_at[place - 1] if place else -1
        tails[place : place + 1], tail_at[place : place + 1] = [value], [index]
    rises, at = [False] * len(values), tail_at[-1] if tail_at else -1
    while at >= 0:
        rises[at], at = True, before[at]
    return rises
