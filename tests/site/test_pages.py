"""pages: what MkDocs rendered becomes the site, or the build says what is missing."""

import pytest

from minibook import write_minibook, write_text
from whitepaper.book import BookError
from whitepaper.build import build


@pytest.fixture
def book(tmp_path):
    return write_minibook(tmp_path / "book")


def built(root) -> str:
    """The page `origin` of the Chinese tree."""
    build(root, root / "site", exports=False)
    return (root / "site/zh/origin/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("template", "mark"),
    [
        ("partials/head.html", "<!--head-->"),
        ("main.html", "<!--styles-->"),
        ("main.html", "<!--scripts-->"),
        ("partials/header.html", "<!--views-->"),
        ("partials/content.html", "<!--kicker-->"),
        ("partials/content.html", "<!--apparatus-->"),
    ],
)
def test_lost_mark(book, template, mark):
    """A template that lost a mark stops the build, with the mark's name; the site stays as it was."""
    before = built(book)
    path = book / "overrides" / template
    path.write_text(path.read_text("utf-8").replace(mark, "", 2), "utf-8")
    with pytest.raises(BookError, match=f"the mark {mark} is not in"):
        build(book, book / "site", exports=False)
    assert (book / "site/zh/origin/index.html").read_text("utf-8") == before


def test_trees_differ(book):
    """A paragraph that only one language has stops the build, and both files are named."""
    built(book)
    with (book / "docs/zh/origin.md").open("a", encoding="utf-8") as page:
        page.write("\n又一段。\n")
    with pytest.raises(BookError, match=r"docs/(zh|en)/origin\.md"):
        build(book, book / "site", exports=False)


def test_blank_lines_of_code(book):
    """The page's own blank lines go; those of a block of code stay."""
    write_text(book, "first")
    for lang in ("zh", "en"):
        with (book / f"docs/{lang}/origin.md").open("a", encoding="utf-8") as page:
            page.write("\n    a\n\n    b\n")
    page = built(book)
    assert "a\n\nb" in page and "\n\n" not in page.partition("<!--content-->")[0]


def test_no_own_assets(book):
    """Neither tree keeps files of its own that all share, nor what the theme would publish and no page uses."""
    built(book)
    assert not [
        path
        for path in (book / "site").glob("*/*")
        if path.name in ("assets", "search", "sitemap.xml", "404.html", "cover.html")
    ]
    assert len(list((book / "site/assets").iterdir())) == 6
