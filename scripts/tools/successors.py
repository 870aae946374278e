"""The same trees from other generators: ProperDocs, MkDocs' living fork, and Zensical, which follows the theme.

Each function stands in for `render.render_trees`: to switch, import it under that name in build.py.
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


def render_with_properdocs(book: Book, stage: Path) -> None:
    """The same mkdocs.yml, plugins and theme."""
    for lang in LANGS:
        environment = {"WP_LANG": lang, "SITE_URL": f"{book.site_url}{lang}/"}
        _run(
            [
                "properdocs",
                "build",
                "--strict",
                "--config-file",
                str(book.root / "mkdocs.yml"),
                "--site-dir",
                str(stage / lang),
            ],
            book.root,
            environment,
        )


def render_with_zensical(book: Book, stage: Path) -> None:
    """One project for each language, with settings made from mkdocs.yml; its site must lie inside the project."""
    for lang in LANGS:
        with tempfile.TemporaryDirectory(prefix="zensical-") as folder:
            project = Path(folder)
            for name in ("docs", "overrides"):
                shutil.copytree(book.root / name, project / name)
            (project / "mkdocs.yml").write_text(
                yaml.safe_dump(zensical_settings(book, lang), allow_unicode=True, sort_keys=False),
                "utf-8",
            )
            _run(["zensical", "build", "--strict"], project, {})
            shutil.copytree(project / "site", stage / lang)


def zensical_settings(book: Book, lang: str) -> dict:
    """mkdocs.yml for one language, without what Zensical leaves unread: plugins, and !ENV."""
    kept = ("nav", "markdown_extensions", "extra")
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
