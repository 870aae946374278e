"""cite: each style after its standard, for a chapter in an edition of an undated white paper."""

import re
from datetime import date

import bibtexparser
import pybtex.database
import pytest
from mkdocs.utils.yaml import yaml_load

from imports import restated
from whitepaper.book import Book, BookError, read_book
from whitepaper.editions import Edition, read_edition
from whitepaper.site import cite
from whitepaper.site.cite import PLACE, TODAY, citations, read_romanized, record
from whitepaper.site.view import View

EDITION = Edition("1.2.0", date(2026, 11, 24))


def view_of(tree: str, name: str = "definition") -> View:
    book = read_book()
    return View(book, EDITION, tree, name, {lang: book.page(lang, name) for lang in ("zh", "en")})


def at(citation, number: str, day: str) -> str:
    """The reference to one paragraph, made on `day`, as the page's script writes it."""
    text = citation.text.replace(PLACE, citation.place.replace("#", number)).replace(TODAY, day)
    return re.sub(r"https?://[^\s}]*/", rf"\g<0>#p{number}", text) if citation.place else text


@pytest.fixture(autouse=True)
def address(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://hard-tech.example/")


EXPECTED = {
    "zh": [
        "米磊，赵瑞瑞. 硬科技的定义[M/OL]//米磊，赵瑞瑞. 硬科技改变世界：双语编述版. 1.2.0版{place}. https://hard-tech.example/zh/definition/.",
        "米磊, 赵瑞瑞. 硬科技的定义[M/OL]//米磊, 赵瑞瑞. 硬科技改变世界: 双语编述版. 1.2.0版. {place}(2026-11-24)[{today}]. https://hard-tech.example/zh/definition/.",
        "Mi, L., & Zhao, R. (n.d.). Yingkeji de dingyi [The definition of hard tech]. In _Yingkeji gaibian shijie_ [Hard tech changes the world] (Bilingual ed. in paraphrase, Version 1.2.0). Retrieved {today}, from https://hard-tech.example/zh/definition/",
        "(Mi & Zhao, n.d.{place})",
        "Mi Lei 米磊 and Zhao Ruirui 赵瑞瑞. “Yingkeji de dingyi” 硬科技的定义 [The definition of hard tech]. In _Yingkeji gaibian shijie_ 硬科技改变世界 [Hard tech changes the world]{place}. Bilingual ed. in paraphrase, version 1.2.0. N.d. Edition updated November 24, 2026. https://hard-tech.example/zh/definition/.",
    ],
    "en": [
        "Mi Lei，Zhao Ruirui. The Definition of Hard Tech[M/OL]//Mi Lei，Zhao Ruirui. Hard Tech Changes the World：bilingual edition in paraphrase. Version 1.2.0{place}. https://hard-tech.example/en/definition/.",
        "MI Lei, ZHAO Ruirui. The Definition of Hard Tech[M/OL]//MI Lei, ZHAO Ruirui. Hard Tech Changes the World: bilingual edition in paraphrase. Version 1.2.0. {place}(2026-11-24)[{today}]. https://hard-tech.example/en/definition/.",
        "Mi, L., & Zhao, R. (n.d.). The definition of hard tech. In _Hard tech changes the world_ (Bilingual ed. in paraphrase, Version 1.2.0). Retrieved {today}, from https://hard-tech.example/en/definition/",
        "(Mi & Zhao, n.d.{place})",
        "Mi Lei and Zhao Ruirui. “The Definition of Hard Tech.” In _Hard Tech Changes the World_{place}. Bilingual ed. in paraphrase, version 1.2.0. N.d. Edition updated November 24, 2026. https://hard-tech.example/en/definition/.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("tree", EXPECTED)
def test_styles(tree):
    """GB/T 7714—2025 and 2015, APA 7 and Chicago, word for word."""
    assert [citation.text for citation in citations(view_of(tree))] == EXPECTED[tree]


def test_parallel_page():
    """A parallel page is cited in both its languages in each style, with its own address."""
    found = citations(view_of("zh-en"))
    styles = ("GB/T 7714—2025", "GB/T 7714—2015", "APA 7", "Chicago")
    for lang, name in (("zh", "中文"), ("en", "English")):
        own = [one for one in found if one.style.endswith(name)]
        assert [one.style for one in own] == [f"{style}, {name}" for style in styles]
        assert [one.text.replace("/zh-en/", f"/{lang}/") for one in own] == [
            text for text in EXPECTED[lang] if not text.startswith("(")
        ]
    assert [one.text for one in found if "正文标注" in one.style] == [EXPECTED["zh"][3]]


def test_one_paragraph():
    """A paragraph is named, and its address given, by every style but the reference of APA, which
    leaves that to the text.
    """
    made = {
        citation.style: at(citation, "3", "DAY")
        for citation in [
            *citations(view_of("en")),
            *record(view_of("en"), "bib"),
            *record(view_of("en"), "ris"),
        ]
    }
    assert ("para. 3" in made["APA 7"], made["APA 7 (in text)"]) == (
        False,
        "(Mi & Zhao, n.d., para. 3)",
    )
    assert all("para. 3" in text for style, text in made.items() if style != "APA 7")
    assert {style for style, text in made.items() if "/definition/#p3" not in text} == {
        "APA 7",
        "APA 7 (in text)",
    }
    assert "  note = {Edition updated 2026-11-24, para. 3},\n" in made["BibTeX"]
    assert made["BibTeX"].endswith(
        "  url = {https://hard-tech.example/en/definition/#p3},\n  urldate = {DAY},\n}\n"
    )
    assert made["RIS"].split("\r\n")[-5:] == [
        "Y2  - DAY",
        "UR  - https://hard-tech.example/en/definition/#p3",
        "N1  - para. 3",
        "ER  - ",
        "",
    ]


def test_bibtex():
    """A chapter in its book with its edition; no date of publication or access is made up."""
    assert [citation.kept() for citation in record(view_of("en"), "bib")] == [
        """@incollection{hard-tech-definition-en,
  author = {Mi, Lei and Zhao, Ruirui},
  title = {The Definition of Hard Tech},
  booktitle = {Hard Tech Changes the World},
  edition = {bilingual edition in paraphrase, version 1.2.0},
  note = {Edition updated 2026-11-24},
  langid = {english},
  url = {https://hard-tech.example/en/definition/},
}
"""
    ]


@pytest.mark.parametrize("tree", ["zh", "en", "zh-en"])
@pytest.mark.parametrize("wording", ["restated", "mixed", "published"])
@pytest.mark.parametrize("name", read_book().chapters)
def test_bibtex_is_read(name, wording, tree, monkeypatch):
    """Two readers of BibTeX of different descent find chapter, book, edition, note and address."""
    monkeypatch.setattr(Book, "wording", lambda book, name="": wording)
    for citation in record(view_of(tree, name), "bib"):
        text = at(citation, "3", "2026-11-28")
        (read,) = bibtexparser.loads(text).entries
        entry = pybtex.database.parse_string(text, "bibtex").entries[read["ID"]]
        original = citation.lang == "zh" and wording == "published"
        assert (read["ENTRYTYPE"], entry.type) == ("incollection", "incollection")
        wanted = {"title", "booktitle", "note", "url", "urldate"}
        wanted |= set() if original else {"edition"}
        assert wanted <= set(entry.fields)
        assert all(entry.fields[key] == read[key] for key in wanted)
        assert [str(one) for one in entry.persons["author"]] == read["author"].split(" and ")


def test_ris():
    """The same for reference managers, with the line ends that the format asks for."""
    assert [citation.kept().split("\r\n") for citation in record(view_of("zh"), "ris")] == [
        [
            "TY  - CHAP",
            "AU  - 米磊",
            "AU  - 赵瑞瑞",
            "TI  - 硬科技的定义",
            "T2  - 硬科技改变世界",
            "ET  - 双语编述版，1.2.0版，2026-11-24",
            "LA  - zh-Hans",
            "UR  - https://hard-tech.example/zh/definition/",
            "ER  - ",
            "",
        ]
    ]


def test_citation_file():
    """CITATION.cff names the edition of CHANGELOG.md, and the authors that mkdocs.yml names."""
    book = read_book()
    cited = yaml_load((book.root / "CITATION.cff").read_text("utf-8"))
    edition = read_edition(book.root)
    assert (
        cited["version"],
        cited["preferred-citation"]["version"],
        str(cited["date-released"]),
    ) == (edition.number, edition.number, edition.date.isoformat())
    people = cited["preferred-citation"]["authors"]
    assert [
        {"zh": one["alias"], "en": f"{one['family-names']} {one['given-names']}"} for one in people
    ] == book.config["extra"]["authors"]
    assert (
        cited["preferred-citation"]["collection-title"] == book.config["extra"]["publication"]["zh"]
    )


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ((), ["restated"] * 3),
        (("a",), ["published", "restated", "mixed"]),
        (("a", "b"), ["published"] * 3),
    ],
)
def test_whose_wording(tmp_path, published, expected):
    """Each Chinese chapter says for itself whose words it holds; a book whose chapters differ is
    mixed.
    """
    (tmp_path / "docs/zh").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "nav: [index.md, a.md, b.md]\nplugins: [{i18n: {languages: [{locale: zh}, {locale: en}]}}]\n",
        "utf-8",
    )
    for name in ("a", "b"):
        (tmp_path / f"docs/zh/{name}.md").write_text(
            f"---\nwording: {'published' if name in published else 'restated'}\n---\n# {name}\n",
            "utf-8",
        )
    book = read_book(tmp_path)
    assert [book.wording("a"), book.wording("b"), book.wording()] == expected


