"""cite: each style after its standard, for a chapter in an edition of an undated white paper."""
import re
from datetime import date

import pytest
from imports import restated
from mkdocs.utils.yaml import yaml_load

from whitepaper.book import Book, BookError, read_book
from whitepaper.editions import Edition, read_edition
from whitepaper.site import cite
from whitepaper.site.cite import citations, read_romanized, render_bibtex, render_ris
from whitepaper.site.view import View

EDITION = Edition("1.2.0", date(2026, 11, 24))


def view_of(tree: str) -> View:
    book = read_book()
    return View(book, EDITION, tree, "definition", {lang: book.page(lang, "definition") for lang in ("zh", "en")})


@pytest.fixture(autouse=True)
def address(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://hard-tech.example/")


EXPECTED = {
    "zh": [
        "米磊, 赵瑞瑞. 硬科技的定义[R/OL]//米磊, 赵瑞瑞. 硬科技改变世界: 双语编述版. 1.2.0版. {place}(2026-11-24)[{today}]. https://hard-tech.example/zh/definition/.",
        "Mi, L., & Zhao, R. (n.d.). Yingkeji de dingyi [The definition of hard tech]. In _Yingkeji gaibian shijie_ [Hard tech changes the world] (Restated bilingual ed., Version 1.2.0{place}) [White paper]. Retrieved {today}, from https://hard-tech.example/zh/definition/",
        "Mi Lei 米磊 and Zhao Ruirui 赵瑞瑞. “Yingkeji de dingyi” 硬科技的定义 [The definition of hard tech]. In _Yingkeji gaibian shijie_ 硬科技改变世界 [Hard tech changes the world]{place}. Restated bilingual ed., version 1.2.0. N.d. Edition updated November 24, 2026. https://hard-tech.example/zh/definition/.",
    ],
    "en": [
        "MI Lei, ZHAO Ruirui. The Definition of Hard Tech[R/OL]//MI Lei, ZHAO Ruirui. Hard Tech Changes the World: restated bilingual edition. Version 1.2.0. {place}(2026-11-24)[{today}]. https://hard-tech.example/en/definition/.",
        "Mi, L., & Zhao, R. (n.d.). The definition of hard tech. In _Hard tech changes the world_ (Restated bilingual ed., Version 1.2.0{place}) [White paper]. Retrieved {today}, from https://hard-tech.example/en/definition/",
        "Mi Lei and Zhao Ruirui. “The Definition of Hard Tech.” In _Hard Tech Changes the World_{place}. Restated bilingual ed., version 1.2.0. N.d. Edition updated November 24, 2026. https://hard-tech.example/en/definition/.",
    ],
}


@pytest.mark.parametrize("tree", EXPECTED)
def test_styles(tree):
    """GB/T 7714—2015, APA 7 and Chicago, word for word."""
    assert [citation.text for citation in citations(view_of(tree))] == EXPECTED[tree]


def test_parallel_page():
    """A parallel page is cited in both languages of GB/T 7714, and in English elsewhere, with its own address."""
    found = citations(view_of("zh-en"))
    assert [(citation.style, citation.lang) for citation in found] == [("GB/T 7714—2015", "zh"), ("GB/T 7714—2015", "en"), ("APA 7", "en"), ("Chicago", "en")]
    assert all("/zh-en/definition/" in citation.text for citation in found)


def test_bibtex():
    """A chapter in a book, with no year made up."""
    assert render_bibtex(view_of("en")) == """@incollection{hard-tech-definition-en,
  author = {Mi, Lei and Zhao, Ruirui},
  title = {The Definition of Hard Tech},
  booktitle = {Hard Tech Changes the World},
  edition = {restated bilingual edition},
  version = {1.2.0},
  type = {White paper},
  note = {n.d.; wording of this edition, version 1.2.0, 2026-11-24},
  langid = {english},
  url = {https://hard-tech.example/en/definition/},
  urldate = {2026-11-24},
}
"""


def test_ris():
    """The same for reference managers, with the line ends that the format asks for."""
    assert render_ris(view_of("zh")).split("\r\n") == [
        "TY  - CHAP",
        "AU  - 米磊",
        "AU  - 赵瑞瑞",
        "TI  - 硬科技的定义",
        "T2  - 硬科技改变世界",
        "ET  - 双语编述版 1.2.0",
        "LA  - zh-Hans",
        "N1  - n.d.; wording of this edition, version 1.2.0, 2026-11-24",
        "Y2  - 2026/11/24",
        "UR  - https://hard-tech.example/zh/definition/",
        "ER  - ",
        "",
    ]


def test_citation_file():
    """CITATION.cff names the edition of CHANGELOG.md, and the authors that mkdocs.yml names."""
    book = read_book()
    cited = yaml_load((book.root / "CITATION.cff").read_text("utf-8"))
    edition = read_edition(book.root)
    assert (cited["version"], cited["preferred-citation"]["version"], str(cited["date-released"])) == (edition.number, edition.number, edition.date.isoformat())
    people = cited["preferred-citation"]["authors"]
    assert [{"zh": one["alias"], "en": f"{one['family-names']} {one['given-names']}"} for one in people] == book.config["extra"]["authors"]
    assert cited["preferred-citation"]["collection-title"] == book.config["extra"]["publication"]["zh"]


@pytest.mark.parametrize(("published", "expected"), [((), ["restated"] * 3), (("a",), ["published", "restated", "mixed"]), (("a", "b"), ["published"] * 3)])
def test_whose_wording(tmp_path, published, expected):
    """Each Chinese chapter says for itself whose words it holds; a book whose chapters differ is mixed."""
    (tmp_path / "docs/zh").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("nav: [index.md, a.md, b.md]\nplugins: []\n", "utf-8")
    for name in ("a", "b"):
        (tmp_path / f"docs/zh/{name}.md").write_text(f"---\nwording: {'published' if name in published else 'restated'}\n---\n# {name}\n", "utf-8")
    book = read_book(tmp_path)
    assert [book.wording("a"), book.wording("b"), book.wording()] == expected


PUBLISHED = {
    "zh": [
        "米磊, 赵瑞瑞. 硬科技改变世界: 硬科技的定义[R/OL]//中国硬科技产业投资发展白皮书. {place}(2026-11-24)[{today}]. https://hard-tech.example/zh/definition/.",
        "Mi, L., & Zhao, R. (n.d.). Yingkeji gaibian shijie: Yingkeji de dingyi [Hard tech changes the world: The definition of hard tech]. In _Zhongguo yingkeji chanye touzi fazhan baipishu_ [White paper on investment in and development of China’s hard tech industry]{place} [White paper]. Retrieved {today}, from https://hard-tech.example/zh/definition/",
        "Mi Lei 米磊 and Zhao Ruirui 赵瑞瑞. “Yingkeji gaibian shijie: Yingkeji de dingyi” 硬科技改变世界: 硬科技的定义 [Hard tech changes the world: The definition of hard tech]. In _Zhongguo yingkeji chanye touzi fazhan baipishu_ 中国硬科技产业投资发展白皮书 [White paper on investment in and development of China’s hard tech industry]{place}. N.d. Edition updated November 24, 2026. https://hard-tech.example/zh/definition/.",
    ],
    "en": [
        "MI Lei, ZHAO Ruirui. The Definition of Hard Tech[R/OL]//MI Lei, ZHAO Ruirui. Hard Tech Changes the World: bilingual edition, English restated. Version 1.2.0. {place}(2026-11-24)[{today}]. https://hard-tech.example/en/definition/.",
        "Mi, L., & Zhao, R. (n.d.). The definition of hard tech. In _Hard tech changes the world_ (Bilingual ed., English restated, Version 1.2.0{place}) [White paper]. Retrieved {today}, from https://hard-tech.example/en/definition/",
        "Mi Lei and Zhao Ruirui. “The Definition of Hard Tech.” In _Hard Tech Changes the World_{place}. Bilingual ed., English restated, version 1.2.0. N.d. Edition updated November 24, 2026. https://hard-tech.example/en/definition/.",
    ],
}


@pytest.mark.parametrize("tree", PUBLISHED)
def test_published_wording(tree, monkeypatch):
    """Of the published wording the Chinese page cites the work itself in its white paper; the English page cites this edition's restatement."""
    monkeypatch.setattr(Book, "wording", lambda book, name="": "published")
    assert [citation.text for citation in citations(view_of(tree))] == PUBLISHED[tree]


def test_parallel_page_in_files():
    """BibTeX and RIS of a parallel page hold one entry in each language."""
    view = view_of("zh-en")
    assert [line for line in render_bibtex(view).split("\n") if line.startswith(("@", "  title"))] == [
        "@incollection{hard-tech-definition-zh-en-zh,", "  title = {硬科技的定义},", "@incollection{hard-tech-definition-zh-en-en,", "  title = {The Definition of Hard Tech},",
    ]  # fmt: skip
    assert [line for line in render_ris(view).split("\r\n") if line.startswith(("TI", "ER"))] == ["TI  - 硬科技的定义", "ER  - ", "TI  - The Definition of Hard Tech", "ER  - "]


STYLE = {"zh": 0, "en": 2}  # which of the box's styles the page about the edition shows


@pytest.mark.parametrize("wording", ["restated", "published"])
@pytest.mark.parametrize("lang", STYLE)
def test_example_on_the_page_about_the_edition(lang, wording, monkeypatch):
    """The page about the edition shows the reference of the box, word for word, in either state of the wording; of the published wording it cites the Chinese."""
    monkeypatch.setattr(Book, "wording", lambda book, name="": wording)
    book = read_book()
    tree = "zh" if wording == "published" else lang
    view = View(book, read_edition(book.root), tree, "definition", {one: book.page(one, "definition") for one in ("zh", "en")})
    example = citations(view)[STYLE[lang]].at("3", "引用日期").replace("_", "*").replace(view.url(), {"zh": "网址", "en": "Address"}[lang])
    about = restated(book.root)[f"docs/{lang}/about.md"] if wording == "published" else book.page(lang, "about").text
    assert f"\n{example}\n" in about


def test_every_title_in_pinyin():
    """Work, white paper and chapters have their titles in pinyin, in sentence style, and no title beside."""
    book = read_book()
    titles = [book.title("zh"), book.config["extra"]["publication"]["zh"], *(re.sub(r"^[\d.]+ ", "", book.page("zh", name).title) for name in book.chapters)]
    known = read_romanized(book.root)
    assert (set(known), [words for words in known.values() if words != words.capitalize()]) == (set(titles), [])


def test_title_without_pinyin(monkeypatch):
    """A title that nobody has romanized is cited in characters."""
    monkeypatch.setattr(cite, "read_romanized", lambda root: {})
    assert "(n.d.). 硬科技的定义 [The definition of hard tech]. In _硬科技改变世界_ [" in citations(view_of("zh"))[1].text
    assert "“硬科技的定义” [The definition of hard tech]. In _硬科技改变世界_ [" in citations(view_of("zh"))[2].text


def test_bad_pinyin(tmp_path):
    """A file of titles that is no TOML is named."""
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/romanized.toml").write_text("[title\n", "utf-8")
    with pytest.raises(BookError, match="docs/data/romanized.toml: not valid"):
        read_romanized(tmp_path)
