"""Numbers of a Chinese text and of its English twin, brought to one form.

A number is its value and a kind: `%` for shares, `~` for a mere size (数万, tens of thousands),
which any number of that size answers. What one side says for sure, the other must have; what it may
mean besides (a numeral in a name, 两三个) only answers. No library does this: those that read
numerals read 千方百计 too.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from proofreader.numerals import (
    HAN_DIGITS,
    HAN_NUMERAL,
    HAN_UNITS,
    MONTHS,
    POWERS,
    SCALES,
    SIDES,
    SPANS,
    WORDS,
    read_digits,
    read_han,
    read_words,
)

Number = tuple[Decimal, str]
Found = tuple[frozenset[Number], frozenset[Number]]  # for sure, and all that may be meant

ARABIC = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
DIGIT = "[一二两三四五六七八九]"
LARGE = "(?:[十百千]?[万亿]{1,2}|[十百千](?![米克瓦卡赫伏]))"
ZH_PLAN = re.compile(
    rf"[“「]?(十?{DIGIT}|十)五[”」]?(?=规划|计划|时期|期间|以来)|[“「](十{DIGIT}?)五[”」]"
)
ZH_EITHER = re.compile(
    rf"(?<!{HAN_NUMERAL})({DIGIT}?十)?"
    "(一二|一两|两三|二三|三四|三五|四五|五六|六七|七八|八九)"
    rf"({LARGE})?(?!{HAN_NUMERAL})"
)
ZH_ROUGH = re.compile(rf"[数几]({LARGE})|(十)几")
ZH_SHARE = re.compile(
    rf"百分之({HAN_NUMERAL}+(?:点{HAN_NUMERAL}+)?|{ARABIC})|({DIGIT}|[1-9])成(?=[以多左的，。、；）]|$)"
)
ZH_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.])({ARABIC})(?:多|余|来|几)?\s*({LARGE})?(?:多|余)?\s*([%％]?)"
)
ZH_POINT = re.compile(rf"({HAN_NUMERAL}+点[〇零一二三四五六七八九]+)({LARGE})?(?!钟)")
ZH_WORDS = re.compile(rf"{HAN_NUMERAL}+")
COMPOUND = re.compile(f"{DIGIT}[十百千万亿]")
ZH_COUNTED = re.compile(
    "(?:多|余|来)?(?:年代|[年月日号个项种条类层级倍位次届元人家所座篇章节件份辆场轮批代期名国省市县区米吨岁世]"
    "|方面|大领域|个?百分点|公里|平方|小时|分钟)"
)
ZH_DECADE = re.compile(rf"({ARABIC}|{HAN_NUMERAL}+)\s*世纪\s*({ARABIC}|{HAN_NUMERAL}+)\s*年代")
ZH_HALF = re.compile("一半|过半|半数")
SHORT = {"mn": 10**6, "bn": 10**9, "tn": 10**12}
PERCENT = r"(\s*%|[\s-]+per\s?cent\b|[\s-]+percentage\b)?"
EN_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.])({ARABIC})(?:st|nd|rd|th|s)?"
    rf"((?:[\s-]+(?:{'|'.join(SCALES)})\b|\s?(?:bn|tn|mn)\b)*){PERCENT}"
)
NUMERALS = {*WORDS, *POWERS}
ONE = "|".join(sorted(NUMERALS, key=len, reverse=True))
FIRST = f"[{''.join(sorted({word[0] for word in NUMERALS}))}]"  # looked at before each of them
# What is looked for behind must be of one length: thousand without its t.
AND = r"[\s-]+(?:(?<=(?:hundred|housand|million|billion) )and\s+)?"
EN_WORDS = re.compile(rf"\b(?={FIRST})(?:{ONE})\b(?:{AND}(?:{ONE})\b)*{PERCENT}")
SIZES = {f"{word}s": value for word, value in SCALES.items()} | {
    "tens": 10,
    "dozens": 10,
    "scores": 10,
}
SIZES |= {"decades": 10, "centuries": 100, "millennia": 1000}
LARGE_WORDS = {*SIZES, *SCALES}
FEW = r"\b(?:several|few|some|many|couple of|dozen)\s+"
EN_ROUGH = re.compile(
    rf"\b({'|'.join(SIZES)})\b(?:\s+of\s+({'|'.join(SIZES)})\b)?|{FEW}({'|'.join(SCALES)})\b"
)
EN_SPAN = re.compile(rf"(?:\b([\w-]+)\s+)?\b({'|'.join(SPANS)})s?\b")
WORD, DIGITS = re.compile("[A-Za-z]+"), re.compile(r"\d")
IMPLIED = {word + end: value for word, value in (SIDES | SPANS).items() for end in ("", "s")}
EN_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b(?=[\s,]+\d)|(?<=\d\s)({'|'.join(MONTHS)})\b")
ZH_FIGURE = re.compile(rf"[图表]\s*(?:{HAN_NUMERAL}+|\d+(?:[.-]\d+)*)")
EN_FIGURE = re.compile(r"\b[FfTt](?:ig(?:ure|\.)?|able)s?\s*\d+(?:[.-]\d+)*")
LEAST = 3  # smaller numbers in words are as often pronouns: both, a pair, on the one hand


class _Text:
    """A text whose numbers are taken out one pattern after the other, and what they say."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sure: set[Number] = set()
        self.may: set[Number] = set()

    def take(self, pattern: re.Pattern) -> list[re.Match]:
        """All matches, none of which is there for other patterns after that."""
        found = list(pattern.finditer(self.text))
        for match in found:
            start, end = match.span()
            self.text = self.text[:start] + " " * (end - start) + self.text[end:]
        return found

    def say(self, value: Decimal | int, kind: str = "") -> None:
        self.sure.add((Decimal(value), kind))

    def allow(self, value: Decimal | int, kind: str = "") -> None:
        self.may.add((Decimal(value), kind))

    @property
    def found(self) -> Found:
        return frozenset(self.sure), frozenset(self.sure | self.may)


