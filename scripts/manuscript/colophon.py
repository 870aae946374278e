"""What pages say of the edition after an import: whose words its chapters hold
(docs/data/published.toml).
"""

import re
from collections.abc import Mapping, Sequence

from manuscript.blocks import inline, read_page_text
from manuscript.draft import Draft, page_file
from whitepaper.book import LANGS
from whitepaper.data import Entry, Text, read_data

STATEMENTS = "docs/data/published.toml"


class Phrase(Entry, frozen=True):
    """Words of a page, and what stands for them, in each language that has them."""

    page: Text
    zh: tuple[str, str] = ("", "")
    en: tuple[str, str] = ("", "")
    complete: bool = False  # waits for a text that is no longer cut short


class Note(Entry, frozen=True):
    """Other words for a note of a Chinese chapter, once its wording is the published one."""

    page: Text
    id: Text
    zh: Text
    en: str = ""  # English notes speak of the English, and stay


class Passage(Entry, frozen=True):
    """Other words below a heading, and for it."""

    page: Text
    id: Text
    zh: Text
    en: Text
    title_zh: str = ""
    title_en: str = ""
    complete: bool = False
    wording: str = "published"  # or `mixed`: said while only some chapters are published


class Statements(Entry, frozen=True):
    """published.toml."""

    phrase: tuple[Phrase, ...] = ()
    note: tuple[Note, ...] = ()
    section: tuple[Passage, ...] = ()


def restate(draft: Draft, chapters: Mapping[str, bool], complete: bool) -> None:
    """Says on every page that speaks of the wording whose it is.

    `chapters`: in order, whether each is published; `complete`: the text is no longer cut short.
    """
    path = draft.root / STATEMENTS
    said = read_data(path, Statements, STATEMENTS) if path.exists() else Statements()
    state = "published" if all(chapters.values()) else "mixed"
    entries: list[Phrase | Note | Passage] = [
        *(one for one in said.phrase if complete or not one.complete),
        *(one for one in said.note if chapters.get(one.page)),
        *(one for one in said.section if one.wording == state and (complete or not one.complete)),
    ]
    for lang in LANGS:
        restated = _list(draft, lang, [page for page, ours in chapters.items() if not ours])
        for entry in entries:
            file = page_file(lang, entry.page)
            if page := draft[file]:
                draft[file] = _said(page, entry, lang, restated)


def _said(page: str, entry: Phrase | Note | Passage, lang: str, restated: str) -> str:
    """The page as the entry wants it; `restated`: the chapters that keep this edition's words."""
    words = getattr(entry, lang)
    if isinstance(entry, Phrase):
        return page.replace(*words)
    if isinstance(entry, Note):
        definition = rf"(?<=^\[\^{re.escape(entry.id)}\]: ).+$"
        return re.sub(definition, lambda note: words or note[0], page, flags=re.MULTILINE)
    words = words.replace("{restated}", restated)
    return replace_section(page, entry.id, words.strip("\n"), getattr(entry, f"title_{lang}"))


def _list(draft: Draft, lang: str, names: Sequence[str]) -> str:
    """These chapters as links in a sentence."""
    titles = {name: read_page_text(draft[page_file(lang, name)]).title for name in names}
    links = [f"[{inline(title)}]({name}.md)" for name, title in titles.items()]
    if lang == "zh":
        return "、".join(links)
    return " and ".join(filter(None, (", ".join(links[:-1]), *links[-1:])))


def replace_section(page: str, anchor: str, body: str, title: str = "") -> str:
    """The page with other words below the heading `anchor`, up to the next heading; as it is where
    there is no such heading.
    """
    heading = rf"^(#+) (.*) (\{{#{re.escape(anchor)}(?: [^}}]*)?\}})$"

    def said(found: re.Match[str]) -> str:
        return f"{found[1]} {title or found[2]} {found[3]}\n\n{body}\n\n"

    below = r"\n(?:(?!#+ ).*\n?)*"
    replaced = re.sub(heading + below, said, page, count=1, flags=re.MULTILINE)
    return replaced.rstrip("\n") + "\n"
