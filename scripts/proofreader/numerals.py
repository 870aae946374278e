"""Numbers in words, Chinese and English."""

import re

HAN_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_MYRIADS = {"万": 10**4, "亿": 10**8}
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
CARDINALS = {word: value for value, word in enumerate(ONES)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
WORDS = CARDINALS | SCALES | {word: value for value, word in enumerate(ORDINALS)}
WORDS |= {
    "centenary": 100,
    "century": 100,
    "centuries": 100,
    "decade": 10,
    "dozen": 12,
    "twice": 2,
    "double": 2,
    "half": 2,
    "triple": 3,
    "millennium": 1000,
    "both": 2,
    "pair": 2,
}
MONTHS = (
    "January February March April May June July August September October November December".split()
)


def read_han(text: str) -> int:
    """三 → 3, 十五 → 15, 二〇一〇 → 2010, 七千万 → 70000000."""
    if len(text) > 1 and all(char in HAN_DIGITS for char in text):
        return int("".join(str(HAN_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in HAN_DIGITS:
            digit = HAN_DIGITS[char]
        elif char in HAN_UNITS:
            section += (digit or 1) * HAN_UNITS[char]
            digit = 0
        elif char in HAN_MYRIADS:
            total += (section + digit or 1) * HAN_MYRIADS[char]
            section = digit = 0
    return total + section + digit


def read_words(text: str) -> int | None:
    """seventy-five → 75, two hundred → 200; None where it is no number."""
    total = 0
    for word in re.split(r"[\s-]+", text.lower()):
        value = WORDS.get(word)
        if value is None:
            return None
        total = max(total, 1) * value if value >= 100 else total + value
    return total
