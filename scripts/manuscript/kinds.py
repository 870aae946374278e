"""What a line or a whole unit is, by how it begins and ends: headings, items, captions, notes.

Patterns look at `seen` text, so radicals and full-width digits do not hide anything from them.
"""

import re
from unicodedata import numeric

from manuscript.characters import CIRCLED, ROMANS, fits, seen

NUMERALS = "一二三四五六七八九十百〇零"
HEADING_CELLS = 72  # no heading is longer
WEAK_CELLS = 60  # nor one that has the mark of an item


def spaced(words: str) -> str:
    """A pattern of these words, the longest first, whose characters may stand apart."""
    longest = sorted(words.split(), key=len, reverse=True)
    return "|".join(r"\s*".join(word) for word in longest)


NAMED = spaced(
    "参考文献 参考文献： 参考文献: 参考资料 结语 结论 结束语 后记 编后记 跋 前言 引言 导言 导论 "
    "绪论 序言 序 摘要 致谢 注释 名词解释 术语表 "
    "references conclusion conclusions preface foreword abstract acknowledgments acknowledgements"
)
NTH = rf"第\s?[{NUMERALS}\d]+\s?"
LEVELS = (
    rf"[{NUMERALS}]+(?:、|[．.](?!\d))\s*\S|{NTH}(?:[章篇编]|部分)"
    r"|(?:chapter|part)\s+(?:\d+|[ivx]+)\b|appendix\b"
    rf"|附\s*[录件](?!\s?[:：]\s?\d)\s?[A-Z{NUMERALS}\d]*(?:\s?[:：、]?\s?\S.*)?$"
    rf"|(?:{NAMED})$",
    f"{NTH}节",
    rf"{NTH}条(?:\s(?!.*[:：？?…]$)|$)",  # 第一条 … 如下： is text
)
HEADING = re.compile("|".join(f"({level})" for level in LEVELS), re.IGNORECASE)
CHAPTER = re.compile(rf"第\s?([{NUMERALS}\d]+)\s?(?:[章篇编]|部分)")  # without a title
APPENDIX = re.compile(rf"(附\s?录|附\s?件)\s*([A-Z]|[{NUMERALS}]+|\d+|)")
ARTICLE = re.compile(rf"第\s?([{NUMERALS}\d]+)\s?条\s")
# Not behind a number that counts or measures: 12.7亿元
NO_COUNT = (
    r"(?![%％‰℃°]|[\d.,][\d.,\s]*$|[万亿]{1,2}(?:[元人吨台家户件次个美]|\W|$)"
    r"|[倍年月日个分](?:\W|$))"
)
DECIMAL = re.compile(
    rf"^((?:\d{{1,3}}|[{NUMERALS}]{{1,2}}|[A-Z])(?:\.\d{{1,3}})*\.[1-9]\d{{,2}})\.?\s+"
    rf"{NO_COUNT}\S"
)
BEGINS = "(?-i:(?=[\u4e00-\u9fffA-Z“《（]))"  # a title, right behind its number
TIGHT = re.compile(rf"^(\d{{1,2}}(?:\.\d{{1,2}})+){NO_COUNT}{BEGINS}")
WHOLE = re.compile(rf"^§?\s?(\d{{1,2}}|[{NUMERALS}]{{1,2}})\s+(?=[\u4e00-\u9fffA-Z])")  # 1 概述
NUMBERED = re.compile(
    rf"^(?:((?:\d+|[{NUMERALS}]+)(?:\.\d+)+)(?:\.?\s|{NO_COUNT}{BEGINS})"
    rf"|(?:第\s?)?([{NUMERALS}]+|\d+)\s?(?:、|(?<=[{NUMERALS}])[．.]|[章篇编节]|部分)"
    r"|(?:chapter|part)\s+(\d+))",
    re.IGNORECASE,
)
# What follows a figure's number in a sentence: 图3展示了…
SENTENCE = (
    "(?:[所中可的是为显展给表描反和与至到及以个张幅说呈列则将由就]|[年月日](?![龄度均])|对(?!比))"
)
CAPTION = re.compile(
    rf"(?:附?(?:[图圖]表?|表格?)|figure|fig\.|table)\s*([{NUMERALS}]+|(?:[A-Z][.-]?)?\d+(?:[-.–]\d+)*)"
    r"(?:$|\s?[(（]续[)）]|(?:\s{1,4}|\s?[:：]\s?|\.\s|[.．](?=[\u4e00-\u9fff])|、(?![图表\d])"
    rf"|(?<=\d)(?=[\u4e00-\u9fff])(?!{SENTENCE}))\S)",
    re.IGNORECASE,
)
BULLETS = "•‧●⚫◦■◆▪❖✓✔➢➤►▶□❏❑❒◇○★※‣"
ITEMS = {  # styles of items, and their marks
    "1.": r"(?:附件[:：]\s?)?(\d{1,3})(?:[.．](?!\d)|、)",
    "（一）": rf"([（(][{NUMERALS}]{{1,3}}[)）])",
    "(1)": r"([（(]\d{1,3}[)）])",
    "1)": r"(\d{1,3}[)）])",
    "①": f"({CIRCLED})",
    "a.": r"[(（]?([a-z])(?:\.\s|[)）])",
    "•": f"([{BULLETS}])",
}
ITEM = re.compile(rf"(?:{'|'.join(ITEMS.values())})\s*(?=\S)")
RUN_IN = re.compile(rf"^第([{NUMERALS}]+)[，,、]")
NOTE = re.compile(rf"^(?:{CIRCLED}|\[\d{{1,3}}\]|注\s?\d*\s?[:：]|\*{{1,3}}\s)")
SOURCE = re.compile(r"(?:资料|数据|图片|图表)?来源|注\s?\d*[:：]")  # of a figure or table
NOTES = re.compile(r"^[注註尾]\s*[释釋注註]$|^(?:end)?notes$", re.IGNORECASE)  # their heading
REFERENCES = re.compile(
    r"^(?:主要)?(?:[参參]\s*考\s*|引\s*用\s*)?(?:文\s*[献獻]|[资資]\s*料|[书書]\s*目)"
    rf"(?:\W*references\W*)?$|^(?:references|bibliography)$|{NOTES.pattern}",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"^[\[［〔]\d{1,3}[\]］〕]\s*\S")
