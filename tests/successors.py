"""The same pages from other generators: ProperDocs, MkDocs' living fork, and Zensical, which
follows the theme.

Each function stands in for `render.render_pages`: to switch, import it under that name in build.py.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from whitepaper.book import LANGS, Book, BookError
from whitepaper.content import Pages, page_path, rendered
from whitepaper.glossary import GLOSSARY, read_glossary
from whitepaper.uses import add_uses

BARE = "{{ page.content }}"  # a template that leaves of a page what we need


def render_with_properdocs(book: Book) -> Pages:
    """The same mkdocs.yml and plugins, with a template that frames nothing."""
    pages: Pages = {}
    for lang in LANGS:
        with tempfile.TemporaryDirectory(prefix="properdocs-") as folder:
            project = _project(book, Path(folder))
            shutil.copy(book.root / "mkdocs.yml", project)
            command = ["properdocs", "build", "--strict", "--config-file", "mkdocs.yml"]
            _run(command, project, {"WP_LANG": lang, "SITE_URL": f"{book.site_url}{lang}/"})
            pages |= _read(book, lang, project / "site")
    add_uses(dict.fromkeys(book.chapters, ""), read_glossary(book.root / GLOSSARY), pages)
    return pages


def render_with_zensical(book: Book) -> Pages:
    """A project for each language, with settings made from mkdocs.yml; its site lies inside."""
    pages: Pages = {}
    for lang in LANGS:
        with tempfile.TemporaryDirectory(prefix="zensical-") as folder:
            project = _project(book, Path(folder))
            settings = zensical_settings(book, lang)
            text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
            (project / "mkdocs.yml").write_text(text, "utf-8")
            _run(["zensical", "build", "--strict"], project, {})
            pages |= _read(book, lang, project / "site")
    add_uses(dict.fromkeys(book.chapters, ""), read_glossary(book.root / GLOSSARY), pages)
    return pages


def _project(book: Book, folder: Path) -> Path:
    """A copy of what a generator reads."""
    shutil.copytree(book.root / "docs", folder / "docs")
    (folder / "overrides").mkdir()
    (folder / "overrides/main.html").write_text(BARE, "utf-8")
    shutil.copy(book.root / "overrides/two_languages.py", folder / "overrides")
    return folder


def _read(book: Book, lang: str, site: Path) -> Pages:
    files = {name: page_path(site, "", name) for name in book.names}
    return {
        (lang, name): rendered(book.page(lang, name), file.read_text("utf-8"))
        for name, file in files.items()
    }


def zensical_settings(book: Book, lang: str) -> dict:
    """mkdocs.yml for one language, without !ENV, which Zensical leaves unread; it leaves the
    plugins unread too, but our extension finds the languages there.
    """
    kept = ("nav", "markdown_extensions", "extra", "plugins")
    language = book.languages[lang]
    theme = {"name": "material", "language": lang, "font": False, "custom_dir": "overrides"}
    settings = {
        "site_name": language["site_name"],
        "site_description": language["site_description"],
        "site_url": f"{book.site_url}{lang}/",
    }
    return (
        settings
        | {"docs_dir": f"docs/{lang}", "site_dir": "site", "theme": theme}
        | {key: _translated(book.config[key], language) for key in kept}
    )


def _translated(value: Any, language: dict) -> Any:
    """The nav with its section titles in the language."""
    if isinstance(value, list):
        return [_translated(item, language) for item in value]
    if isinstance(value, dict):
        return {
            language.get("nav_translations", {}).get(key, key): _translated(item, language)
            for key, item in value.items()
        }
    return value


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise BookError(f"{command[0]}: {said}")
