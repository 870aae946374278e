"""check: what it remembers is never stale, and never needed."""

import pickle
import shutil
from pathlib import Path

import pytest

from proofreader import memory
from proofreader.run import run_check

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def book(tmp_path) -> Path:
    return Path(shutil.copytree(FIXTURES / "checked", tmp_path / "book"))


def check_book(book: Path, cache: Path | None) -> list:
    return run_check(book, cache=cache).problems


def put(book: Path, name: str, find: str, text: str) -> None:
    path = book / name
    path.write_text(path.read_text("utf-8").replace(find, text, 1), "utf-8")


CHANGES = {
    "a page": lambda book: put(book, "docs/zh/index.md", "(mountains.md)", "(hills.md)"),
    "a page that another links to": lambda book: put(book, "docs/en/water.md", "{#uses}", "{#use}"),
    "an included file": lambda book: put(book, "includes/names.md", "(index.md)", "(home.md)"),
    "a file that is included no more": lambda book: (book / "includes/names.md").unlink(),
    "the glossary": lambda book: put(
        book, "docs/data/glossary.toml", 'allowed = ["mountain"]', "allowed = []"
    ),
    "the id of a term": lambda book: put(
        book, "docs/data/glossary.toml", 'id = "mountain"', 'id = "hill"'
    ),
    "an image": lambda book: (book / "docs/zh/figures/sea.svg").unlink(),
    "the nav": lambda book: put(book, "mkdocs.yml", "  - glossary.md\n", ""),
    "an extension": lambda book: put(
        book, "mkdocs.yml", '  - footnotes:\n      SEPARATOR: "-"\n', ""
    ),
    "an ignore": lambda book: put(
        book, "docs/zh/index.md", "外面的资料", "外面的资料<!-- check: ignore L14 why -->"
    ),
    "the published addresses": lambda book: (book / "docs/data/addresses.txt").write_text(
        "hills/\n", "utf-8"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_seen(book, tmp_path, change):
    """After any change the remembered run is as good as a fresh one."""
    memory = tmp_path / "memory"
    assert check_book(book, cache=memory) == check_book(book, cache=memory) == []
    change(book)
    fresh = check_book(book, cache=None)
    assert fresh and check_book(book, cache=memory) == check_book(book, cache=memory) == fresh


def test_a_variable_of_the_settings_is_seen(book, tmp_path, monkeypatch):
    """A setting that comes from the environment counts as part of the settings."""
    put(
        book,
        "mkdocs.yml",
        "site_url: https://mountains.example/",
        "site_url: !ENV [HOME_OF_BOOK, https://mountains.example/]",
    )
    assert check_book(book, cache=tmp_path / "memory") == []
    monkeypatch.setenv("HOME_OF_BOOK", "https://geography.example/")
    assert {problem.code for problem in check_book(book, cache=tmp_path / "memory")} == {"L03"}


DAMAGES = {
    "empty": lambda whole: b"",
    "cut off": lambda whole: whole[: len(whole) // 2],
    "other bytes": lambda whole: b"\xff{",
    "nothing": lambda whole: pickle.dumps(None),
    "no pairs": lambda whole: pickle.dumps([1]),
    "a module that is not there": lambda whole: b"cnowhere\nPage\n.",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_broken_memory_is_harmless(book, tmp_path, damage):
    """Whatever became of the remembered files, the run ends as without them."""
    memory = tmp_path / "memory"
    put(book, "docs/zh/index.md", "(mountains.md)", "(hills.md)")
    fresh = check_book(book, cache=memory)
    files = [path for path in memory.rglob("*") if path.is_file()]
    assert len(files) == 1
    for path in files:
        path.write_bytes(damage(path.read_bytes()))
    assert fresh and check_book(book, cache=memory) == fresh


def test_a_memory_without_a_place_is_harmless(book, tmp_path):
    """Where the folder of the memory cannot be made, the run ends as without one."""
    (tmp_path / "file").write_text("no folder")
    put(book, "docs/zh/index.md", "(mountains.md)", "(hills.md)")
    fresh = check_book(book, cache=None)
    assert fresh and check_book(book, cache=tmp_path / "file") == fresh


def test_nothing_is_written_into_the_project(book, tmp_path):
    """The checker leaves the project's folder as it was."""
    before = {path: path.stat().st_mtime_ns for path in book.rglob("*")}
    check_book(book, cache=tmp_path / "memory")
    assert {path: path.stat().st_mtime_ns for path in book.rglob("*")} == before


def test_program(monkeypatch):
    """What is remembered rests on the program's own tables too, not on its modules alone."""
    read: list[Path] = []
    monkeypatch.setattr(memory, "digest", lambda path: read.append(path) or "")
    memory.program.__wrapped__()
    own = Path(memory.__file__).parent.rglob("*")
    assert {path for path in own if path.suffix in (".py", ".toml", ".txt")} <= {*read}
    assert any(path.suffix == ".toml" for path in read)
