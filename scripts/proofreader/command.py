"""The checker: what is wrong in the pages of a MkDocs project, with file and line, before anything is rendered."""

import argparse
import gc
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from whitepaper.book import ROOT, BookError
from proofreader.external import check_external
from proofreader.rule import Problem
from proofreader.rules import RULES
from proofreader.rules.figures import IMAGES
from proofreader.run import CACHE, Report, read_project, run_check


def check_book(
    root: Path = ROOT, rules: str | None = None, cache: Path | None = CACHE
) -> list[Problem]:
    """All problems of the project in `root`, sorted; raises CheckError when it cannot be read at all."""
    return run_check(Path(root), rules, cache).problems


def render_json(problems: list[Problem], root: Path) -> Iterator[str]:
    yield json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1)


def render_text(problems: list[Problem], root: Path) -> Iterator[str]:
    """`path:line: CODE what must be`, the line itself, and the cure."""
    lines: dict[str, list[str]] = {}
    for problem in problems:
        note = "note: " if problem.level == "note" else ""
        hint = f" Hint: {problem.hint}" if problem.hint else ""
        yield f"{problem.path}:{problem.line}: {problem.code} {note}{problem.message}.{hint}"
        if problem.path not in lines:
            lines[problem.path] = _lines(root / problem.path)
        if excerpt := CONTROL.sub(
            "\ufffd", "".join(lines[problem.path][problem.line - 1 : problem.line])
        ).strip():
            start = max(0, min(problem.column - 40, len(excerpt) - 100))
            yield f"    | {excerpt[start : start + 100]}"


def render_github(problems: list[Problem], root: Path) -> Iterator[str]:
    """Annotations on the lines of a pull request."""
    for problem in problems:
        kind = "error" if problem.level == "error" else "notice"
        message = (
            f"{problem.message}. {problem.hint}".rstrip()
            .replace("%", "%25")
            .replace("\r", "%0D")
            .replace("\n", "%0A")
        )
        path = problem.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        yield f"::{kind} file={path},line={problem.line},col={problem.column},title={problem.code}::{message}"


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMATS = {"text": render_text, "json": render_json, "github": render_github}


def render_list() -> Iterator[str]:
    """The rules, and where each applies."""
    for code, rule in sorted(RULES.items()):
        yield f"{code}  {_scope(rule.any, rule.book):<18}{rule.law}"


def render_table() -> Iterator[str]:
    """The rules as the table in CONTRIBUTING.md."""
    yield "| code | any project | book | law |"
    yield "|---|---|---|---|"
    for code, rule in sorted(RULES.items()):
        yield f"| {code} | {rule.any or '–'} | {rule.book or '–'} | {rule.law} |"


def _scope(any_project: str, book: str) -> str:
    return f"{any_project or '–'}/{book or '–'}"


def _lines(path: Path) -> list[str]:
    """The lines of a text file; a picture or a pipe has none to show."""
    try:
        return (
            []
            if path.suffix in IMAGES or not path.is_file()
            else path.read_bytes()[:4_000_000]
            .decode("utf-8-sig", "replace")
            .replace("\r\n", "\n")
            .split("\n")
        )
    except OSError:
        return []


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="check",
        description="Links, headings, parity of languages, figures, terms: checked in the sources of a MkDocs project.",
    )
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        default=ROOT,
        help="folder with an mkdocs.yml (default: this project)",
    )
    parser.add_argument(
        "--rules",
        choices=["book", "any"],
        help="book adds what a bilingual book wants (default: what mkdocs.yml says)",
    )
    parser.add_argument("--format", choices=list(FORMATS), default="text")
    parser.add_argument(
        "--external",
        action="store_true",
        help="ask the hosts outside that pages link to, slowly and remembering, instead; notes only, never an error",
    )
    parser.add_argument(
        "--list",
        action="store_true",
        help="the rules: code, level in any project and in a book, law",
    )
    options = parser.parse_args(argv)
    try:
        return _run(options)
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(options) -> int:
    if options.list:
        print("\n".join(render_list()), flush=True)
        return 0
    gc.disable()  # nothing here makes rings, and a run is short
    try:
        report = (
            Report(check_external(options.path), len(read_project(options.path).pages))
            if options.external
            else run_check(options.path, options.rules)
        )
    except BookError as error:
        print(f"check: {error}", file=sys.stderr)
        return 2
    return _print(report, options)


def _print(report: Report, options) -> int:
    for line in FORMATS[options.format](report.problems, options.path):
        print(line.encode("utf-8", "replace").decode("utf-8"))
    sys.stdout.flush()
    errors = sum(problem.level == "error" for problem in report.problems)
    for remark in report.remarks:
        print(f"check: {remark}", file=sys.stderr)
    print(
        f"check: {_count(report.pages, 'page')}, {_count(errors, 'error')}, {_count(len(report.problems) - errors, 'note')}",
        file=sys.stderr,
    )
    return 1 if errors else 0


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
