"""A DOCX to named units: by its styles, else by direct formatting, with the numbers that Word
itself counts.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from manuscript.characters import SYMBOLS
from manuscript.contents import heads_contents
from manuscript.flow import measure
from manuscript.front import take_front
from manuscript.furniture import find_rows
from manuscript.kinds import caption_mark
from manuscript.labels import Labels
from manuscript.lines import Cells, Line, most
from manuscript.paper import Paper
from manuscript.seams import seam
from manuscript.units import Picture, Reading, Span, Unit
from manuscript.witness import compare_xml
from whitepaper.book import BookError

LARGEST = 400 * 2**20  # bytes of an unpacked document
PICTURES = {"png": "png", "jpg": "jpg", "jpeg": "jpg"}
IMAGES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
SIGNS = {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-", qn("w:cr"): "\n"}
SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
NOTES = {qn("w:footnoteReference"): "/footnotes", qn("w:endnoteReference"): "/endnotes"}
CONTENTS = ("toc ", "目录", "table of figures", "图表目录")  # styles
HEADINGS = 4  # levels
STEP = 30.0  # points: from one paragraph to the next, for no DOCX says where it stands
SAVE_ANEW = (
    "a damaged DOCX, or one in the strict format. Open it in Word or LibreOffice and save it anew, "
    "as Word Document"
)
DRAWINGS = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
DRAWN = re.compile("/(?:chart|diagram)")
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def read_docx(path: Path, name: str) -> Reading:
    """The whole way from a DOCX to named units; BookError says why it cannot be gone."""
    _require_docx(path, name)
    try:
        source = _Document(path)
        lines = _with_pictures(source, [*source.lines(source.document.element.body)])
        paper = Paper(lines, notes=source.notes, warnings=source.told, gone=source.hidden)
        headers = [p.text.strip() for s in source.document.sections for p in s.header.paragraphs]
    except (ValueError, KeyError, AttributeError, OSError, SyntaxError, RecursionError):
        raise BookError(f"{name}: {SAVE_ANEW}") from None
    for number, line in enumerate(lines, 1):
        line.number = number
    contents = [line for line in lines if line.style.startswith(CONTENTS)]
    heads = [line for line in lines if contents and heads_contents(line.text)]
    paper.dropped |= dict.fromkeys([*contents, *heads], "toc-leader")
    paper.lines = [line for line in lines if line not in paper.dropped]
    take_front(paper)
    rows = (line for rows in find_rows(paper.lines) for line in rows)
    paper.rows = {line for line in rows if "\t" in line.text}
    paper.measures = replace(measure(lines), wrapped=False)
    reading = paper.read(headers=list(dict.fromkeys(filter(None, headers))))
    reading.warnings += compare_xml(path, [span.text for span in reading.spans])
    return reading


def _require_docx(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        raise BookError(f"{name}: {SAVE_ANEW}") from None
    if not any(re.fullmatch(r"word/document\d*\.xml", part) for part in sizes):
        raise BookError(
            f"{name}: a ZIP archive, but no DOCX. Name the document itself, or save it as DOCX"
        )
    if sum(sizes.values()) > LARGEST:
        raise BookError(
            f"{name}: unpacks to more than {LARGEST // 2**20} MB. Save it with smaller pictures"
        )


class _Document:
    """The lines of a document, one a paragraph, and the notes that they call."""

    def __init__(self, path: Path) -> None:
        self.document = docx.Document(str(path))
        self.labels = Labels(self.document)
        self.page, self.y = 1, 0.0
        self.cap = ""  # the large first letter of the next paragraph
        self.hidden: list[Span] = []
        self.told: list[tuple[int, str]] = []
        self.notes: dict[str, Unit] = {}
        for relation in self.document.part.rels.values():
            kind = f"/{relation.reltype.rpartition('/')[2]}"
            if kind in NOTES.values():
                self._read_notes(kind, parse_xml(relation.target_part.blob))
        path_of_size = "w:docDefaults/w:rPrDefault/w:rPr/w:sz/@w:val"
        self.size = int(next(iter(self.document.styles.element.xpath(path_of_size)), 20)) / 2

    def _read_notes(self, kind: str, root: Any) -> None:
        for note in root.iterchildren():
            texts = ["".join(_words(_walk(p, []))) for p in note.iter(qn("w:p"))]
            if words := _together(texts):
                name = f"{kind}{note.get(qn('w:id'))}"
                self.notes[name] = Unit(words, (Span(0, 0, words),), role="note", mark=name)

    def lines(self, body: Any) -> Iterator[Line]:
        for child in body.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag not in SKIPPED:
                yield from self.lines(child)

    def _paragraph(self, element: Any) -> Iterator[Line]:
        paragraph = Paragraph(element, self.document._body)
        self.page += bool(paragraph.paragraph_format.page_break_before)
        first = self._set(paragraph)
        aside: list[Any] = []
        found = [*_walk(element, aside)]
        for drawing in found:
            if drawing.tag in DRAWINGS:
                first.picture = self._picture(drawing) or first.picture
        for run in aside:
            if words := "".join(_words(_walk(run, []))) * (run.tag == qn("w:r")):
                self.hidden.append(Span(0, 0, words, reason="hidden"))
        said = 0, "equations come as their characters in a row: compare them with the print"
        if said not in self.told and any(at.tag == f"{MATH}oMath" for at in found):
            self.told.append(said)
        text, calls = self.cap, []
        for at, words in zip(found, _words(found)):
            text += words
            if at.tag in NOTES:
                calls.append((len(text), NOTES[at.tag] + at.get(qn("w:id"))))
        self.cap = ""
        if element.xpath("w:pPr/w:framePr/@w:dropCap[.!='none']"):
            self.cap = text
            return
        self.page += sum(at.get(qn("w:type")) == "page" for at in found if at.tag == qn("w:br"))
        if first.level or first.style.startswith(("title", "subtitle")):
            text = _together(text.split("\n"))
        start = 0
        for part in text.split("\n"):
            line = replace(first, picture=None, label="", marks=[]) if start else first
            lead = start + len(part) - len(part.lstrip()) - len(line.label)
            end = start + len(part)
            self.y += STEP
            line.y = self.y
            line.text = line.label + part.strip()
            line.marks = [(max(0, at - lead), name) for at, name in calls if start <= at <= end]
            start = end + 1
            yield line
        for box in aside:
            if box.tag == qn("w:txbxContent"):
                yield from self.lines(box)
        self.page += bool(element.xpath("w:pPr/w:sectPr"))

    def _set(self, paragraph: Paragraph) -> Line:
        """An empty line that is set as the paragraph is."""
        chain = list(_bases(paragraph.style))
        looks: list[tuple[tuple[float, bool, str], str]] = []
        for run in paragraph.runs:
            if run.text.strip():
                size = run.font.size or next((s.font.size for s in chain if s.font.size), None)
                bold = run.bold if run.bold is not None else any(s.font.bold for s in chain)
                face = "".join(run._r.xpath("w:rPr/w:rFonts/@w:eastAsia"))
                looks.append(((size.pt if size else self.size, bool(bold), face), run.text))
        size, bold, face = most(looks, (self.size, False, ""))
        line = Line("", self.page, size=size, bold=bold, face=face, level=_level(paragraph, chain))
        line.style = (paragraph.style.name or "").lower() if paragraph.style else ""
        line.label = self.labels.take(paragraph, chain)
        return line

    def _table(self, element: Any) -> Iterator[Line]:
        rows = [[*_held(row, qn("w:tc"))] for row in _held(element, qn("w:tr"))]
        if all(len(row) == 1 for row in rows):  # a frame around text
            for row in rows:
                yield from self.lines(row[0])
            return
        cells: Cells = []
        for row in rows:
            cells.append([])
            for cell in row:
                cells[-1].append([line for line in _flat(self.lines(cell)) if line.text])
                cells[-1] += [[]] * (cell.grid_span - 1)
        yield Line("", self.page, size=self.size, cells=[row for row in cells if any(row)])

    def _picture(self, drawing: Any) -> Picture | None:
        for found in drawing.iter(*IMAGES):
            name = found.get(qn("r:embed")) or found.get(qn("r:id"))
            part = self.document.part.related_parts.get(name)
            if part is not None:
                ending = part.partname.ext.lower()
                if ending in PICTURES:
                    return Picture(part.blob, PICTURES[ending])
                said = f"a picture is {ending.upper()}, which no browser shows: save it as PNG"
                self.told.append((0, said))
        if any(DRAWN.search(found.get("uri", "")) for found in drawing.iter()):
            self.told.append((0, "a chart or diagram is left out: put it in as a picture"))
        return None


def _flat(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, and those of tables among them."""
    for line in lines:
        yield from _flat(inner for row in line.cells for cell in row for inner in cell)
        yield line


