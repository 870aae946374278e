"""What a page on the site has beyond its text: drawn figures, terms in both languages, names for
notes, permalinks.
"""

from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from whitepaper.content import HEADINGS, leads, paragraph_number, words
from whitepaper.figures.drawings import Drawings
from whitepaper.pictures import picture_path, read_picture
from whitepaper.site.view import View

LINK_TO = {"zh": "链接到：", "en": "Link to: "}


def draw_figures(content: Element, view: View, drawings: Drawings, stage: Path) -> None:
    """Puts the drawing itself in place of each image that is drawn from data, its table and files
    under it.

    Twins in the parallel view become one figure, drawn in both languages. Where the caption leads
    on to the figure, its table and files stand there.
    """
    for pair in content.iterfind(".//div[@class='pair']"):
        figures = pair.findall("figure")
        if len(figures) == 2 and all(_drawn(figure, drawings) for figure in figures):
            _unite(pair, *figures)
    for figure in content.iter("figure"):
        name = _drawn(figure, drawings)
        if not name:
            continue
        drawn = drawings.elements(name, view.tree, _files(name, view, stage))
        leads_on = figure.find("figcaption//a[@class='onward']") is not None
        at = [child.tag for child in figure].index("img")
        figure[at : at + 1] = drawn[:-1] if leads_on else drawn


def _drawn(figure: Element, drawings: Drawings) -> str:
    """The name of the drawing that a figure shows, `` where it is a picture."""
    image = figure.find("img")
    return "" if image is None else drawings.at(image.get("src", ""))


def _files(name: str, view: View, stage: Path) -> dict[str, str]:
    """The addresses of a figure to take along, by ending: from the exports, else as it lies in
    docs.
    """
    made = f"downloads/figures/{view.tree}/{name}"
    files = {ending: f"{made}.{ending}" for ending in ("svg", "png")}
    there = {ending: view.to(file) for ending, file in files.items() if (stage / file).exists()}
    return there or {"svg": view.to(f"{view.langs[0]}/figures/{name}.svg")}


def _unite(pair: Element, zh: Element, en: Element) -> None:
    """Makes a pair of figures one, with the first's picture and both captions."""
    caption = Element("figcaption")
    for half in (zh, en):
        words = half.find("figcaption")
        if words is not None:
            span = SubElement(caption, "span", {"lang": half.get("lang", "")})
            span.text, span[:] = words.text, words[:]
            span.tail = " "
    pair.tag, pair[:] = "figure", [zh.find("img"), caption]  # type: ignore[list-item]
    pair.set("class", zh.get("class", "figure"))


def size_images(content: Element, view: View) -> None:
    """Gives pictures that stay pictures their size, so that nothing moves when they arrive, and on
    a parallel page the language's own file.
    """
    for image in content.iter("img"):
        source = image.get("src", "")
        if urlsplit(source).scheme:
            continue
        path = picture_path(view.book.root, view.path(), source)
        picture = read_picture(path)
        image.attrib |= {
            "src": view.to(quote(path.relative_to(view.book.root / "docs").as_posix())),
            "width": str(picture.width),
            "height": str(picture.height),
            "loading": "lazy",
        }


def place_notices(content: Element) -> None:
    """Gives each notice of a page a place, `notice-1` and so on, so that it can be linked to as
    paragraphs can.
    """
    number = 0
    for block in content.iter("div"):
        if "admonition" in block.get("class", "").split() and not block.get("id"):
            number += 1
            block.set("id", f"notice-{number}")


def name_notes(content: Element, view: View) -> None:
    """Says in the page's language where a note's number leads, and the arrow back: a bare `1` or
    `↩` tells the ear nothing; and what the list of notes is.
    """
    for notes in content.iterfind(".//div[@class='footnote']"):
        notes.attrib |= {"role": "doc-endnotes", "aria-label": view.say("编者注", "Editor’s notes")}
        for number, note in enumerate(notes.iterfind("ol/li"), 1):
            said = view.say(f"回到正文，注{number}", f"Back to the text, note {number}")
            for link in note.iterfind(".//a[@class='footnote-backref']"):
                link.attrib.pop("title", None)
                link.set("aria-label", said)
    for link in content.iterfind(".//a[@class='footnote-ref']"):
        link.set("aria-label", view.say(f"注{link.text}", f"Note {link.text}"))


def mark_leads(content: Element) -> None:
    """Marks the paragraphs that must not be the last of a printed page."""
    for block in content.iter("p"):
        if leads(block):
            block.set("class", f"{block.get('class', '')} leads".strip())


def link_places(content: Element, view: View) -> None:
    """A permalink as the first child of every block that has a published id: it stands beside the
    first line, and no last line ends in it.

    A heading's stands behind it, in a box around both: what is read out as the heading is the
    heading alone.
    """
    for parent in list(content.iter()):
        for at, block in enumerate(parent):
            place = block.get("id", "")
            if not place or not (label := _label(block, place, at, view)):
                continue
            link = Element("a", {"class": "permalink", "href": f"#{place}", "aria-label": label})
            if view.is_chapter and paragraph_number(place):
                link.set("data-n", paragraph_number(place))
            if block.tag in HEADINGS:
                parent[at] = _boxed(block, link)
            else:
                link.tail, block.text = block.text, None
                block.insert(0, link)


def _label(block: Element, place: str, at: int, view: View) -> str:
    """What a screen reader says for the permalink of a block: the words of a heading, a caption, a
    term; of a paragraph and a note the number, for these are heard often. `` for all others.
    """
    if number := paragraph_number(place):
        return view.say(f"第{number}段", f"Paragraph {number}")
    if place.startswith("fn-"):
        return view.say(f"链接到注{at + 1}", f"Link to note {at + 1}")
    called = block.find(".//figcaption")
    if block.tag in HEADINGS | {"dt"}:
        called = block
    elif "admonition" in block.get("class", ""):
        called = block[0]
    return "" if called is None else LINK_TO[view.langs[0]] + words(called)


def _boxed(heading: Element, link: Element) -> Element:
    box = Element("div", {"class": "heading"})
    box.tail, heading.tail = heading.tail, None
    box.extend((heading, link))
    return box
