"""The offline copy: unpacked and opened from disk, with the network off."""

import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from whitepaper.exports.offline import FILE, FOLDER
from whitepaper.site.view import from_disk


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("disk")
    with zipfile.ZipFile(site / FILE) as archive:
        archive.extractall(folder)
    return folder / FOLDER


@pytest.fixture
def reader(browser, unpacked):
    """A page without a network, and everything that went wrong on it."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.wrong = []
    page.on(
        "console",
        lambda message: (
            page.wrong.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on(
        "request",
        lambda request: (
            page.wrong.append(request.url)
            if not request.url.startswith(("file:", "data:"))
            else None
        ),
    )
    page.on(
        "requestfailed",
        lambda request: (
            page.wrong.append(request.url) if request.failure != "net::ERR_ABORTED" else None
        ),
    )  # left before it came
    yield page
    context.close()


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids |= {values["id"]} if values.get("id") else set()
        self.found += [values[name] for name in ("href", "src") if values.get(name)]


def test_links(unpacked):
    """Every link in the copy that is not to the web leads to a file in it, and to an id on that
    page.
    """
    pages = {path: Links(path.read_text("utf-8")) for path in unpacked.rglob("*.html")}
    broken = []
    for path, links in pages.items():
        for link in links.found:
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not parts.scheme and (
                not target.is_file()
                or (
                    parts.fragment
                    and target.suffix == ".html"
                    and unquote(parts.fragment) not in pages[target].ids
                )
            ):
                broken.append((path.relative_to(unpacked).as_posix(), link))
    assert len(pages) > 20
    assert broken == []


def test_reads_and_switches(reader, unpacked):
    """A reader comes from the cover to a chapter and through all three trees, each as it is online."""
    reader.goto(unpacked.joinpath("index.html").as_uri())
    reader.locator("a[href*='zh/']").first.click()
    reader.goto(unpacked.joinpath("zh/definition/index.html").as_uri() + "#p3")
    for tree in ("en", "zh-en", "zh"):
        reader.locator(f"a[href*='/{tree}/definition/index.html']").first.click()
        reader.wait_for_url(f"**/{tree}/definition/index.html*")
        assert reader.locator("h1").count() == 1
        assert reader.url.endswith("#p3"), "the switch keeps the place"
    assert reader.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "32px", (
        "styles are there"
    )
    assert reader.wrong == []


def test_hands_out_citations(reader, unpacked):
    """The files for reference managers are in the page, from disk as well."""
    reader.goto(unpacked.joinpath("zh-en/origin/index.html").as_uri())
    reader.locator(".cite > summary").click()
    with reader.expect_download() as download:
        reader.get_by_role("link", name="BibTeX").click()
    assert download.value.path().read_text("utf-8").count("@incollection{") == 2
    assert reader.wrong == []


@pytest.mark.parametrize(
    "tree,query,page",
    [
        ("zh", "八路军", "zh/dimensions"),
        ("en", "Eighth Route Army", "en/dimensions"),
        ("zh-en", "金字塔", "zh-en/dimensions"),
    ],
)
def test_searches(reader, unpacked, tree, query, page):
    """Search finds, and its results open at their place."""
    reader.goto(unpacked.joinpath(tree, "origin/index.html").as_uri())
    field = reader.locator(".md-search__input")
    field.click()
    field.press_sequentially(query)
    result = reader.locator(f".md-search-result__list a[href*='{page}/index.html#']").first
    result.click()
    reader.wait_for_url(f"**/{page}/index.html*#*")
    assert reader.wrong == []


KEPT = {
    "index.html",
    "zh/index.html",
    "zh/origin/index.html",
    "en/origin/index.html",
    "assets/site.css",
    "downloads/book.pdf",
}
LINKS = [
    ("zh/origin/index.html", "../../en/origin/#p1", "../../en/origin/index.html#p1"),
    ("zh/origin/index.html", "..", "../index.html"),
    ("zh/origin/index.html", "./", "./index.html"),
    ("index.html", "zh/", "zh/index.html"),
    ("zh/index.html", "../", "../index.html"),
    ("zh/index.html", "..", "../index.html"),
    ("zh/index.html", "../assets/site.css", "../assets/site.css"),
    ("zh/index.html", "../downloads/book.pdf#page=2", "../downloads/book.pdf#page=2"),
    ("zh/index.html", "../downloads/all.zip", "https://x.example/paper/downloads/all.zip"),
    ("zh/index.html", "https://y.example/zh/", "https://y.example/zh/"),
    ("zh/index.html", "#p1", "#p1"),
    ("zh/index.html", "mailto:a@b.example", "mailto:a@b.example"),
]


@pytest.mark.parametrize("page,link,expected", LINKS)
def test_from_disk(page, link, expected):
    """Links to folders name the file in them; what the copy lacks is linked on the web."""
    assert from_disk(page, link, KEPT, "https://x.example/paper/") == expected
