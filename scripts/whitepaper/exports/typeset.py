"""One page's rendered content as Typst markup.

All text goes out as string expressions (`#"…"`), so that nothing in it can be taken for markup.
How things look is the business of typst/book.typ; what they are is decided here.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from xml.etree.ElementTree import Element

from whitepaper.content import HEADINGS, leads, paragraph_number, words
from whitepaper.exports.places import Contents

SHORT = 18  # half-width characters of a column, as of dates, that needs no second line
LONG = 20  # rows of a table that may go on on the next page
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
# What no line may be broken in: a range of numbers with its dash; a dash or an ellipsis and the
# character before it; a figure's name.
UNBROKEN = re.compile(
    r"\d+(?:\.\d+)?[%％]?[—–～~-]\d+(?:\.\d+)?[%％]?|[^\s—…]?(?:——|……)"
    r"|[图表][一二三四五六七八九十百]+|(?:Figure|Table) \d+"
)


@dataclass
class Setter:
    """Sets pages of one language; `inside` are the pages that the PDF holds: links to others become
    web addresses.
    """

    contents: Contents
    lang: str
    name: str
    inside: frozenset[str]
    shift: int = 0  # how much deeper than on its page a heading stands
    labelled: bool = True
    noted: int = 0  # notes that stand in the book before this page's
    texts: int = 0  # set so far
    twin: "Setter | None" = None  # the same page in the other language, set beside this one
    figures: dict[str, bytes] = field(default_factory=dict)  # what the page shows, by path
    cited: dict[str, int] = field(default_factory=dict)

    @property
    def content(self) -> Element:
        return self.contents.trees[self.lang, self.name]

    @cached_property
    def by_id(self) -> dict[str, Element]:
        return {element.get("id", ""): element for element in self.content.iter()}

    @cached_property
    def body(self) -> list[Element]:
        """The page's blocks without its list of notes: each note stands at the foot of the page
        that cites it.
        """
        return [block for block in self.content if "footnote" not in _classes(block)]

    @cached_property
    def kept(self) -> set[Element]:
        """The paragraphs that may not be the last on their page: those that lead on to what follows
        are told by their words, these by the notice that follows and speaks of them.
        """
        return {block for block, after in pairwise(self.body) if block.tag == "p" and _notes(after)}

    @cached_property
    def titled(self) -> frozenset[str]:
        """The notes that a heading calls: contents repeat it, so nothing may refer to those."""
        calls = (call for block in self.body if block.tag in HEADINGS for call in block.iter("a"))
        return frozenset(call.get("href", "")[1:] for call in calls)

    @cached_property
    def numbers(self) -> dict[Element, str]:
        """The numbers of a chapter's paragraphs: once where there are two languages."""
        numbered = self.labelled and self.name in self.contents.book.chapters
        return numbers(self.content) if numbered else {}

    def page(self) -> str:
        return "\n\n".join(filter(None, map(self.block, self.body)))

    # Blocks.

    def block(self, element: Element) -> str:
        make = Setter.notice if _notes(element) else BLOCKS.get(element.tag, Setter.flow)
        return make(self, element)

    def flow(self, element: Element) -> str:
        """The children of a container: blocks, and runs of bare text between them."""
        parts, run = [], [text(element.text)]
        for child in element:
            if child.tag in BLOCKS:
                parts += [trimmed("".join(run)), self.block(child)]
                run = []
            else:
                run.append(self.span(child))
            run.append(text(child.tail))
        return "\n\n".join(filter(None, [*parts, trimmed("".join(run))]))

    def paragraph(self, element: Element) -> str:
        kind = "leading" if leads(element) else "kept" if element in self.kept else "par"
        return f"#{kind}[{self.number(element)}{self.turning(self.inline(element))}]"

    def quote(self, element: Element) -> str:
        return f"#quote(block: true)[{self.flow(element)}]"

    def code(self, element: Element) -> str:
        block = "block: true, " if element.tag == "pre" else ""
        return f"#raw({block}{quoted(''.join(element.itertext()))})"

    def list(self, element: Element) -> str:
        return f"#{maker(element)}({', '.join(map(self.item, element))})"

    def item(self, item: Element) -> str:
        return f"[{self.number(item)}{self.turning(self.flow(item))}]"

    def turning(self, markup: str) -> str:
        """English text, hyphenated where no page turns in it."""
        if self.lang != "en" or not markup:
            return markup
        self.texts += 1
        return f"#turning({quoted(f'{self.name}.{self.texts}')})[{markup}]"

    def heading(self, element: Element, other: Element | None = None) -> str:
        """A heading, with its words in the other language where the book has both; a page's title
        also goes to its running heads, without the notes to it.
        """
        shown = own = self.inline(element)
        heads = [words(element)] * 2
        if other is not None and self.twin:
            shown = f"#two[{own}][{self.twin.inline(other)}]"
            heads = [words(element), words(other)]
        listed = element.tag == "h1" or self.contents.lists_sections(self.name)
        level, outlined = int(element.tag[1]) + self.shift, str(listed).lower()
        options = f"level: {level}, bookmarked: true, outlined: {outlined}"
        made = f"#heading({options}, {self.supplement(element)})[{shown}]{self.label(element)}"
        if element.tag == "h1":
            running = ", ".join(f"[{text(head)}]" for head in heads)
            made += f"#begins({quoted(self.name)}, {running})"
        return made

    def figure(self, element: Element, twin: str = "") -> str:
        """A figure with its caption, and under it the caption in the other language."""
        image, caption = element.find(".//img"), element.find("figcaption")
        about = ""
        if caption is not None:
            said = self.inline(caption)
            said = f"#two-captions[{said}][{twin}]" if twin else said
            about = f", caption: [{said}], {self.supplement(element)}"
        label = self.label(element)
        if image is not None:
            return f"#shown[#figure({self.image(image)}{about}){label}]"
        body = "\n\n".join(self.block(block) for block in element if block is not caption)
        shown = f"#figure(kind: table, placement: none{about})[{body}]{label}"
        return f"#long[{shown}]" if len(element.findall(".//tr")) > LONG else shown

    def image(self, element: Element) -> str:
        source = element.get("src", "")
        if not element.get("alt"):
            law = f"the image {source} has no alternative text"
            hint = "Write it between the brackets"
            raise self.contents.fault(self.lang, self.name, source, law, hint)
        file, picture = self.contents.picture(self.lang, self.name, element)
        path = f"{self.lang}/{file.removesuffix('.svg')}.svg"
        if self.twin and (both := self.contents.drawing(file, "zh-en")):
            path, picture = f"zh-en/{file}", both
        self.figures[path] = picture.as_svg()
        told = quoted(picture.words or element.get("alt", ""))
        return f"drawing({quoted(path)}, {told}, {picture.width}, {picture.height})"

    def table(self, element: Element) -> str:
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        widths = [
            max(breadth(row[column]) for row in rows if column < len(row))
            for column in range(len(rows[0]))
        ]
        columns = ", ".join(
            "auto" if width <= SHORT < max(widths) else f"{max(width, 6) ** 0.6:.2f}fr"
            for width in widths
        )
        head, *body = (", ".join(map(self.cell, row)) for row in rows)
        return f"#table(columns: ({columns},), table.header({head}), {', '.join(body)})"

    def cell(self, cell: Element) -> str:
        side = re.search(r"align-(\w+)", cell.get("class", ""))
        words = f"[{self.inline(cell)}]"
        return f"table.cell(align: {side[1]}){words}" if side else words

    def definitions(self, element: Element) -> str:
        """The glossary in two columns; any other list of terms as they were written."""
        if "glossary" in _classes(element):
            terms = "".join(f"[{self.entry(*pair)}],\n" for pair in entries(element))
            return f"#glossary(\n{terms})"
        parts = (f"#{part.tag}[{self.flow(part)}]{self.place(part)}" for part in element)
        return "\n".join(parts)

    def entry(self, name: Element, meaning: Element, alone: bool = False) -> str:
        """A term, its name in the other language unless `alone`, and what it means."""
        other = name.find("span[@class='other']")
        beside = "none" if other is None or alone else f"[{self.span(other)}]"
        own = name if name.find("span") is None else name[0]
        term = self.number(name) + self.inline(own)
        return f"#entry([{term}], {beside}, [{self.inline(meaning)}])"

    def notice(self, element: Element) -> str:
        titles = [child for child in element if _titles(child)][:1]
        title = "".join(map(self.inline, titles))
        rest = "\n\n".join(self.block(child) for child in element if child not in titles)
        return f"#notice[{title}][{rest}]"

    # Runs of text.

    def inline(self, element: Element) -> str:
        """A whole run, without the blanks at its ends."""
        return trimmed(self.run(element))

    def run(self, element: Element) -> str:
        """A part of a run: a blank at its end parts it from the next word."""
        parts = (self.span(child) + text(child.tail) for child in element)
        return text(element.text) + "".join(parts)

    def span(self, element: Element) -> str:
        if make := SPANS.get(element.tag):
            return make(self, element)
        lang, call = element.get("lang", "")[:2], CALLS.get(element.tag)
        if element.get("class") == "foreign":
            call = f"foreign({quoted(lang)})"
        elif element.get("class") in ("nb", "whole"):
            call = element.get("class")
        elif lang:
            call = lang
        inner = self.run(element)
        return f"#{call}[{inner}]" if call else inner

    def raised(self, element: Element) -> str:
        cited = element.find("a[@class='footnote-ref']")
        if cited is None:
            return f"#super[{self.run(element)}]"
        return self.note(cited.get("href", "")[1:])

    def ruby(self, element: Element) -> str:
        """Each reading over the words before it."""
        parts, base = [], text(element.text)
        for child in element:
            if child.tag == "rt":
                parts.append(f"#ruby[{base}][{self.inline(child)}]")
                base = ""
            elif child.tag != "rp":
                base += self.span(child)
            base += text(child.tail)
        return "".join(parts) + base

    def link(self, element: Element) -> str:
        """Not of a term: twenty on a page would only disturb; the glossary stands at the end."""
        kind = element.get("class")
        if kind in ("headerlink", "footnote-backref"):
            return ""
        run = self.run(element)
        return run if kind == "term" else f"#link({self.target(element.get('href', ''))})[{run}]"

    def target(self, href: str) -> str:
        place = self.contents.follow(self.lang, self.name, href)
        if isinstance(place, str):
            return quoted(place)
        if place.lang != self.lang or place.name not in self.inside:
            return quoted(self.contents.address(place))
        if place.anchor.startswith("fn-"):
            return f'label({self.note_name(place.name, place.anchor)} + ".")'
        return label(place.name, place.anchor)

    def note(self, anchor: str) -> str:
        """A footnote at its first citation, the number alone at any later one.

        Two languages share it, so that it stands on one page.
        """
        own = self.first
        place, lang = self.note_name(self.name, anchor), quoted(self.lang)
        if anchor in own.cited:
            number = f"{lang}, {own.cited[anchor]}"
            in_heading = anchor in own.titled
            return f"#note-number({number})" if in_heading else f"#note-again({number}, {place})"
        own.cited[anchor] = own.noted + len(own.cited) + 1
        setters = (setter for setter in (self, self.twin) if setter and anchor in setter.by_id)
        bodies = "".join(f"[{setter.note_body(anchor)}]" for setter in setters)
        return f"#note-in({lang}, {own.cited[anchor]}, {place}){bodies}"

    @property
    def first(self) -> "Setter":
        """Of a page and its twin the one that bears labels and counts the notes that both share."""
        return self if self.labelled or not self.twin else self.twin

    def note_name(self, page: str, anchor: str) -> str:
        """The name of a note's label, as a string of Typst."""
        return quoted(f"{self.first.lang}.{page}:{anchor}")

    def note_body(self, anchor: str) -> str:
        return " #parbreak() ".join(
            self.inline(block) if block.tag == "p" else self.block(block)
            for block in self.by_id[anchor]
        )

    # What links may reach.

    def label(self, element: Element) -> str:
        """The name under which links reach a heading or a figure."""
        anchor = element.get("id", "")
        wanted = element.tag in HEADINGS or anchor in self.contents.cited
        return f" {label(self.name, anchor)}" if self.labelled and anchor and wanted else ""

    def number(self, element: Element) -> str:
        """The mark of a paragraph's number, and what links to the paragraph lead to."""
        mark = f"#n({quoted(self.numbers[element])})" if element in self.numbers else ""
        cited = self.cited_blocks.get(element)
        return mark if cited is None else mark + self.place(cited)

    @cached_property
    def cited_blocks(self) -> dict[Element, Element]:
        """What links lead to, by the element whose first line each stands in."""
        blocks = ("p", "li", "dt")
        return {
            opening(element): element
            for element in self.content.iter()
            if element.tag in blocks and element.get("id", "") in self.contents.cited
        }

    def place(self, element: Element) -> str:
        """What links to a block lead to: it names itself."""
        target = label(self.name, element.get("id", ""))
        return f"#place-of({quoted(self.named(element))}, {target})" if self.labelled else ""

    def supplement(self, element: Element) -> str:
        return f"supplement: {quoted(self.named(element))}"

    def named(self, element: Element) -> str:
        """What a link to an element calls it, in the languages of the book."""
        number = paragraph_number(element.get("id", ""))
        own = {"zh": f"第{number}段", "en": f"paragraph {number}"}[self.lang]
        if not number:
            caption = element.find("figcaption")
            own = words(element if caption is None else caption)
        twin = self.twin.by_id.get(element.get("id", "")) if self.twin and self.labelled else None
        return own if twin is None or not self.twin else f"{own} / {self.twin.named(twin)}"


