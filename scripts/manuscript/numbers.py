"""The numbers that paragraphs keep: which of the new ones is which of the old, by their words and
their order.
"""

import re
from bisect import bisect
from collections.abc import Collection, Iterator, Sequence
from itertools import count, product
from operator import eq
from string import ascii_lowercase

from manuscript.blocks import Block
from manuscript.characters import bare, seen

# an edition restated in other words shares more than this with its source; other paragraphs far
# less
ALIKE = 0.3


def number_units(
    texts: Sequence[str], known: Sequence[Block], published: Collection[str] = ()
) -> list[str]:
    """The number of each paragraph: a known one keeps its own, one put between gets a letter, one
    at the end the next number. What was ever `published` on the page names nothing else.
    """
    pairs = dict(align(texts, [block.printed for block in known]))
    last = max(pairs, default=0)
    taken = {block.id for block in known} | {*published}
    numbers = (re.match(r"p(\d+)", id) for id in taken)
    highest = max((int(found[1]) for found in numbers if found), default=0)
    behind = (f"p{number}" for number in count(highest + 1))
    free = _between("p0") if pairs else behind
    ids: list[str] = []
    for at in range(len(texts)):
        if at in pairs:
            ids.append(known[pairs[at]].id)
            free = _between(ids[-1]) if at < last else behind
        else:
            ids.append(next(name for name in free if name not in taken))
            taken.add(ids[-1])
    return ids


def _between(name: str) -> Iterator[str]:
    """Names for what stands behind p3, or behind p3c: p3a, p3b to p3z, p3aa and so on."""
    stem = name.rstrip(ascii_lowercase)
    for length in count(1):
        yield from (stem + "".join(some) for some in product(ascii_lowercase, repeat=length))


def align(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places in two texts that are the same paragraph, in rising order on both sides: most
    alike first, none that crosses one already found.
    """
    start = [*map(eq, map(bare, new), map(bare, old)), False].index(False)  # where they part
    said, shown = ([pairs_of(text) for text in texts[start:]] for texts in (new, old))
    scores = [
        (score, a, b)
        for a, words in enumerate(said, start)
        for b, others in enumerate(shown, start)
        if (score := likeness(words, others)) >= ALIKE
    ]
    found = [(-1, -1), *((at, at) for at in range(start)), (len(new), len(old))]
    for _, a, b in sorted(scores, key=lambda row: -row[0]):
        at = bisect(found, (a, b))
        (above, left), (below, right) = found[at - 1 : at + 1]
        if above < a < below and left < b < right:
            found.insert(at, (a, b))
    return found[1:-1]


def pairs_of(text: str) -> frozenset[str]:
    """Each two characters that stand side by side; the signs of a text that has no letters."""
    letters = re.sub(r"\W", "", seen(text) + text[160:])
    pairs = (letters[at : at + 2] for at in range(len(letters) - 1))
    return frozenset(pairs) or frozenset(letters or text)


def likeness(new: frozenset[str], old: frozenset[str]) -> float:
    """Shared pairs of characters against all of them; or, where the old text may have been cut
    short, against the old ones.
    """
    shared = len(new & old)
    whole = 2 * shared / max(1, len(new) + len(old))
    return max(whole, 0.8 * shared / len(old)) if len(old) >= 40 else whole
