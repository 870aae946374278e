"""The termbase as the checker needs it: which English may stand for which Chinese."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from proofreader.numerals import HAN_NUMERAL
from proofreader.record import Block, Page

NUMERAL = re.compile(f"[0-9]|{HAN_NUMERAL}")
BRACKETS = re.compile(r"^(.*?)\s*\((.*?)\)\s*(.*)$")
PARTING = re.compile('[\t\n\r“”"-]')
Span = tuple[int, int]
Term = Any  # id, zh, en, gloss_zh, gloss_en, kind, en_first, allowed, forbidden, never, in_glossary


class Forms:
    """Some English forms of a term, each found as whole words, in any number, with any blanks,
    hyphens and quotes."""

    def __init__(self, forms: tuple[str, ...]) -> None:
        words = filter(None, (_even(form).split() for form in forms))
        known = [tuple(_ending(word) for word in form) for form in words]
        self.forms = [(max((stem for stem, _ in form), key=len), form) for form in known]

    def find_all(self, text: str) -> Iterator[Span]:
        even = _even(text)
        for longest, form in self.forms:
            if longest in even and all(stem in even for stem, _ in form):
                yield from (found.span() for found in _pattern(form).finditer(even))

    def search(self, text: str) -> Span | None:
        """Where the first one stands."""
        return min(self.find_all(text), default=None)

    def cover(self, text: str) -> bool:
        """Whether a text is one of the forms and no more."""
        return (0, len(text)) in self.find_all(text)

    def sub(self, instead: str, text: str) -> str:
        """The text with something in place of each character of a form."""
        for start, end in self.find_all(text):
            text = text[:start] + instead * (end - start) + text[end:]
        return text


english = cache(Forms)


def _ending(word: str) -> tuple[str, str]:
    """What of a word stands whatever its number, and what may stand behind that."""
    if not word[-1].isalpha():
        return word, ""
    plural = "(?:e?s|'s?)?"
    return (word[:-1], f"(?:y|ies){plural}") if word.endswith("y") else (word, plural)


@cache
def _pattern(form: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Made for none but those whose parts are there: to make it takes longer than to look.

    It begins with letters, which are found faster than a place where a word begins.
    """
    begins = rf"(?<!\w{'.' * len(form[0][0])})"
    words = [
        rf"{re.escape(stem)}{begins if at == 0 else ''}{ending}(?!\w)"
        for at, (stem, ending) in enumerate(form)
    ]
    return re.compile(" *".join(words))


@lru_cache(maxsize=1024)
def _even(text: str) -> str:
    """The same characters, as many, in small letters, with blanks for what may part words."""
    small = text.lower()
    return PARTING.sub(" ", small if len(small) == len(text) else text).replace("’", "'")


@dataclass(eq=False)
class Glossary:
    """All terms of a project: the text of their file, and in which of its lines each is given."""

    terms: tuple[Term, ...] = ()
    path: str = ""
    text: str = ""
    line_of: Callable[[int, str], int] = lambda number, key: 1

    @cached_property
    def by_zh(self) -> dict[str, Term]:
        return {term.zh: term for term in self.terms}

    @cached_property
    def zh(self) -> re.Pattern[str]:
        """Any Chinese term, the longest first."""
        return _any_of([*self.by_zh])

    @cached_property
    def pages(self) -> list[Page]:
        """What the glossary pages show of the terms, as a page in each language, in its lines of
        the file."""
        langs = ("zh", "en")
        return [Page(self.path, "", lang, "", blocks=[*self._blocks(lang)]) for lang in langs]

    def _blocks(self, lang: str) -> Iterator[Block]:
        for number, term in enumerate(self.terms):
            for kind, key in (("dt", lang), ("dd", f"gloss_{lang}")) if term.in_glossary else ():
                yield Block(kind, self.line_of(number, key), -1, "dl", getattr(term, key))

    def used(self, text: str) -> list[Term]:
        """The terms of a Chinese text, each once, the longest where several begin."""
        return [self.by_zh[form] for form in dict.fromkeys(self.zh.findall(text))]

    @cached_property
    def names_with_numbers(self) -> tuple[re.Pattern[str], Forms]:
        """Terms like 八路军, whose numerals count nothing, in Chinese and English."""
        terms = [term for term in self.terms if NUMERAL.search(term.zh)]
        forms = sorted({form for term in terms for form in renderings(term)}, key=len, reverse=True)
        return _any_of([term.zh for term in terms]), english(tuple(forms))


@cache
def renderings(term: Term) -> tuple[str, ...]:
    """Every English form that may stand for a term, with and without what is in brackets."""
    found: list[str] = []
    for form in filter(None, (term.en, term.en_first, *term.allowed)):
        parts = BRACKETS.match(form)
        short = [f"{parts[1]} {parts[3]}".strip()] if parts else []
        short += [parts[2]] if parts and parts[2].isupper() else []
        found += [form, *short]
    return tuple(dict.fromkeys(filter(None, found)))


def _any_of(forms: list[str]) -> re.Pattern[str]:
    longest = sorted(forms, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or "(?!)")
