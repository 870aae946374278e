"""Redirects that work on any static host and from disk: for a page that is gone, and for an anchor.

A page that is gone becomes a stub that leads on, with or without scripts. An anchor that moved
within its page is set beside its new place as well; one that moved to another page is a link at the
end of its old page, which shows when it is called up, and which docs/assets/moved.js follows by
itself.
"""

import base64
import hashlib
import html
import os
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from xml.etree.ElementTree import Element, SubElement

from whitepaper.addresses import REDIRECTS, read_redirects
from whitepaper.book import HTML_LANG, TREES, Book, BookError

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

Moved = dict[str, dict[str, str]]  # name of the old page → {its anchor, or `` for itself: address}
Link = Callable[[str, str], str]  # a link on a file of the site, as the output needs it


def read_moved(book: Book) -> Moved:
    """Every redirect of docs/data/redirects.toml, by the page that it begins at."""
    moved: Moved = defaultdict(dict)
    for old, new in read_redirects(book.root).items():
        page, _, anchor = old.partition("#")
        moved[page.rstrip("/").replace(".", "index") or "index"][anchor] = new
    return moved


def set_moved(content: Element, name: str, moved: dict[str, str], tree: str) -> None:
    """Sets the anchors that left the page `name` of a tree; BookError where one leads nowhere."""
    for anchor, new in moved.items():
        page, _, place = new.partition("#")
        if page != _address(name):
            link = {"class": "moved", "id": anchor, "href": _relative(new, name)}
            SubElement(content, "a", link).text = SAYS[tree]
            continue
        block = next((block for block in content.iter() if block.get("id") == place), None)
        if block is None:
            raise BookError(
                f"{REDIRECTS}: {page}#{anchor} leads to #{place}, which {tree}/{page} does not "
                "have. Name another"
            )
        mark = Element("a", {"class": "moved", "id": anchor})
        mark.tail, block.text = block.text, None
        block.insert(0, mark)


def render_stubs(book: Book, moved: Moved, link: Link) -> dict[str, str]:
    """A page in each tree for each page that is gone, by file."""
    gone = {name: places for name, places in moved.items() if name not in book.names}
    return {
        file: _stub(book, name, places, tree, partial(link, file))
        for name, places in gone.items()
        for tree in TREES
        for file in [f"{tree}/{name}/index.html"]
    }


def _stub(
    book: Book, name: str, moved: dict[str, str], tree: str, link: Callable[[str], str]
) -> str:
    """A page that leads on: at once with scripts, which keep the place too; else by its refresh."""
    if "" not in moved:
        raise BookError(
            f"{REDIRECTS}: {name}/ is gone, so it needs a redirect of its own beside those of its "
            f'anchors. Add `"{name}/" = "…"`'
        )
    digest = base64.b64encode(hashlib.sha256(FOLLOW.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{digest}'"
    target = html.escape(link(_relative(moved[""], name)))
    place = moved[""].partition("#")[0].removeprefix("./")
    canonical = html.escape(f"{book.site_url}{tree}/{place}")
    others = "".join(
        f'<a hidden data-from="#{html.escape(anchor)}" '
        f'href="{html.escape(link(_relative(new, name)))}"></a>'
        for anchor, new in moved.items()
        if anchor
    )
    return f"""<!doctype html>
<html lang="{HTML_LANG.get(tree, HTML_LANG["zh"])}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{SAYS[tree]}</title>
<link rel="canonical" href="{canonical}">
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
<p><a href="{target}">{SAYS[tree]}</a></p>{others}
<script>{FOLLOW}</script>
</html>
"""


def _address(name: str) -> str:
    return "./" if name == "index" else f"{name}/"


def _relative(new: str, name: str) -> str:
    """The address `new` as seen from the page `name` of the same tree: `../definition/#p3`."""
    target, _, anchor = new.partition("#")
    path = os.path.relpath(target, _address(name)).replace(os.sep, "/") + "/"
    return path + (f"#{anchor}" if anchor else "")
