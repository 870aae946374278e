"""One process at a time: a lock that ends with the process that holds it, however that ends.

Standard library only.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

PAUSE = 0.1  # seconds between two tries, where the system cannot wait for a lock


@contextmanager
def alone(path: Path, waiting: str = "") -> Iterator[None]:
    """Holds the lock file `path`; where another process does, says `waiting` on stderr and waits
    for it.

    The file is taken away again, where the system lets an open file go. Raises OSError where it
    cannot be made.
    """
    while True:
        with open(path, "ab") as file:
            if not _take(file, wait=False):
                if waiting:
                    print(waiting, file=sys.stderr, flush=True)
                _take(file, wait=True)
            if not _is_still(file, path):  # who held it before us has just taken it away
                continue
            try:
                yield
            finally:
                with suppress(OSError):
                    path.unlink()
            return


def _is_still(file: BinaryIO, path: Path) -> bool:
    return path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())


def _take(file: BinaryIO, wait: bool) -> bool:
    """Whether the lock of the file could be had."""
    try:
        import fcntl
    except ImportError:
        return _take_on_windows(file, wait)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _take_on_windows(file: BinaryIO, wait: bool) -> bool:
    msvcrt: Any = import_module("msvcrt")
    while True:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        except OSError:
            if not wait:
                return False
        time.sleep(PAUSE)
