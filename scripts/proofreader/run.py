"""Runs the rules over a project, reading each page once and remembering what was found in it."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from whitepaper.book import ROOT
from proofreader.config import BUILTIN, Settings, read_settings
from proofreader.glossary import Glossary
from proofreader.history import head_commit
from proofreader.ignore import apply_ignores
from proofreader.memory import Memory, digest, key_of, program
from proofreader.mkdocs_yml import TRUSTED
from proofreader.parse import Parser, time_limit
from proofreader.project import Project, read_terms
from proofreader.record import Note, Page
from proofreader.rule import Found, Problem, Rule, View
from proofreader.rules import RULES
from proofreader.source import Source
from proofreader.tree import MARKDOWN, File, Tree, read_tree, text_files
from whitepaper.glossary import script_of

CACHE = ROOT / ".cache" / "check"
KNOWN = (*TRUSTED, "whitepaper.")  # extensions that read only files we know of
BREAKING = {"H11", "H12", "H14", "H15", "X06", "X20", "X21", "X22", "X23", "X24", "X25", "X26"}
BUILT = BREAKING - {"X06"} | {
    "H01",
    "H03",
    "H04",
}  # how blocks are put together: in a template only a build knows


@dataclass
class Report:
    """What a run found, and what it could not judge."""

    problems: list[Problem]
    pages: int
    remarks: list[str] = field(default_factory=list)


def run_check(root: Path, rules: str | None = None, cache: Path | None = CACHE) -> Report:
    """Checks the project in `root`; raises CheckError when it cannot be read at all."""
    with _run(root, rules, cache) as run:
        return run.report()


def read_project(root: Path, cache: Path | None = CACHE) -> Project:
    """The project in `root` with all its pages read; raises CheckError when it cannot be read at all."""
    with _run(root, None, cache) as run:
        return run.read()


@contextlib.contextmanager
def _run(root: Path, rules: str | None, cache: Path | None) -> Iterator["_Run"]:
    """Paths in the settings of extensions are relative to the folder of mkdocs.yml: a run stands there."""
    settings, before = read_settings(root.resolve()), Path.cwd()
    os.chdir(settings.root)
    try:
        yield _Run(
            settings,
            settings.book if rules is None else rules == "book",
            read_tree(settings),
            cache,
        )
    finally:
        os.chdir(before)


class _Run:
    """One run over one project."""

    def __init__(self, settings: Settings, book: bool, tree: Tree, cache: Path | None) -> None:
        self.settings, self.book, self.tree = settings, book, tree
        safe = all(name.startswith(KNOWN) or name in _standard() for name in settings.extensions)
        self.memory = Memory(
            cache / hashlib.sha256(os.fsencode(settings.root)).hexdigest()[:16]
            if cache and safe
            else None
        )
        self.found: list[tuple[str, Found]] = []
        self._parser: Parser | None = None
        self.raw = {
            file.uri: raw
            for file in tree.files.values()
            if file.uri.endswith(MARKDOWN) and (raw := self._bytes(file)) is not None
        }

    @property
    def parser(self) -> Parser:
        self._parser = self._parser or Parser(self.settings)
        return self._parser

    def report(self) -> Report:
        """From memory where not one byte has changed that could matter."""
        read_terms(self.settings)
        base = self._base()
        key = key_of(base, self._everything()) if self.memory.folder else ""
        if known := self.memory.load(key):
            return Report([Problem(*row) for row in known[0]], *known[1:])
        project = self._project(base)
        report = self._judge_all(project)
        inputs = {
            path: value for page in project.pages.values() for path, value in page.inputs.items()
        }
        if all(page.renders for page in project.pages.values()):
            self.memory.save(
                key,
                [[astuple(problem) for problem in report.problems], report.pages, report.remarks],
                inputs,
            )
        self.memory.forget(len(project.pages) + 2)
        return report

    def read(self) -> Project:
        return self._project(self._base())

    def _project(self, base: str) -> Project:
        pages = {uri: self._page(self.tree.files[uri], raw, base) for uri, raw in self.raw.items()}
        return Project(self.settings, self.tree, pages, self.book)

    def _judge_all(self, project: Project) -> Report:
        project.broken = set(self._broken(project))
        self.found += self._in_glossary(project.glossary)
        for rule in self._rules("site"):
            self.found += [(rule.code, found) for found in rule.check(project)]
        problems = apply_ignores(
            [self._problem(code, found, project) for code, found in self.found], project, self.raw
        )
        lacking = [
            note.name
            for page in project.pages.values()
            for note in page.notes
            if note.kind == "unrendered"
        ]
        if lacking:
            project.unjudged[f"pages were not judged ({lacking[0]})"] = len(lacking)
        if templates := sum(page.is_template for page in project.pages.values()):
            project.unjudged[
                "pages are templates, and the build of their blocks was not judged"
            ] = templates
        remarks = [
            *self.settings.remarks,
            *(f"{count} {what}" for what, count in sorted(project.unjudged.items())),
        ]
        return Report(sorted(set(problems)), len(project.pages), remarks)

    def _in_glossary(self, glossary: Glossary) -> Iterator[tuple[str, Found]]:
        """How the terms are written, as on a page: their file is none."""
        for page in glossary.pages:
            view = View(page, Source(glossary.text), glossary.text.encode(), page.lang)
            for rule in self._rules("page"):
                if rule.code[0] == "T" or rule.code == "P12":
                    yield from ((rule.code, found) for found in rule.check(view))

    def _broken(self, project: Project) -> Iterator[tuple[str, int]]:
        """Where a section holds something that is not what it was meant to be: its text is not to be compared."""
        for code, found in self.found:
            page = project.by_path.get(found.path)
            if code in BREAKING and page:
                above = [
                    number
                    for number, heading in enumerate(page.headings)
                    if heading.line <= found.line and not heading.nested
                ]
                yield found.path, above[-1] if above else -1

    def _rules(self, scope: str) -> Iterator[Rule]:
        return (rule for rule in RULES.values() if rule.scope == scope and rule.level(self.book))

    def _problem(self, code: str, found: Found, project: Project) -> Problem:
        level, page = found.level or RULES[code].level(self.book), project.by_path.get(found.path)
        if RULES[code].copy and page and page.meta.get("wording") == "published":
            level = "note"
        if code[0] in "PT" and page and project.awaits_translation(page):
            level = "note"
        return Problem(
            found.path,
            max(found.line, 1),
            max(found.column, 1),
            level,
            code,
            found.message,
            found.hint,
        )

    def _bytes(self, file: File) -> bytes | None:
        """What stands in a page; None, and a problem, where it is too much or nothing can be read."""
        try:
            size = file.path.stat().st_size
            found = [
                (rule.code, found)
                for rule in self._rules("file")
                for found in rule.check(self._path(file), size)
            ]
            self.found += found
            return None if found else file.path.read_bytes()
        except OSError as error:
            self.found.append(
                (
                    "X07",
                    Found(
                        self._path(file),
                        1,
                        f"a file must be one that can be read ({error.strerror})",
                    ),
                )
            )
            return None

    def _path(self, file: File) -> str:
        root = self.settings.root
        return (
            file.path.relative_to(root) if file.path.is_relative_to(root) else file.path
        ).as_posix()

    def _page(self, file: File, raw: bytes, base: str) -> Page:
        """The record of a page, and what its rules found; from memory where nothing it was made from has changed."""
        key = key_of(base, self._path(file), hashlib.sha256(raw).hexdigest())
        if known := self.memory.load(key):
            page, found = Page.from_json(known[0]), [(code, Found(*row)) for code, row in known[1]]
        else:
            page, found = self._judge(file, raw)
            if page.renders:
                self.memory.save(key, [page.to_json(), found], page.inputs)
        self.found += found
        return page

    def _judge(self, file: File, raw: bytes) -> tuple[Page, list[tuple[str, Found]]]:
        text, fault = decode(raw), _undecoded(raw)
        page = self.parser.read(self._path(file), file.uri, file.lang, file.name, text)
        page = page._replace(notes=[*page.notes, fault]) if fault else page
        view = View(
            page,
            Source(text),
            raw,
            file.lang or script_of(text),
            self.settings.writers,
            self.settings.rewriters,
        )
        found: list[tuple[str, Found]] = []
        try:
            with time_limit():
                for rule in self._rules("page"):
                    if (
                        rule.code == "X03"
                        if fault
                        else not (rule.code in BUILT and page.is_template)
                    ):  # of what is not UTF-8 nothing else is judged
                        found += ((rule.code, one) for one in rule.check(view))
        except TimeoutError as error:
            found.append(
                ("X10", view.at(1, f"the page must be judged in time: it {error}", "Split it"))
            )
        return page, found

    def _base(self) -> str:
        """What every record depends on besides its own page: settings, this program, files that extensions read."""
        settings = [self.settings.environment, *(digest(path) for path in self.settings.sources)]
        key = key_of("inputs", settings, program())
        files = self.memory.load(key)
        if files is None and self.memory.folder:
            files = {path.as_posix(): digest(path) for path in self.parser.inputs}
            self.memory.save(key, files, files)
        return key_of(
            settings,
            files,
            program(),
            self.book,
            self.settings.remarks,
            self.settings.writers,
            self.settings.rewriters,
        )

    def _everything(self) -> str:
        """All that a report depends on."""
        pages = {uri: hashlib.sha256(raw).hexdigest() for uri, raw in self.raw.items()}
        others = {path.as_posix(): digest(path) for path in text_files(self.settings, self.tree)}
        history = head_commit(self.settings.root) if self.book else ""
        return key_of(
            pages, sorted(self.tree.files), self.tree.faults, others, history, self.settings.makers
        )


def decode(raw: bytes) -> str:
    """The text as MkDocs reads it; what is not UTF-8 becomes U+FFFD."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _undecoded(raw: bytes) -> Note | None:
    """The first byte that is not UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return Note("bytes", f"{raw[error.start]:#04x}", raw.count(b"\n", 0, error.start) + 1)
    return None


@cache
def _standard() -> set[str]:
    """Short names of extensions that Python-Markdown itself brings."""
    return {
        *BUILTIN,
        *(
            point.name
            for point in metadata.entry_points(group="markdown.extensions")
            if point.value.startswith("markdown.extensions.")
        ),
    }
