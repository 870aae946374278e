"""This project beside itself on made-up papers with 25 paragraphs a chapter: a ratio no higher than
that of the texts is linear growth or better. With exports, memory is what Typst needs for the
largest of three books, each in a process of its own. The import reads the Chinese book’s own PDF.
The preview's figure is the time from saving a page to its being served."""

import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tools.bench.measure import Cost, Row, cost
from tools.bench.paper import write_book
from whitepaper.book import ROOT

SIZES = (6, 60, 600)  # chapters
BUILD = """
import gc, sys
gc.disable()
from pathlib import Path
from whitepaper.build import build
build(Path(sys.argv[1]), Path(sys.argv[1]) / "site", exports=len(sys.argv) > 2)
"""
CHECK = """
import sys
from pathlib import Path
import whitepaper.laws; from proofreader import check_book
check_book(Path(sys.argv[1]), cache=None)
"""
SERVE = """
import sys
from pathlib import Path
from whitepaper.serve import serve
try:
    serve(Path(sys.argv[1]), 0)
except KeyboardInterrupt:
    pass
"""
PDF = "site/downloads/hard-tech-zh.pdf"


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-size-") as name:
        roots = {size: Path(name, str(size)) for size in SIZES}
        for size, root in roots.items():
            write_book(root, size, 25 * size)
        for title, code, *more in (
            ("check, cold", CHECK),
            ("build without exports", BUILD),
            ("build with exports", BUILD, "exports"),
        ):
            commands = {size: ["-c", code, str(root), *more] for size, root in roots.items()}
            yield from _compared(title, commands)
        read = [str(ROOT / "scripts/import"), "--dry-run", "--force"]
        commands = {size: [*read, str(root / PDF)] for size, root in roots.items()}
        yield from _compared("import of its PDF", commands)
        preview = {size: edit_to_preview(root) for size, root in roots.items()}
        yield from _steps("edit to preview", preview, "s")


def _compared(title: str, commands: dict[int, list[str]]) -> Iterator[Row]:
    spent: dict[int, Cost] = {
        size: cost([sys.executable, *command], runs=1, findings=True)
        for size, command in commands.items()
    }
    yield from _steps(title, {size: one.cpu for size, one in spent.items()}, "CPU s")
    yield from _steps(f"{title}, memory", {size: one.peak for size, one in spent.items()}, "MiB")


def _steps(title: str, figures: dict[int, float], unit: str) -> Iterator[Row]:
    for small, large in pairwise(figures):
        name, how = f"{title}: {large} chapters", f"{large / small:g} × the text"
        yield Row(name, figures[large], f"{small} chapters", figures[small], unit, how)


def edit_to_preview(root: Path) -> float:
    """Seconds from saving a page to its being served, the best of three."""
    page, times = root / "docs/zh/section-1-2.md", []
    command = [sys.executable, "-c", SERVE, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
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
