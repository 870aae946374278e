"""The steps over built pages: what MkDocs rendered becomes the site, in three trees that share their files.

Each page of the zh and en trees carries marks where something goes (overrides/main.html); the zh-en
tree is made from both. Only this module knows the marks.
"""
import copy
import posixpath
import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from whitepaper.site import assets, head, search, share
from whitepaper.book import LANGS, TREES, Book, BookError
from whitepaper.content import BEGIN, END, page_path
from whitepaper.site.dress import draw_figures, explain_terms, insert_downloads, link_places, name_notes, name_places, place_notices, show_linked_figures, size_images, tuck_notes
from whitepaper.editions import read_changes, read_edition, read_page_change
from whitepaper.figures.draw import inline
from whitepaper.glossary import Term, read_glossary
from whitepaper.site.parallel import merge_chrome, merge_content, untranslated
from whitepaper.site.spans import join_numbers, name_languages
from whitepaper.site.view import VIEW_NAMES, View, views_of

Contents = dict[tuple[str, str], Element]
GLOSSARY = "docs/data/glossary.toml"
RENDERED = ("assets", "search", "sitemap.xml", "sitemap.xml.gz", "404.html", "cover.html")  # what each tree has of its own, and we do not publish
VOID = re.compile(r"<((?:img|br|hr|input|col|wbr)\b[^>]*)>")  # closed, so that finished content is well-formed too
MAIN = re.compile(r'<main( class="md-main"[^>]*)>(.*)</main>', re.DOTALL)  # the theme's, which holds the contents too; ours is the column of text
LINK = re.compile(r'(?<=[\s"])(href|src)="(?![a-z]+:|#|/)([^"]*)"')


def finish_pages(book: Book, stage: Path, contents: Contents, lenient: bool = False) -> None:
    """Turns stage/zh and stage/en, as MkDocs left them, into the finished pages of all trees, with what they share.

    Raises BookError where the template lacks a mark, or the two languages of a page cannot be paired; `lenient`
    takes such a page for one that is not translated yet.
    """
    views, terms = views_of(book, read_edition(book.root)), _terms(book)
    _show_linked_figures(contents)
    pages = {view: _page(view, stage, _content(view, contents, terms, lenient)) for view in views} | dict(_loose_pages(views, stage))
    for left in [stage / lang / name for lang in LANGS for name in RENDERED]:
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    shared = _publish(book, stage, contents, list(pages.values()))
    for view, page in pages.items():
        _write(stage / _file(view), _finish(page, view, shared))
        if view.is_chapter:
            share.write_citations(view, stage)
    _write(stage / "sitemap.xml", head.render_sitemap(views, read_changes(book.root)))
    _write(stage / "robots.txt", head.render_robots(book.site_url))


def render_anew(book: Book, stage: Path, contents: Contents, shared: dict[str, str]) -> Iterator[tuple[Path, str]]:
    """Path and text of each page of the book, leniently, for a site whose `shared` files are there."""
    terms = _terms(book)
    _show_linked_figures(contents)
    for view in views_of(book, read_edition(book.root)):
        yield _file(view), _finish(_page(view, stage, _content(view, contents, terms, lenient=True)), view, shared)


def _show_linked_figures(contents: Contents) -> None:
    """In the pages themselves, so that the search knows them too."""
    for content in contents.values():
        show_linked_figures(content)


def _terms(book: Book) -> dict[str, Term]:
    path = book.root / GLOSSARY
    return {term.anchor: term for term in read_glossary(path)} if path.exists() else {}


def _content(view: View, contents: Contents, terms: dict[str, Term], lenient: bool) -> Element:
    """The text of a page, dressed; on a parallel page in both languages."""
    halves = {lang: copy.deepcopy(contents[lang, view.name]) for lang in view.langs}
    for lang, half in halves.items():
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
    draw_figures(content, partial(inline, root=view.book.root))
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


def _page(view: View, stage: Path, content: Element) -> str:
    """The page but for what needs all pages first: style sheet, script, security policy."""
    insert_downloads(content, share.list_downloads(view, stage))
    text = VOID.sub(r"<\1/>", ElementTree.tostring(content, encoding="unicode", method="html")).removeprefix("<div>").removesuffix("</div>")
    frame = _frame(stage, view.tree, page_path(Path(), "", view.name))
    return _fill(frame, view, {BEGIN + END: BEGIN + text + END, "<!--apparatus-->": share.render_apparatus(view, stage)}, stage)


def _loose_pages(views: list[View], stage: Path) -> Iterator[tuple[View, str]]:
    """The cover and the page for a missing address: both speak both languages and stand at the root."""
    home = next(view for view in views if view.name == "index")
    cover = View(home.book, home.edition, "", "index", home.pages)
    if (stage / "zh/cover.html").exists():
        yield cover, _fill(_moved_up(_frame(stage, "zh", Path("cover.html")), "zh"), cover, {"<!--apparatus-->": share.render_apparatus(cover, stage)}, stage)
    lost = View(home.book, home.edition, "", "404", home.pages, root=urlsplit(home.book.site_url).path)
    frame = _frame(stage, "zh-en", Path("404.html"))
    yield lost, frame.replace("<!--head-->", '<!--head--><meta name="robots" content="noindex">').replace("<!--views-->", render_views(lost)).replace("<!--edition-->", _edition(lost))


