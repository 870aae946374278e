"""Writes an import in one go or not at all, and remembers enough to take exactly that back.

The journal, `.cache/import.json`, maps each file that imports wrote since the last commit to what
stood there and what was written, null where there is no file.
"""

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
        self.root, self.path = root, root / FOLDER / "import.json"
        self.dirty = _dirty(root)
        self.entries: dict[str, list[str | None]] = {}
        with suppress(OSError, ValueError):
            self.entries = json.loads(self.path.read_text("utf-8"))
        if self.dirty is not None:  # what was committed is nobody's to undo
            self.entries = {n: pair for n, pair in self.entries.items() if n in self.dirty}

    def record(self, files: Files) -> None:
        """Notes what is about to be written.

        What an earlier import wrote and nobody committed goes back to before that.
        """
        for name, written in files.items():
            there = self._there(name)
            before, last = self.entries.get(name, (there, there))
            self.entries[name] = [before if there == last else there, _text(written)]
        if files:
            self._save()

    def undo(self) -> tuple[list[str], list[str]]:
        """Puts back what stood there before the imports: (files put back, files passed over, for
        somebody has changed them since).
        """
        ours = [name for name, (_, last) in self.entries.items() if self._there(name) == last]
        write(self.root, {name: _bytes(self.entries.pop(name)[0]) for name in ours})
        self._save()
        return ours, sorted(self.entries)

    def require_kept(self, files: Files) -> None:
        """Raises BookError for edits of others that neither git has nor `files` would keep."""
        if self.dirty is None:
            raise BookError(
                "git does not keep this folder, so replaced chapters could not be had back. "
                "Put it under git, or replace them with --force"
            )
        kept = {line for data in files.values() for line in (_text(data) or "").split("\n")}
        lost = sorted(name for name in self.dirty & files.keys() if self._loses(name, kept))
        if lost:
            others = " and others" if len(lost) > 3 else ""
            raise BookError(
                f"uncommitted edits in {', '.join(lost[:3])}{others}. Commit them, or replace them "
                "with --force"
            )

    def _loses(self, name: str, kept: set[str]) -> bool:
        """A chapter is replaced whole; other files are written on, and lose only lines that come
        nowhere again.
        """
        there, last = self._there(name), self.entries.get(name, [None, None])[1]
        if there is None or (there == last and name in self.entries):
            return False
        known = last or git(self.root, "show", f"HEAD:./{name}")
        path = PurePosixPath(name)
        if known is None or (path.parent.name == "zh" and path.stem not in APPARATUS):
            return True
        return bool(set(there.split("\n")) - set(known.split("\n")) - kept)

    def _there(self, name: str) -> str | None:
        return _text(read_bytes(self.root / name))

    def _save(self) -> None:
        """Writes the journal in one step."""
        aside = self.path.with_suffix(".new")
        aside.write_text(json.dumps(self.entries, indent=1), "utf-8")
        aside.replace(self.path)


def _text(data: bytes | None) -> str | None:
    """Any bytes, as JSON can hold them: as git's answers come, too."""
    return None if data is None else data.decode("utf-8", "surrogateescape")


def _bytes(text: str | None) -> bytes | None:
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
    entries = (entry for entry in status.split("\0") if entry[2:3] == " ")
    return {entry[3:].removeprefix(prefix.strip()) for entry in entries}
