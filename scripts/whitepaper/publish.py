"""Puts a finished site in place whole or not at all, and leaves alone what no build made."""

import ctypes
import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from whitepaper.book import BookError
from whitepaper.lock import alone
from whitepaper.manifest import MANIFEST, files_in

PARTS = ".build-parts"  # where files wait that go into a folder with others
UNKNOWN = {"size": 0, "sha256": ""}  # of a file that is about to be taken away
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # <fcntl.h>, <linux/fs.h>


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """An empty folder to build in.

    When the block ends without an error, what is in it stands in `out`.

    Where `out` holds nothing but an earlier build it is replaced in one step. Whatever else lies in
    it (a checkout's .git, a CNAME) stays: then our files are put in place one by one. Until then
    `out` is as it was. A second build of the same `out` waits for the first. Raises BookError where
    something that no build made is in the way, or nothing can be written.
    """
    out = out.resolve()  # a link to a folder stays one
    aside = out.with_name(f".{out.name}.stage")
    stage = aside / "new"
    umask = os.umask(0o022)  # a web server of another user reads what is made
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        busy = f"build: waiting for another build of {out.parent}"
        with alone(out.with_name(f".{out.name}.lock"), busy):
            clear(out, aside)
            require_room(out, set())
            try:
                stage.mkdir(parents=True)
                yield stage
                require_room(out, files_in(stage))
                if foreign_in(out) or not swap(stage, out):
                    merge(stage, out)
            finally:
                clear(out, aside)
    except OSError as error:
        raise BookError(
            f"{error.filename or out}: {error.strerror or error}. {out} is as it was; "
            "make room or set its permissions, then build again"
        ) from error
    finally:
        os.umask(umask)


def swap(stage: Path, out: Path) -> bool:
    """Makes `stage` be `out`: one atomic exchange where the system has it, else two renames,
    between which `clear` can go back.

    False where `out` cannot be moved, being a mount point: it is then as it was.
    """
    try:
        if out.exists() and not _exchange(stage, out):
            out.rename(stage.with_name("old"))
        if not out.exists():
            stage.rename(out)
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.EXDEV):
            raise
        return False
    return True


def merge(stage: Path, out: Path) -> None:
    """Puts each file of `stage` into `out` and takes away what only an earlier build had.

    Nothing else is touched.

    All is copied beside its place first, so that a full disk leaves `out` as it was; from then on
    build.json lists old and new files, so that a build that ends half-way leaves nothing that the
    next one does not know.
    """
    parts = out / PARTS
    shutil.copytree(stage, parts)
    before, after = _made_in(out), files_in(stage)
    listed = {"files": dict.fromkeys(sorted(before | after), UNKNOWN)}
    both = parts / f"{MANIFEST}.both"
    both.write_text(json.dumps(listed), "utf-8")
    try:
        both.replace(out / MANIFEST)
        _remove(out, before - after)
        for name in (*sorted(after - {MANIFEST}), MANIFEST):
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (parts / name).replace(out / name)
    except OSError as error:
        raise BookError(
            f"{error.filename or out}: {error.strerror}. {out} is partly replaced; "
            "mend that, then build again"
        ) from error


def _remove(out: Path, names: set[str]) -> None:
    """Takes files away, and the folders that are empty then."""
    for name in names:
        (out / name).unlink()
    for folder in sorted(_folders(names), reverse=True):
        with suppress(OSError):  # something lies in it
            (out / folder).rmdir()


def clear(out: Path, aside: Path) -> None:
    """Puts the old site back where a build died between its two renames.

    Then takes away what builds left.
    """
    old = aside / "old"
    if old.exists() and not out.exists():
        old.rename(out)
    shutil.rmtree(aside, ignore_errors=True)
    if not (out / PARTS).is_symlink():
        shutil.rmtree(out / PARTS, ignore_errors=True)


def require_room(out: Path, names: set[str]) -> None:
    """Raises BookError where something that no build made stands where `out`, or a file called
    `names` in it, must go.
    """
    if out.exists() and not out.is_dir():
        raise BookError(f"{out}: is no folder. Remove it, or name another --out")
    taken = names | {MANIFEST} | _folders(names)
    for name in sorted(foreign_in(out)):
        if name in taken or _folders({name}) & names:
            raise BookError(
                f"{out / name}: was not made by a build and stands where one of its files must go, "
                "so nothing is written. Move it away, or name another --out"
            )


def foreign_in(out: Path) -> set[str]:
    """Whatever in `out` no build made, but for plain folders; links are not followed."""
    return files_in(out) - _made_in(out)


def _made_in(out: Path) -> set[str]:
    """The files that an earlier build put into `out`, by its build.json, and that itself."""
    try:
        listed = json.loads((out / MANIFEST).read_text("utf-8"))["files"]
        ours = all("sha256" in entry for entry in listed.values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()
    return {*listed, MANIFEST} & files_in(out) if ours else set()


def _folders(names: set[str]) -> set[str]:
    """The folders that files called so lie in, from the top."""
    return {parent.as_posix() for name in names for parent in PurePosixPath(name).parents} - {"."}


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders in one step (renameat2, Linux).

    False where system or file system cannot.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, TypeError):  # another system
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(code, os.strerror(code), str(other))
