"""Where links and published addresses lead once pages have other names, or are gone."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping

from manuscript.blocks import PageText
from manuscript.matching import Edition

LINK = re.compile(r"((?:(?<=\[)[^\[\]]*)?)\]\(([\w-]+)\.md(?:#([\w-]+))?(?=[)\s])")
LISTED = re.compile(r"^- \[[^\]]*\]\(([\w-]+)\.md#([\w-]+)\).*\n", re.MULTILINE)
PLACE = re.compile(r'^at = "([\w/-]+)\.md#([\w-]+)"', re.MULTILINE)  # of an entry of sources.toml
NOTE = re.compile(r'^note = "([\w-]+)"\n', re.MULTILINE)
NUMBER = re.compile(r"\d+(?:\.\d+)+")
Lead = Callable[[str, str], tuple[str, str]]  # page and anchor → where they are by now


def lead_in(edition: Edition, chapters: Mapping[str, PageText]) -> Lead:
    """`chapters`: as they are by now; what they no longer have leads to the page itself."""
    anchors = {name: _anchors(page) for name, page in chapters.items()}

    def lead(page: str, anchor: str) -> tuple[str, str]:
        now = edition.page_now(page)
        anchor = now if anchor == page else anchor
        gone = page in edition.retired or anchor not in anchors.get(now, {anchor})
        return now, "" if gone else anchor

    return lead


def rename_anchor(text: str, old: str, new: str) -> str:
    """A page with its first anchor, called as the page, and links to it, under its new name."""
    return re.sub(rf"(?<=\{{#){old}(?=[ }}])|(?<=\]\(#){old}(?=[)\s])", new, text)


def lead_links(
    text: str, lead: Lead, old: Mapping[str, PageText], chapters: Mapping[str, PageText]
) -> str:
    """A page with its links leading to where pages and anchors are by now; what a link calls by
    the number that its page had calls it by the one that it has. `old`: pages as they were.
    """

    def led(found: re.Match[str]) -> str:
        page, anchor = lead(found[2], found[3] or "")
        words = found[1]
        if page in old and page in chapters:
            had, has = (NUMBER.match(pages[page].title) for pages in (old, chapters))
            if had and has:
                words = re.sub(rf"(?<![\d.]){re.escape(had[0])}(?!\.?\d|%)", has[0], words)
        return f"{words}]({page}.md#{anchor}".rstrip("#")

    return LINK.sub(led, text)


def drop_listed(text: str, lead: Lead) -> str:
    """A page without the items of its lists that begin with a link to a place that is gone."""
    return LISTED.sub(lambda item: item[0] if lead(item[1], item[2])[1] else "", text)


def lead_sources(text: str, lead: Lead) -> str:
    """sources.toml with the places of its entries as they are by now; without an entry whose
    paragraph is gone, and without the name of a note that is.
    """
    kept, *entries = re.split(r"^(?=\[\[)", text, flags=re.MULTILINE)
    for entry in entries:
        note = NOTE.search(entry)
        for page, anchor in PLACE.findall(entry):
            now, place = lead(page, anchor)
            if note and not lead(page, f"fn-{note[1]}")[1]:
                entry = NOTE.sub("", entry)
            entry = PLACE.sub(f'at = "{now}.md#{place}"', entry) if place else ""
        kept += entry
    return kept


def render_redirects(
    before: str,
    known: Collection[str],
    published: Iterable[str],
    lead: Lead,
    chapters: Mapping[str, PageText],
) -> str:
    """redirects.toml with a line for each published address that is elsewhere now, or gone from
    its page; what led to such an address leads on, and what stands again needs no line.

    `known`: the addresses that it has a line for.
    """

    def led(address: str) -> str:
        name, _, anchor = address.partition("/#")
        page, anchor = lead(name.rstrip("/"), anchor)
        return f"{page}/#{anchor}".rstrip("#")

    there = {f"{name}/#{a}".rstrip("#") for name, page in chapters.items() for a in _anchors(page)}
    lines = []
    for line in before.splitlines():
        row = tomllib.loads(line)
        if not row.keys() & there:
            for new in row.values():
                line = re.sub(rf"(=\s*.){re.escape(new)}", rf"\g<1>{led(new)}", line)
            lines.append(line)
    moved = {old: led(old) for old in published if old not in known}
    lines += [f'"{old}" = "{new}"' for old, new in moved.items() if old != new]
    return "".join(f"{line}\n" for line in lines)


def _anchors(page: PageText) -> set[str]:
    """What its address may end in; `` stands for the page itself."""
    return {f"fn-{block.id}" if block.kind == "note" else block.id for block in page.blocks} | {""}
