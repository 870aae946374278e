"""Reasoned exceptions: a comment in the page, which must match something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from proofreader.rule import RULES, Findings, Found, Problem, rule
from proofreader.source import Source, decode

COMMENT = re.compile(r"<!--\s*check:\s*ignore\b[ \t]*([A-Z]+\d+\b)?[ \t]*(.*?)\s*-->")


@dataclass
class Ignore:
    """One exception: a code in a line of a page."""

    code: str
    reason: str
    path: str
    line: int  # of the problems it stands for
    at: int  # where it stands itself
    used: bool = False


def apply_ignores(problems: list[Problem], pages: dict[str, bytes], book: bool) -> list[Problem]:
    """The problems without those that are excepted, and with a problem for each exception that is
    amiss; `pages` are bytes by path. In any project, not a `book`, some rules judge nothing."""
    ignores = [
        one for path, raw in pages.items() if b"check:" in raw for one in _in_page(path, raw)
    ]
    kept = [problem for problem in problems if not _is_ignored(problem, ignores)]
    amiss = (
        Problem(found.path, found.line, 1, "error", "X18", found.message, found.hint)
        for found in check_ignores(ignores, book)
    )
    return [*kept, *amiss]


def _is_ignored(problem: Problem, ignores: list[Ignore]) -> bool:
    place = (problem.code, problem.path, problem.line)
    matching = [one for one in ignores if one.reason and (one.code, one.path, one.line) == place]
    for ignore in matching:
        ignore.used = True
    return bool(matching)


@rule("X18", any="error", scope="ignore")
def check_ignores(ignores: list[Ignore], book: bool) -> Findings:
    """An ignore must name a rule and a reason, and must match a problem."""
    for ignore in ignores:
        if ignore.code not in RULES:
            law = f"an ignore must name a rule, not {ignore.code or 'nothing'}"
            hint = "scripts/check --list names them"
        elif not ignore.reason:
            law = f"the ignore of {ignore.code} must give a reason"
            hint = "Write it behind the code"
        elif not ignore.used and RULES[ignore.code].level(book):
            law = f"the ignore of {ignore.code} must match a problem"
            hint = "Nothing is wrong here any more: take it out"
        else:
            continue
        yield Found(ignore.path, ignore.at, law, hint)


def _in_page(path: str, raw: bytes) -> Iterator[Ignore]:
    """A comment stands for its own line or, alone on its line, for the next one that is not
    blank."""
    lines = Source(decode(raw)).unfenced.split("\n")
    for number, line in enumerate(lines):
        for match in COMMENT.finditer(line):
            texts = (
                at for at in range(number + 1, len(lines)) if COMMENT.sub("", lines[at]).strip()
            )
            alone = not COMMENT.sub("", line).strip()
            target = next(texts, number) if alone else number
            yield Ignore(match[1] or "", match[2], path, target + 1, number + 1)
