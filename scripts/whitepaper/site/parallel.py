"""The parallel view: both languages of a page as one, paired block by block by their ids."""

import copy
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import HTML_LANG, BookError

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LEAVES = HEADINGS | {"p", "pre", "dd", "dt", "td", "th", "summary", "caption", "figure"}
BLOCKS = LEAVES | {
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "table",
    "thead",
    "tbody",
    "tr",
    "blockquote",
    "section",
    "details",
    "hr",
    "nav",
}


def merge_content(zh: Element, en: Element, source: str) -> Element:
    """Both versions in one tree.

    Raises BookError where their structures differ, naming both files.
    """
    merged = Element("div")
    zh, en = copy.deepcopy(zh), copy.deepcopy(en)
    _renumber_notes(zh, en)
    _merge_children(merged, zh, en, source)
    return merged


def untranslated(zh: Element) -> Element:
    """A page that has no translation yet: every block in Chinese, after one notice that says so."""
    merged = Element("div")
    for block in copy.deepcopy(zh):
        block.set("lang", HTML_LANG["zh"])
        merged.append(block)
        if block.tag == "h1":
            notice = SubElement(merged, "div", {"class": "admonition notice", "lang": "en"})
            SubElement(
                notice, "p"
            ).text = "This page has not been translated yet; it stands here in Chinese only."
    return merged


def _merge(zh: Element, en: Element, source: str) -> Element:
    if (zh.tag, zh.get("id"), zh.get("class")) != (en.tag, en.get("id"), en.get("class")):
        raise _differ(source, _name(zh), _name(en))
    merged = Element(zh.tag, zh.attrib)
    if zh.tag == "figure" or (zh.tag not in LEAVES and zh.tag not in BLOCKS):
        return _pair(
            Element("div", {"id": zh.get("id", "")} if zh.get("id") else {}),
            zh,
            en,
            zh.tag,
            zh.get("class"),
        )
    if zh.tag in HEADINGS or zh.tag in ("dt", "td", "th", "summary", "caption"):
        return _pair(merged, zh, en, "span")
    if zh.tag in ("p", "pre"):
        return _pair(Element("div", zh.attrib), zh, en, zh.tag)
    if zh.tag in ("li", "dd"):
        return _merge_item(merged, zh, en, source)
    return _merge_children(merged, zh, en, source)


def _merge_children(merged: Element, zh: Element, en: Element, source: str) -> Element:
    theirs = list(en)
    if (
        zh.tag == "ol" and len(zh) and zh[0].get("id", "").startswith("fn-")
    ):  # numbered in the order of their first mention: pair by id
        order = [note.get("id") for note in zh]
        theirs.sort(
            key=lambda note: order.index(note.get("id")) if note.get("id") in order else len(order)
        )
    for one, other in zip(zh, theirs):
        merged.append(_merge(one, other, source))
        merged[-1].tail = "\n"
    if len(zh) != len(theirs):
        longer, shorter = (list(zh), theirs) if len(zh) > len(theirs) else (theirs, list(zh))
        raise _differ(
            source,
            *((_name(longer[len(shorter)]), "nothing")[:: 1 if len(zh) > len(theirs) else -1]),
        )
    return merged


def _merge_item(merged: Element, zh: Element, en: Element, source: str) -> Element:
    """An item: its own words paired in a block inside it (the item keeps its marker), blocks inside
    it merged in their turn.
    """
    words, blocks = zip(_words_and_blocks(zh), _words_and_blocks(en))
    if any(len(one) or (one.text or "").strip() for one in words):
        _pair(SubElement(merged, "div"), *words, "div")
    return _merge_children(merged, *blocks, source)


def _words_and_blocks(item: Element) -> tuple[Element, Element]:
    words, blocks = Element(item.tag), Element(item.tag)
    words.text = item.text
    for child in item:
        (blocks if child.tag in BLOCKS else words).append(child)
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
        half.text = source.text
        half.extend(source)
        for inner in half.iter():
            if lang == "en" and inner is not half:
                inner.attrib.pop("id", None)
        half.tail = " " if lang == "zh" else None
    return merged


def _renumber_notes(zh: Element, en: Element) -> None:
    """English calls take the numbers of the shared list.

    The way back from it leads to the Chinese calls.
    """
    numbers = {call.get("href"): call.text for call in _calls(zh)}
    for call in _calls(en):
        call.text = numbers.get(call.get("href"), call.text)
    for parent in en.iter():
        for child in [child for child in parent if child.get("class") == "footnote-backref"]:
            parent.remove(child)


def _calls(content: Element) -> Iterator[Element]:
    return (link for link in content.iter("a") if link.get("class") == "footnote-ref")


def _name(block: Element) -> str:
    return f"<{block.tag}" + (f" id={block.get('id')}>" if block.get("id") else ">")


def _differ(source: str, zh: str, en: str) -> BookError:
    return BookError(
        f"docs/zh/{source} and docs/en/{source} must have the same blocks: {zh} against {en}. "
        "Write the missing one, or give it the same id"
    )
