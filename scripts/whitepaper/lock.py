"""One process at a time: a lock that ends with the process that holds it, however that ends.

Standard library only.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

PAUSE = 0.1  # seconds between two tries


@contextmanager
def alone(path: Path, waiting: str = "") -> Iterator[None]:
    """Holds the lock file `path`; where another process does, says `waiting` on stderr and waits
    for it.

    The file is taken away again, where the system lets an open file go. Raises OSError where it
    cannot be made.
    """
    while True:
        with open(path, "ab") as file:
            if not _take(file):
                if waiting:
                    print(waiting, file=sys.stderr, flush=True)
                    waiting = ""
            # Who held it before us may have taken it away in between.
            elif path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                try:
                    yield
                finally:
                    with suppress(OSError):
                        path.unlink()
                return
        time.sleep(PAUSE)


def _take(file: BinaryIO) -> bool:
    """Whether the lock of the file could be had."""
    try:
        fcntl: Any = import_module("fcntl")
        lock = partial(fcntl.flock, file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # Windows
        msvcrt: Any = import_module("msvcrt")
        file.seek(0)
        lock = partial(msvcrt.locking, file.fileno(), msvcrt.LK_NBLCK, 1)
    try:
        lock()
    except (BlockingIOError, PermissionError):  # another process has it
        return False
    return True
