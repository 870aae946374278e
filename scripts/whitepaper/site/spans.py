"""Spans put around runs of a text that need one: numbers that must not part, words of the other
language. The text itself stays as it is.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import HTML_LANG

_FIGURE = r"\d+(?:[.,]\d+)*"
_UNIT = "[年月日岁号段章页万亿]"  # a per cent sign never leaves its number
UNBROKEN = re.compile(
    rf"({_FIGURE}(?:[-–—~～]{_FIGURE})+(?:\s?{_UNIT}+)?|(?:第\s?)?{_FIGURE}\s?{_UNIT}+)"
)

_WORD = "[A-Za-z][A-Za-z’'&-]*"
FOREIGN = {
    # A single word too, but no abbreviation: that is read letter by letter in any language.
    "zh": re.compile(
        rf"({_WORD}(?:,? (?:&|{_WORD}))+|(?<![A-Za-z])(?=[A-Z’'&-]*[a-z]){_WORD}(?<=\w\w))"
    ),
    "en": re.compile(r"([《「“]?[\u3400-\u9fff][\u3400-\u9fff、，：·《》「」“”…]*)"),
}
UNTOUCHED = {"svg", "code", "pre"}
ENDING = re.compile(r"[\u3400-\u9fff]{2}[。！？；：”’）》」]*$")  # of a paragraph
OPENING = re.compile(r"[（(]\w{0,3}\s?$")  # before a reference: （见, (see


def join_numbers(block: Element) -> None:
    """Keeps a range, and a number with its unit, in one line."""
    _wrap(block, UNBROKEN, {"class": "nb"}, lambda child: True)


def name_languages(block: Element, lang: str) -> None:
    """Says of English phrases in a Chinese text, and of Chinese words in an English one, what they
    are: for voices, glyphs and hyphens.
    """
    other = HTML_LANG["en" if lang == "zh" else "zh"]
    _wrap(
        block,
        FOREIGN[lang],
        {"class": "foreign", "lang": other},
        lambda child: "lang" not in child.attrib,
    )


def join_ends(block: Element) -> None:
    """Keeps the last two characters of a Chinese paragraph with the marks that close it."""
    for paragraph in block.iter():
        last = paragraph[-1] if len(paragraph) else None
        text = (paragraph.text if last is None else last.tail) or ""
        ending = ENDING.search(text) if paragraph.tag in ("p", "li", "dd") else None
        if not ending:
            continue
        if last is None:
            paragraph.text = text[: ending.start()]
        else:
            last.tail = text[: ending.start()]
        SubElement(paragraph, "span", {"class": "nb"}).text = ending[0]


LAST = re.compile(r"(\S+\s+\S*[A-Za-z]\S*\s*)$")  # two words


def keep_last_words(content: Element) -> None:
    """Keeps the last two words of each paragraph free of hyphens, whatever notes follow them."""
    for block in list(content.iter()):
        if block.tag not in ("p", "li", "dd"):
            continue
        before = next((child for child in reversed(block) if (child.tail or "").strip()), None)
        if before is not None:
            before.tail = _whole(block, before.tail, list(block).index(before) + 1)
        elif (block.text or "").strip():
            block.text = _whole(block, block.text, 0)


def _whole(block: Element, text: str | None, at: int) -> str:
    first, *last = LAST.split(text or "", maxsplit=1)
    if last:
        span = Element("span", {"class": "whole"})
        span.text = last[0]
        block.insert(at, span)
    return first


def join_references(block: Element) -> None:
    """Keeps a reference to a figure in one line with the bracket that opens before it."""
    for parent in list(block.iter()):
        before = None
        for at, link in enumerate(list(parent)):
            text = (parent.text if before is None else before.tail) or ""
            opening = (
                OPENING.search(text)
                if link.tag == "a" and "#figure" in link.get("href", "")
                else None
            )
            if opening:
                parent[at] = _joined(opening[0], link)
                if before is None:
                    parent.text = text[: opening.start()]
                else:
                    before.tail = text[: opening.start()]
            before = parent[at]


def _joined(opening: str, link: Element) -> Element:
    span = Element("span", {"class": "nb"})
    span.text, span.tail, link.tail = opening, link.tail, None
    span.append(link)
    return span


def _wrap(
    block: Element,
    pattern: re.Pattern[str],
    attributes: dict[str, str],
    enters: Callable[[Element], bool],
) -> None:
    children = list(block)
    block[:] = []
    block.text = _split(block, block.text, pattern, attributes)
    for child in children:
        if child.tag not in UNTOUCHED and enters(child):
            _wrap(child, pattern, attributes, enters)
        block.append(child)
        child.tail = _split(block, child.tail, pattern, attributes)


def _split(
    block: Element, text: str | None, pattern: re.Pattern[str], attributes: dict[str, str]
) -> str:
    """Adds the runs found in `text` to the end of `block`, each with what follows it; returns what
    stands before the first.
    """
    before, *rest = pattern.split(text or "")
    for run, after in zip(rest[::2], rest[1::2]):
        span = SubElement(block, "span", attributes)
        span.text, span.tail = run, after
    return before
