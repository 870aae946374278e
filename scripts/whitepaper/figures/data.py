"""Reads docs/data/figures.toml: wording in every language, each with the line it stands on."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whitepaper.book import LANGS, BookError
from whitepaper.faults import malformed

SOURCE = "docs/data/figures.toml"
# What a schema may ask for, beside types, choices (a tuple), tables (a dict) and lists of tables.
# A key that ends in ? may be left out; with the key * whatever else there is goes unjudged.
WORDS, NUMBERS = "words", "a list of two numbers"
Path_ = tuple[str | int, ...]  # of a key, through tables and lists


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in the data, and on which line of it."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"{SOURCE}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Words:
    """One wording in every language."""

    line: int
    text: dict[str, str]

    def __getitem__(self, lang: str) -> str:
        return self.text[lang]


def read_data(path: Path, schema: Callable[[str, dict], dict]) -> tuple[dict, list[Problem]]:
    """The tables of the file with every wording as Words, and what is not as it should be.

    `schema` says of a table's name and content what it must hold.

    Raises BookError where the file is missing or no TOML.
    """
    try:
        source = path.read_text("utf-8")
        raw = tomllib.loads(source)
    except FileNotFoundError:
        told = "no such file. Restore it: every figure is drawn from it"
        raise BookError(f"{SOURCE}: {told}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(malformed(SOURCE, error)) from None
    reader = _Reader(_lines(source), [])
    for name in [name for name, table in raw.items() if not isinstance(table, dict)]:
        reader.tell((name,), f"{name} must be a table, [{name}]")
        del raw[name]
    tables = {
        name: reader.shape(table, schema(name, table), (name,)) for name, table in raw.items()
    }
    return tables, reader.problems


def _lines(source: str) -> dict[Path_, int]:
    """The line of each key, by its path; items of an array of tables are numbered from 0."""
    lines: dict[Path_, int] = {(): 1}
    here: Path_ = ()
    counts: dict[Path_, int] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"(\[\[?)\s*([\w.-]+)\s*\]", line):
            here = tuple(header[2].split("."))
            if header[1] == "[[":
                counts[here] = counts.get(here, -1) + 1
                here = (*here, counts[here])
            lines[here] = number
        elif key := re.match(r"([\w-]+)\s*=", line):
            lines[(*here, key[1])] = number
    return lines


@dataclass
class _Reader:
    lines: dict[Path_, int]
    problems: list[Problem]

    def line(self, path: Path_) -> int:
        """Where the key stands, or the nearest table around it."""
        return next(
            self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines
        )

    def tell(self, path: Path_, message: str) -> None:
        self.problems.append(Problem(self.line(path), message))

    def shape(self, value: Any, wanted: Any, path: Path_) -> Any:
        """`value` as `wanted` says; what does not fit is told."""
        if wanted is WORDS:
            return self._words(value, path)
        if isinstance(wanted, dict) and isinstance(value, dict):
            return self._table(value, wanted, path)
        if isinstance(wanted, list) and isinstance(value, list) and value:
            return [self.shape(item, wanted[0], (*path, n)) for n, item in enumerate(value)]
        if not _fits(value, wanted):
            self.tell(path, f"{_dotted(path)} must be {_called(wanted)}, not {value!r}")
        return value

    def _table(self, value: dict, wanted: dict, path: Path_) -> dict:
        known = {key.removesuffix("?"): inner for key, inner in wanted.items() if key != "*"}
        for key in value.keys() - known.keys() if "*" not in wanted else ():
            hint = ", ".join(known)
            self.tell((*path, key), f"{_dotted((*path, key))} is no known key. Hint: {hint}")
        for key in wanted.keys() & known.keys() - value.keys():
            self.tell(path, f"{_dotted((*path, key))} must be there")
        return {
            key: self.shape(value[key], inner, (*path, key))
            for key, inner in known.items()
            if key in value
        }

    def _words(self, value: Any, path: Path_) -> Words:
        found = value if isinstance(value, dict) else {}
        for lang in LANGS:
            if not (isinstance(found.get(lang), str) and found[lang].strip()):
                self.tell(path, f"{_dotted(path)} must have words in {lang}")
        for lang in found.keys() - set(LANGS):
            law = f"{_dotted(path)}.{lang} is no language of the book"
            self.tell(path, f"{law}. Hint: {', '.join(LANGS)}")
        return Words(self.line(path), {lang: str(found.get(lang) or "?") for lang in LANGS})


def _dotted(path: Path_) -> str:
    return ".".join(map(str, path))


def _fits(value: Any, wanted: Any) -> bool:
    if wanted == NUMBERS:
        two = isinstance(value, list) and len(value) == 2
        return two and all(isinstance(number, int | float) for number in value)
    if isinstance(wanted, tuple):
        return value in wanted
    return isinstance(wanted, type) and isinstance(value, wanted)


def _called(wanted: Any) -> str:
    if isinstance(wanted, tuple):
        return "one of " + ", ".join(wanted)
    if isinstance(wanted, str):
        return wanted
    table = "a table" if isinstance(wanted, dict) else "a list of tables"
    return getattr(wanted, "__name__", table)
