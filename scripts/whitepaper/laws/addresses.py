"""Published addresses stay, and keep their meaning; scripts/addresses records new ones."""

import argparse
import sys
from collections.abc import Iterator

import proofreader
from proofreader import CheckError, Found, Page, Project, rule
from whitepaper.addresses import (
    LIST,
    REDIRECTS,
    find_losses,
    new_addresses,
    page_of,
    read_addresses,
    read_redirects,
    render_list,
)
from whitepaper.book import ROOT, BookError


@rule("X16")
def addresses_hold(project: Project) -> Iterator[Found]:
    """A published address must stay or be redirected, and must name the paragraph that it named."""
    root = project.settings.root
    try:
        published, redirects = read_addresses(root), read_redirects(root)
    except BookError:  # X35 says what is wrong with them
        return
    said: set[str] = set()
    for lang, texts in addresses_of(project).items():
        pages = {_address(page): page for page in project.pages.values() if page.lang == lang}
        for loss in find_losses(published, lang, texts, redirects):
            whole = page_of(loss.address)
            gone = whole not in texts and whole not in redirects  # and its anchors with it
            page, fault = pages.get(whole), whole if loss.moved or gone else loss.address
            imported = loss.moved and page and page.meta.get("wording") == "published"
            unread = page and not page.renders
            if fault not in said and not imported and not unread:
                said.add(fault)  # what both languages lost is one problem
                yield Found(*_place(page, loss.address, published), loss.law, loss.hint)


def _place(page: Page | None, address: str, published: object) -> tuple[str, int]:
    """The paragraph where the page has it, else the page, else the list."""
    if page is None:
        return LIST if published else REDIRECTS, 1
    anchor = address.partition("#")[2]
    lines = (block.line for block in page.blocks if anchor and block.id == anchor)
    return page.path, next(lines, 1)


@rule("X38", book="note")
def addresses_are_listed(project: Project) -> Iterator[Found]:
    """Every address of the book must be in the list of published ones before it is published."""
    published, found = read_addresses(project.settings.root), addresses_of(project)
    if new := new_addresses(published, found) if published and found else []:
        law = f"the list must have every address of the book; {len(new)} are new, such as {new[0]}"
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


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/addresses",
        description=f"Adds the book's new addresses to {LIST}, and names lost ones.",
    )
    told = "these still name the same paragraph in new words"
    parser.add_argument("--restated", nargs="+", default=[], metavar="ADDRESS", help=told)
    restated = parser.parse_args().restated
    try:
        before, found = read_addresses(ROOT), addresses_of(proofreader.read_project(ROOT))
        (ROOT / LIST).write_text(render_list(before, found, restated), "utf-8")
        losses = [one for one in proofreader.run_check(ROOT).problems if one.code == "X16"]
    except CheckError as error:
        print(f"addresses: {error}", file=sys.stderr)
        return 2
    print("".join(f"{line}\n" for line in proofreader.render_text(losses, ROOT)), end="")
    new = len(new_addresses(before, found))
    print(f"addresses: {new} new, {len(losses)} lost", file=sys.stderr)
    return 1 if losses else 0
