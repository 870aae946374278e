"""Links, references and footnotes that did not become what they were meant to be."""

import re
from collections.abc import Iterator

from proofreader.rule import Found, View, rule
from proofreader.rules.links import PLACEHOLDER
from proofreader.walk import OBJECT

LEFT_LINK = re.compile(
    r"\[[^\[\]\n]+\]\s+\((?=[^()\s]*(?:\.md|#|https?:))|\[[^\[\]\n]+\][（][^（）\n]*[)）]|【[^【】\n]+】\((?=[^)\n]*(?:\.md|#|:))|\]\((?=[^)\n]*(?:\.md|#|https?:))|\([^()\n]+\)\[(?:https?:|[^\]\s]*\.md|#)[^\]\n]*\]"
)
LEFT_REFERENCE = re.compile(r"\[[^\[\]\n^]+\]\[[^\[\]\n]*\]")
LEFT_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")


@rule("L07", any="error")
def link_is_parsed(view: View) -> Iterator[Found]:
    """What is meant as a link must be written so that it becomes one: [text](target), half-width and without a gap."""
    yield from _left(
        view,
        LEFT_LINK,
        "a link must be written as [text](target)",
        "It shows as it stands: mend brackets and gaps",
    )


@rule("L08", any="error")
def reference_is_defined(view: View) -> Iterator[Found]:
    """The definition that a link [text][name] refers to must exist."""
    if not view.writers:
        yield from _left(
            view, LEFT_REFERENCE, "the reference must be defined", "Add a line [name]: target"
        )


@rule("L09", any="error")
def footnote_is_defined(view: View) -> Iterator[Found]:
    """The footnote that a mark [^name] refers to must exist."""
    if not view.rewriters:
        yield from _left(
            view, LEFT_FOOTNOTE, "the footnote must be defined", "Add a line [^name]: text"
        )


def _left(view: View, pattern: re.Pattern, law: str, hint: str) -> Iterator[Found]:
    """Markup that is still to be seen in the text of the page."""
    for block in (*view.page.blocks, *view.page.headings):
        if "[" not in block.text and "【" not in block.text:
            continue
        for match in pattern.finditer(block.text):
            if (
                OBJECT not in match[0]
                and not PLACEHOLDER.search(match[0])
                and (pattern is not LEFT_REFERENCE or _is_prose(match))
            ):
                line, column = _place(view, block.line, match[0])
                if line:
                    yield view.at(line, f"{law}: {match[0][:60]}", hint, column)


def _is_prose(match: re.Match) -> bool:
    """Not `a[i][j]`, where an index follows its name at once, nor a row of brackets: [a][b][c]."""
    before = match.string[: match.start()]
    return match.string[match.end() :][:1] != "[" and not (
        before and (before[-1].isascii() and (before[-1].isalnum() or before[-1] in "_])"))
    )


def _place(view: View, line: int, text: str) -> tuple[int, int]:
    """Where a piece of text stands in the source, from the block's line on; 0 where only code holds it."""
    needle = text.split("\n")[0]
    start = view.source.starts[min(line, len(view.source.lines)) - 1]
    offset = view.source.masked.find(needle, start)
    return view.source.place(offset) if offset >= 0 else (0, 0)


@rule("L10", any="note")
def reference_is_used(view: View) -> Iterator[Found]:
    """A link definition must be used."""
    for note in view.page.notes:
        if note.kind == "reference-unused" and not note.file and not view.page.is_template:
            yield view.at(
                note.line,
                f"the definition [{note.name}] must be used",
                "Take it out, or refer to it",
            )


@rule("L11", any="error")
def definition_is_single(view: View) -> Iterator[Found]:
    """A name must be defined once: the later link definition or footnote hides the earlier."""
    for note in view.page.notes:
        if note.kind in ("reference-repeated", "footnote-repeated"):
            mark = "^" if note.kind.startswith("footnote") else ""
            yield Found(
                note.file or view.page.path,
                note.line,
                f"[{mark}{note.name}] must be defined once",
                "Rename or take out one of the two",
            )


@rule("L12", any="error")
def footnote_is_used(view: View) -> Iterator[Found]:
    """A footnote must be referred to in the text."""
    for note in view.page.notes:
        if (
            note.kind == "footnote-unused"
            and not note.file
            and not view.rewriters
            and view.source.masked.count(f"[^{note.name}]") < 2
        ):
            yield view.at(
                note.line,
                f"the footnote [^{note.name}] must be referred to",
                "Set its mark in the text, or take it out",
            )
