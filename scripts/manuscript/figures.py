"""Figures of a PDF: pictures and drawings that stand at a caption, taken out as PNG with the labels
inside them.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium

from manuscript.kinds import caption_mark, is_table
from manuscript.lines import Box, Line, Page, around, overlap
from manuscript.units import Picture

RESOLUTION = 300  # dots an inch of the pictures taken out
SMALLEST = 24.0  # points: less is an ornament
NEAR = 12.0  # points: parts of one drawing
SOURCE = re.compile(r"(?:资料|数据|图片|图表)?来源|注\s?\d*[:：]")
PARTS = 5000  # strokes of a drawing that are looked at


def find_figures(
    page: Page, lines: Sequence[Line], tables: Iterable[Line], size: float
) -> tuple[set[Line], list[Box]]:
    """Gives each caption of a figure the picture above it, else below it; returns the labels inside
    them, and the pictures without a caption.

    `size`: of the running text.
    """
    ground = [line for line in lines if _runs(line, size)]
    regions = [*_regions(page, tables, ground)]
    captions = [line for line in lines if (mark := caption_mark(line.text)) and not is_table(mark)]
    labels: set[Line] = set()
    for caption in captions:
        others = [line for line in lines if line in captions or _runs(line, size)]
        above = [box for box in regions if _between(box[3], caption.y, caption, box, others)]
        below = [box for box in regions if _between(caption.y, box[1], caption, box, others)]
        if not above and not below:  # the one picture and the one caption of a page belong together
            above = regions if len(regions) == len(captions) == 1 else []
        if above or below:
            parts = above or [min(below, key=lambda box: box[1])]
            regions = [box for box in regions if box not in parts]
            box = around(parts)
            own = {line for line in lines if _is_label(line, box, size)} - {caption}
            labels |= own
            words = [
                (line.x0, line.y - line.size, line.x1, line.y + 0.3 * line.size) for line in own
            ]
            caption.picture = page.number, around([box, *words])
    return labels, regions


def _regions(page: Page, tables: Iterable[Line], text: Sequence[Line]) -> Iterator[Box]:
    """Pictures, and strokes that touch, that are neither ornaments nor the ground of the page or
    of its text nor a table's.
    """
    grids = [(table.x0, table.y, table.x1, table.foot) for table in tables]
    parts = [
        box
        for box in [*page.pictures, *(b for b in page.strokes if not _holds(b, text)), *page.rules]
        if (box[2] - box[0]) * (box[3] - box[1]) < 0.6 * page.width * page.height
        and not any(overlap(box, grid, 2.0) for grid in grids)
    ]
    groups: list[Box] = []
    for box in parts[:PARTS]:
        near = [group for group in groups if overlap(group, box, NEAR)]
        groups = [group for group in groups if group not in near] + [around([box, *near])]
    for box in groups:
        if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST:
            yield box


def _holds(box: Box, lines: Sequence[Line]) -> bool:
    return any(
        box[0] <= line.x0 + 2 and line.x1 - 2 <= box[2] and box[1] <= line.y <= box[3]
        for line in lines
    )


def _between(top: float, foot: float, caption: Line, box: Box, others: Sequence[Line]) -> bool:
    """Picture and caption stand over each other, with no running text or caption between them."""
    if foot < top - 2 or box[2] < caption.x0 or box[0] > caption.x1:
        return False
    return not any(
        top < line.y < foot - 2 and line is not caption and line.x0 < box[2] and line.x1 > box[0]
        for line in others
    )


def _runs(line: Line, size: float) -> bool:
    return line.size > 0.94 * size and len(line.text) > 14


def _is_label(line: Line, box: Box, size: float) -> bool:
    """Stands in the picture, or is smaller than the text and right beside it; no sentence, and no
    word on where the figure comes from.
    """
    left, top, right, foot = box
    x, y = (line.x0 + line.x1) / 2, line.y - 0.3 * line.size
    inside = left <= x <= right and top <= y <= foot and not _runs(line, size)
    near = left - 40 < line.x1 and line.x0 < right + 40 and top - 12 < y < foot + 12
    small = line.size < 0.94 * size and len(line.text) <= 14
    words = caption_mark(line.text) or line.text[-1] in "。；" or SOURCE.match(line.text)
    return (inside or (near and small)) and not words


def draw_figure(path: Path, number: int, box: Box) -> Picture:
    """This part of a page as PNG, at 300 dots an inch."""
    with pdfium.PdfDocument(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        left, top, right, foot = box
        edges = left - 3, height - foot - 3, width - right - 3, top - 3
        crop = tuple(max(0, edge) for edge in edges)
        out = io.BytesIO()
        page.render(scale=RESOLUTION / 72, crop=crop).to_pil().save(out, "PNG")
    return Picture(out.getvalue(), "png")
