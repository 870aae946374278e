"""How the running text of a paper is set: size, face, leading, edges of its columns, indents; and
what a line is by these measures.

One set of measures serves print and extracted text. What a text has lost (sizes, indents, gaps) is
either not asked for or measured first: see `plain.measure_text`.
"""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from manuscript.characters import CIRCLED, HAN, cells, final, matched, seen
from manuscript.kinds import REFERENCES, heading_level, item_mark, number_of
from manuscript.lines import Line, Lines, grouped, most, usual_step

NEVER_FIRST = "，。、；：？！）”』》%℃」】〉"
# What cannot be parted at the end of a line: what is no Han, or one character with the marks around
# it; curly quotes hold to both sides, a minus to what stands before it, a number to a stop.
LATIN = r"[\x21-\u2e7f]+"
WORD = re.compile(
    rf"[（“‘《「『【〈(]*(?:{LATIN}|.(?:-{LATIN})?)(?:[{NEVER_FIRST}…—]*[“”‘’\"']+.)*"
    rf"(?:[{NEVER_FIRST}’…—]+\d*)?",
    re.DOTALL,
)
RUNS_ON = re.compile(rf"[{HAN}，、]\w|\w[{HAN}]")  # over a line's end
ENTRY = re.compile(rf"[\[［〔]?(?:(\d{{1,3}})(?:[\]］〕]|[.．]?(?:\s|$))|({CIRCLED}))")
CAPITAL = 0.2  # ems: so much wider than half an em
BLOCK = 12  # ems: what is narrower is a list's member
INDENT = 4.5  # ems: no paragraph begins further in
RAGGED = 0.15  # of the column: so much more room is left where gaps part paragraphs
BELIEVED = 0.8  # of the lines that go on do so by their tags, else these tell nothing
OFTEN = 4  # one of so many lines reaches the edge that columns usually have
Edges = tuple[float, float]


@dataclass(frozen=True)
class Measures:
    """How the running text of one file is set."""

    size: float = 1.0
    face: str = ""
    leading: float = 1.0
    edges: Mapping[tuple[int, int], Edges] = field(default_factory=dict)  # by page and column
    usual: Edges = (0.0, 0.0)  # of columns that are not there
    blocks: Mapping[Line, Edges] = field(default_factory=dict)  # set in from both sides
    entries: Mapping[Line, bool] = field(default_factory=dict)  # of references: begins one
    indented: bool = False  # first lines of paragraphs are
    spaced: bool = True  # a wider gap ends a paragraph
    wrapped: bool = True  # a paragraph takes several lines
    plain: bool = False  # neither size nor weight is known
    tagged: bool = False  # the PDF's tags tell its paragraphs
    trailing: bool = False  # a trailing space ends a paragraph
    narrow: bool = False  # first lines are a little narrower: their indent was lost
    slack: float = 0.7  # ems: so much room is left behind a full line
    gap: float = math.inf  # so much wider a step parts paragraphs, where narrower ones do not

    def _edges(self, line: Line) -> Edges:
        column = self.edges.get(line.where, self.usual)
        return self.blocks.get(line, column)

    def left(self, line: Line) -> float:
        return line.x0 - self._edges(line)[0]

    def right(self, line: Line) -> float:
        """The room left behind the line."""
        return self._edges(line)[1] - line.x1

    def centered(self, line: Line) -> bool:
        left, right = self.left(line), self.right(line)
        return left > line.size and abs(left - right) < 2 * line.size

    def at_right(self, line: Line) -> bool:
        """Set to the right: begins far behind all others and ends near the edge."""
        left, right = self._edges(line)
        return line.x0 - left > 0.4 * (right - left) and right - line.x1 < INDENT * line.size

    def full(self, line: Line) -> bool:
        left, right = self._edges(line)
        return line.x1 - left >= 0.9 * (right - left)

    def short(self, line: Line, following: Line) -> bool:
        """The first word of the next line would have had room."""
        left, right = self._edges(line)
        room = right - line.x1 - first_word(following) * line.size
        together = line.where == following.where
        marked = item_mark(line.text)[0] or heading_level(line.text)
        text = together and not marked and line.sized(self.size)
        if text and self.gap < math.inf and RUNS_ON.match(line.text[-1] + following.text[0]):
            room -= RAGGED * (right - left)
        return room > self.slack * line.size and not (self.plain and self.full(line))

    def in_block(self, group: Lines, following: Line) -> bool:
        """The last line ends where others of its block end, which is narrower than its column."""
        line = group[-1]
        long = line.x1 - line.x0 > BLOCK * line.size and following.text[0] > "\u2e7f"
        near = [other.x1 - line.x1 for other in (*group[-2:-1], following)]
        return long and not self.plain and min(map(abs, near)) < 0.6 * line.size

    def apart(self, line: Line, following: Line) -> bool:
        """A wide step parts the two. A sentence that goes on is parted by no small gap: some pages
        are set wider than others, and small type as wide as large.
        """
        leading = self.leading * line.size / self.size
        text = self.open(line) and self.right(line) > -line.size and not item_mark(line.text)[0]
        runs_on = text and RUNS_ON.match(line.text[-1] + following.text[0])
        wide = 0.8 * leading if runs_on else min(0.45 * leading, self.gap)
        return following.y - line.y > leading + wide

    def starts(self, line: Line) -> bool:
        """Indented as the first line of a paragraph is."""
        return line.size <= self.left(line) <= INDENT * line.size

    def open(self, line: Line) -> bool:
        """A full line without any sign of an end: its sentence goes on."""
        return self.full(line) and not final(line.text) and not (self.trailing and line.trails)

    def narrow_first(self, line: Line, following: Line) -> bool:
        """Full but for a lost indent: the next line's first word had no room beside the indent, but
        has without it.
        """
        room = self.right(line) - first_word(following) * line.size
        return 0 <= room < self.slack * line.size


