"""assets: one style sheet and one script, our own alone."""

import re

import pytest

from minibook import write_minibook
from whitepaper.book import ROOT, BookError, read_book
from whitepaper.editions import read_edition
from whitepaper.look import read_look
from whitepaper.site.assets import read_styles
from whitepaper.site.view import View


def test_colours_outside_the_sheet():
    """The icon, and what tells a browser how to colour its frame, have the colours of the sheet in
    both schemes; icon and header show one drawing.
    """
    colors = read_look(ROOT).colors
    light, dark = ({name: pair[scheme] for name, pair in colors.items()} for scheme in (0, 1))
    icon, partial = (
        (ROOT / path).read_text("utf-8")
        for path in ("docs/assets/mark.svg", "overrides/partials/look.html")
    )
    assert re.findall(r"#\w{6}", partial) == [light["paper"], dark["paper"]]
    assert re.findall(r"#\w{6}", icon) == [
        light["ink"],
        light["vermilion"],
        dark["ink"],
        dark["vermilion"],
    ]
    drawn = re.findall(r"<path[^>]* d=.*?/>", icon)
    assert len(drawn) == 3 and "".join(drawn) in partial


def test_sheets_are_listed(tmp_path):
    """A style sheet that mkdocs.yml does not list, or lists and has not, stops the build in one
    line.
    """
    book = read_book(write_minibook(tmp_path))
    (tmp_path / "docs/assets/stray.css").write_text("p { color: red }")
    with pytest.raises(BookError, match=r"extra_css .* assets/stray\.css"):
        read_styles(book)
    (tmp_path / "docs/assets/stray.css").unlink()
    (tmp_path / "docs/assets/page.css").unlink()
    with pytest.raises(BookError, match=r"extra_css .* assets/page\.css"):
        read_styles(book)


def test_no_rule_of_the_theme(site):
    """The published sheet is our own alone, and smaller than what it is made of."""
    sheet = next((site / "assets").glob("site.*.css")).read_text("utf-8")
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "docs/assets").glob("*.css"))
    assert "--md-" not in sheet
    assert len(sheet) < 0.9 * len(sources)


def test_blanks_that_selectors_need(site):
    """The minifier leaves the blank before a pseudo-class that stands for a descendant."""
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "docs/assets").glob("*.css"))
    sheets = "".join(path.read_text("utf-8") for path in (site / "assets").glob("*.css"))
    descendant = re.compile(r"[\w*\])] :(?!root)[a-z]+\(?")
    sources = re.sub(r"/\*.*?\*/", "", sources, flags=re.DOTALL)
    assert sorted(descendant.findall(sheets)) == sorted(descendant.findall(sources))


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../../assets/mark.svg", "../../assets/mark.12345678.svg"),
        ("../assets/mark.svg", "../assets/mark.svg"),  # of the language's own folder
        ("../../assets/other.svg", "../../assets/other.svg"),
    ],
)
def test_published_name(href, expected):
    """A shared file is linked under its published name; another of that name under its own."""
    book = read_book()
    pages = {lang: book.page(lang, "origin") for lang in ("zh", "en")}
    shared = {"mark.svg": "mark.12345678.svg"}
    view = View(book, read_edition(book.root), "zh", "origin", pages, shared)
    assert view.link(href) == expected
