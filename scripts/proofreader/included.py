"""What pymdownx.snippets, if it is there, reads into a page; nothing is ever fetched."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown

from proofreader.record import Link, Note
from proofreader.source import Source


class Snippets:
    """The files that the page at hand includes; `settings` may name some for all pages."""

    def __init__(self, md: Markdown, settings: Path) -> None:
        self.settings = {settings.name: Source(settings.read_text("utf-8", "replace"))}
        known: Any = md.preprocessors
        if "snippet" in known:
            self.processor = known["snippet"]
            self.processor.url_download = self.processor.check_paths = False
            self._find = self.processor.get_snippet_path
            self.processor.get_snippet_path = self._look
        self.sought: set[str | Path] = set()  # where files were looked for, for any page

    def reset(self) -> None:
        self.lost: list[str] = []
        self.sources: dict[str, Source] = {}  # by path

    def _look(self, wanted: str) -> str | None:
        places = [Path(base) / wanted for base in self.processor.base_path]
        found = self._find(wanted)
        self.sought |= {*places, found or wanted}  # another may come to stand in its way
        if not found or not Path(found).is_file():
            self.lost.append(wanted)
            return None
        shown = Path(os.path.relpath(found)).as_posix()  # from the project's folder
        self.sources[shown] = Source(Path(found).read_text("utf-8", "replace"))
        return found

    def notes(self, source: Source) -> Iterator[Note]:
        """Files that are not where files may be included from, each where it is named."""
        for wanted in (name for name in self.lost if not name.startswith(("http:", "https:"))):
            places = {"": source} | self.sources | self.settings
            file = next((file for file, one in places.items() if wanted in one.text), "")
            line = places[file].line_of(places[file].text.find(wanted))
            yield Note("include-missing", wanted, line, file)

    def placed(self, link: Link, source: Source) -> Link:
        """The link with the included file that holds it, where the page itself does not."""
        own = not link.target or link.css == "term" or source.find_whole(link.target, 0) >= 0
        for file, included in self.sources.items() if not own else ():
            if (at := included.text.find(link.target)) >= 0:
                line, column = included.place(at)
                return link._replace(file=file, line=line, column=column)
        return link
