"""A PDF or DOCX read in a process of its own, which may take so much time and memory and no more:
what inflates without end harms nothing.
"""

import os
from contextlib import suppress
from pathlib import Path

from manuscript.units import Reading
from whitepaper.aside import Aside
from whitepaper.book import BookError

MEMORY = 450 * 2**20  # bytes
SECONDS = 50  # of the processor


def read_aside(kind: str, path: Path, name: str, *pages: int) -> Reading:
    """The reading of this file; `kind` is pdf or docx.

    Raises BookError, also where it takes too much.
    """
    try:
        return Aside(_read, kind, path, name, *pages).result()
    except (OSError, MemoryError):
        raise BookError(
            f"{name}: unpacks to more than an import may take ({MEMORY // 2**20} MB, "
            f"{SECONDS} s). Print or save it anew, with smaller pictures"
        ) from None


def _read(kind: str, path: Path, name: str, *pages: int) -> Reading:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what its libraries grumble
    with suppress(ImportError):
        import resource  # Windows has none

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if kind == "pdf":
        from manuscript.printed import read_printed

        return read_printed(path, name, *pages)
    from manuscript.docx import read_docx

    return read_docx(path, name)
