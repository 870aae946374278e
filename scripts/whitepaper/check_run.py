"""Runs the rules over a project, reading each page once and remembering what was found in it."""
import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from whitepaper.book import ROOT
from whitepaper.check_config import BUILTIN, Settings, read_settings
from whitepaper.check_ignore import apply_ignores
from whitepaper.check_parse import Parser, digest
from whitepaper.check_project import MARKDOWN, File, Project, Tree, read_terms, read_tree
from whitepaper.check_record import Page
from whitepaper.check_rules import RULES, Found, Problem, Rule, View
from whitepaper.check_source import Source
from whitepaper.glossary import script_of

CACHE = ROOT / ".cache" / "check"
BREAKING = {"H11", "H12", "H14", "H15", "X06", "X20", "X21", "X22", "X23", "X24", "X25", "X26"}
LARGEST = 4_000_000  # bytes of a page; what is larger is no page of a book
KNOWN = (*BUILTIN, "pymdownx.", "markdown.extensions.", "material.extensions.", "whitepaper.")  # they read only files we know of


@dataclass
class Report:
    """What a run found, and what it could not judge."""

    problems: list[Problem]
    pages: int
    remarks: list[str] = field(default_factory=list)


def run_check(root: Path, rules: str | None = None, cache: Path | None = CACHE) -> Report:
    """Checks the project in `root`; raises CheckError when it cannot be read at all."""
    root = root.resolve()
    settings = read_settings(root)
    book = settings.book if rules is None else rules == "book"
    with _inside(root):
        run = _Run(settings, book, read_tree(settings), cache)
        return run.report()


def read_project(root: Path, cache: Path | None = CACHE) -> Project:
    """The project in `root` with all its pages read; raises CheckError when it cannot be read at all."""
    root = root.resolve()
    settings = read_settings(root)
    with _inside(root):
        return _Run(settings, settings.book, read_tree(settings), cache).read()