@lru_cache(maxsize=4096)
def numbers_zh(text: str) -> Found:
    """What must be in the twin, and what may be meant by anything here."""
    found = _Text(text)
    for char in {*text} & {*HAN_DIGITS, *HAN_UNITS}:
        found.allow(read_han(char))
    for century, years in ZH_DECADE.findall(text):
        found.allow((_read(century) - 1) * 100 + _read(years))
    if ZH_HALF.search(text):
        found.allow(50, "%")
    for match in found.take(ZH_PLAN):
        found.say(read_han(match[1] or match[2]))
    for match in found.take(ZH_EITHER):
        for digit in match[2]:
            found.allow((read_han(match[1] or "零") + read_han(digit)) * read_han(match[3] or "一"))
    for match in found.take(ZH_ROUGH):
        found.say(read_han(match[1] or match[2]), "~")
    for match in found.take(ZH_SHARE):
        found.say(_read(match[1]) if match[1] else _read(match[2]) * 10, "%")
    for match in found.take(ZH_NUMBER):
        found.say(read_digits(match[1]) * read_han(match[2] or "一"), "%" if match[3] else "")
    for match in found.take(ZH_POINT):
        found.say(_read(match[1]) * read_han(match[2] or "一"))
    for match in ZH_WORDS.finditer(found.text):
        _words_zh(found, match)
    return found.found


def _words_zh(found: _Text, match: re.Match) -> None:
    """A numeral counts where something is counted, or where it can be nothing else: 三千, 第九."""
    text, end, numeral = found.text, match.end(), match[0]
    if text[end : end + 1] in tuple("米克瓦卡赫伏"):
        numeral = numeral.removesuffix("千") or "一"
    value, before = read_han(numeral), text[max(match.start() - 1, 0) : match.start()]
    found.allow(value)
    bare = not {*numeral} - {*"百千万亿"}  # 百姓, 千家万户
    compound = COMPOUND.search(numeral)
    counted = before == "第" or compound or ZH_COUNTED.match(text, end)
    if value >= LEAST and counted and not bare:
        found.say(value)


