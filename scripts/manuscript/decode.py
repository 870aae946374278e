"""Bytes to text: finds the encoding of an extracted text.

Changes no character. What cannot be text at all raises BookError with the place and the cure.
"""

import codecs
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from manuscript.plain import NEWLINE
from whitepaper.book import BookError

LIMIT = 64 * 1024 * 1024
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = {
    b"\xd0\xcf\x11\xe0": "an old or encrypted Office document: save it as DOCX, without a password",
    b"{\\rtf": "an RTF document: save it as DOCX",
    b"\x89PNG": "a PNG picture: bring the document itself",
    b"\xff\xd8\xff": "a JPEG picture: bring the document itself",
    b"\x1f\x8b": "a gzip archive: unpack it first",
}
HTML = re.compile(r"\s*<(?:!doctype html|html|head|body|\?xml)\b", re.IGNORECASE)
TAGS = re.compile(r"</(?:p|div|td|li|h[1-6]|span)>", re.IGNORECASE)
FRONT = re.compile(r"---\n\w+: ")
ATX = re.compile(r"^#{1,6} \S.*$", re.MULTILINE)
# The commonest characters of written Chinese, both scripts: real text has them in plenty, mojibake
# hardly ever.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下這為國個時來們對會發動業學術與"
)
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Source:
    """The decoded text of a file, every character of it, and what had to be said about decoding."""

    text: str
    encoding: str
    warnings: tuple[tuple[int, str], ...] = ()


def shown(path: Path) -> str:
    """A file's name for messages: one line, nothing that a terminal obeys."""
    return "".join(char if char.isprintable() else "\ufffd" for char in str(path))


