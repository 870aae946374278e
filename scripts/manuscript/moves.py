"""Pages under the names that sections.toml now gives them: their files, their ids, the links to
them, and redirects from where they were published.
"""

import re
from collections.abc import Collection, Iterable, Mapping

from manuscript.blocks import PageText
from manuscript.characters import bare
from manuscript.draft import Draft, page_file
from manuscript.outline import Section
from manuscript.page_names import names_by_title
from whitepaper.addresses import REDIRECTS, read_addresses
from whitepaper.book import LANGS

REDIRECT = re.compile(
    r"""^\s*(?P<q>["'])(?P<old>[^"']*)(?P=q)\s*=\s*(?P<r>["'])(?P<new>[^"']*)(?P=r)"""
)


def find_renamed(sections: Iterable[Section], pages: Mapping[str, PageText]) -> dict[str, str]:
    """Pages that stand under an older name than sections.toml gives them: old name → new."""
    by_title, used = names_by_title(pages), {section.name for section in sections}
    old = {
        section.name: by_title.get(bare(section.title), "")
        for section in sections
        if section.heading and not section.known
    }
    return {before: name for name, before in old.items() if before and before not in used}


def move_page(draft: Draft, old: str, new: str, pages: Iterable[str]) -> str:
    """Moves a page in both languages, leads the links of all `pages` there, and its published
    addresses; says what it did.
    """
    for lang in LANGS:
        for name in pages:
            if text := draft[page_file(lang, name)]:
                text = re.sub(rf"\]\({re.escape(old)}\.md(?=[#)\s])", f"]({new}.md", text)
                draft[page_file(lang, name)] = re.sub(
                    rf"\]\({new}\.md#{re.escape(old)}(?=[)\s])", f"]({new}.md#{new}", text
                )
        if text := draft[page_file(lang, old)]:
            draft[page_file(lang, new)] = re.sub(
                rf"(\{{|\]\()#{re.escape(old)}(?=[}})])", rf"\1#{new}", text
            )
            draft[page_file(lang, old)] = None
    published = [
        address for address in read_addresses(draft.root) if address.partition("#")[0] == f"{old}/"
    ]
    if published or draft[REDIRECTS]:
        draft[REDIRECTS] = redirect(draft[REDIRECTS] or "", published, old, new)
    return f"{old} is now {new}" + (
        f": redirects lead on from its {len(published)} published addresses" if published else ""
    )


def redirect(redirects: str, published: Collection[str], old: str, new: str) -> str:
    """redirects.toml with a line for each published address of the page; what led to its old name
    leads to the new one, or is gone where it would lead to itself.
    """
    lines, known = [], set()
    for line in redirects.splitlines():
        if found := REDIRECT.match(line):
            known.add(found["old"])
            target = _moved(found["new"], old, new)
            if target == found["old"]:
                continue  # it would lead to itself
            line = line[: found.start("new")] + target + line[found.end("new") :]
        lines.append(line)
    lines += [
        f'"{address}" = "{_moved(address, old, new)}"'
        for address in published
        if address not in known
    ]
    return "".join(f"{line}\n" for line in lines)


def _moved(address: str, old: str, new: str) -> str:
    """The same place of the page under its new name, as far as it was on this page."""
    page, mark, anchor = address.partition("#")
    return f"{new}/{mark}{new if anchor == old else anchor}" if page == f"{old}/" else address


def retire_page(draft: Draft, old: str, heir: str, pages: Iterable[str]) -> str:
    """Takes a page away in both languages; links to it and its published addresses lead to its
    heir; says so.
    """
    for lang in LANGS:
        for name in pages:
            if name != old and (text := draft[page_file(lang, name)]):
                link = rf"\]\({re.escape(old)}\.md(?:#[\w-]+)?\)"
                draft[page_file(lang, name)] = re.sub(link, f"]({heir}.md)", text)
        draft[page_file(lang, old)] = None
    gone = [a for a in read_addresses(draft.root) if a.partition("#")[0] == f"{old}/"]
    redirect_to(draft, dict.fromkeys(gone, f"{heir}/"))
    return f"{old}.md: no longer in the text; it is gone, its addresses lead to {heir}/"


def redirect_lost(draft: Draft, pages: Mapping[str, PageText]) -> None:
    """A redirect to its page for each published anchor that a page no longer has."""
    lost = {}
    for address in read_addresses(draft.root):
        name, _, anchor = address.partition("/#")
        if name in pages and anchor and anchor not in _anchors(pages[name]):
            lost[address] = f"{name}/"
    redirect_to(draft, lost)


def _anchors(page: PageText) -> set[str]:
    return {f"fn-{block.id}" if block.kind == "note" else block.id for block in page.blocks}


def redirect_to(draft: Draft, targets: Mapping[str, str]) -> None:
    """redirects.toml with these, where it has none for an address yet."""
    before = draft[REDIRECTS] or ""
    known = {found["old"] for line in before.splitlines() if (found := REDIRECT.match(line))}
    new = [f'"{old}" = "{to}"\n' for old, to in targets.items() if old not in known]
    if new:
        draft[REDIRECTS] = before + "".join(new)
