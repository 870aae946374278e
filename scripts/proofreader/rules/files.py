"""Files: their names and bytes, what they include, and whether they can be read at all."""

import re
from collections import Counter
from collections.abc import Iterator
from posixpath import basename

from proofreader.project import Project
from proofreader.rule import Found, View, rule
from proofreader.rules.figures import IMAGES
from proofreader.rules.links import local_links
from proofreader.source import Source
from proofreader.tree import MARKDOWN, text_files

LARGEST = 4_000_000  # bytes of a page; what is larger is no page of a book
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffd]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
MARKUP = re.compile(
    r"!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|\[\^[^\]]+\]|</?[a-zA-Z][^>]*>|&#?\w+;|\*\*|__|`|(?<![\w*])\*(?=[^\s*])|\{[:#.][^}]*\}|https?://\S+"
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)
ENDS = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
LONGEST = {"zh": 100, "en": 200}  # of a description, as search engines and previews cut it


@rule("X01")
def file_has_no_bom(view: View) -> Iterator[Found]:
    """A file must begin with its text, not with a byte order mark."""
    if view.raw.startswith(b"\xef\xbb\xbf"):
        yield view.at(
            1, "the file must not begin with a byte order mark", "Save it as UTF-8 without BOM"
        )


@rule("X02")
def lines_end_in_lf(view: View) -> Iterator[Found]:
    """Lines must end in LF alone."""
    if (at := view.raw.find(b"\r")) >= 0:
        line = view.raw.count(b"\n", 0, at) + 1
        yield view.at(line, "lines must end in LF, not CR or CRLF", "Save it with Unix line ends")


@rule("X03", any="error")
def file_is_utf8(view: View) -> Iterator[Found]:
    """A file must be UTF-8."""
    for note in view.page.notes:
        if note.kind == "bytes":
            yield view.at(
                note.line, f"the file must be UTF-8: byte {note.name} is not", "Save it as UTF-8"
            )


@rule("X04", any="error")
def characters_are_visible(view: View) -> Iterator[Found]:
    """A page must hold no control characters, no U+FFFD, and no characters that turn the direction
    of its text."""
    turned = not RIGHT_TO_LEFT.search(view.source.text)
    for number, line in enumerate(view.source.lines, 1):
        found = CONTROL.search(line) or (BIDI.search(line) if turned else None)
        if found and (found[0] != "\x1b" or not line.isascii()):
            message = f"a page must hold no character U+{ord(found[0]):04X}"
            yield view.at(number, message, "Delete it", found.start() + 1)


@rule("X05")
def no_tabs(view: View) -> Iterator[Found]:
    """A page must hold no tab characters."""
    for number, line in enumerate(view.source.unfenced.split("\n"), 1):
        if "\t" in line:
            message = "a page must hold no tab characters"
            yield view.at(number, message, "Write blanks", line.index("\t") + 1)


@rule("X06", any="error")
def include_exists(view: View) -> Iterator[Found]:
    """A file that a page includes must exist, inside the folders that may be included from."""
    laws = {"include-missing": "must exist", "include-outside": "must be inside its base_path"}
    for note in view.page.notes:
        if note.kind in laws and not note.name.startswith(("http:", "https:")):
            message = f"an included file {laws[note.kind]}: {note.name}"
            yield Found(
                note.file or view.page.path, note.line, message, "Mend the path, or add the file"
            )


@rule("X07", any="error", scope="site")
def file_can_be_read(project: Project) -> Iterator[Found]:
    """Every file below docs_dir must be a regular file that can be read; links must lead to one."""
    for uri, fault in project.tree.faults:
        message = f"a file must be one that can be read: this {fault}"
        yield Found(project.path(uri), 1, message, "Mend or delete it")


@rule("X09", any="error", scope="file")
def page_is_small(path: str, size: int) -> Iterator[Found]:
    """A page must be smaller than 4 MB."""
    if size > LARGEST:
        said = f"smaller than {LARGEST // 1_000_000} MB, not {size / 1_000_000:.1f}"
        yield Found(path, 1, f"the page must be {said}", "Split it, or move data out of it")


