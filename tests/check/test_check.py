"""check: a fault of every kind is found, once, where it is; what is right is passed over in
silence."""

import os
import shutil
import tomllib
from pathlib import Path

import pytest

import whitepaper.laws  # noqa: F401
from proofreader.rule import RULES
from proofreader.run import run_check

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = [
    {"code": code, **case}
    for path in sorted((FIXTURES / "faults").glob("*.toml"))
    for code, cases in tomllib.loads(path.read_text("utf-8")).items()
    for case in cases
]
OWN_TESTS = {
    "P14",
    "L17",
    "T18",
    "X37",
    "X38",
    "X39",
}  # a history, the web, this book
BYTES = {
    0xF700 + byte: 0xDC00 + byte for byte in range(128, 256)
}  # \uf7ff in a case is the byte ff


@pytest.fixture
def book(tmp_path) -> Path:
    """A copy of the clean book."""
    return Path(shutil.copytree(FIXTURES / "checked", tmp_path / "book"))


def apply(book: Path, case: dict) -> str:
    """Breaks the book; returns where, as file:line below docs/."""
    docs = book / "docs"
    for name, text in case.get("write", {}).items():
        (docs / name).parent.mkdir(exist_ok=True, parents=True)
        (docs / name).write_text(repeated(text), "utf-8")
    for name in case.get("delete", []):
        (docs / name).unlink()
    for name, target in case.get("link", {}).items():
        (docs / name).symlink_to(target)
    if "fifo" in case:
        os.mkfifo(docs / case["fifo"])
    places = [change(docs, edit) for edit in case.get("edits") or [case]]
    file, _, line = places[0].rpartition(":")
    return f"{case.get('at', file)}:{case.get('line', line)}"


def change(docs: Path, edit: dict) -> str:
    """Puts one text for another, once; returns its place."""
    path = docs / edit["file"]
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    assert edit["find"] in text, edit
    path.write_bytes(
        text.replace(edit["find"], edit["put"].translate(BYTES), 1).encode(
            "utf-8", "surrogateescape"
        )
    )
    line = text.count("\n", 0, text.find(edit["find"])) + 1 + edit.get("down", 0)
    return f"{edit['file'].removeprefix('../')}:{line}"


def repeated(text: str) -> str:
    """`x*3` is xxx, for texts too long to write out."""
    unit, star, count = text.rpartition("*")
    return unit * int(count) if star and count.isdigit() else text


def found_in(book: Path, rules: str) -> list[str]:
    problems = run_check(book, rules, cache=None).problems
    return sorted(
        {
            f"{problem.code} {problem.path.removeprefix('docs/')}:{problem.line}"
            for problem in problems
        }
    )


@pytest.mark.parametrize("case", CASES, ids=[f"{case['code']} {case['kind']}" for case in CASES])
def test_a_fault_is_found_once_where_it_is(book, case):
    """Each kind of fault gives its own problem, with file and line, and no other but those that
    follow from it."""
    place = apply(book, case)
    also = [more if " " in more else f"{more} {place}" for more in case.get("also", [])]
    found = found_in(book, "book")
    expected = sorted({f"{case['code']} {place}", *also})
    assert found == expected, (
        f"found {sorted(set(found) - set(expected))}, lacks {sorted(set(expected) - set(found))}"
    )


@pytest.mark.parametrize("rules", ["book", "any"])
def test_the_clean_book_is_silent(book, rules):
    """Nothing is reported where nothing is wrong, however oddly it is written."""
    assert found_in(book, rules) == []


def test_every_rule_is_broken_in_three_ways():
    """The corpus covers each rule at least three times, but for those with tests of their own."""
    counts = {code: sum(case["code"] == code for case in CASES) for code in RULES}
    assert {code for code, count in counts.items() if count < 3} == OWN_TESTS
    assert {case["code"] for case in CASES} == set(RULES) - OWN_TESTS
