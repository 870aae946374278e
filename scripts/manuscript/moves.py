"""Where links and published addresses lead once pages have other names, or are gone."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable

from manuscript.blocks import Pages
from manuscript.matching import Edition

LINK = re.compile(
    r'((?:(?<=\[)[^\[\]]*)?\]\(|^at = ")([\w-]+)\.md(?:#([\w-]+))?(?=[)"\s])', re.MULTILINE
)  # of a page; or in sources.toml
LISTED = re.compile(r"^- \[[^\]]*\]\(([\w-]+)\.md#([\w-]+)\).*\n", re.MULTILINE)
ENTRY = re.compile(
    r'^\[\[\w+\]\]\n(?:(?!\[\[).*\n)*?at = "([\w-]+)\.md#([\w-]+)"\n(?:(?!\[\[).*\n)*', re.MULTILINE
)  # of sources.toml
TARGET = re.compile(r"(= *[\"'])([^\"']+)")  # of a line of redirects.toml
NUMBER = re.compile(r"\d+(?:\.\d+)+")
Lead = Callable[[str, str], tuple[str, str]]  # page and anchor → where they are by now


def lead_in(edition: Edition, chapters: Pages) -> Lead:
    """`chapters`: as they are by now; what they no longer have leads to the page itself."""
    there = _addresses_of(chapters)

    def lead(page: str, anchor: str) -> tuple[str, str]:
        now = edition.page_now(page)
        anchor = now if anchor == page else anchor
        gone = page in edition.retired or (now in chapters and f"{now}/#{anchor}" not in there)
        return now, "" if gone else anchor

    return lead


def rename_anchor(text: str, old: str, new: str) -> str:
    """A page with its first anchor, called as the page, and links to it, under its new name."""
    return re.sub(rf"(?<=\{{#){old}(?=[ }}])|(?<=\]\(#){old}(?=[)\s])", new, text)


def lead_links(text: str, lead: Lead, old: Pages, chapters: Pages) -> str:
    """A text with its links leading to where pages and anchors are by now; what a link calls by
    the number that its page had calls it by the one that it has. `old`: pages as they were.
    """

    def led(found: re.Match[str]) -> str:
        page, anchor = lead(found[2], found[3] or "")
        words = found[1]
        if page in old and page in chapters:
            had, has = (NUMBER.match(pages[page].title) for pages in (old, chapters))
            if had and has:
                words = re.sub(rf"(?<![\d.]){re.escape(had[0])}(?!\.?\d|%)", has[0], words)
        return f"{words}{page}.md#{anchor}".rstrip("#")

    return LINK.sub(led, text)


def drop_lost(text: str, lead: Lead) -> str:
    """A page without the items of its lists that begin with a link to a place that is gone;
    sources.toml without its entries for such.
    """
    for one in (LISTED, ENTRY):
        text = one.sub(lambda found: found[0] if lead(found[1], found[2])[1] else "", text)
    return text


def render_redirects(
    before: str, known: Collection[str], published: Iterable[str], lead: Lead, chapters: Pages
) -> str:
    """redirects.toml with a line for each published address that is elsewhere now, or gone from
    its page; what led to such an address leads on, and what stands again needs no line.

    `known`: the addresses that it has a line for.
    """

    def led(address: str) -> str:
        name, _, anchor = address.partition("/#")
        page, anchor = lead(name.rstrip("/"), anchor)
        return f"{page}/#{anchor}".rstrip("#")

    there = _addresses_of(chapters)
    lines = [
        TARGET.sub(lambda found: found[1] + led(found[2]), line)
        for line in before.splitlines()
        if not tomllib.loads(line).keys() & there
    ]
    lines += [
        f'"{old}" = "{led(old)}"' for old in published if old not in known and led(old) != old
    ]
    return "".join(f"{line}\n" for line in lines)


def _addresses_of(pages: Pages) -> set[str]:
    """Every address that they have, their own among them."""
    anchors = {
        f"{name}/#{'fn-' * (block.kind == 'note')}{block.id}"
        for name, page in pages.items()
        for block in page.blocks
    }
    return anchors | {f"{name}/" for name in pages}
