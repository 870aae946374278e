"""The settings of a project, as far as they matter for its pages."""

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pathspec import GitIgnoreSpec

from proofreader.mkdocs_yml import CheckError, Unknown, fill_dirs, load_yaml
from proofreader.plugins import EXTENDERS, hooks_that, plugins_that

BUILTIN = ("toc", "tables", "fenced_code")  # what MkDocs puts before the project's own list
ENV = re.compile(r"!ENV(.*)")


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says, as far as it matters for the pages."""

    root: Path
    docs: Path
    raw: dict = field(repr=False)
    sources: tuple[Path, ...]  # mkdocs.yml and what it inherits
    extensions: tuple[str, ...]
    options: dict = field(repr=False)
    plugins: dict = field(repr=False)
    remarks: tuple[str, ...] = ()

    @cached_property
    def environment(self) -> dict[str, str]:
        """The variables that the settings name, as they are now."""
        words = {
            word
            for path in self.sources
            for line in ENV.findall(path.read_text("utf-8", "replace"))
            for word in re.findall(r"\w+", line)
        }
        return {word: os.environ[word] for word in sorted(words) if word in os.environ}

    @property
    def book(self) -> bool:
        extra = self.raw.get("extra")
        return isinstance(extra, dict) and extra.get("check") == "book"

    @property
    def directory_urls(self) -> bool:
        return self.raw.get("use_directory_urls") is not False

    @cached_property
    def i18n(self) -> dict:
        return self.plugins.get("i18n") or {}

    @cached_property
    def structure(self) -> str:
        """How languages are kept apart: `folder`, `suffix`, or `` for a project of one language."""
        return str(self.i18n.get("docs_structure", "suffix")) if len(self.locales) > 1 else ""

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The languages, the default one first."""
        languages = self.i18n.get("languages")
        if isinstance(languages, dict):  # before 1.0
            default = self.i18n.get("default_language")
            return tuple(sorted(map(str, languages), key=lambda code: code != default))
        return tuple(
            str(entry["locale"])
            for entry in sorted(self.languages, key=lambda entry: not entry.get("default"))
        )

    @property
    def languages(self) -> list[dict]:
        """What the settings say of each language."""
        return [
            entry
            for entry in _list(self.i18n.get("languages"))
            if isinstance(entry, dict) and entry.get("locale")
        ]

    @property
    def fallback(self) -> bool:
        return self.i18n.get("fallback_to_default") is not False

    @cached_property
    def makers(self) -> tuple[str, ...]:
        """Plugins and hooks that may make pages, which only a build knows."""
        return self._that("pages")

    @cached_property
    def writers(self) -> tuple[str, ...]:
        """What may write into pages, before or after they are rendered: anchors, links, definitions."""
        slugs = [remark.split(" is not run")[0] for remark in self.remarks if "slugify" in remark]
        return tuple(dict.fromkeys([*self._that("anchors"), *self.rewriters, *slugs]))

    @cached_property
    def rewriters(self) -> tuple[str, ...]:
        """What may change the text of pages before it is rendered: it puts in other files, or fills in templates."""
        return self._that("text")

    @cached_property
    def finders(self) -> tuple[str, ...]:
        """Plugins that may know a page by less than its path."""
        return self._that("targets")

    @cached_property
    def extenders(self) -> tuple[str, ...]:
        """Plugins that add to the extensions of Markdown."""
        return tuple(EXTENDERS.intersection(self.plugins))

    def _that(self, effect: str) -> tuple[str, ...]:
        return (*plugins_that(effect, self.plugins), *hooks_that(effect, self.hooks, self.root))

    @property
    def hooks(self) -> list[str]:
        return [str(entry) for entry in _list(self.raw.get("hooks"))]

    def excluded(self, key: str = "exclude_docs") -> GitIgnoreSpec:
        """The patterns of `exclude_docs` and its kin; MkDocs always leaves out dot files and /templates/."""
        own = self.raw.get(key)
        usual = [".*", "/templates/"] if key == "exclude_docs" else []
        return GitIgnoreSpec.from_lines(
            [*usual, *(own.splitlines() if isinstance(own, str) else [])]
        )


def read_settings(root: Path) -> Settings:
    """Raises CheckError when mkdocs.yml is missing or not YAML."""
    path, sources = root / "mkdocs.yml", []
    if not path.exists() and (root / "mkdocs.yaml").exists():
        path = root / "mkdocs.yaml"
    raw = load_yaml(path, sources)
    docs = Path(os.path.normpath(root / str(raw.get("docs_dir") or "docs")))
    if not docs.is_dir():
        raise CheckError(
            f"{docs}: no such folder. Name the pages' folder as docs_dir in {path.name}"
        )
    fill_dirs(raw, root, docs)
    extensions, options, remarks = _extensions(raw)
    return Settings(
        root,
        docs,
        raw,
        tuple(sources),
        extensions,
        options,
        _plugins(raw.get("plugins", ["search"])),
        remarks,
    )


def _list(value) -> list:
    return value if isinstance(value, list) else []


def _named(value) -> dict:
    """A list of names, or of name: options, or a mapping, as MkDocs takes plugins and extensions."""
    named = {}
    for entry in [value] if isinstance(value, dict) else _list(value):
        named |= (
            {str(name): options for name, options in entry.items()}
            if isinstance(entry, dict)
            else {str(entry): {}}
        )
    return {name: options if isinstance(options, dict) else {} for name, options in named.items()}


def _plugins(value) -> dict:
    """All plugins; those in a `group` count as if they stood beside it."""
    named = _named(value)
    inner = [
        _plugins(options["plugins"])
        for name, options in named.items()
        if name.split("/")[-1] == "group" and "plugins" in options
    ]
    return named | {name: options for plugins in inner for name, options in plugins.items()}


def _extensions(raw: dict) -> tuple[tuple[str, ...], dict, tuple[str, ...]]:
    """Names in order, their options without what is unknown, and a remark on each thing left out."""
    named, remarks = _named(raw.get("markdown_extensions")), []
    options = {name: _known(value, name, remarks) for name, value in named.items() if value}
    return (*BUILTIN, *(name for name in named if name not in BUILTIN)), options, tuple(remarks)


def _known(value, where: str, remarks: list[str]):
    if isinstance(value, dict):
        pairs = (
            (key, item)
            for key, item in value.items()
            if not _left_out(item, f"{where}: {key}", remarks)
        )
        return {key: _known(item, where, remarks) for key, item in pairs}
    if isinstance(value, list):
        return [
            _known(item, where, remarks) for item in value if not _left_out(item, where, remarks)
        ]
    return value


def _left_out(item, where: str, remarks: list[str]) -> bool:
    if isinstance(item, Unknown):
        remarks.append(f"{where}: {item.name} is not run, its default is used")
    return isinstance(item, Unknown)
