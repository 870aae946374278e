"""What goes into the exports, and what stays on the site."""

from xml.etree.ElementTree import fromstring

import pytest

from whitepaper.exports.downloads import without_online

PAGES = [
    ("h1 p h2.online p p h2 p", "h1 p h2 p"),
    ("h1 p h2.online p h3 p h2 p", "h1 p h2 p"),
    ("h1 h2 p h3.online p h2 p", "h1 h2 p h2 p"),
    ("h1 h2.online p h2.online p", "h1"),
    ("h1 p h2 p", "h1 p h2 p"),
]


@pytest.mark.parametrize("page,kept", PAGES)
def test_without_online(page, kept):
    """A section of class `online` is left out with all below its heading, up to the next heading of
    its level.
    """
    blocks = "".join(
        f"<{tag} class='{style}'/>"
        for tag, _, style in (block.partition(".") for block in page.split())
    )
    content = fromstring(f"<div>{blocks}</div>")
    assert [block.tag for block in without_online(content)] == kept.split()
    assert len(content) == len(page.split()), "the page itself is left as it was"
