"""publish: site/ is the old site or the new one, whatever goes wrong."""

import ctypes
import errno
import fcntl
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from minibook import write_minibook, write_text
from whitepaper import publish
from whitepaper.book import ROOT, BookError
from whitepaper.build import build
from whitepaper.editions import read_edition
from whitepaper.lock import alone
from whitepaper.manifest import verify, write_manifest
from whitepaper.publish import staged

KILLS = 100
FLOCK, LOCK_NOW = fcntl.flock, fcntl.LOCK_EX | fcntl.LOCK_NB


@pytest.fixture
def book(tmp_path) -> Path:
    """A book of two pages, built once into book/site with the word `first` in its text."""
    root = write_minibook(tmp_path / "book")
    build(root, root / "site", exports=False)
    return root


def word(site: Path) -> str:
    """Which state of the book the site shows: the word in its text, the same on every page; the
    site must be whole.
    """
    assert list(verify(str(site))) == []
    plain = [
        re.sub("<[^>]*>", "", path.read_text("utf-8")) for path in site.glob("??/*/index.html")
    ]
    (word,) = {re.search(r"(?:一句话|One sentence )(\w+)[。.]", text)[1] for text in plain}
    return word


def begin(root: Path, prepare=lambda: None) -> int:
    """Starts a build of the book in a process group of its own, as the verb would; returns its
    process id.
    """
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
    """A build killed at any of 100 random moments leaves the old site or the new one, and the next
    build works.
    """
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
    assert killed > KILLS / 4  # the rest were done before: how fast the machine is, changes
    write_text(book, "last")
    assert end(begin(book)) == 0
    assert word(book / "site") == "last"
    assert not (book / ".site.stage").exists()


def test_killed_between_two_renames(book):
    """Where folders cannot be exchanged at once, a build killed half-way through the swap is mended
    by the next one.
    """

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
    """Where folders cannot be exchanged at once, two renames give the same; a failing second one is
    taken back.
    """
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    write_text(book, "second")
    build(book, book / "site", exports=False)
    assert word(book / "site") == "second"
    renames, rename = [], Path.rename

    def second_fails(path, target):
        renames.append(path)
        if len(renames) == 2:
            raise OSError(errno.EACCES, "refused")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(BookError), staged(book / "site"):
        pass
    assert len(renames) == 3
    assert word(book / "site") == "second"


@pytest.mark.parametrize("limit", [0, 2_000, 8_000, 12_000])
def test_disk_full(book, limit):
    """A build that cannot write all of a file ends with 2; the site is the old one, and the next
    build works.
    """
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
    """Ctrl-C ends a build at once with 2 and one line, whichever of its processes it reaches; the
    site is the old one or the new one.
    """
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


def test_interrupted_at_a_fork():
    """A Ctrl-C that comes while a process is forked is not lost."""
    told = (
        "import os, signal; from whitepaper.aside import Aside\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a suite in the background
        "os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "try: print(Aside(int).result())\n"
        "except KeyboardInterrupt: print('stopped')"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("stopped\n", "")


def test_told_twice():
    """A process that is told to end, and told again while it does, says so to whoever waits for it,
    who may not have been told, and nothing else.
    """
    told = (
        "import os, signal; from multiprocessing.util import Finalize\n"
        "from whitepaper.aside import Aside\n"
        "def work():\n"
        "    Finalize(None, os.kill, (os.getpid(), signal.SIGINT), exitpriority=0)\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "try: Aside(work).result()\n"
        "except KeyboardInterrupt: print('stopped')"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("stopped\n", "")


def put(out: Path, *names: str) -> None:
    """What a build does that makes files of these names."""
    with staged(out) as stage:
        for name in names:
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).write_text(f"built {name}")
        write_manifest(stage, {"edition": "1.0.0"})


def files(folder: Path) -> dict[str, str]:
    """What lies in a folder, without build.json; of links, where they lead."""
    return {
        path.relative_to(folder).as_posix(): os.readlink(path)
        if path.is_symlink()
        else path.read_text()
        for path in folder.rglob("*")
        if (path.is_symlink() or path.is_file()) and path.name != "build.json"
    }


def test_a_checkout_stays(tmp_path):
    """In a checkout of the published branch the site is replaced, what only the last build made
    goes, all else stays.
    """
    out = tmp_path / "pages"
    put(out, "index.html", "zh/old/index.html", "en/index.html")
    (out / ".git").mkdir()
    (out / ".git/HEAD").write_text("ref: refs/heads/pages")
    (out / "CNAME").write_text("x.example")
    (out / "zh/mine.html").write_text("mine")
    put(out, "index.html", "zh/index.html")
    assert files(out) == {
        ".git/HEAD": "ref: refs/heads/pages",
        "CNAME": "x.example",
        "zh/mine.html": "mine",
        "index.html": "built index.html",
        "zh/index.html": "built zh/index.html",
    }
    assert {path.name for path in out.iterdir()} == {
        ".git",
        "CNAME",
        "zh",
        "index.html",
        "build.json",
    }
    assert list(verify(str(out))) == [
        "CNAME: not part of the site",
        "zh/mine.html: not part of the site",
    ]


def test_a_folder_of_others_is_added_to(tmp_path):
    """A folder that no build knows keeps all it has, and holds the site beside it."""
    (tmp_path / "diary.txt").write_text("mine")
    put(tmp_path, "index.html")
    assert files(tmp_path) == {"diary.txt": "mine", "index.html": "built index.html"}


@pytest.mark.parametrize("name", ["zh/index.html", "zh", "build.json", "zh/index.html/deep"])
def test_a_foreign_file_in_the_way(tmp_path, name):
    """Where a file that no build made stands in the way of one of ours, nothing is written and one
    line says which.
    """
    (tmp_path / "out" / name).parent.mkdir(parents=True)
    (tmp_path / "out" / name).write_text("mine")
    before = files(tmp_path)
    with pytest.raises(BookError, match=f"{name}: was not made by a build.*--out") as refusal:
        put(tmp_path / "out", "index.html", "zh/index.html")
    assert "\n" not in str(refusal.value)
    assert files(tmp_path) == before


@pytest.mark.parametrize("link", ["zh", "zh/index.html"])
def test_links_are_not_followed(tmp_path, link):
    """A link inside the folder that leads outside is neither written nor deleted through."""
    outside = tmp_path / "outside"
    (outside / "index.html").mkdir(parents=True)
    (outside / "index.html/kept").write_text("kept")
    (tmp_path / "out" / link).parent.mkdir(parents=True)
    (tmp_path / "out" / link).symlink_to(outside)
    with pytest.raises(BookError, match="stands where one of its files must go"):
        put(tmp_path / "out", "index.html", "zh/index.html")
    (tmp_path / "out" / link).unlink()
    put(tmp_path / "out", "zh/index.html", "en/index.html")
    (tmp_path / "out/elsewhere").symlink_to(outside)
    put(tmp_path / "out", "index.html")
    assert files(outside) == {"index.html/kept": "kept"}
    assert files(tmp_path / "out") == {"index.html": "built index.html", "elsewhere": str(outside)}


def test_a_link_to_the_folder(tmp_path):
    """Where --out is a link, the folder it leads to holds the site and the link stays."""
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    put(tmp_path / "site", "index.html")
    put(tmp_path / "site", "index.html")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "real/index.html").exists()


