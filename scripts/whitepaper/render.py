"""Renders the pages with MkDocs, once for each language. The only module, with `book`, that knows MkDocs."""
import logging
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from whitepaper.book import LANGS, Book, BookError
from whitepaper.editions import read_source

_FORK = "fork" if "fork" in multiprocessing.get_all_start_methods() else None  # no second start of Python where it can be had


def render_trees(book: Book, stage: Path) -> None:
    """Writes stage/zh and stage/en, side by side in two processes; raises BookError with MkDocs' own warnings."""
    day = str(int(read_source(book.root).date.timestamp()))  # the sitemap's date, never today's
    environments = [{"WP_LANG": lang, "SITE_URL": f"{book.site_url}{lang}/", "SOURCE_DATE_EPOCH": day} for lang in LANGS]
    with ProcessPoolExecutor(len(LANGS), multiprocessing.get_context(_FORK)) as pool:
        said = pool.map(_render, [book.root] * len(LANGS), environments, [stage / lang for lang in LANGS])
        problems = {lang: lines for lang, lines in zip(LANGS, said) if lines}
    for lang, lines in problems.items():
        raise BookError(f"MkDocs refuses the {lang} tree:\n  " + "\n  ".join(lines))


def _render(root: Path, environment: dict[str, str], out: Path) -> list[str]:
    """Runs in its own process, for MkDocs reads its settings from the environment and the current folder. Returns its problems."""
    os.environ |= environment | {"NO_MKDOCS_2_WARNING": "1"}
    os.chdir(root)
    problems = _Problems(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(problems)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(out), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        return problems.lines or str(error).splitlines()
    return []


class _Problems(logging.Handler):
    """Keeps what is said at WARNING and above."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
