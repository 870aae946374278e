"""Published addresses stay, and keep their meaning; scripts/addresses records new ones."""

import argparse
import sys
from collections.abc import Iterator

import proofreader
from proofreader import CheckError, Found, Page, Project, rule
from whitepaper.addresses import (
    LIST,
    REDIRECTS,
    Loss,
    find_losses,
    is_listed,
    read_addresses,
    read_redirects,
    render_list,
)
from whitepaper.book import ROOT, BookError


@rule("X16")
def addresses_hold(project: Project) -> Iterator[Found]:
    """A published address must stay or be redirected, and must name the paragraph that it named."""
    root, pages = project.settings.root, project.pages.values()
    if not (root / LIST).exists() and not (root / REDIRECTS).exists():
        return
    try:
        redirects = read_redirects(root)
    except BookError:  # X35 says what is wrong with them
        return
    imported = frozenset(
        _address(page) for page in pages if page.meta.get("wording") == "published"
    )
    unread = {(page.lang, _address(page)) for page in pages if not page.renders}
    said: set[str] = set()
    for loss in find_losses(read_addresses(root), addresses_of(project), redirects, imported):
        whole = loss.address.partition("#")[0]
        fault = whole if loss.moved else loss.address
        if (loss.lang, whole) not in unread and fault not in said:
            said.add(fault)  # what both languages lost is one problem
            yield _place(project, loss)


@rule("X38", book="note")
def addresses_are_listed(project: Project) -> Iterator[Found]:
    """Every address of the book must be in the list of published ones before it is published."""
    published, found = read_addresses(project.settings.root), addresses_of(project)
    both = set.intersection(*map(set, found.values())) if published and found else set()
    new = [address for address in both - published.keys() if is_listed(address)]
    if new:
        told = f"{len(new)} are new, such as {min(new)}"
        law = f"the list must have every address of the book; {told}"
        yield Found(LIST, 1, law, "Run scripts/addresses")


def addresses_of(project: Project) -> dict[str, dict[str, str]]:
    """Every page and anchor by language, in the order of the nav, with the text of paragraphs."""
    return {
        lang: {
            address: text
            for page in project.nav_pages(lang)
            for address, text in _addresses_on(page).items()
        }
        for lang in project.settings.locales
    }


def _addresses_on(page: Page) -> dict[str, str]:
    texts, address = {block.id: block.text for block in page.blocks if block.id}, _address(page)
    return {address: ""} | {f"{address}#{anchor}": texts.get(anchor, "") for anchor in page.ids}


def _address(page: Page) -> str:
    name = page.name.removesuffix(".md")
    return "./" if name == "index" else f"{name}/"


def _place(project: Project, loss: Loss) -> Found:
    """The paragraph where the page has it, else the page, else the list."""
    whole, _, anchor = loss.address.partition("#")
    for page in project.pages.values():
        if page.lang == loss.lang and _address(page) == whole:
            lines = (block.line for block in page.blocks if anchor and block.id == anchor)
            return Found(page.path, next(lines, 1), loss.law, loss.hint)
    path = LIST if (project.settings.root / LIST).exists() else REDIRECTS
    return Found(path, 1, loss.law, loss.hint)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/addresses",
        description=f"Adds the book's new addresses to {LIST}, and names lost ones.",
    )
    told = "these still name the same paragraph in new words"
    parser.add_argument("--restated", nargs="+", default=[], metavar="ADDRESS", help=told)
    restated = frozenset(parser.parse_args().restated)
    try:
        before, found = read_addresses(ROOT), addresses_of(proofreader.read_project(ROOT))
        (ROOT / LIST).write_text(render_list(before, found, restated), "utf-8")
        losses = [one for one in proofreader.check_book(ROOT) if one.code == "X16"]
    except CheckError as error:
        print(f"addresses: {error}", file=sys.stderr)
        return 2
    print("".join(f"{line}\n" for line in proofreader.render_text(losses, ROOT)), end="")
    new = len(read_addresses(ROOT)) - len(before)
    print(f"addresses: {new} new, {len(losses)} lost", file=sys.stderr)
    return 1 if losses else 0
