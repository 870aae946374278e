"""What holds for the text of this book beside what holds for any."""

import re
import tomllib
from collections.abc import Iterator

from proofreader import Found, Page, Project, rule
from whitepaper.book import APPARATUS

ROMANIZED = "docs/data/romanized.toml"
CONTENTS = "contents"  # the section of the home page that lists the others


@rule("X36")
def contents_are_whole(project: Project) -> Iterator[Found]:
    """The contents on the home page must link to every page of the nav, in its order."""
    for lang in project.settings.locales:
        pages = project.nav_pages(lang)
        home = next((page for page in pages if page.name == "index.md"), None)
        ids = [heading.id for heading in home.headings] if home else []
        if home is None or CONTENTS not in ids:
            continue
        section = ids.index(CONTENTS)
        shown = (link for link in home.links if link.section == section)
        links = [link.target for link in shown if link.css != "term" and not link.raw]
        wanted = [page.name for page in pages if page is not home]
        if links and links != wanted:
            lacking = next((name for name in wanted if name not in links), "")
            law = (
                f"the contents must list {lacking}"
                if lacking
                else "the contents must keep the order of the nav"
            )
            line = home.headings[section].line
            yield Found(
                home.path, line, law, "Write a line for each page, in the order of mkdocs.yml"
            )


@rule("X37")
def titles_are_romanized(project: Project) -> Iterator[Found]:
    """The title of a Chinese chapter must have its line in pinyin, for citations in English."""
    path = project.settings.root / ROMANIZED
    try:
        known = tomllib.loads(path.read_text("utf-8")).get("title", {})
    except (OSError, ValueError):  # X35 says what is wrong with it
        return
    for page in project.nav_pages("zh"):
        title = re.sub(r"^[\d.]+\s+", "", page.title)
        if _is_chapter(page) and title not in known:
            yield Found(
                page.path,
                1,
                f"the title {title} must have its pinyin",
                f'Add `"{title}" = "…"` to {ROMANIZED}',
            )


def _is_chapter(page: Page) -> bool:
    return (
        page.name.removesuffix(".md") not in APPARATUS and page.meta.get("wording") != "published"
    )


@rule("X39")
def terms_are_single(project: Project) -> Iterator[Found]:
    """A term must stand once in the glossary, by its id and by its Chinese."""
    glossary, seen = project.glossary, set[str]()
    for number, term in enumerate(glossary.terms):
        for key in ("id", "zh"):
            name = f"{key} {getattr(term, key)}"
            if name in seen:
                line = glossary.line_of(number, key)
                yield Found(glossary.path, line, f"{name} must stand once", "Put the two together")
            seen.add(name)
