"""Where the glossary's terms stand in the text: entries lead to the paragraph of the first use.

In go the rendered pages, whose first use of each term is linked already; out come the same pages,
with a last sentence in the entries of the glossary.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import LANGS, Book
from whitepaper.content import Pages, Rendered

GLOSSARY = "glossary"
NUMBER = re.compile(r"p(\d+[a-z]*)")
CHAPTER = re.compile(r"[\d.]+(?= )")


def add_first_uses(book: Book, pages: Pages) -> None:
    """Says in each entry where its term is first used; one that no chapter links gets nothing."""
    for lang in LANGS:
        glossary = pages.get((lang, GLOSSARY))
        if glossary is None:
            continue
        chapters = [pages[lang, name] for name in book.chapters]
        places = {term: place for page in reversed(chapters) for term, place in _uses(page)}
        for listing in glossary.tree.iter("dl"):
            for name, meaning in zip(listing.findall("dt"), listing.findall("dd"), strict=True):
                if place := places.get(name.get("id", "")):
                    _add(meaning, *place, lang)


def _uses(page: Rendered) -> Iterator[tuple[str, tuple[Rendered, str]]]:
    """(id of the entry, page and number of the paragraph) of each term that the page links."""
    for block in page.tree.iter():
        if number := NUMBER.fullmatch(block.get("id", "")):
            for link in block.iter("a"):
                if link.get("class") == "term":
                    yield link.get("href", "").partition("#")[2], (page, number[1])


def _add(meaning: Element, page: Rendered, number: str, lang: str) -> None:
    """“First used in 1.2, paragraph 4.”"""
    chapter = found[0] if (found := CHAPTER.match(page.title)) else page.title
    opening, place, stop = {
        "zh": ("首见", f"{chapter}第{number}段", "。"),
        "en": (" First used in ", f"{chapter}, paragraph\u00a0{number}", "."),
    }[lang]
    said = SubElement(meaning, "span", {"class": "first-use"})
    said.text = opening
    link = SubElement(said, "a", {"href": f"../{page.name}/#p{number}"})
    link.text, link.tail = place, stop
