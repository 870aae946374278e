"""Windows starts processes by spawning them: here every verb is started so once."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from minibook import ROOT, write_minibook

# As scripts/NAME runs it, for the book in the folder that the first argument names.
RUN = """
import multiprocessing, sys
from pathlib import Path
multiprocessing.set_start_method("spawn")
import _venv
root, module, *arguments = sys.argv[1:]
sys.modules[module] = __import__(module, fromlist=["main"])
sys.modules[module].ROOT = Path(root)
sys.exit(_venv.run(module, arguments))
"""


def command(root: Path, verb: str, module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", RUN, str(root), module, verb, *arguments]


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    return write_minibook(tmp_path_factory.mktemp("spawned 书") / "my book")


VERBS = {
    "build": ("whitepaper.build", "--site-url", "https://x.example/", "--out", "{}/site"),
    "check": ("whitepaper.laws", "{}"),
    "figures": ("whitepaper.figures.draw", "--check"),
    "addresses": ("whitepaper.laws.addresses", "--help"),
    "import": ("manuscript", "--help"),
    "test": ("tools.suite", "--help"),
    "bench": ("tools.bench", "--help"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_verbs(book, verb):
    """Every verb does under spawn what it does under fork, the exports included."""
    module, *arguments = VERBS[verb]
    root = ROOT if verb == "figures" else book
    done = subprocess.run(
        command(root, verb, module, *(one.format(book) for one in arguments)),
        cwd=book,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr
    if verb == "build":
        assert (book / "site/downloads/hard-tech-zh.pdf").exists()


def test_serve(book):
    """The preview shows the book and a saved page under spawn, and ends with its starter."""
    with subprocess.Popen(
        command(book, "serve", "whitepaper.serve", "--port", "0"),
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            address = process.stdout.readline().split()[1]
            assert process.stdout.readline().startswith("serve: ")
            page = book / "docs/en/origin.md"
            page.write_text(page.read_text("utf-8").replace("first", "second"), "utf-8")
            while "second" not in (line := process.stdout.readline()) and "serve: " not in line:
                pass
            shown = urllib.request.urlopen(f"{address}en/origin/").read().decode()
        finally:
            process.send_signal(signal.SIGINT)
    assert "One sentence second." in shown
