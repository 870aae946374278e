"""What the checker remembers between runs: by content, so that nothing stale is ever found, and
never needed."""

import contextlib
import hashlib
import os
import pickle
import sys
from functools import cache, cached_property
from pathlib import Path
from typing import Any


class Memory:
    """A file of entries, each under the digest of what it was made from."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.used: dict[str, tuple[dict[str, str], Any]] = {}

    @cached_property
    def known(self) -> dict[str, tuple[dict[str, str], Any]]:
        """None where the file is not there, or damaged: such bytes may raise anything."""
        with contextlib.suppress(Exception):
            return dict(pickle.loads(self.path.read_bytes())) if self.path else {}
        return {}

    def load(self, key: str) -> Any:
        """What was kept under a key, if the other files it was made from are as they were; else
        None."""
        inputs, data = self.known.get(key, ({}, None))
        if data and all(digest(Path(path)) == value for path, value in inputs.items()):
            self.used[key] = inputs, data
            return data
        return None

    def keep(self, key: str, data: Any, inputs: dict[str, str]) -> None:
        self.used[key] = inputs, data

    def save(self) -> None:
        """What was loaded and kept: whole or not at all, and without a word where the place cannot
        be written."""
        if self.path and self.used.keys() != self.known.keys():
            part = self.path.with_name(f"{self.path.name}.{os.getpid()}")
            with contextlib.suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                part.write_bytes(pickle.dumps(self.used))
                part.replace(self.path)


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def digest(path: Path) -> str:
    """Of a file's content; `` where it cannot be read."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def key_of(*parts: object) -> str:
    return sha256(repr(parts).encode("utf-8", "surrogateescape"))


@cache
def program() -> str:
    """This program, its tables and the packages it stands on, as they now are."""
    files = sorted(Path(__file__).parents[1].rglob("*"))
    own = [digest(path) for path in files if path.suffix in (".py", ".toml", ".txt")]
    folders = map(Path, sys.path)
    packages = sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))
    return key_of(own, packages, sys.version)
