"""The locks: what we stand on, pinned, with hashes and reasons."""

import functools
import operator
import re
import tomllib

from minibook import ROOT


def test_every_dependency_has_a_reason_and_hashes():
    """In pyproject each dependency is pinned and has a reason beside it; in the locks each package
    has hashes.
    """
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    settings = tomllib.loads(text)
    pinned = settings["project"]["dependencies"] + functools.reduce(
        operator.iadd, settings["dependency-groups"].values(), []
    )
    assert len(pinned) > 20
    for dependency in pinned:
        assert "==" in dependency
        assert re.search(rf'^  "{re.escape(dependency)}",? +# .{{8,}}$', text, re.MULTILINE)
    for lock in ("requirements.lock", "requirements-test.lock"):
        packages = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
        assert [package for package in packages if "--hash=sha256:" not in package] == []
        assert len(packages) > 30
