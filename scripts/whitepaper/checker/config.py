"""Reads the mkdocs.yml of any project the way MkDocs does, but runs nothing that it names."""
import importlib
import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml
import yaml_env_tag
from mergedeep import merge
from pathspec import GitIgnoreSpec

from whitepaper.book import BookError
from whitepaper.faults import malformed

BUILTIN = ("toc", "tables", "fenced_code")  # what MkDocs puts before the project's own list
TRUSTED = ("pymdownx.", "markdown.", "material.extensions.")  # packages of Markdown extensions whose functions may be named
PLUGINS = {  # what a build alone knows of a plugin's doing: new pages, or the text of pages; others may do both
    "": "search i18n minify social privacy offline optimize glightbox typeset info group git-revision-date git-revision-date-localized "
    "git-committers git-committers-2 git-authors rss redirects exclude-search htmlproofer meta charts lightgallery section-index mermaid2 "
    "mike toggle-sidebar document-dates git-latest-changes pdf with-pdf to-pdf print-site",
    "pages": "blog tags literate-nav awesome-pages awesome-nav gen-files exclude exclude-unused-files same-dir monorepo multirepo jupyter mkdocs-jupyter projects",
    "text": "autorefs mkdocstrings include-markdown table-reader roamlinks ezlinks abbreviations glossary",
}
EFFECTS = {name: effect for effect, names in PLUGINS.items() for name in names.split()}
RENAMED = {"pymdownx.slugs.uslugify": "lower", "pymdownx.slugs.uslugify_cased": None, "pymdownx.slugs.gfm": "lower-ascii"}  # gone since pymdownx 11


MOST = 200_000  # settings of one project
ENV = re.compile(r"!ENV(.*)")


class CheckError(BookError):
    """What cannot be checked at all; the message says what, where and what to do."""


@dataclass(frozen=True)
class PageDir(os.PathLike):
    """`!relative` in a setting: a folder that is known only page by page."""

    def __fspath__(self) -> str:
        return "."


@dataclass(frozen=True)
class Unknown:
    """A value that only running foreign code could give."""

    name: str


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
        words = {word for path in self.sources for line in ENV.findall(path.read_text("utf-8", "replace")) for word in re.findall(r"\w+", line)}
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
        return tuple(str(entry["locale"]) for entry in sorted(self.languages, key=lambda entry: not entry.get("default")))

    @property
    def languages(self) -> list[dict]:
        """What the settings say of each language."""
        return [entry for entry in _list(self.i18n.get("languages")) if isinstance(entry, dict) and entry.get("locale")]

    @property
    def fallback(self) -> bool:
        return self.i18n.get("fallback_to_default") is not False

    @cached_property
    def makers(self) -> tuple[str, ...]:
        """Plugins and hooks that may make pages, which only a build knows."""
        return (*self._plugins("pages"), *self._hooks("on_files", "on_nav", "on_env", "on_config", "on_pre_build", "on_startup"))

    @cached_property
    def writers(self) -> tuple[str, ...]:
        """Plugins and hooks that may write into the text of pages: anchors, links, definitions."""
        slugs = [remark.split(" is not run")[0] for remark in self.remarks if "slugify" in remark]
        return (*self._plugins("text"), *self._hooks("on_page_"), *slugs)

    def _plugins(self, effect: str) -> list[str]:
        return [name for name in self.plugins if EFFECTS.get(name.split("/")[-1], effect) == effect]

    def _hooks(self, *events: str) -> Iterator[str]:
        for entry in _list(self.raw.get("hooks")):
            try:
                text = (self.root / str(entry)).read_text("utf-8", "replace")
            except OSError:
                continue
            if any(event in text for event in events):
                yield str(entry)

    def excluded(self, key: str = "exclude_docs") -> GitIgnoreSpec:
        """The patterns of `exclude_docs` and its kin; MkDocs always leaves out dot files and /templates/."""
        own = self.raw.get(key)
        usual = [".*", "/templates/"] if key == "exclude_docs" else []
        return GitIgnoreSpec.from_lines([*usual, *(own.splitlines() if isinstance(own, str) else [])])


def read_settings(root: Path) -> Settings:
    """Raises CheckError when mkdocs.yml is missing or not YAML."""
    path, sources = root / "mkdocs.yml", []
    if not path.exists() and (root / "mkdocs.yaml").exists():
        path = root / "mkdocs.yaml"
    raw = _load(path, root, sources)
    docs = Path(os.path.normpath(root / str(raw.get("docs_dir") or "docs")))
    if not docs.is_dir():
        raise CheckError(f"{docs}: no such folder. Name the pages' folder as docs_dir in {path.name}")
    _fill_dirs(raw, root, docs)
    extensions, options, remarks = _extensions(raw)
    return Settings(root, docs, raw, tuple(sources), extensions, options, _named(raw.get("plugins", ["search"])), remarks)


