"""The PDFs: three books, and each chapter of each tree for itself."""

import io
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image

from whitepaper.book import LANGS, Book, languages
from whitepaper.content import HEADINGS, leads
from whitepaper.editions import read_source
from whitepaper.exports.places import Contents
from whitepaper.exports.press import PDF, press
from whitepaper.exports.typeset import Setter, entries, maker, quoted
from whitepaper.wording import describe, edition_name, origin, signature, version

BASE = "hard-tech"


def write_pdfs(contents: Contents, stage: Path, tree: str) -> None:
    """Writes downloads/chapters/<tree>/<page>.pdf and downloads/hard-tech-<tree>.pdf.

    The book comes last: what Typst keeps of it makes all that follows slower.
    """
    downloads = stage / "downloads"
    (downloads / "chapters" / tree).mkdir(parents=True, exist_ok=True)
    for name in offprints(contents.book):
        made = print_pages(contents, tree, (name,), "chapter")
        path = downloads / f"chapters/{tree}/{name}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made)
    whole = print_pages(contents, tree, matter(contents.book), "book")
    (downloads / f"{BASE}-{tree}.pdf").write_bytes(whole)


def matter(book: Book) -> tuple[str, ...]:
    """The pages that a book holds, in order: all but the site's home page."""
    return tuple(name for name in book.names if name != "index")


def offprints(book: Book) -> tuple[str, ...]:
    """The pages that have a PDF of their own."""
    return tuple(name for name in book.names if name in book.chapters or name == "glossary")


def print_pages(contents: Contents, tree: str, names: tuple[str, ...], form: str) -> bytes:
    """One PDF of the pages `names`; `form` is the template's `book` or `chapter`."""
    book, section, noted = contents.book, "", 0
    lines, files = ['#import "book.typ": *', f"#show: {form}"], {}
    for name in names:
        if form == "book":
            part, section = section, _section(book, tree, name)
            if not section or section != part:
                lines += ["#opening()", section]
        setters = [
            Setter(contents, lang, name, frozenset(names), bool(section), first, noted)
            for lang, first in zip(languages(tree), (True, False), strict=False)
        ]
        lines.append(f'#include "pages/{name}.typ"')
        markup = setters[0].page() if len(setters) == 1 else parallel(*setters)
        head = f'#import "/book.typ": *\n#let n = numbered.with({quoted(name)})\n'
        files[f"pages/{name}.typ"] = (head + markup).encode()
        for setter in setters:
            files |= setter.figures
        noted = setters[0].noted + len(setters[0].cited)
    files |= _facts(book, tree, names[0] if form == "chapter" else "")
    day = int(read_source(book.root).date.timestamp())
    return press(book, "\n".join(lines), files, day, **PDF)


