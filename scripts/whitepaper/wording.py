"""Whose words the edition holds, as it says so of itself, from docs/data/wording.toml: everything
that leaves the site asks here.

Book.wording() decides. A tree is what a file holds: `zh`, `en`, or both, `zh-en`; `lang` is the
language in which something is said.
"""

from functools import cache

from whitepaper.book import ROOT, Book
from whitepaper.data import read_data
from whitepaper.editions import read_edition


@cache
def forms() -> dict:
    """What is said, by its kind."""
    return read_data(ROOT / "docs/data/wording.toml", dict)


def edition_name(wording: str, tree: str, lang: str) -> str:
    """What a file of `tree` is, as a noun: one of a single language does not call itself
    bilingual.
    """
    return forms()["edition"][wording][tree][lang]


def author_names(book: Book, lang: str) -> str:
    """The authors, as a sentence names them."""
    return {"zh": "、", "en": " and "}[lang].join(book.authors(lang))


def origin(book: Book, lang: str) -> str:
    """Where the work stands, as a line above its title."""
    publication = book.config["extra"]["publication"][lang]
    return forms()["described"]["origin"][lang].format(publication=publication)


def signature(book: Book, lang: str, name: str = "") -> str:
    """Who answers for the page `name`, or for the book, in half a line: for cards."""
    if name and name != "index" and name not in book.chapters:
        return forms()["editor"][lang]
    return forms()["signature"][book.wording(name)][lang].format(who=author_names(book, lang))


def version(book: Book, lang: str) -> str:
    """Which version the book is, and of which day."""
    edition = read_edition(book.root)
    return forms()["described"]["version"][lang].format(number=edition.number, day=edition.date)


def describe(book: Book, tree: str, lang: str, name: str = "") -> str:
    """What a file is, where the work stands and whose wording it gives, in one sentence.

    `name` is the page of a file that holds one; a page of the editor's says that it is his.
    """
    wording = book.wording(name)
    form = "page" if name and name not in book.chapters else "work"
    return forms()["described"][form][lang].format(
        who=author_names(book, lang),
        work=book.title(lang),
        publication=book.config["extra"]["publication"][lang],
        kind=edition_name(wording, tree, lang),
        whose=forms()["whose"][wording][tree][lang],
    )
