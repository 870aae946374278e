"""A page's Markdown as the blocks of our own conventions, and text made safe to stand in it.

Reads what people write by the conventions of CONTRIBUTING (one line per paragraph); it is no
Markdown parser. `literal` and `plain` are each other's inverse: what was escaped comes back
character by character.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from manuscript.characters import matched

# Python-Markdown takes a backslash before these, which reads best; everything else that could mean
# something becomes an entity.
BACKSLASH = re.compile(r"[\\`*_\[\]{}#]")
ENTITY = re.compile(r"[~^=|@$]")
LEADING = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+!:?%/]))(.)")
FRONT = re.compile(r"(?:---\n(.*?)^---\n)?(.*)", re.DOTALL | re.MULTILINE)  # matter, and the rest
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

    @property
    def published(self) -> bool:
        """Whether its front matter says so."""
        return "wording: published" in self.front.split("\n")

    @property
    def counted(self) -> list[Block]:
        return [block for block in self.blocks if block.counted]


Pages = Mapping[str, PageText]  # by name


def read_page_text(text: str) -> PageText:
    """Paragraphs and items have the number that the built page will give them."""
    front, body = matched(FRONT, text).groups("")
    blocks = [block_of(piece) for chunk in CHUNK.finditer(body) for piece in NEXT.split(chunk[0])]
    numbered = [
        replace(block, id=number) if block.counted and not block.id else block
        for number, block in _count(blocks)
    ]
    return PageText(front.strip("\n"), numbered)


def block_of(piece: str) -> Block:
    """The block that this Markdown is, with the id that it gives itself."""
    source, id, *_ = [*OWN_ID.split(piece), ""]
    kind, found = next((k, found) for k, form in FORMS.items() if (found := form.match(source)))
    kind = "label" if kind == "para" and id.startswith("table-") else kind
    return Block(kind, source, found.groupdict().get("id") or id)


def _count(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with what counting calls it if it counts and has no id of its own: behind p7
    stands p8, while p7a and other names change nothing.
    """
    count = 1
    for block in blocks:
        number = f"p{count}"
        yield number, block
        found = re.fullmatch(r"p(\d+)", block.id or number)
        if block.counted and found:
            count = int(found[1]) + 1


def render_page_text(page: PageText) -> str:
    """The page's Markdown; ids are written where counting alone would not give them."""
    parts, before = [f"---\n{page.front}\n---"], ""
    for number, block in _count(page.blocks):
        source = block.source
        if block.kind == "label" or (block.counted and block.id != number):
            source += f"\n{'' if block.kind in ('para', 'label') else '    '}{{#{block.id}}}"
        tight = block.kind == before and block.kind in ("item", "bullet", "note")
        parts.append(source if tight else f"\n{source}")
        before = block.kind
    return "\n".join(parts) + "\n"


def set_key(front: str, key: str, value: str | None) -> str:
    """Front matter with one key set, or taken out where the value is None."""
    line = "" if value is None else f"{key}: {value}\n"
    after, found = re.subn(rf"^{key}:.*\n", line, f"{front}\n", flags=re.MULTILINE)
    return (after if found else after + line).strip("\n")


# --- text ---


def literal(text: str) -> str:
    """Markdown that prints exactly this text, wherever a paragraph, item, heading or caption may
    begin.
    """
    return LEADING.sub(lambda found: f"{found[1]}&#{ord(found[2])};", inline(text))


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
