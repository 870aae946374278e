"""Where an editor's note belongs in other words than it was written beside: where the words that it
stood behind have gone, else before those that it stood in front of.
"""

from difflib import SequenceMatcher

from manuscript.blocks import NOTE_REFERENCE, inline, plain


def place_notes(source: str, known: str) -> str:
    """The paragraph `source` with the calls of the notes in `known`, the paragraph it replaces; a
    note whose words are gone stands at the end.
    """
    words = inline(plain(known))
    matching = SequenceMatcher(None, words, source, autojunk=False).get_matching_blocks()
    # Where each character of the words is in the source; one alone is there by chance.
    now = {was + at: to + at for was, to, size in matching if size > 1 for at in range(size)}
    places = []
    for call in NOTE_REFERENCE.finditer(known):
        at = len(inline(plain(known[: call.start()])))
        place = now[at - 1] + 1 if at - 1 in now else now.get(at, len(source))
        inside = source[place - 1 : place].isalnum() and not words[at - 1 : at].isalnum()
        places.append((len(source) if inside else place, call[0]))
    for place, name in sorted(places, key=lambda row: row[0])[::-1]:
        source = source[:place] + name + source[place:]
    return source
