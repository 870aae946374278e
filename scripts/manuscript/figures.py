"""Figures of a PDF: pictures and drawings that stand at a caption, taken out as PNG with the labels
inside them.
"""

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2 as pdfium

from manuscript.kinds import caption_mark, is_table
from manuscript.lines import Box, Line, Page, around
from manuscript.units import Picture

RESOLUTION = 300  # dots an inch of the pictures taken out
SMALLEST = 24.0  # points: less is an ornament
NEAR = 12.0  # points: parts of one drawing
SOURCE = re.compile(r"(?:资料|数据|图片|图表)?来源|注\s?\d*[:：]")
CLOSE = 3  # ems: so near below its caption begins a table
CLOSED = "。；"  # ends text, however small
SMALLER = 0.94  # of the running text: so are labels set
LABEL = 14  # characters of one at most, where it is not smaller
PARTS = 5000  # strokes of a drawing that are looked at


def find_figures(
    page: Page, lines: Sequence[Line], tables: Iterable[Box], size: float
) -> tuple[set[Line], list[Box]]:
    """Gives each caption of a figure the picture above it, else below it; returns the labels inside
    them, and the pictures without a caption.

    `size`: of the running text.
    """
    small = SMALLER * size
    text = [
        line
        for line in lines
        if line.text[-1] in CLOSED or (line.size > small and len(line.text) > LABEL)
    ]
    named = [line for line in lines if caption_mark(line.text)]
    heads = [line for line in named if is_table(caption_mark(line.text))]
    captions = [line for line in named if line not in heads]
    barriers = [*captions, *text]
    regions = _regions(page, tables, text)
    for head in heads:  # the grounds of its rows, one near below the other
        foot = head.y
        for box in sorted(regions, key=lambda box: box.top):
            if 0 < box.top - foot < CLOSE * size and _over(box, head):
                regions.remove(box)
                foot = box.foot
    labels: set[Line] = set()
    for caption in captions:
        at = caption.y
        above = [box for box in regions if _sees(caption, box, (box.foot, at), barriers)]
        below = [box for box in regions if _sees(caption, box, (at, box.top), barriers)]
        beside = (
            box
            for box in regions
            if not any(min(at, box.foot) < line.y < max(at, box.top) - 2 for line in barriers)
        )
        if parts := above or sorted([*below, *beside], key=lambda box: box.top)[:1]:
            regions = [box for box in regions if box not in parts]
            box = around(parts)
            free = (line for line in lines if line not in barriers and not _is_sentence(line))
            own = {line for line in free if _labels(line, box, small)}
            labels |= own
            caption.picture = page.number, around([box, *(line.box for line in own)])
    return labels, regions


def _regions(page: Page, tables: Iterable[Box], text: Sequence[Line]) -> list[Box]:
    """Drawings that touch, that are neither ornaments nor the ground of text nor a table's."""
    drawings = [box for box in page.drawings if not any(_holds(box, line) for line in text)]
    regions: list[Box] = []
    for part in [*drawings, *page.rules][:PARTS]:
        if not any(part.touches(grid, 2) for grid in tables):
            near = [region for region in regions if region.touches(part, NEAR)]
            regions = [region for region in regions if region not in near]
            regions.append(around([part, *near]))
    return [box for box in regions if min(box.width, box.height) >= SMALLEST]


def _holds(box: Box, line: Line) -> bool:
    whole = box.left <= line.x0 + 2 and line.x1 - 2 <= box.right
    return whole and box.top <= line.y <= box.foot


def _sees(caption: Line, box: Box, gap: tuple[float, float], barriers: Sequence[Line]) -> bool:
    """Picture and caption stand over each other, with no running text or caption in the gap between
    them.
    """
    top, foot = gap
    return (
        foot >= top - 2
        and _over(box, caption)
        and not any(top < line.y < foot - 2 and _over(box, line) for line in barriers)
    )


def _over(box: Box, line: Line) -> bool:
    return box.left <= line.x1 and line.x0 <= box.right


def _is_sentence(line: Line) -> bool:
    """Or a caption, or a word on where a figure comes from."""
    return bool(line.text[-1] in CLOSED or caption_mark(line.text) or SOURCE.match(line.text))


def _labels(line: Line, box: Box, small: float) -> bool:
    """Stands in the picture, or is smaller than the text and right beside it."""
    beside = line.size < small and len(line.text) <= LABEL and box.touches(line.box, NEAR)
    return box.holds(line) or beside


def draw_figure(path: Path, number: int, box: Box) -> Picture:
    """This part of a page as PNG, at 300 dots an inch."""
    with pdfium.PdfDocument(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        edges = box.left, height - box.foot, width - box.right, box.top
        crop = tuple(max(0, edge - 3) for edge in edges)
        out = io.BytesIO()
        page.render(scale=RESOLUTION / 72, crop=crop).to_pil().save(out, "PNG")
    return Picture(out.getvalue(), "png")
