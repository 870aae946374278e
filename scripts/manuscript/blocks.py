"""A page's Markdown as the blocks of our own conventions, and text made safe to stand in it.

Reads what people write by the conventions of CONTRIBUTING (one line per paragraph); it is no
Markdown parser. `literal` and `plain` are each other's inverse: what was escaped comes back
character by character.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from manuscript.characters import matched

# Python-Markdown takes a backslash before these; everything else that could mean something becomes
# an entity.
BACKSLASH = re.compile(r"[\\`*_\[\]{}#]")
ENTITY = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "~": "&#126;",
    "^": "&#94;",
    "=": "&#61;",
    "|": "&#124;",
    "@": "&#64;",
    "$": "&#36;",
    '"': "&quot;",
}
ENTITIES = re.compile("[" + re.escape("".join(ENTITY)) + "]")
LEADING = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([-+!])|([:?%]))")
HEADING = re.compile(r"^(#{1,6}) (.+?)(?: \{#([\w-]+)\})?$")
FIGURE = re.compile(r"^!\[(?P<alt>.*)\]\([^)\s]*\)(?:\{#(?P<id>[\w-]+)\})?$")
NOTE_DEFINITION = re.compile(r"^\[\^([^\]]+)\]: ")
NOTE_REFERENCE = re.compile(r"\[\^([^\]]+)\]")
ITEM = re.compile(r"^(?:(\d+)\.|-) ")
NOTICE_TITLE = re.compile(r'^!!! \w+ "(.*)"')
CHUNK = re.compile(
    r"^!!!.*(?:\n\s* {4}.*\S.*)*|^.*\S.*(?:\n.*\S.*)*", re.MULTILINE
)  # a notice with its body, or lines without a blank one between
OWN_ID = re.compile(r"^ *\{#([\w-]+)\}$")


@dataclass(frozen=True)
class Block:
    """A piece of a page's source that stays together."""

    kind: str  # heading para item bullet figure notice note table caption raw
    source: str  # without the line that gives its id
    id: str = ""  # of headings and figures as written, of paragraphs and items as counted
    level: int = 0

    @property
    def counted(self) -> bool:
        return self.kind in ("para", "item", "bullet")

    @property
    def text(self) -> str:
        """What it says, without markup, references to notes and an item's number; of a notice, its
        title.
        """
        match self.kind:
            case "heading":
                return plain(matched(HEADING, self.source)[2])
            case "figure":
                return plain(matched(FIGURE, self.source)["alt"])
            case "notice":
                return plain(found[1]) if (found := NOTICE_TITLE.match(self.source)) else ""
            case "item" | "bullet":
                return plain(ITEM.sub("", self.source))
            case "note":
                return plain(NOTE_DEFINITION.sub("", self.source))
            case "table":
                rows = [row.strip("| ").split(" | ") for row in self.source.split("\n")]
                return " ".join(
                    plain(cell) for at, row in enumerate(rows) if at != 1 for cell in row
                )
        return plain(self.source)

    @property
    def printed(self) -> str:
        """What it says, an item's number included."""
        return f"{matched(ITEM, self.source)[1]}.{self.text}" if self.kind == "item" else self.text


@dataclass(frozen=True)
class PageText:
    """A page: its front matter as written, and its blocks."""

    front: str = ""
    blocks: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        return next((block.text for block in self.find("heading")), "")

    def find(self, kind: str) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]

    def has(self, key: str, value: str) -> bool:
        """Whether its front matter says so."""
        return f"{key}: {value}" in self.front.split("\n")

    @property
    def counted(self) -> list[Block]:
        return [block for block in self.blocks if block.counted]


def read_page_text(text: str) -> PageText:
    front, body = _split_front(text)
    return PageText(
        front,
        list(
            _numbered(
                block for found in CHUNK.finditer(body) for block in _blocks(found[0].split("\n"))
            )
        ),
    )


def _split_front(text: str) -> tuple[str, str]:
    """(front matter, the rest); no front matter where a page does not begin with it."""
    front, mark, body = text.removeprefix("---\n").partition("\n---\n")
    return (front, body) if mark and text.startswith("---\n") else ("", text)


