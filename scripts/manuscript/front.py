"""Title, authors, cover and back cover of a paper: by size, place and words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from manuscript.characters import bare, fits, seen
from manuscript.contents import find_contents
from manuscript.kinds import (
    ADDRESS,
    DOCUMENT,
    FIELD,
    KIND,
    NEXT_FIELD,
    TIGHT,
    WHOLE,
    heading_level,
    is_byline,
    is_imprint,
    is_organisation,
    is_title,
    item_mark,
    names_of,
)
from manuscript.lines import Line, grouped, usual_size
from manuscript.paper import Paper

LARGE = 1.3  # of the running text: what is set so is none
LARGER = 1.12  # of it: what is set so stands out
LONG = 48  # cells: what a line of running text takes at least
SAME = 0.7  # of the largest size: what is set so is of the same title
LABELLED = re.compile(f"^{FIELD.pattern}|[:：]")
FORM = 3  # rows: a form has no fewer
EDITION = re.compile(r".?[（(〔][^（()）月]{1,10}[)）〕]|\d{4}(?:年版?|版)?")  # ends a title


@dataclass(frozen=True)
class Field:
    """A row of a form."""

    kind: str  # title, author or other
    row: list[Line]  # its pieces from left to right
    value: Line  # which may be empty
    parts: list[Line]  # the row, parted into label, value and what stands behind


def take_front(paper: Paper) -> None:
    """Moves title and byline out of the paper's lines; drops contents, cover and back cover."""
    paper.dropped |= dict.fromkeys(find_contents(paper.lines), "toc-leader")
    text = [line for line in paper.lines if line not in paper.dropped]
    contents = min(
        (p.page for p, why in paper.dropped.items() if why == "toc-leader"), default=math.inf
    )
    text, paper.title, paper.byline, cover = find_front(text, contents)
    front = {*paper.title, *paper.byline}
    paper.dropped |= dict.fromkeys(cover, "cover") | dict.fromkeys(find_back(text), "back-cover")
    paper.lines = [line for line in text if line not in front and line not in paper.dropped]


def find_front(
    text: list[Line], contents: float
) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    """(the text, with forms taken apart; lines of the title; of the byline; what else stands on the
    cover).
    """
    usual = usual_size(text)
    text = [piece for line in text for piece in _opened(line)]
    cover, head = _before_body(text, usual, contents)
    fields = find_fields([*cover, *head])
    ends = [head.index(field.row[-1]) + 1 for field in fields if field.row[-1] in head]
    end = ends[-1] if len(ends) >= FORM else 0  # of a form above the body
    cover, head = cover + head[:end], head[end:]
    fields = [f for f in fields if f.row[0] in cover or (f.kind != "other" and f.value.text)]
    form = [line for field in fields for line in field.row]
    loose, heading = ([line for line in some if line not in form] for some in (cover, head))
    title = (
        _styled(text)
        or _named("title", fields, [*cover, *head])
        or _title([*loose, *heading], usual)
    )
    if not title:
        return text, [], [], cover
    words = _letters(title)
    again = [line for line in head if _is_kind(line)]
    again += [
        line
        for line in text
        if line.size > usual and line not in [*title, *form] and _letters([line]) == words
    ]
    above = heading[: heading.index(title[0])] if title[0] in heading else []
    again += [
        line
        for line in above
        if line.size > LARGER * usual and fits(line.text, LONG) and "〔" not in line.text
    ]
    last = title[-1]
    behind = heading if title[0] in heading else loose
    behind = [p for p in behind if (p.page, p.y) > (last.page, last.y) and p.size <= last.size]
    offices = [line for line in [*behind, *loose] if is_organisation(line.text)]
    byline = _named("author", fields, [*cover, *head]) or _byline(behind) or offices[:1]
    parts = [part for field in fields for part in field.parts]
    front = {*title, *byline}
    rest = [line for line in [*loose, *again, *parts] if line not in front]
    return _parted(text, fields), title, byline, rest


