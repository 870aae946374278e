"""What engines draw each in its own way: glyphs in drawings, scroll bars, large text."""

from pathlib import Path

import pytest

TREES = ("zh", "en", "zh-en")
NAMES = ("", "dimensions/", "glossary/", "about/")
PAGES = ["", *(f"{tree}/{name}" for tree in TREES for name in NAMES), "404.html"]
MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")
UNMARK = "document.querySelectorAll('.qr').forEach((code) => code.remove())"


@pytest.mark.parametrize("tree", TREES)
def test_glyphs_stand_apart(engine, served, tree):
    """In a drawing no character lies over another, nor knows of a gap that the others do not."""
    for width in (390, 1440):
        for name in ("definition/", "dimensions/"):
            engine.open(f"{served}{tree}/{name}", width)
            assert engine.evaluate(f"({MEASURE}).overlaps()") == []
            assert engine.evaluate(f"({MEASURE}).spaced()") == 0


def test_no_stripe(engine, served):
    """Beside contents higher than the window is no track of a scroll bar brighter than paper."""
    engine.open(f"{served}en/about/", 1280, 500)
    engine.evaluate(UNMARK)
    assert max(engine.capture().tobytes()) < 0xFF


@pytest.mark.parametrize("width", [195, 360])
def test_nothing_beyond_the_edge(engine, served, width):
    """No text leaves a window of 360 pixels, nor one of 390 where text is twice as large."""
    lost = {}
    for page in PAGES:
        engine.open(served + page, width)
        lost[page] = engine.evaluate(f"({MEASURE}).lost()")
    assert {page: texts for page, texts in lost.items() if texts} == {}
