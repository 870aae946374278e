"""git: what it answers, or None, and nothing of the project's own runs."""

import pytest

from whitepaper.git import git


@pytest.fixture
def repository(tmp_path):
    git(tmp_path, "init", "--quiet")
    return tmp_path


def test_names_come_as_they_are(repository):
    """Chinese names are those of the files, not escaped."""
    (repository / "山.md").write_text("")
    assert git(repository, "status", "--porcelain") == "?? 山.md\n"


@pytest.mark.parametrize("arguments", [("log",), ("no-such-verb",)])
def test_a_refusal_is_none(repository, arguments):
    """What git refuses, like the history of a repository without commits, is None and no error."""
    assert git(repository, *arguments) is None


def test_without_git_or_folder_it_is_none(repository, monkeypatch):
    """Without a git, and in a folder that is not there, the answer is None."""
    assert git(repository / "nowhere", "status") is None
    monkeypatch.setenv("PATH", "")
    assert git(repository, "status") is None


def test_no_program_of_the_project_runs(repository):
    """A monitor that the repository's settings name is not started."""
    git(repository, "config", "core.fsmonitor", f"touch '{repository}/mark' #")
    assert git(repository, "status") is not None and not (repository / "mark").exists()
