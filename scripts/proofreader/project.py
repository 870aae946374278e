"""A MkDocs project as rules see it: its files, its pages in their languages, its nav, and where links lead."""

import contextlib
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from proofreader.config import Settings
from proofreader.glossary import Glossary
from proofreader.history import Changes, changed_lines
from proofreader.mkdocs_yml import CheckError
from proofreader.nav import Entry, Nav
from proofreader.record import Page
from proofreader.tree import MARKDOWN, File, Tree, split_lang, text_files
from whitepaper.glossary import read_glossary

INDEXES = ("index", "README")
GLOSSARY = "data/glossary.toml"


class Target(NamedTuple):
    """Where a link leads. `kind`: page, file, url (works, but by its address), fallback, other, missing, outside, unknown."""

    kind: str
    uri: str = ""
    fragment: str = ""


def read_terms(settings: Settings) -> Glossary:
    """Raises BookError where the glossary is there and cannot be read: without it no page renders."""
    path = settings.docs / GLOSSARY
    if "whitepaper.extension" not in settings.extensions or not path.exists():
        return Glossary()
    path = (
        path.relative_to(settings.root) if path.is_relative_to(settings.root) else path
    )  # a run stands in the root
    try:
        return Glossary(read_glossary(path), path.as_posix(), path.read_text("utf-8"))
    except OSError as error:
        raise CheckError(
            f"{path}: {error.strerror or error}. Make it a file that can be read"
        ) from None


def comparable(page: Page) -> bool:
    """Whether a page renders and is written in its language: one that waits for its translation says so itself (P16)."""
    return page.renders and page.meta.get("translation") != "missing"


