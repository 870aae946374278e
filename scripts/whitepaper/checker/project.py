"""A MkDocs project as rules see it: its files, its pages in their languages, its nav, and where links lead."""
import contextlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from whitepaper.checker.config import Settings
from whitepaper.checker.glossary import Glossary
from whitepaper.checker.history import Changes, changed_lines
from whitepaper.checker.mkdocs_yml import CheckError
from whitepaper.checker.record import Page
from whitepaper.checker.tree import MARKDOWN, File, Tree, split_lang, text_files
from whitepaper.glossary import read_glossary

INDEXES = ("index", "README")
GLOSSARY = "data/glossary.toml"


class Entry(NamedTuple):
    """A page in the nav."""

    title: str
    target: str
    line: int
    lang: str = ""  # where a language has a nav of its own


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
    try:
        return Glossary(read_glossary(path))
    except OSError as error:
        raise CheckError(f"{path}: {error.strerror or error}. Make it a file that can be read") from None


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
    broken: set[tuple[str, int]] = field(default_factory=set)  # path and section of blocks that are not what they were meant to be
    unjudged: dict[str, int] = field(default_factory=dict)
    matched: dict[tuple[str, str], object] = field(default_factory=dict)  # what rules.parity has worked out for two twins

    @property
    def docs(self) -> str:
        """docs_dir as the start of a path in a message."""
        path = self.settings.docs
        return (path.relative_to(self.settings.root) if path.is_relative_to(self.settings.root) else path).as_posix()

    def path(self, uri: str) -> str:
        return uri if self.docs == "." else posixpath.join(self.docs, uri)

    @cached_property
    def by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages.values()}

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
        root = "" if file.lang in ("", self.settings.locales[0] if self.settings.locales else "") else file.lang + "/"
        stem, extension = posixpath.splitext(file.name)
        if extension not in MARKDOWN:
            return root + file.name
        folder, base = posixpath.split(stem)
        if base in INDEXES:
            return root + (folder + "/" if folder else "") + ("" if self.settings.directory_urls else "index.html")
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
        return any(self.pages[uri].meta.get("translation") in ("missing", "partial") for uri in uris if uri in self.pages)

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
            return self._known(uri) if not lang or lang == page.lang or self.settings.structure == "suffix" else Target("other", uri)
        shared = uri.removeprefix(page.lang + "/")
        if self.settings.structure == "folder" and shared in self.tree.files:
            return self._known(shared)
        elsewhere = next((self.names[code, name] for code in self.settings.locales if (code, name) in self.names), "")
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
            return Target("url" if not raw else "page" if self.urls[address].endswith(MARKDOWN) else "file", self.urls[address])
        return Target("missing", address)

    @cached_property
    def nav(self) -> list[Entry]:
        """The pages of the nav in order, for all languages or for each its own."""
        own = [item for item in self.settings.languages if item.get("nav")]
        entries = list(self._entries(self.settings.raw.get("nav"), ""))
        for item in own:
            entries += self._entries(item["nav"], str(item.get("locale", "")))
        return entries

    def _entries(self, nav, lang: str, title: str = "") -> Iterator[Entry]:
        if isinstance(nav, list):
            for item in nav:
                yield from self._entries(item, lang)
        elif isinstance(nav, dict):
            for name, item in nav.items():
                yield from self._entries(item, lang, str(name))
        elif isinstance(nav, str) and not urlsplit(nav).scheme and not nav.startswith("/"):
            yield Entry(title, nav, self.nav_line(nav, 0, lang), lang)

    @cached_property
    def settings_text(self) -> str:
        try:
            return self.settings.sources[0].read_text("utf-8", "replace")
        except OSError:
            return ""

    def nav_of(self, lang: str) -> list[Entry]:
        """The nav that a language has: its own, or the one for all."""
        return [entry for entry in self.nav if entry.lang == lang] or [entry for entry in self.nav if not entry.lang]

    def nav_line(self, target: str, nth: int, lang: str = "") -> int:
        """The line of mkdocs.yml that names a page for the nth time (from 0) in its nav; 1 where none does."""
        head = re.search(rf"locale:\s*[\"']?{re.escape(lang)}\b" if lang else r"(?m)^nav:", self.settings_text)
        start = head.start() if head else 0
        uses = [match.start() for match in re.finditer(rf"(?<![\w/.-]){re.escape(target)}(?![\w/.-])", self.settings_text) if match.start() >= start]
        return self.settings_text.count("\n", 0, uses[min(nth, len(uses) - 1)]) + 1 if uses else 1

    def translated(self, title: str, lang: str) -> str:
        """A title of the nav in a language, as i18n's nav_translations give it."""
        for item in self.settings.languages:
            if item["locale"] == lang and isinstance(item.get("nav_translations"), dict):
                return str(item["nav_translations"].get(title, title))
        return title

    def in_order(self, lang: str, *, all_: bool = True) -> list[Page]:
        """The pages of a language as the nav orders them, then those it leaves out."""
        uris = [self.in_nav(entry, lang) for entry in self.nav if entry.lang in ("", lang)]
        rest = [page.uri for page in self.pages.values() if page.lang == lang] if all_ else []
        return [self.pages[uri] for uri in dict.fromkeys([*uris, *rest]) if uri in self.pages]

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
        return changed_lines(self.settings.root, [(first.path, twin.path) for first, twin in self.twins()])

    @cached_property
    def mentions(self) -> str:
        """The text of settings, styles, templates and data, which may use an image by its name."""
        found = []
        for path in [*(self.tree.files[uri].path for uri in self.pages), *text_files(self.settings, self.tree)]:
            with contextlib.suppress(OSError):
                found.append(path.read_bytes()[:2_000_000].decode("utf-8", "replace"))
        return unquote("\n".join(found))

    def in_nav(self, entry: Entry, lang: str) -> str:
        """The file that an entry of the nav names for a language; `` where there is none."""
        target = posixpath.normpath(unquote(entry.target))
        own, name = split_lang(self.settings, target)
        for uri in (self.names.get((lang, name if own else target), ""), target):
            if uri in self.tree.files:
                return uri
        return ""
