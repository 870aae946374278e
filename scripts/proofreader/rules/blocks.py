"""Blocks that did not become what they were meant to be."""

import re
from collections.abc import Iterator

from proofreader.record import Block
from proofreader.rule import Found, View, rule
from proofreader.source import plain

FENCE = re.compile(r"(?:^|\n)\s*(?:`{3,}|~{3,})")
ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)])[ \t]+(?=\S)")
LIST_LINE = re.compile(r"^( *)(?:[-*+]|\d+[.)])[ \t]+(\S.*)$")
ROW = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$|^\s*\|.*\|\s*$")
RULE_ROW = re.compile(r"^[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
ABBREVIATION = re.compile(r"(?:^|\n)\*\[[^\]\n]+\]\s*[：:]")


@rule("X20", any="error")
def fence_is_closed(view: View) -> Iterator[Found]:
    """A fenced block must be closed by the same fence."""
    fenced = {number for first, last in view.source.fences for number in range(first, last + 1)}
    if not any(FENCE.search(block.text) or "\ufffc" in block.text for block in view.page.blocks):
        return
    for number, line in enumerate(view.source.lines):
        found = re.match(r"[ \t>]*(`{3,}|~{3,})[ \t]*[\w{.+#-]*[^`]*$", line)
        if found and number not in fenced and view.source.masked_lines[number].strip():
            yield view.at(
                number + 1,
                f"the fence {found[1]} must be closed",
                "Add the same fence on a line of its own",
            )
            return


@rule("X21", any="error")
def note_has_body(view: View) -> Iterator[Found]:
    """The body of a notice must be indented by four blanks, or it falls out."""
    for block in view.page.blocks:
        if (
            block.kind == "note"
            and block.extra.endswith(" empty")
            and (_fell_out(view, block.line) or view.page.lang)
        ):
            yield view.at(
                block.line,
                "the body of a notice must be indented by four blanks",
                "It stands outside: indent it",
            )


def _fell_out(view: View, line: int) -> bool:
    """Whether text follows at once below a notice without being indented."""
    above, below = view.source.lines[line - 1], "".join(view.source.lines[line : line + 1])
    return (
        bool(re.match(r"[\s>]*(?:!!!|\?\?\?)", above))
        and bool(below.strip())
        and _indent(below) < _indent(above) + 4
    )


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" >"))


@rule("X22", any="error")
def tab_has_body(view: View) -> Iterator[Found]:
    """The body of a tab must be indented by four blanks, or it falls out."""
    for block in view.page.blocks:
        if block.kind == "tab" and (block.extra == "empty" or (block.extra and view.page.lang)):
            yield view.at(
                block.line,
                f"the body of the tab “{block.text}” must be indented by four blanks",
                "It stands outside: indent it",
            )


@rule("X23", any="error")
def list_is_parsed(view: View) -> Iterator[Found]:
    """A list must have a blank line before it, or it is no list."""
    for block in view.page.blocks:
        lines = (
            block.text.split("\n")
            if block.kind in ("p", "li") and not block.text.startswith(":::")
            else []
        )
        items = [
            number for number, line in enumerate(lines) if number and ITEM.match(line.lstrip())
        ]
        if (
            items
            and (view.page.lang or _is_list(lines, items))
            and (line := _source_line(view, block, lines[items[0]]))
        ):
            yield view.at(
                line, "a list must have a blank line before it", "It shows as running text: add one"
            )


def _is_list(lines: list[str], items: list[int]) -> bool:
    """Whether lines that look like items are a list: at least two, of one kind, one after the other to the end."""
    marks = {
        lines[number].lstrip()[0] if not lines[number].lstrip()[0].isdigit() else "1"
        for number in items
    }
    return len(items) > 1 and len(marks) == 1


def _source_line(view: View, block: Block, text: str) -> int:
    """The line of the source, from the block on, that holds a line of its text; 0 where none does."""
    wanted = plain(text)[:12]
    for number in range(block.line, min(block.line + 60, len(view.source.lines) + 1)):
        line = view.source.masked_lines[number - 1]
        if ITEM.match(line.lstrip(" >")) and wanted[:6] in plain(line):
            return number
    return 0


@rule("X24", any="error")
def nesting_is_parsed(view: View) -> Iterator[Found]:
    """An item below another must be indented by four blanks, or it stands beside it."""
    depths = {}
    for block in view.page.blocks:
        if block.kind == "li" and block.where == "body":
            depths.setdefault(block.line, block.depth)
    above: tuple[int, int] | None = None
    for number, line in enumerate(view.source.masked_lines, 1):
        found = LIST_LINE.match(line)
        if found and number in depths:
            indent, depth = len(found[1]), depths[number]
            if above and above[0] < indent < above[0] + 4 and depth <= above[1]:
                yield view.at(
                    number,
                    "an item below another must be indented by four blanks",
                    "It stands beside the one above: indent it",
                )
            else:
                above = (indent, depth)
        elif line.strip() and not line.startswith(" "):
            above = None


@rule("X25", any="error")
def table_is_parsed(view: View) -> Iterator[Found]:
    """A table must have a blank line before it, a rule below its head, and in every row as many cells as there."""
    for block in view.page.blocks:
        lines = block.text.split("\n") if block.kind in ("p", "li") and "|" in block.text else []
        rows = [number for number, line in enumerate(lines) if ROW.match(line)]
        if (
            len(rows) > 1
            and rows[-1] - rows[0] == len(rows) - 1
            and (line := view.source.first_masked(ROW, block.line, block.line + 59))
        ):
            yield view.at(
                line,
                "a table must have a blank line before it and a rule below its head, with as many cells",
                "It shows as running text",
            )
        if block.kind == "table":
            yield from _rows(view, block)


def _rows(view: View, block: Block) -> Iterator[Found]:
    """The rows of the source that have more cells than the table's head; none where the table is written elsewhere."""
    lines, width = view.source.lines, int(block.extra.split("×")[1])
    if (
        block.line >= len(lines)
        or not RULE_ROW.match(lines[block.line])
        or _cells(lines[block.line - 1]) != width
    ):
        return
    for number in range(block.line + 2, len(lines) + 1):
        cells = _cells(lines[number - 1])
        if not cells:
            break
        if cells > width:
            yield view.at(
                number,
                f"a row must have {width} cells, not {cells}",
                "What is too much is not shown",
            )


def _cells(line: str) -> int:
    """How many cells a line of a table has; 0 where it is none."""
    line = re.sub(r"\\\||`[^`]*`", "x", line).strip(" \t>")
    return line.removeprefix("|").removesuffix("|").count("|") + 1 if "|" in line else 0


@rule("X26", any="error")
def abbreviation_is_parsed(view: View) -> Iterator[Found]:
    """An abbreviation must be defined with a half-width colon: *[AI]: text."""
    for block in view.page.blocks:
        if block.kind == "p" and ABBREVIATION.search(block.text):
            yield view.at(
                block.line,
                f"an abbreviation must be defined as *[name]: text, not {block.text[:20]}",
                "It shows as it stands: use a half-width colon",
            )
