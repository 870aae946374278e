"""git: what it answers, or None, and nothing of the project's own runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from whitepaper import git as module
from whitepaper.git import git, refusal

TESTS = Path(__file__).parent.parent
# The modules of the suite that make repositories of their own, without what needs the whole site.
OWN_REPOSITORIES = ["test_git.py", "test_editions.py", "test_import_command.py"]
BUILT = "site or told or hook"
SIGNED = """tree {}
author x <x@x.example> 1000000000 +0000
committer x <x@x.example> 1000000000 +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 
 x
 -----END PGP SIGNATURE-----

x
"""


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


def test_signatures_are_not_shown(repository):
    """A signed commit under `log.showSignature` answers as any other, and no program looks at its
    signature.
    """
    tree = git(repository, "write-tree").strip()
    (repository / "signed").write_text(SIGNED.format(tree))
    commit = git(repository, "hash-object", "-t", "commit", "-w", "signed")
    git(repository, "update-ref", "HEAD", commit.strip())
    git(repository, "config", "log.showSignature", "true")
    git(repository, "config", "gpg.program", f"{repository}/mark")
    assert git(repository, "log", "-1", "--format=%ct") == "1000000000\n"


def test_the_index_stays(repository):
    """To ask for the state of a folder leaves its index as it was, byte for byte."""
    (repository / "a").write_text("a")
    git(repository, "add", "a")
    os.utime(repository / "a", (1, 1))
    before = (repository / ".git/index").read_bytes()
    assert git(repository, "status", "--porcelain") == "A  a\n"
    assert (repository / ".git/index").read_bytes() == before


def test_refusals_name_their_cure(repository, monkeypatch, tmp_path_factory):
    """A checkout of another owner and a shallow clone are told with git's own cure; any other says
    nothing.
    """
    assert refusal(repository) == ""
    shallow = tmp_path_factory.mktemp("shallow")
    git(shallow, "init", "--quiet")
    (shallow / ".git/shallow").write_text("0" * 40 + "\n")
    assert refusal(shallow).endswith("git fetch --unshallow")
    monkeypatch.setattr(module, "KEPT", {"GIT_TEST_ASSUME_DIFFERENT_OWNER"})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert refusal(repository).endswith(f"git config --global --add safe.directory {repository}")
    assert refusal(tmp_path_factory.mktemp("none")) == ""


def test_in_a_hook(repository, tmp_path_factory):
    """Tests that make repositories, run in a hook of another repository, leave that one byte for
    byte as it was.
    """
    (repository / "kept").write_text("kept")
    (repository / "hooks").mkdir()
    for name in ("pre-commit", "post-checkout", "post-index-change"):
        (repository / "hooks" / name).write_text(f"#!/bin/sh\ntouch '{repository}/mark'\n")
        (repository / "hooks" / name).chmod(0o755)
    git(repository, "add", "kept")
    git(repository, "config", "core.hooksPath", str(repository / "hooks"))
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    handed_down = {
        "GIT_DIR": str(repository / ".git"),
        "GIT_WORK_TREE": str(repository),
        "GIT_INDEX_FILE": str(repository / ".git/index"),
        "GIT_CONFIG_PARAMETERS": f"'core.hooksPath'='{repository}/hooks'",
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-k",
            f"not ({BUILT})",
        ]
        + [str(next(TESTS.rglob(name))) for name in OWN_REPOSITORIES],
        cwd=TESTS.parent,
        env=os.environ | handed_down,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before
