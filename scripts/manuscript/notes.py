"""Notes at the foot of a page's columns: small, below a rule or called on the page, each with its
mark.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from manuscript.characters import NOTE_SIGN, matched, seen
from manuscript.kinds import NOTES, REFERENCES, number_of
from manuscript.lines import Line, Page, around, grouped
from manuscript.measures import Measures
from manuscript.paper import BRACKETS, Paper

SMALL = 0.97  # of the running text: what notes below a rule are set in at most
FEW = 0.8  # of the notes in a list are called at least
NOTE = re.compile(
    rf"^[\[［(（〔]?(\d{{1,3}}|{NOTE_SIGN}|[ivx]+(?=\W*[\u3400-\u9fff]))[\]］)）〕]?[.．、]?"
    r"(?:\s+(?=\d+[^\d\s.,%])|\s*(?=[^\d\s.,%]))"
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
    _take_listed(paper, small)
    entries = paper.measures.entries
    footed = {
        (line.page - before, mark_of(line))
        for line in paper.lines
        if line.size < small and line not in entries and _printed(line).startswith(CITES)
        for before in (0, 1)
    }
    for line in paper.lines:
        _keep_words(paper, line, footed if entries else None)
        text = line.size >= small
        called[line.page] |= {mark.strip(BRACKETS) for at, mark in line.marks if at or text}

    def begins(line: Line) -> bool:
        mark, page = mark_of(line), line.page
        waits = mark in called[page - 1] and (page - 1, mark) not in noted
        there = waits or mark in called[page] or line.is_below(rules[page])
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
        _keep(paper, group, group[0].page)
    paper.lines = kept


def _take_listed(paper: Paper, small: float) -> None:
    """Moves notes out that stand in one list behind the pages that call them, smaller than the text
    or below a heading of theirs, which heads nothing then: the calls count from 1 on as the list
    does, and miss hardly one.
    """
    calls: dict[int, int] = {}  # since the last 1, and their pages
    taken: set[Line] = set()
    for at, (before, line) in enumerate(pairwise([Line(""), *paper.lines])):
        title = seen(before.text).strip("：: ")
        apart = NOTES.match(title) or (line.size < small and not REFERENCES.match(title))
        first = number_of(mark_of(line)) == 1
        if apart and first and min(calls.values(), default=line.page) < line.page:
            listed = _list_from(paper.measures, paper.lines[at:])
            if max(calls) <= len(listed) <= len(calls) / FEW:
                for number, note in enumerate(listed, 1):
                    _keep(paper, note, calls.get(number, line.page))
                    taken.update(note)
                if NOTES.match(title):
                    paper.dropped[before] = "notes-heading"
        for _, mark in line.marks if line not in taken else ():
            number = number_of(mark.strip(BRACKETS))
            calls = {} if number == 1 else calls
            if 0 < number - max(calls, default=0) < 3:
                calls[number] = line.page
    taken.update(paper.dropped)
    paper.lines = [line for line in paper.lines if line not in taken]


def _list_from(measures: Measures, lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each note from the first on, as they count."""
    notes: list[list[Line]] = []
    for line in lines:
        if number_of(mark_of(line)) == len(notes) + 1:
            notes.append([line])
        elif line.sized(notes[-1][-1].size) and measures.full(notes[-1][-1]):
            notes[-1].append(line)
        else:
            break
    return notes


def _keep_words(paper: Paper, line: Line, footed: set[tuple[int, str]] | None) -> None:
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
        noted = footed is None or (line.page, mark.strip(BRACKETS)) in footed
        cites = mark.startswith(CITES) and not (noted or paper.find_note(line.page, mark))
        if place and (cites or _is_power(line, place, mark)):
            text += mark
        else:
            marks.append((len(text), mark))
    line.text, line.marks = text + line.text[at:], marks


def _is_power(line: Line, place: int, mark: str) -> bool:
    return mark in POWERS and UNIT.search(line.text[:place]) is not None


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
    return not mark or (mark.isdecimal() and not _raised(line))


def _keep(paper: Paper, group: list[Line], page: int) -> None:
    """`page`: that calls it."""
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
    name = f"{page}:{mark}"
    while name in paper.notes:  # marks begin anew within a page
        name += "+"
    paper.notes[name] = replace(paper.join(group), role="note", mark=name)
