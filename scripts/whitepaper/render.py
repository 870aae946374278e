"""Renders the pages with MkDocs, once for each language. The only module, with `book`, that knows MkDocs."""

import logging
import os
from pathlib import Path

from jinja2.exceptions import TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page

from whitepaper.aside import Aside, side_by_side
from whitepaper.book import LANGS, Book, BookError
from whitepaper.content import BEGIN, END, page_path
from whitepaper.editions import read_source


def render_trees(book: Book, stage: Path, strict: bool = True) -> None:
    """Writes stage/zh and stage/en, side by side in two processes; raises BookError where a page is missing, and with MkDocs' own warnings, or only on errors."""
    for lang in LANGS:
        book.pages(lang)  # MkDocs passes over one that is not there
    refused = side_by_side(
        *((_render, book.root, _environment(book, lang), stage / lang, strict) for lang in LANGS)
    )
    for lang, lines in zip(LANGS, refused, strict=True):
        if lines:
            raise BookError(
                f"MkDocs refuses the {lang} tree: "
                + "; ".join(" ".join(line.split()) for line in lines)
            )


def render_page(book: Book, rendered: Path, lang: str, name: str) -> None:
    """Puts the text of one page, as it now is, into `rendered`, which holds the trees as they were."""
    page = page_path(rendered, lang, name)
    before, begin, rest = page.read_text("utf-8").partition(BEGIN)
    content = Aside(_convert, book.root, _environment(book, lang), f"{lang}/{name}.md").result()
    page.write_text(before + begin + content + END + rest.partition(END)[2], "utf-8")


def _environment(book: Book, lang: str) -> dict[str, str]:
    """What mkdocs.yml and MkDocs read from it. The day is the sitemap's: never today's."""
    day = str(int(read_source(book.root).date.timestamp()))
    return {
        "WP_LANG": lang,
        "SITE_URL": f"{book.site_url}{lang}/",
        "SOURCE_DATE_EPOCH": day,
        "WP_WORDING": book.wording(),
        "NO_MKDOCS_2_WARNING": "1",
    }


# These run in processes of their own, for MkDocs reads the environment and the current folder.


def _render(root: Path, environment: dict[str, str], out: Path, strict: bool) -> list[str]:
    """Builds one tree and returns what MkDocs refuses."""
    problems = _Problems(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(problems)
    try:
        config = _load(root, environment, site_dir=str(out), strict=strict)
        build(config)
        config.plugins.on_shutdown()
    except TemplateSyntaxError as error:
        return [f"{error.filename}:{error.lineno}: {error.message}"]
    except (MkDocsException, TemplateError) as error:
        return problems.lines or str(error).splitlines()
    return []


def _convert(root: Path, environment: dict[str, str], uri: str) -> str:
    """One page's Markdown as MkDocs makes it HTML, without the other pages and the template."""
    config = _load(root, environment, site_dir=os.devnull)
    config = config.plugins.on_config(config)
    files = config.plugins.on_files(get_files(config), config=config)
    file = files.get_file_from_path(uri)
    if file is None:
        raise BookError(f"docs/{uri}: no such page. Write it, or take it out of nav in mkdocs.yml")
    page = Page(None, file, config)
    page.read_source(config)
    page.render(config, files)
    return page.content


def _load(root: Path, environment: dict[str, str], **settings) -> MkDocsConfig:
    os.environ |= environment
    os.chdir(root)
    config = load_config(str(root / "mkdocs.yml"), **settings)
    config.plugins.on_startup(command="build", dirty=False)
    return config


class _Problems(logging.Handler):
    """Keeps what is said at WARNING and above."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
