"""The files of a project as they will be: read from disk when first asked for, changed in memory
alone.
"""

from pathlib import Path

from whitepaper.book import BookError
from whitepaper.faults import malformed


class Draft:
    """Texts by their path in the project, such as `docs/zh/index.md`; None where there is no such
    file, or will be none.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._there: dict[str, str | None] = {}
        self._texts: dict[str, str | None] = {}
        self.pictures: dict[str, bytes | None] = {}  # files that are no text; None to take one away

    def __getitem__(self, name: str) -> str | None:
        if name not in self._texts:
            self._texts[name] = self._there[name] = self._read(name)
        return self._texts[name]

    def __setitem__(self, name: str, text: str | None) -> None:
        self[name]  # what is there, to compare with
        self._texts[name] = text

    def _read(self, name: str) -> str | None:
        try:
            return (self.root / name).read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise BookError(malformed(name, error)) from None

    def changes(self) -> dict[str, bytes | None]:
        """Each file that changes with its new bytes."""
        texts = {
            name: None if text is None else text.encode()
            for name, text in self._texts.items()
            if text != self._there[name]
        }
        return texts | {
            name: data for name, data in self.pictures.items() if data != _bytes(self.root / name)
        }


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def page_file(lang: str, name: str) -> str:
    return f"docs/{lang}/{name}.md"
