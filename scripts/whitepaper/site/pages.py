"""The steps over built pages: what MkDocs rendered becomes the site, in three trees that share their files.

Each page of the zh and en trees carries marks where something goes (overrides/main.html); the zh-en
tree is made from both. Only this module knows the marks.
"""

import copy
import posixpath
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from whitepaper.book import LANGS, Book, BookError
from whitepaper.content import BEGIN, END, page_path
from whitepaper.editions import read_changes, read_edition
from whitepaper.figures.draw import inline, names_of_figures
from whitepaper.glossary import GLOSSARY, Term, read_glossary
from whitepaper.site import assets, head, search, share
from whitepaper.site.dress import (
    draw_figures,
    explain_terms,
    insert_downloads,
    link_places,
    mark_leads,
    name_notes,
    name_places,
    place_notices,
    show_linked_figures,
    size_images,
    tuck_notes,
)
from whitepaper.site.frame import render_edition, render_kicker, render_views
from whitepaper.site.parallel import merge_chrome, merge_content, untranslated
from whitepaper.site.spans import join_numbers, join_references, name_languages
from whitepaper.site.view import View, views_of

Contents = dict[tuple[str, str], Element]
RENDERED = (
    "assets",
    "search",
    "sitemap.xml",
    "sitemap.xml.gz",
    "404.html",
    "cover.html",
)  # what each tree has of its own, and we do not publish
VOID = re.compile(
    r"<((?:img|br|hr|input|col|wbr)\b[^>]*)>"
)  # closed, so that finished content is well-formed too
MAIN = re.compile(
    r'<main( class="md-main"[^>]*)>(.*)</main>', re.DOTALL
)  # the theme's, which holds the contents too; ours is the column of text
HEAD, STYLES, SCRIPTS = "<!--head-->", "<!--styles-->", "<!--scripts-->"  # filled last
LINK = re.compile(r'(?<=[\s"])(href|src)="(?![a-z]+:|#|/)([^"]*)"')


def finish_pages(book: Book, stage: Path, contents: Contents, lenient: bool = False) -> None:
    """Turns stage/zh and stage/en, as MkDocs left them, into the finished pages of all trees, with what they share.

    Raises BookError where the template lacks a mark, or the two languages of a page cannot be paired; `lenient`
    takes such a page for one that is not translated yet.
    """
    views, terms = views_of(book, read_edition(book.root)), _terms(book)
    pages = {view: _page(view, stage, contents, terms, lenient) for view in views} | dict(
        _loose_pages(views, stage)
    )
    for left in [stage / lang / name for lang in LANGS for name in RENDERED]:
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    files = _shared_files(book, contents, terms, list(pages.values()))
    shared = {name: assets.address(name, data) for name, data in files.items()}
    for name, data in files.items():
        _write(stage / shared[name], data)
    for view, page in pages.items():
        _write(stage / _file(view), _finish(page, view, shared).encode("utf-8"))
        if view.is_chapter:
            share.write_citations(view, stage)
    _write(
        stage / "sitemap.xml", head.render_sitemap(views, read_changes(book.root)).encode("utf-8")
    )
    _write(stage / "robots.txt", head.render_robots(book.site_url).encode("utf-8"))


def render_anew(
    book: Book, stage: Path, contents: Contents, shared: dict[str, str]
) -> Iterator[tuple[Path, str]]:
    """Path and text of each page of the book, leniently, for a site whose `shared` files are there."""
    terms = _terms(book)
    for view in views_of(book, read_edition(book.root)):
        yield _file(view), _finish(_page(view, stage, contents, terms, lenient=True), view, shared)


def _terms(book: Book) -> dict[str, Term]:
    path = book.root / GLOSSARY
    return {term.anchor: term for term in read_glossary(path)} if path.exists() else {}


def _content(view: View, contents: Contents, terms: dict[str, Term], lenient: bool) -> Element:
    """The text of a page, dressed; on a parallel page in both languages."""
    halves = {lang: copy.deepcopy(contents[lang, view.name]) for lang in view.langs}
    for lang, half in halves.items():
        show_linked_figures(half)
        place_notices(half)
        explain_terms(half, terms, lang)
        size_images(half, view, lang)
        name_languages(half, lang)
    names = {lang: name_places(half, lang) for lang, half in halves.items()}
    if view.tree != "zh-en":
        content = halves[view.tree]
    elif view.pages["en"].meta.get("translation") == "missing":
        content = untranslated(halves["zh"])
    else:
        content = _paired(halves, view, lenient)
    join_numbers(content)
    join_references(content)
    mark_leads(content)
    draw_figures(content, names_of_figures(view.book.root), partial(inline, root=view.book.root))
    name_notes(content, view)
    tuck_notes(content)
    link_places(content, view, names)
    return content


def _paired(halves: dict[str, Element], view: View, lenient: bool) -> Element:
    try:
        return merge_content(halves["zh"], halves["en"], f"{view.name}.md")
    except BookError:
        if not lenient:
            raise
        return untranslated(halves["zh"])


