"""Numbers in words, Chinese and English."""

import re
import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

HAN_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}
HAN_DIGITS |= {"〇": "0", "两": "2"}
WORTH = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
HAN_UNITS, SCALES, SHORT = WORTH["units"], WORTH["scales"], WORTH["short"]
SPANS, SIDES, SIZES = WORTH["spans"], WORTH["sides"], WORTH["sizes"]
HAN_NUMERAL = f"[{''.join([*HAN_DIGITS, *HAN_UNITS])}]"
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
).split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: value for words in (ONES, ORDINALS) for value, word in enumerate(words)}
WORDS |= {
    word: 10 * value for value, tens in enumerate(TENS, 2) for word in (tens, f"{tens[:-1]}ieth")
}
POWERS = SCALES | {f"{word}th": value for word, value in SCALES.items()}
NAMED = "January February March April May June July August September October November December"
MONTHS = {month: number for number, month in enumerate(NAMED.split(), 1)}
MONTHS |= {month[:3]: number for month, number in MONTHS.items()}


@lru_cache(maxsize=4096)
def read_han(text: str) -> Decimal:
    """三 → 3, 二〇一〇 → 2010, 三万亿 → 3 × 10¹², 两万五 → 25000, 三点五亿, 1亿3500万."""
    for unit, worth in HAN_UNITS.items():
        head, found, tail = text.rpartition(unit)
        if found:
            tenths = worth // 10 if tail in HAN_DIGITS and worth > 10 else 1  # 两万五
            return read_han(head or "一") * worth + read_han(tail) * tenths
    digits = "".join(HAN_DIGITS.get(char, char) for char in text.replace("点", "."))
    return Decimal(digits or "0")


def read_words(text: str) -> int | None:
    """seventy-five → 75, two hundred and five thousand → 205000, twenty-first → 21; None where it
    is no number."""
    total = current = 0
    for word in re.split(r"[\s-]+", text):
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
