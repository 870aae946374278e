"""Books to measure on: this project with more chapters, and the same pages for stock Material."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import yaml

from whitepaper.book import LANGS, ROOT, read_book

PART = 6  # chapters
EXTENSIONS = [
    "attr_list",
    "admonition",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.blocks.caption",
    {"toc": {"permalink": True}},
]


def write_book(root: Path, more: int = 0) -> Path:
    """Makes `root` a copy of the project with so many chapters more, each of the whole text."""
    ignore = shutil.ignore_patterns(".*", "tests", "__pycache__")
    shutil.copytree(ROOT, root, symlinks=True, ignore=ignore)
    shutil.rmtree(root / "site", ignore_errors=True)
    book, numbers = read_book(root), range(1, more + 1)
    for lang, title in {"zh": "全文之{}", "en": "The Text Again, {}"}.items():
        text = "\n\n".join(_whole(book.page(lang, name).text, name) for name in book.chapters)
        home = book.page(lang, "index").path
        for number in numbers:
            told = title.format(number)
            page = f"---\ndescription: {told}\n---\n\n# {told} {{#again-{number}}}\n\n{text}"
            home.with_name(f"again-{number}.md").write_text(page, "utf-8")
        lines = (f"- [{title.format(number)}](again-{number}.md)\n" for number in numbers)
        _insert(home, r"^- .*\(glossary\.md\)", lines)
    romanized = (f'"全文之{number}" = "Quanwen"\n' for number in numbers)
    _insert(root / "docs/data/romanized.toml", r"\Z", romanized)
    settings, parts = root / "mkdocs.yml", range(1, more + 1, PART)
    _insert(settings, "^  - glossary.md", (_part(number, more) for number in parts))
    _insert(
        settings,
        "^            一",
        (f"            第{number}部: Part {number}\n" for number in parts),
    )
    return root


def _part(first: int, last: int) -> str:
    """A part of the nav, from its first chapter up to the last one there is."""
    numbers = range(first, min(first + PART, last + 1))
    return f"  - 第{first}部:\n" + "".join(f"      - again-{number}.md\n" for number in numbers)


def _whole(text: str, name: str) -> str:
    """A chapter as part of another: its headings lower and bare of numbers, without its figures,
    its links to itself leading to the original.
    """
    text = re.sub(r"^(#+) (?:[\d.]+ )?", r"#\1 ", text, flags=re.MULTILINE)
    return re.sub(r"^!\[.*\n\n", "", text, flags=re.MULTILINE).replace("](#", f"]({name}.md#")


def _insert(path: Path, before: str, lines: Iterable[str]) -> None:
    text = path.read_text("utf-8")
    path.write_text(re.sub(f"(?m)(?={before})", "".join(lines), text, count=1), "utf-8")


def write_for_material(root: Path) -> Path:
    """The folder of a project with the pages of that in `root`, set up for stock Material as its
    documentation says.
    """
    book, folder = read_book(root), root / ".material"
    for lang in LANGS:
        shutil.copytree(root / "docs" / lang, folder / "docs" / lang, dirs_exist_ok=True)
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
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
    return folder
