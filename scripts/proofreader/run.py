"""Runs the rules over a project, reading each page once and remembering what was found in it."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from proofreader.glossary import Glossary
from proofreader.history import git
from proofreader.ignore import Ignore, apply_ignores, read_ignores
from proofreader.memory import digests, keep, key_of, program, recall
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
BROKEN = set("H11 H14 H15 L07 L08 X06 X20 X21 X28 X34 X42 MD007 MD032 MD058 MD075 MD086".split())
DOUBTFUL = BROKEN - {"X28"} | set("F01 F03 H01 H03 L01 L02 L09 L10 L12 X11 X12 MD001".split())
BRACED = ("macros", "markdownextradata", "include-markdown", "table-reader")  # act on {{ }} alone
HAN, LATIN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+"), re.compile("[A-Za-z]+")


@dataclass
class Report:
    """What a run found, and what it did not understand."""

    problems: list[Problem]
    pages: int
    remarks: list[str]


def run_check(
    place: Path, rules: str | None = None, cache: Path | None = CACHE, external: bool = False
) -> Report:
    """Checks the project in `place`, or the addresses outside that it links to; raises CheckError
    when it cannot be read at all."""
    run = _Run(place, rules)
    with contextlib.chdir(run.settings.root):
        return run.ask() if external else run.report(cache)


def read_project(place: Path) -> Project:
    """The project in `place` with all its pages read; raises CheckError when it cannot be read at
    all."""
    run = _Run(place, None)
    with contextlib.chdir(run.settings.root):
        return run.project


class _Run:
    """One run over one project. Paths in the settings of extensions are relative to the folder of
    mkdocs.yml: whoever runs it stands there."""

    def __init__(self, place: Path, rules: str | None) -> None:
        self.settings = read_settings(place.resolve())
        self.book = (rules or self.settings.get("extra", "check")) == "book"
        self.tree = read_tree(self.settings)
        self.problems: list[Problem] = []
        self.ignores: list[Ignore] = []
        self.braced = False  # whether any page holds {{ or {%

    def report(self, cache: Path | None) -> Report:
        """From memory where not one byte has changed that could matter."""
        root = self.settings.root
        settings = re.sub(r" at 0x\w+", "", repr(self.settings.raw))  # as the environment has them
        files = digests([*text_files(self.settings, self.tree), CONFIG])
        commit = git(root, "rev-parse", "HEAD") if self.book else ""
        key = key_of(settings, self.book, program(), self.tree, files, commit)
        memory = cache and cache / f"{key_of(str(root))[:16]}.report"
        if memory and (known := recall(memory, key)):
            return known
        report = self._judge(self.project)
        if memory and all(page.renders for page in self.project.pages.values()):
            keep(memory, key, digests(self.parser.snippets.sought), report)
        return report

    def ask(self) -> Report:
        """What the hosts answer that pages link to."""
        pages = self.project.pages
        return Report(sorted(self._found("external", self.project)), len(pages), [])

    @cached_property
    def parser(self) -> Parser:
        return Parser(self.settings)

    @cached_property
    def project(self) -> Project:
        found = (read(self.settings) for read in TERMS)
        glossary = next((glossary for glossary in found if glossary), Glossary())
        files = self.tree.files.items()
        pages = {uri: self._read(file) for uri, file in files if file.is_page}
        return Project(self.settings, self.tree, pages, self.book, glossary)

    def _read(self, file: File) -> Page:
        """The record of a page; what its rules find joins the problems."""
        raw, path = file.path.read_bytes(), self.settings.shown(file.path)
        page, source = Page(path, file.uri, file.lang, file.name), Source(decode(raw))
        self.parser.read(page, source)
        page.notes += _bytes_amiss(raw)
        unread = any(note.kind == "bytes" for note in page.notes)  # nothing else is judged
        lang = page.lang or script_of(source.text)
        view = View(page, source, lang, self.settings.extensions)
        self.problems += self._found("page", view, "X03" if unread else "")
        self.ignores += read_ignores(page.path, source)
        self.braced |= "{{" in source.text or "{%" in source.text
        return page

    def _judge(self, project: Project) -> Report:
        """All site rules, after which exceptions are made and levels set."""
        self.problems += self._problems(lint(project))
        for page in project.glossary.pages:  # how terms are written, as on a page: theirs is none
            view = View(page, Source(project.glossary.text), page.lang)
            self.problems += self._found("page", view, "T", "P12")
        project.broken = set(self._broken(project))
        self.problems += self._found("site", project)
        settled = [self._settled(one, project) for one in self.problems]
        kept = apply_ignores(settled, self.ignores, self.book)
        said = "{} is not understood; what it could explain is a note"
        return Report(sorted(set(kept)), len(project.pages), [*map(said.format, self._strange)])

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
        idle = BRACED if not self.braced else ()
        return [what for what in self.settings.strange if not what.endswith(idle)]


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
