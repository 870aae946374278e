"""The list of quotations and the table of years, and what is said of a faulty file."""

import re
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest

from whitepaper.book import LANGS, ROOT, BookError
from whitepaper.content import fill
from whitepaper.sources import SOURCES, read_names, read_sources

SAMPLE = """\
[[quotation]]
at = "levels.md#p2"
note = "gauge"
speaker = { zh = "李", en = "Li" }
when = { zh = "2001年", en = "2001" }
words = { zh = "水往低处流", en = "water runs down" }
marked = false
said = { zh = "《水报》，2001年", en = "*Shui Bao*, 2001" }
url = "https://water.example/1"
[quotation.english]
words = "Water seeks its level."
said = { zh = "《水报》", en = "*Shui Bao*" }

[[event]]
when = { zh = "2001年", en = "2001" }
what = { zh = "修坝", en = "the dam is built" }
at = "levels.md#p3a"
"""
WHOLE = {
    "zh": "1.1第2段、编者注：李，2001年。“水往低处流”（原文没有引号；《水报》，2001年）。"
    "已发表的英译：“Water seeks its level.”（《水报》）。",
    "en": "1.1, paragraph 2 and note: Li, 2001.“water runs down” (not marked in the original; "
    "Shui Bao, 2001).Published English: “Water seeks its level.” (Shui Bao).",
}
YEARS = {
    "zh": "时间事件见2001年修坝1.1第3a段",
    "en": "WhenWhatWhere2001the dam is built1.1, paragraph 3a",
}


def write(folder: Path, text: str) -> Path:
    path = folder / "docs/data/sources.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    for lang in LANGS:
        (page := folder / f"docs/{lang}/levels.md").parent.mkdir()
        page.write_text("# 1.1 Levels {#levels}\n", "utf-8")
    return path


@pytest.mark.parametrize("lang", LANGS)
def test_quotations_and_years(tmp_path, lang):
    """A quotation names its place, speaker, day, words and publisher; a year leads to its place."""
    path = write(tmp_path, SAMPLE)
    sources = read_sources(path)
    facts = {"sources": sources, "called": read_names(path.parents[2], sources, lang), "lang": lang}
    quotations, years = (fill(asked, **facts) for asked in ("sources", "timeline"))
    assert "".join(quotations.itertext()) == WHOLE[lang]
    assert [link.get("href") for link in quotations.iter("a")] == [
        "levels.md#p2",
        "levels.md#fn-gauge",
        "https://water.example/1",
    ]
    assert "".join(years.itertext()) == YEARS[lang]
    assert years.find(".//a").get("href") == "levels.md#p3a"
    assert ("<em>Shui Bao</em>" in tostring(quotations, "unicode")) == (lang == "en")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'speaker = { zh = "李", en = "Li" }\n',
            "",
            "1: quotation: Object missing required field `speaker`",
        ),
        (', en = "the dam is built"', "", "16: event.what: Object missing required field `en`"),
        (
            'at = "levels.md#p3a"',
            'at = "levels.md"',
            "17: event.at: Expected `str` matching regex",
        ),
    ],
)
def test_faulty_entry(tmp_path, old, new, line):
    """An entry that is not whole is told by file, line and what it lacks."""
    path = write(tmp_path, SAMPLE.replace(old, new))
    with pytest.raises(BookError, match=re.escape(f"sources.toml:{line}")):
        read_sources(path)


def test_a_place_on_no_page(tmp_path):
    """An entry on a page that is not there is told by file, line and page."""
    path = write(tmp_path, SAMPLE.replace("levels.md#p3a", "dams.md#p1"))
    with pytest.raises(BookError, match=r"sources.toml:17: dams.md#p1 leads nowhere .*dams.md"):
        read_names(path.parents[2], read_sources(path), "zh")


@pytest.mark.parametrize("lang", LANGS)
def test_quoted_words_stand_in_the_text(lang):
    """Words that our list quotes stand in the chapter that it names, but for reported ones."""
    for quotation in read_sources(ROOT / SOURCES).quotation:
        page = f"{quotation.page}.md"
        chapter = (ROOT / "docs" / lang / page).read_text("utf-8")
        reported = quotation.note in ("two-passages", "unmarked")
        assert reported or quotation.words[lang].rstrip("。.") in chapter.replace("\u2060", "")
