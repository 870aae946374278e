"""The cuts of the English text face."""
from fontTools.ttLib import TTFont

from whitepaper.fontkit import CHARACTERS, CUTS, FOLDER, write_kit


def test_reproducible(tmp_path):
    """The fonts in the repository are just what the package of the lock gives, byte for byte, with its licence beside them."""
    write_kit(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {path.name: path.read_bytes() for path in FOLDER.iterdir()}


def test_complete():
    """Every cut has the characters of English text, kerning and ligatures, under a name of its own."""
    for style in CUTS:
        font = TTFont(FOLDER / f"PaperSerif-{style}.ttf")
        assert set(map(ord, "AZaz09éüß–—‘’“”…·€")) <= set(font.getBestCmap()) <= set(CHARACTERS)
        assert "Source" not in font["name"].getDebugName(1)
        assert {"kern"} <= {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        assert {"liga"} <= {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
