"""What must be whole in a block: its body."""

import re

from proofreader.rule import Findings, View, rule

FELL_OUT = re.compile(r"([ >]*)(?:!!!|\?\?\?)[^\n]*\n(?!\1(?: {4}|\t))[ \t>]*[^\s>]")


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
