"""pages: what MkDocs rendered becomes the site, or the build says what is missing."""

import re

import pytest

from article import read_article
from minibook import write_minibook, write_text
from whitepaper.book import LANGS, TREES, BookError, read_book
from whitepaper.build import build


@pytest.fixture
def book(tmp_path):
    return write_minibook(tmp_path / "book")


def built(root) -> str:
    """The page `origin` of the Chinese tree."""
    build(root, root / "site", exports=False)
    return (root / "site/zh/origin/index.html").read_text("utf-8")


def test_broken_template(book):
    """A template that cannot be read stops the build, with its file and line; the site stays as it
    was.
    """
    before = built(book)
    path = book / "overrides/partials/footer.html"
    path.write_text(path.read_text("utf-8") + "{% if %}", "utf-8")
    with pytest.raises(BookError, match=r"overrides/partials/footer\.html:\d+: .+ Mend"):
        build(book, book / "site", exports=False)
    assert (book / "site/zh/origin/index.html").read_text("utf-8") == before


def test_quoted_code_stays(book):
    """What a page quotes as code is shown as it was written, whatever it looks like."""
    code = ('"assets/mark.svg"', '<a href="zh/x/">', "<!--content-->", '<script src="assets/x.js">')
    for lang in ("zh", "en"):
        with (book / f"docs/{lang}/origin.md").open("a", encoding="utf-8") as page:
            page.write("\n    " + "\n    ".join(code) + "\n")
    built(book)
    for tree in TREES:
        shown = {
            "".join(block.itertext())
            for block in read_article(book / "site", tree, "origin").iter("code")
        }
        assert shown == {"\n".join(code) + "\n"}


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
    assert "a\n\nb" in page and "\n\n" not in page.partition("<h1")[0]


def test_no_own_assets(book):
    """Neither tree keeps files of its own that all share, nor what the theme would publish and no
    page uses.
    """
    built(book)
    assert not [
        path
        for path in (book / "site").glob("*/*")
        if path.name in ("assets", "search", "sitemap.xml", "404.html", "cover.html")
    ]
    names = {re.sub(r"\.[0-9a-f]{8}", "", path.name) for path in (book / "site/assets").iterdir()}
    lying = {path.name for path in (book / "docs/assets").iterdir() if path.suffix != ".css"}
    bundled = lying - names
    sheets = {"site.css", "cover.css", "parallel.css", "results.css", "later.css"}
    made = sheets | {"site.js", "search-zh.js", "search-en.js", "terms.js"}
    assert names - lying == made
    assert bundled and all(name.endswith(".js") for name in bundled)


def test_third_language(book):
    """A third language in mkdocs.yml is refused in one line that names the two."""
    settings = book / "mkdocs.yml"
    before, at, after = settings.read_text("utf-8").partition("        - locale: en\n")
    third = "        - locale: fr\n          name: Français\n"
    settings.write_text(before + third + at + after, "utf-8")
    with pytest.raises(BookError, match="the languages must be zh and en, not zh, fr, en") as said:
        read_book(book)
    assert "\n" not in str(said.value)


def test_addresses_are_folders(book):
    """Addresses are those of folders whatever mkdocs.yml says, and pictures are found."""
    settings = book / "mkdocs.yml"
    settings.write_text("use_directory_urls: false\n" + settings.read_text("utf-8"), "utf-8")
    for lang in LANGS:
        (book / f"docs/{lang}/box.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "utf-8"
        )
        with (book / f"docs/{lang}/origin.md").open("a", encoding="utf-8") as page:
            page.write("\n- ![图](box.svg) [A](index.md)\n")
    build(book, book / "site", exports=False)
    page = (book / "site/zh/origin/index.html").read_text("utf-8")
    assert ('src="../../zh/box.svg"' in page, 'href="../"' in page) == (True, True)
