"""The small decisions: what joins two lines, what ends a paragraph, what a line is."""

import pytest

from imports import full, furniture, inner, page, read, texts, warnings, whole
from manuscript.bylines import is_byline
from manuscript.characters import cells
from manuscript.kinds import (
    caption_mark,
    heading_level,
    heading_number,
    item_mark,
    number_of,
    numeral_of,
    run_in,
)
from manuscript.numbers import align
from manuscript.plain import measure_text, read_lines
from manuscript.seams import habit_of, seam

SEAMS = [
    ("水位", "涨了", "", "Han"),
    ("严峻。”", "面对", "", "Chinese"),
    ("说“", "水", "", "Chinese"),
    ("开闸", "40 年", "_", "Han and Latin"),
    ("GIS", "系统", "_", "Han and Latin"),
    ("7.1", "%，", "", "number and its sign"),
    ("（Hard", "，水", "", "Chinese"),
    ("说“", "21 世纪", "", "Chinese"),
    ("用了 AlphaGo", "，", "", "Chinese"),
    ("Core &", "Water", " ", "Latin"),
    ("cutting-", "edge", "", "hyphen"),
    ("Jean-", "Paul", " ", "Latin"),
    ("水\u00ad", "位", "", "soft hyphen"),
    ("20-", "50 年", "", "range"),
    ("低于-", "9℃", "", "range"),
    ("20–", "50 年", "", "range"),
    ("12", "34", "", "two numbers?"),
    ("7.", "1%", "", "decimal"),
    ("1,", "000", "", "decimal"),
    ("水位,", "涨了", "", "Chinese"),
    ("the river,", "then", " ", "Latin"),
    ("the “old", "river”", " ", "Latin"),
    ("he said “", "yes", "", "opening quote"),
    ("한글", "한글", " ", "Hangul"),
    ("ひらがな", "カタカナ", "", "Han"),
    ("水——", "位", "", "Chinese"),
    ("4%", "的水", "", "Chinese"),
    ("见 https://water.example/a", "b?c=d", "", "address"),
]


@pytest.mark.parametrize("left,right,between,rule", SEAMS)
def test_seams(left, right, between, rule):
    """Between two lines stands what a compositor would have set there; `_` is the file's own habit."""
    assert seam(left, right, "_", full=True) == (between, rule)


@pytest.mark.parametrize(
    "said,habit",
    [(["用了 40 年，又 3 次"], " "), (["用了40年", "又 3 次"], ""), (["水位涨了"], ""), ([], "")],
)
def test_habit(said, habit):
    """The file itself says whether Han and digits stand apart."""
    assert habit_of(said) == habit


FIXTURES = [
    ("a wrapped line and its end", page("水位涨", "了。␠", context=False), ["水位涨了。"]),
    ("no space behind a closing quote", page(full("可以放心。”"), whole("沿河"), "的人都信。␠"), [full("可以放心。”") + whole("沿河") + "的人都信。"]),
    ("a page break in mid-sentence", page(full("皆始于"), "", "", "", "␠", "2␠", "某地水务白皮书␠", whole("雨季，"), "年年如此。␠"), [full("皆始于") + whole("雨季，") + "年年如此。"]),
    ("an item at the top of a page", page("3.守堤。" + full("早晚")[:20] + "。␠\n 4.看闸。" + full("早晚")[:20] + "。␠"), ["3.守堤。" + full("早晚")[:20] + "。", "4.看闸。" + full("早晚")[:20] + "。"]),
    ("a sentence over the top of a page", page(full("等到退水，就") + "\n " + whole("开闸放水。"), "如此而已。␠"), [full("等到退水，就") + whole("开闸放水。") + "如此而已。"]),
    ("Latin words", page("Sluice & Old", "Town）", context=False), ["Sluice & Old Town）"]),
    ("a wrapped gap between Han and digits", page(full("开闸放水") + "␠", "40 年，从未停过。␠"), [full("开闸放水") + " 40 年，从未停过。"]),
    ("a number at a line's start", page(full("高于邻县"), "2.5%和沿海各镇。␠"), [full("高于邻县") + "2.5%和沿海各镇。"]),
    ("a year alone", page("水涨了。␠", "2010␠", "水落了。␠"), ["水涨了。", "2010", "水落了。"]),
    ("a caption, and a sentence that begins like one", page("图一所示，水位涨了。␠", "图一  十年的水位␠"), ["图一所示，水位涨了。", "图一  十年的水位"]),
    ("a list, and a semicolon at a full line's end", page("守堤；␠", "看闸；␠", "记录。␠", full("先量水位；"), "再开闸。␠"), ["守堤；", "看闸；", "记录。", full("先量水位；") + "再开闸。"]),
    ("ranges and decimals over two lines", page(full("大约 20-"), "50 年。␠", full("增长 7."), "1%。␠"), [full("大约 20-") + "50 年。", full("增长 7.") + "1%。"]),
    ("a caption in mid-sentence", page(full("水位一天天"), "图一  十年的水位␠", whole("涨上来，"), "漫过石阶。␠"), [full("水位一天天") + whole("涨上来，") + "漫过石阶。", "图一  十年的水位"]),
]  # fmt: skip


