"""What a character is in print: Han or full-width, how wide, whether a paragraph can end in it, and
how patterns should see it.
"""

import re
import unicodedata

HAN = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
# CJK punctuation and full-width forms
FULL = "\u3001-\u3004\u3008-\u3020\u302a-\u303f\ufe30-\ufe4f\uff00-\uffef"
LOOSE = "“”‘’—…⋯·"  # these belong to whatever stands beside them
FINAL = "。！？：；”’」』）…!?;:"  # signs that can end a paragraph in Chinese
ROMANS = (
    "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv "
    "xxv xxvi xxvii xxviii xxix xxx xxxi xxxii xxxiii xxxiv xxxv xxxvi xxxvii xxxviii xxxix xl"
).split()
CIRCLED = "[①-⑳㉑-㉟㊱-㊿❶-➓]"  # numbers
NOTE_SIGN = rf"[*†‡]{{1,3}}|{CIRCLED}|[¹²³⁰⁴-⁹]{{1,3}}"  # of a note, where it has no number
CITED = re.compile(r"(?:\[\d[\d\s,，、–-]*\])+$")
WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0001f64f\U0001f900-\U0001f9ff"
    f"\U00020000-\U0003fffd{LOOSE}]+"
)
VARIANT = re.compile("[\u2e80-\u2fdf\uf900-\ufaff０-９Ａ-Ｚａ-ｚ．％\u3000\u00a0]")


def bare(text: str) -> str:
    """The text without any whitespace, as `str.isspace` sees it."""
    return "".join(text.split())


def seen(text: str) -> str:
    """The start of a text as patterns should see it: radicals unified, full-width letters and
    digits plain.

    For tests only.
    """
    return VARIANT.sub(lambda char: unicodedata.normalize("NFKC", char[0]), text[:160])


def final(text: str) -> bool:
    """Ends as a paragraph can, before any [3] that it cites; a full stop behind a digit may be a
    decimal point.
    """
    if text[-1] == "]":
        text = CITED.sub("", text) or text
    return text[-1] in FINAL or (text[-1] in ".．" and not text[-2:-1].isdecimal())


def cells(text: str) -> int:
    """Printed width: Han and full-width forms 2, others 1, curly quotes and dashes as their
    neighbours.
    """
    if text.isascii():
        return len(text)
    return len(text) + sum(len(run) for run in WIDE.findall(text) if run.strip(LOOSE))


def fits(text: str, room: int) -> bool:
    """Takes no more cells than there are; long texts are not measured."""
    return len(text) <= room and cells(text) <= room


def matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    """The match of a pattern that is known to match."""
    found = pattern.match(text)
    assert found, (pattern.pattern, text)
    return found
