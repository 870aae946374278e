"""The parallel view: both languages of a page as one, paired block by block by their ids."""

import copy
from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import HTML_LANG, BookError
from whitepaper.content import HEADINGS

CELLS = HEADINGS | {"dt", "td", "th", "summary", "caption"}  # hold words, and stay one
GROUPS = {  # hold blocks
    *"div blockquote section details hr nav".split(),
    *"ul ol li dl dd table thead tbody tr".split(),
}
BLOCKS = CELLS | GROUPS | {"p", "pre", "figure"}


def merge_content(zh: Element, en: Element, source: str) -> Element:
    """Both versions in one tree.

    Raises BookError where their structures differ, naming both files.
    """
    zh, en = copy.deepcopy(zh), copy.deepcopy(en)
    _renumber_notes(zh, en)
    return _merge_group(zh, en, source)


def untranslated(zh: Element) -> Element:
    """A page that has no translation yet: every block in Chinese, after one notice that says so."""
    merged = copy.deepcopy(zh)
    for block in merged:
        block.set("lang", HTML_LANG["zh"])
    notice = Element("div", {"class": "admonition notice", "lang": "en"})
    said = "This page has not been translated yet; it stands here in Chinese only."
    SubElement(notice, "p").text = said
    merged.insert([block.tag for block in merged].index("h1") + 1, notice)
    return merged


def _merge(zh: Element | None, en: Element | None, source: str) -> Element:
    if zh is None or en is None or _kind(zh) != _kind(en):
        raise BookError(
            f"docs/zh/{source} and docs/en/{source} must have the same blocks: {_name(zh)} against "
            f"{_name(en)}. Write the missing one, or give it the same id"
        )
    if zh.tag in GROUPS:
        return _merge_group(zh, en, source)
    if zh.tag in CELLS:
        return _pair(Element(zh.tag, zh.attrib), zh, en, "span")
    if zh.tag in ("p", "pre"):
        return _pair(Element("div", zh.attrib), zh, en, zh.tag)
    box = Element("div", {"id": zh.attrib["id"]} if "id" in zh.attrib else {})
    return _pair(box, zh, en, zh.tag, zh.get("class"))


def _merge_group(zh: Element, en: Element, source: str) -> Element:
    """A block that holds others: its own words paired in a block inside it (an item keeps its
    marker), the blocks in it merged in their turn.
    """
    merged = Element(zh.tag, zh.attrib)
    (said, blocks), (in_english, theirs) = _words_and_blocks(zh), _words_and_blocks(en)
    if any(len(words) or (words.text or "").strip() for words in (said, in_english)):
        _pair(SubElement(merged, "div"), said, in_english, "div")
    if zh.tag == "ol" and blocks and blocks[0].get("id", "").startswith("fn-"):
        # Notes are numbered in the order of their first mention: pair by id.
        order = [note.get("id") for note in blocks]
        theirs.sort(key=lambda note: [*order, note.get("id")].index(note.get("id")))
    for one, other in zip_longest(blocks, theirs):
        merged.append(_merge(one, other, source))
        merged[-1].tail = "\n"
    return merged


def _words_and_blocks(group: Element) -> tuple[Element, list[Element]]:
    """What stands in a group itself, words after a block too; and its blocks."""
    words, blocks = Element(group.tag), []
    words.text = group.text
    for child in group:
        if child.tag not in BLOCKS:
            words.append(child)
            continue
        blocks.append(child)
        if (child.tail or "").strip():
            SubElement(words, "span").text = child.tail
    return words, blocks


def _pair(merged: Element, zh: Element, en: Element, tag: str, style: str | None = None) -> Element:
    """Two halves, each with its language and the class `style`.

    Ids stay with the Chinese half, so that each stands once.
    """
    merged.set("class", f"{merged.get('class', '')} pair".strip())
    for lang, source in (("zh", zh), ("en", en)):
        half = SubElement(
            merged, tag, {"lang": HTML_LANG[lang]} | ({"class": style} if style else {})
        )
        half.text, half[:] = source.text, source
    merged[0].tail = " "
    for inner in en.iter():
        inner.attrib.pop("id", None)
    return merged


def _renumber_notes(zh: Element, en: Element) -> None:
    """English calls take the numbers of the shared list.

    The way back from it leads to the Chinese calls.
    """
    calls = ".//a[@class='footnote-ref']"
    numbers = {call.get("href"): call.text for call in zh.iterfind(calls)}
    for call in en.iterfind(calls):
        call.text = numbers.get(call.get("href"), call.text)
    for parent in en.iter():
        for arrow in parent.findall("a[@class='footnote-backref']"):
            parent.remove(arrow)


def _kind(block: Element) -> tuple[str | None, ...]:
    return block.tag, block.get("id"), block.get("class")


def _name(block: Element | None) -> str:
    if block is None:
        return "nothing"
    return f"<{block.tag}" + (f" id={block.get('id')}>" if block.get("id") else ">")
