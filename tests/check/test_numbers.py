"""check: numbers of a Chinese text against those of its English twin."""

import re

import pytest

from proofreader.numbers import numbers_differ
from proofreader.numerals import WORDS, read_han, read_words

ONES = list(WORDS)[:20]
ORDINALS = list(WORDS)[20:40]
TENS = list(WORDS)[40::2]
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
午夜 / midnight
凌晨0点 / midnight
第3轮 / R3
第四季度 / Q4
全天候 / 24/7
2026.6发布 / released 2026-06
以百分比报告 / reported as a percentage
第三方服务 / any other service
别的服务 / third-party services
第三方 / a third party
第95百分位 / the 95th percentile
95%分位 / the 95th percentile
提交61384ab0 / commit 61384ab0
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
近万人 / nearly ten thousand people
上万人 / more than 10,000 people
逾5万人 / over 50,000 people
约5万人 / about 50,000 people
5万多人 / more than 50,000 people
5万余人 / over 50,000 people
五万多人 / more than fifty thousand people
三百多家 / more than 300 firms
三百余家 / over three hundred firms
300多家 / more than 300 firms
近300家 / nearly 300 firms
近三百家 / close to three hundred firms
十多年 / more than a decade
十多年 / more than ten years
十余年 / over ten years
二十多年 / more than two decades
几十年来 / for decades
数百年 / hundreds of years
数百年 / centuries
几千年 / thousands of years
几千年 / millennia
上千家 / more than a thousand firms
上千家 / thousands of firms
成千上万 / thousands upon thousands
千万人 / tens of millions of people
1000万人 / ten million people
一千万人 / ten million people
千万元级 / worth ten million yuan
百万年薪 / a salary of a million yuan
万亿级市场 / a trillion-yuan market
万亿美元 / a trillion dollars
百亿元 / ten billion yuan
千亿元 / 100 billion yuan
两亿人 / 200 million people
二亿人 / two hundred million people
2.5亿人 / a quarter of a billion people
13亿人 / 1.3 billion people
十三亿人 / 1.3 billion people
十四亿多人 / more than 1.4 billion people
1.4万亿美元 / $1.4 trillion
1.4万亿美元 / US$1.4tn
十万亿 / 10 trillion
百万亿 / 100 trillion
1200亿元 / RMB 120bn
3500万 / 35 million
3,500万 / 35 million
三千五百万 / 35 million
35,000家 / 35 thousand firms
1亿3500万 / 135 million
一亿三千五百万 / 135 million
1万5千人 / 15,000 people
1.5倍 / 1.5 times
一倍半 / one and a half times
增长一倍 / doubled
增长了1倍 / doubled
翻了一番 / doubled
翻了两番 / quadrupled
翻两番 / increased fourfold
增长两倍 / tripled
增长了2倍 / tripled
增至3倍 / tripled
是三倍 / three times
十倍 / ten times
十倍 / tenfold
百倍 / a hundredfold
百倍 / a hundred times
五倍以上 / more than five times
三成 / 30%
三成 / thirty percent
三成五 / 35%
近三成 / nearly 30 percent
两成 / one fifth
两成 / 20%
六成多 / more than 60%
七成的人 / seven out of ten people
八成企业 / 80% of firms
两三成 / 20 to 30 percent
三四成 / 30–40%
百分之三十 / 30%
百分之三十五点二 / 35.2%
百分之百 / 100%
百分之一百 / 100 percent
百分之百 / one hundred per cent
百分之一 / one percent
百分之零点五 / 0.5%
千分之一 / one thousandth
千分之五 / 0.5%
千分之三 / 0.3 percent
3个百分点 / 3 percentage points
三个百分点 / three percentage points
0.5个百分点 / half a percentage point
1.2个百分点 / 1.2 points
20到30个百分点 / 20 to 30 percentage points
三分之一 / one third
三分之一 / a third
三分之一 / 1/3
三分之二 / two thirds
四分之一 / a quarter
四分之三 / three quarters
四分之三 / three-quarters
五分之一 / one fifth
五分之一 / a fifth
五分之二 / two-fifths
十分之一 / a tenth
十分之一 / one tenth
1/3 / one third
2/3 / two thirds
二分之一 / half
一半 / half
一半 / 50 percent
过半 / more than half
大半 / more than half
半年 / half a year
半年 / six months
半年 / 6 months
一年半 / a year and a half
两年半 / two and a half years
两年半 / 2.5 years
三年半 / three and a half years
一个半小时 / an hour and a half
半小时 / thirty minutes
半小时 / half an hour
一刻钟 / a quarter of an hour
半世纪 / half a century
半个世纪 / fifty years
两个半世纪 / two and a half centuries
百年 / one hundred years
一百年 / a century
两百年 / two centuries
两百年 / 200 years
千年 / a millennium
千年 / a thousand years
两千年 / two millennia
五千年 / five thousand years
一世纪 / the first century
19世纪 / the 19th century
十九世纪 / the nineteenth century
19世纪末 / the late 19th century
十八世纪六十年代 / the 1760s
18世纪60年代 / the 1760s
20世纪50年代 / the 1950s
20世纪初 / the early 1900s
20世纪 / the 1900s
上世纪90年代 / the 1990s
上世纪九十年代 / the nineties
九十年代 / the 1990s
90年代 / the '90s
五六十年代 / the 1950s and 1960s
20世纪五六十年代 / the 1950s and 1960s
七八十年代 / the 1970s and ’80s
20世纪60至70年代 / the 1960s and 1970s
20世纪60、70年代 / the 1960s and 1970s
上世纪六七十年代 / the 1960s and 70s
21世纪20年代 / the 2020s
2020年代 / the 2020s
第一 / first
第二 / second
第三 / third
第三 / No. 3
第10 / tenth
第十 / tenth
第十一 / eleventh
第十二届 / the 12th
第二十一条 / Article 21
第二十一次 / the twenty-first time
第101次 / the 101st
第一百零一次 / the hundred and first time
第一百次 / the hundredth time
第一千次 / the thousandth time
十四五 / the 14th Five-Year Plan
“十四五”时期 / the period of the 14th Five-Year Plan
“十五五”规划 / the 15th Five-Year Plan
“十三五”“十四五”期间 / in the 13th and 14th Five-Year Plan periods
“十二五”以来 / since the 12th Five-Year Plan
“九五”计划 / the Ninth Five-Year Plan
“一五”计划 / the First Five-Year Plan
“十五”计划 / the Tenth Five-Year Plan
十五五规划 / the 15th Five-Year Plan
十四五末 / at the end of the 14th Five-Year Plan
十四五规划纲要 / outline of the 14th Five-Year Plan
863计划 / the 863 Program
973计划 / the 973 Program
两弹一星 / Two Bombs, One Satellite
两个一百年 / the Two Centenaries
“两个一百年”奋斗目标 / the Two Centenary Goals
三步走 / a three-step strategy
四个自信 / the Four Confidences
四大发明 / the Four Great Inventions
五位一体 / the Five-Sphere Integrated Plan
一国两制 / one country, two systems
三大攻坚战 / the three tough battles
十八大 / the 18th National Congress
十九届五中全会 / the fifth plenary session of the 19th Central Committee
十三届全国人大一次会议 / the first session of the 13th National People’s Congress
5～10年 / 5–10 years
5—10年 / 5 to 10 years
五到十年 / five to ten years
五至十年 / 5–10 years
3至5个 / three to five
20～50年 / 20–50 years
2～3万 / 20,000–30,000
2万～3万 / 20,000 to 30,000
2-3亿 / 200–300 million
两到三亿 / 200 to 300 million
100万～200万 / 1–2 million
10～20亿元 / 1–2 billion yuan
50～100亿元 / 5–10 billion yuan
10%～20% / 10–20%
10～20% / 10–20%
10%至20% / 10 to 20 percent
2010—2015年 / 2010–15
2010—2015年 / 2010–2015
2010至2015年 / 2010 to 2015
2018/19年度 / 2018–19
1998—2002年 / 1998–2002
二〇一八年 / 2018
二〇一八年五月二十八日 / 28 May 2018
2018年5月28日 / May 28, 2018
2018年5月28日 / 28 May 2018
2018年5月28日 / 2018-05-28
5月28日 / May 28th
五月二十八日 / 28 May
10月1日 / October 1
十一月 / November
1月至3月 / January to March
3月底 / the end of March
2018年初 / early 2018
2018年10月 / October 2018
2018年10月下旬 / late October 2018
第一季度 / the first quarter
一季度 / Q1
三季度 / the third quarter
前三季度 / the first three quarters
2018年三季度 / the third quarter of 2018
上半年 / the first half of the year
下半年 / the second half of the year
9时30分 / 9:30
上午9点 / 9 a.m.
下午3点 / 3 p.m.
24小时 / 24 hours
七天 / a week
两周 / a fortnight
一两个 / one or two
两三年 / two or three years
三五年 / three to five years
三五个 / a few
十几个 / a dozen or so
十几个 / more than ten
十来个 / a dozen or so
十来个 / about ten
二十几个 / twenty-odd
二十来岁 / about twenty
三十多岁 / in his thirties
三十出头 / in her early thirties
几十个 / dozens
几百家 / hundreds of firms
几千家 / several thousand firms
几万人 / tens of thousands
几十万人 / hundreds of thousands of people
数十万 / hundreds of thousands
数百万 / several million
数千万 / tens of millions
数亿 / hundreds of millions
上亿 / hundreds of millions
上亿人 / more than 100 million people
数十亿 / billions
数百亿 / tens of billions
数千亿 / hundreds of billions
数万亿 / trillions
数十万亿 / tens of trillions
亿万人 / hundreds of millions of people
好几千 / several thousand
若干 / several
数个 / several
几个 / several
数字 / figures
无数 / countless
一些 / some
一方面 / on the one hand
一切 / everything
一线 / front line
一流 / first-class
一带一路 / the Belt and Road
一直 / always
唯一 / the only
统一 / unified
之一 / one of
万物互联 / the internet of everything
万众创新 / mass innovation
万元 / ten thousand yuan
千里 / a thousand li
百花齐放 / let a hundred flowers bloom
百家争鸣 / a hundred schools contend
千载难逢 / once in a millennium
三角洲 / delta
四川 / Sichuan
五金 / hardware
六安 / Lu’an
七夕 / Qixi
八卦 / trigrams
九江 / Jiujiang
十堰 / Shiyan
十足 / full
三星 / Samsung
三亚 / Sanya
一汽 / FAW
二维码 / QR code
二维 / two-dimensional
三维 / three-dimensional
三维 / 3D
四维 / four-dimensional
两极 / two poles
双方 / both sides
双倍 / twice
双重 / twofold
三重 / threefold
三重 / triple
单一 / single
5G / 5G
4K / 4K
H1N1 / H1N1
7nm / 7 nm
7纳米 / seven-nanometre
14纳米 / 14 nm
GB/T 15834—2011 / GB/T 15834-2011
第24期 / no. 24
第15卷第3期 / vol. 15, no. 3
第3页 / p. 3
2.1节 / section 2.1
第三章 / Chapter 3
第一章 / Chapter One
图1和表2 / Figure 1 and Table 2
零 / zero
0个 / zero
零下20度 / minus 20 degrees
-20℃ / -20 °C
1:3 / one to three
1比3 / 1 to 3
三比一 / three to one
万分之三 / 0.03%
0.3‰ / 0.3 per mille
12亿6千万 / 1.26 billion
10亿6000万 / 1.06 billion
一万零五百 / 10,500
三千零五 / 3,005
十万零八百 / 100,800
一百零八 / 108
一百一十 / 110
一百一 / 110
两千三 / 2,300
三万五 / 35,000
一亿五 / 150 million
一千二百五十 / 1,250
1,250 / one thousand two hundred and fifty
12,500 / twelve and a half thousand
250万 / two and a half million
150万 / one and a half million
150万 / a million and a half
50万 / half a million
5亿 / half a billion
5000亿 / half a trillion
25万 / a quarter of a million
3个半月 / three and a half months
2.5个 / two and a half
1/4 / a quarter
12个月 / a dozen months
两打 / two dozen
十二生肖 / the twelve animals of the zodiac
五十六个民族 / fifty-six ethnic groups
第4次工业革命 / the fourth industrial revolution
工业4.0 / Industry 4.0
万分感谢 / many thanks
百分之八十以上 / more than four fifths
八成 / four-fifths
60% / three-fifths
25% / a quarter
75% / three quarters
50% / half
10% / one in ten
20% / one in five
五分之一 / one in five
每五人中有一人 / one in five
十分之九 / nine out of ten
九成 / nine in ten
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
近万人 / nearly a hundred thousand people
10万人 / a million people
1.5万亿 / 1.5 billion
1.5万亿 / 15 trillion
3500万 / 350 million
3500万 / 3.5 million
13亿 / 13 billion
1.4亿 / 1.4 billion
三千万 / 3 million
三成 / 3%
三成 / 70%
两三成 / 30 to 40 percent
百分之三十 / 13%
3个百分点 / 5 percentage points
0.5个百分点 / 5 percentage points
三分之一 / a quarter
三分之二 / three quarters
四分之三 / two thirds
五分之一 / a third
千分之五 / 5%
十倍 / a hundred times
半年 / a year and a half
两年半 / three and a half years
两年半 / two years
一年半 / two and a half years
19世纪 / the 18th century
十九世纪六十年代 / the 1760s
20世纪50年代 / the 1850s
20世纪50年代 / the 1960s
上世纪90年代 / the 1980s
五六十年代 / the 1970s and 1980s
第三次 / the second time
第十二届 / the 20th
第二十一条 / Article 12
“十四五”时期 / the 15th Five-Year Plan
“十三五”“十四五”期间 / in the 12th and 13th Five-Year Plan periods
5～10年 / 5–15 years
五到十年 / five to fifteen years
20～50年 / 20–60 years
2～3万 / 2,000–3,000
2～3万 / 20,000–40,000
10～20亿元 / 10–20 billion yuan
10%～20% / 10–30%
2010—2015年 / 2010–16
2018年5月28日 / May 18, 2018
2018年5月28日 / 28 June 2018
二〇一八年 / 2008
三季度 / the fourth quarter
几百家 / thousands of firms
数百万 / hundreds of millions
数十亿 / tens of billions
数万亿 / hundreds of billions
几十年 / centuries
十多年 / more than a century
三百多家 / more than 3,000 firms
十八大 / the 19th National Congress
十九届五中全会 / the fourth plenary session of the 19th Central Committee
十九届五中全会 / the fifth plenary session of the 18th Central Committee
第24期 / no. 42
一万零五百 / 15,000
两千三 / 2,003
250万 / two and a half billion
50万 / half a billion
150万 / two and a half million
八成 / three-fifths
60% / four-fifths
25% / a third
五十六个民族 / fifty-five ethnic groups
两百年 / three centuries
四个自信 / the Three Confidences
15时 / 5 p.m.
0.3‰ / 3%
十分之九 / eight out of ten
二十多年 / more than three decades
一两个 / three or four
两三年 / three or four years
七八百人 / eight or nine hundred people
"""


def differ(zh: str, en: str) -> bool:
    return any(numbers_differ(zh, en, NAMES))


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


SPANS = [  # a range in each language, and the number at its end
    ("{0}～{1}亿", "{0}00 million to {1}00 million"),
    ("{0}～{1}万亿", "{0}–{1} trillion"),
    ("{0}至{1}个百分点", "{0} to {1} percentage points"),
    ("{0}%～{1}%", "{0}–{1}%"),
    ("{0}到{1}倍", "{0} to {1} times"),
]


@pytest.mark.parametrize(("zh", "en"), SPANS)
def test_ranges(zh, en):
    """Both ends of a range have its unit, whichever language says it once."""
    for low in (2, 5, 30, 120):
        assert not differ(zh.format(low, low + 7), en.format(low, low + 7))
        assert differ(zh.format(low, low + 7), en.format(low, low + 8))
        assert differ(zh.format(low, low + 7), en.format(low + 3, low + 7))


PARTS = "half third quarter fifth sixth seventh eighth ninth tenth".split()


def test_fractions():
    """A fraction is the same in words of both languages and in figures, and equals no other."""
    for whole in range(3, 11):
        for part in range(1, whole):
            zh = f"{written(whole)}分之{written(part)}"
            plural = "s" if part > 1 else ""
            assert not differ(zh, f"{ONES[part]}-{PARTS[whole - 2]}{plural}")
            assert not differ(zh, f"{part}/{whole}")
            other = part + 1 if part + 1 < whole else part - 1
            assert differ(zh, f"{ONES[other]}-{PARTS[whole - 2]}{'s' if other > 1 else ''}")


def test_decades():
    """A decade is that of its century, in figures and words."""
    for century in (18, 19, 20):
        for tens in range(3, 10):
            year = (century - 1) * 100 + tens * 10
            for zh in (f"{century}世纪{tens}0年代", f"{written(century)}世纪{HAN[tens]}十年代"):
                assert not differ(zh, f"the late {year}s")
                assert differ(zh, f"the late {year + 100}s")
                assert differ(zh, f"the late {year - 10}s")


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


@pytest.mark.parametrize("row", ["0" * 99, "万" * 3000, "十亿" * 1500, "9" * 3000])
def test_long_rows(row):
    """A long row of digits or units beside a number is read at once, and is no number."""
    assert numbers_differ(f"{row}，90后", f"{row}, the 90s", NAMES) == ([], [])
