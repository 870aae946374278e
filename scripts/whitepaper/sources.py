"""Where the quotations of the text come from, and the years it moves in: docs/data/sources.toml.

Templates of `extension` make a list and a table of it.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from whitepaper.data import Entry, Text, read_data

SOURCES = "docs/data/sources.toml"


class Words(TypedDict):
    """A wording in both languages."""

    zh: Text
    en: Text


class Published(Entry, frozen=True):
    """Words as somebody published them: publisher and date, and the address if it was seen."""

    said: Words
    words: str
    url: str = ""


class Placed(Entry, frozen=True):
    """What belongs to a paragraph, as a link leads to it, and the editor's note on it, if any."""

    at: str
    when: Words
    note: str = ""

    @property
    def page(self) -> str:
        """The page by its name."""
        return self.at.partition(".md")[0]

    @property
    def number(self) -> str:
        """Its paragraph's number; a section has none."""
        number = re.search(r"#p(\d\w*)$", self.at)
        return number[1] if number else ""

    @property
    def to_note(self) -> str:
        """Where a link to the note leads."""
        return f"{self.page}.md#fn-{self.note}"


class Quotation(Placed, frozen=True, kw_only=True):
    """What the text quotes or repeats: who said it, when and where, and who published it."""

    speaker: Words
    words: Words
    marked: bool
    said: Words | None = None
    url: str = ""
    english: Published | None = None


class Event(Placed, frozen=True, kw_only=True):
    """A dated fact that the text or its notes speak of."""

    what: Words


class Sources(Entry, frozen=True):
    """The file as a whole: each page's short name, and each list in its order."""

    chapters: dict[str, Words]
    quotation: tuple[Quotation, ...] = ()
    event: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        for kind in ("quotation", "event"):
            for number, entry in enumerate(getattr(self, kind)):
                if entry.page not in self.chapters or "#" not in entry.at:
                    law = f"{entry.at} is no place in one of [chapters]"
                    raise ValueError(f"{law} - at `$.{kind}[{number}].at`")


def read_sources(path: Path) -> Sources:
    """The file; raises OSError, and BookError, naming the line, where an entry is not whole."""
    return _read(path.resolve(), path.stat().st_mtime_ns, path.as_posix())


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, shown: str) -> Sources:
    return read_data(path, Sources, shown)
