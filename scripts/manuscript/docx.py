"""A DOCX to named units: by its styles, else by direct formatting, with the numbers that Word
itself counts.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from manuscript.characters import bare
from manuscript.front import find_back, find_front
from manuscript.furniture import find_contents
from manuscript.kinds import caption_mark
from manuscript.labels import Labels
from manuscript.roles import classify
from manuscript.rows import Piece
from manuscript.seams import seam
from manuscript.sections import name_units
from manuscript.units import Look, Picture, Reading, Span, Unit
from manuscript.witness import compare_xml
from whitepaper.book import BookError

LARGEST = 400 * 2**20  # bytes of an unpacked document
PICTURES = {"png": "png", "jpg": "jpg", "jpeg": "jpg"}
SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


@dataclass
class _Block:
    """A paragraph of the document, or a row of a table."""

    text: str = ""
    label: str = ""  # the number or bullet that Word prints before it
    calls: list[tuple[int, str]] = field(default_factory=list)
    cells: tuple[str, ...] = ()
    picture: Picture | None = None
    size: float = 0.0
    bold: bool = False
    face: str = ""
    centered: bool = False
    level: int = 0
    style: str = ""
    page: int = 1


class _Document:
    def __init__(self, path: Path, name: str) -> None:
        self.document = docx.Document(str(path))
        self.styles = self.document.styles
        self.labels = Labels(self.document)
        self.page = 1
        self.lost: list[tuple[int, str]] = []
        self.parts = {
            kind: next(
                (
                    r.target_part
                    for r in self.document.part.rels.values()
                    if r.reltype.endswith(kind)
                ),
                None,
            )
            for kind in ("/footnotes", "/endnotes")
        }

    def blocks(self, body: Any) -> Iterator[_Block]:
        for child in body.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag == qn("w:sdt"):
                for content in child.iterchildren(qn("w:sdtContent")):
                    yield from self.blocks(content)
            elif child.tag not in SKIPPED:
                yield from self.blocks(child) if len(child) else ()

    def _paragraph(self, element: Any) -> Iterator[_Block]:
        paragraph = Paragraph(element, self.document._body)
        if paragraph.paragraph_format.page_break_before:
            self.page += 1
        block = self._look(paragraph)
        boxes: list[Any] = []
        parts = [""]
        for found in _walk(element, boxes):
            tag = found.tag
            if tag in (qn("w:t"), MATH):
                parts[-1] += found.text or ""
            elif tag == qn("w:tab"):
                parts[-1] += "\t"
            elif tag == qn("w:noBreakHyphen"):
                parts[-1] += "-"
            elif tag == qn("w:sym"):
                parts[-1] += chr(int(found.get(qn("w:char")), 16))
            elif tag == qn("w:br") and found.get(qn("w:type")) == "page":
                self.page += 1
            elif tag in (qn("w:br"), qn("w:cr")):
                parts.append("")
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                kind = "/footnotes" if tag == qn("w:footnoteReference") else "/endnotes"
                block.calls.append((sum(map(len, parts)), f"{kind}{found.get(qn('w:id'))}"))
            elif tag == qn("w:drawing"):
                block.picture = self._picture(found) or block.picture
        if block.level or block.style.startswith(("title", "subtitle")):
            parts = [_together(parts)]
        for part in parts:
            yield replace(block, text=part, picture=None if part is not parts[0] else block.picture)
            block = replace(block, label="", calls=[])
        for box in boxes:
            yield from self.blocks(box)
        if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            self.page += 1

    def _look(self, paragraph: Paragraph) -> _Block:
        chain = list(_bases(paragraph.style))
        called = (paragraph.style.name or "").lower() if paragraph.style else ""
        sizes: Counter[tuple[float, bool, str]] = Counter()
        for run in paragraph.runs:
            if run.text.strip():
                size = run.font.size or next((s.font.size for s in chain if s.font.size), None)
                bold = run.bold if run.bold is not None else any(s.font.bold for s in chain)
                fonts = run._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
                face = fonts.get(qn("w:eastAsia"), "") if fonts is not None else ""
                sizes[size.pt if size else 0.0, bool(bold), face] += len(run.text)
        size, bold, face = sizes.most_common(1)[0][0] if sizes else (0.0, False, "")
        alignment = paragraph.alignment
        if alignment is None:
            alignment = next(
                (
                    s.paragraph_format.alignment
                    for s in chain
                    if s.paragraph_format.alignment is not None
                ),
                None,
            )
        return _Block(
            label=self.labels.take(paragraph, chain),
            size=size,
            bold=bold,
            face=face,
            centered=alignment == 1,
            level=_level(paragraph, chain),
            style=called,
            page=self.page,
        )

    def _table(self, element: Any) -> Iterator[_Block]:
        rows = [list(row.iterchildren(qn("w:tc"))) for row in element.iterchildren(qn("w:tr"))]
        if len(rows) == 1 and len(rows[0]) == 1:  # a frame around text
            yield from self.blocks(rows[0][0])
            return
        for row in rows:
            cells: list[str] = []
            calls: list[tuple[int, str]] = []
            for cell in row:
                inner = list(self.blocks(cell))
                cells.append(_together([block.label + block.text for block in inner if block.text]))
                calls += [call for block in inner for call in block.calls]
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                cells += [""] * (int(span.get(qn("w:val"))) - 1 if span is not None else 0)
            yield _Block(cells=tuple(cells), text="\t".join(cells), page=self.page)

    def _picture(self, drawing: Any) -> Picture | None:
        for blip in drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
            part = self.document.part.related_parts.get(blip.get(qn("r:embed")))
            if part is not None:
                ending = part.partname.ext.lower()
                if ending in PICTURES:
                    return Picture(part.blob, PICTURES[ending])
                self.lost.append(
                    (0, f"a picture is {ending.upper()}, which no browser shows: save it as PNG")
                )
        return None

    def note(self, name: str) -> str:
        """The words of a note, its paragraphs behind each other."""
        kind = "/footnotes" if name.startswith("/footnotes") else "/endnotes"
        number = name.removeprefix(kind)
        part = self.parts[kind]
        if part is None:
            return ""
        root = parse_xml(part.blob)
        for note in root.iterchildren():
            if note.get(qn("w:id")) == number:
                texts = [
                    "".join(t.text or "" for t in _walk(p, []) if t.tag == qn("w:t"))
                    for p in note.iter(qn("w:p"))
                ]
                return _together([text.strip() for text in texts if text.strip()])
        return ""


def _walk(element: Any, boxes: list[Any]) -> Iterator[Any]:
    """What is printed of a paragraph, in order; text boxes are kept aside, deleted text and second
    copies are not there.
    """
    for child in element.iterchildren():
        if child.tag in SKIPPED:
            continue
        if child.tag == qn("w:txbxContent"):
            boxes.append(child)
            continue
        yield child
        yield from _walk(child, boxes)


def _bases(style: Any) -> Iterator[Any]:
    while style is not None:
        yield style
        style = style.base_style


def _level(paragraph: Paragraph, chain: list[Any]) -> int:
    """Of a heading's style or outline, 1 to 4; else 0."""
    places = [paragraph._p, *(style.element for style in chain)]
    for place in places:
        found = place.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if found is not None:
            level = int(found.get(qn("w:val"))) + 1
            return level if level <= 4 else 0
    return 0


