"""The page of each section: the one it had, the one that docs/data/sections.toml names, or a
numbered one that waits for its name there.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence

from manuscript.blocks import PageText
from manuscript.characters import bare, seen
from manuscript.draft import Draft
from manuscript.kinds import NUMBERED, NUMERALS, heading_number, number_of
from manuscript.naming import Names
from manuscript.numbers import ALIKE, pairs_of
from manuscript.outline import Section
from whitepaper.book import APPARATUS, BookError
from whitepaper.faults import malformed

SECTIONS = "docs/data/sections.toml"
HEAD = """# Pages that scripts/import made for sections of the published text that had none.
# Change `name` (the page's address, for ever once published) and `title_en`;
# the next import takes them from here.
"""
WORDS = 0.4  # of the pairs of characters of the shorter text: what two editions of a section share
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
STANDARD = {
    "附录": ("appendix", "Appendix"),
    "附件": ("annex", "Annex"),
    "参考文献": ("references", "References"),
    "参考资料": ("sources", "Sources"),
    "结语": ("closing", "Closing Words"),
    "结束语": ("closing", "Closing Words"),
    "结论": ("conclusion", "Conclusion"),
    "后记": ("afterword", "Afterword"),
    "编后记": ("afterword", "Afterword"),
    "前言": ("preface", "Preface"),
    "引言": ("prologue", "Prologue"),
    "导言": ("prologue", "Prologue"),
    "导论": ("prologue", "Prologue"),
    "绪论": ("prologue", "Prologue"),
    "序言": ("foreword", "Foreword"),
    "序": ("foreword", "Foreword"),
    "摘要": ("abstract", "Abstract"),
    "致谢": ("acknowledgements", "Acknowledgements"),
    "名词解释": ("terms", "Terms"),
    "术语表": ("terms", "Terms"),
}


def read_names(draft: Draft) -> list[dict[str, str]]:
    """The entries of sections.toml; BookError says what is wrong in it."""
    entries = read_entries(draft, SECTIONS, "section")
    for name, times in Counter(str(entry.get("name", "")) for entry in entries).items():
        if not NAME.fullmatch(name) or name in APPARATUS or times > 1:
            raise BookError(
                f"{SECTIONS}: name {name!r} must be lower-case English words joined by hyphens, "
                f"once, and none of {', '.join(APPARATUS)}. Change it"
            )
    return entries


def read_entries(draft: Draft, path: str, table: str) -> list[dict]:
    """The `[[table]]`s of a data file, none where there is no such file."""
    try:
        return tomllib.loads(draft[path] or "").get(table, [])
    except tomllib.TOMLDecodeError as error:
        raise BookError(malformed(path, error)) from None


def name_sections(
    sections: list[Section], entries: list[dict[str, str]], pages: dict[str, PageText]
) -> list[Section]:
    """Gives each section its page: the one that sections.toml names, else the one it is by its
    title or its words, else a numbered name.
    """
    listed = {(entry.get("number", ""), bare(entry.get("title", ""))): entry for entry in entries}
    found: dict[str, str] = {}
    for section in sections:
        entry = listed.get((section.number, bare(section.title)))
        if entry and entry["name"] not in found.values():
            found[section.id] = entry["name"]
    free = {name: page for name, page in pages.items() if name not in found.values()}
    found |= _matched([section for section in sections if section.id not in found], free)
    by_name = {entry["name"]: entry for entry in entries}
    names = Names({*by_name, *pages, *APPARATUS, "section"})
    for section in sections:
        section.name = found.get(section.id) or (
            "introduction"
            if section.heading is None and "introduction" not in found.values()
            else names.take(_provisional(section))
        )
        section.known = section.name in pages
        entry = by_name.get(section.name)
        section.title_en = (entry or {}).get("title_en", "") or _standard(section)[1]
    return sections


def _matched(sections: Sequence[Section], pages: Mapping[str, PageText]) -> dict[str, str]:
    """The page of each section that has one: most alike first, by the whole title, the title
    without its number, the words.
    """
    said = {section.id: pairs_of("".join(u.text for u in section.units)) for section in sections}
    shown = {name: pairs_of("".join(b.printed for b in p.counted)) for name, p in pages.items()}
    scores = [
        (_alike(section, page, said[section.id], shown[name]), section.id, name)
        for section in sections
        for name, page in pages.items()
    ]
    found: dict[str, str] = {}
    for score, own, name in sorted(scores, key=lambda row: -row[0]):
        if score >= ALIKE and own not in found and name not in found.values():
            found[own] = name
    return found


def _alike(section: Section, page: PageText, said: frozenset[str], shown: frozenset[str]) -> float:
    title = page.find("heading")[0].text if page.find("heading") else ""
    score = len(said & shown) / max(1, min(len(said), len(shown))) if len(shown) > 8 else 0.0
    score = score if score >= WORDS else 0.0
    if section.heading is None:
        return score + (not heading_number(title))
    same, core = bare(title) == bare(section.title), _core(title) == _core(section.title)
    return score + (2 if same else 1.5 if core else 0)


def _core(title: str) -> str:
    """A title without its number."""
    return bare(NUMBERED.sub("", seen(title)))


def names_by_title(pages: Mapping[str, PageText]) -> dict[str, str]:
    """The page that has each heading, whatever its spaces."""
    return {
        bare(headings[0].text): name
        for name, page in pages.items()
        if (headings := page.find("heading"))
    }


def _standard(section: Section) -> tuple[str, str]:
    """(name, English title) of what every report calls by the same words, else two ``."""
    found = re.match(rf"^(附录|附件)\s*([A-Z]|[{NUMERALS}]+|\d+)?", section.title)
    if not found:
        return STANDARD.get(bare(section.title), ("", ""))
    (name, title), mark = STANDARD[found[1]], found[2] or ""
    mark = str(number_of(mark)) if mark and mark[0] in NUMERALS else mark
    return f"{name}-{mark.lower()}".rstrip("-"), f"{title} {mark}".rstrip()


def _provisional(section: Section) -> str:
    return (
        f"section-{section.number.replace('.', '-')}"
        if section.number
        else _standard(section)[0] or "section"
    )


def render_names(
    before: str | None, sections: list[Section], entries: list[dict[str, str]]
) -> str | None:
    """sections.toml with an entry for every page that was new; what the owner wrote in it stays as
    it is.
    """
    listed = {entry["name"] for entry in entries}
    new = [section for section in sections if section.name not in listed and not section.known]
    if not new:
        return before
    rows = []
    for section in new:
        values = {
            "number": section.number,
            "title": section.title,
            "name": section.name,
            "title_en": section.title_en,
        }
        rows.append(
            "[[section]]\n"
            + "".join(
                f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
                for key, value in values.items()
            )
        )
    return "\n".join([before.rstrip("\n") + "\n" if before else HEAD, *rows])
