"""The EPUBs: the rendered pages as XHTML, in the templates of epub/, in a zip file."""

import copy
import uuid
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from whitepaper import wording
from whitepaper.book import HTML_LANG
from whitepaper.content import words
from whitepaper.editions import read_edition, read_source
from whitepaper.exports.archive import write_zip
from whitepaper.exports.pdf import BASE, front_image, matter
from whitepaper.exports.places import Contents
from whitepaper.exports.typeset import numbers
from whitepaper.look import read_look

FOLDER = Path(__file__).parent / "epub"
TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
MEDIA = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "png": "image/png",
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
NOTES = {"zh": "编者注", "en": "Editor’s notes"}
BACK = {"zh": "返回正文", "en": "Back to the text"}


def write_epub(contents: Contents, stage: Path, lang: str) -> None:
    """Writes downloads/hard-tech-<lang>.epub."""
    date = read_source(contents.book.root).date
    path = stage / f"downloads/{BASE}-{lang}.epub"
    write_zip(path, epub_files(contents, lang), date, first="mimetype")


def epub_files(contents: Contents, lang: str) -> dict[str, bytes]:
    book = contents.book
    pages = [Page(contents, lang, name) for name in matter(book)]
    parts = [
        (part, list(found))
        for part, found in groupby(pages, lambda page: book.section(page.name, lang))
    ]
    address = f"{book.site_url}{lang}/"
    facts = {
        "address": address,
        "authors": [author[lang] for author in book.config["extra"]["authors"]],
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
    spine = [*front, *(f"{page.name}.xhtml" for page in pages)]
    files["package.opf"] = fill("package.opf", media=media, spine=spine)
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": (FOLDER / "container.xml").read_bytes(),
    } | {f"EPUB/{name}": data for name, data in files.items()}


@dataclass
class Page:
    """One page as EPUB has its links, notes, terms and figures."""

    contents: Contents
    lang: str
    name: str
    pictures: dict[str, bytes] = field(default_factory=dict)  # what it shows, by path

    def __post_init__(self) -> None:
        tree = copy.deepcopy(self.contents.trees[self.lang, self.name])
        headings = [tree.find("h1"), *tree.iterfind("h2")]
        listed = len(headings) if self.contents.lists_sections(self.name) else 1
        places = [(one.get("id"), words(one)) for one in headings[:listed] if one is not None]
        (self.anchor, self.heading), *self.sections = places
        for element in list(tree.iter()):
            self._prepare(element)
        if self.name in self.contents.book.chapters:
            for element, number in numbers(tree).items():
                element.set("data-number", number)
        self.markup = "".join(tostring(block, "unicode") for block in tree)

    def _prepare(self, element: Element) -> None:
        if lang := element.get("lang"):
            element.set("xml:lang", lang)
        if element.tag == "dl":
            _group_terms(element)
        elif element.tag == "a":
            self._link(element)
        elif element.tag == "img":
            self._image(element)
        elif "footnote" in element.get("class", "").split():
            self._notes(element)

    def _link(self, link: Element) -> None:
        kind = {"footnote-ref": "noteref", "term": "glossref"}.get(link.get("class", ""))
        if kind:
            link.attrib |= {"epub:type": kind, "role": f"doc-{kind}"}
        if link.get("class") not in ("footnote-ref", "footnote-backref"):
            place = self.contents.follow(self.lang, self.name, link.get("href", ""))
            if isinstance(place, str):
                link.set("href", place)
            elif place.lang == self.lang and place.name in matter(self.contents.book):
                link.set("href", f"{place.name}.xhtml#{place.anchor}")
            else:
                link.set("href", self.contents.address(place))

    def _image(self, image: Element) -> None:
        file, picture = self.contents.picture(self.lang, self.name, image)
        image.attrib = {"src": quote(file), "alt": picture.words or image.get("alt", "")}
        narrow = self.contents.drawing(file, self.lang, "narrow")
        self.pictures[file] = (narrow or picture).data

    def _notes(self, listing: Element) -> None:
        """Notes as asides, which reading systems show in place; the number of each leads back to
        its citation.
        """
        items = listing.findall("ol/li")
        listing.clear()
        listing.tag = "section"
        about = {"epub:type": "footnotes", "role": "doc-endnotes", "aria-label": NOTES[self.lang]}
        listing.attrib |= about
        SubElement(listing, "hr")
        for number, item in enumerate(items, 1):
            item.tag = "aside"
            about = {"epub:type": "footnote", "role": "doc-footnote", "id": item.get("id", "")}
            item.attrib, item.text = about, None
            self._lead_back(item, number)
            listing.append(item)

    def _lead_back(self, note: Element, number: int) -> None:
        """Puts the number at the head of a note in place of the arrows at its foot."""
        arrows = [
            (parent, link)
            for parent in note.iter()
            for link in parent.findall("a[@class='footnote-backref']")
        ]
        for parent, arrow in arrows:
            parent.remove(arrow)
        about = {"role": "doc-backlink", "href": arrows[0][1].get("href", "")}
        link = Element("a", about | {"title": BACK[self.lang]})
        first = next(note.iter("p"))
        link.text, link.tail, first.text = str(number), f" {first.text or ''}", None
        first.insert(0, link)


def _group_terms(listing: Element) -> None:
    """Puts each term with its meaning in a box that bears the id: what a tap on the term shows."""
    parts = list(listing)
    listing[:] = []
    for part in parts:
        if part.tag == "dt" or not len(listing):
            anchor = part.attrib.pop("id", "")
            box = SubElement(listing, "div", {"id": anchor} if anchor else {})
        box.append(part)
