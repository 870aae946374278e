"""The EPUBs: the rendered pages as XHTML, with their navigation and metadata, in a zip file."""

import copy
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import escape

from whitepaper.book import HTML_LANG, Book
from whitepaper.editions import read_edition, read_source
from whitepaper.exports.archive import write_zip
from whitepaper.exports.pdf import BASE, front_image, matter
from whitepaper.exports.places import Contents, Place
from whitepaper.exports.typeset import numbers
from whitepaper.look import read_look
from whitepaper.site.dress import show_linked_figures
from whitepaper.wording import describe, origin, signature, version

TEMPLATES = Path(__file__).parent / "epub"
TYPES = {
    "introduction": "introduction",
    "glossary": "glossary",
    "about": "colophon",
}  # epub:type of a page, else chapter
WORDS = {
    "zh": {
        "contents": "目录",
        "marks": "文中各处",
        "text": "正文",
        "cover": "封面",
        "notes": "编者注",
        "back": "返回正文",
    },
    "en": {
        "contents": "Contents",
        "marks": "Landmarks",
        "text": "Text",
        "cover": "Cover",
        "notes": "Editor’s notes",
        "back": "Back to the text",
    },
}
SUMMARY = {
    "zh": "文字可由读屏软件按次序读出；有目录、分级标题、图的文字说明，脚注可以往返。"
    "不依赖颜色传达信息。",
    "en": "All text is in reading order, with a table of contents, headings, descriptions of "
    "the figures and notes linked both ways. Nothing is told by colour alone.",
}
RIGHTS = {
    "zh": ("原文的权利属于它的作者。", "编述的文字供阅读、研究和引用。"),
    "en": (
        "The rights in the original are its authors’.",
        " The English paraphrase is offered for reading, study and citation.",
    ),
}


def write_epub(contents: Contents, stage: Path, lang: str) -> None:
    """Writes downloads/hard-tech-<lang>.epub."""
    date = read_source(contents.book.root).date
    write_zip(
        stage / f"downloads/{BASE}-{lang}.epub", epub_files(contents, lang), date, first="mimetype"
    )


def epub_files(contents: Contents, lang: str) -> dict[str, bytes]:
    book = contents.book
    files = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": (TEMPLATES / "container.xml").read_bytes(),
        "EPUB/style.css": _style(book),
        "EPUB/cover.png": front_image(contents, lang),
        "EPUB/cover.xhtml": _xhtml(lang, book.title(lang), _cover(book, lang)),
        "EPUB/imprint.xhtml": _xhtml(lang, book.title(lang), _imprint(book, lang)),
        "EPUB/nav.xhtml": _xhtml(lang, WORDS[lang]["contents"], *_navigation(contents, lang)),
    }
    for name in matter(book):
        files[f"EPUB/{name}.xhtml"] = _xhtml(
            lang, book.page(lang, name).title, Chapter(contents, lang, name).section()
        )
        for image in contents.trees[lang, name].iter("img"):
            file, picture = contents.picture(lang, name, image)
            narrow = contents.drawing(file, lang, "narrow")
            files[f"EPUB/{file}"] = (narrow or picture).data
    files["EPUB/package.opf"] = _package(contents, lang, sorted(files)).encode()
    return files


