"""What a page defines and takes in: link definitions, footnotes, included files. Each remembers what the parser did with it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from markdown import Markdown

from proofreader.config import Settings
from proofreader.memory import digest
from proofreader.mkdocs_yml import PageDir
from proofreader.record import Link, Note
from proofreader.source import Source


class References(dict):
    """Link definitions, which remember what was used and what was defined again."""

    def reset(self) -> None:
        self.used: set[str] = set()
        self.repeated: list[str] = []

    def is_remark(self, name: str) -> bool:
        """`[//]: # (nothing of this shows)`: a common way to write a comment."""
        return self.get(name, ("",))[0] in ("#", "")

    def __getitem__(self, name: str):
        self.used.add(name)
        return super().__getitem__(name)

    def __setitem__(self, name: str, value) -> None:
        if name in self:
            self.repeated.append(name)
        super().__setitem__(name, value)


class Footnotes:
    """What the footnotes extension, if there is one, found."""

    def __init__(self, md: Markdown) -> None:
        self.extension = next(
            (ext for ext in md.registeredExtensions if hasattr(ext, "setFootnote")), None
        )
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
        return self.extension.makeFootnoteRefId(name).removesuffix("-1") in ids or any(
            anchor.endswith(self.extension.get_separator() + name) for anchor in ids
        )


class Snippets:
    """What pymdownx.snippets, if it is there, read into a page; nothing is ever fetched."""

    def __init__(self, md: Markdown, settings: Settings) -> None:
        self.root = settings.root
        self.processor = next(
            (item for item in md.preprocessors if hasattr(item, "get_snippet_path")), None
        )
        self.found: dict[str, Path | None] = {}
        self.inputs: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        if self.processor:
            option = settings.options.get("pymdownx.snippets", {}).get("base_path", ["."])
            self.bases = option if isinstance(option, list) else [option]
            self.processor.url_download = self.processor.check_paths = False
            self._find = self.processor.get_snippet_path
            self.processor.get_snippet_path = self._look

    def begin(self, folder: Path) -> None:
        self.found, self.inputs, self.texts = {}, {}, {}
        if self.processor and any(isinstance(base, PageDir) for base in self.bases):
            self.processor.base_path = [
                str(folder if isinstance(base, PageDir) else self.root / base)
                for base in self.bases
            ]
            self.processor.bases = None

    def _look(self, wanted: str) -> str | None:
        found = self._find(wanted)
        if found and not Path(found).is_file():
            found = None
        self.found[wanted] = Path(found) if found else None
        for base in self.processor.base_path:
            place = Path(base) / wanted
            self.inputs.setdefault(
                place.as_posix(), "" if not found or place != Path(found) else digest(place)
            )
            if found and place == Path(found):
                break
        if found and (size := Path(found)).stat().st_size < 1_000_000:
            data = size.read_bytes()
            self.inputs[size.as_posix()] = hashlib.sha256(data).hexdigest()
            self.texts[self._shown(size)] = data.decode("utf-8", "replace")
        return found

    def _shown(self, path: Path) -> str:
        return (
            path.relative_to(self.root).as_posix()
            if path.is_relative_to(self.root)
            else path.as_posix()
        )

    def notes(self, source: Source) -> Iterator[Note]:
        for wanted, path in self.found.items():
            if path is None:
                outside = any((Path(base) / wanted).exists() for base in self.processor.base_path)
                file, text = next(
                    (
                        (name, text)
                        for name, text in (("", source.text), *self.texts.items())
                        if wanted in text
                    ),
                    ("", ""),
                )
                line = text.count("\n", 0, max(text.find(wanted), 0)) + 1
                yield Note("include-outside" if outside else "include-missing", wanted, line, file)

    def placed(self, link: Link, source: Source) -> Link:
        """The link with the included file that holds it, where the page itself does not."""
        if (
            link.css == "term"
            or not self.texts
            or not link.target
            or source.has_target(link.target)
        ):
            return link
        for file, text in self.texts.items():
            if (at := text.find(link.target)) >= 0:
                return link._replace(
                    file=file, line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at)
                )
        return link
