"""Makes the record of a page: Python-Markdown with the project's own extensions, once for each
page."""

import html
import re
import signal
import threading
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

import yaml
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.utils import meta

from proofreader.definitions import Footnotes, References, Snippets
from proofreader.faults import CheckError, place_of
from proofreader.record import Block, Link, Note, Page
from proofreader.settings import Settings, package_of
from proofreader.source import Source
from proofreader.walk import MARK, OBJECT, TAGS, Walk, mark_links, scan

SECONDS = 20  # for one page; more is a page that hangs
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FRONT_KEY = re.compile(r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*[A-Za-z_][\w-]*:(?:\s|$)")
BROKEN_FRONT = re.compile(
    r"\A(?:---[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*\n|.*?\n(?=[ \t]*\n|#))", re.DOTALL
)  # to its end, or to where text begins
OPEN_FRONT = re.compile(r"---[ \t]*\n(?:title|description|wording|translation|template|hide|tags):")
DESCRIBED = re.compile(r"^description:", re.MULTILINE)
LISTS = {"reference": r"\[{}\]:", "footnote": r"\[\^{}\]:"}
LOADED = {"a": ("href",), "object": ("data",), "video": ("src", "poster")}
LOADED |= dict.fromkeys(("img", "source", "audio", "track", "iframe", "embed"), ("src", "srcset"))
PLAIN = (str, int, float, bool)  # values of the front matter that a record keeps


class Parser:
    """One Markdown object for all pages of a project."""

    def __init__(self, settings: Settings) -> None:
        self.md, self.unfit = _markdown(settings)
        self.md.references = self.references = References()
        self.footnotes, self.snippets = Footnotes(self.md), Snippets(self.md)
        self.tree = _Tree()
        explicit = _Explicit(self.tree)
        self.md.treeprocessors.register(explicit, "check-explicit", 7.95)  # between attr_list, toc
        self.md.treeprocessors.register(self.tree, "check-tree", -100)  # after everything

    def read(self, page: Page, source: Source) -> None:
        """Fills the record of one page; what the extensions cannot digest becomes a note."""
        try:
            with time_limit(), warnings.catch_warnings(action="ignore"):
                self._render(page, source, _front(page, source.text))
        except ImportError as error:  # the project's own code is wanted, which is not to be run
            page.notes = [Note("unrendered", str(error), 1)]
        except RecursionError:
            page.notes = [Note("crash", "nested too deeply", 1)]
        except Exception as error:  # an extension may raise anything
            page.notes = [_crash(error, source.text)]

    def _render(self, page: Page, source: Source, body: str) -> None:
        self.tree.root, self.tree.explicit = Element("none"), set()
        for part in (self.references, self.footnotes, self.snippets, self.md):
            part.reset()
        output = self.md.convert(body)
        Walk(page, source, self.md.htmlStash.rawHtmlBlocks, self.tree.explicit).children(
            self.tree.root
        )
        tags = list(scan(output))
        counts = Counter(_anchors(tags))
        page.ids = list(counts)
        page.repeated = [
            (anchor, _line_of_repeat(anchor, page, source))
            for anchor, count in counts.items()
            if count > 1
        ]
        links = [*page.links, *_raw_links(tags, output, source)]
        page.links = [self.snippets.placed(link, source) for link in links]
        page.inputs = self.snippets.inputs
        page.notes += [*self.snippets.notes(source), *self._definitions(source)]

    def _definitions(self, source: Source) -> Iterator[Note]:
        """References and footnotes that nothing uses, and those that are defined again."""
        marks = {mark.get("id", "") for mark in self.tree.root.iter("sup")}
        found = {
            ("reference", "unused", 0): self.references.unused,
            ("footnote", "unused", 0): self.footnotes.unused(marks),
            ("reference", "repeated", 1): self.references.repeated,
            ("footnote", "repeated", 1): self.footnotes.repeated,
        }
        for (kind, fault, nth), names in found.items():
            for name in names:
                form = LISTS[kind].format(re.escape(name).replace(r"\ ", r"\s+"))
                wanted = re.compile(rf"^[ \t>]*{form}", re.MULTILINE | re.IGNORECASE)
                places = [at.start() for at in wanted.finditer(source.unfenced)]
                if places:  # else an included file has it
                    line = source.line_of(places[min(nth, len(places) - 1)])
                    yield Note(f"{kind}-{fault}", name, line)


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
    fault = None
    if not found and OPEN_FRONT.match(text):
        fault = Note("front", "a line --- must end it", 1)
    elif found and not data and FRONT_KEY.match(text):  # else text between two rules
        try:
            yaml.load(found[1], yaml.SafeLoader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            line, said = place_of(error)
            fault = Note("front", said, min(line + 1, found[0].count("\n") - 1))
    page.meta = {str(key): value for key, value in data.items() if isinstance(value, PLAIN)}
    page.notes += [fault] if fault else []
    described = data.get("description")
    if found and isinstance(described, str) and (key := DESCRIBED.search(found[0])):
        line = text.count("\n", 0, key.start()) + 1
        page.blocks.append(Block("description", line, -2, "meta", described))
    return BROKEN_FRONT.sub("", text, count=1) if fault else body


def _anchors(tags: list[tuple[str, dict[str, str], int]]) -> Iterator[str]:
    """All anchors of a page with repeats; `<a id=x name=x>` counts once."""
    for tag, attributes, _ in tags:
        names = (attributes.get("id"), attributes.get("name") if tag == "a" else None)
        yield from filter(None, dict.fromkeys(names))


def _line_of_repeat(anchor: str, page: Page, source: Source) -> int:
    lines = [heading.line for heading in page.headings if heading.id == anchor]
    return lines[1] if len(lines) > 1 else source.find_id(anchor, 1) or ([*lines, 1])[0]


def _raw_links(tags: list, output: str, source: Source) -> Iterator[Link]:
    """Links and media that stand in the source as HTML."""
    for tag, attributes, end in tags:
        if MARK in attributes or "headerlink" in attributes.get("class", ""):
            continue
        text = attributes.get("alt")
        if tag == "a":
            shown = output[end : output.find("</a", end)]
            text = TAGS.sub("", shown).strip() or (OBJECT if "<" in shown else "")
        if {"aria-label", "title", "aria-hidden"} & {*attributes} or tag not in ("a", "img"):
            text = text or OBJECT
        for key in LOADED.get(tag, ()):
            for target in _targets(key, attributes.get(key)):
                place = source.find_target(target or 'href=""', 1)
                line, column = place or source.find_target(html.escape(target), 1) or (1, 1)
                kind = "a" if tag == "a" else "img"
                yield Link(kind, target, text, line, column, -1, True)


def _targets(key: str, value: str | None) -> list[str]:
    """What an attribute names: one file, or several with their sizes."""
    if value is None or value.startswith("#__codelineno"):
        return []
    several = [part.split()[0] for part in value.split(",") if part.strip()]
    return several if key == "srcset" else [value]


class _Tree(Treeprocessor):
    """Keeps the finished tree, and the headings that have an id by hand."""

    root: Element
    explicit: set[int]  # by identity

    def run(self, root: Element) -> None:
        self.root = root
        mark_links(root)


class _Explicit(Treeprocessor):
    """Notes the headings that have an id before `toc` gives one to each."""

    def __init__(self, tree: _Tree) -> None:
        super().__init__()
        self.tree = tree

    def run(self, root: Element) -> None:
        found = (element for element in root.iter() if element.tag in HEADINGS)
        self.tree.explicit = {id(element) for element in found if element.get("id")}


def _markdown(settings: Settings) -> tuple[Markdown, list[str]]:
    """With the names of the extensions that must be left out: what they do to a link they can do
    inside MkDocs alone. Raises CheckError, naming the extension that refuses its options."""
    md = _with(settings, settings.extensions)
    if _converts(md):
        return md, []
    fit: list[str] = []
    for name in settings.extensions:
        fit += [name] if _converts(_with(settings, [*fit, name])) else []
    return _with(settings, fit), [name for name in settings.extensions if name not in fit]


def _converts(md: Markdown) -> bool:
    try:
        md.convert("A [link](page.md).")
    except Exception:  # an extension may raise anything
        return False
    return True


def _with(settings: Settings, extensions: Iterable[str]) -> Markdown:
    md = Markdown()
    for name in extensions:
        try:
            known = package_of(name)  # its module, found sooner than by its short name
            md.registerExtensions([known], {known: settings.options.get(name, {})})
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
