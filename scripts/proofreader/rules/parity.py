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


@rule("P01", scope="site")
def page_has_twin(project: Project) -> Iterator[Found]:
    """A page must exist in every language."""
    if len(project.settings.locales) < 2:
        return
    for page in project.pages.values():
        for lang in project.settings.locales:
            if page.lang and lang != page.lang and (lang, page.name) not in project.names:
                yield Found(
                    page.path,
                    1,
                    f"the page must also exist in {lang}",
                    f"Write it, as {page.name} there",
                )


@rule("P02", scope="site")
def heading_has_twin(project: Project) -> Iterator[Found]:
    """A heading must stand in every language, with the same id."""
    for first, twin in project.twins():
        sections = match_headings(project, first, twin)
        for index, side in sections.lost:
            page, other = ((first, twin), (twin, first))[side]
            heading = page.headings[index]
            if not heading.text and not heading.explicit:
                continue  # H11 says that already
            yield Found(
                page.path,
                heading.line,
                f"level-{heading.level} heading #{heading.id} must also be in {other.path}",
                "Translate the section, or take it out here",
            )
        for one, two in sections.differ:
            yield Found(
                twin.path,
                twin.headings[two].line,
                f"the id must be #{first.headings[one].id} as in {first.path}, not #{twin.headings[two].id}",
                "Give both the same id",
            )


@rule("P03", scope="site")
def headings_keep_order(project: Project) -> Iterator[Found]:
    """Headings must stand in the same order in every language."""
    for first, twin in project.twins():
        for index in match_headings(project, first, twin).moved[:1]:
            yield Found(
                twin.path,
                twin.headings[index].line,
                f"headings must stand in the order of {first.path}: #{twin.headings[index].id} does not",
                "Move the section",
            )


@rule("P04", scope="site")
def headings_keep_level(project: Project) -> Iterator[Found]:
    """A heading must have the same level in every language."""
    for first, twin in project.twins():
        sections = match_headings(project, first, twin)
        for one, two in sections.pairs[1:] + sections.differ:
            a, b = first.headings[one], twin.headings[two]
            if a.level != b.level:
                yield Found(
                    twin.path,
                    b.line,
                    f"the heading #{b.id} must be level {a.level} as in {first.path}, not {b.level}",
                    "Give both the same level",
                )


@rule("P05", scope="site")
def paragraphs_have_twins(project: Project) -> Iterator[Found]:
    """A section must have as many paragraphs and list items in every language."""
    for first, twin in project.twins():
        for one, two in whole_sections(project, first, twin):
            a, b = blocks_of(first, one), blocks_of(twin, two)
            if len(a) != len(b):
                more, fewer, page, other = (
                    (a, b, first, twin) if len(a) > len(b) else (b, a, twin, first)
                )
                block = _odd_one(more, fewer)
                yield Found(
                    page.path,
                    block.line,
                    f"the section has {len(more)} paragraphs and must have as many in {other.path}, which has {len(fewer)}",
                    "This one seems to be without a twin: translate it, or take it out",
                )
            elif strange := next(((x, y) for x, y in zip(a, b) if x.kind != y.kind), None):
                yield Found(
                    twin.path,
                    strange[1].line,
                    f"a list item must be one in every language: {first.path}:{strange[0].line} differs",
                    "Mark up both alike",
                )


def _odd_one(more: list[Block], fewer: list[Block]) -> Block:
    """The block that is left when the others are matched by kind, numbers and relative length."""
    scale = (sum(len(block.text) for block in fewer) or 1) / (
        sum(len(block.text) for block in more) or 1
    )
    best = min(
        range(len(more)),
        key=lambda gone: (
            sum(_unlike(x, y, scale) for x, y in zip(more[:gone] + more[gone + 1 :], fewer))
            - _lonely(more[gone])
        ),
    )
    return more[best]


def _unlike(a: Block, b: Block, scale: float) -> float:
    digits = set(re.findall(r"\d+", a.text)) ^ set(re.findall(r"\d+", b.text))
    return abs(len(a.text) * scale - len(b.text)) + 30 * (a.kind != b.kind) + 10 * len(digits)


def _lonely(block: Block) -> float:
    return len(block.text) * 0.01


ANY = ""  # the key of something that is amiss already: it may stand for anything in the twin


def _each_section(
    project: Project, rows: Callable[[Page, int], list], say: Callable
) -> Iterator[Found]:
    """What stands in a section of one twin and not of the other; where each has something of its own, only at the second."""
    for first, twin in project.twins():
        for one, two in whole_sections(project, first, twin):
            a, b = rows(first, one), rows(twin, two)
            mine, its = _lacking(a, b), _lacking(b, a)
            for (key, line), (other, _) in zip(its, mine):
                yield Found(twin.path, line, *say(key, first, other))
            for key, line in mine[len(its) :]:
                yield Found(first.path, line, *say(key, twin, ""))
            for key, line in its[len(mine) :]:
                yield Found(twin.path, line, *say(key, first, ""))


