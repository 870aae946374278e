"""Makes the record of a page: Python-Markdown with the project's own extensions, once for each page."""

import html
import importlib.util
import re
import signal
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree.ElementTree import Element

import yaml
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.utils import meta

from whitepaper.book import LineError
from proofreader.config import Settings
from proofreader.definitions import Footnotes, References, Snippets
from proofreader.mkdocs_yml import CheckError
from proofreader.record import Link, Note, Page
from proofreader.source import Source
from proofreader.walk import MARK, Walk, anchors, mark_links, scan
from whitepaper.faults import place_of

SECONDS = 20  # for one page; more is a page that hangs
FRONT_KEY = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[A-Za-z_][\w-]*:(?:\s|$)")
BROKEN_FRONT = re.compile(
    r"\A(?:---[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*\n|.*?\n(?=[ \t]*\n|#))", re.DOTALL
)  # to its end, or to where text begins
OPEN_FRONT = re.compile(r"---[ \t]*\n(?:title|description|wording|translation|template|hide|tags):")
LISTS = {"reference": r"\[{}\]:", "footnote": r"\[\^{}\]:", "abbr": r"\*\[{}\]:"}
TEMPLATE = re.compile(r"\{[%{]")
LOADED = {"source": "src", "video": "src", "audio": "src", "img": "src", "a": "href"}


