"""Books to measure on: this project with more chapters, and the same pages for stock Material."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import yaml

from whitepaper.book import LANGS, ROOT, read_book

PART = 6  # chapters
TITLES = {"zh": "全文之{}", "en": "The Text Again, {}"}
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
    numbers = range(1, more + 1)
    book = read_book(root)
    for lang, title in TITLES.items():
        text = "\n\n".join(_as_part(book.page(lang, name).text, name) for name in book.chapters)
        for number in numbers:
            told = title.format(number)
            page = f"---\ndescription: {told}\n---\n\n# {told} {{#again-{number}}}\n\n{text}"
            (root / "docs" / lang / f"again-{number}.md").write_text(page, "utf-8")
    romanized = (f'"{TITLES["zh"].format(number)}" = "Quanwen"\n' for number in numbers)
    _insert(root / "docs/data/romanized.toml", r"\Z", romanized)
    parts = [numbers[first : first + PART] for first in range(0, more, PART)]
    _insert(root / "mkdocs.yml", "^  - glossary.md", map(_nav, parts))
    names = (f"            {_name(part)}: Part {part[0]}\n" for part in parts)
    _insert(root / "mkdocs.yml", "^            一", names)
    return root


def _name(part: range) -> str:
    return f"第{part[0]}部"


def _nav(part: range) -> str:
    """A part of the nav."""
    return f"  - {_name(part)}:\n" + "".join(f"      - again-{number}.md\n" for number in part)


def _as_part(text: str, name: str) -> str:
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
