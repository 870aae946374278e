"""successors: the book does not hang on its generator.

MkDocs' fork and the theme's successor make the same pages.
"""

import shutil
from urllib.parse import urljoin

import pytest

from article import read_article
from successors import render_with_properdocs, render_with_zensical
from whitepaper.book import ROOT, TREES, read_book
from whitepaper.content import Pages
from whitepaper.render import render_pages
from whitepaper.site.pages import Site

GENERATORS = {"properdocs": render_with_properdocs, "zensical": render_with_zensical}


@pytest.fixture(scope="module")
def ours() -> Pages:
    """The pages as MkDocs renders them."""
    return render_pages(read_book(ROOT))


@pytest.fixture(scope="module", params=GENERATORS)
def theirs(request) -> Pages:
    """The pages as another generator renders them."""
    return GENERATORS[request.param](read_book(ROOT))


def facts(content, name: str) -> dict:
    """What a reader and a link rely on: the words, the anchors in order, where links and images
    lead.
    """
    return {
        "text": " ".join("".join(content.itertext()).split()),
        "ids": [block.get("id") for block in content.iter() if block.get("id")],
        "links": [
            urljoin(f"/{name}/", block.get("href") or block.get("src") or "")
            for block in content.iter()
            if block.tag in ("a", "img")
        ],
    }


def test_same_pages(ours, theirs):
    """Every page of both languages has the same text, ids and links as the real site."""
    for page in ours:
        assert facts(theirs[page].tree, page[1]) == facts(ours[page].tree, page[1]), page


def sizeless(content):
    """Without the sizes of downloads, which only a build with exports knows."""
    for told in content.iter("small"):
        told.text = ""
    return content


def test_our_steps_finish_them(theirs, site, tmp_path):
    """Our steps make the same site of them: every page of all three trees."""
    book = read_book(ROOT)
    shutil.copytree(site / "downloads", tmp_path / "downloads")  # listed on the page about it
    Site(book, tmp_path, theirs).write()
    for tree in TREES:
        for name in book.names:
            made, real = (
                facts(sizeless(read_article(folder, tree, name)), name)
                for folder in (tmp_path, site)
            )
            assert made == real, (tree, name)
