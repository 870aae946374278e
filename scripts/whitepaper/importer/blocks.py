"""A page's Markdown as the blocks of our own conventions, and text made safe to stand in it.

Reads what people write by the conventions of CONTRIBUTING (one line per paragraph); it is no Markdown parser.
`literal` and `plain` are each other's inverse: what was escaped comes back character by character.
"""
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Python-Markdown takes a backslash before these; everything else that could mean something becomes an entity.
BACKSLASH = re.compile(r"[\\`*_\[\]{}#]")
ENTITY = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;", "^": "&#94;", "=": "&#61;", "|": "&#124;", "@": "&#64;", "$": "&#36;", '"': "&quot;", "\u0002": "", "\u0003": ""}
ENTITIES = re.compile("[" + re.escape("".join(ENTITY)) + "]")
LEADING = re.compile(r"^(?:(?P<number>\d+)(?P<dot>[.)])(?=\s|$)|(?P<sign>[-+!])|(?P<other>[:?%]))")
HEADING = re.compile(r"^(#{1,6}) (.+?)(?: \{#([\w-]+)\})?$")
FIGURE = re.compile(r"^!\[(?P<alt>.*)\]\((?P<src>[^)\s]*)\)(?:\{#(?P<id>[\w-]+)\})?$")
NOTE_DEFINITION = re.compile(r"^\[\^([^\]]+)\]: ")
NOTE_REFERENCE = re.compile(r"\[\^([^\]]+)\]")
ITEM = re.compile(r"^(?:(\d+)\.|-) ")
OWN_ID = re.compile(r"^ *\{#([\w-]+)\}$")


@dataclass(frozen=True)
class Block:
    """A piece of a page's source that stays together."""

    kind: str  # heading para item bullet figure notice note
    source: str  # without the line that gives its id
    id: str = ""  # of headings and figures as written, of paragraphs and items as counted
    level: int = 0

    @property
    def counted(self) -> bool:
        return self.kind in ("para", "item", "bullet")

    @property
    def text(self) -> str:
        """What it says, without markup and references to notes."""
        if self.kind == "heading":
            return plain(HEADING.match(self.source)[2])
        if self.kind == "figure":
            return plain(FIGURE.match(self.source)["alt"])
        return plain(ITEM.sub("", self.source) if self.kind in ("item", "bullet") else self.source)

    @property
    def notes(self) -> list[str]:
        return NOTE_REFERENCE.findall(self.source)


@dataclass
class PageText:
    """A page: its front matter as written, and its blocks."""

    front: str = ""
    blocks: list[Block] = field(default_factory=list)

    def find(self, kind: str) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]


def read_page_text(text: str) -> PageText:
    front, body = "", text
    if text.startswith("---\n") and "\n---\n" in text[3:]:
        front, _, body = text[4:].partition("\n---\n")
    return PageText(front, list(_numbered(_blocks(body.split("\n")))))


def _blocks(lines: list[str]) -> Iterator[Block]:
    chunk: list[str] = []
    for line in [*lines, ""]:
        if not line.strip() and not (chunk and chunk[0].startswith("!!!")):
            yield from _chunk(chunk)
            chunk = []
        elif chunk and chunk[0].startswith("!!!") and line.strip() and not line.startswith("    "):
            yield from _chunk(chunk)
            chunk = [line]
        elif line.strip() or chunk:
            chunk.append(line)
    yield from _chunk(chunk)


def _chunk(lines: list[str]) -> Iterator[Block]:
    """The blocks of lines without a blank one between: one, or the items of a list, or a row of definitions of notes."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    if not lines:
        return
    if lines[0].startswith("!!!"):
        yield Block("notice", "\n".join(lines))
        return
    starts = [at for at, line in enumerate(lines) if at == 0 or ITEM.match(line) or NOTE_DEFINITION.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)]):
        own = OWN_ID.match(lines[end - 1]) if end - start > 1 else None
        source = "\n".join(lines[start : end - 1 if own else end])
        yield _block(source, own[1] if own else "")


def _block(source: str, own: str) -> Block:
    if found := HEADING.match(source):
        return Block("heading", source, found[3] or "", len(found[1]))
    if found := FIGURE.match(source):
        return Block("figure", source, found["id"] or own)
    if NOTE_DEFINITION.match(source):
        return Block("note", source, NOTE_DEFINITION.match(source)[1])
    if found := ITEM.match(source):
        return Block("item" if found[1] else "bullet", source, own)
    return Block("raw" if source.startswith(("<", "|")) else "para", source, own)


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    """Gives paragraphs and items the number that the built page will give them."""
    count = 0
    for block in blocks:
        if not block.counted:
            yield block
            continue
        given = re.fullmatch(r"p(\d+)", block.id)
        count = int(given[1]) if given else count + (not block.id)
        yield Block(block.kind, block.source, block.id or f"p{count}")


def render_page_text(page: PageText) -> str:
    """The page's Markdown; ids are written where counting alone would not give them."""
    parts, count, before = [f"---\n{page.front}\n---"], 0, ""
    for block in page.blocks:
        source, count = _with_id(block, count)
        tight = block.kind == before and block.kind in ("item", "bullet", "note")
        parts.append(source if tight else f"\n{source}")
        before = block.kind
    return "\n".join(parts) + "\n"


def _with_id(block: Block, count: int) -> tuple[str, int]:
    if not block.counted:
        return block.source, count
    if block.id == f"p{count + 1}":
        return block.source, count + 1
    given = re.fullmatch(r"p(\d+)", block.id)
    return f"{block.source}\n{'    ' if block.kind != 'para' else ''}{{#{block.id}}}", int(given[1]) if given else count


# --- text ---


def literal(text: str) -> str:
    """Markdown that prints exactly this text, wherever a paragraph, item, heading or caption may begin."""
    return LEADING.sub(_not_leading, inline(text))


def inline(text: str) -> str:
    """Markdown that prints exactly this text in the middle of a line."""
    text = " ".join(text.splitlines())
    return BACKSLASH.sub(r"\\\g<0>", ENTITIES.sub(lambda char: ENTITY[char[0]], text))


def _not_leading(found: re.Match) -> str:
    if found["number"]:
        return f"{found['number']}\\{found['dot']}" if found["dot"] == "." else f"{found['number']}&#41;"
    return f"\\{found['sign']}" if found["sign"] else f"&#{ord(found['other'])};"


def plain(source: str) -> str:
    """The text that a line of our Markdown prints, without references to notes."""
    source = NOTE_REFERENCE.sub("", source)
    source = re.sub(r"(?<!\\)\[([^\]]*)\]\([^)]*\)", r"\1", source)
    source = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"\1", source)
    return html.unescape(re.sub(r"\\(.)", r"\1", source))
