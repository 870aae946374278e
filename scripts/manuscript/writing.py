"""Writes an import in one go or not at all, and remembers enough to take exactly that back.

The journal lies in `.cache/import`: `journal.json` maps each file that imports wrote since the last
commit to two digests, of what stood there and of what was written (null: no file); a file for each
digest holds the bytes.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from manuscript.decode import shown
from manuscript.draft import read_bytes
from whitepaper.book import APPARATUS, BookError
from whitepaper.git import git
from whitepaper.lock import alone

FOLDER = ".cache"
ASIDE = "import-"
Files = Mapping[str, bytes | None]  # by their path in the project; None where there is none


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """One import at a time in a project: the second waits for the first. What cannot be written
    meanwhile becomes one line that says where.
    """
    try:
        (root / FOLDER).mkdir(exist_ok=True)
        with alone(root / FOLDER / "import.lock"):
            yield
    except OSError as error:
        raise BookError(
            f"{shown(Path(error.filename or root))}: {error.strerror}. "
            "The chapters are as they were; make room or mend permissions"
        ) from None


def write(root: Path, files: Files) -> None:
    """Writes all that needs room aside, then puts each file in place; whatever goes wrong on the
    way, the old ones stand again. Hold the lock.
    """
    for stale in (root / FOLDER).glob(f"{ASIDE}*"):  # of a run that was killed
        shutil.rmtree(stale, ignore_errors=True)
    if not files:
        return
    with tempfile.TemporaryDirectory(
        prefix=ASIDE, dir=root / FOLDER, ignore_cleanup_errors=True
    ) as folder:
        aside = Path(folder)
        for number, (name, data) in enumerate(files.items()):
            if data is not None:
                (aside / f"new-{number}").write_bytes(data)
            if (root / name).exists():
                shutil.copy2(root / name, aside / f"old-{number}")
        done = 0
        try:
            for number, name in enumerate(files):
                done = number + 1
                _put(aside / f"new-{number}", root / name)
        except BaseException:
            for number, name in enumerate([*files][:done]):
                _put(aside / f"old-{number}", root / name)
            raise


def _put(staged: Path, path: Path) -> None:
    """The staged file in place; none where none was staged."""
    if staged.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(path)
    else:
        path.unlink(missing_ok=True)


class Journal:
    """The journal of the project at `root`. Hold its lock."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / FOLDER / "import"
        self.dirty = _dirty(root)
        self.entries: dict[str, list[str | None]] = {}
        with suppress(OSError, ValueError):
            self.entries = json.loads((self.folder / "journal.json").read_text("utf-8"))
        if self.dirty is not None:  # what was committed is nobody's to undo
            self.entries = {n: pair for n, pair in self.entries.items() if n in self.dirty}

    def record(self, files: Files) -> None:
        """Notes what is about to be written.

        What an earlier import wrote and nobody committed goes back to before that.
        """
        for name, written in files.items():
            if not self._is_ours(name):
                self.entries[name] = [self._keep(read_bytes(self.root / name)), None]
            self.entries[name][1] = self._keep(written)
        self._save()

    def undo(self) -> tuple[list[str], list[str]]:
        """Puts back what stood there before the imports: (files put back, files passed over, for
        somebody has changed them since).
        """
        files = {n: self._bytes(pair[0]) for n, pair in self.entries.items() if self._is_ours(n)}
        write(self.root, files)
        passed = sorted(self.entries.keys() - files.keys())
        self.entries = {name: self.entries[name] for name in passed}
        self._save()
        return [*files], passed

    def edited(self, files: Files) -> list[str]:
        """Which of the files hold edits of others that neither git has nor `files` would keep."""
        if self.dirty is None:
            raise BookError(
                "git does not keep this folder, so replaced chapters could not be had back. "
                "Put it under git, or replace them with --force"
            )
        kept = {line for text in files.values() for line in (text or b"").splitlines()}
        return sorted(name for name in self.dirty & files.keys() if self._loses(name, kept))

    def _loses(self, name: str, kept: set[bytes]) -> bool:
        """A chapter is replaced whole; other files are written on, and lose only lines that come
        nowhere again.
        """
        there = read_bytes(self.root / name)
        if there is None or self._is_ours(name):
            return False
        known = self._bytes(self.entries.get(name, [None, None])[1])
        committed = git(self.root, "show", f"HEAD:./{name}")
        if known is None and committed is not None:
            known = committed.encode("utf-8", "surrogateescape")
        path = PurePosixPath(name)
        if known is None or (path.parent.name == "zh" and path.stem not in APPARATUS):
            return True
        return bool(set(there.splitlines()) - set(known.splitlines()) - kept)

    def _is_ours(self, name: str) -> bool:
        there = _digest(read_bytes(self.root / name))
        return name in self.entries and there == self.entries[name][1]

    def _keep(self, data: bytes | None) -> str | None:
        digest = _digest(data)
        if data is not None and digest:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / digest).write_bytes(data)
        return digest

    def _bytes(self, digest: str | None) -> bytes | None:
        return read_bytes(self.folder / digest) if digest else None

    def _save(self) -> None:
        """Writes the journal in one step, and drops the bytes that it no longer names."""
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / "journal.new"
        aside.write_text(json.dumps(self.entries, indent=1), "utf-8")
        aside.replace(self.folder / "journal.json")
        named = {digest for pair in self.entries.values() for digest in pair} | {"journal.json"}
        for path in self.folder.iterdir():
            if path.name not in named:
                path.unlink()


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _dirty(root: Path) -> set[str] | None:
    """Files below docs/, and mkdocs.yml, that hold something that git does not have; None without
    git.
    """
    prefix = git(root, "rev-parse", "--show-prefix")
    asked = ("--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored")
    status = git(root, "status", *asked, "--", "docs", "mkdocs.yml")
    if prefix is None or status is None:
        return None
    entries = (entry for entry in status.split("\0") if entry[2:3] == " ")
    return {entry[3:].removeprefix(prefix.strip()) for entry in entries}
