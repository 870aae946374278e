"""What an extracted text consists of: units, each with the characters of the file that it was made
from.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from manuscript.characters import bare, seen


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the file, at their place: `index` counts printed lines, `column` from the first
    character of that line.
    """

    index: int
    line: int
    text: str
    column: int = 0
    reason: str = ""  # of furniture
    page: int = 0  # of a PDF


def line_at(spans: Iterable[Span], count: int) -> int:
    """The line of the character that stands behind `count` others, whitespace aside; 0 where there
    are no more.
    """
    for span in spans:
        count -= len(bare(span.text))
        if count < 0:
            return span.line
    return 0


@dataclass(frozen=True, slots=True)
class Look:
    """How a unit is set, beside the running text of its file; of extracted text nothing is known of
    that.
    """

    size: float = 1.0  # as a share of the running text's
    bold: bool = False
    face: str = ""  # another font than the running text's
    level: int = 0  # of its style, where that is a heading's
    alone: bool = field(default=True, compare=False)  # on one line


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of the file: its bytes and what they are."""

    data: bytes
    ending: str  # png, jpg


@dataclass(frozen=True, slots=True)
class Unit:
    """One block of the text: title, heading, paragraph, item, caption, row of a table, note."""

    text: str
    spans: tuple[Span, ...]
    role: str = "para"
    level: int = 0  # of headings
    mark: str = ""  # of items and captions, as printed; of notes their number
    style: str = ""  # of items and of headings numbered like them
    id: str = ""
    section: str = ""  # id of the section that holds it
    look: Look | None = None
    cells: tuple[str, ...] = ()  # of a row
    calls: tuple[tuple[int, str], ...] = ()  # (place in the text, mark) of the notes called
    picture: Picture | None = None  # of a caption; else one that stands below it without

    @property
    def lines(self) -> list[int]:
        return [min(span.line for span in self.spans), max(span.line for span in self.spans)]

    @property
    def page(self) -> int:
        """Where it begins; 0 where the file has no pages."""
        return self.spans[0].page

    @property
    def bare(self) -> str:
        """Its text without blanks."""
        return bare(self.text)

    @property
    def seen(self) -> str:
        """The start of its text as patterns should see it."""
        return seen(self.text)

    @property
    def size(self) -> float:
        """As a share of the running text's."""
        return self.look.size if self.look else 1.0

    @property
    def told(self) -> int:
        """The level that a style, the outline or the tags of its file give it, else 0."""
        return self.look.level if self.look else 0

    @property
    def counted(self) -> bool:
        """Has a number of its own in its section."""
        named = self.role in ("title", "byline", "caption", "note") or len(self.cells) > 1
        return not (self.level or named)


Units = list[Unit]
Told = tuple[int, str]  # (line, or 0, and what to look at there)


@dataclass
class Reading:
    """What was read: units and furniture hold every character of the file; warnings are (line, what
    to look at).
    """

    units: Units
    furniture: list[Span]
    warnings: list[Told] = field(default_factory=list)
    metadata: dict = field(default_factory=dict)

    @property
    def spans(self) -> list[Span]:
        """All that was read of the file."""
        return [*self.furniture, *(span for unit in self.units for span in unit.spans)]

    def as_json(self) -> dict:
        return {
            "units": [
                {"id": unit.id, "role": unit.role, "lines": unit.lines, "text": unit.text}
                | ({"page": unit.page} if unit.page else {})
                for unit in self.units
            ],
            "furniture": [
                {"line": span.line, "text": span.text, "reason": span.reason}
                | ({"page": span.page} if span.page else {})
                for span in self.furniture
            ],
            "warnings": [{"line": line, "message": message} for line, message in self.warnings],
            "metadata": self.metadata,
        }
