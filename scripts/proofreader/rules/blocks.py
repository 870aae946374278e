"""What must be whole in a block: its brackets, its body."""

import re

from proofreader.rule import Findings, View, rule
from proofreader.rules.forms import HAN

PAIRED = {"zh": re.compile("[“”‘’（）《》「」『』【】]"), "en": re.compile("[“”]")}
PAIR = re.compile("“”|‘’|（）|《》|「」|『』|【】")
UNREAD = ("code", "table", "raw", "dt")
CITATION = re.compile(r"\[[A-Z]{1,2}(?:/OL)?\]")  # GB/T 7714 sets its marks half-width
FELL_OUT = re.compile(r"([ >]*)(?:!!!|\?\?\?)[^\n]*\n(?!\1(?: {4}|\t))[ \t>]*[^\s>]")


@rule("T11", copy=True)
def brackets_are_paired(view: View) -> Findings:
    """Quotation marks and brackets must be closed in the paragraph that opens them."""
    pattern = PAIRED.get(view.lang[:2], PAIR)
    for text in view.page.texts:
        chinese = HAN.search(text.text) and not CITATION.search(text.text)
        read = chinese or pattern is PAIRED["en"]
        unread = getattr(text, "kind", "") in UNREAD
        marks, before = "" if unread else "".join(pattern.findall(text.text)), ""
        while marks != before:
            marks, before = PAIR.sub("", marks), marks
        if marks and read:
            law = f"“{marks[0]}” must have its pair in the paragraph: {text.text[:20]}"
            yield view.at(text, law, "Add or take out one")


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
