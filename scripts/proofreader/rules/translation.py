"""What the two languages say: the same numbers, in their own words, and none left behind."""

import re
from itertools import zip_longest

from proofreader.numbers import numbers_differ
from proofreader.project import WAITING, Project
from proofreader.rule import Findings, View, at, rule
from proofreader.rules.copy import HAN
from proofreader.twins import body_pairs, paired
from proofreader.walk import OBJECT

WORD = re.compile(r"(?<![\w./])[A-Za-zÀ-ɏ]{2,}(?![\w/]|\.\w)")  # no part of a name of a file


@rule("P08")
def numbers_agree(project: Project) -> Findings:
    """The numbers, shares and dates of a paragraph, and of the description of a page, must be those
    of its twin."""
    names = project.glossary.names_with_numbers
    described = [(one, two, one.description, two.description) for one, two in project.twins]
    for first, twin, a, b in (*paired(project), *described):
        if {first.lang, twin.lang} != {"zh", "en"} or not a or not b:
            continue  # what one page alone describes, P15 says
        texts = {first.lang: a.text, twin.lang: b.text}
        lacking = numbers_differ(texts["zh"], texts["en"], names)
        for one, two in zip_longest(lacking[first.lang], lacking[twin.lang], fillvalue=""):
            page, block, other, its = (twin, b, first, a) if two else (first, a, twin, b)
            must = f"must be {one} as in" if one and two else "must also be in"
            counts = a.kind == "description" and len(one + two) == 1  # what the other lists
            if not counts:
                law = f"the number {two or one} {must} {other.path}:{its.line}"
                yield at(page, block, law, "Mend one of the two")


@rule("P12")
def text_is_translated(view: View) -> Findings:
    """A text must be in the language of its page."""
    for text in view.page.texts:
        unread = getattr(text, "kind", "heading") in ("raw", "dt", "code")
        if not unread and _is_foreign(text.text, view.page.lang):
            law = f"the text must be in {view.page.lang}: {text.text[:40]}"
            yield view.at(text, law, "Translate it")


def _is_foreign(text: str, lang: str) -> bool:
    """English on a Chinese page, or Chinese on an English one; a few words may be quoted."""
    han, words = len(HAN.findall(text)), len(WORD.findall(text))
    if lang == "zh":
        return not han and words >= 5 and OBJECT not in text
    return lang == "en" and han > max(7, 2 * words)


@rule("P16", book="note")
def translation_is_there(view: View) -> Findings:
    """A text that waits for its translation must get it."""
    if view.page.meta.get("translation") == "missing":
        yield view.at(1, "the page must be translated", "It says translation: missing; write it")
        return
    for text in view.page.texts:
        if WAITING in text.text:
            yield view.at(text, f"the text must be translated: {text.text[:40]}", "Write over it")


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
            yield at(page, block, law, "Look whether the twin must follow")
