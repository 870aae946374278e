"""publish: site/ is the old site or the new one, whatever goes wrong."""

import ctypes
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from minibook import write_minibook, write_text

from whitepaper import publish
from whitepaper.book import ROOT, BookError
from whitepaper.build import build
from whitepaper.editions import read_edition
from whitepaper.publish import staged, verify, write_manifest

KILLS = 100


@pytest.fixture
def book(tmp_path) -> Path:
    """A book of two pages, built once into book/site with the word `first` in its text."""
    root = write_minibook(tmp_path / "book")
    build(root, root / "site", exports=False)
    return root


def word(site: Path) -> str:
    """Which state of the book the site shows: the word in its text, the same on every page; the site must be whole."""
    assert list(verify(str(site))) == []
    plain = [
        re.sub("<[^>]*>", "", path.read_text("utf-8")) for path in site.glob("??/*/index.html")
    ]
    (word,) = {re.search(r"(?:一句话|One sentence )(\w+)[。.]", text)[1] for text in plain}
    return word


def begin(root: Path, prepare=lambda: None) -> int:
    """Starts a build of the book in a process group of its own, as the verb would; returns its process id."""
    child = os.fork()
    if child:
        return child
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        prepare()
        build(root, root / "site", exports=False)
        os._exit(0)
    except BookError:
        os._exit(2)
    finally:
        os._exit(3)


def end(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def duration(book: Path) -> float:
    started = time.monotonic()
    assert end(begin(book)) == 0
    return time.monotonic() - started


def test_killed_at_any_moment(book):
    """A build killed at any of 100 random moments leaves the old site or the new one, and the next build works."""
    chance = random.Random(8)
    write_text(book, "timed")
    whole = min(duration(book) for _ in range(3))
    shown, killed = "timed", 0
    for number in range(KILLS):
        write_text(book, f"round{number}")
        child = begin(book)
        time.sleep(chance.uniform(0, whole))
        try:
            os.killpg(child, signal.SIGKILL)
        except ProcessLookupError:  # not yet a group of its own: nothing has been done
            os.kill(child, signal.SIGKILL)
        killed += end(child) == -signal.SIGKILL
        now = word(book / "site")
        assert now in (shown, f"round{number}")
        shown = now
    assert killed > KILLS / 2
    write_text(book, "last")
    assert end(begin(book)) == 0
    assert word(book / "site") == "last"
    assert not (book / ".site.stage").exists()


def test_killed_between_two_renames(book):
    """Where folders cannot be exchanged at once, a build killed half-way through the swap is mended by the next one."""

    def die_half_way():
        publish._exchange = lambda *_: False
        Path.rename = lambda path, target, move=Path.rename: (
            os.kill(os.getpid(), signal.SIGKILL) if target == book / "site" else move(path, target)
        )

    write_text(book, "second")
    assert end(begin(book, die_half_way)) == -signal.SIGKILL
    assert not (book / "site").exists()
    with pytest.raises(KeyboardInterrupt), staged(book / "site"):
        assert word(book / "site") == "first"
        raise KeyboardInterrupt
    assert word(book / "site") == "first"


def test_without_exchange(book, monkeypatch):
    """Where folders cannot be exchanged at once, two renames give the same; a failing second one is taken back."""
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    write_text(book, "second")
    build(book, book / "site", exports=False)
    assert word(book / "site") == "second"
    with pytest.raises(BookError), staged(book / "site") as stage:
        stage.rmdir()
    assert word(book / "site") == "second"


@pytest.mark.parametrize("limit", [0, 2_000, 8_000, 12_000])
def test_disk_full(book, limit):
    """A build that cannot write all of a file ends with 2; the site is the old one, and the next build works."""
    largest = max(path.stat().st_size for path in (book / "site").rglob("*") if path.is_file())
    write_text(book, "second")
    assert (
        end(
            begin(
                book,
                lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (min(limit, largest - 1),) * 2),
            )
        )
        == 2
    )
    assert word(book / "site") == "first"
    build(book, book / "site", exports=False)
    assert word(book / "site") == "second"


def test_read_only(book):
    """A build that may not write beside its target ends with 2 and leaves it alone."""
    write_text(book, "second")
    book.chmod(0o555)
    try:
        assert end(begin(book, _obey_permissions)) == 2
    finally:
        book.chmod(0o755)
    assert word(book / "site") == "first"


def _obey_permissions() -> None:
    """Takes root's right to write anywhere from this process, and nothing from anybody else."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)())


def test_two_builds_at_once(book):
    """Two builds of one site at once both end well, one after the other."""
    write_text(book, "second")
    children = [begin(book), begin(book)]
    assert [end(child) for child in children] == [0, 0]
    assert word(book / "site") == "second"


@pytest.mark.parametrize("after", [0.3, 0.5, 0.8])
def test_interrupted(book, after):
    """Ctrl-C ends a build at once with 2 and one line, whichever of its processes it reaches; the site is the old one or the new one."""
    write_text(book, "second")
    verb = "import sys; from pathlib import Path; from whitepaper import build; build.ROOT = Path(sys.argv.pop(1)); raise SystemExit(build.main())"
    command = [
        sys.executable,
        "-c",
        verb,
        str(book),
        "--no-exports",
        "--site-url",
        "https://x.example/",
        "--out",
        str(book / "site"),
    ]
    with subprocess.Popen(
        command,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode in (0, 2) or (
        process.returncode == -signal.SIGINT and ("import" in said or not said)
    )  # the last: before the verb’s first line, or before Python listens
    assert (
        process.returncode != 2 or said.strip() == f"build: stopped; {book / 'site'} is as it was"
    )
    assert word(book / "site") in ("first", "second")


def test_leaves_what_is_no_site_alone(tmp_path):
    """A folder that holds something else than a site is never replaced."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/diary.txt").write_text("mine")
    with pytest.raises(BookError, match="has no build.json"), staged(tmp_path / "out"):
        pass
    assert (tmp_path / "out/diary.txt").read_text() == "mine"


def test_verify(tmp_path):
    """Verifying names each file that is missing, changed or not part of the site, and nothing else."""
    for name in ("kept", "changed", "longer", "missing"):
        (tmp_path / name).write_text(name)
    write_manifest(tmp_path, {"edition": "1.0.0"})
    assert list(verify(str(tmp_path))) == []
    (tmp_path / "changed").write_text("CHANGED")
    (tmp_path / "longer").write_text("longer!")
    (tmp_path / "missing").unlink()
    (tmp_path / "extra").touch()
    expected = [
        "changed: other content (sha256 differs)",
        "longer: 7 bytes, must be 6",
        "missing: missing",
        "extra: not part of the site",
    ]
    assert list(verify(str(tmp_path))) == expected


def test_verify_at_an_address(site, served):
    """A published copy can be verified at its address."""
    assert list(verify(served)) == []
    assert (
        json.loads((site / "build.json").read_text("utf-8"))["edition"] == read_edition(ROOT).number
    )


def test_verify_says_by_its_exit_code(book):
    """`scripts/build --verify` ends with 0 for a faithful copy, 1 for any other, 2 for what is no site."""

    def verb(path: Path) -> int:
        return subprocess.run(
            [sys.executable, "scripts/build", "--verify", str(path)],
            cwd=publish.__file__.rpartition("/scripts/")[0],
            capture_output=True,
        ).returncode

    assert verb(book / "site") == 0
    (book / "site/zh/index.html").write_text("")
    assert verb(book / "site") == 1
    assert verb(book / "docs") == 2
