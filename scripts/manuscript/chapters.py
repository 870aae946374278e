"""Sections of the published text to chapters in Markdown, with the ids, figures and notes of the
pages they replace.
"""

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
from manuscript.characters import bare, matched
from manuscript.kinds import NUMERALS, caption_mark, caption_number, is_table
from manuscript.naming import Names
from manuscript.numbers import number_units
from manuscript.outline import Section
from manuscript.proof import Unproven
from manuscript.units import Unit

LOST = {
    "zh": "所据文本中只存此图题，原图没有随文字一同提取。",
    "en": (
        "The text keeps only the caption of this picture; the picture itself did not come with it."
    ),
}
START = Block(
    "start", "", "^"
)  # stands before a page's first block, under a name that no block can have
DESCRIPTION = 90  # characters
CALL = (
    "\ufdd0"  # stands for the call of a note while a text is made into Markdown; no text holds it
)
IMPORTED_NOTE = re.compile(r"note-\d+")
IMPORTED_CALL = re.compile(r"\[\^note-\d+\]")
IMPORTED_PICTURE = re.compile(r"\]\(figures/[\w-]+-paper-[\d-]+\.(?:png|jpg)\)")


@dataclass(frozen=True)
class Context:
    """What a chapter has to know of the rest of the book."""

    figures: dict[str, Block]  # by mark: 图一
    goes_on: bool  # the text does not stop where the edition's source stopped
    notes: dict[str, str] = field(
        default_factory=dict
    )  # what notes say beside the published wording, by page#note


def render_chapter(section: Section, base: PageText, context: Context) -> PageText:
    """The published wording of one section.

    Ids, figures, editor's notes and notices of the page it replaces stay where they belong.
    """
    base = _without_imported(base)
    known = {block.id: block for block in base.counted}
    numbers = iter(
        number_units([unit.text for unit in section.units if unit.counted], base.counted)
    )
    places = _heading_places(section, base)
    blocks, notes = [_title(section, base)], []
    for unit in _with_note_names(section.units):
        if unit.counted:
            number = next(numbers)
            blocks.append(_paragraph(unit, number, known.get(number), blocks[-1]))
        elif unit.level:
            blocks.append(_heading(unit, *next(places)))
        elif unit.role == "note":
            notes.append(Block("note", f"[^{unit.mark}]: {literal(unit.text)}", unit.mark))
        elif unit.cells:
            _add_row(blocks, unit)
        else:
            blocks.append(_caption(section, unit, context.figures.get(unit.mark)))
    _prove(section, [*blocks[1:], *notes])
    blocks = _with_extras(_with_links(blocks), base, context.goes_on)
    notes += [
        _reworded(note, context.notes.get(f"{section.name}#{note.id}"))
        for note in notes_for(blocks, base)
    ]
    return PageText(_front(section, base, blocks, context.goes_on), blocks + notes)


def _without_imported(base: PageText) -> PageText:
    """Of a page that an import made, what the paper itself brought, and will bring again, is not
    the edition's own.
    """
    if not base.has("wording", "published"):
        return base
    kept = [
        block
        for block in base.blocks
        if block.kind not in ("table", "caption")
        and not is_imported(block)
        and not IMPORTED_PICTURE.search(block.source)
    ]
    return PageText(
        base.front,
        [replace(block, source=IMPORTED_CALL.sub("", block.source)) for block in kept],
    )


def _with_note_names(units: Sequence[Unit]) -> list[Unit]:
    """The units with the names of their notes, counted through the section.

    A note of a heading or a caption is called at the end of the next paragraph, one that nothing
    calls at the end of the one before.
    """
    notes = [unit.mark for unit in units if unit.role == "note"]
    names = {mark: f"note-{number}" for number, mark in enumerate(notes, 1)}
    free = set(notes) - {mark for unit in units for _, mark in unit.calls}
    named: list[Unit] = []
    waiting: list[str] = []
    last = -1  # the place of the last paragraph
    for unit in units:
        if unit.role == "note":
            unit = replace(unit, mark=names[unit.mark])
        calls = [(at, names[mark]) for at, mark in unit.calls if mark in names]
        if unit.counted:
            calls += [(len(unit.text), name) for name in waiting]
            waiting, last = [], len(named)
        else:
            waiting += [name for _, name in calls]
            waiting += (
                [unit.mark] if unit.role == "note" and unit.mark in {names[m] for m in free} else []
            )
            calls = []
        named.append(replace(unit, calls=tuple(calls)))
        if waiting and last >= 0 and unit.role == "note":
            before = named[last]
            more = tuple((len(before.text), name) for name in waiting)
            named[last], waiting = replace(before, calls=before.calls + more), []
    return named


