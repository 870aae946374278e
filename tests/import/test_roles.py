"""What is a heading, and of which level, by how it is set and by what stands beside it."""

import pytest

from manuscript.roles import classify
from manuscript.units import Look, Span, Unit

TEXT = "沿河的居民每天清早到堤上走一走，记下水位和水色，回来交给值守的人存档备查。" * 3
BODY = (1.0, False, TEXT, "para")

CASES = {  # (size, bold or another face, text, role) of each unit
    "a cover within the text": [
        (1.0, False, "关键词：水位，水色", "para"),
        (1.5, True, "某某大学", "para"),
        (1.5, True, "水位研究", "para"),
        (1.5, True, "摘要", "h1"),
        BODY,
        (1.5, True, "Research on Water Levels", "para"),
        (1.5, True, "Abstract", "h1"),
        BODY,
        (1.5, True, "某地水务署印制", "para"),
    ],
    "an English title, names and abstract": [
        BODY,
        (1.5, True, "Water and its Colours", "h4"),
        (1.2, False, "LIN Du，ZHOU Yan-qiu", "para"),
        (0.8, False, "(Institute of Rivers)", "para"),
        (1.0, False, "Abstract: " + "Each morning they go along the dyke. " * 5, "para"),
        (1.5, True, "1 水位", "h1"),
        BODY,
    ],
    "a declaration set larger than the text": [
        (1.5, True, "原创性声明", "h1"),
        (1.17, False, "本人郑重声明：所写均由本人独立完成，凡引用他人之处", "para"),
        (1.17, False, "都已注明，别无其他。", "para"),
        (1.17, False, "日期：  年  月  日", "para"),
        (1.5, True, "第一章 绪论", "h1"),
        BODY,
    ],
    "what is said behind a label": [
        (1.5, True, "摘要", "h1"),
        BODY,
        (1.2, True, "关键词：水位，水色", "para"),
        (1.2, True, "写信地址　dyke@river.example", "para"),
        BODY,
        (1.5, True, "第一章 绪论", "h1"),
        BODY,
    ],
    "a last sentence that names an address, and one before it": [
        (1.5, True, "1 水位", "h1"),
        BODY,
        (1.0, False, "把堤上的水尺一根根看过去，逐根记下水位和水色，回来写在册上，", "para"),
        (1.0, False, "再到 www.river.example 看昨天的记录。", "para"),
    ],
    "two last sentences without a stop": [
        (1.5, True, "1 水位", "h1"),
        BODY,
        (1.0, False, "把堤上的水尺一根根看过去，逐根记下水位和水色，回来写在册上", "para"),
        (1.0, False, "再把昨天的记录拿来对照，看哪一根水尺的水位高出了昨天", "para"),
    ],
    "a last stop of full width": [
        (1.5, True, "1 水位", "h1"),
        BODY,
        (1.0, False, "林渡，周砚秋．水位的来历与去处［Ｊ］．堤上，2015，32(1)：1－13．", "para"),
    ],
    "dates of a sample page": [
        (1.5, True, "1 水位", "h1"),
        BODY,
        (1.5, True, "中華民國一一○年六月", "para"),
        BODY,
        (1.5, True, "June 2021", "para"),
        BODY,
    ],
    "blanks of a form": [
        (1.5, True, "1 水位", "h1"),
        BODY,
        (1.2, False, "交表日___年___月___日", "para"),
        BODY,
    ],
    "formulas and remarks in code": [
        (1.5, True, "1 水位", "h1"),
        BODY,
        (1.2, False, "w w ]", "para"),
        (1.2, False, "h = 3t + 5", "para"),
        (0.9, True, "// 记下水位", "para"),
        (0.9, False, "level = 3", "para"),
        (1.0, False, "4.729 4.729", "para"),
    ],
    "a number above its title": [
        (3.0, False, "01", "h1"),
        (1.5, True, "水位", ""),
        BODY,
        (3.0, False, "02", "h1"),
        (1.5, True, "水色", ""),
        BODY,
    ],
    "numbers of sections in lines of their own": [
        (1.0, False, "第一章", "h1"),
        (1.0, False, "水位", ""),
        (1.0, False, "第一节", "h2"),
        (1.0, False, "水尺", ""),
        BODY,
    ],
    "letters and kinds of appendices in lines of their own": [
        (1.0, True, "附录A", "h1"),
        (1.0, True, "（规范性）", ""),
        (1.0, True, "水尺的刻度", ""),
        BODY,
        (1.0, True, "附录B", "h1"),
        (1.0, True, "B.1 水色", "h2"),
        BODY,
        (1.0, True, "附录", "h1"),
        (1.0, True, "致谢", "h1"),
        BODY,
    ],
    "titles in two languages": [
        (1.5, True, "水位", "h1"),
        (0.9, False, "Water Levels", ""),
        BODY,
        (1.5, True, "水色", "h1"),
        (0.9, False, "Water and Its Colours", ""),
        BODY,
    ],
    "English titles of parts": [
        (1.5, True, "水尺", "h1"),
        (1.2, True, "Staff Gauge", "h2"),
        BODY,
        (1.2, True, "Float Gauge", "h2"),
        BODY,
        (1.5, True, "渡船", "h1"),
        (1.2, True, "Cable Ferry", "h2"),
        BODY,
    ],
    "notes at the end of each chapter": [
        (1.5, True, "第一章 水位", "h1"),
        BODY,
        (1.0, False, "注　释", "h3"),
        BODY,
        (1.5, True, "第二章 水色", "h1"),
        BODY,
        (1.0, False, "注　释", "h3"),
        BODY,
        (1.5, True, "第三章 水温", "h1"),
        BODY,
        (1.0, False, "注　释", "h3"),
        BODY,
    ],
    "parts of a plan before the chapters": [
        (1.0, False, "第一部分 收集资料", "h1"),
        (1.0, False, "第二部分 撰写论文", "h1"),
        (1.5, True, "第1章 绪论", "h1"),
        BODY,
        (1.2, True, "第一节 来历", "h2"),
        BODY,
        (1.0, True, "一、旧时", "h3"),
        BODY,
    ],
    "a running header that stayed": [
        (1.5, True, "第一章 水位", "h1"),
        BODY,
        (0.9, False, "第一章 水位", "para"),
        BODY,
    ],
    "radicals in place of characters": [
        (1.5, True, "1 引⾔", "h1"),
        BODY,
        (1.5, True, "⾃　序", "h1"),
        BODY,
    ],
    "a running header that stands once": [
        (0.8, False, "致谢", "para"),
        (1.5, True, "致　谢", "h1"),
        BODY,
    ],
    "words of a chart, and a caption without a number": [
        (1.0, True, "来历", "h4"),
        BODY,
        (0.8, True, "使用率", "para"),
        (0.8, False, "80", "para"),
        (0.9, True, "图 水位与水色", "para"),
        BODY,
    ],
    "labels of a form, and the number of a file": [
        (1.5, True, "办法", "h1"),
        (1.2, True, "某工学〔2025〕9号", "para"),
        BODY,
        (1.2, True, "论文题目", "para"),
        (1.2, True, "关键词", "para"),
        BODY,
    ],
    "the number of a tender": [
        (1.5, True, "办法", "h1"),
        BODY,
        (1.2, True, "招标编号：水务2026-047", "para"),
        BODY,
    ],
    "steps with bullets below": [
        (1.0, False, "1. 打开水尺", "item 1"),
        (1.0, False, "• 右手", "item •"),
        (1.0, False, "2. 记下水位", "item 2"),
        (1.0, False, "• 早上", "item •"),
        (1.0, False, "3. 合上水尺", "item 3"),
        BODY,
    ],
    "no other chapters": [
        (1.0, False, "1. 来历", "h1"),
        BODY,
        (1.0, False, "2. 水位", "h1"),
        BODY,
        (1.5, True, "参考文献", "h1"),
        BODY,
    ],
    "a sentence that begins with a chapter": [
        (1.5, True, "1 水位", "h1"),
        BODY,
        (
            1.0,
            False,
            "第五章在河水涨落的方程上添加守堤人的信息.守堤人要求水位的样本一年一报",
            "para",
        ),
        (1.5, True, "2 水色", "h1"),
        BODY,
    ],
    "a date in words": [
        (1.5, True, "二 0 一八 年 三 月 十三 日", "para"),
        BODY,
    ],
    "headings that hold a list": [
        (1.5, True, "一、来历", "h1"),
        (1.0, False, "1. 水位", "h3"),
        BODY,
        (1.0, False, "1. 立尺", "item 1"),
        (1.0, False, "2. 读尺", "item 2"),
        (1.0, False, "3. 收尺", "item 3"),
        BODY,
        (1.0, False, "2. 水色", "h3"),
        BODY,
    ],
    "sentences over formulas": [
        (1.0, False, "1. 称水位为高，若有三尺以上使得", "item 1"),
        (1.0, False, "h = 3t + 5", "para"),
        (1.0, False, "2. 称水位为低，若有一尺以下使得", "item 2"),
        (1.0, False, "h = 3t + 2", "para"),
    ],
    "numbers without a stop above numbers with one": [
        (1.7, True, "一 前端", "h1"),
        (1.4, True, "1. 总体介绍", "h2"),
        BODY,
        (1.2, True, "爬取文件", "h3"),
        BODY,
        (1.7, True, "二 后端", "h1"),
        (1.4, True, "1. 通信", "h2"),
        BODY,
    ],
    "counts that begin below chapters without a number": [
        (1.7, True, "堤岸", "h1"),
        (1.4, True, "一、来历", "h2"),
        BODY,
        (1.4, True, "二、去处", "h2"),
        BODY,
        (1.7, True, "渡船", "h1"),
        (1.4, True, "一、木料", "h2"),
        (1.0, True, "（一）选木", "h3"),
        BODY,
    ],
    "a list of annexes": [
        (1.0, True, "一、来历", "h1"),
        BODY,
        (1.0, False, "附件：1.渡船清单", "item 1"),
        (1.0, False, "2.木料清单", "item 2"),
        BODY,
    ],
    "headings in another face": [
        (1.0, "Hei", "1 水位", "h1"),
        BODY,
        (1.0, "Hei", "2 水色", "h1"),
        (1.0, "Hei", "2.1 看色", "h2"),
        BODY,
        (1.0, "Hei", "值守的人", "h4"),
        BODY,
        (1.0, "Hei", "表 1 水色", "caption"),
        BODY,
    ],
    "lines in another face that head nothing": [
        (1.0, "Kai", "春水初生", "para"),
        (1.0, "Kai", "春林初盛", "para"),
        (1.0, "Kai", "春风十里", "para"),
        (1.0, "Kai", "不如堤上", "para"),
        BODY,
        (1.0, "Hei", "记于渡口", "para"),
        BODY,
        (1.0, "Kai", TEXT, "para"),
        BODY,
    ],
    "bold lines over lists and over each other": [
        *[(1.0, True, "水位", "h4"), BODY] * 3,
        (1.0, True, "渡口", "h4"),
        (1.0, True, "守堤", "h4"),
        BODY,
        (1.0, True, "用具", "h4"),
        (1.0, False, "• 水尺", "item •"),
        (1.0, False, "• 账册", "item •"),
        (1.0, True, "水务署", "para"),
        (1.0, True, "水文站", "para"),
        (1.0, True, "渡口", "para"),
    ],
    "terms and what they are called in English": [
        (1.0, True, "水尺 river gauge", "para"),
        BODY,
    ],
    "a list whose numbers are those of chapters": [
        (1.0, True, "1. 来历", "h1"),
        (1.0, True, "1.1 旧时", "h2"),
        BODY,
        (1.0, True, "1. 立尺", "h3"),
        BODY,
        (1.0, True, "2. 水位", "h1"),
        (1.0, True, "2.1 测量", "h2"),
        BODY,
        (1.0, True, "3. 水色", "h1"),
        BODY,
    ],
    "notes beside the sections of each chapter": [
        (1.5, True, "第一章 水位", "h1"),
        (1.2, True, "第一节 测量", "h2"),
        BODY,
        (1.0, True, "注　释", "h2"),
        BODY,
        (1.5, True, "第二章 水色", "h1"),
        BODY,
        (1.0, True, "注　释", "h2"),
        BODY,
        (1.5, True, "第三章 水温", "h1"),
        BODY,
        (1.0, True, "注　释", "h2"),
        BODY,
    ],
    "clauses of an annex, and points": [
        (1.0, True, "附录 A", "h1"),
        (1.0, False, "A.1 用尺", "h2"),
        BODY,
        (1.0, False, "27.4 分，比去年多", "para"),
        BODY,
    ],
    "chapters that are only named": [
        (1.5, True, "第一章 水位", "h1"),
        BODY,
        (1.0, False, "第一章 水位", "para"),
        (1.0, False, "第二章 水色及其他", "para"),
        (1.0, False, "第三章 水温", "para"),
        BODY,
        (1.5, True, "第二章 水色", "h1"),
        BODY,
        (1.5, True, "第三章 水温", "h1"),
        BODY,
    ],
    "numbers of two systems": [
        (1.5, True, "第一章 水位", "h1"),
        (1.2, True, "1. 测量", "h2"),
        (1.1, True, "1.1 用尺", "h3"),
        BODY,
        (1.2, True, "2. 记录", "h2"),
        BODY,
        (1.5, True, "水尺一览", "h2"),
        BODY,
        (1.5, True, "第二章 水色", "h1"),
        (1.2, True, "1. 测量", "h2"),
        (1.1, True, "1.1 用瓶", "h3"),
        BODY,
        (1.5, True, "附件 水瓶", "h1"),
        BODY,
    ],
    "steps below 2.1.2": [
        (1.5, True, "第二章 水位", "h1"),
        (1.2, True, "2.1 测量", "h2"),
        (1.0, True, "2.1.1 用尺", "h3"),
        (1.0, False, "1. 立尺", "h3"),
        BODY,
        (1.0, False, "2. 读尺", "h3"),
        BODY,
        (1.0, True, "2.1.2 用绳", "h3"),
        BODY,
    ],
}


