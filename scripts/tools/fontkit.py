"""Makes fonts/, static cuts of the English text face in the lock, and typst/outlines.typ.

Hyphenated, justified paragraphs try many breaks, and shaping each with a variable font takes three
times as long. The outlines are for the numbers in the margin: drawn, not written, they never come
between the paragraphs of a copied text. Run `.venv/bin/python -m tools.fontkit` after a new release
of the package, and commit the result.
"""

import shutil
from importlib import resources
from pathlib import Path

from fontTools import subset
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from whitepaper.book import ROOT

EXPORTS = ROOT / "scripts/whitepaper/exports"
FOLDER = EXPORTS / "fonts"
PACKAGE, FAMILY = "fontpkg_source_serif_4", "Paper Serif"  # a changed font goes by another name
OPTICAL_SIZE = 12
CUTS = {  # style: its variable font, its weight
    "Regular": ("SourceSerif4[opsz,wght].ttf", 400),
    "SemiBold": ("SourceSerif4[opsz,wght].ttf", 600),
    "Italic": ("SourceSerif4-Italic[opsz,wght].ttf", 400),
}
CHARACTERS = [*range(0x20, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x2212]
OUTLINED = "0123456789abcdefghijklmnopqrstuvwxyz"
OUTLINES = EXPORTS / "typst/outlines.typ"
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk"]


def source(package: str = PACKAGE) -> Path:
    """The folder in which a package of fonts keeps its files."""
    return Path(str(resources.files(package))) / "files"


def cut(style: str) -> TTFont:
    file, weight = CUTS[style]
    font = TTFont(source() / file, recalcTimestamp=False)
    options = subset.Options(
        layout_features=FEATURES,
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": weight, "opsz": OPTICAL_SIZE})
    full, linked = f"{FAMILY} {style}", style in ("Regular", "Italic")
    names = {
        1: FAMILY if linked else full,
        2: style if linked else "Regular",
        3: full,
        4: full,
        6: full.replace(" ", ""),
        16: FAMILY,
        17: style,
    }
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    return font


def outlines() -> str:
    """The characters of paragraph numbers as a Typst dictionary.

    Of each its width and its outline as SVG has it, in thousandths of an em.
    """
    font = TTFont(source("fontpkg_source_sans_3") / "SourceSans3[wght].ttf")
    glyphs, names = font.getGlyphSet(location={"wght": 400}), font.getBestCmap()
    lines = [
        "// Figures and letters of Source Sans 3, see OFL.txt in fonts/. Made by fontkit.py.",
        "#let outlines = (",
    ]
    for character in OUTLINED:
        glyph, pen = glyphs[names[ord(character)]], SVGPathPen(glyphs, ntos="{:.0f}".format)
        glyph.draw(pen)
        lines.append(f'  "{character}": ({glyph.width:.0f}, "{pen.getCommands()}"),')
    return "\n".join([*lines, ")", ""])


def write_kit(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for style in CUTS:
        cut(style).save(folder / f"{FAMILY.replace(' ', '')}-{style}.ttf")
    shutil.copyfile(source().parent / "LICENSE", folder / "OFL.txt")


if __name__ == "__main__":
    write_kit(FOLDER)
    OUTLINES.write_text(outlines(), "utf-8")
