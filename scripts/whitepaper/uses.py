"""Where the glossary's terms stand in the text: entries lead to each paragraph that uses them, or
to the first in each part of the book where there are many.

In go the rendered pages, out come the same with a last sentence in the entries of the glossary.
"""

from collections.abc import Mapping

from whitepaper.book import LANGS
from whitepaper.content import Pages, Rendered, fill, paragraph_number, words
from whitepaper.glossary import Linked, Term, linked

GLOSSARY = "glossary"
LISTS = ("ol", "ul")
MOST = 40  # paragraphs that an entry lists

Uses = dict[str, dict[str, list[str]]]  # id of the entry → name of the chapter → paragraphs


def add_uses(parts: Mapping[str, str], terms: tuple[Term, ...], pages: Pages) -> None:
    """Says in each entry where its term is used; one that no chapter uses gets nothing. `parts` has
    the part of each chapter, in reading order.
    """
    for lang in LANGS:
        if (lang, GLOSSARY) not in pages:
            continue
        uses = _uses([pages[lang, name] for name in parts], linked(terms, lang))
        for listing in pages[lang, GLOSSARY].tree.iter("dl"):
            for name, meaning in zip(listing.findall("dt"), listing.findall("dd"), strict=True):
                if places := uses.get(name.get("id", "")):
                    if many := sum(map(len, places.values())) > MOST:
                        firsts = {parts[page]: page for page in reversed(places)}.values()
                        places = {page: places[page][:1] for page in places if page in firsts}
                    told = [(pages[lang, page], numbers) for page, numbers in places.items()]
                    meaning.append(fill("uses", places=told, lang=lang, many=many))


def _uses(chapters: list[Rendered], known: Linked) -> Uses:
    uses: Uses = {}
    for page in chapters:
        for block in page.tree.iter():
            if number := paragraph_number(block.get("id", "")):
                found = known.find(words(block, ("sup", *LISTS)))
                for anchor in dict.fromkeys(term.anchor for *_, term in found):
                    uses.setdefault(anchor, {}).setdefault(page.name, []).append(number)
    return uses
