"""One page of one tree, as all steps see it: its names, addresses, words and links."""

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, urlsplit

from whitepaper.book import HTML_LANG, LANGS, TREES, Book, languages
from whitepaper.content import Rendered
from whitepaper.editions import Edition


@dataclass(frozen=True, eq=False)
class View:
    """The page `name` in the tree `tree` (`` for the cover and the missing page).

    `pages` holds the page in each language; `shared` says under which name each file is published
    that pages share, `site.css`; `disk`, in the offline copy, which files it has.
    """

    book: Book
    edition: Edition
    tree: str
    name: str
    pages: dict[str, Rendered]
    shared: Mapping[str, str] = field(default_factory=dict)
    disk: Collection[str] | None = None

    @cached_property
    def langs(self) -> tuple[str, ...]:
        return languages(self.tree)

    @cached_property
    def kind(self) -> str:
        """`page`, `cover`, `gone` (it leads on, see redirects.py), or `lost`: the page for a
        missing address, served wherever one is asked for.
        """
        if self.name == "404":
            return "lost"
        if self.name not in self.book.names:
            return "gone"
        return "page" if self.tree else "cover"

    @cached_property
    def is_chapter(self) -> bool:
        return self.name in self.book.chapters

    @property
    def file(self) -> str:
        """Where it stands in the site: `zh/definition/index.html`."""
        return "404.html" if self.kind == "lost" else f"{self.path()}index.html"

    def path(self, tree: str | None = None) -> str:
        """Address inside the site: `zh/definition/`."""
        tree = self.tree if tree is None else tree
        return f"{tree}/{self.pages['zh'].url}" if tree else ""

    def url(self, tree: str | None = None) -> str:
        """Its published address, as it is written out: a name in Han characters by its bytes."""
        return self.book.site_url + quote(self.path(tree))

    @cached_property
    def top(self) -> str:
        """The way from this page to the root of the site: `../../`."""
        return (
            urlsplit(self.book.site_url).path
            if self.kind == "lost"
            else "../" * self.path().count("/")
        )

    def to(self, target: str) -> str:
        """A link to a file or folder of the site: works at any sub-path, and from disk."""
        return self.link(self.top + target or "./")

    def within(self, path: str) -> str:
        """A link to `path` in the page's own tree, in the first where it has none."""
        if urlsplit(path).scheme or path.startswith("#"):
            return path
        return self.to(f"{self.tree or TREES[0]}/{path.removeprefix('.').removeprefix('/')}")

    def link(self, href: str) -> str:
        """A link of this page as the output needs it: to a shared file by its published name; from
        disk, to files instead of folders.
        """
        folder, _, name = href.rpartition("/")
        if folder == f"{self.top}assets":
            href = f"{folder}/{self.shared.get(name, name)}"
        if self.disk is None:
            return href
        return from_disk(self.file, href, self.disk, self.book.site_url)

    @cached_property
    def wording(self) -> str:
        """Whose the Chinese of this page is; around the chapters, that of all of them."""
        return self.book.wording(self.name)

    def is_original(self, lang: str) -> bool:
        """Whether the page gives the authors' own words in `lang`."""
        return lang == "zh" and self.wording == "published"

    def alternates(self) -> list[tuple[str, str]]:
        """(hreflang, address) of the page in each language; whoever reads neither gets both.

        That is the parallel page; of the home pages it is the cover, and the parallel home names
        none.
        """
        if self.name == "index" and self.tree == "zh-en":
            return []
        both = self.book.site_url if self.name == "index" else self.url("zh-en")
        return [*((HTML_LANG[lang], self.url(lang)) for lang in LANGS), ("x-default", both)]

    @cached_property
    def description(self) -> str:
        """What the page is about, or the work, as one text for its reader."""
        said = {
            lang: str(page.meta.get("description") or self.book.languages[lang]["site_description"])
            for lang, page in self.pages.items()
        }
        return self.say(said["zh"], said["en"])

    def say(self, zh: str, en: str) -> str:
        """Words in the language of the page, in both on a parallel page; plain text."""
        return " · ".join({"zh": zh, "en": en}[lang] for lang in self.langs)


def from_disk(page: str, href: str, kept: Collection[str], site_url: str) -> str:
    """A link on `page` as it must be on disk: to a file where it led to a folder, to the web where
    the copy, whose files are `kept`, lacks the target."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path:
        return href
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path))
    if f"{target}/index.html".removeprefix("./") in kept:
        return parts._replace(path=posixpath.join(parts.path, "index.html")).geturl()
    return href if target in kept else site_url + parts._replace(path=target).geturl()
