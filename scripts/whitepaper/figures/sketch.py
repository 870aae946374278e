"""A drawing: the template of its kind, filled; its words measured, colours and fonts by role."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from jinja2 import StrictUndefined
from markupsafe import Markup
from PIL import ImageFont

from whitepaper.book import languages
from whitepaper.figures.data import Problem, Words
from whitepaper.templates import environment

FACES = {  # what the book is set in: (package, file) of each face of each language
    ("zh", "sans"): ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
    ("zh", "serif"): ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"),
    ("en", "sans"): ("fontpkg_source_sans_3", "files/SourceSans3[wght].ttf"),
    ("en", "serif"): ("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf"),
}
# Readers' own faces run wider than the book's: DejaVu Sans, the last resort, by up to 0.26.
SLACK = {"zh": 1.08, "en": 1.27}
LEADING, SECOND = 1.25, 0.9  # from line to line; the size of the second of two languages
EM = 1000


def _number(value: Any) -> Any:
    """Numbers to a hundredth, without trailing zeros; all else as it is."""
    if isinstance(value, int | float):
        return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
    return value


TEMPLATES = environment(
    "figures", Path(__file__).parent, undefined=StrictUndefined, finalize=_number
)


def fill(template: str, **facts: Any) -> Element:
    """What the template makes of the facts, without the blanks between its elements."""
    root = ElementTree.fromstring(TEMPLATES.get_template(template).render(facts))
    for node in root.iter():
        node.text, node.tail = _kept(node.text), _kept(node.tail)
    return root


def _kept(text: str | None) -> str | None:
    return text if text and text.strip() else None


class Pen:
    """What a template writes words with: `y` is then the last baseline, `lowest` the lowest."""

    def __init__(self, tree: str) -> None:
        self.langs = languages(tree)
        self.in_both = len(self.langs) > 1
        self.problems: list[Problem] = []  # labels without room
        self.y = self.lowest = 0.0

    def both(self, words: Words) -> str:
        return " · ".join(words[lang] for lang in self.langs)

    def label(
        self,
        words: Words | float,
        x: float,
        y: float,
        size: float,
        room: float,
        *,
        lines: int = 1,
        langs: tuple[str, ...] = (),
        face: str = "sans",
        **look: str | None,
    ) -> Markup:
        """Words with their first baseline at `y`, languages one below the other.

        In each language they take one line or, where `lines` says so, two; one that is wider than
        `room` is a problem.
        """
        if not isinstance(words, Words):
            words = Words(*[_number(words)] * 2)
        texts: list[dict] = []
        shown = langs or self.langs
        for lang in shown if len({words[lang] for lang in shown}) > 1 else shown[:1]:
            own = Letters(lang, face, size * (SECOND if texts else 1))
            y = round(y + (own.leading if texts else 0))  # browsers set it on whole pixels
            rows = own.rows(words[lang], room)
            if len(rows) > lines or max(map(own.long, rows)) > room:
                told = f"{lines} line{'s' if lines > 1 else ''} of {room:.0f} units"
                law = f"{words[lang]!r} ({lang}) must fit {told}"
                long = f"it is {own.long(words[lang]):.0f} long. Hint: shorten it"
                self.problems.append((words, f"{law}, {long}"))
            texts.append({"letters": own, "rows": rows, "y": y})
            y += own.leading * (len(rows) - 1)
        self.y, self.lowest = y, max(y, self.lowest)
        return Markup(TEMPLATES.get_template("label.svg").render(look, texts=texts, x=x))


@dataclass(frozen=True)
class Letters:
    """A face of a language at a size."""

    lang: str
    face: str
    size: float

    @property
    def leading(self) -> float:
        return round(self.size, 2) * LEADING

    @property
    def space(self) -> float:
        return width(" ", self.size, self.lang, self.face)

    def long(self, text: str) -> float:
        """How wide a text may come out with a reader's own faces."""
        return width(text, self.size, self.lang, self.face) * SLACK[self.lang]

    def rows(self, text: str, room: float) -> list[str]:
        """The text in one line where it fits, else in the two that come nearest to each other."""
        words = text.split(" ")
        if len(words) == 1 or self.long(text) <= room:
            return [text]
        pairs = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
        return min(pairs, key=lambda pair: max(map(self.long, pair)))


def font_file(lang: str, face: str) -> Path:
    package, file = FACES[lang, face]
    return Path(str(files(package) / file))


@cache
def _face(lang: str, face: str) -> ImageFont.FreeTypeFont:
    """The face at 1,000 units an em and its regular weight."""
    font = ImageFont.truetype(font_file(lang, face), EM, layout_engine=ImageFont.Layout.BASIC)
    with suppress(OSError):  # it has one weight
        font.set_variation_by_name("Regular")
    return font


@cache
def width(text: str, size: float, lang: str, face: str = "sans") -> float:
    """The advance of `text` in the book's font of that language, in the units of `size`."""
    return sum(map(_face(lang, face).getlength, text)) * size / EM
