"""How the modules stand on each other."""

import ast
from graphlib import TopologicalSorter

from minibook import ROOT

PACKAGE = ROOT / "scripts/whitepaper"


def imported(path):
    """The modules that a file names in its imports, wherever they stand in it; for `from a import b` both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): set(imported(path))
    for path in PACKAGE.rglob("*.py")
    if path.stem != "__init__"
}


def room(module):
    """The folder that a module lies in; a module of the top level is a room for itself."""
    return module.split(".")[1]


def test_no_loops():
    """Modules import each other in one direction, and so do rooms: both can be drawn as a staircase."""
    modules = {module: names & MODULES.keys() for module, names in MODULES.items()}
    rooms: dict[str, set[str]] = {}
    for module, names in modules.items():
        rooms.setdefault(room(module), set()).update(
            room(name) for name in names if room(name) != room(module)
        )
    assert len(list(TopologicalSorter(modules).static_order())) == len(MODULES) > 90
    assert {"site", "figures", "exports", "checker", "importer", "bench"} < set(
        TopologicalSorter(rooms).static_order()
    )


def test_generator_stands_apart():
    """`render` alone renders with MkDocs, `book` and the checker read pages as it does, `successors` knows who may follow it; only preview and benchmark import the build."""
    knows = {
        name
        for name, names in MODULES.items()
        if any(other.split(".")[0] in ("mkdocs", "properdocs", "zensical") for other in names)
    }
    assert knows - {"whitepaper.successors"} == {
        "whitepaper.book",
        "whitepaper.render",
        "whitepaper.checker.parse",
    }
    assert {room(name) for name, names in MODULES.items() if "whitepaper.build" in names} == {
        "serve",
        "bench",
    }
