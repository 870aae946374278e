"""What a rule is: a short generator whose docstring is the law, filed under a code that is for
ever."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from proofreader.record import Page
from proofreader.source import Source


@dataclass(frozen=True, order=True)
class Problem:
    """What a rule found, where, and what to do about it."""

    path: str
    line: int
    column: int
    level: str  # error or note
    code: str
    message: str
    hint: str = ""


class Found(NamedTuple):
    """What a rule yields: a place, the law as it applies there, and a cure."""

    path: str
    line: int
    message: str
    hint: str = ""
    column: int = 1
    level: str = ""  # where it differs from the rule's own


class View(NamedTuple):
    """One page as page rules see it."""

    page: Page
    source: Source
    raw: bytes
    lang: str  # of its text

    def at(
        self, line: int, message: str, hint: str = "", column: int = 1, level: str = ""
    ) -> Found:
        return Found(self.page.path, line, message, hint, column, level)


Check = Callable[..., Iterator[Found]]


class Rule(NamedTuple):
    code: str
    law: str
    check: Check
    scope: str  # page: one page alone, cached with it; site: all pages together; stock: see there
    any: str  # its level in any MkDocs project: error, note, or `` where it does not apply
    book: str  # its level in a bilingual book
    copy: bool  # how the text is set: a note in chapters whose wording is the published one

    def level(self, book: bool) -> str:
        return self.book if book else self.any


RULES: dict[str, Rule] = {}
RETIRED = {  # a code is for ever; what now says the same
    "H04": "MD001",
    "H10": "MD026",
    "L16": "MD059",
    "X23": "MD032",
    "X24": "MD007",
}


def rule(
    code: str, *, any: str = "", book: str = "error", scope: str = "page", copy: bool = False
) -> Callable[[Check], Check]:
    """Files a generator as the rule `code`."""

    def file(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"{code} is taken")
        RULES[code] = Rule(
            code, " ".join((check.__doc__ or "").split()), check, scope, any, book, copy
        )
        return check

    return file
