"""The nav of a project: which pages it lists, in which line of mkdocs.yml, under which titles."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from proofreader.settings import Settings


class Entry(NamedTuple):
    """A page in the nav."""

    title: str
    target: str
    line: int
    lang: str = ""  # where a language has a nav of its own


class Nav:
    """The pages of the nav in order, for all languages or for each its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.file = settings.file.name
        self._text = settings.file.read_text("utf-8", "replace")

    @cached_property
    def entries(self) -> list[Entry]:
        found = list(self._entries(self.settings.raw.get("nav"), ""))
        for item in self.settings.languages:
            found += self._entries(item.get("nav"), str(item["locale"]))
        return found

    def _entries(self, nav: object, lang: str, title: str = "") -> Iterator[Entry]:
        if isinstance(nav, list):
            for item in nav:
                yield from self._entries(item, lang)
        elif isinstance(nav, dict):
            for name, item in nav.items():
                yield from self._entries(item, lang, str(name))
        elif isinstance(nav, str) and not urlsplit(nav).scheme and not nav.startswith("/"):
            yield Entry(title, nav, self._line_of(nav, lang), lang)

    def of(self, lang: str) -> list[Entry]:
        """The nav that a language has: its own, or the one for all."""
        own = [entry for entry in self.entries if entry.lang == lang]
        return own or [entry for entry in self.entries if not entry.lang]

    def _line_of(self, target: str, lang: str) -> int:
        """The line that names a page in the nav of a language; 1 where none does."""
        begin = rf"locale:\s*[\"']?{re.escape(lang)}\b" if lang else r"^nav:"
        head = re.search(begin, self._text, re.MULTILINE)
        whole = re.compile(rf"(?<![\w/.-]){re.escape(target)}(?![\w/.-])")
        found = whole.search(self._text, head.start() if head else 0)
        return self._text.count("\n", 0, found.start()) + 1 if found else 1

    def title(self, entry: Entry, lang: str) -> str:
        """The title of an entry in a language, as i18n's nav_translations give it."""
        for item in self.settings.languages:
            translations = item.get("nav_translations")
            if item["locale"] == lang and isinstance(translations, dict):
                return str(translations.get(entry.title, entry.title))
        return entry.title
