"""The contents of the book as templates see them, with how long each page takes to read."""

from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import LANGS
from whitepaper.content import Pages
from whitepaper.site.view import View

PACE = {"zh": 400, "en": 1400}  # characters a minute: in English that is 230 words

Words = dict[str, str]  # in each language


class Brief(NamedTuple):
    """What other pages say of a page: its title, what it is about, how many characters it has."""

    title: str
    line: str
    length: int


Briefs = dict[tuple[str, str], Brief]  # of every page, by (language, name)


def briefs_of(pages: Pages) -> Briefs:
    return {
        key: Brief(page.title, str(page.meta.get("description") or ""), page.length)
        for key, page in pages.items()
    }


@dataclass(eq=False)
class Entry:
    """A page or a section of the contents, as templates see it."""

    title: Words
    url: str = ""
    children: list["Entry"] = field(default_factory=list)
    active: bool = False
    toc: list["Entry"] = field(default_factory=list)
    content: str = ""
    is_homepage: bool = False
    line: Words = field(default_factory=dict)
    previous_page: "Entry | None" = None
    next_page: "Entry | None" = None


class Nav(NamedTuple):
    """The contents of the book, as templates see them."""

    items: list[Entry]
    pages: list[Entry]
    homepage: Entry


def contents(view: View, briefs: Briefs) -> Nav:
    """The contents of the book, open at the page."""
    pages = {name: _entry(view, name, briefs) for name in view.book.names}
    for before, after in pairwise(pages.values()):
        before.next_page, after.previous_page = after, before
    items: list[Entry] = []
    for section, names in groupby(view.book.names, partial(view.book.section, lang="zh")):
        own = {name: pages[name] for name in names}
        title = {lang: view.book.section(next(iter(own)), lang) for lang in LANGS}
        active = any(entry.active for entry in own.values())
        items += [Entry(title, "", [*own.values()], active)] if section else own.values()
    return Nav(items, [*pages.values()], pages.get("index", Entry({})))


def _entry(view: View, name: str, briefs: Briefs) -> Entry:
    active = name == view.name and bool(view.tree)
    return Entry(
        {lang: briefs[lang, name].title for lang in LANGS},
        "." if name == "index" else f"{name}/",
        active=active,
        toc=[Entry({}, children=_sections(view))] if active else [],
        is_homepage=name == "index",
        line={lang: briefs[lang, name].line for lang in LANGS},
    )


def _sections(view: View) -> list[Entry]:
    """The page's headings of the second level, in its languages."""
    titles = {lang: dict(view.pages[lang].sections) for lang in view.langs}
    return [
        Entry({lang: titles.get(lang, {}).get(anchor, title) for lang in LANGS}, f"#{anchor}")
        for anchor, title in view.pages[view.langs[0]].sections
    ]


def minutes(length: int, lang: str) -> str:
    """How long so many characters take to read."""
    return str(-(-length // PACE[lang]))


def tell_minutes(content: Element, chapters: dict[str, int], lang: str) -> None:
    """Says in a list of the chapters, behind each, how long it takes to read."""
    for item in content.iter("li"):
        links = (link.get("href", "").split("#")[0].strip("./") for link in item.iterfind("a"))
        if name := next((name for name in links if name in chapters), ""):
            time = minutes(chapters[name], lang)
            SubElement(item, "small").text = {"zh": f"约{time}分钟", "en": f"{time} min"}[lang]