def _add_row(blocks: list[Block], unit: Unit) -> None:
    """A row of the table before it where that has as many columns, else the head of a new one."""
    row = f"| {' | '.join(inline(cell) or ' ' for cell in unit.cells)} |"
    before = blocks[-1]
    if (
        before.kind == "table"
        and len(before.source.split("\n")[1].split("|")) == len(unit.cells) + 2
    ):
        blocks[-1] = replace(before, source=f"{before.source}\n{row}")
    else:
        blocks.append(Block("table", f"{row}\n|{' --- |' * len(unit.cells)}"))


def _prove(section: Section, blocks: Sequence[Block]) -> None:
    """Raises Unproven unless the blocks print the units, all characters in their order."""
    printed = bare("".join(b.printed.removeprefix("•") for b in blocks if b.kind != "note"))
    notes = bare("".join(block.printed for block in blocks if block.kind == "note"))
    for text, role in ((printed, False), (notes, True)):
        units = [unit for unit in section.units if (unit.role == "note") is role]
        expected = bare("".join(unit.text.removeprefix("•") for unit in units))
        if text != expected:
            at = next((at for at, (a, b) in enumerate(zip(text, expected)) if a != b), 0)
            raise Unproven(
                f"section {section.title or section.id}: the chapter would print other words "
                "than the text near "
                f"{expected[max(0, at - 8) : at + 8]}. Report this file; nothing was written"
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
    """(id, level) of the headings inside a page: those they had, else the number, which is the same
    in every language.
    """
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
    kind, start, text = "para", "", _marked(unit)
    if _is_item(unit, known, before):
        kind, start, text = (
            "item",
            f"{unit.mark}. ",
            text.removeprefix(f"{unit.mark}.").lstrip(),
        )
    elif _is_bullet(unit, known, before):
        kind, start, text = "bullet", "- ", text.removeprefix("•").lstrip()
    source = place_notes(_emphasized(text, unit, known), known.source if known else "")
    for _, name in unit.calls:
        source = source.replace(CALL, f"[^{name}]", 1)
    return Block(kind, start + source, number)


def _marked(unit: Unit) -> str:
    """The text with a sign at each place where a note is called."""
    text = unit.text
    for at, _ in reversed(unit.calls):
        text = text[:at] + CALL + text[at:]
    return text


def _is_item(unit: Unit, known: Block | None, before: Block) -> bool:
    """Where a list prints the unit's own number: at its start, or one above the item before.

    Beside bullets, Markdown would make one list of two.
    """
    if (
        unit.style != "1."
        or not unit.text.startswith(f"{unit.mark}.")
        or (known and known.kind != "item")
    ):
        return False
    return before.kind != "bullet" and (
        before.kind != "item" or int(unit.mark) == int(matched(ITEM, before.source)[1]) + 1
    )


def _is_bullet(unit: Unit, known: Block | None, before: Block) -> bool:
    """What was a bullet, or is new and a one-liner; the first of a second list must not touch the
    first list.
    """
    if known:
        return known.kind == "bullet" and before.kind != "item"
    return (
        (unit.role.startswith("one-liner") or unit.style == "•")
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


def _caption(section: Section, unit: Unit, figure: Block | None) -> Block:
    """The book's own drawing where it has one for this caption, else the paper's picture, else a
    notice that it is missing.
    """
    if is_table(unit.mark):
        return Block("caption", literal(unit.text), f"table-{caption_number(unit.mark)}")
    if figure is not None and not IMPORTED_PICTURE.search(figure.source):
        if bare(figure.text) == bare(unit.text):
            return figure
        address = figure.source[figure.source.rindex("](") :]
        return replace(figure, source=f"![{literal(unit.text)}{address}")
    if unit.picture:
        name = f"figure-{caption_number(unit.mark)}"
        source = f"![{literal(unit.text)}]({picture_file(section, unit)}){{#{name}}}"
        return Block("figure", source, name)
    return Block("notice", f'!!! notice "{literal(unit.text)}"\n\n    {LOST["zh"]}')


def picture_file(section: Section, unit: Unit) -> str:
    """Where the picture of a caption lies, from the page of its section."""
    ending = unit.picture.ending if unit.picture else "png"
    return f"figures/{section.name}-paper-{caption_number(unit.mark)}.{ending}"


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
    """Notices, raw blocks and figures of the edition's own, each behind what it stood behind;
    `breaks off here` only while the text does.
    """
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
    """Blocks that no text brings along, by the id of what they follow; figures only where no
    caption has `placed` them.
    """
    found: dict[str, list[Block]] = defaultdict(list)
    before = START.id
    for block in base.blocks:
        if block.kind in ("notice", "raw") or (block.kind == "figure" and block.id not in placed):
            found[before].append(block)
        if block.id and block.kind != "note":
            before = block.id
    return found


def is_imported(block: Block) -> bool:
    """A note of the paper itself."""
    return block.kind == "note" and bool(IMPORTED_NOTE.fullmatch(block.id))


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