def _together(parts: list[str]) -> str:
    text = ""
    for part in parts:
        part = part.strip()
        text += (seam(text, part, "", True)[0] if text and part else "") + part
    return text


def read_docx(path: Path, name: str) -> Reading:
    """The whole way from a DOCX to named units; BookError says why it cannot be gone."""
    _require_docx(path, name)
    try:
        source = _Document(path, name)
        blocks = list(source.blocks(source.document.element.body))
    except (ValueError, KeyError, AttributeError, OSError, SyntaxError, RecursionError):
        raise BookError(
            f"{name}: a damaged DOCX. Open it in Word or LibreOffice and save it anew"
        ) from None
    return _reading(path, source, _with_pictures(source, blocks))


def _require_docx(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        raise BookError(
            f"{name}: a damaged DOCX. Open it in Word or LibreOffice and save it anew"
        ) from None
    if "word/document.xml" not in sizes:
        raise BookError(
            f"{name}: a ZIP archive, but no DOCX. Name the document itself, or save it as DOCX"
        )
    if sum(sizes.values()) > LARGEST:
        raise BookError(
            f"{name}: unpacks to more than {LARGEST // 2**20} MB. Save it with smaller pictures"
        )


def _with_pictures(source: _Document, blocks: list[_Block]) -> list[_Block]:
    """Pictures go to the caption behind them, else before them; empty paragraphs go."""
    kept = [block for block in blocks if bare(block.text) or block.picture]
    for at, block in enumerate(kept):
        if block.picture and not caption_mark(block.text):
            near = [
                other
                for other in kept[at + 1 : at + 2] + kept[max(0, at - 1) : at]
                if caption_mark(other.text)
            ]
            if near:
                near[0].picture = near[0].picture or block.picture
            else:
                source.lost.append(
                    (
                        0,
                        "a picture without a caption is left out, near: "
                        f"{(kept[at - 1].text if at else '')[-20:]}",
                    )
                )
    return [block for block in kept if bare(block.text)]


def _reading(path: Path, source: _Document, blocks: list[_Block]) -> Reading:
    pieces = {
        Piece(
            block.page,
            0,
            0,
            float(at),
            block.size,
            block.bold,
            block.face,
            block.label + block.text.strip(),
            number=at,
        ): block
        for at, block in enumerate(blocks, 1)
    }
    dropped: dict[Piece, str] = {
        piece: "toc-leader"
        for piece, block in pieces.items()
        if block.style.startswith(("toc ", "目录", "toc heading"))
    }
    text = [piece for piece in pieces if piece not in dropped and not pieces[piece].cells]
    dropped |= {text[at]: "toc-leader" for at in find_contents([piece.text for piece in text])}
    order = [piece for piece in pieces if piece not in dropped]
    styled = [piece for piece in order if pieces[piece].style == "title"]
    title, byline, cover = find_front(order)
    title = styled[:1] or title
    dropped |= dict.fromkeys((piece for piece in cover if piece not in title), "cover")
    dropped |= dict.fromkeys(find_back(order, [*title, *cover]), "back-cover")
    sizes: Counter[float] = Counter()
    faces: Counter[str] = Counter()
    for block in pieces.values():
        if not block.cells:
            sizes[block.size] += len(block.text)
            faces[block.face] += len(block.text)
    usual, face = sizes.most_common(1)[0][0] or 10.5, faces.most_common(1)[0][0]
    units: list[Unit] = []
    for piece, block in pieces.items():
        if piece not in dropped:
            role = (
                "title"
                if piece in title
                else "byline"
                if piece in byline
                else "row"
                if block.cells
                else "para"
            )
            units += _units(source, piece, block, role, usual, face)
    furniture = [
        Span(p.number, p.number, pieces[p].text, reason=reason) for p, reason in dropped.items()
    ]
    held = [
        *(span.text for unit in units for span in unit.spans),
        *(span.text for span in furniture),
    ]
    warnings = [*source.lost, *compare_xml(path, held)]
    return Reading(
        name_units(classify(_front_first(units))),
        furniture,
        warnings,
        {"headers": _headers(source)},
    )


def _front_first(units: list[Unit]) -> list[Unit]:
    front = [unit for role in ("title", "byline") for unit in units if unit.role == role]
    return [*front, *(unit for unit in units if unit.role not in ("title", "byline"))]


def _units(
    source: _Document, piece: Piece, block: _Block, role: str, usual: float, face: str
) -> Iterator[Unit]:
    lead = len(block.text) - len(block.text.lstrip())
    text = block.text.strip()
    look = Look(
        size=round((block.size or usual) / usual, 2),
        bold=block.bold,
        other_face=block.face != face,
        centered=block.centered,
        level=block.level,
    )
    calls = tuple((max(0, at - lead) + len(block.label), name) for at, name in block.calls)
    yield Unit(
        block.label + text,
        (Span(piece.number, piece.number, text),),
        role=role,
        look=look,
        cells=block.cells,
        calls=calls,
        picture=block.picture,
    )
    for _, name in block.calls:
        words = source.note(name)
        if words:
            yield Unit(words, (Span(piece.number, piece.number, words),), role="note", mark=name)


def _headers(source: _Document) -> list[str]:
    texts = [
        paragraph.text.strip()
        for section in source.document.sections
        for paragraph in section.header.paragraphs
    ]
    return list(dict.fromkeys(text for text in texts if text))
