"""Links between pages, followed."""

import pytest

from minibook import write_minibook
from whitepaper.book import read_book
from whitepaper.content import parse
from whitepaper.exports.places import Contents, Place


@pytest.fixture
def contents(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://x.example/paper/")
    page = '<h1 id="{0}">题</h1><p id="p1">文。</p>'
    trees = {
        (lang, name): parse(page.format(name))
        for lang in ("zh", "en")
        for name in ("index", "origin")
    }
    return Contents(read_book(write_minibook(tmp_path / "book")), trees)


FOLLOWED = [
    ("#p1", Place("zh", "origin", "p1")),
    ("../origin/#p1", Place("zh", "origin", "p1")),
    ("./", Place("zh", "origin", "origin")),
    ("../", Place("zh", "index", "index")),
    ("../../en/origin/#p1", Place("en", "origin", "p1")),
    ("../../zh-en/origin/#p1", "https://x.example/paper/zh-en/origin/#p1"),
    ("../../downloads/hard-tech-zh.pdf", "https://x.example/paper/downloads/hard-tech-zh.pdf"),
    ("../figures/pyramid.svg", "https://x.example/paper/zh/figures/pyramid.svg"),
    ("../outside/", "https://x.example/paper/zh/outside/"),
    ("https://y.example/zh/nowhere/", "https://y.example/zh/nowhere/"),
    ("mailto:a@b.example", "mailto:a@b.example"),
]


@pytest.mark.parametrize("link,expected", FOLLOWED)
def test_followed(contents, link, expected):
    """A link leads to a place in the book where there is one, else to an absolute address."""
    assert contents.follow("zh", "origin", link) == expected


def test_addresses(contents):
    """A place has its address on the site; that of a title is its page's."""
    places = [
        Place("zh", "origin", "p1"),
        Place("zh", "origin", "origin"),
        Place("en", "index", "index"),
    ]
    assert [contents.address(place) for place in places] == [
        "https://x.example/paper/zh/origin/#p1",
        "https://x.example/paper/zh/origin/",
        "https://x.example/paper/en/",
    ]
