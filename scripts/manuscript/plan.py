"""What an import would make of a project: every file that changes, with its new text.

Writes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manuscript.blocks import Block, PageText, read_page_text, render_page_text, with_key
from manuscript.chapters import IMPORTED_PICTURE, breaks_off, picture_file, render_chapter
from manuscript.characters import bare
from manuscript.colophon import restate
from manuscript.draft import Draft, page_file
from manuscript.kinds import caption_mark
from manuscript.lists import extend_nav, list_contents
from manuscript.matching import SECTIONS, Edition, match, read_entries, render_entries
from manuscript.moves import find_renumbered, lead_in, lead_links, rename_anchor, render_redirects
from manuscript.sections import Section, read_sections
from manuscript.twins import find_stale, render_twin
from manuscript.units import Reading
from whitepaper.addresses import REDIRECTS, read_addresses
from whitepaper.book import APPARATUS, LANGS, Book, read_book

Pages = dict[str, PageText]


@dataclass(frozen=True)
class Report:
    """What an import found and what it would write.

    `files` maps each file that changes, by its path in the project, to its bytes, None to take it
    away.
    """

    reading: Reading
    sections: Sequence[Section]
    files: dict[str, bytes | None]
    known: int  # paragraphs that the book had
    missing: tuple[str, ...]  # those of them that the text has no counterpart of
    new: int  # paragraphs that the book did not have
    same_title: bool

    @property
    def recognised(self) -> int:
        return self.known - len(self.missing)


def plan(root: Path, reading: Reading) -> Report:
    """The import, in memory. Raises BookError where the project cannot take it."""
    book, draft = read_book(root), Draft(root)
    published = read_addresses(root)
    entries = read_entries(draft.data(SECTIONS))
    there = _read_pages(draft, "zh", book.chapters)
    taken: defaultdict[str, set[str]] = defaultdict(set)  # by page, anchors
    for address in published:
        name, _, anchor = address.partition("/#")
        taken[name.rstrip("/")].add(anchor)
    whole = any(unit.role == "title" for unit in reading.units)
    sections = read_sections(reading.units)
    edition = match(sections, whole, entries, there, book.sections, taken)
    _move_pages(draft, edition, book.names)
    names = [edition.renamed.get(name, name) for name in book.chapters]
    old, old_twins = (_read_pages(draft, lang, names) for lang in LANGS)
    draft["mkdocs.yml"] = extend_nav(draft["mkdocs.yml"] or "", edition)
    draft[SECTIONS] = (
        render_entries(draft[SECTIONS] or "", entries, edition.sections) or draft[SECTIONS]
    )
    figures = _figures(old)
    chapters, twins, stale = {}, {}, {}
    for section in edition.sections:
        name, empty = section.name, PageText()
        base = old.get(name, empty)
        chapters[name] = chapter = render_chapter(section, base, figures, taken[name])
        stale[name] = find_stale(base, chapter) if name in old_twins else set()
        twins[name] = render_twin(section, chapter, old_twins.get(name, empty), stale[name])
    for lang, pages in zip(LANGS, (chapters, twins)):
        for name, page in pages.items():
            draft[page_file(lang, name)] = render_page_text(page)
        for name in edition.retired:
            draft[page_file(lang, name)] = None
        _put_pictures(draft, lang, edition, pages, old)
    body = _read_pages(draft, "zh", [n for n, _ in edition.order if n not in APPARATUS])
    cut = any(breaks_off(block) for page in body.values() for block in page.blocks)
    whose = {name: page.has("wording", "published") for name, page in body.items()}
    restate(draft, whose, complete=not (cut or reading.metadata["truncated"]))
    lead, numbers = lead_in(edition, chapters), find_renumbered(old, chapters)
    for lang in LANGS:
        for name, _ in edition.order:
            if text := draft[page_file(lang, name)]:
                draft[page_file(lang, name)] = lead_links(text, lead, numbers)
    _list_contents(draft, edition, book, chapters, twins)
    redirects = render_redirects(draft[REDIRECTS] or "", published, lead, chapters)
    if redirects or draft[REDIRECTS]:
        draft[REDIRECTS] = redirects
    before = {f"{name}/#{block.id}" for name, page in old.items() for block in page.counted}
    after = {f"{name}/#{block.id}" for name, page in chapters.items() for block in page.counted}
    warnings = [(0, said) for said in _told(edition, book, old, chapters, stale)]
    return Report(
        replace(
            reading, warnings=[*reading.warnings, *_of_text(reading, book, edition), *warnings]
        ),
        edition.sections,
        draft.changes(),
        known=len(before),
        missing=tuple(sorted(before - after)),
        new=len(after - before),
        same_title=bare(reading.metadata["title"]) == bare(book.title("zh")),
    )


def _read_pages(draft: Draft, lang: str, names: Iterable[str]) -> Pages:
    texts = {name: draft[page_file(lang, name)] for name in names}
    return {name: read_page_text(text) for name, text in texts.items() if text is not None}


def _move_pages(draft: Draft, edition: Edition, names: Iterable[str]) -> None:
    """Pages under their new names."""
    for lang in LANGS:
        texts = {name: draft[page_file(lang, name)] for name in names}
        for name in edition.renamed:
            draft[page_file(lang, name)] = None
        for name, text in texts.items():
            if text is not None:
                new = edition.renamed.get(name, name)
                draft[page_file(lang, new)] = (
                    rename_anchor(text, name, new) if new != name else text
                )


def _figures(pages: Pages) -> dict[str, Block]:
    """The book's own figures, by mark."""
    return {
        mark: block
        for page in pages.values()
        for block in page.find("figure")
        if not IMPORTED_PICTURE.search(block.source) and (mark := caption_mark(block.text))
    }


