"""Sections of the published text to chapters in Markdown, with the ids, figures and notes of the
pages they replace.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby, pairwise

from manuscript.anchoring import place_notes
from manuscript.blocks import (
    NOTE_REFERENCE,
    Block,
    PageText,
    block_of,
    inline,
    literal,
    plain,
    set_key,
)
from manuscript.characters import bare
from manuscript.kinds import BULLETS, CELL, NUMERALS, caption_mark, is_table
from manuscript.numbers import number_units
from manuscript.proof import Unproven, find_difference
from manuscript.sections import UNTITLED, Names, Section
from manuscript.units import Picture, Unit

# Of a caption without its picture, and of a picture without a caption, by its number on the page.
LOST = (
    "所据文本中只存此图题，原图没有随文字一同提取。",
    "The text keeps only the caption of this picture; the picture itself did not come with it.",
)
PICTURED = "原文第{}幅插图", "Picture {} of the original"
EXTRAS = ("notice", "raw", "figure")  # blocks of the edition that no text brings along
START = "^"  # where a page's first block stands behind; no block is called so
CALL = "\ufdd0"  # stands for the call of a note while Markdown is made; no text holds it
IMPORTED_CALL = re.compile(r"\[\^note-\d+\]")
IMPORTED_PICTURE = re.compile(r"\]\((figures/[\w-]+-paper-[\d-]+\.(?:png|jpg))\)")
# what it brought in place of a picture, and will bring again
OF_THE_PAPER = re.compile(f"{IMPORTED_PICTURE.pattern}|{LOST[0]}")


def render_chapter(
    section: Section, base: PageText, figures: Mapping[str, Block], published: Collection[str]
) -> PageText:
    """The published wording of one section.

    Ids, figures, editor's notes and notices of the page it replaces, `base`, stay where they
    belong. `figures`: the book's own, by mark; `published`: every address that ever was.
    """
    blocks = _blocks(section, base, figures, published)
    _prove(section, blocks[1:])
    blocks = _with_links(_captioned(blocks))
    goes_on = all(unit.role != "para (cut)" for unit in section.units)
    shown = (block.text for block in blocks if block.kind in ("figure", "notice"))
    marks = {*map(caption_mark, shown)} - {""}
    kept = ids_of(blocks)
    extras: defaultdict[str, list[Block]] = defaultdict(list)
    for place, block in with_places(base.blocks, kept):
        gone = (
            block.id in kept
            or caption_mark(block.text) in marks
            or OF_THE_PAPER.search(block.source)
            or (goes_on and breaks_off(block))
        )
        if block.kind in EXTRAS and not gone:
            extras[place].append(block)
    placed = extras[START] + [one for block in blocks for one in (block, *extras[block.id])]
    return PageText(
        set_key(base.front, "wording", "published"), [*placed, *notes_for(placed, base)]
    )


def ids_of(blocks: Iterable[Block]) -> set[str]:
    """What others can stand behind; between a caption and its table stands nothing."""
    return {block.id for block in blocks if block.id and block.kind not in ("note", "caption")}


def with_places(blocks: Iterable[Block], kept: Collection[str]) -> Iterator[tuple[str, Block]]:
    """Each block with the one of the blocks `kept` that it stands behind, or is."""
    place = START
    for block in blocks:
        place = block.id if block.id in kept else place
        yield place, block


def _blocks(
    section: Section, base: PageText, figures: Mapping[str, Block], published: Collection[str]
) -> list[Block]:
    """The title, and what the units say."""
    known = {block.id: block for block in base.counted}
    counted = [unit.text for unit in section.units if unit.counted]
    here = f"{section.name}/#"
    anchors = [one.removeprefix(here) for one in published if one.startswith(here)]
    numbers = iter(number_units(counted, base.counted, anchors))
    pictures = count(1)
    heads = {bare(block.text): block.id for block in reversed(base.find("heading"))}
    names = Names({section.name, *heads.values()})
    marks = (unit.mark for unit in section.units if unit.role == "note")
    notes = {mark: f"[^note-{number}]" for number, mark in enumerate(marks, 1)}
    named = bare(section.title) not in ("", bare(base.title))
    title = (section.title if named else base.title) or UNTITLED
    blocks = [_heading(title, section.name, 1)]
    above: list[int] = []  # levels of the headings above, outer first
    printed = [*filter(None, [section.heading]), *section.units]
    for columns, units in groupby(printed, key=lambda unit: len(unit.cells)):
        if columns > 1:
            blocks.append(_table([*units]))
            continue
        for unit in units:
            if unit.counted:
                number = next(numbers)
                blocks.append(_paragraph(unit, number, known.get(number), blocks[-1], notes))
            elif unit.role == "note":
                blocks.append(block_of(f"{notes[unit.mark]}: {literal(unit.text)}"))
            elif unit.role == "caption":
                blocks.append(_caption(section, unit, figures.get(unit.mark)))
            elif unit is not section.heading:
                # What it was called, else its number, which is the same in every language.
                new = f"{section.name}-{unit.id.removeprefix(section.id).strip('-')}"
                name = heads.pop(unit.bare, "") or names.take(new)
                while above and above[-1] >= unit.level:
                    above.pop()
                above.append(unit.level)
                blocks.append(_heading(unit.text, name, 1 + len(above)))
            if unit.picture and unit.role != "caption":
                words = PICTURED[0].format(next(pictures))
                shown = f"![{words}]({picture_file(section, unit, unit.picture)}) {words}"
                blocks.append(block_of(f'!!! notice ""\n\n    {shown}'))
    return blocks


def _table(rows: Sequence[Unit]) -> Block:
    """With its columns of numbers at the right."""
    lines = [f"| {' | '.join(inline(cell) or ' ' for cell in unit.cells)} |" for unit in rows]
    rule = "|"
    for _, *cells in zip(*(unit.cells for unit in rows)):
        shown = [cell for cell in cells if cell.strip(" —–-/")]
        rule += " ---: |" if shown and all(map(CELL.match, shown)) else " --- |"
    return block_of("\n".join([lines[0], rule, *lines[1:]]))


def _prove(section: Section, blocks: Sequence[Block]) -> None:
    """Raises Unproven unless the blocks print the units, all characters in their order; bullets
    are the list's own.
    """
    shown, expected = (
        re.sub(f"[{BULLETS}]", "", bare("".join(texts)))
        for texts in ([block.printed for block in blocks], [unit.text for unit in section.units])
    )
    if shown != expected:
        name, (_, near) = section.title or section.id, find_difference(shown, expected)
        raise Unproven(
            f"section {name}: the chapter would print other words than the text near {near}"
        )


def _heading(text: str, name: str, level: int) -> Block:
    return block_of(f"{'#' * level} {literal(text)} {{#{name}}}")


def _paragraph(
    unit: Unit, number: str, known: Block | None, before: Block, notes: Mapping[str, str]
) -> Block:
    """One numbered block, with the emphasis and the notes of the block it replaces."""
    text = unit.text
    for at, _ in reversed(unit.calls):
        text = text[:at] + CALL + text[at:]
    start = _start(unit, known, before)
    mark = unit.mark * (unit.style == "•") if start == "- " else start.rstrip()
    was = IMPORTED_CALL.sub("", known.words) if known else ""
    words = place_notes(_emphasized(text.removeprefix(mark).lstrip(), unit, was), was)
    for _, mark in unit.calls:
        words = words.replace(CALL, notes.get(mark, ""), 1)
    return replace(block_of(start + words), id=number)


def _start(unit: Unit, known: Block | None, before: Block) -> str:
    """`1. ` where a list prints the unit's own number, at its start or one above the item before;
    `- ` where it was a bullet, or is new and has one; else nothing.

    Items beside bullets would be one list in Markdown.
    """
    numbered = unit.style == "1." and unit.text.startswith(f"{unit.mark}.")
    fits = before.kind != "bullet" and (known is None or known.kind == "item")
    begins = before.kind != "item"
    if numbered and fits and (begins or before.source.startswith(f"{int(unit.mark) - 1}. ")):
        return f"{unit.mark}. "
    bullet = known.kind == "bullet" if known else unit.style == "•"
    return "- " if bullet and begins else ""


def _emphasized(text: str, unit: Unit, known: str) -> str:
    """Run-in heads in bold, and the first words in bold where the page had the same words so."""
    if unit.role.startswith("run-in head"):
        return f"**{literal(text)}**"
    found = re.match(r"\*\*(.+?)\*\*", known)
    head = plain(found[1]) if found else ""
    if head and text.startswith(head) and len(head) < len(text):
        return f"**{literal(head)}**{inline(text[len(head) :])}"
    return literal(text)


def _caption(section: Section, unit: Unit, figure: Block | None) -> Block:
    """The book's own drawing where it has one for this caption, else the paper's picture, else a
    notice that it is missing.
    """
    title, name = literal(unit.text), section.captions[unit.id]
    if is_table(unit.mark):
        return Block("label", title, name)
    if figure:
        return figure if bare(figure.text) == unit.bare else figure.saying(title)
    if unit.picture:
        file = picture_file(section, unit, unit.picture)
        return block_of(f"![{title}]({file}){{#{name}}}")
    return block_of(f'!!! notice "{title}"\n\n    {LOST[0]}')


def picture_file(section: Section, unit: Unit, picture: Picture) -> str:
    """Where it lies, from the page of its section."""
    name = section.captions.get(unit.id, unit.id).removeprefix("figure-")
    number = re.sub("[^0-9-]+", "0", name)
    return f"figures/{section.name}-paper-{number}.{picture.ending}"


def _captioned(blocks: list[Block]) -> list[Block]:
    """A table with its caption, which in Markdown stands in a block of its own below it."""
    for at, (label, table) in enumerate(pairwise(blocks)):
        if (label.kind, table.kind) == ("label", "table"):
            caption = block_of(f"/// caption | < #{label.id}\n{label.source}\n///")
            blocks[at : at + 2] = table, caption
    return blocks


def _with_links(blocks: list[Block]) -> list[Block]:
    """见图一 leads to Figure 1 where it stands on the same page, and so does 见表一."""
    for figure in blocks:
        shown = figure.id and figure.kind in ("figure", "caption", "label")
        if shown and (mark := caption_mark(figure.text)):
            call = re.compile(rf"见{re.escape(mark)}(?![{NUMERALS}\d]|[-.–]\d)")
            link = f"见[{mark}](#{figure.id})"
            blocks = [
                replace(block, source=call.sub(link, block.source, 1)) if block.counted else block
                for block in blocks
            ]
    return blocks


def breaks_off(block: Block) -> bool:
    """The notice that the text ends here in mid-sentence."""
    return block.kind == "notice" and ("中断" in block.text or "breaks off" in block.text)


def notes_for(blocks: Iterable[Block], base: PageText) -> list[Block]:
    """The definitions of the editor's notes that the blocks still refer to."""
    wanted = {name for block in blocks for name in NOTE_REFERENCE.findall(block.source)}
    return [note for note in base.find("note") if note.id in wanted and not is_imported(note)]


def is_imported(note: Block) -> bool:
    """Whether it is the paper's own."""
    return bool(IMPORTED_CALL.fullmatch(f"[^{note.id}]"))
