"""Bytes to text: finds the encoding of an extracted text.

Changes no character. What cannot be text at all raises BookError with the place and the cure.
"""

import re
import stat
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from manuscript.plain import NEWLINE
from manuscript.symbols import drawn
from whitepaper.book import BookError

LIMIT = 64 * 1024 * 1024
EXPECTED = ("utf_8", "ascii", "utf_16", "utf_16_le", "utf_16_be", "gb18030")
MAGIC = {
    b"\xd0\xcf\x11\xe0": "an old or encrypted Office document: save it as DOCX, without a password",
    b"{\\rtf": "an RTF document: save it as DOCX",
    b"\x89PNG": "a PNG picture: bring the document itself",
    b"\xff\xd8\xff": "a JPEG picture: bring the document itself",
    b"\x1f\x8b": "a gzip archive: unpack it first",
}
# Sources of pages, whose marks would be printed: how one begins, what it holds, and how often any
# text may hold that (one mark of a heading begins remarks in code too).
SOURCES = {
    "HTML. Print it to a PDF": (
        re.compile(r"\s*<(?:!doctype html|html|head|body|\?xml)\b", re.IGNORECASE),
        re.compile(r"</(?:p|div|td|li|h[1-6]|span)>", re.IGNORECASE),
        5,
    ),
    "Markdown. Put it into docs/ by hand": (
        re.compile(r"\s*(?:---\n\w+: |#{1,6} \S)"),
        re.compile(r"^#{2,6} \S", re.MULTILINE),
        1,
    ),
}
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")


class Source(NamedTuple):
    """The decoded text of a file, every character of it, and what had to be said about decoding."""

    text: str
    encoding: str
    warnings: list[tuple[int, str]]


def shown(path: Path) -> str:
    """A file's name for messages: one line, nothing that a terminal obeys."""
    return "".join(char if char.isprintable() else "\ufffd" for char in str(path))


def read_bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BookError(f"{shown(path)}: not a regular file. Name a PDF, a DOCX or a text")
        if found.st_size > LIMIT:
            raise BookError(
                f"{shown(path)}: larger than the limit of {LIMIT // 2**20} MB. Import it in parts"
            )
        return path.read_bytes()
    except OSError as error:
        raise BookError(
            f"{shown(path)}: cannot be read ({error.strerror}). Check the name and its permissions"
        ) from None


def decode(data: bytes, name: str, encoding: str | None = None, lossy: bool = False) -> Source:
    """Strictly decoded; `lossy` puts U+FFFD for each byte or control character that cannot stand in
    a page.
    """
    if said := next((said for magic, said in MAGIC.items() if data.startswith(magic)), None):
        raise BookError(f"{name}: this is {said}")
    encoding = encoding or _find(data, name)
    text, warnings = _as(data, name, encoding, lossy)
    for said, (begins, mark, most) in SOURCES.items():
        if begins.match(text) or len(mark.findall(text[:200_000])) > most:
            raise BookError(f"{name}: this is {said}, or bring the document it was made from")
    control = FORBIDDEN.search(text)
    if control and not lossy:
        raise BookError(
            f"{name}:{_lines_of(text[: control.start()])}: control character "
            f"U+{ord(control[0]):04X} cannot stand in a page. Remove it, or print U+FFFD for it "
            "with --lossy"
        )
    text = drawn(FORBIDDEN.sub("\ufffd", text))
    if lossy and (count := text.count("\ufffd")):
        warnings.append((1, f"what cannot stand in a page became U+FFFD, {count} in all"))
    return Source(text, encoding, warnings)


def _find(data: bytes, name: str) -> str:
    """UTF-8 where few characters fail, for as another encoding nearly all would; else by what makes
    it readable.
    """
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 20 <= sum(char > "\x7f" for char in text) and "\0" not in text:
        return "utf-8"
    best = from_bytes(data).best()
    if best is None or best.encoding not in EXPECTED:
        likely = f"; they look like {best.encoding}" if best else ""
        raise BookError(
            f"{name}: its bytes are not UTF-8, UTF-16 and GB18030{likely}. Name its encoding with "
            "--encoding, for example big5, shift_jis or utf-16-le"
        )
    return best.encoding


def _as(data: bytes, name: str, encoding: str, lossy: bool) -> tuple[str, list[tuple[int, str]]]:
    try:
        return data.decode(encoding, "replace" if lossy else "strict"), []
    except UnicodeDecodeError as error:
        at, left = error.start, len(data) - error.start
        if error.reason == "unexpected end of data" and left <= 3 and "8" in encoding:
            text = data[:at].decode(encoding)
            said = f"the file ends inside a character: its last {left} bytes are no text"
            return text, [(_lines_of(text), said)]
        raise BookError(
            f"{name}:{1 + data.count(10, 0, at)}: byte {at} is not {encoding}. Mend it, name "
            "another --encoding, or print U+FFFD for it with --lossy"
        ) from None
    except (LookupError, UnicodeError):
        raise BookError(
            f"--encoding {encoding}: Python knows no such encoding. Try utf-8, utf-16, gb18030, "
            "big5 or shift_jis"
        ) from None


def _lines_of(text: str) -> int:
    return 1 + len(NEWLINE.findall(text))
