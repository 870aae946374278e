"""Measures this project beside its peers, as ratios in one run, and writes BENCHMARKS.md.

Each section of that page is a function in SECTIONS, which yields a row for each comparison; what a
section measures is told on the page itself, above its table. Peers install themselves in
.cache/peers when first asked for.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tools.books import write_book, write_for_material
from whitepaper.book import ROOT
from whitepaper.editions import read_source

OUT = ROOT / "BENCHMARKS.md"
TABLE = """| measured | ours | peer | peer's | ratio | unit |
| --- | ---: | --- | ---: | ---: | --- |
"""
# jieba is how Material's documentation says to search in Chinese.
PEERS = "mkdocs-material==9.8.1 mkdocs-static-i18n==1.3.1 jieba==0.42.1".split()
MATERIAL = "stock Material 9.8.1 + static-i18n 1.3.1 + jieba"


class Row(NamedTuple):
    """One comparison: what was measured, our figure, the peer, its figure, their unit."""

    name: str
    ours: float
    peer: str
    theirs: float
    unit: str  # CPU s, MiB

    def __str__(self) -> str:
        ratio = f"**{self.ours / self.theirs:.2f}**"
        cells = (self.name, _figure(self.ours), self.peer, _figure(self.theirs), ratio, self.unit)
        return f"| {' | '.join(cells)} |\n"


def _figure(value: float) -> str:
    """Three digits that count: 0.412, 12.3, 1,280."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


class Cost(NamedTuple):
    """CPU seconds of a command and all it started; the memory of the largest in MiB."""

    cpu: float
    peak: float


def cost(folder: Path, command: list[str], runs: int, forget: str = "") -> Cost:
    """The cheapest of a few runs in `folder`; before each, what it calls `forget` is taken away.

    Raises CalledProcessError where one fails.
    """
    return min(_once(folder, command, forget) for _ in range(runs))


def _once(folder: Path, command: list[str], forget: str) -> Cost:
    if forget:
        shutil.rmtree(folder / forget, ignore_errors=True)
    ours = {"PYTHONPATH": str(folder / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=folder, env=os.environ | ours, stdout=quiet, stderr=quiet
    ) as run:
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def verb(module: str, *arguments: str) -> list[str]:
    """What a verb starts in the folder of its project, in the environment that this runs in."""
    return [sys.executable, "scripts/_venv.py", module, "bench", *arguments]


@cache
def peer(program: str) -> str:
    """The path of a peer's program."""
    folder = ROOT / ".cache/peers"
    programs, installed = folder / "bin", folder / "installed"
    if not installed.exists() or installed.read_text() != str(PEERS):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *PEERS], check=True)
        installed.write_text(str(PEERS))
    return str(programs / program)


def material(root: Path, runs: int) -> Cost:
    """What stock Material takes for the pages of the book in `root`."""
    return cost(write_for_material(root), [peer("mkdocs"), "build"], runs, "site")


def build(work: Path) -> Iterator[Row]:
    for title, more in (("today's book", 0), ("60 chapters more", 60)):
        root = write_book(work / str(more), more)
        ours = cost(root, verb("whitepaper.build", "--no-exports"), 5, "site")
        theirs = material(root, 5)
        yield Row(title, ours.cpu, MATERIAL, theirs.cpu, "CPU s")
        yield Row(title, ours.peak, MATERIAL, theirs.peak, "MiB")


def check(work: Path) -> Iterator[Row]:
    for more in (0, 200, 1000):
        root = write_book(work / str(more), more)
        theirs = material(root, 2).cpu
        for when, forget in (("read for the first time", ".cache"), ("nothing changed", "")):
            ours = cost(root, verb("whitepaper.laws"), 2, forget).cpu
            yield Row(f"{16 + 2 * more} pages, {when}", ours, MATERIAL, theirs, "CPU s")


SECTIONS: dict[str, Callable[[Path], Iterator[Row]]] = {"build": build, "check": check}


def with_rows(page: str, section: str, rows: Iterable[Row], when: str) -> str:
    """BENCHMARKS.md with these rows as the table of a section, and below it when they were made."""
    old = re.compile(rf"(## {section}\n\n.*?\n\n)\|.*?(?=\n## |\Z)", re.DOTALL)
    new = f"{TABLE}{''.join(map(str, rows))}\n{when}\n"
    return old.sub(lambda found: found[1] + new, page)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measures this project beside its peers and writes BENCHMARKS.md. "
        "Needs the network once, for the peers.",
    )
    told = f"only these: {', '.join(SECTIONS)} (default: all)"
    parser.add_argument("section", nargs="*", choices=[*SECTIONS, []], metavar="SECTION", help=told)
    for name in parser.parse_args().section or SECTIONS:
        print(f"bench: {name}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            rows = list(SECTIONS[name](Path(folder)))
        when = (
            f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC at {read_source(ROOT).commit[:12]}, "
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
            f"{os.cpu_count()} processors."
        )
        OUT.write_text(with_rows(OUT.read_text("utf-8"), name, rows, when), "utf-8")
        print("".join(map(str, rows)), end="", flush=True)
    return 0
