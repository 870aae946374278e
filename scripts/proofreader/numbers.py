"""Numbers of a Chinese text and of its English twin, brought to one form.

A number is its value and a kind: `%` for shares, fractions too; `s` for decades (70年代, 1970s);
`~` for a mere size (数万, tens of thousands), which any number of that size answers. What one side
says for sure, the other must have; what it may mean besides (a numeral in a name, 两三个) only
answers. No library does this: those that read numerals read 千方百计 too.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, Protocol

from proofreader.numerals import (
    HAN_NUMERAL,
    MONTHS,
    ONES,
    ORDINALS,
    POWERS,
    SCALES,
    SHORT,
    SIDES,
    SIZES,
    SPANS,
    TENS,
    WORDS,
    read_han,
    read_words,
)

Number = tuple[Decimal, str]
Found = tuple[frozenset[Number], frozenset[Number]]  # for sure, and all that may be meant
Said = Iterable[tuple[Decimal | int, str]]  # with ? before the kind of what only may be meant
Signs = Iterable[str]  # without any of which no match of a pattern is: they are found faster
Plain = list[tuple[Signs, str, str | Callable[[re.Match], str]]]  # what is written otherwise
Steps = list[tuple[Signs, str, Callable[[re.Match], Said]]]  # what a match says


def _share(part: Decimal | int | str, whole: Decimal | int | str) -> Decimal:
    return round(100 * Decimal(part) / Decimal(whole or 1), 2)


ARABIC = r"\d+(?:\.\d+)?"
DIGIT = "[一二两三四五六七八九]"
NUMBER = f"(?:{ARABIC}|{HAN_NUMERAL}+)"
LARGE = "(?:[十百千]?[万亿]{1,2}|[十百千](?![米克瓦卡赫伏]))"
POINTS = "个?百分点"
TO = "～~—–至到-"
LEAST = 3  # smaller numbers in words are as often pronouns: both, a pair, on the one hand
ANY = [""]
BOTH: Plain = [
    (["图", "fig"], rf"(?:图|\bfig(?:ure|\.)?s?)\s*{NUMBER}(?:[.-]\d+)*", " "),  # F08 is for these
    (",，", r"[,，](?<=\d.)(?=\d{3}(?!\d))", ""),
    ("–—/-", r"(1[5-9]|20)(?<!\w..)(\d\d[–—/-])(?=\d\d(?![\d/-]))", r"\1\2\1"),  # 2010–15
]
SLASHED: Steps = [  # 2/3 may be a share
    (
        "/",
        r"(?<![\d/])([1-9])/([2-9]|10)(?![\d/])",
        lambda found: [(_share(found[1], found[2]), "?%")],
    )
]
ZH_PLAIN: Plain = [
    *BOTH,
    ("一", "[唯统单同专]一", " "),  # 唯一一个
    ("1", r"1(?<![\d.].)(?=[次个条项种名])", "一"),  # once, a
    (
        "点",
        rf"{HAN_NUMERAL}+点[〇零一二三四五六七八九]+(?=[万亿倍个米元公吨以左的，。；）]|$)",
        lambda found: str(read_han(found[0])),
    ),
    (
        "半",
        rf"(?<!第)(?<!{HAN_NUMERAL})({NUMBER})([个年倍])半(?!载)",
        lambda found: f"{read_han(found[1])}.5{found[2]}",
    ),
    (
        TO,
        rf"({ARABIC}|{DIGIT})(?=[{TO}]+(?:{ARABIC}|{DIGIT})({LARGE}|{POINTS}|[%％]))",
        r"\1\2",
    ),
]
ZH_HINTS: Steps = [
    *SLASHED,
    (ANY, HAN_NUMERAL, lambda found: [(read_han(found[0]), "?")]),
    ("半", "半", lambda _: [(Decimal("0.5"), "?"), (6, "?"), (30, "?"), (50, "?")]),  # 半年
    ("半", "一半|[过大]半|半数", lambda _: [(50, "?%")]),
]
SIDE_BY_SIDE = "一二 一两 两三 二三 三四 三五 四五 五六 六七 七八 八九".split()
COMPOUND = re.compile(f"{DIGIT}[十百千万亿]")
ZH_COUNTED = re.compile(
    "[多余来几]?(?:[年月日号个项种条类层级倍位次届元人家所座篇章节件份辆场轮批代期名国省市县区米吨岁世]"
    "|方面|大领域|公里|平方|小时|分钟)"
)


def _words_zh(match: re.Match) -> Said:
    """A numeral counts where something is counted, or where it can be nothing else: 三千, 第九."""
    text, end, numeral = match.string, match.end(), match[0]
    if text[end : end + 1] in tuple("米克瓦卡赫伏"):
        numeral = numeral.removesuffix("千") or "一"
    value, before = read_han(numeral), text[max(match.start() - 1, 0) : match.start()]
    yield value, "?"
    bare = not {*numeral} - {*"百千万亿"}  # 百姓, 千家万户
    compound = COMPOUND.search(numeral)
    counted = before == "第" or compound or ZH_COUNTED.match(text, end)
    if re.match(POINTS, text[end:]):
        yield value, "%"
    elif value >= LEAST and counted and not bare:
        yield value, ""


ZH_STEPS: Steps = [
    (
        "五",
        (
            rf"[“「]?(十?{DIGIT}|十)五[”」]?(?=规划|计划|时期|期间|以来)"
            rf"|[“「](十{DIGIT}?)五[”」]"
        ),
        lambda found: [(read_han(found[1] or found[2]), "")],
    ),
    (
        ["年代", "后"],
        rf"(?:\d*\d0[、和]?[{TO}]*)*(?:\d0|({DIGIT}{{1,2}})十)(?:年代|后)",
        lambda found: [
            *((int(years), "s") for years in re.findall(r"\d0(?!\d)", found[0])),
            *((read_han(digit) * 10, "s") for digit in found[1] or ""),
        ],
    ),
    (
        SIDE_BY_SIDE,
        (
            rf"(?<!{HAN_NUMERAL})({DIGIT}?十)?({'|'.join(SIDE_BY_SIDE)})"
            rf"({LARGE})?成?(?!{HAN_NUMERAL})"
        ),
        lambda found: [
            (read_han(f"{found[1] or ''}{digit}") * read_han(size), kind)
            for digit in found[2]
            for size, kind in ((found[3] or "一", "?"), ("十", "?%"))  # 两三成
        ],
    ),
    (
        "数几十",
        rf"[数几]({LARGE})|(?<!{HAN_NUMERAL})(十)[几来]",
        lambda found: [(read_han(found[1] or found[2]), "~")],
    ),
    (
        ["分之"],
        rf"({HAN_NUMERAL}+)分之({NUMBER})",
        lambda found: [(_share(read_han(found[2]), read_han(found[1])), "%")],
    ),
    (
        "成",
        rf"(?<![第\d])({DIGIT}|[1-9])成({DIGIT}?)(?!不变|[为了就功立员长])",
        lambda found: [(read_han(found[1]) * 10 + read_han(found[2]), "%")],
    ),
    ("番", f"翻了?({DIGIT})番", lambda found: [(2 ** read_han(found[1]), "?")]),
    (
        "倍",
        rf"[增加提扩长高大升多][了出近约逾]?({NUMBER})倍",
        lambda found: [(read_han(found[1]), "?"), (read_han(found[1]) + 1, "?")],
    ),
    (
        ANY,
        (
            rf"(?<![A-Za-z\d.])((?:{ARABIC}[多余来几]?\s*{LARGE})+|{ARABIC})[多余来几]?"
            rf"\s*([%％]|{POINTS})?"
        ),
        lambda found: [(read_han(re.sub(r"[多余来几\s]", "", found[1])), "%" if found[2] else "")],
    ),
    (ANY, f"{HAN_NUMERAL}+", _words_zh),
]
NUMERALS = {*WORDS, *POWERS}
ONE = f"(?:{'|'.join(sorted(NUMERALS, key=len, reverse=True))})"
FIRST = f"[{''.join(sorted({word[0] for word in NUMERALS}))}]"
ONE = rf"\b(?={FIRST}){ONE}"  # which is faster than to try them all at each word
SCALE = f"(?:{'|'.join(SCALES)})"
PERCENT = r"(?:\s*%|[\s-]+(?:per\s?cent|percentage|(?<=\d )points)\b)"
# What is looked for behind must be of one length: thousand without its t.
AND = r"[\s-]+(?:(?<=(?:hundred|housand|million|billion) )and\s+)?"
EN_PLAIN: Plain = [
    *BOTH,
    (["fold"], r"-?fold\b", " fold"),
    (
        ["ties"],
        rf"\b({'|'.join(TENS)[:-1].replace('y|', '|')})ies\b",
        lambda found: f"{WORDS[found[1] + 'y']}s",
    ),
    (["half a"], rf"\bhalf an? (?={SCALE}|percent)", "0.5 "),
    (["a quarter of a"], rf"\ba quarter of a (?={SCALE})", "0.25 "),
    (
        [" and a half"],
        rf"(\ban?|{ONE}|\d+)( \w+)? and a half\b",
        lambda found: f"{read_words(found[1]) or found[1].strip('an') or 1}.5{found[2] or ''}",
    ),
    (
        ["%", "cent", "points", *SCALES],
        (
            rf"((?!\b{SCALE}){ONE}|{ARABIC})(?=(?:\s*[–—~-]\s*|\s+(?:to|or)\s+)"
            rf"(?:{ARABIC}|{ONE}(?:-{ONE})?)(\s+{SCALE}\b|{PERCENT}))"
        ),
        r"\1\2",
    ),
]


def _span(match: re.Match) -> Said:
    """three decades, half a century"""
    before = match.string[: match.start()].split()
    count, size = "".join(before[-1:]), SPANS[match[1]]
    times = Decimal(count) if count.isdecimal() else read_words(count) or 1
    return [(times * size, "?"), (size / Decimal(2 if count == "a" else 1), "?")]


EN_NAMES: Steps = [
    (
        MONTHS,
        rf"(?:(?<=(\d)\s)|\b)({'|'.join(MONTHS)})\b(?=(?:[\s,]+(\d))?)",
        lambda found: [(MONTHS[found[2]], "" if found[1] or found[3] else "?")],
    )
]
EN_HINTS: Steps = [
    *SLASHED,
    (SIDES, rf"\b(?:{'|'.join(SIDES)})\b", lambda found: [(SIDES[found[0]], "?")]),
    (["half"], "half", lambda _: [(50, "?%")]),
    (SPANS, rf"\b({'|'.join(SPANS)})s?\b", _span),
]
FEW = r"\b(?:several|few|some|many|couple of|dozen)\s+"
PARTS = [*ORDINALS[3:11], "hundredth", "thousandth"]


def _parts(match: re.Match) -> Said:
    """three-quarters, one third; nine out of ten"""
    count, part, many, whole = match.groups()
    parts = read_words(whole or part) or {"half": 2, "quarter": 4}[part]
    sure = part in PARTS and (many or count == "one")  # the third quarter is no share
    number = read_words(count) or 1
    return [(_share(number, parts), "%" if sure else "?%"), (number, "?"), (parts, "?")]


def _scaled(match: re.Match) -> Said:
    number = Decimal(match[1])
    for word in re.findall("[a-z]+", match[2]):
        number *= SCALES.get(word) or SHORT[word]
    return [(number, "%" if match[3] else "")]


def _words_en(match: re.Match) -> Said:
    words = match[0].removesuffix(match[1] or "")
    value, parts = read_words(words), [read_words(part) or 0 for part in re.split(r"[\s-]+", words)]
    yield from ((part, "?") for part in parts)
    if match[1]:
        yield value or 0, "%"
    elif value is None:  # nineteen eighty-four
        yield parts[0] * 100 + sum(parts[1:]), "?"
    elif value >= LEAST:
        yield value, ""


EN_STEPS: Steps = [
    (
        [*SIZES, *SCALES],
        rf"\b({'|'.join(SIZES)})\b(?:\s+of\s+({'|'.join(SIZES)})\b)?|{FEW}({SCALE})\b",
        lambda found: [((SIZES.get(found[1]) or SCALES[found[3]]) * SIZES.get(found[2], 1), "?~")],
    ),
    (
        ["0s"],
        r"\b(\d\d)?(\d0)s\b",
        lambda found: [
            (int(found[2]), "s" if found[1] and int(found[2]) else "?s"),
            (int(found[2]), "?"),
            (int(found[1] or 0) + 1, "?"),
        ],
    ),
    (
        ANY,
        (
            rf"\b(an?|{'|'.join(ONES[1:10])})(?:[\s-]+(half|quarter|{'|'.join(PARTS)})(s?)"
            rf"| (?:in|out of)(?: every)? ({'|'.join(ONES[2:11])}))\b"
        ),
        _parts,
    ),
    (
        ANY,
        (
            rf"(?<![a-z\d.])({ARABIC})(?:st|nd|rd|th)?"
            rf"((?:[\s-]+{SCALE}\b|\s?(?:bn|tn|mn)\b)*)({PERCENT})?"
        ),
        _scaled,
    ),
    (ANY, rf"{ONE}\b(?:{AND}{ONE}\b)*({PERCENT})?", _words_en),
]


def _likely(rows: Plain | Steps, text: str) -> Iterator[tuple[str, Any]]:
    """Of the patterns, those that may match; none makes a sign of another."""
    for signs, pattern, put in rows:
        if any(map(text.__contains__, signs)):
            yield pattern, put


def _numbers(text: str, names: Steps, hints: Steps, plain: Plain, steps: Steps) -> Found:
    """What must be in the twin, and what may be meant by anything here: each step takes what it
    reads from those behind it."""
    said: list[tuple[Decimal | int, str]] = []

    def take(say: Callable[[re.Match], Said], found: re.Match) -> str:
        said.extend(say(found))
        return " "

    small = text.lower()
    for where, rows in ((text, names), (small, hints)):
        for pattern, say in _likely(rows, where):
            re.sub(pattern, partial(take, say), where)
    for pattern, put in _likely(plain, small):
        small = re.sub(pattern, put, small)
    for pattern, say in _likely(steps, small):
        small = re.sub(pattern, partial(take, say), small)
    sure = frozenset((Decimal(value), kind) for value, kind in said if "?" not in kind)
    return sure, sure | {(Decimal(value), kind.strip("?")) for value, kind in said}


@lru_cache(maxsize=4096)
def numbers_zh(text: str) -> Found:
    return _numbers(text, [], ZH_HINTS, ZH_PLAIN, ZH_STEPS)


@lru_cache(maxsize=4096)
def numbers_en(text: str) -> Found:
    return _numbers(text, EN_NAMES, EN_HINTS, EN_PLAIN, EN_STEPS)


class Names(Protocol):
    """Finds names in a text: a pattern, or what works like one."""

    def sub(self, instead: str, text: str, /) -> str: ...


def numbers_differ(zh: str, en: str, names: tuple[Names, Names]) -> tuple[list[str], list[str]]:
    """The numbers of each that the other lacks; names that hold numerals are no numbers."""
    whole_zh, whole_en = numbers_zh(zh)[1], numbers_en(en)[1]
    if not (_lacking(whole_zh, whole_en) or _lacking(whole_en, whole_zh)):
        return [], []
    sure_zh, may_zh = numbers_zh(names[0].sub(" ", zh))
    sure_en, may_en = numbers_en(names[1].sub(" ", en))
    return _lacking(sure_zh, may_en | whole_en), _lacking(sure_en, may_zh | whole_zh)


def _lacking(sure: frozenset[Number], there: frozenset[Number]) -> list[str]:
    """What is said for sure and not there; a mere size is there with any number of that size."""
    sizes = {value.adjusted() for value, kind in there if kind != "%"}
    return [
        f"{'about ' if kind == '~' else ''}{value.normalize():f}{kind.strip('~')}"
        for value, kind in sorted(sure - there)
        if kind != "~" or value.adjusted() not in sizes
    ]
