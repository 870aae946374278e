"""Home page and colophon after an import: whose words they say the edition holds (docs/data/published.toml), and the contents with the new pages."""
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whitepaper.book import LANGS, BookError
from whitepaper.importer.blocks import HEADING, inline
from whitepaper.importer.draft import Draft, page_file
from whitepaper.importer.page_names import read_entries

STATEMENTS = "docs/data/published.toml"
TITLE = re.compile(r"^# (.+?)(?: \{#[\w-]+\})?$", re.MULTILINE)
LINK = re.compile(r"^ *- \[.*\]\(([\w-]+)\.md\)")


@dataclass(frozen=True)
class Row:
    """A line of the contents: a page, its title, and the part that it belongs to or ``."""

    name: str
    title: str
    part: str


def restate(draft: Draft, chapters: Mapping[str, bool], complete: bool) -> None:
    """Says on every page that speaks of the wording whose it is. `chapters`: in order, whether each is published; `complete`: the text is no longer cut short."""
    wording = "published" if all(chapters.values()) else "mixed"
    for lang in LANGS:
        lists = {"{published}": _list(draft, lang, chapters, True), "{restated}": _list(draft, lang, chapters, False)}
        for entry in _read_statements(draft, "section", {"page", "id", *LANGS}):
            page = draft[page_file(lang, entry["page"])]
            if page and entry.get("wording", "published") == wording and (complete or not entry.get("complete")):
                said = re.sub("|".join(lists), lambda found: lists[found[0]], entry[lang].strip("\n"))
                draft[page_file(lang, entry["page"])] = replace_section(page, entry["id"], said, entry.get(f"title_{lang}", ""))


def _list(draft: Draft, lang: str, chapters: Mapping[str, bool], published: bool) -> str:
    """The chapters that hold the one wording or the other, as links in a sentence."""
    links = [f"[{TITLE.search(draft[page_file(lang, name)] or f'# {name}')[1]}]({name}.md)" for name, holds in chapters.items() if holds is published]
    return "、".join(links) if lang == "zh" else " and ".join(filter(None, (", ".join(links[:-1]), *links[-1:])))


def read_notes(draft: Draft) -> dict[str, str]:
    """What notes in Chinese say once the published wording stands above them, by page#note."""
    return {f"{entry['page']}#{entry['id']}": entry["zh"] for entry in _read_statements(draft, "note", {"page", "id", "zh"})}


def _read_statements(draft: Draft, table: str, keys: set[str]) -> list[dict]:
    entries = read_entries(draft, STATEMENTS, table)
    for entry in entries:
        if missing := keys - set(entry):
            raise BookError(f"{STATEMENTS}: the {table} {entry.get('id', '?')} must have {', '.join(sorted(missing))}. Add it")
    return entries


def replace_section(page: str, anchor: str, body: str, title: str = "") -> str:
    """The page with other words below the heading `anchor`, up to the next heading; as it is where there is no such heading."""
    lines = page.split("\n")
    headings = [at for at, line in enumerate(lines) if HEADING.match(line)]
    start = next((at for at in headings if re.search(rf"\{{#{re.escape(anchor)}(?: [^}}]*)?\}}$", lines[at])), None)
    if start is None:
        return page
    end = next((at for at in headings if at > start), len(lines))
    heading = re.sub(r"^(#+) .* (\{#)", rf"\1 {title} \2", lines[start]) if title else lines[start]
    return "\n".join([*lines[:start], heading, "", body, "", *lines[end:]])


def list_pages(page: str, rows: Sequence[Row]) -> str:
    """The home page with a line in its contents for each page that has none, behind the one before it."""
    lines = page.split("\n")
    linked = {found[1]: at for at, line in enumerate(lines) if (found := LINK.match(line))}
    if not linked:
        return page
    new: dict[int, list[str]] = defaultdict(list)
    at, inside = -1, ""
    for row in rows:
        if row.name in linked:
            at, inside = linked[row.name], row.part
        elif at >= 0:
            if row.part != inside:
                at = _end_of_item(lines, at)
                new[at] += [f"- {inline(row.part)}"] if row.part else []
            inside = row.part
            new[at].append(f"{'    ' if row.part else ''}- [{inline(row.title)}]({row.name}.md)")
    return "\n".join(row for at, line in enumerate(lines) for row in (line, *new[at]))


def _end_of_item(lines: list[str], at: int) -> int:
    """The last line of the outermost item that line `at` belongs to."""
    while at + 1 < len(lines) and lines[at + 1].startswith(" "):
        at += 1
    return at
