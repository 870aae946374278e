"""Title, authors, cover and back cover of a paper: by size, place and words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from manuscript.bylines import (
    ADDRESS,
    AUTHORS,
    DOCUMENT,
    FIELD,
    KIND,
    NEXT_FIELD,
    is_byline,
    is_imprint,
    is_organisation,
    is_title,
    names_of,
)
from manuscript.characters import bare, fits, seen
from manuscript.contents import find_contents
from manuscript.kinds import LAST, NUMERALS, WHOLE, heading_level, heading_number, item_mark
from manuscript.lines import Line, Lines, grouped, most, usual_size
from manuscript.margins import HUGE
from manuscript.paper import Paper

LARGE = 1.3  # of the running text: what is set so is none
LARGER = 1.12  # of it: what is set so stands out
LONG = 48  # cells: what a line of running text takes at least
SAME = 0.7  # of the largest size: what is set so is of the same title
LARGEST = 0.95  # of it: what is set so is as large
NO_VALUE = re.compile(rf"^{FIELD.pattern}|[:：]|^[\x00-\x7f]*$")  # a label, or the title in English
SEVERAL = 3  # lines: fewer set alike are no headings, and fewer rows no form
ISSUE = re.compile(rf"第\s?[\d{NUMERALS}]+\s?期")  # below the name of a periodical
WHAT = re.compile(rf"{DOCUMENT.pattern}|.{{0,6}}文件")  # of which it says nothing: ends a title
WITHIN = re.compile("《[^》]*$")  # a title: its line goes on
EDITION = re.compile(r"[（(〔][^（()）月]{1,10}[)）〕]$|\d{4}(?:年版?|版)?$")  # ends a title

Rows = dict[Line, list[Line]]  # each as one line, and the pieces of it


@dataclass(frozen=True)
class Field:
    """A row of a form."""

    kind: str  # title, author or other
    value: Line  # which may be empty
    parts: list[Line]  # label, value and what stands behind


def take_front(paper: Paper) -> None:
    """Moves title and byline out of the paper's lines; drops contents, cover and back cover."""
    paper.dropped |= dict.fromkeys(find_contents(paper.lines), "toc-leader")
    text = [piece for line in paper.lines if line not in paper.dropped for piece in _opened(line)]
    contents = min(
        (p.page for p, why in paper.dropped.items() if why == "toc-leader"), default=math.inf
    )
    usual = usual_size(text)
    cover, head = _before_body(text, usual, contents)
    above = {*cover, *head}
    body = [line for line in text if line not in above]
    styled = _styled(text)
    rows = _rows_of(line for line in [*cover, *head] if line not in styled)
    fields = find_fields(rows)
    begin = sum(pieces[0] in cover for pieces in rows.values())
    parts = [*rows][:begin], [*rows][begin:]
    loose, heading = ([row for row in some if row not in fields] for some in parts)
    masthead = [row for some in pairwise(heading) if ISSUE.search(some[1].text) for row in some]
    named = [row for row in [*loose, *heading] if row not in masthead]
    running = [line for line, why in paper.dropped.items() if why == "running-header"]
    said = Counter(_letters([line]) for line in [*named, *running])
    repeated = [row for row in named if said[_letters([row])] > 1]
    title = styled or _named("title", fields, rows) or _title(named, rows, usual, repeated)
    if not title and paper.paged:
        title = _above(running, text)[:1]
        for line in title:
            del paper.dropped[line]
    if title and title[0] in text and _heads_chapter(title[0], text[text.index(title[0]) + 1 :]):
        title = []
    paper.title, again = title, []
    if title:
        inside = loose if begin and _place(title[0]) <= _place(parts[0][-1]) else heading
        behind = _below(title, inside, rows, body)
        paper.byline = (
            _named("author", fields, rows) or _byline(behind) or _offices([*behind, *loose])
        )
        again = _again(title, heading, body, usual)
        for row in behind:
            if paper.byline and _place(row) < _place(paper.byline[0]):  # a second title, no chapter
                for piece in rows[row]:
                    piece.size, piece.bold = usual, False
    front = {*title, *paper.byline}
    rest = [*loose, *again, *(part for field in fields.values() for part in field.parts)]
    rest = [row for row in rest if row not in front]
    gone = {piece for row in [*front, *rest, *fields] for piece in rows.get(row, [row])}
    back = [line for line in find_back(text) if line not in gone]
    paper.dropped |= dict.fromkeys(rest, "cover") | dict.fromkeys(back, "back-cover")
    paper.lines = [line for line in text if line not in gone and line not in back]


