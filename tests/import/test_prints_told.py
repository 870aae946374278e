"""What a PDF says of itself, in its outline and its tags, and how far it is believed."""

import pypdf
import pytest
from test_prints import para, print_paper, said

from manuscript.pdf import read_pdf
from manuscript.reading import read_file

ALIKE = """
#set par(first-line-indent: 0em)
#show heading: it => block(text(11pt, weight: "regular", it.body), spacing: 0.65em)
#set par(spacing: 0.65em)
#align(center, text(20pt)[水务报告])
"""
FULL = "沿河的居民每天清早到堤上走一走记下水位水色和风向回来交给值守的人存档备查年年如此。"
CLOSE = "#table(columns: (2cm, 5cm), stroke: none, inset: 0pt, row-gutter: 0.65em"


def test_tagged(tmp_path):
    """What is set all alike, without an indent, a gap or a rule, is told by the tags: headings with
    their levels, paragraphs, cells of a table.
    """
    blocks = ["= 来历", FULL * 2, FULL, "== 上游", "== 下游", FULL, "= 去向", FULL]
    table = f"{CLOSE}, [站点], [说明], [上渡], [{FULL}], [下渡], [{FULL}])"
    reading = print_paper(tmp_path, ALIKE + "\n\n".join([*blocks, table]), tagged="yes")
    expected = [
        *(("title", "水务报告"), ("h1", "来历"), ("para", FULL * 2), ("para", FULL)),
        *(("h2", "上游"), ("h2", "下游"), ("para", FULL), ("h1", "去向"), ("para", FULL)),
        *(("row", "站点\t说明"), ("row", f"上渡\t{FULL}"), ("row", f"下渡\t{FULL}")),
    ]
    assert said(reading) == expected


def test_tagged_levels(tmp_path):
    """What the tags call a chapter or a part is one, whatever its number; a date before its words
    is no cell.
    """
    dates = [f"初{day}#h(2em){FULL[:20]}。" for day in "一二三"]
    parts = [
        "== （一）来历",
        FULL,
        "== （二）去向",
        FULL,
        "= 走近河流 #linebreak() #text(7pt)[Along the River]",
        *dates,
        "= 二、治理",
        FULL,
    ]
    source = ALIKE + "\n\n".join(["= 一、总论", FULL * 2, *parts])
    levels = {
        "一、总论": 1,
        "（一）来历": 2,
        "（二）去向": 2,
        "走近河流 Along the River": 1,
        "二、治理": 1,
    }
    units = print_paper(tmp_path, source, tagged="yes").units
    assert {unit.text: unit.level for unit in units if unit.level} == levels
    assert [unit.text for unit in units if unit.text[0] == "初"] == [
        date.replace("#h(2em)", " ") for date in dates
    ]


def test_tagged_spans(tmp_path):
    """Cells that take several rows or columns stand in the first of them, empty ones have their
    place.
    """
    head = "table.cell(rowspan: 2)[站点], table.cell(colspan: 3)[水位], [一月], [二月], [三月]"
    rows = "[上渡], [1], [], [3], [下渡], table.cell(colspan: 2)[缺], [5]"
    table = f"#table(columns: 4, stroke: none, table.header({head}), {rows})"
    reading = print_paper(tmp_path, f"{ALIKE}= 来历\n\n{FULL * 2}\n\n{table}", tagged="yes")
    assert [unit.cells for unit in reading.units if unit.cells] == [
        ("站点", "水位", "", ""),
        ("", "一月", "二月", "三月"),
        ("上渡", "1", "", "3"),
        ("下渡", "缺", "", "5"),
    ]


def test_tagged_without_end(tmp_path, monkeypatch):
    """Tags that would take too long to look through tell nothing."""
    print_paper(tmp_path, f"{ALIKE}= 来历\n\n{FULL}", tagged="yes")
    paper = tmp_path / "paper.pdf"
    for many, told in ((100, True), (1, False)):
        monkeypatch.setattr("manuscript.tags.MANY", many)
        runs = read_pdf(paper, "paper.pdf")[0].runs
        assert any(run.tag.block for run in runs) is told


def test_tagged_line_by_line(tmp_path):
    """Tags that call each line a paragraph are not believed."""
    text = para("甲")
    lines = [text[at : at + 41] for at in range(0, len(text), 41)]
    reading = print_paper(tmp_path, ALIKE + "\n\n".join(["一、来历", *lines]), tagged="yes")
    assert said(reading)[1:] == [("h1", "一、来历"), ("para", text)]


