"""The two languages against each other: what one page has, its twin must have in the same place."""

import re
from collections import Counter
from collections.abc import Callable

from proofreader.project import SCHEME, Project, is_local
from proofreader.record import Block, Link, Page
from proofreader.rule import Findings, at, rule
from proofreader.twins import COUNTED, blocks_of, footnotes, match_headings, whole_sections

DIGITS = re.compile(r"\d+")
COUNTED_ID = re.compile(r"p\d+")
ORDERED = ("p", "li", "table", "code", "figure", "note", "tab", "dt", "dd")
PLACES = ("body", "quote", "note", "tab", "dl")
ANY = ""  # the key of something that is amiss already: it may stand for anything in the twin
ABOVE = -1  # the section above the first heading: what a page has as a whole is compared with it
Row = tuple[str, int]  # what stands somewhere, and its line


@rule("P01")
def page_has_twin(project: Project) -> Findings:
    """A page must exist in every language."""
    for page in project.pages.values():
        for lang in project.settings.locales if page.lang else ():
            if (lang, page.name) not in project.names:
                hint = f"Write it, as {page.name} there"
                yield at(page, 1, f"the page must also exist in {lang}", hint)


@rule("P02")
def heading_has_twin(project: Project) -> Findings:
    """A heading must stand in every language, in the same order, with the same id and level."""
    for pair in project.twins:
        first, twin = pair
        sections = match_headings(project, first, twin)
        for index, side in sections.lost:
            page, other, heading = pair[side], pair[1 - side], pair[side].headings[index]
            if heading.text or heading.explicit:  # else H11 says that already
                law = f"level-{heading.level} heading #{heading.id} must also be in {other.path}"
                yield at(page, heading, law, "Translate the section, or take it out here")
        for index in sections.moved[:1]:
            heading = twin.headings[index]
            law = f"headings must stand in the order of {first.path}: #{heading.id} does not"
            yield at(twin, heading, law, "Move the section")
        for one, two in sections.pairs[1:] + sections.differ:
            a, b = first.headings[one], twin.headings[two]
            if (one, two) in sections.differ:
                law = f"the id must be #{a.id} as in {first.path}, not #{b.id}"
                yield at(twin, b, law, "Give both the same id")
            if a.level != b.level:
                law = f"the heading #{b.id} must be level {a.level} as in {first.path}"
                yield at(twin, b, law, f"It is level {b.level}: give both the same")


@rule("P05")
def paragraphs_have_twins(project: Project) -> Findings:
    """A section must have as many paragraphs and list items in every language, all its blocks in
    the same order, and ids by hand the same."""
    for first, twin, one, two in whole_sections(project):
        a, b = blocks_of(first, one), blocks_of(twin, two)
        if len(a) != len(b):
            sides = (a, b, first, twin) if len(a) > len(b) else (b, a, twin, first)
            more, fewer, page, other = sides
            law = f"the section has {len(more)} paragraphs, {other.path} has {len(fewer)}"
            hint = "This one seems to be without a twin: translate it, or take it out"
            yield at(page, _odd_one(more, fewer, _length(other) / _length(page)), law, hint)
            continue
        a, b = (blocks_of(page, at_, ORDERED, PLACES) for page, at_ in ((first, one), (twin, two)))
        unlike = ((x, y) for x, y in zip(a, b) if _kind(x) != _kind(y))
        if Counter(map(_sort, a)) == Counter(map(_sort, b)) and (found := next(unlike, None)):
            x, y = found
            law = f"this block must be {_kind(x)}, as {first.path}:{x.line} is"
            yield at(twin, y, law, "Give both the same blocks in one order")


def _length(page: Page) -> int:
    return sum(len(block.text) for block in page.blocks) or 1


def _odd_one(more: list[Block], fewer: list[Block], scale: float) -> Block:
    """The block that is left when the others are matched by kind, numbers and relative length."""

    def unlike(a: Block, b: Block) -> float:
        digits = {*DIGITS.findall(a.text)} ^ {*DIGITS.findall(b.text)}
        longer = abs(len(a.text) * scale - len(b.text)) / (len(b.text) or 1)
        return longer + 2 * (a.kind != b.kind) + len(digits) / 2

    def without(gone: Block) -> float:
        rest = (block for block in more if block is not gone)
        return sum(map(unlike, rest, fewer)) - len(gone.text) / 10_000

    return min(more, key=without)


def _sort(block: Block) -> str:
    """What a section must have as many of; a list item counts as a paragraph."""
    return "p" if block.kind in COUNTED else block.kind


def _kind(block: Block) -> str:
    """With an id by hand; p5 may be one, or counted."""
    named = f" #{block.id}" if block.id and not COUNTED_ID.fullmatch(block.id) else ""
    return f"{block.kind} in {block.where}{named}"


