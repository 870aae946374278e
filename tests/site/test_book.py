"""book: what is read of it, and the address that it is given."""

import pytest

from whitepaper.book import BookError, judged_address

ADDRESSES = {
    "https://x.example": "https://x.example/",
    "https://x.example/paper": "https://x.example/paper/",
    "http://127.0.0.1:8000/": "http://127.0.0.1:8000/",
    "https://x.example/硬科技/": "https://x.example/%E7%A1%AC%E7%A7%91%E6%8A%80/",
    "https://x.example/%E7%A1%AC/": "https://x.example/%E7%A1%AC/",
    "https://硬科技.example/": "https://xn--2quw10cv4a.example/",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_address(address):
    """The site's address is taken as people write it, and written as every program reads it."""
    assert judged_address(address) == ADDRESSES[address]


@pytest.mark.parametrize(
    "address",
    [
        "x.example",
        "//x.example/",
        "ftp://x.example/",
        "https:///paper/",
        "https://x.example/my paper/",
        " https://x.example/",
        "https://x.example/?page=1",
        "https://x.example/#top",
        "https://x.example/a\\b",
        "https://[x/",
        "https://" + "a" * 70 + ".example/",
    ],
)
def test_no_address(address):
    """An address that nothing can be added to is refused, in a line that says what one looks like."""
    with pytest.raises(BookError, match="must be https://host/path/") as refusal:
        judged_address(address)
    assert "\n" not in str(refusal.value)
