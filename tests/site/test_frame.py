"""frame: what stands around a text speaks of its page."""

import re

import pytest

from minibook import write_minibook
from whitepaper.book import TREES, read_book
from whitepaper.content import page_path, parse
from whitepaper.render import render_pages
from whitepaper.site.contents import tell_minutes
from whitepaper.site.pages import Site

KICKER = re.compile(r'<p class="kicker">\s*(.*?)</p>', re.DOTALL)


@pytest.mark.parametrize("tree", TREES)
def test_line_above_a_title(site, tree):
    """Every chapter says which part it stands in and how long it takes to read, in its language;
    the pages around the chapters say neither.
    """
    book = read_book()
    said = {
        name: KICKER.findall(
            (site / tree / ("" if name == "index" else name) / "index.html").read_text("utf-8")
        )
        for name in book.names
    }
    assert {name for name, lines in said.items() if lines} == set(book.chapters)
    for name in book.chapters:
        words = re.sub(r"<[^>]+>", "", said[name][0])
        time = {"zh": r"约\d+分钟", "en": r"\d+ min read", "zh-en": r"约\d+分钟 \d+ min read"}[tree]
        part = " ".join(
            book.section(name, lang) for lang in ("zh", "en") if lang in tree.split("-")
        ).strip()
        assert re.fullmatch(rf"{re.escape(part)} ?{time}", words), words


def test_section_called_downloads(tmp_path):
    """A page may have a section with the id of the downloads, and loses nothing by it."""
    book = read_book(write_minibook(tmp_path / "book"))
    for lang in ("zh", "en"):
        with (book.root / f"docs/{lang}/origin.md").open("a", encoding="utf-8") as page:
            page.write("\n## D {#downloads}\n\nBefore.\n\nBehind.\n\n## E {#e}\n\nLast.\n")
    Site(book, tmp_path / "site", render_pages(book)).write()
    for tree in TREES:
        text = page_path(tmp_path / "site", tree, "origin").read_text("utf-8")
        assert all(word in text for word in ("Before", "Behind", "Last"))


def test_minutes():
    """A list of the chapters says how long each takes to read, but of one that waits for its
    translation nothing.
    """
    content = parse('<ul><li><a href="a/">A</a></li><li><a href="b/">B</a></li></ul>')
    tell_minutes(content, {"a": 2000, "b": 0}, "en")
    assert [small.text for small in content.iter("small")] == ["2 min"]
