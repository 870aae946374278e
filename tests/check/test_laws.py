"""check: what this book adds to it from its own side."""

import shutil
from pathlib import Path

import pytest

import whitepaper.laws  # noqa: F401
from proofreader import run_check
from whitepaper.book import ROOT
from whitepaper.glyphs import read_table


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Path:
    """The book itself, without what its pages do not need."""
    book = tmp_path_factory.mktemp("laws") / "book"
    leave = shutil.ignore_patterns(".*", "site", "tests", "scripts", "deploy")
    return Path(shutil.copytree(ROOT, book, ignore=leave))


@pytest.fixture
def book(clean, tmp_path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "book"))


def put(book: Path, name: str, find: str, text: str) -> None:
    path = book / name
    source = path.read_text("utf-8")
    assert find in source
    path.write_text(source.replace(find, text, 1), "utf-8")


def told(book: Path) -> set[str]:
    return {
        f"{one.code} {one.path}:{one.line}"
        for one in run_check(book, cache=None).problems
        if one.code not in ("P14", "X38")
    }


def test_this_book_is_clean(clean):
    """Nothing is amiss in the book as it stands."""
    assert told(clean) == set()


FACELESS = next(chr(code) for code in range(0x20000, 0x33480) if code not in read_table())
CASES = {
    "an edition without a day": (
        "X35",
        "CHANGELOG.md",
        "] - 2026-1",
        "] - 2026-9",
        "CHANGELOG.md:",
    ),
    "pinyin that is no TOML": (
        "X35",
        "docs/data/romanized.toml",
        "[title]",
        "[title",
        "docs/data/romanized.toml:4",
    ),
    "a figure without a title": ("X35", "docs/data/figures.toml", "title", "titel", ""),
    "a redirect that is no TOML": (
        "X35",
        "docs/data/redirects.toml",
        "",
        "a b c\n",
        "docs/data/redirects.toml:1",
    ),
    "a title without pinyin": (
        "X37",
        "docs/data/romanized.toml",
        '"硬科技的定义"',
        '"定义"',
        "docs/zh/definition.md:1",
    ),
    "another title without pinyin": (
        "X37",
        "docs/data/romanized.toml",
        '"引言"',
        '"前言"',
        "docs/zh/introduction.md:1",
    ),
    "a character without a face": (
        "T18",
        "docs/zh/origin.md",
        "硬科技",
        f"硬科技{FACELESS}",
        "docs/zh/origin.md",
    ),
    "an emoji": (
        "T18",
        "docs/en/origin.md",
        "hard tech",
        "hard tech \U0001f680",
        "docs/en/origin.md",
    ),
    "a letter of another script": (
        "T18",
        "docs/en/essence.md",
        "hard tech",
        "hard tech \u0915",
        "docs/en/essence.md",
    ),
    "a term twice": (
        "X39",
        "docs/data/glossary.toml",
        "[[term]]",
        '[[term]]\nid = "x1"\nzh = "硬科技"\nen = "hard tech"\nin_glossary = false\n\n[[term]]',
        "docs/data/glossary.toml",
    ),
    "an edition mistyped": ("X35", "CHANGELOG.md", "\n## [", "\n## 1.3 [", "CHANGELOG.md"),
}


@pytest.mark.parametrize(("code", "name", "find", "text", "place"), CASES.values(), ids=CASES)
def test_what_the_build_would_refuse(book, code, name, find, text, place):
    """What stops the build, or a later reader, is told by the check at its file and line."""
    put(book, name, find, text)
    assert any(line.startswith(f"{code} {place}") for line in told(book))


def test_a_picture_that_cannot_be_read(book):
    """A damaged picture is told by the reader that the build uses, in the same words each time."""
    (book / "docs/zh/figures/a.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    found = [one for one in run_check(book, cache=None).problems if one.code == "X35"]
    assert [(one.path, one.line, one.message) for one in found] == [
        ("docs/zh/figures/a.png", 1, "the picture cannot be read (it is of no known kind)")
    ]


def test_a_character_without_a_face_is_told_once_a_page(book):
    """However often a formula has it: one cure is for all."""
    put(book, "docs/zh/origin.md", "硬科技", f"硬科技{FACELESS * 3}")
    found = [one.code for one in run_check(book, cache=None).problems]
    assert found.count("T18") == 1


def test_new_addresses_are_asked_for(book):
    """A new paragraph's address is a note until scripts/addresses has listed it."""
    for lang in ("zh", "en"):
        path = book / f"docs/{lang}/origin.md"
        path.write_text(path.read_text("utf-8") + "\n## X {#brand-new}\n", "utf-8")
    notes = [one for one in run_check(book, cache=None).problems if one.code == "X38"]
    assert [note.level for note in notes] == ["note"]


def test_a_page_that_is_gone_is_one_problem(book):
    """A published page that the nav no longer lists is told once, not for each of its anchors."""
    put(book, "mkdocs.yml", "      - essence.md\n", "")
    lost = [one for one in run_check(book, cache=None).problems if one.code == "X16"]
    assert len(lost) == 1 and "essence/ must exist" in lost[0].message
