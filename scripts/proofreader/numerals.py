"""Numbers in words, Chinese and English."""

import re
from decimal import Decimal

HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_NUMERAL = "[" + "".join([*HAN_DIGITS, *HAN_UNITS, "万亿"]) + "]"
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
).split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
WORDS = {word: value for value, word in enumerate(ONES)}
WORDS |= {word: value for value, word in enumerate(ORDINALS)}
WORDS |= {word: 10 * value for value, word in enumerate(TENS, 2)}
WORDS |= {f"{word[:-1]}ieth": 10 * value for value, word in enumerate(TENS, 2)}
POWERS = SCALES | {f"{word}th": value for word, value in SCALES.items()}
SPANS = {"decade": 10, "dozen": 12, "score": 20, "century": 100, "centuries": 100}
SPANS |= {"millennium": 1000, "millennia": 1000, "centenary": 100}
SIDES = {"twice": 2, "double": 2, "doubled": 2, "both": 2, "pair": 2, "half": 2, "triple": 3}
SIDES |= {"tripled": 3, "tertiary": 3, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}
NAMED = "January February March April May June July August September October November December"
MONTHS = {month: number for number, month in enumerate(NAMED.split(), 1)}


def read_han(text: str) -> int:
    """三 → 3, 十五 → 15, 二〇一〇 → 2010, 七千万 → 70000000, 三万亿 → 3 × 10¹², 两万五 → 25000."""
    if len(text) > 1 and all(char in HAN_DIGITS for char in text):
        return int("".join(str(HAN_DIGITS[char]) for char in text))
    high = middle = section = digit = 0
    last = 1  # the unit read last: a digit right behind it counts its tenths
    for char in text:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
            last = 1 if char in "零〇" else last
        elif char in HAN_UNITS:
            last = HAN_UNITS[char]
            section, digit = section + (digit or 1) * last, 0
        elif char == "万":
            middle, section, digit, last = (middle + section + digit or 1) * 10**4, 0, 0, 10**4
        elif char == "亿":
            high += (middle + section + digit or 1) * 10**8
            middle, section, digit, last = 0, 0, 0, 10**8
    return high + middle + section + digit * (last // 10 if last > 10 else 1)


def read_digits(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def read_words(text: str) -> int | None:
    """seventy-five → 75, two hundred and five thousand → 205000, twenty-first → 21; None where it
    is no number."""
    total = current = 0
    for word in re.split(r"[\s-]+", text.lower()):
        if word in WORDS:
            tens = current % 100
            if tens and (tens < 20 or tens % 10 or not 0 < WORDS[word] < 10):
                return None  # two numbers side by side
            current += WORDS[word]
        elif word == "hundred" or word == "hundredth":
            current = (current or 1) * 100
        elif word in POWERS:
            large = total * POWERS[word] if total and not current else 0  # two thousand million
            total, current = large or total + (current or 1) * POWERS[word], 0
        elif word != "and":
            return None
    return total + current
