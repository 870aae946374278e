"""Notes at the foot of a page's columns: small, below a rule or called on the page, each with its
mark.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from manuscript.characters import matched, seen
from manuscript.lines import Box, Line, Page, grouped
from manuscript.paper import BRACKETS, Paper

SMALL = 0.93  # of the running text: what notes are set in at most
NOTE = re.compile(
    r"^[\[［(（〔]?(\d{1,3}|[*†‡]{1,3}|[①-⑳])[\]］)）〕]?[.．、]?(?:\s+(?=\d+[^\d\s.,%])|\s*(?=[^\d\s.,%]))"
)

CITES = ("[", "［", "〔")
REFERENCES = re.compile(
    r"^(?:主要)?(?:参\s*考\s*)?文\s*献$|^(?:references|bibliography)$", re.IGNORECASE
)


def take_notes(paper: Paper, pages: Sequence[Page]) -> None:
    """Moves the notes out of the paper's lines, by page and mark."""
    kept: list[Line] = []
    called: dict[int, set[str]] = defaultdict(set)
    rules = {page.number: page.rules for page in pages}
    small = SMALL * paper.measures.size
    entries = _entries(paper.lines)
    for line in paper.lines:
        if entries:
            _keep_citations(line)
        text = line.size >= small
        called[line.page] |= {mark.strip(BRACKETS) for at, mark in line.marks if at or text}

    def is_called(mark: str, page: int) -> bool:
        waits = mark in called[page - 1] and f"{page - 1}:{mark}" not in paper.notes
        return waits or mark in called[page]

    for (page, _), column in groupby(paper.lines, key=lambda line: (line.page, line.column)):
        lines = list(column)
        start = len(lines)
        while start and not lines[start - 1].cells and lines[start - 1].size < small:
            start -= 1
        while start < len(lines) and not (
            (mark := _mark(lines[start]))
            and lines[start] not in entries
            and (is_called(mark, page) or _below_rule(lines[start], rules[page]))
        ):
            start += 1
        kept += lines[:start]
        for group in grouped(lines[start:], _goes_on):
            _keep(paper, group)
    paper.lines = kept


def _entries(lines: Sequence[Line]) -> set[Line]:
    """The first lines of the entries of a list of references: [1], [2] … below its title."""
    entries, titled, last = set(), False, 0
    for line in lines:
        bracketed = line.text.startswith(CITES) and not _raised(line)
        mark = _mark(line) if bracketed else ""
        if REFERENCES.match(seen(line.text).strip()):
            titled = True
        elif (last and mark == str(last + 1)) or (titled and mark == "1"):
            entries.add(line)
            titled, last = False, int(mark)
    return entries


def _keep_citations(line: Line) -> None:
    """Raised marks in square brackets become words: they name entries of a list, not notes; one at
    the line's start stays a mark, or a paragraph would begin with it.
    """
    text, marks, at = "", [], 0
    for place, mark in line.marks:
        text += line.text[at:place]
        at = place
        if place and mark.startswith(CITES):
            text += mark
        else:
            marks.append((len(text), mark))
    line.text, line.marks = text + line.text[at:], marks


def _below_rule(line: Line, rules: Sequence[Box]) -> bool:
    return any(
        0 < line.y - foot < 2.5 * line.size and left <= line.x0 + 2 and right > line.x0 + 20
        for left, _, right, foot in rules
    )


def _raised(line: Line) -> bool:
    return bool(line.marks) and line.marks[0][0] == 0


def _mark(line: Line) -> str:
    """The mark that a note begins with, raised or in front of its words, without brackets."""
    found = NOTE.match(line.text)
    mark = line.marks[0][1] if _raised(line) else found[1] if found else ""
    return mark.strip(BRACKETS)


def _goes_on(note: list[Line], line: Line) -> bool:
    """Whether a line is of this note: the next begins with a raised mark as this does, or with the
    next number.
    """
    first = note[0]
    mark, before = _mark(line), _mark(first)
    if _raised(first):
        return not _raised(line)
    if mark.isdecimal() and before.isdecimal():
        return int(mark) != int(before) + 1
    return not mark or mark.isdecimal()


def _keep(paper: Paper, group: list[Line]) -> None:
    first = group[0]
    mark = _mark(first)
    if _raised(first):
        _, printed = first.marks.pop(0)
        rest = first.text.lstrip(".．、])）］ \u3000")
        printed += first.text[: len(first.text) - len(rest)]
    else:
        found = matched(NOTE, first.text)
        rest, printed = first.text[found.end() :], found[0].strip()
    first.text = rest
    paper.gone.append(paper.span(first, printed, "note-mark"))
    name = f"{first.page}:{mark}"
    while name in paper.notes:  # marks begin anew within a page
        name += "+"
    paper.notes[name] = replace(paper.join(group), role="note", mark=name)
