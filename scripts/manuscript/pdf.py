"""A PDF to its pages: runs of characters with place, size and weight, ruled lines, and where
pictures stand.

Lengths are points; y grows downwards from the upper edge of the page. PDFium does the reading.
"""

import ctypes
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from manuscript.lines import Box, Page, Tag, around
from manuscript.symbols import PRINTED, drawn
from manuscript.tags import read_tags
from whitepaper.book import BookError

Point = tuple[float, float]
Place = Callable[[float, float], Point]
Look = tuple[float, bool, str, bool, Tag]  # of a run: size, bold, face, upright, tag

PAGES = 3000  # more are no paper
BOLD = ("bold", "heavy", "black", "semibold", "heiti", "simhei", "黑")
SIGNS = re.compile(r"(wingdings|webdings) ?([23]?)")
HYPHENS = {0x02, 0xAD, 0xFFFE}  # how PDFium calls one at the end of a line
FIRST, SECOND = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # halves of a far character
RADICALS = range(0x2E80, 0x2FE0)
INVISIBLE = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
RULE = 2.5  # points: no ruled line is thicker
HIGH = 0.2  # ems above the baseline: a figure drawn so is a superior one of its face
LEAST = 0.1  # points: what is hidden by its size is set so at least
LOWER = 0.6  # of its size is such a figure's
WHITE = 250  # of 255: as bright as the paper
KINDS = (raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO)  # of a stroke's ends
STEP = 0.001  # points: to which places are told


@dataclass(slots=True)
class Run:
    """Characters side by side, on one baseline, of one size and weight."""

    x0: float
    x1: float
    y: float  # of the baseline
    size: float
    bold: bool
    face: str  # name of the font
    upright: bool
    tag: Tag
    text: str


@dataclass
class Sheet(Page):
    """A page of a PDF before its runs are lines."""

    runs: tuple[Run, ...] = ()


def read_pdf(path: Path, name: str, first: int = 1, last: int = PAGES) -> list[Sheet]:
    """The pages from `first` to `last`.

    Raises BookError where they cannot be read or hold no text.
    """
    try:
        with pdfium.PdfDocument(path) as document:
            sheets = _sheets(document, name, first, last)
    except pdfium.PdfiumError as error:
        cure = "encrypted: save a copy without its password" if "assword" in str(error) else ""
        raise BookError(f"{name}: {cure or 'a damaged PDF: print or save it anew'}") from None
    text = "".join(run.text for sheet in sheets for run in sheet.runs)
    if not text.strip():
        raise BookError(
            f"{name}: a scanned PDF, pictures of pages without text. Have its text recognised "
            "first (OCR)"
        )
    letters = [
        char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) == "Lo"
    ]  # of no Western script: a lost font's may be of any other
    known = sum(
        bool(char.encode("gb2312", "ignore") or char.encode("big5", "ignore")) for char in letters
    )
    if 2 * known < len(letters):
        raise BookError(
            f"{name}: its fonts have lost what their characters mean, so that no program can read "
            "it. Make the PDF anew from its document, or have its text recognised (OCR)"
        )
    return sheets


def _sheets(document: pdfium.PdfDocument, name: str, first: int, last: int) -> list[Sheet]:
    count = len(document)
    if not count:
        raise BookError(f"{name}: a PDF without pages. Name another file")
    if first > count:
        raise BookError(f"{name}: has {count} pages, none of them is {first}. Mend --pages")
    if min(last, count) - first >= PAGES:
        raise BookError(f"{name}: more than {PAGES} pages. Name those of the paper: --pages A-B")
    sheets = {at: _sheet(document, at) for at in range(first - 1, min(last, count))}
    entries = [*document.get_toc()]
    above = sum(not entry.level for entry in entries) == 1 < len(entries)  # the paper's title
    for entry in entries:
        place = entry.get_dest()
        if place and entry.level >= above and (sheet := sheets.get(place.get_index())):
            sheet.outline.append((entry.level + 1 - above, entry.get_title()))
    return [*sheets.values()]


def _sheet(document: pdfium.PdfDocument, at: int) -> Sheet:
    page = document[at]
    place = _place_on(page)
    sheet = Sheet(at + 1, *page.get_size())
    sheet.runs = tuple(_runs(page, place))
    whole = Box(0, 0, sheet.width, sheet.height)
    for found in page.get_objects((raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH), max_depth=4):
        box = _box(found, found.get_bounds(), place)
        picture = found.type == raw.FPDF_PAGEOBJ_IMAGE
        strokes = [box] if _is_thin(box) else [*_strokes(found, place)]
        if not picture and strokes and all(map(_is_thin, strokes)):
            sheet.rules += strokes
        elif box.touches(whole, 0) and (picture or _is_seen(found)):
            sheet.drawings.append(box)
    return sheet


def _is_thin(box: Box) -> bool:
    return min(box.width, box.height) <= RULE


