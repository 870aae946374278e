"""Two builds of one commit are the same, byte for byte, wherever, whenever and by whomever they are
made.
"""

import glob
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import debian

ROOT = Path(__file__).resolve().parents[2]
PLACES = {
    "here": {
        "TZ": "Asia/Shanghai",
        "LANG": "C.UTF-8",
        "USER": "mei",
        "HOME": "/tmp",
        "PYTHONHASHSEED": "1",
    },
    "a/farther place": {
        "TZ": "America/Los_Angeles",
        "LANG": "C",
        "USER": "rui",
        "HOME": "/",
        "PYTHONHASHSEED": "2",
        "FAKETIME": "+400d",
    },
}
BUILD = "import datetime, sys; print(datetime.date.today()); from whitepaper.build import main; raise SystemExit(main())"


def libfaketime() -> str:
    """The library that lets a program live on another day."""
    return debian.ensure(
        "libfaketime", lambda: next(iter(glob.glob("/usr/lib/*/faketime/libfaketime.so.1")), None)
    )


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> list[Path]:
    """The site of this checkout, uncommitted edits included, built in two clones: other folder,
    zone, locale, user, day, umask and hash seed.
    """

    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", str(ROOT), *arguments], check=True, capture_output=True, text=True
        ).stdout.strip()

    commit = git("-c", "user.name=x", "-c", "user.email=x@x.example", "stash", "create") or git(
        "rev-parse", "HEAD"
    )
    runs = []
    for umask, (place, environment) in zip((0o022, 0o077), PLACES.items()):
        clone = tmp_path_factory.mktemp("clone") / place
        git("clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(clone))
        subprocess.run(
            ["git", "-C", str(clone), "checkout", "--quiet", "--detach", commit], check=True
        )
        environment = environment | {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(clone / "scripts"),
            "SITE_URL": "https://same.example/",
        }
        if "FAKETIME" in environment:
            environment |= {"LD_PRELOAD": libfaketime(), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        runs.append(
            (
                clone,
                subprocess.Popen(
                    [sys.executable, "-c", BUILD],
                    cwd="/",
                    env=environment,
                    umask=umask,
                    stdout=subprocess.PIPE,
                    text=True,
                ),
            )
        )
    said = [run.communicate()[0] for _, run in runs]
    assert [run.returncode for _, run in runs] == [0, 0], said
    days = [date.fromisoformat(output.split()[0]) for output in said]
    assert (days[1] - days[0]).days >= 399
    return [clone / "site" for clone, _ in runs]


def test_same_bytes(sites):
    """Every file of the two sites is the same: pages, PDF, EPUB, cards, archives, and so
    build.json.
    """
    manifests = [json.loads((site / "build.json").read_text("utf-8")) for site in sites]
    differing = sorted(
        name
        for name in manifests[0]["files"].keys() | manifests[1]["files"].keys()
        if manifests[0]["files"].get(name) != manifests[1]["files"].get(name)
    )
    assert differing == []
    assert manifests[0] == manifests[1]


def test_all_kinds_are_there(sites):
    """The comparison has compared something of each kind."""
    names = json.loads((sites[0] / "build.json").read_text("utf-8"))["files"]
    assert {".html", ".pdf", ".epub", ".png", ".zip", ".css", ".js", ".xml"} <= {
        Path(name).suffix for name in names
    }
