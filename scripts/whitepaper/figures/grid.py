"""A grid of nine: what a field covers, around its name in the middle; open on all sides."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from whitepaper.figures.data import WORDS, Problem, Words

ICONS = {path.stem: path for path in sorted(Path(__file__).parent.glob("icons/*.svg"))}
SCHEMA = {
    **dict.fromkeys(("core", "alias", "more", "column"), WORDS),
    "items": [{"icon": tuple(ICONS), "name": WORDS}],
}
PLACES = 8


def table(data: dict) -> list[list[Words]]:
    return [[data["column"]], *([item["name"]] for item in data["items"]), [data["more"]]]


def problems(data: dict) -> Iterator[Problem]:
    if (found := len(data["items"])) != PLACES:
        yield Problem(data["title"].line, f"items must be {PLACES}, not {found}")


def icon(name: str) -> str:
    """The steps of an icon's one path, on a sheet of 48 by 48."""
    path = ElementTree.parse(ICONS[name]).find("{*}path")
    return "" if path is None else path.get("d", "")