def first_word(line: Line) -> float:
    """Ems that the line's first word would take behind another."""
    word = matched(WORD, line.text)[0][:80]
    return cells(f"一{word}") / 2 - 1 + CAPITAL * sum(map(str.isupper, word))


def measure(lines: Lines) -> Measures:
    """Of print."""
    size, face = most((((line.size, line.face), line.text) for line in lines), (1.0, ""))
    body = [line for line in lines if line.sized(size) and line.text]
    pairs = [*itertools.pairwise(body)]
    rough = Measures(size, face, 1.0, _edges(lines, body), indented=True)
    inner = [pair for pair in pairs if rough.open(pair[0])]
    leading = usual_step(inner, usual_step(pairs, 1.6 * size))
    parted = [
        (line, after)
        for line, after in pairs
        if final(line.text) and rough.short(line, after) and after.x1 - after.x0 > 8 * size
    ]
    firsts = [rough.starts(after) for _, after in parted]
    indented = 2 * sum(firsts) >= len(firsts)
    near = [(line, after) for line, after in parted if after.y - line.y < 3 * leading]
    of_text = [
        (line, after)
        for line, after in near
        if not item_mark(after.text)[0] and (indented or rough.left(after) < size)
    ]
    step = max(usual_step(pairs, 0.0) for pairs in (near, of_text))
    gap = (step - leading) / 2 if step > 1.12 * leading else math.inf
    told = [same for pair in inner if (same := same_block(*pair)) is not None]
    tagged = BELIEVED * len(told) <= sum(told)
    measures = replace(rough, leading=leading, indented=indented, gap=gap, tagged=tagged)
    return replace(measures, blocks=_blocks(lines, measures), entries=dict(_entries(lines)))


