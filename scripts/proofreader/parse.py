"""Makes the record of a page: Python-Markdown with the project's own extensions, once for each
page."""

import html
import re
import signal
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import Element

import yaml
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.utils import meta

from proofreader.definitions import Footnotes, References, Snippets
from proofreader.faults import CheckError, place_of
from proofreader.record import Block, Link, Note, Page
from proofreader.settings import Settings
from proofreader.source import Source
from proofreader.walk import MARK, OBJECT, TAGS, Walk, anchors, mark_links, scan

SECONDS = 20  # for one page; more is a page that hangs
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FRONT_KEY = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[A-Za-z_][\w-]*:(?:\s|$)")
BROKEN_FRONT = re.compile(
    r"\A(?:---[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*\n|.*?\n(?=[ \t]*\n|#))", re.DOTALL
)  # to its end, or to where text begins
OPEN_FRONT = re.compile(r"---[ \t]*\n(?:title|description|wording|translation|template|hide|tags):")
LISTS = {"reference": r"\[{}\]:", "footnote": r"\[\^{}\]:", "abbr": r"\*\[{}\]:"}
LOADED = {"a": ("href",), "object": ("data",), "video": ("src", "poster")}
LOADED |= dict.fromkeys(("img", "source", "audio", "track", "iframe", "embed"), ("src", "srcset"))


