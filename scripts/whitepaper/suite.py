"""Runs everything that must hold: the gate on this book, then the tests of the tools."""

import os
import sys

import pytest

from whitepaper import chromium
from whitepaper.book import ROOT


def main() -> int:
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(
            "usage: scripts/test [pytest options]\n\nRuns everything that must hold, including the browser and the exports."
        )
        return 0
    try:
        os.environ["CHROMIUM"] = chromium.ensure()
    except RuntimeError as error:
        print(f"test: {error}", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    return int(pytest.main(sys.argv[1:] or ["tests"]))
