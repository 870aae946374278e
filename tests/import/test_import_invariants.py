"""What must hold for every text there is: nothing lost, nothing added, nothing changed; the same
text in, the same units out.
"""

from hypothesis import example, given
from hypothesis import strategies as st

from extract import wrap
from imports import DISGUISES, FAITHFUL, cases, furniture, read, shape, texts
from manuscript.decode import FORBIDDEN
from manuscript.lines import Box, touching
from manuscript.seams import seam
from manuscript.tables import TOUCH
from whitepaper.book import BookError

ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)
SCRAPS = st.sampled_from([
    "水位涨了。", "一、 水位", "1.1 水位", "2.3.4 水色", "第二章 闸门", "1.守堤", "（一）看闸", "①注", "[1] 注", "图一  水位", "表2：水色", "图一所示", "第一，说水位。", "守堤；", "看闸。", "2", "- 3 -", "第4页", "ii",
    "某某年报", "目录", "水位......3", "预览已结束", "https://water.example/a", "下载", "“", "”", "，", "、", "7.", "20-", "%", "abc-", "def", "\u00ad", "\u3000\u3000", "\t", "  ", "甲  乙", "2010", "3.5%",
    "沿河的居民每天清早到堤上走一走记下水位和水色回来交给值守的人存", "，存档备查年年如此从不间断也从不潦草应付了事直到今天还是如此没有变",
])  # fmt: skip
BREAKS = st.sampled_from(
    [
        "\n",
        "\n\n",
        " \n\n",
        "\n\n\n\n\n\n",
        "\f",
        "\n\f",
        "\r\n",
        "\r",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "",
    ]
)


@cases(400)
@given(ANY)
@example("\ufeff\ufeff水")
@example("水\u00ad\n\u00ad位")
@example("1\n\f2\n\f3")
def test_any_text(text):
    """Any text at all is read without loss, or refused for what cannot be printed; ids never
    repeat.
    """
    if FORBIDDEN.search(text):
        return
    reading = read(text.encode("utf-16-le"), encoding="utf-16-le")
    names = [unit.id for unit in reading.units]
    assert len(set(names)) == len(names)


@cases(400)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    """Any bytes at all are text or one clear refusal."""
    try:
        read(data)
    except BookError as refusal:
        assert "\n" not in str(refusal)


@cases(600)
@given(st.lists(st.tuples(SCRAPS, BREAKS), max_size=40))
def test_any_page(scraps):
    """Pieces of real pages in any order, between any breaks, are read without loss."""
    read("".join(scrap + between for scrap, between in scraps))


SENTENCES = (
    "沿河的居民每天清早到堤上走一走",
    "记下水位和水色",
    "一共 12 处闸门",
    "渗漏减少 7.1%",
    "有人说“看得见、管得住”",
    "采用 GIS 与 SCADA 两套系统",
    "见手册（第 3 版）",
    "老城的管网用了 40 年",
    "第二年又修了一遍",
)
HEADINGS = ("水位的涨落", "闸门与堤防", "管网的账目", "来年的打算")


@st.composite
def papers(draw):
    """(kind, text) of a made-up text in print: parts, chapters, paragraphs, items, captions."""
    blocks = [("title", "某地水务纪要")]
    for part in range(1, draw(st.integers(1, 3)) + 1):
        blocks.append(("head", f"{'一二三'[part - 1]}、 {draw(st.sampled_from(HEADINGS))}"))
        for chapter in range(1, draw(st.integers(1, 2)) + 1):
            blocks.append(("head", f"{part}.{chapter} {draw(st.sampled_from(HEADINGS))}"))
            blocks += draw(st.lists(bodies(), min_size=2, max_size=5))
    return blocks


@st.composite
def bodies(draw):
    said = draw(st.lists(st.sampled_from(SENTENCES), min_size=12, max_size=20))
    text = "，".join(said[:-1]) + "。" + said[-1] + "。"
    kind = draw(st.sampled_from(["para", "para", "para", "item", "caption"]))
    if kind == "item":
        return "item", f"{draw(st.integers(1, 12))}.{text}"
    if kind == "caption":
        return "head", f"图{draw(st.sampled_from('一二三'))}  {draw(st.sampled_from(HEADINGS))}"
    return "para", text


def printed(blocks, width: int, page: int, header: str, feed: bool) -> str:
    """The blocks as lines of a page: indent lost, a trailing space at each end, a number at each
    page's end, and a header where it comes often enough.
    """
    lines = []
    for kind, text in blocks:
        rows = wrap(text, width, 4 if kind == "para" else 0)
        lines += [*rows[:-1], rows[-1] + " "]
    rows = []
    for at, line in enumerate(lines):
        if at and at % page == 0:
            rows += [
                f"{chr(12) if feed else chr(10) * 4}{at // page + 1} ",
                *([f"{header} "] if len(lines) > 3 * page else []),
            ]
        rows.append(line)
    return "\n\n".join(rows) + "\n"


@cases(120)
@given(papers(), st.integers(30, 50), st.integers(14, 40), st.booleans(), st.sampled_from(FAITHFUL))
def test_any_layout(blocks, half, page, feed, disguise):
    """Whatever the width of the lines, the cut of the pages and the encoding, the units are the
    blocks that were printed.
    """
    text = printed(blocks, half * 2, page, "某地水务年报", feed)
    plain = read(text)
    assert texts(plain) == [said for _, said in blocks]
    assert [reason for _, reason in furniture(plain)] in (
        [],
        ["page-number"] * len(furniture(plain)),
        ["page-number", "running-header"] * (len(furniture(plain)) // 2),
    )
    assert shape(read(DISGUISES[disguise](text))) == shape(plain)


@cases(120)
@given(papers())
def test_clean_text_again(blocks):
    """The units, one a line, are read as the same units again."""
    first = read(printed(blocks, 80, 30, "某地水务年报", feed=False))
    again = "\n\n".join(f"\u3000\u3000{text}" for text in texts(first)) + "\n"
    assert shape(read(again)) == shape(first)


LETTERS = (
    st.text(st.sampled_from("水位涨了，。“”（）—…aB9%.-,;:한글é "), min_size=1, max_size=6)
    .map(str.strip)
    .filter(bool)
)


@cases(600)
@given(LETTERS, LETTERS, st.sampled_from(["", " "]), st.booleans())
def test_any_seam(left, right, habit, full):
    """Between two lines stands nothing or one space, never between two Han."""
    between, _ = seam(left, right, habit, full)
    assert between in ("", " ")
    assert between == "" or not (left[-1] in "水位涨了，。" and right[0] in "水位涨了，。")


PLACES = st.integers(0, 60)
STROKES = st.lists(st.tuples(PLACES, PLACES, st.integers(0, 9), st.integers(0, 9)), max_size=30)


@cases(300)
@given(STROKES)
def test_any_strokes(strokes):
    """Rules are of one grid if and only if a chain of rules that touch leads from one to the other."""
    rules = [Box(x, y, x + width, y + height) for x, y, width, height in strokes]
    whole = [{at} for at in range(len(rules))]
    for at, rule in enumerate(rules):
        near = [grid for grid in whole if any(rule.touches(rules[other], TOUCH) for other in grid)]
        whole = [grid for grid in whole if grid not in near] + [{at}.union(*near)]
    expected = sorted(sorted(rules[at] for at in grid) for grid in whole)
    assert sorted(map(sorted, touching(rules, TOUCH))) == expected
