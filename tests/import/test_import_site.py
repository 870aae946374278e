"""A text imported and built, with more in it than the project knew: the site, the parallel view and
the books of it.
"""

import html
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pypdf
import pytest

from extract import raw_text
from imports import ROOT, restated
from made_up import compose, write_book
from manuscript.command import import_into
from whitepaper.build import build


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, list[str]]:
    """The site of a paper of two chapters whose text has three, and the Chinese of the third."""
    folder = tmp_path_factory.mktemp("imported")
    write_book(folder / "paper", 2, 30)
    (folder / "text.txt").write_text(raw_text(3, 40), "utf-8")
    report = import_into(folder / "paper", folder / "text.txt")
    build(folder / "paper", folder / "site", exports=True)
    return folder / "site", [
        unit.text for unit in report.reading.units if unit.section == "s1-3" and unit.counted
    ]


def words(page: Path) -> str:
    return "".join(re.sub(r"<[^>]*>", "", page.read_text("utf-8")).split())


def test_new_chapter(built):
    """A chapter that only the text has stands on its page in the published words, and is in the
    nav.
    """
    site, said = built
    page = words(site / "zh/section-1-3/index.html")
    assert [
        text
        for text in said
        if "".join(text.split())
        .removeprefix("1.")
        .removeprefix("2.")
        .removeprefix("3.")
        .removeprefix("4.")
        not in page
    ] == []
    assert "section-1-3/" in (site / "zh/introduction/index.html").read_text("utf-8")


def test_untranslated(built):
    """Its English page says plainly that there is no translation yet, and the parallel view shows
    the Chinese.
    """
    site, said = built
    assert "Thissectionhasnotbeentranslatedyet." in words(site / "en/section-1-3/index.html")
    assert "".join(said[-1].split()) in words(site / "zh-en/section-1-3/index.html")


def test_untranslated_is_no_text(built):
    """The English page leads to the Chinese, and offers nothing of a text that is not there: no
    time to read, no citation, no PDF of its own. The parallel page cites the Chinese alone.
    """
    site, _ = built
    page, both = (
        (site / tree / "section-1-3/index.html").read_text("utf-8") for tree in ("en", "zh-en")
    )
    assert re.search(r'<a href="\.\./\.\./zh/section-1-3/" hreflang="zh-Hans">', page)
    for offered in ("min read", 'class="cite"', 'class="share"', "citation_", "data-source"):
        assert offered not in page
        assert offered in (site / "en/introduction/index.html").read_text("utf-8")
    assert not (site / "downloads/chapters/en/section-1-3.pdf").exists()
    assert (site / "downloads/chapters/zh-en/section-1-3.pdf").exists()
    assert "<dt>APA 7</dt>" in both and "min read" not in both


@pytest.mark.parametrize("tree", ["zh", "zh-en"])
def test_books(built, tree):
    """The books hold the new chapter, the parallel one too."""
    site, said = built
    text = "".join(
        "".join(page.extract_text().split())
        for page in pypdf.PdfReader(site / f"downloads/hard-tech-{tree}.pdf").pages
    )
    assert "".join(said[-1].split())[:10] in text


IMPORT = """
import sys, tracemalloc
from pathlib import Path
from manuscript.command import import_into
root, text = map(Path, sys.argv[1:])
tracemalloc.start()
report = import_into(root, text)
print(len(report.sections), sum(unit.counted for unit in report.reading.units), tracemalloc.get_traced_memory()[1] >> 20)
"""


