"""Reads the book from disk: its settings, its pages, its nav.

Knows nothing of what is made from it.
"""

import html
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml
from mkdocs.utils import meta
from mkdocs.utils.yaml import get_yaml_loader

from whitepaper.faults import malformed

ROOT = Path(__file__).resolve().parent.parent.parent
LANGS = ("zh", "en")
TREES = ("zh", "en", "zh-en")
HTML_LANG = {"zh": "zh-Hans", "en": "en"}
APPARATUS = ("index", "glossary", "about")  # pages of the nav that are no chapters
EXAMPLE_URL = "https://hard-tech.example/"


def languages(tree: str) -> tuple[str, ...]:
    """The languages that a tree of the site, or a file made of it, is in."""
    return (tree,) if tree in LANGS else LANGS


class BookError(Exception):
    """What cannot be read at all; the message names file, line where known, and cure."""


class LineError(BookError):
    """A line of a page that cannot be followed: its text, the law that it breaks, and the cure."""

    def __str__(self) -> str:
        return "{}: {}. {}".format(*self.args)


@dataclass(frozen=True)
class Page:
    """One Markdown file in one language. `name` is its path in docs/<lang>/ without .md: its
    address too.
    """

    lang: str
    name: str
    path: Path
    meta: dict = field(compare=False, default_factory=dict)
    text: str = field(compare=False, repr=False, default="")
    title: str = field(compare=False, default="")  # its level-1 heading, without the attribute list

    @property
    def url(self) -> str:
        """Its address inside its tree: `` for the home page, else `name/`."""
        return "" if self.name == "index" else f"{self.name}/"

    @property
    def waits(self) -> bool:
        """Whether it only says that its text is not translated yet."""
        return self.meta.get("translation") == "missing"

    @property
    def called(self) -> str:
        """What references call it: its number where its title begins with one, else its title."""
        return re.sub(r"^([\d.]+) .*", r"\1", self.title)


@dataclass(frozen=True)
class Book:
    """The book in the folder `root`: settings from mkdocs.yml, chapters from docs/<lang>/."""

    root: Path
    config: dict = field(compare=False, repr=False)

    @cached_property
    def site_url(self) -> str:
        return judged_address(os.environ.get("SITE_URL") or EXAMPLE_URL)

    @cached_property
    def languages(self) -> dict[str, dict]:
        """The settings of each language in mkdocs.yml: site_name, site_description,
        nav_translations.
        """
        i18n = next(entry["i18n"] for entry in self.config["plugins"] if "i18n" in entry)
        return {language["locale"]: language for language in i18n["languages"]}

    def translations(self, lang: str) -> dict[str, str]:
        """What the nav sections are called in `lang`; the key may stand there without any."""
        return self.languages[lang].get("nav_translations") or {}

    def title(self, lang: str) -> str:
        return self.languages[lang]["site_name"]

    def authors(self, lang: str) -> list[str]:
        return [author[lang] for author in self.config["extra"]["authors"]]

    @cached_property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """(page name, nav section in the source's language or ``) in reading order."""
        return tuple(_flatten(self.config["nav"], ""))

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.sections)

    @cached_property
    def chapters(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name not in APPARATUS)

    def wording(self, name: str = "") -> str:
        """Whose the Chinese of the chapter `name` is, or of all chapters: `published`, put in by
        scripts/import, else `restated`; `mixed` where chapters differ.
        """
        names = (name,) if name in self.chapters else self.chapters
        found = {
            "published" if self.page("zh", one).meta.get("wording") == "published" else "restated"
            for one in names
        }
        return "mixed" if len(found) > 1 else next(iter(found), "restated")

    def section(self, name: str, lang: str) -> str:
        """The nav section that holds the page, in `lang`, or ``."""
        title = dict(self.sections).get(name, "")
        return self.translations(lang).get(title, title)

    def parts(self, lang: str) -> list[tuple[str, list[Page]]]:
        """Each nav section, or ``, with its pages, in reading order; without the home page."""
        pages = (self.page(lang, name) for name in self.names if name != "index")
        parts = [[*part] for _, part in groupby(pages, lambda page: self.section(page.name, "zh"))]
        return [(self.section(part[0].name, lang), part) for part in parts]

    def page(self, lang: str, name: str) -> Page:
        """One page, read when first asked for.

        Raises BookError where the file is missing or not UTF-8.
        """
        if (lang, name) not in self._pages:
            self._pages[lang, name] = read_page(self.root / "docs", lang, name)
        return self._pages[lang, name]

    @cached_property
    def _pages(self) -> dict[tuple[str, str], Page]:
        return {}


