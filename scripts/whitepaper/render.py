"""Renders the pages with MkDocs, each once. No other module has MkDocs render anything.

MkDocs converts the Markdown as it would for itself, plugins and all, and stops there: templates are
filled in `site.frame`, from the page values that are made here.
"""

import logging
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from whitepaper.aside import side_by_side
from whitepaper.book import LANGS, Book, BookError
from whitepaper.content import Pages, rendered
from whitepaper.glossary import read_terms
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
    calls = ((_convert, book.root, _environment(book, lang), lang, wanted) for lang in LANGS)
    pages: Pages = {}
    for lang, (level, said, texts) in zip(LANGS, side_by_side(*calls), strict=True):
        if level >= logging.ERROR or (strict and said):
            raise BookError(f"MkDocs refuses the {lang} tree: {'; '.join(said)}")
        pages |= {(lang, name): rendered(sources[lang, name], texts[name]) for name in wanted}
    if names is None:
        add_uses(book.chapters, read_terms(book.root), pages)
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
    root: Path, environment: dict[str, str], lang: str, names: tuple[str, ...]
) -> tuple[int, list[str], dict[str, str]]:
    """The text of each page as HTML, and how grave what MkDocs says is, with what it says."""
    os.environ |= environment
    os.chdir(root)
    problems = _Problems(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(problems)
    texts = {}
    try:
        config, files = _gather(root)
        wanted = {f"{lang}/{name}.md": name for name in names}
        found = [file for file in files.documentation_pages() if file.src_uri in wanted]
        for file in found:
            texts[wanted[file.src_uri]] = _populate(file, config, files)
        for file in found:
            if file.page is not None:
                level = config.validation.links.anchors
                file.page.validate_anchor_links(files=files, log_level=level)
    except MkDocsException as error:
        problems.level_seen = logging.ERROR
        problems.lines = problems.lines or str(error).splitlines()
    missing = [
        f"docs/{lang}/{name}.md: MkDocs leaves it out" for name in names if name not in texts
    ]
    if missing and not problems.lines:
        problems.level_seen, problems.lines = logging.ERROR, missing
    return problems.level_seen, problems.lines, texts


def _gather(root: Path) -> tuple[MkDocsConfig, Files]:
    """Settings and files as MkDocs has them when it begins to read pages."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=os.devnull)
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


def _populate(file: File, config: MkDocsConfig, files: Files) -> str:
    """One page's Markdown as HTML, with what plugins do to either."""
    page, plugins = file.page or Page(None, file, config), config.plugins
    page = plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = plugins.on_page_markdown(
        page.markdown or "", page=page, config=config, files=files
    )
    page.render(config, files)
    page.content = plugins.on_page_content(
        page.content or "", page=page, config=config, files=files
    )
    return page.content


class _Problems(logging.Handler):
    """Keeps what is said at WARNING and above, each on one line."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.level_seen = 0
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.level_seen = max(self.level_seen, record.levelno)
        self.lines.append(" ".join(record.getMessage().split()))
