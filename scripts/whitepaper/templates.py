"""Environments of templates, each compiled once: kept in .cache beside the sources, which saves a
quarter of a small build's time.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from whitepaper.book import ROOT


def environment(kind: str, *folders: Path, **settings: Any) -> Environment:
    """The templates of `folders`, as all here are written: what is no markup is escaped, a tag of
    the template leaves no blanks. `kind` names them among others; `settings` are Jinja's.
    """
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Compiled(kind),
        **settings,
    )


class _Compiled(FileSystemBytecodeCache):
    """What the environment called `kind` has compiled; does without where it may not write."""

    def __init__(self, kind: str) -> None:
        folder = ROOT / ".cache/templates"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder), f"{kind}-%s")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """By the name alone: of copies of the project, only the last is kept."""
        return super().get_cache_key(name)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)
