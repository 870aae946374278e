"""How packages, rooms and modules stand on each other."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from minibook import ROOT

SCRIPTS = ROOT / "scripts"
GENERATORS = {"mkdocs", "properdocs", "zensical"}
BUILD = {"whitepaper.build", "whitepaper.serve"}


def imported(path: Path) -> Iterator[str]:
    """The modules a file imports, wherever in it; for `from a import b` both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(SCRIPTS).with_suffix("").parts)


MODULES = {
    module_name(path): set(imported(path))
    for path in sorted(SCRIPTS.glob("*/**/*.py"))
    if path.stem != "__init__"
}


def room(module: str) -> str:
    """The folder that a module lies in; a module right in its package is a room for itself."""
    return ".".join(module.split(".")[:2])


def package(module: str) -> str:
    """The package; build and preview, which put everything together, stand above all of them."""
    return "the build" if module in BUILD else module.split(".")[0]


def staircase(names_in) -> list[str]:
    """The groups of modules that `names_in` tells, lowest first; raises CycleError at a loop."""
    stairs: dict[str, set[str]] = {}
    for module, names in MODULES.items():
        below = {names_in(name) for name in names & MODULES.keys()} - {names_in(module)}
        stairs.setdefault(names_in(module), set()).update(below)
    return list(TopologicalSorter(stairs).static_order())


def test_no_loops():
    """Modules, rooms and packages import in one direction: each can be drawn as a staircase."""
    assert len(staircase(lambda module: module)) == len(MODULES) > 60
    assert len(staircase(room)) > 10
    assert set(staircase(package)[-2:]) == {"the build", "tools"}


def test_generator_stands_apart():
    """Who knows MkDocs: what renders, what reads pages as it does, the preview."""
    knows = {
        module
        for module, names in MODULES.items()
        if any(name.split(".")[0] in GENERATORS for name in names)
    }
    assert knows == {
        "proofreader.parse",
        "whitepaper.book",
        "whitepaper.render",
        "whitepaper.serve",
    }


def test_build_stands_on_top():
    """Only the preview imports the build."""
    above = {module for module, names in MODULES.items() if "whitepaper.build" in names}
    assert above == {"whitepaper.serve"}
