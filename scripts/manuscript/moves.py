"""Where links and published addresses lead once pages have other names, or are gone."""

import re
from collections.abc import Callable, Iterable, Mapping

from manuscript.blocks import PageText
from manuscript.matching import Edition

LINK = re.compile(r"(?<=\]\()([\w-]+)\.md(?:#([\w-]+))?(?=[)\s])")
REDIRECT = re.compile(
    r"""^\s*(?P<q>["'])(?P<old>[^"']*)(?P=q)\s*=\s*(?P<r>["'])(?P<new>[^"']*)(?P=r)"""
)
DECIMAL = re.compile(r"\d+(?:\.\d+)+")
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


def lead_links(text: str, lead: Lead, numbers: Mapping[str, tuple[str, str]]) -> str:
    """A page with its links leading to where pages and anchors are by now; what a link calls by a
    page's number follows it. `numbers`: by page, its former number and the one it has now.
    """

    def led(found: re.Match[str]) -> str:
        page, anchor = lead(found[1], found[2] or "")
        return f"{page}.md#{anchor}".rstrip("#")

    text = LINK.sub(led, text)
    for page, (old, new) in numbers.items():
        called = rf"(?<=\[){re.escape(old)}(?![\d.])(?=[^\[\]]*\]\({page}\.md[#)])"
        text = re.sub(called, new, text)
    return text


def find_renumbered(
    old: Mapping[str, PageText], chapters: Mapping[str, PageText]
) -> dict[str, tuple[str, str]]:
    """Pages whose title has another number now, with both."""
    both = {
        name: (DECIMAL.match(old[name].title), DECIMAL.match(page.title))
        for name, page in chapters.items()
        if name in old
    }
    return {
        name: (one[0], two[0])
        for name, (one, two) in both.items()
        if one and two and one[0] != two[0]
    }


def render_redirects(
    before: str, published: Iterable[str], lead: Lead, chapters: Mapping[str, PageText]
) -> str:
    """redirects.toml with a line for each published address that is elsewhere now, or gone from
    its page; what led to such an address leads on, and what stands again needs no line.
    """

    def led(address: str) -> str:
        name, _, anchor = address.partition("/#")
        page, anchor = lead(name.rstrip("/"), anchor)
        return f"{page}/#{anchor}".rstrip("#")

    there = {f"{name}/#{a}".rstrip("#") for name, page in chapters.items() for a in _anchors(page)}
    lines, known = [], set()
    for line in before.splitlines():
        if found := REDIRECT.match(line):
            if found["old"] in there:
                continue
            known.add(found["old"])
            line = line[: found.start("new")] + led(found["new"]) + line[found.end("new") :]
        lines.append(line)
    moved = {address: led(address) for address in published if address not in known}
    lines += [f'"{old}" = "{new}"' for old, new in moved.items() if old != new]
    return "".join(f"{line}\n" for line in lines)


def _anchors(page: PageText) -> set[str]:
    """What its address may end in; `` stands for the page itself."""
    return {f"fn-{block.id}" if block.kind == "note" else block.id for block in page.blocks} | {""}
