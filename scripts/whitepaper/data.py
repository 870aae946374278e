"""Data files: TOML held to its types, and every fault told with file, line and cure."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from whitepaper.book import BookError
from whitepaper.faults import malformed

Made = TypeVar("Made")
Text = Annotated[str, msgspec.Meta(min_length=1)]
KeyPath = tuple[str | int, ...]  # of a key, through tables and lists


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a data file: has the keys that it names, and no others."""


def read_data(path: Path, kind: type[Made], shown: str = "") -> Made:
    """What the file holds, as `kind` says; raises OSError, and BookError that names the line."""
    shown = shown or path.as_posix()
    try:
        text = path.read_text("utf-8")
        return msgspec.convert(tomllib.loads(text), kind)
    except msgspec.ValidationError as error:
        said, _, at = str(error).partition(" - at `$")
        keys = [int(key) if key.isdigit() else key for key in re.findall(r"[\w-]+", at)]
        line = line_at(lines_of(text), (*keys, *re.findall("unknown field `(.*)`", said)))
        where = ".".join(key for key in keys if isinstance(key, str)) + ": " * bool(keys)
        raise BookError(f"{shown}:{line}: {where}{said}. Mend it") from None
    except ValueError as error:
        raise BookError(malformed(shown, error)) from None


def lines_of(text: str) -> dict[KeyPath, int]:
    """The line of each key, by its path; items of an array of tables are numbered from 0."""
    lines: dict[KeyPath, int] = {(): 1}
    here: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line):
            here = tuple(header[2].split("."))
            if header[1] == "[[":
                counts[here] = counts.get(here, -1) + 1
                here = (*here, counts[here])
            elif here[:-1] in counts:  # a table inside the last item
                here = (*here[:-1], counts[here[:-1]], here[-1])
            lines[here] = number
        elif key := re.match(r"""\s*["']?([\w-]+)["']?\s*=""", line):
            lines[(*here, key[1])] = number
    return lines


def line_at(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """Where the key stands, or the nearest table around it."""
    return next(lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines)
