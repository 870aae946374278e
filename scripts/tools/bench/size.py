"""This project beside itself on made-up papers with 25 paragraphs a chapter: a ratio no higher than that of the texts is linear growth or better. With exports, memory is what Typst needs for the largest of three books, each in a process of its own. The preview's figure is the time from saving a page to its being served."""

import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from tools.bench.measure import Cost, Row, cost
from tools.bench.paper import raw_text, write_book

SIZES = (6, 60, 600)  # chapters
BUILD = "import gc, sys; gc.disable(); from pathlib import Path; from whitepaper.build import build; build(Path(sys.argv[1]), Path(sys.argv[1]) / 'site', exports=len(sys.argv) > 2)"
CHECK = "import sys; from pathlib import Path; from proofreader.command import check_book; check_book(Path(sys.argv[1]), cache=None)"
IMPORT = "import sys; from pathlib import Path; from manuscript.command import import_into; import_into(*map(Path, sys.argv[1:]))"
SERVE = "import sys; from pathlib import Path; from whitepaper.serve import serve\ntry: serve(Path(sys.argv[1]), 0)\nexcept KeyboardInterrupt: pass"
MEASURES: dict[str, tuple[Callable[[Cost], float], str]] = {
    "": (lambda spent: spent.cpu, "CPU s"),
    ", memory": (lambda spent: spent.peak, "MiB"),
}


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-size-") as name:
        roots = {size: Path(name, str(size)) for size in SIZES}
        for size, root in roots.items():
            write_book(root, size, 25 * size)
        for title, command in (
            ("check, cold", [CHECK]),
            ("build without exports", [BUILD]),
            ("build with exports", [BUILD, "exports"]),
        ):
            yield from _measures(
                title,
                {
                    size: cost(
                        [sys.executable, "-c", command[0], roots[size], *command[1:]], runs=1
                    )
                    for size in SIZES
                },
            )
        yield from _steps(
            "edit to preview", {size: edit_to_preview(roots[size]) for size in SIZES}, "s"
        )
        yield from _measures(
            "import", {size: _import(roots[size], size) for size in SIZES}
        )  # last: it gives the books other words


def _import(root: Path, size: int) -> Cost:
    text = root.with_suffix(".txt")
    text.write_text(raw_text(size, 25 * size), "utf-8")
    return cost([sys.executable, "-c", IMPORT, root, text], runs=1)


def _measures(title: str, spent: dict[int, Cost]) -> Iterator[Row]:
    for what, (figure, unit) in MEASURES.items():
        yield from _steps(title + what, {size: figure(one) for size, one in spent.items()}, unit)


def _steps(title: str, figures: dict[int, float], unit: str) -> Iterator[Row]:
    for small, large in pairwise(figures):
        yield Row(
            f"{title}: {large} chapters",
            figures[large],
            f"{small} chapters",
            figures[small],
            unit,
            f"{large / small:g} × the text",
        )


def edit_to_preview(root: Path) -> float:
    """Seconds from saving a page to its being served, the best of three."""
    page, times = root / "docs/zh/section-1-2.md", []
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, root], stdout=subprocess.PIPE, text=True
    ) as process:
        address = process.stdout.readline().split()[1]
        process.stdout.readline()  # the first build
        for number in range(3):
            word = f"新添的第{number}句。"
            page.write_text(page.read_text("utf-8") + f"\n{word}\n", "utf-8")
            saved = time.monotonic()
            while word not in urllib.request.urlopen(f"{address}zh/section-1-2/").read().decode():
                time.sleep(0.02)
            times.append(time.monotonic() - saved)
        process.send_signal(signal.SIGINT)
        process.communicate()
    return min(times)
