"""What a page has beyond its text."""
from xml.etree import ElementTree

import pytest

from whitepaper.dress import join_numbers

JOINED = [
    ("<p>未来20–50年，5—10年以内</p>", ["20–50年", "5—10年"]),
    ("<p>2018年5月28日，增长9.5%</p>", ["2018年", "5月", "28日"]),
    ("<p>within 5–10 years, in 2010</p>", ["5–10"]),
    ("<p>见<a>1.2</a>第3段，<b>30年</b>前，7,000万人</p>", ["第3段", "30年", "7,000万"]),
    ("<p>七年、2010、<code>5–10</code></p>", []),
]


@pytest.mark.parametrize("markup,numbers", JOINED)
def test_numbers(markup, numbers):
    """Ranges, and numbers with their units, are kept in one line; no character changes."""
    block = ElementTree.fromstring(markup)
    before = "".join(block.itertext())
    join_numbers(block)
    assert [span.text for span in block.iter("span")] == numbers
    assert "".join(block.itertext()) == before
