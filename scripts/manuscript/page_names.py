"""The page of each section: the one it had, the one that docs/data/sections.toml names, or a numbered one that waits for its name there."""

import json
import re
import tomllib
from collections import Counter

from whitepaper.book import APPARATUS, BookError
from whitepaper.faults import malformed

from manuscript.blocks import PageText
from manuscript.characters import bare
from manuscript.draft import Draft
from manuscript.kinds import NUMERALS, number_of
from manuscript.naming import Names
from manuscript.outline import Section

SECTIONS = "docs/data/sections.toml"
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


def read_names(draft: Draft) -> list[dict[str, str]]:
    """The entries of sections.toml; BookError says what is wrong in it."""
    entries = read_entries(draft, SECTIONS, "section")
    for name, times in Counter(str(entry.get("name", "")) for entry in entries).items():
        if not NAME.fullmatch(name) or name in APPARATUS or times > 1:
            raise BookError(
                f"{SECTIONS}: name {name!r} must be lower-case English words joined by hyphens, once, and none of {', '.join(APPARATUS)}. Change it"
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
    """Gives each section its page: the one it has in sections.toml, else the one whose heading it is, else a numbered name."""
    by_title = names_by_title(pages)
    listed = {(entry.get("number", ""), bare(entry.get("title", ""))): entry for entry in entries}
    names = Names({entry["name"] for entry in entries} | set(pages) | set(APPARATUS) | {"section"})
    used: set[str] = set()
    for section in sections:
        entry = listed.get((section.number, bare(section.title)))
        name = (
            entry["name"]
            if entry
            else by_title.get(bare(section.title), "")
            if section.heading
            else "introduction"
        )
        if not name or name in used:
            name, entry = names.take(_provisional(section)), None
        section.name, section.known = name, name in pages
        section.title_en = (entry or {}).get("title_en", "") or _standard(section)[1]
        used.add(name)
    return sections


def names_by_title(pages: dict[str, PageText]) -> dict[str, str]:
    """The page that has each heading, whatever its spaces."""
    return {
        bare(headings[0].text): name
        for name, page in pages.items()
        if (headings := page.find("heading"))
    }


def _standard(section: Section) -> tuple[str, str]:
    """(name, English title) of what every report calls by the same words, else two empty strings."""
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
    """sections.toml with an entry for every page that was new; what the owner wrote in it stays as it is."""
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
