"""Live preview: a saved page shows in about a second, with its problems.

One process watches and builds, one serves. After a save only the changed pages are finished and put into
the served site at once; the whole site follows aside and is swapped in when it is ready.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import pickle
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from whitepaper.aside import Aside, lead_group, side_by_side
from whitepaper.book import LANGS, ROOT, BookError, read_book
from whitepaper.build import write_facts
from whitepaper.content import page_path
from whitepaper.figures.draw import require_current
from whitepaper.laws import check_book
from whitepaper.publish import staged
from whitepaper.render import render_pages
from whitepaper.site.pages import Site, briefs_of

WATCHED = ("mkdocs.yml", "CHANGELOG.md", "docs", "overrides")
SCRIPT = Path(__file__).with_name("preview.js")
TAG = b'<script src="/preview.js" defer></script></head>'
POLL, PATIENCE = 0.1, 20  # seconds between two looks at the disk; seconds a browser waits for news
MOST = 100  # problems told at once

Stamps = dict[Path, tuple[int, int, int]]


def serve(root: Path, port: int) -> None:
    """Builds, serves and follows the book in `root` until interrupted; raises BookError where that cannot begin."""
    with tempfile.TemporaryDirectory(prefix="preview-") as name:
        folder = Path(name)
        write_state(folder, {"news": 0, "problems": [], "error": ""})
        try:
            server = _Server(("127.0.0.1", port), partial(_Pages, folder))
        except OSError as error:
            raise BookError(
                f"port {port}: {error.strerror}. End what uses it, or name another with --port"
            ) from None
        os.environ["SITE_URL"] = address = f"http://127.0.0.1:{server.server_port}/"
        serving = Aside(serve_pages, server.socket, folder)
        server.socket.close()
        print(f"serve: {address} shows the book; save a page and see. Ctrl-C ends it", flush=True)
        try:
            follow(root, folder)
        finally:
            serving.kill()


def serve_pages(listening: socket.socket, folder: Path) -> None:
    """Answers whoever asks at the socket, until whoever started this ends."""
    server = _Server(listening.getsockname(), partial(_Pages, folder), bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.serve_forever()


def follow(root: Path, folder: Path) -> None:
    """Keeps folder/site what the sources say."""
    seen, whole = look(root), Aside(build_whole, root, folder)
    try:
        while True:
            time.sleep(POLL)
            now = look(root)
            if now == seen:
                continue
            changed = {
                path for path in now if seen.get(path) != now[path]
            }  # of what has gone there is nothing to show
            seen = now
            whole.kill()  # what it builds is out of date
            if pages := changed_pages(root, changed, folder):
                with contextlib.suppress(OSError):  # it died; the whole site follows all the same
                    side_by_side((build_pages, root, folder, pages))
            whole = Aside(build_whole, root, folder)
    finally:
        whole.kill()


def look(root: Path) -> Stamps:
    """Times and size of every source: of a file that went and came back between two looks, the second time tells."""
    stamps, folders = {}, [root / name for name in WATCHED]
    while folders:
        path = folders.pop()
        with contextlib.suppress(OSError):  # gone between two looks
            if path.is_dir():
                folders += path.iterdir()
            else:
                stat = path.stat()
                stamps[path] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
    return stamps


def changed_pages(root: Path, changed: set[Path], folder: Path) -> frozenset[str]:
    """The pages to show at once; none where more than the text of existing pages has changed."""
    pages = {
        (path.parent.name, path.stem)
        for path in changed
        if path.suffix == ".md" and path.parent in [root / "docs" / lang for lang in LANGS]
    }
    shown = all(page_path(folder / "site", *page).exists() for page in pages)
    known = shown and (folder / "known").exists() and len(pages) == len(changed)
    return frozenset(name for _, name in pages) if known else frozenset()


def build_whole(root: Path, folder: Path) -> None:
    """The whole site, as scripts/build makes it, without exports."""

    lead_group()

    def build_it() -> None:
        book = read_book(root)
        require_current(root)
        with staged(folder / "site") as stage:
            pages = render_pages(book, strict=False)
            site = Site(book, stage, pages, lenient=True)
            known = pickle.dumps((briefs_of(pages), site.write()))
            write_facts(book, stage)
        (folder / "known").write_bytes(known)

    _report(root, folder, build_it)


def build_pages(root: Path, folder: Path, names: frozenset[str]) -> None:
    """Only the pages `names`, put into the served site in every tree, in spite of their problems."""

    def build_them() -> None:
        book = read_book(root)
        briefs, shared = pickle.loads((folder / "known").read_bytes())
        pages = render_pages(book, strict=False, names=names)
        with tempfile.TemporaryDirectory(dir=folder) as stage:
            Site(book, Path(stage), pages, lenient=True).rewrite(briefs, shared)
            for path in Path(stage).rglob("*.html"):
                path.replace(folder / "site" / path.relative_to(stage))

    _report(root, folder, build_them)


def _report(root: Path, folder: Path, work: Callable[[], None]) -> None:
    """Does the work, then tells the browsers: of the pages at once, of their problems as soon as they are known."""
    started = time.perf_counter()
    error = _failure(root, work)
    before = read_state(folder)
    write_state(folder, before | {"news": before["news"] + 1, "error": error})
    print(f"serve: {error or f'{time.perf_counter() - started:.1f} s'}", flush=True)
    write_state(
        folder, {"news": before["news"] + 2, "error": error, "problems": find_problems(root)}
    )


def _failure(root: Path, work: Callable[[], None]) -> str:
    """Does the work; says why it could not be done, or nothing.

    The preview outlives whatever that is: files come and go while they are read, and half-saved ones may break anything.
    """
    try:
        work()
    except BookError as refusal:
        return str(refusal)
    except OSError as error:
        where = str(error.filename or "").removeprefix(f"{root}{os.sep}")
        return f"{where}: {error.strerror}. Put it back, or save it again" if where else str(error)
    except Exception as error:
        return f"this cannot be built ({type(error).__name__}: {error}). Mend what was saved last"
    return ""


def find_problems(root: Path) -> list[dict]:
    """What the checker says about the sources as they are."""
    problems: list[dict] = []
    _failure(
        root,
        lambda: problems.extend(
            asdict(problem) for problem in check_book(root) if problem.level == "error"
        ),
    )  # the build has said why
    return problems[:MOST]


def read_state(folder: Path) -> dict:
    return json.loads((folder / "state.json").read_text("utf-8"))


def write_state(folder: Path, state: dict) -> None:
    """In one step: whoever reads it reads the old state or the new one."""
    draft = folder / f"state-{os.getpid()}"
    draft.write_text(json.dumps(state), "utf-8")
    draft.replace(folder / "state.json")


class _Server(ThreadingHTTPServer):
    """Ends with the process that started it, however that ends."""

    daemon_threads = True

    def service_actions(self) -> None:
        parent = multiprocessing.parent_process()
        if parent and not parent.is_alive():
            os._exit(0)


class _Pages(SimpleHTTPRequestHandler):
    """The served site, each page with our script; and what that script asks for."""

    def __init__(self, folder: Path, *arguments) -> None:
        self.folder = folder
        super().__init__(*arguments, directory=str(folder / "site"))

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/preview.js":
            return self._answer(SCRIPT.read_bytes(), "text/javascript")
        if path == "/preview.json":
            return self._answer(self._news(query), "application/json")
        file = Path(self.translate_path(path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if file.suffix != ".html" and file.exists():
            return super().do_GET()
        return self._page(file)

    def _page(self, file: Path) -> None:
        status = HTTPStatus.OK if file.exists() else HTTPStatus.NOT_FOUND
        try:
            page = (file if file.exists() else Path(self.directory, "404.html")).read_bytes()
        except OSError:  # nothing is built yet
            page = b"<!doctype html><head></head><body>building"
        self._answer(
            b"".join(_without_policy(page)).replace(b"</head>", TAG, 1),
            "text/html; charset=utf-8",
            status,
        )

    def _news(self, known: str) -> bytes:
        """The state, as soon as it is another than the browser knows, or after a while as it is."""
        until = time.monotonic() + PATIENCE
        while str(read_state(self.folder)["news"]) == known and time.monotonic() < until:
            time.sleep(POLL)
        return json.dumps(read_state(self.folder)).encode()

    def _answer(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Says nothing: requests are no news."""


def _without_policy(page: bytes) -> tuple[bytes, bytes]:
    """The page before and after its security policy, which would forbid our script."""
    before, found, after = page.partition(b'<meta http-equiv="Content-Security-Policy"')
    return before, after.partition(b">")[2] if found else b""


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/serve",
        description="Live preview: a saved page shows in about a second, with its problems.",
    )
    parser.add_argument(
        "--port", type=int, default=8000, help="where on this machine (default: 8000)"
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    try:
        serve(ROOT, options.port)
    except BookError as error:
        print(f"serve: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0