@pytest.mark.parametrize("name,text,expected", FIXTURES, ids=[name for name, *_ in FIXTURES])
def test_paragraph_ends(name, text, expected):
    """Paragraphs end where they end in print, and nowhere else."""
    reading = read(text)
    assert ([said for _, said in inner(reading)] or texts(reading)) == expected


def test_cut_text():
    """A last sentence without an end, then a trailer: the paragraph is marked as cut, the trailer
    dropped.
    """
    reading = read(
        page(full("从此往后，沿河的人")).rstrip("\n").rsplit("\n\n", 5)[0]
        + "\n\n预览已结束，完整报告链接和二维码如下：\nhttps://water.example/1\n"
    )
    assert (reading.units[-1].role, [reason for _, reason in furniture(reading)]) == (
        "para (cut)",
        ["trailer", "trailer"],
    )


def test_a_last_cell():
    """A table that ends a paper cuts no sentence."""
    reading = read(page(full("水位涨了") + "。", "水位␠", "达标␠", context=False))
    assert reading.units[-1].role == "para"


@pytest.mark.parametrize(
    "front", ["内部资料，请勿外传\n\n某地水位年鉴", "某地水务局文件\n\n关于水位年鉴的报告"]
)
def test_title_of_a_text(front):
    """The title of a text is what its running headers say, else the first that could be one."""
    sheets = [f"某地水位年鉴\n\n{page(full('水位涨了') + '。')}\n\n{n}\n" for n in range(2, 6)]
    reading = read("\f".join([f"{front}\n\n林渡、周雁\n", *sheets]))
    said = [unit.text for unit in reading.units if unit.role in ("title", "byline")]
    assert said == [front.split("\n")[-1], "林渡、周雁"]


def test_contents_pages():
    """Lines that lead to page numbers are dropped with their heading; an ellipsis in a sentence is
    not.
    """
    reading = read(
        page(
            "目录␠",
            "一、水位..........1␠",
            "二、水色……………2␠",
            "三、闸门 . . . . . . 12␠",
            "他想了很久……2 天。␠",
        )
    )
    assert (inner(reading), furniture(reading)) == (
        [("para", "他想了很久……2 天。")],
        [
            ("目录", "toc-leader"),
            ("一、水位..........1", "toc-leader"),
            ("二、水色……………2", "toc-leader"),
            ("三、闸门 . . . . . . 12", "toc-leader"),
        ],
    )


HEADINGS = {
    "一、 水位": 1, "十二、水位": 1, "第三章 水位": 1, "第二部分 水位": 1, "Chapter 4 Water": 1, "参考文献": 1, "附录一 水位表": 1, "第二节 水位": 2, "1.1 水位": 2, "1.1　水位": 2, "2.3.4 水位": 3,
    "１．１ 水位": 2, "⼆、水位": 1, "一、水位涨了。": 0, "2.5%的水": 0, "2.5 亿元": 0, "22.0 水位": 0, "2.10 水位": 2, "2.5亿元": 0, "2018.10.22 水位": 0, "7.1%，远高于": 0, "1.水位": 0, "2016 年，水位": 0, "3.11版": 0, "水位": 0, "1.1 " + "水" * 40: 0, "第一条 水位": 3, "第一条　水位包括：": 0, "第三条　谁测水位？": 0, "附件：1.水位表": 0,
}  # fmt: skip


@pytest.mark.parametrize("text,level", HEADINGS.items())
def test_headings(text, level):
    """A heading is known by its number and by not being a sentence."""
    assert heading_level(text) == level


@pytest.mark.parametrize(
    "text,number",
    [
        ("二十一、水", "21"),
        ("第一百〇二章 水", "102"),
        ("2.10 水", "2.10"),
        ("2.10水", "2.10"),
        ("2.10“水”", "2.10"),
        ("2.10Web", "2.10"),
        ("2.10cm", ""),
        ("一.2 水位", "1.2"),
        ("附录 水", ""),
        ("Part 3 Water", "3"),
        ("2960.54" + ", 3079.79" * 8 + "}; 水", ""),  # in no time
    ],
)
def test_heading_numbers(text, number):
    """A heading's number is the same in Chinese numerals and in digits."""
    assert heading_number(text) == number


