"""The published text, as PDF, DOCX or extracted text, into the chapters of this site: proved first,
then written in one go.
"""

import argparse
import json
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from manuscript.plan import Report, plan
from manuscript.reading import Asked, read_file
from manuscript.summary import refusal, render_steps, render_summary
from manuscript.writing import Journal, locked, write
from whitepaper.book import ROOT, BookError


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, as all that cannot be done is said."""

    def error(self, message: str) -> NoReturn:
        raise BookError(message)


def import_into(root: Path, file: Path, asked: Asked = Asked()) -> Report:
    """Puts the published text into the project at `root`, whatever edits stand there: for a copy.

    Raises BookError.
    """
    with locked(root):
        report = plan(root, read_file(file, asked))
        if not asked.force and (said := refusal(report)):
            raise BookError(said)
        write(root, report.files)
    return report


def add_options(parser: argparse._ActionsContainer) -> None:
    """What can be said of a file that is imported, wherever that is asked for."""
    add = parser.add_argument
    add("--pages", type=_pages, metavar="A-B", help="the paper is these pages of a PDF")
    add("--from", dest="start", metavar="HEADING", help="the paper begins with this heading")
    add("--to", dest="stop", metavar="HEADING", help="it ends before this heading")
    add("--encoding", metavar="NAME", help="of a text, where it is not found by itself")
    add(
        "--lossy",
        action="store_true",
        help="print U+FFFD for bytes and control characters that are no text",
    )
    add(
        "--force",
        action="store_true",
        help="replace edited chapters; import a paper that has less than half of this book",
    )


def read_asked(arguments: Sequence[str]) -> Asked:
    """What such options say; raises BookError where they are wrong."""
    parser = Parser(add_help=False)
    add_options(parser)
    return parser.parse_args(arguments, Asked())


def _pages(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 0 < first <= last:
        raise argparse.ArgumentTypeError(f"{text} is no range of pages. Write it as 12-40")
    return first, last


def main(arguments: Sequence[str] | None = None) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite end is one from the keys
    try:
        options = _parser().parse_args(arguments, Asked())
        return _undo(ROOT) if options.undo else _run(options, ROOT)
    except BookError as error:
        print(f"import: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("import: interrupted; the chapters are as they were", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="scripts/import",
        description="Turns the published text, as PDF, DOCX or extracted text, into chapters in "
        "docs/zh/. What it wrote, --undo takes back.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, metavar="FILE", nargs="?", help="PDF, DOCX or text")
    what.add_argument(
        "--undo", action="store_true", help="take back what was imported since the last commit"
    )
    add = parser.add_argument
    add("--dry-run", action="store_true", help="say what would be done, write nothing into docs/")
    add(
        "--report",
        type=Path,
        metavar="JSON",
        help="write units, furniture and warnings to this file",
    )
    add_options(parser)
    return parser


def _run(options: Asked, root: Path) -> int:
    reading = read_file(options.file, options)
    with locked(root):
        report = plan(root, reading)
        if options.report:
            told = json.dumps(report.reading.as_json(), ensure_ascii=False, indent=1)
            options.report.write_text(f"{told}\n", "utf-8")
        journal = Journal(root)
        refused = "" if options.force else refusal(report) or journal.refusal(report.files)
        if not options.dry_run:
            if refused:
                raise BookError(refused)
            write(root, journal.record(report.files))
    print(render_summary(report))
    if refused:
        print(f"look at: {refused}")
    done = "would write" if options.dry_run else "wrote"
    print(render_steps(report, "with --force, would write" if refused else done))
    return 0


def _undo(root: Path) -> int:
    """Takes back what imports wrote, and nothing that somebody changed since."""
    with locked(root):
        files, changed = Journal(root).undo()
    if files:
        print(f"undone: {len(files)} files are as they were before the import")
    elif not changed:
        print("nothing to undo: nothing was imported since the last commit")
    if changed:
        print(f"passed over, for they were changed since: {', '.join(changed)}")
    return 0
