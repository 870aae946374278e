"""What stands under a page, as overrides/partials/apparatus.html shows it: its address as a code,
what to take along.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import segno

from whitepaper.book import LANGS, TREES
from whitepaper.site.view import View


class File(NamedTuple):
    """What a reader takes along; its size in bytes, 0 while it is not known."""

    kind: str
    path: str
    size: int


@cache
def draw_qr(address: str) -> str:
    """The address as an inline SVG, dark on white in every scheme: cameras want it so."""
    # One mask for all: trying all eight takes three times as long and reads no better.
    code = segno.make(address, error="m", micro=False, mask=3)
    return code.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )


def downloads(view: View, stage: Path) -> dict[str, list[File]]:
    """What the exports made in `stage` for a reader of this page: of a `chapter` that and the
    `whole`, of others all trees. overrides/partials/downloads.html names them.
    """

    def made(*names: str) -> list[File]:
        paths = (f"downloads/{name}" for name in names)
        return [
            File(path.rpartition(".")[2].upper(), path, (stage / path).stat().st_size)
            for path in paths
            if (stage / path).exists()
        ]

    offered = {tree: made(f"hard-tech-{tree}.pdf", f"hard-tech-{tree}.epub") for tree in TREES}
    if view.is_chapter:
        whole = offered[view.tree]
        # No EPUB holds both languages.
        halves = {lang: offered[lang][1:] for lang in LANGS if view.tree not in LANGS}
        chapter = made(f"chapters/{view.tree}/{view.name}.pdf")
        offered = {"chapter": chapter, "whole": whole} | halves
    if any(offered.values()):  # the copy is not there yet while the pages in it are made
        zipped = "hard-tech-offline.zip"
        offered["offline"] = made(zipped) or [File("ZIP", f"downloads/{zipped}", 0)]
    return {name: files for name, files in offered.items() if files}
