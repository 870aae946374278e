"""What a page says of itself to search engines and link previews; sitemap and robots.txt.

overrides/partials/facts.html writes it into the head of the page.
"""

from collections.abc import Iterable

from whitepaper.book import HTML_LANG, LANGS
from whitepaper.editions import read_page_change
from whitepaper.site.view import View

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{}</urlset>
"""


def alternates(view: View) -> list[tuple[str, str]]:
    """(hreflang, address) of the page in each language; whoever reads neither gets both.

    That is the parallel page; of the home pages it is the cover, and the parallel home names none.
    """
    if view.name == "index" and view.tree == "zh-en":
        return []
    both = view.book.site_url if view.name == "index" else view.url("zh-en")
    return [*((HTML_LANG[lang], view.url(lang)) for lang in LANGS), ("x-default", both)]


def description(view: View) -> str:
    """What the page is about, or the work, as one text for its reader."""
    own = {lang: page.meta.get("description") for lang, page in view.pages.items()}
    said = {
        lang: str(
            (view.kind != "lost" and own[lang]) or view.book.languages[lang]["site_description"]
        )
        for lang in LANGS
    }
    return view.say(said["zh"], said["en"])


def render_sitemap(views: Iterable[View]) -> str:
    """Every one of `views` with its alternates and the day its text last changed (the edition's,
    where git is not there).
    """
    return SITEMAP.format("".join(map(_sitemap_entry, views)))


def _sitemap_entry(view: View) -> str:
    day = read_page_change(view.book.root, view.name, view.langs) or view.edition.date
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in alternates(view)
    )
    return f"<url><loc>{view.url()}</loc><lastmod>{day}</lastmod>{links}</url>\n"


def render_robots(site_url: str) -> str:
    return f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n"
