"""What an import would make of a project: every file that changes, with its new text.

Writes nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manuscript.blocks import PageText, inline, read_page_text, render_page_text, with_key
from manuscript.chapters import IMPORTED_PICTURE, Context, picture_file, render_chapter
from manuscript.characters import bare
from manuscript.colophon import read_notes, restate
from manuscript.contents import Row, list_pages, name_pages
from manuscript.draft import Draft, page_file
from manuscript.kinds import caption_mark
from manuscript.moves import find_renamed, move_page, redirect_lost, retire_page
from manuscript.nav import extend_settings
from manuscript.outline import Section, read_outline
from manuscript.page_names import SECTIONS, name_sections, read_names, render_names
from manuscript.twins import english_title, find_stale, render_twin
from manuscript.units import Reading
from whitepaper.book import APPARATUS, LANGS, Book, read_book

Pages = dict[str, PageText]


@dataclass(frozen=True)
class Report:
    """What an import found and what it would write.

    `files` maps each file that changes, by its path in the project, to its bytes, None to take it
    away.
    """

    reading: Reading
    sections: list[Section]
    files: dict[str, bytes | None]
    known: int = 0  # paragraphs that the book had
    missing: tuple[str, ...] = ()  # those of them that the text has no counterpart of
    new: int = 0  # paragraphs that the book did not have
    same_title: bool = False  # the text's title, or a heading of it, is the book's

    @property
    def recognised(self) -> int:
        return self.known - len(self.missing)


def plan(root: Path, reading: Reading) -> Report:
    """The import, in memory. Raises BookError where the project cannot take it."""
    book, draft = read_book(root), Draft(root)
    entries = read_names(draft)
    there = _read_pages(draft, "zh", book.chapters)
    sections = name_sections(read_outline(reading.units), entries, there)
    renamed = find_renamed(sections, there)
    warnings = [
        (0, move_page(draft, before, after, book.names)) for before, after in renamed.items()
    ]
    names = [renamed.get(name, name) for name in book.chapters]
    old, twins = _read_pages(draft, "zh", names), _read_pages(draft, "en", names)
    chapters = _render_chapters(draft, sections, old)
    for section in sections:
        draft[page_file("zh", section.name)] = render_page_text(chapters[section.name])
        stale = find_stale(old.get(section.name, PageText()), chapters[section.name])
        twin = render_twin(section, chapters[section.name], twins.get(section.name), stale)
        if stale and section.name in twins:
            told = ", ".join(sorted(stale))
            warnings.append(
                (0, f"{section.name}.md: the Chinese changed, compare the English: {told}")
            )
        draft[page_file("en", section.name)] = render_page_text(twin)
        _put_pictures(draft, section, {"zh": chapters[section.name], "en": twin})
    _drop_pictures(draft, [*old.values()])
    gone = _gone(names, sections, old)
    settings = draft["mkdocs.yml"] or ""
    draft["mkdocs.yml"], nav = extend_settings(settings, sections, renamed, gone)
    redirect_lost(draft, chapters)
    draft[SECTIONS] = render_names(draft[SECTIONS], sections, entries)
    pages = _read_pages(draft, "zh", [name for name in nav if name not in APPARATUS])
    restate(
        draft,
        {name: page.has("wording", "published") for name, page in pages.items()},
        complete=not reading.metadata["truncated"],
    )
    _list_contents(draft, sections, book, old, gone)
    warnings += [(0, retire_page(draft, page, heir, nav)) for page, heir in gone.items()]
    warnings += [
        *_losses(sections, old, chapters),
        *_other_title(reading, book),
        *_untouched([name for name in names if name not in gone], sections),
    ]
    before = {f"{name}/#{block.id}" for name, page in old.items() for block in page.counted}
    after = {f"{name}/#{block.id}" for name, page in chapters.items() for block in page.counted}
    titles = {bare(book.title("zh"))} | {
        bare(page.find("heading")[0].text) for page in old.values() if page.find("heading")
    }
    return Report(
        replace(reading, warnings=[*reading.warnings, *warnings]),
        sections,
        draft.changes(),
        known=len(before),
        missing=tuple(sorted(before - after)),
        new=len(after - before),
        same_title=any(
            bare(unit.text) in titles
            for unit in reading.units
            if unit.level or unit.role == "title"
        ),
    )


def _read_pages(draft: Draft, lang: str, names: Iterable[str]) -> Pages:
    return {
        name: read_page_text(text)
        for name in names
        if (text := draft[page_file(lang, name)]) is not None
    }


def _render_chapters(draft: Draft, sections: Sequence[Section], pages: Pages) -> Pages:
    figures = {
        mark: block
        for page in pages.values()
        for block in page.find("figure")
        if (mark := caption_mark(block.text))
    }
    notes = read_notes(draft)
    return {
        section.name: render_chapter(
            section,
            pages.get(section.name, PageText()),
            Context(figures, _goes_on(section, sections), notes),
        )
        for section in sections
    }


def _put_pictures(draft: Draft, section: Section, pages: dict[str, PageText]) -> None:
    """The paper's pictures, beside each page that shows them."""
    for unit in section.units:
        if unit.picture:
            address = picture_file(section, unit)
            for lang, page in pages.items():
                if any(f"]({address})" in block.source for block in page.blocks):
                    draft.pictures[f"docs/{lang}/{address}"] = unit.picture.data


