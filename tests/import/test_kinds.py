"""Kinds of paper that real extractions brought: each in made-up words, with what a reader would see
in it.
"""

from dataclasses import dataclass

import pytest

from extract import wrap
from imports import FILLER, furniture, read

WIDTH = 60  # cells
LINE = FILLER[:28] + "，"


def body(start: str, lines: int = 4) -> str:
    """A paragraph that begins so and takes about so many lines."""
    return start + LINE * (lines - 1) + "至今如此。"


def rows(text: str, indent: int = 4) -> str:
    """The printed lines of a paragraph, its indent lost."""
    return "\n".join(wrap(text, WIDTH, indent)) + "\n"


ONE, TWO, THREE, FOUR = (
    body(start, 6) for start in ("春天水浅，", "夏天水涨，", "秋天水落，", "冬天水清，")
)
CUT = wrap(ONE, WIDTH, 4)
HALVES = "\n".join(CUT[:3]) + "\n", "\n".join(CUT[3:]) + "\n"  # of ONE, at a page's end
HEAD = "某县水务发展白皮书（2024 年）"


@dataclass(frozen=True)
class Kind:
    name: str
    text: str
    units: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...] = ()


def paras(*texts: str) -> tuple[tuple[str, str], ...]:
    return tuple(("para", text) for text in texts)


