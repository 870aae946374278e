"""Figures of a PDF: pictures and drawings, those at a caption with the labels inside them."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2 as pdfium

from manuscript.kinds import SOURCE, caption_mark, is_table
from manuscript.lines import SAME, Box, Line, Lines, around, touching
from manuscript.units import Picture

RESOLUTION = 300  # dots an inch of the pictures taken out
COLOURS = 2**16  # that a drawing has at most
SMALLEST = 24.0  # points: less is an ornament
NEAR = 12.0  # points: parts of one drawing
CLOSE = 3  # ems: so near below its caption begins a table
CLOSED = "。；"  # ends text, however small
SMALLER = 0.94  # of the running text: so are labels set
LABEL = 14  # ems of the running text that one takes at most
WIDE = 20  # what smaller ones do
STEP = 1.9  # ems from a line of text to the next, at most
ROUNDS = 4  # numbers beside a plot, others of their axis, what stands below, a legend
PARTS = 5000  # strokes of a drawing that are looked at


def find_figures(
    page: int,
    drawings: Iterable[Box],
    rules: Sequence[Box],
    lines: Lines,
    tables: Iterable[Box],
    size: float,
) -> tuple[set[Line], list[Box]]:
    """Gives each caption of a figure the picture above it, else below it; returns the labels inside
    them, and the pictures without a caption.

    `size`: of the running text.
    """
    named = [line for line in lines if caption_mark(line.text)]
    text = _text(lines, named, size)
    regions = _regions([*drawings, *_joined(rules[:PARTS], 2)], tables, text)
    labels: set[Line] = set()
    for caption in named:
        at = caption.y
        if is_table(caption_mark(caption.text)):
            for box in [*regions]:  # the grounds of its rows, one near below the other
                if 0 < box.top - at < CLOSE * size and box.is_over(caption):
                    regions.remove(box)
                    at = box.foot
            continue
        rest = at + STEP * caption.size  # where its second line stands, or what says it in English
        seen = [
            box
            for box in regions
            if not any(
                min(rest, box.foot) < line.y < max(at, box.top) - 2 and box.is_over(line)
                for line in [*named, *text]
            )
        ]
        above = [box for box in seen if box.foot < at + 2 and box.is_over(caption)]
        if parts := above or seen[:1]:
            regions = [box for box in regions if box not in parts]
            free = {line for line in lines if not SOURCE.match(line.text)} - text - {*named}
            own = set[Line]()
            for _ in range(ROUNDS):
                whole = around([*parts, *(line.box for line in own)])
                below = whole._replace(top=max(box.foot for box in parts))
                own |= {
                    line
                    for line in free
                    if any(box.holds(line) for box in parts)
                    or (
                        line.size < SMALLER * size
                        and (
                            whole.holds(line)
                            or any(box.touches(line.box, NEAR) for box in (*parts, below))
                            or any(_on_one_axis(line, other) for other in own)
                        )
                    )
                }
            labels |= own
            caption.picture = page, whole
    return labels, regions


def _text(lines: Iterable[Line], named: Lines, size: float) -> set[Line]:
    """The sentences and wide lines, and what stands right above or below them, or right below a
    caption, in their size: a heading, the rest of a paragraph or caption, lines of a listing.
    """
    found = [*named]
    for line in lines:
        most = LABEL if line.size > SMALLER * size else WIDE
        wide = line.x1 - line.x0 > most * size and any(map(str.isalpha, line.text))
        if wide or line.text[-1] in CLOSED:
            found.append(line)
    for last in found:  # which grows
        for line in lines:
            step = line.y - last.y
            near = 0 < abs(step) < STEP * last.size and (step > 0 or last not in named)
            alike = abs(line.size - last.size) < SAME * size and last.box.is_over(line)
            if near and alike and line not in found:
                found.append(line)
    return {*found}.difference(named)


def _regions(drawings: Sequence[Box], tables: Iterable[Box], text: Iterable[Line]) -> list[Box]:
    """Drawings that touch, from the top, that are neither ornaments nor the ground or frame of text
    nor a table's.
    """
    parts = [
        box
        for box in drawings[:PARTS]
        if not any(box.touches(grid, 2) for grid in tables) and not any(map(box.holds, text))
    ]
    regions = (box for box in _joined(parts, NEAR) if min(box.width, box.height) >= SMALLEST)
    return sorted(regions, key=lambda box: box.top)


def _on_one_axis(line: Line, other: Line) -> bool:
    """As numbers are that end in one place, one near above the other."""
    return abs(line.x1 - other.x1) < 1 and abs(line.y - other.y) < 4 * NEAR


def _joined(parts: Sequence[Box], slack: float) -> list[Box]:
    """What is drawn in one place: the parts that touch each other or what they lie in."""
    joined = [*map(around, touching(parts, slack))]
    return joined if len(joined) == len(parts) else _joined(joined, slack)


def draw_figure(path: Path, number: int, box: Box) -> Picture:
    """This part of a page at 300 dots an inch: as PNG, a photograph as JPEG."""
    with pdfium.PdfDocument(path) as document:
        page = document[number - 1]
        width, height = page.get_size()
        edges = box.left, height - box.foot, width - box.right, box.top
        crop = tuple(max(0, edge - 3) for edge in edges)
        out = io.BytesIO()
        shown = page.render(scale=RESOLUTION / 72, crop=crop).to_pil()
        drawn = shown.getcolors(COLOURS)
        shown.save(out, "PNG" if drawn else "JPEG")
    return Picture(out.getvalue(), "png" if drawn else "jpg")
