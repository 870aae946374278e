"""What imports wrote and what stood there before: enough to take exactly that back, and to tell it
from edits of others.

Lies in `.cache/import`: `journal.json` maps each file to two digests, of what stood there and of
what was written (null: no file), and one file for each digest holds the bytes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from whitepaper.book import APPARATUS, BookError
from whitepaper.git import git

FOLDER = ".cache/import"


class Journal:
    """The journal of the project at `root`. Hold its lock."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / FOLDER
        self.entries: dict[str, list[str | None]] = {}
        with suppress(OSError, ValueError):
            self.entries = json.loads((self.folder / "journal.json").read_text("utf-8"))

    def record(self, files: Mapping[str, bytes | None]) -> None:
        """Notes what is about to be written.

        What an earlier import wrote and nobody committed goes back to before that.
        """
        self._forget_committed()
        for name, written in files.items():
            if not self._is_ours(name):
                self.entries[name] = [self._keep(_read(self.root / name)), None]
            self.entries[name][1] = self._keep(written)
        self._save()

    def undo(self) -> tuple[dict[str, bytes | None], list[str]]:
        """(what to write so that everything is as it was, files that somebody has changed since).

        Forgets the first.
        """
        self._forget_committed()
        ours = [name for name in self.entries if self._is_ours(name)]
        files = {name: self._bytes(self.entries.pop(name)[0]) for name in ours}
        return files, sorted(self.entries)

    def _forget_committed(self) -> None:
        dirty = _dirty(self.root)
        if dirty is not None:
            self.entries = {name: pair for name, pair in self.entries.items() if name in dirty}

    def edited(self, files: Mapping[str, bytes | None]) -> list[str]:
        """Which of the files hold edits of others that neither git has nor `files` would keep."""
        dirty = _dirty(self.root)
        if dirty is None:
            raise BookError(
                "git does not keep this folder, so replaced chapters could not be had back. "
                "Put it under git, or replace them with --force"
            )
        kept = {line for text in files.values() for line in (text or b"").splitlines()}
        return sorted(name for name in files if name in dirty and self._loses(name, kept))

    def _loses(self, name: str, kept: set[bytes]) -> bool:
        """A chapter is replaced whole; other files are written on, and lose only lines that come
        nowhere again.
        """
        there = _read(self.root / name)
        if there is None or self._is_ours(name):
            return False
        known = self._bytes(self.entries.get(name, [None, None])[1]) or _committed(self.root, name)
        path = PurePosixPath(name)
        if known is None or (path.parent.name == "zh" and path.stem not in APPARATUS):
            return True
        return bool(set(there.splitlines()) - set(known.splitlines()) - kept)

    def _is_ours(self, name: str) -> bool:
        return name in self.entries and _digest(_read(self.root / name)) == self.entries[name][1]

    def _keep(self, data: bytes | None) -> str | None:
        digest = _digest(data)
        if data is not None and digest:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / digest).write_bytes(data)
        return digest

    def _bytes(self, digest: str | None) -> bytes | None:
        return _read(self.folder / digest) if digest else None

    def _save(self) -> None:
        """Writes the journal in one step, and drops the bytes that it no longer names."""
        aside = self.folder / "journal.new"
        aside.write_text(json.dumps(self.entries, indent=1), "utf-8")
        aside.replace(self.folder / "journal.json")
        named = {digest for pair in self.entries.values() for digest in pair}
        for path in self.folder.iterdir():
            if path.name not in named and path.suffix != ".json":
                path.unlink()

    def close(self) -> None:
        """After an undo."""
        if self.folder.exists():
            self._save()


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _committed(root: Path, name: str) -> bytes | None:
    text = git(root, "show", f"HEAD:./{name}")
    return None if text is None else text.encode("utf-8", "surrogateescape")


def _dirty(root: Path) -> set[str] | None:
    """Files below docs/, and mkdocs.yml, that hold something that git does not have; None without
    git.
    """
    prefix = git(root, "rev-parse", "--show-prefix")
    asked = ("--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored")
    status = git(root, "status", *asked, "--", "docs", "mkdocs.yml")
    if prefix is None or status is None:
        return None
    return set(_names(status, prefix.strip()))


def _names(status: str, prefix: str) -> Iterator[str]:
    for entry in status.split("\0"):
        if entry[2:3] == " ":
            yield entry[3:].removeprefix(prefix)
