"""Reads docs/data/figures.toml: wording in every language, each with the line it stands on."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from whitepaper.book import LANGS, BookError
from whitepaper.faults import malformed

SOURCE = "docs/data/figures.toml"
WORDS, NUMBERS = (
    "words",
    "a list of two numbers",
)  # what a schema may ask for, beside types, choices, tables and lists of tables


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


def read_data(path: Path, schema: dict) -> tuple[dict, list[Problem]]:
    """The data with every wording as Words, and where it is not as `schema` says. Raises BookError when it is no TOML at all.

    A key that ends in ? in the schema may be left out.
    """
    try:
        source = path.read_text("utf-8")
        raw = tomllib.loads(source)
    except FileNotFoundError:
        raise BookError(
            f"{SOURCE}: no such file. Restore it: every figure is drawn from it"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(malformed(SOURCE, error)) from None
    problems: list[Problem] = []
    return _shape(raw, schema, (), _lines(source), problems), problems


def _lines(source: str) -> dict[tuple, int]:
    """The line of each key, by its path; items of an array of tables are numbered from 0."""
    lines, here, counts = {(): 1}, (), {}
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


def _shape(value, wanted, path: tuple, lines: dict, problems: list[Problem]):
    """`value` as `wanted` says; what does not fit is appended to `problems`."""
    line = next(lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines)
    name = ".".join(map(str, path))
    if wanted is WORDS:
        return _words(value, name, line, problems)
    if isinstance(wanted, dict) and isinstance(value, dict):
        return _table(value, wanted, path, lines, problems)
    if isinstance(wanted, list) and isinstance(value, list) and value:
        return [
            _shape(item, wanted[0], (*path, n), lines, problems) for n, item in enumerate(value)
        ]
    if not _fits(value, wanted):
        problems.append(Problem(line, f"{name} must be {_called(wanted)}, not {value!r}"))
    return value


def _table(value: dict, wanted: dict, path: tuple, lines: dict, problems: list[Problem]) -> dict:
    known = {key.removesuffix("?"): inner for key, inner in wanted.items()}
    name = lambda key: ".".join(map(str, (*path, key)))  # noqa: E731
    line = lines.get(path, 1)
    for key in value.keys() - known.keys():
        problems.append(
            Problem(
                lines.get((*path, key), line),
                f"{name(key)} is no known key. Hint: {', '.join(known)}",
            )
        )
    for key in wanted.keys() & known.keys() - value.keys():
        problems.append(Problem(line, f"{name(key)} must be there"))
    return {
        key: _shape(value[key], inner, (*path, key), lines, problems)
        for key, inner in known.items()
        if key in value
    }


def _words(value, name: str, line: int, problems: list[Problem]) -> Words:
    found = value if isinstance(value, dict) else {}
    for lang in LANGS:
        if not (isinstance(found.get(lang), str) and found[lang].strip()):
            problems.append(Problem(line, f"{name} must have words in {lang}"))
    for lang in found.keys() - set(LANGS):
        problems.append(
            Problem(line, f"{name}.{lang} is no language of the book. Hint: {', '.join(LANGS)}")
        )
    return Words(line, {lang: str(found.get(lang) or "?") for lang in LANGS})


def _fits(value, wanted) -> bool:
    if wanted == NUMBERS:
        return (
            isinstance(value, list)
            and len(value) == 2
            and all(isinstance(number, int | float) for number in value)
        )
    if isinstance(wanted, tuple):
        return value in wanted
    return isinstance(wanted, type) and isinstance(value, wanted)


def _called(wanted) -> str:
    if isinstance(wanted, tuple):
        return "one of " + ", ".join(wanted)
    return (
        wanted
        if isinstance(wanted, str)
        else getattr(
            wanted, "__name__", "a table" if isinstance(wanted, dict) else "a list of tables"
        )
    )
