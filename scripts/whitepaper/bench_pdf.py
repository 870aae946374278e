"""How long the PDFs take: against other ways to print the same text, against MkDocs, and on a text fifty times as long."""
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import tostring

from whitepaper import chromium
from whitepaper.book import LANGS, ROOT, Book, BookError, read_book
from whitepaper.content import read_contents
from whitepaper.exports import without_online
from whitepaper.paper import write_book
from whitepaper.pdf import matter
from whitepaper.peers import python_peer
from whitepaper.places import Contents
from whitepaper.press import font_folders
from whitepaper.render import render_trees

WEASYPRINT = "weasyprint==70.0"
RUNS = 3
STYLE = """
@page { size: A4; margin: 30mm; @bottom-center { content: counter(page) } }
@font-face { font-family: body; src: url("file://SERIF") }
body { font: 10.5pt/1.75 body; text-align: justify }
h1 { break-before: page }
img { width: 100% }
"""
OURS = """
import sys
from pathlib import Path
from whitepaper.book import read_book
from whitepaper.content import read_contents
from whitepaper.exports import without_online
from whitepaper.pdf import matter, print_pages
from whitepaper.places import Contents
book = read_book(Path(sys.argv[1]))
contents = Contents(book, {page: without_online(content) for page, content in read_contents(book, Path(sys.argv[2])).items()})
Path(sys.argv[4]).write_bytes(print_pages(contents, sys.argv[3], matter(book), "book"))
"""
EVERYTHING = """
import sys
from pathlib import Path
from whitepaper.book import read_book
from whitepaper.content import read_contents
from whitepaper.epub import write_epubs
from whitepaper.exports import without_online
from whitepaper.pdf import write_pdfs
from whitepaper.places import Contents
book, stage = read_book(Path(sys.argv[1])), Path(sys.argv[2])
contents = Contents(book, {page: without_online(content) for page, content in read_contents(book, stage).items()})
write_pdfs(contents, stage)
write_epubs(contents, stage)
"""


@dataclass(frozen=True)
class Row:
    """One measurement: the best of a few runs, in seconds; `ratio` is its CPU time in units of the row it stands against."""

    benchmark: str
    tool: str
    cpu: float
    wall: float
    ratio: float
    note: str = ""


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-pdf-") as folder:
        work = Path(folder)
        return [*_against_printers(work / "today"), *_against_mkdocs(work / "today"), *_fifty(work / "fifty")]


def _against_printers(work: Path) -> Iterator[Row]:
    book, stage = read_book(), _rendered(read_book(), work)
    for lang in LANGS:
        page = _one_page(book, stage, lang)
        tools: dict[str, Callable[[Path], list[str]]] = {
            "Typst, this project": lambda out: [sys.executable, "-c", OURS, str(ROOT), str(stage), lang, str(out)],
            "WeasyPrint 70": lambda out: [str(python_peer("weasyprint", WEASYPRINT) / "weasyprint"), "--quiet", str(page), str(out)],
            "Chromium": lambda out: [chromium.ensure(), *chromium.FLAGS, "--headless", "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri()],
        }
        yield from _compared(f"the {lang} book, process and all", tools, work)


def _compared(benchmark: str, tools: dict[str, Callable[[Path], list[str]]], work: Path) -> Iterator[Row]:
    """The first tool is the unit. A tool that is not to be had gets a row that says so."""
    unit = None
    for tool, command in tools.items():
        out = work / "out.pdf"
        try:
            cpu, wall = _timed(command(out))
        except (BookError, RuntimeError, OSError, subprocess.CalledProcessError) as error:
            yield Row(benchmark, tool, 0, 0, 0, f"not measured: {str(error).splitlines()[0]}")
            continue
        unit = unit or cpu
        yield Row(benchmark, tool, cpu, wall, cpu / unit, f"{out.stat().st_size // 1000} kB")


def _against_mkdocs(work: Path) -> Iterator[Row]:
    """Both as commands, the start of Python included in each."""
    cpu, wall = map(sum, zip(*(_timed([sys.executable, "-m", "mkdocs", "build", "--site-dir", str(work / lang)], WP_LANG=lang) for lang in LANGS)))
    yield Row("all PDFs and EPUBs", "MkDocs, both languages", cpu, wall, 1)
    own, wall = _timed([sys.executable, "-c", EVERYTHING, str(ROOT), str(work / "stage")])
    yield Row("all PDFs and EPUBs", "this project", own, wall, own / cpu)


def _fifty(work: Path) -> Iterator[Row]:
    rows = []
    for paragraphs, chapters in ((270, 12), (1350, 60)):
        root = work / str(paragraphs)
        write_book(root, chapters, paragraphs)
        cpu, wall = _timed([sys.executable, "-c", EVERYTHING, str(root), str(_rendered(read_book(root), root / "made"))])
        rows.append(Row("all PDFs and EPUBs of a long text", f"{paragraphs} paragraphs", cpu, wall, cpu / (rows[0].cpu if rows else cpu)))
    yield from rows


def _rendered(book: Book, work: Path) -> Path:
    (stage := work / "stage").mkdir(parents=True)
    render_trees(book, stage)
    return stage


def _one_page(book: Book, stage: Path, lang: str) -> Path:
    """The text of a book as one page for printers, in our text face."""
    contents = Contents(book, {page: without_online(content) for page, content in read_contents(book, stage).items()})
    body = "".join(tostring(contents.trees[lang, name], "unicode") for name in matter(book)).replace("../figures/", f"{book.root.as_uri()}/docs/{lang}/figures/")
    style = STYLE.replace("SERIF", str(Path(font_folders()[0]) / "NotoSerifSC-Regular.otf"))
    page = stage / f"{lang}.html"
    page.write_text(f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{book.title(lang)}</title><style>{style}</style>{body}', "utf-8")
    return page


def _timed(command: list[str], **environment: str) -> tuple[float, float]:
    return _measured(lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=os.environ | environment))


def _measured(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall time of the quickest of a few runs, child processes included."""
    best = (float("inf"), float("inf"))
    for _ in range(RUNS):
        cpu, wall = _spent(), time.perf_counter()
        work()
        best = min(best, (_spent() - cpu, time.perf_counter() - wall))
    return best


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
