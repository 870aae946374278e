"""How much a first visit transfers, everything, compressed as a server would."""

import re

import brotli
import pytest

from whitepaper.book import TREES, read_book

# Bytes, for a chapter in one language: the lightest peer with search takes as many. A parallel page
# carries two texts.
PROMISE, PARALLEL = 21_000, 24_500


def first_visit(browser, site, address: str) -> dict[str, int]:
    """Compressed bytes of all that a browser with an empty cache asks for, and of the icon, which a
    headless one leaves out.
    """
    bodies = {}
    with browser.new_context() as context:
        page = context.new_page()
        page.on("response", lambda response: bodies.__setitem__(response.url, response.body()))
        page.goto(address)
        icon = page.locator("link[rel=icon][type='image/svg+xml']").evaluate("link => link.href")
    bodies[icon] = (site / "assets" / icon.rpartition("/")[2]).read_bytes()
    return {url: len(brotli.compress(body)) for url, body in bodies.items()}


@pytest.mark.parametrize("tree", TREES)
def test_first_visit(browser, served, site, tree, record_property):
    """A first visit to any chapter transfers no more than promised, in five requests at most."""
    sizes = {
        name: first_visit(browser, site, f"{served}{tree}/{name}/") for name in read_book().chapters
    }
    record_property("bytes", {name: sum(size.values()) for name, size in sizes.items()})
    for name, size in sizes.items():
        assert sum(size.values()) <= (PARALLEL if tree == "zh-en" else PROMISE), (name, size)
    assert max(map(len, sizes.values())) <= 5


def test_scripts(site):
    """The script of every page stays under 4 kB, and so does each that is fetched when needed."""
    data = re.compile(r"search-|terms")
    scripts = [path for path in (site / "assets").glob("*.js") if not data.match(path.name)]
    sizes = {path.name.split(".")[0]: len(brotli.compress(path.read_bytes())) for path in scripts}
    assert {"site", "search", "share"} <= sizes.keys()
    assert max(sizes.values()) < 4_000
