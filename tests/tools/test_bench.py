"""bench: the frame of BENCHMARKS.md; what it measures is not part of the tests."""

import sys
from pathlib import Path

import pytest

from tools import bench
from tools.bench import HEAD, TABLE, Command, Row, cost, merge, render_section
from tools.books import write_book
from whitepaper.book import read_book
from whitepaper.laws import check_book


def test_section(monkeypatch):
    """A row shows both figures with three digits that count, and ours in units of theirs; the
    function's docstring stands above the table.
    """

    def build(_: Path):
        """What
        it is."""

    monkeypatch.setitem(bench.SECTIONS, "build", build)
    rows = [
        Row("the build", 1.5, "Peer 2", 3.0, "CPU s"),
        Row("bytes", 25_000, "Other", 30_000, "bytes"),
    ]
    assert render_section("build", rows, "Measured.") == (
        f"## build\n\nWhat it is.\n\n{TABLE}"
        "| the build | 1.5 | Peer 2 | 3 | **0.50** | CPU s |\n"
        "| bytes | 25,000 | Other | 30,000 | **0.83** | bytes |\n\nMeasured.\n"
    )


def test_merge_keeps_other_sections():
    """One section measured anew leaves the others as they are, in the order of their names."""
    build, old, new = (f"## {told}\n" for told in ("build\n\nold", "size\n\nold", "size\n\nnew"))
    first = merge(merge("", "size", old), "build", build)
    assert first == f"{HEAD}\n{build}\n{old}"
    assert merge(first, "size", new) == f"{HEAD}\n{build}\n{new}"


def test_cost(tmp_path):
    """The cost of a command counts its children's CPU time and the memory it held; a failing one
    raises.
    """
    busy = "import subprocess, sys, time\nsubprocess.run([sys.executable, '-c', 'import time\\nwhile time.process_time() < 0.3: pass'])\nx = bytearray(60_000_000)"
    measured = cost(Command(tmp_path, [sys.executable, "-c", busy]), runs=1)
    assert measured.cpu >= 0.3
    assert measured.peak > 60
    with pytest.raises(Exception, match="non-zero exit status 3"):
        cost(Command(tmp_path, [sys.executable, "-c", "raise SystemExit(3)"]), runs=1)


def test_larger_book(tmp_path):
    """A book with chapters more has the whole text again in each of them, and is one that the
    checker finds nothing wrong with.
    """
    root = write_book(tmp_path / "book", 2)
    assert [problem for problem in check_book(root) if problem.level == "error"] == []
    text = {name: read_book(root).page("zh", name).text for name in ("again-2", "origin")}
    assert text["origin"].split("\n\n")[1] in text["again-2"]
