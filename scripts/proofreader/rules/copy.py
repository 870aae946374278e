"""How a text is set in its language: marks, blanks, look-alikes."""

import re

from proofreader.record import Block, Heading
from proofreader.rule import Findings, Found, View, rule
from proofreader.rules.markup import ATTRIBUTES, MARKER
from proofreader.walk import OBJECT

H = "\u3400-\u9fff\uf900-\ufaff"
HAN = re.compile(f"[{H}]")
WIDE = "，。；：！？、（）《》「」『』【】“”‘’…—"
HALF = "[()\"']"
# By the language of a text.
MISPLACED = {
    "zh": re.compile(
        rf"(?<=[{H}{WIDE}])[,;:!?](?=[{H}{WIDE}\s]|$)|(?<=[{H}])\.(?=[{H}{WIDE}]|$)"
        rf"|(?<=[{H}]){HALF}|{HALF}(?=[{H}])"
    ),
    "en": re.compile(r"""["'](?=\w)|(?<=[A-Za-z.,?!])["']"""),
}
PAIRED = {"zh": re.compile("[“”‘’（）《》「」『』【】]"), "en": re.compile("[“”]")}
MARKS = {
    "zh": ("“{}” beside Han must be full-width", "Write ，。；：！？（）“”"),
    "en": ("“{}” must be curved, as others on the page", "Write “”‘’"),
}
CURVED = re.compile("[“’]")
PAIR = re.compile("“”|‘’|（）|《》|「」|『』|【】")
DOUBLED = {
    "zh": re.compile(r"[，。；：、]{2,}|(?<!…)[！？][，。；、]|。[！？]"),
    "en": re.compile(
        r"[,;]{2,}|(?<![./])\.\.(?![./\w])|\b(?i:(the|an?|of|to|in|is) \1)\b"
        r"|\b([A-Za-z]{2,}) (?!(?<=that |.had ))\2\b"
    ),
}
BLANK = {
    "zh": re.compile(
        rf"(?<=[{H}]) +(?=[{H}A-Za-z0-9])|(?<=[A-Za-z0-9%]) +(?=[{H}])"
        rf"| +(?=[，。；：！？、）》」』】”])|(?<=[，。；：！？、（《「『【“]) +(?=\S)"
        rf"|(?<=[）》」』】”]) +(?=[{H}])"
    ),
    "en": re.compile(r"(?<=\S) {2,}(?=\S)|(?<=\w) +(?=[,.;:!?”’)](?:\s|$))|(?<=[(“]) +"),
}
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
STOPPED = re.compile("[，。；]|[.,;] ")
ITEM = re.compile(r"\n\s*(?:[-*+]|\d+[.)])\s")
LOOKALIKE = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a＃＄％＆＊＋－．／＜＝＞＠［＼］＾＿｀｛｜｝]"
)
CHINESE_MARK = re.compile("[\u3001\u3002\u3008-\u3011\uff01-\uff5e]")
FULL_STOP = "。！？…；：.!?:;"  # the half-width ones are for T10 in Chinese
CITATION = re.compile(r"\[[A-Z]{1,2}(?:/OL)?\]")  # GB/T 7714 sets its marks half-width
PLACES = ("body", "footnote", "dl", "note", "tab", "quote")
Text = Block | Heading


def _texts(view: View, *unread: str) -> list[Text]:
    unread += ("code", "table", "raw")
    return [text for text in view.page.texts if getattr(text, "kind", "") not in unread]


def _marked(view: View) -> list[Text]:
    """Those in which every mark must be one of their language."""
    texts = _texts(view, "dt") if _lang(view) in PAIRED else []
    if _lang(view) == "en":
        return texts
    return [text for text in texts if HAN.search(text.text) and not CITATION.search(text.text)]


def _lang(view: View) -> str:
    return view.lang[:2]


