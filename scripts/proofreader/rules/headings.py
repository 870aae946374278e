"""Headings: their ids, levels, numbers and form."""

import re
from collections.abc import Iterator

from proofreader.numerals import read_han
from proofreader.project import WAITING, Project
from proofreader.record import Heading, Page
from proofreader.rule import Findings, Found, View, rule

ATTRIBUTES = re.compile(
    r"[{｛]\s*[:：]?\s*[#＃][^{}｛｝\n]*[}｝]?\s*$"
    r"|[{｛]\s*[:：]\s*[.#][^{}｛｝\n]*[}｝]\s*$"
    r"|[{｛]\s*[:：]?\s*[#＃][\w-]+\s*[}｝]"
)
BARE_ID = re.compile(r"\s\{\s*[a-z][\w-]*\s*\}\s*$")
MARKER = re.compile(r"^[\s\u3000]*(?:#{1,6}(?=[\s\u3000])|＃{1,6})")
HAN = "[〇零一二两三四五六七八九十百千]+"
STYLES = {  # how a heading may be numbered, each counted for itself
    "part": rf"第({HAN}|\d+)(?:编|部分|篇)",
    "chapter": rf"第({HAN}|\d+)章|Chapter ([\dIVX]+)\b",
    "section": rf"第({HAN}|\d+)节",
    "han": rf"({HAN})[、.．]",
    "bracket": rf"[（(]({HAN}|\d+)[)）]",
    "arabic": r"(\d+(?:\.\d+)*)(?:[.、．)]?\s|\.(?=[^\d\s]))",
}
NUMBER = {style: re.compile(pattern, re.IGNORECASE) for style, pattern in STYLES.items()}
UNPARTED, RULED = re.compile(r"#+(?:[^\s#]|\s{2,}\S)"), re.compile(r"(?:=+|-+)\s*")
RESTARTS = ("section", "han", "bracket")  # below another heading from one on


@rule("H01", any="error")
def id_is_single(view: View) -> Findings:
    """An id must stand once on a page, whatever gave it."""
    for anchor, line in view.page.repeated:
        yield view.at(
            line, f"the id #{anchor} must stand once on the page", "Rename one of the two"
        )


@rule("H02")
def heading_has_id(view: View) -> Findings:
    """Every heading must have an explicit id, the same in every language."""
    for heading in view.page.outline:
        amiss = not heading.text or ATTRIBUTES.search(heading.text) or _bare_id(view, heading)
        if not heading.explicit and not amiss:
            message = f"the heading “{heading.text[:40]}” must have an explicit id"
            yield view.at(heading.line, message, "Add {#english-words} behind it")


def _bare_id(view: View, heading: Heading) -> str:
    """What stands in braces behind a heading without a #: Markdown takes it for another
    attribute."""
    found = BARE_ID.search(view.source.masked_lines[heading.line - 1])
    return found[0].strip() if found and not heading.explicit else ""


@rule("H03", any="error", copy=True)
def attributes_are_parsed(view: View) -> Findings:
    """An attribute list must be written {#id}, half-width, closed, and with a blank before it."""
    for block in view.page.texts:
        if (found := ATTRIBUTES.search(block.text)) and getattr(block, "kind", "") != "raw":
            message = f"an attribute list must be written {{#id}}, not {found[0].strip()}"
            yield view.at(block.line, message, "It shows as it stands: mend it")


@rule("H05")
def heading_one_is_single(view: View) -> Findings:
    """A page must begin with its one level-1 heading."""
    page = view.page
    ones = [heading for heading in page.outline if heading.level == 1]
    if not ones and page.renders:
        yield view.at(1, "the page must begin with a level-1 heading", "Add # Title {#id}")
    for extra in ones[1:]:
        yield view.at(extra.line, "a page must have one level-1 heading", "Make this one level 2")
    above = any(block.section == -1 and block.kind != "raw" for block in page.blocks)
    if ones and (above or page.headings[0] is not ones[0]):
        yield view.at(
            ones[0].line, "the level-1 heading must be the first thing on the page", "Move it up"
        )


@rule("H06", copy=True)
def heading_text_is_single(view: View) -> Findings:
    """Two headings below the same one must not read the same."""
    seen: dict[tuple[int, str], int] = {}
    for heading, above in _with_above(view.page):
        key = (above[-1].line if above else 0, heading.text.casefold())
        if heading.text and key in seen and WAITING not in heading.text:
            message = f"the heading must not read as line {seen[key]} does: {heading.text[:40]}"
            yield view.at(heading.line, message, "Say what is different here")
        seen.setdefault(key, heading.line)


def _with_above(page: Page) -> Iterator[tuple[Heading, list[Heading]]]:
    """Each heading with those it stands below, the highest first."""
    path: list[Heading] = []
    for heading in page.outline:
        path = [above for above in path if above.level < heading.level]
        yield heading, path
        path.append(heading)


def number_of(text: str) -> tuple[str, tuple[int, ...]]:
    """The number at the head of a heading and its style; ("", ()) where there is none."""
    for style, pattern in NUMBER.items():
        if found := pattern.match(text):
            parts = next(part for part in found.groups() if part).split(".")
            read = [
                int(part) if part.isdigit() else read_han(part) or _roman(part) for part in parts
            ]
            return style, tuple(read)
    return "", ()


def _roman(text: str) -> int:
    values = ["IVX".find(char) for char in text.upper()]
    worth = [(1, 5, 10)[value] if value >= 0 else 0 for value in values]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0]))


