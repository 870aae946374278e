"""What extensions of Markdown know of a page and keep to themselves: definitions, footnotes,
included files."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown

from proofreader.memory import digest, sha256
from proofreader.record import Link, Note
from proofreader.source import Source


class References(dict):
    """Link definitions, which remember what was used and what was defined again."""

    def reset(self) -> None:
        self.used: set[str] = set()
        self.repeated: list[str] = []

    @property
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
        if self.extension:
            self._set = self.extension.setFootnote
            self.extension.setFootnote = self._note

    def reset(self) -> None:
        self.repeated: list[str] = []

    def _note(self, name: str, text: str) -> None:
        if name in self.extension.footnotes:
            self.repeated.append(name)
        self._set(name, text)

    def unused(self, marks: set[str]) -> list[str]:
        """The notes that no mark refers to: one has its name behind the separator, the first of
        several not."""
        known = self.extension
        return [
            name
            for name in (known.footnotes if known else ())
            if known.makeFootnoteRefId(name).removesuffix("-1") not in marks
            and not any(mark.endswith(known.get_separator() + name) for mark in marks)
        ]


class Snippets:
    """What pymdownx.snippets, if it is there, read into a page; nothing is ever fetched."""

    def __init__(self, md: Markdown) -> None:
        self.processor: Any = _that_has(md.preprocessors, "get_snippet_path")
        if self.processor:
            self.processor.url_download = self.processor.check_paths = False
            self._find = self.processor.get_snippet_path
            self.processor.get_snippet_path = self._look

    def reset(self) -> None:
        self.lost: list[str] = []
        self.inputs: dict[str, str] = {}  # see Memory
        self.texts: dict[str, str] = {}  # of included files, by their path

    def _look(self, wanted: str) -> str | None:
        found = self._find(wanted)
        for base in self.processor.base_path:  # another file may come to stand in its way
            self.inputs.setdefault((Path(base) / wanted).as_posix(), digest(Path(base) / wanted))
        if not found or not Path(found).is_file():
            self.lost.append(wanted)
            return None
        path = Path(found)
        if path.stat().st_size < 1_000_000:
            data = path.read_bytes()
            self.inputs[path.as_posix()] = sha256(data)
            here = Path.cwd()  # the project's folder
            shown = path.relative_to(here) if path.is_relative_to(here) else path
            self.texts[shown.as_posix()] = data.decode("utf-8", "replace")
        return found

    def notes(self, source: Source) -> Iterator[Note]:
        """Files that are not there, or where nothing may be included from, each where it is
        named."""
        for wanted in (name for name in self.lost if not name.startswith(("http:", "https:"))):
            outside = any((Path(base) / wanted).exists() for base in self.processor.base_path)
            kind = "include-outside" if outside else "include-missing"
            texts = (("", source.text), *self.texts.items())
            file, text = next(((file, text) for file, text in texts if wanted in text), texts[0])
            yield Note(kind, wanted, text.count("\n", 0, text.find(wanted)) + 1, file)

    def placed(self, link: Link, source: Source) -> Link:
        """The link with the included file that holds it, where the page itself does not."""
        own = not link.target or link.css == "term" or source.find_whole(link.target, 0) >= 0
        for file, text in self.texts.items() if not own else ():
            if (at := text.find(link.target)) >= 0:
                line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
                return link._replace(file=file, line=line, column=column)
        return link
