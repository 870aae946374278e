"""Blocks that did not become what they were meant to be."""

import re

from proofreader.record import Block
from proofreader.rule import Findings, View, rule
from proofreader.source import COMMENT
from proofreader.walk import OBJECT

FENCE = re.compile(r"(?:^|\n)\s*(?:`{3,}|~{3,})")
OPENED = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*[\w{.+#-]*[^`]*$")
RULE_ROW = re.compile(r"^[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
CODE = re.compile(r"\\\||(`+)(?!`).*?(?<!`)\1(?!`)")
ABBREVIATION = re.compile(r"(?:^|\n)\*\[[^\]\n]+\]\s*[：:]")


@rule("X20", any="error")
def fence_is_closed(view: View) -> Findings:
    """A fenced block must be closed by the same fence."""
    text, shown = view.source.text, view.page.blocks
    marked = "```" in text or "~~~" in text
    if not marked or not any(FENCE.search(one.text) or OBJECT in one.text for one in shown):
        return
    fenced = {number for first, last in view.source.fences for number in range(first, last + 1)}
    for number, line in enumerate(view.source.lines):
        found = OPENED.match(line)
        if found and number not in fenced and view.source.masked_lines[number].strip():
            message = f"the fence {found[1]} must be closed"
            yield view.at(number + 1, message, "Add the same fence on a line of its own")
            return


@rule("X21", any="error")
def note_has_body(view: View) -> Findings:
    """The body of a notice must be indented by four blanks, or it falls out."""
    for block in view.page.blocks:
        empty = block.kind == "note" and block.extra.endswith(" empty")
        if empty and (view.page.lang or _fell_out(view, block.line)):
            message = "the body of a notice must be indented by four blanks"
            yield view.at(block.line, message, "It stands outside: indent it")


def _fell_out(view: View, line: int) -> bool:
    """Whether text follows at once below a notice without being indented."""
    above, below = ([*view.source.lines[line - 1 :], ""])[:2]
    marked = re.match(r"[\s>]*(?:!!!|\?\?\?)", above)
    return bool(marked and below.strip()) and _indent(below) < _indent(above) + 4


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" >"))


@rule("X22", any="error")
def tab_has_body(view: View) -> Findings:
    """The body of a tab must be indented by four blanks, or it falls out."""
    for block in view.page.blocks:
        if block.kind == "tab" and (block.extra == "empty" or (block.extra and view.page.lang)):
            message = f"the body of the tab “{block.text}” must be indented by four blanks"
            yield view.at(block.line, message, "It stands outside: indent it")


@rule("X25", any="error")
def table_is_whole(view: View) -> Findings:
    """A table must have in every row as many cells as in its head."""
    for block in view.page.blocks:
        if block.kind == "table":
            yield from _rows(view, block)


def _rows(view: View, block: Block) -> Findings:
    """The rows of the source that have other cells than the table's head; none where the table is
    written elsewhere."""
    lines, width = view.source.lines, int(block.extra.split("×")[1])
    ruled = block.line < len(lines) and RULE_ROW.match(lines[block.line])
    if not ruled or len(_cells(lines[block.line - 1])) != width:
        return
    for number in range(block.line + 2, len(lines) + 1):
        cells = _cells(lines[number - 1])
        if not cells:
            break
        if any(cell.strip() for cell in cells[width:]) or len(cells) < width:
            message = f"a row must have {width} cells, not {len(cells)}"
            hint = (
                "What is too much is not shown"
                if len(cells) > width
                else "Add what is missing, if only |"
            )
            yield view.at(
                number, message, hint, level="" if view.page.lang or len(cells) > width else "note"
            )


def _cells(line: str) -> list[str]:
    """The cells of a line of a table; none where it is no such line."""
    line = CODE.sub("x", line).strip(" \t>")
    return line.removeprefix("|").removesuffix("|").split("|") if "|" in line else []


@rule("X26", any="error")
def abbreviation_is_parsed(view: View) -> Findings:
    """An abbreviation must be defined with a half-width colon: *[AI]: text."""
    for block in view.page.blocks:
        if block.kind == "p" and ABBREVIATION.search(block.text):
            message = f"an abbreviation must be defined as *[name]: text, not {block.text[:20]}"
            yield view.at(block.line, message, "It shows as it stands: use a half-width colon")


@rule("X41", any="note")
def comment_ends(view: View) -> Findings:
    """A comment must end before another begins."""
    for found in COMMENT.finditer(view.source.unfenced):
        if "<!--" in found[0][4:]:
            law = "a comment must end before another begins"
            yield view.at(view.source.line_of(found.start()), law, "Write --> behind it")
