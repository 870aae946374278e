"""Every awkward input that an extraction can bring, by the numbers of our list: a defined result,
or one clear line.
"""

import gzip
import hashlib
from dataclasses import dataclass

import pytest

from imports import (
    CONTEXT,
    TEXTS,
    full,
    furniture,
    growth,
    inner,
    page,
    read,
    texts,
    warnings,
    whole,
)
from whitepaper.book import BookError

TEXT = TEXTS["made up"]
HAN_ONLY = "沿河的居民每天清早到堤上走走" * 40
NOISE = b"".join(hashlib.sha256(bytes([at])).digest() for at in range(60))


@dataclass(frozen=True)
class Case:
    """An input and what comes of it: the units inside the context, the furniture, words that some
    warning must hold; or an error.
    """

    number: int
    name: str
    text: str | bytes
    units: tuple[tuple[str, str], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    warned: str = ""
    error: str = ""
    options: tuple[tuple[str, object], ...] = ()


def para(*said: str) -> tuple[tuple[str, str], ...]:
    return tuple(("para", text) for text in said)


OPEN, ON = full("水位一天天"), whole("涨上来，")  # a sentence that goes on over the end of a line
JOINED = OPEN + ON + "终于漫过了石阶。"
HEADER = "某某城乡水务年度白皮书"

REFUSED = [
    Case(1, "0 bytes", b"", error="no text"),
    Case(1, "only whitespace", " \n\t\n\u3000\n\f\n", error="no text"),
    Case(1, "only a BOM", b"\xef\xbb\xbf", error="no text"),
    Case(
        6,
        "Big5",
        (HAN_ONLY[:14] + "，河水漲了又落，年年如此。").encode("big5", "ignore") * 20,
        error="--encoding, for example big5",
    ),
    Case(
        6,
        "Shift_JIS",
        "川の水位を毎朝しらべて、帳面に書いておく。".encode("shift_jis") * 20,
        error="--encoding, for example big5",
    ),
    Case(
        8,
        "an invalid byte in the middle",
        TEXT[:200].encode() + b"\xff" + TEXT[200:].encode(),
        error=r":\d+: byte \d+ is not utf-8. .*--lossy",
    ),
    Case(
        25,
        "a trailer and nothing else",
        "预览已结束，完整报告见：\nhttps://water.example/1\n",
        error="no text",
    ),
    Case(
        33, "NUL inside good text", page("水位\x00涨了。␠"), error=r":11: control character U\+0000"
    ),
    Case(
        33,
        "ANSI escapes",
        page("\x1b[31m水位\x1b[0m涨了。␠"),
        error=r":11: control character U\+001B",
    ),
    Case(37, "PNG", b"\x89PNG\r\n\x1a\n" + NOISE, error="a PNG picture"),
    Case(37, "gzip", gzip.compress(TEXT.encode(), mtime=0), error="a gzip archive"),
    Case(37, "random bytes", NOISE, error="test: "),
    Case(37, "bytes with NULs everywhere", bytes(range(256)) * 8, error="test: "),
    Case(
        38,
        "an encoding that does not exist",
        TEXT,
        error="Python knows no such encoding",
        options=(("encoding", "klingon"),),
    ),
    Case(
        38,
        "an encoding that decodes nothing",
        TEXT,
        error="Python knows no such encoding",
        options=(("encoding", "undefined"),),
    ),
]

READ = [
    Case(2, "UTF-8 with BOM", b"\xef\xbb\xbf" + page("水涨了。␠").encode(), para("水涨了。"), (("\ufeff", "bom"),)),
    Case(4, "UTF-16 without BOM, Han only", (HAN_ONLY + "。").encode("utf-16-le"), para(HAN_ONLY + "。")),
    Case(6, "Big5, named", page("河水漲了。␠", context=False).encode("big5"), para("河水漲了。"), options=(("encoding", "big5"),)),
    Case(7, "UTF-8 cut in its last character", page("水涨了。␠").encode() + "水".encode()[:2], para("水涨了。"), warned="ends inside a character"),
    Case(8, "an invalid byte, lossy", page("水涨了。␠").encode().replace("水涨了".encode(), b"\xff\xe6\xb6\xa8", 1), para("\ufffd涨。"), warned="became U+FFFD, 1", options=(("lossy", True),)),
    Case(33, "control characters, lossy", page("水\x00涨\x1b了。␠"), para("水\ufffd涨\ufffd了。"), warned="became U+FFFD, 2", options=(("lossy", True),)),
    Case(10, "form feed alone on a line in mid-sentence", page(OPEN, "\f", ON, "终于漫过了石阶。␠"), para(JOINED)),
    Case(10, "form feed at the start of a line", page(OPEN, "\f" + ON, "终于漫过了石阶。␠"), para(JOINED)),
    Case(10, "form feed inside a line", page(OPEN, ON[:16] + "\f" + ON[16:], "终于漫过了石阶。␠"), para(JOINED)),
    Case(11, "U+2029 ends a paragraph", page(OPEN + "\u2029" + "涨上来。␠"), para(OPEN, "涨上来。")),
    Case(11, "U+2028, NEL, VT and U+001C end a line", page("\u2028".join([OPEN, ON, "终于漫过了石阶。␠"])), para(JOINED)),
    Case(11, "NEL", page("\x85".join([OPEN, ON, "终于漫过了石阶。␠"])), para(JOINED)),
    Case(11, "VT", page("\x0b".join([OPEN, ON, "终于漫过了石阶。␠"])), para(JOINED)),
    Case(11, "U+001C", page("\x1c".join([OPEN, ON, "终于漫过了石阶。␠"])), para(JOINED)),
    Case(18, "enumeration with a gap, ten and more", page("要点：␠", *(f"{n}.甲{n}乙。水涨了。␠" for n in (1, 2, 4, 10, 11))), (("lead-in", "要点："), *((f"item {n}", f"{n}.甲{n}乙。水涨了。") for n in (1, 2, 4, 10, 11)))),
    Case(18, "enumeration that restarts", page("1.甲。␠", "2.乙。␠", "又说一遍。␠", "1.丙。␠"), (("item 1", "1.甲。"), ("item 2", "2.乙。"), ("para", "又说一遍。"), ("item 1", "1.丙。"))),
    Case(18, "headings that look like items", page("1.水位的涨落␠", "记下来。␠", "2.水色的变化␠", "也记下来。␠"), (("h3", "1.水位的涨落"), ("para", "记下来。"), ("h3", "2.水色的变化"), ("para", "也记下来。"))),
    Case(19, "a heading over two lines", page("2.1 河口地区十年间水位与水色的变化以及沿河居民所作的", "记录␠", "记下来。␠"), (("h2", "2.1 河口地区十年间水位与水色的变化以及沿河居民所作的记录"), ("para", "记下来。"))),
    Case(19, "a heading right below a header", page(OPEN, "", "", "", "", "7␠", HEADER + "␠", ON, "终于漫过了石阶。␠", "", "", "", "", "8␠", HEADER + "␠", "2.1 水位␠", "记下来。␠", "", "", "", "", "9␠", HEADER + "␠", "再记。␠"),
         (("para", JOINED), ("h2", "2.1 水位"), ("para", "记下来。"), ("para", "再记。")), tuple(pair for n in "789" for pair in ((n, "page-number"), (HEADER, "running-header")))),
    Case(20, "two headings alike", page("2.1 水位␠", "记下来。␠", "2.2 水位␠", "再记。␠", "2.2 水位␠", "三记。␠"), tuple(pair for text, said in (("2.1 水位", "记下来。"), ("2.2 水位", "再记。"), ("2.2 水位", "三记。")) for pair in (("h2", text), ("para", said)))),
    Case(21, "header and footer on both sides of a break in mid-sentence", page(OPEN, "", "", "", "", "内部资料␠", "7␠", HEADER + "␠", ON, "终于漫过了石阶。␠"), para(JOINED), (("内部资料", "running-footer"), ("7", "page-number"), (HEADER, "running-header"))),
    Case(21, "a blank page, its number on its own", page(OPEN, "\f", "7␠", "\f", "8␠", "\f" + ON, "终于漫过了石阶。␠"), para(JOINED), (("7", "page-number"), ("8", "page-number"))),
    Case(22, "a page number stuck to the text", page(whole("2中国的河流，水位一天天"), "都记在册上。␠"), para(whole("2中国的河流，水位一天天") + "都记在册上。"), warned="page number stuck"),
    Case(23, "a header that differs by page", page(OPEN, "\f3  水务年报␠", ON, "终于漫过了石阶。␠"), para(JOINED), (("3  水务年报", "running-header"),)),
    Case(23, "a header equal to a heading: the heading stays", page("2.1 水位␠", OPEN, "\f2.1 水位␠", ON, "终于漫过了石阶。␠"), (("h2", "2.1 水位"), ("para", JOINED)), (("2.1 水位", "running-header"),)),
    Case(24, "a line of the text equal to the header", page(OPEN, "\f3␠", HEADER + "␠", ON, "终于漫过了石阶。␠", HEADER + "␠", "说的就是它。␠"), (("para", JOINED), ("para", HEADER), ("para", "说的就是它。")), (("3", "page-number"), (HEADER, "running-header"))),
    Case(25, "a trailer in the middle", page("水涨了。␠", "预览已结束，完整报告见：␠", "https://water.example/1␠", "水又落了。␠"), (("para", "水涨了。"), ("lead-in", "预览已结束，完整报告见："), ("para", "https://water.example/1"), ("para", "水又落了。")), warned="trailer?"),
    Case(25, "an address broken over lines", page(full("见 https://water.example/report?"), "id=1&page=2 一文。␠"), para(full("见 https://water.example/report?") + "id=1&page=2 一文。")),
    Case(26, "a list that ends in nothing", page("甲方守堤␠", "乙方看闸␠", "丙方记录␠"), para("甲方守堤", "乙方看闸", "丙方记录")),
    Case(26, "a list with full stops", page("甲方守堤。␠", "乙方看闸。␠"), para("甲方守堤。", "乙方看闸。")),
    Case(26, "nested items", page("1.守堤。␠", "（1）早上一次。␠", "（2）晚上一次。␠", "2.看闸。␠"), (("item 1", "1.守堤。"), ("item （1）", "（1）早上一次。"), ("item （2）", "（2）晚上一次。"), ("item 2", "2.看闸。"))),
    Case(27, "a quotation over two paragraphs, never closed", page("他说：“水涨了。␠", "“水又落了。␠"), para("他说：“水涨了。", "“水又落了。"), warned="not in pairs"),
    Case(27, "quotations inside quotations", page("《「河」与『堤』》一书说“水‘涨’了”。␠"), para("《「河」与『堤』》一书说“水‘涨’了”。")),
    Case(28, "a table, and a year alone", page("年份  水位  水色␠", "2010  3.5  清␠", "2011  4.1  浊␠", "2010␠"), (("row", "年份  水位  水色"), ("row", "2010  3.5  清"), ("row", "2011  4.1  浊"), ("para", "2010")), warned="11 table? lines 11 to 15 stay a paragraph each"),
    Case(28, "tabs", page("甲\t1\t2␠", "乙\t3\t4␠"), (("row", "甲\t1\t2"), ("row", "乙\t3\t4")), warned="table?"),
    Case(28, "a column of numbers", page("水位如下。␠", "3.5␠", "4.1␠", "5.0␠"), (("para", "水位如下。"), ("row", "3.5"), ("row", "4.1"), ("row", "5.0")), warned="table?"),
    Case(29, "notes at the end of a page", page("水涨了。␠", "① 据值守记录。␠", "[2] 据县志。␠", "水又落了。␠"), (("para", "水涨了。"), ("item ①", "① 据值守记录。"), ("reference", "[2] 据县志。"), ("para", "水又落了。")), warned="note?"),
    Case(30, "emoji and Han beyond the first plane", page(full("河边有人放😀"), "𠀀𠀁𠮷野家。␠"), para(full("河边有人放😀") + "𠀀𠀁𠮷野家。")),
    Case(30, "right-to-left", page("שלום עולם۔␠"), para("שלום עולם۔")),
    Case(31, "traditional characters", page("河水漲了，沒有人慌張。␠"), para("河水漲了，沒有人慌張。")),
    Case(31, "full-width digits in a heading", page("２．１　水位␠", "记下来。␠"), (("h2", "２．１　水位"), ("para", "记下来。"))),
    Case(31, "Kangxi radicals in a heading", page("⼆、 ⽔位␠", "记下来。␠"), (("h1", "⼆、 ⽔位"), ("para", "记下来。")), warned="radical or compatibility form U+2F06"),
    Case(31, "ideographic zero, private use, U+FFFD", page("二〇一〇年，\ue000与\ufffd。␠"), para("二〇一〇年，\ue000与\ufffd。"), warned="private-use character U+E000"),
    Case(32, "an indent of U+3000 begins a paragraph", page(OPEN, "\u3000\u3000" + "涨上来。␠"), para(OPEN, "涨上来。")),
    Case(32, "NBSP and tabs outside", page("\u00a0\t水涨了。\u00a0"), para("水涨了。")),
    Case(34, "remarks in code", page("# 记下水位␠", "level = 3␠", "# 记下水色␠"), para("# 记下水位", "level = 3", "# 记下水色")),
    Case(32, "zero-width characters", page("水\u200b涨\u2060了\ufeff。␠"), para("水\u200b涨\u2060了\ufeff。"), warned="invisible character U+200B"),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case.number} {case.name}")
def test_refused(case):
    """What is no text ends in one line that says what it is and what to do."""
    with pytest.raises(BookError, match=case.error) as caught:
        if not read(case.text, **dict(case.options)).units:
            raise BookError("no text")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("case", READ, ids=lambda case: f"{case.number} {case.name}")
def test_read(case):
    """Whatever stands in the text comes out as the units that a reader would see, in its own
    characters.
    """
    reading = read(case.text, **dict(case.options))
    found = (
        inner(reading)
        if CONTEXT[0] in reading.units[0].text
        else [(unit.role, unit.text) for unit in reading.units]
    )
    assert (found, furniture(reading)) == (list(case.units), list(case.dropped))


@pytest.mark.parametrize(
    "case", [case for case in READ if case.warned], ids=lambda case: f"{case.number} {case.name}"
)
def test_warned(case):
    """What somebody should look at is said, with its line."""
    assert case.warned in " ".join(
        f"{line} {said}" for line, said in warnings(case.text, **dict(case.options))
    )


LONG = {
    "one line of 1 MB": "水位涨了，" * 70_000,
    "one address of 1 MB": "http://" + "a" * 1_000_000,
    "1 MB of dots": "." * 1_000_000,
    "1 MB of blanks between two words": "甲" + " " * 1_000_000 + "乙",
    "1 MB of digits": "1" * 1_000_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_lines(name):
    """Case 35: a line of a megabyte comes back as it was; a pattern that looked at it twice for
    each character would not end.
    """
    assert texts(read(LONG[name] + "\n")) == [LONG[name]]


MANY = {
    "normal lines": lambda size: TEXT * size,
    "lines of one character": lambda size: "水\n" * 100 * size,
    "headings": lambda size: "".join(
        f"{number // 100 + 1}.{number % 100 + 1} 水位\n" for number in range(100 * size)
    ),
    "headings all alike": lambda size: "1.1 水位\n" * 100 * size,
    "headings and items in one section": lambda size: (
        "1.1 水位\n" + "1.水色\n水色也记。\n1.看闸。\n" * 50 * size
    ),
    "captions in mid-sentence": lambda size: (OPEN + "\n图一  水位\n") * 100 * size,
    "rows of a table": lambda size: "甲  1  2\n" * 100 * size,
    "numbers at page marks": lambda size: "".join(
        f"水位涨了。\n\f{number}\n" for number in range(100 * size)
    ),
    "headers in a row": lambda size: (
        (OPEN + "\n") * 300 * size + (HEADER + "\n" + HEADER + "\n" * 5) * 100 * size
    ),
    "headers in mid-sentence": lambda size: "".join(
        f"{OPEN}\n\f{HEADER}\n{ON}\n" for _ in range(50 * size)
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_growth(name):
    """Case 35: ten times the text is ten times the work, whatever the text is like."""
    assert growth(warnings, *(MANY[name](size) for size in (2, 20))) < 10.5
