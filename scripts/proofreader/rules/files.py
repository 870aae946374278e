"""Files: their names and bytes, whether they can be read at all, and what leads to them."""

import re
from posixpath import basename

from proofreader.project import Project
from proofreader.rule import Findings, Found, at, rule
from proofreader.source import Source

CONFLICT = re.compile(r"^(?:<{7}|>{7}) .*", re.MULTILINE)
FIT = re.compile(r"[a-z0-9][a-z0-9/-]*|(?:.*/)?README")
IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


@rule("X07", any="error")
def file_can_be_read(project: Project) -> Findings:
    """Every file below docs_dir must be a regular file that can be read, and a page smaller than
    4 MB; links must lead to one."""
    for uri, fault in project.tree.faults:
        law = f"a file must be one that can be read: this {fault}"
        yield Found(project.path(uri), 1, law, "Mend, split or delete it")


@rule("X30", any="error")
def conflict_is_settled(project: Project) -> Findings:
    """No file must hold the marks of a merge that was left half done."""
    for path, text in project.texts():
        shown = Source(text).unfenced if path.suffix == ".md" and CONFLICT.search(text) else text
        for found in CONFLICT.finditer(shown):
            line = text.count("\n", 0, found.start()) + 1
            law = f"a merge must be settled: {found[0][:40]}"
            hint = "Keep one side, and delete the marks"
            yield Found(project.settings.shown(path), line, law, hint)


@rule("X31", any="note", book="note")
def scratch_is_cleared(project: Project) -> Findings:
    """What editors and merges leave behind must not lie among the pages; it is never published."""
    left = project.tree.scratch
    for uri in left[:1]:
        law = f"what was left behind must go: {basename(uri)} (one of {len(left)})"
        yield Found(project.path(uri), 1, law, "Delete it")


@rule("X32")
def name_is_fit(project: Project) -> Findings:
    """The name of a page must be lowercase English words with hyphens: it is its address for
    ever."""
    for page in project.pages.values():
        name = page.name.removesuffix(".md")
        if not FIT.fullmatch(name):
            law = f"the name of a page must be lowercase English words with hyphens: {name}"
            yield at(page, 1, law, "Rename it in both languages, before it is published")


@rule("F03", any="note")
def file_is_used(project: Project) -> Findings:
    """Every image among the pages must be used by one of them, or by the settings or styles; in a
    book also every other file, which is a note: it is published."""
    for uri in project.unused:
        image, made = uri.lower().endswith(IMAGES), uri.endswith((".css", ".js", "robots.txt"))
        if image or (project.book and not made):  # the build or a host sees to others
            law = f"{'an image' if image else 'a file that is published'} must be used"
            hint = "Show it or link to it on a page, or take it out of the folder"
            yield Found(project.path(uri), 1, law, hint, level="" if image else "note")


@rule("X11", any="error")
def nav_target_exists(project: Project) -> Findings:
    """A page or file that the nav lists must exist."""
    for entry in project.nav.entries:
        langs = (entry.lang,) if entry.lang else project.settings.locales or ("",)
        found = any(project.in_nav(entry, lang) for lang in langs)
        if not found:  # what one language lacks, P01 tells
            law = f"the nav must list pages that exist: {entry.target}"
            yield Found(project.nav.file, entry.line, law, "Mend the path, or take it out")


@rule("X12", any="note")
def page_is_in_nav(project: Project) -> Findings:
    """Every page must be in the nav, or in not_in_nav."""
    nav, left_out = project.nav, project.settings.excluded("not_in_nav")
    langs = project.settings.locales or ("",)
    listed = {page.uri for lang in langs for page in project.nav_pages(lang)}
    for page in project.pages.values() if nav.entries else ():
        if page.uri not in listed and not left_out.match_file(page.uri):
            hint = f"List it in {nav.file}, or name it in not_in_nav"
            yield at(page, 1, "the page must be in the nav", hint)
