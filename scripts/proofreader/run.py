"""Runs the rules over a project, reading each page once and remembering what was found in it."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from proofreader.glossary import Glossary
from proofreader.history import git
from proofreader.ignore import apply_ignores
from proofreader.memory import Memory, digest, key_of, program, sha256
from proofreader.parse import Parser
from proofreader.project import Project
from proofreader.record import Note, Page
from proofreader.rule import RULES, Found, Problem, View
from proofreader.settings import Settings, read_settings
from proofreader.source import Source, decode
from proofreader.stock import CONFIG, lint
from proofreader.tree import File, read_tree, text_files

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "check"
TERMS: list[Callable[[Settings], Glossary | None]] = []  # how a book reads its glossary
BROKEN = set("H11 H14 H15 L07 L08 X06 X20 X21 X28 X34 MD007 MD032 MD058 MD075 MD086".split())
DOUBTFUL = BROKEN - {"X28"} | set("F01 F03 H01 H03 L01 L02 L09 L10 L12 X11 X12 MD001".split())
BRACED = ("macros", "markdownextradata", "include-markdown", "table-reader")  # act on {{ }} alone
HAN, LATIN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+"), re.compile("[A-Za-z]+")


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
        return run.project


@contextlib.contextmanager
def _run(place: Path, rules: str | None, cache: Path | None) -> Iterator["_Run"]:
    """Paths in the settings of extensions are relative to the folder of mkdocs.yml: a run stands
    there."""
    settings = read_settings(place.resolve())
    with contextlib.chdir(settings.root):
        yield _Run(settings, settings.book if rules is None else rules == "book", cache)


class _Run:
    """One run over one project."""

    def __init__(self, settings: Settings, book: bool, cache: Path | None) -> None:
        self.settings, self.book, self.tree = settings, book, read_tree(settings)
        folder = cache and cache / key_of(str(settings.root))[:16]
        self.reports = Memory(folder and folder / "reports")
        self.memory = Memory(folder and folder / "pages")
        pages = [file for file in self.tree.files.values() if file.is_page]
        self.raw = {file.uri: file.path.read_bytes() for file in pages}
        found = (read(settings) for read in TERMS)
        self.glossary = next((glossary for glossary in found if glossary), Glossary())
        self.problems: list[Problem] = []

    @cached_property
    def parser(self) -> Parser:
        return Parser(self.settings)

    @cached_property
    def _base(self) -> str:
        """What every record depends on besides its page: settings, this program, and all
        texts beside them."""
        settings = re.sub(r" at 0x\w+", "", repr(self.settings.raw))  # as the environment has them
        others = [(str(path), digest(path)) for path in text_files(self.settings, self.tree)]
        return key_of(settings, self.book, program(), others)

    def report(self) -> Report:
        """From memory where not one byte has changed that could matter."""
        commit = git(self.settings.root, "rev-parse", "HEAD") if self.book else ""
        pages = {uri: sha256(raw) for uri, raw in self.raw.items()}
        key = key_of(self._base, commit, digest(CONFIG), self.tree, pages)
        if known := self.reports.load(key):
            return known
        report = self._judge(self.project)
        records = self.project.pages.values()
        if all(page.renders for page in records):
            inputs = {path: value for page in records for path, value in page.inputs.items()}
            self.reports.keep(key, report, inputs)
        self.reports.save()
        self.memory.save()
        return report

    @cached_property
    def project(self) -> Project:
        pages = {uri: self._page(self.tree.files[uri], raw) for uri, raw in self.raw.items()}
        return Project(self.settings, self.tree, pages, self.book, self.glossary)

    def _page(self, file: File, raw: bytes) -> Page:
        """The record of a page; what its rules found joins the problems. From memory where nothing
        it was made from has changed."""
        path = self.settings.shown(file.path)
        key = key_of(self._base, path, sha256(raw))
        if not (known := self.memory.load(key)):
            known = self._read(Page(path, file.uri, file.lang, file.name), raw)
            if known[0].renders:
                self.memory.keep(key, known, known[0].inputs)
        self.problems += known[1]
        return known[0]

    def _read(self, page: Page, raw: bytes) -> tuple[Page, list[Problem]]:
        source = Source(decode(raw))
        view = View(page, source, page.lang or script_of(source.text))
        self.parser.read(page, source)
        page.notes += _bytes_amiss(raw)
        unread = any(note.kind == "bytes" for note in page.notes)  # nothing else is judged
        return page, self._found("page", view, "X03" if unread else "")

    def _judge(self, project: Project) -> Report:
        """All site rules, after which exceptions are made and levels set."""
        self.problems += self._problems(lint(project))
        for page in project.glossary.pages:  # how terms are written, as on a page: theirs is none
            view = View(page, Source(project.glossary.text), page.lang)
            self.problems += self._found("page", view, "T", "P12")
        project.broken = set(self._broken(project))
        self.problems += self._found("site", project)
        raw = {page.path: self.raw[uri] for uri, page in project.pages.items()}
        kept = apply_ignores([self._settled(one, project) for one in self.problems], raw, self.book)
        return Report(sorted(set(kept)), len(project.pages), [*self._remarks(project)])

    def _found(self, scope: str, what: View | Project, *codes: str) -> list[Problem]:
        """What the rules for single pages find in one, or those for sites in one."""
        rules = [one for one in RULES.values() if one.scope == scope and one.level(self.book)]
        wanted = [one for one in rules if one.code.startswith(codes or "")]
        return self._problems((one.code, found) for one in wanted for found in one.check(what))

    def _problems(self, found: Iterable[tuple[str, Found]]) -> list[Problem]:
        return [RULES[code].problem(one, self.book) for code, one in found]

    def _broken(self, project: Project) -> Iterator[tuple[str, int]]:
        """Where a section holds something that is not what it was meant to be: its text is not to
        be compared."""
        for problem in self.problems:
            page = project.by_path.get(problem.path)
            if page and problem.code in BROKEN:
                above = [one for one in page.outline if one.line <= problem.line]
                yield page.path, page.headings.index(above[-1]) if above else -1

    def _settled(self, problem: Problem, project: Project) -> Problem:
        """With the level that it has here."""
        page, code = project.by_path.get(problem.path), problem.code
        published = page and (
            project.is_published(page)  # numbers and order are the text's, in every language
            if code[0] in "HF"
            else page.meta.get("wording") == "published"
        )
        waiting = page and code[0] in "PT" and project.awaits_translation(page)
        doubted = code in DOUBTFUL and self._strange
        lenient = doubted or waiting or (published and RULES[code].copy)
        return problem._replace(level="note") if lenient else problem

    @cached_property
    def _strange(self) -> list[str]:
        """What is not understood; plugins that act on braces alone matter only where there are
        some."""
        braced = any(b"{{" in raw or b"{%" in raw for raw in self.raw.values())
        idle = BRACED if not braced else ()
        return [what for what in self.settings.strange if not what.endswith(idle)]

    def _remarks(self, project: Project) -> Iterator[str]:
        """What is not understood: one line each."""
        for what in self._strange:
            yield f"{what} is not understood; what it could explain is a note"
        notes = (note for page in project.pages.values() for note in page.notes)
        for name in dict.fromkeys(note.name for note in notes if note.kind == "unrendered"):
            yield f"a page was not judged ({name})"


def _bytes_amiss(raw: bytes) -> Iterator[Note]:
    """What is wrong with the bytes of a page before they are text."""
    if raw.startswith(b"\xef\xbb\xbf"):
        yield Note("bom", "", 1)
    if b"\r" in raw:
        yield Note("ends", "", raw.count(b"\n", 0, raw.index(b"\r")) + 1)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        yield Note("bytes", f"{raw[error.start]:#04x}", line)


def script_of(text: str) -> str:
    """`zh` where Han characters outnumber a fifth of the Latin letters, else `en`: Chinese pages
    quote Latin names."""
    han, latin = (sum(map(len, script.findall(text))) for script in (HAN, LATIN))
    return "zh" if 5 * han > latin else "en"
