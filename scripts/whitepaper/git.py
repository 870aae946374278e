"""What git says of a folder. Everything works without it too, with less to say.

The answer depends on the folder alone: not on the repository that the caller's environment names
(as in a hook or an alias), not on the caller's settings, and no program that settings name is run.
"""

import os
import subprocess
from pathlib import Path

SETTINGS = {
    "core.quotePath": "false",  # names as they are
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "log.showSignature": "false",
    "log.showRoot": "true",
    "diff.noprefix": "false",
    "diff.mnemonicPrefix": "false",
    "diff.interHunkContext": "0",
}
# Of the caller's variables, those that say where git and its settings are, not which repository is
# meant.
KEPT = {"GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"}
# Messages in English; and without the optional locks `status` leaves the index as it is.
PLAIN = {"LC_ALL": "C", "LANGUAGE": "", "GIT_OPTIONAL_LOCKS": "0"}


def git(root: Path, *arguments: str) -> str | None:
    """What git, started in `root`, answers.

    None where there is no git, no repository, or a refusal.
    """
    done = _run(root, arguments)
    return done.stdout if done and done.returncode == 0 else None


def refusal(root: Path) -> str:
    """Why git tells less of this checkout than it could, with the cure, as git has it.

    `` where it tells all, or there is none.
    """
    asked = ("rev-parse", "--is-shallow-repository")
    done = _run(root, asked) if (root / ".git").exists() else None
    if not done:
        return ""
    if done.returncode:
        return f"commit and dates are not told: {' '.join(done.stderr.split())}"
    if done.stdout.strip() == "true":
        return (
            "a shallow clone, so pages do not tell when they last changed. "
            "For their dates: git fetch --unshallow"
        )
    return ""


def clean_environment() -> dict[str, str]:
    """The caller's environment without what git and its hooks hand down to their children."""
    return {name: value for name, value in os.environ.items() if name[:4] != "GIT_" or name in KEPT}


def _run(root: Path, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str] | None:
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    try:
        return subprocess.run(
            ["git", *settings, *arguments],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            env=clean_environment() | PLAIN,
        )
    except OSError:
        return None
