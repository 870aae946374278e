"""The files all pages share: one style sheet, one script, a few more on demand.

Named by their content.
"""

import hashlib
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from whitepaper.book import Book, BookError

FOLDER = "docs/assets"
# Not part of the one script.
ON_DEMAND = {"bubbles.js", "enlarge.js", "glossary.js", "lost.js", "search.js", "share.js"}
# Sheets beside the one of all: for pages of a kind, and for what scripts on demand show.
APART = ("cover", "parallel", "results", "later")
COMMON = "common.js"  # first in it; those on demand know its names too
PREVIEW = Path(__file__).parent.parent / "preview.js"


def address(name: str, data: bytes) -> str:
    """Where a shared file stands in the site: assets/<name>.<hash>.<suffix>."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"


def read_shared(book: Book, preview: bool = False) -> dict[str, bytes]:
    """What pages share, by its plain name: the sheet, the scripts, and whatever else lies in
    FOLDER.

    Raises BookError where mkdocs.yml names a style sheet that is not there, or leaves one out.
    """
    files = {path.name: path for path in sorted((book.root / FOLDER).glob("*"))}
    texts = read_styles(book) | {"site.js": read_scripts(files)}
    texts |= {name: jsmin(_read(files[name])) for name in ON_DEMAND}
    if preview:
        texts[PREVIEW.name] = _read(PREVIEW)
    others = {name: path for name, path in files.items() if path.suffix not in (".css", ".js")}
    return {name: text.encode() for name, text in texts.items()} | {
        name: path.read_bytes() for name, path in others.items()
    }


def read_styles(book: Book) -> dict[str, str]:
    """The style sheets of mkdocs.yml in their order: as one, `site.css`, but for those APART."""
    listed = book.config.get("extra_css") or []
    lying = {f"assets/{path.name}" for path in (book.root / FOLDER).glob("*.css")}
    if strays := sorted(lying.symmetric_difference(listed)):
        raise BookError(
            f"mkdocs.yml: extra_css must list the style sheets in {FOLDER}, "
            f"but not so {strays[0]}. Add it, or take it out"
        )
    sheets = {Path(name).stem: _read(book.root / "docs" / name) for name in listed}
    apart = {f"{name}.css": sheets.pop(name) for name in APART}
    joined = {"site.css": "\n".join(sheets.values())} | apart
    return {name: str(cssmin(sheet)) for name, sheet in joined.items()}


def read_scripts(files: dict[str, Path]) -> str:
    """All small behaviours as one strict script; each file keeps its names to itself, but for those
    that all share."""
    names = [name for name in files if name.endswith(".js") and name not in {COMMON, *ON_DEMAND}]
    blocks = "\n".join(f"{{\n{_read(files[name])}\n}}" for name in names)
    return str(jsmin(f'"use strict";\n{_read(files[COMMON])}\n{blocks}\n'))


def _read(path: Path) -> str:
    return path.read_text("utf-8")
