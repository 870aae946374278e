"""What a page on the site has beyond its text: drawn figures, terms in both languages, names for notes, permalinks."""
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from whitepaper.content import parse
from whitepaper.glossary import Term
from whitepaper.site.parallel import HEADINGS
from whitepaper.site.view import View

FULL_WIDTH = tuple("）。，；：、》」")


def show_linked_figures(content: Element) -> None:
    """Makes a figure of a paragraph that holds a drawing as a link and nothing else; its caption is the link, so the drawing can be drawn in place."""
    for block in content.iter("p"):
        link = block[0] if len(block) == 1 and block[0].tag == "a" else None
        image = link[0] if link is not None and len(link) == 1 and link[0].tag == "img" else None
        if image is None or "".join(block.itertext()).strip() or "figures/" not in image.get("src", ""):
            continue
        block.tag = "figure"
        block.set("class", "figure")
        block[:] = [image]
        SubElement(SubElement(block, "figcaption"), "a", {"href": link.get("href", "")}).text = image.get("alt")


def draw_figures(content: Element, draw: Callable[[str, str, str], str]) -> None:
    """Puts the drawing itself in place of `<img src="…/LANG/figures/NAME.svg">` (see size_images); where the caption leads
    on to the figure, its table and file stand there."""
    for figure in content.iter("figure"):
        for at, image in enumerate(list(figure)):
            folder, _, file = image.get("src", "").rpartition("/")
            if image.tag == "img" and folder.endswith("figures"):
                drawing = draw(file.removesuffix(".svg"), folder.split("/")[-2], image.get("src"))
                drawn = list(parse(drawing, f"figure {file}"))
                figure[at : at + 1] = drawn if figure.find("figcaption/a") is None else [part for part in drawn if part.tag == "svg"]


def size_images(content: Element, view: View, lang: str) -> None:
    """Gives pictures that stay pictures their size, so that nothing moves when they arrive, and on a parallel page the language's own file."""
    for image in content.iter("img"):
        folder, _, file = image.get("src", "").rpartition("/")
        drawing = view.book.root / "docs" / lang / "figures" / file
        if folder.endswith("figures") and drawing.exists():
            width, height = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', drawing.read_text("utf-8")).groups()
            image.attrib |= {"src": view.to(f"{lang}/figures/{file}"), "width": width, "height": height, "loading": "lazy"}


def explain_terms(content: Element, terms: dict[str, Term], lang: str) -> None:
    """Gives each linked term what its tooltip shows: both languages, and the meaning in the page's."""
    for link in content.iter("a"):
        term = terms.get(link.get("href", "").rpartition("#")[2]) if link.get("class") == "term" else None
        if term:
            link.attrib |= {"data-zh": term.zh, "data-en": term.en, "data-gloss": term.gloss_zh if lang == "zh" else term.gloss_en}


def place_notices(content: Element) -> None:
    """Gives each notice of a page a place, `notice-1` and so on, so that it can be linked to as paragraphs can."""
    notices = [block for block in content.iter("div") if "admonition" in block.get("class", "").split() and not block.get("id")]
    for number, notice in enumerate(notices, 1):
        notice.set("id", f"notice-{number}")


def name_notes(content: Element, view: View) -> None:
    """Says in the page's language where a note's number leads, and the arrow back: a bare `1` or `↩` tells the ear nothing; and what the list of notes is."""
    for block in content.iter("div"):
        if block.get("class") == "footnote":
            block.attrib |= {"role": "doc-endnotes", "aria-label": view.say("编者注", "Editor’s notes")}
    for link in content.iter("a"):
        if link.get("class") == "footnote-ref":
            link.set("aria-label", view.say(f"注 {link.text}", f"Note {link.text}"))
        elif link.get("class") == "footnote-backref":
            link.attrib.pop("title", None)
            link.set("aria-label", view.say("回到正文", "Back to the text"))


def tuck_notes(content: Element) -> None:
    """Marks the numbers of notes that stand behind a full-width closing mark: its right half is empty."""
    for parent in content.iter():
        before = parent.text
        for child in parent:
            if child.tag == "sup" and (before or "").endswith(FULL_WIDTH):
                child.set("class", "tucked")
            before = child.tail


def link_places(content: Element, view: View) -> None:
    """A permalink as the first child of every block that has a published id: it stands beside the first line, and no last line ends in it.

    A heading's stands behind it, in a box around both: what is read out as the heading is the heading alone.
    """
    for parent in list(content.iter()):
        for at, block in enumerate(list(parent)):
            place = block.get("id", "")
            label = _label(block, place, view)
            if not label:
                continue
            number = {"data-n": _number(place)} if _number(place) else {}
            link = Element("a", {"class": "permalink", "href": f"#{place}", "aria-label": label} | number)
            if block.tag in HEADINGS:
                parent[at] = _boxed(block, link)
            else:
                link.tail, block.text = block.text, None
                block.insert(0, link)


def _boxed(heading: Element, link: Element) -> Element:
    box = Element("div", {"class": "heading"})
    box.tail, heading.tail = heading.tail, None
    box.extend((heading, link))
    return box


def insert_downloads(content: Element, links: str) -> None:
    """Puts the list of downloads where the page that has a section for them says that they are: after its first paragraph."""
    at = next((at for at, block in enumerate(content) if block.find("*[@id='downloads']") is not None), None)
    if at is not None and links:
        content[at + 2 : at + 2] = list(parse(links, "downloads"))


def _label(block: Element, place: str, view: View) -> str:
    """What a screen reader says for the permalink, or `` where the block has none. Short: it is heard after each paragraph."""
    if not place:
        return ""
    if block.tag in HEADINGS:
        return view.say("本节链接", "Link to this section")
    if block.tag == "figure" or block.find("figure") is not None:
        return view.say("图的链接", "Link to this figure")
    if place.startswith("fn-"):
        return view.say("注释链接", "Link to this note")
    if "admonition" in block.get("class", ""):
        return view.say("说明链接", "Link to this notice")
    if block.tag == "dt":
        return view.say("词条链接", "Link to this entry")
    if number := _number(place):
        return view.say(f"第 {number} 段", f"Paragraph {number}")
    return ""


def _number(place: str) -> str:
    """The number that a paragraph is cited by, or `` where the place is no paragraph."""
    return place[1:] if place[0] == "p" and place[1:2].isdigit() else ""
