"""What an import would make of a project: every page that changes, with its new text. Writes nothing."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from whitepaper.book import LANGS, Book, read_book
from whitepaper.importer.blocks import Block, PageText, read_page_text, render_page_text, with_key
from whitepaper.importer.chapters import Context, render_chapter
from whitepaper.importer.colophon import Row, list_pages, read_notes, restate
from whitepaper.importer.kinds import caption_mark
from whitepaper.importer.nav import english_part, extend_settings, part_title
from whitepaper.importer.outline import SECTIONS, Section, name_sections, names_by_title, read_names, read_outline, render_names
from whitepaper.importer.proof import bare
from whitepaper.importer.twins import english_title, render_twin
from whitepaper.importer.units import Reading


@dataclass
class Report:
    """What an import found and what it would write. `files` maps each path that changes to its text, None to take it away."""

    reading: Reading
    sections: list[Section] = field(default_factory=list)
    files: dict[Path, str | None] = field(default_factory=dict)
    warnings: list[tuple[int, str]] = field(default_factory=list)

    def as_json(self) -> dict:
        reading = self.reading
        return {
            "units": [{"id": unit.id, "role": unit.role, "lines": unit.lines, "text": unit.text} for unit in reading.units],
            "furniture": [{"line": span.line, "text": span.text, "reason": span.reason} for span in reading.furniture],
            "warnings": [{"line": line, "message": message} for line, message in self.warnings],
            "metadata": reading.metadata,
        }


def plan(root: Path, report: Report) -> Report:
    """Adds the sections and the files that would change. Writes nothing."""
    book, entries = read_book(root), read_names(root)
    pages = {lang: {name: read_page_text(_path(root, lang, name).read_text("utf-8")) for name in book.chapters if _path(root, lang, name).exists()} for lang in LANGS}
    report.sections = name_sections(read_outline(report.reading.units), entries, pages["zh"])
    renamed = _renamed(report.sections, pages["zh"])
    for old, new in renamed.items():
        _plan_move(root, report, pages, old, new)
    figures = {mark: block for page in pages["zh"].values() for block in page.find("figure") if (mark := caption_mark(block.text))}
    notes = read_notes(root)
    for section in report.sections:
        _plan_section(root, report, section, pages, Context(figures, _goes_on(section, report.sections), notes))
    _plan_settings(root, report, entries, renamed)
    names = {section.name for section in report.sections}
    untouched = [name for name in book.chapters if name not in renamed and name not in names]
    if not untouched:
        report.files |= dict(restate(root, complete=not report.reading.metadata["truncated"]))
    _plan_contents(root, report, book)
    report.warnings += [*_other_title(report, book), *((0, f"{name}.md: nothing in the text belongs to it; it stays as it is") for name in untouched)]
    report.files = {path: text for path, text in report.files.items() if text is None or not path.exists() or path.read_bytes() != text.encode()}
    return report


def _plan_move(root: Path, report: Report, pages: dict[str, dict[str, PageText]], old: str, new: str) -> None:
    """A page under the name that sections.toml now gives it, its translation with it."""
    for lang in LANGS:
        if old in pages[lang]:
            pages[lang][new] = _retitled(pages[lang][old], old, new)
            report.files[_path(root, lang, old)] = None
    report.warnings.append((0, f"{old} is now {new}: its old address needs a redirect"))


def _other_title(report: Report, book: Book) -> Iterator[tuple[int, str]]:
    for unit in report.reading.units:
        if unit.role == "title" and bare(unit.text) != bare(book.title("zh")):
            yield unit.lines[0], f"the text calls itself {unit.text}, the site {book.title('zh')}"


def _plan_contents(root: Path, report: Report, book: Book) -> None:
    """The home page's contents with the new pages; it says so where their titles are not ours or not translated."""
    for lang in LANGS:
        home = _path(root, lang, "index")
        if not home.exists():
            continue
        before = report.files.get(home) or home.read_text("utf-8")
        after = list_pages(before, [_row(section, book, lang) for section in report.sections])
        if lang == "zh":
            report.files[home] = with_key(after, "wording", "published") if after != before else after
        else:
            missing = any("\ntranslation: missing\n" in (report.files[_path(root, "en", section.name)] or "") for section in report.sections)
            report.files[home] = with_key(after, "translation", "partial" if missing else None)


def _row(section: Section, book: Book, lang: str) -> Row:
    inside = section.part is not None and section.part is not section.heading
    title = section.title if lang == "zh" else english_title(section)
    part = part_title(section) if inside else ""
    if part and lang == "en":
        part = book.languages["en"].get("nav_translations", {}).get(part) or english_part(section)
    return Row(section.name, title, part)


def _path(root: Path, lang: str, name: str) -> Path:
    return root / "docs" / lang / f"{name}.md"


def _plan_section(root: Path, report: Report, section: Section, pages: dict[str, dict[str, PageText]], context: Context) -> None:
    before = pages["zh"].get(section.name, PageText())
    chapter = render_chapter(section, before, context)
    twin = render_twin(section, chapter, pages["en"].get(section.name))
    report.files[_path(root, "zh", section.name)] = render_page_text(chapter)
    report.files[_path(root, "en", section.name)] = render_page_text(twin)
    line = section.heading.lines[0] if section.heading else 0
    stays = {block.id for block in chapter.counted}
    if gone := [block.id for block in before.counted if block.id not in stays]:
        report.warnings.append((line, f"{section.name}.md: no counterpart in the text for {', '.join(gone)}; its address is gone"))
    if section.heading and not section.units:
        report.warnings.append((line, f"heading without text: {section.title[:30]}"))


def _plan_settings(root: Path, report: Report, entries: list[dict[str, str]], renamed: dict[str, str]) -> None:
    settings, names = root / "mkdocs.yml", root / SECTIONS
    report.files[settings] = extend_settings(settings.read_text("utf-8"), report.sections, renamed)
    before = names.read_text("utf-8") if names.exists() else ""
    if after := render_names(before, report.sections, entries):
        report.files[names] = after


def _goes_on(section: Section, sections: Sequence[Section]) -> bool:
    """Whether the text goes on beyond this section, or at least ends its last sentence."""
    return section is not sections[-1] or not section.units or section.units[-1].role != "para (cut)"


def _renamed(sections: Sequence[Section], pages: dict[str, PageText]) -> dict[str, str]:
    """Pages that stand under an older name than sections.toml now gives them: old name → new name."""
    by_title = names_by_title(pages)
    used = {section.name for section in sections}
    old = {section.name: by_title.get(bare(section.title), "") for section in sections if section.heading and not section.known}
    return {before: name for name, before in old.items() if before and before not in used}


def _retitled(page: PageText, old: str, new: str) -> PageText:
    blocks = [Block(block.kind, block.source.replace(f"{{#{old}}}", f"{{#{new}}}"), new if block.id == old else block.id, block.level) for block in page.blocks]
    return PageText(page.front, blocks)
