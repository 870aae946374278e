"""bench: the frame of BENCHMARKS.md; what it measures is not part of the tests."""

import sys

import pytest

from tools.bench import OUT, SECTIONS, TABLE, Row, cost, with_rows
from tools.books import write_book
from whitepaper.book import ROOT, read_book
from whitepaper.laws import check_book


def test_rows():
    """A row shows both figures with three digits that count, and ours in units of theirs."""
    assert str(Row("the build", 1.5, "Peer 2", 3.0, "CPU s")) == (
        "| the build | 1.5 | Peer 2 | 3 | **0.50** | CPU s |\n"
    )
    assert "| 25,000 | Other | 30,000 | **0.83** |" in str(
        Row("memory", 25_000, "Other", 30_000, "MiB")
    )


def test_other_sections_stay():
    """One section measured anew leaves the others, and what is told above each table, as they are."""
    page = "# Benchmarks\n\nAll.\n\n## build\n\nOne.\n\n| a |\n\nMeasured.\n\n## check\n\nTwo.\n\n| b |\n"
    row = Row("x", 1, "y", 2, "s")
    for section, old in (("build", "| a |\n\nMeasured.\n"), ("check", "| b |\n")):
        new = with_rows(page, section, [row], "Measured now.")
        assert new == page.replace(old, f"{TABLE}{row}\nMeasured now.\n")


def test_the_page_has_every_section():
    """Each section has its place in BENCHMARKS.md."""
    page = OUT.read_text("utf-8")
    assert all(with_rows(page, name, [], "now") != page for name in SECTIONS)


def test_cost(tmp_path):
    """The cost of a command counts its children's CPU time and the memory it held; a failing one
    raises.
    """
    busy = "import subprocess, sys, time\nsubprocess.run([sys.executable, '-c', 'import time\\nwhile time.process_time() < 0.3: pass'])\nx = bytearray(60_000_000)"
    measured = cost(tmp_path, [sys.executable, "-c", busy], runs=1)
    assert measured.cpu >= 0.3
    assert measured.peak > 60
    with pytest.raises(Exception, match="non-zero exit status 3"):
        cost(tmp_path, [sys.executable, "-c", "raise SystemExit(3)"], runs=1)


def test_larger_book(tmp_path):
    """A book with chapters more has the whole text again in each of them, is one that the checker
    finds nothing wrong with, and brings every module that builds it.
    """
    root = write_book(tmp_path / "book", 2)
    modules = {path.relative_to(ROOT) for path in ROOT.glob("scripts/**/*.py")}
    assert modules == {path.relative_to(root) for path in root.glob("scripts/**/*.py")}
    assert [problem for problem in check_book(root) if problem.level == "error"] == []
    text = {name: read_book(root).page("zh", name).text for name in ("again-2", "origin")}
    assert text["origin"].split("\n\n")[1] in text["again-2"]