PUBLISHED = {
    "zh": [
        "米磊，赵瑞瑞. 硬科技改变世界: 硬科技的定义[R/OL]//中国硬科技产业投资发展白皮书{place}. https://hard-tech.example/zh/definition/.",
        "米磊, 赵瑞瑞. 硬科技改变世界: 硬科技的定义[R/OL]//中国硬科技产业投资发展白皮书. {place}(2026-11-24)[{today}]. https://hard-tech.example/zh/definition/.",
        "Mi, L., & Zhao, R. (n.d.). Yingkeji gaibian shijie: Yingkeji de dingyi [Hard tech changes the world: The definition of hard tech]. In _Zhongguo yingkeji chanye touzi fazhan baipishu_ [White paper on investment in and development of China’s hard tech industry]. Retrieved {today}, from https://hard-tech.example/zh/definition/",
        "(Mi & Zhao, n.d.{place})",
        "Mi Lei 米磊 and Zhao Ruirui 赵瑞瑞. “Yingkeji gaibian shijie: Yingkeji de dingyi” 硬科技改变世界: 硬科技的定义 [Hard tech changes the world: The definition of hard tech]. In _Zhongguo yingkeji chanye touzi fazhan baipishu_ 中国硬科技产业投资发展白皮书 [White paper on investment in and development of China’s hard tech industry]{place}. N.d. Edition updated November 24, 2026. https://hard-tech.example/zh/definition/.",
    ],
    "en": [
        text.replace("dition in paraphrase", "dition, English in paraphrase").replace("ed. in paraphrase", "ed., English in paraphrase")
        for text in EXPECTED["en"]
    ],
}  # fmt: skip