Make = Callable[[Setter, Element], str]
BLOCKS: dict[str, Make] = {
    **dict.fromkeys(HEADINGS, Setter.heading),
    **dict.fromkeys(("ul", "ol"), Setter.list),
    **dict.fromkeys(("div", "section"), Setter.flow),
    "p": Setter.paragraph,
    "dl": Setter.definitions,
    "table": Setter.table,
    "figure": Setter.figure,
    "blockquote": Setter.quote,
    "pre": Setter.code,
    "details": Setter.notice,
    "hr": lambda setter, element: "#divider()",
}
SPANS: dict[str, Make] = {
    "sup": Setter.raised,
    "a": Setter.link,
    "code": Setter.code,
    "ruby": Setter.ruby,
    "img": lambda setter, element: f"#box({setter.image(element)})",
    "br": lambda setter, element: "#linebreak()",
}
CALLS = {  # what becomes a call of Typst on the words inside it
    "strong": "strong",
    "b": "strong",
    "em": "emph",
    "i": "emph",
    "sub": "sub",
    "mark": "highlight",
    "del": "strike",
    "s": "strike",
    "ins": "underline",
    "u": "underline",
    "small": "small",
    "kbd": "key",
}


def maker(element: Element) -> str:
    """The function that makes a list of its items."""
    if "quotations" in _classes(element):
        return "quotations"
    start = int(element.get("start", 1))
    counted = f"enum.with(start: {start})" if start > 1 else "enum"
    return "list" if element.tag == "ul" else counted


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _notes(element: Element) -> bool:
    return "admonition" in _classes(element)


