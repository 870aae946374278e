"""What an import would make of a project: every file that changes, with its new text.

Writes nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manuscript.blocks import Block, PageText, read_page_text, render_page_text
from manuscript.chapters import IMPORTED_PICTURE, breaks_off, picture_file, render_chapter
from manuscript.characters import bare
from manuscript.colophon import STATEMENTS, restate
from manuscript.draft import Draft, page_file
from manuscript.kinds import caption_mark
from manuscript.matching import SECTIONS, Edition, Pages, match, read_names, render_names
from manuscript.moves import (
    drop_listed,
    lead_in,
    lead_links,
    lead_sources,
    rename_anchor,
    render_redirects,
)
from manuscript.nav import extend_nav
from manuscript.sections import Section, read_sections
from manuscript.twins import STALE, render_twin
from manuscript.units import Reading, Unit
from whitepaper.addresses import REDIRECTS, read_addresses, read_redirects
from whitepaper.book import APPARATUS, LANGS, Book, read_book
from whitepaper.sources import SOURCES


@dataclass(frozen=True)
class Report:
    """What an import found and what it would write.

    `files` maps each file that changes, by its path in the project, to its bytes, None to take it
    away.
    """

    reading: Reading
    sections: Sequence[Section]
    files: dict[str, bytes | None]
    moved: Sequence[tuple[int, str]]  # of its warnings, what has become of the pages there were
    known: set[str]  # paragraphs that the book had, as page/#p3
    found: set[str]  # those of the text
    lost: set[str]  # known ones, on pages that it replaces or retires, that it has not
    book_title: str

    @property
    def same_title(self) -> bool:
        return bare(self.reading.metadata["title"]) == bare(self.book_title)

    @property
    def recognised(self) -> int:
        return len(self.known & self.found)


def plan(root: Path, reading: Reading) -> Report:
    """The import, in memory. Raises BookError where the project cannot take it."""
    book, draft = read_book(root), Draft(root)
    names, addresses, redirects = read_names(root), read_addresses(root), read_redirects(root)
    published: defaultdict[str, set[str]] = defaultdict(set)  # by page, anchors
    for address in addresses:
        name, _, anchor = address.partition("/#")
        published[name.rstrip("/")].add(anchor)
    sections, whole = read_sections(reading.units), any(u.role == "title" for u in reading.units)
    there = _read_pages(draft, "zh", {name: name for name in book.chapters})
    edition = match(sections, whole, names, there, book.sections, published)
    draft["mkdocs.yml"] = extend_nav(draft["mkdocs.yml"], book, edition)
    draft[SECTIONS] = render_names(draft[SECTIONS], names, edition.sections)
    now = {name: edition.renamed.get(name, name) for name in book.chapters}
    old, old_twins = (_read_pages(draft, lang, now) for lang in LANGS)
    _clear_pages(draft, edition)
    figures = _figures(old)
    chapters, twins = {}, {}
    for section in edition.sections:
        name, base = section.name, old.get(section.name, PageText())
        chapters[name] = render_chapter(section, base, figures, published[name])
        twins[name] = render_twin(section, chapters[name], old_twins.get(name, PageText()), base)
        for lang, page in zip(LANGS, (chapters[name], twins[name])):
            _write_page(draft, lang, section, page)
    pages = old | chapters
    body = {name: pages[name] for name, _ in edition.order if name in pages}
    cut = any(breaks_off(block) for page in body.values() for block in page.blocks)
    ours = {name: page.has("wording", "published") for name, page in body.items()}
    restate(draft, ours, complete=not (cut or reading.metadata["truncated"]))
    lead = lead_in(edition, chapters)
    for lang in LANGS:
        for name, _ in edition.order:
            file = page_file(lang, name)
            text = drop_listed(draft[file], lead) if name in APPARATUS else draft[file]
            draft[file] = lead_links(text, lead, old, chapters)
    draft[STATEMENTS] = lead_links(draft[STATEMENTS], lead, old, chapters)
    draft[SOURCES] = lead_sources(draft[SOURCES], lead)
    draft[REDIRECTS] = render_redirects(draft[REDIRECTS], redirects, addresses, lead, chapters)
    replaced = {name: old[name] for name in old if name in {*chapters, *edition.retired}}
    found = _paragraphs(chapters)
    moved = [(0, said) for said in _of_pages(edition, book, old, chapters, twins, published)]
    told = [_placed(unit, said) for unit, said in _of_text(reading, book, edition, figures)]
    return Report(
        replace(reading, warnings=[*moved, *told, *reading.warnings]),
        edition.sections,
        draft.changes(),
        moved,
        _paragraphs(old),
        found,
        lost=_paragraphs(replaced) - found,
        book_title=book.title("zh"),
    )


def _read_pages(draft: Draft, lang: str, names: Mapping[str, str]) -> dict[str, PageText]:
    """The pages that there are, each as if it had the name that it gets: old → new."""
    texts = {old: draft[page_file(lang, old)] for old in names}
    return {
        names[old]: read_page_text(rename_anchor(text, old, names[old]))
        for old, text in texts.items()
        if text
    }


def _clear_pages(draft: Draft, edition: Edition) -> None:
    """Takes away what no longer has its place: pages, and pictures that earlier imports brought."""
    gone = (*edition.renamed, *edition.retired)
    for lang in LANGS:
        for name in (*gone, *(section.name for section in edition.sections)):
            for picture in IMPORTED_PICTURE.findall(draft[page_file(lang, name)]):
                draft.pictures[f"docs/{lang}/{picture}"] = b""
        draft.update({page_file(lang, name): "" for name in gone})


def _write_page(draft: Draft, lang: str, section: Section, page: PageText) -> None:
    """With the paper's pictures that it shows."""
    file = page_file(lang, section.name)
    draft[file] = render_page_text(page)
    for unit in section.units:
        if unit.picture and unit.id in section.captions:
            shown = picture_file(section, unit, unit.picture)
            if f"]({shown})" in draft[file]:
                draft.pictures[f"docs/{lang}/{shown}"] = unit.picture.data


