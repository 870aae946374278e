"""What the checker remembers of its last run: by content, so that nothing stale is ever found, and
never needed."""

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

Digests = dict[str, str]  # of files, by path


def recall(file: Path, key: str) -> Any:
    """What was kept in a file under a key, if all that it was made from is as it was; else None.
    A damaged file may raise anything."""
    with contextlib.suppress(Exception):
        known, inputs, data = pickle.loads(file.read_bytes())
        if known == key and inputs == digests(inputs):
            return data
    return None


def keep(file: Path, key: str, inputs: Digests, data: Any) -> None:
    """Whole or not at all, and without a word where the place cannot be written."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps((key, inputs, data)))
        part.replace(file)


def digest(path: Path) -> str:
    """Of a file's content; `` where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def digests(paths: Iterable[str | Path]) -> Digests:
    return {str(path): digest(Path(path)) for path in paths}


def key_of(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogateescape")).hexdigest()


@cache
def program() -> str:
    """This program, its tables and the packages it stands on, as they now are."""
    files = sorted(Path(__file__).parents[1].rglob("*"))
    own = digests(path for path in files if path.suffix in (".py", ".toml", ".txt"))
    folders = map(Path, sys.path)
    packages = sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))
    return key_of(own, packages, sys.version)