def _blocks(lines: list[str]) -> Iterator[Block]:
    """The blocks of lines without a blank one between: one, or the items of a list, or a row of
    definitions of notes.
    """
    if lines[0].startswith("!!!"):
        yield Block("notice", "\n".join(lines))
        return
    starts = [
        at
        for at, line in enumerate(lines)
        if at == 0 or ITEM.match(line) or NOTE_DEFINITION.match(line)
    ]
    for start, end in zip(starts, [*starts[1:], len(lines)]):
        own = OWN_ID.match(lines[end - 1]) if end - start > 1 else None
        yield _block("\n".join(lines[start : end - 1 if own else end]), own[1] if own else "")


def _block(source: str, own: str) -> Block:
    if found := HEADING.match(source):
        return Block("heading", source, found[3] or "", len(found[1]))
    if found := FIGURE.match(source):
        return Block("figure", source, found["id"] or own)
    if found := NOTE_DEFINITION.match(source):
        return Block("note", source, found[1])
    if found := ITEM.match(source):
        return Block("item" if found[1] else "bullet", source, own)
    if own.startswith("table-"):
        return Block("caption", source, own)
    kinds = {"<": "raw", "|": "table"}
    return Block(kinds.get(source[:1], "para"), source, own)


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Gives paragraphs and items the number that the built page will give them."""
    count = 0
    for block in blocks:
        if block.counted:
            block = replace(block, id=block.id or f"p{count + 1}")
            count = _count_on(count, block.id)
        yield block


def _count_on(count: int, name: str) -> int:
    """Where counting stands behind a block of this name: p7 sets it to 7, p7a and other names leave
    it alone.
    """
    found = re.fullmatch(r"p(\d+)", name)
    return int(found[1]) if found else count


def render_page_text(page: PageText) -> str:
    """The page's Markdown; ids are written where counting alone would not give them."""
    parts, count, before = [f"---\n{page.front}\n---"], 0, ""
    for block in page.blocks:
        source = block.source
        if block.counted:
            own = "" if block.id == f"p{count + 1}" else f"{{#{block.id}}}"
            source += f"\n{'' if block.kind == 'para' else '    '}{own}" if own else ""
            count = _count_on(count, block.id)
        elif block.kind == "caption":
            source += f"\n{{#{block.id}}}"
        tight = block.kind == before and block.kind in ("item", "bullet", "note")
        parts.append(source if tight else f"\n{source}")
        before = block.kind
    return "\n".join(parts) + "\n"


def set_key(front: str, key: str, value: str | None) -> str:
    """Front matter with one key set, or taken out where the value is None."""
    lines = [line for line in front.split("\n") if line and not line.startswith(f"{key}:")]
    at = next(
        (at for at, line in enumerate(front.split("\n")) if line.startswith(f"{key}:")), len(lines)
    )
    return "\n".join(lines if value is None else [*lines[:at], f"{key}: {value}", *lines[at:]])


def with_key(page: str, key: str, value: str | None) -> str:
    """A whole page with one key of its front matter set, or taken out; as it is where it has no
    front matter.
    """
    front, body = _split_front(page)
    return f"---\n{set_key(front, key, value)}\n---\n{body}" if front else page


# --- text ---


def literal(text: str) -> str:
    """Markdown that prints exactly this text, wherever a paragraph, item, heading or caption may
    begin.
    """
    return LEADING.sub(_not_leading, inline(text))


def inline(text: str) -> str:
    """Markdown that prints exactly this text in the middle of a line."""
    text = " ".join(text.splitlines())
    return BACKSLASH.sub(r"\\\g<0>", ENTITIES.sub(lambda char: ENTITY[char[0]], text))


def _not_leading(found: re.Match) -> str:
    number, mark, sign, other = found.groups()
    if number:
        return f"{number}\\." if mark == "." else f"{number}&#41;"
    return f"\\{sign}" if sign else f"&#{ord(other)};"


def plain(source: str) -> str:
    """The text that a line of our Markdown prints, without references to notes."""
    source = NOTE_REFERENCE.sub("", source)
    source = re.sub(r"(?<!\\)\[([^\]]*)\]\([^)]*\)", r"\1", source)
    source = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"\1", source)
    return html.unescape(re.sub(r"\\(.)", r"\1", source))