def _paragraphs(pages: Pages) -> set[str]:
    return {f"{name}/#{block.id}" for name, page in pages.items() for block in page.counted}


def _figures(pages: Pages) -> dict[str, Block]:
    """The book's own figures, by mark."""
    return {
        mark: block
        for page in pages.values()
        for block in page.find("figure")
        if not IMPORTED_PICTURE.search(block.source) and (mark := caption_mark(block.text))
    }


def _of_pages(
    edition: Edition,
    book: Book,
    old: Pages,
    chapters: Pages,
    twins: Pages,
    published: Mapping[str, set[str]],
) -> Iterator[str]:
    """What has become of the pages that there were."""
    for before, now in edition.renamed.items():
        leads = ", and its published addresses lead there" if before in published else ""
        yield f"{before} is now {now}{leads}"
    for name in book.chapters:
        now = edition.page_now(name)
        if name in edition.retired:
            yield (
                f"{name}.md: no longer in the text; it is gone, its addresses and the links to it "
                f"lead to {now}/: mend what calls it by its number"
            )
        elif now not in chapters:
            yield f"{name}.md: nothing in the text belongs to it; it stays as it is"
        else:
            kept = {block.id for block in chapters[now].counted}
            gone = ", ".join(block.id for block in old[now].counted if block.id not in kept)
            if gone:
                yield (
                    f"{now}.md: nothing in the text for {gone}: the English goes too, with the "
                    "editor's notes there and what lists them; other links lead to the page"
                )
            if old[now].title != chapters[now].title:
                yield f"{now}.md: called {chapters[now].title} now: compare the English title"
            stale = ", ".join(block.id for block in twins[now].counted if STALE in block.source)
            if stale:
                yield f"{now}.md: the Chinese changed, compare the English: {stale}"


def _of_text(
    reading: Reading, book: Book, edition: Edition, figures: Collection[str]
) -> Iterator[tuple[Unit, str]]:
    """What to look at in the text itself. `figures`: marks of the book's own."""
    title = book.title("zh")
    for unit in reading.units:
        if unit.picture and (mark := caption_mark(unit.text)) in figures:
            yield unit, f"{mark}: this edition's drawing stays, the picture is left out"
        elif unit.picture and unit.role != "caption":
            yield unit, f"a picture without a caption is left out, near: {unit.text[:20]}"
    for unit in reading.units:
        if unit.role == "title" and bare(unit.text) != bare(title):
            yield unit, f"the text calls itself {unit.text}, the site {title}"
    for section in edition.sections:
        if section.heading and not section.units:
            yield section.heading, f"heading without text: {section.title[:30]}"


def _placed(unit: Unit, said: str) -> tuple[int, str]:
    """As a warning, which has its line, or names its page."""
    return (0, f"page {unit.page}: {said}") if unit.page else (unit.lines[0], said)
