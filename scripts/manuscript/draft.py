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
        self.there: dict[str, str] = {}  # what was read
        self.pictures: dict[str, bytes | None] = {}  # files that are no text; None: to go

    def __missing__(self, name: str) -> str:
        try:
            text = (read_bytes(self.root / name) or b"").decode()
        except UnicodeDecodeError as error:
            raise BookError(malformed(name, error)) from None
        # With the line ends that git keeps, whatever a checkout on Windows has.
        self[name] = self.there[name] = text.replace("\r\n", "\n")
        return self[name]

    def changes(self) -> dict[str, bytes | None]:
        """Each file that changes with its new bytes, None where it goes."""
        pictures = self.pictures.items()
        texts = {
            name: text.encode() or None
            for name, text in self.items()
            if text != self.there.get(name)
        }
        return texts | {name: new for name, new in pictures if new != read_bytes(self.root / name)}


def read_bytes(path: Path) -> bytes | None:
    """None where there is no such file."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def page_file(lang: str, name: str) -> str:
    return f"docs/{lang}/{name}.md"
