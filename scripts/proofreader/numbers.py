"""Numbers of a Chinese text and of its English twin, brought to one form."""

import re
from functools import lru_cache

from proofreader.numerals import (
    CARDINALS,
    HAN_DIGITS,
    HAN_MYRIADS,
    HAN_UNITS,
    MONTHS,
    SCALES,
    WORDS,
    read_han,
    read_words,
)

HAN_NUMERAL = "[" + "".join([*HAN_DIGITS, *HAN_UNITS, *HAN_MYRIADS]) + "]"
ARABIC = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
ZH_NUMBER = re.compile(rf"(?<![A-Za-z\d.])({ARABIC})\s*([百千]?[万亿]{{0,2}})(?:多|余)?\s*([%％]?)")
ZH_SHARE = re.compile(rf"百分之({HAN_NUMERAL}+|{ARABIC})")
ZH_WORDS = re.compile(
    rf"(?<!第)(?<!百分之)({HAN_NUMERAL}{{1,12}})(?=(?:多|余|几)?(?:年代|[年月日号个项种条类层级倍位次届元人家所座篇章节世纪]|方面|大领域|个?百分点))"
)
ZH_LOOSE = re.compile(rf"{HAN_NUMERAL}+")
ZH_DECADE = re.compile(rf"({ARABIC}|{HAN_NUMERAL}+)\s*世纪\s*({ARABIC}|{HAN_NUMERAL}+)\s*年代")
EN_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.])({ARABIC})(?:st|nd|rd|th|s)?(?:[\s-]+({'|'.join(SCALES)})s?\b)?(\s*(?:%|per\s?cent|percent))?",
    re.IGNORECASE,
)
ONE = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
EN_WORDS = re.compile(rf"\b(?:{ONE})(?:[\s-]+(?:{ONE}))*(s?)\b", re.IGNORECASE)
EN_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b(?=[\s,]+\d)|(?<=\d\s)({'|'.join(MONTHS)})\b")
FIGURE = re.compile(rf"图\s*(?:{HAN_NUMERAL}+|\d+)|\bFig(?:ure|\.)?s?\s*\d+", re.IGNORECASE)
LEAST = 3  # smaller numbers in words are as often pronouns: both, a pair, on the one hand

Number = tuple[float, str]  # value and `%` or ``


@lru_cache(maxsize=4096)
def numbers_zh(text: str) -> tuple[frozenset[Number], frozenset[Number]]:
    """What must be in the twin, and what may be meant by anything here."""
    sure: set[Number] = set()
    for digits, scale, percent in ZH_NUMBER.findall(text):
        sure.add((_value(digits) * (read_han(scale) if scale else 1), "%" if percent else ""))
    sure |= {(float(_any(found)), "%") for found in ZH_SHARE.findall(text)}
    sure |= {
        (float(value), "")
        for found in ZH_WORDS.findall(text)
        if (value := read_han(found)) >= LEAST
    }
    may = (
        sure
        | {(float(read_han(found)), "") for found in ZH_LOOSE.findall(text)}
        | {(float(read_han(char)), "") for char in text if char in HAN_DIGITS or char in HAN_UNITS}
    )
    decades = {
        ((_any(century) - 1) * 100.0 + _any(years), "")
        for century, years in ZH_DECADE.findall(text)
    }
    return frozenset(sure), frozenset(may | decades)


@lru_cache(maxsize=4096)
def numbers_en(text: str) -> tuple[frozenset[Number], frozenset[Number]]:
    """The same for an English text."""
    sure: set[Number] = set()
    for digits, scale, percent in EN_NUMBER.findall(text):
        sure.add((_value(digits) * SCALES.get(scale.lower(), 1), "%" if percent else ""))
    months = {(float(MONTHS.index(one or two) + 1), "") for one, two in EN_MONTH.findall(text)}
    words = set()
    for match in EN_WORDS.finditer(text):
        value = read_words(match[0]) or read_words(match[0].removesuffix("s"))
        parts = [read_words(part) for part in re.split(r"[\s-]+", match[0])]
        words |= {(float(number), "") for number in (value, *parts) if number is not None}
        if value and value >= LEAST and re.split(r"[\s-]+", match[0].lower())[-1] in CARDINALS:
            sure.add((float(value), ""))
    decades = {(value % 100, "") for value, _ in sure if 1000 < value < 2100 and value % 10 == 0}
    return frozenset(sure | months), frozenset(sure | months | words | decades)


def numbers_differ(zh: str, en: str, names: tuple[re.Pattern, re.Pattern]) -> dict[str, list[str]]:
    """By language, the numbers that the other side lacks; names that hold numerals are no numbers."""
    zh, en = FIGURE.sub(" ", zh), FIGURE.sub(" ", en)  # F08 is for these
    (sure_zh, whole_zh), (sure_en, whole_en) = numbers_zh(zh), numbers_en(en)
    if sure_zh <= whole_en and sure_en <= whole_zh:
        return {"zh": [], "en": []}
    sure_zh, may_zh = numbers_zh(names[0].sub(" ", zh))
    sure_en, may_en = numbers_en(names[1].sub(" ", en))
    only_zh = [_shown(number) for number in sorted(sure_zh - may_en - whole_en)]
    only_en = [
        _shown(number)
        for number in sorted(sure_en - may_zh - whole_zh)
        if not _decade(number, sure_zh)
    ]
    return {"zh": only_zh, "en": only_en}


def _decade(number: Number, sure_zh: frozenset[Number]) -> bool:
    return 1000 < number[0] < 2100 and number[0] % 10 == 0 and (number[0] % 100, "") in sure_zh


def _value(digits: str) -> float:
    return float(digits.replace(",", "").replace("，", ""))


def _any(text: str) -> float:
    return _value(text) if text[0].isdigit() else float(read_han(text))


def _shown(number: Number) -> str:
    value, percent = number
    return f"{int(value) if value == int(value) else value}{percent}"