def _entries(lines: Lines) -> Iterator[tuple[Line, bool]]:
    """Each line below the title of references, and whether an entry begins with it: with the next
    number, else at the edge from which the others hang. What stands elsewhere is not told.
    """
    for at, title in enumerate(lines[:-1]):
        if not REFERENCES.match(seen(title.text).strip()):
            continue
        size = lines[at + 1].size
        below = itertools.takewhile(
            lambda line: line.text and not heading_level(line.text), lines[at + 1 :]
        )
        block = [line for line in below if line.sized(size)]
        edges: dict[tuple[int, int], float] = defaultdict(lambda: math.inf)
        for line in block:
            edges[line.where] = min(line.x0, edges[line.where])
        left = {line: round(line.x0 - edges[line.where]) for line in block}
        numbers = [
            found and number_of(found[1] or found[2])
            for found in (ENTRY.match(line.text) for line in block)
        ]
        numbered = numbers[:1] == [1]
        firsts: list[Line] = []
        for line, number in zip(block, numbers):
            if number == len(firsts) + 1 if numbered else not left[line]:
                firsts.append(line)
        lefts = Counter(left[line] for line in block if line not in firsts)
        rest = max(lefts, key=lambda left: lefts[left], default=0)
        if numbered or rest >= size:
            yield from ((line, line in firsts) for line in block if left[line] in (0, rest))


def _blocks(lines: Lines, measures: Measures) -> dict[Line, Edges]:
    """Edges of the lines that begin at one place, the first perhaps indented, within their column
    and end as far from its other side, where one of them goes on in the next.
    """

    def together(block: list[Line], line: Line) -> bool:
        last = block[-1]
        indent = last.x0 - line.x0
        column = (last.where, last.size) == (line.where, line.size)
        reaches = len(block) == 1 and max(0, line.x1 - last.x1) < indent / 2 < 2.3 * line.size
        left = abs(indent) < 1 or reaches
        return left and column and not measures.apart(last, line)

    blocks: dict[Line, Edges] = {}
    for block in grouped((line for line in lines if line.text), together):
        last = block[-1]
        inset = measures.left(last)
        right = last.x1 + measures.right(last)
        if all(line.x1 < right - inset + line.size for line in block):  # from both sides
            right -= inset
        within = replace(measures, blocks=dict.fromkeys(block, (last.x0, right)))
        goes_on = any(
            after.text[0] > "\u2e7f"
            and (not final(line.text) or line.x0 > after.x0 + 1)
            and not within.short(line, after)
            for line, after in itertools.pairwise(block)
        )
        if inset >= last.size and goes_on and not measures.at_right(last):
            blocks |= within.blocks
    return blocks


def _edges(lines: Lines, body: Lines) -> dict[tuple[int, int], Edges]:
    """Left and right of each column; where a column holds few lines, those of its like on other
    pages.
    """
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.where].append(line)
    chosen = set(body)
    known: dict[tuple[int, int], Edges] = {}
    for key, some in columns.items():
        texts = [line for line in some if line in chosen]
        if len(texts) >= 5:
            rights = sorted(line.x1 for line in texts)
            known[key] = min(line.x0 for line in texts), rights[-1 - len(rights) // 20]
    usual = Counter((round(left), round(right)) for left, right in known.values()).most_common()
    for key, some in columns.items():
        if key not in known:
            left, right = min(line.x0 for line in some), max(line.x1 for line in some)
            fitting = (edge for edge, _ in usual if edge[0] <= left + 2 and right <= edge[1] + 2)
            known[key] = next(fitting, (left, right))
        for (left, right), count in usual[:1]:  # some lines are set too wide
            reach = [line for line in some if 0 <= right + 1 - line.x1 < line.size]
            if count > 1 and abs(left - known[key][0]) < 2 and OFTEN * len(reach) >= len(some):
                known[key] = known[key][0], min(right, known[key][1])
    return known


def same_block(line: Line, following: Line) -> bool | None:
    """Whether the two stand in one, by their tags; None where these do not tell."""
    if line.page != following.page:
        return (following.tag.begun and line.size == following.size) or None
    told = line.tag.block and following.tag.block
    return line.tag.block == following.tag.block if told else None
