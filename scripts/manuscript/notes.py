"""Notes at the foot of a page's columns: small, below a rule or called on the page, each with its
mark.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from manuscript.characters import NOTE_SIGN, matched
from manuscript.lines import Line, Page, around, grouped
from manuscript.paper import BRACKETS, Paper

SMALL = 0.97  # of the running text: what notes below a rule are set in at most
SMALLER = 0.93  # what others are
NOTE = re.compile(
    rf"^[\[［(（〔]?(\d{{1,3}}|{NOTE_SIGN})[\]］)）〕]?[.．、]?(?:\s+(?=\d+[^\d\s.,%])|\s*(?=[^\d\s.,%]))"
)

POWERS = ("2", "3")
UNIT = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,2}$")
CITES = ("[", "［", "〔")


def take_notes(paper: Paper, pages: Sequence[Page]) -> None:
    """Moves the notes out of the paper's lines, by page and mark."""
    kept: list[Line] = []
    called: dict[int, set[str]] = defaultdict(set)
    rules = {page.number: page.rules for page in pages}
    size = paper.measures.size
    small = SMALL * size
    entries = paper.measures.entries
    footed = {
        (line.page - before, mark_of(line))
        for line in paper.lines
        if line.size < small and line not in entries and _printed(line).startswith(CITES)
        for before in (0, 1)
    }
    for line in paper.lines:
        _keep_words(line, footed if entries else None)
        text = line.size >= small
        called[line.page] |= {mark.strip(BRACKETS) for at, mark in line.marks if at or text}

    def begins(line: Line) -> bool:
        mark, page = mark_of(line), line.page
        waits = mark in called[page - 1] and (page - 1, mark) not in noted
        is_called = line.size < SMALLER * size and (waits or mark in called[page])
        there = is_called or line.is_below(rules[page])
        return bool(mark) and line not in entries and there

    notes: list[list[Line]] = []
    noted: set[tuple[int, str]] = set()
    by_column = groupby(paper.lines, key=lambda line: line.where)
    columns = [list(column) for _, column in by_column]
    for lines, after in zip(columns, [*columns[1:], paper.lines[:1]]):
        page = lines[0].page
        width = around(line.box for line in lines).width
        short = [rule for rule in rules[page] if 2 * rule.width < width]
        start = len(lines)
        while start and not lines[start - 1].cells and lines[start - 1].size < small:
            start -= 1
        heads = (at for at, line in enumerate(lines) if _raised(line) and line.is_below(short))
        first = start = min(start, next(heads, start))  # as large as the text, if below a rule
        while first < len(lines) and not begins(lines[first]):
            first += 1
        rest = lines[start:first]
        if not (start and rest and rest[0].is_below(rules[page])):
            start = first
        elif notes and paper.measures.open(notes[-1][-1]):
            notes[-1] += rest
        else:
            paper.floating |= set(rest if after[0].page == page else ())
            start = first
        kept += lines[:start]
        groups = grouped(lines[first:], _goes_on)
        noted |= {(page, mark_of(group[0])) for group in groups}
        notes += groups
    for group in notes:
        _keep(paper, group)
    paper.lines = kept


def _keep_words(line: Line, footed: set[tuple[int, str]] | None) -> None:
    """Raised marks become words where they are powers of a sign or unit, and in square brackets
    where those name entries of a list; one at the line's start stays a mark, or a paragraph would
    begin with it.

    `footed`: where there is such a list, (page, mark) of calls of notes in square brackets all the
    same.
    """
    text, marks, at = "", [], 0
    for place, mark in line.marks:
        text += line.text[at:place]
        at = place
        power = mark in POWERS and UNIT.search(text)
        noted = footed is None or (line.page, mark.strip(BRACKETS)) in footed
        if place and (power or (mark.startswith(CITES) and not noted)):
            text += mark
        else:
            marks.append((len(text), mark))
    line.text, line.marks = text + line.text[at:], marks


def _raised(line: Line) -> bool:
    return bool(line.marks) and line.marks[0][0] == 0


def _printed(line: Line) -> str:
    """The mark that a note begins with, raised or in front of its words."""
    found = NOTE.match(line.text)
    return line.marks[0][1] if _raised(line) else found[0].strip() if found else ""


def mark_of(line: Line) -> str:
    """The same without brackets and stop."""
    return _printed(line).strip(f"{BRACKETS}.．、")


def _goes_on(note: list[Line], line: Line) -> bool:
    """Whether a line is of this note: the next begins with a raised mark as this does, or with the
    next number.
    """
    first = note[0]
    mark, before = mark_of(line), mark_of(first)
    if _raised(first):
        return not _raised(line)
    if mark.isdecimal() and before.isdecimal():
        return int(mark) != int(before) + 1
    return not mark or mark.isdecimal()


def _keep(paper: Paper, group: list[Line]) -> None:
    first = group[0]
    mark = mark_of(first)
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
