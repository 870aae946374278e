"""What the two languages say: the same numbers, in their own words, and none left behind."""

import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from proofreader.numbers import numbers_differ
from proofreader.project import Project
from proofreader.record import Page
from proofreader.rule import Findings, View, at, rule
from proofreader.rules.forms import HAN
from proofreader.twins import Pairs, body_pairs, paired
from proofreader.walk import OBJECT

WORD = re.compile(r"(?<![\w./])[A-Za-zÀ-ɏ]{2,}(?![\w/]|\.\w)")  # no part of a name of a file
REFERENCE = re.compile(r"\A\[\d+\]|\[[A-Z]{1,2}(?:/OL)?\]|\bdoi\b|arXiv|[\w-]\.[a-z]{2,}/")
SETTLED = re.compile(  # what needs no translation in a Chinese text, or has it
    rf"""{HAN.pattern} | [、（·]                              # Maven、Conan
    | \A[^a-z]*\Z | \A(?:[\w.-]+(?:[ ]\d+)?[ ]\+[ ])+[\w.-]+\Z  # CREATE TABLE; Vue 3 + Vite
    | \A[A-Z][\w ]*(?:[ ]→[ ][A-Z][\w ]*)+\Z              # File → Settings
    | \A\w*Error: | \A::: | \$\$ | \A".*"\Z
    """,
    re.VERBOSE,
)


def zh_and_en(pairs: Iterable[tuple[Page, Page, Any, Any]]) -> Pairs:
    """Those of these two languages, the Chinese first; what one page alone describes, P15 says."""
    for first, twin, a, b in pairs:
        if {first.lang, twin.lang} == {"zh", "en"} and a and b:
            yield (first, twin, a, b) if first.lang == "zh" else (twin, first, b, a)


@rule("P08")
def numbers_agree(project: Project) -> Findings:
    """The numbers, shares and dates of a paragraph, and of the description of a page, must be those
    of its twin."""
    names = project.glossary.names_with_numbers
    described = [(one, two, one.description, two.description) for one, two in project.twins]
    for zh, en, a, b in zh_and_en([*paired(project), *described]):
        for one, two in zip_longest(*numbers_differ(a.text, b.text, names), fillvalue=""):
            page, block, other, its = (en, b, zh, a) if two else (zh, a, en, b)
            must = f"must be {one} as in" if one and two else "must also be in"
            counts = a.kind == "description" and len(one + two) == 1  # what the other lists
            if not (counts or _is_foreign(a.text, "zh") or _is_foreign(b.text, "en")):  # P12
                law = f"the number {two or one} {must} {other.path}:{its.line}"
                yield at(page, block, law, "Mend one of the two")


@rule("P12")
def text_is_translated(view: View) -> Findings:
    """A text must be in the language of its page; references and a published wording stay."""
    published = view.page.meta.get("wording") == "published"
    for text in () if published else view.page.texts:
        unread = getattr(text, "kind", "heading") in ("raw", "dt", "code")
        if _is_foreign(text.text, view.page.lang) and not (unread or REFERENCE.search(text.text)):
            law = f"the text must be in {view.page.lang}: {text.text[:40]}"
            yield view.at(text, law, "Translate it")


def _is_foreign(text: str, lang: str) -> bool:
    """English on a Chinese page, or Chinese on an English one; a few words may be quoted."""
    if lang == "zh":
        return not SETTLED.search(text) and len(WORD.findall(text)) >= 5 and OBJECT not in text
    han = len(HAN.findall(text)) if lang == "en" else 0
    return han > 7 and han > 2 * len(WORD.findall(text))


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
