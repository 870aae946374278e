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
from pypdf.generic._font import Font  # of pypdf's own, but it is what reads a font once

from manuscript.characters import bare
from manuscript.equations import in_line
from manuscript.pdf import Sheet
from manuscript.symbols import drawn

Fonts = dict[int, Font]
Difference = tuple[Counter[str], Counter[str]]  # what only they see, what only we see
SHOWN = re.compile(rb"<<.*?>>|/(\S+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f]+)>", re.DOTALL)
HARDLY = 0.2  # of a page's characters differ, here or there
UNKNOWN = {"\ufffd", "\uffff"}  # characters whose meaning it does not find
DASHES = re.compile("[\u2010-\u2015\u2212]")
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\x00-\x1f]")
PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RADICAL = re.compile("[\u2e80-\u2fdf]")


def compare_pages(path: Path, sheets: Sequence[Sheet]) -> list[tuple[int, str]]:
    """(0, what differs) where pypdf sees other characters than we do, once for all pages, and once
    for those that it cannot read.
    """
    there, here = Counter[str](), Counter[str]()
    found: list[int] = []
    unread: list[int] = []
    fonts: Fonts = {}
    try:
        pages = pypdf.PdfReader(path).pages
        for sheet in sheets:
            ours = letters(run.text for run in sheet.runs)
            missing, more = _compared(ours, pages[sheet.number - 1], fonts)
            unknown = missing and UNKNOWN.issuperset(missing)
            if unknown or (missing + more).total() > HARDLY * ours.total():
                unread.append(sheet.number)
            elif missing or more:
                found.append(sheet.number)
                there, here = there + missing, here + more
    except Exception as error:  # whatever a foreign reader stumbles over
        return [
            (0, f"no second reader could read this PDF ({type(error).__name__}): compare it all")
        ]
    return [
        (0, f"doubtful: {said}, on {len(some)} pages: {', '.join(map(str, some[:12]))}")
        for said, some in ((_said(there, here), found), ("a second reader cannot read all", unread))
        if some
    ]


def _compared(ours: Counter[str], page: pypdf.PageObject, fonts: Fonts) -> Difference:
    with suppress(Exception):
        if not any(_differs(ours, letters(_shown(page, fonts)))):
            return Counter(), Counter()
    return _differs(ours, letters([page.extract_text()]))


def _differs(ours: Counter[str], theirs: Counter[str]) -> Difference:
    """Nothing where it is the same characters under the code of their radicals."""
    missing, more = theirs - ours, ours - theirs
    alike = missing.total() == more.total() and all(map(RADICAL.match, missing))
    return (Counter(), Counter()) if alike else (missing, more)


def _said(there: Counter[str], here: Counter[str]) -> str:
    """With the rarest first, for what is read otherwise throughout is the font's."""
    kinds = (there, "not here"), (here, "not there")
    rare = ((sorted(some, key=lambda char: some[char]), kind) for some, kind in kinds)
    said = "; ".join(f"{''.join(some[:12])} {kind}" for some, kind in rare if some)
    return f"a second reader sees other characters ({said})"


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


def compare_xml(package: BytesIO, texts: Iterable[str]) -> list[tuple[int, str]]:
    """(0, what differs) between the texts and all that a DOCX holds, read without the library that
    read it first.
    """
    there: list[str] = []
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if PARTS.fullmatch(name):
                there += _texts(ElementTree.fromstring(archive.read(name)))
    differs = _differs(letters(texts), letters(there))
    return [(0, f"doubtful: {_said(*differs)}")] if any(differs) else []


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
    """The characters, without blanks, as a bag; forms that mean the same are one, halves of a
    character too.
    """
    whole = "".join(texts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    usual = unicodedata.normalize("NFKC", drawn(whole)).replace("⸺", "--")
    return Counter(bare(UNSEEN.sub("", DASHES.sub("-", usual))))
