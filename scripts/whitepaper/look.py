"""How the edition looks, from docs/data/look.toml: its colours, its faces, its sign.

Style sheet and icon are files that `scripts/figures` writes (`look_files`); PDF, EPUB, cards and
drawings ask for the values themselves.
"""

import json
import re
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from whitepaper.book import ROOT, BookError
from whitepaper.content import render
from whitepaper.data import Entry, read_data

SOURCE = "docs/data/look.toml"
Color = Annotated[str, Meta(pattern="^#[0-9a-f]{6}$")]
Pair = tuple[Color, Color]  # in the light and in the dark


class Look(Entry, frozen=True):
    """Colours by name, each as (light, dark); faces by language and kind; the sign by its size."""

    colors: dict[str, Pair]
    figure: dict[str, str | Pair]
    faces: dict[str, dict[str, list[str]]]
    sign: dict

    def role(self, name: str, scheme: int = 0) -> str:
        """The colour of a role in drawings: 0 in the light, 1 in the dark."""
        color = self.figure[name]
        return (self.colors[color] if isinstance(color, str) else color)[scheme]

    def light(self, text: str) -> str:
        """`text` with the light colour in place of each var(--name)."""
        return re.sub(r"var\(--([\w-]+)\)", lambda name: self.colors[name[1]][0], text)

    def family(self, lang: str, face: str) -> str:
        """The faces of a language as CSS and SVG list them."""
        return ", ".join(f"'{name}'" if " " in name else name for name in self.faces[lang][face])

    def as_json(self) -> bytes:
        """What Typst's templates take from it: light colours and the sign."""
        colors = {name: pair[0] for name, pair in self.colors.items()}
        return json.dumps({"colors": colors, "sign": self.sign}).encode()


def read_look(root: Path = ROOT) -> Look:
    """Raises BookError where the file is missing or a colour is none."""
    look = read_data(root / SOURCE, Look, SOURCE)
    for name, color in look.figure.items():
        if isinstance(color, str) and color not in look.colors:
            raise BookError(f"{SOURCE}: {name} must be a colour of [colors]. Mend it")
    return look


def look_files(root: Path = ROOT) -> dict[Path, str]:
    """The files that are made of the look alone, with their content."""
    if not (root / SOURCE).exists():
        return {}
    look = read_look(root)
    made = {
        "docs/assets/colors.css": "colors",
        "docs/assets/mark.svg": "mark",
        "overrides/partials/look.html": "partial",
    }
    return {root / file: render(f"look/{name}.html", look=look) for file, name in made.items()}
