"""Published addresses stay, and keep their meaning."""

from collections.abc import Iterator

from proofreader import Found, Page, Project, rule
from whitepaper.addresses import LIST, REDIRECTS, find_losses, read_addresses, read_redirects
from whitepaper.book import BookError


@rule("X16", scope="site")
def addresses_hold(project: Project) -> Iterator[Found]:
    """A published address must stay or be redirected, and must name the paragraph that it named."""
    root = project.settings.root
    if not (root / LIST).exists() and not (root / REDIRECTS).exists():
        return
    published, found = read_addresses(root), addresses_of(project)
    try:
        redirects = read_redirects(root)
    except BookError:  # X35 says what is wrong with them
        return
    imported = frozenset(
        _name(page) for page in project.pages.values() if page.meta.get("wording") == "published"
    )
    unread = {(page.lang, _address(page)) for page in project.pages.values() if not page.renders}
    said: set[str] = set()
    for loss in find_losses(published, found, redirects, imported):
        if (loss.lang, loss.address.partition("#")[0]) in unread:
            continue
        moved = " must name " in loss.message
        fault = (
            loss.address.partition("#")[0] if moved else loss.address
        )  # what follows a moved paragraph has moved with it
        if fault not in said:  # what both languages lost is one problem
            said.add(fault)
            yield _place(project, loss.lang, loss.address, loss.message, loss.hint)


def addresses_of(project: Project) -> dict[str, dict[str, str]]:
    """Every page and anchor by language, with the text of paragraphs."""
    found: dict[str, dict[str, str]] = {lang: {} for lang in project.settings.locales}
    for page in project.pages.values():
        if page.lang in found:
            texts = {block.id: block.text for block in page.blocks if block.id}
            address = _address(page)
            found[page.lang] |= {
                address: "",
                **{f"{address}#{anchor}": texts.get(anchor, "") for anchor in page.ids},
            }
    return found


def _name(page: Page) -> str:
    return page.name.removesuffix(".md")


def _address(page: Page) -> str:
    return "./" if page.name == "index.md" else f"{_name(page)}/"


def _place(project: Project, lang: str, address: str, message: str, hint: str) -> Found:
    """The paragraph where the page has it, else the page, else the list."""
    whole, _, anchor = address.partition("#")
    page = next(
        (page for page in project.pages.values() if page.lang == lang and _address(page) == whole),
        None,
    )
    if page is None:
        return Found(
            LIST if (project.settings.root / LIST).exists() else REDIRECTS, 1, message, hint
        )
    block = next((block for block in page.blocks if anchor and block.id == anchor), None)
    return Found(page.path, block.line if block else 1, message, hint)
