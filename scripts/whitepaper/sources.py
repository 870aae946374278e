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

from whitepaper.book import LANGS, BookError
from whitepaper.faults import malformed

SOURCES = "docs/data/sources.toml"
HEAD = {
    "zh": ("时间", "事件", "见"),
    "en": ("When", "What", "Where"),
}
MARKED = {
    "zh": {True: "原文有引号", False: "原文没有引号"},
    "en": {True: "in quotation marks in the original", False: "not marked in the original"},
}
ENGLISH = {"zh": "已发表的英译：", "en": "Published English: "}
NOTE = {"zh": "编者注", "en": "note"}

Words = dict[str, str]  # by language


@dataclass(frozen=True)
class Place:
    """A paragraph of the text, and the editor's note on it, if any."""

    at: str
    note: str = ""

    @property
    def to_note(self) -> str:
        """Where a link to the note leads."""
        return f"{self.at.split('#')[0]}#fn-{self.note}"

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
    """The file; raises OSError, and BookError, naming the line, where an entry is not whole."""
    return _read(path.resolve(), path.stat().st_mtime_ns, path.as_posix())


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, shown: str) -> Sources:
    try:
        text = path.read_text("utf-8")
        data = tomllib.loads(text)
    except ValueError as error:
        raise BookError(malformed(shown, error)) from None
    made: dict[str, list] = {"quotation": [], "event": []}
    for kind, make in (("quotation", _quotation), ("event", _event)):
        for number, entry in enumerate(data.get(kind, [])):
            try:
                made[kind].append(make(entry, data.get("chapters", {})))
            except (KeyError, TypeError, ValueError) as error:
                line = _line_of(text, kind, number)
                raise BookError(
                    f"{shown}:{line}: this {kind} lacks {error}, or has it of another kind. "
                    "Give it every key that the head of the file names"
                ) from None
    return Sources(data.get("chapters", {}), tuple(made["quotation"]), tuple(made["event"]))


def _line_of(text: str, kind: str, number: int) -> int:
    """The line of the file where the entry of that kind and number (from 0) begins."""
    heads = list(re.finditer(rf"^\[\[{kind}\]\]", text, re.MULTILINE))
    return text.count("\n", 0, heads[number].start()) + 1 if number < len(heads) else 1


def _place(entry: dict, chapters: dict[str, Words]) -> Place:
    page, _ = entry["at"].split("#")
    _both(chapters[page.removesuffix(".md")])
    return Place(entry["at"], entry.get("note", ""))


def _both(words: Words) -> Words:
    """The words, if they are there in both languages; raises KeyError for the one that is not."""
    for lang in LANGS:
        words[lang]
    return words


def _quotation(entry: dict, chapters: dict[str, Words]) -> Quotation:
    said, english = entry.get("said"), entry.get("english")
    return Quotation(
        _place(entry, chapters),
        _both(entry["speaker"]),
        _both(entry["when"]),
        _both(entry["words"]),
        entry["marked"],
        Published(_both(said), url=entry.get("url", "")) if said else None,
        Published(_both(english["said"]), english["words"], english.get("url", ""))
        if english
        else None,
    )


def _event(entry: dict, chapters: dict[str, Words]) -> Event:
    return Event(_place(entry, chapters), _both(entry["when"]), _both(entry["what"]))


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
        _add_link(SubElement(row, "td"), event, sources.chapters, lang)
    return table


def _add_place(line: Element, quotation: Quotation, chapters: dict[str, Words], lang: str) -> None:
    """Where the quotation stands, then who said it and when."""
    colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
    last = _add_links(line, quotation, chapters, lang)
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


def _add_links(
    parent: Element, quotation: Quotation, chapters: dict[str, Words], lang: str
) -> Element:
    """A link to the paragraph and one to the note on it; returns the last.

    Whoever hears the links alone is told by the words which note each leads to (WCAG 2.4.9).
    """
    place = quotation.place
    link = SubElement(parent, "a", {"href": place.at})
    link.text = place.name(chapters, lang)
    if place.note:
        link.tail = "、" if lang == "zh" else " and "
        named = NOTE[lang] + {"zh": "：", "en": ": "}[lang] + quotation.words[lang]
        link = SubElement(parent, "a", {"href": place.to_note, "aria-label": named})
        link.text = NOTE[lang]
    return link


def _add_link(parent: Element, event: Event, chapters: dict[str, Words], lang: str) -> None:
    """One link: to the note where there is one, told apart by its day, else to the paragraph."""
    place = event.place
    link = SubElement(parent, "a", {"href": place.to_note if place.note else place.at})
    link.text = place.name(chapters, lang)
    if place.note:
        link.text += {"zh": "注", "en": ", note"}[lang]
        link.set("aria-label", f"{link.text} ({event.when[lang]})")
