"""Markup that did not become what it was meant to be: it is still to be seen in the text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from proofreader.rule import Findings, View, rule
from proofreader.source import COMMENT
from proofreader.walk import OBJECT


class Form(NamedTuple):
    """A form of markup that shows as it stands."""

    held: str  # what a text that has it must hold: looked for first, which is fast
    pattern: str
    law: str
    cure: str


OPENED = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*[\w{.+#-]*[^`]*$")
FELL_OUT = re.compile(r"([ >]*)(?:!!!|\?\?\?)[^\n]*\n(?!\1(?: {4}|\t))[ \t>]*[^\s>]")
ATTRIBUTES = re.compile(
    r"[{｛]\s*[:：]?\s*[#＃][^{}｛｝\n]*[}｝]?\s*$"
    r"|[{｛]\s*[:：]\s*[.#][^{}｛｝\n]*[}｝]\s*$"
    r"|[{｛]\s*[:：]?\s*[#＃.][\w-]+\s*[}｝]"
)
MARKER = re.compile(r"^[\s\u3000]*(?:#{1,6}(?=[\s\u3000])|＃{1,6})")
WORDS = r"[^\[\]\n{}<>$]"  # of a link; in braces and brackets stands what something may yet fill in
TARGET = r"(?=[^()\s]*(?:\.md|#|https?:))"
SHOWN = "It shows as it stands: "
NESTED = 'In raw HTML Markdown is read where its tag says markdown="1" and md_in_html is on'
LIST = Form("", ATTRIBUTES.pattern, "an attribute list must be written {#id}", SHOWN + "mend it")
HEADING = Form(
    "",
    f"{MARKER.pattern}.*",
    "a heading must begin with # at the start of the line",
    SHOWN + "take out the indent, use half-width #",
)
LINKED = "a link must be written as [text](target)", SHOWN + "mend brackets and gaps"
LINKS = [
    Form(
        "]",
        rf"\[{WORDS}+\]\s+\({TARGET}|\[{WORDS}+\]（[^（）\n{{}}<>$]*[)）]"
        rf"|(?<![{{}}<>$])[^\s{{}}<>$]?\]\({TARGET}"
        rf"|\({WORDS}+\)\[(?:https?:|[^\]\s]*\.md|#)[^\]\n]*\]",
        *LINKED,
    ),
    Form("】", r"【[^【】\n{}<>$]+】\((?=[^)\n]*(?:\.md|#|:))", *LINKED),
]
REFERENCE = Form(  # not a[i][j], where an index follows its name, nor a row of them: [a][b][c]
    "]",
    r"(?<![A-Za-z0-9_\])])\[[^\[\]\n^{}<>$]+\]\[[^\[\]\n{}<>$]*\](?!\[)",
    "the reference must be defined",
    "Add a line [name]: target",
)
FOOTNOTE = Form(
    "^",
    r"[\[【［]\^\s?[^\[\]\s{}<>$】］]+[\]】］]",
    "the footnote must be defined",
    "Add a line [^name]: text",
)


def _meant(held: str, pattern: str, what: str, cure: str) -> Form:
    return Form(held, pattern, f"what is meant as {what} must be written so that it is read", cure)


DIALECTS = [
    _meant(
        "*",
        r"\*\*(?:[^*\n]+\*\*)?|(?<![\w*])\*(?=\w)",
        "bold or italics",
        "Close it, with no blank between marks and words",
    ),
    _meant(
        "~~",
        r"~~(?=\S)[^~\n]+(?<=\S)~~",
        "struck out",
        "Take it out, or turn on pymdownx.tilde",
    ),
    _meant(
        "==",
        r"==(?=[^\s=])[^=\n]+(?<=\S)==",
        "marked",
        "Write **words**, or turn on pymdownx.mark",
    ),
    _meant(
        "[!",
        r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]",
        "a notice",
        "Write !!! note, and indent its body by four blanks",
    ),
    _meant("[[", r"\[\[[^\[\]\n|]+(?:\|[^\[\]\n]+)?\]\]", "a link", "Write [text](page.md)"),
    _meant(
        ":",
        r":(?<![A-Za-z0-9:/]:)[a-z][a-z0-9_]+:(?![A-Za-z0-9:/])",
        "a sign",
        "Write the sign itself, or its name",
    ),
    _meant(
        "$",
        r"\$\$[^$\n]+\$\$|(?<![\w$\\])\$[^\s$\d][^$\n]*[\\^_{][^$\n]*\$(?!\w)",
        "a formula",
        "Write it in words, or turn on pymdownx.arithmatex",
    ),
    _meant(
        "{",
        r"\{\{[^{}\n]+\}\}|\{%[^{}\n]+%\}",
        "a template",
        "Nothing fills it in: write the words",
    ),
    _meant(
        ":::",
        r"(?m)^:::",
        "a container",
        "Write !!! note, and indent its body by four blanks",
    ),
    _meant(
        "///",
        r"(?m)^/// ?\w+",
        "a block",
        "Turn on the extension in pymdownx.blocks that reads it",
    ),
    _meant(
        "*[",
        r"(?m)^\*\[[^\]\n]+\]\s*[：:].*",
        "an abbreviation",
        "Write *[name]: text with a half-width colon, and turn on abbr",
    ),
]


@rule("H03", any="error", copy=True)
def attributes_are_parsed(view: View) -> Findings:
    """An attribute list must be written {#id}, half-width, closed, and with a blank before it."""
    return _left(view, [LIST], but=("raw",))


@rule("H14", any="error")
def marker_is_parsed(view: View) -> Findings:
    """What is meant as a heading must become one: half-width #, at the start of its line."""
    return _left(view, [HEADING], of=("p", "li"))


@rule("L07", any="error")
def link_is_parsed(view: View) -> Findings:
    """What is meant as a link must be written so that it becomes one: [text](target), half-width
    and without a gap."""
    return _left(view, LINKS)


@rule("L08", any="error")
def reference_is_defined(view: View) -> Findings:
    """The definition that a link [text][name] refers to must exist."""
    return _left(view, [REFERENCE])


@rule("L09", any="error")
def footnote_is_defined(view: View) -> Findings:
    """The footnote that a mark [^name] refers to must exist."""
    return _left(view, [FOOTNOTE])


@rule("X34")
def markup_is_read(view: View) -> Findings:
    """Markup must be that of this book: what other dialects write shows as it stands."""
    return _left(view, DIALECTS)


def _left(
    view: View, forms: Sequence[Form], of: tuple[str, ...] = (), but: tuple[str, ...] = ()
) -> Findings:
    """What of these forms is to be seen in the page, in some kinds of blocks or anywhere."""
    for form in forms:
        for text in view.page.texts if form.held in view.source.text else ():
            kind = getattr(text, "kind", "heading")
            known = form.held in text.text and kind not in but and (kind in of or not of)
            for found in re.finditer(form.pattern, text.text) if known else ():
                line, column = _place(view, text.line, found[0])
                if line and OBJECT not in found[0]:
                    cure = NESTED if kind == "raw" and form in LINKS else form.cure
                    yield view.at(line, f"{form.law}: {found[0][:60].strip()}", cure, column)


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
    source = view.source
    marked = "```" in source.text or "~~~" in source.text
    rows = zip(source.lines, source.masked_lines) if marked else ()
    for number, (line, left) in enumerate(rows, 1):
        found = OPENED.match(line) if left.strip() else None
        if found:
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


@rule("X41", any="note")
def comment_ends(view: View) -> Findings:
    """A comment must end before another begins."""
    for found in COMMENT.finditer(view.source.unfenced):
        if "<!--" in found[0][4:]:
            line = view.source.line_of(found.start())
            yield view.at(line, "a comment must end before another begins", "Write --> behind it")
