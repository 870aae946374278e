"""Markup that did not become what it was meant to be, and definitions that nothing uses."""

import re

from proofreader.rule import Findings, View, rule
from proofreader.walk import OBJECT

FILE = r"(?=[^()\s]*(?:\.md|#|https?:))"
LEFT_LINK = re.compile(
    rf"\[[^\[\]\n]+\]\s+\({FILE}|\[[^\[\]\n]+\][（][^（）\n]*[)）]"
    rf"|【[^【】\n]+】\((?=[^)\n]*(?:\.md|#|:))|\S?\]\({FILE}"
    r"|\([^()\n]+\)\[(?:https?:|[^\]\s]*\.md|#)[^\]\n]*\]"
)
LEFT_REFERENCE = re.compile(r"\[[^\[\]\n^]+\]\[[^\[\]\n]*\]")
LEFT_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
PLACEHOLDER = re.compile(r"[{}<>$]")
NESTING = re.compile("<(details|div|section)")
DIALECTS: dict[
    str, tuple[str, str, str]
] = {  # what shows as it stands: what it holds, its pattern, what was meant, how to write it
    "**": (r"\*\*[^*\n]+\*\*", "bold", "Take out the blanks between marks and words"),
    "~~": (
        r"~~(?=\S)[^~\n]+(?<=\S)~~",
        "struck out",
        "Take it out, or turn on pymdownx.tilde",
    ),
    "==": (
        r"==(?=[^\s=])[^=\n]+(?<=\S)==",
        "marked",
        "Write **words**, or turn on pymdownx.mark",
    ),
    "[!": (
        r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]",
        "a notice",
        "Write !!! note, and indent its body by four blanks",
    ),
    "[[": (r"\[\[[^\[\]\n|]+(?:\|[^\[\]\n]+)?\]\]", "a link", "Write [text](page.md)"),
    ":": (
        r":(?<![A-Za-z0-9:/]:)[a-z][a-z0-9_]+:(?![A-Za-z0-9:/])",
        "a sign",
        "Write the sign itself, or its name",
    ),
    "$": (
        r"\$\$[^$\n]+\$\$|(?<![\w$\\])\$[^\s$\d][^$\n]*[\\^_{][^$\n]*\$(?!\w)",
        "a formula",
        "Write it in words, or turn on pymdownx.arithmatex",
    ),
    "{": (
        r"\{\{[^{}\n]+\}\}|\{%[^{}\n]+%\}",
        "a template",
        "Nothing fills it in: write the words",
    ),
    ":::": (r"(?m)^:::", "a container", "Write !!! note, and indent its body by four blanks"),
    "///": (
        r"(?m)^/// ?\w+",
        "a block",
        "Turn on the extension in pymdownx.blocks that reads it",
    ),
}
DIALECT = [(held, re.compile(form), what, hint) for held, (form, what, hint) in DIALECTS.items()]


def left_links(text: str) -> list[str]:
    """What is meant as a link in a text, and is none."""
    if "]" not in text and "】" not in text:
        return []
    return [found[0] for form in (LEFT_LINK, LEFT_REFERENCE) for found in form.finditer(text)]


@rule("L07", any="error")
def link_is_parsed(view: View) -> Findings:
    """What is meant as a link must be written so that it becomes one: [text](target), half-width
    and without a gap."""
    hint = "It shows as it stands: mend brackets and gaps"
    raw = any(block.kind == "raw" for block in view.page.blocks)
    if raw and NESTING.search(view.source.text):
        hint = 'In raw HTML Markdown is read where its tag says markdown="1" and md_in_html is on'
    yield from _left(view, LEFT_LINK, "a link must be written as [text](target)", hint)


@rule("L08", any="error")
def reference_is_defined(view: View) -> Findings:
    """The definition that a link [text][name] refers to must exist."""
    law, hint = "the reference must be defined", "Add a line [name]: target"
    yield from _left(view, LEFT_REFERENCE, law, hint)


@rule("L09", any="error")
def footnote_is_defined(view: View) -> Findings:
    """The footnote that a mark [^name] refers to must exist."""
    law, hint = "the footnote must be defined", "Add a line [^name]: text"
    yield from _left(view, LEFT_FOOTNOTE, law, hint)


@rule("X34")
def markup_is_read(view: View) -> Findings:
    """Markup must be that of this book: what other dialects write shows as it stands."""
    for held, pattern, what, hint in DIALECT:
        law = f"what is meant as {what} must be written so that it is read"
        yield from _left(view, pattern, law, hint) if held in view.source.text else ()


def _left(view: View, pattern: re.Pattern, law: str, hint: str) -> Findings:
    """Markup that is still to be seen in the text of the page."""
    linked = pattern in (LEFT_LINK, LEFT_REFERENCE, LEFT_FOOTNOTE)
    for block in view.page.texts:
        if linked and "]" not in block.text and "】" not in block.text:
            continue
        for match in pattern.finditer(block.text):
            is_name = pattern is LEFT_REFERENCE and not _is_prose(match)
            braced = linked and PLACEHOLDER.search(match[0])
            if OBJECT not in match[0] and not braced and not is_name:
                line, column = _place(view, block.line, match[0])
                if line:
                    yield view.at(line, f"{law}: {match[0][:60]}", hint, column)


def _is_prose(match: re.Match) -> bool:
    """Not `a[i][j]`, where an index follows its name at once, nor a row of brackets: [a][b][c]."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    index = before and before[-1].isascii() and (before[-1].isalnum() or before[-1] in "_])")
    return after[:1] != "[" and not index


def _place(view: View, line: int, text: str) -> tuple[int, int]:
    """Where a piece of text stands in the source, from the block's line on; 0 where only code holds
    it, or it is escaped."""
    needle, source = text.split("\n")[0], view.source
    start = source.starts[min(line, len(source.lines)) - 1]
    found = re.compile(rf"(?<!\\){re.escape(needle)}").search(source.masked, start)
    return source.place(found.start()) if found else (0, 0)
