"""cite: each style after its standard, for a chapter in an edition of an undated white paper."""
from datetime import date

import pytest
from mkdocs.utils.yaml import yaml_load

from whitepaper.book import read_book
from whitepaper.cite import citations, render_bibtex, render_ris
from whitepaper.editions import Edition, read_edition
from whitepaper.view import View

EDITION = Edition("1.2.0", date(2026, 11, 24))


def view_of(tree: str) -> View:
    book = read_book()
    return View(book, EDITION, tree, "definition", {lang: book.page(lang, "definition") for lang in ("zh", "en")})


@pytest.fixture(autouse=True)
def address(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://hard-tech.example/")


EXPECTED = {
    "zh": [
        "米磊, 赵瑞瑞. 1.2 硬科技的定义[R/OL]//米磊, 赵瑞瑞. 硬科技改变世界: 双语编述版. 1.2.0版. [出版地不详]: [出版者不详], [出版日期不详](2026-11-24)[{today}]. https://hard-tech.example/zh/definition/.",
        "Mi, L., & Zhao, R. (n.d.). 硬科技的定义 [The definition of hard tech]. In _硬科技改变世界_ [Hard tech changes the world] (Restated bilingual ed., Version 1.2.0) [White paper]. Retrieved {today}, from https://hard-tech.example/zh/definition/",
        "Mi Lei 米磊 and Zhao Ruirui 赵瑞瑞. “硬科技的定义” [The definition of hard tech]. In _硬科技改变世界_ [Hard tech changes the world]. Restated bilingual ed., version 1.2.0. N.d. Edition updated November 24, 2026. https://hard-tech.example/zh/definition/.",
    ],
    "en": [
        "MI Lei, ZHAO Ruirui. 1.2 The Definition of Hard Tech[R/OL]//MI Lei, ZHAO Ruirui. Hard Tech Changes the World: restated bilingual edition. Version 1.2.0. [S.l.]: [s.n.], [n.d.](2026-11-24)[{today}]. https://hard-tech.example/en/definition/.",
        "Mi, L., & Zhao, R. (n.d.). The definition of hard tech. In _Hard tech changes the world_ (Restated bilingual ed., Version 1.2.0) [White paper]. Retrieved {today}, from https://hard-tech.example/en/definition/",
        "Mi Lei and Zhao Ruirui. “The Definition of Hard Tech.” In _Hard Tech Changes the World_. Restated bilingual ed., version 1.2.0. N.d. Edition updated November 24, 2026. https://hard-tech.example/en/definition/.",
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
  title = {1.2 The Definition of Hard Tech},
  booktitle = {Hard Tech Changes the World},
  edition = {Restated bilingual},
  version = {1.2.0},
  type = {White paper},
  note = {n.d.; wording of this edition, version 1.2.0, 2026-11-24},
  langid = {english},
  url = {https://hard-tech.example/en/definition/},
}
"""


def test_ris():
    """The same for reference managers, with the line ends that the format asks for."""
    assert render_ris(view_of("zh")).split("\r\n") == [
        "TY  - CHAP",
        "AU  - 米磊",
        "AU  - 赵瑞瑞",
        "TI  - 1.2 硬科技的定义",
        "T2  - 硬科技改变世界",
        "ET  - 双语编述版 1.2.0",
        "LA  - zh-Hans",
        "N1  - n.d.; wording of this edition, version 1.2.0, 2026-11-24",
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
