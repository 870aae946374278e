"""What a rule is: a short generator whose docstring is the law, filed under a code that is for
ever."""

import tomllib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from proofreader.record import Page
from proofreader.source import Source


class Problem(NamedTuple):
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


Findings = Iterator[Found]


def at(
    page: Page, place: Any, message: str, hint: str = "", column: int = 1, level: str = ""
) -> Found:
    """What is found in a page: in a line of it, or where a heading, block, link or note stands."""
    path, line = getattr(place, "file", "") or page.path, getattr(place, "line", place)
    said = message.replace("\n", " ")  # a message is one line, also where it quotes several
    return Found(path, line, said, hint, getattr(place, "column", column), level)


class View(NamedTuple):
    """One page as page rules see it."""

    page: Page
    source: Source
    lang: str  # of its text
    extensions: Collection[str] = ()  # of its project

    def at(self, *what: Any, **more: Any) -> Found:
        return at(self.page, *what, **more)


class Rule(NamedTuple):
    code: str
    law: str
    check: Callable[..., Iterator[Any]]
    scope: str  # page: of one View, remembered with it; site: of a Project; else who judges it
    any: str  # its level in any MkDocs project: error, note, or `` where it does not apply
    book: str  # its level in a bilingual book
    copy: bool  # how the text is set: a note in chapters whose wording is the published one

    def level(self, book: bool) -> str:
        return self.book if book else self.any

    def problem(self, found: Found, book: bool) -> Problem:
        place = found.path, max(found.line, 1), max(found.column, 1)
        level = found.level or self.level(book)
        return Problem(*place, level, self.code, found.message, found.hint)


RULES: dict[str, Rule] = {}
RETIRED = tomllib.loads(Path(__file__).with_name("retired.toml").read_text("utf-8"))


def rule(
    code: str, *, any: str = "", book: str = "error", copy: bool = False, scope: str = ""
) -> Callable[[Callable[..., Findings]], Callable[..., Findings]]:
    """Files a generator as the rule `code`. One that takes a View judges each page alone, one that
    takes a Project all of them together."""

    def file(check: Callable[..., Findings]) -> Callable[..., Findings]:
        if code in RULES:
            raise ValueError(f"{code} is taken")
        law = " ".join((check.__doc__ or "").split())
        given = scope or ("page" if View in check.__annotations__.values() else "site")
        RULES[code] = Rule(code, law, check, given, any, book, copy)
        return check

    return file
