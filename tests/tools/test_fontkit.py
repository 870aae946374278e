"""The cuts of the English text face."""

from fontTools.ttLib import TTFont

from tools.fontkit import CHARACTERS, CUTS, FOLDER, OUTLINES, SERIF, cut, glyphs, outlines
from whitepaper.glyphs import TABLE, read_table


def test_reproducible(tmp_path):
    """A font in the repository is just what the package of the lock gives, byte for byte, with its
    licence beside it.
    """
    cut("Italic").save(tmp_path / "made.ttf")
    assert (tmp_path / "made.ttf").read_bytes() == (FOLDER / "PaperSerif-Italic.ttf").read_bytes()
    assert (FOLDER / "OFL.txt").read_bytes() == (SERIF.parent / "LICENSE").read_bytes()


def test_outlines():
    """The outlines in the repository are those of the package of the lock."""
    assert OUTLINES.read_text("utf-8") == outlines()


def test_glyphs():
    """The table of characters is that of the fonts of the lock."""
    assert glyphs() == TABLE.read_text("ascii")
    assert ord("硬") in read_table()


def test_complete():
    """Every cut has the characters of English text, kerning and ligatures, under a name of its own."""
    for style in CUTS:
        font = TTFont(FOLDER / f"PaperSerif-{style}.ttf")
        assert set(map(ord, "AZaz09éüß–—‘’“”…·€")) <= set(font.getBestCmap()) <= set(CHARACTERS)
        assert "Source" not in font["name"].getDebugName(1)
        assert {"kern"} <= {
            record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord
        }
        assert {"liga"} <= {
            record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord
        }
