"""Two pages that say the same in two languages, matched heading by heading and paragraph by
paragraph."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest
from typing import Any, NamedTuple

from proofreader.project import WAITING, Project
from proofreader.record import Block, Page

COUNTED = ("p", "li")
OWN = ("body", "quote")  # where paragraphs of the text stand
BODY = ((COUNTED, OWN),)
ALIKE = (  # what can be paired within a section where both sides have as many: kinds and places
    *BODY,
    (COUNTED, ("note", "tab", "footnote")),
    (("note", "tab"), ()),
    (("cell",), ()),
    (("dt", "dd"), ()),
    (("figure", "caption"), ()),
)
Pairs = Iterator[tuple[Page, Page, Any, Any]]  # two twins, and what stands for each other in them


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


@lru_cache(maxsize=4096)
def match_headings(first: Page, twin: Page) -> Sections:
    """By id; a heading without one by hand by its level and place. Each rule here asks for it
    anew."""
    keys = [[heading.id for heading in page.headings] for page in (first, twin)]
    sections = Sections([(-1, -1)], [], [], [])
    for kind, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        for one, two in _in_order(first, twin, range(a, b), range(c, d)):
            both = one is not None and two is not None
            strays = both and (keys[0][one] in keys[1] or keys[1][two] in keys[0])
            if kind == "equal":
                sections.pairs.append((one, two))
            elif both and not strays:
                known = first.headings[one].explicit and twin.headings[two].explicit
                (sections.differ if known else sections.pairs).append((one, two))
            else:
                for side, index in enumerate((one, two)):
                    if index is not None and keys[side][index] not in keys[1 - side]:
                        sections.lost.append((index, side))
                    elif index is not None and side == 1:
                        sections.moved.append(index)
    return sections


def _in_order(first: Page, twin: Page, mine: range, its: range) -> Iterator[tuple[Any, Any]]:
    """Pairs of headings by their place; where one page has more, and not each has an id by hand,
    the first, and those that the other has not at their level: the rest cannot be told apart."""
    sides = ((first, mine), (twin, its))
    known = all(page.headings[at].explicit for page, side in sides for at in side)
    if known or len(mine) == len(its):
        yield from zip_longest(mine, its)
        return
    levels = [[page.headings[at].level for at in side] for page, side in sides]
    opcodes = SequenceMatcher(None, levels[0], levels[1], autojunk=False).get_opcodes()
    for kind, a, b, c, d in opcodes:
        if kind != "equal":
            yield from zip_longest(mine[a:b], ())
            yield from zip_longest((), its[c:d])
        elif a == c == 0:
            yield mine[0], its[0]


def whole_sections(project: Project) -> Iterator[tuple[Page, Page, int, int]]:
    """The pairs of sections that can be compared: those where no block is broken anyway."""
    for first, twin in project.twins:
        for one, two in match_headings(first, twin).whole:
            if not {(first.path, one), (twin.path, two)} & project.broken:
                yield first, twin, one, two


def blocks_of(
    page: Page, section: int, kinds: tuple[str, ...] = COUNTED, where: tuple[str, ...] = OWN
) -> list[Block]:
    """The blocks of a section of some kinds, in some places or anywhere."""
    return [
        block
        for block in page.sections.get(section, ())
        if block.kind in kinds and (not where or block.where in where)
        if block.kind not in COUNTED or block.text.strip()
    ]


def body_pairs(project: Project, alike: tuple = BODY) -> Pairs:
    """Paragraphs of twins that stand for each other: those of sections with as many on both
    sides."""
    for first, twin, one, two in whole_sections(project):
        for kinds, where in alike:
            a, b = blocks_of(first, one, kinds, where), blocks_of(twin, two, kinds, where)
            for x, y in zip(a, b) if len(a) == len(b) else ():
                if WAITING not in x.text + y.text:
                    yield first, twin, x, y


@lru_cache(maxsize=1)
def paired(project: Project) -> list[tuple[Page, Page, Any, Any]]:
    """The same, with what stands in tables, captions, notices and footnotes."""
    found = [*body_pairs(project, ALIKE)]
    for first, twin in project.twins:
        notes = footnotes(twin)
        both = ((note, notes.get(key)) for key, note in footnotes(first).items())
        found += [(first, twin, note, its) for note, its in both if its]
    return found


def footnotes(page: Page) -> dict[str, Block]:
    return {block.id: block for block in page.blocks if block.kind == "footnote"}


def heading_pairs(project: Project) -> Pairs:
    for first, twin in project.twins:
        for one, two in match_headings(first, twin).pairs[1:]:
            a, b = first.headings[one], twin.headings[two]
            if WAITING not in a.text + b.text:
                yield first, twin, a, b
