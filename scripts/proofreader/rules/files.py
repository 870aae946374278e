"""Files: their names and bytes, what they include, and whether they can be read at all."""

import re
from posixpath import basename

from proofreader.project import Project
from proofreader.rule import Findings, Found, View, rule
from proofreader.rules.figures import IMAGES
from proofreader.source import Source
from proofreader.tree import LARGEST, MARKDOWN

CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffd]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
MARKUP = re.compile(
    r"!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|\[\^[^\]]+\]"  # links, images, footnotes
    r"|</?[a-zA-Z][^>]*>|&#?\w+;"  # HTML
    r"|\*\*|__|`|(?<![\w*])\*(?=[^\s*])|\{[:#.][^}]*\}|https?://\S+"
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)
ENDS = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
FIT = re.compile(r"[a-z0-9][a-z0-9/-]*|(?:.*/)?README")
LONGEST = {"zh": 100, "en": 200}  # of a description, as search engines and previews cut it


@rule("X04", any="error")
def characters_are_visible(view: View) -> Findings:
    """A page must hold no control characters, no U+FFFD, and no characters that turn the direction
    of its text."""
    turned = not RIGHT_TO_LEFT.search(view.source.text)
    for number, line in enumerate(view.source.lines, 1):
        found = CONTROL.search(line) or (BIDI.search(line) if turned else None)
        if found and (found[0] != "\x1b" or not line.isascii()):
            message = f"a page must hold no character U+{ord(found[0]):04X}"
            yield view.at(number, message, "Delete it", found.start() + 1)


@rule("X05")
def no_tabs(view: View) -> Findings:
    """A page must hold no tab characters."""
    for number, line in enumerate(view.source.unfenced.split("\n"), 1):
        if "\t" in line:
            message = "a page must hold no tab characters"
            yield view.at(number, message, "Write blanks", line.index("\t") + 1)


@rule("X07", any="error")
def file_can_be_read(project: Project) -> Findings:
    """Every file below docs_dir must be a regular file that can be read; links must lead to one."""
    for uri, fault in project.tree.faults:
        message = f"a file must be one that can be read: this {fault}"
        yield Found(project.path(uri), 1, message, "Mend or delete it")


@rule("X09", any="error")
def page_is_small(project: Project) -> Findings:
    """A page must be smaller than 4 MB."""
    for file in project.tree.files.values():
        if file.is_page and file.size >= LARGEST:
            law = f"the page must be smaller than 4 MB, not {file.size / 1_000_000:.1f}"
            yield Found(project.path(file.uri), 1, law, "Split it, or move data out of it")


@rule("X29")
def description_is_plain(view: View) -> Findings:
    """The description of a page must be plain text, and short: at most 100 Han characters or 200
    letters."""
    block = view.page.description
    text, line = (block.text, block.line) if block else ("", 1)
    if found := MARKUP.search(text):
        hint = "It shows as it stands in search results and link previews: write words alone"
        yield view.at(line, f"the description must be plain text, without {found[0][:40]}", hint)
    most = LONGEST.get(view.lang, LONGEST["en"])
    if len(text) > most:
        message = f"the description must have at most {most} characters, not {len(text)}"
        yield view.at(line, message, "Search results and link previews cut it off: say less")


@rule("X30", any="error")
def conflict_is_settled(project: Project) -> Findings:
    """No file must hold the marks of a merge that was left half done."""
    for path, text in project.texts():
        text = Source(text).unfenced if path.suffix == ".md" and ENDS.search(text) else text
        for found in CONFLICT.finditer(text) if ENDS.search(text) else ():
            line = text.count("\n", 0, found.start()) + 1
            law = f"a merge must be settled: {found[0][:40]}"
            hint = "Keep one side, and delete the marks"
            yield Found(project.settings.shown(path), line, law, hint)


@rule("X31", any="note", book="note")
def scratch_is_cleared(project: Project) -> Findings:
    """What editors and merges leave behind must not lie among the pages; it is never published."""
    left = project.tree.scratch
    if left:
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        message = f"what was left behind must go: {basename(left[0])}{more}"
        yield Found(project.path(left[0]), 1, message, "Delete it")


@rule("X32")
def name_is_fit(project: Project) -> Findings:
    """The name of a page must be lowercase English words with hyphens: it is its address for
    ever."""
    for page in project.pages.values():
        name = page.name.removesuffix(".md")
        if not FIT.fullmatch(name):
            odd = re.sub(r"[a-z0-9/-]", "", name)[:1]
            law = (
                f"the name of a page must be lowercase English words with hyphens, without “{odd}”"
            )
            yield Found(page.path, 1, law, "Rename it in both languages, before it is published")


@rule("X33", book="note")
def file_is_used(project: Project) -> Findings:
    """A file among the pages must be used by one of them, or by settings or styles: it is
    published."""
    kinds = (*MARKDOWN, *IMAGES, ".css", ".js")  # F03 and the build see to these
    for uri in project.unused:
        if not uri.lower().endswith(kinds):
            hint = "Link to it, or move it out of the folder"
            yield Found(project.path(uri), 1, "a file that is published must be used", hint)
