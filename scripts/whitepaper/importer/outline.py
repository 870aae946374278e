"""Units to the pages they belong on: sections of the text, the names their pages have, the numbers their paragraphs keep."""
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path
from string import ascii_lowercase

from whitepaper.book import APPARATUS, BookError
from whitepaper.faults import malformed
from whitepaper.importer.blocks import Block, PageText
from whitepaper.importer.kinds import heading_number
from whitepaper.importer.layout import rising, seen
from whitepaper.importer.naming import Names
from whitepaper.importer.proof import bare
from whitepaper.importer.units import Unit

SECTIONS = Path("docs/data/sections.toml")
HEAD = """# Pages that scripts/import made for sections of the published text that had none.
# Change `name` (the page's address, for ever once published) and `title_en`; the next import takes them from here.
"""
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
STANDARD = {
    "附录": ("appendix", "Appendix"), "附件": ("annex", "Annex"), "参考文献": ("references", "References"), "参考资料": ("sources", "Sources"),
    "结语": ("closing", "Closing Words"), "结束语": ("closing", "Closing Words"), "结论": ("conclusion", "Conclusion"), "后记": ("afterword", "Afterword"),
    "编后记": ("afterword", "Afterword"), "前言": ("preface", "Preface"), "引言": ("prologue", "Prologue"), "导言": ("prologue", "Prologue"),
    "导论": ("prologue", "Prologue"), "绪论": ("prologue", "Prologue"), "序言": ("foreword", "Foreword"), "序": ("foreword", "Foreword"),
    "摘要": ("abstract", "Abstract"), "致谢": ("acknowledgements", "Acknowledgements"), "名词解释": ("terms", "Terms"), "术语表": ("terms", "Terms"),
}  # fmt: skip
ALIKE = 0.3  # an edition restated in other words shares more than this with its source; other paragraphs far less
TABLE = 400_000  # cells of comparison that are still quick


@dataclass
class Section:
    """What becomes one page."""

    id: str
    heading: Unit | None = None
    part: Unit | None = None
    units: list[Unit] = field(default_factory=list)
    name: str = ""
    title_en: str = ""
    known: bool = False  # the page was there before

    @property
    def number(self) -> str:
        number = heading_number(self.title)
        below = self.part is not None and self.part is not self.heading and "." not in number
        return f"{heading_number(self.part.text)}.{number}".strip(".") if below else number

    @property
    def title(self) -> str:
        return self.heading.text if self.heading else ""


def read_outline(units: Iterable[Unit]) -> list[Section]:
    """The sections that become pages, in order. A part without text of its own is no page, but its sections know it."""
    sections, part = [Section("intro")], None
    for unit in units:
        if unit.level in (1, 2):
            part = unit if unit.level == 1 else part
            sections.append(Section(unit.id, unit, part))
        elif unit.role not in ("title", "byline"):
            sections[-1].units.append(unit)
    return [section for at, section in enumerate(sections) if section.units or _is_alone(sections, at)]


def _is_alone(sections: list[Section], at: int) -> bool:
    """A heading without text that no other section belongs to: it still has to be printed."""
    section = sections[at]
    if section.heading is None:
        return False
    below = sections[at + 1] if at + 1 < len(sections) else None
    return section.heading.level == 2 or below is None or below.part is not section.heading


# --- names of pages ---


def read_names(root: Path) -> list[dict[str, str]]:
    """The entries of docs/data/sections.toml; BookError says what is wrong in it."""
    entries = read_entries(root, SECTIONS)
    for name, times in Counter(str(entry.get("name", "")) for entry in entries).items():
        if not NAME.fullmatch(name) or name in APPARATUS or times > 1:
            raise BookError(f"{SECTIONS.as_posix()}: name {name!r} must be lower-case English words joined by hyphens, once, and none of {', '.join(APPARATUS)}. Change it")
    return entries