TERM = re.compile(r"[\u3400-\u9fff]\s*[a-z]+(?:[ -][a-z]+)+$")  # of a glossary, and in English
COLUMNS = re.compile(r"\t+|[ \u3000]{2,}")
CELL = re.compile(r"^[-+±]?[\d.,]+\s?(?:%|‰|万|亿|年|元|倍|个|项|家)?$")
LAST = re.compile(r"[\u3400-\u9fff]")  # of a title
WORDS = re.compile(r"[\u3400-\u9fff]{2}|[^\W\d_]{3}|[A-Z][A-Z\u3400-\u9fff]")
NO_END = "。；！;!，,"  # a heading does not end in these


def heading_level(text: str) -> int:
    """1 for parts, 2 for 1.1 and 第X节, 3 for 1.1.1 and so on; 0 for anything else."""
    text = seen(text)
    if text[-1] in NO_END or "；" in text or not fits(text, HEADING_CELLS):
        return 0
    if found := HEADING.match(text):
        return found.lastindex or 0
    found = DECIMAL.match(text)
    return found[1].count(".") + 1 if found else 0


def heading_number(text: str) -> str:
    """`2` of 二、, 第二章 and 2 …, `2.1` of a decimal one, else ``."""
    found = _number(seen(text))
    if not found:
        return ""
    first, _, rest = found[found.lastindex or 0].partition(".")  # 一.2 is 1.2
    return f"{number_of(first)}.{rest}".strip(".")


def unnumbered(text: str) -> str:
    """A heading without its number."""
    found = _number(text)
    return text[found.end() :].strip() if found else text


def _number(text: str) -> re.Match[str] | None:
    return NUMBERED.match(text) or WHOLE.match(text)


def caption_mark(text: str) -> str:
    """`图一` of a caption, without spaces, else ``.

    图一所示 has no gap after the number, a sentence ends in 。
    """
    found = CAPTION.match(seen(text))
    if not found or text[-1] in "。；，" or not fits(text, HEADING_CELLS):
        return ""
    return found.string[: found.end(1)].replace(" ", "")


def is_table(mark: str) -> bool:
    return mark.lstrip("附").lower().startswith(("表", "table"))


def caption_number(mark: str) -> str:
    """`1` of 图一, `2-1` of 图2-1, `` where there is none."""
    number = re.sub("^(?:figure|fig|table|[附图圖表格.])*", "", mark, flags=re.IGNORECASE)
    return str(number_of(number)) if number and number[0] in NUMERALS else number


def item_mark(text: str) -> tuple[str, str]:
    """(style, label as printed) of a list item, else two empty strings: `1.` → ("1.", "1")."""
    found = ITEM.match(seen(text))
    if not found:
        return "", ""
    return next((style, label) for style, label in zip(ITEMS, found.groups()) if label)


def is_note(text: str) -> bool:
    return bool(NOTE.match(text))


def is_reference(text: str) -> bool:
    """An entry of a list of references: `[3] …`."""
    return bool(REFERENCE.match(text))


def run_in(text: str) -> str:
    """The numeral of a run-in head: `第一，从时间的维度。`, one short sentence and nothing else."""
    whole = fits(text, WEAK_CELLS) and text.find("。") == len(text) - 1
    found = RUN_IN.match(seen(text)) if whole else None
    return found[1] if found else ""


def stands_alone(text: str) -> bool:
    """The lead-in of a list: short, and whole in one line."""
    return text[-1] in "：:" and fits(text, WEAK_CELLS)


def columns(text: str) -> int:
    """How many cells of a table this line seems to hold; 1 for running text."""
    parts = COLUMNS.split(text)
    return len(parts) if len(parts) > 1 and max(map(len, parts)) <= 24 else 1


def is_cell(text: str) -> bool:
    return len(text) <= 16 and bool(CELL.match(seen(text)))


def numeral_of(value: int) -> str:
    """A number below a thousand in Chinese; a greater one in digits."""
    if value >= 1000:
        return str(value)
    digits = zip(f"{value:03}", ("百", "十", ""))
    text = "".join("零一二三四五六七八九"[int(digit)] + place for digit, place in digits)
    text = re.sub("零[百十]", "零", text).strip("零") or "零"
    return text[1:] if text.startswith("一十") else text


NUMBERS = [*enumerate(map(numeral_of, range(1000))), *enumerate(ROMANS, 1)]
VALUES = {numeral: value for value, numeral in NUMBERS}


def number_of(mark: str) -> int:
    """The value of a mark, in brackets or not: digits, a Chinese numeral below a thousand, a small
    Roman one, a sign such as ③; else 0.
    """
    mark = mark.strip("()（）").replace("〇", "零")
    if mark.isdecimal():
        return int(mark)
    return VALUES.get(mark) or int(numeric(mark, 0) if len(mark) == 1 else 0)
