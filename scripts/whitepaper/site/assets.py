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


def published_name(name: str, data: bytes) -> str:
    """<name>.<hash>.<suffix>: what a name has ever stood for, it stands for still."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"


def read_shared(book: Book, preview: bool = False) -> dict[str, bytes]:
    """What pages share, by its plain name: the sheet, the scripts, and whatever else lies in
    FOLDER.

    Raises BookError where mkdocs.yml names a style sheet that is not there, or leaves one out.
    """
    files = {path.name: path for path in sorted((book.root / FOLDER).glob("*"))}
    scripts = {name: files.pop(name).read_text("utf-8") for name in [*files] if name[-3:] == ".js"}
    texts = {name: join_scripts("", scripts.pop(name)) for name in ON_DEMAND}
    texts["site.js"] = join_scripts(scripts.pop(COMMON), *scripts.values())
    texts |= read_styles(book)
    if preview:
        texts[PREVIEW.name] = PREVIEW.read_text("utf-8")
    others = {name: path.read_bytes() for name, path in files.items() if path.suffix != ".css"}
    return others | {name: text.encode() for name, text in texts.items()}


def read_styles(book: Book) -> dict[str, str]:
    """The style sheets of mkdocs.yml in their order: as one, `site.css`, but for those APART."""
    listed = book.config.get("extra_css") or []
    lying = {f"assets/{path.name}" for path in (book.root / FOLDER).glob("*.css")}
    if strays := sorted(lying.symmetric_difference(listed)):
        raise BookError(
            f"mkdocs.yml: extra_css must list the style sheets in {FOLDER}, "
            f"but not so {strays[0]}. Add it, or take it out"
        )
    sheets = {name: (book.root / "docs" / name).read_text("utf-8") for name in listed}
    texts = {f"{name}.css": sheets.pop(f"assets/{name}.css") for name in APART}
    texts["site.css"] = "\n".join(sheets.values())
    return {name: str(cssmin(sheet)) for name, sheet in texts.items()}


def join_scripts(common: str, *scripts: str) -> str:
    """Strict scripts as one; each keeps its names to itself, but for those that all share."""
    blocks = [f"{{\n{script}\n}}" for script in scripts]
    return str(jsmin("\n".join(['"use strict";', common, *blocks])))
