"""The site made of rendered pages: dressed for three trees, put into their frames, each written
once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pathspec import GitIgnoreSpec

from whitepaper.book import LANGS, Book, BookError
from whitepaper.content import Pages
from whitepaper.editions import read_changes, read_edition
from whitepaper.figures.drawings import Drawings, draw_book
from whitepaper.glossary import read_terms
from whitepaper.pictures import RASTER, read_picture
from whitepaper.site import assets, dress, head, search, share
from whitepaper.site.contents import Brief, Briefs, tell_minutes
from whitepaper.site.frame import Frames, Parts
from whitepaper.site.notices import render_notices
from whitepaper.site.parallel import merge_content, untranslated
from whitepaper.site.redirects import read_moved, render_stubs, set_moved
from whitepaper.site.spans import join_ends, join_numbers, join_references, name_languages
from whitepaper.site.view import View, from_disk, views_of

Pack = Callable[[dict[str, str]], object]  # makes the offline copy with these pages, by file


@dataclass(frozen=True, eq=False)
class Text:
    """The dressed text of one page of one tree, and its links as they are on the site."""

    tree: Element
    links: list[tuple[Element, str, str]]  # element, attribute, value

    def render(self, view: View, downloads: str, briefs: Briefs) -> Parts:
        """The text as HTML, its links as the output needs them."""
        for element, key, value in self.links:
            element.set(key, view.link(value))
        dress.insert_downloads(self.tree, downloads)
        if view.name == "index":
            tell_minutes(self.tree, view, briefs)
        blocks = list(self.tree)
        heading = blocks[:1] if blocks and blocks[0].get("class") == "heading" else []
        notes = [block for block in blocks if block.get("class") == "footnote"]
        text = [block for block in blocks if block not in (*heading, *notes)]
        return Parts(_html(heading), _html(text), _html(notes))


def _html(blocks: list[Element]) -> str:
    return "".join(ElementTree.tostring(block, "unicode", method="html") for block in blocks)


class Site:
    """The site of a book on its way from rendered pages, whose trees it dresses, to files in
    `stage`.

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
        self.views = views_of(book, read_edition(book.root), pages)
        self.moved = read_moved(book)
        self.drawings = drawings or draw_book(book.root)
        self.terms = {term.anchor: term for term in read_terms(book.root)}
        for page in pages.values():
            dress.show_linked_figures(page.tree)

    def write(self, pack: Pack | None = None) -> dict[str, str]:
        """Writes everything; returns where each file stands that pages share, by its plain name.

        `pack` makes the offline copy, before the pages that tell its size.
        """
        shared = self._write_shared()
        self._write_beside()
        texts = self._dress(shared)
        cover = replace(self.views[0], tree="", name="index")
        lost = replace(cover, name="404")
        frames = self._frames(briefs_of(self.pages), shared)
        if pack:
            pack(self._copies(frames, texts, cover))
        for view in (*self.views, cover, lost):
            self._write(view.file, self._render(frames, view, texts.get(view)))
        for file, stub in render_stubs(self.book, self.moved, lambda _, href: href).items():
            self._write(file, stub)
        return shared

    def rewrite(self, briefs: Briefs, shared: dict[str, str]) -> None:
        """Writes the pages alone, for a site whose other pages' `briefs` and `shared` files are
        there.
        """
        frames = self._frames(briefs | briefs_of(self.pages), shared)
        texts = self._dress(shared)
        for view in self.views:
            self._write(view.file, self._render(frames, view, texts.get(view)))

    def _frames(self, briefs: Briefs, shared: dict[str, str]) -> Frames:
        return Frames(self.book, briefs, self.stage, shared, self.preview)

    def _copies(self, frames: Frames, texts: dict[View, Text], cover: View) -> dict[str, str]:
        """Every page as it must be on disk, by file."""
        views, url = (*self.views, cover), self.book.site_url
        kept = _kept(self.stage) | {view.file for view in views}
        kept |= render_stubs(self.book, self.moved, lambda _, href: href).keys()
        copies = render_stubs(
            self.book, self.moved, lambda file, href: from_disk(file, href, kept, url)
        )
        for view in views:
            copies[view.file] = self._render(frames, replace(view, disk=kept), texts.get(view))
        return copies

    def _render(self, frames: Frames, view: View, text: Text | None) -> str:
        downloads = share.render_downloads(view, self.stage) if view.name == "about" else ""
        parts = text.render(view, downloads, frames.briefs) if text else Parts()
        return frames.render(view, parts)

    def _dress(self, shared: dict[str, str]) -> dict[View, Text]:
        """The text of every page of every tree."""
        names: dict[tuple[str, str], dict[str, str]] = {}
        for view in self.views:
            for lang in view.langs:
                if (lang, view.name) not in names:
                    names[lang, view.name] = self._dress_half(view, lang)
        # The parallel view first: it takes copies of trees that the others change.
        return {
            view: self._dress_page(
                view, {lang: names[lang, view.name] for lang in view.langs}, shared
            )
            for view in reversed(self.views)
        }

    def _dress_half(self, view: View, lang: str) -> dict[str, str]:
        """What a page needs in one language whatever tree it stands in.

        Returns the names of its places.
        """
        half = self.pages[lang, view.name].tree
        dress.place_notices(half)
        dress.size_images(half, view, lang)
        name_languages(half, lang)
        return dress.name_places(half, lang)

    def _dress_page(
        self, view: View, names: dict[str, dict[str, str]], shared: dict[str, str]
    ) -> Text:
        content = (
            self._paired(view) if len(view.langs) > 1 else self.pages[view.tree, view.name].tree
        )
        join_numbers(content)
        join_ends(content)
        join_references(content)
        dress.mark_leads(content)
        dress.draw_figures(content, view, self.drawings, partial(self._files, view))
        dress.name_notes(content, view)
        dress.tuck_notes(content)
        dress.link_places(content, view, names)
        set_moved(content, view.name, self.moved.get(view.name, {}), view.tree)
        return Text(content, list(_links(content, view, shared)))

    def _files(self, view: View, name: str) -> dict[str, str]:
        """A figure to take along, by its ending: from the exports, else as it lies in docs."""
        made = {
            ending: f"downloads/figures/{view.tree}/{name}.{ending}" for ending in ("svg", "png")
        }
        files = {ending: file for ending, file in made.items() if (self.stage / file).exists()}
        lang = view.langs[0]
        return {
            ending: view.to(file)
            for ending, file in (files or {"svg": f"{lang}/figures/{name}.svg"}).items()
        }

    def _paired(self, view: View) -> Element:
        """Both languages of a page in one tree of its own."""
        zh, en = (self.pages[lang, view.name] for lang in LANGS)
        if en.meta.get("translation") == "missing":
            return untranslated(zh.tree)
        try:
            return merge_content(zh.tree, en.tree, f"{view.name}.md")
        except BookError:
            if not self.preview:
                raise
            return untranslated(zh.tree)

    def _write_shared(self) -> dict[str, str]:
        """Writes what pages share, each named by its content.

        Returns where each stands, by plain name.
        """
        files = assets.read_shared(self.book, self.preview)
        linked = (term for term in self.terms.values() if term.in_glossary)
        files["terms.js"] = dress.render_terms(linked).encode()
        for lang in LANGS:
            trees = {name: self.pages[lang, name].tree for name in self.book.names}
            index = search.render_index(self.book, lang, trees, self.terms.values())
            files[f"search-{lang}.js"] = index.encode()
        shared = {name: assets.address(name, data) for name, data in files.items()}
        for name, data in files.items():
            self._write(shared[name], data)
        return shared

    def _write_beside(self) -> None:
        """Writes what stands beside the pages: pictures, citations, what search engines read."""
        left_out = GitIgnoreSpec.from_lines(
            str(self.book.config.get("exclude_docs", "")).splitlines()
        )
        for lang in LANGS:
            folder = self.book.root / "docs" / lang
            for path in sorted(folder.rglob("*")):
                name = f"{lang}/{path.relative_to(folder).as_posix()}"
                if left_out.match_file(name) or path.suffix == ".md" or path.name[0] == ".":
                    continue
                if path.is_file():
                    shown = (
                        read_picture(path).data
                        if path.suffix.lower() in RASTER
                        else path.read_bytes()
                    )
                    self._write(name, shown)
        for view in self.views:
            if view.is_chapter:
                share.write_citations(view, self.stage)
        self._write("sitemap.xml", head.render_sitemap(self.views, read_changes(self.book.root)))
        self._write("notices.txt", render_notices(self.book.root))
        self._write("robots.txt", head.render_robots(self.book.site_url))

    def _write(self, file: str, data: str | bytes) -> None:
        path = self.stage / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def briefs_of(pages: Pages) -> Briefs:
    return {page: Brief.of(value) for page, value in pages.items()}


def _links(
    content: Element, view: View, shared: dict[str, str]
) -> Iterator[tuple[Element, str, str]]:
    """Every link in a text; to a file that pages share, by its published name."""
    for element in content.iter():
        for key in ("href", "src"):
            value = element.get(key)
            if value is None:
                continue
            folder, _, name = value.rpartition("/")
            if folder.rpartition("/")[2] == "assets" and name in shared:
                value = view.to(shared[name])
            yield element, key, value


def _kept(stage: Path) -> frozenset[str]:
    """What stands in the site, by file."""
    paths = (path for path in stage.rglob("*") if path.is_file())
    return frozenset(path.relative_to(stage).as_posix() for path in paths)
