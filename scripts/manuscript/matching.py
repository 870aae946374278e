"""Which page of the book each section goes on, what new pages are called, and the order of all
pages.
"""

import json
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from manuscript.blocks import Pages, PageText
from manuscript.characters import bare, seen
from manuscript.kinds import APPENDIX, heading_number, number_of, unnumbered
from manuscript.numbers import ALIKE, pairs_of
from manuscript.sections import Names, Section
from whitepaper.book import APPARATUS, BookError
from whitepaper.data import read_data

SECTIONS = "docs/data/sections.toml"
HEAD = """# Pages that scripts/import made for sections of the published text that had none.
# A page's name is its address, for ever once published: change it before, and import again.
"""
WORDS = 0.4  # of the pairs of characters of the shorter text: what two editions of a section share
FRONT = 0.2  # of the pairs of an introduction: what other papers' front matter does not share
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
USUAL = Path(__file__).with_name("usual_names.toml")
LAST = {"glossary", "about"}  # what stands behind all chapters

Rows = Sequence[tuple[str, str]]  # page and the part that it stands in, in order


@dataclass(frozen=True)
class Edition:
    """The book as it will be."""

    sections: Sequence[Section]
    order: Rows  # of all pages
    renamed: Mapping[str, str]  # pages that get another name: old → new
    retired: Collection[str]  # pages whose section is gone; they lead to where the text begins

    def page_now(self, name: str) -> str:
        return self.sections[0].name if name in self.retired else self.renamed.get(name, name)


def read_names(root: Path) -> dict[str, str]:
    """What sections.toml calls the page of a section; BookError names what is wrong in it."""
    path = root / SECTIONS
    names = read_data(path, dict[str, str], SECTIONS) if path.exists() else {}
    for section, name in names.items():
        once = [*names.values(), *APPARATUS].count(name) == 1
        if not (once and NAME.fullmatch(name)):
            raise BookError(
                f'{SECTIONS}: {section} = "{name}" must name a page, in lower-case English words '
                f"joined by hyphens, once, and none of {', '.join(APPARATUS)}. Change it"
            )
    return names


def render_names(before: str, names: Mapping[str, str], sections: Sequence[Section]) -> str:
    """sections.toml with a line for every page that is new; what the owner wrote in it stays."""
    known = {bare(label) for label in names}
    new = {  # of sections that are called alike, the first
        json.dumps(section.label, ensure_ascii=False): section.name
        for section in reversed(sections)
        if not section.was and bare(section.label) not in known
    }
    lines = [f'{label} = "{name}"\n' for label, name in reversed(new.items())]
    return "".join([before or HEAD, *lines]) if lines else before


def match(
    sections: Sequence[Section],
    whole: bool,
    names: Mapping[str, str],
    pages: Pages,
    old: Rows,
    published: Collection[str],
) -> Edition:
    """The sections with their pages, and what becomes of the others.

    `whole`: they are a paper with its title; `names`: what sections.toml calls them; `pages`: the
    chapters that there are; `old`: the order of all pages; `published`: every address that was.
    """
    labels = {bare(label): name for label, name in names.items()}
    asked = [replace(one, name=labels.pop(bare(one.label), "")) for one in sections]
    was = _pages_of(asked, pages)
    there = {address.partition("/")[0] for address in published}
    new = Names({*names.values(), *pages, *there, *APPARATUS})
    named = []
    for section in asked:
        known = was.get(section.id, "")
        name = section.name or known or new.take(_new_name(section))
        named.append(replace(section, name=name, was=known))
    renamed = {s.was: s.name for s in named if s.was and s.was != s.name}
    retired = _retired(named, pages) if whole else ()
    rows = [(renamed.get(page, page), part) for page, part in old if page not in retired]
    return Edition(named, _ordered(named, rows), renamed, retired)


def _pages_of(sections: Sequence[Section], pages: Pages) -> dict[str, str]:
    """The page of each section that has one: as it is named, else most alike first, by the whole
    title, the title without its number, the words.
    """
    said = {section.id: pairs_of("".join(u.text for u in section.units)) for section in sections}
    shown = {name: pairs_of("".join(b.printed for b in p.counted)) for name, p in pages.items()}
    scores = [
        (
            9 * (section.name == name) + _likeness(section, page, said[section.id], shown[name]),
            section.id,
            name,
        )
        for section in sections
        for name, page in pages.items()
    ]
    found: dict[str, str] = {}
    for score, own, name in sorted(scores, key=lambda row: -row[0]):
        if score >= ALIKE and own not in found and name not in found.values():
            found[own] = name
    return found


def _likeness(
    section: Section, page: PageText, said: frozenset[str], shown: frozenset[str]
) -> float:
    """`said` and `shown`: the pairs of characters of section and page."""
    share = len(said & shown) / max(1, min(len(said), len(shown)))
    words = share if share >= WORDS and len(shown) > 8 else 0
    if section.heading is None:  # the introduction, unless the words are another page's
        known = share > FRONT or page.published
        return words + ALIKE * (known and not heading_number(page.title))
    if bare(page.title) == bare(section.title):
        return words + 2
    return words + 1.5 * (_unnumbered(page.title) == _unnumbered(section.title))


@cache
def _unnumbered(title: str) -> str:
    return bare(unnumbered(seen(title)))


def _new_name(section: Section) -> str:
    """By its number, or as every report calls what this one calls by the same words; never by a
    number that it has not.
    """
    if section.heading is None:
        return "front-matter"
    if section.number:
        return f"section-{section.number.replace('.', '-')}"
    found = APPENDIX.match(section.title)
    word, mark = found.groups() if found else (section.title, "")
    name = tomllib.loads(USUAL.read_text("utf-8")).get(bare(word).lower(), "page")
    return f"{name}-{number_of(mark) or mark.lower()}".rstrip("-")


def _retired(sections: Sequence[Section], pages: Pages) -> Sequence[str]:
    """Pages that an import made of sections that are no more; none where the text has less than
    half of them, being a part of the paper.
    """
    published = [name for name, page in pages.items() if page.published]
    now = {section.was for section in sections}
    retired = [name for name in published if name not in now]
    return retired if 2 * len(retired) <= len(published) else ()


def _ordered(sections: Sequence[Section], old: Rows) -> Rows:
    """Every page with its part: those of the text in its order; each other one behind the one that
    it followed, its part called as it is now; glossary and colophon at the end.
    """
    there = dict(old)
    placed, parts = {}, {"": ""}
    for section in sections:
        part = section.part_title
        if not part and (section.heading is None or section.heading.level == 2):
            part = there.get(section.name, "")  # which the text leaves out
        placed[section.name] = part
        parts.setdefault(there.get(section.name, part), part)
    order, at = [*placed], 0
    for place, (page, part) in enumerate(old):
        if page not in placed:
            if dict(old[place:]).keys() <= LAST:
                at = len(order)
            order.insert(at, page)
            placed[page] = parts.get(part, part)
        at = order.index(page) + 1
    return [(page, placed[page]) for page in order]
