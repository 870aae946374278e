"""head: what search engines, link previews and reference managers read on each page."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from article import read_page
from minibook import SITE_URL
from whitepaper.book import LANGS, TREES, read_book
from whitepaper.editions import read_edition
from whitepaper.site.view import View

PAGES = [
    (tree, name)
    for tree in TREES
    for name in ("", *(f"{name}/" for name in read_book().names if name != "index"))
]


class _Head(HTMLParser):
    """Collects the metas, links, title and JSON-LD of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.metas, self.links, self.texts, self._open = [], [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "meta" and "content" in attributes:
            self.metas.append(
                (
                    attributes.get("name")
                    or attributes.get("property")
                    or attributes.get("http-equiv"),
                    attributes["content"],
                )
            )
        elif tag == "link":
            self.links.append(
                (attributes["rel"], attributes.get("hreflang", ""), attributes["href"])
            )
        self._open = "json" if attributes.get("type") == "application/ld+json" else tag

    def handle_data(self, data):
        if self._open in ("title", "json"):
            self.texts[self._open] = self.texts.get(self._open, "") + data

    def handle_endtag(self, _):
        self._open = None

    def metas_of(self, name: str) -> list[str]:
        return [content for key, content in self.metas if key == name]


@pytest.fixture(scope="module")
def heads(site) -> dict[tuple[str, str], _Head]:
    return {
        (tree, page): _Head((site / tree / page / "index.html").read_text("utf-8"))
        for tree, page in [("", ""), *PAGES]
    }


def test_addresses_of_a_page(heads):
    """Every page is canonical to itself and names its two languages, absolutely; who reads neither
    gets both: the home pages and the cover name each other, the parallel home names none.
    """
    for (tree, page), head in heads.items():
        own = f"{SITE_URL}{tree}/{page}" if tree else SITE_URL
        assert [href for rel, _, href in head.links if rel == "canonical"] == [own]
        told = {code: href for rel, code, href in head.links if rel == "alternate"}
        assert told == named(tree, page), (tree, page)


def named(tree: str, page: str) -> dict[str, str]:
    """The alternates that a page must name: the same in its head and in the sitemap."""
    if (tree, page) == ("zh-en", ""):
        return {}
    return {
        "zh-Hans": f"{SITE_URL}zh/{page}",
        "en": f"{SITE_URL}en/{page}",
        "x-default": f"{SITE_URL}zh-en/{page}" if page else SITE_URL,
    }


def test_icons(heads, site):
    """Every page names an icon in pixels, for home screens and for who draws no SVG; it is there,
    180 by 180.
    """
    for (tree, page), head in heads.items():
        for kind in ("icon", "apple-touch-icon"):
            (icon,) = [href for rel, _, href in head.links if rel == kind and href.endswith(".png")]
            assert (site / tree / page / icon).resolve() == site / "apple-touch-icon.png"
    assert Image.open(site / "apple-touch-icon.png").size == (180, 180)


def test_addresses_are_encoded():
    """An address that is written out holds no character but ASCII, also of a page with a Han name."""
    book = read_book()
    pages = {lang: replace(book.page(lang, "origin"), name="概念/诞生") for lang in LANGS}
    view = View(book, read_edition(book.root), "zh", "概念/诞生", pages)
    assert view.url() == f"{book.site_url}zh/%E6%A6%82%E5%BF%B5/%E8%AF%9E%E7%94%9F/"
    assert all(href.isascii() for _, href in view.alternates())
    assert view.file == "zh/概念/诞生/index.html"


def test_titles_and_descriptions(heads):
    """No two pages share a title or a description, and none lacks one."""
    titles = [head.texts["title"] for head in heads.values()]
    for values in (
        titles,
        [head.metas_of("description")[0] for head in heads.values()],
    ):
        assert len(set(values)) == len(heads) and all(values)
    assert (
        heads["zh-en", "origin/"].texts["title"]
        == f"{heads['zh', 'origin/'].texts['title']} · {heads['en', 'origin/'].texts['title']}"
    )


def test_previews(heads, site):
    """Open Graph and Twitter tags are whole, and the card they name is there, 1200 by 630."""
    for (tree, page), head in heads.items():
        graph = {key: content for key, content in head.metas if key and key.startswith("og:")}
        assert (
            graph["og:url"] == (f"{SITE_URL}{tree}/{page}" if tree else SITE_URL)
            and graph["og:title"]
            and graph["og:description"]
        )
        assert head.metas_of("twitter:card") == ["summary_large_image"]
        card = (site / graph["og:image"].removeprefix(SITE_URL)).read_bytes()
        assert (card[:4], int.from_bytes(card[16:20]), int.from_bytes(card[20:24])) == (
            b"\x89PNG",
            1200,
            630,
        )


def test_reference_managers(heads):
    """Highwire tags give authors, title, book and address, as the citations do; no date, for the
    work has none.
    """
    tags = {
        key: [content for name, content in heads["en", "origin/"].metas if name == key]
        for key, _ in heads["en", "origin/"].metas
        if key and key.startswith(("citation_", "prism.", "bibo."))
    }
    edition = read_edition(read_book().root).number
    assert heads["zh", "origin/"].metas_of("prism.edition") == [f"双语编述版，{edition}版"]
    assert heads["en", ""].metas_of("bibo.type") == ["Book"]
    assert tags == {
        "prism.edition": [f"bilingual edition in paraphrase, version {edition}"],
        "citation_title": ["The Birth of the Hard Tech Concept"],
        "citation_author": ["Mi, Lei", "Zhao, Ruirui"],
        "citation_inbook_title": ["Hard Tech Changes the World"],
        "citation_language": ["en"],
        "citation_public_url": [f"{SITE_URL}en/origin/"],
        "citation_pdf_url": [f"{SITE_URL}downloads/chapters/en/origin.pdf"],
    }
    assert heads["zh", "origin/"].metas_of("citation_author") == ["米磊", "赵瑞瑞"]


@pytest.mark.parametrize("page", ["glossary/", "about/"])
def test_the_editors_own_pages(heads, page):
    """Glossary and page about the edition name the editor, and give reference managers nothing to
    attribute to the authors.
    """
    assert [key for key, _ in heads["zh", page].metas if key and key.startswith("citation_")] == []
    assert heads["zh", page].metas_of("author") == ["本版编者"]


def test_linked_data(heads):
    """JSON-LD says that a chapter is part of the work, the work of the white paper, and who wrote
    it; no date of publication is made up.
    """
    chapter, work = (json.loads(heads["zh", page].texts["json"]) for page in ("origin/", ""))
    assert (chapter["@type"], chapter["isPartOf"]["@id"], chapter["inLanguage"]) == (
        "Chapter",
        work["@id"],
        "zh-Hans",
    )
    assert (work["@type"], work["isPartOf"]["name"]) == ("Book", "中国硬科技产业投资发展白皮书")
    assert [author["name"] for author in chapter["author"]] == ["米磊", "赵瑞瑞"]
    assert json.loads(heads["zh-en", "origin/"].texts["json"])["inLanguage"] == ["zh-Hans", "en"]
    assert not any("//#" in head.texts["json"] for head in heads.values())
    assert not any("datePublished" in head.texts["json"] for head in heads.values())


def test_sitemap(site):
    """One sitemap lists the cover and every page of all three trees once, each with its alternates
    and its day; robots.txt names it.
    """
    space = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    entries = ElementTree.parse(site / "sitemap.xml").getroot().findall("s:url", space)
    assert [entry.findtext("s:loc", "", space) for entry in entries] == [
        SITE_URL,
        *(f"{SITE_URL}{tree}/{page}" for tree, page in PAGES),
    ]
    for entry, page in zip(entries, [("", ""), *PAGES], strict=True):
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry.findtext("s:lastmod", "", space))
        links = entry.findall("x:link", space)
        assert {link.get("hreflang"): link.get("href") for link in links} == named(*page)
    assert f"Sitemap: {SITE_URL}sitemap.xml" in (site / "robots.txt").read_text("utf-8")


