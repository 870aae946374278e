"""The English page beside a chapter: what is translated stays, what is not says so, block for
block.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from manuscript.blocks import Block, PageText, literal, set_key
from manuscript.chapters import (
    IMPORTED_CALL,
    IMPORTED_PICTURE,
    LOST,
    PICTURED,
    breaks_off,
    ids_of,
    is_imported,
    notes_for,
    with_places,
)
from manuscript.characters import bare, matched
from manuscript.kinds import caption_mark, caption_number, is_table
from manuscript.sections import Section

HAN_CELL = re.compile(r"(?<=\| )[^|]*[\u3400-\u9fff][^|]*(?= \|)")
NUMBER = re.compile(r"(?:\d[\d.]*)?")  # of a heading, if it has one
DECIMAL = re.compile(r"^\d+(?:\.\d+)+")
MISSING = "Not yet translated"
NOTICE = "This section has not been translated yet. It can be read in Chinese."
STALE = "The Chinese has changed since this was translated."
END = Block("end", "")


def render_twin(section: Section, chapter: PageText, base: PageText, before: PageText) -> PageText:
    """The chapter's blocks with the words of the page that there is, `base`: each that has none
    there, or old ones, says so; a page of its own kind where nothing is translated yet. `before`:
    the chapter as it was.
    """
    if not base.blocks or "translation: missing" in base.front:
        return _missing(section, chapter, base)
    stale = find_stale(before, chapter)
    kept = ids_of(chapter.blocks)
    own = dict(_keyed(base.blocks, kept))
    blocks = [
        _translated(block, own.get(key), block.id in stale)
        for key, block in _keyed(chapter.blocks, kept)
        if block.kind != "note" or is_imported(block)
    ]
    blocks += notes_for(blocks, base)
    waits = any(MISSING in block.source or STALE in block.source for block in blocks)
    return PageText(set_key(base.front, "translation", "partial" if waits else None), blocks)


def find_stale(old: PageText, chapter: PageText) -> set[str]:
    """Paragraphs whose Chinese now says something else than what their translation was made for:
    other words than those published before, or other numbers than the edition's own; or that broke
    off and now go on.
    """
    published = old.published

    def said(page: PageText) -> Iterator[tuple[str, object, bool]]:
        for block, below in pairwise([*page.blocks, END]):
            text = block.printed
            words = bare(text) if published else (*sorted(re.findall("[0-9]", text)),)
            if block.counted:
                yield block.id, words, breaks_off(below)

    return {name for name, *_ in {*said(old)} - {*said(chapter)}}


def _keyed(blocks: Iterable[Block], kept: Collection[str]) -> Iterator[tuple[object, Block]]:
    """Each block with what it has in common with its twin: its id, else how many without have
    stood behind one of the blocks `kept`, with which pictures of the paper; of tables, what is left
    without their words.
    """
    count: Counter[object] = Counter()
    for place, block in with_places(blocks, kept):
        shape = re.sub(r"[^|\n]", "", block.source) if block.kind == "table" else ""
        pictures = IMPORTED_PICTURE.findall(block.source)
        key = block.id or shape or (place, breaks_off(block), *pictures)
        count[key] += 1
        yield (key, count[key]), block


def _translated(block: Block, twin: Block | None, stale: bool) -> Block:
    """The block in English: a heading with the decimal number that its chapter's has now, a
    paragraph with the calls of the paper's notes, those it lacks at its end.
    """
    twin = twin or _untranslated(block)
    if block.kind in ("notice", "raw"):
        return twin
    words = twin.words
    if block.kind == "heading":
        words = _numbered(words, block)
    elif block.counted:
        wanted = IMPORTED_CALL.findall(block.source)
        words = IMPORTED_CALL.sub(lambda call: call[0] if call[0] in wanted else "", words)
        words += "".join(call for call in wanted if call not in words)
        words += f" *({STALE})*" if stale and not (MISSING in words or STALE in words) else ""
    return block.saying(words)


def _numbered(title: str, heading: Block) -> str:
    """A title with the decimal number that the heading has now."""
    number = DECIMAL.match(heading.text)
    return DECIMAL.sub(number[0], title) if number else title


def _untranslated(block: Block) -> Block:
    """What stands for a block until somebody translates it: its numbers, and that it waits."""
    mark = caption_mark(block.text)
    words = block.words and f"{MISSING}."
    if block.kind == "heading":
        words = f"{matched(NUMBER, block.text)[0]} {MISSING}".lstrip()
    elif block.kind == "table":
        words = HAN_CELL.sub("…", block.words).replace("…", MISSING, 1)
    elif mark and not block.counted:
        words = f"{'Table' if is_table(mark) else 'Figure'} {caption_number(mark)}".rstrip()
    waiting = block.saying(words)
    source = waiting.source
    for chinese, english in (LOST, PICTURED):
        source = re.sub(chinese.format(r"(\d+)"), english.format(r"\1"), source)
    return replace(waiting, source=source)


def _missing(section: Section, chapter: PageText, base: PageText) -> PageText:
    """A page that says so, at the addresses of the chapter's headings too. A title that somebody
    gave it stays.
    """
    first, *headings = chapter.find("heading")
    titled = base.blocks and not base.title.startswith("Section ")
    title = literal(base.title if titled else section.english_title)
    places = "".join(f'<a id="{heading.id}"></a>' for heading in headings)
    notice = Block("notice", f'!!! notice "{MISSING}"\n\n    {places}{NOTICE}')
    return PageText("translation: missing", [first.saying(_numbered(title, first)), notice])