@pytest.mark.parametrize("tree", PUBLISHED)
def test_published_wording(tree, monkeypatch):
    """Of the published wording the Chinese page cites the work itself in its white paper; the
    English page cites this edition's restatement.
    """
    monkeypatch.setattr(Book, "wording", lambda book, name="": "published")
    assert [citation.text for citation in citations(view_of(tree))] == PUBLISHED[tree]


def test_published_wording_in_files(monkeypatch):
    """Of the published wording BibTeX and RIS too name the white paper, and say where the wording
    is to be read.
    """
    monkeypatch.setattr(Book, "wording", lambda book, name="": "published")
    assert (
        "  booktitle = {中国硬科技产业投资发展白皮书},\n  note = {出版原文，见双语版1.2.0版，2026-11-24},\n"
        in record(view_of("zh"), "bib")[0].kept()
    )
    assert (
        "T2  - 中国硬科技产业投资发展白皮书\r\nN1  - 出版原文，见双语版1.2.0版，2026-11-24\r\n"
        in record(view_of("zh"), "ris")[0].kept()
    )


def test_parallel_page_in_files():
    """BibTeX and RIS of a parallel page hold one entry in each language, under names of their own."""
    assert [citation.text.split("\n")[0] for citation in record(view_of("zh-en"), "bib")] == [
        "@incollection{hard-tech-definition-zh-en-zh,",
        "@incollection{hard-tech-definition-zh-en-en,",
    ]
    assert [citation.text.split("\r\n")[3] for citation in record(view_of("zh-en"), "ris")] == [
        "TI  - 硬科技的定义",
        "TI  - The Definition of Hard Tech",
    ]


STYLE = {"zh": 0, "en": 4}  # which of the box's styles the page about the edition shows


@pytest.mark.parametrize("wording", ["restated", "published"])
@pytest.mark.parametrize("lang", STYLE)
def test_example_on_the_page_about_the_edition(lang, wording, monkeypatch):
    """The page about the edition shows the reference of the box, word for word, in either state of
    the wording; of the published wording it cites the Chinese.
    """
    monkeypatch.setattr(Book, "wording", lambda book, name="": wording)
    book = read_book()
    tree = "zh" if wording == "published" else lang
    view = View(
        book,
        read_edition(book.root),
        tree,
        "definition",
        {one: book.page(one, "definition") for one in ("zh", "en")},
    )
    example = (
        at(citations(view)[STYLE[lang]], "3", "引用日期")
        .replace("_", "*")
        .replace(view.url(), f"https://…/{tree}/definition/")
    )
    about = (
        restated(book.root)[f"docs/{lang}/about.md"]
        if wording == "published"
        else book.page(lang, "about").text
    )
    assert f"\n{example}\n" in about


def test_every_title_in_pinyin():
    """Work, white paper and chapters have their titles in pinyin, in sentence style, and no title
    beside.
    """
    book = read_book()
    titles = [
        book.title("zh"),
        book.config["extra"]["publication"]["zh"],
        *(re.sub(r"^[\d.]+ ", "", book.page("zh", name).title) for name in book.chapters),
    ]
    known = read_romanized(book.root)
    assert (set(known), [words for words in known.values() if words != words.capitalize()]) == (
        set(titles),
        [],
    )


def test_title_without_pinyin(monkeypatch):
    """A title that nobody has romanized is cited in characters."""
    monkeypatch.setattr(cite, "read_romanized", lambda root: {})
    assert (
        "(n.d.). 硬科技的定义 [The definition of hard tech]. In _硬科技改变世界_ ["
        in citations(view_of("zh"))[2].text
    )
    assert (
        "“硬科技的定义” [The definition of hard tech]. In _硬科技改变世界_ ["
        in citations(view_of("zh"))[4].text
    )


def test_bad_pinyin(tmp_path):
    """A file of titles that is no TOML is named."""
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/romanized.toml").write_text("[title\n", "utf-8")
    with pytest.raises(BookError, match=r"docs/data/romanized\.toml:"):
        read_romanized(tmp_path)
