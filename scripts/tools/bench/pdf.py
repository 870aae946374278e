"""The books as PDF beside the same text printed by WeasyPrint and by Chromium (without contents, running heads, tags or PDF/A); all PDFs and EPUBs beside MkDocs rendering both languages once; and a text of fifty times today’s beside one of ten times. All but MkDocs’ row as commands, the start of Python included."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import tostring

from tools import chromium
from tools.bench.measure import Row, cost
from tools.bench.paper import write_book
from whitepaper.book import LANGS, ROOT, Book, BookError, read_book
from whitepaper.content import read_contents
from whitepaper.exports.downloads import without_online
from whitepaper.exports.pdf import matter
from whitepaper.exports.press import font_folders
from whitepaper.peers import python_peer
from whitepaper.render import render_trees

WEASYPRINT = "70.0"
LONG = {12: 270, 60: 1350}  # chapters: paragraphs; ten and fifty times today's
STYLE = """
@page { size: A4; margin: 30mm; @bottom-center { content: counter(page) } }
@font-face { font-family: body; src: url("SERIF") }
body { font: 10.5pt/1.75 body; text-align: justify }
h1 { break-before: page }
img { width: 100% }
"""
READ = """
import sys
from pathlib import Path
from whitepaper.book import LANGS, TREES, read_book
from whitepaper.content import read_contents
from whitepaper.exports.downloads import without_online
from whitepaper.exports.epub import write_epub
from whitepaper.figures.draw import require_current
from whitepaper.exports.pdf import matter, print_pages, write_pdfs
from whitepaper.exports.places import Contents
from whitepaper.render import render_trees
book, stage = read_book(Path(sys.argv[1])), Path(sys.argv[2])
contents = Contents(book, {page: without_online(content) for page, content in read_contents(book, stage).items()})
"""
STARTED = (
    READ + "require_current(book.root)\n"
)  # as far as a build is when it comes to MkDocs or to the exports
RENDER = "render_trees(book, stage)"
ONE = "Path(sys.argv[4]).write_bytes(print_pages(contents, sys.argv[3], matter(book), 'book'))"
BOOKS = "for tree in TREES: print_pages(contents, tree, matter(book), 'book')"
ALL = "for tree in TREES: write_pdfs(contents, stage, tree)\nfor lang in LANGS: write_epub(contents, stage, lang)"


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-pdf-") as folder:
        work = Path(folder)
        stage = _rendered(read_book(), work / "today")
        for lang in LANGS:
            yield from _beside_printers(lang, stage)
        yield from _beside_mkdocs(stage)
        yield from _longer(work)


def _beside_mkdocs(stage: Path) -> Iterator[Row]:
    """What each adds to a build that has started and compared its figures."""
    start, render, books, everything = (
        cost([sys.executable, "-c", STARTED + more, ROOT, stage]).cpu
        for more in ("", RENDER, BOOKS, ALL)
    )
    for what, spent, how in (
        ("the 3 books", books, ""),
        ("all PDFs and EPUBs", everything, "3 books, every chapter of 3 trees, 2 EPUBs; "),
    ):
        yield Row(
            what,
            spent - start,
            "MkDocs, both languages once",
            render - start,
            "CPU s",
            f"{how}the start of Python left out of both",
        )


def _beside_printers(lang: str, stage: Path) -> Iterator[Row]:
    title, out = f"the {lang} book", stage / "out.pdf"
    ours = cost([sys.executable, "-c", READ + ONE, ROOT, stage, lang, out])
    size, page = out.stat().st_size / 1000, _one_page(read_book(), stage, lang)
    printers = {
        f"WeasyPrint {WEASYPRINT}": lambda: [
            python_peer("weasyprint", f"weasyprint=={WEASYPRINT}") / "weasyprint",
            "--quiet",
            page,
            out,
        ],
        "Chromium": lambda: [
            chromium.ensure(),
            *chromium.FLAGS,
            "--headless",
            "--no-pdf-header-footer",
            f"--print-to-pdf={out}",
            page.as_uri(),
        ],
    }
    for printer, command in printers.items():
        try:
            theirs = cost(command())
            yield Row(title, ours.cpu, printer, theirs.cpu, "CPU s")
            yield Row(title, ours.peak, printer, theirs.peak, "MiB", "peak of the largest process")
            yield Row(title, size, printer, out.stat().st_size / 1000, "kB", "the file")
        except (BookError, RuntimeError, OSError, subprocess.CalledProcessError) as error:
            yield Row(
                title,
                ours.cpu,
                printer,
                None,
                "CPU s",
                f"not measured: {str(error).splitlines()[0]}",
            )


def _longer(work: Path) -> Iterator[Row]:
    spent = {}
    for chapters, paragraphs in LONG.items():
        write_book(work / str(chapters), chapters, paragraphs)
        spent[chapters] = cost(
            [
                sys.executable,
                "-c",
                READ + ALL,
                work / str(chapters),
                _rendered(read_book(work / str(chapters)), work / f"made-{chapters}"),
            ],
            runs=1,
        )
    (few, less), (many, more) = spent.items()
    yield Row(
        f"all PDFs and EPUBs of {many} chapters",
        more.cpu,
        f"{few} chapters",
        less.cpu,
        "CPU s",
        "5 is linear",
    )
    yield Row(
        f"all PDFs and EPUBs of {many} chapters",
        more.wall,
        f"{few} chapters",
        less.wall,
        "s",
        "wall",
    )


def _rendered(book: Book, stage: Path) -> Path:
    stage.mkdir(parents=True)
    render_trees(book, stage)
    return stage


def _one_page(book: Book, stage: Path, lang: str) -> Path:
    """The text of a book as one page for printers, in our text face."""
    contents = read_contents(book, stage)
    body = "".join(
        tostring(without_online(contents[lang, name]), "unicode") for name in matter(book)
    )
    body = body.replace("../figures/", f"{book.root.as_uri()}/docs/{lang}/figures/")
    style = STYLE.replace("SERIF", (Path(font_folders()[0]) / "NotoSerifSC-Regular.otf").as_uri())
    page = stage / f"{lang}.html"
    page.write_text(
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{book.title(lang)}</title><style>{style}</style>{body}',
        "utf-8",
    )
    return page
