"""Sections of the published text to chapters in Markdown, with the ids, figures and notes of the pages they replace."""

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from manuscript.anchoring import place_notes
from manuscript.blocks import (
    ITEM,
    NOTE_REFERENCE,
    Block,
    PageText,
    inline,
    literal,
    plain,
    set_key,
)
from manuscript.characters import bare
from manuscript.kinds import NUMERALS, caption_mark
from manuscript.naming import Names
from manuscript.numbers import number_units
from manuscript.outline import Section
from manuscript.proof import Unproven
from manuscript.units import Unit

LOST = {
    "zh": "所据文本中只存此图题，原图没有随文字一同提取。",
    "en": "The text keeps only the caption of this picture; the picture itself did not come with it.",
}
START = Block(
    "start", "", "^"
)  # stands before a page's first block, under a name that no block can have
DESCRIPTION = 90  # characters


@dataclass(frozen=True)
class Context:
    """What a chapter has to know of the rest of the book."""

    figures: dict[str, Block]  # by mark: 图一
    goes_on: bool  # the text does not stop where the edition's source stopped
    notes: dict[str, str] = field(
        default_factory=dict
    )  # what notes say beside the published wording, by page#note


def render_chapter(section: Section, base: PageText, context: Context) -> PageText:
    """The published wording of one section. Ids, figures, editor's notes and notices of the page it replaces stay where they belong."""
    known = {block.id: block for block in base.counted}
    numbers = iter(
        number_units([unit.text for unit in section.units if unit.counted], base.counted)
    )
    places = _heading_places(section, base)
    blocks = [_title(section, base)]
    for unit in section.units:
        if unit.counted:
            number = next(numbers)
            blocks.append(_paragraph(unit, number, known.get(number), blocks[-1]))
        elif unit.level:
            blocks.append(_heading(unit, *next(places)))
        else:
            blocks.append(_caption(unit, context.figures.get(unit.mark)))
    _prove(section, blocks[1:])
    blocks = _with_extras(_with_links(blocks), base, context.goes_on)
    notes = [
        _reworded(note, context.notes.get(f"{section.name}#{note.id}"))
        for note in notes_for(blocks, base)
    ]
    return PageText(_front(section, base, blocks, context.goes_on), blocks + notes)


def _prove(section: Section, blocks: Sequence[Block]) -> None:
    """Raises Unproven unless every block prints its unit, to the last character."""
    for unit, block in zip(section.units, blocks, strict=True):
        if bare(block.printed) != bare(unit.text):
            raise Unproven(
                f"line {unit.lines[0]}: the chapter would print other words than the text: {block.printed[:40]}. Report this file; nothing was written"
            )


def _title(section: Section, base: PageText) -> Block:
    """The heading as published; the introduction has none in the text and keeps the edition's."""
    old = next(iter(base.find("heading")), None)
    if (
        old
        and (section.heading is None or bare(old.text) == bare(section.title))
        and old.id == section.name
    ):
        return old
    title = section.title or (old.text if old else "引言")
    return Block("heading", f"# {literal(title)} {{#{section.name}}}", section.name, 1)


def _heading_places(section: Section, base: PageText) -> Iterator[tuple[str, int]]:
    """(id, level) of the headings inside a page: those they had, else the number, which is the same in every language."""
    headings = base.find("heading")
    old: dict[str, deque[Block]] = defaultdict(deque)
    for block in headings[1:]:
        old[bare(block.text)].append(block)
    names = Names({section.name, *(block.id for block in headings)})
    for unit in section.units:
        if unit.level and (same := old[bare(unit.text)]):
            known = same.popleft()
            yield known.id, known.level
        elif unit.level:
            number = unit.id.removeprefix(section.id).strip("-")
            yield names.take(f"{section.name}-{number}"), max(2, unit.level - 1)


def _heading(unit: Unit, name: str, level: int) -> Block:
    return Block("heading", f"{'#' * level} {literal(unit.text)} {{#{name}}}", name, level)


def _paragraph(unit: Unit, number: str, known: Block | None, before: Block) -> Block:
    """One numbered block, with the emphasis and the notes of the block it replaces."""
    kind, start, text = "para", "", unit.text
    if _is_item(unit, known, before):
        kind, start, text = (
            "item",
            f"{unit.mark}. ",
            unit.text.removeprefix(f"{unit.mark}.").lstrip(),
        )
    elif _is_bullet(unit, known, before):
        kind, start = "bullet", "- "
    return Block(
        kind,
        start + place_notes(_emphasized(text, unit, known), known.source if known else ""),
        number,
    )


