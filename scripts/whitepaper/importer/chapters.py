"""Sections of the published text to chapters in Markdown, with the ids, figures and notes of the pages they replace."""
import json
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from whitepaper.importer.anchoring import place_notes
from whitepaper.importer.blocks import ITEM, NOTE_REFERENCE, Block, PageText, inline, literal, plain
from whitepaper.importer.kinds import caption_mark
from whitepaper.importer.naming import Names
from whitepaper.importer.outline import Section, number_units
from whitepaper.importer.proof import Unproven, bare
from whitepaper.importer.units import Unit

LOST = {"zh": "所据文本中只存此图题，原图没有随文字一同提取。", "en": "The text keeps only the caption of this picture; the picture itself did not come with it."}
BREAKS_OFF = re.compile(r'^!!! notice ".*(?:中断|breaks off)')
DESCRIPTION = 90  # characters


@dataclass
class Chapter:
    """A page written anew, and what happened to what stood there before."""

    page: PageText
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Context:
    """What a chapter has to know of the rest of the book."""

    figures: dict[str, Block]  # by mark: 图一
    goes_on: bool  # the text does not stop where the edition's source stopped
    notes: dict[str, str] = field(default_factory=dict)  # what notes say beside the published wording, by page#note


def render_chapter(section: Section, base: PageText | None, context: Context) -> Chapter:
    """The published wording of one section. Ids, figures, editor's notes and notices of the page it replaces stay where they belong."""
    base = base or PageText()
    counted = [unit for unit in section.units if unit.counted]
    known = [block for block in base.blocks if block.counted]
    ids = dict(zip((unit.id for unit in counted), number_units(counted, known)))
    by_id = {block.id: block for block in known}
    headings = _heading_places(section, base)
    blocks = [_title(section, base)]
    for unit in section.units:
        if unit.counted:
            blocks.append(_paragraph(unit, ids[unit.id], by_id.get(ids[unit.id]), blocks[-1]))
        elif unit.level:
            blocks.append(_heading(unit, *headings[unit.id]))
        else:
            blocks.append(_caption(unit, context.figures.get(unit.mark)))
    _prove(section, blocks[1:])
    blocks = _with_links(blocks)
    blocks = _with_extras(blocks, base, context, {bare(unit.text) for unit in section.units if unit.role == "caption"})
    gone = [name for name in by_id if name not in ids.values()]
    blocks += [_reworded(note, context.notes.get(f"{section.name}#{note.id}")) for note in notes_for(blocks, base)]
    front = _front(section, base, blocks, context)
    return Chapter(PageText(front, blocks), [f"{section.name}.md: no counterpart in the text for {', '.join(gone)}; its address is gone"] if gone else [])


def _prove(section: Section, blocks: Sequence[Block]) -> None:
    """Raises Unproven unless every block prints its unit, the number of an item included, to the last character."""
    for unit, block in zip(section.units, blocks, strict=True):
        number = ITEM.match(block.source)[1] + "." if block.kind == "item" else ""
        said = notice_title(block) if block.kind == "notice" else number + block.text
        if bare(said) != bare(unit.text):
            raise Unproven(f"line {unit.lines[0]}: the chapter would print other words than the text: {said[:40]}. Report this file; nothing was written")


def _title(section: Section, base: PageText) -> Block:
    """The heading as published; the introduction has none in the text and keeps the edition's."""
    old = next(iter(base.find("heading")), None)
    if old and (section.heading is None or bare(old.text) == bare(section.title)) and old.id == section.name:
        return old
    title = section.title or (old.text if old else "引言")
    return Block("heading", f"# {literal(title)} {{#{section.name}}}", section.name, 1)


def _heading_places(section: Section, base: PageText) -> dict[str, tuple[str, int]]:
    """(id, level) of the headings inside a page: those they had, else the number, which is the same in every language."""
    old: dict[str, list[Block]] = defaultdict(list)
    for block in base.find("heading")[1:]:
        old[bare(block.text)].append(block)
    names, places = Names({section.name, *(block.id for block in base.find("heading"))}), {}
    for unit in section.units:
        if unit.level:
            same = old[bare(unit.text)]
            known = same.pop(0) if same else None
            places[unit.id] = (known.id, known.level) if known else (names.take(_below(section, unit)), max(2, unit.level - 1))
    return places


def _below(section: Section, unit: Unit) -> str:
    number = unit.id.removeprefix(section.id).strip("-")
    return f"{section.name}-{number}"


def _heading(unit: Unit, name: str, level: int) -> Block:
    return Block("heading", f"{'#' * level} {literal(unit.text)} {{#{name}}}", name, level)


def _paragraph(unit: Unit, number: str, known: Block | None, before: Block) -> Block:
    """One numbered block: an item where its number prints as in the text, else a paragraph, with the notes of the block it replaces."""
    kind, text = _kind(unit, known, before)
    source = place_notes(_emphasized(text, unit, known), known.source if known else "")
    return Block(kind, {"item": f"{unit.mark}. {source}", "bullet": f"- {source}"}.get(kind, source), number)


