"""Where the quotations of the text come from, and the years it moves in: docs/data/sources.toml.

Templates of `extension` make a list and a table of it.
"""

from pathlib import Path
from typing import Annotated, TypedDict

from msgspec import Meta

from whitepaper.book import BookError, read_page
from whitepaper.content import paragraph_number
from whitepaper.data import Entry, Text, read_data
from whitepaper.faults import line_of

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

    at: Annotated[str, Meta(pattern=r"^[\w/-]+\.md#[\w-]+$")]
    when: Words
    note: str = ""

    @property
    def page(self) -> str:
        """The page by its name."""
        return self.at.partition(".md")[0]

    @property
    def number(self) -> str:
        """Its paragraph's number; a section has none."""
        return paragraph_number(self.at.partition("#")[2])


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
    """The file as a whole: each list in its order."""

    quotation: tuple[Quotation, ...] = ()
    event: tuple[Event, ...] = ()


def read_sources(path: Path) -> Sources:
    """The file; raises OSError, and BookError, naming the line, where an entry is not whole."""
    return read_data(path, Sources)


def read_names(root: Path, sources: Sources, lang: str) -> dict[str, str]:
    """What each page that the `sources` of the book in `root` speak of is called in `lang`.

    Raises BookError, naming the line, where one is no page.
    """
    names = {}
    for entry in (*sources.quotation, *sources.event):
        try:
            names[entry.page] = read_page(root / "docs", lang, entry.page).called
        except BookError as error:
            place = f"{SOURCES}{line_of(root / SOURCES, entry.at)}"
            raise BookError(f"{place}: {entry.at} leads nowhere ({error})") from None
    return names
