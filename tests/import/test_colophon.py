"""Home page and colophon after an import: what they say of the edition."""

import shutil
import tomllib

import pytest

from imports import ROOT, restated
from manuscript.colophon import STATEMENTS, replace_section
from proofreader import run_check
from whitepaper.book import BookError

PAGE = "---\ndescription: x\n---\n\n# 题 {#top}\n\n旧话。\n\n又一段旧话。\n\n## 节 {#part .online}\n\n- 一\n\n## 末 {#end}\n\n末段。\n"


@pytest.mark.parametrize(
    "anchor,title,before,after",
    [
        ("top", "", "旧话。\n\n又一段旧话。", "新话。"),
        ("part", "新节", "## 节 {#part .online}\n\n- 一", "## 新节 {#part .online}\n\n新话。"),
        ("end", "", "末段。", "新话。"),
        ("none", "", "", ""),
    ],
)
def test_replace_section(anchor, title, before, after):
    """Only the words below one heading give way, up to the next; a second time changes nothing."""
    once = replace_section(PAGE, anchor, "新话。", title)
    assert once.rstrip("\n") == PAGE.replace(before, after).rstrip("\n")
    assert replace_section(once, anchor, "新话。", title) == once


def test_complete(tmp_path):
    """What is said of a whole text waits until the text is whole."""
    (tmp_path / "docs/data").mkdir(parents=True)
    for lang in ("zh", "en"):
        (tmp_path / "docs" / lang).mkdir()
        (tmp_path / "docs" / lang / "about.md").write_text(PAGE, "utf-8")
    (tmp_path / STATEMENTS).write_text(
        '[[section]]\npage = "about"\nid = "end"\ncomplete = true\nzh = "全文。"\nen = "Whole."\n',
        "utf-8",
    )
    assert restated(tmp_path, complete=False) == {}
    assert [(name, text.rstrip().split("\n")[-1]) for name, text in restated(tmp_path).items()] == [
        ("docs/zh/about.md", "全文。"),
        ("docs/en/about.md", "Whole."),
    ]


@pytest.mark.parametrize(
    "text,said",
    [
        ("x = ", "not valid TOML"),
        (
            '[[section]]\npage = "about"\nid = "end"\nzh = "x"\n',
            r"published\.toml:1: section: Object missing required field `en`",
        ),
    ],
)
def test_bad_statements(tmp_path, text, said):
    """A statement that cannot be used stops the import with one line."""
    (tmp_path / STATEMENTS).parent.mkdir(parents=True)
    (tmp_path / STATEMENTS).write_text(text, "utf-8")
    with pytest.raises(BookError, match=said):
        restated(tmp_path)


def test_statements_of_this_book():
    """Every heading that docs/data/published.toml speaks of stands in both languages, with as many
    paragraphs in each.
    """
    for entry in tomllib.loads((ROOT / STATEMENTS).read_text("utf-8"))["section"]:
        pages = [
            (ROOT / "docs" / lang / f"{entry['page']}.md").read_text("utf-8")
            for lang in ("zh", "en")
        ]
        assert [f"{{#{entry['id']}}}" in page for page in pages] == [True, True]
        assert entry["zh"].strip().count("\n\n") == entry["en"].strip().count("\n\n")


def test_notes_of_this_book():
    """Every note that docs/data/published.toml rewords stands in the Chinese page, and says nothing
    of a correction made there.
    """
    lines = tomllib.loads((ROOT / STATEMENTS).read_text("utf-8"))["line"]
    entries = [entry for entry in lines if entry["id"].startswith("[^")]
    pages = {
        entry["id"]: (ROOT / f"docs/zh/{entry['page']}.md").read_text("utf-8") for entry in entries
    }
    assert entries and all(f"{note}: 编者注：" in page for note, page in pages.items())
    words = [entry["zh"] for entry in entries]
    assert [said for said in words if not said.startswith("编者注：") or "这里" in said] == []
    published = restated(ROOT, dict.fromkeys(CHAPTERS, True))
    for entry in entries:
        said = published[f"docs/zh/{entry['page']}.md"]
        assert f"\n{entry['id']}: {entry['zh']}\n" in said


def test_lines_of_this_book():
    """Every line that docs/data/published.toml has other words for stands in its page."""
    for entry in tomllib.loads((ROOT / STATEMENTS).read_text("utf-8"))["line"]:
        for lang in {"zh", "en"} & entry.keys():
            page = (ROOT / f"docs/{lang}/{entry['page']}.md").read_text("utf-8")
            assert page.count(f"\n{entry['id']}: ") + page.count(f"\n{entry['id']}：") == 1


def test_bad_line(tmp_path):
    """A line that cannot be used stops the import with one line."""
    (tmp_path / STATEMENTS).parent.mkdir(parents=True)
    (tmp_path / STATEMENTS).write_text('[[line]]\npage = "about"\nzh = "x"\n', "utf-8")
    with pytest.raises(
        BookError, match=r"published\.toml:1: line: Object missing required field `id`"
    ):
        restated(tmp_path)


def test_paths():
    """The statements lie where the site does not publish them."""
    assert STATEMENTS.startswith("docs/data/")


CHAPTERS = ("introduction", "origin", "definition", "dimensions", "essence")
STATES = {
    "all": {},
    "some": {name: name in ("origin", "definition") for name in CHAPTERS},
    "all but one": {name: name != "essence" for name in CHAPTERS},
}


@pytest.mark.parametrize("state", STATES)
def test_statements_pass_the_checks(tmp_path, state):
    """Home page and colophon pass the checker once docs/data/published.toml has put its words in,
    whichever chapters are published.
    """
    copy = tmp_path / "book"
    shutil.copytree(
        ROOT,
        copy,
        symlinks=True,
        ignore=shutil.ignore_patterns(".*", "site", "tests", "scripts", "__pycache__"),
    )
    for name, text in restated(copy, STATES[state]).items():
        (copy / name).write_text(text, "utf-8")
    assert [str(problem) for problem in run_check(copy).problems if problem.level == "error"] == []


def test_whose_words_some_chapters_hold():
    """While only some chapters are published, home page and colophon say so; and all that speaks
    of it gives way to the words for the whole.
    """
    pages = {
        name.removeprefix("docs/").removesuffix(".md"): text
        for name, text in restated(ROOT, STATES["some"]).items()
    }
    assert set(pages) == {
        "zh/index", "zh/about", "zh/definition", "zh/essence", "en/index", "en/about", "en/definition", "en/essence",
    }  # fmt: skip
    entries = tomllib.loads((ROOT / STATEMENTS).read_text("utf-8"))["section"]
    places = {
        state: {
            (entry["page"], entry["id"])
            for entry in entries
            if entry.get("wording", "published") == state
        }
        for state in ("mixed", "published")
    }
    assert places["mixed"] < places["published"]


def test_nobody_claims_published_words():
    """Once the Chinese is the published wording, no page says that this edition wrote it anew."""
    pages = restated(ROOT)
    for lang, claim in {"zh": "自己的话", "en": "own words"}.items():
        for name in ("index", "about"):
            assert claim not in pages[f"docs/{lang}/{name}.md"], (lang, name)