@dataclass
class Project:
    """All that site rules need; filled by the runner."""

    settings: Settings
    tree: Tree
    pages: dict[str, Page]  # by uri
    book: bool
    broken: set[tuple[str, int]] = field(
        default_factory=set
    )  # path and section of blocks that are not what they were meant to be
    unjudged: Counter[str] = field(default_factory=Counter)  # what was left alone, and how often
    matched: dict[tuple[str, str], object] = field(
        default_factory=dict
    )  # the sections of two twins, filled by checker.twins

    @property
    def docs(self) -> str:
        """docs_dir as the start of a path in a message."""
        path = self.settings.docs
        return (
            path.relative_to(self.settings.root)
            if path.is_relative_to(self.settings.root)
            else path
        ).as_posix()

    def path(self, uri: str) -> str:
        return uri if self.docs == "." else posixpath.join(self.docs, uri)

    @cached_property
    def by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages.values()}

    @cached_property
    def anchors(self) -> dict[str, frozenset[str]]:
        """The ids of each page, by its uri."""
        return {uri: frozenset(page.ids) for uri, page in self.pages.items()}

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        return {(file.lang, file.name): file.uri for file in self.tree.files.values()}

    @cached_property
    def lower(self) -> dict[str, str]:
        return {uri.lower(): uri for uri in self.tree.files}

    @cached_property
    def urls(self) -> dict[str, str]:
        """Each address of the site, without `/` at its end, and the file that is there."""
        return {self.url(file).rstrip("/"): uri for uri, file in self.tree.files.items()}

    def url(self, file: File) -> str:
        """The address of a file in the built site; a page's is a folder where the project says so."""
        root = (
            ""
            if file.lang in ("", self.settings.locales[0] if self.settings.locales else "")
            else file.lang + "/"
        )
        stem, extension = posixpath.splitext(file.name)
        if extension not in MARKDOWN:
            return root + file.name
        folder, base = posixpath.split(stem)
        if base in INDEXES:
            return (
                root
                + (folder + "/" if folder else "")
                + ("" if self.settings.directory_urls else "index.html")
            )
        return root + stem + ("/" if self.settings.directory_urls else ".html")

    def twins(self) -> Iterator[tuple[Page, Page]]:
        """Each page of the first language with its page in each other one."""
        if len(self.settings.locales) < 2:
            return
        first, *others = self.settings.locales
        for page in self.pages.values():
            for lang in others if page.lang == first else ():
                uri = self.names.get((lang, page.name), "")
                if uri in self.pages and comparable(page) and comparable(self.pages[uri]):
                    yield page, self.pages[uri]

    def awaits_translation(self, page: Page) -> bool:
        """Its twin, or itself, says in the front matter that the translation is `missing` or `partial`."""
        uris = [self.names.get((lang, page.name), "") for lang in self.settings.locales]
        return any(
            self.pages[uri].meta.get("translation") in ("missing", "partial")
            for uri in uris
            if uri in self.pages
        )

    def resolve(self, page: Page, target: str, raw: bool) -> Target:
        """Where a link without a scheme leads."""
        _, _, path, _, fragment = urlsplit(target)
        path, fragment = unquote(path), unquote(fragment)
        if not path:
            return Target("page", page.uri, fragment)
        if "{{" in target or "{%" in target or "<%" in target:
            return Target("unknown", path)
        if path.startswith("/"):
            return self._absolute(page, path, fragment)
        found = (None if raw else self._by_file(page, path)) or self._by_url(page, path, raw)
        return found._replace(fragment=fragment)

    def _absolute(self, page: Page, path: str, fragment: str) -> Target:
        validation = self.settings.raw.get("validation")
        links = validation.get("links", validation) if isinstance(validation, dict) else {}
        if isinstance(links, dict) and links.get("absolute_links") == "relative_to_docs":
            found = self._at(page, path.lstrip("/"))
            return found._replace(fragment=fragment) if found else Target("missing", path)
        return Target("absolute", path, fragment)

    def _by_file(self, page: Page, path: str) -> Target | None:
        uri = posixpath.normpath(posixpath.join(posixpath.dirname(page.uri), path))
        return self._at(page, uri) if not uri.startswith("..") else None

    def _at(self, page: Page, uri: str) -> Target | None:
        """The file that a path inside docs_dir names for a page of this language."""
        lang, name = split_lang(self.settings, uri)
        if self.settings.structure == "suffix" and (page.lang, name) in self.names:
            return self._known(self.names[page.lang, name])
        if uri in self.tree.files:
            return (
                self._known(uri)
                if not lang or lang == page.lang or self.settings.structure == "suffix"
                else Target("other", uri)
            )
        shared = uri.removeprefix(page.lang + "/")
        if self.settings.structure == "folder" and shared in self.tree.files:
            return self._known(shared)
        elsewhere = next(
            (
                self.names[code, name]
                for code in self.settings.locales
                if (code, name) in self.names
            ),
            "",
        )
        return Target("fallback", elsewhere) if elsewhere and lang else None

    def _known(self, uri: str) -> Target:
        return Target("page" if uri.endswith(MARKDOWN) else "file", uri)

    def _by_url(self, page: Page, path: str, raw: bool) -> Target:
        here = self.url(self.tree.files[page.uri])
        address = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
        address = "" if address == "." else address
        if address == ".." or address.startswith("../"):
            return Target("outside", address)
        if address.endswith("/index.html") or address == "index.html":
            address = address[:-10].rstrip("/") if self.settings.directory_urls else address
        if address in self.urls:
            return Target(
                "url" if not raw else "page" if self.urls[address].endswith(MARKDOWN) else "file",
                self.urls[address],
            )
        return Target("missing", address)

    @cached_property
    def nav(self) -> Nav:
        return Nav(self.settings)

    def nav_pages(self, lang: str) -> list[Page]:
        """The pages of a language that the nav lists, in its order."""
        uris = [self.in_nav(entry, lang) for entry in self.nav.entries if entry.lang in ("", lang)]
        return [self.pages[uri] for uri in dict.fromkeys(uris) if uri in self.pages]

    def in_nav(self, entry: Entry, lang: str) -> str:
        """The file that an entry of the nav names for a language; `` where there is none."""
        target = posixpath.normpath(unquote(entry.target))
        own, name = split_lang(self.settings, target)
        for uri in (self.names.get((lang, name if own else target), ""), target):
            if uri in self.tree.files:
                return uri
        return ""

    def in_order(self, lang: str) -> list[Page]:
        """The pages of a language as the nav orders them, then those it leaves out."""
        pages = [
            *self.nav_pages(lang),
            *(page for page in self.pages.values() if page.lang == lang),
        ]
        return list({page.uri: page for page in pages}.values())

    def shown(self, path: str) -> str:
        """A path as it stands in a message."""
        root = self.settings.root.as_posix() + "/"
        return path.removeprefix(root)

    @cached_property
    def glossary(self) -> Glossary:
        """The terms in docs/data/glossary.toml, where the project uses them."""
        return read_terms(self.settings)

    @cached_property
    def changes(self) -> Changes:
        """What git says has changed in twins since they were last committed together."""
        return changed_lines(
            self.settings.root, [(first.path, twin.path) for first, twin in self.twins()]
        )

    @cached_property
    def mentions(self) -> str:
        """The text of settings, styles, templates and data, which may use an image by its name."""
        found = []
        for path in [
            *(self.tree.files[uri].path for uri in self.pages),
            *text_files(self.settings, self.tree),
        ]:
            with contextlib.suppress(OSError):
                found.append(path.read_bytes()[:2_000_000].decode("utf-8", "replace"))
        return unquote("\n".join(found))