def _follows(before: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a number can stand after another: the next one, the first below another, or the next
    of one above it."""
    if len(number) > len(before):
        return number == (*before, 1)
    above, last = before[: len(number)], number[-1]
    return (
        number == (*above[:-1], above[-1] + 1)
        or (last == 1 and number[:-1] != above[:-1])
        or number == (1,)
    )


@rule("H07", copy=True)
def numbers_run(project: Project) -> Findings:
    """Numbered headings must count on without a gap, through a page and from chapter to chapter."""
    for page in project.pages.values():
        yield from _gaps([(heading, page) for heading in page.outline if heading.level > 1])
    for lang in project.settings.locales or ("",):
        ones = [(page.outline, page) for page in project.nav_pages(lang)]
        yield from _gaps(
            [(one, page) for outline, page in ones for one in outline if one.level == 1]
        )


def _gaps(headings: list[tuple[Heading, Page]]) -> Findings:
    """Numbers that do not follow the last one of their style; below a new heading some begin
    anew."""
    before: dict[str, tuple[int, ...]] = {}
    levels: dict[str, int] = {}
    for heading, page in headings:
        for other in RESTARTS:
            if heading.level < levels.get(other, 0):
                before.pop(other, None)
        style, number = number_of(heading.text)
        last = before.get(style)
        if number and last and not _follows(last, number):
            said = ".".join(map(str, last))
            message = f"the number after {said} must be the next one: {heading.text[:20]}"
            yield Found(page.path, heading.line, message, "Mend the number, or add what is missing")
        if number:
            before[style], levels[style] = number, heading.level


@rule("H08")
def number_is_of_chapter(view: View) -> Findings:
    """A heading number of several parts must begin with the number of the heading above it."""
    for heading, above in _with_above(view.page):
        number = number_of(heading.text)[1]
        found = (number_of(other.text) for other in reversed(above))
        chapter = next((other for style, other in found if style in ("arabic", "chapter")), ())
        if len(number) > 1 and number[: len(chapter)] != chapter:
            message = (
                f"the number must begin with {'.'.join(map(str, chapter))}: {heading.text[:30]}"
            )
            yield view.at(heading.line, message, "It is that of another chapter")


@rule("H11", any="error")
def heading_has_text(view: View) -> Findings:
    """A heading must have a text."""
    for heading in view.page.headings:
        if not heading.text:
            yield view.at(
                _empty_line(view, heading),
                "a heading must have a text",
                "Write it, or take the # out",
            )


def _empty_line(view: View, heading: Heading) -> int:
    mark = re.compile(r"[\s>]*#{1,6}[\s#]*(?:\{[^}]*\})?\s*")
    lines = enumerate(view.source.masked_lines, 1)
    empty = [number for number, line in lines if line.strip(" >") and mark.fullmatch(line)]
    later = (number for number in empty if number >= heading.line)
    return next(later, (empty or [heading.line])[0])


@rule("H12")
def heading_is_hashed(view: View) -> Findings:
    """A heading must be marked with #, not underlined."""
    for heading in view.page.headings:
        above, below = ([*view.source.masked_lines[heading.line - 1 :], "", ""])[:2]
        if not above.lstrip(" >").startswith("#") and RULED.fullmatch(below):
            hint = "Write # or ## before it, and take out the line below"
            yield view.at(heading.line, "a heading must be marked with #", hint)


@rule("H13")
def heading_has_blank(view: View) -> Findings:
    """The # of a heading must be followed by one blank."""
    for heading in view.page.headings:
        if UNPARTED.match(view.source.masked_lines[heading.line - 1]):
            message = "the # of a heading must be followed by one blank"
            yield view.at(heading.line, message, "Elsewhere this is no heading")


@rule("H14", any="error")
def marker_is_parsed(view: View) -> Findings:
    """What is meant as a heading must become one: half-width #, at the start of its line."""
    for block in view.page.blocks:
        if block.kind in ("p", "li") and MARKER.match(block.text):
            first = max(block.line - 2, 0)
            near = enumerate(view.source.masked_lines[first : block.line + 3], first + 1)
            for line in [line for line, text in near if MARKER.match(text)][:1]:
                law = f"a heading must begin with # at the start of the line: {block.text[:30]}"
                hint = "It shows as it stands: take out the indent, use half-width #"
                yield view.at(line, law, hint)


@rule("H15", copy=True)
def bold_is_no_heading(view: View) -> Findings:
    """A heading must be marked as one: a paragraph in bold that ends without a full stop is
    none."""
    for block in view.page.blocks:
        if (
            block.kind == "p"
            and block.where == "body"
            and block.text[-1:] not in "。！？：；.!?:;”…)）"
        ):
            line = view.source.lines[block.line - 1].strip()
            if re.fullmatch(r"(\*\*|__)(?!\1)[^*_\n]+\1(?:\s*\{[^}]*\})?", line):
                message = f"a heading must be marked with #, not set in bold: {block.text[:30]}"
                yield view.at(block.line, message, "Make it a heading, or a sentence")


@rule("H16")
def id_is_marked(view: View) -> Findings:
    """The id behind a heading must begin with #: {#id}."""
    for heading in view.page.outline:
        if found := _bare_id(view, heading):
            message = f"the id behind a heading must be written {{#id}}, not {found}"
            yield view.at(heading.line, message, "Add the #")


@rule("H17")
def heading_has_no_note(view: View) -> Findings:
    """A heading must hold no footnote mark: tables of contents, bookmarks and EPUBs repeat it."""
    marked = re.compile(r"[\s>]*#.*\[\^[^\]\s]+\]")
    for heading in view.page.headings:
        if marked.match(view.source.masked_lines[heading.line - 1]):
            message = f"a heading must hold no footnote mark: {heading.text[:40]}"
            yield view.at(heading.line, message, "Set the mark in the first sentence below")
