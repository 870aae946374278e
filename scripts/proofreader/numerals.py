"""Numbers in words, Chinese and English: what each is worth stands in numerals.toml."""

import re
import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

WORTH = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
DIGITS, UNITS, WORDS, POWERS = (WORTH[kind] for kind in ("digits", "units", "words", "powers"))
HAN_NUMERAL = f"[{''.join([*DIGITS, *UNITS])}]"
LONGEST = 99  # characters: a longer row of signs is no number
ALONE = {word: worth for words in WORTH.values() for word, worth in words.items()}


@lru_cache(maxsize=4096)
def read(text: str) -> Decimal:
    """What a numeral is worth, in digits or words of either language; 1 where it is none: a."""
    if text in ALONE:
        return Decimal(ALONE[text])
    if len(text) > LONGEST:
        return Decimal(1)
    if re.match("[a-z]", text):
        return Decimal(read_words(text) or 1)
    return read_han(re.sub(r"[多余来几成\s]", "", text))


def read_han(text: str) -> Decimal:
    """三 → 3, 二〇一〇 → 2010, 三万亿 → 3 × 10¹², 两万五 → 25000, 三点五亿, 1亿3500万."""
    for unit, worth in UNITS.items():
        head, found, tail = text.rpartition(unit)
        if found:
            tenths = worth // 10 if tail in DIGITS and worth > 10 else 1  # 两万五
            return read_han(head or "一") * worth + read_han(tail) * tenths
    digits = "".join(DIGITS.get(char, char) for char in text.replace("点", "."))
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
