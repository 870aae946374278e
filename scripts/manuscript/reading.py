"""From a file to its named units: decoded, taken apart, proved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manuscript.aside import read_aside
from manuscript.bylines import is_byline, names_of
from manuscript.characters import bare
from manuscript.contents import find_contents
from manuscript.decode import Source, decode, read_bytes, shown
from manuscript.front import take_front
from manuscript.furniture import Furniture, find_rows
from manuscript.kinds import heading_number
from manuscript.oddities import find_oddities
from manuscript.outline import as_heading
from manuscript.paper import Paper
from manuscript.pdf import PAGES
from manuscript.plain import measure_text, read_lines
from manuscript.proof import prove
from manuscript.sections import name_units
from manuscript.units import Reading, Span, Unit
from whitepaper.book import BookError


@dataclass
class Asked:
    """What a command line says of a file: which part of it is this paper (pages of a PDF, from one
    heading up to another) and how it is read; and what is to be done with it.
    """

    pages: tuple[int, int] = (1, PAGES)
    start: str = ""
    stop: str = ""
    encoding: str | None = None
    lossy: bool = False
    force: bool = False
    file: Path = Path()
    undo: bool = False
    dry_run: bool = False
    report: Path | None = None


def read_file(path: Path, asked: Asked = Asked()) -> Reading:
    """Reads and proves the text of a PDF, a DOCX or a text file; raises BookError where there is
    none or the proof fails.
    """
    data, name = read_bytes(path), shown(path)
    if b"%PDF" in data[:1024]:
        reading = read_aside("pdf", path, name, *asked.pages)
    elif asked.pages != (1, PAGES):
        raise BookError(f"{name}: only a PDF has fixed pages. Name the part by --from and --to")
    elif data.startswith(b"PK\x03\x04"):
        reading = read_aside("docx", path, name)
    else:
        reading = _read_plain(decode(data, name, asked.encoding, asked.lossy))
    if asked.start or asked.stop:
        reading = _between(reading, asked, name)
    if not reading.units:
        told = next((said for _, said in reading.warnings), "name the file that holds the text")
        raise BookError(f"{name}: no text in it; {told}")
    pages = {span.line: span.page for unit in reading.units for span in unit.spans if span.page}
    oddities = (
        (0 if pages else line, f"page {pages[line]}: {said}" if pages else said)
        for line, said in find_oddities(reading.units)
    )
    warnings = sorted([*reading.warnings, *oddities])
    metadata = reading.metadata | _metadata(reading.units, path)
    return replace(reading, warnings=warnings, metadata=metadata)


def _between(reading: Reading, asked: Asked, name: str) -> Reading:
    """The units from one heading up to another; the heading that a paper begins with, where it has
    no number, is its title, above all others.
    """
    units = reading.units
    if asked.start:
        units = [unit for unit in units if unit.role not in ("title", "byline")]
        units = units[_find(units, asked.start, name, "--from") :]
    if asked.stop:
        option = "--to below --from" if asked.start else "--to"
        units = units[: _find(units[1:], asked.stop, name, option) + 1]
    if asked.start and not heading_number(units[0].text):
        above = min((unit.level for unit in units[1:] if unit.level), default=1) - 1
        units = [as_heading(unit, unit.level - above) if unit.level else unit for unit in units]
        units[0] = replace(units[0], role="title", level=0)
        if len(units) > 1 and is_byline(units[1].text):
            units[1] = replace(units[1], role="byline", level=0)
    return replace(reading, units=name_units(units))


def _find(units: Sequence[Unit], words: str, name: str, option: str) -> int:
    """The place of the unit that says this, else of the heading that holds it."""
    wanted = bare(words)
    found = [
        (said != wanted, at)
        for at, unit in enumerate(units)
        if wanted and wanted in (said := unit.bare) and (unit.level or said == wanted)
    ]
    if not found:
        raise BookError(f"{name}: no heading {words} for {option}. Write it as it is printed")
    return min(found)[1]


def _read_plain(source: Source) -> Reading:
    reading = read_units(source.text)
    prove(source.text, reading)
    reading.warnings += source.warnings
    reading.metadata["encoding"] = source.encoding
    return reading


def _metadata(units: Sequence[Unit], path: Path) -> dict:
    first = {unit.role: unit.text for unit in reversed(units)}
    return {
        "title": first.get("title") or shown(Path(path.stem)),
        "authors": names_of(first.get("byline", "")),
        "truncated": "para (cut)" in first,
    }


def read_units(text: str) -> Reading:
    """The whole way from decoded text to named units."""
    bom = [Span(0, 1, "\ufeff", reason="bom")] if text.startswith("\ufeff") else []
    lines = read_lines(text.removeprefix("\ufeff"))
    if not lines:
        return Reading([], bom)
    found = Furniture(lines, measure_text(lines), dict.fromkeys(find_contents(lines), "toc-leader"))
    found.find()
    tables = find_rows(lines)
    rows = {line for table in tables for line in table}
    body = [line for line in lines if line not in found.reasons]
    paper = Paper(body, dropped=found.reasons, measures=found.measures, rows=rows, gone=bom)
    paper.floating = found.notes
    paper.warnings = found.warnings
    for run in tables:
        said = (
            f"table? lines {run[0].row} to {run[-1].row} stay a paragraph each, for an empty cell "
            "leaves no trace: compare them with the print"
        )
        paper.warnings.append((run[0].row, said))
    take_front(paper)
    return paper.read()
