"""What the plugins and hooks of a project may do to it, as far as that is known without running them."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

EFFECTS = {  # of a plugin that is in none of the lists, every effect is expected
    "none": "search i18n minify minify_html social privacy offline optimize typeset info group meta meta-manager exclude exclude-search git-revision-date "
    "git-revision-date-localized git-committers git-committers-2 git-authors git-latest-changes document-dates rss redirects htmlproofer spellcheck charts "
    "glightbox lightgallery panzoom mermaid2 kroki drawio toggle-sidebar section-index open-in-new-tab link-marker no-sitemap mike llmstxt "
    "pdf with-pdf to-pdf pdf-export print-site",
    "pages": "blog tags literate-nav awesome-pages awesome-nav include_dir_to_nav gen-files exclude-unused-files same-dir monorepo multirepo jupyter "
    "mkdocs-jupyter projects macros api-autonav techdocs-core",
    "anchors": "autorefs mkdocstrings api-autonav",  # and links to them, in pages as they are rendered
    "text": "macros include-markdown table-reader external-markdown markdownextradata markdown-exec abbreviations glossary",  # before it is rendered
    "targets": "",  # of links that name a page by less than its path
}
EXTENDERS = {"techdocs-core"}  # bring extensions of Markdown that mkdocs.yml does not list
KNOWN = {effect: set(names.split()) for effect, names in EFFECTS.items()}
HOOKS = {
    "pages": ("on_files", "on_nav", "on_env", "on_config", "on_pre_build", "on_startup"),
    "anchors": ("on_page_",),
    "text": ("on_page_markdown", "on_page_read_source"),
}


def plugins_that(effect: str, plugins: Iterable[str]) -> list[str]:
    """The plugins that may have an effect: make pages, anchors, text, or find targets."""
    short = {name: name.split("/")[-1] for name in plugins}
    return [
        name
        for name in plugins
        if short[name] in KNOWN[effect] or not any(short[name] in known for known in KNOWN.values())
    ]


def hooks_that(effect: str, hooks: list[str], root: Path) -> Iterator[str]:
    """The hooks that take part in an event by which they could have the effect."""
    for hook in hooks if effect in HOOKS else ():
        with contextlib.suppress(OSError):
            text = (root / hook).read_text("utf-8", "replace")
            if any(event in text for event in HOOKS[effect]):
                yield hook


def leaves_out(options: dict, uri: str) -> bool:
    """Whether the plugin `exclude`, by its options, takes a file away."""
    globs, expressions = (
        value if isinstance(value, list) else [value]
        for value in (options.get("glob") or [], options.get("regex") or [])
    )
    with contextlib.suppress(re.error):
        return any(fnmatchcase(uri, str(glob)) for glob in globs) or any(
            re.match(str(expression), uri) for expression in expressions
        )
    return False
