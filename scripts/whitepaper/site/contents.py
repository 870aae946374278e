"""The contents of the book as templates see them, with how long each page takes to read."""

import html
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import LANGS
from whitepaper.content import Rendered
from whitepaper.site.view import View

PACE = {"zh": 400, "en": 1400}  # characters a minute: in English that is 230 words

Words = str | dict[str, str]  # HTML in the language of the page, or in each


@dataclass(frozen=True)
class Brief:
    """What other pages say of a page: its title, how many characters it has, what it is about."""

    title: str  # HTML, as the line
    length: int
    line: str

    @classmethod
    def of(cls, page: Rendered) -> "Brief":
        line = str(page.meta.get("description") or "")
        return cls(
            html.escape(page.title, quote=False), page.length, html.escape(line, quote=False)
        )


Briefs = dict[tuple[str, str], Brief]  # of every page, by (language, name)


@dataclass(eq=False)
class Entry:
    """A page or a section of the contents, as templates see it.

    `page` is the entry of their own page.
    """

    title: Words
    url: str = ""
    children: list["Entry"] = field(default_factory=list)
    active: bool = False
    anchor: str = ""
    toc: list["Entry"] = field(default_factory=list)
    content: str = ""
    is_homepage: bool = False
    line: Words = ""
    previous_page: "Entry | None" = None
    next_page: "Entry | None" = None


@dataclass(frozen=True)
class Nav:
    """The contents of the book, as templates see them."""

    items: list[Entry]
    pages: list[Entry]
    homepage: Entry


def contents(view: View, briefs: Briefs) -> Nav:
    """The contents of the book, open at the page."""
    top: list[Entry] = []
    pages: list[Entry] = []
    sections: dict[str, Entry] = {}
    for name, section in view.book.sections:
        entry = _entry(view, name, briefs)
        if section and section not in sections:
            words = {lang: html.escape(view.book.section(name, lang)) for lang in LANGS}
            sections[section] = Entry(said(view, words))
            top.append(sections[section])
        (sections[section].children if section else top).append(entry)
        if section and entry.active:
            sections[section].active = True
        pages.append(entry)
    for before, after in pairwise(pages):
        before.next_page, after.previous_page = after, before
    return Nav(top, pages, next((page for page in pages if page.is_homepage), Entry("")))


def _entry(view: View, name: str, briefs: Briefs) -> Entry:
    own = {lang: briefs[lang, name] for lang in view.langs}
    entry = Entry(
        said(view, {lang: brief.title for lang, brief in own.items()}),
        "." if name == "index" else f"{name}/",
        is_homepage=name == "index",
        line=said(view, {lang: brief.line for lang, brief in own.items()}),
    )
    if name == view.name and view.tree:
        entry.active, entry.anchor = True, view.pages["zh"].anchor
        entry.toc = [Entry("", children=_sections(view))]
    return entry


def _sections(view: View) -> list[Entry]:
    """The page's headings of the second level, in its languages."""
    zh, en = (dict(view.pages[lang].sections) for lang in LANGS)
    entries = []
    for anchor in en if view.tree == "en" else zh:
        titles = {"zh": zh.get(anchor, ""), "en": en.get(anchor, zh.get(anchor, ""))}
        escaped = {lang: html.escape(title, quote=False) for lang, title in titles.items()}
        entries.append(Entry(said(view, escaped), f"#{anchor}"))
    return entries


def minutes(length: int, lang: str) -> str:
    """How long so many characters take to read."""
    return str(-(-length // PACE[lang]))


def tell_minutes(content: Element, view: View, briefs: Briefs) -> None:
    """Says in a list of the chapters, behind each, how long it takes to read."""
    for item in content.iter("li"):
        halves = item.findall("div/div[@lang]") or item.findall("div/*[@lang]") or [item]
        for half, lang in zip(halves, view.langs):
            names = {link.get("href", "").split("#")[0].strip("./") for link in half.iterfind("a")}
            for name in names & set(view.book.chapters):
                if half.find("small") is None:
                    time = minutes(briefs[lang, name].length, lang)
                    said = {"zh": f"约{time}分钟", "en": f"{time} min"}[lang]
                    SubElement(half, "small").text = said


def said(view: View, words: dict[str, str]) -> Words:
    """Words in the language of the page, in both where it has both."""
    return words[view.tree] if view.tree in LANGS else words