def _before_body(text: Lines, usual: float, contents: float) -> tuple[list[Line], list[Line]]:
    """(the lines of the pages before any with running text, and those down to the end of a form on
    the next; those before the body below).
    """
    pages = [list(some) for _, some in groupby(text, key=lambda line: line.page)]
    covers = takewhile(lambda page: not _runs_on(page, usual), pages[:-1][:3])
    cover = [line for page in covers for line in page if line.page <= contents]
    head: list[Line] = []
    rest = text[len(cover) :] if len(text) > 2 else []
    above = takewhile(
        lambda line: not line.text or FIELD.match(line.text) or not _begins(line, usual), rest
    )
    form = [at for at, line in enumerate(above, 1) if FIELD.match(line.text)]
    if len(form) >= SEVERAL:
        cover += [line for line in rest[: form[-1]] if line.text]
        rest = rest[form[-1] :]
    for line, after in zip(rest, [*rest[1:], None]):
        apart = head and not (
            line.beside(head[-1]) or WITHIN.search(head[-1].text) or _says(WHAT, line)
        )
        if (apart and line.level) or _begins(line, usual, after):
            break
        head.append(line)
    return cover, head


def _styled(text: Iterable[Line]) -> list[Line]:
    """The one line, or the first of its copies, in the style of titles; none where it is one of
    headings.
    """
    styled = [
        line
        for line in text
        if line.style == "title" and not (heading_level(line.text) or heading_number(line.text))
    ]
    return styled[:1] if len({bare(line.text) for line in styled}) == 1 else []


def _opened(line: Line) -> list[Line]:
    """What stands in a table that is a form; else the line."""
    rows = [[piece for cell in row for piece in cell] for row in line.cells]
    fields = sum(bool(FIELD.match(" ".join(piece.text for piece in row))) for row in rows)
    if 2 * fields <= len(rows):
        return [line]
    for row in line.cells:
        firsts = [cell[0] for cell in row if cell]
        for piece in firsts:
            piece.y = firsts[0].y
    return [piece for row in rows for piece in row]


def _begins(line: Line, usual: float, after: Line | None = None) -> bool:
    """The body does: with a heading, a list, a table, running text, of which one line is not
    enough.
    """
    some = [line, after] if after else [line]
    return _heads(line) or all(
        not fits(each.text, LONG) and each.size < LARGE * usual for each in some
    )


def _heads(line: Line) -> bool:
    """Is a table, an item or a heading, but no 附件 4 above a title."""
    heads = line.text and (heading_level(line.text) or item_mark(line.text)[0])
    return not line.text or bool(heads and not _says(KIND, line))


def _says(what: re.Pattern[str], line: Line) -> bool:
    return bool(what.fullmatch(bare(seen(line.text))))


def _runs_on(page: Lines, usual: float) -> bool:
    """Holds running text: several lines that begin such or have a comma, a sentence, a heading, a
    table.
    """
    begun = {line.text for line in page if "，" in line.text or _begins(line, usual)}
    return len(begun) > 1 or any(_heads(line) or line.text.endswith("。") for line in page)


def _place(line: Line) -> tuple[tuple[int, int], float]:
    return line.where, line.y


