"""The published text, as extracted from its PDF, into the chapters of this site: proved first, then written in one go."""
import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from whitepaper.blocks import Block, PageText, read_page_text, render_page_text
from whitepaper.book import LANGS, ROOT, Book, BookError, read_book
from whitepaper.chapters import Context, english_title, render_chapter, render_twin, with_key
from whitepaper.colophon import Row, list_pages, restate
from whitepaper.decode import read_source, shown
from whitepaper.kinds import caption_mark
from whitepaper.layout import seen
from whitepaper.nav import english_part, extend_settings, part_title
from whitepaper.oddities import find_oddities
from whitepaper.outline import SECTIONS, Section, name_sections, names_by_title, read_names, read_outline, render_names
from whitepaper.proof import bare, prove
from whitepaper.units import Reading, Unit, read_units

ASIDE = "import-"
SHOWN = 12  # warnings printed; the report has them all


@dataclass
class Report:
    """What an import found and what it would write. `files` maps each path that changes to its text, None to take it away."""

    reading: Reading
    sections: list[Section] = field(default_factory=list)
    files: dict[Path, str | None] = field(default_factory=dict)
    warnings: list[tuple[int, str]] = field(default_factory=list)

    def as_json(self) -> dict:
        reading = self.reading
        return {
            "units": [{"id": unit.id, "role": unit.role, "lines": unit.lines, "text": unit.text} for unit in reading.units],
            "furniture": [{"line": span.line, "text": span.text, "reason": span.reason} for span in reading.furniture],
            "warnings": [{"line": line, "message": message} for line, message in self.warnings],
            "metadata": reading.metadata,
        }


def read_text(path: Path, encoding: str | None = None, lossy: bool = False) -> Report:
    """Reads and proves the text; raises BookError where there is none or the proof fails."""
    source = read_source(path, encoding, lossy)
    reading = read_units(source.text)
    prove(source.text, reading)
    if not reading.units:
        raise BookError(f"{shown(path)}: no text in it. Name the file that holds the extracted text")
    reading.metadata |= _metadata(reading.units, path) | {"encoding": source.encoding}
    warnings = [*source.warnings, *reading.warnings, *find_oddities(reading.units)]
    return Report(reading, warnings=sorted(warnings))


def _metadata(units: Sequence[Unit], path: Path) -> dict:
    title = next((unit.text for unit in units if unit.role == "title"), "")
    authors = next((unit.text for unit in units if unit.role == "byline"), "")
    return {
        "title": title or shown(Path(path.stem)),
        "authors": [name for name in re.split(r"\s{2,}|[、；;，,]", authors) if name],
        "truncated": units[-1].role == "para (cut)",
    }


def import_into(root: Path, file: Path, encoding: str | None = None, lossy: bool = False) -> Report:
    """Puts the published text into the project at `root`, whatever edits stand there: for a copy. Raises BookError."""
    with locked(root):
        report = plan(root, read_text(file, encoding, lossy))
        write(root, report.files)
    return report


# --- planning: what each page will be ---


def plan(root: Path, report: Report) -> Report:
    """Adds the sections and the files that would change. Writes nothing."""
    book = read_book(root)
    pages = {lang: {name: read_page_text(book.page(lang, name).path.read_text("utf-8")) for name in book.chapters if _path(root, lang, name).exists()} for lang in LANGS}
    entries = read_names(root)
    sections = name_sections(read_outline(report.reading.units), entries, pages["zh"])
    renamed = _renamed(sections, pages["zh"])
    for section in sections:
        if section.name in renamed.values():
            old = next(old for old, new in renamed.items() if new == section.name)
            for lang in LANGS:
                if old in pages[lang]:
                    pages[lang][section.name] = _retitled(pages[lang][old], old, section.name)
    report.sections = sections
    for old in renamed:
        report.files |= {_path(root, lang, old): None for lang in LANGS if _path(root, lang, old).exists()}
        report.warnings.append((0, f"{old} is now {renamed[old]}: its old address needs a redirect"))
    figures = {mark: block for page in pages["zh"].values() for block in page.find("figure") if (mark := caption_mark(block.text))}
    for section in sections:
        _plan_section(root, report, section, pages, Context(figures, _goes_on(section, sections)))
    _plan_settings(root, report, entries, renamed)
    if not set(book.chapters) - set(renamed) - {section.name for section in sections}:
        report.files |= dict(restate(root, complete=not report.reading.metadata["truncated"]))
    _plan_contents(root, report, book)
    title = next((unit for unit in report.reading.units if unit.role == "title"), None)
    if title and bare(title.text) != bare(book.title("zh")):
        report.warnings.append((title.lines[0], f"the text calls itself {title.text}, the site {book.title('zh')}"))
    used = {section.name for section in sections}
    untouched = [name for name in book.chapters if name not in renamed and name not in used]
    report.warnings += [(0, f"{name}.md: nothing in the text belongs to it; it stays as it is") for name in untouched]
    report.files = {path: text for path, text in report.files.items() if text is None or not path.exists() or path.read_bytes() != text.encode()}
    return report