KINDS = [
    Kind(
        "chapters with a number and no stop",
        "某县水务\n"
        + "".join(f"{head}\n{rows(text)}" for head, text in zip(("1 水位", "2 水色", "2.1 清水", "3 日起涨水"), (ONE, TWO, THREE, FOUR))),
        (("title", "某县水务"), ("h1", "1 水位"), ("para", ONE), ("h1", "2 水色"), ("para", TWO), ("h2", "2.1 清水"), ("para", THREE), ("para", "3 日起涨水"), ("para", FOUR)),
    ),
    Kind(
        "a header that ends in a bracket",
        "\f".join(f"{HEAD}\n\n{rows(text)}\n{at}\n" for at, text in enumerate((ONE, TWO, THREE, FOUR), 1)),
        (("title", HEAD), *paras(ONE, TWO, THREE, FOUR)),
        ("1", HEAD, "2", HEAD, "3", HEAD, "4"),
    ),
    Kind(
        "a form with two labels in a line",
        f"题目： 河道的水与岸\n学生姓名： 林渡    学号： 20190412\n\f{rows(ONE)}{rows(TWO)}",
        (("title", "河道的水与岸"), ("byline", "林渡"), *paras(ONE, TWO)),
        ("题目：", "学生姓名：", "学号： 20190412"),
    ),
    Kind(
        "a title behind the contents",
        "目 录\n一、水位 ............ 1\n（一）测量 ............ 2\n二、水色 ............ 3\n\n某县水务\n林渡  周砚秋\n"
        + rows(ONE) + "一、水位\n（一）测量\n" + rows(TWO),
        (("title", "某县水务"), ("byline", "林渡  周砚秋"), ("para", ONE), ("h1", "一、水位"), ("h3", "（一）测量"), ("para", TWO)),
        ("目 录", "一、水位 ............ 1", "（一）测量 ............ 2", "二、水色 ............ 3"),
    ),
    Kind(
        "a paragraph without a stop, then a heading, around page numbers",
        rows(TWO) + "\n".join(CUT[:3]) + "\n日夜不停\n\n39\n\n（一）值守的人\n" + rows(THREE) + "\n40\n\n\n" + rows(FOUR) + "\n41\n",
        (("para", TWO), ("para", "".join(CUT[:3]) + "日夜不停"), ("h3", "（一）值守的人"), *paras(THREE, FOUR)),
        ("39", "40", "41"),
    ),
    Kind(
        "a note at a page's end, its number in mid-sentence",
        rows(TWO) + HALVES[0] + "1 不含沿海各镇\n18\n" + HALVES[1] + rows(THREE),
        (*paras(TWO, ONE, "1 不含沿海各镇"), ("para", THREE)),
        ("18",),
    ),
    Kind(
        "cells with gaps between them",
        rows(ONE) + "地区\n\n\n\n水位\n\n\n\n上游\n\n\n\n1 250\n\n\n\n下游\n\n\n\n860\n\n\n\n" + rows(TWO),
        paras(ONE, "地区", "水位", "上游", "1 250", "下游", "860", TWO),
    ),
    Kind(
        "a blank line above headings only",
        "一、水位\n\n（一）测量\n" + rows(ONE) + rows(TWO) + "\n（二）记录\n" + rows(THREE) + "\n二、水色\n\n1.看色\n" + rows(FOUR),
        (("h1", "一、水位"), ("h3", "（一）测量"), *paras(ONE, TWO), ("h3", "（二）记录"), ("para", THREE), ("h1", "二、水色"), ("h3", "1.看色"), ("para", FOUR)),
    ),
    Kind(
        "a numbered paragraph with a full first line",
        "二、水色\n" + rows(ONE) + rows(text := body("一、水色直接说明了上游的情形", 3), 0) + rows(TWO),
        (("h1", "二、水色"), *paras(ONE, text, TWO)),
    ),
    Kind(
        "the last page's number",
        rows(ONE) + "\n1\n\n\n" + rows(TWO) + "\n2\n\n\n" + rows(THREE) + "\n3\n",
        paras(ONE, TWO, THREE),
        ("1", "2", "3"),
    ),
    Kind(
        "numbers without any page mark",
        "".join(f"{rows(body(start, 6))}{at}\n" for at, start in enumerate(("甲年，", "乙年，", "丙年，"), 1)),
        paras(*(body(start, 6) for start in ("甲年，", "乙年，", "丙年，"))),
        ("1", "2", "3"),
    ),
    Kind(
        "a table below its caption",
        rows(ONE) + "表 1 各段水位\n河段    站数    水位\n上游    32    12\n下游    18    8\n" + rows(TWO),
        (("para", ONE), ("caption", "表 1 各段水位"), ("row", "河段    站数    水位"), ("row", "上游    32    12"), ("row", "下游    18    8"), ("para", TWO)),
    ),
    Kind(
        "articles",
        "水务条例\n\n第一章 总则\n第 1 条 目的\n" + rows(ONE) + "(a)第一种情形；\n(b)第二种情形。\n第 2 条 范围\n" + rows(TWO),
        (("title", "水务条例"), ("h1", "第一章 总则"), ("h3", "第 1 条 目的"), ("para", ONE), ("item a", "(a)第一种情形；"), ("item b", "(b)第二种情形。"), ("h3", "第 2 条 范围"), ("para", TWO)),
    ),
    Kind(
        "a paragraph that begins with a sign",
        rows(text := body("#水位#是个好词，")) + rows(TWO),
        paras(text, TWO),
    ),
    Kind(
        "contents without leaders",
        "某县水务\n\n目录\n一、水位 1\n（一）测量 1\n（二）记录 4\n二、水色 8\n\n一、水位\n（一）测量\n" + rows(ONE) + "二、水色\n" + rows(TWO),
        (("title", "某县水务"), ("h1", "一、水位"), ("h3", "（一）测量"), ("para", ONE), ("h1", "二、水色"), ("para", TWO)),
        ("目录", "一、水位 1", "（一）测量 1", "（二）记录 4", "二、水色 8"),
    ),
    Kind(
        "一、 below chapters, chapters below parts",
        "第一编 河\n第一章 来历\n一、旧时\n" + rows(ONE) + "二、今日\n" + rows(TWO) + "第二章 去向\n一、近处\n" + rows(THREE),
        (("h1", "第一编 河"), ("h2", "第一章 来历"), ("h3", "一、旧时"), ("para", ONE), ("h3", "二、今日"), ("para", TWO), ("h2", "第二章 去向"), ("h3", "一、近处"), ("para", THREE)),
    ),
    Kind(
        "an outline of chapters below 一、",
        "一、提纲\n第一章 来历\n" + rows(ONE) + "二、文献\n" + rows(TWO),
        (("h1", "一、提纲"), ("h2", "第一章 来历"), ("para", ONE), ("h1", "二、文献"), ("para", TWO)),
    ),
    Kind(
        "a contents whose entries take up to three lines",
        "目录\n一、\n水位和它的\n来历 ............ 1\n二、水色\n............ 9\n三、河堤 ............ 12\n\n某县水务\n" + rows(ONE) + "一、水位和它的来历\n" + rows(TWO),
        (("title", "某县水务"), ("para", ONE), ("h1", "一、水位和它的来历"), ("para", TWO)),
        ("目录", "一、", "水位和它的", "来历 ............ 1", "二、水色", "............ 9", "三、河堤 ............ 12"),
    ),
    Kind(
        "a list whose items have no end, and headings over a list and a caption",
        rows(ONE) + "要看的有：\n1.水位\n2.水色\n3.河堤\n\n" + rows(TWO) + "\n1.量水的办法\n（1）早上量一次。\n（2）晚上量一次。\n\n2.各段的水位\n表 1 各段水位\n" + rows(THREE),
        (("para", ONE), ("lead-in", "要看的有："), ("item 1", "1.水位"), ("item 2", "2.水色"), ("item 3", "3.河堤"), ("para", TWO), ("h3", "1.量水的办法"), ("item （1）", "（1）早上量一次。"), ("item （2）", "（2）晚上量一次。"), ("h3", "2.各段的水位"), ("caption", "表 1 各段水位"), ("para", THREE)),
    ),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kind(kind):
    """Headings are headings, paragraphs whole, furniture gone, and nothing else is."""
    reading = read(kind.text)
    found = tuple((unit.role, unit.text) for unit in reading.units)
    assert (found, tuple(text for text, _ in furniture(reading))) == (kind.units, kind.dropped)


def test_signs_in_mid_sentence():
    """A raised number that stands on a line of its own takes no line of the text with it."""
    text = rows(TWO) + HALVES[0] + "共有六百二十六次\n1\n" + HALVES[1] + rows(THREE)
    assert furniture(read(text)) == []


def test_a_note_before_a_chapter():
    """Notes at the foot of pages stay, addresses over two lines whole, and so do the headings
    below them.
    """
    note = "1 参见公告，见 https://water.example/notice/2021/0\n3/detail.html\n"
    pages = [f"{name}：以水为先\n{rows(text)}{note}{at}\n\n\n" for at, (name, text) in enumerate(zip("甲乙丙", (ONE, TWO, THREE)), 1)]  # fmt: skip
    reading = read("".join(pages) + rows(FOUR))
    said = [unit.text for unit in reading.units]
    assert [text for text in said if text.endswith("以水为先")] == ["甲：以水为先", "乙：以水为先", "丙：以水为先"]  # fmt: skip
    assert sum(text.endswith("2021/03/detail.html") for text in said) == 3
    assert [text for text, _ in furniture(reading)] == ["1", "2", "3"]