def units(rows: list[tuple[float, bool | str, str, str]]) -> list[Unit]:
    return [
        Unit(
            text,
            (Span(at, at, text),),
            look=Look(size, face is True, "" if face is True else face or ""),
        )
        for at, (size, face, text, _) in enumerate(rows)
    ]


def test_what_the_contents_names_once():
    """What a heading says is none where it stands again, as in a running header."""
    rows = [(1.5, True, "守堤办法", "h1"), BODY, (1.0, False, "守堤办法", "para")]
    rows += [(1.5, True, "渡船办法", "h1"), BODY]
    read = classify(units(rows), {"守堤办法": 1, "渡船办法": 1})
    assert [unit.role for unit in read] == [role for *_, role in rows]


LISTED = [  # set as the text; roles where the contents tells how deep, and where it does not
    (1.0, False, "守堤的人", "h1", "h4"),
    (1.0, False, "巡堤", "h2", "h4"),
    (*BODY, "para"),
    (1.0, False, "1 水位", "h1", "h1"),
    (1.0, False, "水位一年一报", "para", "para"),
    (*BODY, "para"),
]


@pytest.mark.parametrize("told", [True, False])
def test_what_the_contents_names(told):
    """It is a heading, though it is set as the text."""
    listed = {"守堤的人": 1, "巡堤": 2, "1水位": 1}
    read = classify(
        units([row[:4] for row in LISTED]), {name: at * told for name, at in listed.items()}
    )
    assert [unit.role for unit in read] == [row[3 + (not told)] for row in LISTED]


