"""Terms: one rendering for each, in every chapter."""

import re
from collections.abc import Iterator

from proofreader.glossary import Term, english, heads, renderings
from proofreader.project import Project
from proofreader.record import Block, Heading
from proofreader.rule import Found, rule
from proofreader.rules.figures import figure_number
from proofreader.twins import heading_pairs, paired


def _texts(project: Project) -> Iterator[tuple]:
    """(Chinese page, English page, Chinese block, English block) of all paragraphs and headings."""
    for first, twin, a, b in (*paired(project), *heading_pairs(project)):
        if {first.lang, twin.lang} == {"zh", "en"}:
            yield (first, twin, a, b) if first.lang == "zh" else (twin, first, b, a)


def _found(term: Term, forms: tuple[str, ...], text: str) -> re.Match | None:
    low = text.lower()
    near = any(head in low for head in heads(forms))
    return english("|".join(forms)).search(text) if near and forms else None


@rule("T01", scope="site")
def term_is_rendered(project: Project) -> Iterator[Found]:
    """Where Chinese uses a term of the glossary, its twin must use an allowed rendering of it."""
    for zh, en, a, b in _texts(project):
        for term in project.glossary.used(a.text):
            if term.kind == "term" and not figure_number(term.zh) and _lacks(term, b.text):
                message = f"{term.zh} ({zh.path}:{a.line}) must be rendered as {_choice(term)}"
                hint = "Use one of them, or allow another in the glossary"
                yield Found(en.path, b.line, message, hint, level=_level(b))


def _lacks(term: Term, text: str) -> bool:
    """Whether no form of a term, right or wrong (T02, T03), stands in a text."""
    other = (*term.forbidden, *term.never)
    return not _found(term, renderings(term), text) and not _found(term, other, text)


def _level(block: Block | Heading) -> str:
    """A note may say things in other words than its twin."""
    return "note" if getattr(block, "where", "") == "footnote" else ""


def _choice(term: Term) -> str:
    return " or ".join(dict.fromkeys([term.en, *term.allowed[:2]]))


@rule("T02", scope="site")
def rendering_is_not_banned(project: Project) -> Iterator[Found]:
    """A rendering that the glossary bans must stand nowhere."""
    banned = [term for term in project.glossary.terms if term.never]
    for page in (*project.pages.values(), *project.glossary.pages):
        for block in page.texts if page.lang == "en" else ():
            for term in banned:
                found = _found(term, term.never, block.text)
                if found and not english("|".join(renderings(term))).fullmatch(found[0]):
                    message = f"“{found[0]}” must stand nowhere: {term.zh} is {_choice(term)}"
                    yield Found(page.path, block.line, message, "Write that")


@rule("T03", scope="site")
def rendering_is_not_forbidden(project: Project) -> Iterator[Found]:
    """A rendering that the glossary forbids for a term must not stand for it."""
    for zh, en, a, b in _texts(project):
        for term in project.glossary.used(a.text):
            found = _found(term, term.forbidden, b.text)
            if found and not _found(term, renderings(term), b.text):
                message = (
                    f"{term.zh} ({zh.path}:{a.line}) must be {_choice(term)}, not “{found[0]}”"
                )
                yield Found(en.path, b.line, message, "Write that")


@rule("T04", scope="site")
def names_agree(project: Project) -> Iterator[Found]:
    """A name in one language must be its pair from the glossary in the other."""
    names = [term for term in project.glossary.terms if term.kind == "name"]
    for zh, en, a, b in _texts(project):
        used = list(project.glossary.used(a.text))
        for term in used:
            if term.kind == "name" and _lacks(term, b.text):
                message = f"the name {term.zh} ({zh.path}:{a.line}) must be {_choice(term)}"
                yield Found(en.path, b.line, message, "Add or mend it", level=_level(b))
        for term in names:
            found = _found(term, (term.en,), b.text) if term.zh not in a.text else None
            if found and not _covered(found, used, b.text):
                message = f"the name {found[0]} ({en.path}:{b.line}) must be {term.zh}"
                yield Found(zh.path, a.line, message, "Add or mend it", level=_level(a))


def _covered(found: re.Match, used: list[Term], text: str) -> bool:
    """Whether the English name is part of the rendering of another term that the Chinese has."""
    for term in used:
        for other in english("|".join(renderings(term))).finditer(text):
            if other.start() <= found.start() and found.end() <= other.end():
                return True
    return False
