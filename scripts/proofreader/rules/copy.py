"""How Chinese is set: marks, blanks, look-alikes."""

import re
from collections.abc import Iterator

from proofreader.record import Block, Heading
from proofreader.rule import Found, View, rule
from proofreader.rules.headings import ATTRIBUTES, MARKER
from proofreader.walk import OBJECT

H = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WIDE = "，。；：！？、（）《》「」『』【】“”‘’…—"
HALF = "[()\"']"
HALF_MARK = re.compile(
    rf"(?<=[{H}{WIDE}])[,;:!?](?=[{H}{WIDE}\s]|$)|(?<=[{H}])\.(?=[{H}{WIDE}]|$)"
    rf"|(?<=[{H}]){HALF}|{HALF}(?=[{H}])"
)
PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "「": "」", "『": "』", "【": "】"}
DOUBLED = re.compile(r"[，。；：、]{2,}|(?<!…)[！？][，。；、]|。[！？]")
BLANK = re.compile(
    rf"(?<=[{H}]) +(?=[{H}A-Za-z0-9])|(?<=[A-Za-z0-9%]) +(?=[{H}])"
    rf"| +(?=[，。；：！？、）》」』】”])|(?<=[，。；：！？、（《「『【“]) +(?=\S)"
    rf"|(?<=[）》」』】”]) +(?=[{H}])"
)
NUMBERING = re.compile(
    r"(?:^\d+\.?|\d\.\d+|第[〇零一二三四五六七八九十百千\d]+[编章节篇部]分?|[图表圖])$"
)  # what it numbers may be parted from it: 1.2 硬科技的定义, 第一章 起源, 图 1.1
SIGNS = {"zh": "-~－", "en": "-~～—－"}  # GB/T 15834 has ～ and — beside –, no hyphen
RANGE = {
    lang: re.compile(
        r"(?<![A-Za-z0-9_./:图表–-])(?<![图表] )\d{1,4}%?\s?"
        rf"[{signs}]{{1,2}}\s?\d{{1,4}}(?![A-Za-z0-9_/:-]|\.\d)"
    )
    for lang, signs in SIGNS.items()
}
WRAP = re.compile(rf"[{H}{WIDE}]\n[ \t]*[{H}{WIDE}]")
ITEM = re.compile(r"\n\s*(?:[-*+]|\d+[.)])\s")
LOOKALIKE = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a＃＄％＆＊＋－．／＜＝＞＠［＼］＾＿｀｛｜｝]"
)
CHINESE_MARK = re.compile("[\u3001\u3002\u3008-\u3011\uff01-\uff5e]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufe00-\ufe0e\ufeff]"
)
FULL_STOP = "。！？…；：.!?"  # the half-width ones are for T10
CITATION = re.compile(r"\[[A-Z]{1,2}(?:/OL)?\]")  # GB/T 7714 sets its marks half-width


def _texts(view: View) -> Iterator[Block | Heading]:
    yield from view.page.headings
    yield from (block for block in view.page.blocks if block.kind not in ("code", "table", "raw"))


def _chinese(view: View) -> Iterator[Block | Heading]:
    if view.lang.startswith("zh"):
        yield from (
            text
            for text in _texts(view)
            if re.search(f"[{H}]", text.text)
            and not CITATION.search(text.text)
            and getattr(text, "kind", "") != "dt"
        )


def _at(view: View, block: Block | Heading, found: re.Match, message: str, hint: str) -> Found:
    """A finding at the line of the block that holds the match, with some characters around it."""
    line = block.line + block.text.count("\n", 0, found.start())
    around = found.string[max(found.start() - 4, 0) : found.end() + 4].strip()
    around = around.partition("\n")[0]
    column = (
        max(view.source.lines[line - 1].find(around), 0) + 1
        if line <= len(view.source.lines)
        else 1
    )
    return view.at(line, f"{message}: {around}", hint, column)


def _each(
    view: View, blocks: Iterator[Block | Heading], pattern: re.Pattern, message: str, hint: str
) -> Iterator[Found]:
    """A finding for each match in each text; the message tells what was found in place of {}."""
    for block in blocks:
        for found in pattern.finditer(block.text):
            yield _at(view, block, found, message.format(found[0]), hint)


