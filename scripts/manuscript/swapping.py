"""Many files replaced as one: all of them or none."""

import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from manuscript.decode import shown
from whitepaper.book import BookError
from whitepaper.lock import alone

ASIDE = "import-"


def write(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Writes every file aside, then puts all in place; whatever goes wrong on the way, the old ones
    stand again.
    """
    if not files:
        return
    for stale in (root / ".cache").glob(f"{ASIDE}*"):  # of a run that was killed; the lock is ours
        shutil.rmtree(stale, ignore_errors=True)
    with (
        unwritable(root),
        tempfile.TemporaryDirectory(
            prefix=ASIDE, dir=root / ".cache", ignore_cleanup_errors=True
        ) as aside,
    ):
        staged = {
            root / name: _stage(Path(aside, f"new-{number}"), data)
            for number, (name, data) in enumerate(files.items())
        }
        _swap(Path(aside), staged)


@contextmanager
def unwritable(root: Path) -> Iterator[None]:
    """What cannot be written becomes one line that says where."""
    try:
        yield
    except OSError as error:
        raise BookError(
            f"{shown(Path(error.filename or root))}: cannot be written ({error.strerror}). "
            "The chapters are as they were; make room or mend permissions"
        ) from None


def _stage(path: Path, data: bytes | None) -> Path | None:
    if data is None:
        return None
    path.write_bytes(data)
    return path


def _swap(aside: Path, staged: dict[Path, Path | None]) -> None:
    """Renames, and takes every rename back when one of them fails or somebody interrupts."""
    done: list[tuple[Path, Path | None]] = []
    try:
        with _terminated_raises():
            for number, (path, new) in enumerate(staged.items()):
                path.parent.mkdir(parents=True, exist_ok=True)
                old = aside / f"old-{number}" if path.exists() else None
                if old:
                    shutil.copy2(path, old)
                done.append((path, old))
                new.replace(path) if new else path.unlink()
    except BaseException:
        for path, old in reversed(done):
            old.replace(path) if old else path.unlink(missing_ok=True)
        raise


@contextmanager
def _terminated_raises() -> Iterator[None]:
    """A polite end from outside (SIGTERM) becomes an exception, as Ctrl-C is one."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread: nothing to catch there
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """One import at a time in a project: the second waits for the first."""
    folder = root / ".cache"
    with ExitStack() as held:
        try:
            folder.mkdir(exist_ok=True)
            held.enter_context(alone(folder / "import.lock"))
        except OSError as error:
            raise BookError(
                f"{shown(folder)}: cannot be written ({error.strerror}). Mend its permissions"
            ) from None
        yield