@rule("X10", any="error")
def page_renders(view: View) -> Iterator[Found]:
    """Markdown and its extensions must be able to render a page."""
    for note in view.page.notes:
        if note.kind == "crash":
            hint = note.hint or "Halve the page until it does, to find the place"
            yield view.at(note.line, f"the page must render: {note.name}", hint)


@rule("X28", any="error")
def front_matter_is_read(view: View) -> Iterator[Found]:
    """The front matter of a page must be valid YAML."""
    for note in view.page.notes:
        if note.kind == "front":
            hint = "Write key: value, one a line; put quotes round a value with special signs"
            yield view.at(note.line, f"the front matter must be valid YAML: {note.name}", hint)


@rule("X29")
def description_is_plain(view: View) -> Iterator[Found]:
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


@rule("X27", any="note", scope="site")
def abbreviation_is_used(project: Project) -> Iterator[Found]:
    """An abbreviation must be used on a page that it is defined for."""
    unused: Counter[tuple[str, int, str]] = Counter()
    sharing: Counter[str] = Counter()
    for page in project.pages.values():
        sharing.update({page.path, *(path for path, value in page.inputs.items() if value)})
        for note in page.notes:
            if note.kind == "abbr-unused":
                unused[note.file or page.path, note.line, note.name] += 1
    for (path, line, name), count in unused.items():
        shared = max(sharing[path], sharing[(project.settings.root / path).as_posix()])
        if count >= shared:
            message = f"the abbreviation {name} must be used"
            yield Found(path, line, message, "Take it out, or write it so in the text")


@rule("X30", any="error", scope="site")
def conflict_is_settled(project: Project) -> Iterator[Found]:
    """No file must hold the marks of a merge that was left half done."""
    pages = [project.tree.files[uri].path for uri in project.pages]
    for path in dict.fromkeys([*pages, *text_files(project.settings, project.tree)]):
        text = path.read_bytes()[:4_000_000].decode("utf-8", "replace").replace("\r\n", "\n")
        text = Source(text).unfenced if path.suffix == ".md" and ENDS.search(text) else text
        for found in CONFLICT.finditer(text) if ENDS.search(text) else ():
            line = text.count("\n", 0, found.start()) + 1
            message = f"a merge must be settled: {found[0][:40]}"
            yield Found(
                project.settings.shown(path), line, message, "Keep one side, and delete the marks"
            )


@rule("X31", any="note", book="note", scope="site")
def scratch_is_cleared(project: Project) -> Iterator[Found]:
    """What editors and merges leave behind must not lie among the pages; it is never published."""
    left = project.tree.scratch
    if left:
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        message = f"what was left behind must go: {basename(left[0])}{more}"
        yield Found(project.path(left[0]), 1, message, "Delete it")


@rule("X32", scope="site")
def name_is_fit(project: Project) -> Iterator[Found]:
    """The name of a page must be lowercase English words with hyphens: it is its address for
    ever."""
    for page in project.pages.values():
        name = page.name.removesuffix(".md")
        if not re.fullmatch(r"[a-z0-9][a-z0-9/-]*", name) and basename(name) not in (
            "README",
            "404",
        ):
            odd = re.sub(r"[a-z0-9/-]", "", name)[:1]
            message = (
                f"the name of a page must be lowercase English words with hyphens, without “{odd}”"
            )
            yield Found(
                page.path, 1, message, "Rename it in both languages, before it is published"
            )


@rule("X33", book="note", scope="site")
def file_is_used(project: Project) -> Iterator[Found]:
    """A file among the pages must be used by one of them, or by settings or styles: it is
    published."""
    used = {target.uri for tag in ("img", "a") for _, _, target in local_links(project, tag)}
    kinds = (*MARKDOWN, *IMAGES, ".css", ".js")  # F03 and the build see to these
    for uri in project.tree.files:
        if (
            not uri.lower().endswith(kinds)
            and uri not in used
            and basename(uri) not in project.mentions
        ):
            hint = "Link to it, or move it out of the folder"
            yield Found(project.path(uri), 1, "a file that is published must be used", hint)