LEFT_OUT = {  # of the contents
    "titles in two languages": [
        (1.5, True, "守堤办法", "h1"),
        BODY,
        (1.5, True, "渡船办法", "h1"),
        (0.9, False, "The Ferries", ""),
        BODY,
        (1.5, True, "水尺一览", "h2"),
        (0.9, False, "Staff Gauges", ""),
        BODY,
    ],
    "parts of unnumbered chapters": [
        (1.5, True, "守堤办法", "h1"),
        BODY,
        (1.5, True, "水尺一览", "h2"),
        BODY,
        (1.5, True, "渡船办法", "h1"),
        BODY,
    ],
    "the first chapters with a number": [
        (1.5, True, "守堤办法", "h1"),
        BODY,
        (1.5, True, "一、来历", "h1"),
        BODY,
        (1.5, True, "二、去处", "h1"),
        BODY,
    ],
    "chapters that begin anew": [
        (1.5, True, "守堤办法", "h1"),
        (1.2, True, "第一章 总则", "h2"),
        BODY,
        (1.5, True, "渡船办法", "h1"),
        (1.2, True, "第一章 总则", "h2"),
        BODY,
        (1.2, True, "第二章 修船", "h2"),
        BODY,
    ],
    "forms behind the last chapter": [
        (1.5, True, "第一章 总则", "h1"),
        BODY,
        (1.5, True, "附件 船名", "h2"),
        BODY,
        (1.5, True, "参考文献", "h1"),
        BODY,
    ],
}


