"""Runs a verb in the project's own environment: .venv, made from a hash lock, once.

Standard library only: this runs on whatever Python starts the verb, and then again on that of
.venv. Whatever the caller's settings are, a verb sees the lock's packages alone and speaks UTF-8.
"""

from __future__ import annotations  # so that an older Python comes as far as being told

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"build": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}
# Blind to the caller's PYTHON* variables, packages and folder; and whatever the locale, in UTF-8.
OURS = "-I -X utf8".split()
# Mirrors, proxies and certificates are for pip's settings to say; where it installs to is not.
PIP_ELSEWHERE = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_PYTHON")


def enter(module: str, group: str = "build") -> None:
    """Ends in `main` of a module, run inside .venv, which holds at least the packages of `group`.

    Exits with 2 and one line on stderr when the environment cannot be made.
    """
    if sys.version_info < (3, 11):  # noqa: UP036 — the one place that must know older ones
        found = f"found {sys.version.split()[0]} at {sys.executable}"
        _fail(f"Python 3.11 or newer must run this, {found}")
    if not _ready(group):
        _make_once(group)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    command = [str(PYTHON), *OURS, str(Path(__file__).resolve()), module, *sys.argv]
    if os.name == "nt":  # which has no exec that whoever waits for us would wait for
        sys.exit(follow(command))
    os.execv(command[0], command)


def follow(command: list[str]) -> int:
    """The exit code of a command, which is told of Ctrl-C itself, and ends as it thinks right."""
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def run(module: str, arguments: list[str]) -> int:
    """The exit code of `main` of a module; what the disk refuses is told in one line."""
    sys.argv = arguments
    try:
        code = importlib.import_module(module).main()
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads has read enough; nor is anything told at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{error.strerror or error}. Make room, or mend the permissions")
    except KeyboardInterrupt:
        _fail("stopped")


def _stamp(group: str) -> Path:
    """The file whose presence says that the lock, as it now is, was installed by this Python."""
    key = hashlib.sha256(LOCKS[group].read_bytes() + sys.version.encode()).hexdigest()[:16]
    return VENV / f"{group}-{key}"


def _ready(group: str) -> bool:
    if Path(sys.prefix).resolve() == VENV.resolve():
        # Already inside: the stamp was seen on the way in.
        return group == "build" or any(VENV.glob(f"{group}-*"))
    enough = {group, "test"}  # which holds all that the build needs
    return PYTHON.exists() and any(_stamp(known).exists() for known in enough)


def _make_once(group: str) -> None:
    """Two verbs started at once must not fill one environment together: the second waits."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from whitepaper.lock import alone

    try:
        with alone(ROOT / ".venv.lock"):
            if not _ready(group):
                _make(group)
    except OSError as error:
        where = error.filename or VENV
        cure = "Work in a copy of the project that you may write to, with room on its disk"
        _fail(f"{where}: {error.strerror or error}, so .venv cannot be set up. {cure}")
    except KeyboardInterrupt:
        _fail("stopped while .venv was being set up; the next start begins anew")


def _make(group: str) -> None:
    """Makes .venv, or adds to it; exits where venv or pip refuse, with their own words."""
    told = f"setting up .venv from {LOCKS[group].name} (once, about a minute)"
    print(f"{_verb()}: {told}", file=sys.stderr, flush=True)
    if not any(_stamp(known).exists() for known in LOCKS):
        shutil.rmtree(VENV, ignore_errors=True)
        made = _call([sys.executable, "-m", "venv", VENV])
        if made.returncode:
            # venv knows what is lacking (on Debian python3-venv), and says it on stdout.
            said = " ".join(f"{made.stdout} {made.stderr}".split())
            _fail(f"cannot set up {VENV}: {said or 'venv failed without a word'}")
    pip = [PYTHON, *"-m pip --disable-pip-version-check install --quiet --no-deps".split()]
    for what in (
        ["--require-hashes", "-r", LOCKS[group]],
        # The project itself, so that plain `mkdocs` finds our extension too.
        ["--no-build-isolation", "--no-index", "-e", ROOT],
    ):
        done = _call([*pip, *what])
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            said = " ".join(line for line in lines if line.startswith("ERROR") or line == lines[-1])
            cure = "Check the network, pip's settings (a mirror: PIP_INDEX_URL) and free disk space"
            _fail(f"cannot set up {VENV}: {said.replace('ERROR: ', '')}. {cure}")
    _point_here()
    _stamp(group).touch()


def _point_here() -> None:
    """Lets .venv name this folder from where itself stands: pip writes its full path, which Python
    cannot read where the locale lacks its characters, and which ends when the project is moved."""
    scripts = ROOT / "scripts"
    for path in VENV.glob("[Ll]ib/**/site-packages/*.pth"):
        if path.read_bytes().strip() == os.fsencode(scripts):
            there = os.path.relpath(scripts.resolve(), path.parent.resolve())
            path.write_text(f"{there}\n", "ascii")


def _call(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    """Runs Python, its first word, with what it is told."""
    ours = {name: value for name, value in os.environ.items() if name not in PIP_ELSEWHERE}
    return subprocess.run(
        [command[0], *OURS, *command[1:]],
        env=ours | {"PIP_USER": "0"},
        capture_output=True,
        text=True,
        errors="replace",
    )


def _fail(message: str) -> NoReturn:
    print(f"{_verb()}: {message}", file=sys.stderr)
    sys.exit(2)


def _verb() -> str:
    return Path(sys.argv[0]).name


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:]))
