"""Every figure of a book, drawn once: as elements for its pages, as stand-alone files for all else.

`docs/data/figures.toml` has a table for each figure; its `kind` names the module and the template
that draw it.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from whitepaper.book import HTML_LANG, LANGS, ROOT, TREES, BookError
from whitepaper.figures import grid, pyramid, spread
from whitepaper.figures.data import SOURCE, WORDS, Problem, Words, read_data
from whitepaper.figures.sketch import Pen, fill
from whitepaper.look import Look, read_look

# Each kind has SCHEMA, what its table in the data must hold; problems(data), what else is wrong in
# it; table(data), the same facts as rows of words, of which the first is the heads; and what its
# template asks for. The template, KIND.svg, draws it wide or narrow, in one language or in both.
KINDS: dict[str, ModuleType] = {"grid": grid, "pyramid": pyramid, "spread": spread}
SHAPES = ("wide", "narrow")
COMMON = {"title": WORDS, "description": WORDS}
ENLARGED = 1.1  # on a page: for the size of its text
MARGIN = 20  # paper around a stand-alone drawing


@dataclass(frozen=True)
class Sketch:
    """One drawing, and its labels that have no room."""

    root: Element
    problems: list[Problem]


class Drawings:
    """The figures of a book by name. What it gives away is shared: nobody changes it."""

    def __init__(self, words: dict[str, Words], figures: dict[str, dict], root: Path) -> None:
        self.words, self.figures, self.root = words, figures, root
        self._sketches: dict[tuple[str, str, str], Sketch] = {}

    @cached_property
    def look(self) -> Look:
        return read_look(self.root)

    def __contains__(self, name: str) -> bool:
        return name in self.figures

    def sketch(self, name: str, tree: str, shape: str) -> Sketch:
        """The drawing as it stands on a page, in the language of the tree or in both.

        Colours and fonts are variables of the style sheet.
        """
        if (name, tree, shape) not in self._sketches:
            pen = Pen(tree)
            facts = {"mark": f"fig-{name}-{tree}-{shape}", "shape": shape, "enlarged": ENLARGED}
            facts |= {"html_lang": HTML_LANG[pen.langs[0]]}
            root = self._filled("{kind}.svg", name, pen, facts)
            self._sketches[name, tree, shape] = Sketch(root, pen.problems)
        return self._sketches[name, tree, shape]

    def _filled(self, template: str, name: str, pen: Pen, facts: dict) -> Element:
        data = self.figures[name]
        kind = KINDS[data["kind"]]
        return fill(template.format_map(data), data=data, kind=kind, pen=pen, **facts)

    def problems(self) -> list[Problem]:
        """What is wrong in the data of a figure, and the labels that have no room in a drawing."""
        found = {
            told for data in self.figures.values() for told in KINDS[data["kind"]].problems(data)
        }
        drawn = (self.sketch(*key) for key in product(self.figures, TREES, SHAPES))
        return sorted(found.union(*(sketch.problems for sketch in drawn)))

    def elements(self, name: str, tree: str, files: dict[str, str]) -> list[Element]:
        """What stands on a page for a figure: a wide and a narrow drawing, its table, its files.

        `files` are their addresses by ending.
        """
        data = self.figures[name]
        facts = {"table": KINDS[data["kind"]].table(data), "words": self.words}
        facts |= {"name": name, "tree": tree, "files": files}
        drawings = [self.sketch(name, tree, shape).root for shape in SHAPES]
        return [*drawings, self._filled("tools.html", name, Pen(tree), facts)]

    def file(self, name: str, tree: str, shape: str = "wide") -> str:
        """The stand-alone SVG, in fixed light colours on its own paper."""
        drawn = self.sketch(name, tree, shape).root
        of_page = {key: drawn.get(key, "") for key in ("class", "lang", "width")}
        across, down = map(int, drawn.get("viewBox", "").split()[2:])
        sides = (-MARGIN, -MARGIN, across + 2 * MARGIN, down + 2 * MARGIN)
        sheet = dict(zip(("x", "y", "width", "height"), map(str, sides), strict=True))
        about = {key: value for key, value in drawn.items() if key not in of_page}
        about |= {
            "xmlns": "http://www.w3.org/2000/svg",
            "xml:lang": of_page["lang"],
            "viewBox": " ".join(sheet.values()),
            "width": sheet["width"],
            "height": sheet["height"],
        }
        svg = Element("svg", about)
        svg.extend(deepcopy(drawn))
        svg.insert(2, Element("rect", sheet | {"fill": "var(--fig-paper)"}))
        _fix(svg, self._value)
        ElementTree.indent(svg)
        for span in svg.iter("tspan"):
            span.tail = None
        return ElementTree.tostring(svg, "unicode") + "\n"

    def _value(self, role: str) -> str:
        """What a variable of the drawings stands for: a face, fig-zh-sans, or a colour."""
        lang, _, face = role.partition("-")
        if lang in LANGS:
            return self.look.family(lang, face)
        return self.look.role(role)


def draw_book(root: Path = ROOT) -> Drawings:
    """The figures of the book, none where it has no data; BookError with the first problem."""
    if not (root / SOURCE).exists():
        return Drawings({}, {}, root)
    drawings, problems = read_figures(root)
    for problem in problems:
        raise BookError(str(problem))
    return drawings


def read_figures(root: Path = ROOT) -> tuple[Drawings, list[Problem]]:
    """The figures, and what is wrong in their data; raises BookError where that is no TOML."""

    def schema(name: str, table: dict) -> dict:
        if name == "words":
            return {"table": WORDS, "download": WORDS}
        kind = KINDS.get(str(table.get("kind")))
        return {"kind": tuple(KINDS)} | (COMMON | kind.SCHEMA if kind else {"*": None})

    data, problems = read_data(root / SOURCE, schema)
    words = data.pop("words", {})
    return Drawings(words, data, root), sorted(problems)


def _fix(svg: Element, value: Callable[[str], str]) -> None:
    """Puts the values of colours and faces in place of their names."""
    for node in svg.iter():
        for key, named in node.attrib.items():
            node.set(key, re.sub(r"var\(--fig-([\w-]+)\)", lambda role: value(role[1]), named))
        if node.tag == "text":  # else Typst sets a variable font at its thinnest
            node.set("font-variation-settings", "'wght' 400")
