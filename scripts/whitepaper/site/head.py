"""The head of a page, for search engines, link previews, reference managers and browsers; sitemap
and robots.txt.
"""

import html
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from whitepaper.book import HTML_LANG, LANGS
from whitepaper.site.cite import edition, is_original, title_and_host
from whitepaper.site.view import View, authors
from whitepaper.wording import EDITOR

ICON = "apple-touch-icon.png"  # where devices look for it unasked
LOCALE = {"zh": "zh_CN", "en": "en_GB"}


def render_head(view: View, stage: Path) -> str:
    """What a page says of itself in its head; names the card and PDF that are in `stage`."""
    if view.is_lost:
        return '<meta name="robots" content="noindex">'
    has_card = (stage / card_path(view)).exists()
    lines = [
        f'<link rel="canonical" href="{view.url()}">',
        *(
            f'<link rel="alternate" hreflang="{code}" href="{address}">'
            for code, address in alternates(view)
        ),
    ]
    lines += [_meta("property", key, value) for key, value in _open_graph(view, has_card)]
    lines += [
        _meta("name", key, value)
        for key, value in [*_twitter(view, has_card), *_citation(view, stage)]
    ]
    if (stage / ICON).exists():
        lines.append(f'<link rel="icon" href="{view.to(ICON)}" type="image/png" sizes="180x180">')
        lines.append(f'<link rel="apple-touch-icon" href="{view.to(ICON)}">')
    return "\n".join([*lines, _json_ld(view)])


def alternates(view: View) -> list[tuple[str, str]]:
    """(hreflang, address) of the page in each language; whoever reads neither gets both.

    That is the parallel page; of the home pages it is the cover, and the parallel home names none.
    """
    if view.name == "index":
        both = [] if view.tree == "zh-en" else [("x-default", view.book.site_url)]
    else:
        both = [("x-default", view.url("zh-en"))]
    return [*((HTML_LANG[lang], view.url(lang)) for lang in LANGS), *both] if both else []


def _meta(attribute: str, key: str, value: str) -> str:
    return f'<meta {attribute}="{key}" content="{html.escape(value)}">'


def description(view: View) -> str:
    return " ".join(
        str(view.pages[lang].meta.get("description", "")) for lang in view.langs
    ).strip()


def described(view: View) -> str:
    """The description of a page, or of the work, as one text for its reader."""
    metas = {lang: {} if view.is_lost else view.pages[lang].meta for lang in LANGS}
    said = {
        lang: str(metas[lang].get("description") or view.book.languages[lang]["site_description"])
        for lang in LANGS
    }
    return view.say(said["zh"], said["en"])


def _open_graph(view: View, has_card: bool) -> Iterable[tuple[str, str]]:
    yield "og:type", "article" if view.is_chapter else "website"
    yield "og:site_name", view.say(view.work("zh"), view.work("en"))
    yield "og:title", view.say(view.title("zh"), view.title("en"))
    yield "og:description", description(view)
    yield "og:url", view.url()
    yield "og:locale", LOCALE[view.langs[0]]
    for lang in LANGS:
        if lang != view.langs[0]:
            yield "og:locale:alternate", LOCALE[lang]
    if has_card:
        yield from (
            ("og:image", card_url(view)),
            ("og:image:type", "image/png"),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
        )
        yield "og:image:alt", view.say(view.title("zh"), view.title("en"))


def card_path(view: View) -> str:
    return f"cards/{view.tree or 'zh-en'}/{view.name}.png"


def card_url(view: View) -> str:
    return view.book.site_url + card_path(view)


def _twitter(view: View, has_card: bool) -> Iterable[tuple[str, str]]:
    yield "twitter:card", "summary_large_image" if has_card else "summary"
    yield (
        "author",
        ", ".join(authors(view.book, view.langs[0]))
        if _is_the_authors(view)
        else view.say(EDITOR["zh"], EDITOR["en"]),
    )


