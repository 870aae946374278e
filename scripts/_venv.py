"""Puts a verb into the project's own environment: .venv, made from a hash lock, once.

Standard library only: this runs on whatever Python starts the verb.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"build": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}


def enter(group: str = "build") -> None:
    """Continues the running verb inside .venv, which holds at least the packages of `group`.

    Exits with 2 and one line on stderr when the environment cannot be made.
    """
    verb = Path(sys.argv[0]).name
    if sys.version_info < (3, 11):
        sys.exit(
            _fail(
                verb,
                f"Python 3.11 or newer must run this, found {sys.version.split()[0]} at {sys.executable}",
            )
        )
    if not _ready(group):
        with _only_one():
            if not _ready(group):
                _make(verb, group)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    if Path(sys.prefix).resolve() != VENV.resolve():
        command = [str(PYTHON), *sys.argv]
        if os.name == "nt":
            sys.exit(subprocess.run(command).returncode)
        os.execv(command[0], command)


def _stamp(group: str) -> Path:
    """The file whose presence says that the lock, as it now is, was installed by this Python."""
    key = hashlib.sha256(LOCKS[group].read_bytes() + sys.version.encode()).hexdigest()[:16]
    return VENV / f"{group}-{key}"


def _ready(group: str) -> bool:
    if (
        Path(sys.prefix).resolve() == VENV.resolve()
    ):  # already inside: the stamp was seen on the way in
        return group == "build" or any(VENV.glob(f"{group}-*"))
    return PYTHON.exists() and (
        _stamp(group).exists() or (group == "build" and _stamp("test").exists())
    )


def _make(verb: str, group: str) -> None:
    print(
        f"{verb}: setting up .venv from {LOCKS[group].name} (once, about a minute)",
        file=sys.stderr,
        flush=True,
    )
    try:
        if not any(_stamp(known).exists() for known in LOCKS):
            shutil.rmtree(VENV, ignore_errors=True)
            subprocess.run(
                [sys.executable, "-m", "venv", VENV], check=True, capture_output=True, text=True
            )
        options = "-m pip --disable-pip-version-check install --quiet --no-deps"
        pip = [PYTHON, *options.split()]
        for what in (
            ["--require-hashes", "-r", LOCKS[group]],
            # The project itself, so that plain `mkdocs` finds our extension too.
            ["--no-build-isolation", "--no-index", "-e", ROOT],
        ):
            subprocess.run([*pip, *what], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines() or ["no message"]
        sys.exit(
            _fail(
                verb,
                f"cannot set up {VENV}: {said[-1]}. Check the network and free disk space, then run it again",
            )
        )
    _stamp(group).touch()


def _fail(verb: str, message: str) -> int:
    print(f"{verb}: {message}", file=sys.stderr)
    return 2


@contextmanager
def _only_one():
    """Two verbs started at once must not fill one environment together: the second waits."""
    with open(ROOT / ".venv.lock", "w") as lock:
        if os.name != "nt":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