def _plan_contents(root: Path, report: Report, book: Book) -> None:
    """The home page's contents with the new pages; it says so where their titles are not ours or not translated."""
    for lang in LANGS:
        home = _path(root, lang, "index")
        if not home.exists():
            continue
        before = report.files.get(home) or home.read_text("utf-8")
        after = list_pages(before, [_row(section, book, lang) for section in report.sections])
        if lang == "zh":
            report.files[home] = with_key(after, "wording", "published") if after != before else after
        else:
            missing = any("\ntranslation: missing\n" in (report.files[_path(root, "en", section.name)] or "") for section in report.sections)
            report.files[home] = with_key(after, "translation", "partial" if missing else None)


def _row(section: Section, book: Book, lang: str) -> Row:
    inside = section.part is not None and section.part is not section.heading
    title = section.title if lang == "zh" else english_title(section)
    part = part_title(section) if inside else ""
    if part and lang == "en":
        part = book.languages["en"].get("nav_translations", {}).get(part) or english_part(section)
    return Row(section.name, title, part)


def _path(root: Path, lang: str, name: str) -> Path:
    return root / "docs" / lang / f"{name}.md"


def _plan_section(root: Path, report: Report, section: Section, pages: dict[str, dict[str, PageText]], context: Context) -> None:
    chapter = render_chapter(section, pages["zh"].get(section.name), context)
    twin = render_twin(section, chapter.page, pages["en"].get(section.name))
    report.files[_path(root, "zh", section.name)] = render_page_text(chapter.page)
    report.files[_path(root, "en", section.name)] = render_page_text(twin)
    line = section.heading.lines[0] if section.heading else 0
    report.warnings += [(line, said) for said in chapter.warnings]
    if section.heading and not section.units:
        report.warnings.append((line, f"heading without text: {section.title[:30]}"))


def _plan_settings(root: Path, report: Report, entries: list[dict[str, str]], renamed: dict[str, str]) -> None:
    settings, names = root / "mkdocs.yml", root / SECTIONS
    report.files[settings] = extend_settings(settings.read_text("utf-8"), report.sections, renamed)
    before = names.read_text("utf-8") if names.exists() else ""
    if after := render_names(before, report.sections, entries):
        report.files[names] = after


def _goes_on(section: Section, sections: Sequence[Section]) -> bool:
    """Whether the text goes on beyond this section, or at least ends its last sentence."""
    return section is not sections[-1] or not section.units or section.units[-1].role != "para (cut)"


def _renamed(sections: Sequence[Section], pages: dict[str, PageText]) -> dict[str, str]:
    """Pages that stand under an older name than sections.toml now gives them: old name → new name."""
    by_title = names_by_title(pages)
    used = {section.name for section in sections}
    old = {section.name: by_title.get(bare(section.title), "") for section in sections if section.heading and not section.known}
    return {before: name for name, before in old.items() if before and before not in used}


def _retitled(page: PageText, old: str, new: str) -> PageText:
    blocks = [Block(block.kind, block.source.replace(f"{{#{old}}}", f"{{#{new}}}"), new if block.id == old else block.id, block.level) for block in page.blocks]
    return PageText(page.front, blocks)


# --- writing: all or nothing ---


def write(root: Path, files: dict[Path, str | None]) -> None:
    """Writes every file aside, then puts all in place; whatever goes wrong on the way, the old ones stand again."""
    if not files:
        return
    aside = None
    for stale in (root / ".cache").glob(f"{ASIDE}*"):  # of a run that was killed; the lock is ours
        shutil.rmtree(stale, ignore_errors=True)
    try:
        aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=root / ".cache"))
        staged = {path: _stage(aside, number, text) for number, (path, text) in enumerate(files.items())}
        _swap(aside, staged)
    except OSError as error:
        raise BookError(f"{shown(Path(error.filename or root))}: cannot be written ({error.strerror}). The chapters are as they were; make room or mend permissions") from None
    finally:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)


def _stage(aside: Path, number: int, text: str | None) -> Path | None:
    if text is None:
        return None
    path = aside / f"new-{number}"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def _swap(aside: Path, staged: dict[Path, Path | None]) -> None:
    """Renames, and takes every rename back when one of them fails or somebody interrupts."""
    done: list[tuple[Path, Path | None]] = []
    try:
        with _terminated_raises():
            for number, (path, new) in enumerate(staged.items()):
                path.parent.mkdir(parents=True, exist_ok=True)
                old = aside / f"old-{number}" if path.exists() else None
                if old:
                    shutil.copy2(path, old)
                done.append((path, old))
                new.replace(path) if new else path.unlink()
    except BaseException:
        for path, old in reversed(done):
            old.replace(path) if old else path.unlink(missing_ok=True)
        raise


