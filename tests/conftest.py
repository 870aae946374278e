"""What several test modules share: the built site, served, and a browser."""

import http.server
import os
import threading
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from minibook import ROOT, SITE_URL
from tools import chromium
from whitepaper.build import build
from whitepaper.git import clean_environment

# Git in the tests knows its own folders alone: not the repository in whose hook the suite may run,
# nor a person's settings.
GIT_SETTINGS = {"core.hooksPath": os.devnull, "commit.gpgSign": "false", "init.templateDir": ""}
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
clean = clean_environment() | {"GIT_CONFIG_COUNT": str(len(GIT_SETTINGS))}
for number, (key, value) in enumerate(GIT_SETTINGS.items()):
    clean |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
os.environ.clear()
os.environ.update(clean)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The whole site of this checkout, built once for all tests."""
    out = tmp_path_factory.mktemp("built") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE_URL)
        build(ROOT, out, exports=True)
    return out


@pytest.fixture(scope="session")
def served(site) -> str:
    """The address under which the built site is served, at a sub-path as on many hosts:
    http://…/paper/.
    """
    (root := site.parent / "host").mkdir()
    (root / "paper").symlink_to(site)
    handler = partial(_Quiet, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/paper/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the session; a test that needs it fails, never skips, where there is none."""
    path = os.environ.get("CHROMIUM") or chromium.find()
    assert path, "no Chromium: run scripts/test, which installs one"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass
