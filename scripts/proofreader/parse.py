"""Makes the record of a page: Python-Markdown with the project's own extensions, once for each
page."""

import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from markdown import Markdown
from mkdocs.utils import meta

from proofreader.elements import DRAWN, find_strange, find_unpaired, mark, read_html
from proofreader.faults import CheckError, place_of
from proofreader.included import Snippets
from proofreader.record import Block, Note, Page
from proofreader.settings import Settings
from proofreader.source import COMMENT, Source
from proofreader.walk import Walk

FRONT_KEY = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[A-Za-z_][\w-]*:(?:\s|$)")
BROKEN_FRONT = re.compile(
    r"\A(?:---[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*\n|.*?\n(?=[ \t]*\n|#))", re.DOTALL
)  # to its end, or to where text begins
OPEN_FRONT = re.compile(r"---[ \t]*\n(?:title|description|wording|translation|template|hide|tags):")
DESCRIBED = re.compile(r"^description:", re.MULTILINE)
REMARKS = (("#",), ("",))  # `[//]: # (nothing of this shows)`


class Definitions(dict):
    """Link definitions or footnotes, which remember what was used and what was defined again."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()
        self.repeated: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.used.add(name)
        return super().__getitem__(name)

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self:
            self.repeated.add(name)
        super().__setitem__(name, value)

    def notes(self, kind: str, mark: str, source: Source) -> Iterator[Note]:
        """What nothing uses, and what is defined again, each in its line; what an included file
        defines is left alone."""
        for name, value in self.items():
            repeated = name in self.repeated
            if value[:1] in REMARKS or (name in self.used and not repeated):
                continue
            source.rewind()
            first = source.find_line(f"[{mark}{name}]:")
            if first and name not in self.used:
                yield Note(f"{kind}-unused", name, first)
            if first and repeated:
                yield Note(f"{kind}-repeated", name, source.find_line(f"[{mark}{name}]:") or first)


class Parser:
    """One Markdown object for all pages of a project."""

    def __init__(self, settings: Settings) -> None:
        self.md = _markdown(settings)
        extensions: Iterable[Any] = self.md.registeredExtensions
        self.footnotes = next((one for one in extensions if hasattr(one, "footnote_order")), None)
        self.snippets = Snippets(self.md, settings.file)
        mark(self.md)

    def read(self, page: Page, source: Source) -> None:
        """Fills the record of one page; what the extensions cannot digest becomes a note."""
        try:
            with warnings.catch_warnings(action="ignore"):
                self._render(page, source, _front(page, source.text))
        except RecursionError:
            page.notes = [Note("crash", "nested too deeply", 1)]
        except Exception as error:  # an extension may raise anything
            page.notes = [_crash(error, source.text)]

    def _render(self, page: Page, source: Source, body: str) -> None:
        self.md.reset()
        self.snippets.reset()
        self.md.references = references = Definitions()
        footnotes = Definitions()
        if self.footnotes:
            self.footnotes.footnotes = footnotes
        markup = self.md.convert(body)
        root = read_html(markup)
        Walk(page, source).read(root)
        footnotes.used = {*getattr(self.footnotes, "footnote_order", ())}
        page.links = [self.snippets.placed(link, source) for link in page.links]
        page.notes += [
            *self.snippets.notes(source),
            *_elements_amiss(markup, root, source),
            *references.notes("reference", "", source),
            *footnotes.notes("footnote", "^", source),
        ]


def _elements_amiss(markup: str, root: Any, source: Source) -> Iterator[Note]:
    """What HTML does not have, and what is not closed, each where the source has it; what an
    included file has is left alone."""
    for element, attribute in dict.fromkeys(find_strange(root)):
        name, key = re.escape(element), re.escape(attribute)
        opened = rf"<{name}(?![\w.])"
        listed = rf"(?:{opened}[^<>]*?\s|\{{:?(?:[^{{}}\n]*\s)?){key}(?=[\s=/>}}])"
        written = re.compile(listed if attribute else opened, re.IGNORECASE)
        if found := written.search(source.masked) or written.search(source.text):
            kind = "element-drawn" if element in DRAWN else "element-strange"
            if attribute:
                kind = "attribute-strange"
            line = source.line_of(found.start())
            yield Note(kind, attribute or found[0][1:], line)
    amiss = {tag[2].lower() for tag in find_unpaired(COMMENT.sub("", markup))}
    for tag in find_unpaired(source.masked) if amiss else ():
        if tag[2].lower() in amiss:
            yield Note("element-unclosed", tag[0].strip("<"), source.line_of(tag.start()))


def _crash(error: Exception, text: str) -> Note:
    """What an extension cannot digest; one that knows the line of text, the law and the cure says
    so."""
    if len(error.args) == 3 and all(isinstance(part, str) for part in error.args):
        line, law, cure = error.args
        return Note("crash", law, text.count("\n", 0, max(text.find(line), 0)) + 1, hint=cure)
    said = str(error).strip().split("\n")[0][:200]
    return Note("crash", f"{type(error).__name__}: {said}", 1)


def _front(page: Page, text: str) -> str:
    """Reads the front matter into the record, as MkDocs does; what cannot be read of it is a note,
    and the text below is judged all the same. Returns that text."""
    found = meta.YAML_RE.match(text)
    body, data = meta.get_data(text)
    if not found and OPEN_FRONT.match(text):
        page.notes.append(Note("front", "a line --- must end it", 1))
    elif found and not data and FRONT_KEY.match(text):  # else text between two rules
        try:
            yaml.load(found[1], yaml.SafeLoader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            line, said = place_of(error)
            page.notes.append(Note("front", said, min(line + 1, found[0].count("\n") - 1)))
    page.meta = {str(key): value for key, value in data.items()}
    described = data.get("description")
    if found and isinstance(described, str) and (key := DESCRIBED.search(found[0])):
        line = text.count("\n", 0, key.start()) + 1
        page.blocks.append(Block("description", line, -2, "meta", described))
    return BROKEN_FRONT.sub("", text, count=1) if page.notes else body


def _markdown(settings: Settings) -> Markdown:
    """Raises CheckError, naming the extension that refuses its options."""
    md = Markdown()
    for name in settings.extensions:
        try:
            md.registerExtensions([name], settings.extensions)
        except Exception as error:  # an extension may raise anything
            said = str(error).strip().split("\n")[0]
            what = f"Markdown extension {name} cannot be used ({said})"
            raise CheckError(f"{settings.file.name}: {what}. Mend its options") from None
    return md
