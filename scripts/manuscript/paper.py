"""The lines of a paper, in reading order and without furniture, to named units.

Whatever the file: `printed` (PDF), `docx` and `plain` (text) say what stands where and how it is
set; here lines become paragraphs, rows and notes, and get their roles.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from manuscript.contents import titles_of
from manuscript.flow import group_lines
from manuscript.kinds import CHAPTER, COLUMNS
from manuscript.lines import Line, Lines
from manuscript.measures import Measures
from manuscript.roles import classify
from manuscript.seams import ASKED, SOFT_HYPHEN, habit_of, seam
from manuscript.sections import name_units
from manuscript.units import Look, Picture, Reading, Span, Told, Unit

BRACKETS = "[]()（）［］〔〕"


@dataclass
class Paper:
    """What is known of a paper while its lines become units."""

    lines: list[Line] = field(default_factory=list)  # of the body, in reading order
    title: list[Line] = field(default_factory=list)
    byline: list[Line] = field(default_factory=list)
    dropped: dict[Line, str] = field(default_factory=dict)
    notes: dict[str, Unit] = field(default_factory=dict)  # by page and mark: 3:1
    measures: Measures = field(default_factory=Measures)
    draw: Callable[[Any], Picture] = lambda picture: picture
    paged: bool = False  # its pages are those of the file
    rows: set[Line] = field(default_factory=set)  # lines that are a row of a table each
    floating: set[Line] = field(default_factory=set)  # notes, which interrupt no paragraph
    warnings: list[Told] = field(default_factory=list)
    gone: list[Span] = field(default_factory=list)  # marks and soft hyphens, which are not text
    called: set[str] = field(default_factory=set)
    habit: str = ""

    def read(self) -> Reading:
        """Its units, named, and what was dropped."""
        self.habit = habit_of(line.text for line in self.lines)
        units = [
            replace(self.join(group, apart=role == "byline"), role=role)
            for group, role in ((self.title, "title"), (self.byline, "byline"))
            if group
        ]
        for group in group_lines(self.lines, self.measures, self.rows, self.floating):
            spans = units[-1].spans if units else ()
            units += self._units(group, bool(spans) and group[0].number < spans[-1].index)
        for name, note in self.notes.items():  # called nowhere: behind what stands on their page
            if name not in self.called:
                before = [at for at, unit in enumerate(units) if unit.page <= note.page]
                units.insert(before[-1] + 1 if before else len(units), note)
        furniture = [
            self.span(piece, piece.whole.removeprefix(piece.label), reason)
            for line, reason in self.dropped.items()
            for piece in flat([line])
        ]
        furniture = sorted([*furniture, *self.gone], key=lambda span: (span.index, span.column))
        listed = titles_of([line for line, why in self.dropped.items() if why == "toc-leader"])
        return Reading(name_units(classify(units, listed)), furniture, self.warnings)

    def span(self, line: Line, text: str, reason: str = "", column: int = 0) -> Span:
        page = line.page if self.paged else 0
        column += int(line.x0)  # the parts of a form's row are one behind the other
        return Span(line.number, line.row or line.number, text, column, reason, page)

    def _units(self, group: list[Line], moved: bool) -> Iterator[Unit]:
        """The unit of these lines, with its look and its picture, and behind it the notes that it
        is the first to call; or a table's rows.
        """
        first = group[0]
        if first.cells:
            yield from map(self._row, first.cells)
            return
        unit = self.join(group)
        if first in self.rows:
            cells = tuple(COLUMNS.split(unit.text))
            unit = replace(unit, role="row", cells=cells if len(cells) > 1 else ())
        elif not self.measures.plain:
            unit = replace(unit, look=Look() if first.boxed else self._look(group))
        if shown := [line.picture for line in group if line.picture]:
            unit = replace(unit, picture=self.draw(shown[0]))
        if moved and first.row:
            said = f"moved behind the paragraph that it stood in: {unit.text[:30]}"
            self.warnings.append((first.row, said))
        yield unit
        for _, name in unit.calls:
            if name not in self.called:
                self.called.add(name)
                yield self.notes[name]

    def _look(self, group: Lines) -> Look:
        other_face = all(line.face != self.measures.face for line in group)
        return Look(
            size=round(group[0].size / self.measures.size, 2),
            bold=all(line.bold for line in group),
            face=group[0].face if other_face else "",
            level=group[0].level,
            alone=len(group) == 1,
        )

    def _row(self, row: list[list[Line]]) -> Unit:
        cells = [self.join(cell) for cell in row]
        words = tuple(cell.text for cell in cells)
        spans = tuple(span for cell in cells for span in cell.spans)
        calls = tuple(call for cell in cells for call in cell.calls)
        return Unit("\t".join(words), spans, role="row", cells=words, calls=calls)

    def join(self, group: Lines, apart: bool = False) -> Unit:
        """The unit of these lines: their words, and where notes are called."""
        text = ""
        spans: list[Span] = []
        calls: list[tuple[int, str]] = []
        before: Line | None = None
        for line in group:
            words, called = self._words(line)
            if before:  # names of a byline stand apart
                between = "  " if apart else self._between(text, before, line, words)
                text = text.removesuffix(SOFT_HYPHEN) + between
            calls += [(len(text) + at, name) for at, name in called]
            text += words
            if line is not group[-1] and words.endswith(SOFT_HYPHEN):
                words = words[:-1]
                self.gone.append(self.span(line, SOFT_HYPHEN, "soft-hyphen", len(words)))
            spans.append(self.span(line, words[len(line.label) :]))
            before = line
        return Unit(text, tuple(spans), calls=tuple(calls))

    def _between(self, text: str, before: Line, line: Line, words: str) -> str:
        if not (text and words):
            return ""
        if line.where == before.where and line.beside(before):
            return " "
        if CHAPTER.fullmatch(text):
            return "\u3000"  # above its title
        if line.level and line.size != before.size:
            return " "  # a heading in two languages
        between, rule = seam(text, words, self.habit, self.measures.full(before))
        if rule in ASKED and line.row:
            said = f"joined without space ({rule}): {text[-8:]}|{words[:8]}"
            self.warnings.append((before.row, said))
        return between

    def _words(self, line: Line) -> tuple[str, list[tuple[int, str]]]:
        """The words of a line and the notes that it calls; marks without a note stay words."""
        words, at = "", 0
        calls: list[tuple[int, str]] = []
        for place, mark in line.marks:
            words += line.text[at:place]
            at = place
            if name := self.find_note(line.page, mark):
                calls.append((len(words), name))
                self.gone += [self.span(line, mark, "note-mark")] if self.paged else []
            elif self.paged:
                words += mark
        return words + line.text[at:], calls

    def find_note(self, page: int, mark: str) -> str:
        """The note that a mark calls: on its page, else on a page beside it; of several the first
        that nothing calls yet.
        """
        if mark in self.notes:
            return mark
        for near in (page, page + 1, page - 1):
            name = f"{near}:{mark.strip(BRACKETS)}"
            names = [known for known in self.notes if known.rstrip("+") == name]
            free = [known for known in names if known not in self.called]
            if names:
                return (free or names)[0]
        return ""


def flat(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, and those of tables among them."""
    for line in lines:
        yield from flat(inner for row in line.cells for cell in row for inner in cell)
        yield line