def _frame(stage: Path, tree: str, file: Path) -> str:
    """A page as rendered, without its content: the marks BEGIN END stand for that."""
    if tree == "zh-en":
        return merge_chrome(*(_frame(stage, lang, file) for lang in LANGS), file.as_posix())
    page = MAIN.sub(r"<div\1>\2</div>", (stage / tree / file).read_text("utf-8"))
    before, begin, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return re.sub(r"\n\s*\n", "\n", before + (BEGIN + END + after if begin else ""))


def _moved_up(page: str, folder: str) -> str:
    """The page for one folder further up: its relative links lead where they led."""
    return LINK.sub(lambda link: f'{link[1]}="{posixpath.normpath(f"{folder}/{link[2]}")}{"/" if link[2].endswith("/") else ""}"', page)


def _fill(frame: str, view: View, fillings: dict[str, str], stage: Path) -> str:
    """The frame with every mark filled; raises BookError where the template lost one."""
    fillings = fillings | {
        "<!--head-->": "<!--head-->" + head.render_head(view, stage),
        "<!--views-->": render_views(view),
        "<!--edition-->": _edition(view),
    }
    for mark in (*fillings, "<!--styles-->", "<!--scripts-->"):
        if mark not in frame:
            raise BookError(f"overrides: the mark {mark} is not in {_file(view)}. Put it back into the template")
        frame = frame.replace(mark, fillings.get(mark, mark), 1)
    return frame.replace("<html ", f'<html data-tree="{view.tree}" ', 1)


def render_views(view: View) -> str:
    """The switch 中文 | English | 对照: without a script it keeps the page, with place.js the place on it too."""
    items = "".join(_view_item(view, tree) for tree in TREES)
    return f'<nav class="views" aria-label="{view.say("语言与视图", "Language and view")}"><ul>{items}</ul></nav>'


def _view_item(view: View, tree: str) -> str:
    code = "en" if tree == "en" else "zh-Hans"
    lang, label, name = code, "", VIEW_NAMES[tree]
    if tree == "zh-en":  # named as the page's reader can read it; on the cover there is room for both
        title = view.say("中英对照", "Parallel view")
        lang, label = ("en" if view.tree == "en" else code), f' title="{title}" aria-label="{title}"'
        name = view.words(name, "Parallel") if view.path() == "" or view.tree == "en" else name
    here = ' aria-current="page"' if tree == view.tree else ""
    return f'<li><a href="{view.to(view.path(tree))}" lang="{lang}" hreflang="{code}" data-view="{tree}"{label}{here}>{name}</a></li>'


def _edition(view: View) -> str:
    """Which edition this is; of a page, when its text last changed, and the way to what changed."""
    parts = [view.words(f"版本{view.edition.number}，{_day(view.edition.date, 'zh')}", f"Edition {view.edition.number}, {_day(view.edition.date, 'en')}")]
    day = read_page_change(view.book.root, view.name, view.langs) if view.tree else None
    if day:
        parts.append(view.words(f"本页最后改动：{_day(day, 'zh')}", f"This page last changed: {_day(day, 'en')}"))
    if view.tree:
        parts.append(f'<a href="{_history(view)}">{view.words("修订记录", "What changed")}</a>')
    return f"<p>{' · '.join(parts)}</p>"


def _day(day: date, lang: str) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {day:%B %Y}"


def _history(view: View) -> str:
    """The page's own history where the code is published ($HISTORY_URL, see mkdocs.yml), else the list of editions."""
    history = view.book.config["extra"].get("history")
    return f"{history}docs/{view.langs[0]}/{view.name}.md" if history else view.to(f"{view.tree}/about/#editions")


def _publish(book: Book, stage: Path, contents: Contents, pages: list[str]) -> dict[str, str]:
    """Writes what pages share; returns where each file stands, by its plain name."""
    (stage / "assets").mkdir()
    scripts = assets.read_scripts(book)
    searcher = assets.shorten((book.root / "docs/assets/search.js").read_text("utf-8"))
    styles = assets.purge(assets.read_styles(book), assets.words_in_use(pages, scripts + searcher))
    files = {"site.css": styles, "site.js": scripts, "search.js": searcher}
    files |= {f"search-{lang}.js": search.write_index(book, lang, contents, _terms(book).values()) for lang in LANGS}
    shared = {name: assets.publish(stage, name, text.encode("utf-8")) for name, text in files.items()}
    for path in sorted((book.root / "docs/assets").glob("*")):
        if path.suffix not in (".css", ".js"):
            shared[path.name] = assets.publish(stage, path.name, path.read_bytes())
    return shared


def _finish(page: str, view: View, shared: dict[str, str]) -> str:
    """Puts in the shared files by their published names, then the policy that allows just them."""
    scripts = f'<script src="{view.to(shared["site.js"])}" defer></script>'
    finder = " ".join(view.to(shared[name]) for name in ("search.js", *(f"search-{lang}.js" for lang in view.langs)))
    page = page.replace("<html ", f'<html data-search="{finder}" ', 1)
    page = page.replace("<!--styles-->", f'<link rel="stylesheet" href="{view.to(shared["site.css"])}">').replace("<!--scripts-->", scripts)
    page = re.sub(r'"[^"]*\bassets/([\w-]+\.(?:svg|png|ico|webp|woff2))"', lambda file: f'"{view.to(shared[file[1]])}"' if file[1] in shared else file[0], page)
    return page.replace("<!--head-->", head.security_policy(page) + "\n", 1)


def _file(view: View) -> Path:
    """Where the page stands in the site."""
    return Path("404.html") if view.name == "404" else Path(view.path()) / "index.html"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
