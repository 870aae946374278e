"""The English page beside a chapter: what is translated stays, what is not says so, block for
block.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from manuscript.blocks import ITEM, Block, PageText, literal, set_key
from manuscript.chapters import (
    IMPORTED_CALL,
    LOST,
    START,
    breaks_off,
    find_extras,
    is_imported,
    notes_for,
)
from manuscript.characters import bare, matched
from manuscript.kinds import caption_mark, caption_number, is_table
from manuscript.moves import DECIMAL
from manuscript.sections import Section

HAN_CELL = re.compile(r"(?<=\| )[^|]*[\u3400-\u9fff][^|]*(?= \|)")
MISSING = "Not yet translated"
UNTRANSLATED = f"{MISSING}."
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

    breaks = any(map(breaks_off, chapter.blocks))
    cut = {one.id for one, after in pairwise(old.blocks) if breaks_off(after) and not breaks}
    known = {block.id: said(block.printed) for block in old.counted}
    changed = {b.id for b in chapter.counted if known.get(b.id, "") != said(b.printed)}
    return (changed | cut) & known.keys()


def render_twin(
    section: Section, chapter: PageText, base: PageText, stale: Collection[str]
) -> PageText:
    """The page as it was, with every block that has no translation saying so; a page of its own
    kind where nothing is translated yet.
    """
    if not base.blocks or base.has("translation", "missing"):
        return _missing(section, chapter)
    goes_on = not any(map(breaks_off, chapter.blocks))
    extras = find_extras(base, chapter.blocks, goes_on)
    notices = {
        place: iter([block for block in there if block.kind != "figure"])
        for place, there in extras.items()
    }
    own = {_key(block): block for block in base.blocks if block.kind not in ("notice", "raw")}
    tables = iter(base.find("table"))
    blocks: list[Block] = []
    before = START
    for block in chapter.blocks:
        if block.kind == "note" and not is_imported(block):
            continue
        if block.kind in ("notice", "raw"):
            blocks.append(next(notices.get(before, iter(())), _lost(block)))
            continue
        if block.kind == "table":
            blocks.append(_table(block, next(tables, None)))
            continue
        twin = own.get(_key(block)) or _untranslated(block)
        source = _in_step(twin, block)
        if block.id in stale and block.counted and not _waits(source):
            source += f" *({STALE})*"
        blocks.append(replace(twin, source=source))
        before = block.id
    blocks += [note for note in notes_for(blocks, base) if not is_imported(note)]
    partial = any(_waits(block.source) for block in blocks)
    return PageText(set_key(base.front, "translation", "partial" if partial else None), blocks)


def _key(block: Block) -> tuple[str, str]:
    return ("counted" if block.counted else block.kind, block.id)


def _waits(source: str) -> bool:
    """For its translator."""
    return MISSING in source or STALE in source


def _in_step(twin: Block, chapter: Block) -> str:
    """A heading with the decimal number that its chapter's has now; a paragraph with the calls of
    the paper's notes that its chapter's has, those it lacks at its end.
    """
    source = twin.source
    if number := DECIMAL.match(chapter.text) if twin.kind == "heading" else None:
        source = re.sub(r"^(#+ )\d+(?:\.\d+)+", rf"\g<1>{number[0]}", source)
    if twin.counted:
        wanted = IMPORTED_CALL.findall(chapter.source)
        source = IMPORTED_CALL.sub(lambda call: call[0] if call[0] in wanted else "", source)
        source += "".join(call for call in wanted if call not in source)
    return source


def _table(chapter: Block, own: Block | None) -> Block:
    """The page's own table where it has the shape of the chapter's; else one that has its numbers
    and waits for words.
    """
    if own and _shape(own) == _shape(chapter):
        return own
    first, *others = HAN_CELL.sub("…", chapter.source).split("\n")
    return replace(chapter, source="\n".join([first.replace("…", MISSING, 1), *others]))


def _shape(table: Block) -> list[int]:
    return [row.count(" | ") for row in table.source.split("\n")]


def _english_mark(caption: str) -> str:
    mark = caption_mark(caption)
    return f"{'Table' if is_table(mark) else 'Figure'} {caption_number(mark)}".rstrip()


def _lost(notice: Block) -> Block:
    """The notice of a missing picture; any other as it is, for its translator."""
    if LOST["zh"] not in notice.source:
        return notice
    return replace(notice, source=f'!!! notice "{_english_mark(notice.text)}"\n\n    {LOST["en"]}')


def _untranslated(block: Block) -> Block:
    """What stands for a block until somebody translates it."""
    match block.kind:
        case "heading":
            number = re.match(r"^\d+(?:(?:\.\d+)+|\.)? ?", block.text)
            title = f"{number[0].rstrip()} " if number else ""
            source = f"{'#' * block.level} {title}{MISSING} {{#{block.id}}}"
        case "note":
            source = f"[^{block.id}]: {UNTRANSLATED}"
        case "caption":
            source = _english_mark(block.text)
        case "figure":
            source = re.sub(r"^!\[.*\]\(", f"![{_english_mark(block.text)}](", block.source)
        case _:
            start = matched(ITEM, block.source)[0] if block.kind in ("item", "bullet") else ""
            source = start + UNTRANSLATED
    return replace(block, source=source)


def _missing(section: Section, chapter: PageText) -> PageText:
    """A page that says so, with the chapter's headings: their addresses are the same in every
    language.
    """
    notice = Block("notice", f'!!! notice "{MISSING}"\n\n    {NOTICE}')
    first, *headings = chapter.find("heading")
    first = replace(first, source=f"# {literal(section.english_title)} {{#{section.name}}}")
    headings = [_untranslated(block) for block in headings]
    return PageText("translation: missing", [first, notice, *headings])
