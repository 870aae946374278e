"""A page's Markdown as the blocks of our own conventions, and text made safe to stand in it.

Reads what people write by the conventions of CONTRIBUTING (one line per paragraph); it is no
Markdown parser. `literal` and `plain` are each other's inverse: what was escaped comes back
character by character.
"""

import html
import re
from dataclasses import dataclass, field

# Python-Markdown takes a backslash before these; everything else that could mean something becomes
# an entity.
BACKSLASH = re.compile(r"[\\`*_\[\]{}#]")
ENTITY = re.compile(r"[~^=|@$]")
LEADING = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+!:?%/]))(.)")
NOTE_REFERENCE = re.compile(r"\[\^([^\]]+)\]")
ITEM = re.compile(r"^(?:(\d+)\.|-) ")
CHUNK = re.compile(
    r"^!!!.*(?:\n\s* {4}.*\S.*)*|^.*\S.*(?:\n.*\S.*)*", re.MULTILINE
)  # a notice with its body, or lines without a blank one between
NEXT = re.compile(r"\n(?=\d+\. |- |\[\^[^\]]+\]: )")  # where an item or a note begins in a chunk
OWN_ID = re.compile(r"\n *\{#([\w-]+)\}$")
ROW = re.compile(r"\n\|(?: --- \|)+|\|")  # what stands between the cells of a table
FORMS = {  # of blocks that begin in their own way; all else is a paragraph
    "heading": re.compile(r"(?P<level>#{1,6}) (?P<text>.+?)(?: \{#(?P<id>[\w-]+)\})?$"),
    "figure": re.compile(r"!\[(?P<text>.*)\]\([^)\s]*\)(?:\{#(?P<id>[\w-]+)\})?$"),
    "note": re.compile(r"\[\^(?P<id>[^\]]+)\]: (?P<text>.*)", re.DOTALL),
    "notice": re.compile(r'!!!(?: \w+ "(?P<text>.*)")?'),
    "item": re.compile(r"\d+\. (?P<text>.*)", re.DOTALL),
    "bullet": re.compile(r"- (?P<text>.*)", re.DOTALL),
    "table": re.compile(r"(?P<text>\|.*)", re.DOTALL),
    "caption": re.compile(r"/// caption \| < #(?P<id>[\w-]+)\n(?P<text>.*)\n///$"),
    "raw": re.compile(r"(?P<text><.*)", re.DOTALL),
}


@dataclass(frozen=True)
class Block:
    """A piece of a page's source that stays together."""

    kind: str  # heading para item bullet figure notice note table caption raw
    source: str  # without the line that gives its id
    id: str = ""  # of headings and figures as written, of paragraphs and items as counted

    @property
    def counted(self) -> bool:
        return self.kind in ("para", "item", "bullet")

    @property
    def level(self) -> int:
        """Of a heading."""
        return len(self.source) - len(self.source.lstrip("#"))

    @property
    def text(self) -> str:
        """What it says, without markup, references to notes and an item's number; of a notice, its
        title.
        """
        form = FORMS.get(self.kind)
        found = form.match(self.source) if form else None
        text = found["text"] or "" if found else self.source
        return plain(ROW.sub(" ", text) if self.kind == "table" else text)

    @property
    def printed(self) -> str:
        """What it says, an item's number included."""
        return self.source.partition(" ")[0] * (self.kind == "item") + self.text


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
    """Paragraphs and items have the number that the built page will give them."""
    front, mark, body = text.removeprefix("---\n").partition("\n---\n")
    if not (mark and text.startswith("---\n")):
        front, body = "", text
    blocks, count = [], 0
    for chunk in CHUNK.finditer(body):
        for piece in NEXT.split(chunk[0]):
            block = _block(piece, f"p{count + 1}")
            count = _count_on(count, block)
            blocks.append(block)
    return PageText(front, blocks)


def _block(piece: str, number: str) -> Block:
    """`number`: what it is called if it counts and has no id of its own."""
    own = OWN_ID.search(piece)
    source, id = (piece[: own.start()], own[1]) if own else (piece, "")
    for kind, form in FORMS.items():
        if found := form.match(source):
            id = found.groupdict().get("id") or id
            return Block(kind, source, id or number if kind in ("item", "bullet") else id)
    return Block("caption" if id.startswith("table-") else "para", source, id or number)


def _count_on(count: int, block: Block) -> int:
    """Where counting stands behind a block: p7 sets it to 7, p7a and other names leave it alone."""
    found = re.fullmatch(r"p(\d+)", block.id) if block.counted else None
    return int(found[1]) if found else count


def render_page_text(page: PageText) -> str:
    """The page's Markdown; ids are written where counting alone would not give them."""
    parts, count, before = [f"---\n{page.front}\n---"], 0, ""
    for block in page.blocks:
        source = block.source
        alone = block.kind == "caption" and not FORMS["caption"].match(source)
        if alone or (block.counted and block.id != f"p{count + 1}"):
            source += f"\n{'' if block.kind in ('para', 'caption') else '    '}{{#{block.id}}}"
        count = _count_on(count, block)
        tight = block.kind == before and block.kind in ("item", "bullet", "note")
        parts.append(source if tight else f"\n{source}")
        before = block.kind
    return "\n".join(parts) + "\n"


def set_key(front: str, key: str, value: str | None) -> str:
    """Front matter with one key set, or taken out where the value is None."""
    line = "" if value is None else f"{key}: {value}\n"
    after, found = re.subn(rf"^{key}:.*\n", lambda _: line, f"{front}\n", flags=re.MULTILINE)
    return (after if found else after + line).strip("\n")


# --- text ---


def literal(text: str) -> str:
    """Markdown that prints exactly this text, wherever a paragraph, item, heading or caption may
    begin.
    """
    return LEADING.sub(_safe, inline(text))


def _safe(found: re.Match[str]) -> str:
    number, sign = found.groups("")
    return number + (f"&#{ord(sign)};" if sign in ":?%/" else f"\\{sign}")


def inline(text: str) -> str:
    """Markdown that prints exactly this text in the middle of a line."""
    text = html.escape(" ".join(text.splitlines())).replace("&#x27;", "'")
    text = ENTITY.sub(lambda sign: f"&#{ord(sign[0])};", text)
    return BACKSLASH.sub(r"\\\g<0>", text)


def plain(source: str) -> str:
    """The text that a line of our Markdown prints, without references to notes."""
    source = NOTE_REFERENCE.sub("", source)
    source = re.sub(r"(?<!\\)\[([^\]]*)\]\([^)]*\)", r"\1", source)
    source = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"\1", source)
    return html.unescape(re.sub(r"\\(.)", r"\1", source))
