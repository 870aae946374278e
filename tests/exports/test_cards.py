"""The preview cards of the built site."""

import io
from itertools import groupby

import pytest
from PIL import Image

from whitepaper.book import TREES, Book, read_book
from whitepaper.exports.cards import words
from whitepaper.exports.press import CARD, press


@pytest.mark.parametrize("tree", TREES)
def test_every_page(site, tree):
    """Each page of each tree has a card of exactly 1200×630, light enough for a messenger to fetch."""
    cards = {path.stem: path for path in (site / f"cards/{tree}").glob("*.png")}
    assert set(cards) == set(read_book().names)
    for path in cards.values():
        assert Image.open(path).size == (1200, 630)
        assert path.stat().st_size < 100_000


@pytest.mark.parametrize("tree", TREES)
def test_pyramid(site, tree):
    """Each card shows the pyramid of the site's cover: down its axis five bands, the middle one
    vermilion.
    """
    for path in (site / f"cards/{tree}").glob("*.png"):
        axis = [
            colour
            for colour, run in groupby(
                Image.open(path).convert("RGB").crop((959, 0, 960, 630)).get_flattened_data()
            )
            if len(list(run)) > 9
        ]
        ground, ink, vermilion = (0xFA, 0xF8, 0xF3), (0x22, 0x20, 0x1C), (0xAD, 0x2F, 0x19)
        assert [colour for colour in axis if colour != ground] == [ink, ink, vermilion, ink, ink]


def test_words():
    """A card names page, book and who answers for its words, in the languages of its tree."""
    assert words(read_book(), "zh-en", "glossary") == {
        "tree": "zh-en",
        "titles": ["术语表", "Glossary"],
        "kickers": {"zh": "硬科技改变世界 · Hard Tech Changes the World"},
        "signature": ["本版编者", "The editor of this edition"],
    }


@pytest.mark.parametrize(
    ("wording", "tree", "signed"),
    [
        ("restated", "zh", ["据米磊、赵瑞瑞原文编述"]),
        ("restated", "en", ["After Mi Lei and Zhao Ruirui, in paraphrase"]),
        ("mixed", "zh", ["米磊、赵瑞瑞著，部分由本版编述"]),
        (
            "published",
            "zh-en",
            ["米磊、赵瑞瑞著", "After Mi Lei and Zhao Ruirui, in paraphrase"],
        ),
    ],
)
@pytest.mark.parametrize("name", ["index", "origin"])
def test_whose_words(name, wording, tree, signed, monkeypatch):
    """A card does not give the edition's wording for the authors' own, nor theirs for the
    edition's.
    """
    monkeypatch.setattr(Book, "wording", lambda book, name="": wording)
    assert words(read_book(), tree, name)["signature"] == signed


@pytest.mark.parametrize("title", ["硬", "硬科技" * 12, "Hard technology " * 8])
def test_long_titles(title):
    """A title of any length stays within the card: its last line ends above the authors."""
    import json

    card = {
        "tree": "en" if title.isascii() else "zh",
        "titles": [title],
        "kickers": {},
        "signature": [""],
    }
    picture = press(read_book(), "card.typ", {"card.json": json.dumps(card).encode()}, **CARD)
    ink = Image.open(io.BytesIO(picture)).convert("L").crop((0, 480, 360, 630)).getextrema()
    assert ink[0] > 200, "ink below the title's room"
