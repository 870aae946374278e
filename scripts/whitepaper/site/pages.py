"""The site made of rendered pages: dressed for three trees, put into their frames, each written
once.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain, product
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup
from pathspec import GitIgnoreSpec

from whitepaper.book import LANGS, TREES, Book, BookError
from whitepaper.content import Pages
from whitepaper.editions import read_edition
from whitepaper.figures.drawings import Drawings, draw_book
from whitepaper.glossary import GLOSSARY, read_glossary
from whitepaper.manifest import files_in
from whitepaper.pictures import RASTER, read_picture
from whitepaper.site import assets, dress, search, spans
from whitepaper.site.contents import tell_minutes
from whitepaper.site.frame import Frames, Parts
from whitepaper.site.notices import render_notices
from whitepaper.site.parallel import merge_content, untranslated
from whitepaper.site.redirects import gone_pages, read_moved, set_moved
from whitepaper.site.view import View

Pack = Callable[[dict[str, str]], object]  # makes the offline copy with these pages, by file


class Text:
    """The dressed text of one page of one tree, and its links as they were written."""

    def __init__(self, tree: Element) -> None:
        self.tree = tree
        self.links = [
            (element, key, element.attrib[key])
            for element in tree.iter()
            for key in ("href", "src")
            if key in element.attrib
        ]

    def render(self, view: View) -> Parts:
        """The text as HTML, its links as the output needs them."""
        for element, key, value in self.links:
            element.set(key, view.link(value))
        blocks, notes = list(self.tree), self.tree.findall("div[@class='footnote']")
        heading = blocks[:1] if blocks and blocks[0].get("class") == "heading" else []
        text = [block for block in blocks if block not in (*heading, *notes)]
        parts = {"heading": heading, "text": text, "notes": notes}
        return {name: _html(part) for name, part in parts.items()}


def _html(blocks: Iterable[Element]) -> Markup:
    box = Element("div")
    box.extend(blocks)
    whole = ElementTree.tostring(box, "unicode", method="html")
    return Markup(whole.removeprefix("<div>").removesuffix("</div>"))


class Site:
    """The site of a book on its way from rendered pages to files in `stage`.

    The tree of each page is dressed, written and emptied before the next one's turn, so that a
    large book needs little more memory than its text; what else is known of a page stays.

    Raises BookError where the two languages of a page cannot be paired; a `preview` takes such a
    page for one that is not translated yet.
    """

    def __init__(
        self,
        book: Book,
        stage: Path,
        pages: Pages,
        drawings: Drawings | None = None,
        preview: bool = False,
    ) -> None:
        self.book, self.stage, self.pages, self.preview = book, stage, pages, preview
        self.shared: dict[str, str] = {}
        edition = read_edition(book.root)
        self.views = {
            (tree, name): View(
                book, edition, tree, name, {lang: pages[lang, name] for lang in LANGS}, self.shared
            )
            for tree, name in product(TREES, book.names)
        }
        self.moved = read_moved(book)
        self.frames = Frames(book, pages, self.moved, stage, preview)
        self.drawings = drawings or draw_book(book.root)

    def write(self, pack: Pack | None = None) -> dict[str, str]:
        """Writes everything; returns the published name of each file that pages share, by its own.

        `pack` makes the offline copy, before the pages that tell its size.
        """
        self._write_shared()
        self._write_beside()
        cover = replace(self.views["zh", self.book.names[0]], tree="", name="index")
        without_text = [cover, *gone_pages(cover, self.moved), replace(cover, name="404")]
        self._write_pages(self.book.names, without_text, pack)
        self._write("sitemap.xml", self.frames.render_sitemap([cover, *self.views.values()]))
        return self.shared

    def rewrite(self, names: Collection[str], shared: dict[str, str]) -> None:
        """Writes the pages `names` alone, for a site that has the others and the `shared` files."""
        self.shared |= shared
        self._write_pages(names)

    def _write_pages(
        self, names: Collection[str], without_text: Iterable[View] = (), pack: Pack | None = None
    ) -> None:
        """Writes these pages in every tree, and those `without_text`."""
        others = ((view, Text(Element("div"))) for view in without_text)
        pages: Iterator[tuple[View, Text]] = chain(self._dressed(names), others)
        if pack:
            whole = [*pages]
            pages = iter(whole)
            kept = files_in(self.stage) | {view.file for view, _ in whole}
            own = ((replace(view, disk=kept), text) for view, text in whole if view.kind != "lost")
            pack({view.file: self.frames.render(view, text.render(view)) for view, text in own})
        for view, text in pages:
            self._write(view.file, self.frames.render(view, text.render(view)))
            text.tree.clear()
            gc.collect(0)  # filled templates are rings, and the build looks for none itself

    def _dressed(self, names: Collection[str]) -> Iterator[tuple[View, Text]]:
        """The text of these pages in every tree."""
        for name in names:
            for lang in LANGS:
                self._dress_text(self.views[lang, name])
            # The parallel view first: it takes copies of trees that the others change.
            for tree in reversed(TREES):
                view = self.views[tree, name]
                content = view.pages[tree].tree if tree in LANGS else self._paired(view)
                self._dress_view(content, view)
                yield view, Text(content)

    def _dress_text(self, view: View) -> None:
        """What the text of a page needs in its language whatever tree it stands in."""
        lang = view.tree
        content = view.pages[lang].tree
        dress.place_notices(content)
        dress.size_images(content, view)
        spans.name_languages(content, lang)
        spans.join_numbers(content)
        spans.join_ends(content)
        spans.mark_phrases(content)
        spans.tuck_notes(content)
        if view.name == "index":
            lengths = {name: self.pages[lang, name].length for name in self.book.chapters}
            tell_minutes(content, lengths, lang)

    def _dress_view(self, content: Element, view: View) -> None:
        """What it needs in the tree of the view."""
        dress.mark_leads(content)
        dress.draw_figures(content, view, self.drawings, self.stage)
        dress.name_notes(content, view)
        dress.link_places(content, view)
        set_moved(content, view, self.moved.get(view.name, {}))

    def _paired(self, view: View) -> Element:
        """Both languages of a page in one tree of its own."""
        zh, en = view.pages["zh"], view.pages["en"]
        try:
            if not en.waits:
                return merge_content(zh.tree, en.tree, f"{view.name}.md")
        except BookError:
            if not self.preview:
                raise
        return untranslated(zh.tree)

    def _write_shared(self) -> None:
        """Writes what pages share."""
        terms = read_glossary(self.book.root / GLOSSARY)
        files = assets.read_shared(self.book, self.preview)
        files["terms.js"] = search.render_terms(terms)
        for lang in LANGS:
            files[f"search-{lang}.js"] = search.render_index(self.book, lang, self.pages, terms)
        for name, data in files.items():
            self.shared[name] = assets.published_name(name, data)
            self._write(f"assets/{self.shared[name]}", data)

    def _write_beside(self) -> None:
        """Writes what stands beside the pages: pictures, notices, what search engines read."""
        ignored = str(self.book.config.get("exclude_docs", "")).splitlines()
        left_out = GitIgnoreSpec.from_lines([*ignored, "*.md", ".*"])
        docs = self.book.root / "docs"
        for path in (path for lang in LANGS for path in sorted((docs / lang).rglob("*"))):
            name = path.relative_to(docs).as_posix()
            if path.is_file() and not left_out.match_file(name):
                raster = path.suffix.lower() in RASTER
                self._write(name, read_picture(path).data if raster else path.read_bytes())
        self._write("notices.txt", render_notices(self.book.root))
        robots = f"User-agent: *\nAllow: /\nSitemap: {self.book.site_url}sitemap.xml\n"
        self._write("robots.txt", robots)

    def _write(self, file: str, data: str | bytes) -> None:
        path = self.stage / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