def _citation(view: View, stage: Path) -> Iterable[tuple[str, str]]:
    """Highwire tags, as reference managers read them: of the work and its chapters alone, cited as
    cite.py does. No date: reference managers would take it for the work's.
    """
    if not _is_the_authors(view):
        return
    lang = view.langs[0]
    title, host = title_and_host(view, lang, is_original(view, lang))
    yield "citation_title", title if view.is_chapter else view.work(lang)
    for name in authors(view.book, lang):
        yield "citation_author", name if lang == "zh" else _inverted(name)
    if view.is_chapter:
        yield "citation_inbook_title", host
        if not is_original(view, lang):
            yield "prism.edition", edition(view, lang)
    else:
        yield "bibo.type", "Book"
        yield "prism.edition", edition(view, lang)
    yield "citation_language", HTML_LANG[lang]
    yield "citation_public_url", view.url()
    pdf = f"downloads/chapters/{view.tree}/{view.name}.pdf"
    if (stage / pdf).exists():
        yield "citation_pdf_url", view.book.site_url + pdf


def _is_the_authors(view: View) -> bool:
    """Whether the page stands for the authors' work: a chapter or the home page, not the glossary
    and the page about the edition.
    """
    return view.is_chapter or view.name == "index"


def _inverted(name: str) -> str:
    """`Mi Lei`, family name first, as `Mi, Lei`."""
    return ", ".join(name.split(" ", 1))


def _json_ld(view: View) -> str:
    text = json.dumps(describe(view), ensure_ascii=False, separators=(",", ":"))
    return '<script type="application/ld+json">' + text.replace("<", "\\u003c") + "</script>"


def describe(view: View) -> dict:
    """The page in schema.org's words: a chapter of the work, or the work itself."""
    lang = view.langs[0]
    languages = [HTML_LANG[code] for code in view.langs]
    home = f"{view.book.site_url}{view.tree}/" if view.tree else view.book.site_url
    work = {
        "@type": "Book",
        "@id": f"{home}#work",
        "name": view.work(lang),
        "url": home,
        "author": [{"@type": "Person", "name": name} for name in authors(view.book, lang)],
        "inLanguage": languages if len(languages) > 1 else languages[0],
        "version": view.edition.number,
        "dateModified": view.edition.date.isoformat(),
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "Report", "name": view.book.config["extra"]["publication"][lang]},
    }
    if view.name == "index":
        return {"@context": "https://schema.org", **work, "description": description(view)}
    kind = (
        "Chapter"
        if view.is_chapter
        else "DefinedTermSet"
        if view.name == "glossary"
        else "AboutPage"
    )
    shared = (
        {key: work[key] for key in ("author", "inLanguage", "dateModified", "isAccessibleForFree")}
        if view.is_chapter
        else {"inLanguage": work["inLanguage"]}
    )
    page = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": view.title(lang),
        "url": view.url(),
        "description": description(view),
        **shared,
    }
    return page | {
        "isPartOf": {key: work[key] for key in ("@type", "@id", "name", "url", "author")}
    }


def security_policy(script: str) -> str:
    """A policy that lets pages run and style themselves with nothing but the site's files, and the
    one inline script, by its hash."""
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' '{script}'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    policy = "; ".join(f"{name} {sources}" for name, sources in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def render_sitemap(views: list[View], changed: dict[str, date]) -> str:
    """Every page of every tree with its alternates and the day its text last changed (the
    edition's, where git is not there).
    """
    cover = replace(next(view for view in views if view.name == "index"), tree="")
    entries = "".join(_sitemap_entry(view, changed) for view in [cover, *views])
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {space}>\n{entries}</urlset>\n'


def _sitemap_entry(view: View, changed: dict[str, date]) -> str:
    days = [changed.get(f"docs/{lang}/{view.name}.md", view.edition.date) for lang in view.langs]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in alternates(view)
    )
    return f"<url><loc>{view.url()}</loc><lastmod>{max(days).isoformat()}</lastmod>{links}</url>\n"


def render_robots(site_url: str) -> str:
    return f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n"
