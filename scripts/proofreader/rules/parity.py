"""The two languages against each other: what one page has, its twin must have in the same place."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from proofreader.project import Project
from proofreader.record import Block, Link, Page
from proofreader.rule import Found, rule
from proofreader.rules.links import SCHEME, is_local
from proofreader.rules.markup import LEFT_LINK, LEFT_REFERENCE
from proofreader.twins import blocks_of, match_headings, whole_sections

ANY = ""  # the key of something that is amiss already: it may stand for anything in the twin
Row = tuple[str, int]  # what stands somewhere, and its line


@rule("P01", scope="site")
def page_has_twin(project: Project) -> Iterator[Found]:
    """A page must exist in every language."""
    for page in project.pages.values():
        for lang in project.settings.locales if page.lang else ():
            if (lang, page.name) not in project.names:
                hint = f"Write it, as {page.name} there"
                yield Found(page.path, 1, f"the page must also exist in {lang}", hint)


@rule("P02", scope="site")
def heading_has_twin(project: Project) -> Iterator[Found]:
    """A heading must stand in every language, with the same id."""
    for pair in project.twins():
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


@rule("P03", scope="site")
def headings_keep_order(project: Project) -> Iterator[Found]:
    """Headings must stand in the same order in every language."""
    for first, twin in project.twins():
        for index in match_headings(project, first, twin).moved[:1]:
            heading = twin.headings[index]
            law = f"headings must stand in the order of {first.path}: #{heading.id} does not"
            yield Found(twin.path, heading.line, law, "Move the section")


@rule("P04", scope="site")
def headings_keep_level(project: Project) -> Iterator[Found]:
    """A heading must have the same level in every language."""
    for first, twin in project.twins():
        sections = match_headings(project, first, twin)
        for one, two in sections.pairs[1:] + sections.differ:
            a, b = first.headings[one], twin.headings[two]
            if a.level != b.level:
                law = f"the heading #{b.id} must be level {a.level} as in {first.path}"
                yield Found(twin.path, b.line, law, f"It is level {b.level}: give both the same")


@rule("P05", scope="site")
def paragraphs_have_twins(project: Project) -> Iterator[Found]:
    """A section must have as many paragraphs and list items in every language."""
    for first, twin in project.twins():
        for one, two in whole_sections(project, first, twin):
            a, b = blocks_of(first, one), blocks_of(twin, two)
            unlike = next(((x, y) for x, y in zip(a, b) if x.kind != y.kind), None)
            if len(a) != len(b):
                sides = (a, b, first, twin) if len(a) > len(b) else (b, a, twin, first)
                more, fewer, page, other = sides
                law = f"the section has {len(more)} paragraphs, {other.path} has {len(fewer)}"
                hint = "This one seems to be without a twin: translate it, or take it out"
                yield Found(page.path, _odd_one(more, fewer).line, law, hint)
            elif unlike:
                law = f"a list item must be one in every language: {first.path}:{unlike[0].line}"
                yield Found(twin.path, unlike[1].line, law, "Mark up both alike")


def _odd_one(more: list[Block], fewer: list[Block]) -> Block:
    """The block that is left when the others are matched by kind, numbers and relative length."""
    sizes = [sum(len(block.text) for block in blocks) or 1 for blocks in (fewer, more)]

    def unlike(a: Block, b: Block) -> float:
        digits = set(re.findall(r"\d+", a.text)) ^ set(re.findall(r"\d+", b.text))
        length = abs(len(a.text) * sizes[0] / sizes[1] - len(b.text))
        return length + 30 * (a.kind != b.kind) + 10 * len(digits)

    def without(gone: int) -> float:
        rest = zip(more[:gone] + more[gone + 1 :], fewer)
        return sum(unlike(x, y) for x, y in rest) - len(more[gone].text) * 0.01

    return more[min(range(len(more)), key=without)]


def _each_section(
    project: Project, what: str, hint: str, rows: Callable[[Page, int], list[Row]]
) -> Iterator[Found]:
    """What stands in a section of one twin and not of the other; where each has something of its
    own, only at the second."""
    for first, twin in project.twins():
        for one, two in whole_sections(project, first, twin):
            a, b = rows(first, one), rows(twin, two)
            mine, its = _lacking(a, b), _lacking(b, a)
            for (key, line), (other, _) in zip(its, mine):
                law = f"{what} must be {other} as in {first.path}, not {key}"
                yield Found(twin.path, line, law, hint)
            for page, there, rest in (
                (first, twin, mine[len(its) :]),
                (twin, first, its[len(mine) :]),
            ):
                for key, line in rest:
                    yield Found(page.path, line, f"{what} {key} must also be in {there.path}", hint)


def _lacking(mine: list[Row], its: list[Row]) -> list[Row]:
    """What of mine the other has not, in order."""
    lacking = Counter(key for key, _ in mine) - Counter(key for key, _ in its)
    found = []
    for key, line in reversed(mine):
        if key != ANY and lacking[key] > 0:
            lacking[key] -= 1
            found.append((key, line))
    return found[::-1][sum(key == ANY for key, _ in its) :]


@rule("P06", scope="site")
def figures_have_twins(project: Project) -> Iterator[Found]:
    """An image or figure must stand in the same section in every language."""

    def rows(page: Page, section: int) -> list[Row]:
        links = (link for link in page.links if link.tag == "img" and not link.raw)
        return [
            (_image(project, page, link), link.line) for link in links if link.section == section
        ]

    yield from _each_section(project, "the image", "Show it in the same section of both", rows)


def _image(project: Project, page: Page, link: Link) -> str:
    if is_local(link) and project.resolve(page, link.target, link.raw).kind != "file":
        return ANY
    return re.sub(rf"[._-]{page.lang}(?=\.\w+$)", "", link.target.rpartition("/")[2])


@rule("P07", scope="site")
def tables_have_twins(project: Project) -> Iterator[Found]:
    """A table must have as many rows and columns in every language."""

    def rows(page: Page, section: int) -> list[Row]:
        tables = blocks_of(page, section, ("table",), ())
        return [(f"of {block.extra} rows and columns", block.line) for block in tables]

    yield from _each_section(project, "the table", "Add what is missing, or take it out", rows)


@rule("P09", scope="site")
def links_have_twins(project: Project) -> Iterator[Found]:
    """A section must link to the same places in every language."""

    def rows(page: Page, section: int) -> list[Row]:
        links = (link for link in page.links if link.section == section and link.tag == "a")
        own = (link for link in links if not link.raw and not link.file and link.css != "term")
        texts = [block.text for block in page.blocks if block.section == section]
        left = sum(
            len(form.findall(text)) for text in texts for form in (LEFT_LINK, LEFT_REFERENCE)
        )
        return [(_place(project, page, link), link.line) for link in own] + [(ANY, 0)] * left

    yield from _each_section(project, "the link to", "Link to the same place in both", rows)


def _place(project: Project, page: Page, link: Link) -> str:
    """A place in the site by its address; outside, any place counts alike: each language has its
    own."""
    if not is_local(link):
        home = str(project.settings.raw.get("site_url") or "\0").rstrip("/")
        outside = SCHEME.match(link.target) and not link.target.startswith(home)
        return "a place outside" if outside else ANY
    target = project.resolve(page, link.target, link.raw)
    anchored = not target.fragment or target.fragment in project.anchors.get(target.uri, ())
    return link.target if target.kind == "file" or (target.kind == "page" and anchored) else ANY


@rule("P10", scope="site")
def footnotes_have_twins(project: Project) -> Iterator[Found]:
    """A footnote must stand in every language, under the same name."""
    for pair in project.twins():
        notes = [_notes(page) for page in pair]
        for side in (0, 1):
            for anchor in notes[side].keys() - notes[1 - side].keys():
                law = f"the footnote #{anchor} must also be in {pair[1 - side].path}"
                line = notes[side][anchor].line
                yield Found(pair[side].path, line, law, "Translate it, or take it out here")


def _notes(page: Page) -> dict[str, Block]:
    return {block.id: block for block in page.blocks if block.kind == "footnote"}


@rule("P11", scope="site")
def code_has_twins(project: Project) -> Iterator[Found]:
    """A code block must be the same in every language, but for its comments and its title."""

    def rows(page: Page, section: int) -> list[Row]:
        blocks = blocks_of(page, section, ("code",), ())
        return [(f"({block.extra[:6]})", block.line) for block in blocks]

    yield from _each_section(project, "the code", "Copy it", rows)


@rule("P13", scope="site")
def notices_have_twins(project: Project) -> Iterator[Found]:
    """A notice must stand in the same section in every language."""

    def rows(page: Page, section: int) -> list[Row]:
        blocks = blocks_of(page, section, ("note", "tab"), ())
        kinds = [f"{block.kind} {block.extra}".removesuffix(" empty") for block in blocks]
        return [(kind, block.line) for kind, block in zip(kinds, blocks)]

    yield from _each_section(project, "the notice", "Translate it, or take it out", rows)


@rule("P15", scope="site")
def front_matter_agrees(project: Project) -> Iterator[Found]:
    """The front matter must have the same keys in every language."""
    for first, twin in project.twins():
        if any(note.kind == "front" for note in (*first.notes, *twin.notes)):
            continue  # X28 says that already
        for page, other in ((first, twin), (twin, first)):
            for key in sorted(page.meta.keys() - other.meta.keys() - {"wording", "translation"}):
                law = f"{key} in the front matter must also be in {other.path}"
                yield Found(page.path, 1, law, "Translate it")


@rule("P18", scope="site")
def blocks_keep_order(project: Project) -> Iterator[Found]:
    """The blocks of a section must stand in the same order in every language, quotations and
    notices with as many paragraphs, and ids by hand the same."""
    for first, twin in project.twins():
        for one, two in whole_sections(project, first, twin):
            a, b = (_shape(page, section) for page, section in ((first, one), (twin, two)))
            same = Counter(block.kind for block in a) == Counter(block.kind for block in b)
            for x, y in zip(a, b) if same else ():
                if (x.kind, x.where, _named(x)) != (y.kind, y.where, _named(y)):
                    said = f"{x.kind} in {x.where} {_named(x)}".rstrip()
                    law = f"this block must be {said}, as {first.path}:{x.line} is"
                    yield Found(twin.path, y.line, law, "Give both the same blocks in one order")
                    break


def _named(block: Block) -> str:
    """An id by hand; p5 may be one, or counted."""
    return "" if re.fullmatch(r"(?:p\d+)?", block.id) else f"#{block.id}"


def _shape(page: Page, section: int) -> list[Block]:
    kinds = ("p", "li", "table", "code", "figure", "note", "tab", "dt", "dd")
    return blocks_of(page, section, kinds, ("body", "quote", "note", "tab", "dl"))