def _before_body(
    text: Sequence[Line], usual: float, contents: float
) -> tuple[list[Line], list[Line]]:
    """(the lines of the pages before any with running text, those before the body on the next)."""
    pages = [list(some) for _, some in groupby(text, key=lambda line: line.page)]
    covers = takewhile(lambda page: not _runs_on(page, usual), pages[:-1][:3])
    cover = [line for page in covers for line in page if line.page <= contents]
    if not any(line.size >= LARGER * usual for line in cover):
        cover = []
    head: list[Line] = []
    rest = text[len(cover) :] if len(text) > 2 else []
    for line, after in zip(rest, [*rest[1:], None]):
        apart = head and not _beside(head, line)
        if (apart and (line.level or line.page > head[0].page)) or _begins(line, usual, after):
            break
        head.append(line)
    if head and TIGHT.match(line.text) and line.text[0] == head[-1].text[0]:
        head.pop()  # 1引言 over 1.1
    return cover, head


def _styled(text: Sequence[Line]) -> list[Line]:
    """The one line, or the first of its copies, in the style of titles."""
    styled = [line for line in text if line.style == "title" and not heading_level(line.text)]
    once = len({bare(line.text) for line in styled}) == 1  # else it is a style of headings
    return styled[:1] if once else []


def _opened(line: Line) -> list[Line]:
    """What stands in a table that is a form; else the line."""
    firsts = [[cell[0] for cell in row if cell] for row in line.cells]
    fields = sum(bool(FIELD.match(" ".join(piece.text for piece in row))) for row in firsts)
    if 2 * fields <= len(firsts):
        return [line]
    for pieces in firsts:
        for piece in pieces:
            piece.y = pieces[0].y
    return [piece for row in line.cells for cell in row for piece in cell] or [line]


def _begins(line: Line, usual: float, after: Line | None = None) -> bool:
    """The body does: with a heading, a list, a table, running text, of which one line is not
    enough.
    """
    whole = (
        not fits(some.text, LONG - 1) and some.size < LARGE * usual
        for some in (line, after)
        if some and some.text
    )
    if not line.text:
        return True
    return bool(_heads(line) or item_mark(line.text)[0] or all(whole))


def _heads(line: Line) -> bool:
    """Is a heading, and no 附件 4 above a title."""
    numbered = heading_level(line.text) or TIGHT.match(seen(line.text))
    return bool(numbered) and not _is_kind(line)


def _goes_with(line: Line, after: Line) -> bool:
    return line.size == after.size and is_title(after.text)


def _is_kind(line: Line) -> bool:
    return bool(KIND.fullmatch(bare(seen(line.text))))


def _runs_on(page: Sequence[Line], usual: float) -> bool:
    """Holds running text: several lines that begin such, a sentence, a heading, a table."""
    begun = {line.text for line in page if _begins(line, usual)}
    said = any(
        _heads(line) or line.text.endswith("。") or not fits(line.text, 2 * LONG)
        for line in page
        if line.text
    )
    return len(begun) > 1 or said or "" in begun


def _beside(row: list[Line], line: Line) -> bool:
    """Stands in one row with what is before."""
    return line.page == row[-1].page and abs(line.y - row[-1].y) < 0.5 * line.size


def find_fields(lines: Sequence[Line]) -> list[Field]:
    """The rows of a form, whose label and value may be one piece or several."""
    fields = []
    for row in grouped(sorted(lines, key=lambda line: (line.page, line.y)), _beside):
        row.sort(key=lambda line: line.x0)
        text = " ".join(line.text for line in row)
        if found := FIELD.match(text):
            after = NEXT_FIELD.search(text, found.end() - 1)
            cuts = [0, found.end(), after.start() if after else len(text), len(text)]
            parts = [replace(row[-1], text=text[a:b].strip(), marks=[]) for a, b in pairwise(cuts)]
            parts[0].label = row[0].label
            parts[1].marks = [mark for line in row for mark in line.marks]
            whole = [part for part in parts if part.text]
            fields.append(Field(found.lastgroup or "", row, parts[1], whole))
    return fields


