"""What stands under a page, as overrides/partials/apparatus.html shows it: its address as a code,
files for reference managers, what to take along.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import segno

from whitepaper.book import LANGS, TREES
from whitepaper.site.cite import record
from whitepaper.site.view import View

OFFLINE = "hard-tech-offline.zip"
VERSIONS = {
    "zh": ("中文版", "Chinese"),
    "en": ("英文版", "English"),
    "zh-en": ("中英对照", "Parallel"),
}
RECORDS = {"bib": "\n", "ris": ""}  # by suffix: what stands between two entries


class File(NamedTuple):
    """What a reader takes along; `size` is `` while it is not known."""

    kind: str
    path: str
    size: str


Downloads = list[tuple[tuple[str, str], list[File]]]  # (what it is, in both languages; its files)


@cache
def draw_qr(address: str) -> str:
    """The address as an inline SVG, dark on white in every scheme: cameras want it so."""
    # One mask for all: trying all eight takes three times as long and reads no better.
    code = segno.make(address, error="m", micro=False, mask=3)
    return code.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )


def record_path(view: View, suffix: str) -> str:
    return f"downloads/citations/{view.tree}/{view.name}.{suffix}"


def render_record(view: View, suffix: str) -> str:
    """The file for reference managers."""
    return RECORDS[suffix].join(citation.kept() for citation in record(view, suffix))


def downloads(view: View, stage: Path) -> Downloads:
    """What the exports made in `stage` for a reader of this page: of a chapter that and its book,
    of others all.
    """
    paths = {VERSIONS[tree]: [f"hard-tech-{tree}.pdf", f"hard-tech-{tree}.epub"] for tree in TREES}
    if view.is_chapter:
        whole = paths[VERSIONS[view.tree]]
        # No EPUB holds both languages.
        halves = {VERSIONS[lang]: paths[VERSIONS[lang]][1:] for lang in view.langs[1:] and LANGS}
        chapter = [f"chapters/{view.tree}/{view.name}.pdf"]
        paths = {("本章", "This chapter"): chapter, ("全文", "The whole paper"): whole} | halves
    made = [(name, [_file(stage, path) for path in files]) for name, files in paths.items()]
    made = [(name, [file for file in files if file.size]) for name, files in made]
    if any(files for _, files in made):
        made.append((("离线网站", "Offline site"), [_file(stage, OFFLINE)]))
    return [(name, files) for name, files in made if files]


def _file(stage: Path, name: str) -> File:
    path = f"downloads/{name}"
    made = stage / path
    size = render_size(made.stat().st_size) if made.exists() else ""
    return File(path.rpartition(".")[2].upper(), path, size)


def render_size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
