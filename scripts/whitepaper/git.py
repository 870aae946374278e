"""What git says. Everything works without it too, with less to say."""

import subprocess
from pathlib import Path

PLAIN = (
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
)  # names as they are, and no program of the project's own


def git(root: Path, *arguments: str, input: str | None = None) -> str | None:
    """What git, started in `root`, answers; None where there is no git, no repository, or a refusal."""
    try:
        done = subprocess.run(
            ["git", *PLAIN, *arguments],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            input=input,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
