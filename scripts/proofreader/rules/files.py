"""Files: their bytes, what they include, and whether they can be read at all."""

import re
from collections.abc import Iterator

from proofreader.project import Project
from proofreader.rule import Found, View, rule

LARGEST = 4_000_000  # bytes of a page; what is larger is no page of a book
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffd]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
MARKUP = re.compile(
    r"!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|\[\^[^\]]+\]|</?[a-zA-Z][^>]*>|&#?\w+;|\*\*|__|`|(?<![\w*])\*(?=[^\s*])|\{[:#.][^}]*\}|https?://\S+"
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")


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
        yield view.at(
            view.raw.count(b"\n", 0, at) + 1,
            "lines must end in LF, not CR or CRLF",
            "Save it with Unix line ends",
        )


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
    """A page must hold no control characters, no U+FFFD, and no characters that turn the direction of its text."""
    turned = not RIGHT_TO_LEFT.search(view.source.text)
    for number, line in enumerate(view.source.lines, 1):
        found = CONTROL.search(line) or (BIDI.search(line) if turned else None)
        if found and (found[0] != "\x1b" or not line.isascii()):
            yield view.at(
                number,
                f"a page must hold no character U+{ord(found[0]):04X}",
                "Delete it",
                found.start() + 1,
            )


@rule("X05")
def no_tabs(view: View) -> Iterator[Found]:
    """A page must hold no tab characters."""
    for number, line in enumerate(view.source.unfenced.split("\n"), 1):
        if "\t" in line:
            yield view.at(
                number, "a page must hold no tab characters", "Write blanks", line.index("\t") + 1
            )


@rule("X06", any="error")
def include_exists(view: View) -> Iterator[Found]:
    """A file that a page includes must exist, inside the folders that may be included from."""
    for note in view.page.notes:
        if note.kind in ("include-missing", "include-outside") and not re.match(
            r"https?:", note.name
        ):
            what = (
                "must exist" if note.kind == "include-missing" else "must be inside its base_path"
            )
            yield Found(
                note.file or view.page.path,
                note.line,
                f"an included file {what}: {note.name}",
                "Mend the path, or add the file",
            )


@rule("X07", any="error", scope="site")
def file_can_be_read(project: Project) -> Iterator[Found]:
    """Every file below docs_dir must be a regular file that can be read; links must lead to one."""
    for uri, fault in project.tree.faults:
        yield Found(
            project.path(uri),
            1,
            f"a file must be one that can be read: this {fault}",
            "Mend or delete it",
        )


@rule("X09", any="error", scope="file")
def page_is_small(path: str, size: int) -> Iterator[Found]:
    """A page must be smaller than 4 MB."""
    if size > LARGEST:
        yield Found(
            path,
            1,
            f"the page must be smaller than {LARGEST // 1_000_000} MB, not {size / 1_000_000:.1f}",
            "Split it, or move data out of it",
        )


@rule("X10", any="error")
def page_renders(view: View) -> Iterator[Found]:
    """Markdown and its extensions must be able to render a page."""
    for note in view.page.notes:
        if note.kind == "crash":
            yield view.at(
                note.line,
                f"the page must render: {note.name}",
                note.hint or "Halve the page until it does, to find the place",
            )


@rule("X28", any="error")
def front_matter_is_read(view: View) -> Iterator[Found]:
    """The front matter of a page must be valid YAML."""
    for note in view.page.notes:
        if note.kind == "front":
            yield view.at(
                note.line,
                f"the front matter must be valid YAML: {note.name}",
                "Write key: value, one a line; put quotes round a value with special signs",
            )


@rule("X29")
def description_is_plain(view: View) -> Iterator[Found]:
    """The description of a page must be plain text."""
    if found := MARKUP.search(str(view.page.meta.get("description", ""))):
        yield view.at(
            view.page.description_line,
            f"the description must be plain text, without {found[0][:40]}",
            "It shows as it stands in search results and link previews: write words alone",
        )


@rule("X27", any="note", scope="site")
def abbreviation_is_used(project: Project) -> Iterator[Found]:
    """An abbreviation must be used on a page that it is defined for."""
    if any(page.is_template for page in project.pages.values()):
        return
    unused = [
        (note.file or page.path, note.line, note.name, page)
        for page in project.pages.values()
        for note in page.notes
        if note.kind == "abbr-unused"
    ]
    sharing: dict[str, int] = {}
    for page in project.pages.values():
        for path in {project.shown(path) for path, value in page.inputs.items() if value} | {
            page.path
        }:
            sharing[path] = sharing.get(path, 0) + 1
    counts: dict[tuple[str, int, str], int] = {}
    for path, line, name, _ in unused:
        counts[path, line, name] = counts.get((path, line, name), 0) + 1
    for (path, line, name), count in counts.items():
        if count >= sharing.get(path, 1):
            yield Found(
                path,
                line,
                f"the abbreviation {name} must be used",
                "Take it out, or write it so in the text",
            )
