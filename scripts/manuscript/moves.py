"""Where links and published addresses lead once pages have other names, or are gone."""

import re
from collections.abc import Iterable, Mapping

from manuscript.blocks import PageText
from manuscript.matching import Edition

LINK = re.compile(r"\]\((?P<page>[\w-]+)\.md(?:#(?P<anchor>[\w-]+))?(?=[)\s])")
OWN = r"(?<=\{{#){0}(?=[ }}])|(?<=\]\(#){0}(?=[)\s])"  # a page's first anchor, and links to it
REDIRECT = re.compile(
    r"""^\s*(?P<q>["'])(?P<old>[^"']*)(?P=q)\s*=\s*(?P<r>["'])(?P<new>[^"']*)(?P=r)"""
)


def lead_links(text: str, name: str, edition: Edition) -> str:
    """The page `name` with its links leading to where their pages are now, its own anchor too."""

    def led(found: re.Match[str]) -> str:
        page, anchor = _now(found["page"], found["anchor"] or "", edition)
        return f"]({page}.md{anchor and f'#{anchor}'}"

    if name in edition.renamed:
        text = re.sub(OWN.format(re.escape(name)), edition.renamed[name], text)
    return LINK.sub(led, text)


def _now(page: str, anchor: str, edition: Edition) -> tuple[str, str]:
    """Where an anchor of a page is by now."""
    now = edition.page_now(page)
    if page in edition.retired:
        return now, ""
    return now, now if anchor == page else anchor


def render_redirects(
    before: str, published: Iterable[str], edition: Edition, chapters: Mapping[str, PageText]
) -> str:
    """redirects.toml with a line for each published address that is elsewhere now, or gone from
    its page; what led to such an address leads on, and what stands again needs no line.
    """
    anchors = {f"{name}/": _anchors(page) for name, page in chapters.items()}

    def lead(address: str) -> str:
        page, _, anchor = address.partition("#")
        name, anchor = _now(page.rstrip("/"), anchor, edition)
        there = anchor in anchors.get(f"{name}/", {anchor})
        return f"{name}/#{anchor}" if anchor and there else f"{name}/"

    lines, known = [], set()
    for line in before.splitlines():
        if found := REDIRECT.match(line):
            page, _, anchor = found["old"].partition("#")
            if anchor in anchors.get(page, ()):
                continue
            known.add(found["old"])
            line = line[: found.start("new")] + lead(found["new"]) + line[found.end("new") :]
        lines.append(line)
    moved = {address: lead(address) for address in published if address not in known}
    lines += [f'"{old}" = "{new}"' for old, new in moved.items() if old != new]
    return "".join(f"{line}\n" for line in lines)


def _anchors(page: PageText) -> set[str]:
    """What its address may end in; `` stands for the page itself."""
    return {f"fn-{block.id}" if block.kind == "note" else block.id for block in page.blocks} | {""}