def _lacking(mine: list[tuple[str, int]], its: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """What of mine the other has not, in order."""
    lacking = Counter(key for key, _ in mine) - Counter(key for key, _ in its)
    found = []
    for key, line in reversed(mine):
        if key != ANY and lacking[key] > 0:
            lacking[key] -= 1
            found.append((key, line))
    spare = sum(key == ANY for key, _ in its)
    return found[::-1][spare:]


def _must(what: str, key: str, there: Page, instead: str, hint: str) -> tuple[str, str]:
    return (
        f"{what} must be {instead} as in {there.path}, not {key}"
        if instead
        else f"{what} {key} must also be in {there.path}"
    ), hint


@rule("P06", scope="site")
def figures_have_twins(project: Project) -> Iterator[Found]:
    """An image or figure must stand in the same section in every language."""

    def rows(page: Page, section: int) -> list:
        return [
            (_image(project, page, link), link.line)
            for link in page.links
            if link.tag == "img" and link.section == section and not link.raw
        ]

    yield from _each_section(
        project,
        rows,
        lambda key, there, instead: _must(
            "the image", key, there, instead, "Show it in the same section of both"
        ),
    )


def _image(project: Project, page: Page, link: Link) -> str:
    if is_local(link) and project.resolve(page, link.target, link.raw).kind != "file":
        return ANY
    return re.sub(rf"[._-]{page.lang}(?=\.\w+$)", "", link.target.rpartition("/")[2])


@rule("P07", scope="site")
def tables_have_twins(project: Project) -> Iterator[Found]:
    """A table must have as many rows and columns in every language."""
    for first, twin in project.twins():
        for one, two in whole_sections(project, first, twin):
            a, b = (
                blocks_of(page, section, ("table",), ())
                for page, section in ((first, one), (twin, two))
            )
            for x, y in zip(a, b):
                if x.extra != y.extra:
                    yield Found(
                        twin.path,
                        y.line,
                        f"the table must have {x.extra} rows and columns as in {first.path}, not {y.extra}",
                        "Add or take out the row",
                    )
            yield from _without_twin(first, twin, a, b, "the table", "Translate it")


def _without_twin(
    first: Page, twin: Page, a: list[Block], b: list[Block], what: str, hint: str
) -> Iterator[Found]:
    """The blocks that one page has beyond those of the other."""
    for page, other, blocks in ((first, twin, a[len(b) :]), (twin, first, b[len(a) :])):
        yield from (
            Found(page.path, block.line, f"{what} must also be in {other.path}", hint)
            for block in blocks
        )


@rule("P09", scope="site")
def links_have_twins(project: Project) -> Iterator[Found]:
    """A section must link to the same places in every language."""

    def rows(page: Page, section: int) -> list:
        links = [
            link
            for link in page.links
            if link.section == section
            and link.tag == "a"
            and not link.raw
            and not link.file
            and link.css != "term"
        ]
        left = sum(
            len(pattern.findall(block.text))
            for block in page.blocks
            if block.section == section
            for pattern in (LEFT_LINK, LEFT_REFERENCE)
            if "[" in block.text or "【" in block.text
        )
        return [(_place(project, page, link), link.line) for link in links] + [(ANY, 0)] * left

    yield from _each_section(
        project,
        rows,
        lambda key, there, instead: _must(
            "the link to", key, there, instead, "Link to the same place in both"
        ),
    )


def _place(project: Project, page: Page, link: Link) -> str:
    """A place in the site by its address; outside, any place counts alike, for each language has its own."""
    if not is_local(link):
        home = str(project.settings.raw.get("site_url") or "\0").rstrip("/")
        return (
            "a place outside"
            if SCHEME.match(link.target) and not link.target.startswith(home)
            else ANY
        )
    target = project.resolve(page, link.target, link.raw)
    sound = target.kind == "file" or (
        target.kind == "page"
        and (not target.fragment or target.fragment in project.anchors[target.uri])
    )
    return link.target if sound else ANY


@rule("P10", scope="site")
def footnotes_have_twins(project: Project) -> Iterator[Found]:
    """A footnote must stand in every language, under the same name."""
    for first, twin in project.twins():
        own, other = (
            {block.id: block for block in page.blocks if block.kind == "footnote"}
            for page in (first, twin)
        )
        for page, there, mine, its in ((first, twin, own, other), (twin, first, other, own)):
            for anchor in mine.keys() - its.keys():
                yield Found(
                    page.path,
                    mine[anchor].line,
                    f"the footnote #{anchor} must also be in {there.path}",
                    "Translate it, or take it out here",
                )


@rule("P11", scope="site")
def code_has_twins(project: Project) -> Iterator[Found]:
    """A code block must be the same in every language, but for its comments."""
    for first, twin in project.twins():
        a, b = ([block for block in page.blocks if block.kind == "code"] for page in (first, twin))
        for x, y in zip(a, b):
            if x.extra != y.extra:
                yield Found(
                    twin.path, y.line, f"the code must be that of {first.path}:{x.line}", "Copy it"
                )
        yield from _without_twin(first, twin, a, b, "the code", "Copy it")


@rule("P13", scope="site")
def notices_have_twins(project: Project) -> Iterator[Found]:
    """A notice must stand in the same section in every language."""

    def rows(page: Page, section: int) -> list:
        return [
            (f"{block.kind} {block.extra}".removesuffix(" empty"), block.line)
            for block in page.blocks
            if block.kind in ("note", "tab") and block.section == section
        ]

    yield from _each_section(
        project,
        rows,
        lambda key, there, instead: _must(
            "the notice", key, there, instead, "Translate it, or take it out"
        ),
    )


@rule("P15", scope="site")
def front_matter_agrees(project: Project) -> Iterator[Found]:
    """The front matter must have the same keys in every language."""
    for first, twin in project.twins():
        if any(note.kind == "front" for note in (*first.notes, *twin.notes)):
            continue  # X28 says that already
        for page, other in ((first, twin), (twin, first)):
            for key in sorted(page.meta.keys() - other.meta.keys() - {"wording", "translation"}):
                yield Found(
                    page.path,
                    1,
                    f"{key} in the front matter must also be in {other.path}",
                    "Translate it",
                )
