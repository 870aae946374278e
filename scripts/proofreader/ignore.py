"""Reasoned exceptions: a comment in the page or a table in pyproject.toml, each of which must match
something."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch

from proofreader.project import Project
from proofreader.rule import RULES, Found, Problem, rule
from proofreader.source import Source

COMMENT = re.compile(r"<!--\s*check:\s*ignore\b[ \t]*([A-Z]+\d+\b)?[ \t]*(.*?)\s*-->")


@dataclass
class Ignore:
    """One exception: a code in a place."""

    code: str
    reason: str
    path: str  # of the page, or a pattern
    line: int  # of the problems it stands for; 0 for all in the page
    file: str  # where the exception itself stands
    at: int
    used: bool = False

    def covers(self, problem: Problem) -> bool:
        return (
            problem.code == self.code
            and self.line in (0, problem.line)
            and fnmatch(problem.path, self.path)
        )


def apply_ignores(
    problems: list[Problem], project: Project, raw: dict[str, bytes]
) -> list[Problem]:
    """The problems without those that are excepted, and with a problem for each exception that is
    amiss."""
    ignores = [*_in_pages(project, raw), *_in_pyproject(project)]
    if not ignores:
        return problems
    kept = [problem for problem in problems if not _is_ignored(problem, ignores)]
    return kept + [_amiss(found) for found in check_ignores(ignores)]


def _is_ignored(problem: Problem, ignores: list[Ignore]) -> bool:
    matching = [ignore for ignore in ignores if ignore.reason and ignore.covers(problem)]
    for ignore in matching:
        ignore.used = True
    return bool(matching)


def _amiss(found: Found) -> Problem:
    return Problem(found.path, found.line, 1, "error", "X18", found.message, found.hint)


@rule("X18", any="error", scope="ignore")
def check_ignores(ignores: list[Ignore]) -> Iterator[Found]:
    """An ignore must name a rule and a reason, and must match a problem."""
    for ignore in ignores:
        if ignore.code not in RULES:
            yield Found(
                ignore.file,
                ignore.at,
                f"an ignore must name a rule, not {ignore.code or 'nothing'}",
                "scripts/check --list names them",
            )
        elif not ignore.reason:
            yield Found(
                ignore.file,
                ignore.at,
                f"the ignore of {ignore.code} must give a reason",
                "Write it behind the code",
            )
        elif not ignore.used:
            yield Found(
                ignore.file,
                ignore.at,
                f"the ignore of {ignore.code} must match a problem",
                "Nothing is wrong here any more: take it out",
            )


def _in_pages(project: Project, raw: dict[str, bytes]) -> Iterator[Ignore]:
    """A comment stands for its own line or, alone on its line, for the next one that is not
    blank."""
    for uri, page in project.pages.items():
        if b"check:" not in raw[uri]:
            continue
        lines = Source(
            raw[uri].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        ).unfenced.split("\n")
        for number, line in enumerate(lines):
            for match in COMMENT.finditer(line):
                alone = not COMMENT.sub("", line).strip()
                after = (
                    at
                    for at in range(number + 1, len(lines))
                    if lines[at].strip() and not COMMENT.fullmatch(lines[at].strip())
                )
                target = next(after, number) if alone else number
                yield Ignore(match[1] or "", match[2], page.path, target + 1, page.path, number + 1)


def _in_pyproject(project: Project) -> Iterator[Ignore]:
    path = project.settings.root / "pyproject.toml"
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text).get("tool", {}).get("check", {}).get("ignore", [])
    except (OSError, ValueError):
        return
    for entry in table if isinstance(table, list) else []:
        code, where = str(entry.get("code", "")), str(entry.get("path", "*"))
        yield Ignore(
            code,
            str(entry.get("reason", "")),
            where,
            0,
            "pyproject.toml",
            text.count("\n", 0, max(text.find(f'"{code}"'), 0)) + 1,
        )
