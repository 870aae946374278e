"""Redirects that work on any static host and from disk: for a page that is gone, and for an anchor that is.

A page that is gone becomes a stub that leads on, with or without scripts. An anchor that moved within its
page is set beside its new place as well; one that moved to another page is a link at the end of its old
page, which shows when it is called up, and which docs/assets/moved.js follows by itself.
"""

import base64
import hashlib
import html
import os
import re
from collections import defaultdict
from pathlib import Path

from whitepaper.addresses import REDIRECTS, read_redirects
from whitepaper.book import HTML_LANG, TREES, Book, BookError
from whitepaper.content import END, page_path

SAYS = {
    "zh": "这一处已移至此页",
    "en": "This has moved here",
    "zh-en": "这一处已移至此页 · This has moved here",
}
FOLLOW = """const links = [...document.links];
const to = new URL((links.find((link) => link.dataset.from === location.hash) || links[0]).href);
to.hash ||= location.hash;
if (to.protocol === "file:" && to.pathname.endsWith("/")) to.pathname += "index.html";
location.replace(to);"""


def write_redirects(book: Book, stage: Path) -> None:
    """Writes every redirect of docs/data/redirects.toml into each tree; raises BookError where one leads nowhere."""
    for page, moved in _by_page(read_redirects(book.root)).items():
        name = page.rstrip("/").replace(".", "index") or "index"
        for tree in TREES:
            path = page_path(stage, tree, name)
            if path.exists():
                path.write_text(_with_anchors(path.read_text("utf-8"), page, moved, tree), "utf-8")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(_stub(book, page, moved, tree), "utf-8")


def _by_page(redirects: dict[str, str]) -> dict[str, dict[str, str]]:
    """Old page → {its old anchor, or `` for itself: new address}."""
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    for old, new in redirects.items():
        page, _, anchor = old.partition("#")
        pages[page][anchor] = new
    return pages


def _with_anchors(text: str, page: str, moved: dict[str, str], tree: str) -> str:
    for anchor, new in moved.items():
        target, _, place = new.partition("#")
        if target != page:
            link = f'<a class="moved" id="{html.escape(anchor)}" href="{_relative(new, page)}">{SAYS[tree]}</a>'
            text = text.replace(END, link + END)
            continue
        opening = re.search(rf'<[^<>]* id="?{re.escape(place)}"?[\s>][^<>]*>?', text)
        if not opening:
            raise BookError(
                f"{REDIRECTS}: {page}#{anchor} leads to #{place}, which {tree}/{page} does not have. Name another"
            )
        text = f'{text[: opening.end()]}<a class="moved" id="{html.escape(anchor)}"></a>{text[opening.end() :]}'
    return text


def _stub(book: Book, page: str, moved: dict[str, str], tree: str) -> str:
    """A page that leads on: at once with scripts, which keep the place too; else by its refresh; else by its link."""
    if "" not in moved:
        raise BookError(
            f'{REDIRECTS}: {page} is gone, so it needs a redirect of its own beside those of its anchors. Add `"{page}" = "…"`'
        )
    integrity = base64.b64encode(hashlib.sha256(FOLLOW.encode()).digest()).decode()
    target = _relative(moved[""], page)
    place = moved[""].partition("#")[0].removeprefix("./")
    canonical = f"{book.site_url}{tree}/{place}"
    others = "".join(
        f'<a hidden data-from="#{html.escape(anchor)}" href="{_relative(new, page)}"></a>'
        for anchor, new in moved.items()
        if anchor
    )
    return f"""<!doctype html>
<html lang="{HTML_LANG.get(tree, HTML_LANG["zh"])}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{integrity}'">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{SAYS[tree]}</title>
<link rel="canonical" href="{html.escape(canonical)}">
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
<p><a href="{target}">{SAYS[tree]}</a></p>{others}
<script>{FOLLOW}</script>
</html>
"""


def _relative(new: str, page: str) -> str:
    """The address `new` as seen from `page` of the same tree: `../definition/#p3`."""
    target, _, anchor = new.partition("#")
    path = os.path.relpath(target, page).replace(os.sep, "/") + "/"
    return html.escape(path + (f"#{anchor}" if anchor else ""))
