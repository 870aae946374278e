"""Contents, title, authors, cover and back cover of a paper: by size, place and words."""

import re
from collections.abc import Sequence
from itertools import groupby

from manuscript.characters import bare, final, seen
from manuscript.kinds import (
    TITLED,
    heading_level,
    is_byline,
    is_imprint,
    is_organisation,
    is_title,
    item_mark,
)
from manuscript.lines import Line, grouped, usual_size
from manuscript.margins import NUMBER
from manuscript.paper import Paper

LARGE = 1.3  # of the running text: what is set so is none
MANY = 24  # lines: no cover has more
LONG = 24  # characters: what a line of running text has at least
CONTENTS = re.compile(
    "(?:插?图|附?表|表格|图表)?目[录次]|(?:tableof)?contents|listof(?:figures|tables)",
    re.IGNORECASE,
)
LEADER = re.compile(
    r"(?:\.{4,}|…{2,}|·{4,}|(?:\. ){3,}\.?|[—–_-]{4,})\s?[-–—]?\s?[\divxlc]{1,5}\s?[-–—]?$",
    re.IGNORECASE,
)
ENTRY = re.compile(r"^\S.*?[\s.…·。]*(\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)


def take_front(paper: Paper) -> None:
    """Moves title and byline out of the paper's lines; drops contents, cover and back cover."""
    paper.dropped |= dict.fromkeys(find_contents(paper.lines), "toc-leader")
    text = [line for line in paper.lines if line not in paper.dropped]
    paper.title, paper.byline, cover = find_front(text)
    if paper.title and (form := TITLED.match(paper.title[0].text)):
        paper.gone.append(paper.span(paper.title[0], form[0], "cover"))
        paper.title[0].text = paper.title[0].text[form.end() :]
    front = {*paper.title, *paper.byline}
    back = find_back(text, [*front, *cover])
    paper.dropped |= dict.fromkeys(cover, "cover") | dict.fromkeys(back, "back-cover")
    paper.lines = [line for line in text if line not in front and line not in paper.dropped]


def heads_contents(text: str) -> bool:
    return bool(CONTENTS.fullmatch(bare(seen(text))))


def find_contents(lines: Sequence[Line]) -> set[Line]:
    """The table of contents: its heading, and lines that end in page numbers."""
    rows = grouped(lines, _on_one_line)
    texts = [" ".join(line.text for line in row) for row in rows]
    found: set[Line] = set()
    at = 0
    while at < len(texts):
        heads = (take for take in (1, 2) if heads_contents("".join(texts[at : at + take])))
        headed = next(heads, 0)  # 目　录 may be two pieces
        start, at = at, at + 1
        if headed or _leads(texts[start]):
            at = end = _entries(texts, start + headed)
            if end - start - headed >= 3:
                found |= {line for row in rows[start:end] for line in row}
            at = max(at, start + 1)
    return found


def _on_one_line(row: list[Line], line: Line) -> bool:
    """Goes on where the row ends: the leader and the number of an entry may be pieces."""
    last = row[-1]
    return (line.page, round(line.y)) == (last.page, round(last.y)) and line.x0 > last.x1


def _entries(texts: Sequence[str], start: int) -> int:
    """Where the entries end that begin here; an entry may take two lines, its number the second."""
    at = start
    while at < len(texts):
        following = texts[at + 1] if at + 1 < len(texts) else ""
        if _is_entry(texts[at], leads=at > start and _leads(texts[start])):
            at += 1
        elif texts[at][-1:] == "。" or not following:
            break
        elif (at > start and _leads(following)) or NUMBER.match(following):
            at += 2
        else:
            break
    return at


def _leads(text: str) -> bool:
    return bool(LEADER.search(text[-80:]))


def _is_entry(text: str, leads: bool) -> bool:
    """A line of a contents: with a leader where the others have one, else short."""
    return _leads(text) or (not leads and len(text) <= 48 and bool(ENTRY.match(text)))


def find_front(text: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """(lines of the title, lines of the byline, what else stands on the cover)."""
    pages = [list(some) for _, some in groupby(text, key=lambda line: line.page)]
    covers = 0
    while covers < len(pages) - 1 and covers < 3 and not _runs_on(pages[covers]):
        covers += 1
    cover = [line for page in pages[:covers] for line in page]
    first = pages[covers] if covers < len(pages) else []
    large = LARGE * usual_size(text)
    body = (at for at, line in enumerate(first) if _text(line) and line.size < large)
    head = first[: next(body, len(first))]
    styled = [line for line in text if line.style == "title"]
    once = len({bare(line.text) for line in styled}) == 1  # else it is a style of headings
    title = (styled[:1] if once else []) or _named([*cover, *head]) or _title(cover) or _title(head)
    if not title:
        return [], [], cover
    words = bare("".join(line.text for line in title))
    again = _same(head, words) if title[0] in cover else []
    behind = [line for line in (cover if title[0] in cover else head) if line not in title]
    after = head[len(again) :] if again else []
    below = [p for p in behind if p.y > title[-1].y or p.page > title[-1].page]
    byline = _byline(after) or _byline(below) or _byline(behind)
    return title, byline, [line for line in [*cover, *again] if line not in {*title, *byline}]


def _text(line: Line) -> bool:
    text = line.text
    if TITLED.match(text):
        return False
    return len(text) >= LONG or not text or bool(heading_level(text)) or final(text)


def _runs_on(page: Sequence[Line]) -> bool:
    """Holds running text: many lines, a list, a table, lines that are full or end in a full
    stop.
    """
    full = sum(len(line.text) >= LONG or line.text.endswith("。") for line in page)
    listed = sum(bool(line.text) and bool(item_mark(line.text)[0]) for line in page)
    whole = any(len(line.text) >= 3 * LONG for line in page)  # a paragraph of a DOCX
    return (
        full > 1 or whole or listed > 1 or len(page) > MANY or any(not line.text for line in page)
    )


def _named(lines: Sequence[Line]) -> list[Line]:
    """The line of a form that says 题目：, and the next where it goes on below its words."""
    at = next((at for at, line in enumerate(lines) if TITLED.match(line.text)), len(lines))
    found, rest = list(lines[at : at + 1]), lines[at + 1 : at + 2]
    below = found and rest and rest[0].size == found[0].size
    goes_on = below and rest[0].x0 > found[0].x0 + 2 * found[0].size and is_title(rest[0].text)
    return [*found, *rest] if goes_on and not re.search("[:：]", rest[0].text) else found


def _title(lines: Sequence[Line]) -> list[Line]:
    """The largest words, over as many lines as they take."""
    could = [
        line
        for line in lines
        if is_title(line.text.rstrip("：:") or "。") and not heading_level(line.text)
    ]
    if not could:
        return []
    largest = max(line.size for line in could)
    first = next(line for line in could if line.size == largest)
    lines = [line for line in could if line.size == largest and line.page == first.page]
    return lines if len(lines) <= 3 else lines[:1]


def _same(lines: Sequence[Line], words: str) -> list[Line]:
    for count in range(1, 4):
        if bare("".join(line.text for line in lines[:count])) == words:
            return list(lines[:count])
    return []


def _byline(lines: Sequence[Line]) -> list[Line]:
    """Names of persons, side by side or below each other; else the first that is called like an
    organisation.
    """
    named = [line for line in lines if is_byline(line.text) and not heading_level(line.text)]
    near = lines[lines.index(named[0]) :][:6] if named else []
    names = [line for line in near if line in named]
    return names or [line for line in lines if is_organisation(line.text)][:1]


def find_back(text: Sequence[Line], cover: Sequence[Line]) -> list[Line]:
    """The last page, where it holds no running text and says where to find the publisher."""
    pages = [list(some) for _, some in groupby(text, key=lambda line: line.page)]
    if len(pages) < 3:
        return []
    last, covers = pages[-1], {bare(line.text) for line in cover}
    short = len(last) <= 12 and all(line.text and len(line.text) < 40 for line in last)
    imprint = [p for p in last if is_imprint(p.text) or bare(p.text) in covers]
    return last if short and 2 * len(imprint) >= len(last) else []
