"""Runs everything that must hold, or what holds one room: lint and types, then the tests."""

import os
import sys
from pathlib import Path

import pytest

from tools import chromium
from whitepaper.book import ROOT

USAGE = """usage: scripts/test [ROOM ...] [pytest options]

Runs everything that must hold, browser and exports included; with ROOM only what holds it.
Rooms: {rooms}
The whole takes about ten minutes on two quiet cores, most rooms less than two."""


def main() -> int:
    known = rooms()
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(USAGE.format(rooms=", ".join(known)))
        return 0
    try:
        os.environ["CHROMIUM"] = chromium.ensure()
    except RuntimeError as error:
        print(f"test: {error}", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    return int(pytest.main([f"tests/{it}" if it in known else it for it in sys.argv[1:]]))


def rooms() -> list[str]:
    """The rooms of the suite: the folders in tests/ that hold tests."""
    return sorted({path.parent.name for path in Path(ROOT, "tests").glob("*/test_*.py")})
