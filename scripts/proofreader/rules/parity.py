"""The two languages against each other: what one page has, its twin must have in the same place."""

import re
from collections import Counter
from collections.abc import Callable

from proofreader.project import SCHEME, Project, is_local
from proofreader.record import Block, Link, Page
from proofreader.rule import Findings, Found, rule
from proofreader.rules.markup import left_links
from proofreader.twins import blocks_of, footnotes, match_headings, whole_sections

DIGITS = re.compile(r"\d+")
COUNTED_ID = re.compile(r"p\d+")
ANY = ""  # the key of something that is amiss already: it may stand for anything in the twin
Row = tuple[str, int]  # what stands somewhere, and its line


@rule("P01")
def page_has_twin(project: Project) -> Findings:
    """A page must exist in every language."""
    for page in project.pages.values():
        for lang in project.settings.locales if page.lang else ():
            if (lang, page.name) not in project.names:
                hint = f"Write it, as {page.name} there"
                yield Found(page.path, 1, f"the page must also exist in {lang}", hint)


@rule("P02")
def heading_has_twin(project: Project) -> Findings:
    """A heading must stand in every language, with the same id."""
    for pair in project.twins:
        sections = match_headings(project, *pair)
        for index, side in sections.lost:
            page, other, heading = pair[side], pair[1 - side], pair[side].headings[index]
            if heading.text or heading.explicit:  # else H11 says that already
                law = f"level-{heading.level} heading #{heading.id} must also be in {other.path}"
                hint = "Translate the section, or take it out here"
                yield Found(page.path, heading.line, law, hint)
        for one, two in sections.differ:
            a, b = pair[0].headings[one], pair[1].headings[two]
            law = f"the id must be #{a.id} as in {pair[0].path}, not #{b.id}"
            yield Found(pair[1].path, b.line, law, "Give both the same id")


@rule("P03")
def headings_keep_order(project: Project) -> Findings:
    """Headings must stand in the same order in every language."""
    for first, twin in project.twins:
        for index in match_headings(project, first, twin).moved[:1]:
            heading = twin.headings[index]
            law = f"headings must stand in the order of {first.path}: #{heading.id} does not"
            yield Found(twin.path, heading.line, law, "Move the section")


@rule("P04")
def headings_keep_level(project: Project) -> Findings:
    """A heading must have the same level in every language."""
    for first, twin in project.twins:
        sections = match_headings(project, first, twin)
        for one, two in sections.pairs[1:] + sections.differ:
            a, b = first.headings[one], twin.headings[two]
            if a.level != b.level:
                law = f"the heading #{b.id} must be level {a.level} as in {first.path}"
                yield Found(twin.path, b.line, law, f"It is level {b.level}: give both the same")


@rule("P05")
def paragraphs_have_twins(project: Project) -> Findings:
    """A section must have as many paragraphs and list items in every language."""
    for first, twin, one, two in whole_sections(project):
        a, b = blocks_of(first, one), blocks_of(twin, two)
        unlike = next(((x, y) for x, y in zip(a, b) if x.kind != y.kind), None)
        if len(a) != len(b):
            sides = (a, b, first, twin) if len(a) > len(b) else (b, a, twin, first)
            more, fewer, page, other = sides
            law = f"the section has {len(more)} paragraphs, {other.path} has {len(fewer)}"
            hint = "This one seems to be without a twin: translate it, or take it out"
            lengths = [sum(len(block.text) for block in one.blocks) for one in (other, page)]
            odd = _odd_one(more, fewer, lengths[0] / (lengths[1] or 1))
            yield Found(page.path, odd.line, law, hint)
        elif unlike:
            law = f"a list item must be one in every language: {first.path}:{unlike[0].line}"
            yield Found(twin.path, unlike[1].line, law, "Mark up both alike")


def _odd_one(more: list[Block], fewer: list[Block], scale: float) -> Block:
    """The block that is left when the others are matched by kind, numbers and relative length."""

    def unlike(a: Block, b: Block) -> float:
        digits = {*DIGITS.findall(a.text)} ^ {*DIGITS.findall(b.text)}
        longer = abs(len(a.text) * scale - len(b.text)) / (len(b.text) or 1)
        return longer + 2 * (a.kind != b.kind) + len(digits) / 2

    def without(gone: int) -> float:
        rest = zip(more[:gone] + more[gone + 1 :], fewer)
        return sum(unlike(x, y) for x, y in rest) - len(more[gone].text) / 10_000

    return more[min(range(len(more)), key=without)]


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
    texts = [block.text for block in page.sections.get(section, ())]
    left = [form for text in texts for form in left_links(text)]
    return [(_place(project, page, link), link.line) for link in own] + [(ANY, 0) for _ in left]


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


