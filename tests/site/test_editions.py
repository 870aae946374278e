"""editions: number and date come from CHANGELOG.md, the day of a change from git, nothing from the
clock.
"""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from whitepaper.book import ROOT, BookError
from whitepaper.editions import (
    Edition,
    read_changes,
    read_edition,
    read_editions,
    read_page_change,
    read_source,
)

CHANGELOG = (
    "# Changelog\n\n## [1.1.0] - 2027-02-03\n\n- More.\n\n## [1.0.0] - 2026-11-24\n\n- All.\n"
)


@pytest.fixture
def project(tmp_path) -> Path:
    """A project with two commits: both pages on 1 December 2026, the Chinese one again on the 5th,
    late by its committer's clock.
    """
    write(tmp_path, "CHANGELOG.md", CHANGELOG)
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "docs/zh/origin.md", "一")
    write(tmp_path, "docs/en/origin.md", "one")
    commit(tmp_path, "2026-12-01T12:00:00+0000")
    write(tmp_path, "docs/zh/origin.md", "二")
    commit(tmp_path, "2026-12-05T23:30:00-0500")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")


def git(root: Path, *arguments: str, **environment: str) -> str:
    names = {
        f"GIT_{who}_{what}": "x@x.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    return subprocess.run(
        ["git", "-C", str(root), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | names | environment,
    ).stdout


def commit(root: Path, when: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "x", GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE=when)


def test_the_newest_edition_counts(project):
    """The first entry of CHANGELOG.md is the edition; all are read in order."""
    assert read_editions(project) == (
        Edition("1.1.0", date(2027, 2, 3)),
        Edition("1.0.0", date(2026, 11, 24)),
    )
    assert read_edition(project) == Edition("1.1.0", date(2027, 2, 3))


@pytest.mark.parametrize(
    "text", [None, "# Changelog\n", "## 1.0 - 2026-11-24\n", "## [1.0.0] - 2026-13-24\n"]
)
def test_without_an_edition(tmp_path, text):
    """A changelog that is missing, empty or misdated cannot be read, and the message shows the
    right form.
    """
    if text:
        write(tmp_path, "CHANGELOG.md", text)
    with pytest.raises(BookError, match=r"CHANGELOG.md:.*## \[1.2.3\] - 2026-11-24"):
        read_edition(tmp_path)


def test_days_are_those_of_the_last_commit_in_utc(project):
    """A page changed on the day, in UTC, of the last commit that touched it; in two languages the
    later day counts.
    """
    assert read_changes(project) == {
        "docs/zh/origin.md": date(2026, 12, 6),
        "docs/en/origin.md": date(2026, 12, 1),
    }
    assert read_page_change(project, "origin", ("en",)) == date(2026, 12, 1)
    assert read_page_change(project, "origin", ("zh", "en")) == date(2026, 12, 6)
    assert read_page_change(project, "essence", ("zh",)) is None


def test_source_is_the_commit(project):
    """The source is the commit and its time in UTC; uncommitted edits are said."""
    head = git(project, "rev-parse", "HEAD").strip()
    assert (read_source(project).commit, read_source(project).stamp) == (
        head,
        "2026-12-06T04:30:00Z",
    )
    write(project, "docs/zh/origin.md", "三")
    read_source.cache_clear()
    assert read_source(project).commit == f"{head}-modified"


def test_without_git(tmp_path):
    """Without git the edition's own day stands for the source's, and no page claims a day of
    change.
    """
    write(tmp_path, "CHANGELOG.md", CHANGELOG)
    assert (read_source(tmp_path).commit, read_source(tmp_path).stamp) == (
        "",
        "2027-02-03T00:00:00Z",
    )
    assert read_changes(tmp_path) == {}


def test_in_a_shallow_clone(project, tmp_path_factory):
    """A clone without history would name the wrong days, so it names none."""
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    git(project, "clone", "--quiet", "--depth=1", project.as_uri(), str(clone))
    assert read_changes(clone) == {}


def test_the_site_says_it(site):
    """The edition, each page's last change and the way to what changed stand on every page, in its
    language.
    """
    edition, day = read_edition(ROOT), read_page_change(ROOT, "origin", ("en",))
    page = (site / "en/origin/index.html").read_text("utf-8").replace("\u00a0", " ")
    assert f"Version {edition.number}, {edition.date.day} {edition.date:%B %Y}" in page
    assert 'href="../../en/about/#editions"' in page
    assert not day or f"This page last changed: {day.day} {day:%B %Y}" in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_edition_is_told(lang):
    """The page about the edition lists each entry of CHANGELOG.md with its date, in both languages."""
    text = (ROOT / f"docs/{lang}/about.md").read_text("utf-8").partition("{#editions}")[2]
    for edition in read_editions(ROOT):
        day = edition.date
        said = (
            f"**{edition.number}**（{day.year}年{day.month}月{day.day}日）"
            if lang == "zh"
            else f"**{edition.number}** ({day.day} {day:%B %Y})"
        )
        assert said in text