def test_tagged_headers(tmp_path):
    """What a tagged PDF calls no part of its text is none at the edges of its pages, be it larger
    than the text and on one page only.
    """
    named = 'text(15pt)[#("甲", "乙", "丙").at(here().page() - 1)河通览 #h(1fr) 卷一]'
    texts = [para(start) for start in "甲乙丙"]
    pages = "\n\n#pagebreak()\n\n".join(["= 来历\n\n" + texts[0], *texts[1:]])
    source = f"#set page(header: context {named})\n{ALIKE}{pages}"
    reading = print_paper(tmp_path, source, tagged="yes")
    assert said(reading)[1:] == [("h1", "来历"), *(("para", text) for text in texts)]
    assert {span.reason for span in reading.furniture} == {"running-header"}


@pytest.mark.parametrize("look", ["columns: (2cm,) * 3", "columns: (1fr,) * 3, stroke: none"])
def test_tagged_heads_of_tables(tmp_path, look):
    """A head that is there again goes as a whole, though its cells look like notes, or say what
    others do; nothing of it is text.
    """
    cells = "".join(f"[乙{at}], [水色], [{at}]," for at in range(50))
    table = f"#table({look}, table.header([站名], [水色], [水位]), {cells})"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{table}\n\n{para('丙')}", "1")
    rows = [("站名", "水色", "水位"), *((f"乙{at}", "水色", f"{at}") for at in range(50))]
    assert [unit.cells for unit in reading.units] == [(), *rows, ()]


def test_tagged_over_a_page(tmp_path):
    """A paragraph that goes on over a page's end is one, though a sentence ends there."""
    lines = [f"{FULL[:-2]}。"] * 60
    texts = [*map(para, "甲乙丙丁"), " #linebreak() ".join(lines), para("戊")]
    reading = print_paper(tmp_path, ALIKE + "\n\n".join(texts), tagged="yes")
    assert said(reading)[5:] == [("para", "".join(lines)), ("para", texts[-1])]


def test_outline(tmp_path):
    """What the outline of a PDF names is a heading of the level that it says, however it is set, be
    it in two lines or without its number there, but for the paper's title over all; what else is
    set large is no chapter.
    """
    rows = [
        *("#set heading(bookmarked: true)", "#show heading: it => block(text(11pt, weight: 400, it.body))"),
        *("#[#set heading(bookmarked: true)", "#align(center, text(22pt)[= 守堤手册])", "]"),
        *("== 上游", para("甲"), "=== 涨水", para("乙"), f"== {'下游的居民' * 9}", para("丙")),
        *("#show heading: it => block(text(11pt, weight: 400)[4 #it.body])", "== 渡口", para("丁")),
        *("#text(18pt)[水深三米]", para("戊")),
    ]  # fmt: skip
    reading = print_paper(tmp_path, "\n\n".join(rows))
    assert [(unit.level, unit.text) for unit in reading.units if unit.level] == [
        (1, "上游"), (2, "涨水"), (1, "下游的居民" * 9), (1, "4 渡口"),
        (3, "水深三米"),
    ]  # fmt: skip


def test_an_outline_that_begins_apart(tmp_path):
    """A first heading of two characters far apart is no title, though the outline names it."""
    rows = [
        "#set heading(bookmarked: true)",
        "= 前 #h(1em) 言",
        para("甲"),
        "= 一、水位",
        para("乙"),
    ]
    reading = print_paper(tmp_path, "\n\n".join(rows))
    assert reading.metadata["title"] == "paper"
    assert [unit.text for unit in reading.units if unit.level] == ["前 言", "一、水位"]


def test_an_outline_without_words(tmp_path):
    """A blank title in the outline names nothing, no number on the page either."""
    foot = '#set page(numbering: "1")\n'
    print_paper(tmp_path, f"{foot}一、水位\n\n{para('甲')}\n#pagebreak()\n{para('乙')}")
    writer = pypdf.PdfWriter(clone_from=tmp_path / "paper.pdf")
    for at in (0, 1):
        writer.add_outline_item(title=" ", page_number=at)
    writer.write(tmp_path / "blank.pdf")
    words = said(read_file(tmp_path / "blank.pdf"))
    assert words == [("h1", "一、水位"), ("para", para("甲")), ("para", para("乙"))]


def test_an_outline_of_lines(tmp_path):
    """Lines in the middle that are headings one below the other are one, but for such as count."""
    rows = [
        *("#set heading(bookmarked: true)", "#show heading: set block(spacing: 0.6em)"),
        "#show heading: it => align(center, block(text(15pt, it.body)))",
        *(
            "= 沿河两岸各村渡口",
            "= 渡船修缮办法",
            para("甲"),
            "= 守堤办法",
            "= 第一节 总则",
            para("乙"),
        ),
    ]
    reading = print_paper(tmp_path, "\n\n".join([para("丙"), *rows]))
    assert [unit.text for unit in reading.units if unit.level] == [
        "沿河两岸各村渡口渡船修缮办法",
        "守堤办法",
        "第一节 总则",
    ]
