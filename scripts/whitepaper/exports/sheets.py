"""A page as typst/page.typ sets it: its tree, with each note where it is first cited, and a label
and a name for whatever links may lead to.
"""

from dataclasses import dataclass
from itertools import pairwise, zip_longest
from xml.etree.ElementTree import Element

from whitepaper.content import HEADINGS, leads, paragraph_number, words
from whitepaper.exports.leaves import Leaf, opening, take_notes

CALL = "a[@class='footnote-ref']"


@dataclass
class Sheet(Leaf):
    """One page of one language, for a PDF in the languages of `tree`."""

    tree: str = ""
    within = "#{name}:{anchor}"

    def __post_init__(self) -> None:
        super().__post_init__()
        self.notes = {note.get("id", ""): note for note in take_notes(self.content)}
        self.by_id = {key: one for one in self.content.iter() if (key := one.get("id"))}
        self._keep_notices()
        for number, block in enumerate(self.content.iter()):
            if leads(block):
                block.set("leads", "")
            if self.lang == "en" and block.tag in ("p", "li"):
                block.set("turn", f"{self.name}.{number}")

    def _keep_notices(self) -> None:
        """Puts each notice, the paragraph that it speaks of, and a heading right above that in one
        box, to stand on one page.
        """
        blocks = list(self.content)
        for at, (block, notice) in enumerate(pairwise(blocks)):
            if block.tag == "p" and "admonition" in notice.get("class", ""):
                headed = at > 0 and blocks[at - 1].tag in HEADINGS - {"h1"}
                parts = blocks[at - headed : at + 2]
                box = Element("div", {"class": "kept"})
                self.content.insert(list(self.content).index(parts[0]), box)
                for part in parts:
                    self.content.remove(part)
                    box.append(part)

    def show(self, image: Element) -> None:
        file, picture = self.picture(image, self.tree)
        folder = self.tree if self.contents.drawings.at(file) else self.lang
        path = f"{folder}/{file.removesuffix('.svg')}.svg"
        self.pictures[path] = picture.as_svg()
        size = {"width": str(picture.width), "height": str(picture.height)}
        image.attrib = {"src": path, "alt": picture.words or image.get("alt", "")} | size

    def called(self, element: Element) -> str:
        """What a link to an element calls it."""
        if number := paragraph_number(element.get("id", "")):
            return {"zh": f"第{number}段", "en": f"paragraph {number}"}[self.lang]
        caption = element.find("figcaption")
        return words(element if caption is None else caption)


def name_places(sheets: list[Sheet]) -> None:
    """Labels, on the first of a page and its twin, what links may lead to, and names it in the
    languages of both.
    """
    first = sheets[0]
    for anchor, element in first.by_id.items():
        if element.tag in HEADINGS or anchor in first.contents.cited:
            names = [sheet.called(sheet.by_id[anchor]) for sheet in sheets if anchor in sheet.by_id]
            about = {"label": f"{first.name}:{anchor}", "called": " / ".join(names)}
            opening(element).attrib |= about


def place_notes(sheets: list[Sheet], counted: int) -> int:
    """Moves each note, in the languages of a page and its twin, to where it is first cited, so that
    it stands on that page of the PDF; later citations keep its number.

    Counts on from `counted`; returns what the count has come to. What a heading cites is only a
    number elsewhere: contents repeat the heading, and a label would name two notes.
    """
    rows = zip_longest(*(sheet.content for sheet in sheets))
    blocks = [block for row in rows for block in row if block is not None]
    headings = [part for block in blocks for part in block.iter() if part.tag in HEADINGS]
    titled = {call.get("href") for block in headings for call in block.iterfind(f".//{CALL}")}
    numbers: dict[str, int] = {}
    for call in (call for block in blocks for call in block.iter("sup")):
        link = call.find(CALL)
        if link is None:
            continue
        target = link.get("href", "")
        anchor, first = target[1:], target not in numbers
        number = numbers.setdefault(target, counted + len(numbers) + 1)
        call.tag, call[:] = "note", []
        call.attrib = {"number": str(number)}
        if first or target not in titled:
            call.set("label", f"{sheets[0].name}:{anchor}")
        for sheet in sheets if first else []:
            if anchor in sheet.notes:
                note = sheet.notes[anchor]
                note.tag, note.attrib = "body", {"lang": sheet.lang}
                call.append(note)
    return counted + len(numbers)
