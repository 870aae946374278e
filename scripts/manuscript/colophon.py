"""What pages say of the edition after an import: whose words its chapters hold
(docs/data/published.toml).
"""

import re
from collections.abc import Mapping
from itertools import product

from manuscript.draft import Draft, page_file
from whitepaper.book import LANGS
from whitepaper.data import Entry, Text, read_data

STATEMENTS = "docs/data/published.toml"


class Line(Entry, frozen=True, kw_only=True):
    """Other words for one line of a page, behind its colon, in each language that has them."""

    page: Text
    id: Text  # how it begins: `[^note]`, `description`
    zh: str = ""
    en: str = ""
    complete: bool = False  # waits for a text that is no longer cut short
    wording: str = "published"  # or `mixed`: said while only some chapters are published; `` both

    def say(self, page: str, words: str, lang: str) -> str:
        line = re.compile(rf"^({re.escape(self.id)}(?:: |：)).+$", re.MULTILINE)
        return line.sub(lambda found: found[1] + words, page)


class Passage(Line, frozen=True, kw_only=True):
    """Other words below the heading `id`, and for it."""

    zh: Text
    en: Text
    title_zh: str = ""
    title_en: str = ""

    def say(self, page: str, words: str, lang: str) -> str:
        return replace_section(page, self.id, words.strip("\n"), getattr(self, f"title_{lang}"))


class Statements(Entry, frozen=True):
    """published.toml."""

    line: tuple[Line, ...] = ()
    section: tuple[Passage, ...] = ()


def restate(draft: Draft, chapters: Mapping[str, bool], complete: bool) -> None:
    """Says on every page that speaks of the wording whose it is: on a chapter its own, elsewhere
    all chapters'.

    `chapters`: whether each is published; `complete`: the text is no longer cut short.
    """
    path = draft.root / STATEMENTS
    said = read_data(path, Statements, STATEMENTS) if path.exists() else Statements()
    for lang, one in product(LANGS, (*said.line, *said.section)):
        file, words = page_file(lang, one.page), getattr(one, lang)
        published = chapters.get(one.page, all(chapters.values()))
        due = one.wording in ("", "published" if published else "mixed")
        if words and due and (complete or not one.complete):
            draft[file] = one.say(draft[file], words, lang)


def replace_section(page: str, anchor: str, body: str, title: str = "") -> str:
    """The page with other words below the heading `anchor`, up to the next heading; as it is where
    there is no such heading.
    """
    heading = rf"^(#+) (.*) (\{{#{re.escape(anchor)}(?: [^}}]*)?\}})$"
    below = r"(?s:.*?)(?=\n+#+ |\n*\Z)"
    section = re.compile(heading + below, re.MULTILINE)
    return section.sub(
        lambda found: f"{found[1]} {title or found[2]} {found[3]}\n\n{body}", page, count=1
    )
