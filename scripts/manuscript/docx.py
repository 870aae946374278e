"""A DOCX to named units: by its styles, else by direct formatting, with the numbers that Word
itself counts.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image

from manuscript.characters import fits
from manuscript.contents import heads_contents
from manuscript.flow import measure
from manuscript.front import take_front
from manuscript.furniture import find_rows
from manuscript.kinds import COLUMNS, caption_mark, heading_level, item_mark
from manuscript.labels import Labels
from manuscript.lines import Cells, Line, most
from manuscript.paper import Paper, flat
from manuscript.seams import seam
from manuscript.units import Picture, Reading, Span, Unit
from manuscript.witness import compare_xml
from manuscript.word import (
    BOXED,
    EQUATION,
    HIDDEN,
    make_plain,
    nearest,
    open_package,
    printed,
    words_of,
)
from whitepaper.book import BookError

ENDINGS = {"PNG": "png", "JPEG": "jpg"}  # of pictures that stay as they are
IMAGES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
NOTES = {qn("w:footnoteReference"): "/footnotes", qn("w:endnoteReference"): "/endnotes"}
CONTENTS = ("toc ", "目录", "table of figures", "图表目录")  # styles
HEADINGS = 4  # levels
BOLD = "w:rPr/w:b/@w:val | w:rPr/w:b[not(@w:val)]"
OFF = ("", "0", "false", "off")
HEADING = re.compile(rf"(?:heading|标题) ([1-{HEADINGS}])", re.IGNORECASE)  # name of a style
NEAR = 4  # lines: so close behind a picture its caption stands
LABEL = 60  # cells: no words within a figure are longer
EQUATION_NUMBER = re.compile(r"\t[(（]\d+(?:[-.–]\d+)?[)）]$")
STEP = 30.0  # points: from one paragraph to the next, for no DOCX says where it stands
DRAWINGS = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
DRAWN = re.compile("/(?:chart|diagram)")
BROKEN = (BadZipFile, ValueError, LookupError, AttributeError, OSError, SyntaxError, RecursionError)


def read_docx(path: Path, name: str) -> Reading:
    """The whole way from a DOCX to named units; BookError says why it cannot be gone."""
    try:
        package = open_package(path)
        source = _Document(package)
        lines = _with_pictures(source, source.lines(source.document.element.body))
        paper = Paper(
            lines,
            notes=source.notes,
            gone=[Span(0, 0, words, reason="hidden") for words in source.hidden if words],
        )
    except BROKEN:
        raise BookError(
            f"{name}: no DOCX, or a damaged one. Open it in Word or LibreOffice and save it as DOCX"
        ) from None
    for number, line in enumerate(lines, 1):
        line.number = number
    contents = [line for line in lines if line.style.startswith(CONTENTS)]
    contents += [line for line in lines if contents and heads_contents(line.text)]
    paper.dropped |= dict.fromkeys(contents, "toc-leader")
    paper.lines = [line for line in lines if line not in paper.dropped]
    take_front(paper)
    source.told["a picture on the cover is left out"] = sum(
        bool(line.picture) for line in (*paper.title, *paper.byline, *paper.dropped)
    )
    paper.rows = {line for rows in find_rows(paper.lines) for line in rows if _is_row(line)}
    paper.measures = replace(measure(lines), wrapped=False)
    paper.warnings = [
        (0, f"{count} × {said}" if count > 1 else said) for said, count in (+source.told).items()
    ]
    reading = paper.read()
    reading.warnings += compare_xml(package, [span.text for span in reading.spans])
    return reading


class _Document:
    """The lines of a document, one a paragraph, and the notes that they call."""

    def __init__(self, package: BytesIO) -> None:
        self.document = docx.Document(package)
        self.labels = Labels(self.document)
        self.page, self.y = 1, 0.0
        self.cap = ""  # the large first letter of the next paragraph
        self.told: Counter[str] = Counter()
        self.notes: dict[str, Unit] = {}
        self.told["equations stand in a line each: compare them with the print"] = bool(
            [*self.document.element.iter(EQUATION)]
        )
        self.told["a part from another file is left out: open the DOCX and save it anew"] = len(
            [*self.document.element.iter(qn("w:altChunk"))]
        )
        self.hidden = make_plain(self.document.element)
        for relation in self.document.part.rels.values():
            kind = f"/{relation.reltype.rpartition('/')[2]}"
            if kind in NOTES.values():
                notes = parse_xml(relation.target_part.blob)
                self.hidden += make_plain(notes)
                self._read_notes(kind, notes)
        path_of_size = "w:docDefaults/w:rPrDefault/w:rPr/w:sz/@w:val"
        self.size = float(nearest([self.document.styles.element], path_of_size) or 20) / 2

    def _read_notes(self, kind: str, root: Any) -> None:
        """Word prints no note that nothing calls."""
        called = {*map(_name, self.document.element.iter(*NOTES))}
        for note in root.iterchildren():
            words = _together(map(words_of, note.iter(qn("w:p"))))
            name = f"{kind}{note.get(qn('w:id'))}"
            if words and name in called:
                self.notes[name] = Unit(words, (Span(0, 0, words),), role="note", mark=name)
            else:
                self.hidden.append(words)

    def lines(self, body: Any) -> Iterator[Line]:
        for child in body.iterchildren(qn("w:p"), qn("w:tbl")):
            yield from (self._paragraph if child.tag == qn("w:p") else self._table)(child)

    def _paragraph(self, element: Any) -> Iterator[Line]:
        paragraph = Paragraph(element, self.document._body)
        self.page += bool(paragraph.paragraph_format.page_break_before)
        first = self._set(paragraph)
        first.text, self.cap = self.cap, ""
        lines = [first]
        pictures: list[Picture | None] = []
        for at in element.xpath(".//w:r/*"):
            for number, words in enumerate(printed(at).split("\n")):
                if number:
                    lines.append(replace(first, text="", label="", marks=[]))
                lines[-1].text = (lines[-1].text + words).lstrip()
            if at.tag in NOTES:
                place = len(lines[-1].label + lines[-1].text)
                lines[-1].marks.append((place, _name(at)))
            elif at.tag in DRAWINGS:
                pictures += self._pictures(at)
            elif at.tag == qn("w:br"):
                self.page += at.type == "page"
        if element.xpath("w:pPr/w:framePr/@w:dropCap[.!='none']"):
            self.cap = first.text
            return
        if first.level or first.style.startswith(("title", "subtitle")):
            first.text = _together(line.text for line in lines)
            first.marks = [mark for line in lines for mark in line.marks]
            del lines[1:]
        *others, first.picture = pictures or [None]
        yield from (replace(first, text="", label="", picture=picture) for picture in others)
        for line in lines:
            self.y += STEP
            line.y = self.y
            line.text = line.label + line.text.rstrip()
            yield line
        self.page += bool(element.xpath("w:pPr/w:sectPr"))

    def _set(self, paragraph: Paragraph) -> Line:
        """An empty line that is set as the paragraph is."""
        styles = [*_bases(paragraph.style)]

        def look(run: Any) -> tuple[float, bool, str]:
            set_by = [run._r, *styles]
            size, bold = (nearest(set_by, path) for path in ("w:rPr/w:sz/@w:val", BOLD))
            face = nearest([run._r], "w:rPr/w:rFonts/@w:eastAsia")
            return float(size or 2 * self.size) / 2, bold not in OFF, face

        looks = ((look(run), run.text) for run in paragraph.runs)
        size, bold, face = most(looks, (self.size, False, ""))
        line = Line("", self.page, size=size, bold=bold, face=face)
        places = [paragraph._p, *styles]
        names = (HEADING.fullmatch(style.xpath("string(w:name/@w:val)")) for style in styles)
        named = next((int(found[1]) - 1 for found in names if found), HEADINGS)
        outline = int(nearest(places, "w:pPr/w:outlineLvl/@w:val") or named)
        line.level = outline + 1 if outline < HEADINGS else 0
        line.style = nearest(styles, "w:name/@w:val").lower()
        line.boxed = (line.style == "subtitle" or BOXED in paragraph._p.attrib) and not line.level
        label = self.labels.take(places)
        line.label = "" if paragraph._p.xpath(f"w:pPr/{HIDDEN}") else label
        return line

    def _table(self, element: Any) -> Iterator[Line]:
        rows = element.tr_lst
        if all(len(row.tc_lst) == 1 for row in rows):  # a frame around text
            for row in rows:
                yield from self.lines(row.tc_lst[0])
            return
        cells: Cells = []
        for row in rows:
            cells.append([[]] * row.grid_before)
            for cell in row.tc_lst:
                lines = [*flat(self.lines(cell))]
                left = sum(line.picture is not None for line in lines)
                self.told["a picture in a table is left out"] += left
                cells[-1].append([line for line in lines if line.text])
                cells[-1] += [[]] * (cell.grid_span - 1)
        yield Line("", self.page, size=self.size, cells=[row for row in cells if any(row)])

    def _pictures(self, drawing: Any) -> Iterator[Picture]:
        for found in drawing.iter(*IMAGES):
            name = found.get(qn("r:embed")) or found.get(qn("r:id"))
            part = self.document.part.related_parts.get(name)
            if part is not None:
                try:
                    yield _shown(part.blob)
                except (OSError, Image.DecompressionBombError):
                    said = f"a picture is {part.partname.ext.upper()}, which cannot be shown"
                    self.told[f"{said}: save it as PNG"] += 1
        self.told["a chart or diagram is left out: put it in as a picture"] += any(
            DRAWN.search(found.get("uri", "")) for found in drawing.iter()
        )


def _shown(data: bytes) -> Picture:
    """A picture in a form that browsers show: as it is, or as PNG."""
    picture = Image.open(BytesIO(data))
    if picture.format in ENDINGS:
        return Picture(data, ENDINGS[picture.format])
    picture.save(png := BytesIO(), "PNG")
    return Picture(png.getvalue(), "png")


def _name(call: Any) -> str:
    """Of the note that is called."""
    return f"{NOTES[call.tag]}{call.get(qn('w:id'))}"


def _bases(style: Any) -> Iterator[Any]:
    while style is not None:
        yield style.element
        style = style.base_style


def _together(parts: Iterable[str]) -> str:
    text = ""
    for part in filter(None, map(str.strip, parts)):
        text += (seam(text, part, "", True)[0] if text else "") + part
    return text


def _with_pictures(source: _Document, lines: Iterable[Line]) -> list[Line]:
    """The lines that hold something, each picture in the line of its caption; one that stands alone
    and has none in the line above.
    """
    kept = [line for line in lines if line.text or line.cells or line.picture]
    left = []
    above = None
    for at, line in enumerate(kept):
        if line.picture and not caption_mark(line.text):
            place = _caption_behind(line, kept[at + 1 : at + NEAR])
            if above and not place and (caption_mark(above.text) or not line.text):
                place = above
            if place and not (place.picture or place.cells):
                place.picture = line.picture
            else:
                left.append(above.text[-20:] if above else "the beginning")
            line.picture = None
        above = line if line.text or line.cells else above
    if left:
        source.told[f"a picture without a caption is left out, near: {left[0]}"] = len(left)
    return [line for line in kept if line.text or line.cells]


def _is_row(line: Line) -> bool:
    """A tab parts it, and not only a number from what it numbers."""
    text = line.text
    marked = line.level or heading_level(text) or item_mark(text)[0]
    numbered = marked and len(COLUMNS.split(text)) == 2
    return "\t" in text and not (numbered or EQUATION_NUMBER.search(text))


def _caption_behind(line: Line, following: Iterable[Line]) -> Line | None:
    """Of the picture in a line: below it, or below what else is short, such as (a) and (b); of one
    that floats beside a text, also behind this.
    """
    for other in following:
        if caption_mark(other.text):
            return other
        if (
            not (line.text or fits(other.text, LABEL))
            or other.picture
            or other.cells
            or other.level
        ):
            return None
    return None
