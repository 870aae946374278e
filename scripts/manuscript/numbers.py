"""The numbers that paragraphs keep: which of the new ones is which of the old, by their words and
their order.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import count, product
from string import ascii_lowercase

from manuscript.blocks import Block
from manuscript.characters import bare, seen

# an edition restated in other words shares more than this with its source; other paragraphs far
# less
ALIKE = 0.3
TABLE = 400_000  # comparisons that are still quick


def number_units(
    texts: Sequence[str], known: Sequence[Block], published: Collection[str] = ()
) -> list[str]:
    """The number of each paragraph: a known one keeps its own, one put between gets a letter, one
    at the end the next number. What was ever `published` on the page names nothing else.
    """
    pairs = dict(align(texts, [block.printed for block in known]))
    taken = {block.id for block in known} | {*published}
    numbers = (int(number) for id in taken for number in re.findall(r"^p(\d+)", id))
    behind = (f"p{number}" for number in count(max(numbers, default=0) + 1))
    between: defaultdict[str, Iterator[str]] = defaultdict(_letters)
    last = max(pairs, default=-1)
    ids: list[str] = []
    before = "p0"
    for at in range(len(texts)):
        if at in pairs:
            before = known[pairs[at]].id
            ids.append(before)
        elif at > last:
            ids.append(next(behind))
        else:
            stem = before.rstrip(ascii_lowercase)
            names = (stem + letters for letters in between[stem])
            ids.append(next(name for name in names if name not in taken))
    return ids


def _letters() -> Iterator[str]:
    """a, b to z, aa and so on."""
    return (
        "".join(some) for length in count(1) for some in product(ascii_lowercase, repeat=length)
    )


def align(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places in two texts that are the same paragraph, in rising order on both sides: most
    alike first, none that crosses one already found.
    """
    left, right = [bare(text) for text in new], [bare(text) for text in old]
    start = _common(left, right)
    end = _common(left[start:][::-1], right[start:][::-1])
    inner, other = range(start, len(new) - end), range(start, len(old) - end)
    quick = len(inner) * len(other) <= TABLE  # else identical ones alone
    said, shown = (
        [pairs_of(text) if quick else frozenset() for text in texts] for texts in (new, old)
    )
    scores = [
        (score, a, b)
        for a in inner
        for b in other
        if (score := _likeness(said[a], shown[b]) if quick else left[a] == right[b]) >= ALIKE
    ]
    found: list[tuple[int, int]] = []
    for _, a, b in sorted(scores, key=lambda row: -row[0]):
        at = bisect(found, (a, b))
        free = at == 0 or (found[at - 1][0] < a and found[at - 1][1] < b)
        if free and (at == len(found) or (found[at][0] > a and found[at][1] > b)):
            found.insert(at, (a, b))
    head = [(at, at) for at in range(start)]
    return [*head, *found, *((len(new) - at, len(old) - at) for at in range(end, 0, -1))]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many texts are the same at the start of both."""
    pairs = enumerate(zip(one, other))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


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
