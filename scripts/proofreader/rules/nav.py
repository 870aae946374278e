"""The nav against the pages."""

import re

from proofreader.nav import Entry
from proofreader.project import Project
from proofreader.rule import Findings, Found, rule

FILE = re.compile(r"\.\w+$")  # else a folder, whose pages a plugin lists


def _langs(project: Project, entry: Entry) -> tuple[str, ...]:
    return (entry.lang,) if entry.lang else project.settings.locales or ("",)


@rule("X11", any="error")
def nav_target_exists(project: Project) -> Findings:
    """A page or file that the nav lists must exist."""
    for entry in project.nav.entries:
        found = any(project.in_nav(entry, lang) for lang in _langs(project, entry))
        if not found and FILE.search(entry.target):  # what one language lacks, P01 tells
            law = f"the nav must list pages that exist: {entry.target}"
            yield Found(project.nav.file, entry.line, law, "Mend the path, or take it out")


@rule("X12", any="note")
def page_is_in_nav(project: Project) -> Findings:
    """Every page must be in the nav, or in not_in_nav."""
    nav, left_out = project.nav, project.settings.excluded("not_in_nav")
    langs = project.settings.locales or ("",)
    listed = {project.in_nav(entry, lang) for lang in langs for entry in nav.of(lang)}
    whole = nav.entries and all(FILE.search(entry.target) for entry in nav.entries)
    for page in project.pages.values() if whole else ():
        aside = left_out.match_file(page.uri) or "/posts/" in page.uri
        if page.uri not in listed and not aside:
            hint = f"List it in {nav.file}, or name it in not_in_nav"
            yield Found(page.path, 1, "the page must be in the nav", hint)


@rule("X14")
def nav_title_is_heading(project: Project) -> Findings:
    """A title in the nav must be the level-1 heading of its page."""
    for entry in project.nav.entries:
        for lang in _langs(project, entry):
            page = project.pages.get(project.in_nav(entry, lang))
            title = project.nav.title(entry, lang)
            if page and title and page.title and _bare(title) != _bare(page.title):
                law = f"the title in the nav must be that of {page.path}: {page.title}"
                yield Found(project.nav.file, entry.line, law, "Take the title out of the nav")
                break


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()
