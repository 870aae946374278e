"""At size: ten times the text takes less than ten times the bytes."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from made_up import write_book

BUILD = """
import sys
from pathlib import Path
from whitepaper.build import build
build(Path(sys.argv[1]), Path(sys.argv[1]) / "site", exports=False)
"""
SMALL, LARGE = 6, 60


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[int, Path]:
    """A small paper and one of ten times its chapters and paragraphs, built without exports."""
    made = {}
    for size in (SMALL, LARGE):
        root = tmp_path_factory.mktemp("size") / "book"
        write_book(root, size, 25 * size)
        subprocess.run([sys.executable, "-c", BUILD, root], check=True, capture_output=True)
        made[size] = root / "site"
    return made


def test_bytes(built):
    """A chapter's page stays as large as its text: it does not carry the whole book's contents; the
    site grows with the text.
    """

    def sizes(site: Path) -> dict[str, int]:
        return {
            name: entry["size"]
            for name, entry in json.loads((site / "build.json").read_text("utf-8"))["files"].items()
        }

    small, large = sizes(built[SMALL]), sizes(built[LARGE])
    page, larger = (
        statistics.median(
            size for name, size in files.items() if "section-" in name and name.endswith(".html")
        )
        for files in (small, large)
    )
    assert larger < 1.25 * page
    assert sum(large.values()) < LARGE / SMALL * sum(small.values())
