"""check: numbers of a Chinese text against those of its English twin."""

import re

import pytest

from proofreader.numbers import numbers_differ
from proofreader.numerals import ONES, ORDINALS, TENS, read_han, read_words

NAMES = (re.compile("八路军"), re.compile("Eighth Route Army"))
HAN = "零一二三四五六七八九"

RIGHT = """
10万人 / 100,000 people
5万家企业 / 50,000 firms
500万元 / five million yuan
3000亿元 / 300 billion yuan
1.2亿人 / 120 million people
3万亿元 / 3 trillion yuan
两万亿元 / two trillion yuan
1.1万 / 11,000
三亿五千万 / 350 million
一百二十三万 / 1.23 million
两万五千里 / 25,000 li
10余万人 / more than 100,000 people
1000亿美元 / $100bn
“十四五”规划 / the 14th Five-Year Plan
十四五时期 / the Fourteenth Five-Year Plan period
一两年 / one or two years
两三个 / two or three
七八百人 / seven or eight hundred people
三四十年 / thirty or forty years
十五六岁 / fifteen or sixteen
21世纪 / the twenty-first century
二十一世纪 / the 21st century
上世纪70年代 / the 1970s
20世纪七十年代 / the 1970s
半个世纪 / half a century
二十年 / two decades
百年 / a century
5% / five per cent
百分之五 / 5 percent
三点五亿 / 350 million
七成以上 / more than 70 percent
一半 / 50%
数万人 / tens of thousands of people
十几年 / more than a decade
十几 / a dozen or so
几十亿元 / billions of yuan
几百万 / several million
数百万 / millions
几十年 / decades
数十家 / dozens of firms
成千上万人 / thousands of people
第三次工业革命 / the Third Industrial Revolution
第九届 / the 9th
第三产业 / the tertiary sector
三分之二 / two-thirds
三倍 / threefold
3千米 / 3 kilometres
五千米 / five kilometres
百度公司 / Baidu
千家万户，千方百计，万一 / every household, by every means, in case
一九八四年 / nineteen eighty-four
2010年3月 / March 2010
八路军 / the Eighth Route Army
三十六计 / thirty-six stratagems
图3-1中的5项 / five items in Figure 3-1
"""

WRONG = """
一万亿元 / 100 million yuan
3万亿元 / 300,030,000 yuan
10万人 / 10,000 people
5万家 / 500,000 firms
1.2亿 / 12 million
第三次 / the fourth
二十一世纪 / the twentieth century
5% / 6 percent
百分之五 / fifty percent
数万人 / millions of people
十四五规划 / the 13th Five-Year Plan
三十家 / forty firms
两百零五个 / two hundred and fifty
七成 / 60 percent
2010年3月 / April 2010
五百万 / five billion
三点五亿 / 35 million
八年 / nine years
5% / 5
"""


def differ(zh: str, en: str) -> bool:
    found = numbers_differ(zh, en, NAMES)
    return bool(found["zh"] or found["en"])


@pytest.mark.parametrize("pair", RIGHT.strip().split("\n"))
def test_the_same_is_the_same(pair):
    """A number is the same however each language writes it, and what counts nothing is none."""
    assert not differ(*pair.split(" / "))


@pytest.mark.parametrize("pair", WRONG.strip().split("\n"))
def test_another_is_another(pair):
    """A number that differs is told, by whatever scale or word it does."""
    assert differ(*pair.split(" / "))


def spelled(number: int) -> str:
    """A number below a thousand in English words."""
    if number >= 100:
        rest = f" and {spelled(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")


def written(number: int) -> str:
    """A number below a thousand in Han numerals."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    head = f"{HAN[hundreds]}百" if hundreds else ""
    if tens:
        head += ("" if tens == 1 and not hundreds else HAN[tens]) + "十"
    elif hundreds and ones:
        head += "零"
    return head + (HAN[ones] if ones or not head else "")


NUMBERS = [*range(3, 30), *range(30, 100, 7), *range(100, 1000, 67), 110, 205, 999]
SCALES = [("", ""), ("万", "0 thousand"), ("亿", "00 million"), ("万亿", " trillion")]


@pytest.mark.parametrize("scale", SCALES, ids=[zh or "one" for zh, _ in SCALES])
def test_generated_pairs(scale):
    """Every number in figures and words, at every scale, equals itself and none of its
    neighbours."""
    zh, en = scale
    zeros = en.partition(" ")[0]
    for number in NUMBERS:
        worth = en.partition(" ")[2]
        twin = f"{number}{zeros} {worth} firms" if worth else f"{number} firms"
        other = f"{number + 1}{zeros} {worth} firms" if worth else f"{number + 1} firms"
        for form in (f"{number}{zh}家", f"{written(number)}{zh}家"):
            assert not differ(form, twin), (form, twin)
            assert differ(form, other), (form, other)
        if not zeros:
            words = f"{spelled(number)} {worth} firms".replace("  ", " ")
            assert not differ(f"{number}{zh}家", words), words
            assert differ(f"{number + 1}{zh}家", words), words


def test_words_are_read():
    """Numerals in words give their number; what is none gives nothing."""
    for number in NUMBERS:
        assert read_han(written(number)) == number
        assert read_words(spelled(number)) == number
    assert [read_words(word) for word in ORDINALS] == list(range(20))
    assert read_words("two million three hundred thousand and five") == 2_300_005
    assert (read_words("one or two"), read_words("nineteen eighty")) == (None, None)
    assert (read_han("二〇一〇"), read_han("三万亿"), read_han("两万五")) == (
        2010,
        3 * 10**12,
        25_000,
    )
