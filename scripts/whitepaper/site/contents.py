"""The contents of the book as templates see them, with how long each page takes to read."""

from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import LANGS, Book
from whitepaper.content import Pages
from whitepaper.site.view import View

PACE = {"zh": 400, "en": 1400}  # characters a minute: in English that is 230 words
Words = dict[str, str]  # in each language


@dataclass(eq=False)
class Entry:
    """A page or a section of the contents, as templates see it."""

    title: Words
    url: str = ""
    children: list["Entry"] = field(default_factory=list)
    is_homepage: bool = False
    previous_page: "Entry | None" = None
    next_page: "Entry | None" = None


class Nav:
    """The contents of a book with these pages, as templates see them."""

    def __init__(self, book: Book, pages: Pages) -> None:
        self.by_name = {
            name: Entry(
                {lang: pages[lang, name].title for lang in LANGS},
                pages["zh", name].url or ".",
                is_homepage=name == "index",
            )
            for name in book.names
        }
        self.pages = [*self.by_name.values()]
        self.homepage = self.by_name.get("index", Entry({}))
        for before, after in pairwise(self.pages):
            before.next_page, after.previous_page = after, before
        self.items: list[Entry] = []
        for section, names in groupby(book.names, partial(book.section, lang="zh")):
            members = [*names]
            own = [self.by_name[name] for name in members]
            title = {lang: book.section(members[0], lang) for lang in LANGS}
            self.items += [Entry(title, children=own)] if section else own


def sections(view: View) -> list[Entry]:
    """The page's headings of the second level, in its languages."""
    titles = {lang: dict(page.sections) for lang, page in view.pages.items()}
    return [
        Entry({lang: titles[lang].get(anchor, title) for lang in LANGS}, f"#{anchor}")
        for anchor, title in view.pages[view.langs[0]].sections
    ]


def minutes(length: int, lang: str) -> str:
    """How long so many characters take to read."""
    return str(-(-length // PACE[lang]))


def tell_minutes(content: Element, chapters: dict[str, int], lang: str) -> None:
    """Says in a list of the chapters, behind each that can be read, how long that takes."""
    for item in content.iter("li"):
        links = (link.get("href", "").strip("./") for link in item.iterfind("a"))
        if length := next((chapters[name] for name in links if name in chapters), 0):
            time = minutes(length, lang)
            SubElement(item, "small").text = {"zh": f"约{time}分钟", "en": f"{time} min"}[lang]
