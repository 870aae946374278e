"""Two pages that say the same in two languages, matched heading by heading and paragraph by paragraph."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from proofreader.project import Project
from proofreader.record import Block, Heading, Page

WAITING = "Not yet translated"  # what stands in place of a translation that is to come
COUNTED = ("p", "li")
OWN = ("body", "quote")  # where paragraphs of the text stand


class Sections(NamedTuple):
    """The headings of two twins, matched: pairs of indexes, and what has no match."""

    pairs: list[tuple[int, int]]  # (-1, -1) is what stands above the first heading
    differ: list[tuple[int, int]]
    lost: list[tuple[int, int]]  # index and side: 0 first, 1 twin
    moved: list[int]

    @property
    def whole(self) -> list[tuple[int, int]]:
        """Pairs whose text is theirs alone: no heading is missing right behind one of them."""
        torn = (
            {index - 1 for index, side in self.lost if side == 0},
            {index - 1 for index, side in self.lost if side == 1},
        )
        return (
            []
            if self.moved
            else [
                (one, two)
                for one, two in self.pairs + self.differ
                if one not in torn[0] and two not in torn[1]
            ]
        )


def match_headings(project: Project, first: Page, twin: Page) -> Sections:
    """Worked out once for each two pages, since every rule here asks."""
    key = (first.path, twin.path)
    if key not in project.matched:
        project.matched[key] = _match(first, twin)
    return project.matched[key]


def _match(first: Page, twin: Page) -> Sections:
    """Matches by id; a heading without an explicit id matches by its place."""
    keys = [
        [
            heading.id if heading.explicit else f"\0{number}"
            for number, heading in enumerate(page.headings)
        ]
        for page in (first, twin)
    ]
    if keys[0] == keys[1]:
        return Sections([(index, index) for index in range(-1, len(keys[0]))], [], [], [])
    sections = Sections([(-1, -1)], [], [], [])
    for kind, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
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
    return [
        (one, two)
        for one, two in match_headings(project, first, twin).whole
        if (first.path, one) not in project.broken and (twin.path, two) not in project.broken
    ]


def blocks_of(
    page: Page, section: int, kinds: tuple[str, ...] = COUNTED, where: tuple[str, ...] = OWN
) -> list[Block]:
    return [
        block
        for block in page.blocks
        if block.section == section
        and block.kind in kinds
        and (not where or block.where in where)
        and _has_text(block)
    ]


def _has_text(block: Block) -> bool:
    return block.kind not in COUNTED or bool(block.text.strip())


def paired(project: Project) -> Iterator[tuple[Page, Page, Block, Block]]:
    """Paragraphs of twins that stand for each other: those of sections with as many on both sides."""
    for first, twin in project.twins():
        for one, two in whole_sections(project, first, twin):
            a, b = blocks_of(first, one), blocks_of(twin, two)
            if len(a) == len(b):
                yield from (
                    (first, twin, *pair)
                    for pair in zip(a, b)
                    if not any(WAITING in block.text for block in pair)
                )


def heading_pairs(project: Project) -> Iterator[tuple[Page, Page, Heading, Heading]]:
    for first, twin in project.twins():
        for one, two in match_headings(project, first, twin).pairs[1:]:
            if WAITING not in first.headings[one].text + twin.headings[two].text:
                yield first, twin, first.headings[one], twin.headings[two]
