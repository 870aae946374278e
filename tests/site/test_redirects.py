"""redirects: an address that is gone leads to where its text now stands, on a static host and from
disk.
"""

import http.server
import threading
from functools import partial

import pytest

from minibook import write_minibook
from waiting import wait_until
from whitepaper.book import TREES, BookError, read_book
from whitepaper.build import build
from whitepaper.content import page_path
from whitepaper.render import render_pages
from whitepaper.site.pages import Site

REDIRECTS = """
"source/" = "origin/"
"source/#old" = "./#p2"
"origin/#scope" = "origin/#p2"
"origin/#elsewhere" = "./#p1"
"origin/#gone" = "origin/"
"""
LEADS = {
    "source/": "origin/#",
    "source/#p2": "origin/#p2",
    "source/#old": "#p30",
    "origin/#scope": "origin/#scope",
    "origin/#elsewhere": "#p1",
    "origin/#gone": "origin/#gone",
    "origin/#p1": "origin/#p1",
}


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """A site of two pages in each tree, with redirects of every kind."""
    root = write_minibook(tmp_path_factory.mktemp("moved") / "book")
    for lang, text in (("zh", "又一段。\n\n"), ("en", "One more.\n\n")):
        for name in ("index", "origin"):
            with (root / f"docs/{lang}/{name}.md").open("a", encoding="utf-8") as page:
                page.write("\n" + 40 * text)
    (root / "docs/data").mkdir(exist_ok=True)
    (root / "docs/data/redirects.toml").write_text(REDIRECTS.replace("#p2", "#p30"))
    build(root, root.parent / "site", exports=False)
    return root.parent / "site"


@pytest.fixture(scope="module")
def address(moved):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(moved)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("host", ["http", "file"])
def test_leads_on(browser, moved, address, host, tree):
    """Each redirect, of a page and of an anchor, ends at its new place; scripts keep the anchor."""
    base = address if host == "http" else f"{moved.as_uri()}/"
    page = browser.new_page()
    for old, new in LEADS.items():
        opened = (
            f"{base}{tree}/{old}"
            if host == "http"
            else f"{base}{tree}/{old.replace('/', '/index.html', 1)}"
        )
        page.goto("about:blank")
        page.goto(opened)
        wait_until(
            page,
            "document.querySelector('h1') && !document.querySelector('a.moved[href]:target')",
        )
        assert page.url.replace("index.html", "").removeprefix(f"{base}{tree}/").rstrip(
            "#"
        ) == new.rstrip("#")
    page.goto(f"{base}{tree}/origin/{'index.html' if host == 'file' else ''}#scope")
    assert page.evaluate(
        "Math.abs(document.getElementById('p30').getBoundingClientRect().top) < innerHeight"
    )
    page.close()


def test_leads_on_without_scripts(browser, address):
    """Without scripts a page leads on by itself, and a moved anchor shows a link to its new place."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}zh/source/")
    page.wait_for_url("**/zh/origin/")
    page.goto(f"{address}en/origin/#elsewhere")
    page.get_by_role("link", name="This address now leads here").click()
    assert page.url == f"{address}en/#p1"
    context.close()


def test_in_a_build(tmp_path):
    """A build writes redirects into all trees, and the shared script and style sheet know them."""
    root = write_minibook(tmp_path / "book")
    (root / "docs/data").mkdir(exist_ok=True)
    (root / "docs/data/redirects.toml").write_text(
        '"source/" = "origin/"\n"origin/#scope" = "origin/#p1"\n'
    )
    build(root, tmp_path / "site", exports=False)
    for tree in TREES:
        assert f'<a href="../../{tree}/origin/">' in page_path(
            tmp_path / "site", tree, "source"
        ).read_text("utf-8")
        assert '<a class="moved" id="scope"></a>' in page_path(
            tmp_path / "site", tree, "origin"
        ).read_text("utf-8")
    (script,), (styles,) = (
        list((tmp_path / "site/assets").glob(f"site.*.{suffix}")) for suffix in ("js", "css")
    )
    assert "a.moved[href]" in script.read_text("utf-8")
    assert ".moved:empty" in styles.read_text("utf-8")


@pytest.mark.parametrize(
    "redirects, said",
    [
        ('"gone/#p1" = "origin/#p1"', "needs a redirect of its own"),
        ("gone", "redirects.toml: "),
    ],
)
def test_refuses(tmp_path, redirects, said):
    """A page that is gone and leads nowhere, or a file that cannot be read, stops the build and is
    named.
    """
    root = write_minibook(tmp_path / "book")
    (root / "docs/data").mkdir(exist_ok=True)
    (root / "docs/data/redirects.toml").write_text(redirects)
    with pytest.raises(BookError, match=said):
        Site(read_book(root), tmp_path, render_pages(read_book(root))).write()
