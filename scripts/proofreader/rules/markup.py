"""Markup that did not become what it was meant to be: it is still to be seen in the text."""

import re
import tomllib
from pathlib import Path
from typing import Any

from proofreader.rule import Findings, View, rule
from proofreader.walk import OBJECT

OPENED = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*[\w{.+#-]*[^`]*$")
FELL_OUT = re.compile(r"([ >]*)(?:!!!|\?\?\?)[^\n]*\n(?!\1(?: {4}|\t))[ \t>]*[^\s>]")
FORMS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
ATTRIBUTES = re.compile(FORMS["H03"]["forms"][0]["pattern"])
MARKER = re.compile(r"^[\s\u3000]*(?:#{1,6}(?=[\s\u3000])|＃{1,6})")


def _file(code: str, given: dict[str, Any]) -> None:
    """A rule that tells what of some forms is to be seen in a page."""

    def check(view: View) -> Findings:
        for form in given["forms"]:
            held = form.get("held", "")
            for text in view.page.texts if held in view.source.text else ():
                kind = getattr(text, "kind", "heading")
                known = kind in given.get("of", [kind]) and kind not in given.get("but", ())
                whole = text.text if known and held in text.text else ""
                for found in re.finditer(form["pattern"], whole) if whole else ():
                    line, column = _place(view, text.line, found[0])
                    if line and OBJECT not in found[0]:
                        nested = given.get("nested") if kind == "raw" else ""
                        said = given["said"].replace("{}", form.get("meant", ""))
                        cure = nested or form.get("cure") or given["cure"]
                        law = f"{said}: {found[0][:60].strip()}"
                        yield view.at(line, law, cure, column)

    check.__doc__ = given["law"]
    rule(code, any=given.get("any", ""), copy=given.get("copy", False))(check)


for code, given in FORMS.items():
    _file(code, given)


def _place(view: View, line: int, text: str) -> tuple[int, int]:
    """Where a piece of text stands in the source, from the block's line on; 0 where only code holds
    it, or it is escaped."""
    needle, source = text.split("\n")[0].strip(), view.source
    start = source.starts[min(line, len(source.lines)) - 1]
    found = re.compile(rf"(?<!\\){re.escape(needle)}").search(source.masked, start)
    return source.place(found.start()) if found else (0, 0)


@rule("X20", any="error")
def fence_is_closed(view: View) -> Findings:
    """A fenced block must be closed by the same fence."""
    for number, line in enumerate(view.source.lines, 1):
        found = OPENED.match(line)
        if found and view.source.masked_lines[number - 1].strip():
            law = f"the fence {found[1]} must be closed"
            yield view.at(number, law, "Add the same fence on a line of its own")
            return


@rule("X21", any="error")
def body_is_indented(view: View) -> Findings:
    """The body of a notice or a tab must be indented by four blanks, or it falls out."""
    for block in view.page.blocks:
        if block.kind in ("note", "tab") and block.extra.endswith("empty"):
            below = view.source.starts[block.line - 1]
            out = block.extra == "empty" or FELL_OUT.match(view.source.text, below)
            if view.page.lang or out:  # elsewhere a notice may be meant to have no body
                what = "a notice" if block.kind == "note" else f"the tab “{block.text}”"
                law = f"the body of {what} must be indented by four blanks"
                yield view.at(block, law, "It stands outside: indent it")