def _rows_of(lines: Iterable[Line]) -> Rows:
    """The rows from the head of the first page on."""
    rows: Rows = {}
    for row in grouped(sorted(lines, key=_place), lambda row, line: line.beside(row[-1])):
        row.sort(key=lambda line: line.x0)
        text, marks = "", []
        for line in row:
            marks += [(len(text) + at, mark) for at, mark in line.marks]
            text += f"{line.text}  "
        whole = replace(row[-1], text=text.strip(), marks=marks, label=row[0].label)
        rows[whole if row[1:] else row[0]] = row
    return rows


def find_fields(rows: Iterable[Line]) -> dict[Line, Field]:
    """The rows of a form."""
    fields = {}
    for row in rows:
        if found := FIELD.match(row.text):
            after = NEXT_FIELD.search(row.text, found.end() - 1)
            cuts = [0, found.end(), after.start() if after else len(row.text), len(row.text)]
            parts = [
                replace(row, text=row.text[a:b].strip(), x0=row.x0 + a, marks=[])
                for a, b in pairwise(cuts)
            ]
            parts[1].label, parts[1].marks = "", row.marks
            whole = [part for part in parts if part.text]
            fields[row] = Field(found.lastgroup or "", parts[1], whole)
    return fields


def _named(kind: str, fields: Mapping[Line, Field], rows: Rows) -> list[Line]:
    """The values of a form that says 题目：, or 作者：, and lines below, before another label."""
    could = is_title if kind == "title" else is_byline
    values: list[Line] = []
    for row, field in fields.items():
        if field.kind == kind and field.value.text:
            below = takewhile(
                lambda line: not (rows[line][1:] or NO_VALUE.search(line.text)),
                [*rows][[*rows].index(row) + 1 :],
            )
            values += [field.value, *takewhile(lambda line: could(line.text), below)]
    return [*{line.text: line for line in values}.values()]


def _title(lines: Lines, rows: Rows, usual: float, repeated: Lines) -> list[Line]:
    """The first of the largest words that name no kind of document, and those beside them nearly
    as large; where nothing is large, what is `repeated`, as in a running header, else the first.
    """
    after = dict(pairwise([*lines, *lines[-1:]]))
    could = [
        line
        for line in lines
        if is_title(line.text.rstrip("：:") if is_title(after[line].text) else line.text)
        if not (_says(KIND, line) or _heads(line) or WHOLE.match(line.text) or "〔" in line.text)
        if after[line].text.startswith("关于") or not is_organisation(bare(line.text))
    ]
    plain = [line for line in could if line in repeated and not is_byline(line.text)] or could
    could = [line for line in could if line.size >= LARGER * usual or line is plain[0]]
    could = [line for line in could if line.page == could[0].page]
    largest = max((line.size for line in could), default=0)

    def goes_on(group: list[Line], line: Line) -> bool:
        last = group[-1]
        alike = line.size == last.size or min(line.size, last.size) >= SAME * largest
        english = line.text.isascii() and not last.text.isascii()
        names = line.size < last.size and (is_byline(line.text) or rows[line][1:])
        near = after[last] is line and line.y - last.y < 3 * line.size
        return bool((alike and near and not (english or names)) or _says(WHAT, line))

    large = (
        group
        for group in grouped(could, goes_on)
        if max(line.size for line in group) >= LARGEST * largest
    )
    title = next(large, [])
    return title + [after[line] for line in title[-1:] if _ends(line, after[line])]


def _heads_chapter(line: Line, below: Lines) -> bool:
    """It stands right above text, and is one of several headings that are set alike."""
    alike = [
        _look(other) == _look(line) and is_title(other.text) and not heading_number(other.text)
        for other in below
    ]
    others = sum(second > first for first, second in pairwise(alike))
    text = others >= SEVERAL - 1 and not below[0].level and not fits(below[0].text, LONG)
    return text and not alike[0]


def _above(running: Lines, text: Iterable[Line]) -> list[Line]:
    """What stands above a third of the pages or more and nowhere else: no chapter's name, but the
    title where the cover is a picture.
    """
    said, here = Counter(line.text for line in running), {line.text for line in text}
    least = max(SEVERAL, len({line.page for line in text}) / 3)
    return [
        line
        for line in sorted(running, key=_place)
        if said[line.text] > least and line.text not in here and LAST.search(line.text)
        if line.size < HUGE and is_title(line.text) and not is_organisation(line.text)
    ]


