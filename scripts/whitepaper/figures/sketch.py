"""A drawing: marks and measured words, with colours and fonts by role, not by value."""

import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import distribution
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from PIL import ImageFont

from whitepaper.book import LANGS
from whitepaper.figures.data import Problem, Words

FACES = {  # what the book is set in: (package, file) of each face of each language
    ("zh", "sans"): ("pylopdf-fonts-zh-cn", "NotoSansSC-Regular.otf"),
    ("zh", "serif"): ("pylopdf-fonts-zh-cn", "NotoSerifSC-Regular.otf"),
    ("en", "sans"): ("fontpkg-source-sans-3", "SourceSans3[wght].ttf"),
    ("en", "serif"): ("fontpkg-source-serif-4", "SourceSerif4[opsz,wght].ttf"),
}
# Readers' own faces run wider than the book's: DejaVu Sans, the last resort, by up to 0.26.
SLACK = {"zh": 1.08, "en": 1.27}
LEADING, SECOND = 1.25, 0.9  # from line to line; the size of the second of two languages
EM, REGULAR = 1000, 400
TONES = ("dream", "black", "hard", "high", "plain")  # the levels of the pyramid


def color(role: str) -> str:
    return f"var(--fig-{role})"


def paint(tone: str) -> dict[str, Any]:
    """Fill and outline of a level; what is yet a dream has a broken outline."""
    return {
        "fill": color(tone),
        "stroke": color(tone if tone in ("hard", "high") else f"{tone}-line"),
        "stroke_width": 1.5,
        "stroke_dasharray": "4 3" if tone == "dream" else None,
        "stroke_linejoin": "round",
    }


def word_fill(tone: str) -> str:
    return "hard-text" if tone == "hard" else "ink"


def font_file(lang: str, face: str) -> Path:
    package, file = FACES[lang, face]
    files = distribution(package)
    return Path(
        str(next(files.locate_file(path) for path in files.files or () if path.name == file))
    )


@cache
def _face(lang: str, face: str) -> ImageFont.FreeTypeFont:
    """The face at 1,000 units an em and its regular weight."""
    font = ImageFont.truetype(font_file(lang, face), EM, layout_engine=ImageFont.Layout.BASIC)
    with suppress(OSError):  # it has one weight
        axes = font.get_variation_axes()
        usual = [axis["default"] or 0 for axis in axes]
        weight = [axis["name"] for axis in axes].index(b"Weight")
        font.set_variation_by_axes([*usual[:weight], REGULAR, *usual[weight + 1 :]])
    return font


@cache
def width(text: str, size: float, lang: str, face: str = "sans") -> float:
    """The advance of `text` in the book's font of that language, in the units of `size`."""
    font = _face(lang, face)
    return sum(map(font.getlength, text)) * size / EM


class Sketch:
    """One drawing, in the language of a tree or in both; its problems are labels without room."""

    def __init__(self, tree: str, across: float, down: float = 0) -> None:
        self.langs = (tree,) if tree in LANGS else LANGS
        self.problems: list[Problem] = []
        self.root = self._here = Element("svg")
        self.resize(across, down)

    def resize(self, across: float, down: float) -> None:
        self.root.set("viewBox", f"0 0 {math.ceil(across)} {math.ceil(down)}")

    @contextmanager
    def group(self, **attributes: Any) -> Iterator[None]:
        outer = self._here
        self._here = self.add("g", **attributes)
        yield
        self._here = outer

    def add(self, tag: str, **attributes: Any) -> Element:
        """An element; `stroke_width=2` becomes stroke-width="2"; what is None is left out."""
        named = {
            key.replace("_", "-"): _number(value)
            for key, value in attributes.items()
            if value is not None
        }
        return SubElement(self._here, tag, named)

    def path(self, *steps: str | float, **attributes: Any) -> None:
        """`steps` are letters and numbers: "M", 0, 0, "H", 9."""
        self.add("path", d=" ".join(_number(step) for step in steps), **attributes)

    def label(
        self,
        words: Words,
        x: float,
        y: float,
        size: float,
        room: float,
        *,
        face: str = "sans",
        fill: str = "ink",
        anchor: str | None = None,
        lines: int = 1,
        langs: tuple[str, ...] = (),
    ) -> float:
        """Words with their first baseline at `y`, languages one below the other; the last baseline.

        In each language they take up to `lines` lines; one that is wider than `room` is a problem.
        """
        shown = [lang for lang in self.langs if lang in (langs or self.langs)]
        if len({words[lang] for lang in shown}) == 1:
            shown = shown[:1]
        for at, lang in enumerate(shown):
            own = size * (SECOND if at else 1)
            y = round(y + (own * LEADING if at else 0))  # browsers set a baseline on whole pixels
            rows = _balanced(words[lang], own, room, lang, face)
            longest = max(_long(row, own, lang, face) for row in rows)
            if len(rows) > lines or longest > room:
                long = _long(words[lang], own, lang, face)
                told = f"{lines} line{'s' if lines > 1 else ''} of {room:.0f} units"
                law = f"{words[lang]!r} ({lang}) must fit {told}, it is {long:.0f} long"
                self.problems.append(Problem(words.line, f"{law}. Hint: shorten it"))
            text = self.add(
                "text",
                font_size=own,
                font_family=f"var(--fig-{lang}-{face})",
                fill=color(fill),
                text_anchor=anchor,
            )
            y = _set_rows(text, rows, x, y, width(" ", own, lang, face))
        return y


def _set_rows(text: Element, rows: list[str], x: float, y: float, space: float) -> float:
    """Lines of one text; the space between two stays, so that search and copy find whole words."""
    if len(rows) == 1:
        text.attrib |= {"x": _number(x), "y": _number(y)}
        text.text = rows[0]
        return y
    size = float(text.get("font-size", 0))
    for row, down in zip(rows, count(y, size * LEADING), strict=False):
        more = row is not rows[-1]
        at = x + space / 2 if more and text.get("text-anchor") == "middle" else x
        line = SubElement(text, "tspan", x=_number(at), y=_number(down))
        line.text = row + " " * more
    return down


def _long(text: str, size: float, lang: str, face: str) -> float:
    return width(text, size, lang, face) * SLACK[lang]


def _balanced(text: str, size: float, room: float, lang: str, face: str) -> list[str]:
    """As few lines as fit, and none much shorter than the others."""
    rows = _wrapped(text, size, room, lang, face)
    while len(narrower := _wrapped(text, size, room := room * 0.95, lang, face)) == len(rows) > 1:
        if max(_long(row, size, lang, face) for row in narrower) > room:
            break
        rows = narrower
    return rows


def _wrapped(text: str, size: float, room: float, lang: str, face: str) -> list[str]:
    rows: list[str] = []
    for part in text.split(" "):
        if rows and _long(f"{rows[-1]} {part}", size, lang, face) <= room:
            rows[-1] += f" {part}"
        else:
            rows.append(part)
    return rows


def _number(value: Any) -> str:
    """Numbers to a hundredth, without trailing zeros; all else as it is."""
    if isinstance(value, int | float):
        return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
    return str(value)
