"""What an import would make of a project: every file that changes, with its new text.

Writes nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from manuscript.blocks import Block, Pages, PageText, read_page_text, render_page_text
from manuscript.chapters import IMPORTED_PICTURE, breaks_off, picture_file, render_chapter
from manuscript.characters import bare
from manuscript.colophon import STATEMENTS, restate
from manuscript.draft import Draft, page_file
from manuscript.kinds import caption_mark
from manuscript.matching import SECTIONS, Edition, match, read_names, render_names
from manuscript.moves import drop_lost, lead_in, lead_links, rename_anchor, render_redirects
from manuscript.nav import extend_nav
from manuscript.numbers import align
from manuscript.sections import Section, read_sections
from manuscript.twins import STALE, render_twin
from manuscript.units import Reading, Unit
from whitepaper.addresses import REDIRECTS, read_addresses, read_redirects
from whitepaper.book import LANGS, read_book
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
    moved: int  # of its warnings, the first, of what has become of the pages there were
    known: set[str]  # paragraphs that the book had, as page/#p3
    found: set[str]  # those of the text
    lost: set[str]  # known ones, on pages that it replaces or retires, that it has not
    book_title: str
    whole: bool  # a paper with its title

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
    there = _read_pages(draft, "zh", book.chapters, {})
    whole = any(unit.role == "title" for unit in reading.units)
    sections = read_sections(reading.units, there)
    edition = match(sections, whole, names, there, book.sections, addresses)
    draft["mkdocs.yml"] = extend_nav(draft["mkdocs.yml"], book, edition)
    draft[SECTIONS] = render_names(draft[SECTIONS], names, edition.sections)
    old, old_twins = (_read_pages(draft, lang, book.chapters, edition.renamed) for lang in LANGS)
    _clear(draft, edition)
    figures = _figures(old, reading.units)
    chapters, twins = {}, {}
    for section in edition.sections:
        name, base = section.name, old.get(section.name, PageText())
        chapters[name] = render_chapter(section, base, figures, addresses)
        twins[name] = render_twin(section, chapters[name], old_twins.get(name, PageText()), base)
        for lang, page in zip(LANGS, (chapters[name], twins[name])):
            _write_page(draft, lang, section, page)
    pages = old | chapters
    for name in edition.retired:
        del pages[name]
    cut = any(breaks_off(block) for page in pages.values() for block in page.blocks)
    published = {name: page.published for name, page in pages.items()}
    restate(draft, published, complete=not (cut or reading.metadata["truncated"]))
    lead, loose = lead_in(edition, chapters), []
    files = [(page_file(lang, name), name) for lang in LANGS for name, _ in edition.order]
    for file, name in (*files, (SOURCES, ""), (STATEMENTS, "")):
        text = draft[file] if name in pages else drop_lost(draft[file], lead)
        draft[file] = lead_links(text, lead, old, chapters)
        for number, line in enumerate(text.splitlines(), 1):
            if any(f"]({name}.md" in line for name in edition.retired):
                loose.append(f"{file}:{number}")
    draft[REDIRECTS] = render_redirects(draft[REDIRECTS], redirects, addresses, lead, chapters)
    known = _paragraphs(old)
    moved = [*_of_pages(edition, old, chapters, twins, loose)]
    told = ((0, said) for said in (*moved, *_of_text(reading, edition, figures)))
    return Report(
        replace(reading, warnings=[*told, *reading.warnings]),
        edition.sections,
        draft.changes(),
        len(moved),
        known,
        found=_paragraphs(chapters),
        lost=known - _paragraphs(pages),
        book_title=book.title("zh"),
        whole=whole,
    )


def _read_pages(
    draft: Draft, lang: str, names: Iterable[str], renamed: Mapping[str, str]
) -> dict[str, PageText]:
    """The chapters that there are, under the names that they get."""
    pages = {}
    for name in names:
        if text := draft[page_file(lang, name)]:
            now = renamed.get(name, name)
            pages[now] = read_page_text(rename_anchor(text, name, now))
    return pages


def _clear(draft: Draft, edition: Edition) -> None:
    """Takes away the pages that the sections had, and those that have none, with the pictures that
    earlier imports brought.
    """
    names = {*edition.retired, *(section.was for section in edition.sections)} - {""}
    for lang, name in product(LANGS, names):
        file = page_file(lang, name)
        for picture in IMPORTED_PICTURE.findall(draft[file]):
            draft.pictures[f"docs/{lang}/{picture}"] = None
        draft[file] = ""


def _write_page(draft: Draft, lang: str, section: Section, page: PageText) -> None:
    """With the paper's pictures that it shows."""
    file = page_file(lang, section.name)
    draft[file] = render_page_text(page)
    for unit in (section.heading, *section.units):
        if unit and unit.picture:
            shown = picture_file(section, unit, unit.picture)
            if f"]({shown})" in draft[file]:
                draft.pictures[f"docs/{lang}/{shown}"] = unit.picture.data


def _paragraphs(pages: Pages) -> set[str]:
    return {f"{name}/#{block.id}" for name, page in pages.items() for block in page.counted}


def _figures(pages: Pages, units: Iterable[Unit]) -> dict[str, Block]:
    """The book's own figures that the text has too, by mark: under nearly the same words, for any
    paper has a Figure 1.
    """
    said = {unit.mark: unit.text for unit in units if unit.role == "caption"}
    return {
        mark: block
        for page in pages.values()
        for block in page.find("figure")
        if (mark := caption_mark(block.text)) in said
        and align([said[mark]], [block.text])
        and not IMPORTED_PICTURE.search(block.source)
    }


def _of_pages(
    edition: Edition, old: Pages, chapters: Pages, twins: Pages, loose: Sequence[str]
) -> Iterator[str]:
    """What has become of the pages that there were. `loose`: lines that somebody must mend."""
    for before, now in edition.renamed.items():
        yield f"{before} is now {now}"
    stay = []
    for name in old:
        if name in edition.retired:
            now = edition.page_now(name)
            yield f"{name}.md: no longer in the text; it is gone, what led to it leads to {now}/"
        elif name not in chapters:
            stay.append(f"{name}.md")
        else:
            kept = {block.id for block in chapters[name].counted}
            gone = ", ".join(block.id for block in old[name].counted if block.id not in kept)
            if gone:
                yield (
                    f"{name}.md: nothing in the text for {gone}: the English goes too, with the "
                    "editor's notes there and what lists them; other links lead to the page"
                )
            if old[name].title != chapters[name].title:
                yield (
                    f"{name}.md: called {chapters[name].title} now, not {old[name].title}: compare "
                    "the English title, and the words that call it so where they are no link"
                )
            stale = ", ".join(block.id for block in twins[name].counted if STALE in block.source)
            if stale:
                yield f"{name}.md: the Chinese changed, compare the English: {stale}"
    if stay:
        yield f"nothing in the text belongs to {', '.join(stay)}, which stay as they are"
    if loose:
        yield f"mend the words of the links to what is gone: {', '.join(loose)}"


def _of_text(reading: Reading, edition: Edition, figures: Collection[str]) -> Iterator[str]:
    """What to look at in the text itself. `figures`: marks of the book's own."""
    for unit in reading.units:
        if unit.picture and (mark := caption_mark(unit.text)) in figures:
            yield f"{mark}: this edition's drawing stays, the picture is left out"
    for section in edition.sections:
        if section.heading and not section.units:
            yield f"heading without text: {section.title[:30]}"
