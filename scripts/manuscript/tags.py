"""What a tagged PDF says of its own structure: which text is one paragraph, which a heading of what
level, which a cell of what table, and which is no part of the text (ISO 32000, 14.7 and 14.8).
"""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from manuscript.lines import Tag

CELLS = ("TD", "TH")
BLOCKS = {*"H H1 H2 H3 H4 H5 H6 P LI TOCI Caption Note FENote Title".split(), *CELLS}
ARTIFACT = "Artifact\0".encode("utf-16-le")  # what is no part of the text calls itself so
DEEPEST = 64  # elements in each other: no paper has more
MANY = 4_000_000  # children to ask on all pages, for each is asked on each: some ten seconds
MOST = 100  # columns or rows that a cell takes


def read_tags(page: pdfium.PdfPage) -> Callable[[Any], Tag]:
    """The tag of each text object of the page, an empty one where the page has none."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    numbers = count(1)
    held = defaultdict[int, list[int]](list)  # by table: rows to come that cells above take
    tags: dict[int, Tag] = {}  # by the number that marks the text on the page (its MCID)

    def walk(element: Any, tag: Tag, depth: int = 0) -> None:
        kind, number = _kind(element), next(numbers)
        children = range(raw.FPDF_StructElement_CountChildren(element))
        if depth > DEEPEST or len(children) * len(page.pdf) > MANY:
            return
        below = [
            (
                raw.FPDF_StructElement_GetChildMarkedContentID(element, at),
                raw.FPDF_StructElement_GetChildAtIndex(element, at),
            )
            for at in children
        ]
        if kind in BLOCKS:
            level = int(kind[1:] or 0) if kind.startswith("H") else 0
            tag = replace(tag, block=number, level=level, begun=_is_begun(element))
        elif kind == "Table":
            tag = replace(tag, table=number)
        elif kind == "Figure":
            tag = replace(tag, figure=True)
        own = [tag] * len(below)
        if kind == "TR":  # a ground and a row's end may stand in it too
            below = [(mark, cell) for mark, cell in below if mark < 0 and _is_cell(cell)]
            places, columns = _places([cell for _, cell in below], held[tag.table])
            own = [replace(tag, row=number, column=at, columns=columns) for at in places]
        for (mark, child), said in zip(below, own):
            if child:
                walk(child, said, depth + 1)
            elif mark >= 0:
                tags[mark] = said

    if tree:
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            if child := raw.FPDF_StructTree_GetChildAtIndex(tree, at):
                walk(child, Tag())
        raw.FPDF_StructTree_Close(tree)

    def tag_of(words: Any) -> Tag:
        number = raw.FPDFPageObj_GetMarkedContentID(words)
        return tags.get(number) or Tag(artifact=bool(tags) and _is_artifact(words))

    return tag_of


def _is_artifact(words: Any) -> bool:
    """The outermost of its marks calls it so."""
    name, length = ctypes.create_string_buffer(len(ARTIFACT)), ctypes.c_ulong()
    room = ctypes.cast(name, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(words, 0), room, len(ARTIFACT), length)
    return name.raw == ARTIFACT


def _is_begun(element: Any) -> bool:
    """What comes first in it stands on another page."""
    first = raw.FPDF_StructElement_GetChildAtIndex(element, 0)
    mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, 0)
    return _is_begun(first) if first else mark < 0


def _is_cell(element: Any) -> bool:
    """PDFium tells nothing of an empty one."""
    return not element or _kind(element) in CELLS


def _places(cells: Sequence[Any], held: list[int]) -> tuple[list[int], int]:
    """(the column of each cell of a row, how many the row has: 0 where they do not fill it).

    `held`: for how many rows cells above take each column; changed.
    """
    places: list[int] = []
    column = 0
    for cell in cells:
        while column < len(held) and held[column]:
            column += 1
        places.append(column)
        across = _span(cell, b"ColSpan")
        held[column : column + across] = [_span(cell, b"RowSpan")] * across
        column += across
    columns = len(held) if all(held) else 0
    held[:] = [max(0, rows - 1) for rows in held]
    return places, columns


def _span(cell: Any, name: bytes) -> int:
    """How many columns or rows the cell takes."""
    number = ctypes.c_float()
    for at in range(raw.FPDF_StructElement_GetAttributeCount(cell) if cell else 0):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(cell, at)
        value = raw.FPDF_StructElement_Attr_GetValue(attribute, name)
        if value and raw.FPDF_StructElement_Attr_GetNumberValue(value, number):
            return min(max(1, int(number.value)), MOST)
    return 1


def _kind(element: Any) -> str:
    """The standard name of its type."""
    length = raw.FPDF_StructElement_GetType(element, None, 0)
    name = ctypes.create_string_buffer(length)
    raw.FPDF_StructElement_GetType(element, name, length)
    return name.raw.decode("utf-16-le", "replace").rstrip("\0")
