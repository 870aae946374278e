"""What the checker remembers between runs: by content, so that nothing stale is ever found, and
never needed."""

import contextlib
import hashlib
import json
import os
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any


class Memory:
    """A folder of sealed JSON files, each named by the digest of what it was made from; broken ones
    count as missing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def load(self, key: str) -> Any:
        """What was saved under a key, if the other files it was made from are as they were; else
        None."""
        if self.folder:
            with contextlib.suppress(OSError, ValueError):
                seal, _, text = (self.folder / key[:2] / key[2:]).read_bytes().partition(b"\n")
                if seal.decode("latin-1") != hashlib.sha256(text).hexdigest():
                    return None
                entry = json.loads(text)
                if all(digest(Path(path)) == value for path, value in entry["inputs"].items()):
                    return entry["data"]
        return None

    def save(self, key: str, data: Any, inputs: dict[str, str]) -> None:
        """Whole or not at all, and without a word where the place cannot be written."""
        if self.folder:
            path = self.folder / key[:2] / key[2:]
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                part = path.with_name(f"{path.name}.{os.getpid()}")
                text = json.dumps({"inputs": inputs, "data": data}).encode()
                part.write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
                part.replace(path)

    def forget(self, kept: int) -> None:
        """Drops the oldest entries when there are more than four times as many as a run needs."""
        if not self.folder:
            return
        with contextlib.suppress(OSError):
            entries = sorted(self.folder.glob("??/*"), key=lambda path: path.stat().st_mtime_ns)
            for path in entries[: -kept or None] if len(entries) > 4 * kept + 100 else ():
                path.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """Of a file's content; `` where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def key_of(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def program() -> str:
    """This program and the packages it stands on, as they now are."""
    here = Path(__file__).parent.parent
    own = [digest(path) for path in sorted(here.rglob("*.py"))]
    folders = {Path(metadata.__file__).parent, *map(Path, sys.path)}
    packages = sorted(
        path.name for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info")
    )
    return key_of(own, packages, sys.version)
