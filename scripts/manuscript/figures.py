"""Figures of a PDF: pictures and drawings that stand at a caption, taken out as PNG with the labels
inside them.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from manuscript.kinds import caption_mark, is_table
from manuscript.pdf import RESOLUTION, Box, Sheet
from manuscript.rows import Piece
from manuscript.tables import Table
from manuscript.units import Picture

SMALLEST = 24.0  # points: less is an ornament
NEAR = 12.0  # points: parts of one drawing


@dataclass(eq=False)
class Figure:
    page: int
    box: Box
    caption: Piece
    labels: list[Piece] = field(default_factory=list)


def find_figures(
    sheet: Sheet, pieces: Sequence[Piece], tables: Iterable[Table], size: float
) -> list[Figure]:
    """Each caption of a figure with the picture above it, else below it.

    `size`: of the running text.
    """
    regions = list(_regions(sheet, tables))
    captions = [p for p in pieces if (mark := caption_mark(p.text)) and not is_table(mark)]
    figures = []
    for caption in captions:
        above = [box for box in regions if _between(box[3], caption.y, caption, box, pieces, size)]
        below = [box for box in regions if _between(caption.y, box[1], caption, box, pieces, size)]
        if not above and not below:  # the one picture and the one caption of a page belong together
            above = regions if len(regions) == len(captions) == 1 else []
        if not above and not below:
            continue
        box = max(above, key=lambda box: box[3]) if above else min(below, key=lambda box: box[1])
        regions.remove(box)
        figures.append(_with_labels(Figure(sheet.number, box, caption), pieces, size))
    return figures


def _regions(sheet: Sheet, tables: Iterable[Table]) -> Iterator[Box]:
    """Pictures, and strokes that touch, that are neither ornaments nor the ground of the page nor a
    table's.
    """
    page = sheet.width * sheet.height
    grids = [table.box for table in tables]
    parts = [
        box
        for box in [*sheet.pictures, *sheet.strokes, *sheet.rules]
        if (box[2] - box[0]) * (box[3] - box[1]) < 0.6 * page
        and not any(_overlap(box, grid, 2.0) for grid in grids)
    ]
    for box in _joined(parts[:5000]):
        if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST:
            yield box


def _joined(boxes: Iterable[Box]) -> list[Box]:
    groups: list[Box] = []
    for box in boxes:
        near = [group for group in groups if _overlap(group, box, NEAR)]
        groups = [group for group in groups if group not in near]
        near.append(box)
        groups.append(
            (
                min(b[0] for b in near),
                min(b[1] for b in near),
                max(b[2] for b in near),
                max(b[3] for b in near),
            )
        )
    return groups


def _overlap(a: Box, b: Box, slack: float) -> bool:
    return (
        a[0] - slack <= b[2]
        and b[0] - slack <= a[2]
        and a[1] - slack <= b[3]
        and b[1] - slack <= a[3]
    )


def _between(
    top: float, foot: float, caption: Piece, box: Box, pieces: Sequence[Piece], size: float
) -> bool:
    """Picture and caption stand over each other, with no running text between them."""
    if foot < top - 2 or box[2] < caption.x0 or box[0] > caption.x1:
        return False
    return not any(
        top < piece.y < foot - 2
        and piece is not caption
        and piece.x0 < box[2]
        and piece.x1 > box[0]
        and _running(piece, size)
        for piece in pieces
    )


def _running(piece: Piece, size: float) -> bool:
    return piece.size > 0.94 * size and len(piece.text) > 14


def _with_labels(figure: Figure, pieces: Sequence[Piece], size: float) -> Figure:
    """What stands in the picture, and small words right beside it, belong to it."""
    left, top, right, foot = figure.box
    for piece in pieces:
        middle = piece.y - 0.3 * piece.size
        inside = left <= (piece.x0 + piece.x1) / 2 <= right and top <= middle <= foot
        near = (
            left - 40 < piece.x1 and piece.x0 < right + 40 and top - 12 < middle < foot + 12
        ) and not _running(piece, 0.9 * size)
        if piece is not figure.caption and (inside or near) and not caption_mark(piece.text):
            figure.labels.append(piece)
    for piece in figure.labels:
        left, top = min(left, piece.x0), min(top, piece.y - piece.size)
        right, foot = max(right, piece.x1), max(foot, piece.y + 0.3 * piece.size)
    figure.box = (left, top, right, foot)
    return figure


def draw_figure(path: Path, figure: Figure) -> Picture:
    """The figure as PNG, at 300 dots an inch."""
    with pdfium.PdfDocument(path) as document:
        page = document[figure.page - 1]
        width, height = page.get_size()
        left, top, right, foot = figure.box
        crop = (
            max(0, left - 3),
            max(0, height - foot - 3),
            max(0, width - right - 3),
            max(0, top - 3),
        )
        bitmap = page.render(scale=RESOLUTION / 72, crop=crop)
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "png")
