"""Units to chapters: numbers that stay, notes and figures that come along, twins in step, new pages
in their place.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from test_import_markdown import renderer

from extract import raw_text, wrap
from imports import ROOT, growth, read
from made_up import compose, write_book
from manuscript.blocks import Block, read_page_text
from manuscript.command import import_into
from manuscript.numbers import number_units
from manuscript.plan import plan
from manuscript.reading import Asked, read_file
from manuscript.sections import name_units
from manuscript.units import Picture, Reading, Span, Unit
from manuscript.writing import locked, write
from whitepaper.book import BookError, read_book

ZH = """---
description: 水位，附图一。
---

# 1.1 水位 {#levels}

十年来水位一直在涨，居民都看在眼里（见[图一](#figure-levels)）。[^gauge]

![图一　十年的水位](figures/levels.svg){#figure-levels}

要点有二：

1. **上游**。先看上游的闸门，再看下游的堤。
2. **下游**。后看下游的堤，最后看河口。[^mouth]

## 1. 记录的办法 {#method}

值守的人每天早晚各记一次，从不间断，直到

!!! notice "原文到此中断"

    所据文本到此为止。

[^gauge]: 编者注：据镇志。
[^mouth]: 编者注：河口另有记录。
"""
EN = """---
description: Levels, with Figure 1.
---

# 1.1 Levels {#levels}

For ten years the level has risen, and the people have watched it (see [Figure 1](#figure-levels)).[^gauge]

![Figure 1. Ten years of levels](figures/levels.svg){#figure-levels}

There are two points:

1. **Upstream.** First the gate upstream, then the dyke below.
2. **Downstream.** Then the dyke below, last the mouth.[^mouth]

## 1. How it is recorded {#method}

The keeper notes it twice a day, without a break, until …

!!! notice "The source breaks off here"

    The text ends here.

[^gauge]: Editor’s note: From the town’s chronicle.
[^mouth]: Editor’s note: The mouth has records of its own.
"""
SETTINGS = """# settings
site_name: 某地水务纪要
plugins:
  - i18n:
      languages:
        - locale: zh
          site_name: 某地水务纪要
        - locale: en
          site_name: Notes on Water
          nav_translations:
            一、水: 1. Water # kept
nav:
  - index.md # home
  - 一、水:
      - levels.md

  - about.md

extra: {x: !ENV [Y, z]} # after
"""


@pytest.fixture
def book(tmp_path) -> Path:
    """A book of one chapter, restated by an edition that breaks off."""
    for lang, page in (("zh", ZH), ("en", EN)):
        (tmp_path / "docs" / lang).mkdir(parents=True)
        (tmp_path / "docs" / lang / "levels.md").write_text(page, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return tmp_path


START = [
    "某地水务纪要",
    "一、 水",
    "1.1 水位",
    "近十年水位一直上涨，居民看在眼里（见图一）。",
    "图一  十年的水位",
    "要点有二：",
    "1.上游。看上游的闸门，再看下游的堤。",
    "2.下游。看下游的堤，最后看河口。",
    "1.记录的办法",
]
CUT = "值守人每天早晚各记一次，从不间断，直到"


def text_of(*units: str, width: int = 80) -> str:
    """The units as lines of a page, a trailing space at each end but for a last one that stops in
    mid-sentence.
    """
    lines = []
    for unit in units:
        rows = wrap(unit, width, 0)
        lines += [*rows[:-1], rows[-1] + (" " if unit != CUT else "")]
    return "\n\n".join(lines) + "\n"


FORCE = Asked(force=True)  # the texts of these tests share few words with their book


def take(book: Path, *units: str) -> list[str]:
    """Imports the units; gives back what was said."""
    (book / "text.txt").write_text(text_of(*units), "utf-8")
    return [message for _, message in import_into(book, book / "text.txt", FORCE).reading.warnings]


def page(book: Path, name: str, lang: str = "zh") -> str:
    return (book / "docs" / lang / f"{name}.md").read_text("utf-8")


def test_published_chapter(book):
    """The published words stand in place of the edition's; ids, emphasis, figures, links, notes and
    the notice of the break are as before.
    """
    take(book, *START, CUT)
    assert (
        page(book, "levels")
        == """---
description: 水位，附图一。
wording: published
---

# 1.1 水位 {#levels}

近十年水位一直上涨，居民看在眼里（见[图一](#figure-levels)）。[^gauge]

![图一　十年的水位](figures/levels.svg){#figure-levels}

要点有二：

1. **上游**。看上游的闸门，再看下游的堤。
2. **下游**。看下游的堤，最后看河口。[^mouth]

## 1.记录的办法 {#method}

值守人每天早晚各记一次，从不间断，直到

!!! notice "原文到此中断"

    所据文本到此为止。

[^gauge]: 编者注：据镇志。
[^mouth]: 编者注：河口另有记录。
"""
    )
    assert page(book, "levels", "en") == EN


def test_reworded_note(book):
    """A note that speaks of what the edition mended says something else beside the published
    wording; its call follows its phrase.
    """
    (book / "docs/data").mkdir(exist_ok=True)
    (book / "docs/data/published.toml").write_text(
        '[[line]]\npage = "levels"\nid = "[^gauge]"\nzh = "编者注：英文版读作“上涨”。"\n', "utf-8"
    )
    path = book / "docs/zh/levels.md"
    path.write_text(
        path.read_text("utf-8").replace(
            "十年来水位一直在涨，居民都看在眼里（见[图一](#figure-levels)）。[^gauge]",
            "十年来水位一直[^gauge]在涨，居民都看在眼里（见[图一](#figure-levels)）。",
        ),
        "utf-8",
    )
    take(book, *START, CUT)
    assert "\n近十年水位一直[^gauge]上涨，居民看在眼里（见[图一](#figure-levels)）。\n" in page(
        book, "levels"
    )
    assert "\n[^gauge]: 编者注：英文版读作“上涨”。\n[^mouth]: 编者注：河口另有记录。\n" in page(
        book, "levels"
    )
    assert page(book, "levels", "en") == EN


NEW = "另有一段是新加的，说的是雨季的情形。"


def test_text_that_goes_on(book):
    """Known paragraphs keep their numbers, those between get letters, those behind go on; the
    notice of the break is gone in both languages.
    """
    take(
        book,
        *START[:5],
        NEW,
        *START[5:],
        CUT + "今天。",
        "后来又添了一段。",
        "2.来年的打算",
        "照旧记录。",
    )
    blocks = read_page_text(page(book, "levels")).blocks
    assert [(block.kind, block.id) for block in blocks] == [
        ("heading", "levels"), ("para", "p1"), ("figure", "figure-levels"), ("para", "p1a"), ("para", "p2"), ("item", "p3"), ("item", "p4"),
        ("heading", "method"), ("para", "p5"), ("para", "p6"), ("heading", "levels-2"), ("para", "p7"), ("note", "gauge"), ("note", "mouth"),
    ]  # fmt: skip
    twin = read_page_text(page(book, "levels", "en"))
    assert [(block.kind, block.id) for block in twin.blocks] == [
        (block.kind, block.id) for block in blocks
    ]
    told = [block.id for block in twin.blocks if "The Chinese has changed since" in block.source]
    assert told == ["p5"]  # it no longer breaks off
    assert [block.id for block in twin.blocks if "Not yet translated" in block.source] == [
        "p1a",
        "p6",
        "levels-2",
        "p7",
    ]
    assert "translation: partial" in twin.front


def test_translating_what_was_missing(book):
    """A translation written in place of `Not yet translated` stays at the next import; when all is
    there, the page no longer calls itself partial.
    """
    units = [*START, CUT + "今天。", "后来又添了一段。"]
    take(book, *units)
    path = book / "docs/en/levels.md"
    text = path.read_text("utf-8").replace("Not yet translated.", "Later a paragraph was added.")
    text = text.replace(" *(The Chinese has changed since this was translated.)*", "")
    path.write_text(text, "utf-8")
    take(book, *units)
    assert (
        "Later a paragraph was added." in page(book, "levels", "en"),
        "partial" in page(book, "levels", "en"),
    ) == (True, False)


def test_second_import(book):
    """The published chapter is its own ground: the same text again changes nothing, a changed one
    only what has changed.
    """
    take(book, *START[:5], NEW, *START[5:], CUT + "今天。")
    before = page(book, "levels")
    take(book, *START[:5], NEW, *START[5:], CUT + "今天。")
    assert page(book, "levels") == before
    take(book, *START[:5], NEW, "又插一段，说的是旱季的情形。", *START[5:], CUT + "今天。")
    assert page(book, "levels") == before.replace(
        "\n{#p1a}\n", "\n{#p1a}\n\n又插一段，说的是旱季的情形。\n{#p1b}\n"
    )


def test_numbers_of_other_pages(book):
    """What was published of a page whose name ends like this one's takes no number from it."""
    (book / "docs/data").mkdir()
    (book / "docs/data/addresses.txt").write_text("old-levels/#p9 00\n", "utf-8")
    take(book, *START, CUT + "今天。", "后来又添了一段。")
    assert [block.id for block in read_page_text(page(book, "levels")).counted][-1] == "p6"


def test_long_list(book):
    """A list of a thousand items keeps its numbers at the next import too, and when one is put
    before it.
    """
    items = [f"{at % 900 + 1}.第{at}处闸门，每天看一次。" for at in range(1000)]
    take(book, *START[:5], *items, *START[8:], CUT)
    before = page(book, "levels")
    take(book, *START[:5], *items, *START[8:], CUT)
    assert page(book, "levels") == before
    take(book, *START[:5], NEW, *items, *START[8:], CUT)
    assert re.sub(rf"\n\n{NEW}\n\{{#p1[a-z]+\}}", "", page(book, "levels")) == before


def test_links_to_figures(book):
    """A figure is linked where the text sends to it, and not where it sends to another whose number
    begins alike.
    """
    take(book, *START[:3], START[3].replace("见图一", "见图一〇，又见图一"), *START[4:], CUT)
    assert "（见图一〇，又见[图一](#figure-levels)）" in page(book, "levels")


GROWING = {
    "pages": lambda size: [
        line for at in range(size) for line in (f"1.{at + 2} 水色", "水色也记。")
    ],
    "headings on a page": lambda size: [
        line for at in range(size) for line in (f"1.1.{at + 1} 水色", "水色也记。")
    ],
    "headings all alike": lambda size: ["1.1.1 水色", "水色也记。"] * size,
    "paragraphs put between": lambda size: [f"第{at}处闸门，每天看一次。" for at in range(size)],
    "lost pictures": lambda size: [f"图{at + 7}  闸门" for at in range(size)],
}


@pytest.mark.parametrize("shape", GROWING)
def test_growth(book, shape):
    """Case 35: ten times the text is ten times the work for the pages too, at the second import as
    at the first.
    """
    readings = []
    for size in (30, 300):
        (book / "text.txt").write_text(
            text_of(
                *START[:4], *GROWING[shape](size), *([] if shape == "pages" else [*START[5:], CUT])
            ),
            "utf-8",
        )
        readings.append(read_file(book / "text.txt"))
    assert growth(lambda reading: plan(book, reading), *readings) < 10.5
    import_into(book, book / "text.txt", FORCE)
    assert growth(lambda reading: plan(book, reading), *readings) < 10.5


def test_paragraph_gone(book):
    """A paragraph without counterpart is named, and its number is given to no other; what the
    colophon lists of it goes, other links lead to the page.
    """
    listed = "- [1.1](levels.md#p1): one\n- [1.1](levels.md#p3): two\n"
    for lang in ("zh", "en"):
        (book / f"docs/{lang}/about.md").write_text(
            f"# x {{#about}}\n\n{listed}\nSee [there](levels.md#p3).\n", "utf-8"
        )
    settings = SETTINGS.replace("      - levels.md\n", "      - levels.md\n  - about.md\n")
    (book / "mkdocs.yml").write_text(settings, "utf-8")
    said = take(book, *START[:6], START[7], *START[8:], CUT)
    assert any(one.startswith("levels.md: nothing in the text for p3: ") for one in said)
    assert page(book, "about", "en").endswith(
        "- [1.1](levels.md#p1): one\n\nSee [there](levels.md).\n"
    )
    assert [block.id for block in read_page_text(page(book, "levels")).blocks if block.counted] == [
        "p1",
        "p2",
        "p4",
        "p5",
    ]


def test_unknown_picture(book):
    """A caption without a figure of ours becomes a notice that invents nothing, in both languages."""
    take(book, *START, CUT + "今天。", "图二  来年的水位", "完。")
    assert '!!! notice "图二  来年的水位"\n\n    所据文本中只存此图题' in page(book, "levels")
    assert '!!! notice "Figure 2"\n\n    The text keeps only the caption' in page(
        book, "levels", "en"
    )


def test_another_figure_of_that_number(book):
    """A figure of another caption is not the book's own drawing of that number, in no language."""
    text = [line.replace("十年的水位", "渡口与堤防的分布") for line in START]
    assert text != [*START]
    take(book, *text, CUT + "今天。")
    for lang in ("zh", "en"):
        assert "levels.svg" not in page(book, "levels", lang)
    assert '!!! notice "图一  渡口与堤防的分布"' in page(book, "levels")


def test_picture_of_a_paragraph(book):
    """A picture whose caption ran on into the text, and is none, stands behind it without one; an
    editor's notice on the page stays.
    """
    notice = '!!! note "编者"\n\n    闸门已经换过。\n'
    chapter = book / "docs/zh/levels.md"
    chapter.write_text(ZH.replace("要点有二", f"{notice}\n要点有二"), "utf-8")
    (book / "text.txt").write_text(text_of(*START, CUT + "今天。"), "utf-8")
    reading = read_file(book / "text.txt")
    units = [
        replace(unit, picture=Picture(b"x", "png")) if unit.text.startswith("值守") else unit
        for unit in reading.units
    ]
    files = plan(book, replace(reading, units=units)).files
    (picture,) = (name for name in files if name.startswith("docs/zh/") and name.endswith(".png"))
    (text,) = (
        files[name] for name in files if name.startswith("docs/zh/") and b"](fig" in files[name]
    )
    assert '今天。\n\n!!! notice ""\n\n    ' in text.decode()
    assert f"]({picture.removeprefix('docs/zh/')})" in text.decode()
    assert notice in text.decode()


def test_notes_alone(book):
    """A page of headings and notes alone has no place to call them from: they are its text."""
    (book / "text.txt").write_text(text_of(*START, CUT + "今天。"), "utf-8")
    reading = read_file(book / "text.txt")
    units = [replace(unit, role="note") if unit.counted else unit for unit in reading.units]
    page = plan(book, replace(reading, units=units)).files["docs/zh/levels.md"].decode()
    assert f"\n{CUT}今天。\n" in page
    assert "[^note-" not in page


STATEMENTS = """[[section]]
page = "index"
id = "index"
zh = "都照登。"
en = "All as published."

[[section]]
page = "index"
id = "index"
wording = "mixed"
zh = "有的照登。"
en = "Some as published."
"""


def test_some_chapters_published(book):
    """The home page says that only some chapters give the published words, whichever import
    brought them; then it says so of all.
    """
    (book / "docs/data").mkdir()
    (book / "docs/data/published.toml").write_text(STATEMENTS, "utf-8")
    for lang, title in (("zh", "水色"), ("en", "Colour")):
        (book / f"docs/{lang}/index.md").write_text(
            "---\ndescription: x\n---\n\n# 题 {#index}\n\n旧话。\n", "utf-8"
        )
        (book / f"docs/{lang}/colour.md").write_text(
            f"---\ndescription: x\n---\n\n# 1.2 {title} {{#colour}}\n\n{title}。\n", "utf-8"
        )
    (book / "mkdocs.yml").write_text(
        SETTINGS.replace("      - levels.md\n", "      - levels.md\n      - colour.md\n"), "utf-8"
    )
    take(book, *START, CUT)
    assert (page(book, "index").split("\n")[-2], page(book, "index", "en").split("\n")[-2]) == (
        "有的照登。", "Some as published.",
    )  # fmt: skip
    take(book, START[0], START[1], "1.2 水色", "水色也记。")
    assert page(book, "index").split("\n")[-2] == "都照登。"


PARTS = [
    *START,
    CUT + "今天。",
    "1.2 水色",
    "水色也记。",
    "1.2.1 清浊",
    "清浊分三等。",
    "二、 闸门",
    "闸门另说。",
    "2.1 老闸",
    "老闸有三座。",
    "结语",
    "完了。",
    "附录一 水位表",
    "表略。",
]


def test_new_pages(book):
    """Sections without a page get one, under a numbered name that sections.toml asks to better, in
    their place in the nav.
    """
    take(book, *PARTS)
    assert (book / "mkdocs.yml").read_text("utf-8") == SETTINGS.replace(
        "      - levels.md\n",
        "      - levels.md\n      - section-1-2.md\n  - 二、闸门:\n      - section-2.md\n      - section-2-1.md\n  - closing-words.md\n  - appendix-1.md\n",
    ).replace(
        "            一、水: 1. Water", "            二、闸门: Part 2\n            一、水: 1. Water"
    )
    assert page(book, "section-1-2").endswith(
        "# 1.2 水色 {#section-1-2}\n\n水色也记。\n\n## 1.2.1 清浊 {#section-1-2-1}\n\n清浊分三等。\n"
    )
    assert page(book, "section-1-2", "en") == (
        '---\ntranslation: missing\n---\n\n# Section 1.2 {#section-1-2}\n\n!!! notice "Not yet translated"\n\n'
        '    <a id="section-1-2-1"></a>This section has not been translated yet. It can be read in Chinese.\n'
    )
    names = (book / "docs/data/sections.toml").read_text("utf-8")
    assert '\n"1.2 水色" = "section-1-2"\n' in names
    assert '\n"附录一 水位表" = "appendix-1"\n' in names


def test_line_ends_of_windows(book):
    """A checkout with the line ends of Windows, or a mkdocs.yml without a last one, imports to the
    same files.
    """
    take(book, *PARTS)
    files = {path: path.read_bytes() for path in (book / "docs").rglob("*.*")}
    for path in files:
        path.unlink()
    for lang, text in (("zh", ZH), ("en", EN)):
        (book / f"docs/{lang}/levels.md").write_bytes(text.replace("\n", "\r\n").encode())
    nav, rest = SETTINGS.index("nav:"), SETTINGS.index("extra:")
    settings = SETTINGS[:nav] + SETTINGS[rest:] + SETTINGS[nav:rest].strip()
    (book / "mkdocs.yml").write_bytes(settings.replace("\n", "\r\n").encode())
    take(book, *PARTS)
    assert {path: path.read_bytes() for path in files} == files
    assert "  - about.md\n" in (book / "mkdocs.yml").read_text("utf-8")


def test_owner_names_pages(book):
    """Names written into sections.toml are taken at the next import: the page moves, its
    translation with it; one without a translation is called by the words of its name, or as its
    owner calls it.
    """
    take(book, *PARTS)
    path = book / "docs/en/section-1-2.md"
    path.write_text(
        "---\ndescription: Colour.\n---\n\n# 1.2 Colour {#section-1-2}\n\nColour too.\n\n## 1.2.1 Clear or not {#section-1-2-1}\n\nThree grades.\n",
        "utf-8",
    )
    names = book / "docs/data/sections.toml"
    text = names.read_text("utf-8").replace('"section-1-2"', '"colour"')
    names.write_text(text.replace('"section-2-1"', '"old-gate"'), "utf-8")
    part = book / "docs/en/section-2.md"
    part.write_text(part.read_text("utf-8").replace("# Section 2 ", "# On Gates "), "utf-8")
    said = take(book, *PARTS)
    assert "section-1-2 is now colour" in said
    assert (
        list((book / "docs").rglob("section-1-2.md")),
        "- colour.md" in (book / "mkdocs.yml").read_text("utf-8"),
    ) == ([], True)
    assert (
        page(book, "colour", "en")
        == "---\ndescription: Colour.\n---\n\n# 1.2 Colour {#colour}\n\nColour too.\n\n## 1.2.1 Clear or not {#section-1-2-1}\n\nThree grades.\n"
    )
    assert "# 2.1 Old Gate {#old-gate}" in page(book, "old-gate", "en")
    assert "# On Gates {#section-2}" in page(book, "section-2", "en")


def test_published_page_renamed(book):
    """The addresses of a page that was published lead on to its new name, from either page where it
    is renamed again; links to it, and what led to it, lead there too.
    """
    data, home = (
        book / "docs/data",
        "---\ndescription: x\n---\n\n# {} {{#index}}\n\n- [1.1](levels.md)\n- [1.2](section-1-2.md), [there](section-1-2.md#section-1-2), [a place](section-1-2.md#p1)\n",
    )
    for lang in ("zh", "en"):
        (book / f"docs/{lang}/index.md").write_text(home.format(lang), "utf-8")
    take(book, *PARTS)
    (data / "addresses.txt").write_text(
        "levels/\nlevels/#p1 00\nsection-1-2/\nsection-1-2/#section-1-2\nsection-1-2/#p1 00\nsection-1-20/\n",
        "utf-8",
    )
    (data / "redirects.toml").write_text(
        '# kept\n"colours/" = "section-1-2/"\n"section-1-2/#p0" = "section-1-2/#p1" # kept\n',
        "utf-8",
    )
    names = data / "sections.toml"
    names.write_text(names.read_text("utf-8").replace('"section-1-2"', '"colour"'), "utf-8")
    take(book, *PARTS)
    rows = '"section-1-2/" = "colour/"\n"section-1-2/#section-1-2" = "colour/#colour"\n"section-1-2/#p1" = "colour/#p1"\n'
    assert (data / "redirects.toml").read_text(
        "utf-8"
    ) == f'# kept\n"colours/" = "colour/"\n"section-1-2/#p0" = "colour/#p1" # kept\n{rows}'
    assert "- [1.2](colour.md), [there](colour.md#colour), [a place](colour.md#p1)\n" in page(
        book, "index"
    ) and "colour.md#p1" in page(book, "index", "en")
    before = (data / "redirects.toml").read_text("utf-8")
    take(book, *PARTS)
    assert (data / "redirects.toml").read_text("utf-8") == before
    names.write_text(names.read_text("utf-8").replace('"colour"', '"section-1-2"'), "utf-8")
    take(book, *PARTS)
    assert (data / "redirects.toml").read_text(
        "utf-8"
    ) == '# kept\n"colours/" = "section-1-2/"\n"section-1-2/#p0" = "section-1-2/#p1" # kept\n'


def test_sources_follow(book):
    """What stands in sources.toml leads to where its paragraphs are by now; an entry whose
    paragraph is gone goes.
    """
    (book / "docs/data").mkdir()
    path = book / "docs/data/sources.toml"
    entry = '[[event]]\nat = "{}.md#{}"\n'
    kept = "# years\n\n" + entry.format("levels", "p1") + 'note = "gauge"\n\n'
    path.write_text(
        kept + entry.format("levels", "p9") + 'note = "lost"\n' + entry.format("levels", "p2"),
        "utf-8",
    )
    take(book, *START, CUT)
    assert path.read_text("utf-8") == kept + entry.format("levels", "p2")


def test_bullets_of_any_kind(book):
    """An item loses its bullet, whichever it is, those of Wingdings too; elsewhere they show what
    they draw, slashes that a paragraph begins with are no block, and what is counted in words gets
    no bullet.
    """
    words = ["第一，看水；", "第二，看天。"]
    take(
        book, *START, "看闸的人：", "● 看闸。", "\uf06c 看堤。", "///落闸\uf0fc不算。", *words, CUT
    )
    shown = page(book, "levels")
    assert "\n第一，看水；\n" in shown
    assert "\n- 看闸。\n" in shown and "\n- 看堤。\n" in shown
    assert "\n&#47;//落闸✓不算。\n" in shown


@pytest.mark.parametrize("name", ["", "Colour", "水色", "a b", "../x", "about", "a_b"])
def test_bad_names(book, name):
    """A name in sections.toml that cannot be an address stops the import with one line."""
    (book / "docs/data").mkdir()
    (book / "docs/data/sections.toml").write_text(f'"1.2 水色" = "{name}"\n', "utf-8")
    with pytest.raises(BookError, match=r"docs/data/sections\.toml: 1\.2 水色"):
        take(book, *PARTS)


def test_no_headings(book):
    """Case 16: a text without any heading is one chapter, and the file's name stands for its title."""
    (book / "docs/zh/introduction.md").write_text(
        "---\ndescription: x\n---\n\n# 引言 {#introduction}\n\n水位涨了又落。\n", "utf-8"
    )
    (book / "mkdocs.yml").write_text(
        SETTINGS.replace("  - 一、水:", "  - introduction.md\n  - 一、水:"), "utf-8"
    )
    (book / "水务.txt").write_text(text_of("水位涨了又落，年年如此。", "水色也是。"), "utf-8")
    report = import_into(book, book / "水务.txt")
    assert ([section.name for section in report.sections], report.reading.metadata["title"]) == (
        ["introduction"],
        "水务",
    )


def test_front_matter_of_another_paper(book):
    """What stands before the first heading, and shares no words with the introduction, goes on a
    page of its own; a heading without a number never gets a page that has one.
    """
    (book / "docs/zh/introduction.md").write_text(
        "---\ndescription: x\n---\n\n# 引言 {#introduction}\n\n水位涨了又落，人都看在眼里。\n",
        "utf-8",
    )
    (book / "mkdocs.yml").write_text(
        SETTINGS.replace("  - 一、水:", "  - introduction.md\n  - 一、水:"), "utf-8"
    )
    before = page(book, "introduction")
    chapters = [
        *START[1:3],
        "近十年水位一直上涨。",
        "二、 闸门",
        "闸门另说。",
        "Preface",
        "看闸的。",
    ]
    take(book, START[0], "本人郑重声明：论文是独立完成的。", *chapters)
    assert page(book, "introduction") == before
    assert "# 卷首 {#front-matter}\n\n本人郑重声明" in page(book, "front-matter")
    assert "# Front Matter {#front-matter}" in page(book, "front-matter", "en")
    names = (book / "docs/data/sections.toml").read_text("utf-8")
    assert names.split("\n")[2:5] == [
        '"卷首" = "front-matter"', '"2 闸门" = "section-2"', '"Preface" = "page"'
    ]  # fmt: skip


def test_only_headings(book):
    """Case 17: headings without text are printed, and said to be empty."""
    said = take(book, "一、 水", "1.1 水位", "1.2 水色", "二、 闸门")
    assert [
        word
        for word in (
            "headings only",
            "heading without text: 1.2 水色",
            "heading without text: 二、闸门",
        )
        if not any(word in message for message in said)
    ] == []
    assert page(book, "section-1-2").endswith("# 1.2 水色 {#section-1-2}\n")


def test_only_a_title(book):
    """A paper of which no more than the title is left changes no page."""
    (book / "text.txt").write_text(text_of(*START), "utf-8")
    report = import_into(book, book / "text.txt", Asked(stop="一、水"))
    assert ([unit.role for unit in report.reading.units], report.files) == (["title"], {})


SIGNS = (
    "<script>alert(1)</script> &lt; *水* _位_ # > 1986. {{ x }} [x](javascript:alert) `水` ![x](y)"
)


def test_signs(book):
    """Case 34: whatever stands in the text stands on the page, as text."""
    units = [
        *START,
        CUT + "今天。",
        f"# {SIGNS}。",
        f"1986. {SIGNS}。",
        f"1.3 {SIGNS[:25]}",
        f"- {SIGNS}。",
        "---",
        f"{SIGNS}。",
    ]
    take(book, *units)
    shown = "".join(
        read_page_text(page(book, name)).blocks[at].text
        for name in ("levels", "section-1-3")
        for at in range(len(read_page_text(page(book, name)).blocks))
    )
    html = renderer().convert(
        page(book, "levels").split("---\n", 2)[2] + page(book, "section-1-3").split("---\n", 2)[2]
    )
    assert (
        "".join(shown.split()).count("".join(SIGNS.split())),
        "<script" in html,
        "<em>" in html,
        'href="javascript' in html,
    ) == (4, False, False, False)


def test_whole_paper(tmp_path):
    """The made-up paper, imported over its own edition: every paragraph keeps its number, no
    English page changes, and what the pages say is what the units say.
    """
    root = tmp_path / "paper"
    write_book(root, 12, 300)
    before = {
        (name, block.id)
        for name in read_book(root).chapters
        for block in read_page_text(page(root, name)).blocks
        if block.counted or block.kind == "heading"
    }
    (tmp_path / "text.txt").write_text(raw_text(12, 300), "utf-8")
    report = import_into(root, tmp_path / "text.txt")
    pages = {name: read_page_text(page(root, name)) for name in read_book(root).chapters}
    assert {
        (name, block.id)
        for name, found in pages.items()
        for block in found.blocks
        if block.counted or block.kind == "heading"
    } == before
    assert ({name.split("/")[1] for name in report.files}, len(before)) == (
        {"zh"},
        300
        + sum(
            block.kind in ("sub", "deep")
            for chapter in compose(12, 300)
            for block in chapter.blocks
        )
        + 13,
    )
    said = [
        "".join(unit.text.split())
        for unit in report.reading.units
        if unit.role not in ("title", "byline") and unit.level != 1
    ]
    shown = [
        _shown(block) for found in pages.values() for block in found.blocks if block.kind != "note"
    ]
    assert shown[1:] == said


def _shown(block) -> str:
    """What a block prints, its list number included, without spaces."""
    if block.kind == "notice":
        return "".join(block.source.split('"')[1].split())
    number = block.source.split(" ")[0] if block.kind == "item" else ""
    return "".join((number + block.text).split())


def test_size():
    """60 chapters with 1,500 paragraphs are read, proved and laid out in seconds."""
    reading = read(raw_text(60, 1500))
    assert (
        len([unit for unit in reading.units if unit.counted]),
        len([unit for unit in reading.units if unit.level == 2]),
    ) == (1500, 60)


def test_numbers_without_ground():
    """A page that is new counts from one."""
    assert number_units(["甲乙", "丙丁"], []) == ["p1", "p2"]


def test_numbers_between():
    """However many paragraphs are put between two, each has a name of its own, and the second keeps
    its number.
    """
    ids = number_units(
        ["甲乙丙丁", *(f"{at}" for at in range(800)), "戊己庚辛"],
        [Block("para", "甲乙丙丁", "p1"), Block("para", "戊己庚辛", "p2")],
    )
    assert (ids[:3], ids[26:29], ids[-2:], len(set(ids))) == (
        ["p1", "p1a", "p1b"],
        ["p1z", "p1aa", "p1ab"],
        ["p1adt", "p2"],
        802,
    )


def test_numbers_of_what_has_no_letters():
    """A line of dashes behind a list is known again, though the list's bullets are not written."""
    known = [
        Block("bullet", "- 看闸门", "p1"),
        Block("para", "————", "p2"),
        Block("para", "★★", "p3"),
    ]
    assert number_units(["•看闸门", "————", "★★"], known) == ["p1", "p2", "p3"]


@pytest.mark.parametrize("end", ["", " {}", " # none"])
def test_titles_of_parts_where_there_were_none(book, end):
    """The English titles of new parts have their place where nothing stands below the key."""
    settings = SETTINGS.replace(":\n            一、水: 1. Water # kept\n", f":{end}\n")
    (book / "mkdocs.yml").write_text(settings, "utf-8")
    take(book, *START[:1], r"一、 水\深", *START[2:4])
    assert read_book(book).translations("en") == {r"一、水\深": "Part 1"}
    assert read_book(book).section("levels", "en") == "Part 1"


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "nav: [levels.md]\n",
        "nav:\n",
        "nav:\n  - levels.md\n  - a: [levels.md,\n      about.md]\n",
    ],
    ids=["no nav", "a nav in one line", "an empty nav", "an entry over two lines"],
)
def test_strange_nav(book, settings):
    """A nav that cannot be extended line by line is refused, not rewritten."""
    nav = SETTINGS.index("nav:\n")
    (book / "mkdocs.yml").write_text(SETTINGS[:nav] + settings, "utf-8")
    with pytest.raises(BookError, match=r"mkdocs\.yml: .*nav"):
        take(book, *PARTS)
    assert (book / "mkdocs.yml").read_text("utf-8") == SETTINGS[:nav] + settings


def test_settings_of_this_book(tmp_path):
    """This project's own mkdocs.yml can be extended, and loses no line."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    take(
        tmp_path, *START[:1], "水年年都涨。", "九十九、 水", "99.1 水位", "水位涨了又落，年年如此。"
    )
    after = (tmp_path / "mkdocs.yml").read_text("utf-8").split("\n")
    assert [line for line in after if line not in settings.split("\n")] == [
        "            九十九、水: Part 99",
        "  - front-matter.md",
        "  - 九十九、水:",
        "      - section-99-1.md",
    ]
    assert [line for line in settings.split("\n") if line not in after] == []


def test_a_page_without_its_file(book):
    """A chapter whose files somebody took away, but for its entry in the nav, is written anew."""
    for lang in ("zh", "en"):
        (book / f"docs/{lang}/levels.md").unlink()
    (book / "docs/data").mkdir()
    (book / "docs/data/sections.toml").write_text('"1.1 水位" = "levels"\n', "utf-8")
    take(book, *START, CUT)
    assert page(book, "levels").count("\n# 1.1 水位 {#levels}\n") == 1
    assert (book / "mkdocs.yml").read_text("utf-8") == SETTINGS


def test_plan_writes_nothing(book):
    """Planning an import leaves every file as it is."""
    (book / "text.txt").write_text(text_of(*PARTS), "utf-8")
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    plan(book, read_file(book / "text.txt"))
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == before
    shutil.rmtree(book)


EDITION = [
    "某地水务纪要", "一、水", "1.1 水位", "水位一天天涨上来，到了石阶。", "1.2 水色", "水色浑了又清，孩子们先看出来。",
    "二、闸门", "2.1 老闸", "老闸门还是祖父那一辈修的。", "2.2 新闸", "新闸门用电开合，一个人就够。",
]  # fmt: skip


def test_second_edition(book):
    """In a second edition sections keep their pages by their words: renumbered, retitled, moved;
    the inserted get new ones, the retired go and lead to where the text begins. What calls
    them otherwise is told.
    """
    take(book, *EDITION)
    (book / "docs/data/addresses.txt").write_text(
        "section-2-1/\nsection-2-1/#p1 x\nsection-1-2/\n", "utf-8"
    )
    (book / "docs/zh/about.md").write_text("# 题 {#about}\n\n[2.1](section-2-1.md#p1)。\n", "utf-8")
    second = [
        *EDITION[:4], "1.2 堤岸", "堤岸今年加高了半尺，是头一回写进来。", "1.3 水的颜色", EDITION[5],
        "二、闸门", "2.1 新闸", EDITION[10],
    ]  # fmt: skip
    said = take(book, *second)
    settings = (book / "mkdocs.yml").read_text("utf-8")
    pages = [line.split("- ")[1] for line in settings.split("\n") if line.strip().endswith(".md")]
    assert pages[:4] == ["levels.md", "section-1-2-2.md", "section-1-2.md", "section-2-2.md"]
    assert "# 1.3 水的颜色 {#section-1-2}" in page(book, "section-1-2")
    assert not (book / "docs/zh/section-2-1.md").exists()
    assert '"section-2-1/" = "levels/"' in (book / "docs/data/redirects.toml").read_text()
    assert any("section-2-1.md: no longer in the text" in message for message in said)
    assert "mend the words of the links to what is gone: docs/zh/about.md:3" in said
    assert "section-1-2.md: called 1.3 水的颜色 now, not 1.2 水色: compare" in said[0]
    assert "[2.1](levels.md)。" in page(book, "about")


@pytest.mark.parametrize("first,second", [(9, 900), (900, 9)])
def test_short_sections(book, first, second):
    """Sections without numbers that are too short for a page of their own are headings on that of
    their part; a second edition finds them where they are, whatever their length.
    """
    for length in (first, second):
        rows = [
            (1, "水位纪要"),
            (2, "涨水的时候"),
            (0, "涨" * length),
            (2, "落水"),
            (0, "落" * length),
        ]
        units = name_units(
            Unit(text, (Span(at, at, text),), f"h{level}" if level else "para", level)
            for at, (level, text) in enumerate(rows)
        )
        metadata = {"title": "某地水务纪要", "authors": [], "truncated": False}
        with locked(book):
            write(book, plan(book, Reading(units, [], [], metadata)).files)
        pages = sorted(path.stem for path in (book / "docs/zh").glob("page*"))
        assert pages == (["page"] if first == 9 else ["page", "page-2"])
    if first == 9:
        heads = re.findall("#.*", page(book, "page"))
        assert heads == ["# 水位纪要 {#page}", "## 涨水的时候 {#page-x2}", "## 落水 {#page-x3}"]


def test_levels_follow_one_another(book):
    """Headings nest as in the paper, and none is more than one level below the one before."""
    rows = [
        (1, "水位纪要"),
        (3, "俗称"),
        (3, "征兆"),
        (4, "云色"),
        (2, "治法"),
        (4, "疏"),
        (4, "堵"),
    ]
    heads = [
        Unit(text, (Span(at, at, text),), f"h{level}", level)
        for at, (level, text) in enumerate(rows)
    ]
    said = Unit("水来了就疏。", (Span(9, 9, "水来了就疏。"),))
    metadata = {"title": "某地水务纪要", "authors": [], "truncated": False}
    files = plan(book, Reading(name_units([*heads, said]), [], [], metadata)).files
    assert re.findall("(#+) (.*) {", files["docs/zh/page.md"].decode()) == [
        ("#", "水位纪要"), ("##", "俗称"), ("##", "征兆"), ("###", "云色"), ("##", "治法"), ("###", "疏"),
        ("###", "堵"),
    ]  # fmt: skip


def test_heading_of_notes(book):
    """A heading that stood over the notes of a chapter, which are footnotes now, is left out, be it
    a heading in the chapter or a section of its own.
    """
    rows = [
        ("h1", "二、渡口", 1), ("para", "渡船早已停了。", 0), ("h3", "注释", 3),
        ("note", "据镇志。", 0), ("h1", "注　释", 1),
    ]  # fmt: skip
    units = name_units(
        Unit(text, (Span(at, at, text),), role, level, mark="1")
        for at, (role, text, level) in enumerate(rows)
    )
    metadata = {"title": "某地水务纪要", "authors": [], "truncated": False}
    files = plan(book, Reading(units, [], [], metadata)).files
    pages = {name: text.decode() for name, text in files.items() if text and "docs/zh/" in name}
    assert [re.findall("#.*", text) for text in pages.values()] == [["# 二、渡口 {#section-2}"]]


@pytest.mark.parametrize(
    "lang,link",
    [
        ("zh", "[{0}第1段](levels.md#p6)，[见{0}](levels.md)，[{1}](section-1-2.md#p1)，1.1，[1.1%、1.1.1](levels.md)"),
        ("en", "[{0}, paragraph 1](levels.md#p6), the [note to {0}, paragraph 1](levels.md), [{1}](section-1-2.md)"),
    ],
)  # fmt: skip
def test_links_follow_numbers(book, lang, link):
    """What a link calls by the number of its page, wherever in its words, is called by the number
    that it has now: on the page, and in what a later import makes it say.
    """
    (book / "docs/data").mkdir()
    take(book, *EDITION)
    was, now = link.format("1.1", "1.2"), link.format("1.2", "1.1")
    said = f'[[section]]\npage = "index"\nid = "said"\nwording = ""\nzh = "{was}"\nen = "{was}"\n'
    (book / "docs/data/published.toml").write_text(said, "utf-8")
    home = f"---\ndescription: x\n---\n\n# 题 {{#index}}\n\n{was}\n\n## 话 {{#said}}\n\n旧话。\n"
    (book / f"docs/{lang}/index.md").write_text(home, "utf-8")
    renumbered = {"1.1 水位": "1.2 水位", "1.2 水色": "1.1 水色"}
    for _ in range(2):
        take(book, *(renumbered.get(unit, unit) for unit in EDITION))
        assert page(book, "index", lang).split("\n")[6::4] == [now, now]


def test_part_of_the_paper(book):
    """A text without the paper's title is a part of it: what begins in the middle of a section goes
    on the page that has its words, and no page is retired.
    """
    take(book, *EDITION)
    before = page(book, "section-2-1")
    take(book, EDITION[5], *EDITION[6:7], *EDITION[9:])
    assert page(book, "section-2-1") == before
    assert f"# 1.2 水色 {{#section-1-2}}\n\n{EDITION[5]}\n" in page(book, "section-1-2")


def test_complete(book):
    """The whole is complete when its last sentence is there, not when a part ends well."""
    (book / "docs/data").mkdir()
    (book / "docs/data/published.toml").write_text(
        '[[line]]\npage = "colour"\nid = "description"\ncomplete = true\nzh = "到底"\n', "utf-8"
    )
    for lang in ("zh", "en"):
        (book / f"docs/{lang}/colour.md").write_text(
            "---\ndescription: x\n---\n\n# 1.2 水色 {#colour}\n\n水色到此为止。\n", "utf-8"
        )
    (book / "mkdocs.yml").write_text(
        SETTINGS.replace("      - levels.md\n", "      - levels.md\n      - colour.md\n"), "utf-8"
    )
    said = []
    for units in (["1.2 水色", "水色到此为止。"], [*START, CUT + "今天。"]):
        take(book, *units)
        said.append("description: 到底\n" in page(book, "colour"))
    assert said == [False, True]
