"""What holds for the text of this book beside what holds for any."""

import re
import tomllib
from collections.abc import Iterator

from proofreader import Found, Project, rule
from whitepaper.book import APPARATUS

ROMANIZED = "docs/data/romanized.toml"
PAGES = {f"{name}.md" for name in APPARATUS}  # of the editor


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
        restated = page.meta.get("wording") != "published"
        if restated and page.name not in PAGES and title not in known:
            yield Found(
                page.path,
                1,
                f"the title {title} must have its pinyin",
                f'Add `"{title}" = "…"` to {ROMANIZED}',
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