def _put_pictures(draft: Draft, lang: str, edition: Edition, pages: Pages, old: Pages) -> None:
    """The paper's pictures beside each page that shows them; takes away what earlier imports put
    there and no page shows any more.
    """
    for name in (*pages, *edition.retired):
        for block in old.get(name, PageText()).blocks:
            if found := IMPORTED_PICTURE.search(block.source):
                draft.pictures[f"docs/{lang}/{found[1]}"] = None
    for section in edition.sections:
        for unit in section.units:
            address = picture_file(section, unit)
            shown = any(f"]({address})" in block.source for block in pages[section.name].blocks)
            if unit.picture and shown:
                draft.pictures[f"docs/{lang}/{address}"] = unit.picture.data


def _list_contents(
    draft: Draft, edition: Edition, book: Book, chapters: Pages, twins: Pages
) -> None:
    """The home page's contents with all chapters; it says so where their titles are not ours or
    not translated.
    """
    for lang, pages in zip(LANGS, (chapters, twins)):
        home = page_file(lang, "index")
        if (before := draft[home]) is None:
            continue
        translated = book.languages[lang].get("nav_translations", {})
        if lang == "en":
            made_up = {s.part_title: s.english_part for s in edition.sections if s.part}
            translated = made_up | translated
        rows = [(name, translated.get(part, part)) for name, part in edition.order]
        titles = {name: page.title for name, page in pages.items()}
        after = list_contents(before, rows, titles)
        if lang == "en":
            missing = any(page.has("translation", "missing") for page in pages.values())
            after = with_key(after, "translation", "partial" if missing else None)
        elif after != before:
            after = with_key(after, "wording", "published")
        draft[home] = after


def _told(
    edition: Edition, book: Book, old: Pages, chapters: Pages, stale: Mapping[str, set[str]]
) -> Iterator[str]:
    """What has become of the pages that there were."""
    for before, now in edition.renamed.items():
        yield f"{before} is now {now}, and its published addresses lead there"
    for name in book.chapters:
        now = edition.page_now(name)
        if name in edition.retired:
            yield f"{name}.md: no longer in the text; it is gone, its addresses lead to {now}/"
        elif now not in chapters:
            yield f"{name}.md: nothing in the text belongs to it; it stays as it is"
        else:
            kept = {block.id for block in chapters[now].counted}
            gone = ", ".join(block.id for block in old[now].counted if block.id not in kept)
            if gone:
                yield f"{now}.md: no counterpart in the text for {gone}; its address is gone"
            if stale[now]:
                yield (
                    f"{now}.md: the Chinese changed, compare the English: "
                    f"{', '.join(sorted(stale[now]))}"
                )


def _of_text(reading: Reading, book: Book, edition: Edition) -> Iterator[tuple[int, str]]:
    """What to look at in the text itself, with its line."""
    title = book.title("zh")
    for unit in reading.units:
        if unit.role == "title" and bare(unit.text) != bare(title):
            yield unit.lines[0], f"the text calls itself {unit.text}, the site {title}"
    for section in edition.sections:
        if section.heading and not section.units:
            yield section.heading.lines[0], f"heading without text: {section.title[:30]}"
