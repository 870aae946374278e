"""The source of a page, for finding where things stand. What they are, Markdown itself has said
already."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate

FENCED = re.compile(  # all lines as far indented as the first: else what holds it ends before
    r"^( *+)[ \t>]*+(`{3,}+|~{3,}+).*\n(?:(?>\1.*|[ \t]*)\n)*?[ \t>]*+\2[ \t>]*$", re.MULTILINE
)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!\1(?!`))`)+?\1(?!`)")
FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)
MARKUP = re.compile(  # numbers of items, kinds of notices, targets, attributes, tags, formulas
    r"^(?:[ \t\u3000>|]|[-*+:][ \t])*(?:\d+[.)][ \t]|(?:!!!|\?\?\?\+?)[ \t]*[\w ]*)"
    r"|\]\((?:[^()\n]|\([^()\n]*\))*\)|\{:?[^{}\n]*\}|\[\^[^\]\n]+\]|<(?!https?:|mailto:)[^<>\n]+>|&\w+;"
    r"|\${1,2}[^$\n]+\${1,2}",
    re.MULTILINE,
)
BEFORE, AFTER = re.compile(r"[\w/.#-]"), re.compile(r"[\w/-]")  # parts of a longer target
NO_WORD, NO_LETTER = re.compile(r"[\W_]+"), re.compile(r"[^\w\n]+|_+")
ENOUGH = 120  # characters by which a line is known


def decode(raw: bytes) -> str:
    """The text as MkDocs reads it; what is not UTF-8 becomes U+FFFD."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def blank(found: re.Match) -> str:
    return re.sub(r"[^\n]", " ", found[0])


class Source:
    """The text of one file; line and column count from 1. It is gone through from top to bottom:
    what is sought is sought behind what was found last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [*accumulate((len(line) + 1 for line in self.lines[:-1]), initial=0)]
        self._at = 0  # the line of what was found last
        self._last: dict[str, int] = {}  # where each target was found last

    @cached_property
    def unfenced(self) -> str:
        """The text with front matter and fenced code blanked out."""
        return FRONT.sub(blank, FENCED.sub(blank, self.text))

    @cached_property
    def masked(self) -> str:
        """The text with front matter, code and comments blanked out."""
        text = COMMENT.sub(blank, self.unfenced)
        return CODE_SPAN.sub(blank, text) if "`" in text else text

    @cached_property
    def masked_lines(self) -> list[str]:
        return self.masked.split("\n")

    def line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        line = self.line_of(offset)
        return line, offset - self.starts[line - 1] + 1

    @cached_property
    def _letters(self) -> tuple[str, list[int], list[int]]:
        """The letters and digits that lines begin with, joined: what markup cannot change. Where
        each of the lines begins in them, and which it is."""
        lines = MARKUP.sub(" ", self.masked).split("\n")
        for fence in FENCED.finditer(self.text):
            rows = slice(self.line_of(fence.start()) - 1, self.line_of(fence.end()))
            lines[rows] = self.lines[rows]
        lines = NO_LETTER.sub("", "\n".join(line[:ENOUGH] for line in lines)).split("\n")
        starts = list(accumulate(map(len, lines), initial=0))
        full = [number for number, line in enumerate(lines) if line]
        return "".join(lines), [starts[number] for number in full], full

    def find_block(self, text: str) -> int:
        """The line where a block with this text begins; where none does, that of the block found
        last."""
        return self.seek(text) or self.last_line

    def seek(self, text: str) -> int:
        """The same, or 0 where none does."""
        row = text.strip().partition("\n")[0]
        wanted = NO_WORD.sub("", row[:ENOUGH])[:40]
        letters, starts, numbers = self._letters
        index = bisect_left(numbers, self._at)
        while wanted and index < len(starts):
            at = letters.find(wanted, starts[index])
            index = bisect_left(starts, at) if at >= 0 else len(starts)
            if index < len(starts) and starts[index] == at:
                self._at = numbers[index] + 1
                return self._at
        start = self.starts[min(self._at, len(self.starts) - 1)]
        offset = self.masked.find(row[:20], start) if row else -1
        return self.line_of(offset) if offset >= 0 else 0  # in doubt: nothing is sought from there

    def rewind(self) -> None:
        self._at = 0

    def find_line(self, *starts: str) -> int:
        """The next line that begins with one of some texts, blanks and indent aside; 0 where none
        does."""
        wanted = tuple("".join(start.lower().split()) for start in starts)
        for number, line in enumerate(self.masked_lines[self._at :], self._at + 1):
            if "".join(line.lower().split()).lstrip(">").startswith(wanted):
                self._at = number
                return number
        return 0

    @property
    def last_line(self) -> int:
        """The line of the block found last."""
        return max(self._at, 1)

    def find_target(self, target: str, line: int) -> tuple[int, int]:
        """Where the next use of a link's target stands, looking from `line` on, then from the top:
        as a whole, no part of a longer one. Where it is nowhere, that line."""
        start = max(self.starts[min(line, len(self.starts)) - 1], self._last.get(target, -1) + 1)
        for begin in (start, 0):
            if (offset := self.find_whole(target, begin)) >= 0:
                self._last[target] = offset
                return self.place(offset)
        return line, 1

    def find_whole(self, target: str, offset: int) -> int:
        offset = self.masked.find(target, offset)
        while offset >= 0 and (
            BEFORE.match(self.masked, max(offset - 1, 0), offset)
            or AFTER.match(self.masked, offset + len(target))
        ):
            offset = self.masked.find(target, offset + 1)
        return offset

    def find_second_id(self, anchor: str) -> int:
        """The line where an id is given again, or once; 0 where it is nowhere written."""
        given = rf"(?:(?<=[{{\s:])#|\bid=[\"']?){re.escape(anchor)}(?![\w-])"
        uses = [found.start() for found in re.finditer(given, self.masked)]
        return self.line_of(uses[:2][-1]) if uses else 0
