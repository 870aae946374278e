"""What the checker remembers between runs: by content, so that nothing stale is ever found, and
never needed."""

import contextlib
import hashlib
import os
import pickle
import sys
from functools import cache
from pathlib import Path
from typing import Any


class Memory:
    """A folder of files, each named by the digest of what it was made from."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def load(self, key: str) -> Any:
        """What was saved under a key, if the other files it was made from are as they were; else
        None, also where the entry is broken."""
        self.used.add(key)
        if self.folder:
            with contextlib.suppress(Exception):  # damaged bytes may raise anything
                inputs, data = pickle.loads((self.folder / key).read_bytes())
                if all(digest(Path(path)) == value for path, value in inputs.items()):
                    return data
        return None

    def save(self, key: str, data: Any, inputs: dict[str, str]) -> None:
        """Whole or not at all, and without a word where the place cannot be written."""
        if self.folder:
            part = self.folder / f"{key}.{os.getpid()}"
            with contextlib.suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                part.write_bytes(pickle.dumps((inputs, data)))
                part.replace(self.folder / key)

    def forget(self) -> None:
        """Drops what this run did not ask for."""
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir() if self.folder else ():
                if path.name not in self.used:
                    path.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """Of a file's content; `` where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def key_of(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogateescape")).hexdigest()


@cache
def program() -> str:
    """This program and the packages it stands on, as they now are."""
    own = [digest(path) for path in sorted(Path(__file__).parents[1].rglob("*.py"))]
    folders = map(Path, sys.path)
    packages = sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))
    return key_of(own, packages, sys.version)
