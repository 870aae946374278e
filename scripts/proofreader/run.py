"""Runs the rules over a project, reading each page once and remembering what was found in it."""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from proofreader.glossary import Glossary
from proofreader.history import head_commit
from proofreader.ignore import apply_ignores
from proofreader.memory import Memory, digest, key_of, program
from proofreader.parse import Parser, time_limit
from proofreader.project import Project
from proofreader.record import Note, Page
from proofreader.rule import RULES, Found, Problem, Rule, View
from proofreader.settings import BUILTIN, Settings, read_settings
from proofreader.source import Source
from proofreader.stock import CONFIG, lint
from proofreader.tree import MARKDOWN, File, Tree, read_tree, text_files
from proofreader.yaml_tags import TRUSTED

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "check"
KNOWN = [*TRUSTED]  # packages of extensions that read only files we know of; a book adds its own
TERMS: list[Callable[[Settings], Glossary | None]] = []  # how a book reads its glossary
BROKEN = set("H11 H12 H14 H15 X06 X20 X21 X22 X26 MD007 MD032 MD058 MD075 MD086".split())
DOUBTFUL = BROKEN | set("F01 F03 H01 H03 L01 L02 L07 L08 L09 L10 L12 X11 X12 X27 MD001".split())
BRACED = ("macros", "markdownextradata", "include-markdown", "table-reader")  # act on {{ }} alone
HAN, LATIN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"), re.compile("[A-Za-z]")


@dataclass
class Report:
    """What a run found, and what it did not understand."""

    problems: list[Problem]
    pages: int
    remarks: list[str]


def run_check(place: Path, rules: str | None = None, cache: Path | None = CACHE) -> Report:
    """Checks the project in `place`; raises CheckError when it cannot be read at all."""
    with _run(place, rules, cache) as run:
        return run.report()


def read_project(place: Path, cache: Path | None = CACHE) -> Project:
    """The project in `place` with all its pages read; raises CheckError when it cannot be read at
    all."""
    with _run(place, None, cache) as run:
        return run.project()


@contextlib.contextmanager
def _run(place: Path, rules: str | None, cache: Path | None) -> Iterator["_Run"]:
    """Paths in the settings of extensions are relative to the folder of mkdocs.yml: a run stands
    there."""
    settings, before = read_settings(place.resolve()), Path.cwd()
    os.chdir(settings.root)
    try:
        book = settings.book if rules is None else rules == "book"
        yield _Run(settings, book, read_tree(settings), cache)
    finally:
        os.chdir(before)


