"""The settings of a project, as far as they matter for its pages, and what of them is not
understood. Nothing that they name is run."""

import importlib
import os
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
import yaml_env_tag  # type: ignore[import-untyped]
from pathspec import GitIgnoreSpec

from proofreader.faults import CheckError, malformed

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")
BUILTIN = ("toc", "tables", "fenced_code")  # what MkDocs puts before the project's own list
# Packages whose functions may be called, and whose extensions read only files we know of. A book
# adds its own, and its hooks.
KNOWN = ["pymdownx.", "markdown.extensions.", "material.extensions."]
ALONE = "material.extensions.preview"  # works inside MkDocs alone
UNKNOWN = object()  # a value that only running foreign code could give
UNDERSTOOD = set(  # plugins that make no page, anchor or text of their own
    "search i18n minify social privacy offline optimize typeset info meta exclude-search tags rss"
    " redirects glightbox blog open-in-new-tab git-revision-date git-revision-date-localized"
    " git-committers git-committers-2 git-authors git-latest-changes document-dates".split()
)
MOST = 200_000  # settings of one project


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says, as far as it matters for the pages."""

    root: Path
    file: Path
    docs: Path
    raw: dict = field(repr=False)
    extensions: dict[str, dict] = field(repr=False)  # by module, with their options
    plugins: dict = field(repr=False)
    strange: tuple[str, ...]  # what is not understood, and may explain what is found

    def get(self, *keys: str) -> Any:
        """A setting by its way through the mappings; None where it is not there."""
        value: Any = self.raw
        for key in keys:
            value = _dict(value).get(key)
        return value

    @cached_property
    def home(self) -> str:
        """The address of the site without / at its end; `` where none is given, or none that can
        be read."""
        home = str(self.get("site_url") or "").rstrip("/")
        return home if is_address(home) else ""

    @property
    def i18n(self) -> dict:
        return self.plugins.get("i18n", {})

    @cached_property
    def languages(self) -> list[dict]:
        """What the settings say of each language, the default one first."""
        known = [entry for entry in _list(self.i18n.get("languages")) if _dict(entry).get("locale")]
        return sorted(known, key=lambda entry: not entry.get("default"))

    @cached_property
    def locales(self) -> tuple[str, ...]:
        return tuple(str(entry["locale"]) for entry in self.languages)

    @cached_property
    def structure(self) -> str:
        """How languages are kept apart: `folder`, `suffix`, or `` for one without folders."""
        kept = str(self.i18n.get("docs_structure", "suffix"))
        return kept if len(self.locales) > 1 or kept == "folder" else ""

    @property
    def absolute_links(self) -> str:
        """What `validation` says of links that begin with /."""
        of_links = self.get("validation", "links", "absolute_links")
        return str(of_links or self.get("validation", "absolute_links") or "info")

    def excluded(self, key: str) -> GitIgnoreSpec:
        """The patterns of `exclude_docs` or its kin; MkDocs always leaves out dot files and
        templates."""
        usual = [".*", "/templates/"] if key == "exclude_docs" else []
        return GitIgnoreSpec.from_lines(usual + str(self.get(key) or "").splitlines())

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
    raw, strange = _load(file)
    docs = Path(os.path.normpath(root / str(raw.get("docs_dir") or "docs")))
    if not docs.is_dir():
        cure = f"Name the pages' folder as docs_dir in {file.name}"
        raise CheckError(f"{docs}: no such folder. {cure}")
    plugins, listed = _named(raw.get("plugins", ["search"])), _named(raw.get("markdown_extensions"))
    modules = {name: _module_of(name) for name in (*BUILTIN, *listed)}
    known = {module: listed.get(name, {}) for name, module in modules.items() if module}
    strange += [f"the extension {name}" for name in listed if not modules[name]]
    strange += [f"the plugin {name}" for name in plugins if name.split("/")[-1] not in UNDERSTOOD]
    strange += [f"the hook {name}" for name in _list(raw.get("hooks")) if name not in KNOWN]
    strange += [f"INHERIT: {raw['INHERIT']}"] if "INHERIT" in raw else []
    strange += (
        ["i18n as it was before 1.0"] if "default_language" in plugins.get("i18n", "") else []
    )
    return Settings(root, file, docs, raw, known, plugins, tuple(strange))


def is_address(target: str) -> bool:
    try:
        return bool(urlsplit(target))
    except ValueError:
        return False


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _named(value: Any) -> dict[str, dict]:
    """A list of names, or of name: options, or a mapping, as MkDocs takes plugins and
    extensions."""
    named: dict = {}
    for entry in [value] if isinstance(value, dict) else _list(value):
        named |= entry if isinstance(entry, dict) else {str(entry): {}}
    return {str(key): _dict(value) for key, value in named.items()}


def _module_of(name: str) -> str:
    """The module of a Markdown extension; `` where there is none that is known."""
    module = name.partition(":")[0] if "." in name else f"markdown.extensions.{name}"
    try:
        known = module.startswith(tuple(KNOWN)) and module != ALONE and find_spec(module)
    except ImportError:
        return ""
    return module if known else ""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML, with the tags that MkDocs knows. What is unknown is left out: its default is
    used."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.strange: list[str] = []

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict:
        made = super().construct_mapping(node, deep)
        return {key: value for key, value in made.items() if value is not UNKNOWN}


def _unknown(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    loader.strange.append(suffix)
    return UNKNOWN


def _name(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    """`!!python/name:pymdownx.slugs.slugify`: the function where a Markdown package has it."""
    module, _, attribute = suffix.rpartition(".")
    try:
        if suffix.startswith(tuple(KNOWN)):
            return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError):
        pass
    return _unknown(loader, suffix, node)


def _apply(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    """`!!python/object/apply:pymdownx.slugs.slugify`: called only where a Markdown package has
    it."""
    found = _name(loader, suffix, node)
    call = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
    try:
        return found if found is UNKNOWN else found(*call.get("args", ()), **call.get("kwds", {}))
    except Exception as error:  # whatever it makes of such arguments
        said = f"{suffix}: {error}"
        raise yaml.constructor.ConstructorError(None, None, said, node.start_mark) from None


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _name)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _apply)
for prefix in ("tag:yaml.org,2002:python/", "!"):
    _Loader.add_multi_constructor(prefix, _unknown)


def _load(path: Path) -> tuple[dict, list[str]]:
    """The settings, and what is unknown in them. Raises CheckError where the file is missing, not
    YAML, endless, or no mapping."""
    try:
        loader = _Loader(path.read_bytes().decode("utf-8-sig"))
        raw = loader.get_single_data() or {}
    except OSError as error:
        cure = "Name a folder that has an mkdocs.yml"
        raise CheckError(f"{path}: {error.strerror or error}. {cure}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise malformed(str(path), error) from None
    waiting, count = [raw], 0
    while waiting and count < MOST:
        value, count = waiting.pop(), count + 1
        waiting += [*_list(value), *_dict(value).values()]
    if waiting:
        said = f"more than {MOST:,} settings, by aliases that hold each other"
        raise CheckError(f"{path}: {said}. Write them out")
    if not isinstance(raw, dict):
        raise CheckError(f"{path}: must hold settings, a mapping. Mend it")
    return raw, loader.strange
