"""Reads the YAML of an mkdocs.yml the way MkDocs does, but runs nothing that it names."""

import codecs
import importlib
import os
import posixpath
from dataclasses import dataclass
from pathlib import Path

import yaml
import yaml_env_tag
from mergedeep import merge

from whitepaper.book import BookError
from whitepaper.faults import malformed

MOST = 200_000  # settings of one project
TRUSTED = (
    "pymdownx.",
    "markdown.extensions.",
    "material.extensions.",
)  # packages of Markdown extensions whose functions may be named
RENAMED = {
    "pymdownx.slugs.uslugify": {"case": "lower"},
    "pymdownx.slugs.uslugify_cased": {},
    "pymdownx.slugs.gfm": {"case": "lower-ascii"},
}  # gone since pymdownx 11


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


def load_yaml(path: Path, sources: list[Path]) -> dict:
    """The settings in a file, with those that it inherits below them; every file read joins `sources`."""
    if path in sources:
        raise CheckError(f"{path}: inherits itself. Take one INHERIT out")
    sources.append(path)
    try:
        raw = yaml.load(_decode(path.read_bytes()), _Loader)
    except OSError as error:
        raise CheckError(
            f"{path}: {error.strerror or error}. Name a folder that has an mkdocs.yml"
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CheckError(malformed(str(path), error)) from None
    if not _is_finite(raw):
        raise CheckError(
            f"{path}: more than {MOST:,} settings, by aliases that hold each other. Write them out"
        )
    raw = {} if raw is None else raw
    if not isinstance(raw, dict):
        raise CheckError(f"{path}: must hold settings, a mapping. Mend it")
    parent = raw.pop("INHERIT", None)
    if parent is not None:
        raw = merge(load_yaml(Path(os.path.normpath(path.parent / str(parent))), sources), raw)
    return raw


def _decode(data: bytes) -> str | bytes:
    """UTF-8 as text, so that a fault in it has a line; YAML may also be UTF-16, which its mark tells."""
    return (
        data
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        else data.decode("utf-8-sig")
    )


def _is_finite(value) -> bool:
    """Whether settings end: aliases may hold one another, and grow without bound."""
    waiting, count = [value], 0
    while waiting and count < MOST:
        value, count = waiting.pop(), count + 1
        waiting += (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
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
    call = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
    arguments = (
        loader.construct_sequence(node, deep=True)
        if isinstance(node, yaml.SequenceNode)
        else call.get("args", ())
    )
    try:
        return found(*arguments, **call.get("kwds", {}))
    except Exception as error:  # whatever it makes of such arguments
        raise yaml.constructor.ConstructorError(
            None, None, f"{suffix}: {error}", node.start_mark
        ) from None


def _find(name: str):
    if not name.startswith(TRUSTED):
        return Unknown(name)
    if name in RENAMED:
        return importlib.import_module("pymdownx.slugs").slugify(**RENAMED[name])
    module, _, attribute = name.rpartition(".")
    try:
        return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError):
        return Unknown(name)


def _relative(loader: _Loader, node: yaml.Node):
    return (
        f"!relative {node.value}".strip()
        if isinstance(node, yaml.ScalarNode)
        else Unknown("!relative")
    )


def _other(loader: _Loader, suffix: str, node: yaml.Node):
    return Unknown(suffix)


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_constructor("!relative", _relative)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _python_name)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _python_apply)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object:", _other)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _other)
_Loader.add_multi_constructor("!", _other)


def fill_dirs(value, root: Path, docs: Path) -> None:
    """Puts real folders for `!relative $config_dir/x` and `!relative $docs_dir/x`, in place."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, (dict, list)):
            fill_dirs(item, root, docs)
        elif isinstance(item, str) and item.startswith("!relative"):
            head, _, rest = item.removeprefix("!relative").strip().partition("/")
            base = {"$config_dir": root, "$docs_dir": docs}.get(head)
            value[key] = posixpath.join(base.as_posix(), rest) if base else PageDir()
