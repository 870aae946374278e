"""Measures this project beside its peers, as ratios in one run, and writes BENCHMARKS.md.

Each section is a module of that name: its docstring introduces the section, its `run()` yields a
`measure.Row` for each comparison. Peers install themselves when first asked for.
"""

import argparse
import importlib
import os
import platform
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from tools.bench.measure import Row
from whitepaper.book import ROOT
from whitepaper.editions import read_source

SECTIONS = ("build", "check", "site", "size")
OUT = ROOT / "BENCHMARKS.md"
HEAD = """# Benchmarks

Written by `scripts/bench`. Each ratio is ours in units of the peer's, both measured in the same \
run on the same content; a ratio below 1 means less time, memory or bytes than the peer. CPU \
seconds count all processes a command starts, the cheapest of three runs. Walls and scores \
depend on the machine; ratios travel better.
"""
TABLE = """| measured | ours | peer | peer's | ratio | unit | how |
| --- | ---: | --- | ---: | ---: | --- | --- |
"""


def render_section(name: str, about: str, rows: Iterable[Row], when: str) -> str:
    """One section of BENCHMARKS.md."""
    return f"## {name}\n\n{about}\n\n{TABLE}{''.join(map(render_row, rows))}\n{when}\n"


def render_row(row: Row) -> str:
    ratio = "–" if row.ratio is None else f"**{row.ratio:.2f}**"
    cells = (row.name, _figure(row.ours), row.peer, _figure(row.theirs), ratio, row.unit, row.how)
    return f"| {' | '.join(cells)} |\n"


def _figure(value: float | None) -> str:
    """Three digits that count: 0.412, 12.3, 1,280."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def merge(text: str, sections: dict[str, str]) -> str:
    """BENCHMARKS.md with `sections` in place of those of the same name, in the order of names."""
    old = {
        part.partition("\n")[0]: f"## {part.rstrip()}\n"
        for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    }
    both = {name: section for name, section in (old | sections).items() if name in SECTIONS}
    return HEAD + "".join(f"\n{both[name]}" for name in sorted(both))


def about_this_run() -> str:
    commit = read_source(ROOT).commit[:12] or "no commit"
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC at {commit}, "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors."
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measures this project beside its peers and writes BENCHMARKS.md. "
        "Needs the network once, for the peers.",
    )
    parser.add_argument(
        "section",
        nargs="*",
        choices=[*SECTIONS, []],
        help=f"only these: {', '.join(SECTIONS)} (default: all)",
    )
    for name in parser.parse_args().section or SECTIONS:
        print(f"bench: {name}", file=sys.stderr, flush=True)
        module = importlib.import_module(f"tools.bench.{name}")
        about = " ".join((module.__doc__ or "").split())
        section = render_section(name, about, module.run(), about_this_run())
        before = OUT.read_text("utf-8") if OUT.exists() else ""
        OUT.write_text(merge(before, {name: section}), "utf-8")
        print(section, flush=True)
    return 0