class _Run:
    """One run over one project."""

    def __init__(self, settings: Settings, book: bool, tree: Tree, cache: Path | None) -> None:
        self.settings, self.book, self.tree = settings, book, tree
        known = (
            name.startswith(tuple(KNOWN)) or name in _standard() for name in settings.extensions
        )
        place = hashlib.sha256(os.fsencode(settings.root)).hexdigest()[:16]
        self.memory = Memory(cache / place if cache and all(known) else None)
        self.found: list[tuple[str, Found]] = []
        self._parser: Parser | None = None
        pages = (file for file in tree.files.values() if file.uri.endswith(MARKDOWN))
        self.raw = {file.uri: raw for file in pages if (raw := self._bytes(file)) is not None}
        found = (read(settings) for read in TERMS)
        self.glossary = next((glossary for glossary in found if glossary), Glossary())

    @property
    def parser(self) -> Parser:
        self._parser = self._parser or Parser(self.settings)
        return self._parser

    def report(self) -> Report:
        """From memory where not one byte has changed that could matter."""
        key = self._key() if self.memory.folder else ""
        if known := self.memory.load(key):
            return Report([Problem(*row) for row in known[0]], *known[1:])
        project = self.project()
        report = self._judge(project)
        pages = project.pages.values()
        inputs = {path: value for page in pages for path, value in page.inputs.items()}
        if all(page.renders for page in pages):
            rows = [astuple(problem) for problem in report.problems]
            self.memory.save(key, [rows, report.pages, report.remarks], inputs)
        self.memory.forget(len(project.pages) + 2)
        return report

    def project(self) -> Project:
        base = self._base()
        pages = {uri: self._page(self.tree.files[uri], raw, base) for uri, raw in self.raw.items()}
        return Project(self.settings, self.tree, pages, self.book, self.glossary)

    def _judge(self, project: Project) -> Report:
        """All site rules, after which exceptions are made and levels set."""
        remarks = self._remarks(project)
        self.found += lint(project)
        self.found += self._in_glossary(project.glossary)
        project.broken = set(self._broken(project))
        for rule in self._rules("site"):
            self.found += [(rule.code, found) for found in rule.check(project)]
        problems = [self._problem(code, found, project) for code, found in self.found]
        kept = apply_ignores(problems, project, self.raw)
        return Report(sorted(set(kept)), len(project.pages), remarks)

    def _remarks(self, project: Project) -> list[str]:
        """What is not understood: one line each."""
        known = [f"the plugin {name}" for name in BRACED]
        strange = [what for what in self.settings.strange if what not in known or self._braced]
        lacking = [
            note.name
            for page in project.pages.values()
            for note in page.notes
            if note.kind == "unrendered"
        ]
        remarks = [f"{what} is not understood; what it could explain is a note" for what in strange]
        return remarks + [f"a page was not judged ({name})" for name in dict.fromkeys(lacking)]

    @property
    def _braced(self) -> bool:
        return any(b"{{" in raw or b"{%" in raw for raw in self.raw.values())

    def _in_glossary(self, glossary: Glossary) -> Iterator[tuple[str, Found]]:
        """How the terms are written, as on a page: their file is none."""
        for page in glossary.pages:
            view = View(page, Source(glossary.text), glossary.text.encode(), page.lang)
            for rule in self._rules("page"):
                if rule.code[0] == "T" or rule.code == "P12":
                    yield from ((rule.code, found) for found in rule.check(view))

    def _broken(self, project: Project) -> Iterator[tuple[str, int]]:
        """Where a section holds something that is not what it was meant to be: its text is not to
        be compared."""
        for code, found in self.found:
            page = project.by_path.get(found.path)
            if code in BROKEN and page:
                lines = [heading.line for heading in page.outline]
                above = sum(line <= found.line for line in lines)
                yield found.path, page.headings.index(page.outline[above - 1]) if above else -1

    def _rules(self, scope: str) -> Iterator[Rule]:
        return (rule for rule in RULES.values() if rule.scope == scope and rule.level(self.book))

    def _problem(self, code: str, found: Found, project: Project) -> Problem:
        page = project.by_path.get(found.path)
        level = found.level or RULES[code].level(self.book)
        if page and RULES[code].copy and page.meta.get("wording") == "published":
            level = "note"
        if page and code[0] in "PT" and project.awaits_translation(page):
            level = "note"
        if code in DOUBTFUL and self.doubted(found.path):
            level = "note"
        line, column = max(found.line, 1), max(found.column, 1)
        return Problem(found.path, line, column, level, code, found.message, found.hint)

    def doubted(self, path: str) -> bool:
        """Whether something that is not understood may explain what is found in a file."""
        others = [what for what in self.settings.strange if not what.endswith(BRACED)]
        return bool(others or (self.settings.strange and self._braced))

    def _bytes(self, file: File) -> bytes | None:
        """What stands in a page; None, and a problem, where it is too much or nothing can be
        read."""
        path = self.settings.shown(file.path)
        try:
            size = file.path.stat().st_size
            large = [
                (rule.code, one) for rule in self._rules("file") for one in rule.check(path, size)
            ]
            self.found += large
            return None if large else file.path.read_bytes()
        except OSError as error:
            said = f"a file must be one that can be read ({error.strerror})"
            self.found.append(("X07", Found(path, 1, said)))
            return None

    def _page(self, file: File, raw: bytes, base: str) -> Page:
        """The record of a page, and what its rules found; from memory where nothing it was made
        from has changed."""
        path = self.settings.shown(file.path)
        key = key_of(base, path, hashlib.sha256(raw).hexdigest())
        if known := self.memory.load(key):
            page, found = Page.from_json(known[0]), [(code, Found(*row)) for code, row in known[1]]
        else:
            page, found = self._read(file, path, raw)
            if page.renders:
                self.memory.save(key, [list(page), found], page.inputs)
        self.found += found
        return page

    def _read(self, file: File, path: str, raw: bytes) -> tuple[Page, list[tuple[str, Found]]]:
        text, fault = decode(raw), _undecoded(raw)
        page = self.parser.read(path, file.uri, file.lang, file.name, text)
        if fault:  # of what is not UTF-8 nothing else is judged
            page = page._replace(notes=[*page.notes, fault])
        view = View(page, Source(text), raw, file.lang or script_of(text))
        found: list[tuple[str, Found]] = []
        try:
            with time_limit():
                for rule in self._rules("page"):
                    if not fault or rule.code == "X03":
                        found += ((rule.code, one) for one in rule.check(view))
        except TimeoutError as error:
            said = f"the page must be judged in time: it {error}"
            found.append(("X10", view.at(1, said, "Split it")))
        return page, found

    def _base(self) -> str:
        """What every record depends on besides its own page: settings, this program, files that
        extensions read."""
        settings = [self.settings.environment, digest(self.settings.file), self.book, program()]
        key = key_of("inputs", settings)
        files = self.memory.load(key)
        if files is None and self.memory.folder:
            files = {path.as_posix(): digest(path) for path in self.parser.inputs}
            self.memory.save(key, files, files)
        return key_of(settings, files)

    def _key(self) -> str:
        """All that a report depends on."""
        pages = {uri: hashlib.sha256(raw).hexdigest() for uri, raw in self.raw.items()}
        others = {path.as_posix(): digest(path) for path in text_files(self.settings, self.tree)}
        history = head_commit(self.settings.root) if self.book else ""
        names = [*self.tree.files, *self.tree.scratch]
        return key_of(self._base(), pages, names, self.tree.faults, others, history, digest(CONFIG))


def decode(raw: bytes) -> str:
    """The text as MkDocs reads it; what is not UTF-8 becomes U+FFFD."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def script_of(text: str) -> str:
    """`zh` where Han characters outnumber a fifth of the Latin letters, else `en`."""
    return "zh" if 5 * len(HAN.findall(text)) > len(LATIN.findall(text)) else "en"


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
    points = metadata.entry_points(group="markdown.extensions")
    own = {point.name for point in points if point.value.startswith("markdown.extensions.")}
    return own | set(BUILTIN)
