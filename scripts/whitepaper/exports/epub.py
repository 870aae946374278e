"""The EPUBs: the rendered pages as XHTML, in the templates of epub/, in a zip file."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from jinja2 import StrictUndefined

from whitepaper import wording
from whitepaper.book import HTML_LANG
from whitepaper.content import words
from whitepaper.editions import read_edition, read_source
from whitepaper.exports.archive import write_zip
from whitepaper.exports.leaves import Leaf, take_notes
from whitepaper.exports.pdf import BASE, front_image, matter, offprints
from whitepaper.exports.places import Contents
from whitepaper.look import read_look
from whitepaper.templates import environment

FOLDER = Path(__file__).parent / "epub"
TEMPLATES = environment("epub", FOLDER, undefined=StrictUndefined)
MEDIA = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "png": "image/png",
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
KINDS = {"footnote-ref": "noteref", "term": "glossref"}  # what EPUB calls a link of that class
BACK = {"zh": "返回正文", "en": "Back to the text"}


def write_epub(contents: Contents, stage: Path, lang: str) -> None:
    """Writes downloads/hard-tech-<lang>.epub."""
    date = read_source(contents.book.root).date
    path = stage / f"downloads/{BASE}-{lang}.epub"
    write_zip(path, epub_files(contents, lang), date, first="mimetype")


def epub_files(contents: Contents, lang: str) -> dict[str, bytes]:
    book = contents.book
    inside = frozenset(matter(book))
    parts = [
        (part, [EpubPage(contents, lang, page.name, inside) for page in found])
        for part, found in book.parts(lang)
    ]
    address = f"{book.site_url}{lang}/"
    facts = {
        "address": address,
        "book": book,
        "description": wording.describe(book, lang, lang),
        "edition": read_edition(book.root),
        "html_lang": HTML_LANG[lang],
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, address),
        "lang": lang,
        "parts": parts,
        "source": read_source(book.root),
        "words": wording,
    }

    def fill(template: str, **more: object) -> bytes:
        return TEMPLATES.get_template(template).render(facts, **more).encode()

    style = (FOLDER / "style.css").read_text("utf-8")
    files = {  # the colours as they are: not every reading system knows variables
        "style.css": read_look(book.root).light(style).encode(),
        "cover.png": front_image(contents, lang),
    }
    front = ("cover.xhtml", "imprint.xhtml", "nav.xhtml")
    files |= {name: fill(name) for name in front}
    for part, found in parts:
        for page in found:
            opens = part if page is found[0] else ""
            files[f"{page.name}.xhtml"] = fill("page.xhtml", page=page, opens=opens)
            files |= page.pictures
    media = {name: MEDIA[name.rpartition(".")[2].lower()] for name in sorted(files)}
    spine = [*front, *(f"{name}.xhtml" for name in matter(book))]
    files["package.opf"] = fill("package.opf", media=media, spine=spine)
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": (FOLDER / "container.xml").read_bytes(),
    } | {f"EPUB/{name}": data for name, data in files.items()}


@dataclass
class EpubPage(Leaf):
    """One page as EPUB has its links, notes, terms and figures."""

    within = "{name}.xhtml#{anchor}"

    def __post_init__(self) -> None:
        super().__post_init__()
        headings = [self.content.find("h1"), *self.content.iterfind("h2")]
        listed = len(headings) if self.name in offprints(self.contents.book, self.lang) else 1
        places = [(one.get("id"), words(one)) for one in headings[:listed] if one is not None]
        (self.anchor, self.heading), *self.sections = places
        for element in list(self.content.iter()):
            if lang := element.get("lang"):
                element.set("xml:lang", lang)
            if kind := KINDS.get(element.get("class", "")):
                element.attrib |= {"epub:type": kind, "role": f"doc-{kind}"}
            if element.tag == "dl":
                _group_terms(element)
        notes = enumerate(take_notes(self.content), 1)
        self.notes = [(note.get("id"), self._numbered(note, number)) for number, note in notes]
        self.markup = _markup(self.content)

    def show(self, image: Element) -> None:
        file, picture = self.picture(image, self.lang, "narrow")
        image.attrib = {"src": quote(file), "alt": picture.words or image.get("alt", "")}
        self.pictures[file] = picture.data

    def _numbered(self, note: Element, number: int) -> str:
        """A note with its number at the head, which leads back to its citation."""
        back = "#" + note.get("id", "").replace("fn", "fnref", 1)
        about = {"role": "doc-backlink", "href": back, "title": BACK[self.lang]}
        link, first = Element("a", about), next(note.iter("p"))
        link.text, link.tail, first.text = str(number), f" {first.text or ''}", None
        first.insert(0, link)
        return _markup(note)


def _markup(element: Element) -> str:
    """What stands in an element."""
    return "".join(tostring(block, "unicode") for block in element)


def _group_terms(listing: Element) -> None:
    """Puts each term with its meaning in a box that bears the id: what a tap on the term shows."""
    parts = list(listing)
    listing[:] = []
    for part in parts:
        if part.tag == "dt" or not len(listing):
            anchor = part.attrib.pop("id", "")
            box = SubElement(listing, "div", {"id": anchor} if anchor else {})
        box.append(part)
