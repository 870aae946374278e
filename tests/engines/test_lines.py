"""Lines of text, as each engine sets them: whole marks, even gaps, edges straight or plain."""

from pathlib import Path
from statistics import median

import pytest
from drivers import Engine

MEASURE = Path(__file__).with_name("measure.js").read_text("utf-8")
WIDTHS = (390, 768, 1024, 1280, 1440, 1920)
TYPES = ("", "definition/", "glossary/", "about/")  # a page of each type


def measure(engine: Engine, what: str):
    """What measure.js finds on the page: `marks`, `edges`, `han`, `gaps`."""
    return engine.evaluate(f"({MEASURE}).{what}()")


@pytest.mark.parametrize("tree", ["zh", "zh-en"])
@pytest.mark.parametrize("width", [390, 1440])
def test_marks_are_whole(engine, served, tree, width):
    """A full-width mark between two Chinese characters takes its full width."""
    for name in TYPES:
        engine.open(f"{served}{tree}/{name}", width)
        marks = measure(engine, "marks")
        assert min(marks, default=0) > 0.94, (name, marks)
        assert median(marks) < 1.06, (name, median(marks))


@pytest.mark.parametrize("width", [600, 1440])
@pytest.mark.parametrize("tree", ["zh", "en", "zh-en"])
def test_justified_lines_are_full(engine, served, tree, width):
    """A justified line ends at the edge of its column, but for the empty half of a mark."""
    for name in TYPES:
        engine.open(f"{served}{tree}/{name}", width)
        lines = measure(engine, "edges")
        justified = [line for line in lines if line["justified"]]
        assert not justified or tree == "zh"
        assert [line for line in justified if not -0.05 < line["room"] < 0.55] == []


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_english_rags(engine, served, width):
    """No English line stops well short of what it has room for, in the middle of a phrase."""
    for name in ("origin/", "definition/", "about/"):
        engine.open(f"{served}en/{name}", width)
        lines = [line for line in measure(engine, "edges") if not line["heading"]]
        short = [line for line in lines if line["room"] > line["word"] + 6]
        assert short == [], name


@pytest.mark.parametrize("tree", ["zh", "zh-en"])
def test_gaps_on_both_sides(engine, served, tree):
    """Between Chinese and a number is as much room before the number as after it."""
    engine.open(f"{served}{tree}/dimensions/", 390)
    before, after = (median(side) for side in measure(engine, "gaps"))
    assert abs(before - after) < 0.04, (before, after)
    assert -0.05 < before < 0.3


@pytest.mark.parametrize("tree", ["zh", "zh-en"])
def test_chinese_is_even(engine, served, tree):
    """Chinese characters stand close: their median advance on a page is at most 1.06 em.

    In no line it is more than 1.09, or than 1.15 before a run that cannot break.
    """
    for name in TYPES:
        for width in WIDTHS:
            engine.open(f"{served}{tree}/{name}", width)
            lines = measure(engine, "han")
            page = median([advance for line in lines for advance in line["advances"]])
            assert page <= 1.06, (name, width)
            wide = [line for line in lines if line["median"] > 1.09]
            assert [line for line in wide if line["median"] > 1.15 or not line["unbroken"]] == []
