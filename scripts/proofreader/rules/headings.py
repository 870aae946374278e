"""Headings: their ids, levels, numbers and form."""

import re

from proofreader.numerals import read_han
from proofreader.project import Project
from proofreader.record import Heading, Page
from proofreader.rule import Findings, View, at, rule

NUMERAL = r"[〇零一二两三四五六七八九十百千]+|\d+"
NUMBERED = re.compile(  # how a heading may be numbered, each style counted for itself
    rf"""第(?P<part>{NUMERAL})(?:编|部分|篇)
    | (?:第(?=(?:{NUMERAL})章)|Chapter\ )(?P<chapter>{NUMERAL})
    | 第(?P<section>{NUMERAL})节
    | (?!\d)(?P<han>{NUMERAL})[、.．]
    | [（(](?P<bracket>{NUMERAL})[)）]
    | (?!\d+\s[个天年月日周种项条大步类次位家倍])  # 7 个问题 counts them
      (?!0\.|\d+\.\d+\.\d+\s\[|[\d.]+\s\W+\d{{4}}-\d)  # 0.3, 5.3.1 [new] are editions
      (?P<arabic>\d{{1,2}}(?:\.\d+)*)(?:[.、．)]?\s|\.(?=[^\d\s]))""",
    re.IGNORECASE | re.VERBOSE,
)
EMPTY = re.compile(r"[\s>]*#{1,6}[\s#]*(?:\{[^}]*\})?\s*")
ATTRIBUTES = re.compile("[{｛][\\s:：]*[#＃.]")  # H03 judges those
Number = tuple[int, ...]


@rule("H02")
def heading_has_id(view: View) -> Findings:
    """Every heading must have an explicit id {#id}, the same in every language."""
    for heading in view.page.outline:
        if heading.text and not heading.explicit and not ATTRIBUTES.search(heading.text):
            law = f"the heading “{heading.text[:40]}” must have an explicit id"
            yield view.at(heading, law, "Write {#english-words} behind it, with #")


@rule("H05")
def heading_one_is_single(view: View) -> Findings:
    """A page must begin with its one level-1 heading."""
    page = view.page
    ones = [heading for heading in page.outline if heading.level == 1]
    above = any(block.section == -1 and block.kind != "raw" for block in page.blocks)
    if page.renders and (above or not ones or page.headings[0] is not ones[0]):
        law = "the page must begin with its level-1 heading"
        yield view.at(ones[0] if ones else 1, law, "Write # Title {#id} above all else")
    for extra in ones[1:]:
        yield view.at(extra, "a page must have one level-1 heading", "Make this one level 2")


@rule("H07", copy=True)
def numbers_run(project: Project) -> Findings:
    """Numbered headings must count on without a gap, through a page and from chapter to chapter;
    a number of several parts must begin with that of its chapter."""
    for page in project.pages.values():
        yield from _misnumbered([(page, one) for one in page.outline if one.level > 1])
    for lang in project.settings.locales or ("",):
        pages = project.nav_pages(lang)
        ones = [(page, one) for page in pages for one in page.outline if one.level == 1]
        mixed = any(map(project.is_published, pages))  # where the numbers of two texts may meet
        yield from _misnumbered(ones, "note" if mixed else "")


def _misnumbered(headings: list[tuple[Page, Heading]], level: str = "") -> Findings:
    """Numbers that do not follow the last one of their style, or are those of another chapter."""
    last: dict[tuple[str, int], Number] = {}
    for page, heading in headings:
        (style, number), (kind, chapter) = number_of(heading.text), number_of(page.title)
        depth = heading.level if len(number) == 1 else 0  # 1. may have a 1. and 2. below it
        before, own = last.get((style, depth)), kind in ("arabic", "chapter")
        if before and not _follows(before, number):
            law = f"the number after {said(before)} must be the next one: {heading.text[:20]}"
            yield at(page, heading, law, "Mend the number, or add what is missing", level=level)
        elif own and not before and len(number) > 1 and number[: len(chapter)] != chapter:
            law = f"the number must begin with {said(chapter)}: {heading.text[:30]}"
            yield at(page, heading, law, "It is that of another chapter", level=level)
        last[style, heading.level] = last[style, 0] = number


def number_of(text: str) -> tuple[str, Number]:
    """The style of the number at the head of a heading, and its parts; ("", ()) where there is
    none."""
    found = NUMBERED.match(text)
    if not found or not found.lastgroup:
        return "", ()
    parts = found[found.lastgroup].split(".")
    return found.lastgroup, tuple(int(read_han(part)) for part in parts)


def _follows(before: Number, number: Number) -> bool:
    """Whether a number can stand after another: as the next one, of its level or one above it, as
    the first below it, or as the first below another heading."""
    nexts = [(*before[:level], part + 1) for level, part in enumerate(before)]
    first = number[-1] == 1 and number[:-1] != before[: len(number) - 1]
    begins = first and len(number) <= len(before)
    return begins or number in ((1,), (*before, 1), *nexts)


def said(number: Number) -> str:
    """1.2"""
    return ".".join(map(str, number))


@rule("H11", any="error")
def heading_has_text(view: View) -> Findings:
    """A heading must have a text."""
    for heading in view.page.headings:
        if not heading.text:
            below = enumerate(view.source.masked_lines[heading.line - 1 :], heading.line)
            line = next((number for number, row in below if EMPTY.fullmatch(row)), heading.line)
            yield view.at(line, "a heading must have a text", "Write it, or take the # out")
