"""The whole site without exports (check, both trees, parallel view, search, heads) beside the same chapters in stock Material with static-i18n, and in VitePress."""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from tools.bench.measure import Cost, Row, cost
from tools.bench.paper import write_book
from whitepaper.book import LANGS, ROOT, Book, BookError, read_book
from whitepaper.peers import node_peer, python_peer

MATERIAL = (
    "mkdocs-material==9.8.1",
    "mkdocs-static-i18n==1.3.1",
    "jieba==0.42.1",
)  # jieba: how its documentation says to search in Chinese
VITEPRESS = ("vitepress@1.6.4", "vue@3.5.22")
MATERIAL_NAME = "stock Material 9.8.1 + static-i18n 1.3.1 + jieba"
VITEPRESS_NAME = "VitePress 1.6.4"
OURS = "import gc, sys; gc.disable(); from pathlib import Path; from whitepaper.build import build; build(Path(sys.argv[1]), Path(sys.argv[2]), exports=False)"
EXTENSIONS = [
    "attr_list",
    "admonition",
    "footnotes",
    "md_in_html",
    "tables",
    {"toc": {"permalink": True}},
]


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-build-") as name:
        work = Path(name)
        write_book(work / "sixty", 60, 1500)
        for title, root, runs in (
            ("today's book", ROOT, 3),
            ("60 chapters, 1,500 paragraphs", work / "sixty", 1),
        ):
            book = read_book(root)
            own = cost([sys.executable, "-c", OURS, root, work / "ours"], runs)
            yield from _compared(
                title, own, MATERIAL_NAME, *material(book, work / f"material {runs}"), runs
            )
            try:
                yield from _compared(
                    title, own, VITEPRESS_NAME, *vitepress(book, work / f"vitepress {runs}"), runs
                )
            except BookError as error:
                yield Row(title, own.cpu, VITEPRESS_NAME, None, "CPU s", f"not measured: {error}")


def _compared(
    title: str, own: Cost, peer: str, command: list, folder: Path, runs: int
) -> Iterator[Row]:
    theirs = cost(
        command,
        runs,
        cwd=folder,
        prepare=lambda: shutil.rmtree(folder / "out", ignore_errors=True),
        NO_MKDOCS_2_WARNING="1",
    )
    yield Row(
        title, own.cpu, peer, theirs.cpu, "CPU s", "process and all, output folder removed before"
    )
    yield Row(title, own.peak, peer, theirs.peak, "MiB", "peak of the largest process")


def material(book: Book, folder: Path) -> tuple[list, Path]:
    """Command and folder that make folder/out: the same pages as both tools' documentation says to set them up, one run for both languages."""
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
    }
    settings |= {
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}]
    }
    (folder / "mkdocs.yml").write_text(
        yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), "utf-8"
    )
    return [
        python_peer("material", *MATERIAL) / "python",
        "-m",
        "mkdocs",
        "build",
        "--site-dir",
        "out",
    ], folder


def vitepress(book: Book, folder: Path) -> tuple[list, Path]:
    """Command and folder that make folder/out: the same pages in the default theme with its local search."""
    for lang in LANGS:
        shutil.copytree(book.root / "docs" / lang, folder / lang)
    (folder / "index.md").write_text("# Cover\n", "utf-8")
    (folder / "package.json").write_text('{"type": "module"}')
    peer = node_peer("vitepress", *VITEPRESS)
    (folder / "node_modules").symlink_to(peer / "node_modules")
    sidebars = {
        f"/{lang}/": [{"text": name, "link": f"/{lang}/{name}"} for name in book.names]
        for lang in LANGS
    }
    settings = {
        "title": book.title("en"),
        "outDir": "out",
        "cacheDir": "out/cache",
        "ignoreDeadLinks": True,
        "locales": {
            "zh": {"label": "中文", "lang": "zh-Hans"},
            "en": {"label": "English", "lang": "en"},
        },
        "themeConfig": {"sidebar": sidebars, "search": {"provider": "local"}},
    }
    (folder / ".vitepress").mkdir()
    (folder / ".vitepress/config.js").write_text(
        f"export default {json.dumps(settings, ensure_ascii=False)}", "utf-8"
    )
    return [peer / "node_modules/.bin/vitepress", "build"], folder
