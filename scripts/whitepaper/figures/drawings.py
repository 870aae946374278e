"""Every figure of a book, drawn once: as elements for its pages, as stand-alone files for all else.

`docs/data/figures.toml` has a table for each figure; its `kind` names the module and the template
that draw it.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from msgspec import defstruct
from msgspec.structs import astuple

from whitepaper.book import HTML_LANG, LANGS, ROOT, TREES
from whitepaper.data import read_data
from whitepaper.faults import line_of
from whitepaper.figures.data import SOURCE, Figure, Problem
from whitepaper.figures.grid import Grid
from whitepaper.figures.pyramid import Pyramid
from whitepaper.figures.sketch import Pen, fill
from whitepaper.figures.spread import Spread
from whitepaper.look import Look, read_look

# Each kind is a class of data; its template, KIND.svg, draws it wide or narrow, in one language or
# in both.
KINDS = Grid | Pyramid | Spread
SHAPES = ("wide", "narrow")


@dataclass(frozen=True)
class Sketch:
    """One drawing, and its labels that have no room."""

    root: Element
    problems: list[Problem]


class Drawings:
    """The figures of a book by name. What it gives away is shared: nobody changes it."""

    def __init__(self, figures: dict[str, Figure], root: Path) -> None:
        self.figures, self.root = figures, root
        self.sketch = cache(self._sketch)  # each is drawn once

    @cached_property
    def look(self) -> Look:
        return read_look(self.root)

    def at(self, path: str) -> str:
        """The name of the figure that is drawn from data in place of the file at `path`, `` for a
        picture.
        """
        folder, _, file = path.rpartition("/")
        name = file.removesuffix(".svg")
        drawn = folder.rpartition("/")[2] == "figures" and file != name and name in self.figures
        return name if drawn else ""

    def _sketch(self, name: str, tree: str, shape: str, alone: bool = False) -> Sketch:
        """The drawing in the language of the tree or in both.

        On a page colours and fonts are variables of the style sheet.
        """
        pen = Pen(tree)
        facts = {"mark": f"fig-{name}-{tree}-{shape}", "shape": shape, "alone": alone}
        facts |= {"html_lang": HTML_LANG[pen.langs[0]]}
        return Sketch(self._filled("{kind}.svg", name, pen, facts), pen.problems)

    def _filled(self, template: str, name: str, pen: Pen, facts: dict) -> Element:
        data = self.figures[name]
        return fill(template.format(kind=data.kind), data=data, pen=pen, **facts)

    def problems(self) -> list[str]:
        """What is wrong in the data of a figure, and the labels that have no room in a drawing."""
        drawn = (self.sketch(*key) for key in product(self.figures, TREES, SHAPES))
        found = [problem for sketch in drawn for problem in sketch.problems]
        for data in self.figures.values():
            found += data.problems()
        lines = {words: line_of(self.root / SOURCE, f'"{words.zh}"') for words, _ in found}
        return sorted({f"{SOURCE}{lines[words]}: {law}" for words, law in found})

    def elements(self, name: str, tree: str, files: dict[str, str]) -> list[Element]:
        """What stands on a page for a figure: a wide and a narrow drawing, its table, its files.

        `files` are their addresses by ending.
        """
        data = self.figures[name]
        facts = {"table": data.table(), "name": name, "tree": tree, "files": files}
        drawings = [self.sketch(name, tree, shape).root for shape in SHAPES]
        return [*drawings, self._filled("tools.html", name, Pen(tree), facts)]

    def file(self, name: str, tree: str, shape: str = "wide") -> str:
        """The stand-alone SVG, in fixed light colours on its own paper."""
        svg = self._sketch(name, tree, shape, alone=True).root
        svg.set("xmlns", "http://www.w3.org/2000/svg")
        self._fix(svg)
        ElementTree.indent(svg)
        for span in svg.iter("tspan"):
            span.tail = None
        return ElementTree.tostring(svg, "unicode") + "\n"

    def _fix(self, svg: Element) -> None:
        """Puts the values of colours and faces in place of their names."""
        for node in svg.iter():
            for key, said in node.attrib.items():
                fixed = re.sub(r"var\(--fig-([\w-]+)\)", lambda role: self._value(role[1]), said)
                node.set(key, fixed)
            if node.tag == "text":  # else Typst sets a variable font at its thinnest
                node.set("font-variation-settings", "'wght' 400")

    def _value(self, role: str) -> str:
        """What a variable of the drawings stands for: a face, fig-zh-sans, or a colour."""
        lang, _, face = role.partition("-")
        if lang in LANGS:
            return self.look.family(lang, face)
        return self.look.role(role)


def draw_book(root: Path = ROOT) -> Drawings:
    """The figures of the book, none where it has no data; BookError at the first that is wrong."""
    if not (root / SOURCE).exists():
        return Drawings({}, root)
    names = read_data(root / SOURCE, dict[str, Any], SOURCE)
    fields = {f"figure_{number}": name for number, name in enumerate(names)}
    of_kinds = [(field, KINDS) for field in fields]
    figures = read_data(root / SOURCE, defstruct("Figures", of_kinds, rename=fields), SOURCE)
    return Drawings(dict(zip(names, astuple(figures), strict=True)), root)