@lru_cache(maxsize=4096)
def numbers_en(text: str) -> Found:
    """The same for an English text. What none of its words can begin is not looked for."""
    small = text.lower()
    found, words, low = _Text(small), {*WORD.findall(text)}, {*WORD.findall(small)}
    digits = DIGITS.search(text)
    if low & {"half", "halves"}:
        found.allow(50, "%")
    for month in words & MONTHS.keys():
        found.allow(MONTHS[month])
    for word in low & IMPLIED.keys():
        found.allow(IMPLIED[word])
    for one, two in EN_MONTH.findall(text) if digits and words & MONTHS.keys() else ():
        found.say(MONTHS[one or two])
    for count, span in EN_SPAN.findall(small) if low & IMPLIED.keys() else ():
        size = SPANS[span]
        times = int(count) if count.isdecimal() else read_words(count or "one")
        found.allow((times or 1) * size)
        found.allow(Decimal(size) / 2 if count == "a" else size)
    for match in found.take(EN_ROUGH) if low & LARGE_WORDS else ():
        large = SIZES[match[1]] if match[1] else SCALES[match[3]]
        found.allow(large * SIZES.get(match[2], 1), "~")
    for match in found.take(EN_NUMBER) if digits else ():
        number = read_digits(match[1])
        for word in re.findall("[a-z]+", match[2]):
            number *= SCALES.get(word) or SHORT[word]
        found.say(number, "%" if match[3] else "")
        if 1000 < number < 2100 and number % 10 == 0:  # 20世纪70年代
            found.allow(number % 100)
            found.allow(int(number) // 100 + 1)
    for match in EN_WORDS.finditer(found.text) if low & NUMERALS else ():
        _words_en(found, match)
    return found.found


def _words_en(found: _Text, match: re.Match) -> None:
    words = match[0].removesuffix(match[1] or "")
    value, parts = read_words(words), [read_words(part) or 0 for part in re.split(r"[\s-]+", words)]
    for part in parts:
        found.allow(part)
    if match[1]:
        found.say(value or 0, "%")
    elif value is None:  # nineteen eighty-four
        found.allow(parts[0] * 100 + sum(parts[1:]))
    elif value >= LEAST:
        found.say(value)


class Names(Protocol):
    """Finds names in a text: a pattern, or what works like one."""

    def sub(self, instead: str, text: str, /) -> str: ...


def numbers_differ(zh: str, en: str, names: tuple[Names, Names]) -> dict[str, list[str]]:
    """By language, the numbers that the other side lacks; names that hold numerals are no
    numbers."""
    for figure in (ZH_FIGURE, EN_FIGURE):  # F08 is for these
        zh, en = figure.sub(" ", zh), figure.sub(" ", en)
    whole_zh, whole_en = numbers_zh(zh)[1], numbers_en(en)[1]
    if not (_lacking(whole_zh, whole_en) or _lacking(whole_en, whole_zh)):
        return {"zh": [], "en": []}
    sure_zh, may_zh = numbers_zh(names[0].sub(" ", zh))
    sure_en, may_en = numbers_en(names[1].sub(" ", en))
    decades = {  # 1970s, where the Chinese says 上世纪70年代
        number
        for number in sure_en
        if 1000 < number[0] < 2100 and not number[0] % 10 and (number[0] % 100, "") in sure_zh
    }
    return {
        "zh": _lacking(sure_zh, may_en | whole_en),
        "en": _lacking(sure_en - decades, may_zh | whole_zh),
    }


def _lacking(sure: frozenset[Number], there: frozenset[Number]) -> list[str]:
    """What is said for sure and not there; a mere size is there with any number of that size."""
    sizes = {value.adjusted() for value, kind in there if kind != "%"}
    return [
        f"{'about ' if kind == '~' else ''}{value.normalize():f}{kind.strip('~')}"
        for value, kind in sorted(sure - there)
        if kind != "~" or value.adjusted() not in sizes
    ]


def _read(text: str) -> Decimal:
    """Digits, or Han numerals, with what stands behind the point."""
    if text[0].isdigit():
        return read_digits(text)
    whole, _, behind = text.partition("点")
    tail = "".join(str(HAN_DIGITS.get(char, 0)) for char in behind)
    return Decimal(f"{read_han(whole)}.{tail or 0}")