class Parser:
    """One Markdown object for all pages of a project."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.md = _markdown(settings)
        self.md.references = self.references = References()
        self.tree = _Tree(self.md)
        self.md.treeprocessors.register(
            _Explicit(self.tree), "check-explicit", 7.95
        )  # after attr_list, before toc
        self.md.treeprocessors.register(self.tree, "check-tree", -100)  # after everything
        self.footnotes = Footnotes(self.md)
        self.snippets = Snippets(self.md, settings)

    @property
    def inputs(self) -> Iterator[Path]:
        """Files that extensions read, as far as their options name them."""
        for extension in self.md.registeredExtensions:
            for value in extension.getConfigs().values():
                if (
                    isinstance(value, str)
                    and 0 < len(value) < 500
                    and "\n" not in value
                    and (self.settings.root / value).is_file()
                ):
                    yield self.settings.root / value

    def read(self, path: str, uri: str, lang: str, name: str, text: str) -> Page:
        """The record of one page; what the extensions cannot digest becomes a note."""
        fault, (body, data) = _front_fault(text), meta.get_data(text)
        if fault:  # the text below it is judged all the same
            body = BROKEN_FRONT.sub("", text, 1)
        data = {
            str(key): value
            for key, value in data.items()
            if isinstance(value, (str, int, float, bool))
        }
        page = Page(path, uri, lang, name, data, [], [], [], [], [], [], {})
        try:
            with time_limit(), warnings.catch_warnings(action="ignore"):
                page = self._read(page, Source(text), body)
                return page._replace(
                    notes=[*page.notes, *filter(None, (fault, _description(text)))]
                )
        except (
            ImportError
        ) as error:  # an extension wants the project's own code, which is not to be run
            return page._replace(notes=[Note("unrendered", str(error), 1)])
        except RecursionError:
            return page._replace(notes=[Note("crash", "nested too deeply", 1)])
        except LineError as error:
            line, law, cure = error.args
            return page._replace(
                notes=[
                    Note("crash", law, text.count("\n", 0, max(text.find(line), 0)) + 1, hint=cure)
                ]
            )
        except Exception as error:  # an extension may raise anything
            said = str(error).strip().split("\n")[0][:200]
            return page._replace(notes=[Note("crash", f"{type(error).__name__}: {said}", 1)])

    def _read(self, page: Page, source: Source, body: str) -> Page:
        self.tree.reset()
        self.references.reset()
        self.snippets.begin((self.settings.root / page.path).parent)
        self.md.reset()
        output = self.md.convert(body)
        walk = Walk(source, self.md.htmlStash.rawHtmlBlocks, self.tree.explicit)
        if self.tree.root is not None:
            walk.children(self.tree.root)
        tags = list(scan(output))
        raw = list(_raw_links(tags, output, source))
        found = Counter(ids := anchors(tags))
        repeated = [
            (anchor, _line_of_repeat(anchor, walk, source))
            for anchor, count in found.items()
            if count > 1
        ]
        notes = [*self.snippets.notes(source), *self._definitions(walk, source)]
        if self.settings.extenders or (
            self.settings.rewriters
            and any(
                TEMPLATE.search(text) for text in (source.masked, *self.snippets.texts.values())
            )
        ):
            notes.append(Note("template", "", 1))
        links = [self.snippets.placed(link, source) for link in walk.links + raw]
        return page._replace(
            ids=list(dict.fromkeys(ids)), repeated=repeated, headings=walk.headings, blocks=walk.blocks,
            links=links, notes=notes, inputs=dict(self.snippets.inputs),
        )  # fmt: skip

    def _definitions(self, walk: Walk, source: Source) -> Iterator[Note]:
        """References, footnotes and abbreviations that nothing uses, and those that are defined again."""
        used = {
            element.get("id", "")
            for element in (self.tree.root.iter("sup") if self.tree.root is not None else ())
        }
        abbreviations = next(
            (ext.abbrs for ext in self.md.registeredExtensions if hasattr(ext, "abbrs")), {}
        )
        unused = {
            "reference": [
                name
                for name in self.references
                if name not in self.references.used and not self.references.is_remark(name)
            ],
            "footnote": [
                name for name in self.footnotes.names if not self.footnotes.is_used(name, used)
            ],
            "abbr": [name for name in abbreviations if name not in walk.abbreviations],
        }
        for kind, names in unused.items():
            yield from (self._note(f"{kind}-unused", kind, name, source) for name in names)
        yield from (
            self._note("reference-repeated", "reference", name, source, 1)
            for name in self.references.repeated
            if not self.references.is_remark(name)
        )
        yield from (
            self._note("footnote-repeated", "footnote", name, source, 1)
            for name in self.footnotes.repeated
        )

    def _note(self, kind: str, listed: str, name: str, source: Source, nth: int = 0) -> Note:
        pattern = re.compile(
            r"^[ \t>]*" + LISTS[listed].format(re.escape(name).replace(r"\ ", r"\s+")),
            re.MULTILINE | re.IGNORECASE,
        )
        for file, text in (("", source.unfenced), *self.snippets.texts.items()):
            places = list(pattern.finditer(text))
            if places:
                at = places[min(nth, len(places) - 1)].start()
                return Note(kind, name, text.count("\n", 0, at) + 1, file)
        return Note(kind, name, 1)


def _description(text: str) -> Note | None:
    """Where the description stands in the front matter."""
    found = meta.YAML_RE.match(text)
    key = re.search(r"^description:", found[0], re.MULTILINE) if found else None
    return Note("description", "", text.count("\n", 0, key.start()) + 1) if key else None


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
    return lines[1] if len(lines) > 1 else source.find_id(anchor, 1) or (lines + [1])[0]


def _raw_links(tags: list, output: str, source: Source) -> Iterator[Link]:
    """Links and media that stand in the source as HTML."""
    for tag, attributes, end in tags:
        target = attributes.get(LOADED.get(tag, ""))
        if (
            target is None
            or MARK in attributes
            or target.startswith("#__codelineno")
            or "headerlink" in attributes.get("class", "")
        ):
            continue
        shown = output[end : output.find("</a", end)] if tag == "a" else None
        text = (
            re.sub(r"<[^>]*>", "", shown).strip() or ("\ufffc" if "<" in shown else "")
            if shown is not None
            else attributes.get("alt")
        )
        at, column = (
            source.find_target(target or 'href=""', 1)
            or source.find_target(html.escape(target), 1)
            or (1, 1)
        )
        hidden = "aria-label" in attributes or "title" in attributes or "aria-hidden" in attributes
        yield Link(
            "a" if tag == "a" else "img",
            target,
            text or ("\ufffc" if hidden or tag not in ("a", "img") else text),
            at,
            column,
            -1,
            True,
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
        self.tree.handmade = [
            element
            for element in root.iter()
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6") and element.get("id")
        ]


def _markdown(settings: Settings) -> Markdown:
    """Raises CheckError, naming the extension that is not installed or refuses its options."""
    md = Markdown()
    for name in settings.extensions:
        if not _is_extension(name):
            raise CheckError(
                f"mkdocs.yml: Markdown extension {name} is not installed. Install its package into .venv, or take it out"
            )
        try:
            md.registerExtensions([name], settings.options)
        except Exception as error:  # an extension may raise anything
            said = str(error).strip().split("\n")[0]
            raise CheckError(
                f"mkdocs.yml: Markdown extension {name} cannot be used ({said}). Mend its options"
            ) from None
    return md


@cache
def _extension_names() -> frozenset[str]:
    return frozenset(point.name for point in entry_points(group="markdown.extensions"))


def _is_extension(name: str) -> bool:
    """Whether a name is that of a Markdown extension: anything else is never imported."""
    module = name.split(":")[0]
    if module in _extension_names():
        return True
    try:
        spec = importlib.util.find_spec(module) if re.fullmatch(r"[\w.]+", module) else None
        return bool(
            spec and spec.origin and "Extension" in Path(spec.origin).read_text("utf-8", "replace")
        )
    except (ImportError, ValueError, OSError):
        return False


@contextmanager
def time_limit(seconds: int = SECONDS):
    """Ends with TimeoutError what one page keeps busy for too long, where the platform can."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_):
        raise TimeoutError(f"takes longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
