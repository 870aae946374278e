"""A PDF to named units: furniture, tables, figures, notes and contents are found by their place,
the rest is text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from manuscript.columns import order
from manuscript.contents import mark_outline, mark_tagged
from manuscript.figures import draw_figure, find_figures
from manuscript.front import take_front
from manuscript.lines import Box, Line, around, usual_size
from manuscript.margins import find_margins
from manuscript.measures import measure
from manuscript.notes import take_notes
from manuscript.paper import Paper
from manuscript.pdf import Sheet, read_pdf
from manuscript.proof import prove_bag
from manuscript.rows import read_lines
from manuscript.seams import soften
from manuscript.tables import find_tables, with_aligned
from manuscript.units import Reading, Told
from manuscript.witness import compare_pages

LARGE = 60.0  # points: pictures smaller than this are ornaments
MOST = 250  # pictures without a caption: drawing each takes a tenth of a second


def read_printed(path: Path, name: str, first: int, last: int) -> Reading:
    """The whole way from a PDF to named units; BookError says why it cannot be gone."""
    sheets = read_pdf(path, name, first, last)
    for sheet in sheets:
        sheet.lines = read_lines(sheet)
        mark_outline(sheet)
    if not any(sheet.outline for sheet in sheets):
        mark_tagged(sheets)
    for number, line in enumerate((line for sheet in sheets for line in sheet.lines), 1):
        line.number = number
    paper = Paper(paged=True, dropped=find_margins(sheets))
    paper.draw = lambda place: draw_figure(path, *place)
    pictures = _put_in_order(paper, sheets)
    soften(paper.lines)
    take_front(paper)
    paper.measures = measure(paper.lines)
    take_notes(paper, sheets)
    paper.lines = with_aligned(paper.lines, paper.dropped)
    paper.warnings = compare_pages(path, sheets)
    paper.warnings += _place_pictures(paper, pictures)
    paper.warnings += [
        (0, f"page {sheet.number} is doubtful: its text does not run from left to right")
        for sheet in sheets
        if _runs_otherwise(sheet)
    ]
    if unread := [str(sheet.number) for sheet in sheets if sheet.drawings and not sheet.lines]:
        said = f"pages that are only a picture, their text is not read: {', '.join(unread)}"
        paper.warnings.append((0, said))
    reading = paper.read()
    prove_bag((run.text for sheet in sheets for run in sheet.runs), reading)
    return reading


def _runs_otherwise(sheet: Sheet) -> bool:
    """Most characters lie on their side, or stand below the one before."""
    lying = sum(not run.upright for run in sheet.runs)
    below = sum(
        len(run.text) == 1
        and abs(after.x0 - run.x0) < 0.3 * run.size < after.y - run.y < 2 * run.size
        for run, after in pairwise(sheet.runs)
    )
    return 2 * lying > len(sheet.runs) or 2 * below > len(sheet.runs) > 20


def _put_in_order(paper: Paper, sheets: Sequence[Sheet]) -> list[tuple[Sheet, Box]]:
    """Gives the paper its lines as they are read, tables in their places and labels with their
    figures, be they such by their captions or by the PDF's tags; returns the pictures without a
    caption.
    """
    size = usual_size(line for sheet in sheets for line in sheet.lines)
    pictures: list[tuple[Sheet, Box]] = []
    pages: list[tuple[list[Line], Sequence[Box]]] = []
    drawn = Counter(box for sheet in sheets for box in {*sheet.drawings, *sheet.rules})
    usual = max(2, len(sheets) / 3)  # on more pages stand watermarks, backgrounds, headers' lines
    for sheet in sheets:
        lines = [line for line in sheet.lines if line not in paper.dropped]
        heads = [line for line in lines if line.level]
        tables, lines = find_tables(sheet, [line for line in lines if not line.level])
        lines += heads
        drawings, rules = (
            [box for box in boxes if drawn[box] <= usual] for boxes in (sheet.drawings, sheet.rules)
        )
        grids = tables.values()
        labels, regions = find_figures(sheet.number, drawings, rules, lines, grids, size)
        large = [box for box in regions if min(box.width, box.height) >= LARGE]
        labels |= {line for line in lines if line.tag.figure and any(b.holds(line) for b in large)}
        pictures += [(sheet, box) for box in large]
        paper.dropped |= dict.fromkeys(labels, "figure-label")
        lines = [line for line in lines if line not in labels]
        pages.append(([*lines, *tables], drawings))
    paper.lines = order(pages)
    return pictures


def _place_pictures(paper: Paper, pictures: Iterable[tuple[Sheet, Box]]) -> Iterator[Told]:
    """Gives each picture that no caption names, and no words stand in, to the line right above it,
    else to the one read before it, those of one line as one; says which have none.
    """
    pages = {line.page for line in paper.lines}
    shown = 0
    for sheet, box in pictures:
        if sheet.number not in pages:
            continue
        place = sheet.number, box.top
        before = [line for line in paper.lines if (line.page, line.y) < place]
        right = (line for line in before if line.page == sheet.number and box.is_over(line))
        *_, above = [None, *before, *right]
        taken = above is None or above.cells
        if above and above.picture:
            page, other = above.picture
            taken, box = page != sheet.number, around([other, box])
        words = (line for line in sheet.lines if line not in paper.dropped)
        if taken or shown == MOST or any(map(box.holds, words)):
            said = f"page {sheet.number}: a picture or drawing without a caption is left out"
            yield 0, said
        else:
            above.picture = sheet.number, box
            shown += 1