def _held(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, those in content controls too."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag not in SKIPPED:
            yield from _held(child, tag)


def _walk(element: Any, aside: list[Any]) -> Iterator[Any]:
    """What is printed of a paragraph, in order; text boxes and hidden runs are kept aside, deleted
    text and second copies are not there.
    """
    for child in element.iterchildren():
        if child.tag == qn("w:txbxContent") or _is_hidden(child):
            aside.append(child)
        elif child.tag not in SKIPPED:
            yield child
            yield from _walk(child, aside)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") if run.tag == qn("w:r") else None
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false")


def _words(found: Iterable[Any]) -> Iterator[str]:
    """What each of these prints; a line's end is a line feed."""
    for element in found:
        if element.tag in (qn("w:t"), f"{MATH}t"):
            yield (element.text or "").translate(SYMBOLS)
        elif element.tag == qn("w:sym"):
            yield chr(int(element.get(qn("w:char")), 16)).translate(SYMBOLS)
        elif element.tag == qn("w:br"):
            yield "" if element.get(qn("w:type")) == "page" else "\n"
        else:
            yield SIGNS.get(element.tag, "")


def _bases(style: Any) -> Iterator[Any]:
    while style is not None:
        yield style
        style = style.base_style


def _level(paragraph: Paragraph, chain: list[Any]) -> int:
    """Of a heading's style or outline, 1 to 4; else 0."""
    for place in [paragraph._p, *(style.element for style in chain)]:
        for level in place.xpath("w:pPr/w:outlineLvl/@w:val"):
            return int(level) + 1 if int(level) < HEADINGS else 0
    return 0


def _together(parts: list[str]) -> str:
    text = ""
    for part in filter(None, (part.strip() for part in parts)):
        text += (seam(text, part, "", True)[0] if text else "") + part
    return text


def _with_pictures(source: _Document, lines: list[Line]) -> list[Line]:
    """The lines that hold something; a picture goes to the caption behind it, else before it."""
    kept = [line for line in lines if line.text or line.cells or line.picture]
    for at, line in enumerate(kept):
        if line.picture and not caption_mark(line.text):
            near = [*kept[at + 1 : at + 2], *kept[max(0, at - 1) : at]]
            caption = next((other for other in near if caption_mark(other.text)), None)
            if caption:
                caption.picture = caption.picture or line.picture
            else:
                before = kept[at - 1].text[-20:] if at else ""
                said = f"a picture without a caption is left out, near: {before}"
                source.told.append((0, said))
            line.picture = None
    return [line for line in kept if line.text or line.cells]