class Chapter:
    """One page on its way from the site to the EPUB."""

    def __init__(self, contents: Contents, lang: str, name: str) -> None:
        self.contents, self.lang, self.name = contents, lang, name
        self.content = copy.deepcopy(contents.trees[lang, name])
        show_linked_figures(self.content)

    def section(self) -> Element:
        """The page as a section: links, notes and figures as EPUB has them."""
        for element in list(self.content.iter()):
            if lang := element.get("lang"):
                element.set("xml:lang", lang)
            if element.tag == "dl":
                _group_terms(element)
            elif element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._image(element)
        if self.name in self.contents.book.chapters:
            for element, number in numbers(self.content).items():
                element.set("data-number", number)
        for block in list(self.content):
            if "footnote" in block.get("class", "").split():
                self._notes(block)
        kind = TYPES.get(self.name, "chapter")
        section = Element(
            "section",
            {
                "epub:type": kind,
                "role": f"doc-{kind}",
                "aria-labelledby": self.contents.title(self.lang, self.name),
            },
        )
        if part := self._part():
            SubElement(section, "p", {"class": "part"}).text = part
        section.extend(self.content)
        return section

    def _part(self) -> str:
        """The nav section that begins with this page, or ``."""
        book = self.contents.book
        part = book.section(self.name, self.lang)
        first = next(name for name in book.names if book.section(name, self.lang) == part)
        return part if first == self.name else ""

    def _link(self, link: Element) -> None:
        style = link.get("class", "")
        if style == "footnote-ref":
            link.attrib |= {"epub:type": "noteref", "role": "doc-noteref"}
        elif style != "footnote-backref":
            if style == "term":
                link.attrib |= {"epub:type": "glossref", "role": "doc-glossref"}
            place = self.contents.follow(self.lang, self.name, link.get("href", ""))
            link.set("href", place if isinstance(place, str) else self._file(place))

    def _file(self, place: Place) -> str:
        """A place in this book, or the address of one outside it."""
        if place.lang == self.lang and place.name in matter(self.contents.book):
            return f"{place.name}.xhtml#{place.anchor}"
        return self.contents.address(place)

    def _image(self, image: Element) -> None:
        file, picture = self.contents.picture(self.lang, self.name, image)
        image.attrib = {"src": quote(file), "alt": picture.words or image.get("alt", "")}

    def _notes(self, listing: Element) -> None:
        """Notes as asides, which reading systems show in place; the number of each leads back to
        its citation.
        """
        asides = [
            self._note(number, item) for number, item in enumerate(listing.findall("ol/li"), 1)
        ]
        listing.clear()
        listing.tag = "section"
        listing.attrib = {
            "epub:type": "footnotes",
            "role": "doc-endnotes",
            "aria-label": WORDS[self.lang]["notes"],
        }
        SubElement(listing, "hr")
        listing.extend(asides)

    def _note(self, number: int, item: Element) -> Element:
        aside = Element(
            "aside", {"epub:type": "footnote", "role": "doc-footnote", "id": item.get("id", "")}
        )
        aside.extend(item)
        back: list[str] = []
        for parent in list(aside.iter()):
            for link in parent.findall("a[@class='footnote-backref']"):
                parent.remove(link)
                back.append(link.get("href", ""))
        first = next(aside.iter("p"))
        link = Element(
            "a",
            {
                "role": "doc-backlink",
                "href": back[0],
                "title": WORDS[self.lang]["back"],
            },
        )
        link.text, link.tail, first.text = str(number), f" {first.text or ''}", None
        first.insert(0, link)
        return aside


def _style(book: Book) -> bytes:
    """The style sheet in the colours of the book: not every reading system knows variables."""
    return read_look(book.root).light((TEMPLATES / "style.css").read_text("utf-8")).encode()


def _xhtml(lang: str, title: str, *body: Element) -> bytes:
    root = Element(
        "html",
        {
            "xmlns": "http://www.w3.org/1999/xhtml",
            "xmlns:epub": "http://www.idpf.org/2007/ops",
            "lang": HTML_LANG[lang],
            "xml:lang": HTML_LANG[lang],
        },
    )
    head = SubElement(root, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "title").text = title
    SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    SubElement(root, "body").extend(body)
    return b"<!DOCTYPE html>\n" + tostring(root, "utf-8").removeprefix(
        b"<?xml version='1.0' encoding='utf-8'?>\n"
    )


def _cover(book: Book, lang: str) -> Element:
    section = Element("section", {"epub:type": "cover", "class": "cover"})
    authors = ("、" if lang == "zh" else ", ").join(
        author[lang] for author in book.config["extra"]["authors"]
    )
    SubElement(
        section,
        "img",
        {
            "src": "cover.png",
            "role": "doc-cover",
            "alt": f"{WORDS[lang]['cover']}：{book.title(lang)}，{authors}"
            if lang == "zh"
            else f"Cover: {book.title(lang)}, {authors}",
        },
    )
    return section


def _imprint(book: Book, lang: str) -> Element:
    """The page behind the cover: whose words these are, which version, and where the living one
    stands.
    """
    section = Element("section", {"epub:type": "titlepage", "class": "imprint"})
    SubElement(section, "p").text = origin(book, lang)
    SubElement(section, "h1").text = book.title(lang)
    SubElement(section, "p").text = signature(book, lang, lang)
    stop = {"zh": "。", "en": ". "}[lang]
    said = f"{describe(book, lang, lang)}{stop}{version(book, lang)}{stop}".strip()
    SubElement(section, "p", {"class": "said"}).text = said
    address = SubElement(section, "p")
    address.text = {"zh": "网上版：", "en": "Online: "}[lang]
    link = SubElement(address, "a", {"href": f"{book.site_url}{lang}/"})
    link.text = f"{book.site_url}{lang}/"
    return section