@pytest.mark.parametrize("rows", LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_the_contents_leaves_out(rows):
    """It is a part of what the contents names."""
    listed = dict.fromkeys(("守堤办法", "渡船办法", rows[0][2].replace(" ", "")), 1)
    read = classify(units(rows), listed)
    assert [unit.role for unit in read] == [role for *_, role in rows if role]


@pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
def test_roles(rows):
    """Each unit is what a reader takes it for; a title goes to the number above it."""
    expected = [role for *_, role in rows if role]
    assert [unit.role for unit in classify(units(rows), {})] == expected


STYLED = [  # (level of the style, text) of each heading, and how deep each stands
    ([(1, "壹、堤岸"), (2, "一、来历"), (2, "二、去处"), (1, "贰、渡船"), (2, "一、木料")], [1, 2, 2, 1, 2]),
    ([(1, "一 堤岸"), (2, "（一）来历"), (2, "（二）去处"), (1, "二 渡船"), (2, "（一）木料")], [1, 2, 2, 1, 2]),
    ([(2, "堤岸"), (3, "一、来历"), (3, "二、去处"), (2, "渡船"), (3, "一、木料")], [1, 2, 2, 1, 2]),
    # but 1、 between chapters and their parts stands below these
    ([(1, "第一章 堤岸"), (2, "一、来历"), (1, "1、木料"), (1, "2、石料"), (1, "第二章 渡船")], [1, 2, 3, 3, 1]),
]  # fmt: skip


@pytest.mark.parametrize("rows,levels", STYLED)
def test_levels_by_style(rows, levels):
    """Headings stand as deep as their styles say, from the highest on, whatever their numbers."""
    units_ = [
        unit
        for level, text in rows
        for unit in (
            Unit(text, (Span(1, 1, text),), look=Look(1.2, level=level)),
            Unit(TEXT, (Span(1, 1, TEXT),), look=Look()),
        )
    ]
    assert [unit.level for unit in classify(units_, {}) if unit.level] == levels


def test_headings_by_style():
    """What a style calls a heading is one, though only a picture stands below it."""
    rows = [(1, "水位"), (2, "1.2.水尺图"), (1, "水色")]
    read = classify(
        [Unit(text, (Span(1, 1, text),), look=Look(1.2, level=level)) for level, text in rows],
        {},
    )
    assert [unit.role for unit in read] == ["h1", "h2", "h1"]


def test_headings_that_only_some_styles_name():
    """What neither they nor the contents name is no chapter."""
    rows = [(1, "守堤办法"), (1, "渡船办法"), (1, "渡口办法"), (0, "水尺办法"), (0, "水尺一览")]
    named = [
        Unit(text, (Span(1, 1, text),), look=Look(1.5, level=level, alone=True))
        for level, text in rows
    ]
    body = Unit(TEXT, (Span(1, 1, TEXT),), look=Look(1.0))
    read = classify([unit for head in named for unit in (head, body)], {"水尺办法": 1})
    assert [unit.role for unit in read[::2]] == ["h1", "h1", "h1", "h1", "h2"]