class Parser:
    """One Markdown object for all pages of a project."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.md = _markdown(settings)
        self.md.references = self.references = References()
        self.tree = _Tree(self.md)
        explicit = _Explicit(self.tree)
        self.md.treeprocessors.register(explicit, "check-explicit", 7.95)  # between attr_list, toc
        self.md.treeprocessors.register(self.tree, "check-tree", -100)  # after everything
        self.footnotes = Footnotes(self.md)
        self.snippets = Snippets(self.md, settings.root)

    @property
    def inputs(self) -> Iterator[Path]:
        """Files that extensions read, as far as their options name them."""
        for extension in self.md.registeredExtensions:
            for value in extension.getConfigs().values():
                if isinstance(value, str) and 0 < len(value) < 500 and "\n" not in value:
                    path = self.settings.root / value
                    yield from [path] if path.is_file() else []

    def read(self, path: str, uri: str, lang: str, name: str, text: str) -> Page:
        """The record of one page; what the extensions cannot digest becomes a note."""
        fault, (body, data) = _front_fault(text), meta.get_data(text)
        if fault:  # the text below it is judged all the same
            body = BROKEN_FRONT.sub("", text, count=1)
        plain = {str(key): value for key, value in data.items() if isinstance(value, PLAIN)}
        page = Page(path, uri, lang, name, plain, [], [], [], [], [], [], {})
        try:
            with time_limit(), warnings.catch_warnings(action="ignore"):
                page = self._read(page, Source(text), body)
                blocks = [*page.blocks, *_description(text, data)]
                return page._replace(blocks=blocks, notes=[*page.notes, *filter(None, [fault])])
        except ImportError as error:  # the project's own code is wanted, which is not to be run
            return page._replace(notes=[Note("unrendered", str(error), 1)])
        except RecursionError:
            return page._replace(notes=[Note("crash", "nested too deeply", 1)])
        except Exception as error:  # an extension may raise anything
            return page._replace(notes=[_crash(error, text)])

    def _read(self, page: Page, source: Source, body: str) -> Page:
        self.tree.reset()
        self.references.reset()
        self.snippets.reset()
        self.md.reset()
        output = self.md.convert(body)
        walk = Walk(source, self.md.htmlStash.rawHtmlBlocks, self.tree.explicit)
        if self.tree.root is not None:
            walk.children(self.tree.root)
        tags = list(scan(output))
        found = Counter(anchors(tags))
        repeated = [anchor for anchor, count in found.items() if count > 1]
        links = [*walk.links, *_raw_links(tags, output, source)]
        return page._replace(
            ids=list(found),
            repeated=[(anchor, _line_of_repeat(anchor, walk, source)) for anchor in repeated],
            headings=walk.headings,
            blocks=walk.blocks,
            links=[self.snippets.placed(link, source) for link in links],
            notes=[*self.snippets.notes(source), *self._definitions(walk, source)],
            inputs=dict(self.snippets.inputs),
        )

    def _definitions(self, walk: Walk, source: Source) -> Iterator[Note]:
        """References, footnotes and abbreviations that nothing uses, and those that are defined
        again."""
        root, registered = self.tree.root, self.md.registeredExtensions
        used = {sup.get("id", "") for sup in (root.iter("sup") if root is not None else ())}
        abbreviations: dict = next((ext.abbrs for ext in registered if hasattr(ext, "abbrs")), {})
        unused = {
            "reference": self.references.unused(),
            "footnote": [
                name for name in self.footnotes.names if not self.footnotes.is_used(name, used)
            ],
            "abbr": [name for name in abbreviations if name not in walk.abbreviations],
        }
        for kind, names in unused.items():
            yield from (self._note(f"{kind}-unused", kind, name, source) for name in names)
        for kind, names in (
            ("reference", self.references.repeated),
            ("footnote", self.footnotes.repeated),
        ):
            yield from (self._note(f"{kind}-repeated", kind, name, source, 1) for name in names)

    def _note(self, kind: str, listed: str, name: str, source: Source, nth: int = 0) -> Note:
        form = LISTS[listed].format(re.escape(name).replace(r"\ ", r"\s+"))
        pattern = re.compile(r"^[ \t>]*" + form, re.MULTILINE | re.IGNORECASE)
        for file, text in (("", source.unfenced), *self.snippets.texts.items()):
            if places := list(pattern.finditer(text)):
                at = places[min(nth, len(places) - 1)].start()
                return Note(kind, name, text.count("\n", 0, at) + 1, file)
        return Note(kind, name, 1)


PLAIN = (str, int, float, bool)  # values of the front matter that a record keeps


def _crash(error: Exception, text: str) -> Note:
    """What an extension cannot digest; one that knows the line of text, the law and the cure says
    so."""
    if len(error.args) == 3 and all(isinstance(part, str) for part in error.args):
        line, law, cure = error.args
        return Note("crash", law, text.count("\n", 0, max(text.find(line), 0)) + 1, hint=cure)
    said = str(error).strip().split("\n")[0][:200]
    return Note("crash", f"{type(error).__name__}: {said}", 1)


def _description(text: str, data: dict) -> list[Block]:
    """The description in the front matter, as a block that stands on no page, in its line."""
    front, value = meta.YAML_RE.match(text), data.get("description")
    key = re.search(r"^description:", front[0], re.MULTILINE) if front else None
    if key is None or not isinstance(value, str):
        return []
    line = text.count("\n", 0, key.start()) + 1
    return [Block("description", line, -2, "meta", value)]


def _front_fault(text: str) -> Note | None:
    """What keeps front matter from being read; MkDocs then shows it as text."""
    found = meta.YAML_RE.match(text)
    if not found:
        return Note("front", "a line --- must end it", 1) if OPEN_FRONT.match(text) else None
    if FRONT_KEY.match(text):  # else text between two rules
        try:
            yaml.load(found[1], yaml.SafeLoader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            line, said = place_of(error)
            return Note("front", said, min(line + 1, found[0].count("\n") - 1))
    return None


def _line_of_repeat(anchor: str, walk: Walk, source: Source) -> int:
    lines = [heading.line for heading in walk.headings if heading.id == anchor]
    return lines[1] if len(lines) > 1 else source.find_id(anchor, 1) or ([*lines, 1])[0]


def _raw_links(tags: list, output: str, source: Source) -> Iterator[Link]:
    """Links and media that stand in the source as HTML."""
    for tag, attributes, end in tags:
        if MARK in attributes or "headerlink" in attributes.get("class", ""):
            continue
        hidden = {"aria-label", "title", "aria-hidden"} & attributes.keys()
        text = attributes.get("alt")
        if tag == "a":
            shown = output[end : output.find("</a", end)]
            text = TAGS.sub("", shown).strip() or (OBJECT if "<" in shown else "")
        if hidden or tag not in ("a", "img"):
            text = text or OBJECT
        for key in LOADED.get(tag, ()):
            for target in _targets(key, attributes.get(key)):
                line, column = (
                    source.find_target(target or 'href=""', 1)
                    or source.find_target(html.escape(target), 1)
                    or (1, 1)
                )
                kind = "a" if tag == "a" else "img"
                yield Link(kind, target, text, line, column, -1, True)


def _targets(key: str, value: str | None) -> list[str]:
    """What an attribute names: one file, or several with their sizes."""
    if value is None or value.startswith("#__codelineno"):
        return []
    return (
        [part.split()[0] for part in value.split(",") if part.strip()]
        if key == "srcset"
        else [value]
    )


class _Tree(Treeprocessor):
    """Keeps the finished tree."""

    def reset(self) -> None:
        self.root: Element | None = None
        self.handmade: list[Element] = []

    def run(self, root: Element) -> None:
        self.root = root
        mark_links(root)

    def explicit(self, element: Element) -> bool:
        return any(element is other for other in self.handmade)


class _Explicit(Treeprocessor):
    """Notes the headings that have an id before `toc` gives one to each."""

    def __init__(self, tree: _Tree) -> None:
        super().__init__()
        self.tree = tree

    def run(self, root: Element) -> None:
        found = (element for element in root.iter() if element.tag in HEADINGS)
        self.tree.handmade = [element for element in found if element.get("id")]


def _markdown(settings: Settings) -> Markdown:
    """Raises CheckError, naming the extension that refuses its options."""
    md = Markdown()
    for name in settings.extensions:
        try:
            md.registerExtensions([name], settings.options)
        except Exception as error:  # an extension may raise anything
            said = str(error).strip().split("\n")[0]
            what = f"Markdown extension {name} cannot be used ({said})"
            raise CheckError(f"{settings.file.name}: {what}. Mend its options") from None
    return md


@contextmanager
def time_limit(seconds: int = SECONDS) -> Iterator[None]:
    """Ends with TimeoutError what one page keeps busy for too long, where the platform can."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"takes longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
