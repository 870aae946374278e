"""A MkDocs project as rules see it: its files, its pages in their languages, its nav, and where
links lead."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from proofreader.glossary import Glossary
from proofreader.history import Changes, changed_lines
from proofreader.nav import Entry, Nav
from proofreader.record import Link, Page
from proofreader.settings import Settings, is_address
from proofreader.source import decode
from proofreader.tree import LARGEST, MARKDOWN, File, Tree, split_lang, text_files

WAITING = "Not yet translated"  # what stands in place of a translation that is to come
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|h[htps]{2,6}(?:;?//|：)")  # or what was to be one
NAME = re.compile(r"[\w-]++(?:\.[\w-]+)+")  # of a file, or its last part
BARE_HOST = re.compile(r"www\.[\w-]+\.\w")
BARE_MAIL = re.compile(r"[^@\s/]+@[^@\s/]+\.(?!md$)[^@\s/.]+$")


class Target(NamedTuple):
    """Where a link leads. `kind`: page, file, url (works, but by its address), absolute (the
    same, from the root), fallback, other (a page of another language), missing, outside."""

    kind: str
    uri: str = ""
    fragment: str = ""


@dataclass(eq=False)
class Project:
    """All that site rules need; filled by the runner."""

    settings: Settings
    tree: Tree
    pages: dict[str, Page]  # by uri
    book: bool
    glossary: Glossary
    broken: set[tuple[str, int]] = field(default_factory=set)  # path, section: not to be compared

    @property
    def folders(self) -> bool:
        """Each page is published as a folder with an index.html."""
        return self.settings.get("use_directory_urls") is not False

    def path(self, uri: str) -> str:
        return self.settings.shown(self.settings.docs / uri)

    @cached_property
    def by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages.values()}

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        return {(file.lang, file.name): file.uri for file in self.tree.files.values()}

    @cached_property
    def urls(self) -> dict[str, str]:
        """Each address of the site, without `/` at its end, and the file that is there."""
        return {posixpath.normpath(self.url(file)): uri for uri, file in self.tree.files.items()}

    def url(self, file: File) -> str:
        """The address of a file in the built site; a page's is a folder where the project says
        so."""
        root = "" if file.lang in ("", *self.settings.locales[:1]) else file.lang + "/"
        stem, extension = posixpath.splitext(root + file.name)
        if extension not in MARKDOWN:
            return root + file.name
        folder, base = posixpath.split(stem)
        if base in ("index", "README"):
            return posixpath.join(folder, "" if self.folders else "index.html")
        return stem + ("/" if self.folders else ".html")

    @cached_property
    def twins(self) -> list[tuple[Page, Page]]:
        """Each page of the first language with its page in each other one, where both can be
        compared: they render, and neither says that its translation is to come (P16)."""
        firsts = (one for one in self.pages.values() if one.lang in self.settings.locales[:1])
        return [
            (page, twin)
            for page in firsts
            for twin in self._named_alike(page)
            if twin is not page and _whole(page) and _whole(twin)
        ]

    def awaits_translation(self, page: Page) -> bool:
        """Its twin, or itself, says in the front matter that the translation is `missing` or
        `partial`."""
        twins = self._named_alike(page)
        return any(twin.meta.get("translation") in ("missing", "partial") for twin in twins)

    def is_published(self, page: Page) -> bool:
        """It, or what it translates, says in the front matter that its wording is `published`."""
        return any(twin.meta.get("wording") == "published" for twin in self._named_alike(page))

    def _named_alike(self, page: Page) -> Iterator[Page]:
        names = (self.names.get((lang, page.name), "") for lang in self.settings.locales)
        return (self.pages[uri] for uri in names if uri in self.pages)

    @cached_property
    def links(self) -> list[tuple[Page, Link, Target]]:
        """Every link and image inside the site, and where it leads."""
        return [
            (page, link, self.resolve(page, link.target, link.raw))
            for page in self.pages.values()
            for link in page.links
            if is_local(link.target)
        ]

    def local(self, tag: str) -> Iterator[tuple[Page, Link, Target]]:
        return (found for found in self.links if found[1].tag == tag)

    def resolve(self, page: Page, target: str, raw: bool) -> Target:
        """Where a link without a scheme leads."""
        _, _, path, _, fragment = urlsplit(target)
        path, fragment = unquote(path), unquote(fragment).partition(":~:")[0]
        if not path:
            return Target("page", page.uri, fragment)
        named, uri = not raw, posixpath.join(posixpath.dirname(page.uri), path)
        if path.startswith("/"):
            named, uri = self.settings.absolute_links == "relative_to_docs", path.lstrip("/")
        found = self._at(page, posixpath.normpath(uri)) if named else None
        return (found or self._by_url(page, path, raw))._replace(fragment=fragment)

    def _at(self, page: Page, uri: str) -> Target | None:
        """The file that a path inside docs_dir names for a page of this language."""
        lang, name = split_lang(self.settings, uri)
        own = self.names.get((page.lang, name))
        suffix = self.settings.structure == "suffix"
        if suffix and own and lang in (page.lang, self.settings.locales[0]):
            return self._known(own)
        if uri in self.tree.files:
            return self._known(uri) if lang in ("", page.lang) else Target("other", uri)
        shared = uri.removeprefix(page.lang + "/")
        if self.settings.structure == "folder" and self.names.get(("", shared)):
            return self._known(shared)
        elsewhere = (self.names.get((code, name)) for code in self.settings.locales)
        found = next((other for other in elsewhere if other), "")
        return Target("fallback", found) if found and lang else None

    def _known(self, uri: str) -> Target:
        return Target("page" if uri.endswith(MARKDOWN) else "file", uri)

    def _by_url(self, page: Page, path: str, raw: bool) -> Target:
        """From the page's own address, or from the root of the site."""
        rooted, here = path.startswith("/"), self.url(self.tree.files[page.uri])
        if rooted:
            here, path = "", path.removeprefix(urlsplit(self.settings.home).path).lstrip("/")
        address = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
        if address == ".." or address.startswith("../"):
            return Target("outside", address)
        if self.folders and posixpath.basename(address) == "index.html":
            address = posixpath.dirname(address) or "."
        uri = self.urls.get(address)
        if uri is None:
            return Target("missing", f"/{address}" if rooted else address)
        if raw and not rooted:
            return self._known(uri)
        return Target("absolute" if rooted else "url", uri)

    @cached_property
    def nav(self) -> Nav:
        return Nav(self.settings)

    def nav_pages(self, lang: str) -> list[Page]:
        """The pages of a language that the nav lists, in its order."""
        uris = [self.in_nav(entry, lang) for entry in self.nav.of(lang)]
        return [self.pages[uri] for uri in dict.fromkeys(uris) if uri in self.pages]

    def in_nav(self, entry: Entry, lang: str) -> str:
        """The file that an entry of the nav names for a language; `` where there is none."""
        target = posixpath.normpath(unquote(entry.target))
        _, name = split_lang(self.settings, target)
        named = (self.names.get((lang, name), ""), target)
        return next((uri for uri in named if uri in self.tree.files), "")

    def in_order(self, lang: str) -> list[Page]:
        """The pages of a language as the nav orders them, then those it leaves out."""
        others = (page for page in self.pages.values() if page.lang == lang)
        return list({page.uri: page for page in (*self.nav_pages(lang), *others)}.values())

    @cached_property
    def changes(self) -> Changes:
        """What git says has changed in twins since they were last committed together."""
        pairs = [(first.path, twin.path) for first, twin in self.twins]
        return changed_lines(self.settings.root, pairs)

    def texts(self) -> Iterator[tuple[Path, str]]:
        """The text of each page, and of settings, styles, templates and data."""
        for path in text_files(self.settings, self.tree):
            yield path, decode(path.read_bytes()[:LARGEST])

    @property
    def unused(self) -> Iterator[str]:
        """The files below docs_dir, pages aside, that no page links to or shows, and nothing else
        names: as they are, or as addresses have them."""
        used = {target.uri for _, _, target in self.links}
        names = {name for _, text in self.texts() for name in {*NAME.findall(text)}}
        for uri, file in self.tree.files.items():
            name = posixpath.basename(uri)
            forms = name, quote(name, errors="surrogateescape")
            named = any(names.issuperset(NAME.findall(form)) for form in forms)
            if not (named or uri in used or file.is_page):
                yield uri


def _whole(page: Page) -> bool:
    return page.renders and page.meta.get("translation") != "missing"


@cache
def is_local(target: str) -> bool:
    """Whether a link stays in the site; what was meant to lead outside (L13) does not."""
    outside = SCHEME.match(target) or target.startswith("//") or "\x02" in target
    meant = BARE_HOST.match(target) or BARE_MAIL.match(target) or "{{" in target
    return bool(target and is_address(target) and not outside and not meant)