def _images(project: Project, page: Page, section: int) -> list[Row]:
    """An image or figure must stand in the same section in every language."""
    return [
        (_image(project, page, link), link.line)
        for link in page.links
        if link.tag == "img" and link.section == section and not link.raw
    ]


def _image(project: Project, page: Page, link: Link) -> str:
    local = is_local(link.target)
    if local and project.resolve(page, link.target, link.raw).kind != "file":
        return ANY
    return re.sub(rf"[._-]{page.lang}(?=\.\w+$)", "", link.target.rpartition("/")[2])


def _tables(project: Project, page: Page, section: int) -> list[Row]:
    """A table must have as many rows and columns in every language."""
    tables = blocks_of(page, section, ("table",), ())
    return [(f"of {block.extra} rows and columns", block.line) for block in tables]


def _links(project: Project, page: Page, section: int) -> list[Row]:
    """A section must link to the same places in every language."""
    links = (link for link in page.links if link.section == section and link.tag == "a")
    own = (link for link in links if not link.raw and not link.file and link.css != "term")
    return [(_place(project, page, link), link.line) for link in own]


def _place(project: Project, page: Page, link: Link) -> str:
    """A place in the site by its address; outside, any place counts alike: each language has its
    own."""
    if not is_local(link.target):
        home = project.settings.home or "\0"
        outside = SCHEME.match(link.target) and not link.target.startswith(home)
        return "a place outside" if outside else ANY
    target = project.resolve(page, link.target, link.raw)
    anchored = not target.fragment or target.fragment in project.anchors.get(target.uri, ())
    return link.target if target.kind == "file" or (target.kind == "page" and anchored) else ANY


def _codes(project: Project, page: Page, section: int) -> list[Row]:
    """A code block must be the same in every language, but for its comments and its title."""
    blocks = blocks_of(page, section, ("code",), ())
    return [(f"({block.extra[:6]})", block.line) for block in blocks]


def _notices(project: Project, page: Page, section: int) -> list[Row]:
    """A notice must stand in the same section in every language."""
    blocks = blocks_of(page, section, ("note", "tab"), ())
    return [(f"{one.kind} {one.extra}".removesuffix(" empty"), one.line) for one in blocks]


def _footnotes(project: Project, page: Page, section: int) -> list[Row]:
    """A footnote must stand in every language, under the same name."""
    notes = footnotes(page).items() if section == ABOVE else ()
    return [(f"#{name}", note.line) for name, note in notes]


def _front_matter(project: Project, page: Page, section: int) -> list[Row]:
    """The front matter must have the same keys in every language."""
    keys = page.meta.keys() - {"wording", "translation"} if section == ABOVE else ()
    return [(key, 1) for key in sorted(keys)]


ROWS: dict[str, tuple[Callable[[Project, Page, int], list[Row]], str, str]] = {
    "P06": (_images, "the image", "Show it in the same section of both"),
    "P07": (_tables, "the table", "Add what is missing, or take it out"),
    "P09": (_links, "the link to", "Link to the same place in both"),
    "P10": (_footnotes, "the footnote", "Translate it, or take it out"),
    "P11": (_codes, "the code", "Copy it"),
    "P13": (_notices, "the notice", "Translate it, or take it out"),
    "P15": (_front_matter, "the key of the front matter", "Translate it"),
}


def _compare(code: str) -> None:
    """What stands in one twin and not in the other; where each has something of its own, only at
    the second."""
    rows, what, hint = ROWS[code]

    def check(project: Project) -> Findings:
        for first, twin, one, two in whole_sections(project):
            a, b = rows(project, first, one), rows(project, twin, two)
            mine, its = _lacking(a, b), _lacking(b, a)
            for (key, line), (other, _) in zip(its, mine):
                law = f"{what} must be {other} as in {first.path}, not {key}"
                yield at(twin, line, law, hint)
            rest = [(first, twin, row) for row in mine[len(its) :]]
            rest += [(twin, first, row) for row in its[len(mine) :]]
            for page, there, (key, line) in rest:
                yield at(page, line, f"{what} {key} must also be in {there.path}", hint)

    check.__doc__ = rows.__doc__
    rule(code)(check)


for code in ROWS:
    _compare(code)


def _lacking(mine: list[Row], its: list[Row]) -> list[Row]:
    """What of mine the other has not, in order."""
    lacking = Counter(key for key, _ in mine) - Counter(key for key, _ in its)
    found = []
    for key, line in reversed(mine) if lacking else ():
        if key != ANY and lacking[key] > 0:
            lacking[key] -= 1
            found.append((key, line))
    return found[::-1][sum(key == ANY for key, _ in its) :]
