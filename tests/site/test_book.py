"""book: what is read of it, and the address that it is given."""

import os
import subprocess
import sys

import pytest

from minibook import write_minibook
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


def test_plain_mkdocs_refuses_a_third_language(tmp_path):
    """Plain MkDocs, too, publishes nothing of a book in three languages, and says which two it must
    have.
    """
    root = write_minibook(tmp_path / "book")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    third = "        - locale: fr\n          name: Français\n        - locale: en\n"
    (root / "mkdocs.yml").write_text(settings.replace("        - locale: en\n", third), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},  # the theme's notice of its successor
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and not (root / "site").exists()
    refusals = [line for line in done.stderr.splitlines() if not line.startswith("INFO")]
    assert len(refusals) == 1
    assert "the languages must be zh and en, not zh, fr, en" in refusals[0]