def _titles(element: Element) -> bool:
    return element.tag == "summary" or "admonition-title" in _classes(element)


def entries(listing: Element) -> list[tuple[Element, Element]]:
    """The terms of the glossary, each with its meaning."""
    return list(zip(listing.iter("dt"), listing.iter("dd"), strict=True))


def numbers(content: Element) -> dict[Element, str]:
    """The numbers of paragraphs, by the element whose first line each stands beside."""
    return {
        opening(element): number
        for element in content.iter()
        if (number := paragraph_number(element.get("id", "")))
    }


def opening(block: Element) -> Element:
    """The element that a block's first line belongs to: an item of a list may hold paragraphs."""
    holds = len(block) and block[0].tag == "p" and not (block.text or "").strip()
    return block[0] if holds else block


def label(name: str, anchor: str) -> str:
    return f"<{name.replace('/', '.')}:{anchor}>"


def quoted(string: str) -> str:
    """A Typst string literal.

    JSON's escapes are Typst's, but for \\u, which ensure_ascii=False leaves to controls alone.
    """
    return json.dumps(string, ensure_ascii=False)


def text(string: str | None) -> str:
    """A run of text as expressions.

    What no line may break stands in a box, with the gap between Han and Latin that a box has not.
    """
    string = re.sub(r"[ \t\r\n]+", " ", string or "")
    parts, done = [], 0
    for match in UNBROKEN.finditer(string):
        before, after = (
            "#gap" if match[0][at].isdigit() and HAN.match(beside) else ""
            for at, beside in ((0, string[: match.start()][-1:]), (-1, string[match.end() :][:1]))
        )
        parts += [plain(string[done : match.start()]), before, f"#box({quoted(match[0])})", after]
        done = match.end()
    return "".join([*parts, plain(string[done:])])


def plain(string: str) -> str:
    """Words as an expression, whatever marks stand among them."""
    return f"#{quoted(string)}" if string else ""


def trimmed(markup: str) -> str:
    """Without the blanks at both ends of a run."""
    return re.sub(r'^(?:#" ")+|(?:#"[ \u00a0]")+$|[ \u00a0]+(?="$)', "", markup)


def breadth(cell: Element) -> int:
    """How wide a cell's text is, in half-width characters."""
    return sum(2 if character > "\u2e7f" else 1 for character in "".join(cell.itertext()))
