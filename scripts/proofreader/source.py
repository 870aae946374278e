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
NO_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Letters and digits alone: what markup cannot change."""
    return NO_WORD.sub("", text)


def blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


class Source:
    """The text of one file; line and column count from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._at = 0
        self._last: dict[str, int] = {}

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line) + 1
        return starts

    @cached_property
    def body(self) -> int:
        """Where the text begins, after the front matter."""
        front = FRONT.match(self.text)
        return front.end() if front else 0

    @cached_property
    def fences(self) -> list[tuple[int, int]]:
        """First and last line (from 0) of each fenced block that is closed."""
        closers: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines):
            if (fence := FENCE.match(line)) and line.strip(" \t>") == fence[1]:
                closers.setdefault(fence[1], []).append(number)
        found, number = [], 0
        while number < len(self.lines):
            fence = FENCE.match(self.lines[number])
            ends = closers.get(fence[1], []) if fence else []
            place = bisect_right(ends, number)
            if place < len(ends) and self._holds(number, ends[place]):
                found.append((number, ends[place]))
                number = ends[place]
            number += 1
        return found

    def _holds(self, first: int, last: int) -> bool:
        """Whether all lines between two fences are indented as the first is: otherwise its
        container ends before."""
        line = self.lines[first]
        indent = line[: len(line) - len(line.lstrip(" "))]
        return not indent or all(
            not line.strip() or line.startswith(indent)
            for line in self.lines[first + 1 : min(last, first + 5000)]
        )

    @cached_property
    def unfenced(self) -> str:
        """The text with front matter and fenced code blanked out."""
        lines = list(self.lines)
        for first, last in self.fences:
            lines[first : last + 1] = (" " * len(line) for line in lines[first : last + 1])
        text = "\n".join(lines)
        return blank(text[: self.body]) + text[self.body :]

    @cached_property
    def masked(self) -> str:
        """The text with front matter, code and comments blanked out."""
        text = COMMENT.sub(lambda match: blank(match[0]), self.unfenced)
        return CODE_SPAN.sub(lambda match: blank(match[0]), text)

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
        """The first line, after the block found last, where a block with this text begins; 0 where
        none does."""
        wanted = plain(text)
        for size in range(min(6, len(wanted)), 0, -1):
            numbers = self._by_start.get(wanted[:size], [])
            for number in numbers[bisect_left(numbers, self._at) :]:
                line = self._plain_lines[number]
                if line.startswith(wanted[:40]) or (
                    wanted.startswith(line) and size == min(6, len(line))
                ):
                    self._at = number + 1
                    return number + 1
        return self._find_literally(text.split("\n")[0].strip()[:20])

    def _find_literally(self, text: str) -> int:
        """The line, from the block found last on, that holds a text as it stands; 0 where none
        does."""
        offset = (
            self.masked.find(text, self.starts[min(self._at, len(self.starts) - 1)]) if text else -1
        )
        if offset < 0:
            return 0
        self._at = self.line_of(offset)
        return self._at

    def rewind(self) -> None:
        self._at = 0

    def find_line(self, pattern: str) -> int:
        """The first line, after the block found last, that matches from its start; 0 where none
        does."""
        for number in range(self._at, len(self.lines)):
            if re.match(pattern, self.masked_lines[number], re.IGNORECASE):
                self._at = number + 1
                return number + 1
        return 0

    def first_masked(self, pattern: re.Pattern, first: int, last: int) -> int:
        """The first of some lines that matches, code and comments blanked out; 0 where none
        does."""
        return next(
            (
                number
                for number in range(max(first, 1), min(last, len(self.lines)) + 1)
                if pattern.match(self.masked_lines[number - 1])
            ),
            0,
        )

    @property
    def last_line(self) -> int:
        """The line of the block found last."""
        return max(self._at, 1)

    def find_target(self, target: str, line: int) -> tuple[int, int] | None:
        """Where the next use of a link's target stands, looking from `line` on, then from the
        top."""
        start = max(self.starts[min(line, len(self.starts)) - 1], self._last.get(target, -1) + 1)
        for begin in (start, 0):
            offset = self._whole(target, begin)
            if offset >= 0:
                self._last[target] = offset
                return self.place(offset)
        return None

    def has_target(self, target: str) -> bool:
        return self._whole(target, 0) >= 0

    def _whole(self, target: str, begin: int) -> int:
        """Where a target stands that is no part of a longer one; -1 where it does not."""
        offset = self.masked.find(target, begin)
        while offset >= 0:
            before, after = (
                self.masked[offset - 1 : offset],
                self.masked[offset + len(target) : offset + len(target) + 1],
            )
            if (
                not (
                    before.isalnum()
                    or before in ("/", ".", "-", "_", "#")
                    or after.isalnum()
                    or after in ("/", "-", "_")
                )
                or not target
            ):
                return offset
            offset = self.masked.find(target, offset + 1)
        return -1

    def find_id(self, anchor: str, nth: int = 0) -> int:
        """The line where an id is given for the nth time (from 0); 0 where it is nowhere
        written."""
        uses = list(
            re.finditer(rf"(?:(?<=[{{\s:])#|\bid=[\"']?){re.escape(anchor)}(?![\w-])", self.masked)
        )
        return self.line_of(uses[min(nth, len(uses) - 1)].start()) if uses else 0
