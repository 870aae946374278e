"""The files of a project: what stands below docs_dir, in which language, and what else a report
depends on."""

import os
import posixpath
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pathspec import GitIgnoreSpec

from proofreader.settings import Settings

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
TEXTS = {*MARKDOWN} | set(
    ".html .css .js .yml .yaml .json .toml .xml .svg .txt .tsv .webmanifest .cff".split()
)
LARGEST = 4_000_000  # bytes of a page; what is larger is no page of a book
SCRATCH = GitIgnoreSpec.from_lines(
    "*.bak *.orig *.rej *.swp *.swo *.tmp *~ ~$* *.old .#* #*# Thumbs.db desktop.ini *_BACKUP_*"
    " *_BASE_* *_LOCAL_* *_REMOTE_*".split()
)


class File(NamedTuple):
    uri: str  # relative to docs_dir, with /
    path: Path
    lang: str  # `` for what all languages share
    name: str  # uri without the language

    @property
    def is_page(self) -> bool:
        return self.uri.endswith(MARKDOWN)


@dataclass(frozen=True)
class Tree:
    """The files of docs_dir, what is wrong with some of them: (uri, what), and what editors left
    behind."""

    files: dict[str, File]
    faults: tuple[tuple[str, str], ...]
    scratch: tuple[str, ...]


def read_tree(settings: Settings) -> Tree:
    """Follows links as MkDocs does, but never in a circle; reads no file."""
    hidden = [settings.excluded(key) for key in ("exclude_docs", "draft_docs")]
    files: dict[str, File] = {}
    faults, scratch = [], []
    for uri, path, fault in _walk(settings.docs, "", ()):
        if SCRATCH.match_file(uri) and not fault:
            scratch.append(uri)
        elif any(spec.match_file(uri) for spec in hidden):
            continue
        elif fault:
            faults.append((uri, fault))
        else:
            files[uri] = File(uri, path, *split_lang(settings, uri))
    for uri in [uri for uri in files if posixpath.basename(uri) == "README.md"]:
        if posixpath.join(posixpath.dirname(uri), "index.md") in files:  # MkDocs leaves it out too
            del files[uri]
    return Tree(files, tuple(faults), tuple(scratch))


def _walk(folder: Path, prefix: str, above: tuple[Path, ...]) -> Iterator[tuple[str, Path, str]]:
    """Each file: its uri, its path, and why it cannot be read, or nothing."""
    try:
        here, paths = folder.resolve(), sorted(folder.iterdir())
        fault = "leads back to where it stands" if here in above or len(above) > 60 else ""
    except OSError as error:
        fault = f"cannot be read ({error.strerror})"
    if fault:
        yield prefix.rstrip("/"), folder, fault
        return
    for path in paths:
        uri = prefix + path.name
        if path.is_dir():
            yield from _walk(path, uri + "/", (*above, here))
        else:
            yield uri, path, _fault(path)


def _fault(path: Path) -> str:
    try:
        info = path.stat()
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if not stat.S_ISREG(info.st_mode):
        return "is no regular file"
    if path.name.endswith(MARKDOWN) and info.st_size >= LARGEST:
        return "is a page of more than 4 MB"
    return "" if os.access(path, os.R_OK) else "cannot be read (Permission denied)"


def split_lang(settings: Settings, uri: str) -> tuple[str, str]:
    """The language of a file and its name without it."""
    if settings.structure == "folder":
        first, _, rest = uri.partition("/")
        return (first, rest) if rest and first in settings.locales else ("", uri)
    if settings.structure == "suffix":
        stem, extension = posixpath.splitext(uri)
        head, _, code = stem.rpartition(".")
        if head and code in settings.locales:
            return code, head + extension
        return (settings.locales[0] if extension in MARKDOWN else ""), uri
    return "", uri


def text_files(settings: Settings, tree: Tree) -> Iterator[Path]:
    """What a report may depend on: pages, settings, data, templates, styles, drawings, change
    log."""
    found = {settings.file, *settings.root.glob("*.md"), *settings.root.glob("*.toml")}
    found |= {file.path for file in tree.files.values()}
    custom = settings.root / str(settings.get("theme", "custom_dir"))
    found |= {*custom.rglob("*"), *(settings.docs / "data").rglob("*")}
    for path in sorted(found):  # a picture or a pipe has no lines
        if path.suffix in TEXTS and path.is_file() and os.access(path, os.R_OK):
            yield path
