"""What one page is, as far as rules may know."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple


class Heading(NamedTuple):
    level: int
    id: str
    text: str
    line: int
    explicit: bool  # the id was written by hand
    nested: bool = False  # in a notice, a tab or other raw HTML: no part of the outline


class Block(NamedTuple):
    """One block in reading order. `kind`: p li dt dd cell table code figure caption note tab
    footnote raw description."""

    kind: str
    line: int
    section: int  # index of its heading, -1 above the first, -2 in the front matter
    where: str  # body, note, tab, quote, table, dl, footnote, figure, meta
    text: str = ""
    id: str = ""
    extra: str = ""  # an item's depth, a table's size, a notice's kind, what code says untranslated


class Link(NamedTuple):
    tag: str  # a, img
    target: str
    text: str | None  # of a link; the alt text of an image, None where it has no alt at all
    line: int
    column: int
    section: int
    raw: bool  # written as HTML: a URL, not a path to a file
    css: str = ""
    file: str = ""  # the included file that holds it, relative to the project


class Note(NamedTuple):
    """What the parser itself noticed: `include-missing`, `reference-unused`, `crash` and their
    like."""

    kind: str
    name: str
    line: int
    file: str = ""
    hint: str = ""  # where the cure is known


@dataclass(eq=False)
class Page:
    path: str  # relative to the project
    uri: str  # relative to docs_dir, as MkDocs names it
    lang: str
    name: str  # what twins share
    meta: dict[str, Any] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)  # all anchors, in order, each once
    headings: list[Heading] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def title(self) -> str:
        return next((heading.text for heading in self.headings if heading.level == 1), "")

    @property
    def description(self) -> Block | None:
        return next((block for block in self.blocks if block.kind == "description"), None)

    @cached_property
    def renders(self) -> bool:
        """Whether MkDocs could render it; one that is not UTF-8 it refuses."""
        return not any(note.kind in ("crash", "bytes") for note in self.notes)

    @property
    def texts(self) -> list[Block | Heading]:
        """All that can be read, headings first."""
        return [*self.headings, *self.blocks]

    @property
    def outline(self) -> list[Heading]:
        return [heading for heading in self.headings if not heading.nested]

    @cached_property
    def sections(self) -> dict[int, list[Block]]:
        """The blocks below each heading, by its index."""
        found: dict[int, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(block.section, []).append(block)
        return found