def _drop_pictures(draft: Draft, pages: Sequence[PageText]) -> None:
    """Takes away what earlier imports took out of the paper and no page shows any more."""
    for page in pages:
        for block in page.blocks:
            if found := IMPORTED_PICTURE.search(block.source):
                for lang in LANGS:
                    draft.pictures.setdefault(f"docs/{lang}/{found[0][2:-1]}", None)


def _goes_on(section: Section, sections: Sequence[Section]) -> bool:
    """Whether the text goes on beyond this section, or at least ends its last sentence."""
    return all(unit.role != "para (cut)" for unit in section.units)


def _list_contents(
    draft: Draft,
    sections: Sequence[Section],
    book: Book,
    old: Pages,
    gone: Collection[str],
) -> None:
    """The home page's contents with the new pages; it says so where their titles are not ours or
    not translated.
    """
    for lang in LANGS:
        home = page_file(lang, "index")
        if (before := draft[home]) is None:
            continue
        rows = [_row(section, book, lang) for section in sections]
        if lang == "zh":
            after = list_pages(_retitled(before, rows, old), rows, gone)
            draft[home] = with_key(after, "wording", "published") if after != before else after
        else:
            after = list_pages(
                name_pages(before, rows, [_made_up(section) for section in sections]), rows, gone
            )
            missing = any(
                "\ntranslation: missing\n" in (draft[page_file("en", section.name)] or "")
                for section in sections
            )
            draft[home] = with_key(after, "translation", "partial" if missing else None)


def _gone(names: Sequence[str], sections: Sequence[Section], old: Pages) -> dict[str, str]:
    """Pages that an import made of sections that are no more, each with the page that stood before
    it.
    """
    used = {section.name for section in sections}
    published = {name for name, page in old.items() if page.has("wording", "published")}
    if 2 * len(published & used) < len(published):
        return {}  # a part of the paper, not another edition of it
    gone: dict[str, str] = {}
    heir = sections[0].name
    for name in names:
        if name in used:
            heir = name
        elif name in published:
            gone[name] = heir
    return gone


def _retitled(page: str, rows: Sequence[Row], old: Pages) -> str:
    """The Chinese contents with the titles that pages have now, where it has those they had."""
    for row in rows:
        heading = next(iter(old[row.name].find("heading")), None) if row.name in old else None
        if row.title and heading:
            before, now = (f"[{inline(t)}]({row.name}.md)" for t in (heading.text, row.title))
            page = page.replace(f"- {before}", f"- {now}")
    return page


def _row(section: Section, book: Book, lang: str) -> Row:
    if lang == "zh":
        return Row(section.name, section.title, section.part_title)
    translated = book.languages["en"].get("nav_translations", {})
    return Row(
        section.name,
        english_title(section),
        translated.get(section.part_title, section.english_part) if section.part else "",
    )


def _made_up(section: Section) -> Row:
    """How the English contents list a page until it and its part are named."""
    return Row(
        section.name,
        english_title(replace(section, title_en="")),
        section.english_part if section.part else "",
    )


def _losses(sections: Sequence[Section], old: Pages, new: Pages) -> Iterator[tuple[int, str]]:
    """Paragraphs that no longer have a place, and headings that have no text."""
    for section in sections:
        line, stays = (
            section.heading.lines[0] if section.heading else 0,
            {block.id for block in new[section.name].counted},
        )
        if gone := [
            block.id for block in old.get(section.name, PageText()).counted if block.id not in stays
        ]:
            yield (
                line,
                f"{section.name}.md: no counterpart in the text for {', '.join(gone)}; its "
                "address is gone",
            )
        if section.heading and not section.units:
            yield line, f"heading without text: {section.title[:30]}"


def _other_title(reading: Reading, book: Book) -> Iterator[tuple[int, str]]:
    for unit in reading.units:
        if unit.role == "title" and bare(unit.text) != bare(book.title("zh")):
            yield unit.lines[0], f"the text calls itself {unit.text}, the site {book.title('zh')}"


def _untouched(names: Iterable[str], sections: Iterable[Section]) -> Iterator[tuple[int, str]]:
    found = {section.name for section in sections}
    return (
        (0, f"{name}.md: nothing in the text belongs to it; it stays as it is")
        for name in names
        if name not in found
    )
