"""bench: the frame of BENCHMARKS.md; what it measures is not part of the tests."""

import sys

import pytest

from tools.bench.command import HEAD, SECTIONS, merge, render_section
from tools.bench.measure import Row, cost


def test_section():
    """A row shows both figures with three digits that count, and ours in units of theirs; an
    unmeasured peer says why.
    """
    rows = [
        Row("the build", 1.5, "Peer 2", 3.0, "CPU s", "cold"),
        Row("bytes", 25_000, "Other", None, "bytes", "not measured: no network"),
    ]
    assert render_section("build", "What it is.", rows, "Measured.") == (
        "## build\n\nWhat it is.\n\n"
        "| measured | ours | peer | peer's | ratio | unit | how |\n| --- | ---: | --- | ---: | ---: | --- | --- |\n"
        "| the build | 1.5 | Peer 2 | 3 | **0.50** | CPU s | cold |\n"
        "| bytes | 25,000 | Other | – | – | bytes | not measured: no network |\n\nMeasured.\n"
    )


def test_merge_keeps_other_sections():
    """One section measured anew leaves the others as they are, in the order of their names."""
    first = merge("", {"size": "## size\n\nold\n", "build": "## build\n\nold\n"})
    assert first == HEAD + "\n## build\n\nold\n\n## size\n\nold\n"
    assert (
        merge(first, {"size": "## size\n\nnew\n"}) == HEAD + "\n## build\n\nold\n\n## size\n\nnew\n"
    )


def test_every_section_introduces_itself():
    """Each section has a module with a docstring, which stands above its table, and a run function."""
    from importlib import import_module

    assert [
        name
        for name in SECTIONS
        if not ((section := import_module(f"tools.bench.{name}")).__doc__ and callable(section.run))
    ] == []


def test_cost():
    """The cost of a command counts its children's CPU time and the memory it held; a failing one
    raises.
    """
    busy = "import subprocess, sys, time\nsubprocess.run([sys.executable, '-c', 'import time\\nwhile time.process_time() < 0.3: pass'])\nx = bytearray(60_000_000)"
    measured = cost([sys.executable, "-c", busy], runs=1)
    assert measured.cpu >= 0.3
    assert measured.peak > 60
    with pytest.raises(Exception, match="non-zero exit status 3"):
        cost([sys.executable, "-c", "raise SystemExit(3)"], runs=1)
