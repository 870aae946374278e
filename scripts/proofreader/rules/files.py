"""Files: their names and bytes, whether they can be read at all, and what leads to them."""

import re
from posixpath import basename

from proofreader.project import Project
from proofreader.rule import Findings, Found, View, at, rule
from proofreader.source import Source

CONTROL = "\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f\ufffd"  # Esc stands in recordings
TURNING = "\u202a-\u202e\u2066-\u2069"
LEFT_TO_RIGHT, RIGHT_TO_LEFT = re.compile(f"[{CONTROL}{TURNING}]"), re.compile(f"[{CONTROL}]")
WRITTEN_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200c\u200e\u200f\u2060-\u2064\u206a-\u206f\ufe00-\ufe0e\ufeff]"
    "|(?<![\u2191-\U0010ffff])\u200d"  # which joins what an emoji is made of
)
MARKUP = re.compile(
    r"!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|\[\^[^\]]+\]"  # links, images, footnotes
    r"|</?[a-zA-Z][^>]*>|&#?\w+;"  # HTML
    r"|\*\*|__|`|(?<![\w*])\*(?=[^\s*])|\{[:#.][^}]*\}|https?://\S+"
)
CONFLICT = re.compile(r"^(?:<{7}|>{7}) .*", re.MULTILINE)
FIT = re.compile(r"[a-z0-9][a-z0-9/-]*|(?:.*/)?README")
IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
LONGEST = {"zh": 100, "en": 200}  # of a description, as search engines and previews cut it


@rule("X04", any="error", copy=True)
def characters_are_visible(view: View) -> Findings:
    """A page must hold no control characters, no U+FFFD, and no characters that turn the direction
    of its text."""
    left = WRITTEN_LEFT.search(view.source.text)
    return _held(view, RIGHT_TO_LEFT if left else LEFT_TO_RIGHT, "a page must hold no character")


@rule("T17")
def characters_can_be_seen(view: View) -> Findings:
    """A page must hold no invisible characters."""
    return _held(view, INVISIBLE, "a page must hold no invisible character")


def _held(view: View, pattern: re.Pattern, law: str) -> Findings:
    """The first such character of each line."""
    for number, line in enumerate(view.source.lines, 1):
        if found := pattern.search(line):
            name = f"U+{ord(found[0]):04X}"
            yield view.at(number, f"{law} {name}", "Delete it", found.start() + 1)


@rule("X07", any="error")
def file_can_be_read(project: Project) -> Findings:
    """Every file below docs_dir must be a regular file that can be read, and a page smaller than
    4 MB; links must lead to one."""
    for uri, fault in project.tree.faults:
        law = f"a file must be one that can be read: this {fault}"
        yield Found(project.path(uri), 1, law, "Mend, split or delete it")


@rule("X29")
def description_is_plain(view: View) -> Findings:
    """The description of a page must be plain text, and short: at most 100 Han characters or 200
    letters."""
    block, most = view.page.description, LONGEST.get(view.lang, LONGEST["en"])
    if block and (found := MARKUP.search(block.text)):
        law = f"the description must be plain text, without {found[0][:40]}"
        yield view.at(block, law, "It shows as it stands in search results: write words alone")
    if block and len(block.text) > most:
        law = f"the description must have at most {most} characters, not {len(block.text)}"
        yield view.at(block, law, "Search results and link previews cut it off: say less")


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
        image, made = uri.lower().endswith(IMAGES), uri.endswith((".css", ".js"))
        if image or (project.book and not made):  # the build sees to styles and scripts
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
