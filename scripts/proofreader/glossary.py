"""The termbase as the checker needs it: which English may stand for which Chinese."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from proofreader.record import Block, Page

NUMERAL = re.compile("[0-9〇零一二两三四五六七八九十百千万亿]")
NOTHING = re.compile(r"(?!)")


Term = Any  # id, zh, en, gloss_zh, gloss_en, kind, en_first, allowed, forbidden, never, in_glossary


class Glossary:
    """All terms of a project: the text of their file, and in which of its lines each is given."""

    def __init__(
        self,
        terms: tuple[Term, ...] = (),
        path: str = "",
        text: str = "",
        line_of: Callable[[int, str], int] = lambda number, key: 1,
    ) -> None:
        self.terms, self.path, self.text, self.line_of = terms, path, text, line_of

    @cached_property
    def pages(self) -> list[Page]:
        """What the glossary pages show of the terms, as a page in each language, in its lines of
        the file."""
        return [
            Page(self.path, "", lang, "", {}, [], [], [], list(self._blocks(lang)), [], [], {})
            for lang in ("zh", "en")
            if self.terms
        ]

    def _blocks(self, lang: str) -> Iterator[Block]:
        for number, term in enumerate(self.terms):
            if term.in_glossary:
                for kind, key in (("dt", lang), ("dd", f"gloss_{lang}")):
                    yield Block(kind, self.line_of(number, key), -1, "dl", getattr(term, key))

    @cached_property
    def by_zh(self) -> dict[str, Term]:
        return {term.zh: term for term in self.terms}

    @cached_property
    def zh(self) -> re.Pattern[str]:
        """Any Chinese term, the longest first."""
        return _any_of(sorted(self.by_zh, key=len, reverse=True))

    def used(self, text: str) -> Iterator[Term]:
        """The terms of a Chinese text, each once, the longest where several begin."""
        for form in dict.fromkeys(self.zh.findall(text)):
            yield self.by_zh[form]

    @cached_property
    def names_with_numbers(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Terms like 八路军, whose numerals count nothing, in Chinese and English."""
        terms = [term for term in self.terms if NUMERAL.search(term.zh)]
        forms = sorted({form for term in terms for form in renderings(term)}, key=len, reverse=True)
        return _any_of(sorted((term.zh for term in terms), key=len, reverse=True)), english(
            "|".join(forms)
        ) if forms else NOTHING


def renderings(term: Term) -> tuple[str, ...]:
    """Every English form that may stand for a term, with and without what is in brackets."""
    forms = [term.en, term.en_first, *term.allowed]
    split = [part for form in forms if form for part in (form, *_without_brackets(form))]
    return tuple(dict.fromkeys(part for part in split if part))


def _without_brackets(form: str) -> list[str]:
    found = re.match(r"^(.*?)\s*\((.*?)\)\s*(.*)$", form)
    return (
        [f"{found[1]} {found[3]}".strip(), found[2]]
        if found and found[2].isupper()
        else [f"{found[1]} {found[3]}".strip()]
        if found
        else []
    )


@lru_cache(maxsize=4096)
def english(forms: str) -> re.Pattern[str]:
    """Finds any of some English forms, split by |: as whole words, in any number, with any blanks,
    hyphens and quotes."""
    return re.compile(
        "|".join(rf"(?<![\w])(?:{_loose(form)})(?![\w])" for form in forms.split("|")),
        re.IGNORECASE,
    )


@lru_cache(maxsize=4096)
def heads(forms: tuple[str, ...]) -> tuple[str, ...]:
    """How each form begins, in small letters and without its last one: what a text must hold to
    hold the form."""
    return tuple(
        re.sub(r"^\W+", "", form)
        .lower()
        .split(" ")[0]
        .split("’")[0]
        .split("-")[0]
        .split("'")[0][:-1]
        for form in forms
    )


def _loose(form: str) -> str:
    words = [word for word in re.split(r"[\s-]+", form) if word]
    return r"(?:[\s-]+|[“”\"])+".join(_inflected(word) for word in words)


def _inflected(word: str) -> str:
    escaped = re.sub(r"[’']", "[’']", re.escape(word))
    if not word[-1].isalpha():
        return escaped
    stem = escaped[:-1] + "(?:y|ies)" if word.endswith("y") else escaped
    return stem + "(?:s|es|[’']s|[’'])?"


def _any_of(forms: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, forms))) if forms else NOTHING