def _page(
    view: View, stage: Path, contents: Contents, terms: dict[str, Term], lenient: bool
) -> str:
    """The page but for what needs all pages first: style sheet, script, security policy."""
    content = _content(view, contents, terms, lenient)
    insert_downloads(content, share.render_downloads(view, stage))
    text = (
        VOID.sub(r"<\1/>", ElementTree.tostring(content, encoding="unicode", method="html"))
        .removeprefix("<div>")
        .removesuffix("</div>")
    )
    own = {"<!--kicker-->": render_kicker(view, contents), BEGIN + END: BEGIN + text + END}
    return _fill(
        _frame(stage, view.tree, page_path(Path(), "", view.name)), view, _around(view, stage) | own
    )


def _loose_pages(views: list[View], stage: Path) -> Iterator[tuple[View, str]]:
    """The cover and the page for a missing address: both speak both languages and stand at the root."""
    home = next(view for view in views if view.name == "index")
    cover = View(home.book, home.edition, "", "index", home.pages)
    if (stage / "zh/cover.html").exists():
        yield (
            cover,
            _fill(
                _moved_up(_frame(stage, "zh", Path("cover.html")), "zh"),
                cover,
                _around(cover, stage),
            ),
        )
    lost = View(
        home.book, home.edition, "", "404", home.pages, root=urlsplit(home.book.site_url).path
    )
    yield (
        lost,
        _fill(
            _frame(stage, "zh-en", Path("404.html")),
            lost,
            {HEAD: f'{HEAD}<meta name="robots" content="noindex">'},
        ),
    )


def _around(view: View, stage: Path) -> dict[str, str]:
    """What a page that is there says of itself: in its head, and under its text."""
    return {
        HEAD: HEAD + head.render_head(view, stage),
        "<!--apparatus-->": share.render_apparatus(view, stage),
    }


def _frame(stage: Path, tree: str, file: Path) -> str:
    """A page as rendered, without its content: the marks BEGIN END stand for that."""
    if tree == "zh-en":
        return merge_chrome(*(_frame(stage, lang, file) for lang in LANGS), file.as_posix())
    page = MAIN.sub(r"<div\1>\2</div>", (stage / tree / file).read_text("utf-8"))
    before, begin, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return re.sub(r"\n\s+", "\n", before + (BEGIN + END + after if begin else ""))


def _moved_up(page: str, folder: str) -> str:
    """The page for one folder further up: its relative links lead where they led."""
    return LINK.sub(
        lambda link: (
            f'{link[1]}="{posixpath.normpath(f"{folder}/{link[2]}")}{"/" if link[2].endswith("/") else ""}"'
        ),
        page,
    )


def _fill(frame: str, view: View, fillings: dict[str, str]) -> str:
    """The frame with every mark filled, but for those of the files that pages share; raises BookError where the template lost one."""
    fillings = fillings | {
        "<!--views-->": render_views(view),
        "<!--edition-->": render_edition(view),
    }
    for mark in (*fillings, STYLES, SCRIPTS):
        if mark not in frame:
            raise BookError(
                f"overrides: the mark {mark} is not in {_file(view)}. Put it back into the template"
            )
        frame = frame.replace(mark, fillings.get(mark, mark), 1)
    return frame.replace("<html ", f'<html data-tree="{view.tree}" ', 1)


def _shared_files(
    book: Book, contents: Contents, terms: dict[str, Term], pages: list[str]
) -> dict[str, bytes]:
    """What pages share, by its plain name: style sheet, script, the search with an index for each language, whatever else lies in docs/assets."""
    scripts = assets.read_scripts(book)
    searcher = assets.shorten((book.root / "docs/assets/search.js").read_text("utf-8"))
    styles = assets.purge(assets.read_styles(book), assets.words_in_use(pages, scripts + searcher))
    texts = {"site.css": styles, "site.js": scripts, "search.js": searcher}
    texts |= {
        f"search-{lang}.js": search.render_index(book, lang, contents, terms.values())
        for lang in LANGS
    }
    others = {
        path.name: path.read_bytes()
        for path in sorted((book.root / "docs/assets").glob("*"))
        if path.suffix not in (".css", ".js")
    }
    return {name: text.encode("utf-8") for name, text in texts.items()} | others


def _finish(page: str, view: View, shared: dict[str, str]) -> str:
    """Puts in the shared files by their published names, then the policy that allows just them."""
    scripts = f'<script src="{view.to(shared["site.js"])}" defer></script>'
    finder = " ".join(
        view.to(shared[name])
        for name in ("search.js", *(f"search-{lang}.js" for lang in view.langs))
    )
    page = page.replace("<html ", f'<html data-search="{finder}" ', 1)
    page = page.replace(
        STYLES, f'<link rel="stylesheet" href="{view.to(shared["site.css"])}">'
    ).replace(SCRIPTS, scripts)
    page = re.sub(
        r'"[^"]*\bassets/([\w-]+\.(?:svg|png|ico|webp|woff2))"',
        lambda file: f'"{view.to(shared[file[1]])}"' if file[1] in shared else file[0],
        page,
    )
    return page.replace(HEAD, head.security_policy(page) + "\n", 1)


def _file(view: View) -> Path:
    """Where the page stands in the site."""
    return Path("404.html") if view.name == "404" else Path(view.path()) / "index.html"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
