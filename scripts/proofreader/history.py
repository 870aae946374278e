"""What git knows of two twins: the lines changed since both were last committed together."""

import os
import re
import subprocess
from pathlib import Path

HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")
Changes = dict[tuple[str, str], tuple[set[int], set[int]]]


def git(root: Path, *arguments: str) -> str:
    """What git says in `root`, whatever the caller's settings; nothing where it cannot say it."""
    command = ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments]
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, env=own, check=False)
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.decode("utf-8", "surrogateescape")


def changed_lines(root: Path, pairs: list[tuple[str, str]]) -> Changes:
    """For each pair of paths that has a commit in common, the new line numbers changed since in
    each."""
    log = git(
        root,
        "log",
        "--relative",
        "--no-renames",
        "--no-show-signature",
        "--format=%x00%H",
        "--name-only",
        "--",
        *dict.fromkeys(path for pair in pairs for path in pair),
    )
    bases: dict[str, list[tuple[str, str]]] = {}
    waiting = set(pairs)
    for entry in log.split("\0")[1:]:
        commit, *files = entry.split()
        for pair in [pair for pair in waiting if pair[0] in files and pair[1] in files]:
            waiting.discard(pair)
            bases.setdefault(commit, []).append(pair)
    return {
        pair: lines
        for commit, of in bases.items()
        for pair, lines in _since(root, commit, of).items()
    }


def head_commit(root: Path) -> str:
    """The commit that the history of `root` now ends in."""
    return git(root, "rev-parse", "HEAD").strip()


def _since(root: Path, commit: str, pairs: list[tuple[str, str]]) -> Changes:
    diff = git(
        root,
        "diff",
        "--relative",
        "-U0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        commit,
        "--",
        *(path for pair in pairs for path in pair),
    )
    lines: dict[str, set[int]] = {}
    file = ""
    for line in diff.splitlines():
        if line.startswith("+++ "):
            file = line[4:].removeprefix("b/")
        elif found := HUNK.match(line):
            first, count = int(found[1]), int(found[2] or 1)
            lines.setdefault(file, set()).update(range(first, first + count))
    return {
        pair: (lines.get(pair[0], set()), lines.get(pair[1], set()))
        for pair in pairs
        if pair[0] in lines or pair[1] in lines
    }
