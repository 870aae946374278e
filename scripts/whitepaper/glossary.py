"""The glossary: docs/data/glossary.toml, read once, and the first use of each term in a text."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from whitepaper.data import Entry, Text, read_data

GLOSSARY = "docs/data/glossary.toml"


class Term(Entry, frozen=True):
    """One entry: the Chinese term, its English, and what they mean, in one line each."""

    id: Text
    zh: Text
    en: Text
    gloss_zh: str = ""
    gloss_en: str = ""
    kind: Literal["term", "name"] = "term"
    en_first: str = ""
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # how others translate it: shown and searched, never used
    in_glossary: bool = True
    group: str = ""

    @property
    def anchor(self) -> str:
        return f"term-{self.id}"

    def forms(self, lang: str) -> tuple[str, ...]:
        """What stands in a text of `lang` for this term, for linking."""
        return (self.zh,) if lang == "zh" else tuple(filter(None, (self.en_first, self.en)))


class _File(Entry, frozen=True):
    term: tuple[Term, ...] = ()


class Linked:
    """Finds the terms that the glossary shows, in texts of one language."""

    def __init__(self, terms: tuple[Term, ...], lang: str) -> None:
        shown = [term for term in reversed(terms) if term.in_glossary]
        self.by_form = {form.lower(): term for term in shown for form in term.forms(lang)}
        forms = sorted(self.by_form, key=len, reverse=True)
        body = "|".join(map(re.escape, forms)) or "(?!)"
        whole = body if lang == "zh" else rf"(?<![\w-])(?:{body})s?(?![\w-])"
        self.pattern = re.compile(whole)

    def find(self, text: str) -> list[tuple[int, int, Term]]:
        """Where each use of a term begins and ends, the longest where several begin; in English a
        plural s may follow."""
        low = text.lower()  # five times faster than letters of either case
        found = self.pattern.finditer(low if len(low) == len(text) else text)
        return [(match.start(), match.end(), self._term(match[0])) for match in found]

    def _term(self, form: str) -> Term:
        return self.by_form.get(form) or self.by_form[form.removesuffix("s")]


linked = lru_cache(maxsize=8)(Linked)


def read_glossary(path: Path) -> tuple[Term, ...]:
    """All terms in file order, none without the file.

    Raises OSError, or BookError with the line where one is wrong.
    """
    return _read(path, path.stat().st_mtime_ns) if path.exists() else ()


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> tuple[Term, ...]:
    return read_data(path, _File).term
