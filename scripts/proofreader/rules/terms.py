"""Terms: one rendering for each, in every chapter."""

from functools import lru_cache

from proofreader.glossary import Forms, Span, Term, english, renderings
from proofreader.project import Project
from proofreader.record import Block, Heading
from proofreader.rule import Findings, at, rule
from proofreader.rules.figures import FIGURE, number_in
from proofreader.rules.translation import zh_and_en
from proofreader.twins import heading_pairs, paired


@lru_cache(maxsize=1)
def _texts(project: Project) -> list[tuple]:
    """(Chinese page, English page, Chinese block, English block, terms of the Chinese) of all
    paragraphs and headings."""
    pairs = zh_and_en([*paired(project), *heading_pairs(project)])
    return [(*pair, project.glossary.used(pair[2].text)) for pair in pairs]


@rule("T01")
def term_is_rendered(project: Project) -> Findings:
    """Where Chinese uses a term of the glossary, its twin must use an allowed rendering of it."""
    return _unrendered(project, "term")


def _unrendered(project: Project, kind: str) -> Findings:
    """The terms of a kind of which no rendering stands in the English."""
    for zh, en, a, b, used in _texts(project):
        for term in used:
            judged = term.kind == kind and not number_in(FIGURE, term.zh)  # F08 judges those
            forms = english((*renderings(term), *term.never))  # T02 judges those
            if judged and not forms.search(b.text):
                found = _shown(english(tuple(term.forbidden)), b.text)
                instead = f", not “{found}”" if found else ""
                law = f"{term.zh} ({zh.path}:{a.line}) must be rendered as {_choice(term)}{instead}"
                hint = "Use one of them, or allow another in the glossary"
                yield at(en, b, law, hint, level=_level(b))


def _level(block: Block | Heading) -> str:
    """A note may say things in other words than its twin."""
    return "note" if getattr(block, "where", "") == "footnote" else ""


def _choice(term: Term) -> str:
    return " or ".join(dict.fromkeys([term.en, *term.allowed[:2]]))


@rule("T02")
def rendering_is_not_banned(project: Project) -> Findings:
    """A rendering that the glossary bans must stand nowhere."""
    banned = [term for term in project.glossary.terms if term.never]
    for page in (*project.pages.values(), *project.glossary.pages):
        for block in page.texts if page.lang == "en" else ():
            for term in banned:
                found = _shown(english(tuple(term.never)), block.text)
                if found and not english(renderings(term)).cover(found):
                    law = f"“{found}” must stand nowhere: {term.zh} is {_choice(term)}"
                    yield at(page, block, law, "Write that")


@rule("T04")
def names_agree(project: Project) -> Findings:
    """A name in one language must be its pair from the glossary in the other."""
    yield from _unrendered(project, "name")
    names = [term for term in project.glossary.terms if term.kind == "name"]
    for zh, en, a, b, used in _texts(project):
        for term in names:
            found = term.zh not in a.text and english((term.en,)).search(b.text)
            if found and not _covered(found, used, b.text):
                law = f"the name {b.text[slice(*found)]} ({en.path}:{b.line}) must be {term.zh}"
                yield at(zh, a, law, "Add or mend it", level=_level(a))


def _covered(found: Span, used: list[Term], text: str) -> bool:
    """Whether the English name is part of the rendering of another term that the Chinese has."""
    return any(
        start <= found[0] and found[1] <= end
        for term in used
        for start, end in english(renderings(term)).find_all(text)
    )


def _shown(forms: Forms, text: str) -> str:
    """The first form, as it stands in the text; `` where none does."""
    found = forms.search(text)
    return text[slice(*found)] if found else ""