def _kind(unit: Unit, known: Block | None, before: Block) -> tuple[str, str]:
    """(kind, text without the number that the list prints). Lists of two sorts must not touch: Markdown would make them one."""
    if unit.style == "1." and unit.role.startswith("item") and (known is None or known.kind == "item"):
        number = int(unit.mark) if unit.mark.isdecimal() else -1
        follows = before.kind == "item" and number == int(ITEM.match(before.source)[1]) + 1
        if number >= 0 and unit.text.startswith(f"{unit.mark}.") and (follows or before.kind not in ("item", "bullet")):
            return "item", unit.text[len(unit.mark) + 1 :].lstrip()
    wants_bullet = known.kind == "bullet" if known else unit.role.startswith("one-liner")
    if wants_bullet and before.kind != "item" and (known is not None or before.kind != "bullet" or unit.role != "one-liner 1"):
        return "bullet", unit.text
    return "para", unit.text


def _emphasized(text: str, unit: Unit, known: Block | None) -> str:
    """Run-in heads in bold, and the first words in bold where the page had the same words so."""
    if unit.role.startswith("run-in head"):
        return f"**{literal(text)}**"
    found = re.match(r"^(?:\d+\. |- )?\*\*(.+?)\*\*", known.source) if known else None
    head = plain(found[1]) if found else ""
    if head and text.startswith(head) and len(head) < len(text):
        return f"**{literal(head)}**{inline(text[len(head):])}"
    return literal(text)


def _caption(unit: Unit, figure: Block | None) -> Block:
    """The figure where the book has one for this caption; else a notice that the picture is missing."""
    if figure is not None and bare(figure.text) == bare(unit.text):
        return figure
    if figure is not None:
        source = figure.source[figure.source.rindex("](") :]
        return Block("figure", f"![{literal(unit.text)}{source}", figure.id)
    return Block("notice", f'!!! notice "{literal(unit.text)}"\n\n    {LOST["zh"]}')


def _with_links(blocks: list[Block]) -> list[Block]:
    """见图一 leads to Figure 1 where it stands on the same page."""
    marks = {mark: block.id for block in blocks if block.kind == "figure" and block.id and (mark := caption_mark(block.text))}
    linked = []
    for block in blocks:
        for mark, name in marks.items():
            if block.counted and f"见{mark}" in block.source:
                block = replace(block, source=block.source.replace(f"见{mark}", f"见[{mark}](#{name})", 1))
        linked.append(block)
    return linked


def _with_extras(blocks: list[Block], base: PageText, context: Context, captions: set[str]) -> list[Block]:
    """Notices, raw blocks and figures of the edition's own, each behind what it stood behind; `breaks off here` only while the text does."""
    extras = find_extras(base, {block.id for block in blocks if block.kind == "figure"})
    queue, result = deque([Block("start", "", "start"), *blocks]), []
    while queue:
        block = queue.popleft()
        result += [block] if block.kind != "start" else []
        behind = extras.pop(block.id, []) if block.id else []
        stays = [extra for extra in behind if not (context.goes_on and BREAKS_OFF.match(extra.source)) and bare(notice_title(extra)) not in captions]
        queue.extendleft(reversed(stays))
    return result


def find_extras(base: PageText, placed: set[str] = frozenset()) -> dict[str, list[Block]]:
    """Blocks that no text brings along, by the id of what they follow; figures only where no caption has `placed` them."""
    found: dict[str, list[Block]] = defaultdict(list)
    before = "start"
    for block in base.blocks:
        if block.kind in ("notice", "raw") or (block.kind == "figure" and block.id not in placed):
            found[before].append(block)
        if block.id and block.kind != "note":
            before = block.id
    return found


def notice_title(block: Block) -> str:
    found = re.match(r'^!!! \w+ "(.*)"', block.source)
    return plain(found[1]) if found else ""


def notes_for(blocks: Iterable[Block], base: PageText) -> list[Block]:
    """The definitions of the notes that are still referred to, here or in one another."""
    text = "".join(block.source for block in blocks)
    wanted = set(NOTE_REFERENCE.findall(text))
    return [block for block in base.find("note") if block.id in wanted]


def _reworded(note: Block, words: str | None) -> Block:
    return replace(note, source=f"[^{note.id}]: {words}") if words else note


def _front(section: Section, base: PageText, blocks: Sequence[Block], context: Context) -> str:
    front = base.front
    if not front or (context.goes_on and any(BREAKS_OFF.match(block.source) for block in base.find("notice"))):
        front = set_key(front, "description", json.dumps(_description(section, blocks), ensure_ascii=False))
    return set_key(front, "wording", "published")


def _description(section: Section, blocks: Sequence[Block]) -> str:
    first = next((block.text for block in blocks if block.counted), "")
    start = first if len(first) <= DESCRIPTION else first[: DESCRIPTION - 1] + "…"
    return " ".join(filter(None, (section.title, start))).replace("\\", "")


def set_key(front: str, key: str, value: str | None) -> str:
    """Front matter with one key set, or taken out where the value is None."""
    lines = [line for line in front.split("\n") if line and not line.startswith(f"{key}:")]
    at = next((at for at, line in enumerate(front.split("\n")) if line.startswith(f"{key}:")), len(lines))
    return "\n".join(lines if value is None else [*lines[:at], f"{key}: {value}", *lines[at:]])


def with_key(page: str, key: str, value: str | None) -> str:
    """A whole page with one key of its front matter set, or taken out."""
    front, mark, body = page.removeprefix("---\n").partition("\n---\n")
    return f"---\n{set_key(front, key, value)}{mark}{body}" if mark and page.startswith("---\n") else page
