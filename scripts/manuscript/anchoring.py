"""Where an editor's note belongs in other words than it was written beside: where the words that it
stood behind have gone, else before those that it stood in front of.
"""

import re
from difflib import Match, SequenceMatcher

from manuscript.blocks import ITEM, NOTE_REFERENCE, inline, plain

SHORTEST = 2  # characters that must be the same there


def place_notes(source: str, known: str) -> str:
    """The paragraph `source` with the calls of the notes in `known`, the paragraph it replaces; a
    note whose words are gone stands at the end.
    """
    known = ITEM.sub("", known)
    words = inline(plain(known))
    same = SequenceMatcher(None, words, source, autojunk=False).get_matching_blocks()
    places: list[tuple[int, str]] = []
    for call in NOTE_REFERENCE.finditer(known):
        at = len(inline(plain(known[: call.start()])))
        places.append((_place(source, words, at, same), call[0]))
    places.sort(key=lambda place: place[0])
    for at, name in reversed(places):
        source = source[:at] + name + source[at:]
    return source


def _place(source: str, words: str, at: int, same: list[Match]) -> int:
    """Where place `at` of the known words is in the source; what stood behind a mark does not go
    between two letters.
    """
    for one in same:
        if one.a + SHORTEST <= at <= one.a + one.size:
            return one.b + at - one.a
    for one in same:
        if one.a <= at <= one.a + one.size - SHORTEST:
            place = one.b + at - one.a
            inside = re.match(r"\w", source[place - 1 : place])
            return len(source) if inside and not re.match(r"\w", words[at - 1 : at]) else place
    return len(source)
