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
RADICALS = re.compile("[\u2e80-\u2fdf]+")


def compare_pages(path: Path, sheets: Sequence[Sheet]) -> list[tuple[int, str]]:
    """(0, what differs) where pypdf sees other characters than we do: page by page, but once for
    those that it reads otherwise throughout, and once for the pages that it cannot read.
    """
    found: dict[int, Difference] = {}
    unread: list[int] = []
    fonts: Fonts = {}
    try:
        pages = pypdf.PdfReader(path).pages
        for sheet in sheets:
            ours = letters(run.text for run in sheet.runs)
            missing, more = _differs(ours, pages[sheet.number - 1], fonts)
            unknown = set(missing) and set(missing) <= UNKNOWN
            if unknown or (missing + more).total() > HARDLY * ours.total():
                unread.append(sheet.number)
            elif missing or more:
                found[sheet.number] = missing, more
    except Exception as error:  # whatever a foreign reader stumbles over
        return [
            (0, f"no second reader could read this PDF ({type(error).__name__}): compare it all")
        ]
    told = []
    if swaps := [f"{theirs} for {ours}" for ours, theirs in _swaps([*found.values()])]:
        told.append(f"a second reader sees throughout {', '.join(swaps)}")
    if unread:
        some = ", ".join(map(str, unread[:12]))
        told.append(f"doubtful: a second reader cannot read all of {len(unread)} pages: {some}")
    told += [
        f"page {number} is doubtful: a second reader sees other characters ({said})"
        for number, difference in found.items()
        if (said := _said(difference))
    ]
    return [(0, said) for said in told]


def _differs(ours: Counter[str], page: pypdf.PageObject, fonts: Fonts) -> Difference:
    with suppress(Exception):
        theirs = letters(_shown(page, fonts))
        if not _said((theirs - ours, ours - theirs)):
            return Counter(), Counter()
    theirs = letters([page.extract_text()])
    return theirs - ours, ours - theirs


def _swaps(found: Sequence[Difference]) -> list[tuple[str, str]]:
    """(ours, theirs) of two characters that differ equally often on every page, and more than once;
    they are no difference any more. The same character under the code of its radical is none.
    """
    sides: tuple[dict, dict] = {}, {}
    for at, chars in enumerate(sides):
        for char in {char for difference in found for char in difference[at]}:
            chars.setdefault(tuple(difference[at][char] for difference in found), []).append(char)
    swaps = [
        (*ours, *theirs)
        for counts, theirs in sides[0].items()
        if len(theirs) == len(ours := sides[1].get(counts, [])) == 1 < sum(counts)
    ]
    for ours, theirs in swaps:
        for missing, more in found:
            del missing[theirs], more[ours]
    return sorted(swap for swap in swaps if not RADICALS.match(swap[1]))


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


def _said(difference: Difference) -> str:
    missing, more = ("".join(some.elements()) for some in difference)
    if len(missing) == len(more) and RADICALS.fullmatch(missing):
        return ""  # the same characters, under the code of their radicals
    kinds = (missing, "not read here"), (more, "not read there")
    return "; ".join(f"{len(some)} {kind}: {some[:12]}" for some, kind in kinds if some)


def compare_xml(package: BytesIO, texts: Iterable[str]) -> list[tuple[int, str]]:
    """(0, what differs) between the texts and all that a DOCX holds, read without the library that
    read it first.
    """
    there: list[str] = []
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if PARTS.fullmatch(name):
                there += _texts(ElementTree.fromstring(archive.read(name)))
    ours, theirs = letters(texts), letters(there)
    said = _said((theirs - ours, ours - theirs))
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
    usual = unicodedata.normalize("NFKC", drawn("".join(texts))).replace("⸺", "--")
    return Counter(bare(UNSEEN.sub("", DASHES.sub("-", usual))))
