"""The frame around a text: one template environment for all trees, the cover and the missing page.

The templates are those that plain MkDocs uses. They find `config`, `nav` and `page` as MkDocs gives
them, a text in two languages as {zh, en}; and `built`, what the site alone knows of a page.
"""

import base64
import hashlib
import html
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import material
from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context

from whitepaper.book import LANGS, Book, BookError
from whitepaper.editions import read_page_change
from whitepaper.site import head, share
from whitepaper.site.contents import Briefs, contents, minutes, said
from whitepaper.site.view import View

THEME = Path(material.__file__).parent / "templates"
LATER = (
    "bubbles",
    "enlarge",
    "glossary",
    "share",
    "terms",
)  # scripts that common.js fetches by name
INLINE = "partials/javascripts/base.html"  # the one script that stands in pages


@dataclass(frozen=True)
class Parts:
    """A text as HTML: its title, what follows, its notes."""

    heading: str = ""
    text: str = ""
    notes: str = ""


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

    def _context(self, view: View, text: str) -> dict[str, Any]:
        nav = contents(view, self.briefs)
        page = next((page for page in nav.pages if page.active), None)
        if page:
            page.content = text
        return {"config": self._config(view), "nav": nav, "page": page}

    def _config(self, view: View) -> dict[str, Any]:
        """What templates ask of mkdocs.yml."""
        first = ["lost.js"] if view.is_lost else []
        scripts = [*first, "site.js", *(["preview.js"] if self.preview else [])]
        names, blurbs = (
            {lang: html.escape(self.book.languages[lang][key], quote=False) for lang in LANGS}
            for key in ("site_name", "site_description")
        )
        return {
            "site_name": said(view, names),
            "site_description": said(view, blurbs),
            "extra": self.book.config["extra"] | {"wording": self.book.wording()},
            "theme": {"favicon": self._address("mark.svg")},
            "extra_css": [self._address(f"{name}.css") for name in _sheets(view)],
            "extra_javascript": [self._address(name) for name in scripts],
        }

    def _built(self, view: View) -> dict[str, Any]:
        searched = ("results.css", "search.js", *(f"search-{lang}.js" for lang in view.langs))
        free = self.preview or view.disk is not None  # 'self' is nothing to a page on disk
        policy = [] if free else [head.security_policy(self.script)]
        return {
            "view": view,
            "tree": view.tree,
            "search": " ".join(view.to(self.shared[name]) for name in searched),
            "scripts": {name: view.to(self.shared[f"{name}.js"]) for name in LATER},
            "later_sheet": view.to(self.shared["later.css"]),
            "title": _title(view),
            "description": head.described(view),
            "head": "\n".join([*policy, head.render_head(view, self.stage)]),
            "apparatus": "" if view.is_lost else share.render_apparatus(view, self.stage),
            "minutes": {lang: minutes(self._length(lang), lang) for lang in LANGS},
            "first": f"{self.book.chapters[0]}/" if self.book.chapters else "",
        } | self._facts(view)

    def _facts(self, view: View) -> dict[str, Any]:
        """What templates say of the page in words of their own."""
        parts = {lang: html.escape(self.book.section(view.name, lang)) for lang in LANGS}
        changed = read_page_change(self.book.root, view.name, view.langs) if view.tree else None
        return {
            "name": view.name,
            "path": view.pages["zh"].url,
            "cover": view.is_cover,
            "chapter": view.is_chapter,
            "part": parts if parts["zh"] else "",
            "time": {lang: minutes(view.pages[lang].length, lang) for lang in LANGS},
            "edition": view.edition.number,
            "day": _days(view.edition.date),
            "changed": _days(changed),
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


def _title(view: View) -> str:
    names = {
        lang: view.work(lang) if view.name == "index" else f"{view.title(lang)} — {view.work(lang)}"
        for lang in LANGS
    }
    title = view.say(names["zh"], names["en"])
    if view.name == "index" and view.tree == "zh-en":  # the cover has both titles too
        title += f" — {view.say('中英对照', 'Parallel view')}"
    return html.escape(title, quote=False)


def _days(day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {"zh": f"{day.year}年{day.month}月{day.day}日", "en": f"{day.day} {day:%B %Y}"}
