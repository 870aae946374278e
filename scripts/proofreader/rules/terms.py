"""Terms: one rendering for each, in every chapter."""

import re
from collections.abc import Iterator
from functools import lru_cache

from proofreader.glossary import Forms, Span, Term, english, renderings
from proofreader.project import Project
from proofreader.record import Block, Heading
from proofreader.rule import Findings, at, rule
from proofreader.rules.figures import FIGURE, number_in
from proofreader.rules.translation import zh_and_en
from proofreader.twins import heading_pairs, paired

WORDS = re.compile(r"[\w’&-]+")
QUOTED = re.compile("“[^”]*”")  # others may render a term in their own way


@lru_cache(maxsize=1)
def _texts(project: Project) -> list[tuple]:
    """(Chinese page, English page, Chinese block, English block, terms of the Chinese) of all
    paragraphs and headings."""
    pairs = zh_and_en([*paired(project), *heading_pairs(project)])
    return [(*pair, project.glossary.used(pair[2].text)) for pair in pairs]


@rule("T01")
def term_is_rendered(project: Project) -> Findings:
    """Where Chinese uses a term of the glossary, its twin must use an allowed rendering of it, and
    Chinese the term where its twin uses one that the glossary shows."""
    yield from _unpaired(project, "term")


@rule("T04")
def names_agree(project: Project) -> Findings:
    """A name in one language must be its pair from the glossary in the other."""
    yield from _unpaired(project, "name")


def _unpaired(project: Project, kind: str) -> Findings:
    """The terms of a kind that stand in one language alone."""
    terms = [term for term in project.glossary.terms if term.kind == kind]
    shown = [term for term in terms if kind == "name" or term.in_glossary]
    any_shown = english(tuple(term.en for term in shown))
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
        text = QUOTED.sub(lambda quoted: " " * len(quoted[0]), b.text)
        kept = zh.meta.get("wording") == "published"
        for term in shown if any_shown.search(text) and not kept else ():
            place = term.zh not in a.text and english((term.en,)).search(text)
            if not place:
                continue
            others = [*used, *(other for other in shown if other is not term)]
            if not _covered(place, used, others, text):
                said = f"the {kind} {b.text[slice(*place)]} ({en.path}:{b.line})"
                yield at(zh, a, f"{said} must be {term.zh}", "Add or mend it", level=_level(a))


def _level(block: Block | Heading) -> str:
    """A note may say things in other words than its twin."""
    return "note" if getattr(block, "where", "") == "footnote" else ""


def _choice(term: Term) -> str:
    return " or ".join(dict.fromkeys([term.en, *term.allowed[:2]]))


@rule("T02")
def rendering_is_not_banned(project: Project) -> Findings:
    """A rendering that the glossary bans must stand nowhere."""
    banned = [term for term in project.glossary.terms if term.never]
    any_banned = english(tuple(form for term in banned for form in term.never))
    for page in (*project.pages.values(), *project.glossary.pages):
        for block in page.texts if page.lang == "en" else ():
            for term in banned if any_banned.search(block.text) else ():
                found = _shown(english(tuple(term.never)), block.text)
                if found and not english(renderings(term)).cover(found):
                    law = f"“{found}” must stand nowhere: {term.zh} is {_choice(term)}"
                    yield at(page, block, law, "Write that")


def _covered(place: Span, used: list[Term], others: list[Term], text: str) -> bool:
    """Whether the English is part of the rendering of another term: of one that the Chinese has, or
    of a longer one, which is told instead."""
    return any(
        start <= place[0] and place[1] <= end
        for term in others
        for start, end in english(renderings(term)).find_all(text)
        if term in used or end - start > place[1] - place[0]
    )


def _shown(forms: Forms, text: str) -> str:
    """The first form, as it stands in the text; `` where none does."""
    found = forms.search(text)
    return text[slice(*found)] if found else ""


@rule("T19", copy=True)
def term_is_spelt_right(project: Project) -> Findings:
    """What is but one letter away from a term that its twin has must be the term."""
    known = project.glossary.zh
    for zh, en, a, b, used in _texts(project):
        if not used:
            continue
        given, unknown = known.findall(a.text), known.sub("，", a.text)
        for term in used:
            forms = english(renderings(term))
            mine = given.count(term.zh)
            its = len({start for start, _ in forms.find_all(b.text)})
            if its < mine or " " in term.en:
                for near in _near(term.en, b.text):
                    if not forms.cover(near):
                        yield at(en, b, f"“{near}” must be spelt {term.en}", "Mend it")
            if mine < its and (term.kind == "name" or len(term.zh) > 3):  # 经济体 is not 经济发
                for near in _near(term.zh, unknown):
                    yield at(zh, a, f"“{near}” must be spelt {term.zh}", "Mend it")


def _near(form: str, text: str) -> Iterator[str]:
    """What begins as a form does, and has one letter less, more or other, or one elsewhere."""
    split, blank = (WORDS.findall, " ") if form[0].isascii() else (list, "")
    words, parts = split(text), split(form)
    length, meant = len(parts), blank.join(parts).lower()
    for start, word in enumerate(words):
        if word.lower()[0] != meant[0]:
            continue
        near = blank.join(words[start : start + length])
        small = near.lower()
        alike = abs(len(small) - len(meant)) <= 1 and near[-1].isalpha()
        if alike and small != meant and _shorter(small) & _shorter(meant):
            yield near


@lru_cache(maxsize=1024)
def _shorter(word: str) -> frozenset[str]:
    """It, and what it is without any one of its letters."""
    return frozenset([word, *(word[:at] + word[at + 1 :] for at in range(len(word)))])