def _strokes(path: pdfium.PdfObject, place: Place) -> Iterator[Box]:
    """Of a path that is nothing but strokes from point to point, as a whole grid may be."""
    x, y = ctypes.c_float(), ctypes.c_float()
    ends = []
    for at in range(raw.FPDFPath_CountSegments(path.raw)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, at)
        if raw.FPDFPathSegment_GetType(segment) != KINDS[at % 2]:
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        ends.append((x.value, y.value))
    for start, end in zip(ends[::2], ends[1::2]):
        yield _box(path, path.get_matrix().on_rect(*start, *end), place)


def _box(found: pdfium.PdfObject, bounds: Sequence[float], place: Place) -> Box:
    """Where what has these bounds stands on the page, whatever forms it lies in."""
    form = found.container
    while form is not None:
        bounds = form.get_matrix().on_rect(*bounds)
        form = form.container
    return _placed(bounds, place)


def _placed(bounds: Sequence[float], place: Place) -> Box:
    return around(place(*corner) * 2 for corner in (bounds[:2], bounds[2:]))


def _is_seen(path: pdfium.PdfObject) -> bool:
    """Is drawn or filled, and not in white."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path.raw, filled, stroked)
    color = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(path.raw, *color)
    *rgb, alpha = (part.value for part in color)
    return bool(stroked.value) or bool(filled.value and alpha and min(rgb) < WHITE)


def _place_on(page: pdfium.PdfPage) -> Place:
    """From the page's own coordinates to those of the sheet as it is read."""
    width, height = (round(side / STEP) for side in page.get_size())
    grid = pdfium.PdfPosConv(page, (0, 0, width, height, 0))

    def place(x: float, y: float) -> Point:
        across, down = grid.to_bitmap(x, y)
        return across * STEP, down * STEP

    return place


def _runs(page: pdfium.PdfPage, place: Place) -> Iterator[Run]:
    run: Run | None = None
    before: Look | None = None
    for char, (x, y), end, look in _glyphs(page, place):
        size, _, _, upright, _ = look
        beside = run and abs(y - run.y) < 0.5 and abs(x - run.x1) < 0.15 * size
        if run and look == before and (beside or not upright):
            run.text += char
            run.x1 = max(run.x1, end)
            continue
        if run:
            yield run
        run, before = Run(x, max(x, end), y, *look, char), look
    if run:
        yield run


def _glyphs(page: pdfium.PdfPage, place: Place) -> Iterator[tuple[str, Point, float, Look]]:
    """(character, its origin, how far it reaches to the right, look) of what is printed."""
    text = page.get_textpage()
    looks: dict[int | None, Look] = {}
    tag_of = read_tags(page)
    x, y = ctypes.c_double(), ctypes.c_double()
    codes = [raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars())]
    for at, (code, after) in enumerate(zip(codes, [*codes[1:], 0])):
        if code in SECOND and at and codes[at - 1] in FIRST:
            continue
        if code in RADICALS and _unified(code) == chr(after):
            continue  # both are of one glyph
        if code in FIRST and after in SECOND:
            code = 0x10000 + ((code - FIRST[0]) << 10) + after - SECOND[0]
        if code in HYPHENS:
            code = ord("-")
        if code in FIRST or code in SECOND or 0x7F <= code < 0xA0:
            code = 0xFFFD  # half a character, or a glyph without a name
        handle = raw.FPDFText_GetTextObject(text, at)
        if code < 32 or code in INVISIBLE or not handle or raw.FPDFText_IsGenerated(text, at) == 1:
            continue  # a blank put in between words may have no object and not be called generated
        owner = ctypes.cast(handle, ctypes.c_void_p).value
        if owner not in looks:
            looks[owner] = (*_look(text, at, page.get_rotation()), tag_of(handle))
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        look, origin = looks[owner], place(x.value, y.value)
        char = drawn(_unified(code), look[2])
        end = origin[0] + look[0]
        if char < "\u2e80" or "０" <= char <= "ｚ":  # these may be half as wide
            end = _placed(text.get_charbox(at, loose=True), place).right  # of its advance
        if char.isdigit():
            ink = _placed(text.get_charbox(at), place)
            if origin[1] - ink.foot > HIGH * look[0]:
                look = (round(LOWER * look[0], 1), *look[1:])
        yield char, origin, end, look


def _unified(code: int) -> str:
    """The character of a code; of a radical, which fonts name by mistake, that which it is."""
    char = chr(code)
    return unicodedata.normalize("NFKC", char) if code in RADICALS else char


def _look(text: pdfium.PdfTextPage, at: int, turn: int) -> tuple[float, bool, str, bool]:
    """Of one text object: size as printed, whether bold, its font, whether it runs left to
    right.
    """
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, matrix)
    words = text.get_textobj(at)
    size = words.get_font_size() * math.hypot(matrix.b, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) - turn
    font = words.get_font()
    name = font.get_base_name()
    face = name.partition("+")[2] or name
    if signs := SIGNS.match(face.lower()):
        face = " ".join(filter(None, signs.groups()))  # as a document calls it
    elif face.lower().startswith("symbol"):
        face = PRINTED
    drawn_too = raw.FPDFTextObj_GetTextRenderMode(words) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    named = any(word in face.lower() for word in BOLD)
    bold = named or drawn_too or font.get_weight() >= 600  # Word fattens what has no bold so
    return max(LEAST, round(size, 1)), bold, face, abs((angle + 180) % 360 - 180) < 10