def _load(path: Path, root: Path, sources: list[Path]) -> dict:
    if path in sources:
        raise CheckError(f"{path}: inherits itself. Take one INHERIT out")
    sources.append(path)
    try:
        raw = yaml.load(path.read_bytes(), _Loader)
    except OSError as error:
        raise CheckError(f"{path}: {error.strerror or error}. Name a folder that has an mkdocs.yml") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CheckError(malformed(str(path), error)) from None
    if not _is_finite(raw):
        raise CheckError(f"{path}: more than {MOST:,} settings, by aliases that hold each other. Write them out")
    if raw is None:
        raw = {}
    if not isinstance(raw, dict):
        raise CheckError(f"{path}: must hold settings, a mapping. Mend it")
    parent = raw.pop("INHERIT", None)
    if parent is not None:
        raw = merge(_load(Path(os.path.normpath(path.parent / str(parent))), root, sources), raw)
    return raw


def _is_finite(value) -> bool:
    """Whether settings end: aliases may hold one another, and grow without bound."""
    waiting, count = [value], 0
    while waiting and count < MOST:
        value, count = waiting.pop(), count + 1
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not waiting


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Safe YAML, with the tags that MkDocs knows."""


def _python_name(loader: _Loader, suffix: str, node: yaml.Node):
    """`!!python/name:pymdownx.slugs.uslugify`: the function where a Markdown package has it, else a mark."""
    return _find(suffix)


def _python_apply(loader: _Loader, suffix: str, node: yaml.Node):
    """`!!python/object/apply:pymdownx.slugs.slugify`: called only where a Markdown package has it."""
    found = _find(suffix)
    if isinstance(found, Unknown):
        return found
    if isinstance(node, yaml.MappingNode):
        call = loader.construct_mapping(node, deep=True)
        return found(*call.get("args", ()), **call.get("kwds", {}))
    return found(*loader.construct_sequence(node, deep=True)) if isinstance(node, yaml.SequenceNode) else found()


def _find(name: str):
    if not name.startswith(TRUSTED):
        return Unknown(name)
    if name in RENAMED:
        return importlib.import_module("pymdownx.slugs").slugify(**({"case": RENAMED[name]} if RENAMED[name] else {}))
    module, _, attribute = name.rpartition(".")
    try:
        return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError):
        return Unknown(name)


def _relative(loader: _Loader, node: yaml.Node):
    return f"!relative {node.value}".strip() if isinstance(node, yaml.ScalarNode) else Unknown("!relative")


def _other(loader: _Loader, suffix: str, node: yaml.Node):
    return Unknown(suffix)


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_constructor("!relative", _relative)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _python_name)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _python_apply)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object:", _other)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _other)
_Loader.add_multi_constructor("!", _other)


def _fill_dirs(value, root: Path, docs: Path):
    """Puts real folders for `!relative $config_dir/x` and `!relative $docs_dir/x`, in place."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, (dict, list)):
            _fill_dirs(item, root, docs)
        elif isinstance(item, str) and item.startswith("!relative"):
            head, _, rest = item.removeprefix("!relative").strip().partition("/")
            base = {"$config_dir": root, "$docs_dir": docs}.get(head)
            value[key] = posixpath.join(base.as_posix(), rest) if base else PageDir()


def _list(value) -> list:
    return value if isinstance(value, list) else []


def _named(value) -> dict:
    """A list of names, or of name: options, or a mapping, as MkDocs takes plugins and extensions."""
    named = {}
    for entry in [value] if isinstance(value, dict) else _list(value):
        named |= {str(name): options for name, options in entry.items()} if isinstance(entry, dict) else {str(entry): {}}
    return {name: options if isinstance(options, dict) else {} for name, options in named.items()}


def _extensions(raw: dict) -> tuple[tuple[str, ...], dict, tuple[str, ...]]:
    """Names in order, their options without what is unknown, and a remark on each thing left out."""
    named, remarks = _named(raw.get("markdown_extensions")), []
    options = {name: _known(value, name, remarks) for name, value in named.items() if value}
    return (*BUILTIN, *(name for name in named if name not in BUILTIN)), options, tuple(remarks)


def _known(value, where: str, remarks: list[str]):
    if isinstance(value, dict):
        pairs = ((key, item) for key, item in value.items() if not _left_out(item, f"{where}: {key}", remarks))
        return {key: _known(item, where, remarks) for key, item in pairs}
    if isinstance(value, list):
        return [_known(item, where, remarks) for item in value if not _left_out(item, where, remarks)]
    return value


def _left_out(item, where: str, remarks: list[str]) -> bool:
    if isinstance(item, Unknown):
        remarks.append(f"{where}: {item.name} is not run, its default is used")
    return isinstance(item, Unknown)
