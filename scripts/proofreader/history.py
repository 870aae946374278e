"""What git knows of two twins: the lines changed since both were last committed together."""

import os
import re
import subprocess
from collections import defaultdict
from pathlib import Path

HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")
Pair = tuple[str, str]
Changes = dict[Pair, tuple[set[int], set[int]]]
LOG = "log --relative --no-renames --no-show-signature --format=%x00%H --name-only --".split()
DIFF = "diff --relative -U0 --no-color --no-ext-diff --no-textconv".split()


def git(root: Path, *arguments: str) -> str:
    """What git says in `root`, whatever the caller's settings; nothing where it cannot say it."""
    command = ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments]
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, env=own, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "surrogateescape")


def changed_lines(root: Path, pairs: list[Pair]) -> Changes:
    """For each pair of paths that has a commit in common, the new line numbers changed since in
    each."""
    waiting, found = set(pairs), Changes()
    for entry in git(root, *LOG, *(path for pair in pairs for path in pair)).split("\0")[1:]:
        commit, *files = entry.split()
        both = [pair for pair in waiting if {*pair} <= {*files}]
        waiting -= {*both}
        if both:
            lines = _since(root, commit, [path for pair in both for path in pair])
            found |= {(a, b): (lines[a], lines[b]) for a, b in both}
    return {pair: lines for pair, lines in found.items() if any(lines)}


def _since(root: Path, commit: str, paths: list[str]) -> dict[str, set[int]]:
    """The new numbers of the lines of each path that have changed since a commit."""
    lines: dict[str, set[int]] = defaultdict(set)
    file = ""
    for line in git(root, *DIFF, commit, "--", *paths).splitlines():
        if line.startswith("+++ "):
            file = line[4:].removeprefix("b/")
        elif found := HUNK.match(line):
            first, count = int(found[1]), int(found[2] or 1)
            lines[file].update(range(first, first + count))
    return lines
