"""The English page beside a chapter: what is translated stays, what is not says so, block for
block.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from manuscript.blocks import ITEM, Block, PageText, literal, set_key
from manuscript.chapters import (
    IMPORTED_CALL,
    LOST,
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
DECIMAL = re.compile(r"\d+(?:\.\d+)+")
MISSING = "Not yet translated"
NOTICE = "This section has not been translated yet. It can be read in Chinese."
STALE = "The Chinese has changed since this was translated."


def find_stale(old: PageText, chapter: PageText) -> set[str]:
    """Paragraphs whose Chinese now says something else than what their translation was made for:
    other words than those published before, or other numbers than the edition's own; or that broke
    off and now go on.
    """
    published = old.has("wording", "published")

    def said(text: str) -> str:
        return bare(text) if published else "".join(sorted(re.sub(r"[^0-9]", "", text)))

    goes_on = not any(map(breaks_off, chapter.blocks))
    cut = {one.id for one, after in pairwise(old.blocks) if goes_on and breaks_off(after)}
    known = {block.id: said(block.printed) for block in old.counted}
    changed = {b.id for b in chapter.counted if known.get(b.id, "") != said(b.printed)}
    return (changed | cut) & known.keys()


def render_twin(section: Section, chapter: PageText, base: PageText, before: PageText) -> PageText:
    """The page as it was, with every block that has no translation, or an old one, saying so; a
    page of its own kind where nothing is translated yet. `before`: the chapter as it was.
    """
    if not base.blocks or base.has("translation", "missing"):
        return _missing(section, chapter, base)
    stale = find_stale(before, chapter)
    goes_on = not any(map(breaks_off, chapter.blocks))
    kept = ids_of(chapter.blocks)
    there = [block for block in base.blocks if not (goes_on and breaks_off(block))]
    own = dict(_keyed(there, kept))
    blocks = []
    for key, block in _keyed(chapter.blocks, kept):
        if block.kind == "note" and not is_imported(block):
            continue
        twin = own.get(key)
        if not twin or (block.kind == "table" and _shape(twin) != _shape(block)):
            twin = _untranslated(block)
        source = _in_step(twin, block)
        if block.id in stale and not _waits(source):
            source += f" *({STALE})*"
        blocks.append(replace(twin, source=source))
    blocks += notes_for(blocks, base)
    partial = any(_waits(block.source) for block in blocks)
    return PageText(set_key(base.front, "translation", "partial" if partial else None), blocks)


def _keyed(blocks: Iterable[Block], kept: Collection[str]) -> Iterator[tuple[object, Block]]:
    """Each block with what it has in common with its twin: its id, else how many without have
    stood behind one of the blocks `kept`; of tables, on the page.
    """
    count: Counter[str] = Counter()
    for place, block in with_places(blocks, kept):
        key = block.id or ("a table" if block.kind == "table" else f"behind {place}")
        count[key] += 1
        yield (key, count[key]), block


def _waits(source: str) -> bool:
    """For its translator."""
    return MISSING in source or STALE in source


def _in_step(twin: Block, chapter: Block) -> str:
    """A heading with the decimal number that its chapter's has now; a paragraph with the calls of
    the paper's notes that its chapter's has, those it lacks at its end.
    """
    source = twin.source
    if number := DECIMAL.match(chapter.text) if twin.kind == "heading" else None:
        source = re.sub(rf"^(#+ ){DECIMAL.pattern}", rf"\g<1>{number[0]}", source)
    if twin.counted:
        wanted = IMPORTED_CALL.findall(chapter.source)
        source = IMPORTED_CALL.sub(lambda call: call[0] if call[0] in wanted else "", source)
        source += "".join(call for call in wanted if call not in source)
    return source


def _shape(table: Block) -> list[int]:
    return [row.count(" | ") for row in table.source.split("\n")]


def _untranslated(block: Block) -> Block:
    """What stands for a block until somebody translates it: its numbers, and that it waits."""
    source, mark = block.source, caption_mark(block.text)
    called = f"{'Table' if is_table(mark) else 'Figure'} {caption_number(mark)}".rstrip()
    match block.kind:
        case "heading":
            number = matched(NUMBER, block.text)[0]
            title = f"{number} {MISSING}".lstrip()
            source = f"{'#' * block.level} {title} {{#{block.id}}}"
        case "note":
            source = f"[^{block.id}]: {MISSING}."
        case "caption":
            source = re.sub(r"^(?!///).+$", called, source, flags=re.MULTILINE)
        case "figure":
            source = re.sub(r"^!\[.*\]\(", f"![{called}](", source)
        case "table":
            first, *others = HAN_CELL.sub("…", source).split("\n")
            source = "\n".join([first.replace("…", MISSING, 1), *others])
        case "notice" if LOST["zh"] in source:
            source = f'!!! notice "{called}"\n\n    {LOST["en"]}'
        case "para":
            source = f"{MISSING}."
        case "item" | "bullet":
            source = f"{matched(ITEM, source)[0]}{MISSING}."
    return replace(block, source=source)


def _missing(section: Section, chapter: PageText, base: PageText) -> PageText:
    """A page that says so, with the chapter's headings: their addresses are the same in every
    language. A title that somebody gave it stays.
    """
    first, *headings = chapter.find("heading")
    titled = base.blocks and not base.title.startswith("Section ")
    title = base.title if titled else section.english_title
    first = replace(first, source=f"# {literal(title)} {{#{section.name}}}")
    notice = Block("notice", f'!!! notice "{MISSING}"\n\n    {NOTICE}')
    blocks = [replace(first, source=_in_step(first, chapter.blocks[0])), notice]
    return PageText("translation: missing", [*blocks, *map(_untranslated, headings)])
