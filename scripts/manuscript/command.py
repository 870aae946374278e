"""The published text, as extracted from its PDF, into the chapters of this site: proved first, then written in one go."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from whitepaper.book import ROOT, BookError

from manuscript.decode import shown
from manuscript.journal import Journal
from manuscript.page_names import SECTIONS
from manuscript.plan import Report, plan
from manuscript.reading import read_file
from manuscript.swapping import locked, unwritable, write

SHOWN = 12  # warnings printed; the report has them all


def import_into(root: Path, file: Path) -> Report:
    """Puts the published text into the project at `root`, whatever edits stand there: for a copy. Raises BookError."""
    with locked(root):
        report = plan(root, read_file(file))
        write(root, report.files)
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/import",
        description="Turns the published text, as extracted from its PDF, into the chapters in docs/zh/. What it wrote, --undo takes back.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, metavar="FILE", nargs="?", help="the extracted text")
    what.add_argument(
        "--undo", action="store_true", help="take back what was imported since the last commit"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, write nothing into docs/"
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="JSON",
        help="write units, furniture and warnings to this file",
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="of the file, where it is not found by itself"
    )
    parser.add_argument(
        "--lossy",
        action="store_true",
        help="print U+FFFD for bytes and control characters that are no text",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace chapters even where they have uncommitted edits",
    )
    options = parser.parse_args(arguments)
    try:
        return _undo(ROOT) if options.undo else _run(options, ROOT)
    except BookError as error:
        print(f"import: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("import: interrupted; the chapters are as they were", file=sys.stderr)
        return 2


def _run(options: argparse.Namespace, root: Path) -> int:
    reading = read_file(options.file, options.encoding, options.lossy)
    with locked(root):
        report = plan(root, reading)
        if options.report:
            _write_json(options.report, report.reading.as_json())
        journal = Journal(root)
        taken = [] if options.force or options.dry_run else journal.edited(report.files)
        if taken:
            raise BookError(
                f"uncommitted edits in {', '.join(taken[:3])}{' and others' if len(taken) > 3 else ''}. Commit them, or replace them with --force"
            )
        if not options.dry_run and report.files:
            with unwritable(root):
                journal.record(report.files)
            write(root, report.files)
    print(render_report(report, options.dry_run))
    return 0


def _undo(root: Path) -> int:
    """Takes back what imports wrote, and nothing that somebody changed since."""
    with locked(root):
        journal = Journal(root)
        files, changed = journal.undo()
        write(root, files)
        journal.close()
    if files:
        print(f"undone: {len(files)} files are as they were before the import")
    elif not changed:
        print("nothing to undo: nothing was imported since the last commit")
    if changed:
        print(f"passed over, for they were changed since: {', '.join(changed)}")
    return 0


def _write_json(path: Path, data: dict) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    try:
        if path.exists() and not path.is_file():  # a pipe or /dev/stdout
            path.write_text(text, "utf-8")
            return
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        aside.write_text(text, "utf-8")
        aside.replace(path)
    except OSError as error:
        raise BookError(
            f"--report {shown(path)}: cannot be written ({error.strerror}). Name another place"
        ) from None


def render_report(report: Report, dry: bool) -> str:
    """What a person wants to know: found, dropped and why, odd, written, and what to do next."""
    units = report.reading.units
    counted = sum(unit.counted for unit in units)
    roles = Counter("heading" if unit.level else unit.role for unit in units)
    lines = [
        f"found: {len(units)} units: {len(report.sections)} chapters, {counted} paragraphs, {roles['heading']} headings, {roles['caption']} captions; every character accounted for"
    ]
    firsts = {span.reason: span for span in reversed(report.reading.furniture)}
    reasons = Counter(span.reason for span in report.reading.furniture)
    lines += [
        f"dropped: {count} × {reason}, for example line {firsts[reason].line}: {firsts[reason].text[:40]}"
        for reason, count in reasons.items()
    ]
    lines += [
        f"look at: {f'line {line}: ' if line else ''}{message}"
        for line, message in report.reading.warnings[:SHOWN]
    ]
    if len(report.reading.warnings) > SHOWN:
        lines.append(
            f"look at: {len(report.reading.warnings) - SHOWN} more; --report FILE lists them all"
        )
    changed = list(report.files)
    lines.append(
        f"{'would write' if dry else 'wrote'}: {len(changed)} files{': ' + ', '.join(changed[:8]) if changed else ', nothing has changed'}{' …' if len(changed) > 8 else ''}"
    )
    return "\n".join(lines + _next_steps(report, dry))


def _next_steps(report: Report, dry: bool) -> list[str]:
    new = [section.name for section in report.sections if not section.known]
    steps = (
        [
            f"next: give the {len(new)} new pages their names and English titles in {SECTIONS}, then import again"
        ]
        if new
        else []
    )
    if dry or not report.files:
        return steps
    return [*steps, "next: scripts/check, read the chapters, commit", "undo: scripts/import --undo"]
