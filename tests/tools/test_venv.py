"""_venv: a verb runs in the project's own environment, whatever the caller's is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import _venv
from minibook import ROOT, write_minibook


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment, capture_output=True
    )


ENVIRONMENTS = {
    "another yaml": {"PYTHONPATH": "foreign"},
    "no folder of the script": {"PYTHONSAFEPATH": "1"},
    "Chinese Windows": {"PYTHONIOENCODING": "cp936"},
    "Western Windows": {"PYTHONIOENCODING": "cp1252"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1", "LC_ALL": "en_US.ISO-8859-1"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "user's packages": {"PIP_USER": "1", "PYTHONUSERBASE": "foreign"},
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory) -> Path:
    """A book with one problem whose message holds Chinese."""
    root = write_minibook(tmp_path_factory.mktemp("a 甲") / "book")
    with (root / "docs/zh/origin.md").open("a", encoding="utf-8") as page:
        page.write("\n[甲](乙.md)\n")
    return root


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_whatever_the_caller_has_set(faulty, tmp_path, name):
    """Whatever packages, encodings or settings the caller's Python is told of, a verb tells the same, in UTF-8."""
    (tmp_path / "yaml.py").write_text("raise SystemExit('foreign')")
    environment = {
        key: str(tmp_path) if value == "foreign" else value
        for key, value in ENVIRONMENTS[name].items()
    }
    done = run("scripts/check", str(faulty), "--format=json", **environment)
    problems = json.loads(done.stdout.decode("utf-8"))
    assert (done.returncode, [p["path"] for p in problems if "乙.md" in p["message"]]) == (
        1,
        ["docs/zh/origin.md"],
    )
    assert b"Traceback" not in done.stderr


def test_exit_code_goes_through_a_child():
    """Where a verb cannot take the place of its starter, as on Windows, its exit code is handed on."""
    assert _venv.follow([sys.executable, "-c", "raise SystemExit(3)"]) == 3


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """Gives what a verb says where there is no .venv yet and Python is the script given."""

    def start(script: str) -> str:
        python = tmp_path / "python"
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
        monkeypatch.setattr(_venv, "ROOT", tmp_path / "project")
        monkeypatch.setattr(_venv, "VENV", tmp_path / "project/.venv")
        monkeypatch.setattr(_venv, "PYTHON", python)
        monkeypatch.setattr(sys, "executable", str(python))
        monkeypatch.setattr(sys, "argv", ["scripts/build"])
        (tmp_path / "project").mkdir(exist_ok=True)
        with pytest.raises(SystemExit) as end:
            _venv.enter("whitepaper.build")
        assert end.value.code == 2

    return start


REFUSALS = {
    "no python3-venv": (
        'echo "ensurepip is not available. Install it:"; echo; echo "    apt install python3.11-venv"; exit 1',
        "ensurepip is not available. Install it: apt install python3.11-venv",
    ),
    "no network": (
        'case "$*" in *venv*) exit 0;; esac; echo "WARNING: Retrying" >&2; echo "ERROR: No matching distribution found for mkdocs==1.6.1" >&2; exit 1',
        "No matching distribution found for mkdocs==1.6.1. Check the network, pip's settings",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(bare, capsys, name):
    """Where venv or pip refuse, their own words and cure are told, in one line."""
    script, expected = REFUSALS[name]
    bare(script)
    told, line = capsys.readouterr().err.splitlines()
    assert told == "build: setting up .venv from requirements.lock (once, about a minute)"
    assert line.startswith("build: cannot set up ") and expected in line


def test_pip_installs_here(bare, capsys):
    """Where pip installs to is not for the caller's settings to say; where it finds packages is."""
    os.environ |= {"PIP_USER": "1", "PIP_TARGET": "/t", "PIP_INDEX_URL": "https://mirror.example/"}
    try:
        bare(
            'case "$*" in *venv*) exit 0;; esac; echo "ERROR: $PIP_USER,$PIP_TARGET,$PIP_INDEX_URL" >&2; exit 1'
        )
    finally:
        for name in ("PIP_USER", "PIP_TARGET", "PIP_INDEX_URL"):
            del os.environ[name]
    assert "0,,https://mirror.example/" in capsys.readouterr().err


def test_nowhere_to_write(bare, capsys, monkeypatch, tmp_path):
    """A first start where nothing can be written says so in one line."""
    (tmp_path / "project").mkdir()
    (tmp_path / "project/.venv.lock").mkdir()
    bare("exit 0")
    assert "so .venv cannot be set up. Work in a copy" in capsys.readouterr().err


def test_disk_refuses(capsys, monkeypatch):
    """What the disk refuses a verb is one line that names the file."""

    def refuse() -> int:
        raise PermissionError(13, "Permission denied", "docs/zh/origin.md")

    monkeypatch.setattr("whitepaper.laws.addresses.main", refuse)
    monkeypatch.setattr(sys, "argv", [])
    with pytest.raises(SystemExit) as end:
        _venv.run("whitepaper.laws.addresses", ["scripts/addresses"])
    assert end.value.code == 2
    expected = (
        "addresses: docs/zh/origin.md: Permission denied. Make room, or mend the permissions\n"
    )
    assert capsys.readouterr().err == expected


def test_the_environment_names_this_folder_from_itself(tmp_path, monkeypatch):
    """Where .venv says that our packages are can be read in any locale, and holds when the project is moved."""
    monkeypatch.setattr(_venv, "ROOT", tmp_path / "书 one")
    monkeypatch.setattr(_venv, "VENV", tmp_path / "书 one/.venv")
    packages = tmp_path / "书 one/.venv/lib/python3.11/site-packages"
    packages.mkdir(parents=True)
    (tmp_path / "书 one/scripts").mkdir()
    (packages / "ours.pth").write_text(f"{tmp_path}/书 one/scripts\n", "utf-8")
    (packages / "other.pth").write_text("import os\n", "utf-8")
    _venv._point_here()
    assert (packages / "ours.pth").read_bytes() == b"../../../../scripts\n"
    assert (packages / "other.pth").read_bytes() == b"import os\n"
