"""What a reader gets, on today's book beside the same chapters in stock Material: bytes of a first
visit to a chapter, brotli-compressed, everything the browser asks for; Lighthouse's scores of that
page, the median of three. Fonts that stock Material fetches from another host are not in its bytes
where that host cannot be reached."""

import json
import os
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Response, sync_playwright

from tools import chromium
from tools.bench.build import MATERIAL_NAME, material
from tools.bench.measure import Row
from whitepaper.book import ROOT, read_book
from whitepaper.build import build
from whitepaper.peers import node_peer

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHAPTER = "definition/"
TEXTS = (".html", ".js", ".css", ".json", ".svg", ".xml")


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-site-") as name, sync_playwright() as playwright:
        ours, theirs = Path(name, "ours"), _material(Path(name, "material"))
        os.environ.setdefault("SITE_URL", "http://127.0.0.1/")
        build(ROOT, ours, exports=False)
        browser = playwright.chromium.launch(
            executable_path=chromium.ensure(), args=[*chromium.FLAGS]
        )
        for lang, page in {"zh": CHAPTER, "en": f"en/{CHAPTER}"}.items():
            own = first_visit(browser, ours, f"{lang}/{CHAPTER}")
            peer = first_visit(browser, theirs, page)
            yield Row(f"first visit, {lang} chapter", own, MATERIAL_NAME, peer, "bytes")
        browser.close()
        scores, others = lighthouse(ours, f"zh/{CHAPTER}"), lighthouse(theirs, CHAPTER)
        for kind, score in scores.items():
            title = f"Lighthouse, {kind}"
            yield Row(title, score, MATERIAL_NAME, others[kind], "points", "more is better")


def _material(folder: Path) -> Path:
    command, folder = material(read_book(), folder)
    subprocess.run(list(map(str, command)), cwd=folder, check=True, capture_output=True)
    return folder / "out"


def first_visit(browser: Browser, site: Path, page: str) -> int:
    """Compressed bytes of all that a browser with an empty cache asks this host for."""
    bodies: dict[str, bytes] = {}

    def keep(response: Response) -> None:
        bodies[response.url] = response.body() if response.ok else b""

    with served(site) as address, browser.new_context() as context:
        visitor = context.new_page()
        visitor.on("response", keep)
        visitor.goto(address + page, wait_until="networkidle")
    return sum(len(brotli.compress(body)) for body in bodies.values())


def lighthouse(site: Path, page: str) -> dict[str, float]:
    """Its four scores of a page in points, each the median of three runs."""
    program = node_peer("lighthouse", LIGHTHOUSE) / "node_modules/.bin/lighthouse"
    flags = f"--chrome-flags=--headless {' '.join(chromium.FLAGS)}"
    environment = os.environ | {"CHROME_PATH": chromium.ensure()}
    runs = []
    with served(site) as address:
        command = [str(program), address + page, "--output=json", "--quiet", flags]
        for _ in range(3):
            done = subprocess.run(command, env=environment, check=True, capture_output=True)
            runs.append(json.loads(done.stdout)["categories"])
    return {
        category: statistics.median(100 * scores[category]["score"] for scores in runs)
        for category in CATEGORIES
    }


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


class _Compressing(SimpleHTTPRequestHandler):
    """Sends text as a good host does: brotli-compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir() and self.path.partition("?")[0].endswith("/"):
            file /= "index.html"
        if file.suffix not in TEXTS or not file.exists():
            return super().do_GET()
        body = brotli.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(file))}; charset=utf-8")
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""