def read_entries(root: Path, path: Path, table: str = "section") -> list[dict]:
    """The `[[section]]` or other tables of a data file, none where there is no such file."""
    if not (root / path).exists():
        return []
    try:
        return tomllib.loads((root / path).read_text("utf-8")).get(table, [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(malformed(path.as_posix(), error)) from None


def name_sections(sections: list[Section], entries: list[dict[str, str]], pages: dict[str, PageText]) -> list[Section]:
    """Gives each section its page: the one it has in sections.toml, else the one whose heading it is, else a numbered name."""
    by_title = names_by_title(pages)
    listed = {(entry.get("number", ""), bare(entry.get("title", ""))): entry for entry in entries}
    names = Names({entry["name"] for entry in entries} | set(pages) | set(APPARATUS) | {"section"})
    used: set[str] = set()
    for section in sections:
        entry = listed.get((section.number, bare(section.title)))
        name = entry["name"] if entry else by_title.get(bare(section.title), "") if section.heading else "introduction"
        if not name or name in used:
            name, entry = names.take(_provisional(section)), None
        section.name, section.known = name, name in pages
        section.title_en = (entry or {}).get("title_en", "") or _standard(section)[1]
        used.add(name)
    return sections


def names_by_title(pages: dict[str, PageText]) -> dict[str, str]:
    """The page that has each heading, whatever its spaces."""
    return {bare(headings[0].text): name for name, page in pages.items() if (headings := page.find("heading"))}


def _standard(section: Section) -> tuple[str, str]:
    """(name, English title) of what every report calls by the same words, else two empty strings."""
    found = re.match(r"^(附录|附件)\s*([A-Z]|[一二三四五六七八九十]|\d+)?", section.title)
    name, title = STANDARD.get(found[1] if found else bare(section.title), ("", ""))
    if not (found and name):
        return name, title
    mark = found[2] or ""
    mark = str("〇一二三四五六七八九十".find(mark)) if mark and mark in "一二三四五六七八九十" else mark
    return f"{name}-{mark.lower()}".rstrip("-"), f"{title} {mark}".rstrip()


def _provisional(section: Section) -> str:
    return f"section-{section.number.replace('.', '-')}" if section.number else _standard(section)[0] or "section"


def render_names(before: str, sections: list[Section], entries: list[dict[str, str]]) -> str:
    """sections.toml with an entry for every page that was new; what the owner wrote in it stays as it is."""
    listed = {entry["name"] for entry in entries}
    new = [section for section in sections if section.name not in listed and not section.known]
    if not new:
        return before
    rows = []
    for section in new:
        values = {"number": section.number, "title": section.title, "name": section.name, "title_en": section.title_en}
        rows.append("[[section]]\n" + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()))
    return "\n".join([before.rstrip("\n") + "\n" if before else HEAD, *rows])


# --- numbers of paragraphs ---


def number_units(texts: Sequence[str], known: Sequence[Block]) -> list[str]:
    """The number of each paragraph: a known one keeps its own, one put between gets a letter, one at the end the next number."""
    pairs = dict(align(texts, [block.printed for block in known]))
    taken = {block.id for block in known}
    highest = max((int(found[1]) for block in known if (found := re.fullmatch(r"p(\d+).*", block.id))), default=0)
    last = max(pairs, default=-1)
    ids, before = [], "p0"
    for at in range(len(texts)):
        if at in pairs:
            before = known[pairs[at]].id
            ids.append(before)
        elif at < last:
            ids.append(_between(before, taken))
        else:
            highest += 1
            ids.append(f"p{highest}")
        taken.add(ids[-1])
    return ids


def _between(before: str, taken: set[str]) -> str:
    """p3a behind p3, then p3b to p3z, p3aa and so on."""
    stem = re.match(r"p\d+", before)[0]
    letters = ("".join(some) for length in count(1) for some in product(ascii_lowercase, repeat=length))
    return next(stem + some for some in letters if stem + some not in taken)


def align(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places in two texts that are the same paragraph, in rising order on both sides."""
    start = 0
    while start < min(len(new), len(old)) and bare(new[start]) == bare(old[start]):
        start += 1
    end = 0
    while end < min(len(new), len(old)) - start and bare(new[-1 - end]) == bare(old[-1 - end]):
        end += 1
    inner_new, inner_old = new[start : len(new) - end], old[start : len(old) - end]
    middle = _same(inner_new, inner_old) if len(inner_new) * len(inner_old) > TABLE else _alike(inner_new, inner_old)
    head = [(at, at) for at in range(start)]
    tail = [(len(new) - end + at, len(old) - end + at) for at in range(end)]
    return head + [(left + start, right + start) for left, right in middle] + tail


def _same(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """By identical text alone: for texts too long to compare pair by pair."""
    places = {bare(text): at for at, text in enumerate(old)}
    pairs = [(at, places[bare(text)]) for at, text in enumerate(new) if bare(text) in places]
    kept = rising([right for _, right in pairs])
    return [pair for pair, keep in zip(pairs, kept) if keep]


def _alike(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs, in order, that have most in common all together."""
    left, right = [_pairs_of(text) for text in new], [_pairs_of(text) for text in old]
    score = [[_likeness(a, b) for b in right] for a in left]
    best = [[0.0] * (len(old) + 1) for _ in range(len(new) + 1)]
    for i in range(len(new) - 1, -1, -1):
        for j in range(len(old) - 1, -1, -1):
            pair = score[i][j] + best[i + 1][j + 1] if score[i][j] >= ALIKE else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(new) and j < len(old):
        if score[i][j] >= ALIKE and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _pairs_of(text: str) -> frozenset[str]:
    letters = re.sub(r"\W", "", seen(text[:160]) + text[160:])
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1)) or frozenset(letters)


def _likeness(new: frozenset[str], old: frozenset[str]) -> float:
    """Shared pairs of characters against all of them; or, where the old text may have been cut short, against the old ones."""
    shared = len(new & old)
    whole = 2 * shared / max(1, len(new) + len(old))
    return max(whole, 0.8 * shared / len(old)) if len(old) >= 40 else whole
