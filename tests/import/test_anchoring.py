"""anchoring: an editor's note follows its phrase into other words."""

import pytest

from manuscript.anchoring import place_notes

CASES = {
    "the phrase before it": (
        "水位一直上涨，居民看在眼里。",
        "十年来水位一直上涨[^a]，人人看见。",
        "水位一直上涨[^a]，居民看在眼里。",
    ),
    "the phrase behind it": (
        "走向根本性变的技术。例如芯片。",
        "引向根本变革[^a]的技术。例如芯片。",
        "走向根本性变[^a]的技术。例如芯片。",
    ),
    "a phrase that stands twice": ("水位涨，水位落。", "水位[^a]高。", "水位[^a]涨，水位落。"),
    "no phrase of its own": ("堤坝已成。", "水位高。[^a]", "堤坝已成。[^a]"),
    "a phrase behind it that begins in mid-sentence": (
        "能力和实力，这骨气与志气相合。",
        "要提上来。[^a]骨气与志气相合。",
        "能力和实力，这骨气与志气相合。[^a]",
    ),
    "phrases on both sides": (
        "水闸（见图一）要靠长年维护的堤坝。",
        "水闸等处（见图一）[^a]的堤坝，要靠长年维护的人。",
        "水闸（见图一）[^a]要靠长年维护的堤坝。",
    ),
    "two at one place": ("水位上涨。", "水位上涨[^a][^b]了。", "水位上涨[^a][^b]。"),
    "two in turn": (
        "上游涨水，下游退水。",
        "上游涨水[^a]；下游退水[^b]。",
        "上游涨水[^a]，下游退水[^b]。",
    ),
    "an item": ("**上游**。看闸门。", "**上游**。先看闸门[^a]。", "**上游**。看闸门[^a]。"),
    "signs that are escaped": (
        r"看\*闸门\* R&amp;D一栏。",
        r"先看\*闸门\* R&amp;D[^a]项。",
        r"看\*闸门\* R&amp;D[^a]一栏。",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_place_notes(case):
    """A note stands where its phrase stands, and at the end of the paragraph where none is found."""
    source, known, expected = CASES[case]
    assert place_notes(source, known) == expected
    assert place_notes(source, expected) == expected