@rule("T10", copy=True)
def marks_are_full_width(view: View) -> Iterator[Found]:
    """Punctuation beside Han characters must be full-width."""
    yield from _each(
        view,
        _chinese(view),
        HALF_MARK,
        "“{}” beside Han must be full-width",
        "Write ，。；：！？（）“”",
    )


@rule("T11", copy=True)
def brackets_are_paired(view: View) -> Iterator[Found]:
    """Quotation marks and brackets must be closed in the paragraph that opens them."""
    for block in _chinese(view):
        open_, fault = [], ""
        for char in block.text:
            if char in PAIRS:
                open_.append(char)
            elif char in PAIRS.values() and not fault:
                fault = "" if open_ and PAIRS[open_.pop()] == char else char
        if fault or open_:
            yield view.at(
                block.line,
                f"“{fault or open_[-1]}” must have its pair in the paragraph: {block.text[:20]}",
                "Add or take out one",
            )


@rule("T12", copy=True)
def sentence_is_ended(view: View) -> Iterator[Found]:
    """A paragraph must end in one full stop, and no marks may be doubled."""
    yield from _each(view, _chinese(view), DOUBLED, "“{}” must be one mark", "Take one out")
    for block in _chinese(view):
        if (
            isinstance(block, Block)
            and _wants_stop(block)
            and block.text.rstrip("”’）】》」』").rstrip()[-1:] not in FULL_STOP
        ):
            yield view.at(
                block.line, f"a paragraph must end in a full stop: {block.text[-12:]}", "Add 。"
            )


def _wants_stop(block: Block) -> bool:
    """A paragraph with a mark inside it is made of sentences; a short line without is none."""
    text = block.text
    return (
        block.kind in ("p", "footnote", "dd")
        and block.where in ("body", "footnote", "dl", "note", "tab", "quote")
        and bool(re.search("[，。；]", text))
        and not text.endswith(OBJECT)
        and not ITEM.search(text)
    )


@rule("T13", copy=True)
def gaps_are_left_to_styles(view: View) -> Iterator[Found]:
    """Between Han and Latin letters or digits, and beside full-width marks, no blank must be typed:
    styles set the gap."""
    for block in _chinese(view):
        for found in BLANK.finditer(block.text):
            if not NUMBERING.search(block.text[: found.start()]):
                yield _at(view, block, found, "no blank must be typed here", "Take it out")


@rule("T14", copy=True)
def ranges_have_dashes(view: View) -> Iterator[Found]:
    """A range of numbers must be written with an en dash, in Chinese also with ～ or —: 20–50."""
    lang = view.page.lang or view.lang
    if lang in RANGE:
        message = "the range {} must be written with an en dash"
        yield from _each(view, _texts(view), RANGE[lang], message, "Write –")


@rule("T15", copy=True)
def paragraph_is_one_line(view: View) -> Iterator[Found]:
    """A Chinese paragraph must stand on one line: a line break inside it shows as a blank."""
    for block in _chinese(view):
        if found := WRAP.search(block.text):
            yield _at(
                view, block, found, "a Chinese paragraph must stand on one line", "Join the lines"
            )


@rule("T16", copy=True)
def characters_are_themselves(view: View) -> Iterator[Found]:
    """No character must stand for another that looks like it: Kangxi radicals, full-width letters,
    Chinese marks in English."""
    for block in _texts(view):
        text = ATTRIBUTES.sub("", MARKER.sub("", block.text))
        english = (
            view.page.lang == "en"
            and not view.lang.startswith("zh")
            and not re.search(f"[{H}]", text)
        )
        for found in (CHINESE_MARK if english else LOOKALIKE).finditer(text):
            if "[" not in text:
                yield _at(
                    view,
                    block,
                    found,
                    f"U+{ord(found[0]):04X} must be the usual character",
                    "Type it anew",
                )


@rule("T17")
def characters_can_be_seen(view: View) -> Iterator[Found]:
    """A page must hold no invisible characters."""
    for number, line in enumerate(view.source.lines, 1):
        found = INVISIBLE.search(line) if not line.isascii() else None
        if found and not _in_emoji(line, found):
            yield view.at(
                number,
                f"the invisible character U+{ord(found[0]):04X} must go",
                "Delete it",
                found.start() + 1,
            )


def _in_emoji(line: str, found: re.Match) -> bool:
    return found[0] == "\u200d" and found.start() > 0 and ord(line[found.start() - 1]) > 0x2190