def _is_item(unit: Unit, known: Block | None, before: Block) -> bool:
    """Where a list prints the unit's own number: at its start, or one above the item before. Beside bullets, Markdown would make one list of two."""
    if (
        unit.style != "1."
        or not unit.text.startswith(f"{unit.mark}.")
        or (known and known.kind != "item")
    ):
        return False
    return before.kind != "bullet" and (
        before.kind != "item" or int(unit.mark) == int(ITEM.match(before.source)[1]) + 1
    )


def _is_bullet(unit: Unit, known: Block | None, before: Block) -> bool:
    """What was a bullet, or is new and a one-liner; the first of a second list must not touch the first list."""
    if known:
        return known.kind == "bullet" and before.kind != "item"
    return (
        unit.role.startswith("one-liner")
        and before.kind != "item"
        and (before.kind != "bullet" or unit.role != "one-liner 1")
    )


def _emphasized(text: str, unit: Unit, known: Block | None) -> str:
    """Run-in heads in bold, and the first words in bold where the page had the same words so."""
    if unit.role.startswith("run-in head"):
        return f"**{literal(text)}**"
    found = re.match(r"^(?:\d+\. |- )?\*\*(.+?)\*\*", known.source) if known else None
    head = plain(found[1]) if found else ""
    if head and text.startswith(head) and len(head) < len(text):
        return f"**{literal(head)}**{inline(text[len(head) :])}"
    return literal(text)


def _caption(unit: Unit, figure: Block | None) -> Block:
    """The figure where the book has one for this caption; else a notice that the picture is missing."""
    if figure is None:
        return Block("notice", f'!!! notice "{literal(unit.text)}"\n\n    {LOST["zh"]}')
    if bare(figure.text) == bare(unit.text):
        return figure
    return replace(
        figure, source=f"![{literal(unit.text)}{figure.source[figure.source.rindex('](') :]}"
    )


def _with_links(blocks: list[Block]) -> list[Block]:
    """见图一 leads to Figure 1 where it stands on the same page."""
    marks = {
        mark: block.id
        for block in blocks
        if block.kind == "figure" and block.id and (mark := caption_mark(block.text))
    }
    for mark, name in marks.items():
        call = re.compile(rf"见{re.escape(mark)}(?![{NUMERALS}\d]|[-.–]\d)")
        blocks = [
            replace(block, source=call.sub(f"见[{mark}](#{name})", block.source, 1))
            if block.counted
            else block
            for block in blocks
        ]
    return blocks


def _with_extras(blocks: list[Block], base: PageText, goes_on: bool) -> list[Block]:
    """Notices, raw blocks and figures of the edition's own, each behind what it stood behind; `breaks off here` only while the text does."""
    extras = find_extras(base, {block.id for block in blocks if block.kind == "figure"})
    captions = {bare(block.text) for block in blocks if block.kind in ("figure", "notice")}
    placed, waiting = [], [*reversed(blocks), START]
    while waiting:
        block = waiting.pop()
        placed.append(block)
        behind = extras.pop(block.id, []) if block.id else []
        waiting += [
            extra
            for extra in reversed(behind)
            if not (goes_on and breaks_off(extra)) and bare(extra.text) not in captions
        ]
    return placed[1:]


def find_extras(base: PageText, placed: set[str]) -> dict[str, list[Block]]:
    """Blocks that no text brings along, by the id of what they follow; figures only where no caption has `placed` them."""
    found: dict[str, list[Block]] = defaultdict(list)
    before = START.id
    for block in base.blocks:
        if block.kind in ("notice", "raw") or (block.kind == "figure" and block.id not in placed):
            found[before].append(block)
        if block.id and block.kind != "note":
            before = block.id
    return found


def breaks_off(block: Block) -> bool:
    """The notice that the text ends here in mid-sentence."""
    return block.kind == "notice" and ("中断" in block.text or "breaks off" in block.text)


def notes_for(blocks: Iterable[Block], base: PageText) -> list[Block]:
    """The definitions of the notes that the blocks still refer to."""
    wanted = {name for block in blocks for name in NOTE_REFERENCE.findall(block.source)}
    return [block for block in base.find("note") if block.id in wanted]


def _reworded(note: Block, words: str | None) -> Block:
    return replace(note, source=f"[^{note.id}]: {words}") if words else note


def _front(section: Section, base: PageText, blocks: Sequence[Block], goes_on: bool) -> str:
    front = base.front
    if not front or (goes_on and any(map(breaks_off, base.blocks))):
        front = set_key(
            front, "description", json.dumps(_description(section, blocks), ensure_ascii=False)
        )
    return set_key(front, "wording", "published")


def _description(section: Section, blocks: Sequence[Block]) -> str:
    first = next((block.text for block in blocks if block.counted), "")
    start = first if len(first) <= DESCRIPTION else first[: DESCRIPTION - 1] + "…"
    return " ".join(filter(None, (section.title, start))).replace("\\", "")