def _at(view: View, text: Text, found: re.Match, law: str, hint: str) -> Found:
    """A finding at the line of the text that holds the match, with some characters around it; {} in
    the law is what was found."""
    line = text.line + text.text.count("\n", 0, found.start())
    around = found.string[max(found.start() - 4, 0) : found.end() + 4].strip()
    around = around.partition("\n")[0]
    column = max("".join(view.source.lines[line - 1 : line]).find(around), 0) + 1
    return view.at(line, f"{law.format(found[0])}: {around}", hint, column)


def _each(view: View, patterns: dict[str, re.Pattern], law: str, hint: str) -> Findings:
    for text in _marked(view):
        for found in patterns[_lang(view)].finditer(text.text):
            yield _at(view, text, found, law, hint)


@rule("T10", copy=True)
def marks_are_of_the_language(view: View) -> Findings:
    """Punctuation beside Han characters must be full-width; English quotation marks must be curved
    where the page curves any."""
    if _lang(view) == "zh" or CURVED.search(view.source.text):
        yield from _each(view, MISPLACED, *MARKS[_lang(view)])


@rule("T11", copy=True)
def brackets_are_paired(view: View) -> Findings:
    """Quotation marks and brackets must be closed in the paragraph that opens them."""
    for text in _marked(view):
        marks, before = "".join(PAIRED[_lang(view)].findall(text.text)), ""
        while marks != before:
            marks, before = PAIR.sub("", marks), marks
        if marks:
            law = f"“{marks[0]}” must have its pair in the paragraph: {text.text[:20]}"
            yield view.at(text, law, "Add or take out one")


@rule("T12", copy=True)
def sentence_is_ended(view: View) -> Findings:
    """A paragraph must end in one full stop, and no mark or English word may be doubled."""
    yield from _each(view, DOUBLED, "“{}” must stand once", "Take one out")
    for text in _marked(view):
        ended = text.text.rstrip("”’）】》」』)\"'").rstrip()[-1:] in FULL_STOP
        if isinstance(text, Block) and _is_prose(text) and not ended:
            law = f"a paragraph must end in a full stop: {text.text[-12:]}"
            yield view.at(text, law, "Add it")


def _is_prose(block: Block) -> bool:
    """A paragraph with a mark inside it is made of sentences; a short line without is none."""
    known = block.kind in ("p", "footnote", "dd") and block.where in PLACES
    leads = block.text.endswith(OBJECT) or ITEM.search(block.text)
    return known and bool(STOPPED.search(block.text)) and not leads


@rule("T13", copy=True)
def gaps_are_left_to_styles(view: View) -> Findings:
    """Between Han and Latin letters or digits, and beside full-width marks, no blank must be typed:
    styles set the gap; in English none before a mark, and never two."""
    for text in _marked(view):
        for found in BLANK[_lang(view)].finditer(text.text):
            if not NUMBERING.search(text.text[: found.start()]):
                yield _at(view, text, found, "no blank must be typed here", "Take it out")


@rule("T14", copy=True)
def ranges_have_dashes(view: View) -> Findings:
    """A range of numbers must be written with an en dash, in Chinese also with ～ or —: 20–50."""
    return _each(view, RANGE, "the range {} must be written with an en dash", "Write –")


@rule("T15", copy=True)
def paragraph_is_one_line(view: View) -> Findings:
    """A Chinese paragraph must stand on one line: a line break inside it shows as a blank."""
    for text in _marked(view):
        found = WRAP.search(text.text)
        if found and "<br" not in view.source.lines[text.line - 1]:
            law = "a Chinese paragraph must stand on one line"
            yield _at(view, text, found, law, "Join the lines")


@rule("T16", copy=True)
def characters_are_themselves(view: View) -> Findings:
    """No character must stand for another that looks like it: Kangxi radicals, full-width letters,
    Chinese marks in English."""
    english = view.page.lang == "en"
    for text in _texts(view):
        bare = ATTRIBUTES.sub("", MARKER.sub("", text.text))
        pattern = CHINESE_MARK if english and not HAN.search(bare) else LOOKALIKE
        for found in pattern.finditer(bare) if "[" not in bare else ():
            law = f"U+{ord(found[0]):04X} must be the usual character"
            yield _at(view, text, found, law, "Type it anew")
