"""The frame around a text: one template environment for all trees, the cover and the missing page.

The templates are those that plain MkDocs uses. They find `config`, `nav` and `page` as MkDocs gives
them, a text in two languages as {zh, en}; and what the site alone has: `view`, the page as all
steps see it (view.py), `built`, what its frame is made of, and the modules listed in ASKED.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import material
from jinja2 import TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from whitepaper import editions, wording
from whitepaper.book import LANGS, Book, BookError
from whitepaper.content import Pages
from whitepaper.site import cite, contents, share
from whitepaper.site.redirects import Moved
from whitepaper.site.view import View
from whitepaper.templates import environment

THEME = Path(material.__file__).parent / "templates"
TEMPLATES = {"lost": "404", "gone": "moved", "cover": "cover", "page": "main"}  # by kind of view
# Modules whose functions templates call where they show what is said.
ASKED = {
    "cite": cite,
    "contents": contents,
    "editions": editions,
    "share": share,
    "wording": wording,
}
Parts = dict[str, Markup]  # a text in parts: heading, text, rest, notes


class Frames:
    """Puts texts into their frames; in `stage` lies what the exports made, `moved` says where a
    page that is gone and its anchors lead.

    The pages of a `preview` have its script, and no policy, which would forbid live reload.
    """

    def __init__(
        self, book: Book, pages: Pages, moved: Moved, stage: Path, preview: bool = False
    ) -> None:
        self.nav = contents.Nav(book, pages)
        length = {lang: sum(pages[lang, name].length for name in book.chapters) for lang in LANGS}
        self.built = {
            "preview": preview,
            "minutes": {lang: contents.minutes(length[lang], lang) for lang in LANGS},
            "first": f"{book.chapters[0]}/" if book.chapters else "",
            "stage": stage,
            "moved": moved,
        }
        self.templates = environment("frame", book.root / "overrides", THEME)
        self.templates.filters |= {"url": _url, "italic": _italic, "digest": _digest}
        self.templates.globals |= ASKED | {"config": _config(book), "nav": self.nav}
        self.templates.policies["json.dumps_kwargs"] = {
            "ensure_ascii": False,
            "separators": (",", ":"),
        }

    def render(self, view: View, parts: Parts) -> str:
        """The whole page as HTML; raises BookError where a template cannot be filled."""
        name = f"{TEMPLATES[view.kind]}.html"
        has_policy = not self.built["preview"] and view.disk is None  # on disk 'self' is nothing
        built = self.built | parts | {"has_policy": has_policy}
        page = self.nav.by_name.get(view.name) if view.tree else None
        try:
            return self.templates.get_template(name).render(view=view, built=built, page=page)
        except TemplateError as error:
            where = f"overrides/{name}"
            if isinstance(error, TemplateSyntaxError):
                where = f"{error.filename}:{error.lineno}"
            raise BookError(f"{where}: {error.message}. Mend the template") from None

    def render_sitemap(self, views: Iterable[View]) -> str:
        return self.templates.get_template("sitemap.html").render(views=views) + "\n"


def _config(book: Book) -> dict[str, Any]:
    """What templates ask of mkdocs.yml."""
    titles = {
        key: {lang: book.languages[lang][key] for lang in LANGS}
        for key in ("site_name", "site_description")
    }
    extra = book.config["extra"] | {"wording": book.wording()}
    return titles | {"extra": extra, "theme": {"favicon": "/assets/mark.svg"}}


@pass_context
def _url(context: Context, path: str) -> str:
    """The filter of MkDocs' name: a path in the page's tree, or after a slash in the site, as a
    link.
    """
    view: View = context["view"]
    return view.to(path[1:]) if path.startswith("/") else view.within(path)


def _italic(text: str) -> Markup:
    """`_…_` as HTML."""
    return Markup(re.sub(r"(?<![\w/])_(.+?)_(?!\w)", r"<i>\1</i>", str(escape(text))))


def _digest(script: str) -> str:
    """The hash of an inline script, by which a page allows it."""
    body = script.strip().removeprefix("<script>").removesuffix("</script>")
    return "sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
