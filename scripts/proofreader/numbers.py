"""Numbers of a Chinese text and of its English twin, brought to one form.

A number is its value and a kind: `%` for shares, fractions too; `s` for decades (70年代, 1970s);
`~` for a mere size (数万, tens of thousands), which any number of that size answers. What one side
says for sure, the other must have; what it may mean besides (a numeral in a name, 两三个) only
answers. How they are written stands in numbers.toml. No library does this: those that read
numerals read 千方百计 too.
"""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from proofreader.numerals import WORTH, read

Number = tuple[Decimal, str]
Found = tuple[frozenset[Number], frozenset[Number]]  # for sure, and all that may be meant
Form = dict[str, Any]


def _read_forms() -> dict[str, list[Form]]:
    """How numbers are written in each language, what stands in capitals written out."""
    given = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    sets = given.pop("sets") | {kind.upper(): "|".join(words) for kind, words in WORTH.items()}
    for form in chain(*given.values()):
        for key in ("signs", "pattern"):
            for name, meant in sets.items():
                form[key] = form.get(key, "").replace(name, meant)
        form["signs"] = form["signs"].split("|")
    return given


FORMS = _read_forms()


def _put(form: Form, found: re.Match) -> str:
    """What to read instead of what was found."""
    parts = found.groupdict("")
    return form["put"].format(**parts | {"n": read(parts.get("n", ""))})


def _say(form: Form, found: re.Match) -> Iterator[tuple[Decimal, str]]:
    """The values and kinds that a form makes of what was found."""
    parts = {name: said for name, said in found.groupdict().items() if said is not None}
    words = f"{parts['n']} {parts.get('of', '')}" if "apart" in form else ""
    yield from ((read(word), "?") for word in re.findall("[a-z]+", words))
    for last in parts.get("each", [""]):
        number = read(parts.get("n", "") + last or "a") * read(parts.get("size", "a"))
        value = number * Decimal(form.get("times", 1)) + 100 * read(parts.get("hundreds", "zero"))
        if "of" in parts:
            value = round(100 * value / (read(parts["of"]) or 1), 2)
        name = "otherwise" if "otherwise" in form and "sure" not in parts else "kind"
        kind = "?" if value < form.get("least", 0) else form.get(name, "")
        for more in form.get("plus", [0]):
            yield value + Decimal(more), kind


@lru_cache(maxsize=8192)
def numbers_in(text: str, lang: str) -> Found:
    """What must be in the twin, and what may be meant by anything here."""
    said: list[tuple[Decimal, str]] = []

    def take(form: Form, found: re.Match) -> str:
        said.extend(_say(form, found))
        return " "

    small = text.lower()
    for form in FORMS["both"] + FORMS[lang]:
        where = text if "case" in form else small
        if any(map(where.__contains__, form["signs"])):
            left = re.sub(form["pattern"], partial(_put if "put" in form else take, form), where)
            small = small if "hint" in form else left
    sure = frozenset(one for one in said if "?" not in one[1])
    return sure, sure | {(value, kind.strip("?")) for value, kind in said}


class Names(Protocol):
    """Finds names in a text: a pattern, or what works like one."""

    def sub(self, instead: str, text: str, /) -> str: ...


def numbers_differ(zh: str, en: str, names: tuple[Names, Names]) -> tuple[list[str], list[str]]:
    """The numbers of each that the other lacks; names that hold numerals are no numbers."""
    whole_zh, whole_en = numbers_in(zh, "zh")[1], numbers_in(en, "en")[1]
    if not (_lacking(whole_zh, whole_en) or _lacking(whole_en, whole_zh)):
        return [], []
    sure_zh, may_zh = numbers_in(names[0].sub(" ", zh), "zh")
    sure_en, may_en = numbers_in(names[1].sub(" ", en), "en")
    return _lacking(sure_zh, may_en | whole_en), _lacking(sure_en, may_zh | whole_zh)


def _lacking(sure: frozenset[Number], there: frozenset[Number]) -> list[str]:
    """What is said for sure and not there; a mere size is there with any number of that size."""
    sizes = {value.adjusted() for value, kind in there if kind != "%"}
    return [
        f"{'about ' if kind == '~' else ''}{value.normalize():f}{kind.strip('~')}"
        for value, kind in sorted(sure - there)
        if kind != "~" or value.adjusted() not in sizes
    ]
