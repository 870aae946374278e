"""Puts a finished site in place whole or not at all, says what it consists of, and checks a copy against that."""

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from whitepaper.book import BookError

MANIFEST = "build.json"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # <fcntl.h>, <linux/fs.h>


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """An empty folder to build in; when the block ends without an error it becomes `out` in one step.

    Whatever happens before that, `out` is as it was. A second build of the same `out` waits for the first.
    Raises BookError where `out` is something else than a site made here, or cannot be written.
    """
    _refuse_foreign(out)
    aside = out.with_name(f".{out.name}.stage")
    with _names_in_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(aside):
            clear(out, aside)
            try:
                stage = Path(tempfile.mkdtemp(prefix="new-", dir=aside))
                stage.chmod(0o755)
                yield stage
                swap(stage, out)
            finally:
                clear(out, aside)
                aside.rmdir()


def swap(stage: Path, out: Path) -> None:
    """Makes `stage` be `out`: one atomic exchange where the system has it, else two renames, between which `clear` can go back."""
    if out.exists() and not _exchange(stage, out):
        out.rename(stage.with_name("old"))
    if not out.exists():
        stage.rename(out)


def clear(out: Path, aside: Path) -> None:
    """Puts the old site back where a build died between its two renames; then empties `aside`."""
    old = aside / "old"
    if old.exists() and not out.exists():
        old.rename(out)
    for left in aside.iterdir():
        shutil.rmtree(left, ignore_errors=True)


def write_manifest(stage: Path, facts: dict) -> None:
    """Writes build.json: `facts`, then size and sha256 of every other file."""
    files = {
        path.relative_to(stage).as_posix(): path.read_bytes()
        for path in sorted(stage.rglob("*"))
        if path.is_file()
    }
    entries = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
        if name != MANIFEST
    }
    (stage / MANIFEST).write_text(
        json.dumps(facts | {"files": entries}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


def verify(site: str) -> Iterator[str]:
    """What differs between a published copy (a folder, or its address) and its build.json; raises BookError without one."""
    read = _reader(site)
    try:
        listed = json.loads(read(MANIFEST) or "")["files"]
        expected = {name: (entry["size"], entry["sha256"]) for name, entry in listed.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BookError(
            f"{site}: no readable {MANIFEST} in it. Name a site that scripts/build made"
        ) from None
    for name, (size, sha256) in sorted(expected.items()):
        data = read(name)
        if data is None:
            yield f"{name}: missing"
        elif len(data) != size:
            yield f"{name}: {len(data)} bytes, must be {size}"
        elif hashlib.sha256(data).hexdigest() != sha256:
            yield f"{name}: other content (sha256 differs)"
    for path in sorted(Path(site).rglob("*")) if os.path.isdir(site) else ():
        name = path.relative_to(site).as_posix()
        if path.is_file() and name != MANIFEST and name not in expected:
            yield f"{name}: not part of the site"


def _reader(site: str) -> Callable[[str], bytes | None]:
    """Reads one file of a site by its name; None where there is none."""
    if not site.startswith(("http://", "https://")):
        return lambda name: path.read_bytes() if (path := Path(site, name)).is_file() else None

    def fetch(name: str) -> bytes | None:
        try:
            with urllib.request.urlopen(
                site.rstrip("/") + "/" + urllib.request.quote(name), timeout=30
            ) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            raise BookError(f"{site}: {name} answers {error.code}. Try again later") from None
        except OSError as error:
            raise BookError(
                f"{site}: cannot be reached ({error}). Check address and network"
            ) from None

    return fetch


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders in one step (renameat2, Linux); False where system or file system cannot."""
    renameat2 = (
        getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        if sys.platform == "linux"
        else None
    )
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _refuse_foreign(out: Path) -> None:
    """`out` is replaced as a whole, so it must be new, empty, or a site made here."""
    if out.exists() and not (out / MANIFEST).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise BookError(
            f"{out}: exists and has no {MANIFEST}, so it may not be a site and is left alone. Remove it, or name another --out"
        )


@contextmanager
def _names_in_errors(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or out
        raise BookError(
            f"{where}: {error.strerror or error}. {out} is as it was; make room or set its permissions, then build again"
        ) from error


@contextmanager
def _alone(aside: Path) -> Iterator[None]:
    """Makes the folder `aside` and holds it: its lock ends with the process, however that ends."""
    if os.name == "nt":
        aside.mkdir(exist_ok=True)
        yield
        return
    import fcntl

    while True:
        aside.mkdir(exist_ok=True)
        try:
            held = os.open(aside, os.O_RDONLY)
        except FileNotFoundError:  # the build before us has just cleared it away
            continue
        try:
            _lock(fcntl, held, aside)
            if aside.exists() and os.path.samestat(os.fstat(held), aside.stat()):
                yield
                return
        finally:
            os.close(held)


def _lock(fcntl, held: int, aside: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"build: waiting for another build of {aside.parent}", file=sys.stderr, flush=True)
        fcntl.flock(held, fcntl.LOCK_EX)
