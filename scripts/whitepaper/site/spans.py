"""Spans put around runs of a text that need one: numbers that must not part, words of the other
language. The text itself stays as it is.
"""

import calendar
import re
from xml.etree.ElementTree import Element

from whitepaper.book import HTML_LANG
from whitepaper.content import HEADINGS, words

_FIGURE = r"\d+(?:[.,]\d+)*"
# 12 or 第12, from its first digit; that it begins with a set of characters makes it five times as
# fast to look for.
_FIRST = r"[第\d](?<!\d\d)(?<!\d[.,]\d)(?:(?<=第)\s?\d+|(?<!第)\d*)(?:[.,]\d+)*"
_MONTH = "|".join(calendar.month_name[1:])  # 3 June
_UNIT = rf"(?:[年月日岁号段章页万亿]+|(?:{_MONTH})\b)"  # a per cent sign never leaves its number
UNBROKEN = re.compile(rf"({_FIRST}(?:(?:[-–—~～]{_FIGURE})+(?:\s?{_UNIT})?|\s?{_UNIT}))")

_WORD = "[A-Za-z][A-Za-z’'&-]*"
FOREIGN = {
    # A single word too, but no abbreviation: that is read letter by letter in any language. Nor
    # what stands in code or a formula.
    "zh": re.compile(
        rf"(?<![A-Za-z0-9_=])({_WORD}(?:,? (?:&|{_WORD}))+|(?=[A-Z’'&-]*[a-z]){_WORD}(?<=\w\w))"
        "(?![A-Za-z0-9_=])"
    ),
    # Begins with a set too: a mark that no such word follows is let go by what comes next.
    "en": re.compile(
        r"([《「“\u3400-\u9fff](?:(?<![《「“])|(?=[\u3400-\u9fff]))[\u3400-\u9fff、，：·《》「」“”…]*)"
    ),
}
UNTOUCHED = {"svg", "code", "pre"}
# Up to twelve Han wide, as is a title's line on a phone. A text of more than two lines there, each
# of some twenty Han, would read as verse.
_PHRASE = "(?:[ -~]{1,2}+|[^ -~，。、；：！？])"
PHRASES = re.compile(
    rf"(?=.{{,40}}[\u3400-\u9fff]\W*$)(?:{_PHRASE}{{1,12}}[，。、；：！？]+)*{_PHRASE}{{,12}}"
)
TEXTS = {"p", "li", "dd"}
ENDING = re.compile(r"([\u3400-\u9fff]{2}[。！？；：”’）》」]*)$")  # of a paragraph
# Two, or one beside a link.
LAST_WORDS = re.compile(r"(?<!\S)((?:\S++\s+)?(?=\S*[A-Za-z])\S++\s*)$")
INLINE = {"a", "b", "cite", "em", "i", "span", "strong"}
FULL_WIDTH = tuple("）。，；：、》」")
TOGETHER = {"class": "nb"}


def join_numbers(content: Element) -> None:
    """Keeps a range, and a number with its unit, in one line."""
    _wrap_all(content, UNBROKEN, TOGETHER)


def name_languages(content: Element, lang: str) -> None:
    """Says of English phrases in a Chinese text, and of Chinese words in an English one, what they
    are: for voices, glyphs and hyphens.
    """
    other = HTML_LANG["en" if lang == "zh" else "zh"]
    _wrap_all(content, FOREIGN[lang], {"class": "foreign", "lang": other}, named="lang")


def join_ends(content: Element) -> None:
    """Keeps the last two characters of a Chinese paragraph with the marks that close it."""
    for block in list(content.iter()):
        if block.tag in TEXTS:
            _wrap(block, len(block), ENDING, TOGETHER)


def mark_phrases(content: Element) -> None:
    """Marks the blocks of a Chinese text that read best in lines of whole phrases."""
    for block in content.iter():
        if block.tag in HEADINGS | TEXTS and PHRASES.fullmatch(words(block)):
            block.set("data-phrased", "")


def keep_last_words(content: Element) -> None:
    """Keeps the last two words of each paragraph free of hyphens, whatever notes follow them, in a
    link or behind it.
    """
    for block in list(content.iter()):
        if block.tag in TEXTS and (place := _last_words(block)):
            _wrap(*place, LAST_WORDS, {"class": "whole"})


def _last_words(parent: Element) -> tuple[Element, int] | None:
    """Where the last words of a block stand, as `text_at` has it."""
    for at in range(len(parent), -1, -1):
        if re.search(r"\w", text_at(parent, at)):
            return parent, at
        if at and parent[at - 1].tag in INLINE and (place := _last_words(parent[at - 1])):
            return place
    return None


def tuck_notes(content: Element) -> None:
    """Marks the numbers of notes that stand behind a full-width closing mark: its right half is
    empty.
    """
    for parent in content.iter():
        for at, child in enumerate(parent):
            if child.tag == "sup" and text_at(parent, at).endswith(FULL_WIDTH):
                child.set("class", "tucked")


def text_at(parent: Element, at: int) -> str:
    """The text before the child number `at`, behind the last one where `at` is their number."""
    return (parent[at - 1].tail if at else parent.text) or ""


def _wrap_all(
    content: Element, pattern: re.Pattern[str], attributes: dict[str, str], named: str = ""
) -> None:
    """Wraps the runs of all text but what stands in code, in drawings, or in an element that has
    the attribute `named`.
    """
    found = [content]
    for parent in found:  # which grows meanwhile
        found += [
            child for child in parent if child.tag not in UNTOUCHED and named not in child.attrib
        ]
        for at in reversed(range(len(parent) + 1)):
            if text_at(parent, at):
                _wrap(parent, at, pattern, attributes)


def _wrap(parent: Element, at: int, pattern: re.Pattern[str], attributes: dict[str, str]) -> None:
    """Puts each run that `pattern` finds in the text before the child number `at` into a span."""
    before, *rest = pattern.split(text_at(parent, at))
    if not rest:
        return
    if at:
        parent[at - 1].tail = before
    else:
        parent.text = before
    spans = []
    for run, after in zip(rest[::2], rest[1::2]):
        span = Element("span", attributes)
        span.text, span.tail = run, after
        spans.append(span)
    parent[at:at] = spans
