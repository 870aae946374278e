"""Terms: one rendering for each, in every chapter."""

import re
from collections.abc import Iterator

from proofreader.glossary import english, heads, renderings
from proofreader.project import Project
from proofreader.rule import Found, rule
from proofreader.rules.figures import figure_number
from proofreader.twins import heading_pairs, paired
from whitepaper.glossary import Term


def _texts(project: Project) -> Iterator[tuple]:
    """(Chinese page, English page, Chinese block, English block) of all paragraphs and headings."""
    for first, twin, a, b in (*paired(project), *heading_pairs(project)):
        if {first.lang, twin.lang} == {"zh", "en"}:
            yield (first, twin, a, b) if first.lang == "zh" else (twin, first, b, a)


def _found(term: Term, forms: tuple[str, ...], text: str) -> re.Match | None:
    low = text.lower()
    return (
        english("|".join(forms)).search(text) if any(head in low for head in heads(forms)) else None
    )


@rule("T01", scope="site")
def term_is_rendered(project: Project) -> Iterator[Found]:
    """Where Chinese uses a term of the glossary, its twin must use an allowed rendering of it."""
    for zh, en, a, b in _texts(project):
        for term in project.glossary.used(a.text):
            other = (*term.forbidden, *term.never)  # T02 and T03 say that
            if (
                term.kind == "term"
                and not figure_number(term.zh)
                and not _found(term, renderings(term), b.text)
                and not _found(term, other, b.text)
            ):
                yield Found(
                    en.path,
                    b.line,
                    f"{term.zh} ({zh.path}:{a.line}) must be rendered as {_choice(term)}",
                    "Use one of them, or allow another in the glossary",
                )


def _choice(term: Term) -> str:
    return " or ".join(dict.fromkeys([term.en, *term.allowed[:2]]))


@rule("T02", scope="site")
def rendering_is_not_banned(project: Project) -> Iterator[Found]:
    """A rendering that the glossary bans must stand nowhere."""
    for page in (*project.pages.values(), *project.glossary.pages):
        for block in (*page.blocks, *page.headings) if page.lang == "en" else ():
            for term in project.glossary.terms:
                if (
                    term.never
                    and (found := _found(term, term.never, block.text))
                    and not english("|".join(renderings(term))).fullmatch(found[0])
                ):
                    yield Found(
                        page.path,
                        block.line,
                        f"“{found[0]}” must stand nowhere: {term.zh} is {_choice(term)}",
                        "Write that",
                    )


@rule("T03", scope="site")
def rendering_is_not_forbidden(project: Project) -> Iterator[Found]:
    """A rendering that the glossary forbids for a term must not stand for it."""
    for zh, en, a, b in _texts(project):
        for term in project.glossary.used(a.text):
            found = _found(term, term.forbidden, b.text)
            if found and not _found(term, renderings(term), b.text):
                yield Found(
                    en.path,
                    b.line,
                    f"{term.zh} ({zh.path}:{a.line}) must be {_choice(term)}, not “{found[0]}”",
                    "Write that",
                )


@rule("T04", scope="site")
def names_agree(project: Project) -> Iterator[Found]:
    """A name in one language must be its pair from the glossary in the other."""
    names = [term for term in project.glossary.terms if term.kind == "name"]
    for zh, en, a, b in _texts(project):
        used = list(project.glossary.used(a.text))
        for term in used:
            if (
                term.kind == "name"
                and not _found(term, renderings(term), b.text)
                and not _found(term, (*term.forbidden, *term.never), b.text)
            ):
                yield Found(
                    en.path,
                    b.line,
                    f"the name {term.zh} ({zh.path}:{a.line}) must be {_choice(term)}",
                    "Add or mend it",
                )
        for term in names:
            if (
                term.zh not in a.text
                and (found := _found(term, (term.en,), b.text))
                and not _covered(found, used, b.text)
            ):
                yield Found(
                    zh.path,
                    a.line,
                    f"the name {found[0]} ({en.path}:{b.line}) must be {term.zh}",
                    "Add or mend it",
                )


def _covered(found: re.Match, used: list[Term], text: str) -> bool:
    """Whether the English name is part of the rendering of another term that the Chinese has."""
    return any(
        other.start() <= found.start() and found.end() <= other.end()
        for term in used
        for other in english("|".join(renderings(term))).finditer(text)
    )
