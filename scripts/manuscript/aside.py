"""A PDF or DOCX read in a process of its own, which may take so much time and memory and no more:
what inflates without end harms nothing.

`read_aside` asks, `main` answers: it runs as `python -m manuscript.aside`, and is no fork, for what
its parent holds would count as its own.
"""

import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from manuscript.units import Reading
from whitepaper.book import BookError

MEMORY = 450 * 2**20  # bytes
SECONDS = 50  # of the processor
OURS = "-I -X utf8 -m manuscript.aside".split()  # blind to the caller's settings


def read_aside(kind: str, path: Path, name: str, *pages: int) -> Reading:
    """The reading of this file; `kind` is pdf or docx.

    Raises BookError, also where it takes too much.
    """
    asked = [kind, str(path), name, *map(str, pages)]
    done = subprocess.run([sys.executable, *OURS, *asked], capture_output=True, check=False)
    if done.returncode:
        raise BookError(
            f"{name}: unpacks to more than an import may take ({MEMORY // 2**20} MB, "
            f"{SECONDS} s). Print or save it anew, with smaller pictures"
        )
    answer = pickle.loads(done.stdout)
    if isinstance(answer, Exception):
        raise answer
    return answer


def main() -> None:
    kind, path, name, *pages = sys.argv[1:]
    with suppress(ImportError):
        import resource  # Windows has none

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        if kind == "pdf":
            from manuscript.printed import read_printed

            answer: Reading | Exception = read_printed(Path(path), name, *map(int, pages))
        else:
            from manuscript.docx import read_docx

            answer = read_docx(Path(path), name)
    except MemoryError:
        sys.exit(1)
    except Exception as error:  # for the parent to raise
        answer = error
    pickle.dump(answer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