@pytest.mark.parametrize(
    "numeral,value",
    [
        ("一", 1),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百〇一", 101),
        ("三百二十", 320),
        ("7", 7),
        ("（三）", 3),
        ("⑫", 12),
        ("❸", 3),
        ("xiv", 14),
        ("†", 0),
    ],
)
def test_numerals(numeral, value):
    """Numerals have the value that a reader gives them."""
    assert number_of(numeral) == value


CAPTIONS = {
    "图一  水位": "图一",
    "图 3 水位": "图3",
    "表2：水色": "表2",
    "图2-1 水位": "图2-1",
    "图表 3 水位": "图表3",
    "附表1　水位": "附表1",
    "表格1　水色": "表格1",
    "Figure 4. Water": "Figure4",
    "图1": "图1",
    "表3（续）": "表3",
    "图A.1　水尺": "图A.1",
    "表B1 水色": "表B1",
    "圖二　水位": "圖二",
    "表2年均水位": "表2",
    "图3对比": "图3",
    "图3年底": "",
    "图一所示，水位涨了": "",
    "图一  水位涨了。": "",
    "图二中的水位": "",
    "图书馆 水位": "",
}


@pytest.mark.parametrize("text,mark", CAPTIONS.items())
def test_captions(text, mark):
    """A caption has its number, a gap, and no full stop."""
    assert caption_mark(text) == mark


ITEMS = {
    "1.守堤": ("1.", "1"),
    "12. 看闸": ("1.", "12"),
    "（一）守堤": ("（一）", "（一）"),
    "(2)看闸": ("(1)", "(2)"),
    "3)记录": ("1)", "3)"),
    "④记录": ("①", "④"),
    "a. 守堤": ("a.", "a"),
    "• 看闸": ("•", "•"),
    "1.5 米": ("", ""),
    "1986 年": ("", ""),
    "守堤": ("", ""),
}


@pytest.mark.parametrize("text,mark", ITEMS.items())
def test_items(text, mark):
    """An item is known by its mark; a decimal number is none."""
    assert item_mark(text) == mark


@pytest.mark.parametrize(
    "text,is_it",
    [
        ("林渡  周砚秋", True),
        ("林渡、周砚秋；何晏", True),
        ("Lin Du, Zhou Yanqiu", True),
        ("⽜⽥  张⽴夫†", True),
        ("司⻢景", True),
        ("林渡3190300677", True),
        ("渡口学院2班 3190300677 林渡", True),
        ("林渡1) 周砚秋2)", True),
        ("林渡1,2　周砚秋2*", True),
        ("林渡（水利系）周砚秋（农学系）", True),
        ("某市水务委员会主任　林渡", True),
        ("林渡　某某水务研究院首席研究员", True),
        ("某某水务研究院　林渡　周砚秋", True),
        ("[日]林渡　著　周砚秋　译", True),
        ("采访整理：林渡　周砚秋", True),
        ("阿依努尔·吐尔逊　林渡", True),
        ("林渡　博士　周砚秋　教授级高级工程师", True),
        ("审议。", False),
        ("中国·北京", False),
        ("某市水务委员会主任", False),
        ("摘要(Abstract)", False),
        ("River University", False),
        ("相关研究", False),
        ("水位涨了又落", False),
        ("林渡说：水", False),
        ("走。", False),
    ],
)
def test_bylines(text, is_it):
    """A byline is a few names."""
    assert is_byline(text) is is_it


@pytest.mark.parametrize(
    "text,is_it",
    [
        ("第一，从水位看。", True),
        ("第二、水色。", True),
        ("第一，从水位看。再看水色。", False),
        ("第一，从水位看", False),
        ("世界第二。", False),
    ],
)
def test_run_in_heads(text, is_it):
    """A run-in head is one short numbered sentence."""
    assert bool(run_in(text)) is is_it


@pytest.mark.parametrize(
    "text,width",
    [
        ("水位", 4),
        ("abc", 3),
        ("“水”", 6),
        ("“abc”", 5),
        ("，。", 4),
        ("a—b", 3),
        ("水—", 4),
        ("😀", 2),
        ("", 0),
    ],
)
def test_cells(text, width):
    """Han take two cells, Latin one, quotes and dashes as their neighbours."""
    assert cells(text) == width


def test_layout_of_a_page():
    """The usual width is that of most of the text, not of most of the lines."""
    measures = measure_text(read_lines(page(*["短行␠"] * 20)))
    assert measures.usual == (0, 80)
    assert (measures.wrapped, measures.trailing, measures.spaced) == (True, True, False)


