"""What a reader gets, on today's book: bytes of a first visit to a chapter, brotli-compressed, everything the browser asks for; Lighthouse's scores of that page, the median of three; and search, each committed query typed into the site's own field and judged by page (a page is right when its text holds the query). Fonts that stock Material fetches from Google are not in its bytes where that host cannot be reached."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree.ElementTree import Element

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium
from tools.bench.build import MATERIAL_NAME, VITEPRESS_NAME, material, vitepress
from tools.bench.measure import Row
from tools.bench.recall import holders, mean_scores, read_queries
from whitepaper.book import LANGS, ROOT, Book, read_book
from whitepaper.build import build
from whitepaper.content import read_content, read_contents
from whitepaper.peers import node_peer
from whitepaper.publish import MANIFEST
from whitepaper.render import render_trees

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHAPTER = "definition"
PATIENCE = 12  # looks at the results, 0.3 s apart, before a query has found nothing


@dataclass(frozen=True)
class Site:
    """A built site: its peer's name (none for ours), where its languages stand, and how to type a query there."""

    name: str
    folder: Path
    trees: dict[str, str]
    search: Callable[[Page, str], list[str]] | None = None


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-site-") as name, sync_playwright() as playwright:
        ours, *peers = _sites(read_book(), Path(name))
        browser = playwright.chromium.launch(
            executable_path=chromium.ensure(), args=[*chromium.FLAGS]
        )
        for lang in LANGS:
            visits = {site.name: first_visit(browser, site, lang) for site in (ours, *peers)}
            yield from (
                Row(
                    f"first visit, {lang} chapter",
                    visits[ours.name],
                    peer.name,
                    visits[peer.name],
                    "bytes",
                )
                for peer in peers
            )
        scores = {site.name: lighthouse(site) for site in (ours, *peers)}
        for category in CATEGORIES:
            yield from (
                Row(
                    f"Lighthouse, {category}",
                    scores[ours.name][category],
                    peer.name,
                    scores[peer.name][category],
                    "points",
                    "more is better",
                )
                for peer in peers
            )
        for lang in LANGS:
            found = {
                site.name: judge(browser, site, lang) for site in (ours, *peers) if site.search
            }
            for at, what in enumerate(("recall", "precision")):
                yield from (
                    Row(
                        f"search, {lang} {what}",
                        found[ours.name][at],
                        peer.name,
                        found[peer.name][at],
                        what,
                        "30 queries; more is better",
                    )
                    for peer in peers
                    if peer.search
                )
        browser.close()


def _sites(book: Book, work: Path) -> Iterator[Site]:
    os.environ.setdefault("SITE_URL", "http://127.0.0.1/")
    build(ROOT, work / "ours", exports=False)
    yield Site(
        "ours", work / "ours", {"zh": "zh/", "en": "en/"}, partial(_type, results="[role=option]")
    )
    for name, make, trees, search in (
        (
            MATERIAL_NAME,
            material,
            {"zh": "", "en": "en/"},
            partial(_type, results=".md-search-result__item > .md-search-result__link"),
        ),
        (VITEPRESS_NAME, vitepress, {"zh": "zh/", "en": "en/"}, None),
    ):
        command, folder = make(book, work / make.__name__)
        subprocess.run(list(map(str, command)), cwd=folder, check=True, capture_output=True)
        for path in (
            [*folder.glob("out/**/*.html")] if make is vitepress else []
        ):  # a folder for each page, as on the others
            if path.stem not in ("index", "404"):
                (path.parent / path.stem).mkdir(exist_ok=True)
                shutil.copy(path, path.parent / path.stem / "index.html")
        yield Site(name, folder / "out", trees, search)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def first_visit(browser: Browser, site: Site, lang: str) -> int:
    """Compressed bytes of all that a browser with an empty cache asks this host for."""
    bodies: dict[str, bytes] = {}
    with served(site.folder) as address, browser.new_context() as context:
        page = context.new_page()
        page.on(
            "response",
            lambda response: bodies.__setitem__(
                response.url, response.body() if response.ok else b""
            ),
        )
        page.goto(f"{address}{site.trees[lang]}{CHAPTER}/", wait_until="networkidle")
    return sum(len(brotli.compress(body)) for body in bodies.values())


def lighthouse(site: Site) -> dict[str, float]:
    """Its four scores of the Chinese chapter, each the median of three runs."""
    program = node_peer("lighthouse", LIGHTHOUSE) / "node_modules/.bin/lighthouse"
    runs = []
    with served(site.folder) as address:
        for _ in range(3):
            command = [
                program,
                f"{address}{site.trees['zh']}{CHAPTER}/",
                "--output=json",
                "--quiet",
                f"--chrome-flags=--headless {' '.join(chromium.FLAGS)}",
            ]
            done = subprocess.run(
                command,
                env=os.environ | {"CHROME_PATH": chromium.ensure()},
                check=True,
                capture_output=True,
            )
            runs.append(json.loads(done.stdout)["categories"])
    return {
        category: statistics.median(100 * scores[category]["score"] for scores in runs)
        for category in CATEGORIES
    }


def judge(browser: Browser, site: Site, lang: str) -> tuple[float, float]:
    """Mean recall and precision of the committed queries, by page; precision over those that find anything."""
    contents, queries, found = _contents(site, lang), read_queries()[lang], []
    with served(site.folder) as address:
        page = browser.new_page()
        for query in queries:
            page.goto(
                f"{address}{site.trees[lang]}{CHAPTER}/", wait_until="networkidle"
            )  # anew: nothing is left of the query before
            found.append({_name(link) for link in site.search(page, query.text)})
        page.close()
    return mean_scores(found, [holders(contents, lang, query.forms)[0] for query in queries])


def _type(page: Page, query: str, results: str) -> list[str]:
    """The links that a site with Material's search field shows for a typed query, once they stay as they are."""
    field = page.locator(".md-search__input")
    field.click(force=True)
    field.press_sequentially(query)
    field.press("End")  # the key that an input method would end with; stock Material waits for one
    links: list[str] = []
    for _ in range(PATIENCE):
        page.wait_for_timeout(
            300
        )  # stock Material searches in a worker and does not say when it is done
        before, links = (
            links,
            page.locator(results).evaluate_all("links => links.map(link => link.href)"),
        )
        if links and links == before:
            break
    return links


def _name(link: str) -> str:
    """The page a result leads to."""
    last = link.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
    return last if last in read_book().names else "index"


def _contents(site: Site, lang: str) -> dict[str, Element]:
    """What the pages of a site say: ours as finished, with its figures' captions; a peer's as MkDocs renders the same chapters."""
    book = read_book()
    if (site.folder / MANIFEST).exists():
        return {name: read_content(site.folder, lang, name) for name in book.names}
    with tempfile.TemporaryDirectory(prefix="bench-contents-") as folder:
        render_trees(book, Path(folder))
        return {
            name: content
            for (each, name), content in read_contents(book, Path(folder)).items()
            if each == lang
        }


class _Compressing(SimpleHTTPRequestHandler):
    """Sends text as a good host does: brotli-compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = (
            file / "index.html"
            if file.is_dir() and self.path.partition("?")[0].endswith("/")
            else file
        )
        if (
            file.suffix not in (".html", ".js", ".css", ".json", ".svg", ".xml")
            or not file.exists()
        ):
            return super().do_GET()
        body = brotli.compress(file.read_bytes())
        self.send_response(200)
        for name, value in (
            ("Content-Type", self.guess_type(str(file)) + "; charset=utf-8"),
            ("Content-Encoding", "br"),
            ("Content-Length", str(len(body))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Says nothing."""
