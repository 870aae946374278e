"""One page of one tree, as the steps over built pages see it: its names, addresses and words."""

import html
from dataclasses import dataclass
from functools import cached_property

from whitepaper.book import HTML_LANG, LANGS, TREES, Book, Page
from whitepaper.editions import Edition

VIEW_NAMES = {"zh": "中文", "en": "English", "zh-en": "对照"}


@dataclass(frozen=True, eq=False)
class View:
    """The page `name` in the tree `tree` (`` for the cover); `pages` holds its Markdown page in each language."""

    book: Book
    edition: Edition
    tree: str
    name: str
    pages: dict[str, Page]
    root: str | None = None  # the site's root, for a page that is served at any address (404)

    @property
    def langs(self) -> tuple[str, ...]:
        return (self.tree,) if self.tree in LANGS else LANGS

    @property
    def is_cover(self) -> bool:
        return not self.tree and self.name == "index"

    @property
    def is_chapter(self) -> bool:
        return self.name in self.book.chapters

    def path(self, tree: str | None = None) -> str:
        """Address inside the site: `zh/definition/`."""
        tree = self.tree if tree is None else tree
        return f"{tree}/{self.pages['zh'].url}" if tree else ""

    def url(self, tree: str | None = None) -> str:
        return self.book.site_url + self.path(tree)

    @cached_property
    def top(self) -> str:
        """The way from this page to the root of the site: `../../`."""
        return "../" * self.path().count("/") if self.root is None else self.root

    def to(self, target: str) -> str:
        """A relative link to a file or folder of the site: works at any sub-path, and from disk."""
        return self.top + target

    def title(self, lang: str) -> str:
        return self.pages[lang].title

    def work(self, lang: str) -> str:
        return self.book.title(lang)

    @cached_property
    def wording(self) -> str:
        """Whose the Chinese of this page is; on a page around the chapters, that of all of them."""
        return self.book.wording(self.name)

    def say(self, zh: str, en: str) -> str:
        """Interface words in the language of the page, in both on a parallel page; plain text."""
        return " · ".join({"zh": zh, "en": en}[lang] for lang in self.langs)

    def words(self, zh: str, en: str) -> str:
        """The same as HTML: on a parallel page each half says its language."""
        halves = {"zh": html.escape(zh), "en": html.escape(en)}
        if len(self.langs) == 1:
            return halves[self.tree]
        return " ".join(f'<span lang="{HTML_LANG[lang]}">{halves[lang]}</span>' for lang in LANGS)


def views_of(book: Book, edition: Edition) -> list[View]:
    """Every page of every tree, in reading order."""
    pages = {name: {lang: book.page(lang, name) for lang in LANGS} for name in book.names}
    return [View(book, edition, tree, name, pages[name]) for tree in TREES for name in book.names]


def authors(book: Book, lang: str) -> list[str]:
    return [author[lang] for author in book.config["extra"]["authors"]]
