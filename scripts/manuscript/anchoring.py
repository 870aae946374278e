"""Where an editor's note belongs in other words than it was written beside: at the phrase that it
stood at, where that is found once.
"""

import re

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
    that went on from it, but a note behind a mark belongs behind a mark.
    """
    lengths = range(LONGEST, 1, -1)
    for length in lengths:
        if (at := _find(source, before[-length:], behind=True)) is not None:
            return at
    for length in lengths:
        if (at := _find(source, after[:length], behind=False)) is not None:
            inside = at and re.match(r"\w", source[at - 1]) and not re.match(r"\w", before[-1:])
            return len(source) if inside else at
    return len(source)


def _find(source: str, phrase: str, behind: bool) -> int | None:
    """Behind or before the phrase, if it stands once, and not inside a sign that takes several
    characters to write.
    """
    words = inline(phrase)
    if len(re.findall(r"\w", phrase)) < SHORTEST or source.count(words) != 1:
        return None
    at = source.index(words) + len(words) * behind
    return at if plain(f"{source[:at]}[^x]{source[at:]}") == plain(source) else None
