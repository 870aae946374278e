"""Every figure of a book, drawn once: as elements for its pages, as stand-alone files for all else.

`docs/data/figures.toml` has a table for each figure; its `kind` names the module that draws it.
"""

import copy
import re
from collections.abc import Callable
from functools import cached_property
from itertools import product
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from whitepaper.book import HTML_LANG, LANGS, ROOT, BookError
from whitepaper.figures import grid, pyramid, spread
from whitepaper.figures.data import SOURCE, WORDS, Problem, Words, read_data
from whitepaper.figures.sketch import Sketch
from whitepaper.look import Look, read_look

# Each kind has SCHEMA, what its table in the data must hold; draw(data, tree, shape) -> Sketch;
# table(data), the same facts as rows of words, of which the first is the heads.
KINDS: dict[str, ModuleType] = {"grid": grid, "pyramid": pyramid, "spread": spread}
SHAPES = ("wide", "narrow")
COMMON = {"title": WORDS, "description": WORDS}
ENLARGED = 1.1  # on a page: for the size of its text
MARGIN = 20  # paper around a stand-alone drawing


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
        """The drawing with its title and description, in the language of the tree or in both."""
        if (name, tree, shape) not in self._sketches:
            figure = self.figures[name]
            sketch = KINDS[figure["kind"]].draw(figure, tree, shape)
            _entitle(sketch, f"fig-{name}-{tree}-{shape}", figure)
            self._sketches[name, tree, shape] = sketch
        return self._sketches[name, tree, shape]

    def problems(self) -> list[Problem]:
        """The labels that have no room, in any drawing of any figure."""
        trees = (*LANGS, "zh-en")
        drawn = (self.sketch(*key) for key in product(self.figures, trees, SHAPES))
        return sorted({problem for sketch in drawn for problem in sketch.problems})

    def elements(self, name: str, tree: str, files: dict[str, str]) -> list[Element]:
        """What stands on a page for a figure: a wide and a narrow drawing, its table, its files.

        `files` are their addresses by ending. Colours and fonts are variables of the style sheet.
        """
        drawings = []
        for shape in SHAPES:
            svg = self.sketch(name, tree, shape).root
            across = float(svg.get("viewBox", "").split()[2])
            svg.attrib |= {
                "class": f"fig-{shape}",
                "lang": HTML_LANG[_langs(tree)[0]],
                "width": f"{across * ENLARGED:.0f}",
            }
            drawings.append(svg)
        return [*drawings, self._tools(name, tree, files)]

    def file(self, name: str, tree: str, shape: str = "wide") -> str:
        """The stand-alone SVG, in fixed light colours on its own paper."""
        svg = copy.deepcopy(self.sketch(name, tree, shape).root)
        _, _, across, down = map(float, svg.get("viewBox", "").split())
        box = (-MARGIN, -MARGIN, across + 2 * MARGIN, down + 2 * MARGIN)
        sheet = dict(zip(("x", "y", "width", "height"), (f"{side:g}" for side in box), strict=True))
        svg.insert(2, Element("rect", sheet | {"fill": "var(--fig-paper)"}))
        for named in ("class", "lang"):
            svg.attrib.pop(named, None)
        svg.attrib |= {
            "xmlns": "http://www.w3.org/2000/svg",
            "xml:lang": HTML_LANG[_langs(tree)[0]],
            "viewBox": " ".join(sheet.values()),
            "width": sheet["width"],
            "height": sheet["height"],
        }
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

    def _tools(self, name: str, tree: str, files: dict[str, str]) -> Element:
        """The same facts as a table, one key away, and the files to take along."""
        figure, langs = self.figures[name], _langs(tree)
        tools = Element("div", {"class": "fig-tools"})
        details = SubElement(tools, "details", {"class": "fig-data"})
        SubElement(details, "summary").text = _both(self.words["table"], langs)
        details.append(_table(KINDS[figure["kind"]].table(figure), langs))
        download, title = _both(self.words["download"], langs), _both(figure["title"], langs)
        offered = SubElement(tools, "span")
        offered.text = download
        for ending, address in files.items():
            link = SubElement(offered, "a", {"class": "fig-download", "href": address})
            link.set("download", f"hard-tech-{name}-{tree}.{ending}")
            link.set("aria-label", f"{download} {ending.upper()} · {title}")
            link.text = ending.upper()
        return tools


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


def _langs(tree: str) -> tuple[str, ...]:
    return (tree,) if tree in LANGS else LANGS


def _both(words: Words, langs: tuple[str, ...]) -> str:
    return " · ".join(words[lang] for lang in langs)


def _entitle(sketch: Sketch, mark: str, figure: dict) -> None:
    """Makes the drawing an image with a title and a long description."""
    svg = sketch.root
    svg.attrib |= {
        "role": "img",
        "aria-labelledby": f"{mark}-title",
        "aria-describedby": f"{mark}-desc",
    }
    for place, (tag, key) in enumerate((("title", "title"), ("desc", "description"))):
        node = Element(tag, id=f"{mark}-{tag}")
        node.text = _both(figure[key], sketch.langs)
        svg.insert(place, node)


def _table(rows: list[list[Words]], langs: tuple[str, ...]) -> Element:
    """The first row is the heads; a row of one cell stands across; one column is all cells."""
    table = Element("table")
    head, body = SubElement(table, "thead"), SubElement(table, "tbody")
    for n, cells in enumerate(rows):
        row = SubElement(body if n else head, "tr")
        for place, words in enumerate(cells):
            tag, about = ("th", {"scope": "row" if n else "col"})
            if n and (place or len(rows[0]) == 1):
                tag, about = "td", {}
            if len(cells) < len(rows[0]):
                tag, about = "td", {"colspan": str(len(rows[0]))}
            SubElement(row, tag, about).text = _both(words, langs)
    return table


def _fix(svg: Element, value: Callable[[str], str]) -> None:
    """Puts the values of colours and faces in place of their names."""
    for node in svg.iter():
        for key, named in node.attrib.items():
            node.set(key, re.sub(r"var\(--fig-([\w-]+)\)", lambda role: value(role[1]), named))
        if node.tag == "text":  # else Typst sets a variable font at its thinnest
            node.set("font-variation-settings", "'wght' 400")
