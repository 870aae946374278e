"""The command line: what is wrong in the pages of a project, as text, JSON or annotations."""

import argparse
import gc
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from proofreader.faults import CheckError
from proofreader.history import git
from proofreader.rule import RETIRED, Problem
from proofreader.rules import RULES
from proofreader.run import run_check
from proofreader.settings import NAMES


def render_json(problems: list[Problem], root: Path) -> Iterator[str]:
    yield json.dumps([problem._asdict() for problem in problems], ensure_ascii=False, indent=1)


def render_text(problems: list[Problem], root: Path) -> Iterator[str]:
    """`path:line: CODE what must be`, and the cure."""
    for problem in problems:
        note = "note: " if problem.level == "note" else ""
        hint = f" Hint: {problem.hint}" if problem.hint else ""
        yield f"{problem.path}:{problem.line}: {problem.code} {note}{problem.message}.{hint}"


def render_github(problems: list[Problem], root: Path) -> Iterator[str]:
    """Annotations on the lines of a pull request, whose paths are those of the repository."""
    above = git(root, "rev-parse", "--show-prefix").strip()
    for problem in problems:
        kind = "error" if problem.level == "error" else "notice"
        message = _escaped(f"{problem.message}. {problem.hint}".rstrip())
        path = _escaped(above + problem.path).replace(":", "%3A").replace(",", "%2C")
        place = f"file={path},line={problem.line},col={problem.column}"
        yield f"::{kind} {place},title={problem.code}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS = {"text": render_text, "json": render_json, "github": render_github}


def render_list() -> Iterator[str]:
    """The rules and where each applies; retired codes with what now says the same."""
    rows = [(code, f"{one.any or '–'}/{one.book or '–'}", one.law) for code, one in RULES.items()]
    for code, new in RETIRED.items():
        law = f"{new} says the same." if new else "Nothing says it any more."
        rows.append((code, "retired", law))
    yield from (f"{code:<6}{level:<12} {law}" for code, level, law in sorted(rows))


def _parser(default: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/check",
        description="What is wrong in the pages of a MkDocs project, before it is rendered.",
    )
    add = parser.add_argument
    place = f"folder with an {NAMES[0]}, or that file"
    add("path", nargs="?", type=Path, default=default, help=place)
    add("--rules", choices=["book", "any"], help="book adds what a bilingual book wants")
    add("--only", type=_codes, default=(), metavar="CODES", help="these alone: H02,L, …")
    add("--ignore", type=_codes, default=(), metavar="CODES", help="all but these")
    add("--format", choices=list(FORMATS), default="text")
    add("--external", action="store_true", help="ask the hosts that pages link to; notes only")
    add("--list", action="store_true", help="the rules: code, level in any project/book, law")
    return parser


def _codes(text: str) -> tuple[str, ...]:
    """Codes or families, each of which must stand for a rule."""
    codes = tuple(part.strip() for part in text.split(",") if part.strip())
    for code in codes:
        if not any(known.startswith(code) for known in [*RULES, *RETIRED]):
            raise argparse.ArgumentTypeError(f"no rule is called {code}; --list names them")
    return codes


def main(argv: list[str] | None = None, default: Path = Path()) -> int:
    """Exit code 0 where all is well, 1 where an error was found, 2 where nothing can be checked."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the console
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser(default).parse_args(argv)
    try:
        return _run(options)
    except CheckError as error:
        print(f"check: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(options: argparse.Namespace) -> int:
    if options.list:
        print("\n".join(render_list()), flush=True)
        return 0
    gc.disable()  # nothing here makes rings, and a run is short
    report = run_check(options.path, options.rules, external=options.external)
    kept = [one for one in report.problems if one.code.startswith(options.only or "")]
    problems = [one for one in kept if not one.code.startswith(options.ignore)]
    root = options.path.parent if options.path.is_file() else options.path
    for line in FORMATS[options.format](problems, root):
        print(line)
    sys.stdout.flush()
    errors = sum(problem.level == "error" for problem in problems)
    counts = {"page": report.pages, "error": errors, "note": len(problems) - errors}
    said = [f"{number} {thing}{'' if number == 1 else 's'}" for thing, number in counts.items()]
    for remark in (*report.remarks, ", ".join(said)):
        print(f"check: {remark}", file=sys.stderr)
    return 1 if errors else 0
