"""A text imported and built, with more in it than the project knew: the site, the parallel view and the books of it."""
import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from imports import ROOT

from whitepaper.build import build
from whitepaper.importer import import_into
from whitepaper.paper import compose, raw_text, write_book


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, list[str]]:
    """The site of a paper of two chapters whose text has three, and the Chinese of the third."""
    folder = tmp_path_factory.mktemp("imported")
    write_book(folder / "paper", 2, 30)
    (folder / "text.txt").write_text(raw_text(3, 40), "utf-8")
    report = import_into(folder / "paper", folder / "text.txt")
    build(folder / "paper", folder / "site", exports=True)
    return folder / "site", [unit.text for unit in report.reading.units if unit.page == "s1-3" and unit.counted]


def words(page: Path) -> str:
    return "".join(re.sub(r"<[^>]*>", "", page.read_text("utf-8")).split())


def test_new_chapter(built):
    """A chapter that only the text has stands on its page in the published words, and is in the nav."""
    site, said = built
    page = words(site / "zh/section-1-3/index.html")
    assert [text for text in said if "".join(text.split()).removeprefix("1.").removeprefix("2.").removeprefix("3.").removeprefix("4.") not in page] == []
    assert "section-1-3/" in (site / "zh/introduction/index.html").read_text("utf-8")


def test_untranslated(built):
    """Its English page says plainly that there is no translation yet, and the parallel view shows the Chinese."""
    site, said = built
    assert "Thissectionhasnotbeentranslatedyet." in words(site / "en/section-1-3/index.html")
    assert "".join(said[-1].split()) in words(site / "zh-en/section-1-3/index.html")


@pytest.mark.parametrize("tree", ["zh", "zh-en"])
def test_books(built, tree):
    """The books hold the new chapter, the parallel one too."""
    site, said = built
    text = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(site / f"downloads/hard-tech-{tree}.pdf").pages)
    assert "".join(said[-1].split())[:10] in text


CHECK = """
import resource, sys
from pathlib import Path
from whitepaper.importer import import_into
root, text = map(Path, sys.argv[1:])
report = import_into(root, text)
print(len(report.sections), sum(unit.counted for unit in report.reading.units), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_large(tmp_path):
    """60 chapters with 1,500 paragraphs are imported in 500 MB and checked without an error, both together in 30 seconds of processor time."""
    write_book(tmp_path / "paper", 60, 1500)
    (tmp_path / "text.txt").write_text(raw_text(60, 1500), "utf-8")
    started = _processor_time()
    ran = subprocess.run([sys.executable, "-c", CHECK, str(tmp_path / "paper"), str(tmp_path / "text.txt")], capture_output=True, text=True, check=True)
    chapters, paragraphs, megabytes = map(int, ran.stdout.split())
    checked = subprocess.run([sys.executable, str(ROOT / "scripts/check"), str(tmp_path / "paper"), "--format=json"], capture_output=True, text=True, check=False)
    errors = [problem for problem in json.loads(checked.stdout) if problem["level"] == "error"]
    assert (chapters, paragraphs, errors, megabytes < 500, _processor_time() - started < 30) == (61, 1500, [], True, True)


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_made_up_book():
    """The paper has the chapters and paragraphs asked for, whatever their number."""
    for chapters, paragraphs in ((1, 2), (6, 60), (7, 100)):
        paper = compose(chapters, paragraphs)
        assert (len(paper), sum(block.counted for chapter in paper for block in chapter.blocks)) == (chapters + 1, paragraphs)


def test_says_whose_words(built):
    """Once every chapter is published, colophon, cover and citation no longer say that the Chinese is restated; the English still is."""
    site, _ = built
    page, cover = words(site / "zh/section-1-3/index.html"), words(site / "index.html")
    assert ("中文照出版的文字登载" in page, "中文照出版的文字登载" in cover, "双语编述版" in page, "文字为编述版" in page) == (True, True, False, False)
    assert "TheChineseisthepublishedtext" in words(site / "en/section-1-1/index.html")