@pytest.mark.parametrize("error", [errno.EBUSY, errno.EXDEV])
def test_a_mount_point(tmp_path, monkeypatch, error):
    """A folder that cannot be moved, being a mount point, is filled where it is."""
    put(tmp_path / "out", "old.html")
    inode = (tmp_path / "out").stat().st_ino

    def refuse(*_):
        raise OSError(error, "busy")

    monkeypatch.setattr(publish, "_exchange", refuse)
    put(tmp_path / "out", "index.html", "old.html/file")
    assert files(tmp_path / "out") == {
        "index.html": "built index.html",
        "old.html/file": "built old.html/file",
    }
    assert (tmp_path / "out").stat().st_ino == inode
    put(tmp_path / "out", "old.html")
    assert files(tmp_path / "out") == {"old.html": "built old.html"}


def test_ended_half_way_among_others(tmp_path, monkeypatch):
    """A build that dies while it puts its files among others leaves nothing that the next does not
    know as its own.
    """
    out = tmp_path / "out"
    put(out, "a.html", "b.html")
    (out / "CNAME").write_text("x.example")
    names, rename = [], Path.replace

    def die(path, target):
        names.append(target)
        if len(names) == 3:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", die)
        put(out, "b.html", "c.html", "d.html")
    put(out, "e.html")
    assert files(out) == {"CNAME": "x.example", "e.html": "built e.html"}


def test_readable_whatever_the_umask(tmp_path):
    """A web server may read all of a site, and the folders made for it, whatever the umask and the
    sources' modes.
    """
    before = os.umask(0o077)
    try:
        put(tmp_path / "made/for/it", "zh/index.html")
        (tmp_path / "made/for/it/CNAME").write_text("x.example")
        put(tmp_path / "made/for/it", "en/index.html")
    finally:
        os.umask(before)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "made").rglob("*")}
    assert modes.pop("CNAME") == "0o600"
    assert modes == {
        name: "0o644" if "." in name else "0o755"
        for name in ("for", "it", "build.json", "en", "index.html")
    }


@pytest.mark.parametrize("system", ["posix", "windows"])
def test_lock(tmp_path, system, monkeypatch):
    """The second who asks for a lock says so and gets it when the first is done, on Windows too;
    nothing is left.
    """
    if system == "windows":
        monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt)
        monkeypatch.setitem(sys.modules, "fcntl", None)
    path, told = tmp_path / "lock", []
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(write=told.append, flush=lambda: None))

    def second():
        with alone(path, "waiting"):
            order.append("second")

    order: list[str] = []
    with alone(path):
        thread = threading.Thread(target=second)
        thread.start()
        while not told:
            thread.join(0.01)
        order.append("first")
    thread.join()
    assert (order, "".join(told), path.exists()) == (["first", "second"], "waiting\n", False)


class Msvcrt:
    """What Windows locks with, as far as it is used here."""

    LK_NBLCK = 2

    @staticmethod
    def locking(descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (Msvcrt.LK_NBLCK, 1)
        FLOCK(descriptor, LOCK_NOW)


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
        "changed: other content",
        "longer: other content",
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
    """`scripts/build --verify` ends with 0 for a faithful copy, 1 for any other, 2 for what is no
    site.
    """

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
