"""The frame around a text: one template environment for the pages of all trees, the cover and the
missing page.

The templates are those that plain MkDocs uses. They find `config`, `nav` and `page` as MkDocs gives
them, a text in two languages as {zh, en}; and `built`, what the site alone knows of a page.
"""

import base64
import hashlib
import html
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import material
from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context

from whitepaper.book import LANGS, TREES, Book, BookError
from whitepaper.content import Rendered
from whitepaper.editions import read_page_change
from whitepaper.site import head, share
from whitepaper.site.view import VIEW_NAMES, View

THEME = Path(material.__file__).parent / "templates"
LATER = ("enlarge", "glossary", "share", "terms")  # scripts that common.js fetches by name
INLINE = "partials/javascripts/base.html"  # the one script that stands in pages
PACE = {"zh": 400, "en": 1400}  # characters a minute: in English that is 230 words

Words = str | dict[str, str]  # HTML in the language of the page, or in each


@dataclass(frozen=True)
class Brief:
    """What other pages say of a page: its title, how many characters it has, what it is about."""

    title: str
    length: int
    line: str

    @classmethod
    def of(cls, page: Rendered) -> "Brief":
        return cls(page.title, page.length, str(page.meta.get("description") or ""))


Briefs = dict[tuple[str, str], Brief]  # of every page, by (language, name)


@dataclass(eq=False)
class Entry:
    """A page or a section of the contents, as templates see it.

    `page` is the entry of their own page.
    """

    title: Words
    url: str = ""
    children: list["Entry"] = field(default_factory=list)
    active: bool = False
    anchor: str = ""
    toc: list["Entry"] = field(default_factory=list)
    content: str = ""
    is_homepage: bool = False
    line: Words = ""
    previous_page: "Entry | None" = None
    next_page: "Entry | None" = None


@dataclass(frozen=True)
class Parts:
    """A text as HTML: its title, what follows, its notes."""

    heading: str = ""
    text: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Nav:
    """The contents of the book, as templates see them."""

    items: list[Entry]
    pages: list[Entry]
    homepage: Entry


class Frames:
    """Puts texts into their frames.

    `shared` says where each file stands that pages share, by its plain name. The pages of a
    `preview` have its script, and no policy, which would forbid live reload.
    """

    def __init__(
        self, book: Book, briefs: Briefs, stage: Path, shared: dict[str, str], preview: bool = False
    ) -> None:
        self.book, self.briefs, self.stage, self.shared = book, briefs, stage, shared
        self.preview = preview
        folders = FileSystemLoader([book.root / "overrides", THEME])
        self.templates = Environment(
            loader=folders, trim_blocks=True, lstrip_blocks=True, auto_reload=False
        )
        self.templates.filters["url"] = _url
        self.script = _digest(self.templates)

    def render(self, view: View, parts: Parts) -> str:
        """The whole page as HTML; raises BookError where a template cannot be filled."""
        built = self._built(view) | {"heading": parts.heading, "notes": parts.notes}
        context = self._context(view, parts.text) | {"built": built}
        kind = "404" if view.is_lost else "cover" if view.is_cover else "main"
        try:
            return self.templates.get_template(f"{kind}.html").render(context)
        except TemplateSyntaxError as error:
            where = f"{error.filename}:{error.lineno}"
            raise BookError(f"{where}: {error.message}. Mend the template") from None
        except TemplateError as error:
            raise BookError(f"overrides/{kind}.html: {error}. Mend the template") from None

    def _context(self, view: View, text: str) -> dict:
        entries = _contents(view, self.briefs)
        by_name = dict(_listed(entries))
        page = by_name.get(view.name) if view.tree else None
        if page:
            page.content = text
        return {
            "config": self._config(view),
            "nav": Nav(entries, list(by_name.values()), by_name.get("index", Entry(""))),
            "page": page,
        }

    def _config(self, view: View) -> dict:
        """What templates ask of mkdocs.yml."""
        first = ["lost.js"] if view.is_lost else []
        scripts = [*first, "site.js", *(["preview.js"] if self.preview else [])]
        names, blurbs = (
            {lang: html.escape(self.book.languages[lang][key], quote=False) for lang in LANGS}
            for key in ("site_name", "site_description")
        )
        return {
            "site_name": _said(view, names),
            "site_description": _said(view, blurbs),
            "extra": self.book.config["extra"] | {"wording": self.book.wording()},
            "theme": {"favicon": self._address("mark.svg")},
            "extra_css": [self._address(f"{name}.css") for name in _sheets(view)],
            "extra_javascript": [self._address(name) for name in scripts],
        }

    def _built(self, view: View) -> dict:
        searched = ("results.css", "search.js", *(f"search-{lang}.js" for lang in view.langs))
        free = self.preview or view.disk is not None  # 'self' is nothing to a page on disk
        policy = [] if free else [head.security_policy(self.script)]
        return {
            "view": view,
            "tree": view.tree,
            "search": " ".join(view.to(self.shared[name]) for name in searched),
            "scripts": {name: view.to(self.shared[f"{name}.js"]) for name in LATER},
            "share_sheet": view.to(self.shared["share.css"]),
            "title": _title(view),
            "description": head.described(view),
            "head": "\n".join([*policy, head.render_head(view, self.stage)]),
            "views": render_views(view),
            "kicker": render_kicker(view),
            "apparatus": "" if view.is_lost else share.render_apparatus(view, self.stage),
            "edition": render_edition(view),
            "minutes": {lang: minutes(self._length(lang), lang) for lang in LANGS},
            "first": f"{self.book.chapters[0]}/" if self.book.chapters else "",
        }

    def _length(self, lang: str) -> int:
        return sum(self.briefs[lang, name].length for name in self.book.chapters)

    def _address(self, name: str) -> str:
        return f"/{self.shared[name]}"


