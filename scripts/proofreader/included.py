"""What pymdownx.snippets, if it is there, reads into a page; nothing is ever fetched."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown

from proofreader.memory import digest
from proofreader.record import Link, Note
from proofreader.source import Source

LARGEST = 1_000_000  # bytes of a file in which links are looked for


class Snippets:
    """The files that the page at hand includes; `settings` may name some for all pages."""

    def __init__(self, md: Markdown, settings: Path) -> None:
        self.settings = {settings.name: settings.read_text("utf-8", "replace")}
        processors: Iterable[Any] = md.preprocessors
        having = (one for one in processors if hasattr(one, "get_snippet_path"))
        self.processor: Any = next(having, None)
        if self.processor:
            self.processor.url_download = self.processor.check_paths = False
            self._find = self.processor.get_snippet_path
            self.processor.get_snippet_path = self._look

    def reset(self) -> None:
        self.lost: list[str] = []
        self.inputs: dict[str, str] = {}  # see Memory
        self.texts: dict[str, str] = {}  # by path

    def _look(self, wanted: str) -> str | None:
        places = [Path(base) / wanted for base in self.processor.base_path]
        found = self._find(wanted)
        for path in [*places, Path(found or wanted)]:  # another may come to stand in its way
            self.inputs[path.as_posix()] = digest(path)
        if not found or not Path(found).is_file():
            self.lost.append(wanted)
            return None
        path, here = Path(found), Path.cwd()  # the project's folder
        if path.stat().st_size < LARGEST:
            shown = path.relative_to(here) if path.is_relative_to(here) else path
            self.texts[shown.as_posix()] = path.read_text("utf-8", "replace")
        return found

    def notes(self, source: Source) -> Iterator[Note]:
        """Files that are not where files may be included from, each where it is named."""
        for wanted in (name for name in self.lost if not name.startswith(("http:", "https:"))):
            texts = {"": source.text} | self.texts | self.settings
            file = next((file for file, text in texts.items() if wanted in text), "")
            line = texts[file].count("\n", 0, max(texts[file].find(wanted), 0)) + 1
            yield Note("include-missing", wanted, line, file)

    def placed(self, link: Link, source: Source) -> Link:
        """The link with the included file that holds it, where the page itself does not."""
        own = not link.target or link.css == "term" or source.find_whole(link.target, 0) >= 0
        for file, text in self.texts.items() if not own else ():
            if (at := text.find(link.target)) >= 0:
                line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
                return link._replace(file=file, line=line, column=column)
        return link
