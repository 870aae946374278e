"""The source of a page, for finding where things stand. What they are, Markdown itself has said
already."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!\1(?!`))`)+?\1(?!`)")
FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)
MARKER = re.compile(
    r"^(?:[\s>|]|[-*+]\s|\d+[.)]\s|:\s|\[\^[^\]]+\]:|(?:!!!|\?\?\?\+?)\s*[\w ]*|===[!+]*\s)*#{0,6}"
)
TARGET = re.compile(
    r"\]\((?:[^()\n]|\([^()\n]*\))*\)|\{:?[^{}\n]*\}|\[\^[^\]\n]+\]|<[^<>\n]+>|&\w+;"
)
BEFORE, AFTER = re.compile(r"[\w/.#-]"), re.compile(r"[\w/-]")  # parts of a longer target
NO_WORD = re.compile(r"[\W_]+")


def decode(raw: bytes) -> str:
    """The text as MkDocs reads it; what is not UTF-8 becomes U+FFFD."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def plain(text: str) -> str:
    """Letters and digits alone: what markup cannot change."""
    return NO_WORD.sub("", text)


def blank(found: re.Match) -> str:
    return re.sub(r"[^\n]", " ", found[0])


class Source:
    """The text of one file; line and column count from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._at = 0  # the line of the block found last
        self._last: dict[str, int] = {}  # where each target was found last

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line) + 1
        return starts

    @cached_property
    def fences(self) -> list[tuple[int, int]]:
        """First and last line (from 0) of each fenced block that is closed."""
        closers: dict[str, list[int]] = {}
        marks = {}
        for number, line in enumerate(
            self.lines if "```" in self.text or "~~~" in self.text else ()
        ):
            if fence := FENCE.match(line):
                marks[number] = fence[1]
                if line.strip(" \t>") == fence[1]:
                    closers.setdefault(fence[1], []).append(number)
        found, after = [], -1
        for number, mark in marks.items():
            ends = closers.get(mark, [])
            place = bisect_right(ends, number)
            if number > after and place < len(ends) and self._holds(number, ends[place]):
                after = ends[place]
                found.append((number, after))
        return found

    def _holds(self, first: int, last: int) -> bool:
        """Whether all lines between two fences are indented as the first is: otherwise its
        container ends before."""
        line = self.lines[first]
        indent = line[: len(line) - len(line.lstrip(" "))]
        inner = self.lines[first + 1 : min(last, first + 5000)]
        return all(not line.strip() or line.startswith(indent) for line in inner)

    @cached_property
    def unfenced(self) -> str:
        """The text with front matter and fenced code blanked out."""
        lines = list(self.lines)
        for first, last in self.fences:
            lines[first : last + 1] = (" " * len(line) for line in lines[first : last + 1])
        return FRONT.sub(blank, "\n".join(lines))

    @cached_property
    def masked(self) -> str:
        """The text with front matter, code and comments blanked out."""
        return CODE_SPAN.sub(blank, COMMENT.sub(blank, self.unfenced))

    @cached_property
    def masked_lines(self) -> list[str]:
        return self.masked.split("\n")

    def line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        line = self.line_of(offset)
        return line, offset - self.starts[line - 1] + 1

    @cached_property
    def _plain_lines(self) -> list[str]:
        """Each line without its markup."""
        lines = list(self.masked_lines)
        for first, last in self.fences:
            lines[first : last + 1] = self.lines[first : last + 1]
        return [
            plain(TARGET.sub(" ", MARKER.sub("", line))) if line.strip() else "" for line in lines
        ]

    @cached_property
    def _by_start(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, line in enumerate(self._plain_lines):
            if line:
                index.setdefault(line[:6], []).append(number)
        return index

    def find_block(self, text: str) -> int:
        """The first line, after the block found last, where a block with this text begins; where
        none does, that of the block found last."""
        return self.seek(text) or self.last_line

    def seek(self, text: str) -> int:
        """The same, or 0 where none does."""
        wanted = plain(text[:200])
        for size in range(min(6, len(wanted)), 0, -1):
            numbers = self._by_start.get(wanted[:size], [])
            for number in numbers[bisect_left(numbers, self._at) :]:
                line = self._plain_lines[number]
                whole = wanted.startswith(line) and size == min(6, len(line))
                if line.startswith(wanted[:40]) or whole:
                    self._at = number + 1
                    return self._at
        literal = text.split("\n")[0].strip()[:20]
        start = self.starts[min(self._at, len(self.starts) - 1)]
        offset = self.masked.find(literal, start) if literal else -1
        self._at = self.line_of(offset) if offset >= 0 else self._at
        return self._at if offset >= 0 else 0

    def rewind(self) -> None:
        self._at = 0

    def find_line(self, pattern: str) -> int:
        """The first line, after the block found last, that matches from its start; 0 where none
        does."""
        wanted = re.compile(pattern, re.IGNORECASE)
        for number in range(self._at, len(self.lines)):
            if wanted.match(self.masked_lines[number]):
                self._at = number + 1
                return self._at
        return 0

    @property
    def last_line(self) -> int:
        """The line of the block found last."""
        return max(self._at, 1)

    def find_target(self, target: str, line: int) -> tuple[int, int] | None:
        """Where the next use of a link's target stands, looking from `line` on, then from the top:
        as a whole, no part of a longer one."""
        start = max(self.starts[min(line, len(self.starts)) - 1], self._last.get(target, -1) + 1)
        for begin in (start, 0):
            if (offset := self.find_whole(target, begin)) >= 0:
                self._last[target] = offset
                return self.place(offset)
        return None

    def find_whole(self, target: str, offset: int) -> int:
        offset = self.masked.find(target, offset)
        while offset >= 0 and (
            BEFORE.match(self.masked, max(offset - 1, 0), offset)
            or AFTER.match(self.masked, offset + len(target))
        ):
            offset = self.masked.find(target, offset + 1)
        return offset

    def find_id(self, anchor: str, nth: int = 0) -> int:
        """The line where an id is given for the nth time (from 0); 0 where it is nowhere
        written."""
        given = rf"(?:(?<=[{{\s:])#|\bid=[\"']?){re.escape(anchor)}(?![\w-])"
        uses = [found.start() for found in re.finditer(given, self.masked)]
        return self.line_of(uses[min(nth, len(uses) - 1)]) if uses else 0
