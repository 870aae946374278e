"""The nav against the pages."""

import re
from collections.abc import Iterator

from proofreader.nav import Entry
from proofreader.project import Project
from proofreader.rule import Found, rule


def _settings(project: Project, entry: Entry, message: str, hint: str) -> Found:
    return Found(project.nav.file, entry.line, message, hint)


def _langs(project: Project, entry: Entry) -> tuple[str, ...]:
    return (entry.lang,) if entry.lang else project.settings.locales or ("",)


@rule("X11", any="error", scope="site")
def nav_target_exists(project: Project) -> Iterator[Found]:
    """A page or file that the nav lists must exist."""
    for entry in project.nav.entries:
        found = any(project.in_nav(entry, lang) for lang in _langs(project, entry))
        if not found and re.search(r"\.\w+$", entry.target):  # what one language lacks, P01 tells
            message = f"the nav must list pages that exist: {entry.target}"
            yield _settings(project, entry, message, "Mend the path, or take it out")


@rule("X12", any="note", scope="site")
def page_is_in_nav(project: Project) -> Iterator[Found]:
    """Every page must be in the nav, or in not_in_nav."""
    nav, left_out = project.nav, project.settings.excluded("not_in_nav")
    langs = project.settings.locales or ("",)
    listed = {project.in_nav(entry, lang) for lang in langs for entry in nav.of(lang)}
    folders = any(not re.search(r"\.\w+$", entry.target) for entry in nav.entries)
    for page in project.pages.values() if nav.entries and not folders else ():
        if (
            page.uri not in listed
            and not left_out.match_file(page.uri)
            and "/posts/" not in page.uri
        ):
            hint = f"List it in {nav.file}, or name it in not_in_nav"
            yield Found(page.path, 1, "the page must be in the nav", hint)


@rule("X13", any="note", scope="site")
def page_is_once_in_nav(project: Project) -> Iterator[Found]:
    """The nav must list a page once."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in project.nav.entries:
        first = seen.setdefault((entry.lang, entry.target), entry)
        if first is not entry:
            line = project.nav.line_of(entry.target, 1, entry.lang)
            message = f"the nav must list {entry.target} once"
            yield Found(project.nav.file, line, message, f"It stands already in line {first.line}")


@rule("X14", scope="site")
def nav_title_is_heading(project: Project) -> Iterator[Found]:
    """A title in the nav must be the level-1 heading of its page."""
    for entry in project.nav.entries:
        for lang in _langs(project, entry):
            page = project.pages.get(project.in_nav(entry, lang))
            title = project.nav.title(entry, lang)
            if page and title and page.title and _bare(title) != _bare(page.title):
                message = f"the title in the nav must be that of {page.path}: {page.title}"
                yield _settings(project, entry, message, "Take the title out of the nav")
                break


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


@rule("X15", any="note", scope="site")
def navs_agree(project: Project) -> Iterator[Found]:
    """The navs of two languages must list the same pages in the same order."""
    entries = project.nav.entries
    common = [entry.target for entry in entries if not entry.lang]
    for lang in dict.fromkeys(entry.lang for entry in entries if entry.lang):
        own = [entry for entry in entries if entry.lang == lang]
        other = common or [entry.target for entry in entries if entry.lang == entries[0].lang]
        strange = [entry for entry, target in zip(own, other) if entry.target != target]
        strange += own[-1:] if len(own) != len(other) else []
        for entry in strange[:1]:
            message = (
                f"the nav of {lang} must list the same pages in the same order: {entry.target}"
            )
            yield _settings(project, entry, message, "Bring the two into one order")
