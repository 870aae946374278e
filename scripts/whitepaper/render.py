"""Renders the pages with MkDocs, each once. No other module has MkDocs render anything.

MkDocs converts the Markdown as it would for itself, plugins and all, and stops there: templates are
filled in `site.frame`, from the page values that are made here.
"""

import logging
import os
import sys
from collections.abc import Iterable
from functools import cache
from logging.handlers import BufferingHandler
from pathlib import Path

from mkdocs.commands.build import _populate_page  # of the last release of its line
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from whitepaper.aside import side_by_side
from whitepaper.book import LANGS, Book, BookError
from whitepaper.content import Pages, rendered
from whitepaper.glossary import GLOSSARY, read_glossary
from whitepaper.uses import add_uses


def render_pages(book: Book, strict: bool = True, names: Iterable[str] | None = None) -> Pages:
    """The pages of both languages (only `names`, if given), rendered in a process for each
    language.

    Raises BookError where a page is missing, with MkDocs' errors, and if `strict` with its
    warnings.
    """
    wanted = tuple(book.names if names is None else names)
    sources = {(lang, name): book.page(lang, name) for lang in LANGS for name in wanted}
    load_config(str(book.root / "mkdocs.yml"), site_dir=os.devnull)  # what it imports, forks have
    calls = (
        (_convert, book.root, _environment(book, lang), lang, wanted, strict) for lang in LANGS
    )
    texts = [text for of_language in side_by_side(*calls) for text in of_language]
    pages = {key: rendered(page, text) for (key, page), text in zip(sources.items(), texts)}
    if names is None:
        parts = {name: book.section(name, "zh") for name in book.chapters}
        add_uses(parts, read_glossary(book.root / GLOSSARY), pages)
    return pages


def _environment(book: Book, lang: str) -> dict[str, str]:
    """What mkdocs.yml reads."""
    return {
        "WP_LANG": lang,
        "SITE_URL": f"{book.site_url}{lang}/",
        "WP_WORDING": book.wording(),
        "THEME_SEARCH": "false",
        "NO_MKDOCS_2_WARNING": "1",
    }


# These run in processes of their own, for MkDocs reads the environment and the current folder.


def _convert(
    root: Path, environment: dict[str, str], lang: str, names: tuple[str, ...], strict: bool
) -> list[str]:
    """The text of each page as HTML; raises BookError with what MkDocs says against them."""
    os.environ |= environment
    os.chdir(root)
    said = BufferingHandler(sys.maxsize)
    said.setLevel(logging.WARNING if strict else logging.ERROR)
    logging.getLogger("mkdocs").addHandler(said)
    lines: list[str] = []
    texts: dict[str, str | None] = {}
    try:
        config, files = _gather(root)
        wanted = {f"{lang}/{name}.md" for name in names}
        found = [file for file in files.documentation_pages() if file.src_uri in wanted]
        pages = [file.page or Page(None, file, config) for file in found]
        for page in pages:
            _populate_page(page, config, files)
            texts[page.file.src_uri] = page.content
        for page in pages:
            page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        missing = sorted(wanted - texts.keys())
        lines += [f"docs/{uri}: MkDocs leaves it out" for uri in missing]
    except MkDocsException as error:
        lines += [str(error)]
    if lines := [*(record.getMessage() for record in said.buffer), *lines]:
        told = "; ".join(" ".join(line.split()) for line in lines)
        raise BookError(f"MkDocs refuses the {lang} tree: {told}")
    return [texts[f"{lang}/{name}.md"] or "" for name in names]


def _gather(root: Path) -> tuple[MkDocsConfig, Files]:
    """Settings and files as MkDocs has them when it begins to read pages."""
    # Whatever it says, our addresses are folders.
    config = load_config(str(root / "mkdocs.yml"), site_dir=os.devnull, use_directory_urls=True)
    plugins = config.plugins
    plugins.on_startup(command="build", dirty=False)
    config = plugins.on_config(config)
    plugins.on_pre_build(config=config)
    files = plugins.on_files(get_files(config), config=config)
    set_exclusions(files, config)
    plugins.on_nav(get_navigation(files, config), config=config, files=files)
    # The same pages are linked to again and again, and finding one takes the plugin long.
    files.get_file_from_path = cache(files.get_file_from_path)  # type: ignore[method-assign]
    return config, files