def _ends(last: Line, line: Line) -> bool:
    """The line ends a title: in a second one behind a dash, or in its edition, which may begin on
    the one before: 报告（20 / 23）.
    """
    before = bare(last.text)
    found = EDITION.search(before + bare(line.text))
    second = line.text.startswith("——") and LAST.search(line.text)
    edition = found is not None and found.start() <= len(before) + 1
    ends = bool(second) or _says(WHAT, line) or (edition and not is_organisation(line.text))
    return line is not last and ends


def _again(title: Lines, heading: Lines, body: Iterable[Line], usual: float) -> list[Line]:
    """What says the title again, names the kind of document, or stands large above the title."""
    words, first = _letters(title), title[0]
    above = [
        row
        for row in heading
        if _says(KIND, row)
        or (row.size > LARGER * usual and row.page == first.page and row.y < first.y)
    ]
    for (english, size), some in groupby(heading, lambda row: (row.text.isascii(), row.size)):
        group = list(some)
        if (
            english
            and size > usual
            and len(_letters(group)) > LONG / 2
            and not is_imprint(group[0].text)
        ):
            above += group
    return above + [
        row
        for row in [*heading, *body]
        if row.size > usual and row not in title and _letters([row]) == words
    ]


def _look(line: Line) -> tuple[float, str, bool]:
    return line.size, line.face, line.bold


def _below(title: Lines, lines: Iterable[Line], rows: Rows, body: Lines) -> list[Line]:
    """What stands below the title, no larger, and does not say it again; but for the last line
    where several of the body, that end no sentence and have no number, are set like it, and the
    text is not: it is the first heading.
    """
    last = title[-1]
    behind = [
        line
        for line in lines
        if _place(line) > _place(last) and line.size <= last.size
        if _letters([line]) != _letters(title)
    ]
    short = Counter(
        _look(line)
        for line in body
        if fits(line.text, LONG) and is_title(line.text) and not heading_number(line.text)
    )
    usual = most(((_look(line), line.text) for line in body), None)
    alone = behind and not rows[behind[-1]][1:] and len(names_of(behind[-1].text)) < 2
    if alone and _look(behind[-1]) != usual:
        behind = behind[:-1] if short[_look(behind[-1])] >= SEVERAL else behind
    return behind


def _letters(lines: Iterable[Line]) -> str:
    return re.sub(r"\W", "", bare("".join(line.text for line in lines)))


def _byline(rows: Lines) -> list[Line]:
    """Names of persons, side by side or below each other."""

    def goes_on(group: list[Line], row: Line) -> bool:
        return row.size == group[0].size and (is_byline(row.text) or row.text.isascii())

    groups = grouped(rows, goes_on)
    for group, after in zip(groups, [*groups[1:], []]):
        names = [row for row in group if is_byline(row.text)]
        sure = any(
            row.style == "author" or AUTHORS.search(row.text) or len(name) != 4
            for row in names
            for name in names_of(row.text)
        )
        if names and (sure or any(ADDRESS.search(row.text) for row in [*group, *after[:1]])):
            return names
    return []


def _offices(rows: Lines) -> list[Line]:
    """The first organisation, and those set like it."""
    offices = [
        row
        for row in dict.fromkeys(rows)
        for name in names_of(row.text)[:1]
        if is_organisation(name) or (AUTHORS.search(row.text) and not ADDRESS.search(name))
    ]
    return [row for row in offices if row.size == offices[0].size]


def find_back(text: Lines) -> list[Line]:
    """The last page, where it holds no running text and says where to find the publisher."""
    last = [line for line in text if line.page == text[-1].page]
    imprint = [p for p in last if is_imprint(p.text)]
    short = len(last) <= 12 and all(0 < len(line.text) < 40 for line in last)
    if last and short and 2 * len(imprint) >= len(last) and last[0].page > text[0].page + 1:
        return last
    return []
