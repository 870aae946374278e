"""What a voice says of a PDF: its words in the order of the tags, each with the language that holds
for it.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pikepdf

CHARACTER = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def spoken(path: Path) -> list[tuple[str, str, int]]:
    """(words, language, page from 0) of each run; figures speak by their descriptions, not here."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: (number, _marked(page)) for number, page in enumerate(pdf.pages)}
        heard = _walk(pdf.Root.StructTreeRoot.K, str(pdf.Root.Lang), None, pages)
        joined: list[tuple[str, str, int]] = []
        for words, lang, page in heard:
            if joined and joined[-1][1:] == (lang, page):
                words = joined.pop()[0] + words
            joined.append((words, lang, page))
        return joined


def tagged(path: Path | io.BytesIO) -> str:
    """The tags in reading order, each with what stands in it: `H1(起) P(一Strong(粗)。)`."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: (number, _marked(page)) for number, page in enumerate(pdf.pages)}
        return " ".join(_parts(pdf.Root.StructTreeRoot.K, None, pages)).replace("\u2060", "")


def _parts(node, page, pages) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _parts(child, page, pages)
    elif isinstance(node, int) or node.get("/Type") == "/MCR":
        yield "".join(words for words, _, _ in _walk(node, "", page, pages))
    elif "/S" in node:
        page = node.Pg.objgen if "/Pg" in node else page
        inner = (
            str(node.Alt) if "/Alt" in node else " ".join(_parts(node.get("/K", []), page, pages))
        )
        yield f"{str(node.S)[1:]}({inner})"


def _walk(node, lang, page, pages) -> Iterator[tuple[str, str, int]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, lang, page, pages)
    elif isinstance(node, int):
        number, marked = pages[page]
        yield from ((words, own or lang, number) for words, own in marked[node])
    elif isinstance(node, pikepdf.Dictionary) and "/Alt" not in node:
        lang = str(node.get("/Lang", lang))
        page = node.Pg.objgen if "/Pg" in node else page
        if node.get("/Type") == "/MCR":
            yield from _walk(int(node.MCID), lang, page, pages)
        elif "/K" in node:
            yield from _walk(node.K, lang, page, pages)


def _marked(page: pikepdf.Page) -> dict[int, list[tuple[str, str]]]:
    """The words of each piece of marked content, with the language that it claims, or ``."""
    found, fonts, font, open_marks = defaultdict(list), {}, {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                claims = operands[1] if len(operands) > 1 else {}
                if isinstance(claims, pikepdf.Name):
                    claims = page.Resources.Properties[claims]
                open_marks.append(claims)
            case "EMC":
                open_marks.pop()
            case "Tf":
                name = str(operands[0])
                font = fonts.setdefault(name, _letters(page.Resources.Font[name]))
            case "Tj" | "TJ":
                codes = b"".join(
                    bytes(one)
                    for one in (operands[0] if str(operator) == "TJ" else operands)
                    if isinstance(one, pikepdf.String)
                )
                words = "".join(
                    font.get(int.from_bytes(codes[at : at + 2], "big"), "")
                    for at in range(0, len(codes), 2)
                )
                found[_claimed(open_marks, "/MCID")].append((words, _claimed(open_marks, "/Lang")))
    return {
        place: [(words, str(lang or "")) for words, lang in runs] for place, runs in found.items()
    }


def _claimed(open_marks: list, key: str):
    return next((claims[key] for claims in reversed(open_marks) if key in claims), None)


def _letters(font: pikepdf.Dictionary) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("latin-1")
    letters: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, words in CHARACTER.findall(block):
            letters[int(code, 16)] = bytes.fromhex(words).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, words in RANGE.findall(block):
            for code in range(int(first, 16), int(last, 16) + 1):
                letters[code] = chr(int(words, 16) + code - int(first, 16))
    return letters
