"""Typst, which sets PDFs and cards: the book's fonts, the templates beside this file, and its
refusals in the book's words.
"""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from whitepaper.book import Book, BookError
from whitepaper.faults import line_of
from whitepaper.glyphs import printable
from whitepaper.look import read_look

TEMPLATES = Path(__file__).parent / "typst"
# Packages of the lock, each with a folder of fonts: the system's own are never asked.
FONTS = (
    ("pylopdf_fonts_zh_cn", ""),
    ("justmytype_intl_cjk", "fonts/ofl/notosanssc"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanstc"),  # for rare characters of names
    ("justmytype_intl_cjk", "fonts/ofl/notosansjp"),
    ("fontpkg_source_serif_4", "files"),  # in figures; for text, see fontkit.py
    ("fontpkg_source_sans_3", "files"),
)
KIT = Path(__file__).parent / "fonts"
PDF: dict[str, Any] = {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"]}
CARD: dict[str, Any] = {"format": "png", "ppi": 72}
TEXTS = (".xml", ".json")
WORDED = (".md", ".svg", ".toml", ".yml")  # where words come from
LACKING = re.compile(r"the text [`\"]*(.+?)[`\"]* could not be displayed")


def font_folders() -> list[str]:
    packages = [Path(str(files(package))) / folder for package, folder in FONTS]
    return [str(folder) for folder in (*packages, KIT)]


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders()
    )
    return typst.Compiler(b"", root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)


def forkable() -> bool:
    """Whether this process has not yet run Typst, whose threads stay behind in a fork that then
    waits for them for ever.
    """
    return _compiler.cache_info().currsize == 0


def press(
    book: Book, template: str, parts: dict[str, bytes], timestamp: int = 0, **form: Any
) -> bytes:
    """Sets one document: what a template makes of the files that it reads, by path.

    Published wording is set with what the fonts have; elsewhere a character that they lack is a
    fault. Raises BookError, with file and line where the fault is in a page.
    """
    if book.wording() != "restated":
        parts = parts | {
            path: printable(data.decode()).encode()
            for path, data in parts.items()
            if path.endswith(TEXTS)
        }
    files = {path.name: path.read_bytes() for path in TEMPLATES.glob("*.typ")} | parts
    files["look.json"] = read_look(book.root).as_json()
    try:
        made = _compiler().compile(
            input=files | {"main": files[template]}, timestamp=timestamp, **form
        )
        assert isinstance(made, bytes)  # one PDF, or the one page of a picture
        return made
    except typst.TypstError as error:
        raise _explained(book, error) from error


def _explained(book: Book, error: typst.TypstError) -> BookError:
    lacking = "".join(LACKING.findall(error.message))
    for path in (book.root / "mkdocs.yml", *sorted((book.root / "docs").rglob("*.*"))):
        if path.suffix in WORDED and (line := line_of(path, lacking)):
            place = f"{path.relative_to(book.root).as_posix()}{line}"
            return BookError(f"{place}: the book's fonts have no {lacking}. Write it another way")
    return BookError(f"Typst: {error.message}. {' '.join(error.hints)}")
