"""The two languages against each other: what one page has, its twin must have in the same place."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from proofreader.project import SCHEME, Project, is_local
from proofreader.record import Block, Page
from proofreader.rule import Findings, Found, at, rule
from proofreader.rules.forms import HAN
from proofreader.twins import COUNTED, blocks_of, match_headings, whole_sections

COUNTED_ID = re.compile(r"p\d+")
ORDERED = ("p", "li", "table", "code", "figure", "note", "tab", "dt", "dd")
PLACES = ("body", "quote", "note", "tab", "dl")
ANY = ""  # the key of something that is amiss already: it may stand for anything in the twin
ABOVE = -1  # the section above the first heading: what a page has as a whole is compared with it
Row = tuple[str, int]  # what stands somewhere, and its line
Rows = Callable[[Project, Page, int], list[Row]]  # of a section


@rule("P01")
def page_has_twin(project: Project) -> Findings:
    """A page must exist in every language."""
    for page in project.pages.values():
        for lang in project.settings.locales if page.lang else ():
            if (lang, page.name) not in project.names:
                hint = f"Write it, as {page.name} there"
                yield at(page, 1, f"the page must also exist in {lang}", hint)


@rule("P19")
def nav_is_translated(project: Project) -> Findings:
    """A title in the nav of all languages must be in each: nav_translations says it."""
    titles = dict(_titles(project.settings.get("nav")))
    for language in project.settings.languages[1:]:
        lang = language["locale"]
        lacking = titles.keys() - {*(language.get("nav_translations") or ())}
        for title in lacking:
            page = project.pages.get(project.names.get((lang, titles[title]), ""))
            known = lang[:2] == ("zh" if HAN.search(title) else "en")
            if not (known or (page and page.title == title)):  # a name is the same in each
                law = f"the title {title} must also be in {lang}"
                line = project.nav.line_of(title, "")
                yield Found(project.nav.file, line, law, "Write it below nav_translations")


def _titles(nav: object) -> Iterator[tuple[str, str]]:
    """The titles in a nav, and what each leads to."""
    for item in nav if isinstance(nav, list) else ():
        for title, inner in item.items() if isinstance(item, dict) else ():
            yield title, str(inner)
            yield from _titles(inner)


@rule("P02")
def heading_has_twin(project: Project) -> Findings:
    """A heading must stand in every language, in the same order, with the same id and level."""
    for pair in project.twins:
        first, twin = pair
        sections = match_headings(first, twin)
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
        if len(a) == len(b):
            yield from _in_order(first, twin, one, two)
            continue
        more, fewer, page, other = (a, b, first, twin) if len(a) > len(b) else (b, a, twin, first)
        odd = _odd_one(more, fewer, _length(other) / _length(page))
        law = f"the section has {len(more)} paragraphs, {other.path} has {len(fewer)}"
        hint = "This one seems to be without a twin: translate it, or take it out"
        yield at(page, odd, law, hint)


def _in_order(first: Page, twin: Page, one: int, two: int) -> Findings:
    """The first block that is of another kind than the one in its place, where both sections have
    as many of each."""
    a, b = blocks_of(first, one, ORDERED, PLACES), blocks_of(twin, two, ORDERED, PLACES)
    unlike = [pair for pair in zip(a, b) if len(set(map(_kind, pair))) > 1]
    if unlike and Counter(map(_sort, a)) == Counter(map(_sort, b)):
        mine, its = unlike[0]
        law = f"this block must be {_kind(mine)}, as {first.path}:{mine.line} is"
        yield at(twin, its, law, "Give both the same blocks in one order")


def _length(page: Page) -> int:
    return sum(len(block.text) for block in page.blocks) or 1


def _odd_one(more: list[Block], fewer: list[Block], scale: float) -> Block:
    """The block that is left when the others are matched by kind and relative length."""

    def unlike(a: Block, b: Block) -> float:
        longer = abs(len(a.text) * scale - len(b.text)) / (len(b.text) or 1)
        return longer + 2 * (a.kind != b.kind)

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


def _targets(tag: str) -> Rows:
    """Where links or images lead, but for those of included files, raw HTML and terms."""

    def rows(project: Project, page: Page, section: int) -> list[Row]:
        found = (link for link in page.links if (link.tag, link.section) == (tag, section))
        own = (link for link in found if not (link.raw or link.file) and link.css != "term")
        return [(_place(project, page, link.target), link.line) for link in own]

    return rows


def _place(project: Project, page: Page, target: str) -> str:
    """A page and a file by their names without the language; outside the site any place counts
    alike: each language has its own."""
    if not is_local(target):
        home = project.settings.home or "\0"
        outside = SCHEME.match(target) and not target.startswith(home)
        return "a place outside" if outside else ANY
    kind, uri, anchor = project.resolve(page, target, False)
    if kind == "page":
        there = project.pages[uri]
        unnamed = {heading.id for heading in there.headings if not heading.explicit}  # H02
        known = not anchor or anchor in {*there.ids} - unnamed
        name = there.name if there is not page else ""
        return name + f"#{anchor}".rstrip("#") if known else ANY
    own = rf"[._-]{page.lang}(?=\.\w+$)|^{page.lang}[._-]"
    name = re.sub(own, "", target.rpartition("/")[2])
    return name if kind == "file" else ANY


def _blocks(form: str, *kinds: str) -> Rows:
    """Blocks of some kinds, and what of each must be the same."""

    def rows(project: Project, page: Page, section: int) -> list[Row]:
        found = blocks_of(page, section, kinds, ())
        return [(form.format(block).removesuffix(" empty"), block.line) for block in found]

    return rows


def _keys(project: Project, page: Page, section: int) -> list[Row]:
    """Of the front matter."""
    keys = page.meta.keys() - {"wording", "translation"} if section == ABOVE else ()
    return [(key, 1) for key in sorted(keys)]


ROWS = {  # code: the law, what is compared, its name, the cure
    "P06": (
        "An image or figure must stand in the same section in every language.",
        _targets("img"),
        "the image",
        "Show it in the same section of both",
    ),
    "P07": (
        "A table must have as many rows and columns in every language.",
        _blocks("of {0.extra} rows and columns", "table"),
        "the table",
        "Add what is missing, or take it out",
    ),
    "P09": (
        "A section must link to the same places in every language.",
        _targets("a"),
        "the link",
        "Link to the same place in both",
    ),
    "P10": (
        "A footnote must stand in every language, under the same name.",
        _blocks("#{0.id}", "footnote"),
        "the footnote",
        "Translate it, or take it out",
    ),
    "P11": (
        "Code must be the same in every language, but for comments, titles and translations.",
        _blocks("{0.extra:.6}", "code"),
        "the code",
        "Copy it",
    ),
    "P13": (
        "A notice must stand in the same section in every language.",
        _blocks("{0.kind} {0.extra}", "note", "tab"),
        "the notice",
        "Translate it, or take it out",
    ),
    "P15": (
        "The front matter must have the same keys in every language.",
        _keys,
        "the key of the front matter",
        "Give both the same keys",
    ),
}


def _file(code: str) -> None:
    """A rule that tells what stands in one twin and not in the other; where each has something of
    its own, only at the second."""
    law, rows, what, hint = ROWS[code]

    def check(project: Project) -> Findings:
        for first, twin, one, two in whole_sections(project):
            a, b = rows(project, first, one), rows(project, twin, two)
            mine, its = _lacking(a, b), _lacking(b, a)
            for (key, line), (other, _) in zip(its, mine):
                said = f"{what} must be {other} as in {first.path}, not {key}"
                yield at(twin, line, said, hint)
            rest = [(first, twin, row) for row in mine[len(its) :]]
            rest += [(twin, first, row) for row in its[len(mine) :]]
            for page, there, (key, line) in rest:
                yield at(page, line, f"{what} {key} must also be in {there.path}", hint)

    check.__doc__ = law
    rule(code)(check)


for code in ROWS:
    _file(code)


def _lacking(mine: list[Row], its: list[Row]) -> list[Row]:
    """What of mine the other has not, in order."""
    if not mine:
        return []
    have, has = (Counter(key for key, _ in rows) for rows in (mine, its))
    lacking, spare = have - has, max(has[ANY] - have[ANY], 0)
    found = []
    for key, line in reversed(mine) if lacking else ():
        if key != ANY and lacking[key] > 0:
            lacking[key] -= 1
            found.append((key, line))
    return found[::-1][spare:]