def _sheets(view: View) -> list[str]:
    apart = ["cover"] if view.is_cover else ["parallel"] if view.tree == "zh-en" else []
    return ["site", *apart]


@pass_context
def _url(context: Context, path: str) -> str:
    """The filter of MkDocs' name: a path in the page's tree, or after a slash in the site, as a
    link.
    """
    view: View = context["built"]["view"]
    return view.to(path[1:]) if path.startswith("/") else view.within(path)


def _digest(templates: Environment) -> str:
    """The inline script's hash, by which pages allow it."""
    script = templates.get_template(INLINE).render().strip()
    body = script.removeprefix("<script>").removesuffix("</script>")
    return "sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()


def _said(view: View, words: dict[str, str]) -> Words:
    return words[view.tree] if view.tree in LANGS else words


def _title(view: View) -> str:
    names = {
        lang: view.work(lang) if view.name == "index" else f"{view.title(lang)} — {view.work(lang)}"
        for lang in LANGS
    }
    title = view.say(names["zh"], names["en"])
    if view.name == "index" and view.tree == "zh-en":  # the cover has both titles too
        title += f" — {view.say('中英对照', 'Parallel view')}"
    return html.escape(title, quote=False)


def _contents(view: View, briefs: Briefs) -> list[Entry]:
    """The contents of the book, open at the page."""
    top: list[Entry] = []
    sections: dict[str, Entry] = {}
    before: Entry | None = None
    for name, section in view.book.sections:
        entry = _entry(view, name, briefs)
        if section and section not in sections:
            words = {lang: html.escape(view.book.section(name, lang)) for lang in LANGS}
            sections[section] = Entry(_said(view, words))
            top.append(sections[section])
        (sections[section].children if section else top).append(entry)
        if section and entry.active:
            sections[section].active = True
        entry.previous_page = before
        if before:
            before.next_page = entry
        before = entry
    return top


def _entry(view: View, name: str, briefs: Briefs) -> Entry:
    own = {lang: briefs[lang, name] for lang in LANGS}
    titles = {lang: html.escape(brief.title, quote=False) for lang, brief in own.items()}
    lines = {lang: html.escape(brief.line, quote=False) for lang, brief in own.items()}
    entry = Entry(
        _said(view, titles),
        "." if name == "index" else f"{name}/",
        is_homepage=name == "index",
        line=_said(view, lines),
    )
    if name == view.name and view.tree:
        entry.active, entry.anchor = True, view.pages["zh"].anchor
        entry.toc = [Entry("", children=_sections(view))]
    return entry


