"""What the two languages say: the same numbers, in their own words, and none left behind."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from proofreader.numbers import numbers_differ
from proofreader.project import WAITING, Project
from proofreader.rule import Findings, Found, View, rule
from proofreader.rules.copy import HAN
from proofreader.twins import Pairs, body_pairs, paired
from proofreader.walk import OBJECT

WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")


@rule("P08")
def numbers_agree(project: Project) -> Findings:
    """The numbers, shares and dates of a paragraph must be those of its twin."""
    for number, must, page, line, place in _odd_numbers(project, iter(paired(project))):
        yield Found(page, line, f"the number {number} {must} {place}", "Mend one of the two")


def _odd_numbers(project: Project, pairs: Pairs) -> Iterator[tuple[str, str, str, int, str]]:
    """Each number that one side has alone, what it must be or do, its page and line, and the place
    of the other side."""
    for first, twin, a, b in pairs:
        if {first.lang, twin.lang} == {"zh", "en"}:
            texts = {first.lang: a.text, twin.lang: b.text}
            names = project.glossary.names_with_numbers
            lacking = numbers_differ(texts["zh"], texts["en"], names)
            mine, its = lacking[first.lang], lacking[twin.lang]
            for one, two in zip_longest(mine, its, fillvalue=""):
                must = f"must be {one} as in" if one and two else "must also be in"
                if two:
                    yield two, must, twin.path, b.line, f"{first.path}:{a.line}"
                else:
                    yield one, must, first.path, a.line, f"{twin.path}:{b.line}"


@rule("P17")
def descriptions_agree(project: Project) -> Findings:
    """The numbers in the description of a page must be those of its twin."""
    pairs = ((one, two, one.description, two.description) for one, two in project.twins)
    both = (pair for pair in pairs if pair[2] and pair[3])  # else P15 says that already
    for number, must, page, line, place in _odd_numbers(project, both):
        if len(number) > 1 or must.startswith("must be"):  # else one counts what the other lists
            law = f"the number {number} of the description {must} {place.rpartition(':')[0]}"
            yield Found(page, line, law, "Mend one of the two")


@rule("P12")
def text_is_translated(view: View) -> Findings:
    """A text must be in the language of its page."""
    wrong = {"zh": _is_english, "en": _is_chinese}.get(view.page.lang)
    for block in view.page.texts if wrong else ():
        unread = getattr(block, "kind", "heading") in ("raw", "dt", "code")
        if wrong and not unread and wrong(block.text):
            law = f"the text must be in {view.page.lang}: {block.text[:40]}"
            yield view.at(block.line, law, "Translate it")


def _is_english(text: str) -> bool:
    return not HAN.search(text) and len(WORD.findall(text)) >= 5 and OBJECT not in text


def _is_chinese(text: str) -> bool:
    return len(HAN.findall(text)) > max(7, 2 * len(WORD.findall(text)))


@rule("P16", book="note")
def translation_is_there(view: View) -> Findings:
    """A text that waits for its translation must get it."""
    if view.page.meta.get("translation") == "missing":
        yield view.at(1, "the page must be translated", "It says translation: missing; write it")
        return
    for block in view.page.texts:
        if WAITING in block.text:
            law = f"the text must be translated: {block.text[:40]}"
            yield view.at(block.line, law, "Write over it")


@rule("P14", book="note")
def twin_is_fresh(project: Project) -> Findings:
    """A paragraph changed since both languages were last committed together must have been changed
    in its twin too."""
    for first, twin, a, b in body_pairs(project) if project.changes else ():
        mine, its = project.changes.get((first.path, twin.path), ((), ()))
        if (a.line in mine) != (b.line in its):
            page, block, other = (first, a, twin) if a.line in mine else (twin, b, first)
            named = f"the paragraph {block.id}".rstrip()
            law = f"{named} changed, and its twin in {other.path} did not"
            yield Found(page.path, block.line, law, "Look whether the twin must follow")
