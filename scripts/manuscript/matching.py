"""Which page of the book each section goes on, what new pages are called, and the order of all
pages.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from pathlib import Path

from manuscript.blocks import PageText
from manuscript.characters import bare, seen
from manuscript.kinds import NUMBERED, NUMERALS, heading_number, number_of
from manuscript.numbers import ALIKE, pairs_of
from manuscript.sections import Names, Section
from whitepaper.book import APPARATUS, BookError
from whitepaper.faults import malformed

SECTIONS = "docs/data/sections.toml"
HEAD = """# Pages that scripts/import made for sections of the published text that had none.
# Change `name` (the page's address, for ever once published) and `title_en`;
# the next import takes them from here.
"""
WORDS = 0.4  # of the pairs of characters of the shorter text: what two editions of a section share
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
USUAL = Path(__file__).with_name("usual_names.toml")
LAST = ("glossary", "about")  # what stands behind all chapters

Entry = dict[str, str]  # of sections.toml: number, title, name, title_en
Rows = Sequence[tuple[str, str]]  # page and the part that it stands in, in order


@dataclass(frozen=True)
class Edition:
    """The book as it will be."""

    sections: Sequence[Section]
    order: Rows  # of all pages
    renamed: Mapping[str, str]  # pages that get another name: old → new
    retired: Mapping[str, str]  # pages whose section is gone → the page before it
    parts: Mapping[str, str]  # titles of parts that have others now: old → new

    def page_now(self, name: str) -> str:
        return self.retired.get(name) or self.renamed.get(name, name)


def read_entries(text: str | None) -> list[Entry]:
    """The entries of sections.toml; BookError says what is wrong in it."""
    entries = read_tables(SECTIONS, text).get("section", [])
    for name, times in Counter(str(entry.get("name", "")) for entry in entries).items():
        if not NAME.fullmatch(name) or name in APPARATUS or times > 1:
            raise BookError(
                f"{SECTIONS}: name {name!r} must be lower-case English words joined by hyphens, "
                f"once, and none of {', '.join(APPARATUS)}. Change it"
            )
    return entries


def read_tables(path: str, text: str | None) -> dict[str, list[dict]]:
    """The tables of a data file, none where there is no such file."""
    try:
        return tomllib.loads(text or "")
    except tomllib.TOMLDecodeError as error:
        raise BookError(malformed(path, error)) from None


def match(
    sections: Sequence[Section],
    entries: list[Entry],
    pages: Mapping[str, PageText],
    old: Rows,
    taken: Collection[str],
) -> Edition:
    """The sections with their pages, and what becomes of the others.

    `pages`: the chapters that there are; `old`: the order of all pages; `taken`: every name that
    was ever published.
    """
    named = _named(sections, entries, pages, taken)
    renamed = {s.was: s.name for s in named if s.was and s.was != s.name}
    retired = _retired(named, pages)
    part_of = dict(old)
    titles = {section.part_title for section in named}
    parts = {
        part_of[section.was]: section.part_title
        for section in named
        if section.part and part_of.get(section.was) and part_of[section.was] not in titles
    }
    rows = [(renamed.get(page, page), part) for page, part in old if page not in retired]
    return Edition(named, _ordered(named, rows), renamed, retired, parts)


def _named(
    sections: Sequence[Section],
    entries: list[Entry],
    pages: Mapping[str, PageText],
    taken: Collection[str],
) -> list[Section]:
    """Each section's page: the one that sections.toml names, else the one it is by its title or
    its words, else a numbered name.
    """
    by_heading = {(e.get("number", ""), bare(e.get("title", ""))): e["name"] for e in entries}
    asked: dict[str, str] = {}
    for section in sections:
        name = by_heading.get((section.number, bare(section.title)), "")
        asked[section.id] = name if name not in asked.values() else ""
    was = {own: name for own, name in asked.items() if name in pages}
    free = {name: page for name, page in pages.items() if name not in was.values()}
    was |= _alike([section for section in sections if section.id not in was], free)
    by_name = {entry["name"]: entry for entry in entries}
    names = Names({*by_name, *pages, *taken, *APPARATUS, "section"})
    named = []
    for section in sections:
        usual_name, usual_title = _usual(section.title)
        number = section.number.replace(".", "-")
        name = asked[section.id] or was.get(section.id, "")
        if not name and section.heading is None and "introduction" not in was.values():
            name = "introduction"
        name = name or names.take(f"section-{number}" if number else usual_name or "section")
        title = by_name.get(name, {}).get("title_en") or usual_title
        named.append(replace(section, name=name, title_en=title, was=was.get(section.id, "")))
    return named


def _alike(sections: Sequence[Section], pages: Mapping[str, PageText]) -> dict[str, str]:
    """The page of each section that has one, most alike first: by the whole title, the title
    without its number, the words.
    """
    said = {section.id: pairs_of("".join(u.text for u in section.units)) for section in sections}
    shown = {name: pairs_of("".join(b.printed for b in p.counted)) for name, p in pages.items()}
    scores = [
        (_likeness(section, page.title) + _shared(said[section.id], shown[name]), section.id, name)
        for section in sections
        for name, page in pages.items()
    ]
    found: dict[str, str] = {}
    for score, own, name in sorted(scores, key=lambda row: -row[0]):
        if score >= ALIKE and own not in found and name not in found.values():
            found[own] = name
    return found


def _likeness(section: Section, title: str) -> float:
    if section.heading is None:
        return not heading_number(title)
    if bare(title) == bare(section.title):
        return 2
    return 1.5 * (_core(title) == _core(section.title))


@cache
def _core(title: str) -> str:
    """A title without its number."""
    return bare(NUMBERED.sub("", seen(title)))


def _shared(said: frozenset[str], shown: frozenset[str]) -> float:
    share = len(said & shown) / max(1, min(len(said), len(shown)))
    return share if share >= WORDS and len(shown) > 8 else 0


def _usual(title: str) -> tuple[str, str]:
    """(name, English title) of what every report calls by the same words, else two ``."""
    usual = read_tables(str(USUAL), USUAL.read_text("utf-8"))
    found = re.match(rf"^(附录|附件)\s*([A-Z]|[{NUMERALS}]+|\d+)?", title)
    name, english = usual.get(found[1] if found else bare(title), ("", ""))
    mark = (found and found[2]) or ""
    mark = str(number_of(mark)) if mark and mark[0] in NUMERALS else mark
    return f"{name}-{mark.lower()}".rstrip("-"), f"{english} {mark}".rstrip()


def _retired(sections: Sequence[Section], pages: Mapping[str, PageText]) -> dict[str, str]:
    """Pages that an import made of sections that are no more, each with the page before it."""
    now = {section.was: section.name for section in sections}
    published = {name for name, page in pages.items() if page.has("wording", "published")}
    if 2 * len(published & now.keys()) < len(published):
        return {}  # a part of the paper, not another edition of it
    retired: dict[str, str] = {}
    heir = sections[0].name
    for name in pages:
        heir = now.get(name, heir)
        if name not in now and name in published:
            retired[name] = heir
    return retired


def _ordered(sections: Sequence[Section], rows: Rows) -> Rows:
    """Every page with its part: those of the text in its order; each other one behind the one that
    it followed, in the part of that where it was so; glossary and colophon at the end.
    """
    chapters = {section.name for section in sections}
    tail = list(takewhile(lambda row: row[0] in LAST, reversed(rows)))[::-1]
    followers: dict[str, list[tuple[str, str | None]]] = {"": []}
    before, its_part = "", ""
    for page, part in rows[: len(rows) - len(tail)]:
        if page in chapters:
            before, its_part = page, part
            followers[before] = []
        else:
            followers[before].append((page, None if part == its_part else part))
    order = [(page, part or "") for page, part in followers[""]]
    there = dict(rows)
    for section in sections:
        part = section.part_title
        if section.heading and section.heading.level == 2 and not part:  # the text leaves it out
            part = there.get(section.name, "")
        order.append((section.name, part))
        behind = followers.get(section.name, [])
        order += [(page, part if own is None else own) for page, own in behind]
    return [*order, *tail]


def render_entries(
    before: str | None, sections: Iterable[Section], entries: list[Entry]
) -> str | None:
    """sections.toml with an entry for every page that is new; what the owner wrote in it stays as
    it is.
    """
    listed = {entry["name"] for entry in entries}
    tables = [
        "".join(
            f"{key} = {json.dumps(getattr(section, key), ensure_ascii=False)}\n"
            for key in ("number", "title", "name", "title_en")
        )
        for section in sections
        if section.name not in listed and not section.was
    ]
    start = before.rstrip("\n") + "\n" if before else HEAD
    return "\n".join([start, *(f"[[section]]\n{table}" for table in tables)]) if tables else before
