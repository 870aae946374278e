"""All pages of a book at hand, for what puts them together in one file: where their links lead."""

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from whitepaper.book import Book
from whitepaper.figures.drawings import Drawings, draw_book
from whitepaper.pictures import ENDINGS, Picture, picture_path, read_picture


@dataclass(frozen=True)
class Place:
    """An id on a page of one language."""

    lang: str
    name: str
    anchor: str


@dataclass(frozen=True)
class Contents:
    """The rendered content of every page of a book, by (language, page name)."""

    book: Book
    trees: dict[tuple[str, str], Element]

    @cached_property
    def cited(self) -> frozenset[str]:
        """The ids that some link on some page names."""
        links = (
            link.get("href", "")
            for tree in self.trees.values()
            for link in tree.iter("a")
            if link.get("class") != "term"
        )
        return frozenset(href.partition("#")[2] for href in links)

    @cached_property
    def drawings(self) -> Drawings:
        return draw_book(self.book.root)

    def picture(self, lang: str, name: str, source: str) -> tuple[str, Picture]:
        """What an image on a page shows, as files can hold it, and its path below the language's
        folder.
        """
        root = self.book.root
        path = picture_path(root, f"{lang}/{self._page(name)}", source)
        picture = read_picture(path).printable()
        file = re.sub(r"\s", "_", path.relative_to(root / "docs" / lang).as_posix())
        ending = picture.suffix if path.suffix.lower() not in ENDINGS[picture.suffix] else ""
        return file + ending, picture

    def follow(self, lang: str, name: str, href: str) -> Place | str:
        """Where `href` on a page leads: a place in the book, or the absolute address of what is
        outside it. That the place is there, MkDocs has seen to.
        """
        if urlsplit(href).scheme:
            return href
        path, _, anchor = urljoin(f"{lang}/{self._page(name)}", href).partition("#")
        tree, _, page = posixpath.normpath(path).partition("/")
        page = page.removesuffix("index.html").rstrip("/") or "index"
        if (tree, page) not in self.trees:  # the parallel view, a drawing, a download
            return self.book.site_url + path + (f"#{anchor}" if anchor else "")
        return Place(tree, page, anchor or self.title(tree, page))

    def title(self, lang: str, name: str) -> str:
        """The id of a page's level-1 heading."""
        heading = self.trees[lang, name].find("h1")
        return "" if heading is None else heading.get("id", "")

    def address(self, place: Place) -> str:
        """The address of a place on the site; that of a page's title is the page's."""
        anchor = "" if place.anchor == self.title(place.lang, place.name) else f"#{place.anchor}"
        return f"{self.book.site_url}{place.lang}/{quote(self._page(place.name))}{anchor}"

    def _page(self, name: str) -> str:
        return "" if name == "index" else f"{name}/"
