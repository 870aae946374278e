"""Data files: TOML held to its types, and every fault told with file, line and cure."""

import re
import tomllib
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from whitepaper.book import BookError
from whitepaper.faults import malformed

Made = TypeVar("Made")
Text = Annotated[str, msgspec.Meta(min_length=1)]
HEADER = re.compile(r"^\s*\[", re.MULTILINE)  # of a table


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a data file: has the keys that it names, and no others."""


def read_data(path: Path, kind: type[Made], shown: str = "") -> Made:
    """What the file holds, as `kind` says; raises BookError that names the line, where it can."""
    shown = shown or path.as_posix()
    try:
        text = path.read_text("utf-8")
        return msgspec.convert(tomllib.loads(text), kind)
    except msgspec.ValidationError as error:
        said, _, at = str(error).partition(" - at `$")
        keys = [int(key) if key.isdigit() else key for key in re.findall(r"[\w-]+", at)]
        line = line_at(text, (*keys, *re.findall("unknown field `(.*)`", said)))
        where = ".".join(key for key in keys if isinstance(key, str)) + ": " * bool(keys)
        raise BookError(f"{shown}:{line}: {where}{said}. Mend it") from None
    except ValueError as error:
        raise BookError(malformed(shown, error)) from None
    except OSError as error:
        raise BookError(f"{shown}: {error.strerror}. Make it a file that can be read") from None


def line_at(text: str, path: Iterable[str | int]) -> int:
    """Where a key stands in TOML, or the nearest table around it.

    `path` leads to it through tables and lists, whose items are numbered from 0.
    """
    at, keys = 0, [*path]
    for key, then in zip_longest(keys, keys[1:]):
        if isinstance(key, int):
            continue
        own = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*=""", re.MULTILINE)
        table = re.compile(rf"^\s*\[\[?([\w-]+\.)*{re.escape(key)}\s*\]", re.MULTILINE)
        for _ in range(then + 1 if isinstance(then, int) else 1):
            end = HEADER.search(text, at)
            found = own.search(text, at, end.start() if end else len(text))
            if found := found or table.search(text, at):
                at = found.end()
    return text.count("\n", 0, at) + 1
