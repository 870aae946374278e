"""The glossary: docs/data/glossary.toml, read once, and the first use of each term in a text."""

import re
import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from whitepaper.book import BookError
from whitepaper.faults import malformed

GLOSSARY = "docs/data/glossary.toml"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"


@dataclass(frozen=True)
class Term:
    """One entry: the Chinese term, its English, and what they mean, in one line each."""

    id: str
    zh: str
    en: str
    gloss_zh: str = ""
    gloss_en: str = ""
    kind: str = "term"
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


def read_terms(root: Path) -> tuple[Term, ...]:
    """The terms of the book in the folder `root`; none where it has no glossary."""
    path = root / GLOSSARY
    return read_glossary(path) if path.exists() else ()


def read_glossary(path: Path) -> tuple[Term, ...]:
    """All terms in file order; raises OSError, or BookError with the line where one is wrong."""
    return _read(path.resolve(), path.stat().st_mtime_ns, path.as_posix())


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, shown: str) -> tuple[Term, ...]:
    try:
        text = path.read_text("utf-8")
        entries = tomllib.loads(text).get("term", [])
    except ValueError as error:
        raise BookError(malformed(shown, error)) from None
    for number, entry in enumerate(entries if isinstance(entries, list) else [None]):
        if fault := _fault(entry):
            key, said = fault
            line = line_of(text, number, key)
            raise BookError(f"{shown}:{line}: {said}. Mend it: every [[term]] has id, zh and en")
    return tuple(Term(**_values(entry)) for entry in entries)


def _values(entry: dict[str, Any]) -> dict[str, Any]:
    """What TOML gives for a term, lists made tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _fault(entry: Any) -> tuple[str, str] | None:
    """The key at fault, `` for the whole, and what is wrong with it."""
    if not isinstance(entry, dict):
        return "", "a term must be a table of its own"
    kinds = {field.name: field.type for field in fields(Term)}
    for key, value in entry.items():
        if key not in kinds:
            return key, f"a term has no key {key}"
        if kinds[key] is str and not isinstance(value, str):
            return key, f"{key} must be text"
        if kinds[key] is bool and not isinstance(value, bool):
            return key, f"{key} must be true or false"
        if kinds[key] not in (str, bool) and not _is_list_of_texts(value):
            return key, f"{key} must be a list of texts"
    return next(
        (("", f"{key} is missing") for key in ("id", "zh", "en") if not entry.get(key)), None
    )


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(form, str) for form in value)


def line_of(text: str, number: int, key: str = "") -> int:
    """The line where a term (counted from 0) begins, or gives a key; 1 where neither is seen."""
    heads = _heads(text)
    if number >= len(heads):
        return 1
    given = (
        re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE).search(
            text, *heads[number : number + 2]
        )
        if key
        else None
    )
    return text.count("\n", 0, given.start() if given else heads[number]) + 1


@lru_cache(maxsize=8)
def _heads(text: str) -> list[int]:
    return [
        head.start() for head in re.finditer(r"^[ \t]*\[\[[ \t]*term[ \t]*\]\]", text, re.MULTILINE)
    ]


def script_of(text: str) -> str:
    """`zh` where Han characters outnumber a fifth of the Latin letters, else `en`.

    Chinese pages quote Latin names.
    """
    return (
        "zh" if 5 * len(re.findall(f"[{HAN}]", text)) > len(re.findall("[A-Za-z]", text)) else "en"
    )


@lru_cache(maxsize=8)
def term_pattern(terms: tuple[Term, ...], lang: str) -> re.Pattern[str]:
    """Finds any form of any shown term, the longest first; Latin ones whole, a plural s allowed."""
    forms = sorted(
        {form for term in terms if term.in_glossary for form in term.forms(lang)},
        key=len,
        reverse=True,
    )
    body = "|".join(map(re.escape, forms)) or "(?!)"
    return (
        re.compile(body)
        if lang == "zh"
        else re.compile(rf"(?<![\w-])(?:{body})s?(?![\w-])", re.IGNORECASE)
    )


@lru_cache(maxsize=8)
def terms_by_form(terms: tuple[Term, ...], lang: str) -> dict[str, Term]:
    return {
        form.lower(): term
        for term in reversed(terms)
        if term.in_glossary
        for form in term.forms(lang)
    }
