"""What one page is, as far as rules may know: small, frozen, and the same after a trip through
JSON."""

from typing import Any, NamedTuple


class Heading(NamedTuple):
    level: int
    id: str
    text: str
    line: int
    explicit: bool  # the id was written by hand
    nested: bool = False  # in a notice, a tab or other raw HTML: no part of the outline


class Block(NamedTuple):
    """One block in reading order. `kind`: p li dt dd cell title caption table code figure note tab
    footnote raw."""

    kind: str
    line: int
    section: int  # index of its heading, -1 above the first
    where: str  # body, note, tab, quote, table, dl, footnote, figure
    text: str = ""
    id: str = ""
    extra: str = ""
    depth: int = 0  # of the list it stands in


class Link(NamedTuple):
    tag: str  # a, img
    target: str
    text: str | None  # of a link; the alt text of an image, None where it has no alt at all
    line: int
    column: int
    section: int
    raw: bool  # written as HTML: a URL, not a path to a file
    where: str = "body"
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


class Page(NamedTuple):
    path: str  # relative to the project
    uri: str  # relative to docs_dir, as MkDocs names it
    lang: str
    name: str  # what twins share
    meta: dict[str, Any]
    ids: list[str]  # all anchors, in order, each once
    repeated: list[tuple[str, int]]  # ids given again, with the line of the repeat
    headings: list[Heading]
    blocks: list[Block]
    links: list[Link]
    notes: list[Note]
    inputs: dict[
        str, str
    ]  # other files it was made from: path → digest, `` for one that is missing

    @property
    def title(self) -> str:
        return next((heading.text for heading in self.headings if heading.level == 1), "")

    @property
    def description(self) -> "Block | None":
        return next((block for block in self.blocks if block.kind == "description"), None)

    @property
    def renders(self) -> bool:
        """Whether MkDocs could render it; one that is not UTF-8 it refuses."""
        return not any(note.kind in ("crash", "unrendered", "bytes") for note in self.notes)

    @property
    def texts(self) -> list[Block | Heading]:
        """All that can be read, headings first."""
        return [*self.headings, *self.blocks]

    @property
    def outline(self) -> list[Heading]:
        return [heading for heading in self.headings if not heading.nested]

    @classmethod
    def from_json(cls, data: list) -> "Page":
        made = cls(*data)
        return made._replace(
            repeated=[(anchor, line) for anchor, line in made.repeated],
            headings=[Heading(*row) for row in made.headings],
            blocks=[Block(*row) for row in made.blocks],
            links=[Link(*row) for row in made.links],
            notes=[Note(*row) for row in made.notes],
        )
