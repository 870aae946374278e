"""Where the quotations of the text come from: a list of them, and a table of years.

In goes docs/data/sources.toml, out come elements for the lines `<!-- sources -->` and
`<!-- timeline -->`. Links are those of a page in Markdown (`introduction.md#p2`), so that the
generator follows them as it does any other.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import BookError
from whitepaper.faults import malformed

SOURCES = "docs/data/sources.toml"
HEAD = {
    "zh": ("时间", "事", "见"),
    "en": ("When", "What", "Where"),
}
MARKED = {
    "zh": {True: "原文有引号", False: "原文没有引号"},
    "en": {True: "In quotation marks in the original", False: "Not marked in the original"},
}
ENGLISH = {"zh": "已发表的英译：", "en": "Published English: "}
NOTE = {"zh": "编者注", "en": "note"}

Words = dict[str, str]  # by language


@dataclass(frozen=True)
class Place:
    """A paragraph of the text, and the editor's note on it, if any."""

    at: str
    note: str = ""

    def name(self, chapters: dict[str, Words], lang: str) -> str:
        """The paragraph as the edition calls it; a section is called by its page."""
        page, anchor = self.at.split("#")
        chapter = chapters[page.removesuffix(".md")][lang]
        number = re.fullmatch(r"p(\w+)", anchor)
        if not number:
            return chapter
        if lang == "zh":
            return f"{chapter}第{number[1]}段"
        return f"{chapter}, paragraph {number[1]}"


@dataclass(frozen=True)
class Published:
    """Words as somebody published them: publisher and date, and the address if it was seen."""

    said: Words
    words: str = ""
    url: str = ""


@dataclass(frozen=True)
class Quotation:
    """What the text quotes or repeats: who said it, when and where, and who published it."""

    place: Place
    speaker: Words
    when: Words
    words: Words
    marked: bool
    source: Published | None = None
    english: Published | None = None


@dataclass(frozen=True)
class Event:
    """A dated fact that the text or its notes speak of."""

    place: Place
    when: Words
    what: Words


@dataclass(frozen=True)
class Sources:
    """The file as a whole, each list in its order."""

    chapters: dict[str, Words]
    quotations: tuple[Quotation, ...]
    events: tuple[Event, ...]


def read_sources(path: Path) -> Sources:
    """The file; raises OSError, and BookError where it is not TOML or an entry lacks a key."""
    return _read(path.resolve(), path.stat().st_mtime_ns, path.as_posix())


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, shown: str) -> Sources:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise BookError(malformed(shown, error)) from None
    try:
        return Sources(
            data["chapters"],
            tuple(_quotation(entry) for entry in data.get("quotation", [])),
            tuple(_event(entry) for entry in data.get("event", [])),
        )
    except (KeyError, TypeError) as error:
        raise BookError(
            f"{shown}: {error} is missing or of another kind. Give every entry the keys that the "
            "head of the file names"
        ) from None


def _quotation(entry: dict) -> Quotation:
    english = entry.get("english")
    return Quotation(
        Place(entry["at"], entry.get("note", "")),
        entry["speaker"],
        entry["when"],
        entry["words"],
        entry["marked"],
        Published(entry["said"], url=entry.get("url", "")) if "said" in entry else None,
        Published(english["said"], english["words"], english.get("url", "")) if english else None,
    )


def _event(entry: dict) -> Event:
    return Event(Place(entry["at"], entry.get("note", "")), entry["when"], entry["what"])


def draw_quotations(sources: Sources, lang: str) -> Element:
    """A numbered list: each quotation with its place, its words and who published them."""
    listing = Element("ol", {"class": "quotations"})
    for quotation in sources.quotations:
        item = SubElement(listing, "li")
        _add_place(SubElement(item, "p"), quotation, sources.chapters, lang)
        _add_words(SubElement(item, "p"), quotation, lang)
        if quotation.english:
            _add_english(SubElement(item, "p"), quotation.english, lang)
    return listing


def draw_timeline(sources: Sources, lang: str) -> Element:
    """A table of years: when, what, and the paragraph it leads to."""
    table = Element("table")
    head = SubElement(SubElement(table, "thead"), "tr")
    for title in HEAD[lang]:
        SubElement(head, "th").text = title
    body = SubElement(table, "tbody")
    for event in sources.events:
        row = SubElement(body, "tr")
        SubElement(row, "td").text = event.when[lang]
        SubElement(row, "td").text = event.what[lang]
        _add_links(SubElement(row, "td"), event.place, sources.chapters, lang)
    return table


def _add_place(line: Element, quotation: Quotation, chapters: dict[str, Words], lang: str) -> None:
    """Where the quotation stands, then who said it and when."""
    colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
    last = _add_links(line, quotation.place, chapters, lang)
    stop = "。" if lang == "zh" else "."
    last.tail = f"{colon}{quotation.speaker[lang]}{comma}{quotation.when[lang]}{stop}"


def _add_words(line: Element, quotation: Quotation, lang: str) -> None:
    """The words, whether the original marks them, and who published them."""
    opening, between, closing = ("（", "；", "）。") if lang == "zh" else (" (", "; ", ").")
    line.text = f"“{quotation.words[lang]}”{opening}{MARKED[lang][quotation.marked]}"
    if quotation.source:
        line.text += between
        _add_said(line, quotation.source, lang).tail = closing
    else:
        line.text += closing


def _add_english(line: Element, english: Published, lang: str) -> None:
    """A published English, in its own language on a Chinese page, and who published it."""
    opening, closing = ("（", "）。") if lang == "zh" else (" (", ").")
    line.text = ENGLISH[lang]
    words = SubElement(line, "span", {} if lang == "en" else {"lang": "en"})
    words.text, words.tail = f"“{english.words}”", opening
    _add_said(line, english, lang).tail = closing


def _add_said(line: Element, published: Published, lang: str) -> Element:
    """Publisher and date, as a link where the page is known; `*…*` marks a title in italics."""
    link = {"href": published.url} if published.url else {}
    said = SubElement(line, "a" if link else "span", link)
    said.text, *rest = published.said[lang].split("*")
    for title, after in zip(rest[::2], rest[1::2], strict=True):
        italic = SubElement(said, "em")
        italic.text, italic.tail = title, after
    return said


def _add_links(parent: Element, place: Place, chapters: dict[str, Words], lang: str) -> Element:
    """A link to the paragraph and one to the note on it; returns the last."""
    link = SubElement(parent, "a", {"href": place.at})
    link.text = place.name(chapters, lang)
    if place.note:
        link.tail = "、" if lang == "zh" else " and "
        page = place.at.split("#")[0]
        link = SubElement(parent, "a", {"href": f"{page}#fn-{place.note}"})
        link.text = NOTE[lang]
    return link
