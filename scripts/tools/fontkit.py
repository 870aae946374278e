"""Makes what is derived from the fonts of the lock; scripts/lock runs it, commit what it changes.

- fonts/, static cuts of the English text face: hyphenated, justified paragraphs try many breaks,
  and shaping each with a variable font takes three times as long;
- typst/outlines.typ, the numbers in the margin: drawn, not written, they never come between the
  paragraphs of a copied text;
- glyphs.txt, the characters that the book's faces can show.
"""

import shutil
from itertools import pairwise
from pathlib import Path

from fontTools import subset
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib import instancer

from whitepaper.book import ROOT
from whitepaper.exports.press import font_folders
from whitepaper.figures.sketch import font_file
from whitepaper.glyphs import TABLE

EXPORTS = ROOT / "scripts/whitepaper/exports"
FOLDER, OUTLINES = EXPORTS / "fonts", EXPORTS / "typst/outlines.typ"
SERIF = font_file("en", "serif").parent  # of the package that the cuts are made from
FAMILY = "Paper Serif"  # a changed font goes by another name
OPTICAL_SIZE = 12
CUTS = {  # style: its variable font, its weight
    "Regular": ("SourceSerif4[opsz,wght].ttf", 400),
    "SemiBold": ("SourceSerif4[opsz,wght].ttf", 600),
    "Italic": ("SourceSerif4-Italic[opsz,wght].ttf", 400),
}
CHARACTERS = [*range(0x20, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x2212]
OUTLINED = "0123456789abcdefghijklmnopqrstuvwxyz"
OPTIONS = subset.Options(
    layout_features=["kern", "liga", "ccmp", "locl", "mark", "mkmk"],
    hinting=False,
    notdef_outline=True,
    name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
)


def cut(style: str) -> TTFont:
    file, weight = CUTS[style]
    font = TTFont(SERIF / file, recalcTimestamp=False)
    subsetter = subset.Subsetter(OPTIONS)
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
    font = TTFont(font_file("en", "sans"))
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


def glyphs() -> str:
    """The code points of every font that the typesetter is given, as a table of ranges."""
    found: set[int] = set()
    for folder in font_folders():
        for path in Path(folder).rglob("*.[to]t[fc]"):
            whole = path.suffix in (".ttc", ".otc")
            for font in TTCollection(path).fonts if whole else [TTFont(path, lazy=True)]:
                found.update(font.getBestCmap() or ())
    points = sorted(found)
    starts = [new for old, new in pairwise([-9, *points]) if new != old + 1]
    ends = [old for old, new in pairwise([*points, 1 << 30]) if new != old + 1]
    rows = (f"{a:x}-{b:x}" if a != b else f"{a:x}" for a, b in zip(starts, ends, strict=True))
    head = "# Code points that some face of the book has, from the first to the last of each range."
    return "\n".join([head, *rows]) + "\n"


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for style in CUTS:
        cut(style).save(FOLDER / f"{FAMILY.replace(' ', '')}-{style}.ttf")
    shutil.copyfile(SERIF.parent / "LICENSE", FOLDER / "OFL.txt")
    OUTLINES.write_text(outlines(), "utf-8", newline="\n")
    TABLE.write_text(glyphs(), "ascii", newline="\n")
    return 0
