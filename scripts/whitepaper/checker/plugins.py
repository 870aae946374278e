"""What the plugins and hooks of a project may do to it, as far as that is known without running them."""
import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

EFFECTS = {  # of what is in none of the lists, every effect is expected
    "none": "search i18n minify minify_html social privacy offline optimize typeset info group meta meta-manager exclude exclude-search git-revision-date "
    "git-revision-date-localized git-committers git-committers-2 git-authors git-latest-changes document-dates rss redirects htmlproofer spellcheck charts "
    "glightbox lightgallery panzoom mermaid2 kroki drawio toggle-sidebar section-index open-in-new-tab link-marker no-sitemap mike llmstxt "
    "pdf with-pdf to-pdf pdf-export print-site",
    "pages": "blog tags literate-nav awesome-pages awesome-nav include_dir_to_nav gen-files exclude-unused-files same-dir monorepo multirepo jupyter mkdocs-jupyter projects "
    "macros api-autonav",
    "text": "macros autorefs mkdocstrings include-markdown table-reader external-markdown markdownextradata markdown-exec abbreviations glossary api-autonav",
    "targets": "",  # links that name a page by less than its path
    "syntax": "",  # Markdown extensions that mkdocs.yml does not list
}
KNOWN = {effect: set(names.split()) for effect, names in EFFECTS.items()}
HOOKS = {"pages": ("on_files", "on_nav", "on_env", "on_config", "on_pre_build", "on_startup"), "text": ("on_page_",)}


def plugins_that(effect: str, plugins: Iterable[str]) -> list[str]:
    """The plugins that may have an effect: `pages` makes pages, `text` writes into them anchors, links, definitions."""
    return [name for name in plugins if name.split("/")[-1] in KNOWN[effect] or not any(name.split("/")[-1] in known for known in KNOWN.values())]


def hooks_that(effect: str, hooks: list[str], root: Path) -> Iterator[str]:
    """The hooks that take part in an event by which they could have the effect."""
    for hook in hooks:
        with contextlib.suppress(OSError):
            text = (root / hook).read_text("utf-8", "replace")
            if any(event in text for event in HOOKS[effect]):
                yield hook
