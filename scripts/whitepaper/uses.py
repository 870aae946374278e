"""Where the glossary's terms stand in the text: entries lead to each paragraph that uses them.

In go the rendered pages, out come the same with a last sentence in the entries of the glossary.
"""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import LANGS
from whitepaper.content import Pages, Rendered, paragraph_number
from whitepaper.glossary import Term, term_pattern, terms_by_form

GLOSSARY = "glossary"
CHAPTER = re.compile(r"[\d.]+(?= )")
LISTS = ("ol", "ul")

Uses = dict[str, dict[str, list[str]]]  # id of the entry → name of the chapter → paragraphs


def add_uses(chapters: Sequence[str], terms: tuple[Term, ...], pages: Pages) -> None:
    """Says in each entry where its term is used; one that no chapter uses gets nothing."""
    for lang in LANGS:
        glossary = pages.get((lang, GLOSSARY))
        if glossary is None:
            continue
        uses = _uses([pages[lang, name] for name in chapters], terms)
        for listing in glossary.tree.iter("dl"):
            for name, meaning in zip(listing.findall("dt"), listing.findall("dd"), strict=True):
                if places := uses.get(name.get("id", "")):
                    _add(meaning, places, pages, lang)


def _uses(chapters: list[Rendered], terms: tuple[Term, ...]) -> Uses:
    uses: Uses = {}
    for page in chapters:
        pattern, forms = term_pattern(terms, page.lang), terms_by_form(terms, page.lang)
        for block in page.tree.iter():
            if number := paragraph_number(block.get("id", "")):
                found = (match[0].lower() for match in pattern.finditer("".join(_words(block))))
                named = (forms.get(form) or forms.get(form.removesuffix("s")) for form in found)
                for anchor in dict.fromkeys(term.anchor for term in named if term):
                    uses.setdefault(anchor, {}).setdefault(page.name, []).append(number)
    return uses


def _words(block: Element) -> Iterator[str]:
    """The words of a paragraph or item, without the numbers of notes and the lists inside it."""
    yield block.text or ""
    for child in block:
        if child.tag not in ("sup", *LISTS):
            yield from _words(child)
        yield child.tail or ""


def _add(meaning: Element, places: dict[str, list[str]], pages: Pages, lang: str) -> None:
    """“Used in 1.2, paragraphs 1 and 4; 1.3, paragraph 2.”, each number a link."""
    said = SubElement(meaning, "span", {"class": "uses"})
    said.text = {"zh": "见", "en": " In "}[lang]
    between, stop = {"zh": ("；", "。"), "en": ("; ", ".")}[lang]
    for name, numbers in places.items():
        title = pages[lang, name].title
        chapter = found[0] if (found := CHAPTER.match(title)) else title
        plural = "s" * (len(numbers) > 1)
        opening = {"zh": f"{chapter}第", "en": f"{chapter}, para{plural}\u00a0"}[lang]
        closing = {"zh": "段", "en": ""}[lang] + (stop if name == [*places][-1] else between)
        _append(said, opening)
        for number in numbers:
            place = {"zh": f"{chapter}第{number}段", "en": f"{chapter}, paragraph {number}"}[lang]
            link = SubElement(said, "a", {"href": f"../{name}/#p{number}", "aria-label": place})
            link.text, link.tail = number, {"zh": "、", "en": ", "}[lang]
        link.tail = closing


def _append(block: Element, text: str) -> None:
    """Adds text at the end of a block."""
    if len(block):
        block[-1].tail = (block[-1].tail or "") + text
    else:
        block.text = (block.text or "") + text
