"""Extracted text to units: the same whatever the file went through, and never a character lost."""

import hashlib
import json

import pytest

from extract import HEADER, TRAILER, printed, raw_units, wrap
from imports import DISGUISES, FIXTURES, SAMPLE, TEXTS, furniture, read, shape, texts
from made_up import TITLE, compose
from manuscript.reading import read_file


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("name", TEXTS)
def test_disguises(name, disguise):
    """Encodings, newlines, form feeds, stripped or added spaces and blank lines change no unit, no
    id and no role.
    """
    assert shape(read(DISGUISES[disguise](TEXTS[name]))) == shape(read(TEXTS[name]))


def test_made_up_units():
    """Every block of the made-up paper comes back as one unit, in its own words."""
    assert texts(read(TEXTS["made up"])) == raw_units(compose(6, 60))


def test_made_up_furniture():
    """Page numbers, running headers and the trailer are dropped, each with its reason, and nothing
    else.
    """
    dropped = furniture(read(TEXTS["made up"]))
    pages = range(2, 2 + (len(dropped) - 2) // 2)
    assert dropped == [
        pair for page in pages for pair in ((str(page), "page-number"), (HEADER, "running-header"))
    ] + [(text, "trailer") for text in TRAILER]


PAPER = compose(12, 240)


def lines(width: int, indent: str = "", lost: int = 4) -> list[list[str]]:
    """The lines of each block, its first line indented by `indent` and narrower by `lost` cells
    where the block is running text.
    """
    wrapped = [(wrap(text, width, lost if cells else 0), cells) for text, cells in printed(PAPER)]
    return [[(indent if cells else "") + rows[0], *rows[1:]] for rows, cells in wrapped]


def pages(blocks: list[list[str]], foot, head, feed: str) -> str:
    """The lines in pages of 36, with `foot(page)` below and `head(page)` above each, and a form
    feed or nothing between.
    """
    rows = [row for block in blocks for row in block]
    sheets = [rows[at : at + 36] for at in range(0, len(rows), 36)]
    ends = [[*sheet, *foot(number)] for number, sheet in enumerate(sheets, 1)]
    return feed.join(
        "\n".join([*(head(number) if number > 1 else []), *sheet]) + "\n"
        for number, sheet in enumerate(ends, 1)
    )


LAYOUTS = {
    "indents of U+3000, numbers in the middle of the foot": pages(
        lines(76, "\u3000\u3000"),
        lambda at: ["", "", f"                 {at}"],
        lambda at: [],
        "\f",
    ),
    "indents of four spaces, header and number in one line": pages(
        lines(76, "    "), lambda at: [], lambda at: [f"水务白皮书    {at}", ""], "\f"
    ),
    "headers of odd and even pages, numbers between dashes, wide gaps": pages(
        lines(76, "\u3000\u3000"),
        lambda at: ["", "", "", f"- {at} -"],
        lambda at: ["", "", HEADER if at % 2 else TITLE["zh"], "", ""],
        "",
    ),
    "a narrow column, a blank line between paragraphs": "\n\n".join(
        "\n".join(block) for block in lines(38)
    ),
    "no indent, a blank line between paragraphs": "\n\n".join(
        "\n".join(block) for block in lines(80, lost=0)
    ),
    "one line for each paragraph": "\n".join(raw_units(PAPER)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout):
    """Whatever the page looked like, every paragraph comes back whole."""
    assert texts(read(LAYOUTS[layout])) == raw_units(PAPER)


def test_minutes():
    """Two pages of minutes with every artefact on them give exactly the report that was read and
    found right (`as_json` of `read_text` writes it).
    """
    found = read_file(FIXTURES / "minutes.txt").as_json()
    assert json.loads(json.dumps(found)) == json.loads(
        (FIXTURES / "minutes.json").read_text("utf-8")
    )


def test_minutes_are_byte_exact():
    """No editor, hook or checkout has touched the spaces and line ends that carry meaning."""
    assert (
        digest((FIXTURES / "minutes.txt").read_bytes().decode("utf-8"))
        == "b4fef5df103e56bc800d1060be9f95294892e66cf1ec46947e03717eb2885589"
    )


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_extract():
    """The real extract gives its 38 units and four lines of furniture, to the last character;
    without it, the made-up text has as firm a digest.
    """
    reading = read(TEXTS["the extract" if SAMPLE else "made up"])
    measured = (
        len(reading.units),
        digest("\n".join(texts(reading))),
        digest("".join("".join(text.split()) for text in texts(reading))),
    )
    assert measured == (
        (
            38,
            "992c26d7946c0dcd0e18911a6233c20da3dcd2ee723473bf8723f8035cb22c78",
            "22c3cc2dacf5dd2839608f72fb473d79eb93cc343b4dc7c955c506ff9d55c28f",
        )
        if SAMPLE
        else (
            len(raw_units(compose(6, 60))),
            digest("\n".join(raw_units(compose(6, 60)))),
            digest("".join("".join(raw_units(compose(6, 60))).split())),
        )
    )
