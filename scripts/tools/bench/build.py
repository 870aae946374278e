"""The whole site without exports (check, both trees, parallel view, search, heads) beside the same
chapters in stock Material with static-i18n, set up as both tools' documentation says."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from tools.bench.measure import Row, cost
from tools.bench.paper import write_book
from whitepaper.book import LANGS, ROOT, Book, read_book
from whitepaper.peers import python_peer

# jieba is how Material's documentation says to search in Chinese.
MATERIAL = ("mkdocs-material==9.8.1", "mkdocs-static-i18n==1.3.1", "jieba==0.42.1")
MATERIAL_NAME = "stock Material 9.8.1 + static-i18n 1.3.1 + jieba"
OURS = """
import gc, sys
gc.disable()
from pathlib import Path
from whitepaper.build import build
build(Path(sys.argv[1]), Path(sys.argv[2]), exports=False)
"""
EXTENSIONS = [
    "attr_list",
    "admonition",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.blocks.caption",
    {"toc": {"permalink": True}},
]


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-build-") as name:
        work = Path(name)
        write_book(work / "sixty", 60, 1500)
        yield from _beside_material("today's book", ROOT, work, 5)
        yield from _beside_material("60 chapters, 1,500 paragraphs", work / "sixty", work, 3)


def _beside_material(title: str, root: Path, work: Path, runs: int) -> Iterator[Row]:
    own = cost([sys.executable, "-c", OURS, root, work / "ours"], runs)
    command, folder = material(read_book(root), work / f"material {title}")
    clear = shutil.rmtree
    theirs = cost(command, runs, folder, lambda: clear(folder / "out", ignore_errors=True))
    how = "process and all, output folder removed before"
    yield Row(title, own.cpu, MATERIAL_NAME, theirs.cpu, "CPU s", how)
    yield Row(title, own.peak, MATERIAL_NAME, theirs.peak, "MiB", "peak of the largest process")


def material(book: Book, folder: Path) -> tuple[list[str | Path], Path]:
    """Command and folder that make folder/out: the same pages, one run for both languages."""
    for lang in LANGS:
        shutil.copytree(book.root / "docs" / lang, folder / "docs" / lang)
    languages = [
        {"locale": lang, "name": lang, "default": lang == "zh", "build": True} for lang in LANGS
    ]
    settings = {
        "site_name": book.title("zh"),
        "site_url": book.site_url,
        "theme": {"name": "material", "language": "zh"},
        "markdown_extensions": EXTENSIONS,
        "nav": book.config["nav"],
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
    }
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    python = python_peer("material", *MATERIAL) / "python"
    return [python, "-m", "mkdocs", "build", "--site-dir", "out"], folder
