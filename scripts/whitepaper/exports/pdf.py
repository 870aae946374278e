"""The PDFs: three books, and each chapter of each tree for itself."""

import io
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image

from whitepaper.book import LANGS, Book
from whitepaper.content import leads
from whitepaper.editions import read_source
from whitepaper.exports.places import Contents, fault
from whitepaper.exports.press import PDF, press
from whitepaper.exports.typeset import HEADINGS, Setter, entries, quoted
from whitepaper.extension import linked_picture
from whitepaper.wording import describe, edition_name, origin, signature, version

BASE = "hard-tech"


def write_pdfs(contents: Contents, stage: Path, tree: str) -> None:
    """Writes downloads/chapters/<tree>/<page>.pdf and downloads/hard-tech-<tree>.pdf."""
    book = contents.book
    for name in offprints(book):
        _write(
            stage / f"downloads/chapters/{tree}/{name}.pdf",
            print_pages(contents, tree, (name,), "chapter"),
        )
    _write(
        stage / f"downloads/{BASE}-{tree}.pdf", print_pages(contents, tree, matter(book), "book")
    )


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
                lines.append("#pagebreak(weak: true)")
            if section and section != part:
                lines.append(section)
        langs = languages(tree)
        setters = [
            Setter(contents, lang, name, frozenset(names), bool(section), lang == langs[0], noted)
            for lang in langs
        ]
        lines.append(f'#include "pages/{name}.typ"')
        markup = setters[0].page() if len(setters) == 1 else parallel(*setters)
        files[f"pages/{name}.typ"] = (
            f'#import "/book.typ": *\n#let n = numbered.with({quoted(name)})\n{markup}'.encode()
        )
        files |= {path: drawing for setter in setters for path, drawing in setter.figures.items()}
        noted = max(setter.noted + len(setter.cited) for setter in setters)
    files["meta.json"] = _as_json(_meta(book, tree))
    files["this.json"] = _as_json(_identity(book, tree, names[0] if form == "chapter" else ""))
    source = read_source(book.root)
    return press(book, "\n".join(lines), files, int(source.date.timestamp()), **PDF)


def front_image(contents: Contents, tree: str) -> bytes:
    """The cover of a book as a PNG."""
    book = contents.book
    files = {
        "meta.json": _as_json(_meta(book, tree)),
        "this.json": _as_json(_identity(book, tree)),
    }
    source = '#import "book.typ": *\n#show: setting\n#cover(small: 15pt)'
    drawn = Image.open(io.BytesIO(press(book, source, files, 0, format="png", ppi=140)))
    # A few flat colours and the edges between them: a palette is a third of the size.
    packed = io.BytesIO()
    palette = drawn.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    palette.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def languages(tree: str) -> tuple[str, ...]:
    return (tree,) if tree in LANGS else LANGS


def parallel(zh: Setter, en: Setter) -> str:
    """The twins of a page side by side, block by block; headings, labels and notes are shared."""
    zh.twin, en.twin = en, zh
    if en.contents.book.page("en", en.name).meta.get("translation") == "missing":
        return untranslated(zh, en)
    rows = []
    for one, other in _pairs(zh, en, zh.body, en.body):
        if one.tag in HEADINGS:
            rows.append(zh.heading(one, other))
        elif one.tag == "table" or one.find("table") is not None:
            rows.append(f'{zh.block(one)}\n\n#prose("en")[{en.block(other)}]')
        elif one.tag == "figure" or linked_picture(one) is not None:
            rows.append(_figure_of_both(zh, en, one, other))
        elif one.tag in ("ol", "ul"):
            rows.append(_paired_lists(zh, en, one, other))
        elif one.tag == "dl" and "glossary" in one.get("class", ""):
            rows += _paired_terms(zh, en, one, other)
        else:
            rows.append(
                f"#pair({'sticky: true' if leads(one) or one in zh.kept else ''})"
                f"[{zh.block(one)}][{en.block(other)}]"
            )
    return "\n\n".join(rows)


def _figure_of_both(zh: Setter, en: Setter, one: Element, other: Element) -> str:
    """A figure across both columns: drawn in both languages at once, or where it is a picture, one
    for each.
    """
    images, caption = [*one.iter("img")], other.find("figcaption")
    files = [zh.contents.picture(zh.lang, zh.name, image)[0] for image in images]
    if caption is None or not all(zh.contents.drawing(file, "zh-en") for file in files):
        return f"#above[{zh.block(one)}][{en.block(other)}]"
    return f"#across[{zh.figure(one, en.inline(caption))}]"


