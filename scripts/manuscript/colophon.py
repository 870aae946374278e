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


class Line(Entry, frozen=True, kw_only=True):
    """Other words for one line of a page, behind its colon, in each language that has them."""

    page: Text
    id: Text  # how it begins: `[^note]`, `description`
    zh: str = ""
    en: str = ""
    complete: bool = False  # waits for a text that is no longer cut short
    wording: str = "published"  # or `mixed`: said while only some chapters are published; `` both


class Passage(Line, frozen=True, kw_only=True):
    """Other words below the heading `id`, and for it."""

    zh: Text
    en: Text
    title_zh: str = ""
    title_en: str = ""


class Statements(Entry, frozen=True):
    """published.toml."""

    line: tuple[Line, ...] = ()
    section: tuple[Passage, ...] = ()


def restate(draft: Draft, chapters: Mapping[str, bool], complete: bool) -> None:
    """Says on every page that speaks of the wording whose it is: on a chapter its own, elsewhere
    all chapters'.

    `chapters`: in order, whether each is published; `complete`: the text is no longer cut short.
    """
    path = draft.root / STATEMENTS
    said = read_data(path, Statements, STATEMENTS) if path.exists() else Statements()
    ours = [name for name, published in chapters.items() if not published]
    for lang in LANGS:
        restated = _list(draft, lang, ours)
        for one in (*said.line, *said.section):
            file, words = page_file(lang, one.page), getattr(one, lang)
            state = "published" if chapters.get(one.page, not ours) else "mixed"
            waits = one.wording not in ("", state) or (one.complete and not complete)
            if waits or not (words and draft[file]):
                continue
            if isinstance(one, Passage):
                words = words.replace("{restated}", restated).strip("\n")
                title = getattr(one, f"title_{lang}")
                draft[file] = replace_section(draft[file], one.id, words, title)
            else:
                draft[file] = replace_line(draft[file], one.id, words)


def _list(draft: Draft, lang: str, names: Sequence[str]) -> str:
    """These chapters as links in a sentence."""
    titles = {name: read_page_text(draft[page_file(lang, name)]).title for name in names}
    links = [f"[{inline(title)}]({name}.md)" for name, title in titles.items()]
    if lang == "zh":
        return "、".join(links)
    return " and ".join(filter(None, (", ".join(links[:-1]), *links[-1:])))


def replace_line(page: str, start: str, words: str) -> str:
    line = re.compile(rf"^({re.escape(start)}(?:: |：)).+$", re.MULTILINE)
    return line.sub(lambda found: found[1] + words, page)


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