def read_bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BookError(f"{shown(path)}: not a regular file. Name a text file")
        if found.st_size > LIMIT:
            raise BookError(
                f"{shown(path)}: larger than the limit of {LIMIT // 2**20} MB. Import it in parts"
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise BookError(
            f"{shown(path)}: cannot be read ({getattr(error, 'strerror', None) or error}). "
            "Check the name and its permissions"
        ) from None


def decode(data: bytes, name: str, encoding: str | None = None, lossy: bool = False) -> Source:
    """Strictly decoded; `lossy` puts U+FFFD for each byte or control character that cannot stand in
    a page.
    """
    if said := next((said for magic, said in MAGIC.items() if data.startswith(magic)), None):
        raise BookError(f"{name}: this is {said}")
    text, encoding, warnings = (
        _as(data, name, encoding, lossy) if encoding else _guess(data, name, lossy)
    )
    _require_plain(text, name)
    text, more = _without_controls(text, name, lossy)
    return Source(text, encoding, tuple(warnings + more))


def _require_plain(text: str, name: str) -> None:
    """Raises BookError for the source of a page: its marks would be printed."""
    if HTML.match(text) or len(TAGS.findall(text[:200_000])) > 5:
        raise BookError(
            f"{name}: this is HTML. Print it to a PDF, or bring the document it was made from"
        )
    if FRONT.match(text) or len(ATX.findall(text[:200_000])) > 1:
        raise BookError(
            f"{name}: this is Markdown. Put it into docs/ by hand, or bring the document it was "
            "made from"
        )


def _guess(data: bytes, name: str, lossy: bool) -> tuple[str, str, list]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _as(data, name, encoding, lossy)
    if wide := _utf16_without_bom(data, name):
        return _as(data, name, wide, lossy)
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError as error:
        if _cut_at_end(error, data) or _mostly_utf8(data):
            return _as(data, name, "utf-8", lossy)
    return _gb18030(data, name)


def _as(data: bytes, name: str, encoding: str, lossy: bool) -> tuple[str, str, list]:
    try:
        return data.decode(encoding), encoding, []
    except UnicodeDecodeError as error:
        if encoding.lower().startswith(("utf-8", "utf8")) and _cut_at_end(error, data):
            text = data[: error.start].decode(encoding)
            return (
                text,
                encoding,
                [
                    (
                        _lines_of(text),
                        f"the file ends inside a character: its last {len(data) - error.start} "
                        "bytes are no text",
                    )
                ],
            )
        if not lossy:
            line = 1 + data.count(b"\n", 0, error.start)
            raise BookError(
                f"{name}:{line}: byte {error.start} is not {encoding}. Mend it, name another "
                "--encoding, or print U+FFFD for it with --lossy"
            ) from None
    except (LookupError, UnicodeError):
        raise BookError(
            f"--encoding {encoding}: Python knows no such encoding. Try utf-8, utf-16, gb18030, "
            "big5 or shift_jis"
        ) from None
    text = data.decode(encoding, "replace")
    return (
        text,
        encoding,
        [(1, f"bytes that are not {encoding} became U+FFFD, {text.count(chr(0xFFFD))} in all")],
    )


def _cut_at_end(error: UnicodeDecodeError, data: bytes) -> bool:
    return error.reason == "unexpected end of data" and error.start >= len(data) - 3


def _mostly_utf8(data: bytes) -> bool:
    """A slip or two in good UTF-8, where another encoding would fail at nearly every character."""
    text = data.decode("utf-8", "replace")
    good = sum(1 for char in text if ord(char) > 127)
    return text.count("\ufffd") * 20 < good


def _utf16_without_bom(data: bytes, name: str) -> str | None:
    """By the NUL bytes that every ASCII character brings; the order of bytes is the one that gives
    readable text.
    """
    nuls = data.count(0, 0, 65536)
    if not nuls:
        return None
    readable = {
        encoding: _readable(data[: 65536 - len(data) % 2], encoding)
        for encoding in ("utf-16-le", "utf-16-be")
    }
    best = max(readable, key=readable.__getitem__)
    if len(data) % 2 == 0 and nuls * 200 > min(len(data), 65536) and readable[best] >= 0.6:
        return best
    if nuls * 100 > min(len(data), 65536):
        raise BookError(
            f"{name}: this is a binary file ({nuls} NUL bytes at its start), not text. Extract "
            "its text first"
        )
    return None


def _readable(data: bytes, encoding: str) -> float:
    """The share of the characters that are ASCII, common Han or Chinese punctuation."""
    text = data.decode(encoding, "replace")
    good = sum(
        " " <= char <= "~" or char in "\n\r\t\f，。、；：（）“”" or _first_level(char)
        for char in text
    )
    return good / max(1, len(text))


def _gb18030(data: bytes, name: str) -> tuple[str, str, list]:
    cure = (
        f"{name}: its bytes are not UTF-8, UTF-16 and GB18030. Name its encoding with "
        "--encoding, for example big5, shift_jis or utf-16-le"
    )
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise BookError(cure) from None
    if not _plausible(text[:100_000]):
        raise BookError(cure)
    return text, "gb18030", []


def _plausible(text: str) -> bool:
    """Real Chinese text: common characters stand all over it, hardly any outside the first level of
    GB 2312.
    """
    foreign = [
        char
        for char in text
        if ord(char) > 127 and not unicodedata.category(char).startswith(("P", "Z"))
    ]
    if not foreign or FORBIDDEN.search(text):
        return False
    return sum(char in COMMON for char in foreign) >= 0.05 * len(foreign) or sum(
        map(_first_level, foreign)
    ) >= 0.9 * len(foreign)


def _first_level(char: str) -> bool:
    return b"\xb0" <= char.encode("gb2312", "ignore")[:1] <= b"\xd7"


def _without_controls(text: str, name: str, lossy: bool) -> tuple[str, list]:
    first = FORBIDDEN.search(text)
    if not first:
        return text, []
    if not lossy:
        found = f"control character U+{ord(first[0]):04X}"
        raise BookError(
            f"{name}:{_lines_of(text[: first.start()])}: {found} cannot stand in a page. Remove "
            "it, or print U+FFFD for it with --lossy"
        )
    text, count = FORBIDDEN.subn("\ufffd", text)
    return text, [(1, f"control characters became U+FFFD, {count} in all")]


def _lines_of(text: str) -> int:
    return 1 + len(NEWLINE.findall(text))
