"""Writes an import in one go or not at all, and remembers enough to take exactly that back.

The journal, `.cache/import.json`, maps each file that imports wrote since the last commit to what
stood there and what was written, byte for byte, null where there is no file.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath

import msgspec

from manuscript.decode import shown
from manuscript.draft import read_bytes
from whitepaper.book import APPARATUS, BookError
from whitepaper.git import git
from whitepaper.lock import alone

FOLDER = ".cache"
ASIDE = f"{FOLDER}/import"
JOURNAL = f"{FOLDER}/import.json"
Files = Mapping[str, bytes | None]  # by their path in the project; None where there is none
Entries = dict[str, tuple[bytes | None, bytes | None]]


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
    if (root / ASIDE).exists():  # of a run that was killed
        shutil.rmtree(root / ASIDE)
    new, old = root / ASIDE / "new", root / ASIDE / "old"
    with ExitStack() as end, ExitStack() as back:
        end.callback(shutil.rmtree, root / ASIDE, ignore_errors=True)
        for name, data in files.items():
            _stage(new / name, data)
            _stage(old / name, read_bytes(root / name))
        for name in files:
            back.callback(_put, old / name, root / name)
            _put(new / name, root / name)
        back.pop_all()  # nothing went wrong


def _stage(path: Path, data: bytes | None) -> None:
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


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
        self.root = root
        self.dirty = _dirty(root)
        self.entries: Entries = {}
        with suppress(OSError, msgspec.DecodeError):
            self.entries = msgspec.json.decode((root / JOURNAL).read_bytes(), type=Entries)
        if self.dirty is not None:  # what was committed is nobody's to undo
            self.entries = {n: pair for n, pair in self.entries.items() if n in self.dirty}

    def record(self, files: Files) -> Files:
        """What to write: these files, and before them the journal that tells of them.

        What an earlier import wrote and nobody committed goes back to before that.
        """
        for name, data in files.items():
            there = read_bytes(self.root / name)
            self.entries[name] = self.entries[name][0] if self._is_ours(name) else there, data
        return {JOURNAL: msgspec.json.encode(self.entries), **files} if files else {}

    def undo(self) -> tuple[list[str], list[str]]:
        """Puts back what stood there before the imports: (files put back, files passed over, for
        somebody has changed them since).
        """
        ours = {name: pair[0] for name, pair in self.entries.items() if self._is_ours(name)}
        changed = {name: pair for name, pair in self.entries.items() if name not in ours}
        write(self.root, {JOURNAL: msgspec.json.encode(changed), **ours})
        return [*ours], sorted(changed)

    def refusal(self, files: Files) -> str:
        """Why these files are not to be written: chapters with edits of others that git does not
        have are replaced whole. Other files are written on, and undo has what they were.
        """
        if self.dirty is None:
            return (
                "git has no commit of this folder, so replaced chapters could not be had back. "
                "Commit it, or replace them with --force"
            )
        lost = sorted(
            name
            for name in self.dirty & files.keys()
            if PurePosixPath(name).match("docs/zh/*.md")
            and PurePosixPath(name).stem not in APPARATUS
            and (self.root / name).exists()
            and not self._is_ours(name)
        )
        named = f"{', '.join(lost[:3])}{' and others' if len(lost) > 3 else ''}"
        said = f"uncommitted edits in {named}. Commit them, or replace them with --force"
        return said if lost else ""

    def _is_ours(self, name: str) -> bool:
        """Stands as an import wrote it."""
        return name in self.entries and self.entries[name][1] == read_bytes(self.root / name)


def _dirty(root: Path) -> set[str] | None:
    """Files below docs/, and mkdocs.yml, that hold something that git does not have; None without
    git.
    """
    ours = ("-z", "--", "docs", "mkdocs.yml")
    changed = git(root, *"diff HEAD --name-only --no-renames --relative".split(), *ours)
    unknown = git(root, "ls-files", "--others", *ours)
    if changed is None or unknown is None:
        return None
    return {*changed.split("\0"), *unknown.split("\0")}
