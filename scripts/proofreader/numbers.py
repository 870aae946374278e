"""Numbers of a Chinese text and of its English twin, brought to one form.

A number is its value and a kind: `%` for shares, fractions too; `s` for decades (70年代, 1970s);
`~` for a mere size (数万, tens of thousands), which any number of that size answers. What one side
says for sure, the other must have; what it may mean besides (a numeral in a name, 两三个) only
answers. No library does this: those that read numerals read 千方百计 too.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from proofreader.numerals import (
    HAN_NUMERAL,
    MONTHS,
    ONES,
    ORDINALS,
    POWERS,
    SCALES,
    SIDES,
    SPANS,
    TENS,
    WORDS,
    read_han,
    read_words,
)

Number = tuple[Decimal, str]
Found = tuple[frozenset[Number], frozenset[Number]]  # for sure, and all that may be meant
Plain = list[tuple[re.Pattern[str], str | Callable[[re.Match], str]]]  # what is written otherwise

ARABIC = r"\d+(?:\.\d+)?"
DIGIT = "[一二两三四五六七八九]"
NUMBER = f"(?:{ARABIC}|{HAN_NUMERAL}+)"
LARGE = "(?:[十百千]?[万亿]{1,2}|[十百千](?![米克瓦卡赫伏]))"
POINTS = "个?百分点"
TO = "[～~—–至到-]"
BOTH: Plain = [
    (re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))"), ""),
    (re.compile(r"\b(1[5-9]|20)(\d\d[–—/-])(?=\d\d(?![\d/-]))"), r"\1\2\1"),  # 2010–15
]
SLASHED = re.compile(r"(?<![\d/])([1-9])/([2-9]|10)(?![\d/])")  # 2/3 may be a share
ZH_PLAIN: Plain = [
    *BOTH,
    (
        re.compile(
            rf"{HAN_NUMERAL}+点[〇零一二三四五六七八九]+(?=[万亿倍个米元公吨以左的，。；）]|$)"
        ),
        lambda found: str(read_han(found[0])),
    ),
    (
        re.compile(rf"(?<!第)(?<!{HAN_NUMERAL})({NUMBER})([个年倍])半(?!载)"),
        lambda found: f"{read_han(found[1])}.5{found[2]}",
    ),
    (
        re.compile(rf"({ARABIC}|{DIGIT})(?={TO}+(?:{ARABIC}|{DIGIT})({LARGE}|{POINTS}|[%％]))"),
        r"\1\2",
    ),
]
ZH_PLAN = re.compile(
    rf"[“「]?(十?{DIGIT}|十)五[”」]?(?=规划|计划|时期|期间|以来)|[“「](十{DIGIT}?)五[”」]"
)
ZH_DECADES = re.compile(rf"(?:\d*\d0[、和]?{TO}*)*(?:\d0|({DIGIT}{{1,2}})十)(?:年代|后)")
ZH_EITHER = re.compile(
    rf"(?<!{HAN_NUMERAL})({DIGIT}?十)?"
    "(一二|一两|两三|二三|三四|三五|四五|五六|六七|七八|八九)"
    rf"({LARGE})?成?(?!{HAN_NUMERAL})"
)
ZH_ROUGH = re.compile(rf"[数几]({LARGE})|(?<!{HAN_NUMERAL})(十)[几来]")
ZH_SHARE = re.compile(rf"({HAN_NUMERAL}+)分之({NUMBER})")
ZH_TENTHS = re.compile(rf"(?<![第\d])({DIGIT}|[1-9])成({DIGIT}?)(?!不变|[为了就功立员长])")
ZH_DOUBLED = re.compile(f"翻了?({DIGIT})番")
ZH_TIMES = re.compile(rf"[增加提扩长高大升多][了出近约逾]?({NUMBER})倍")
ZH_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.])((?:{ARABIC}[多余来几]?\s*{LARGE})+|{ARABIC})[多余来几]?\s*([%％]|{POINTS})?"
)
ZH_WORDS = re.compile(rf"{HAN_NUMERAL}+")
COMPOUND = re.compile(f"{DIGIT}[十百千万亿]")
ZH_COUNTED = re.compile(
    "[多余来几]?(?:[年月日号个项种条类层级倍位次届元人家所座篇章节件份辆场轮批代期名国省市县区米吨岁世]"
    f"|方面|大领域|{POINTS}|公里|平方|小时|分钟)"
)
SHORT = {"mn": 10**6, "bn": 10**9, "tn": 10**12}
NUMERALS = {*WORDS, *POWERS}
ONE = f"(?:{'|'.join(sorted(NUMERALS, key=len, reverse=True))})"
FIRST = f"[{''.join(sorted({word[0] for word in NUMERALS}))}]"
ONE = rf"\b(?={FIRST}){ONE}"  # which is faster than to try them all at each word
SCALE = f"(?:{'|'.join(SCALES)})"
PERCENT = r"(?:\s*%|[\s-]+(?:per\s?cent|percentage|(?<=\d )points)\b)"
# What is looked for behind must be of one length: thousand without its t.
AND = r"[\s-]+(?:(?<=(?:hundred|housand|million|billion) )and\s+)?"
ENDS = r"(?:st|nd|rd|th)?"
EN_PLAIN: Plain = [
    *BOTH,
    (re.compile(r"-?fold\b"), " fold"),
    (
        re.compile(rf"\b({'|'.join(TENS)[:-1].replace('y|', '|')})ies\b"),
        lambda found: f"{WORDS[found[1] + 'y']}s",
    ),
    (re.compile(rf"\bhalf an? (?={SCALE}|percent)"), "0.5 "),
    (re.compile(rf"\ba quarter of a (?={SCALE})"), "0.25 "),
    (
        re.compile(rf"(\ban?|{ONE}|\d+)( \w+)? and a half\b"),
        lambda found: f"{read_words(found[1]) or found[1].strip('an') or 1}.5{found[2] or ''}",
    ),
    (
        re.compile(
            rf"({ONE}|{ARABIC})(?=(?:\s*[–—~-]\s*|\s+(?:to|or)\s+)"
            rf"(?:{ARABIC}|{ONE}(?:-{ONE})?)(\s+{SCALE}\b|{PERCENT}))"
        ),
        r"\1\2",
    ),
]
EN_NUMBER = re.compile(
    rf"(?<![a-z\d.])({ARABIC}){ENDS}((?:[\s-]+{SCALE}\b|\s?(?:bn|tn|mn)\b)*)({PERCENT})?"
)
EN_WORDS = re.compile(rf"{ONE}\b(?:{AND}{ONE}\b)*({PERCENT})?")
EN_DECADES = re.compile(r"\b(\d\d)?(\d0)s\b")
PARTS = [*ORDINALS[3:11], "hundredth", "thousandth"]
EN_SHARE = re.compile(  # three-quarters, one third; nine out of ten
    rf"\b(an?|{'|'.join(ONES[1:10])})"
    rf"(?:[\s-]+(half|quarter|{'|'.join(PARTS)})(s?)"
    rf"| (?:in|out of)(?: every)? ({'|'.join(ONES[2:11])}))\b"
)
SIZES = {f"{word}s": value for word, value in SCALES.items()}
SIZES |= {"tens": 10, "dozens": 10, "scores": 10, "decades": 10, "centuries": 100}
SIZES |= {"millennia": 1000}
FEW = r"\b(?:several|few|some|many|couple of|dozen)\s+"
EN_ROUGH = re.compile(
    rf"\b({'|'.join(SIZES)})\b(?:\s+of\s+({'|'.join(SIZES)})\b)?|{FEW}({SCALE})\b"
)
EN_SPAN = re.compile(rf"(?:\b([\w-]+)\s+)?\b({'|'.join(SPANS)})s?\b")
WORD = re.compile("[A-Za-z]+")
WHOLE = MONTHS | SIDES
EN_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b(?=[\s,]+\d)|(?<=\d\s)({'|'.join(MONTHS)})\b")
ZH_FIGURE = re.compile(rf"[图表]\s*(?:{HAN_NUMERAL}+|\d+(?:[.-]\d+)*)")
EN_FIGURE = re.compile(r"\b[FfTt](?:ig(?:ure|\.)?|able)s?\s*\d+(?:[.-]\d+)*")
LEAST = 3  # smaller numbers in words are as often pronouns: both, a pair, on the one hand


class _Text:
    """A text whose numbers are taken out one pattern after the other, and what they say."""

    def __init__(self, text: str, plain: Plain) -> None:
        for pattern, put in plain:
            text = pattern.sub(put, text)
        self.text = text
        self.sure: set[Number] = set()
        self.may = {(_share(*found), "%") for found in SLASHED.findall(text)}

    def take(self, pattern: re.Pattern) -> list[re.Match]:
        """All matches, none of which is there for other patterns after that."""
        found = list(pattern.finditer(self.text))
        for match in found:
            start, end = match.span()
            self.text = self.text[:start] + " " * (end - start) + self.text[end:]
        return found

    def say(self, value: Decimal | int, kind: str = "") -> None:
        self.sure.add((Decimal(value), kind))

    def allow(self, *values: Decimal | int, kind: str = "") -> None:
        self.may |= {(Decimal(value), kind) for value in values}

    @property
    def found(self) -> Found:
        return frozenset(self.sure), frozenset(self.sure | self.may)


@lru_cache(maxsize=4096)
def numbers_zh(text: str) -> Found:
    """What must be in the twin, and what may be meant by anything here."""
    found = _Text(text, ZH_PLAIN)
    found.allow(*map(read_han, re.findall(HAN_NUMERAL, text)))
    if "半" in text:
        found.allow(Decimal("0.5"), 6, 30, 50)  # 半年, 半小时, 半个世纪
    if re.search("一半|过半|半数|大半", text):
        found.allow(50, kind="%")
    for match in found.take(ZH_PLAN):
        found.say(read_han(match[1] or match[2]))
    for match in found.take(ZH_DECADES):
        for years in re.findall(r"\d0(?!\d)", match[0]):
            found.say(int(years), "s")
        for digit in match[1] or "":
            found.say(read_han(digit) * 10, "s")
    for match in found.take(ZH_EITHER):
        for digit in match[2]:
            number = read_han(match[1] or "") + read_han(digit)
            found.allow(number * read_han(match[3] or "一"))
            found.allow(number * 10, kind="%")  # 两三成
    for match in found.take(ZH_ROUGH):
        found.say(read_han(match[1] or match[2]), "~")
    for match in found.take(ZH_SHARE):
        found.say(_share(read_han(match[2]), read_han(match[1])), "%")
    for match in found.take(ZH_TENTHS):
        found.say(read_han(match[1]) * 10 + read_han(match[2]), "%")
    for match in found.take(ZH_DOUBLED):
        found.allow(2 ** read_han(match[1]))
    for match in found.take(ZH_TIMES):
        found.allow(read_han(match[1]), read_han(match[1]) + 1)
    for match in found.take(ZH_NUMBER):
        found.say(read_han(re.sub(r"[多余来几\s]", "", match[1])), "%" if match[2] else "")
    for match in ZH_WORDS.finditer(found.text):
        _words_zh(found, match)
    return found.found


def _share(part: Decimal | int | str, whole: Decimal | int | str) -> Decimal:
    return round(100 * Decimal(part) / Decimal(whole or 1), 2)


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
    if re.match(POINTS, text[end:]):
        found.say(value, "%")
    elif value >= LEAST and counted and not bare:
        found.say(value)


@lru_cache(maxsize=4096)
def numbers_en(text: str) -> Found:
    """The same for an English text."""
    low = text.lower()
    found = _Text(low, EN_PLAIN)
    found.allow(*(WHOLE[word] for word in WHOLE.keys() & WORD.findall(f"{text} {low}")))
    if "half" in low:
        found.allow(50, kind="%")
    for one, two in EN_MONTH.findall(text):
        found.say(MONTHS[one or two])
    for count, span in EN_SPAN.findall(low):
        times = Decimal(count) if count.isdecimal() else read_words(count) or 1
        found.allow(times * SPANS[span], SPANS[span] / Decimal(2 if count == "a" else 1))
    for match in found.take(EN_ROUGH):
        large = SIZES[match[1]] if match[1] else SCALES[match[3]]
        found.allow(large * SIZES.get(match[2], 1), kind="~")
    for century, years in (match.groups() for match in found.take(EN_DECADES)):
        found.allow(int(years), int(century or 0) + 1)
        found.allow(int(years), kind="s")
        if century and int(years):
            found.say(int(years), "s")
    for match in found.take(EN_SHARE):
        count, part, many, whole = match.groups()
        parts = read_words(whole or part) or {"half": 2, "quarter": 4}[part]
        share = _share(read_words(count) or 1, parts)
        found.allow(share, kind="%")
        found.allow(read_words(count) or 1, parts)
        if part in PARTS and (many or count == "one"):  # the third quarter is no share
            found.say(share, "%")
    for match in found.take(EN_NUMBER):
        number = Decimal(match[1])
        for word in re.findall("[a-z]+", match[2]):
            number *= SCALES.get(word) or SHORT[word]
        found.say(number, "%" if match[3] else "")
    for match in EN_WORDS.finditer(found.text):
        _words_en(found, match)
    return found.found


def _words_en(found: _Text, match: re.Match) -> None:
    words = match[0].removesuffix(match[1] or "")
    value, parts = read_words(words), [read_words(part) or 0 for part in re.split(r"[\s-]+", words)]
    found.allow(*parts)
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
    return {
        "zh": _lacking(sure_zh, may_en | whole_en),
        "en": _lacking(sure_en, may_zh | whole_zh),
    }


def _lacking(sure: frozenset[Number], there: frozenset[Number]) -> list[str]:
    """What is said for sure and not there; a mere size is there with any number of that size."""
    sizes = {value.adjusted() for value, kind in there if kind != "%"}
    return [
        f"{'about ' if kind == '~' else ''}{value.normalize():f}{kind.strip('~')}"
        for value, kind in sorted(sure - there)
        if kind != "~" or value.adjusted() not in sizes
    ]
