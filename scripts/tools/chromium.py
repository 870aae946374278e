"""Finds a Chromium for the tests, or installs one."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Path of a Chromium: $CHROMIUM, on PATH, or Playwright's own."""
    on_path = next((path for path in map(shutil.which, NAMES) if path), None)
    return os.environ.get("CHROMIUM") or on_path or _playwrights()


def ensure() -> str:
    """As `find`, after installing one where needed: Debian's as root, else Playwright's build.

    Raises RuntimeError with what to do when neither can be had.
    """
    if path := find():
        return path
    print("no Chromium on this machine, installing one", file=sys.stderr, flush=True)
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        install = "apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk"
        subprocess.run(install.split(), check=False, stdout=subprocess.DEVNULL)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if path := find():
        return path
    raise RuntimeError(
        "no Chromium found or installed. "
        "Install one and put it on PATH, or set CHROMIUM to its path"
    )


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None
