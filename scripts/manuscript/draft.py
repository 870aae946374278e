"""The files of a project as they will be: read from disk when first asked for, changed in memory
alone.
"""

import tomllib
from pathlib import Path

from whitepaper.book import BookError
from whitepaper.faults import malformed


class Draft(dict[str, str | None]):
    """Texts by their path in the project, such as `docs/zh/index.md`; None where there is no such
    file, or will be none.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pictures: dict[str, bytes | None] = {}  # files that are no text; None to take one away

    def __missing__(self, name: str) -> str | None:
        data = read_bytes(self.root / name)
        try:
            self[name] = None if data is None else data.decode()
        except UnicodeDecodeError as error:
            raise BookError(malformed(name, error)) from None
        return self[name]

    def data(self, name: str) -> dict:
        """What a data file says, nothing where there is none."""
        try:
            return tomllib.loads(self[name] or "")
        except tomllib.TOMLDecodeError as error:
            raise BookError(malformed(name, error)) from None

    def changes(self) -> dict[str, bytes | None]:
        """Each file that changes with its new bytes."""
        texts = {name: None if text is None else text.encode() for name, text in self.items()}
        files = texts | self.pictures
        return {n: data for n, data in files.items() if data != read_bytes(self.root / n)}


def read_bytes(path: Path) -> bytes | None:
    """None where there is no such file."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def page_file(lang: str, name: str) -> str:
    return f"docs/{lang}/{name}.md"
