"""A page as a file to take along has it: its links followed, its pictures found, its paragraphs
numbered.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from whitepaper.content import paragraph_number
from whitepaper.exports.places import Contents
from whitepaper.pictures import Picture, read_svg

NOTES = ("footnote-ref", "footnote-backref")  # the links between a note and its citation


@dataclass
class Leaf:
    """One page of one language; `inside` are the pages that the file holds, and links to others
    become web addresses. What kind of file it is, a subclass knows.
    """

    contents: Contents
    lang: str
    name: str
    inside: frozenset[str]
    pictures: dict[str, bytes] = field(init=False, default_factory=dict)  # what it shows, by path

    within = ""  # how a link names a place of the same file, by {name} and {anchor}

    def __post_init__(self) -> None:
        self.content = copy.deepcopy(self.contents.trees[self.lang, self.name])
        if self.name in self.contents.book.chapters:
            for element in self.content.iter():
                if number := paragraph_number(element.get("id", "")):
                    opening(element).set("data-number", number)
        for link in self.content.iter("a"):
            if link.get("class") not in NOTES:
                link.set("href", self._target(link.get("href", "")))
        for image in self.content.iter("img"):
            self.show(image)

    def _target(self, href: str) -> str:
        place = self.contents.follow(self.lang, self.name, href)
        if isinstance(place, str):
            return place
        if place.lang != self.lang or place.name not in self.inside:
            return self.contents.address(place)
        return self.within.format(name=place.name, anchor=place.anchor)

    def show(self, image: Element) -> None:
        """Gives an image the path of what it shows, and that to the file."""
        raise NotImplementedError

    def picture(self, image: Element, tree: str, shape: str = "wide") -> tuple[str, Picture]:
        """What an image shows, in the languages of `tree`, and its path below the folder of the
        page's language.
        """
        file, picture = self.contents.picture(self.lang, self.name, image.get("src", ""))
        if drawn := self.contents.drawings.at(file):
            picture = read_svg(self.contents.drawings.file(drawn, tree, shape).encode(), file)
        return file, picture


def opening(block: Element) -> Element:
    """The element that a block's first line belongs to: an item of a list may hold paragraphs."""
    bare = block.tag == "li" and not (block.text or "").strip()
    return block[0] if bare and len(block) and block[0].tag == "p" else block


def take_notes(tree: Element) -> Iterator[Element]:
    """Takes the list of notes from a page; gives each note, without the arrows at its end."""
    for listing in tree.findall("div[@class='footnote']"):
        tree.remove(listing)
        for note in listing.iterfind("ol/li"):
            for block in note.iter():
                for arrow in block.findall("a[@class='footnote-backref']"):
                    block.remove(arrow)
                if len(block):
                    block[-1].tail = (block[-1].tail or "").rstrip("\xa0")
                else:
                    block.text = (block.text or "").rstrip("\xa0")
            yield note