ROWS: dict[str, tuple[Callable[[Project, Page, int], list[Row]], str, str]] = {
    "P06": (_images, "the image", "Show it in the same section of both"),
    "P07": (_tables, "the table", "Add what is missing, or take it out"),
    "P09": (_links, "the link to", "Link to the same place in both"),
    "P11": (_codes, "the code", "Copy it"),
    "P13": (_notices, "the notice", "Translate it, or take it out"),
}


def _each_section(code: str) -> None:
    """What stands in a section of one twin and not of the other; where each has something of its
    own, only at the second."""
    rows, what, hint = ROWS[code]

    def check(project: Project) -> Findings:
        for first, twin, one, two in whole_sections(project):
            a, b = rows(project, first, one), rows(project, twin, two)
            mine, its = _lacking(a, b), _lacking(b, a)
            for (key, line), (other, _) in zip(its, mine):
                law = f"{what} must be {other} as in {first.path}, not {key}"
                yield Found(twin.path, line, law, hint)
            rest = [(first, twin, row) for row in mine[len(its) :]]
            rest += [(twin, first, row) for row in its[len(mine) :]]
            for page, there, (key, line) in rest:
                yield Found(page.path, line, f"{what} {key} must also be in {there.path}", hint)

    check.__doc__ = rows.__doc__
    rule(code)(check)


for code in ROWS:
    _each_section(code)


def _lacking(mine: list[Row], its: list[Row]) -> list[Row]:
    """What of mine the other has not, in order."""
    if mine == its:
        return []
    lacking = Counter(key for key, _ in mine) - Counter(key for key, _ in its)
    found = []
    for key, line in reversed(mine):
        if key != ANY and lacking[key] > 0:
            lacking[key] -= 1
            found.append((key, line))
    return found[::-1][sum(key == ANY for key, _ in its) :]


@rule("P10")
def footnotes_have_twins(project: Project) -> Findings:
    """A footnote must stand in every language, under the same name."""
    for first, twin in project.twins:
        for page, other in ((first, twin), (twin, first)):
            mine = footnotes(page)
            for anchor in mine.keys() - footnotes(other).keys():
                law = f"the footnote #{anchor} must also be in {other.path}"
                yield Found(page.path, mine[anchor].line, law, "Translate it, or take it out here")


@rule("P15")
def front_matter_agrees(project: Project) -> Findings:
    """The front matter must have the same keys in every language."""
    for first, twin in project.twins:
        if any(note.kind == "front" for note in (*first.notes, *twin.notes)):
            continue  # X28 says that already
        for page, other in ((first, twin), (twin, first)):
            for key in sorted(page.meta.keys() - other.meta.keys() - {"wording", "translation"}):
                law = f"{key} in the front matter must also be in {other.path}"
                yield Found(page.path, 1, law, "Translate it")


@rule("P18")
def blocks_keep_order(project: Project) -> Findings:
    """The blocks of a section must stand in the same order in every language, quotations and
    notices with as many paragraphs, and ids by hand the same."""
    kinds = ("p", "li", "table", "code", "figure", "note", "tab", "dt", "dd")
    places = ("body", "quote", "note", "tab", "dl")
    for first, twin, one, two in whole_sections(project):
        a, b = (blocks_of(page, at, kinds, places) for page, at in ((first, one), (twin, two)))
        same = Counter(block.kind for block in a) == Counter(block.kind for block in b)
        for x, y in zip(a, b) if same else ():
            if (x.kind, x.where, _named(x)) != (y.kind, y.where, _named(y)):
                said = f"{x.kind} in {x.where} {_named(x)}".rstrip()
                law = f"this block must be {said}, as {first.path}:{x.line} is"
                yield Found(twin.path, y.line, law, "Give both the same blocks in one order")
                break


def _named(block: Block) -> str:
    """An id by hand; p5 may be one, or counted."""
    return f"#{block.id}" if block.id and not COUNTED_ID.fullmatch(block.id) else ""
