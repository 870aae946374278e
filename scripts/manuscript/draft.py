"""The files of a project as they will be: read from disk when first asked for, changed in memory
alone.
"""

from pathlib import Path

from whitepaper.book import BookError
from whitepaper.faults import malformed


class Draft(dict[str, str]):
    """Texts by their path in the project, such as `docs/zh/index.md`; empty where there is no such
    file, or will be none.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pictures: dict[str, bytes] = {}  # files that are no text

    def __missing__(self, name: str) -> str:
        try:
            self[name] = _unix(read_bytes(self.root / name) or b"").decode()
        except UnicodeDecodeError as error:
            raise BookError(malformed(name, error)) from None
        return self[name]

    def changes(self) -> dict[str, bytes | None]:
        """Each file that changes with its new bytes, None where it goes."""
        files = {name: text.encode() for name, text in self.items()} | self.pictures
        return {name: new or None for name, new in files.items() if not self._stands(name, new)}

    def _stands(self, name: str, data: bytes) -> bool:
        old = read_bytes(self.root / name) or b""
        return data in (old, _unix(old))


def _unix(text: bytes) -> bytes:
    """With the line ends that git keeps, whatever a checkout on Windows has."""
    return text.replace(b"\r\n", b"\n")


def read_bytes(path: Path) -> bytes | None:
    """None where there is no such file."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def page_file(lang: str, name: str) -> str:
    return f"docs/{lang}/{name}.md"
