"""The PDFs: three books, and each chapter of each tree for itself."""

import io
import json
from pathlib import Path
from xml.etree.ElementTree import tostring

from PIL import Image

from whitepaper.book import LANGS, Book, languages
from whitepaper.editions import read_source
from whitepaper.exports.places import Contents
from whitepaper.exports.press import PDF, press
from whitepaper.exports.sheets import Sheet, name_places, place_notes
from whitepaper.site.parallel import merge_content
from whitepaper.wording import describe, edition_name, origin, signature, version

BASE = "hard-tech"


def write_pdfs(contents: Contents, stage: Path, tree: str) -> None:
    """Writes downloads/chapters/<tree>/<page>.pdf and downloads/hard-tech-<tree>.pdf.

    The book comes last: what Typst keeps of it makes all that follows slower.
    """
    downloads = stage / "downloads"
    for name in offprints(contents.book, tree):
        path = downloads / f"chapters/{tree}/{name}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(print_pages(contents, tree, (name,), "chapter"))
    whole = print_pages(contents, tree, matter(contents.book), "book")
    (downloads / f"{BASE}-{tree}.pdf").write_bytes(whole)


def matter(book: Book) -> tuple[str, ...]:
    """The pages that a book holds, in order: all but the site's home page."""
    return tuple(name for name in book.names if name != "index")


def offprints(book: Book, tree: str) -> tuple[str, ...]:
    """The pages that have a PDF of their own, and whose sections stand in tables of contents."""
    own = languages(tree)[0]
    return tuple(
        name for name in matter(book) if name != "about" and not book.page(own, name).waits
    )


def print_pages(contents: Contents, tree: str, names: tuple[str, ...], form: str) -> bytes:
    """One PDF of the pages `names`; `form` is the template's `book` or `chapter`.

    Raises BookError where a text cannot be set, or has no equal in the other language.
    """
    book, counted, pages = contents.book, 0, []
    files: dict[str, bytes] = {}
    for name in names:
        sheets = [Sheet(contents, lang, name, frozenset(names), tree) for lang in languages(tree)]
        translated = not book.page("en", name).waits
        if translated and len(sheets) > 1:
            zh, en = sheets
            merge_content(zh.content, en.content, f"{name}.md")  # refuses what the site would
        name_places(sheets)
        counted = place_notes(sheets, counted)
        for sheet in sheets:
            files |= sheet.pictures
            files[f"pages/{sheet.lang}/{name}.xml"] = tostring(sheet.content, "utf-8")
        section = [title for sheet in sheets if (title := book.section(name, sheet.lang))]
        page = {"name": name, "section": section, "translated": translated}
        pages.append(page | {"lists-sections": name in offprints(book, tree)})
    files["this.json"] = _facts(book, tree, form, pages)
    return press(book, "book.typ", files, int(read_source(book.root).date.timestamp()), **PDF)


def front_image(contents: Contents, tree: str) -> bytes:
    """The cover of a book as a PNG."""
    book = contents.book
    facts = {"this.json": _facts(book, tree, "front", [])}
    made = Image.open(io.BytesIO(press(book, "book.typ", facts, format="png", ppi=140)))
    packed = io.BytesIO()
    # A few flat colours and the edges between them: a palette is half the size.
    made.convert("RGB").quantize(64).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _facts(book: Book, tree: str, form: str, pages: list[dict]) -> bytes:
    """What the template says of the book, and of this PDF of `pages`."""
    name = pages[0]["name"] if form == "chapter" else ""
    source, langs = read_source(book.root), languages(tree)
    facts = {
        "form": form,
        "tree": tree,
        "pages": pages,
        "title": {lang: book.title(lang) for lang in LANGS},
        "page": {lang: book.page(lang, name).title for lang in langs} if name else {},
        "authors": [" ".join(names) for names in zip(*map(book.authors, langs), strict=True)],
        "signature": {lang: signature(book, lang) for lang in langs},
        "origin": {lang: origin(book, lang) for lang in langs},
        "kind": {lang: edition_name(book.wording(), tree, lang) for lang in langs},
        "said": {lang: describe(book, tree, lang, name) for lang in langs},
        "state": {lang: version(book, lang) for lang in langs},
        "source": source.commit.replace(source.commit[10:40], ""),  # `-modified` stays
        "date": {key: getattr(source.date, key) for key in ("year", "month", "day")},
        "url": f"{book.site_url}{tree}/{f'{name}/' if name else ''}",
    }
    return json.dumps(facts, ensure_ascii=False).encode()
