"""Templates once compiled, kept in .cache beside the sources: a quarter of a small build's time."""

from contextlib import suppress

from jinja2.bccache import Bucket, FileSystemBytecodeCache

from whitepaper.book import ROOT


class Compiled(FileSystemBytecodeCache):
    """What one template environment, called `kind`, has compiled; does without where it may not
    write.
    """

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