class _Run:
    """One run over one project."""

    def __init__(self, settings: Settings, book: bool, tree: Tree, cache: Path | None) -> None:
        self.settings, self.book, self.tree = settings, book, tree
        safe = all(name in BUILTIN or name.startswith(KNOWN) or name in _standard() for name in settings.extensions)
        key = hashlib.sha256(os.fsencode(settings.root)).hexdigest()[:16]
        self.folder = cache / key if cache and safe else None
        self.digests = {path.as_posix(): digest(path) for path in settings.sources}
        self.raw: dict[str, bytes] = {}
        self.found: list[tuple[str, Found]] = []
        self._parser: Parser | None = None

    @property
    def parser(self) -> Parser:
        self._parser = self._parser or Parser(self.settings)
        return self._parser

    def read(self) -> Project:
        base = self._base()
        files = [file for file in self.tree.files.values() if file.uri.endswith(MARKDOWN)]
        pages = {file.uri: page for file in files if (page := self._page(file, base))}
        return Project(self.settings, self.tree, pages, self.book)

    def report(self) -> Report:
        read_terms(self.settings)
        project = self.read()
        project.broken = set(self._broken(project))
        for rule in self._rules("site"):
            self.found += [(rule.code, found) for found in rule.check(project)]
        problems = [problem for code, found in self.found if (problem := self._problem(code, found, project))]
        problems = apply_ignores(problems, project, self.raw)
        lacking = [note.name for page in project.pages.values() for note in page.notes if note.kind == "unrendered"]
        if lacking:
            project.unjudged[f"pages were not judged ({lacking[0]})"] = len(lacking)
        remarks = [*self.settings.remarks, *(f"{count} {what}" for what, count in sorted(project.unjudged.items()))]
        return Report(sorted(set(problems)), len(project.pages), remarks)

    def _broken(self, project: Project) -> Iterator[tuple[str, int]]:
        """Where a section holds something that is not what it was meant to be: its text is not to be compared."""
        for code, found in self.found:
            page = project.by_path.get(found.path)
            if code in BREAKING and page:
                above = [number for number, heading in enumerate(page.headings) if heading.line <= found.line and not heading.nested]
                yield found.path, above[-1] if above else -1

    def _rules(self, scope: str) -> Iterator[Rule]:
        return (rule for rule in RULES.values() if rule.scope == scope and rule.level(self.book))

    def _problem(self, code: str, found: Found, project: Project) -> Problem:
        level = found.level or RULES[code].level(self.book)
        page = project.by_path.get(found.path)
        if RULES[code].copy and page and page.meta.get("wording") == "published":
            level = "note"
        if code[0] in "PT" and page and project.awaits_translation(page):
            level = "note"
        return Problem(found.path, max(found.line, 1), max(found.column, 1), level, code, found.message, found.hint)

    def _page(self, file: File, base: str) -> Page | None:
        """The record of a page, from memory where nothing it was made from has changed."""
        path = file.path.relative_to(self.settings.root).as_posix() if file.path.is_relative_to(self.settings.root) else file.path.as_posix()
        try:
            if file.path.stat().st_size > LARGEST:
                self.found.append(("X09", Found(path, 1, f"the page must be smaller than {LARGEST // 1_000_000} MB", "Split it, or move data out of it")))
                return None
            raw = file.path.read_bytes()
        except OSError as error:
            self.found.append(("X07", Found(path, 1, f"a file must be one that can be read ({error.strerror})")))
            return None
        self.raw[file.uri] = raw
        key = hashlib.sha256(f"{base}\0{path}\0".encode("utf-8", "surrogatepass") + raw).hexdigest()
        if known := self._remembered(key):
            page, found = known
        else:
            page, found = self._judge(file, path, raw)
            self._remember(key, page, found)
        self.found += found
        return page

    def _judge(self, file: File, path: str, raw: bytes) -> tuple[Page, list[tuple[str, Found]]]:
        text = decode(raw)
        page = self.parser.read(path, file.uri, file.lang, file.name, text)
        lang = file.lang or script_of(text)
        view = View(page, Source(text), raw, lang, self.settings.writers)
        return page, [(rule.code, found) for rule in self._rules("page") for found in rule.check(view)]

    def _base(self) -> str:
        """What every record depends on besides its own file: settings, rules, versions, files of extensions."""
        if not self.folder:
            return ""
        known = self.folder / "inputs.json"
        with contextlib.suppress(OSError, ValueError, TypeError):
            stored = json.loads(known.read_text("utf-8"))
            if stored["settings"] == self.digests and all(digest(Path(path)) == value for path, value in stored["files"].items()):
                return _hash(stored, _code(), self.book)
        files = {path.as_posix(): digest(path) for path in self.parser.inputs}
        stored = {"settings": self.digests, "files": files}
        _write(known, json.dumps(stored))
        return _hash(stored, _code(), self.book)

    def _remembered(self, key: str) -> tuple[Page, list[tuple[str, Found]]] | None:
        if not self.folder:
            return None
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            data = json.loads((self.folder / key[:2] / key[2:]).read_bytes())
            page = Page.from_json(data["page"])
            if all(digest(Path(path)) == value for path, value in page.inputs.items()):
                return page, [(code, Found(*rest)) for code, rest in data["found"]]
        return None

    def _remember(self, key: str, page: Page, found: list[tuple[str, Found]]) -> None:
        if self.folder and page.renders:
            _write(self.folder / key[:2] / key[2:], json.dumps({"page": page.to_json(), "found": found}))


def decode(raw: bytes) -> str:
    """The text as MkDocs reads it; what is not UTF-8 becomes U+FFFD."""
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _hash(*parts) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and without a word where the place cannot be written."""
    with contextlib.suppress(OSError, UnicodeEncodeError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.write_text(text, "utf-8")
        part.replace(path)


@cache
def _code() -> str:
    """This program and the packages it stands on, as they now are."""
    here = Path(__file__).parent
    own = [digest(path) for path in sorted(here.glob("*.py"))]
    packages = sorted(path.name for folder in {Path(metadata.__file__).parent, *map(Path, sys.path)} if folder.is_dir() for path in folder.glob("*.dist-info"))
    return _hash(own, packages, sys.version)


@cache
def _standard() -> set[str]:
    """Short names of extensions that Python-Markdown itself brings."""
    return {point.name for point in metadata.entry_points(group="markdown.extensions") if point.value.startswith("markdown.extensions.")}


@contextlib.contextmanager
def _inside(root: Path):
    """Paths in the settings of extensions are relative to the folder of mkdocs.yml."""
    before = Path.cwd()
    os.chdir(root)
    try:
        yield
    finally:
        os.chdir(before)