def test_large(tmp_path):
    """60 chapters with 1,500 paragraphs are imported in 500 MB and checked without an error."""
    write_book(tmp_path / "paper", 60, 1500)
    (tmp_path / "text.txt").write_text(raw_text(60, 1500), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", IMPORT, str(tmp_path / "paper"), str(tmp_path / "text.txt")],
        capture_output=True,
        text=True,
        check=True,
    )
    chapters, paragraphs, megabytes = map(int, ran.stdout.split())
    checked = subprocess.run(
        [sys.executable, str(ROOT / "scripts/check"), str(tmp_path / "paper"), "--format=json"],
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [problem for problem in json.loads(checked.stdout) if problem["level"] == "error"]
    assert (chapters, paragraphs, errors) == (61, 1500, [])
    assert megabytes < 500


def test_made_up_book():
    """The paper has the chapters and paragraphs asked for, whatever their number."""
    for chapters, paragraphs in ((1, 2), (6, 60), (7, 100)):
        paper = compose(chapters, paragraphs)
        assert (
            len(paper),
            sum(block.counted for chapter in paper for block in chapter.blocks),
        ) == (chapters + 1, paragraphs)


CLAIM = re.compile("编述|paraphras", re.IGNORECASE)
OF_THE_ENGLISH = re.compile("英文|English|bilingual edition, English in paraphrase", re.IGNORECASE)


def claims(text: str) -> list[str]:
    """Sentences that speak of a paraphrase without saying that they mean the English."""
    sentences = re.split(
        r"(?<=[。！？；])|(?<=[.;!?])\s+(?=[A-Z])|\n", html.unescape(re.sub(r"<[^>]*>", "", text))
    )
    return [
        sentence
        for sentence in sentences
        if CLAIM.search(sentence) and not OF_THE_ENGLISH.search(sentence)
    ]


def said(page: Path) -> str:
    """Everything that a page says, to the eye and to machines, a line for each block and attribute."""
    text = page.read_text("utf-8")
    attributes = re.findall(r'(?:content|data-[a-z-]+|aria-label|title)="([^"]*)"', text)
    return "\n".join(
        [
            *attributes,
            *re.split(
                r"</?(?:p|li|dd|dt|h\d|div|title)\b[^>]*>", text.partition("<!--head-->")[2] or text
            ),
        ]
    )


def test_claims_are_seen():
    """What the tests below look for is seen where it stands."""
    assert claims(
        "<p>本站文字为编述版。英文由本版编述。</p>\nThis edition paraphrases. The English is a paraphrase."
    ) == ["本站文字为编述版。", "This edition paraphrases."]


@pytest.mark.parametrize("page", ["zh/index", "zh/about", "en/index", "en/about"])
def test_this_book_says_whose_words(page):
    """Our own home page and colophon, once the whole text is published, say of the English alone
    that it is a paraphrase.
    """
    assert claims(restated(ROOT)[f"docs/{page}.md"]) == []


@pytest.mark.parametrize(
    "place",
    [
        "index.html",
        *(
            f"{tree}/{name}index.html"
            for tree in ("zh", "en", "zh-en")
            for name in ("", "introduction/", "section-1-3/", "about/", "glossary/")
        ),
    ],
)
def test_nothing_restated_in_chinese(built, place):
    """Once every chapter is published, no page says of the Chinese that it is a paraphrase; only of
    the English.
    """
    assert claims(said(built[0] / place)) == []


@pytest.mark.parametrize("tree", ["zh", "en", "zh-en"])
def test_files_say_whose_words(built, tree):
    """What PDFs, EPUBs and citations say of themselves calls the Chinese published and the English
    a paraphrase.
    """
    downloads = built[0] / "downloads"
    reader = pypdf.PdfReader(downloads / f"hard-tech-{tree}.pdf")
    subject, cover = reader.metadata.subject, " ".join(reader.pages[0].extract_text().split())
    page = (built[0] / tree / "section-1-1/index.html").read_text("utf-8")
    cited = unquote("".join(re.findall('href="(data:application/x-[^"]+)"', page)))
    assert cited.count("http") == 2 * len(tree.split("-"))
    package = (
        zipfile.ZipFile(downloads / f"hard-tech-{tree}.epub").read("EPUB/package.opf").decode()
        if tree != "zh-en"
        else ""
    )
    assert [claims(text) for text in (subject, cover, cited, package)] == [[], [], [], []]
    published = {
        "zh": "照出版的文字登载",
        "en": "English edition in paraphrase",
        "zh-en": "中文照出版的文字登载",
    }[tree]
    assert published in subject and (tree == "zh-en" or published in package)


def test_cites_the_work_itself(built):
    """A published chapter is cited as the authors' own work in the white paper that holds it, not
    as an edition's wording.
    """
    cited = re.search(
        r'id="cite-1"[^>]*>(.*?)</dd>',
        (built[0] / "zh/section-1-1/index.html").read_text("utf-8"),
        re.DOTALL,
    )[1]
    assert re.match(
        r"米磊，赵瑞瑞\. [^:]+: [^:]+\[R/OL\]//中国硬科技产业投资发展白皮书\. https://",
        re.sub(r"<[^>]*>", "", cited),
    )


def test_says_whose_words(built):
    """Once every chapter is published, colophon and cover say that the Chinese is the published
    text.
    """
    site, _ = built
    page, cover = words(site / "zh/section-1-3/index.html"), words(site / "index.html")
    assert ("中文照出版的文字登载" in page, "中文照出版的文字登载" in cover) == (True, True)
    assert "TheChineseisthepublishedtext" in words(site / "en/section-1-1/index.html")