@contextmanager
def _terminated_raises() -> Iterator[None]:
    """A polite end from outside (SIGTERM) becomes an exception, as Ctrl-C is one."""

    def stop(*_):
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread: nothing to catch there
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """One import at a time in a project: the second waits for the first."""
    folder = root / ".cache"
    try:
        folder.mkdir(exist_ok=True)
        lock = open(folder / "import.lock", "w")
    except OSError as error:
        raise BookError(f"{shown(folder)}: cannot be written ({error.strerror}). Mend its permissions") from None
    with lock:
        if os.name != "nt":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def edited(root: Path, paths: Sequence[Path]) -> list[str]:
    """Which of the paths hold something that git does not have. Raises BookError where git knows nothing of this folder."""
    there = {path.relative_to(root).as_posix() for path in paths if path.exists()}
    prefix, status = _git(root, "rev-parse", "--show-prefix"), _git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--", "docs", "mkdocs.yml")
    if prefix is None or status is None:
        raise BookError("git does not keep this folder, so replaced chapters could not be had back. Put it under git, or replace them with --force")
    dirty = {entry[3:].removeprefix(prefix.strip()) for entry in status.split("\0") if entry[2:3] == " "}
    return sorted(there & dirty)


def announce(root: Path, files: dict[Path, str | None], before: set[Path]) -> None:
    """Tells git of the new pages, so that `git diff` shows them and `git checkout` takes them away again."""
    new = [path.relative_to(root).as_posix() for path, text in files.items() if text is not None and path not in before]
    if new:
        _git(root, "add", "--intent-to-add", "--pathspec-from-file=-", input="\n".join(new))


def _git(root: Path, *arguments: str, input: str | None = None) -> str | None:
    """What git says, or None where it cannot."""
    try:
        run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8", errors="surrogateescape", input=input)
    except OSError:
        return None
    return run.stdout if run.returncode == 0 else None


# --- the command ---


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/import", description="Turns the published text, as extracted from its PDF, into the chapters in docs/zh/. Undo: git checkout -- docs mkdocs.yml")
    parser.add_argument("file", type=Path, metavar="FILE", help="the extracted text")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing into docs/")
    parser.add_argument("--report", type=Path, metavar="JSON", help="write units, furniture and warnings to this file")
    parser.add_argument("--encoding", metavar="NAME", help="of the file, where it is not found by itself")
    parser.add_argument("--lossy", action="store_true", help="print U+FFFD for bytes and control characters that are no text")
    parser.add_argument("--force", action="store_true", help="replace chapters even where they have uncommitted edits")
    options = parser.parse_args(arguments)
    try:
        return _run(options, ROOT)
    except BookError as error:
        print(f"import: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("import: interrupted; the chapters are as they were", file=sys.stderr)
        return 2


def _run(options: argparse.Namespace, root: Path) -> int:
    report = read_text(options.file, options.encoding, options.lossy)
    with locked(root):
        plan(root, report)
        if options.report:
            _write_json(options.report, report.as_json())
        taken = [] if options.force or options.dry_run else edited(root, list(report.files))
        if taken:
            raise BookError(f"uncommitted edits in {', '.join(taken[:3])}{' and others' if len(taken) > 3 else ''}. Commit them, or replace them with --force")
        if not options.dry_run:
            before = {path for path in report.files if path.exists()}
            write(root, report.files)
            announce(root, report.files, before)
    print(render_report(report, root, options.dry_run))
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
        raise BookError(f"--report {shown(path)}: cannot be written ({error.strerror}). Name another place") from None


def render_report(report: Report, root: Path, dry: bool) -> str:
    """What a person wants to know: found, dropped and why, odd, written, and what to do next."""
    units = report.reading.units
    counted = sum(unit.counted for unit in units)
    roles = Counter("heading" if unit.level else unit.role for unit in units)
    lines = [f"found: {len(units)} units: {len(report.sections)} chapters, {counted} paragraphs, {roles['heading']} headings, {roles['caption']} captions; every character accounted for"]
    reasons = Counter(span.reason for span in report.reading.furniture)
    lines += [f"dropped: {count} × {reason}, for example line {span.line}: {span.text[:40]}" for reason, count in reasons.items() if (span := next(span for span in report.reading.furniture if span.reason == reason))]
    lines += [f"look at: {f'line {line}: ' if line else ''}{message}" for line, message in report.warnings[:SHOWN]]
    if len(report.warnings) > SHOWN:
        lines.append(f"look at: {len(report.warnings) - SHOWN} more; --report FILE lists them all")
    changed = [str(path.relative_to(root)) for path in report.files]
    lines.append(f"{'would write' if dry else 'wrote'}: {len(changed)} files{': ' + ', '.join(changed[:8]) if changed else ', nothing has changed'}{' …' if len(changed) > 8 else ''}")
    return "\n".join(lines + _next_steps(report, root, dry))


def _next_steps(report: Report, root: Path, dry: bool) -> list[str]:
    new = [section.name for section in report.sections if not section.known]
    steps = [f"next: give the {len(new)} new pages their names and English titles in {SECTIONS.as_posix()}, then import again"] if new else []
    if dry or not report.files:
        return steps
    paths = [path.relative_to(root).as_posix() for path in report.files]
    undo = " ".join(paths) if len(paths) <= SHOWN else "docs mkdocs.yml"
    return [*steps, "next: scripts/check, read the chapters, commit", f"undo: git checkout --no-overlay HEAD -- {undo}"]
