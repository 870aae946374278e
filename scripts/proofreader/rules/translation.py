"""What the two languages say: the same numbers, in their own words, and none left behind."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from proofreader.numbers import numbers_differ
from proofreader.project import WAITING, Project
from proofreader.rule import Found, View, rule
from proofreader.rules.copy import H
from proofreader.twins import body_pairs, paired
from proofreader.walk import OBJECT

LETTER = re.compile(f"[{H}]")
WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")


@rule("P08", scope="site")
def numbers_agree(project: Project) -> Iterator[Found]:
    """The numbers, shares and dates of a paragraph must be those of its twin."""
    names = project.glossary.names_with_numbers
    for first, twin, a, b in paired(project):
        if {first.lang, twin.lang} != {"zh", "en"}:
            continue
        zh, en = (a, b) if first.lang == "zh" else (b, a)
        lacking = numbers_differ(zh.text, en.text, names)
        for number, other, in_twin in _sided(lacking[first.lang], lacking[twin.lang]):
            page, block, there, its = (twin, b, first, a) if in_twin else (first, a, twin, b)
            yield Found(
                page.path,
                block.line,
                f"the number {number} {_must(other)} {there.path}:{its.line}",
                "Mend one of the two",
            )


def _sided(mine: list[str], its: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Each number that one side has alone: with the other side's instead, where it has one, and
    whether it is the twin's."""
    for one, two in zip_longest(mine, its, fillvalue=""):
        yield (two, one, True) if two else (one, "", False)


def _must(instead: str) -> str:
    return f"must be {instead} as in" if instead else "must also be in"


@rule("P17", scope="site")
def descriptions_agree(project: Project) -> Iterator[Found]:
    """The numbers in the description of a page must be those of its twin."""
    for first, twin in project.twins():
        one, two = first.description, twin.description
        if one is None or two is None or {first.lang, twin.lang} != {"zh", "en"}:
            continue  # P15 says that already
        zh, en = (one, two) if first.lang == "zh" else (two, one)
        lacking = numbers_differ(zh.text, en.text, project.glossary.names_with_numbers)
        for number, other, in_twin in _sided(lacking[first.lang], lacking[twin.lang]):
            page, line, there = (twin, two.line, first) if in_twin else (first, one.line, twin)
            if other or len(number) > 1:  # else one counts what the other lists
                law = f"the number {number} of the description {_must(other)} {there.path}"
                yield Found(page.path, line, law, "Mend one of the two")


@rule("P12")
def text_is_translated(view: View) -> Iterator[Found]:
    """A text must be in the language of its page."""
    if view.page.lang not in ("zh", "en"):
        return
    wrong = _is_english if view.page.lang == "zh" else _is_chinese
    for block in view.page.texts:
        if getattr(block, "kind", "heading") not in ("raw", "dt", "code") and wrong(block.text):
            yield view.at(
                block.line,
                f"the text must be in {view.page.lang}: {block.text[:40]}",
                "Translate it",
            )


def _is_english(text: str) -> bool:
    return not LETTER.search(text) and len(WORD.findall(text)) >= 5 and OBJECT not in text


def _is_chinese(text: str) -> bool:
    return len(LETTER.findall(text)) > max(7, 2 * len(WORD.findall(text)))


@rule("P16", book="note")
def translation_is_there(view: View) -> Iterator[Found]:
    """A text that waits for its translation must get it."""
    if view.page.meta.get("translation") == "missing":
        yield view.at(1, "the page must be translated", "It says translation: missing; write it")
        return
    for block in view.page.texts:
        if WAITING in block.text:
            yield view.at(
                block.line, f"the text must be translated: {block.text[:40]}", "Write over it"
            )


@rule("P14", book="note", scope="site")
def twin_is_fresh(project: Project) -> Iterator[Found]:
    """A paragraph changed since both languages were last committed together must have been changed
    in its twin too."""
    for first, twin, a, b in body_pairs(project) if project.changes else ():
        mine, its = project.changes.get((first.path, twin.path), ((), ()))
        changed = (a.line in mine, b.line in its)
        if changed[0] != changed[1]:
            page, block, other = (first, a, twin) if changed[0] else (twin, b, first)
            named = f"the paragraph {block.id}".rstrip()
            message = f"{named} changed, and its twin in {other.path} did not"
            yield Found(page.path, block.line, message, "Look whether the twin must follow")
