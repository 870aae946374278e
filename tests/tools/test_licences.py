"""licences, audit: what we stand on goes with our licence; what is known against it is told."""

import re
import tomllib

import pytest

from tools.audit import read_findings
from whitepaper.book import ROOT
from tools.licences import Part, read_lock, read_parts


def test_everything_goes_with_ours():
    """Each package of both locks, each font and icon set has a licence that goes with ours; none is unknown."""
    parts = list(read_parts())
    assert [part for part in parts if not part.compatible] == []
    assert {
        "typst",
        "fontpkg-source-serif-4",
        "pylopdf-fonts-zh-cn",
        "Material Design Icons (in mkdocs-material)",
    } <= {part.name for part in parts}


@pytest.mark.parametrize(
    "licence, group, fits",
    [
        ("MIT", "build", True),
        ("unknown", "build", False),
        ("AGPL-3.0-or-later", "build", False),
        ("AGPL-3.0-or-later", "test", True),
        ("MIT AND GPL-3.0-only", "build", False),
        ("MIT OR GPL-3.0-only", "build", True),
        ("(MIT AND BSD-3-Clause)", "build", True),
    ],
)
def test_compatible(licence, group, fits):
    """Licences that apply together must all be allowed, of alternatives one; copyleft tools may only serve the tests."""
    assert Part("x", "1", licence, group).compatible == fits


def test_every_dependency_has_a_reason_and_hashes():
    """In pyproject each dependency is pinned and has a reason beside it; in the locks each package has hashes."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    settings = tomllib.loads(text)
    pinned = settings["project"]["dependencies"] + sum(settings["dependency-groups"].values(), [])
    assert len(pinned) > 20
    for dependency in pinned:
        assert "==" in dependency
        assert re.search(rf'^  "{re.escape(dependency)}",? +# .{{8,}}$', text, re.MULTILINE)
    for lock in ("requirements.lock", "requirements-test.lock"):
        packages = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
        assert [package for package in packages if "--hash=sha256:" not in package] == []
        assert len(read_lock(ROOT / lock)) > 30


def test_findings_of_an_audit():
    """A vulnerability is told with its names and cure; a package that the index does not know is no clean one."""
    hole = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}
    packages = [
        {"name": "a", "version": "1.0", "vulns": [hole]},
        {"name": "b", "version": "2", "vulns": []},
        {"name": "c", "skip_reason": "not found"},
    ]
    assert read_findings(packages) == (["a 1.0: PYSEC-1 (CVE-1); mended in 1.1"], ["c"])
