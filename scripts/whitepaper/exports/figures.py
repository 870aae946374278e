"""The figures to send on: each as a drawing, and as a picture for programs that take none."""

from pathlib import Path

from whitepaper.exports.places import Contents
from whitepaper.exports.press import press

TWICE = 192  # pixels an inch: two for each unit of the drawing, which is a 96th of one


def write_figures(contents: Contents, stage: Path, tree: str) -> None:
    """Writes downloads/figures/<tree>/<name>.svg and .png for every figure drawn from data."""
    folder = stage / "downloads/figures" / tree
    for name in contents.drawings.figures:
        folder.mkdir(parents=True, exist_ok=True)
        svg = contents.drawings.file(name, tree).encode()
        files = {"figure.svg": svg}
        picture = press(contents.book, "figure.typ", files, format="png", ppi=TWICE)
        (folder / f"{name}.svg").write_bytes(svg)
        (folder / f"{name}.png").write_bytes(picture)
