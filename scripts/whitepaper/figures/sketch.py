"""A sheet to draw on: shapes and measured words, with colours and fonts by role, not by value."""

from contextlib import contextmanager
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

from whitepaper.figures.data import Problem, Words

FACES = {  # what the book is set in: (package, file) of each face of each language
    ("zh", "sans"): ("pylopdf-fonts-zh-cn", "NotoSansSC-Regular.otf"),
    ("zh", "serif"): ("pylopdf-fonts-zh-cn", "NotoSerifSC-Regular.otf"),
    ("en", "sans"): ("fontpkg-source-sans-3", "SourceSans3[wght].ttf"),
    ("en", "serif"): ("fontpkg-source-serif-4", "SourceSerif4[opsz,wght].ttf"),
}
SLACK = {
    "zh": 1.08,
    "en": 1.15,
}  # readers' own faces run wider than the book's: Arial by up to 0.113
TONES = {  # the levels of the pyramid: fill and outline
    "dream": ("dream", "dream-line"),
    "black": ("black", "black-line"),
    "hard": ("hard", "hard"),
    "high": ("high", "high"),
    "plain": ("plain", "plain-line"),
}


def color(role: str) -> str:
    return f"var(--fig-{role})"


def paint(tone: str) -> dict:
    """Fill and outline of a level; what is yet a dream has a broken outline."""
    fill, line = TONES[tone]
    dashes = "4 3" if tone == "dream" else None
    return {
        "fill": color(fill),
        "stroke": color(line),
        "stroke_width": 1.5,
        "stroke_dasharray": dashes,
        "stroke_linejoin": "round",
    }


def word_fill(tone: str) -> str:
    return "hard-text" if tone == "hard" else "ink"


def font_file(lang: str, face: str) -> Path:
    package, file = FACES[lang, face]
    files = distribution(package)
    return Path(next(files.locate_file(path) for path in files.files if path.name == file))


@cache
def _face(lang: str, face: str):
    font = TTFont(font_file(lang, face), lazy=True)
    return font.getBestCmap(), font.getGlyphSet(location={"wght": 400}), font["head"].unitsPerEm


@cache
def width(text: str, size: float, lang: str, face: str = "sans") -> float:
    """The advance of `text` in the book's font of that language, in the units of `size`."""
    glyphs, outlines, em = _face(lang, face)
    return sum(outlines[glyphs.get(ord(char), ".notdef")].width for char in text) * size / em


class Sketch:
    """One drawing in one language. Its problems are the labels that have no room."""

    def __init__(self, lang: str, across: float, down: float):
        self.lang = lang
        self.problems: list[Problem] = []
        self.root = self._here = ElementTree.Element(
            "svg", viewBox=f"0 0 {_number(across)} {_number(down)}"
        )

    @contextmanager
    def group(self, **attributes):
        outer = self._here
        self._here = self.add("g", **attributes)
        yield
        self._here = outer

    def add(self, tag: str, **attributes) -> ElementTree.Element:
        """An element; `stroke_width=2` becomes stroke-width="2"; what is None is left out."""
        named = {
            key.replace("_", "-"): _number(value)
            for key, value in attributes.items()
            if value is not None
        }
        return ElementTree.SubElement(self._here, tag, named)

    def path(self, *steps, **attributes) -> None:
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
        face="sans",
        fill="ink",
        anchor=None,
        lines=1,
    ) -> None:
        """Words, the first of up to `lines` lines at baseline `y`; a problem when a line is wider than `room`."""
        rows = self._wrap(words[self.lang], size, room, face)
        if len(rows) > lines or any(self._long(row, size, face) > room for row in rows):
            told = f"{lines} line{'s' if lines > 1 else ''} of {room:.0f} units, it is {self._long(words[self.lang], size, face):.0f} long"
            self.problems.append(
                Problem(
                    words.line,
                    f"{words[self.lang]!r} ({self.lang}) must fit {told}. Hint: shorten it",
                )
            )
        text = self.add(
            "text",
            font_size=size,
            font_family=f"var(--fig-{face})",
            fill=color(fill),
            text_anchor=anchor,
        )
        for n, row in enumerate(rows):
            more = (
                n + 1 < len(rows)
            )  # then the space stays, that the words are whole for search and copy, and does not count
            at = x + width(" ", size, self.lang, face) / 2 if more and anchor == "middle" else x
            line = ElementTree.SubElement(
                text, "tspan", x=_number(at), y=_number(y + n * size * 1.25)
            )
            line.text = row + " " * more
        if len(rows) == 1:
            text.attrib |= line.attrib
            text.text, text[:] = line.text, []

    def _long(self, text: str, size: float, face: str) -> float:
        return width(text, size, self.lang, face) * SLACK[self.lang]

    def _wrap(self, text: str, size: float, room: float, face: str) -> list[str]:
        rows: list[str] = []
        for part in text.split(" "):
            if rows and self._long(f"{rows[-1]} {part}", size, face) <= room:
                rows[-1] += f" {part}"
            else:
                rows.append(part)
        return rows


def _number(value) -> str:
    """Numbers to a hundredth, without trailing zeros; all else as it is."""
    if isinstance(value, int | float):
        return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
    return str(value)
