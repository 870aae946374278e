"""check: a fault of every kind is found, once, where it is; what is right is passed over in silence."""
import shutil
import tomllib
from pathlib import Path

import pytest

import whitepaper.check as check
from whitepaper.check_rules import RULES

FIXTURES = Path(__file__).parent / "fixtures"
CASES = [{"code": code, **case} for path in sorted((FIXTURES / "faults").glob("*.toml")) for code, cases in tomllib.loads(path.read_text("utf-8")).items() for case in cases]


@pytest.fixture
def book(tmp_path) -> Path:
    """A copy of the clean book."""
    return Path(shutil.copytree(FIXTURES / "checked", tmp_path / "book"))


def apply(book: Path, case: dict) -> str:
    """Breaks the book; returns where, as file:line below docs/."""
    for name, text in case.get("write", {}).items():
        (book / "docs" / name).write_text(text, "utf-8")
    place = ""
    for edit in case.get("edits") or [case]:
        path = book / "docs" / edit["file"]
        text = path.read_text("utf-8")
        assert edit["find"] in text, edit
        line = text.count("\n", 0, text.index(edit["find"])) + 1 + case.get("down", 0)
        path.write_bytes(text.replace(edit["find"], edit["put"], 1).encode(case.get("encoding", "utf-8"), "surrogateescape"))
        place = place if place.startswith(case.get("at", "?")) else f"{edit['file'].removeprefix('../')}:{line}"
    return f"{case.get('at', place.rpartition(':')[0])}:{case.get('line', place.rpartition(':')[2])}"


def found_in(book: Path, rules: str) -> list[str]:
    problems = check.check_book(book, rules, cache=None)
    return sorted(f"{problem.code} {problem.path.removeprefix('docs/')}:{problem.line}" for problem in problems)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['code']} {case['kind']}" for case in CASES])
def test_a_fault_is_found_once_where_it_is(book, case):
    """Each kind of fault gives its own problem, with file and line, and no other but those that follow from it."""
    place = apply(book, case)
    also = [more if " " in more else f"{more} {place}" for more in case.get("also", [])]
    assert found_in(book, "book") == sorted({f"{case['code']} {place}", *also})


@pytest.mark.parametrize("rules", ["book", "any"])
def test_the_clean_book_is_silent(book, rules):
    """Nothing is reported where nothing is wrong, however oddly it is written."""
    assert found_in(book, rules) == []
