"""Live preview: a saved page shows in about a second, with its problems.

This process watches the sources and has the site built, in processes that it can end; another
serves the site, with MkDocs' live reload. After a save only the changed pages are made anew and put
into the served site at once; the whole site follows aside and is swapped in when it is ready.
"""

import argparse
import contextlib
import html
import json
import multiprocessing
import os
import pickle
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from whitepaper.aside import Aside, side_by_side
from whitepaper.book import LANGS, ROOT, BookError, read_book
from whitepaper.build import write_facts
from whitepaper.content import page_path
from whitepaper.figures.draw import require_current
from whitepaper.laws import check_book
from whitepaper.publish import staged
from whitepaper.render import render_pages
from whitepaper.site.pages import Site

WATCHED = ("mkdocs.yml", "CHANGELOG.md", "docs", "overrides")
HOST = "127.0.0.1"
POLL = 0.1  # seconds between two looks at the disk
MOST = 100  # problems told at once
STATE = "state.json"  # what the pages say of themselves
KNOWN = "known"  # what single pages need of all others

Stamps = dict[Path, tuple[int, int, int]]


def serve(root: Path, port: int) -> None:
    """Builds, serves and follows the book in `root` until interrupted or terminated.

    Raises BookError where that cannot begin, KeyboardInterrupt at the end. A shell that starts
    something in the background has it ignore interrupts; a preview must end all the same.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="preview-") as name:
        folder = Path(name)
        write_state(folder, "", [])
        port = free_port(port)
        os.environ["SITE_URL"] = address = f"http://{HOST}:{port}/"
        serving = Aside(serve_pages, folder, port)
        print(f"serve: {address} shows the book; save a page and see. Ctrl-C ends it", flush=True)
        try:
            follow(root, folder)
        finally:
            serving.kill()


def free_port(port: int) -> int:
    """The port, any free one for 0; raises BookError where it is in use."""
    try:
        with socket.create_server((HOST, port)) as server:
            return int(server.getsockname()[1])
    except OSError as error:
        raise BookError(
            f"port {port}: {error.strerror}. End what uses it, or name another with --port"
        ) from None


class Server(LiveReloadServer):
    """Serves folder/site, and the state as /preview.json; browsers load anew when that changes."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(lambda: None, HOST, port, str(folder / "site"), polling_interval=POLL)
        self.folder, self.build_delay, self.error_handler = folder, POLL, self.missing
        self.watch(str(folder / STATE))

    def serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/preview.json":
            return super().serve_request(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [(self.folder / STATE).read_bytes()]

    def missing(self, _code: int) -> bytes:
        """What shows for a missing page: the site's own page for that, once it is built."""
        with contextlib.suppress(OSError):
            return Path(self.root, "404.html").read_bytes()
        said = html.escape(read_state(self.folder)[0] or "building")
        refresh = '<meta http-equiv="refresh" content="1">'
        return f"<!doctype html><meta charset=utf-8>{refresh}<p>{said}".encode()


def serve_pages(folder: Path, port: int) -> None:
    """Answers whoever asks, until the process that started this ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    Server(folder, port).serve()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(0)


def follow(root: Path, folder: Path) -> None:
    """Keeps folder/site what the sources say."""
    seen, whole = look(root), Aside(build_whole, root, folder)
    try:
        while True:
            time.sleep(POLL)
            now = look(root)
            if now == seen:
                continue
            changed = {path for path in now if seen.get(path) != now[path]}
            seen = now
            whole.kill()  # what it builds is out of date
            if pages := changed_pages(root, changed, folder):
                with contextlib.suppress(OSError):  # it died; the whole site follows all the same
                    side_by_side((build_pages, root, folder, pages))
            whole = Aside(build_whole, root, folder)
    finally:
        whole.kill()


def look(root: Path) -> Stamps:
    """Times and size of every source; of a file that went and came back between two looks, the
    second time tells."""
    stamps: Stamps = {}
    folders = [root / name for name in WATCHED]
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
    names = {
        path.stem
        for path in changed
        for lang in LANGS
        if path == root / "docs" / lang / f"{path.stem}.md"
        and page_path(folder / "site", lang, path.stem).exists()
    }
    paths = {root / "docs" / lang / f"{name}.md" for name in names for lang in LANGS}
    return frozenset(names if (folder / KNOWN).exists() and changed <= paths else ())


def build_whole(root: Path, folder: Path) -> None:
    """The whole site, as scripts/build makes it, without exports."""

    def build_it() -> None:
        book = read_book(root)
        drawings = require_current(root)
        with staged(folder / "site") as stage:
            pages = render_pages(book, strict=False)
            site = Site(book, stage, pages, drawings, preview=True)
            known = pickle.dumps((site.write(), pages))  # these without their text, once written
            write_facts(book, stage)
        (folder / KNOWN).write_bytes(known)

    _report(root, folder, build_it)


def build_pages(root: Path, folder: Path, names: frozenset[str]) -> None:
    """Only the pages `names`, put into the served site in every tree, whatever their problems."""

    def build_them() -> None:
        book = read_book(root)
        shared, pages = pickle.loads((folder / KNOWN).read_bytes())
        pages |= render_pages(book, strict=False, names=names)
        with tempfile.TemporaryDirectory(dir=folder) as stage:
            Site(book, Path(stage), pages, preview=True).rewrite(names, shared)
            for path in Path(stage).rglob("*.html"):
                path.replace(folder / "site" / path.relative_to(stage))

    _report(root, folder, build_them)


def _report(root: Path, folder: Path, work: Callable[[], None]) -> None:
    """Does the work, then tells the browsers: at once, and again when the problems are known."""
    started = time.perf_counter()
    error = _failure(work)
    write_state(folder, error, read_state(folder)[1:])
    print(f"serve: {error or f'{time.perf_counter() - started:.1f} s'}", flush=True)
    problems: list[str] = []
    _failure(lambda: problems.extend(find_problems(root)))  # the build has said why
    write_state(folder, error, problems[:MOST])


def _failure(work: Callable[[], None]) -> str:
    """Does the work; says why it could not be done, or nothing.

    The preview outlives whatever that is: files come and go while they are read, and half-saved
    ones may break anything.
    """
    try:
        work()
    except BookError as refusal:
        return str(refusal)
    except Exception as error:
        return f"this cannot be built ({type(error).__name__}: {error}). Mend what was saved last"
    return ""


def find_problems(root: Path) -> Iterator[str]:
    """What the checker says about the sources as they are."""
    for one in check_book(root):
        if one.level == "error":
            yield f"{one.path}:{one.line}: {one.code} {one.message}. {one.hint}"


def read_state(folder: Path) -> list[str]:
    """Why the site is not what the sources say, or ``; and the problems in them."""
    return [*json.loads((folder / STATE).read_text("utf-8"))]


def write_state(folder: Path, error: str, problems: list[str]) -> None:
    """In one step: whoever reads it reads the old state or the new one."""
    draft = folder / f"{STATE}-{os.getpid()}"
    draft.write_text(json.dumps([error, *problems]), "utf-8")
    draft.replace(folder / STATE)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/serve",
        description="Live preview: a saved page shows in about a second, with its problems.",
    )
    parser.add_argument(
        "--port", type=int, default=8000, help="where on this machine (default: 8000)"
    )
    options = parser.parse_args()
    try:
        serve(ROOT, options.port)
    except BookError as error:
        print(f"serve: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0
