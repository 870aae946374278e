"""Other readers of the same file: where all of them see other characters, the page is doubtful."""

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pdf_oxide
import pypdf

from manuscript.characters import bare
from manuscript.equations import in_line
from manuscript.pdf import Sheet
from manuscript.symbols import PRINTED, drawn

Reader = Callable[[int], str]  # the text of a page, by its place
HARDLY = 0.2  # of a page's characters differ, here or there
UNKNOWN = {"\ufffd", "\uffff"}  # characters whose meaning it does not find
DASHES = re.compile("[\u00ad\u2010-\u2015\u2212]")
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\x00-\x1f]")
PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RADICAL = re.compile("[\u2e80-\u2fdf]")


def compare_pages(path: Path, sheets: Sequence[Sheet]) -> list[tuple[int, str]]:
    """(0, what differs) where each other reader sees other characters than we do, once for all
    pages, and once for those that none can read.
    """
    whole = Counter[str]()
    found: list[int] = []
    unread: list[int] = []
    readers = []
    for begin in (_with_oxide, _with_pypdf):
        with suppress(BaseException):  # whatever they stumble over: a panic in Rust is no Exception
            readers.append(begin(path))
    for sheet in sheets:
        ours = "".join(run.text for run in sheet.runs)
        differs = _compared(ours, readers, sheet.number - 1)
        unknown = +differs and UNKNOWN.issuperset(+differs)
        if unknown or _size(differs) > HARDLY * len(bare(ours)):
            unread.append(sheet.number)
        elif differs:
            found.append(sheet.number)
            whole.update(differs)
    return [
        (0, f"doubtful: {said}, on {len(some)} pages: {', '.join(map(str, some[:12]))}")
        for said, some in ((_said(whole), found), ("no second reader can read all", unread))
        if some
    ]


def _with_oxide(path: Path) -> Reader:
    """Ten times as fast as the other."""
    document = pdf_oxide.PdfDocument(str(path))
    return lambda at: "".join(span.text for span in document.extract_spans(at))


def _with_pypdf(path: Path) -> Reader:
    pages = pypdf.PdfReader(path).pages
    return lambda at: pages[at].extract_text()


def _compared(ours: str, readers: Iterable[Reader], at: int) -> Counter[str]:
    """What the reader sees otherwise who sees the page most as we do, be private characters those
    of Symbol or not.
    """
    least = _differs(letters([ours]), Counter())
    for read in readers:
        with suppress(BaseException):
            theirs = read(at)
            for face in ("", PRINTED):
                differs = _differs(letters([ours], face), letters([theirs], face))
                least = min(least, differs, key=_size)
        if not least:
            break
    return least


def _differs(ours: Counter[str], theirs: Counter[str]) -> Counter[str]:
    """What they see more often than we, and below zero what we see; nothing where it is the same
    characters under the code of their radicals.
    """
    differs, more = theirs - ours, ours - theirs
    alike = differs.total() == more.total() and all(map(RADICAL.match, differs))
    differs.subtract(more)
    return Counter() if alike else differs


def _size(differs: Counter[str]) -> int:
    return sum(map(abs, differs.values()))


def _said(differs: Counter[str]) -> str:
    """With the rarest first, for what is read otherwise throughout is the font's."""
    kinds = (+differs, "not here"), (-differs, "not there")
    said = "; ".join(
        f"{''.join(sorted(some, key=some.__getitem__)[:12])} {kind}" for some, kind in kinds if some
    )
    return f"a second reader sees other characters ({said})"


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
    return [(0, f"doubtful: {_said(differs)}")] if differs else []


def _texts(element: ElementTree.Element, face: str = "") -> Iterator[str]:
    """What is printed: no deleted text, and of what is there for two kinds of readers one copy."""
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            yield drawn(child.text or "", face)
        elif tag == "sym":
            yield drawn(chr(int(child.get(f"{WORD}char", "0"), 16)), child.get(f"{WORD}font", ""))
        elif tag == "noBreakHyphen":
            yield "-"
        elif tag in ("oMath", "ruby"):
            yield in_line(child)
        elif tag not in ("del", "moveFrom", "Fallback"):
            fonts = child.find(f"{WORD}rPr/{WORD}rFonts")
            yield from _texts(child, "" if fonts is None else fonts.get(f"{WORD}ascii", ""))


def letters(texts: Iterable[str], face: str = "") -> Counter[str]:
    """The characters, without blanks, as a bag; forms that mean the same are one, halves of a
    character too.
    """
    whole = "".join(texts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    usual = unicodedata.normalize("NFKC", drawn(whole, face)).replace("⸺", "--")
    return Counter(bare(UNSEEN.sub("", DASHES.sub("-", usual))))
