"""Redirects that work on any static host and from disk: for a page that is gone, and for an anchor.

A page that is gone becomes a stub (overrides/moved.html) that leads on, with or without scripts. An
anchor that moved within its page is set beside its new place as well; one that moved to another
page is a link at the end of its old page, which shows when it is called up, and which
docs/assets/address.js follows by itself.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from whitepaper.addresses import REDIRECTS, read_redirects
from whitepaper.book import TREES, Book, BookError
from whitepaper.content import Rendered
from whitepaper.site.view import View

Moved = dict[str, dict[str, str]]  # name of the old page → {its anchor, or `` for itself: address}


def read_moved(book: Book) -> Moved:
    """Every redirect of docs/data/redirects.toml, by the page that it begins at.

    Raises BookError where a page that is gone leads nowhere itself.
    """
    moved: Moved = defaultdict(dict)
    for old, new in read_redirects(book.root).items():
        page, _, anchor = old.partition("#")
        moved[page.rstrip("/").replace(".", "index") or "index"][anchor] = new
    for name, places in moved.items():
        if name not in book.names and "" not in places:
            raise BookError(
                f"{REDIRECTS}: {name}/ is gone, so it needs a redirect of its own beside those of "
                f'its anchors. Add `"{name}/" = "…"`'
            )
    return moved


def set_moved(content: Element, view: View, moved: dict[str, str]) -> None:
    """Sets the anchors that left the page."""
    for anchor, new in moved.items():
        page, _, place = new.partition("#")
        mark = Element("a", {"class": "moved", "id": anchor})
        if page != (view.pages["zh"].url or "./"):
            mark.set("href", view.within(new))
            mark.text = view.say("这个地址现在通往此处", "This address now leads here")
            content.append(mark)
            continue
        for block in content.iter() if place else content.iter("h1"):
            if not place or block.get("id") == place:
                mark.tail, block.text = block.text, None
                block.insert(0, mark)
                break


def gone_pages(view: View, moved: Moved) -> Iterator[View]:
    """The pages that are gone, in each tree; `view` is any page of the book."""
    for name in moved.keys() - set(view.book.names):
        page = Rendered("", name, Path(), tree=Element("div"))
        for tree in TREES:
            yield replace(view, tree=tree, name=name, pages=dict.fromkeys(view.pages, page))
