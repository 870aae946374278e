"""Reasoned exceptions: a comment in the page, which must match something."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from proofreader.rule import RULES, Findings, Found, Problem, rule
from proofreader.source import Source

COMMENT = re.compile(r"<!--[ \t]*check:[ \t]*ignore\b[ \t]*([A-Z]+\d+\b)?[ \t]*(.*?)[ \t]*-->")


class Ignore(NamedTuple):
    """One exception: what it is for, and the line where it stands itself."""

    code: str
    path: str
    line: int  # of the problems it stands for
    reason: str
    at: int


def apply_ignores(problems: list[Problem], ignores: list[Ignore], book: bool) -> list[Problem]:
    """The problems without those that are excepted, and with a problem for each exception that is
    amiss. In any project, not a `book`, some rules judge nothing."""
    excepted = {one[:3] for one in ignores if one.reason}
    places = {(one.code, one.path, one.line) for one in problems}
    amiss = (RULES["X18"].problem(one, book) for one in check_ignores(ignores, places, book))
    kept = (one for one in problems if (one.code, one.path, one.line) not in excepted)
    return [*kept, *amiss]


@rule("X18", any="error", scope="ignore")
def check_ignores(ignores: list[Ignore], places: set[tuple[str, str, int]], book: bool) -> Findings:
    """An ignore must name a rule and a reason, and must match a problem."""
    for ignore in ignores:
        if ignore.code not in RULES:
            law = f"an ignore must name a rule, not {ignore.code or 'nothing'}"
            hint = "scripts/check --list names them"
        elif not ignore.reason:
            law = f"the ignore of {ignore.code} must give a reason"
            hint = "Write it behind the code"
        elif ignore[:3] not in places and RULES[ignore.code].level(book):
            law = f"the ignore of {ignore.code} must match a problem"
            hint = "Nothing is wrong here any more: take it out"
        else:
            continue
        yield Found(ignore.path, ignore.at, law, hint)


def read_ignores(path: str, source: Source) -> Iterator[Ignore]:
    """A comment stands for its own line or, alone on its line, for the next one that is not
    blank."""
    lines = COMMENT.sub("", source.unfenced).split("\n")
    for found in COMMENT.finditer(source.unfenced):
        at = source.line_of(found.start())
        full = (line for line, text in enumerate(lines[at - 1 :], at) if text.strip())
        yield Ignore(found[1] or "", path, next(full, at), found[2], at)
