"""What pages say of the edition after an import: whose words its chapters hold
(docs/data/published.toml).
"""

import re
from collections.abc import Iterator, Mapping

from manuscript.blocks import inline, read_page_text
from manuscript.draft import Draft, page_file
from whitepaper.book import LANGS, BookError

STATEMENTS = "docs/data/published.toml"
NEEDED = {"phrase": {"page"}, "note": {"page", "id", "zh"}, "section": {"page", "id", *LANGS}}


def restate(draft: Draft, chapters: Mapping[str, bool], complete: bool) -> None:
    """Says on every page that speaks of the wording whose it is.

    `chapters`: in order, whether each is published; `complete`: the text is no longer cut short.
    """
    wording = "published" if all(chapters.values()) else "mixed"
    for kind, entry in _read_statements(draft):
        waits = entry.get("complete") and not complete
        other = kind == "section" and entry.get("wording", "published") != wording
        if waits or other or (kind == "note" and not chapters.get(entry["page"])):
            continue
        for lang in LANGS:
            file = page_file(lang, entry["page"])
            if lang in entry and (page := draft[file]):
                draft[file] = _said(page, kind, entry, lang, draft, chapters)


def _read_statements(draft: Draft) -> Iterator[tuple[str, dict]]:
    """(kind, entry) of published.toml; BookError says what one lacks."""
    tables = draft.data(STATEMENTS)
    for kind, needed in NEEDED.items():
        for entry in tables.get(kind, []):
            if missing := needed - entry.keys():
                raise BookError(
                    f"{STATEMENTS}: the {kind} {entry.get('id', '?')} must have "
                    f"{', '.join(sorted(missing))}. Add it"
                )
            yield kind, entry


def _said(
    page: str, kind: str, entry: dict, lang: str, draft: Draft, chapters: Mapping[str, bool]
) -> str:
    """The page as the entry wants it."""
    words = entry[lang]
    if kind == "phrase":
        return page.replace(*words)
    if kind == "note":
        definition = rf"^(\[\^{re.escape(entry['id'])}\]: ).*$"
        return re.sub(definition, lambda found: found[1] + words, page, flags=re.MULTILINE)
    for name, published in (("{published}", True), ("{restated}", False)):
        words = words.replace(name, _list(draft, lang, chapters, published))
    return replace_section(page, entry["id"], words.strip("\n"), entry.get(f"title_{lang}", ""))


def _list(draft: Draft, lang: str, chapters: Mapping[str, bool], published: bool) -> str:
    """The chapters that hold the one wording or the other, as links in a sentence."""
    links = [
        f"[{inline(read_page_text(draft[page_file(lang, name)] or '').title)}]({name}.md)"
        for name, holds in chapters.items()
        if holds is published
    ]
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
