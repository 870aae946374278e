"""Where an editor's note belongs in other words than it was written beside: at the phrase that it
stood at, where that is found once.
"""

import re
from collections.abc import Iterator

from manuscript.blocks import ITEM, NOTE_REFERENCE, inline, plain

LONGEST = 30  # characters of a phrase that are compared
SHORTEST = 2  # of them letters, so that a mark alone is no phrase


def place_notes(source: str, known: str) -> str:
    """The paragraph `source` with the calls of the notes in `known`, the paragraph it replaces; a
    note without its phrase stands at the end.
    """
    known = ITEM.sub("", known)
    for call in NOTE_REFERENCE.finditer(known):
        at = _place(source, plain(known[: call.start()]), plain(known[call.end() :]))
        while behind := NOTE_REFERENCE.match(source, at):
            at = behind.end()
        source = source[:at] + call[0] + source[at:]
    return source


def _place(source: str, before: str, after: str) -> int:
    """Behind the longest phrase that led up to the note and stands once; else before the longest
    that went on from it.
    """
    place = _find(source, (before[-length:] for length in range(LONGEST, 1, -1)), ends=True)
    if place is None:
        place = _find(source, (after[:length] for length in range(LONGEST, 1, -1)), ends=False)
        if (
            place and not re.match(r"\w", before[-1:]) and re.match(r"\w", source[place - 1])
        ):  # a note behind a mark belongs behind a mark
            place = None
    return len(source) if place is None else place


def _find(source: str, phrases: Iterator[str], ends: bool) -> int | None:
    """Behind the first phrase, they come longest first, that stands once in the source, or before
    it.
    """
    for phrase in phrases:
        words = inline(phrase)
        if len(re.findall(r"\w", phrase)) >= SHORTEST and source.count(words) == 1:
            at = source.index(words) + len(words) * ends
            if plain(f"{source[:at]}[^x]{source[at:]}") == plain(
                source
            ):  # not inside a sign that takes several characters to write
                return at
    return None