def front_image(contents: Contents, tree: str) -> bytes:
    """The cover of a book as a PNG."""
    book = contents.book
    source = '#import "book.typ": *\n#show: setting\n#cover(small: 15pt)'
    made = press(book, source, _facts(book, tree), 0, format="png", ppi=140)
    # A few flat colours and the edges between them: a palette is a third of the size.
    palette = Image.open(io.BytesIO(made)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    palette.save(packed, "PNG", optimize=True)
    return packed.getvalue()


# ---- the parallel book ----


def parallel(zh: Setter, en: Setter) -> str:
    """The twins of a page side by side, block by block; headings, labels and notes are shared."""
    zh.twin, en.twin = en, zh
    if en.contents.book.page("en", en.name).meta.get("translation") == "missing":
        return "\n\n".join(_untranslated(zh, en))
    pairs = _pairs(zh, en, zh.body, en.body)
    return "\n\n".join(_row(zh, en, one, other) for one, other in pairs)


def _row(zh: Setter, en: Setter, one: Element, other: Element) -> str:
    if one.tag in HEADINGS:
        return zh.heading(one, other)
    if one.tag == "table" or one.find("table") is not None:
        return f'{zh.block(one)}\n\n#v(18pt)\n\n#prose("en")[{en.block(other)}]'
    if one.tag == "figure":
        return _figure(zh, en, one, other)
    if one.tag in ("ol", "ul"):
        pairs = list(_pairs(zh, en, list(one), list(other)))
        firsts = "".join(f"{zh.item(item)}, " for item, _ in pairs)
        seconds = "".join(f"{en.item(item)}, " for _, item in pairs)
        return f"#lists({maker(one)}, ({firsts}), ({seconds}))"
    if one.tag == "dl" and "glossary" in one.get("class", ""):
        list(_pairs(zh, en, list(one), list(other)))  # the same terms in the same order
        both = zip(entries(one), entries(other), strict=True)
        return "\n\n".join(
            f"#entries[{zh.entry(*first, alone=True)}][{en.entry(*second, alone=True)}]"
            for first, second in both
        )
    sticky = "sticky: true" if leads(one) or one in zh.kept else ""
    return f"#pair({sticky})[{zh.block(one)}][{en.block(other)}]"


def _figure(zh: Setter, en: Setter, one: Element, other: Element) -> str:
    """A figure across both columns: drawn in both languages at once, or where it is a picture, one
    for each.
    """
    caption = other.find("figcaption")
    files = [zh.contents.picture(zh.lang, zh.name, image)[0] for image in one.iter("img")]
    if caption is None or not all(zh.contents.drawing(file, "zh-en") for file in files):
        return f"#above[{zh.block(one)}][{en.block(other)}]"
    return f"#across[{zh.figure(one, en.inline(caption))}]"


def _untranslated(zh: Setter, en: Setter) -> Iterator[str]:
    """A page that has no translation yet: its title in both languages, the notice beside the first
    block, then Chinese alone.
    """
    yield zh.heading(zh.body[0], en.body[0])
    beside = "".join(map(en.block, en.body[1:2]))
    for block in zh.body[1:]:
        if block.tag in {*HEADINGS, "figure", "table"}:
            yield zh.block(block)
        else:
            yield f"#pair[{zh.block(block)}][{beside}]"
            beside = ""


def _pairs(
    zh: Setter, en: Setter, ones: list[Element], others: list[Element]
) -> Iterator[tuple[Element, Element]]:
    """Raises BookError at the first block that has no equal in the other language."""
    for one, other in zip_longest(ones, others):
        if one is None or other is None or _key(one) != _key(other):
            setter, twin, block = (zh, en, one) if one is not None else (en, zh, other)
            said = re.sub(r"\s+", " ", "".join(block.itertext())).strip()[:12]
            there = f"docs/{twin.lang}/{twin.name}.md"
            law = f"{_key(block)} “{said}…” must have its twin in {there} at the same place"
            hint = "Give both languages the same blocks in the same order"
            raise setter.contents.fault(setter.lang, setter.name, said, law, hint)
        yield one, other


def _key(block: Element) -> str:
    return f"{block.tag}#{block.get('id')}" if block.get("id") else block.tag


# ---- what the template says of the book ----


def _section(book: Book, tree: str, name: str) -> str:
    """The heading of the nav section that the page stands in, or ``."""
    titles = [quoted(title) for lang in languages(tree) if (title := book.section(name, lang))]
    shown = [f"[#{title}]" for title in titles]
    body = shown[0] if len(shown) == 1 else f"[#two{''.join(shown)}]"
    return f"#heading(level: 1, supplement: {titles[0]}){body}" if titles else ""


def _facts(book: Book, tree: str, name: str = "") -> dict[str, bytes]:
    """The files that the template reads: of the book, and of one PDF, of the page `name` or all.

    They are apart because Typst sets what stands in several PDFs only once.
    """
    source, authors = read_source(book.root), book.config["extra"]["authors"]
    langs, page = languages(tree), f"{name}/" if name else ""
    commit = source.commit.replace(source.commit[10:40], "")  # `-modified` stays
    trace = {"zh": f"，源码版本{commit}", "en": f", source {commit}"}
    said = {lang: describe(book, tree, lang, name) for lang in langs}
    title = " / ".join(map(book.title, langs))
    page_title = " / ".join(book.page(lang, name).title for lang in langs) if name else ""
    meta = {
        "tree": tree,
        "title": {lang: book.title(lang) for lang in LANGS},
        "authors": authors,
        "signature": {lang: signature(book, lang) for lang in langs},
        "creators": [" ".join(author[lang] for lang in langs) for author in authors],
        "origin": {lang: origin(book, lang) for lang in LANGS},
        "keywords": [book.title(lang) for lang in langs],
        "date": {key: getattr(source.date, key) for key in ("year", "month", "day")},
        "kind": {lang: _upper(edition_name(book.wording(), tree, lang)) for lang in langs},
        "state": {lang: version(book, lang) for lang in LANGS},
        "trace": trace if commit else {"zh": "", "en": ""},
    }
    this = {
        "title": f"{page_title} · {title}" if name else title,
        "url": f"{book.site_url}{tree}/{page}",
        "said": {lang: _upper(sentence) for lang, sentence in said.items()},
        "description": " / ".join(said.values()),
    }
    return {"meta.json": _json(meta), "this.json": _json(this)}


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]


def _json(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
