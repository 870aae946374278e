"""Two pages that say the same in two languages, matched heading by heading and paragraph by
paragraph."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from proofreader.project import WAITING, Project
from proofreader.record import Block, Heading, Page

COUNTED = ("p", "li")
OWN = ("body", "quote")  # where paragraphs of the text stand


ALIKE = (  # what can be paired within a section where both sides have as many: kinds and places
    (COUNTED, OWN),
    (COUNTED, ("note", "tab", "footnote")),
    (("note", "tab"), ()),
    (("cell",), ()),
    (("dt", "dd"), ()),
    (("figure",), ()),
)


class Sections(NamedTuple):
    """The headings of two twins, matched: pairs of indexes, and what has no match."""

    pairs: list[tuple[int, int]]  # (-1, -1) is what stands above the first heading
    differ: list[tuple[int, int]]
    lost: list[tuple[int, int]]  # index and side: 0 first, 1 twin
    moved: list[int]

    @property
    def whole(self) -> list[tuple[int, int]]:
        """Pairs whose text is theirs alone: no heading is missing right behind one of them."""
        torn = {(index - 1, side) for index, side in self.lost}
        both = self.pairs + self.differ if not self.moved else []
        return [pair for pair in both if not torn & {(pair[0], 0), (pair[1], 1)}]


def match_headings(project: Project, first: Page, twin: Page) -> Sections:
    """Worked out once for each two pages, since every rule here asks."""
    key = (first.path, twin.path)
    if key not in project.matched:
        project.matched[key] = _match(first, twin)
    return project.matched[key]


def _keys(page: Page) -> list[str]:
    """Its headings by id; one without an explicit id by its place."""
    headings = enumerate(page.headings)
    return [heading.id if heading.explicit else f"\0{number}" for number, heading in headings]


def _match(first: Page, twin: Page) -> Sections:
    keys = [_keys(first), _keys(twin)]
    if keys[0] == keys[1]:
        return Sections([(index, index) for index in range(-1, len(keys[0]))], [], [], [])
    sections = Sections([(-1, -1)], [], [], [])
    for kind, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        for one, two in zip_longest(range(a, b), range(c, d)):
            if kind == "equal":
                sections.pairs.append((one, two))
            elif one is not None and two is not None and not _strays(keys, one, two):
                known = first.headings[one].explicit and twin.headings[two].explicit
                (sections.differ if known else sections.pairs).append((one, two))
            else:
                _unmatched(sections, keys, one, two)
    return sections


def _strays(keys: list[list[str]], one: int, two: int) -> bool:
    return keys[0][one] in keys[1] or keys[1][two] in keys[0]


def _unmatched(sections: Sections, keys: list[list[str]], one: int | None, two: int | None) -> None:
    for index, side in ((one, 0), (two, 1)):
        if index is None:
            continue
        if keys[side][index] not in keys[1 - side]:
            sections.lost.append((index, side))
        elif side == 1:
            sections.moved.append(index)


def whole_sections(project: Project, first: Page, twin: Page) -> list[tuple[int, int]]:
    """The pairs of sections that can be compared: those where no block is broken anyway."""
    broken = project.broken
    pairs = match_headings(project, first, twin).whole
    return [(a, b) for a, b in pairs if not {(first.path, a), (twin.path, b)} & broken]


def blocks_of(
    page: Page, section: int, kinds: tuple[str, ...] = COUNTED, where: tuple[str, ...] = OWN
) -> list[Block]:
    return [
        block
        for block in page.blocks
        if block.section == section and block.kind in kinds and (not where or block.where in where)
        if block.kind not in COUNTED or block.text.strip()
    ]


def body_pairs(project: Project) -> Iterator[tuple[Page, Page, Block, Block]]:
    """Paragraphs of twins that stand for each other: those of sections with as many on both
    sides."""
    yield from _pairs(project, ALIKE[:1])


def paired(project: Project) -> Iterator[tuple[Page, Page, Block, Block]]:
    """The same, with what stands in tables, captions, notices and footnotes."""
    yield from _pairs(project, ALIKE)
    for first, twin in project.twins():
        notes = [
            {block.id: block for block in page.blocks if block.kind == "footnote"}
            for page in (first, twin)
        ]
        yield from (
            (first, twin, a, notes[1][key]) for key, a in notes[0].items() if key in notes[1]
        )


def _pairs(project: Project, alike: tuple) -> Iterator[tuple[Page, Page, Block, Block]]:
    for first, twin in project.twins():
        for one, two in whole_sections(project, first, twin):
            for kinds, where in alike:
                a, b = blocks_of(first, one, kinds, where), blocks_of(twin, two, kinds, where)
                for x, y in zip(a, b) if len(a) == len(b) else ():
                    if WAITING not in x.text + y.text:
                        yield first, twin, x, y


def heading_pairs(project: Project) -> Iterator[tuple[Page, Page, Heading, Heading]]:
    for first, twin in project.twins():
        for one, two in match_headings(project, first, twin).pairs[1:]:
            a, b = first.headings[one], twin.headings[two]
            if WAITING not in a.text + b.text:
                yield first, twin, a, b
