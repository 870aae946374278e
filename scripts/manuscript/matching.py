"""Which page of the book each section goes on, what new pages are called, and the order of all
pages.
"""

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
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

SECTIONS = "docs/data/sections.toml"
HEAD = """# Pages that scripts/import made for sections of the published text that had none:
# section = [page, English title]. The page's name is its address, for ever once published.
# Change both; the next import takes them from here.
"""
WORDS = 0.4  # of the pairs of characters of the shorter text: what two editions of a section share
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
USUAL = Path(__file__).with_name("usual_names.toml")
MARKED = re.compile(rf"^(附录|附件)\s*([A-Z]|[{NUMERALS}]+|\d+)?")
LAST = ("glossary", "about")  # what stands behind all chapters

Entries = Mapping[str, tuple[str, str]]  # section → page, English title
Rows = Sequence[tuple[str, str]]  # page and the part that it stands in, in order
Pages = Mapping[str, PageText]


@dataclass(frozen=True)
class Edition:
    """The book as it will be."""

    sections: Sequence[Section]
    order: Rows  # of all pages
    renamed: Mapping[str, str]  # pages that get another name: old → new
    retired: Mapping[str, str]  # pages whose section is gone → the page before it

    def page_now(self, name: str) -> str:
        return self.retired.get(name) or self.renamed.get(name, name)


def read_entries(data: Mapping[str, object]) -> Entries:
    """What sections.toml says; BookError names what is wrong in it."""
    entries: dict[str, tuple[str, str]] = {}
    for section, entry in data.items():
        match entry:
            case [str(name), str(title)] if NAME.fullmatch(name) and name not in APPARATUS:
                entries[section] = name, title
    times = Counter(name for name, _ in entries.values())
    for section, entry in data.items():
        if times[entries.get(section, ("", ""))[0]] != 1:
            raise BookError(
                f"{SECTIONS}: {section} = {entry} must name a page, in lower-case English words "
                f"joined by hyphens, once, and none of {', '.join(APPARATUS)}, and an English "
                'title or "". Change it'
            )
    return entries


def render_entries(before: str, entries: Entries, sections: Sequence[Section]) -> str:
    """sections.toml with an entry for every page that is new; what the owner wrote in it stays."""
    listed = {name for name, _ in entries.values()}
    lines = [
        f"{json.dumps(section.label, ensure_ascii=False)} = "
        f"{json.dumps([section.name, section.title_en], ensure_ascii=False)}\n"
        for section in sections
        if section.name not in listed and not section.was
    ]
    return "".join([before or HEAD, *lines]) if lines else before


def match(
    sections: Sequence[Section],
    whole: bool,
    entries: Entries,
    pages: Pages,
    old: Rows,
    taken: Collection[str],
) -> Edition:
    """The sections with their pages, and what becomes of the others.

    `whole`: they are a paper with its title; `pages`: the chapters that there are; `old`: the order
    of all pages; `taken`: every name that was ever published.
    """
    named = _named(sections, entries, pages, taken)
    renamed = {s.was: s.name for s in named if s.was and s.was != s.name}
    retired = _retired(named, pages) if whole else {}
    rows = [(renamed.get(page, page), part) for page, part in old if page not in retired]
    return Edition(named, _ordered(named, rows), renamed, retired)


def _named(
    sections: Sequence[Section], entries: Entries, pages: Pages, taken: Collection[str]
) -> list[Section]:
    """Each section's page: the one that sections.toml names, else the one it is by its title or
    its words, else a numbered one.
    """
    labels = {bare(label): name for label, (name, _) in entries.items()}
    asked = {s.id: labels.pop(bare(s.label)) for s in sections if bare(s.label) in labels}
    was = {own: name for own, name in asked.items() if name in pages}
    free = {name: page for name, page in pages.items() if name not in was.values()}
    was |= _alike([section for section in sections if section.id not in was], free)
    english = dict(entries.values())
    names = Names({*english, *pages, *taken, *APPARATUS, "section"})
    named = []
    for section in sections:
        usual, title = _usual(section.title)
        number = section.number.replace(".", "-")
        name = asked.get(section.id) or was.get(section.id)
        if not name and section.heading is None and "introduction" not in was.values():
            name = "introduction"
        name = name or names.take(f"section-{number}" if number else usual or "section")
        title = english.get(name) or title
        named.append(replace(section, name=name, title_en=title, was=was.get(section.id, "")))
    return named


def _alike(sections: Sequence[Section], pages: Pages) -> dict[str, str]:
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
    if section.heading is None:  # the introduction, unless the words are another page's
        return ALIKE * (not heading_number(title))
    if bare(title) == bare(section.title):
        return 2
    return 1.5 * (_unnumbered(title) == _unnumbered(section.title))


@cache
def _unnumbered(title: str) -> str:
    return bare(NUMBERED.sub("", seen(title)))


def _shared(said: frozenset[str], shown: frozenset[str]) -> float:
    share = len(said & shown) / max(1, min(len(said), len(shown)))
    return share if share >= WORDS and len(shown) > 8 else 0


def _usual(title: str) -> tuple[str, str]:
    """(name, English title) of what every report calls by the same words, else two ``."""
    found = MARKED.match(title)
    word, mark = (found[1], found[2] or "") if found else (bare(title), "")
    name, english = tomllib.loads(USUAL.read_text("utf-8")).get(word, ("", ""))
    mark = str(number_of(mark)) if mark and mark[0] in NUMERALS else mark
    return f"{name}-{mark.lower()}".rstrip("-"), f"{english} {mark}".rstrip()


def _retired(sections: Sequence[Section], pages: Pages) -> dict[str, str]:
    """Pages that an import made of sections that are no more, each with the page before it; none
    where the text has less than half of them, being a part of the paper.
    """
    now = {section.was: section.name for section in sections}
    published = {name for name, page in pages.items() if page.has("wording", "published")}
    retired: dict[str, str] = {}
    heir = sections[0].name
    for name in pages:
        heir = now.get(name, heir)
        if name in published - now.keys():
            retired[name] = heir
    return retired if 2 * len(retired) <= len(published) else {}


def _ordered(sections: Sequence[Section], rows: Rows) -> Rows:
    """Every page with its part: those of the text in its order; each other one behind the one that
    it followed, in the part of that where it was so; glossary and colophon at the end.
    """
    there = dict(rows)
    tail = list(takewhile(lambda row: row[0] in LAST, reversed(rows)))[::-1]
    chapters = {section.name for section in sections}
    followers: defaultdict[str, list[str]] = defaultdict(list)
    before = ""
    for page, _ in rows[: len(rows) - len(tail)]:
        if page in chapters:
            before = page
        else:
            followers[before].append(page)
    order = [(page, there[page]) for page in followers[""]]
    for section in sections:
        part = section.part_title
        if not part and (section.heading is None or section.heading.level == 2):
            part = there.get(section.name, "")  # which the text leaves out
        order.append((section.name, part))
        for page in followers[section.name]:
            beside = there[page] == there[section.name]
            order.append((page, part if beside else there[page]))
    return [*order, *tail]
