"""What a browser makes of a page of a site: the bytes of a first visit, Lighthouse's scores."""

import json
import os
import statistics
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli

from tools import chromium

LIGHTHOUSE = "lighthouse@13.5.0"  # run by npx, which comes with Node.js
TEXTS = (".html", ".js", ".css", ".json", ".svg", ".xml")


def visit(site: Path, page: str) -> dict[str, float]:
    """The bytes of all that a browser with an empty cache asks this host for, and Lighthouse's four
    scores of the page in points, each the median of three runs.
    """
    flags = f"--chrome-flags=--headless {' '.join(chromium.FLAGS)}"
    environment = os.environ | {"CHROME_PATH": chromium.ensure()}
    runs = []
    with served(site) as address:
        command = ["npx", "--yes", LIGHTHOUSE, address + page, "--output=json", "--quiet", flags]
        for _ in range(3):
            done = subprocess.run(command, env=environment, check=True, capture_output=True)
            report = json.loads(done.stdout)
            scores = {name: 100 * part["score"] for name, part in report["categories"].items()}
            runs.append(scores | {"bytes": report["audits"]["total-byte-weight"]["numericValue"]})
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


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
        file = file / "index.html" if file.is_dir() else file
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