def _sections(view: View) -> list[Entry]:
    """The page's headings of the second level, in its languages."""
    zh, en = (dict(view.pages[lang].sections) for lang in LANGS)
    entries = []
    for anchor in en if view.tree == "en" else zh:
        titles = {"zh": zh.get(anchor, ""), "en": en.get(anchor, zh.get(anchor, ""))}
        escaped = {lang: html.escape(title, quote=False) for lang, title in titles.items()}
        entries.append(Entry(_said(view, escaped), f"#{anchor}"))
    return entries


def _listed(entries: list[Entry]) -> list[tuple[str, Entry]]:
    return [
        (entry.url.rstrip("/.") or "index", entry)
        for top in entries
        for entry in (top.children or [top])
    ]


def minutes(length: int, lang: str) -> str:
    """How long so many characters take to read."""
    return str(-(-length // PACE[lang]))


def tell_minutes(content: Element, view: View, briefs: Briefs) -> None:
    """Says in a list of the chapters, behind each, how long it takes to read."""
    for item in content.iter("li"):
        halves = item.findall("div/div[@lang]") or item.findall("div/*[@lang]") or [item]
        for half, lang in zip(halves, view.langs):
            names = {link.get("href", "").split("#")[0].strip("./") for link in half.iterfind("a")}
            for name in names & set(view.book.chapters):
                if half.find("small") is None:
                    time = minutes(briefs[lang, name].length, lang)
                    said = {"zh": f"约{time}分钟", "en": f"{time} min"}[lang]
                    SubElement(half, "small").text = said


def render_views(view: View) -> str:
    """The switch 中文 | English | 对照: without a script it keeps the page, with place.js the place."""
    items = "".join(_view_item(view, tree) for tree in TREES)
    label = view.say("语言与视图", "Language and view")
    return f'<nav class="views" aria-label="{label}"><ul>{items}</ul></nav>'


def _view_item(view: View, tree: str) -> str:
    code = "en" if tree == "en" else "zh-Hans"
    lang, label, name = code, "", VIEW_NAMES[tree]
    if tree == "zh-en":  # named as the page's reader can read it; on the cover in both
        title = view.say("中英对照", "Parallel view")
        lang = "en" if view.tree == "en" else code
        label = f' title="{title}" aria-label="{title}"'
        name = view.words(name, "Parallel") if view.is_cover or view.tree == "en" else name
    here = ' aria-current="page"' if tree == view.tree else ""
    link = f'href="{view.to(view.path(tree))}" lang="{lang}" hreflang="{code}" data-view="{tree}"'
    return f"<li><a {link}{label}{here}>{name}</a></li>"


def render_kicker(view: View) -> str:
    """The line above a chapter's title: its part, and how long it takes to read; else ``."""
    if not view.is_chapter:
        return ""
    zh, en = (minutes(view.pages[lang].length, lang) for lang in LANGS)
    pace = view.say("按每分钟400字计", "At 230 words a minute")
    length = view.words(f"约{zh}分钟", f"{en} min read")
    part = view.words(*(view.book.section(view.name, lang) for lang in LANGS))
    shown = f'<span class="kicker__part">{part}</span> '
    time = f'<span class="kicker__time" title="{pace}">{length}</span>'
    return f'<p class="kicker">{shown if view.book.section(view.name, "zh") else ""}{time}</p>'


def render_edition(view: View) -> str:
    """Which edition this is; of a page, when its text last changed, and the way to what changed."""
    number, day = view.edition.number, view.edition.date
    parts = [view.words(f"{number}版，{_day(day, 'zh')}", f"Version {number}, {_day(day, 'en')}")]
    changed = read_page_change(view.book.root, view.name, view.langs) if view.tree else None
    if changed:
        zh, en = _day(changed, "zh"), _day(changed, "en")
        parts.append(view.words(f"本页最后改动：{zh}", f"This page last changed: {en}"))
    if view.tree:
        said = view.words("修订记录", "Revision history")
        parts.append(f'<a href="{_history(view)}">{said}</a>')
    return f"<p>{' · '.join(parts)}</p>"


def _day(day: date, lang: str) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {day:%B %Y}"


def _history(view: View) -> str:
    """The page's history where the code is published ($HISTORY_URL), else the list of editions."""
    history = view.book.config["extra"].get("history")
    if history:
        return f"{history}docs/{view.langs[0]}/{view.name}.md"
    return view.to(f"{view.tree}/about/") + "#editions"