ALIGNED = [
    (["甲乙丙丁", "戊己庚辛"], ["甲乙丙丁", "戊己庚辛"], [(0, 0), (1, 1)]),
    (["甲乙丙丁", "新来的一段话", "戊己庚辛"], ["甲乙丙丁", "戊己庚辛"], [(0, 0), (2, 1)]),
    (["戊己庚辛"], ["甲乙丙丁", "戊己庚辛"], [(0, 1)]),
    (["水位一天天涨上来，漫过了石阶"], ["水位天天上涨，漫过了石阶"], [(0, 0)]),
    (["水位涨了"], ["闸门开着"], []),
    ([], ["甲"], []),
]


@pytest.mark.parametrize("new,old,pairs", ALIGNED)
def test_align(new, old, pairs):
    """The same paragraph is found again by its words and its place."""
    assert align(new, old) == pairs


ODD = [
    ("水位“涨了。␠", 11, "“” not in pairs"),
    ("记录记录水位。␠", 11, "doubled words"),
    ("水位涨了。。␠", 11, "doubled punctuation"),
    ("水位,涨了。␠", 11, "ASCII punctuation between Han"),
    ("水位(涨)了。␠", 11, "half-width bracket beside Han"),
    ("水位、水色、最后是闸门。␠", 11, "enumeration mark before the last member"),
    ("老周说“看得见”。␠", 11, "quotation without a mark before it"),
    ("⽔位涨了。␠", 11, "radical or compatibility form U+2F54"),
    ("\ue000水位涨了。␠", 11, "private-use character U+E000"),
    (full("水位一天天") + "\n\n涨上来，漫\ufffd石阶。␠", 13, "lost character U+FFFD"),
    (full("水位一天天") + "\n\n涨上\u1830，漫过石阶。␠", 13, "lost character U+1830"),
    (full("水位一天天") + "\n\n涨上来，，漫过石阶。␠", 13, "doubled punctuation"),
    ("①据值守记录。␠", 11, "note? kept in place"),
    (whole("2中国的河流，水位一天天") + "\n\n都记在册上。␠", 11, "page number stuck to the text?"),
    (
        "水位涨了又落，漫过了石阶，值守的人都记在册上，年年如此从不间断␠",
        11,
        "a paragraph ends without a mark",
    ),
]


@pytest.mark.parametrize("text,line,said", ODD)
def test_oddities(text, line, said):
    """What looks odd is reported with the line on which it stands, and stays as it is."""
    found = warnings(page(text))
    assert [at for at, message in found if message.startswith(said)] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "老周说：“看得见。”水位（高）与水色，一步一步记下来。␠",
        "a）水位涨了；␠\n\nb）水位落了。␠",
        "[1] 林渡,周砚秋.河道的水与岸[J].水务学报,2019(2):1-9.␠",
        "Keywords: the water of the river; banks; locks␠",
    ],
)
def test_nothing_odd(text):
    """Good text is passed in silence, with the marks that lists, references and keywords have."""
    assert warnings(page(text)) == []


def test_numerals_back():
    """Whatever Word counts in Chinese has the numeral that a reader reads as that number."""
    assert [number_of(numeral_of(value)) for value in range(1200)] == list(range(1200))
    assert [numeral_of(value) for value in (10, 21, 100, 101, 115)] == [
        "十", "二十一", "一百", "一百零一", "一百一十五",
    ]  # fmt: skip


def test_text_that_comes_back():
    """A full line of text that happens to stand at the foot of three pages is text, not a header."""
    rows = []
    for number in range(2, 7):
        rows += [
            whole("每天，", 56),
            full("，一日三次", 60),
            "如此。␠",
            whole("今年，", 56),
            full("从不间断，直到", 60),
            "",
            "",
            "",
            "",
            f"{number}␠",
            whole("今天，", 60),
            "如此。␠",
        ]
    assert {reason for _, reason in furniture(read(page(*rows, context=False)))} == {"page-number"}


@pytest.mark.parametrize(
    "rows",
    [("字段",), ("字段", "含义"), ("含义", "字段", "编号", "时间"), ()],
    ids=["a pair", "three", "five", "one"],
)
def test_gaps_between_a_few_lines(rows):
    """Wide gaps that part a few lines each, as between the rows of a table, are no ends of pages:
    what comes again beside them is text.
    """
    text = whole("值守的人每天看水，", 56) + "。\n\n"
    parts = ["\n\n\n\n\n" + "\n\n".join([f"{name}闸", *rows]) for name in "甲乙丙丁戊己"]
    reading = read(text * 6 + "".join(parts))
    assert furniture(reading) == []