def read_page(docs: Path, lang: str, name: str) -> Page:
    """A page of the folder `docs`; raises BookError where the file is missing or not UTF-8."""
    path, shown = docs / lang / f"{name}.md", f"docs/{lang}/{name}.md"
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        cure = "Write it, or take it out of nav in mkdocs.yml"
        raise BookError(f"{shown}: no such page. {cure}") from None
    except UnicodeDecodeError as error:
        raise BookError(malformed(shown, error)) from None
    text, data = meta.get_data(source)
    heading = re.search(r"^# (.+?)(?:\s*\{[^}]*\})?\s*$", text, re.MULTILINE)
    title = html.unescape(re.sub(r"\\(.)", r"\1", heading[1])) if heading else name
    return Page(lang, name, path, data, text, title)


def judged_address(address: str) -> str:
    """A site's own address as links begin with it: ASCII, with a slash at its end.

    Raises BookError for one to which no path can be added: https://host/path/ it must be.
    """
    try:
        parts = urlsplit(address)
        host = parts.netloc.encode("idna").decode()
        unfit = re.search(r"[?#\\\s]", address) or not address.isprintable()
        if parts.scheme not in ("http", "https") or not parts.hostname or unfit:
            raise ValueError
    except ValueError:
        raise BookError(
            f"SITE_URL {address!r}: must be https://host/path/, without blanks, query or fragment. "
            "Mend it, or leave it out"
        ) from None
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~")
    return f"{parts.scheme}://{host}{path}/"


def read_book(root: Path = ROOT) -> Book:
    """BookError when mkdocs.yml is missing, not YAML, without nav, or not of two languages."""
    try:
        config = parse_settings((root / "mkdocs.yml").read_text("utf-8"))
    except FileNotFoundError:
        law = f"{root / 'mkdocs.yml'}: no such file"
        raise BookError(f"{law}. Name a folder that has an mkdocs.yml") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise BookError(malformed("mkdocs.yml", error)) from None
    settings = config if isinstance(config, dict) else {}
    if not all(isinstance(settings.get(key), list) for key in ("nav", "plugins")):
        raise BookError("mkdocs.yml: must hold settings, nav and plugins among them. Mend it")
    book = Book(root, settings)
    try:
        require_two_languages(book.languages)
    except (StopIteration, KeyError, TypeError):
        raise BookError("mkdocs.yml: the plugin i18n must list the languages. Mend it") from None
    return book


def parse_settings(text: str) -> Any:
    """What an mkdocs.yml says, read as MkDocs reads it. Raises yaml.YAMLError."""
    return yaml.load(text, get_yaml_loader())


def require_two_languages(found: Iterable[str]) -> None:
    """Raises BookError unless these are just the languages that this book is made in."""
    if {*found} != {*LANGS}:
        raise BookError(
            f"mkdocs.yml: the languages must be {' and '.join(LANGS)}, not {', '.join(found)}. "
            "Everything here pairs these two: a third needs a book of its own"
        )


def _flatten(nav: list[Any], section: str) -> Iterator[tuple[str, str]]:
    for entry in nav:
        title, target = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(target, list):
            yield from _flatten(target, title)
        else:
            yield target.removesuffix(".md"), section
