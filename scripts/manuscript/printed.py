"""A PDF to named units: furniture, tables, figures, notes and contents are taken out by their
place, the rest is joined.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from manuscript.characters import matched
from manuscript.figures import Figure, draw_figure, find_figures
from manuscript.flow import Measures, group_pieces, measure
from manuscript.front import find_back, find_front
from manuscript.furniture import find_contents
from manuscript.margins import find_margins, usual_size
from manuscript.pdf import Sheet, read_pdf
from manuscript.proof import prove_bag
from manuscript.roles import classify
from manuscript.rows import Piece, order, read_pieces
from manuscript.seams import habit_of, seam
from manuscript.sections import name_units
from manuscript.tables import Table, align, find_tables, group_rows, in_line
from manuscript.units import Look, Reading, Span, Unit
from manuscript.witness import compare_pages

SMALL = 0.93  # of the running text: what notes are set in at most
BRACKETS = "[]()（）［］〔〕"
NOTE = re.compile(r"^[\[［(（〔]?(\d{1,3}|[*†‡]{1,3}|[①-⑳])[\]］)）〕]?[.．、]?\s*(?=[^\d\s.,%])")


@dataclass
class _Print:
    """What is known of a print so far."""

    path: Path
    sheets: list[Sheet]
    pages: list[list[Piece]]
    dropped: dict[Piece, str] = field(default_factory=dict)
    tables: dict[Piece, Table] = field(
        default_factory=dict
    )  # by the empty piece that stands for it
    figures: dict[Piece, Figure] = field(default_factory=dict)  # by its caption
    notes: dict[str, Unit] = field(default_factory=dict)  # by page and mark: 3:1
    called: set[str] = field(default_factory=set)  # notes, by the same
    printed: set[str] = field(default_factory=set)  # those that are units by now
    marks: list[Span] = field(default_factory=list)
    habit: str = ""


def read_printed(path: Path, name: str, first: int, last: int) -> Reading:
    """The whole way from a PDF to named units; BookError says why it cannot be gone."""
    sheets = read_pdf(path, name, first, last)
    made = _Print(path, sheets, [read_pieces(sheet) for sheet in sheets])
    for number, piece in enumerate((piece for page in made.pages for piece in page), 1):
        piece.number = number
    made.dropped |= find_margins(sheets, made.pages)
    text = _in_order(made)
    texts = [piece.text for piece in text]
    made.dropped |= {text[at]: "toc-leader" for at in find_contents(texts)}
    text = [piece for piece in text if piece not in made.dropped]
    title, byline, cover = find_front(text)
    made.dropped |= dict.fromkeys(cover, "cover")
    made.dropped |= dict.fromkeys(find_back(text, [*title, *byline, *cover]), "back-cover")
    front = {*title, *byline}
    text = [piece for piece in text if piece not in made.dropped and piece not in front]
    made.habit = habit_of(piece.text for piece in text)
    measures = measure([piece for piece in text if piece.text])
    text = _aligned_tables(made, _without_notes(made, text, measures))
    units = [
        replace(_joined(made, group, role == "byline"), role=role)
        for group, role in ((title, "title"), (byline, "byline"))
        if group
    ]
    for group in group_pieces(text, measures):
        units += _units(made, group, measures)
    for name, note in made.notes.items():  # called nowhere: behind what stands on their page
        if name in made.printed:
            continue
        before = [at for at, unit in enumerate(units) if unit.page <= note.page]
        units.insert(before[-1] + 1 if before else len(units), note)
    return _reading(made, name_units(classify(units)))


def _reading(made: _Print, units: list[Unit]) -> Reading:
    furniture = [
        Span(piece.number, piece.number, piece.whole, reason=reason, page=piece.page)
        for piece, reason in made.dropped.items()
    ]
    headers = Counter(span.text for span in furniture if span.reason == "running-header")
    reading = Reading(
        units,
        sorted([*furniture, *made.marks], key=lambda span: span.index),
        compare_pages(made.path, made.sheets),
        {"headers": [text for text, _ in headers.most_common()], "pages": len(made.sheets)},
    )
    prove_bag((run.text for sheet in made.sheets for run in sheet.runs), reading)
    return reading


def _in_order(made: _Print) -> list[Piece]:
    """What is not furniture, as it is read, with an empty piece for each table; labels go with
    their figures.
    """
    text: list[Piece] = []
    size = usual_size(made.pages)
    for sheet, page in zip(made.sheets, made.pages):
        rest = [piece for piece in page if piece not in made.dropped]
        tables = find_tables(sheet, rest)
        gone = {piece for table in tables for piece in table.pieces}
        rest = [piece for piece in rest if piece not in gone]
        for figure in find_figures(sheet, rest, tables, size):
            made.figures[figure.caption] = figure
            made.dropped |= dict.fromkeys(figure.labels, "figure-label")
        rest = [piece for piece in rest if piece not in made.dropped]
        text += order([*rest, *(_stand_in(made, table) for table in tables)])
    return text


def _stand_in(made: _Print, table: Table) -> Piece:
    first, (left, top, right, _) = table.pieces[0], table.box
    piece = Piece(table.page, left, right, top + 1, first.size, False, first.face, "")
    made.tables[piece] = table
    return piece


def _without_notes(made: _Print, text: list[Piece], measures: Measures) -> list[Piece]:
    """The text without the notes at the foot of its columns, which are kept by page and mark."""
    kept: list[Piece] = []
    called: dict[int, set[str]] = defaultdict(set)
    for piece in text:
        called[piece.page] |= {mark.strip(BRACKETS) for at, mark in piece.marks if at}
    for _, column in groupby(text, key=lambda piece: (piece.page, piece.column)):
        lines = list(column)
        start = len(lines)
        while start and lines[start - 1].text and lines[start - 1].size < SMALL * measures.size:
            start -= 1
        while start < len(lines) and not (
            (mark := _note_mark(lines[start]).strip(BRACKETS))
            and (mark in called[lines[0].page] or _below_rule(made, lines[start]))
        ):
            start += 1
        kept += lines[:start]
        for group in _by_note(lines[start:]):
            _keep_note(made, group)
    return kept


def _below_rule(made: _Print, piece: Piece) -> bool:
    sheet = next(sheet for sheet in made.sheets if sheet.number == piece.page)
    return any(
        0 < piece.y - rule[3] < 2.5 * piece.size
        and rule[0] <= piece.x0 + 2
        and rule[2] > piece.x0 + 20
        for rule in sheet.rules
    )


def _note_mark(piece: Piece) -> str:
    """The mark that a note begins with, raised or in front of its words."""
    if piece.marks and piece.marks[0][0] == 0:
        return piece.marks[0][1]
    found = NOTE.match(piece.text)
    return found[1] if found else ""


def _by_note(lines: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The lines of each note: the next begins with a raised mark as the first does, or with the
    next number.
    """
    group: list[Piece] = []
    for line in lines:
        if group and _next_note(group[0], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _next_note(first: Piece, line: Piece) -> bool:
    mark, before = (_note_mark(piece).strip(BRACKETS) for piece in (line, first))
    if first.marks and not first.marks[0][0]:
        return bool(line.marks and not line.marks[0][0])
    if mark.isdecimal() and before.isdecimal():
        return int(mark) == int(before) + 1
    return bool(mark) and not mark.isdecimal()


def _keep_note(made: _Print, group: list[Piece]) -> None:
    first = group[0]
    mark = _note_mark(first)
    if first.marks and first.marks[0][0] == 0:
        first.marks.pop(0)
        rest = first.text.lstrip(".．、 \u3000")
        made.marks.append(_mark_span(first, mark + first.text[: len(first.text) - len(rest)]))
        first.text = rest
    else:
        found = matched(NOTE, first.text)
        made.marks.append(_mark_span(first, found[0].strip()))
        first.text = first.text[found.end() :]
    name = f"{first.page}:{mark.strip(BRACKETS)}"
    while name in made.notes:  # marks begin anew within a page
        name += "+"
    made.notes[name] = replace(_joined(made, group), role="note", mark=name)


def _called(made: _Print, page: int, mark: str) -> str:
    """The note that a mark calls: on its page, else on a page beside it; of several the first that
    nothing calls yet.
    """
    for near in (page, page + 1, page - 1):
        name = f"{near}:{mark.strip(BRACKETS)}"
        names = [known for known in made.notes if known.rstrip("+") == name]
        free = [known for known in names if known not in made.called]
        if names:
            made.called.add((free or names)[0])
            return (free or names)[0]
    return ""


def _mark_span(piece: Piece, mark: str) -> Span:
    return Span(piece.number, piece.number, mark, reason="note-mark", page=piece.page)


def _aligned_tables(made: _Print, text: list[Piece]) -> list[Piece]:
    """The text with an empty piece for each run of rows whose pieces stand under each other."""
    kept: list[Piece] = []
    for _, column in groupby(text, key=lambda piece: (piece.page, piece.column)):
        rows = _rows(list(column))
        at = 0
        while at < len(rows):
            end = at + 1
            while end < len(rows) and in_line(rows[end - 1], rows[end]):
                end += 1
            run, at = rows[at:end], end
            if len(run) == 1:
                kept += run[0]
                continue
            pieces = [piece for row in run for piece in row]
            box = (min(p.x0 for p in pieces), run[0][0].y, max(p.x1 for p in pieces), run[-1][0].y)
            stand_in = _stand_in(made, Table(pieces[0].page, box, align(run)))
            stand_in.column = pieces[0].column
            kept.append(stand_in)
    return kept


def _rows(column: list[Piece]) -> list[list[Piece]]:
    """Pieces on one line together, each table's stand-in by itself, in the order of the column."""
    rows: list[list[Piece]] = []
    for _, some in groupby(column, key=lambda piece: bool(piece.text)):
        pieces = list(some)
        rows += group_rows(pieces) if pieces[0].text else [[piece] for piece in pieces]
    return rows


def _units(made: _Print, group: list[Piece], measures: Measures) -> Iterator[Unit]:
    """The unit of these lines, with its look and its figure, and behind it the notes it calls; or a
    table's rows.
    """
    first = group[0]
    if first in made.tables:
        for row in made.tables[first].cells:
            yield _row(made, row)
        return
    look = Look(
        size=round(first.size / measures.size, 2),
        bold=all(piece.bold for piece in group),
        other_face=all(piece.face != measures.face for piece in group),
        centered=all(measures.centered(piece) for piece in group),
        alone=len(group) == 1,
    )
    unit = replace(_joined(made, group), look=look)
    if first in made.figures:
        unit = replace(unit, picture=draw_figure(made.path, made.figures[first]))
    yield unit
    for _, name in unit.calls:
        if name not in made.printed:
            made.printed.add(name)
            yield made.notes[name]


def _row(made: _Print, row: list[list[Piece]]) -> Unit:
    cells = [_joined(made, cell) if cell else None for cell in row]
    spans = [span for cell in cells if cell for span in cell.spans]
    words = tuple(cell.text if cell else "" for cell in cells)
    return Unit("\t".join(words), tuple(spans), role="row", cells=words)


def _joined(made: _Print, group: Sequence[Piece], apart: bool = False) -> Unit:
    """The unit of these lines: their words, and where notes are called; marks without a note stay
    words.
    """
    text, spans, calls = "", [], []
    before: Piece | None = None
    for piece in group:
        words, at = "", 0
        called: list[tuple[int, str]] = []
        for place, mark in piece.marks:
            words += piece.text[at:place]
            at = place
            name = _called(made, piece.page, mark)
            if name:
                called.append((len(words), name))
                made.marks.append(_mark_span(piece, mark))
            else:
                words += mark
        words += piece.text[at:]
        between = seam(text, words, made.habit, True)[0] if text and words else ""
        if before and (apart or abs(piece.y - before.y) < 0.5 * piece.size):
            between = "  " if apart else " "  # names of a byline, fields of one line
        before = piece
        calls += [(len(text) + len(between) + place, name) for place, name in called]
        text += between + words
        spans.append(Span(piece.number, piece.number, words, page=piece.page))
    return Unit(text, tuple(spans), calls=tuple(calls))