def _group_terms(listing: Element) -> None:
    """Puts each term with its meaning in a box that bears the id: what a tap on the term shows."""
    parts = list(listing)
    listing[:] = []
    for part in parts:
        if part.tag == "dt" or not len(listing):
            box = SubElement(
                listing, "div", {"id": part.attrib.pop("id")} if "id" in part.attrib else {}
            )
        box.append(part)


def _navigation(contents: Contents, lang: str) -> Iterator[Element]:
    book, words = contents.book, WORDS[lang]
    toc = Element("nav", {"epub:type": "toc", "role": "doc-toc", "id": "toc"})
    SubElement(toc, "h1").text = words["contents"]
    top = SubElement(toc, "ol")
    listing, part = top, ""
    for name in matter(book):
        if (section := book.section(name, lang)) != part:
            part, listing = section, top
            if section:
                item = SubElement(top, "li")
                SubElement(item, "a", {"href": f"{name}.xhtml"}).text = section
                listing = SubElement(item, "ol")
        _entries(listing, contents.trees[lang, name], name, deep=contents.lists_sections(name))
    yield toc
    marks = Element("nav", {"epub:type": "landmarks", "hidden": "hidden"})
    SubElement(marks, "h2").text = words["marks"]
    listing = SubElement(marks, "ol")
    for kind, target, label in (
        ("cover", "cover.xhtml", "cover"),
        ("toc", "nav.xhtml#toc", "contents"),
        ("bodymatter", f"{matter(book)[0]}.xhtml", "text"),
    ):
        SubElement(
            SubElement(listing, "li"), "a", {"epub:type": kind, "href": target}
        ).text = words[label]
    yield marks


def _entries(listing: Element, content: Element, name: str, deep: bool) -> None:
    """A page in the table of contents, with its headings of the second level where `deep`."""
    item = SubElement(listing, "li")
    item.append(_entry(next(content.iter("h1")), name))
    below = content.findall("h2") if deep else []
    inner = SubElement(item, "ol") if below else item
    for heading in below:
        SubElement(inner, "li").append(_entry(heading, name))


def _entry(heading: Element, name: str) -> Element:
    link = Element("a", {"href": f"{name}.xhtml#{heading.get('id')}"})
    link.text = "".join(heading.itertext())
    return link


def _package(contents: Contents, lang: str, files: list[str]) -> str:
    """The package document, filled into its template."""
    book = contents.book
    edition, source = read_edition(book.root), read_source(book.root)
    names = [file.removeprefix("EPUB/") for file in files if file.startswith("EPUB/")]
    types = {
        "xhtml": "application/xhtml+xml",
        "css": "text/css",
        "png": "image/png",
        "svg": "image/svg+xml",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
    }
    properties = {"nav.xhtml": ' properties="nav"', "cover.png": ' properties="cover-image"'}
    items = [
        f'<item id="{_id(name)}" href="{quote(name)}"'
        f' media-type="{types[name.rpartition(".")[2].lower()]}"{properties.get(name, "")}/>'
        for name in names
    ]
    spine = [
        f'<itemref idref="{_id(name)}"/>'
        for name in (
            "cover.xhtml",
            "imprint.xhtml",
            "nav.xhtml",
            *(f"{name}.xhtml" for name in matter(book)),
        )
    ]
    creators = [
        f'<dc:creator id="author-{number}">{escape(author[lang])}</dc:creator>'
        f'<meta refines="#author-{number}" property="role" scheme="marc:relators">aut</meta>'
        for number, author in enumerate(book.config["extra"]["authors"], 1)
    ]
    return (
        (TEMPLATES / "package.opf")
        .read_text("utf-8")
        .format(
            lang=HTML_LANG[lang],
            identifier=uuid.uuid5(uuid.NAMESPACE_URL, f"{book.site_url}{lang}/"),
            title=escape(book.title(lang)),
            creators="\n    ".join(creators),
            description=escape(describe(book, lang, lang)),
            publication=escape(book.config["extra"]["publication"][lang]),
            rights="".join(
                RIGHTS[lang] if lang == "en" or book.wording() != "published" else RIGHTS[lang][:1]
            ),
            date=edition.date.isoformat(),
            edition=edition.number,
            modified=source.stamp,
            summary=SUMMARY[lang],
            manifest="\n    ".join(items),
            spine="\n    ".join(spine),
        )
    )


def _id(name: str) -> str:
    """An XML name for a file: what cannot stand in one, by its number."""
    plain = "".join(
        sign if re.match("[A-Za-z0-9_-]", sign) else "-" if sign in "/." else f"_{ord(sign):x}"
        for sign in name
    )
    return plain if plain[0].isalpha() else f"f{plain}"
