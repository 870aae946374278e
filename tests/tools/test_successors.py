"""successors: the book does not hang on its generator. MkDocs' fork and the theme's successor make the same pages."""

import shutil
from pathlib import Path

import pytest

from tools.successors import render_with_properdocs, render_with_zensical
from whitepaper.book import ROOT, TREES, read_book
from whitepaper.content import page_path, read_content, read_contents
from whitepaper.render import render_trees
from whitepaper.site.pages import finish_pages

GENERATORS = {"properdocs": render_with_properdocs, "zensical": render_with_zensical}


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Path:
    """The trees as MkDocs renders them."""
    stage = tmp_path_factory.mktemp("mkdocs")
    render_trees(read_book(ROOT), stage)
    return stage


@pytest.fixture(scope="module", params=GENERATORS)
def theirs(request, tmp_path_factory) -> Path:
    """The trees as another generator renders them."""
    stage = tmp_path_factory.mktemp(request.param)
    GENERATORS[request.param](read_book(ROOT), stage)
    return stage


def facts(content) -> dict:
    """What a reader and a link rely on: the words, the anchors in order, where links and images lead."""
    return {
        "text": " ".join("".join(content.itertext()).split()),
        "ids": [block.get("id") for block in content.iter() if block.get("id")],
        "links": [
            block.get("href") or block.get("src")
            for block in content.iter()
            if block.tag in ("a", "img")
        ],
    }


def test_same_pages(ours, theirs):
    """Every page of both languages has the same text, ids and links as the real site."""
    book = read_book(ROOT)
    mkdocs, other = read_contents(book, ours), read_contents(book, theirs)
    for page in mkdocs:
        assert facts(other[page]) == facts(mkdocs[page]), page


def sizeless(content):
    """Without the size of the offline copy, which a later step fills in."""
    for told in content.iter("small"):
        told.text = "" if told.get("data-size") else told.text
    return content


def test_our_steps_finish_them(theirs, site):
    """Our steps over built pages make the same site of them: every page of all three trees."""
    book = read_book(ROOT)
    shutil.copytree(
        site / "downloads", theirs / "downloads"
    )  # the page about the edition lists them
    finish_pages(book, theirs, read_contents(book, theirs))
    for tree in TREES:
        for name in book.names:
            assert facts(sizeless(read_content(theirs, tree, name))) == facts(
                sizeless(read_content(site, tree, name))
            ), (tree, name)
            assert page_path(theirs, tree, name).read_text("utf-8").count("<!--") == page_path(
                site, tree, name
            ).read_text("utf-8").count("<!--")
