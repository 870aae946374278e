"""A page's Markdown as the blocks of our own conventions, and text made safe to stand in it.

Reads what people write by the conventions of CONTRIBUTING (one line per paragraph); it is no
Markdown parser. `literal` and `plain` are each other's inverse: what was escaped comes back
character by character.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from manuscript.characters import matched

# Python-Markdown takes a backslash before these; everything else that could mean something becomes
# an entity.
BACKSLASH = re.compile(r"[\\`*_\[\]{}#]")
ENTITY = re.compile(r"[~^=|@$]")
LEADING = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+!:?%/]))(.)")
NOTE_REFERENCE = re.compile(r"\[\^([^\]]+)\]")
CHUNK = re.compile(
    r"^!!!.*(?:\n\s* {4}.*\S.*)*|^.*\S.*(?:\n.*\S.*)*", re.MULTILINE
)  # a notice with its body, or lines without a blank one between
NEXT = re.compile(r"\n(?=\d+\. |- |\[\^[^\]]+\]: )")  # where an item or a note begins in a chunk
OWN_ID = re.compile(r"\n *\{#([\w-]+)\}$")
ROW = re.compile(r"\n\|(?: ---:? \|)+|\|")  # what stands between the cells of a table
FORMS = {  # of blocks, by how they begin; their words stand between marks
    "heading": re.compile(r"#{1,6} (?P<words>.+?)(?: \{#(?P<id>[\w-]+)\})?$"),
    "figure": re.compile(r"!\[(?P<words>.*)\]\([^)\s]*\)(?:\{#(?P<id>[\w-]+)\})?$"),
    "note": re.compile(r"\[\^(?P<id>[^\]]+)\]: (?P<words>.*)", re.DOTALL),
    "notice": re.compile(r'!!! ?\w*(?: ")?(?P<words>.*?)"?$', re.MULTILINE),
    "item": re.compile(r"\d+\. (?P<words>.*)", re.DOTALL),
    "bullet": re.compile(r"- (?P<words>.*)", re.DOTALL),
    "table": re.compile(r"(?P<words>\|.*)", re.DOTALL),
    "caption": re.compile(r"/// caption \| < #(?P<id>[\w-]+)\n(?P<words>.*)\n///$"),
    "raw": re.compile(r"(?P<words><.*)", re.DOTALL),
    "para": re.compile(r"(?P<words>.*)", re.DOTALL),  # and whatever begins in no other way
    "label": re.compile(r"(?P<words>.*)"),  # the caption of a table that is none here
}


@dataclass(frozen=True)
class Block:
    """A piece of a page's source that stays together."""

    kind: str  # one of FORMS
    source: str  # without the line that gives its id
    id: str = ""  # of headings and figures as written, of paragraphs and items as counted

    @property
    def counted(self) -> bool:
        return self.kind in ("para", "item", "bullet")

    @property
    def words(self) -> str:
        """Its source between the marks of its kind; of a notice, its title."""
        return matched(FORMS[self.kind], self.source)["words"]

    def saying(self, words: str) -> "Block":
        """The same with other words."""
        start, end = matched(FORMS[self.kind], self.source).span("words")
        return replace(self, source=self.source[:start] + words + self.source[end:])

    @property
    def text(self) -> str:
        """Its words without markup and references to notes."""
        return plain(ROW.sub(" ", self.words) if self.kind == "table" else self.words)

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


Pages = Mapping[str, PageText]  # by name


def read_page_text(text: str) -> PageText:
    """Paragraphs and items have the number that the built page will give them."""
    front, mark, body = text.removeprefix("---").partition("\n---\n")
    if not (mark and text.startswith("---\n")):
        front, body = "", text
    blocks, count = [], 0
    for chunk in CHUNK.finditer(body):
        for piece in NEXT.split(chunk[0]):
            block = _block(piece, f"p{count + 1}")
            count = _count_on(count, block)
            blocks.append(block)
    return PageText(front.strip("\n"), blocks)


def _block(piece: str, number: str) -> Block:
    """`number`: what it is called if it counts and has no id of its own."""
    own = OWN_ID.search(piece)
    source, id = (piece[: own.start()], own[1]) if own else (piece, "")
    forms = ((kind, form.match(source)) for kind, form in FORMS.items())
    kind, found = next((kind, found) for kind, found in forms if found)
    kind = "label" if kind == "para" and id.startswith("table-") else kind
    block = Block(kind, source, found.groupdict().get("id") or id)
    return block if block.id or not block.counted else replace(block, id=number)


def _count_on(count: int, block: Block) -> int:
    """Where counting stands behind a block: p7 sets it to 7, p7a and other names leave it alone."""
    found = re.fullmatch(r"p(\d+)", block.id) if block.counted else None
    return int(found[1]) if found else count


def render_page_text(page: PageText) -> str:
    """The page's Markdown; ids are written where counting alone would not give them."""
    parts, count, before = [f"---\n{page.front}\n---"], 0, ""
    for block in page.blocks:
        source = block.source
        if block.kind == "label" or (block.counted and block.id != f"p{count + 1}"):
            source += f"\n{'' if block.kind in ('para', 'label') else '    '}{{#{block.id}}}"
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
