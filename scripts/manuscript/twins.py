"""The English page beside a chapter: what is translated stays, what is not says so, block for
block.
"""

import json
import re
from collections.abc import Collection
from dataclasses import replace

from manuscript.blocks import ITEM, Block, PageText, literal, set_key
from manuscript.chapters import (
    IMPORTED_CALL,
    LOST,
    breaks_off,
    find_extras,
    is_imported,
    notes_for,
)
from manuscript.characters import bare, matched
from manuscript.kinds import caption_mark, caption_number, is_table
from manuscript.outline import Section

DECIMAL = re.compile(r"\d+(?:\.\d+)+")
UNTRANSLATED = "Not yet translated."
MISSING = (
    "Not yet translated",
    "This section has not been translated yet. It can be read in Chinese.",
)

STALE = (
    "Translated from an earlier wording",
    "The Chinese of the paragraph above has changed since. Compare it, then take this notice away.",
)


def find_stale(old: PageText, chapter: PageText) -> set[str]:
    """Paragraphs whose Chinese now says something else than what their translation was made for:
    other words than those published before, or other numbers than the edition's own.
    """
    before = {block.id: block.printed for block in old.counted}
    published = old.has("wording", "published")

    def said(text: str) -> str:
        return bare(text) if published else "".join(sorted(re.sub(r"[^0-9]", "", text)))

    return {
        b.id for b in chapter.counted if b.id in before and said(before[b.id]) != said(b.printed)
    }


def render_twin(
    section: Section, chapter: PageText, base: PageText | None, stale: Collection[str] = ()
) -> PageText:
    """The page as it was, with every block that has no translation saying so; a page of its own
    kind where nothing is translated yet.
    """
    if base is None or base.has("translation", "missing"):
        return _missing(section, chapter)
    known = {_key(block): block for block in base.blocks if block.kind not in ("notice", "raw")}
    tables = iter(base.find("table"))
    placed = {block.id for block in chapter.find("figure")}
    extras, chapter_extras = find_extras(base, placed), find_extras(chapter, placed)
    blocks: list[Block] = []
    for block in chapter.blocks:
        if block.kind in ("notice", "raw") or (block.kind == "note" and not is_imported(block)):
            continue
        if block.kind == "table":
            blocks.append(_table(block, next(tables, None)))
            continue
        twin = _renumbered(known.get(_key(block)) or _untranslated(block), block)
        blocks.append(_with_calls(twin, block) if block.counted else twin)
        own = extras.get(block.id, [])
        marks = [extra for extra in own if extra.text == STALE[0]]
        if block.id in stale and block.counted and not marks and UNTRANSLATED not in twin.source:
            marks = [Block("notice", f'!!! notice "{STALE[0]}"\n\n    {STALE[1]}')]
        others = [extra for extra in own if extra.text != STALE[0]]
        blocks += marks + _twin_extras(others, chapter_extras.get(block.id, []))
    blocks = [block for block in blocks if block.kind != "note"] + [
        block for block in blocks if block.kind == "note"
    ]
    blocks += [note for note in notes_for(blocks, base) if not is_imported(note)]
    waits = (MISSING[0], STALE[0])
    partial = any(words in block.source for block in blocks for words in waits)
    return PageText(set_key(base.front, "translation", "partial" if partial else None), blocks)


def _renumbered(twin: Block, chapter: Block) -> Block:
    """A heading with the decimal number that its chapter's has now."""
    number = DECIMAL.match(chapter.text) if twin.kind == "heading" else None
    if number is None:
        return twin
    return replace(twin, source=re.sub(r"^(#+ )\d+(?:\.\d+)+", rf"\g<1>{number[0]}", twin.source))


def _with_calls(twin: Block, chapter: Block) -> Block:
    """The block with calls of the paper's notes that its chapter has here, those it lacks at its
    end.
    """
    wanted = [call[0] for call in IMPORTED_CALL.finditer(chapter.source)]
    source = IMPORTED_CALL.sub(lambda call: call[0] if call[0] in wanted else "", twin.source)
    return replace(twin, source=source + "".join(call for call in wanted if call not in source))


def _table(chapter: Block, own: Block | None) -> Block:
    """The page's own table where it has the shape of the chapter's; else one that has its numbers
    and waits for words.
    """
    rows = [row.count(" | ") for row in chapter.source.split("\n")]
    if own and [row.count(" | ") for row in own.source.split("\n")] == rows:
        return own
    first, *others = re.sub(r"(?<=\| )[^|]*[\u3400-\u9fff][^|]*(?= \|)", "…", chapter.source).split(
        "\n"
    )
    return replace(chapter, source="\n".join([first.replace("…", MISSING[0], 1), *others]))


def _key(block: Block) -> tuple[str, str]:
    return ("counted" if block.counted else block.kind, block.id)


def _twin_extras(own: list[Block], twins: list[Block]) -> list[Block]:
    """As many as the chapter has here; a notice of a missing picture where there is none."""
    made = [
        Block("notice", f'!!! notice "{_english_mark(block.text)}"\n\n    {LOST["en"]}')
        for block in twins
    ]
    keeps = [
        block
        for block in own
        if block.kind != "figure" and (not breaks_off(block) or any(map(breaks_off, twins)))
    ]
    return (keeps + made[len(keeps) :])[: len(twins)]


def _english_mark(caption: str) -> str:
    mark = caption_mark(caption)
    return f"{'Table' if is_table(mark) else 'Figure'} {caption_number(mark)}".rstrip()


def _untranslated(block: Block) -> Block:
    if block.kind == "heading":
        mark = re.match(r"^\d+(?:(?:\.\d+)+|\.)?", block.text)
        title = f"{mark[0]} {MISSING[0]}" if mark else MISSING[0]
        return replace(block, source=f"{'#' * block.level} {title} {{#{block.id}}}")
    number = matched(ITEM, block.source)[0] if block.kind in ("item", "bullet") else ""
    if block.kind == "note":
        return replace(block, source=f"[^{block.id}]: {UNTRANSLATED}")
    if block.kind == "caption":
        return replace(block, source=_english_mark(block.text))
    if block.kind == "figure":
        return replace(
            block, source=re.sub(r"^!\[.*\]\(", f"![{_english_mark(block.text)}](", block.source)
        )
    return replace(block, source=number + UNTRANSLATED)


def _missing(section: Section, chapter: PageText) -> PageText:
    """A page that says so, with the chapter's headings: their addresses are the same in every
    language.
    """
    title = english_title(section)
    notice = Block("notice", f'!!! notice "{MISSING[0]}"\n\n    {MISSING[1]}')
    front = (
        "description: "
        f"{json.dumps(f'{title}. {UNTRANSLATED}', ensure_ascii=False)}\ntranslation: missing"
    )
    headings = [_untranslated(block) for block in chapter.find("heading")[1:]]
    return PageText(
        front,
        [
            Block("heading", f"# {literal(title)} {{#{section.name}}}", section.name, 1),
            notice,
            *headings,
        ],
    )


def english_title(section: Section) -> str:
    """From sections.toml, with the number before it; a numbered one while it is asked for."""
    if not section.title_en:
        return (
            f"Section {section.number}"
            if section.number
            else section.name.replace("-", " ").capitalize()
        )
    return (
        section.title_en
        if section.title_en[0].isdecimal() or not section.number
        else f"{section.number} {section.title_en}"
    )
