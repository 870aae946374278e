"""What home page and colophon say of the edition after an import: whose words its chapters hold
(docs/data/published.toml).
"""

import re
from collections.abc import Mapping
from functools import partial

from manuscript.blocks import HEADING
from manuscript.draft import Draft, page_file
from manuscript.page_names import read_entries
from whitepaper.book import LANGS, BookError

STATEMENTS = "docs/data/published.toml"
TITLE = re.compile(r"^# (.+?)(?: \{#[\w-]+\})?$", re.MULTILINE)


def restate(draft: Draft, chapters: Mapping[str, bool], complete: bool) -> None:
    """Says on every page that speaks of the wording whose it is.

    `chapters`: in order, whether each is published; `complete`: the text is no longer cut short.
    """
    wording = "published" if all(chapters.values()) else "mixed"
    for entry in _read_statements(draft, "phrase", {"page"}):
        if complete or not entry.get("complete"):
            for lang in LANGS:
                name, (old, new) = page_file(lang, entry["page"]), entry.get(lang, ("", ""))
                if old and (page := draft[name]):
                    draft[name] = page.replace(old, new)
    for lang in LANGS:
        lists = {
            "{published}": _list(draft, lang, chapters, True),
            "{restated}": _list(draft, lang, chapters, False),
        }
        for entry in _read_statements(draft, "section", {"page", "id", *LANGS}):
            page = draft[page_file(lang, entry["page"])]
            if (
                page
                and entry.get("wording", "published") == wording
                and (complete or not entry.get("complete"))
            ):
                said = re.sub(
                    "|".join(lists),
                    partial(_put_in, lists),
                    entry[lang].strip("\n"),
                )
                draft[page_file(lang, entry["page"])] = replace_section(
                    page, entry["id"], said, entry.get(f"title_{lang}", "")
                )


def _put_in(lists: dict[str, str], found: re.Match[str]) -> str:
    return lists[found[0]]


def _title(draft: Draft, lang: str, name: str) -> str:
    found = TITLE.search(draft[page_file(lang, name)] or "")
    return found[1] if found else name


def _list(draft: Draft, lang: str, chapters: Mapping[str, bool], published: bool) -> str:
    """The chapters that hold the one wording or the other, as links in a sentence."""
    links = [
        f"[{_title(draft, lang, name)}]({name}.md)"
        for name, holds in chapters.items()
        if holds is published
    ]
    return (
        "、".join(links)
        if lang == "zh"
        else " and ".join(filter(None, (", ".join(links[:-1]), *links[-1:])))
    )


def read_notes(draft: Draft) -> dict[str, str]:
    """What notes in Chinese say once the published wording stands above them, by page#note."""
    return {
        f"{entry['page']}#{entry['id']}": entry["zh"]
        for entry in _read_statements(draft, "note", {"page", "id", "zh"})
    }


def _read_statements(draft: Draft, table: str, keys: set[str]) -> list[dict]:
    entries = read_entries(draft, STATEMENTS, table)
    for entry in entries:
        if missing := keys - set(entry):
            raise BookError(
                f"{STATEMENTS}: the {table} {entry.get('id', '?')} must have "
                f"{', '.join(sorted(missing))}. Add it"
            )
    return entries


def replace_section(page: str, anchor: str, body: str, title: str = "") -> str:
    """The page with other words below the heading `anchor`, up to the next heading; as it is where
    there is no such heading.
    """
    lines = page.split("\n")
    headings = [at for at, line in enumerate(lines) if HEADING.match(line)]
    start = next(
        (
            at
            for at in headings
            if re.search(rf"\{{#{re.escape(anchor)}(?: [^}}]*)?\}}$", lines[at])
        ),
        None,
    )
    if start is None:
        return page
    end = next((at for at in headings if at > start), len(lines))
    heading = re.sub(r"^(#+) .* (\{#)", rf"\1 {title} \2", lines[start]) if title else lines[start]
    return "\n".join([*lines[:start], heading, "", body, "", *lines[end:]])
