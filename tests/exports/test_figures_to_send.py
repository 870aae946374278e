"""The figures to send on."""

import re

import pytest
from PIL import Image

from whitepaper.book import TREES
from whitepaper.figures.drawings import draw_book


@pytest.mark.parametrize("tree", TREES)
def test_files(site, tree):
    """Every figure stands in the downloads, as a drawing and as a picture twice its size."""
    drawings = draw_book()
    for name in drawings.figures:
        file = site / f"downloads/figures/{tree}/{name}.svg"
        assert file.read_text("utf-8") == drawings.file(name, tree)
        across, down = map(
            int, file.read_text("utf-8").split('viewBox="')[1].split('"')[0].split()[2:]
        )
        assert Image.open(file.with_suffix(".png")).size == (2 * across, 2 * down)


@pytest.mark.parametrize("tree", TREES)
def test_links(site, tree):
    """A page offers both files of each of its figures, in its own language."""
    page = (site / tree / "dimensions/index.html").read_text("utf-8")
    for name in ("pyramid", "diffusion"):
        for ending in ("svg", "png"):
            link = f"hard-tech-{name}-{tree}.{ending}"
            offered = re.search(rf'<a [^>]*download="?{link}[^>]*>', page)
            assert offered and f"../../downloads/figures/{tree}/{name}.{ending}" in offered[0]
