"""A document of Word as a plain tree: paragraphs, tables and runs in the order of print, with the
characters that are printed, and nothing around them.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from manuscript.equations import in_line
from manuscript.symbols import drawn

MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
GONE = [*map(qn, "w:del w:moveFrom w:sdtPr".split()), f"{MARKUP}Fallback"]  # and second copies
AROUND = [
    *map(qn, "w:ins w:moveTo w:sdt w:sdtContent w:customXml w:smartTag w:hyperlink".split()),
    f"{MARKUP}AlternateContent",
    f"{MARKUP}Choice",
]
BOXED = "boxed"  # an attribute of our own: stood in a text box
PRINTED = {*map(qn, "w:t w:tab w:ptab w:br w:cr w:noBreakHyphen".split())}
NOTHING = 0x200B  # one of the characters without width
UNSEEN = dict.fromkeys([NOTHING, 0x2060, 0xFEFF])
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
RELATION = re.compile(rb'<Relationship\b[^>]*?Target="(?:[^"]*/)?([^"]*)"[^>]*/>')
# Behind a heading that runs in, the mark of a paragraph alone is hidden, and especially so.
HIDDEN = "w:rPr/w:vanish[not(@w:val='0' or @w:val='false' or ../w:specVanish)]"


def open_package(path: Path) -> io.BytesIO:
    """The archive of a DOCX, its strict form under the names of the usual one, without relations to
    parts that it has not, a lost picture or a menu of somebody's Word.
    """
    usual = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(usual, "w") as copy:
        parts = {name.rpartition("/")[2].encode() for name in archive.namelist()}

        def there(relation: re.Match[bytes]) -> bytes:
            kept = relation[1] in parts or b'"External"' in relation[0]
            return relation[0] if kept else b""

        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith((".xml", ".rels")):
                data = STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
                data = RELATION.sub(there, data)
            copy.writestr(name, data)
    return usual


def make_plain(root: Any) -> list[str]:
    """Changes the tree of a part; what it hides is taken out and returned."""
    etree.strip_elements(root, *GONE, with_tail=False)
    etree.strip_tags(root, *AROUND)
    for equation in [*root.iter(EQUATION, qn("w:ruby"))]:
        run = OxmlElement("w:r")
        run.text = in_line(equation)
        run[:0] = [*equation.iter(qn("w:rPr"))][:1]  # set as its first part is
        equation.getparent().replace(equation, run)
    hidden = []
    for run in [*root.iter(qn("w:r"))]:
        if run.xpath(HIDDEN):
            hidden.append(words_of(run))
            run.getparent().remove(run)
        face = nearest([run], "w:rPr/w:rFonts/@w:ascii")
        for text in run.iterchildren(qn("w:t")):
            text.text = drawn(text.text or "", face)
        for sign in run.xpath("w:sym"):
            code = int(sign.get(qn("w:char"), "0"), 16) or NOTHING
            sign.text = drawn(chr(code), sign.get(qn("w:font"), ""))
            sign.tag = qn("w:t")
    for box in reversed([*root.iter(qn("w:txbxContent"))]):
        anchor = next(box.iterancestors(qn("w:p")))
        for block in reversed(box):
            for paragraph in block.iter(qn("w:p")):
                paragraph.set(BOXED, "1")
            anchor.addnext(block)
    return hidden


def nearest(places: Iterable[Any], path: str) -> Any:
    """What the first of the elements that has anything at this path has there, or ``."""
    return next((found for place in places for found in place.xpath(path)), "")


def printed(element: Any) -> str:
    """What a member of a run prints; a line's end is a line feed."""
    return str(element).translate(UNSEEN) if element.tag in PRINTED else ""


def words_of(element: Any) -> str:
    """What the runs in an element print."""
    return "".join(map(printed, element.xpath("descendant-or-self::w:r/*")))
