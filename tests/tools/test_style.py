"""Format, lint and types of everything, with the settings of pyproject.toml."""

import subprocess
import sys

import pytest

from minibook import ROOT

COMMANDS = ["ruff format --check .", "ruff check .", "mypy"]


@pytest.mark.parametrize("command", COMMANDS)
def test_clean(command):
    """Formatter, linter and type checker find nothing to say."""
    words = [sys.executable, "-m", *command.split()]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