def test_page_for_a_missing_address(site):
    """The 404 page is kept out of search engines and finds its files from any depth."""
    page = (site / "404.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert {
        link
        for link in re.findall(r'(?:href|src)="([^"#]+)"', page)
        if not link.startswith("/paper/")
    } == set()


def test_security_policy(site):
    """The policy of every page allows the site's own files and its one inline script, by hash, and
    nothing else.
    """
    for path in site.rglob("*.html"):
        page = read_page(path)
        policy = page.find(".//meta[@http-equiv='Content-Security-Policy']")
        inline = [
            script.text or ""
            for script in page.iter("script")
            if not script.get("src") and script.get("type") != "application/ld+json"
        ]
        digests = {
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
            for text in inline
        }
        assert policy is not None and len(digests) == 1 and not list(page.iter("style")), path
        assert policy.get("content") == (
            f"default-src 'none'; script-src 'self' {digests.pop()}; style-src 'self'; "
            "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
        )


def test_one_policy_before_all_else(site):
    """Every page has one policy, before anything that it governs."""
    for path in Path(site).rglob("*.html"):
        page = path.read_text("utf-8")
        assert page.count("Content-Security-Policy") == 1, path
        assert page.index("Content-Security-Policy") < min(
            page.find(tag) % len(page) for tag in ("<script", "<link", "<style")
        ), path
