"""A DOCX to named units: by its styles, else by direct formatting, with the numbers that Word
itself counts.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image

from manuscript.characters import fits
from manuscript.contents import heads_contents
from manuscript.front import take_front
from manuscript.kinds import caption_mark
from manuscript.labels import Labels
from manuscript.lines import Cells, Line, Lines, most
from manuscript.measures import measure
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
SIGN = 300_000  # of Word's units, 24 points: what is drawn in a line of text is no higher
# A table that frames text, one cell in each row, or pictures: its first row holds some, and so does
# every second cell.
FRAME = (
    "not(w:tr[w:tc[2]]) or w:tr[1][.//w:drawing or .//w:pict]"
    " and 2 * count(w:tr/w:tc[.//w:drawing or .//w:pict]) >= count(w:tr/w:tc)"
)
STEP = 30.0  # points: from one paragraph to the next, for no DOCX says where it stands
DRAWINGS = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
DRAWN = re.compile("/(?:chart|diagram)")
BAD_PICTURE = (OSError, Image.DecompressionBombError)


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
    except MemoryError:
        raise  # is told by who asked
    except Exception:  # whatever the libraries stumble over where a file breaks its schema
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
        lines = [first]
        for at in element.xpath(".//w:r/*"):
            for number, words in enumerate(printed(at).split("\n")):
                if number:
                    lines.append(replace(first, text="", label="", marks=[], picture=None))
                lines[-1].text = (lines[-1].text + words).lstrip()
            if at.tag in NOTES:
                place = len(lines[-1].label + lines[-1].text)
                lines[-1].marks.append((place, _name(at)))
            elif at.tag in DRAWINGS:
                pictures = self._pictures(at, words_of(element))
                first.picture = reduce(_joined, pictures, first.picture)
            elif at.tag == qn("w:br"):
                self.page += at.type == "page"
        if first.level or first.style.startswith(("title", "subtitle")):
            first.text = _together(line.text for line in lines)
            first.marks = [mark for line in lines for mark in line.marks]
            del lines[1:]
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
        line.boxed = line.style == "subtitle" or BOXED in paragraph._p.attrib
        if words_of(paragraph._p) or not paragraph._p.xpath("w:pPr/w:sectPr"):  # a section's end
            label = self.labels.take(places)
            line.label = "" if paragraph._p.xpath(f"w:pPr/{HIDDEN}") else label
        return line

    def _table(self, element: Any) -> Iterator[Line]:
        if element.xpath(FRAME):
            for cell in element.xpath("w:tr/w:tc"):
                yield from self.lines(cell)
            return
        cells: Cells = []
        for row in element.tr_lst:
            cells.append([[]] * row.grid_before)
            for cell in row.tc_lst:
                lines = [*flat(self.lines(cell))]
                left = sum(line.picture is not None for line in lines)
                self.told["a picture in a table is left out"] += left
                cells[-1].append([line for line in lines if line.text])
                cells[-1] += [[]] * (cell.grid_span - 1)
        yield Line("", self.page, size=self.size, cells=[row for row in cells if any(row)])

    def _pictures(self, drawing: Any, beside: str) -> Iterator[Picture]:
        """What it shows, but for a sign beside words."""
        low = any(int(extent.get("cy", SIGN)) < SIGN for extent in drawing.iter(qn("wp:extent")))
        for found in drawing.iter(*IMAGES):
            name = found.get(qn("r:embed")) or found.get(qn("r:id"))
            part = self.document.part.related_parts.get(name)
            if low and beside.strip():
                self.told["a sign that is drawn in a line of text is left out"] += 1
            elif part is not None:
                try:
                    yield _shown(part.blob)
                except BAD_PICTURE:
                    said = f"a picture is {part.partname.ext.upper()}, which cannot be shown"
                    self.told[f"{said}: save it as PNG"] += 1
        self.told["a chart or diagram is left out: put it in as a picture"] += any(
            DRAWN.search(found.get("uri", "")) for found in drawing.iter()
        )


def _shown(data: bytes) -> Picture:
    """A picture in a form that browsers show: as it is, or as PNG."""
    picture = Image.open(BytesIO(data))
    return Picture(data, ENDINGS[picture.format]) if picture.format in ENDINGS else _png(picture)


def _png(picture: Image.Image) -> Picture:
    picture.save(png := BytesIO(), "PNG")
    return Picture(png.getvalue(), "png")


def _joined(picture: Picture | None, other: Picture | None) -> Picture | None:
    """Those that stand together as one, one below the other."""
    if not (picture and other):
        return picture or other
    try:
        first, second = (
            Image.open(BytesIO(each.data)).convert("RGBA") for each in (picture, other)
        )
    except BAD_PICTURE:
        return picture
    size = max(first.width, second.width), first.height + second.height
    both = Image.new("RGBA", size, "white")
    both.alpha_composite(first)
    both.alpha_composite(second, (0, first.height))
    return _png(both)


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
    """The lines that hold something, each picture in the line of its caption; one without stays in
    its line of text, or in the one above it.
    """
    kept = [line for line in lines if line.text or line.cells or line.picture]
    above = None
    for at, line in enumerate(kept):
        if (picture := line.picture) and not caption_mark(line.text):
            line.picture = None
            place = _caption_behind(line, kept[at + 1 :]) or (line if line.text else above)
            if place and not place.cells:
                place.picture = _joined(place.picture, picture)
            else:
                source.told["a picture at the beginning, or below a table, is left out"] += 1
        above = line if line.text or line.cells else above
    return [line for line in kept if line.text or line.cells]


def _caption_behind(line: Line, following: Lines) -> Line | None:
    """Of the picture in a line: below it, or below what else is short, such as (a) and (b), and
    other pictures; of one that floats beside a text, also behind this.
    """
    for other in following[:NEAR]:
        if caption_mark(other.text):
            return other
        if other.level or not (line.text or fits(other.text, LABEL)):
            return None
    return None
