"""A second reader of the same file: where it sees other characters, the page is doubtful."""

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import pypdf
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic._font import Font  # of pypdf's own, but it is what reads a font once

from manuscript.characters import bare
from manuscript.equations import in_line
from manuscript.pdf import Sheet
from manuscript.symbols import drawn

Fonts = dict[int, Font]
BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError)
UNREADABLE = (PyPdfError, DependencyError, *BROKEN)
SHOWN = re.compile(rb"<<.*?>>|/(\S+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f]+)>", re.DOTALL)
DASHES = re.compile("[\u2010-\u2015\u2212]")
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\x00-\x1f]")
PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RADICALS = re.compile("[\u2e80-\u2fdf]+")


def compare_pages(path: Path, sheets: Sequence[Sheet]) -> list[tuple[int, str]]:
    """(0, what differs) for each page on which pypdf sees other characters than we do."""
    fonts: Fonts = {}
    try:
        pages = pypdf.PdfReader(path).pages
        return [(0, said) for s in sheets if (said := _differs(s, pages[s.number - 1], fonts))]
    except UNREADABLE as error:
        return [
            (0, f"no second reader could read this PDF ({type(error).__name__}): compare it all")
        ]


def _differs(sheet: Sheet, page: pypdf.PageObject, fonts: Fonts) -> str:
    ours = letters(run.text for run in sheet.runs)
    with suppress(*UNREADABLE):
        if not _difference(ours, letters(_shown(page, fonts))):
            return ""
    said = _difference(ours, letters([page.extract_text()]))
    return (
        f"page {sheet.number} is doubtful: a second reader sees other characters ({said})"
        if said
        else ""
    )


def _shown(page: pypdf.PageObject, fonts: Fonts) -> Iterator[str]:
    """What the page shows in hexadecimal codes, as browsers write them: each font is read once, not
    once a page as `extract_text` does. What it shows otherwise is not there.
    """
    content, resources = cast(Any, page.get_contents()), cast(Any, page["/Resources"])
    font = None
    for name, codes in SHOWN.findall(content.get_data()):
        if name:
            place = resources["/Font"].raw_get(f"/{name.decode()}")
            if place.idnum not in fonts:
                fonts[place.idnum] = Font.from_font_resource(place.get_object())
            font = fonts[place.idnum]
        elif codes and font:
            data, code = bytes.fromhex(codes.decode()), font.encoding
            for char in data.decode(code) if isinstance(code, str) else map(code.__getitem__, data):
                yield font.character_map.get(char, char)


def _difference(ours: Counter[str], theirs: Counter[str]) -> str:
    missing, more = "".join((theirs - ours).elements()), "".join((ours - theirs).elements())
    if len(missing) == len(more) and RADICALS.fullmatch(missing):
        return ""  # the same characters, under the code of their radicals
    said = [
        f"{len(some)} {kind}: {some[:12]}"
        for kind, some in (("not read here", missing), ("not read there", more))
        if some
    ]
    return "; ".join(said)


def compare_xml(package: BytesIO, texts: Iterable[str]) -> list[tuple[int, str]]:
    """(0, what differs) between the texts and all that a DOCX holds, read without the library that
    read it first.
    """
    there: list[str] = []
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if PARTS.fullmatch(name):
                there += _texts(ElementTree.fromstring(archive.read(name)))
    said = _difference(letters(texts), letters(there))
    return [(0, f"doubtful: a second reader sees other characters ({said})")] if said else []


def _texts(element: ElementTree.Element, face: str = "") -> Iterator[str]:
    """What is printed: no deleted text, and of what is there for two kinds of readers one copy."""
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            yield drawn(child.text or "", face)
        elif tag == "sym":
            yield drawn(chr(int(child.get(f"{WORD}char", ""), 16)), child.get(f"{WORD}font", ""))
        elif tag == "noBreakHyphen":
            yield "-"
        elif tag == "oMath":
            yield in_line(child)
        elif tag not in ("del", "moveFrom", "Fallback"):
            fonts = child.find(f"{WORD}rPr/{WORD}rFonts")
            yield from _texts(child, "" if fonts is None else fonts.get(f"{WORD}ascii", ""))


def letters(texts: Iterable[str]) -> Counter[str]:
    """The characters, without blanks, as a bag; forms that mean the same are one."""
    return Counter(
        bare(
            UNSEEN.sub(
                "",
                DASHES.sub("-", unicodedata.normalize("NFKC", drawn("".join(texts)))),
            )
        )
    )
