"""What a page defines and takes in: link definitions, footnotes, included files. Each remembers
what the parser did with it."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown

from proofreader.memory import digest
from proofreader.record import Link, Note
from proofreader.source import Source


class References(dict):
    """Link definitions, which remember what was used and what was defined again."""

    def reset(self) -> None:
        self.used: set[str] = set()
        self.repeated: list[str] = []

    def unused(self) -> list[str]:
        return [name for name in self if name not in self.used and not self._is_remark(name)]

    def _is_remark(self, name: str) -> bool:
        """`[//]: # (nothing of this shows)`: a common way to write a comment."""
        return self.get(name, ("",))[0] in ("#", "")

    def __getitem__(self, name: str) -> Any:
        self.used.add(name)
        return super().__getitem__(name)

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self and not self._is_remark(name):
            self.repeated.append(name)
        super().__setitem__(name, value)


def _that_has(things: Iterable[object], name: str) -> Any:
    """The first thing with such an attribute, which says what it is; None where there is none."""
    return next((thing for thing in things if hasattr(thing, name)), None)


class Footnotes:
    """What the footnotes extension, if there is one, found."""

    def __init__(self, md: Markdown) -> None:
        self.extension: Any = _that_has(md.registeredExtensions, "setFootnote")
        self._repeated: list[str] = []
        if self.extension:
            self._set = self.extension.setFootnote
            self.extension.setFootnote = self._note

    def _note(self, name: str, text: str) -> None:
        if name in self.extension.footnotes:
            self._repeated.append(name)
        self._set(name, text)

    @property
    def names(self) -> list[str]:
        return list(self.extension.footnotes) if self.extension else []

    @property
    def repeated(self) -> list[str]:
        found, self._repeated = self._repeated, []
        return found

    def is_used(self, name: str, ids: set[str]) -> bool:
        """Whether a mark refers to it: one has its name behind the separator, the first of several
        not."""
        end = self.extension.get_separator() + name
        first = self.extension.makeFootnoteRefId(name).removesuffix("-1")
        return first in ids or any(anchor.endswith(end) for anchor in ids)


class Snippets:
    """What pymdownx.snippets, if it is there, read into a page; nothing is ever fetched."""

    def __init__(self, md: Markdown, root: Path) -> None:
        self.root = root
        self.processor: Any = _that_has(md.preprocessors, "get_snippet_path")
        self.reset()
        if self.processor:
            self.processor.url_download = self.processor.check_paths = False
            self._find = self.processor.get_snippet_path
            self.processor.get_snippet_path = self._look

    def reset(self) -> None:
        self.lost: list[str] = []
        self.inputs: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def _look(self, wanted: str) -> str | None:
        found = self._find(wanted)
        path = Path(found) if found and Path(found).is_file() else None
        for base in self.processor.base_path:  # another file may come to stand in its way
            self.inputs.setdefault((Path(base) / wanted).as_posix(), digest(Path(base) / wanted))
        if path is None:
            self.lost.append(wanted)
            return None
        if path.stat().st_size < 1_000_000:
            data = path.read_bytes()
            self.inputs[path.as_posix()] = hashlib.sha256(data).hexdigest()
            shown = path.relative_to(self.root) if path.is_relative_to(self.root) else path
            self.texts[shown.as_posix()] = data.decode("utf-8", "replace")
        return found

    def notes(self, source: Source) -> Iterator[Note]:
        for wanted in self.lost:
            outside = any((Path(base) / wanted).exists() for base in self.processor.base_path)
            kind = "include-outside" if outside else "include-missing"
            for file, text in (("", source.text), *self.texts.items()):
                if wanted in text:
                    yield Note(kind, wanted, text.count("\n", 0, text.find(wanted)) + 1, file)
                    break

    def placed(self, link: Link, source: Source) -> Link:
        """The link with the included file that holds it, where the page itself does not."""
        if (
            not self.texts
            or link.css == "term"
            or not link.target
            or source.has_target(link.target)
        ):
            return link
        for file, text in self.texts.items():
            if (at := text.find(link.target)) >= 0:
                line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
                return link._replace(file=file, line=line, column=column)
        return link
