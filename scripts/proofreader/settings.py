"""The settings of a project, as far as they matter for its pages, and what of them is not
understood."""

import importlib.util
import os
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from pathspec import GitIgnoreSpec

from proofreader.faults import CheckError
from proofreader.yaml_tags import Unknown, load_settings

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")
BUILTIN = ("toc", "tables", "fenced_code")  # what MkDocs puts before the project's own list
UNDERSTOOD = set(  # plugins that make no page, anchor or text of their own
    "search i18n minify social privacy offline optimize typeset info meta exclude-search tags rss"
    " redirects glightbox blog open-in-new-tab git-revision-date git-revision-date-localized"
    " git-committers git-committers-2 git-authors git-latest-changes document-dates".split()
)
ENV = re.compile(r"!ENV(.*)")


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says, as far as it matters for the pages."""

    root: Path
    file: Path
    docs: Path
    raw: dict = field(repr=False)
    extensions: tuple[str, ...]
    options: dict = field(repr=False)
    plugins: dict = field(repr=False)
    strange: tuple[str, ...] = ()  # what is not understood, and may explain what is found

    @cached_property
    def environment(self) -> dict[str, str]:
        """The variables that the settings name, as they are now."""
        lines = ENV.findall(self.file.read_text("utf-8", "replace"))
        words = {word for line in lines for word in re.findall(r"\w+", line)}
        return {word: os.environ[word] for word in sorted(words) if word in os.environ}

    @property
    def book(self) -> bool:
        extra = self.raw.get("extra")
        return isinstance(extra, dict) and extra.get("check") == "book"

    @property
    def directory_urls(self) -> bool:
        return self.raw.get("use_directory_urls") is not False

    @cached_property
    def languages(self) -> list[dict]:
        """What the settings say of each language, the default one first."""
        listed = _list(self.plugins.get("i18n", {}).get("languages"))
        known = [entry for entry in listed if isinstance(entry, dict) and entry.get("locale")]
        return sorted(known, key=lambda entry: not entry.get("default"))

    @cached_property
    def locales(self) -> tuple[str, ...]:
        return tuple(str(entry["locale"]) for entry in self.languages)

    @cached_property
    def structure(self) -> str:
        """How languages are kept apart: `folder`, `suffix`, or `` for a project of one language."""
        options = self.plugins.get("i18n", {})
        return str(options.get("docs_structure", "suffix")) if len(self.locales) > 1 else ""

    @property
    def fallback(self) -> bool:
        return self.plugins.get("i18n", {}).get("fallback_to_default") is not False

    @property
    def absolute_links(self) -> str:
        """What `validation` says of links that begin with /."""
        validation = self.raw.get("validation")
        links = validation.get("links", validation) if isinstance(validation, dict) else {}
        return str(links.get("absolute_links", "info")) if isinstance(links, dict) else "info"

    def excluded(self, key: str) -> GitIgnoreSpec:
        """The patterns of `exclude_docs` or its kin; MkDocs always leaves out dot files and
        templates."""
        own = self.raw.get(key)
        usual = [".*", "/templates/"] if key == "exclude_docs" else []
        lines = own.splitlines() if isinstance(own, str) else []
        return GitIgnoreSpec.from_lines([*usual, *lines])

    def shown(self, path: Path) -> str:
        """A path as it stands in a message."""
        near = path.is_relative_to(self.root)
        return (path.relative_to(self.root) if near else path).as_posix()


def read_settings(place: Path) -> Settings:
    """Of a folder with an mkdocs.yml, or of that file; raises CheckError where it cannot be
    read."""
    root = place.parent if place.is_file() else place
    named = [place] if place.is_file() else [root / name for name in NAMES]
    file = next((path for path in named if path.exists()), named[0])
    raw = load_settings(file)
    docs = Path(os.path.normpath(root / str(raw.get("docs_dir") or "docs")))
    if not docs.is_dir():
        raise CheckError(
            f"{docs}: no such folder. Name the pages' folder as docs_dir in {file.name}"
        )
    strange: list[str] = []
    extensions, options = _extensions(raw.get("markdown_extensions"), strange)
    plugins = _named(raw.get("plugins", ["search"]))
    unknown = [name for name in plugins if name.rpartition("/")[2] not in UNDERSTOOD]
    strange += [f"the plugin {name}" for name in unknown]
    strange += [f"the hook {name}" for name in _list(raw.get("hooks"))]
    strange += [f"INHERIT: {raw['INHERIT']}"] if "INHERIT" in raw else []
    return Settings(root, file, docs, raw, extensions, options, plugins, tuple(strange))


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _named(value: Any) -> dict:
    """A list of names, or of name: options, or a mapping, as MkDocs takes plugins and
    extensions."""
    named: dict = {}
    for entry in [value] if isinstance(value, dict) else _list(value):
        named |= entry if isinstance(entry, dict) else {str(entry): {}}
    return {str(key): value if isinstance(value, dict) else {} for key, value in named.items()}


def _extensions(value: Any, strange: list[str]) -> tuple[tuple[str, ...], dict]:
    """Names in order and their options; what cannot be used of either joins `strange`."""
    named = _named(value)
    strange += [f"the extension {name}" for name in named if not _is_extension(name)]
    known = {name: options for name, options in named.items() if _is_extension(name)}
    options = {name: _known(given, name, strange) for name, given in known.items() if given}
    return (*BUILTIN, *(name for name in known if name not in BUILTIN)), options


def _known(value: Any, where: str, strange: list[str]) -> Any:
    """The options without what is unknown, whose defaults are used."""
    if isinstance(value, Unknown):
        strange.append(f"{where}: {value.name}")
    if isinstance(value, list):
        return [_known(item, where, strange) for item in value if not isinstance(item, Unknown)]
    if not isinstance(value, dict):
        return value
    known = {key: _known(item, f"{where}: {key}", strange) for key, item in value.items()}
    return {key: item for key, item in known.items() if not isinstance(item, Unknown)}


@cache
def _installed() -> frozenset[str]:
    return frozenset(point.name for point in entry_points(group="markdown.extensions"))


@cache
def _is_extension(name: str) -> bool:
    """Whether a name is that of a Markdown extension: anything else is never imported."""
    module = name.partition(":")[0]
    if module in _installed():
        return True
    try:
        spec = importlib.util.find_spec(module) if re.fullmatch(r"[\w.]+", module) else None
        text = Path(spec.origin).read_text("utf-8", "replace") if spec and spec.origin else ""
        return "Extension" in text
    except (ImportError, ValueError, OSError):
        return False
