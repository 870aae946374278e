"""Reads the YAML of an mkdocs.yml as MkDocs does, but runs nothing that it names."""

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
import yaml_env_tag  # type: ignore[import-untyped]

from proofreader.faults import CheckError, malformed

MOST = 200_000  # settings of one project
TRUSTED = ("pymdownx.", "markdown.extensions.", "material.extensions.")  # may be named


@dataclass(frozen=True)
class Unknown:
    """A value that only running foreign code could give."""

    name: str


def load_settings(path: Path) -> dict:
    """Raises CheckError where the file is missing, not YAML, endless, or no mapping."""
    try:
        raw = yaml.load(path.read_bytes().decode("utf-8-sig"), _Loader) or {}
    except OSError as error:
        cure = "Name a folder that has an mkdocs.yml"
        raise CheckError(f"{path}: {error.strerror or error}. {cure}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise malformed(str(path), error) from None
    if not _is_finite(raw):
        said = f"more than {MOST:,} settings, by aliases that hold each other"
        raise CheckError(f"{path}: {said}. Write them out")
    if not isinstance(raw, dict):
        raise CheckError(f"{path}: must hold settings, a mapping. Mend it")
    return raw


def _is_finite(value: object) -> bool:
    """Whether settings end: aliases may hold one another, and grow without bound."""
    waiting, count = [value], 0
    while waiting and count < MOST:
        value, count = waiting.pop(), count + 1
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return not waiting


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML, with the tags that MkDocs knows."""


def _named(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    """`!!python/name:pymdownx.slugs.slugify`: the function where a Markdown package has it."""
    module, _, attribute = suffix.rpartition(".")
    try:
        if suffix.startswith(TRUSTED):
            return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError):
        pass
    return Unknown(suffix)


def _applied(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    """`!!python/object/apply:pymdownx.slugs.slugify`: called only where a Markdown package has
    it."""
    found = _named(loader, suffix, node)
    if isinstance(found, Unknown):
        return found
    call = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
    try:
        return found(*call.get("args", ()), **call.get("kwds", {}))
    except Exception as error:  # whatever it makes of such arguments
        said = f"{suffix}: {error}"
        raise yaml.constructor.ConstructorError(None, None, said, node.start_mark) from None


def _other(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    return Unknown(suffix)


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _named)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _applied)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _other)
_Loader.add_multi_constructor("!", _other)