def untranslated(zh: Setter, en: Setter) -> str:
    """A page that has no translation yet: its title in both languages, the notice beside the first
    block, then Chinese alone.
    """
    rows, beside = (
        [zh.heading(zh.body[0], en.body[0])],
        "".join(en.block(block) for block in en.body[1:2]),
    )
    for block in zh.body[1:]:
        if block.tag in (*HEADINGS, "figure", "table"):
            rows.append(zh.block(block))
        else:
            rows.append(f"#pair[{zh.block(block)}][{beside}]")
            beside = ""
    return "\n\n".join(rows)


def _paired_lists(zh: Setter, en: Setter, one: Element, other: Element) -> str:
    pairs = list(_pairs(zh, en, list(one), list(other)))
    make = zh.make(one.tag, int(one.get("start", 1)))
    firsts, seconds = (
        "".join(f"{setter.item(item)}, " for item in items)
        for setter, items in zip((zh, en), zip(*pairs, strict=True), strict=True)
    )
    return f"#lists({make}, ({firsts}), ({seconds}))"


def _paired_terms(zh: Setter, en: Setter, one: Element, other: Element) -> Iterator[str]:
    list(
        _pairs(zh, en, list(one), list(other))
    )  # the same terms in the same order, or an error that names the first that differs
    for first, second in zip(entries(one), entries(other), strict=True):
        yield f"#entries[{zh.entry(*first, alone=True)}][{en.entry(*second, alone=True)}]"


def _pairs(
    zh: Setter, en: Setter, ones: list[Element], others: list[Element]
) -> Iterator[tuple[Element, Element]]:
    """Raises BookError at the first block that has no equal in the other language."""
    for one, other in zip_longest(ones, others):
        if one is None or other is None or _key(one) != _key(other):
            setter, block = (zh, one) if one is not None else (en, other)
            twin = en if setter is zh else zh
            words = re.sub(r"\s+", " ", "".join(block.itertext())).strip()[:12]
            there = f"docs/{twin.lang}/{twin.name}.md"
            law = f"{_key(block)} “{words}…” must have its twin in {there} at the same place"
            raise fault(
                zh.contents.book,
                setter.lang,
                setter.name,
                words,
                law,
                "Give both languages the same blocks in the same order",
            )
        yield one, other


def _key(block: Element) -> str:
    return f"{block.tag}#{block.get('id')}" if block.get("id") else block.tag


def _section(book: Book, tree: str, name: str) -> str:
    """The heading of the nav section that the page stands in, or ``."""
    titles = [title for lang in languages(tree) if (title := book.section(name, lang))]
    shown = [f"#{quoted(title)}" for title in titles]
    body = shown[0] if len(shown) == 1 else f"#two[{shown[0]}][{shown[1]}]" if shown else ""
    return f"#heading(level: 1, supplement: {quoted(titles[0])})[{body}]" if titles else ""


def _meta(book: Book, tree: str) -> dict:
    """What the template says of the book, in both languages."""
    source, extra = read_source(book.root), book.config["extra"]
    commit = source.commit.replace(source.commit[10:40], "")  # `-modified` stays
    trace = (
        {"zh": f"，源码版本{commit}", "en": f", source {commit}"}
        if commit
        else {"zh": "", "en": ""}
    )
    kind = {lang: edition_name(book.wording(), tree, lang) for lang in languages(tree)}
    return {
        "tree": tree,
        "title": {lang: book.title(lang) for lang in LANGS},
        "authors": extra["authors"],
        "signature": {lang: signature(book, tree, lang) for lang in languages(tree)},
        "creators": [
            " ".join(author[lang] for lang in languages(tree)) for author in extra["authors"]
        ],
        "origin": {lang: origin(book, lang) for lang in LANGS},
        "keywords": [book.title(lang) for lang in languages(tree)],
        "date": {"year": source.date.year, "month": source.date.month, "day": source.date.day},
        "kind": {lang: name[0].upper() + name[1:] for lang, name in kind.items()},
        "state": {lang: version(book, lang) for lang in LANGS},
        "trace": trace,
    }


def _identity(book: Book, tree: str, name: str = "") -> dict:
    """Title, web address and nature of one PDF: of the book, or of its page `name`."""
    langs = languages(tree)
    said = {lang: describe(book, tree, lang, name) for lang in langs}
    title = " / ".join(book.title(lang) for lang in langs)
    if name:
        title = f"{' / '.join(book.page(lang, name).title for lang in langs)} · {title}"
    return {
        "title": title,
        "url": f"{book.site_url}{tree}/{f'{name}/' if name else ''}",
        "editors": bool(name) and name not in book.chapters,
        "said": {lang: sentence[0].upper() + sentence[1:] for lang, sentence in said.items()},
        "description": " / ".join(said.values()),
    }


def _as_json(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
