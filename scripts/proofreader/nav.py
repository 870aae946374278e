"""The nav of a project: which pages it lists, and in which line of mkdocs.yml."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from proofreader.settings import Settings


class Entry(NamedTuple):
    """A page in the nav."""

    target: str
    line: int
    lang: str  # `` but where a language has a nav of its own


class Nav:
    """The pages of the nav in order, for all languages or for each its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.file = settings.file.name
        self._text = settings.file.read_text("utf-8", "replace")

    @cached_property
    def entries(self) -> list[Entry]:
        navs = {"": self.settings.get("nav")}
        navs |= {str(one["locale"]): one.get("nav") for one in self.settings.languages}
        return [
            Entry(target, self.line_of(target, lang), lang)
            for lang, nav in navs.items()
            for target in _targets(nav)
        ]

    def of(self, lang: str) -> list[Entry]:
        """The nav that a language has: its own, or the one for all."""
        own = [entry for entry in self.entries if entry.lang == lang]
        return own or [entry for entry in self.entries if not entry.lang]

    def line_of(self, target: str, lang: str) -> int:
        """The line that names a page in the nav of a language; 1 where none does."""
        begin = rf"locale:\s*[\"']?{re.escape(lang)}\b" if lang else r"^nav:"
        head = re.search(begin, self._text, re.MULTILINE)
        whole = re.compile(rf"(?<![\w/.-]){re.escape(target)}(?![\w/.-])")
        found = whole.search(self._text, head.start() if head else 0)
        return self._text.count("\n", 0, found.start()) + 1 if found else 1


def _targets(nav: object) -> Iterator[str]:
    """The files that a nav names, in its order; addresses outside are none."""
    if isinstance(nav, str) and not urlsplit(nav).scheme and not nav.startswith("/"):
        yield nav
    inner = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    for item in inner:
        yield from _targets(item)