def _parted(lines: Sequence[Line], fields: Sequence[Field]) -> list[Line]:
    """The lines, with the parts of these fields in place of their rows."""
    parts: dict[Line, list[Line]] = {line: [] for field in fields for line in field.row}
    parts |= {field.row[0]: field.parts for field in fields}
    return [part for line in lines for part in parts.get(line, [line])]


def _named(kind: str, fields: Sequence[Field], lines: Sequence[Line]) -> list[Line]:
    """The values of a form that says 题目：, or 作者：, and lines set alike below, before another
    label.
    """
    rows = Counter(line.y for line in lines)
    could = is_title if kind == "title" else is_byline
    values: list[Line] = []
    for field in fields:
        if field.kind == kind and field.value.text and field.row[0] in lines:
            after = max(lines.index(line) for line in field.row) + 1
            below = [
                (line.size == field.value.size and rows[line.y] == 1)
                and (could(line.text) and not LABELLED.search(line.text))
                for line in lines[after:]
            ]
            values += [field.value, *lines[after:][: [*below, False].index(False)]]
    return values


def _title(lines: Sequence[Line], usual: float) -> list[Line]:
    """The largest words that name no kind of document, and those beside them nearly as large."""
    rows = Counter(line.y for line in lines)
    could = [
        line
        for line, after in pairwise([*lines, *lines[-1:]])
        if is_title(line.text.rstrip("：:") if _goes_with(line, after) else line.text)
        if len(line.text) > 1 or rows[line.y] == 1  # 摘　要 is two
        if line.size >= LARGER * usual or line.bold or line is lines[0]
        if not (_heads(line) or _is_kind(line) or WHOLE.match(line.text) or "〔" in line.text)
        if after.text.startswith("关于") or not is_organisation(bare(line.text))  # who issues it
    ]
    could = [line for line in could if line.page == could[0].page]
    largest = max((line.size for line in could), default=0)

    def goes_on(group: list[Line], line: Line) -> bool:
        last = group[-1]
        ends = DOCUMENT.fullmatch(bare(line.text))
        alike = min(line.size, last.size) >= SAME * largest
        english = line.text.isascii() and not last.text.isascii() and len(line.text) > LONG / 2
        names = line.size < last.size and (is_byline(line.text) or rows[line.y] > 1)
        near = line.y - last.y < 3 * line.size
        return bool((alike and near and not (english or names)) or ends)

    groups = grouped(could, goes_on)
    title = max(groups, key=lambda group: max(line.size for line in group), default=[])
    for last, line in pairwise(lines):
        edition = EDITION.fullmatch(bare(line.text)) and line.size >= SAME * last.size
        if title and last is title[-1] and edition and line.y - last.y < 3 * line.size:
            title.append(line)
    return title


def _letters(lines: Sequence[Line]) -> str:
    return re.sub(r"\W", "", bare("".join(line.text for line in lines)))


def _byline(lines: Sequence[Line]) -> list[Line]:
    """Names of persons, side by side or below each other."""
    rows = {_said(row): row for row in grouped(lines, _beside)}

    def goes_on(group: list[str], text: str) -> bool:
        first, line = rows[group[0]][0], rows[text][0]
        alike = (line.size, line.bold) == (first.size, first.bold) and is_byline(group[0])
        return alike and (text.isascii() or (line.face == first.face and is_byline(text)))

    groups = grouped(rows, goes_on)
    for group, after in zip(groups, [*groups[1:], [""]]):
        names = [text for text in group if is_byline(text)]
        sure = any(len(name) != 4 for text in names for name in names_of(text))
        if sure or (names and any(map(ADDRESS.search, [*group, after[0]]))):
            return [line for text in names for line in rows[text]]
    return []


def _said(row: Iterable[Line]) -> str:
    return "  ".join(line.text for line in row)


def find_back(text: Sequence[Line]) -> list[Line]:
    """The last page, where it holds no running text and says where to find the publisher."""
    last = [line for line in text if line.page == text[-1].page]
    imprint = [p for p in last if is_imprint(p.text)]
    short = len(last) <= 12 and all(0 < len(line.text) < 40 for line in last)
    if last and short and 2 * len(imprint) >= len(last) and last[0].page > text[0].page + 1:
        return last
    return []
