"""Titles, authors and covers as real makers set them: each printed here on the spot."""

import docx
import pytest
from docx.shared import Pt
from test_prints import PARA, para, print_paper, said

from manuscript.characters import bare
from manuscript.contents import find_contents
from manuscript.lines import Line
from manuscript.reading import read_file


def test_title_on_two_pages(tmp_path):
    """A title of four characters that comes again, above years and a name, is no name."""
    rows = [(26, "渡口旧事"), (11, "拾遗书局"), (11, "2023年6月")]
    again = [(20, "渡口旧事"), (13, "——水上书栈（1899—1937）"), (13, "陆怀舟")]
    cover, inner = (
        "\n".join(f"#align(center, text({size}pt)[{words}])" for size, words in some)
        for some in (rows, again)
    )
    text = "\n\n".join(["#pagebreak()", "一、来历", para("甲"), para("乙")])
    reading = print_paper(tmp_path, f"{cover}\n#pagebreak()\n{inner}\n{text}")
    assert said(reading)[:3] == [("title", "渡口旧事"), ("byline", "陆怀舟"), ("h1", "一、来历")]


def test_masthead(tmp_path):
    """The name of a periodical, which stands above its issue, is no title however large."""
    rows = [(30, "河务简报"), (14, "2023年第11期（总第86期）"), (20, "把水还给河"), (12, "陆怀舟")]
    head = "\n".join(f"#align(center, text({size}pt)[{words}])" for size, words in rows)
    reading = print_paper(tmp_path, "\n\n".join([head, "一、来历", para("甲"), para("乙")]))
    assert said(reading)[:3] == [("title", "把水还给河"), ("byline", "陆怀舟"), ("h1", "一、来历")]


HEADS = {  # lines of a head, and the title and authors that they name
    "a second title": (
        ["26 把水还给河", "16 从一次涨水说起", "11 作者：林渡、周砚秋"],
        ("把水还给河", ["林渡", "周砚秋"]),
    ),
    "an association in brackets": (
        ["22 河道的五个问题", "12 （某市水务协会）"],
        ("河道的五个问题", ["某市水务协会"]),
    ),
    "persons and their posts": (
        ["22 河道的五个问题", "12 林渡　某某水务研究院研究员", "12 周砚秋　某某大学教授"],
        ("河道的五个问题", ["林渡", "周砚秋"]),
    ),
    "a kind of paper on a line of its own": (
        ["30 某河水务", "30 十年观察", "30 蓝皮书", "14 某市水务联盟"],
        ("某河水务十年观察蓝皮书", ["某市水务联盟"]),
    ),
    "two publishers": (
        ["26 河道的水与岸", "14 某市水务协会", "14 某某水务研究院", "14 联合发布"],
        ("河道的水与岸", ["某市水务协会", "某某水务研究院"]),
    ),
    "two offices on a line": (
        ["22 水位普查的公报", "14 某市统计局　某市水位普查办公室"],
        ("水位普查的公报", ["某市统计局", "某市水位普查办公室"]),
    ),
    "whoever compiled it": (
        ["26 河道的水与岸", "14 编写单位：某某水务研究院、某某大学"],
        ("河道的水与岸", ["某某水务研究院", "某某大学"]),
    ),
    "a group": (
        ["26 河道的水与岸", "14 课题组组长：林渡", "14 课题组成员：周砚秋　何晏"],
        ("河道的水与岸", ["林渡", "周砚秋", "何晏"]),
    ),
}


@pytest.mark.parametrize("rows,named", HEADS.values(), ids=HEADS)
def test_heads(tmp_path, rows, named):
    """Whoever a head names, with post, office or label, wrote the paper; what stands between title
    and names heads nothing.
    """
    parts = (row.split(" ", 1) for row in rows)
    head = "\n".join(f"#align(center, text({size}pt)[{words}])" for size, words in parts)
    reading = print_paper(tmp_path, "\n\n".join([head, "一、来历", para("甲"), para("乙")]))
    assert (reading.metadata["title"], reading.metadata["authors"]) == named
    assert [text for role, text in said(reading) if role[0] == "h"] == ["一、来历"]


def test_an_author_set_as_headings(tmp_path):
    """A name set like the numbered headings below it heads none of them."""
    heads = [
        f"#align(center, text(14pt)[{number}、岸上的人]) {para('甲')}" for number in "一二三四"
    ]
    head = "#align(center, text(22pt)[把水还给河])\n#align(center, text(14pt)[陆怀舟])"
    reading = print_paper(tmp_path, "\n\n".join([head, para("甲"), para("乙"), *heads]))
    assert reading.metadata["authors"] == ["陆怀舟"]


def test_a_form_as_cover(tmp_path):
    """题目 and 作者 of a form are title and author, whatever stands larger; a line of the imprint
    names nobody.
    """
    reading = print_paper(
        tmp_path,
        "#align(center, text(26pt)[内部报告])\n\n#text(14pt)[题　　目：河道的水与岸]\n\n"
        "#text(14pt)[作　　者：林渡　周砚秋]\n\n#text(14pt)[单位：水务研究院]\n#pagebreak()\n"
        f"责任编辑：顾行\n\n版权所有 翻印必究\n#pagebreak()\n{para('甲')}\n\n{para('乙')}",
    )
    assert reading.metadata["title"] == "河道的水与岸"
    assert reading.metadata["authors"] == ["林渡", "周砚秋"]
    assert [text for role, text in said(reading) if role == "para"] == [para("甲"), para("乙")]


def test_a_form_of_word(tmp_path):
    """Rows of a form, with colons or without, in a table or on a page that goes on, name title and
    author; what names a kind of document or a school is no title, and who guides wrote nothing.
    """
    document = docx.Document()
    for text in ("某 某 大 学", "本科生毕业设计（论文）"):
        document.add_paragraph().add_run(text).font.size = Pt(28)
    rows = (
        "论文题目：河道的水与岸",
        "院    系      水务学院",
        "姓    名：林 渡      批  次  春季     学    号：1917",
    )
    for text in (*rows, "指导教师  周砚秋", "一．概况", para("甲"), para("乙")):
        document.add_paragraph(text)
    document.save(str(tmp_path / "lines.docx"))
    document = docx.Document()
    document.add_paragraph("硕士学位论文")
    table = document.add_table(3, 2)
    for row, texts in zip(table.rows, ("题目 河道的水与岸", "研究生 林渡", "导 师 周砚秋")):
        label, _, row.cells[1].text = texts.rpartition(" ")
        row.cells[0].text = label
    document.add_page_break()
    for text in ("一．概况", para("甲"), para("乙")):
        document.add_paragraph(text)
    document.save(str(tmp_path / "table.docx"))
    for name in ("lines", "table"):
        reading = read_file(tmp_path / f"{name}.docx")
        assert (reading.metadata["title"], reading.metadata["authors"]) == (
            "河道的水与岸",
            ["林渡"],
        )
        assert said(reading)[2:] == [("h1", "一．概况"), ("para", para("甲")), ("para", para("乙"))]


def test_a_form_below_a_table_and_headings(tmp_path):
    """What stands above the rows of a form is its cover, be it styled as a heading or a table of
    its numbers, which stays; a form that comes again says its title once.
    """
    document = docx.Document()
    document.add_heading("某某大学", 1)
    table = document.add_table(1, 2)
    for cell, text in zip(table.rows[0].cells, ("渡信", "2018-17")):
        cell.text = text
    document.add_heading("远程教育", 1)
    for text in ("题    目  河道的水与岸", "学 生 姓 名：  林渡", "指导教师  周砚秋") * 2:
        document.add_paragraph(text)
    document.add_heading("摘要", 1)
    for text in (para("甲"), para("乙")):
        document.add_paragraph(text)
    document.save(str(tmp_path / "paper.docx"))
    assert said(read_file(tmp_path / "paper.docx")) == [
        *(("title", "河道的水与岸"), ("byline", "林渡"), ("row", "渡信\t2018-17")),
        *(("h1", "摘要"), ("para", para("甲")), ("para", para("乙"))),
    ]


def test_a_heading_is_no_title(tmp_path):
    """The first of several headings that are set alike, right above text, is none; nor is one with
    a number, though styled as a title.
    """
    headings = [("Heading 1", text) for text in ("水从何处来", "水往何处去", "岸上的人家")]
    for name, some in (("none", headings), ("河道", [("Title", "1.1水从何处来"), *headings])):
        document = docx.Document()
        if name != "none":
            document.add_paragraph().add_run(name).font.size = Pt(30)
            document.add_heading("一、来历", 1)
        for style, text in some:
            document.add_paragraph(text, style)
            document.add_paragraph(para("甲"))
        document.save(str(tmp_path / f"{name}.docx"))
        reading = read_file(tmp_path / f"{name}.docx")
        assert reading.metadata["title"] == name
        assert {text for _, text in some} <= {unit.text for unit in reading.units if unit.level}


def test_a_title_over_two_rows(tmp_path):
    """A title goes on in the next row of its form; what follows the form, an abstract or a page
    behind the contents, is text.
    """
    document = docx.Document()
    table = document.add_table(4, 2)
    rows = (
        ("论文题目", "河道的水与岸"),
        ("", "来自沿河六县的证据"),
        ("姓名", "林渡"),
        ("学院", "水务学院"),
    )
    for row, texts in zip(table.rows, rows):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    for text in ("摘要", para("甲"), "关键词：水；岸", "一、概况", para("乙"), para("丙")):
        document.add_paragraph(text)
    document.save(str(tmp_path / "paper.docx"))
    reading = read_file(tmp_path / "paper.docx")
    assert reading.metadata["title"] == "河道的水与岸来自沿河六县的证据"
    assert said(reading)[2:4] == [("h1", "摘要"), ("para", para("甲"))]
    reading = print_paper(
        tmp_path,
        "#align(center, text(26pt)[河道的水与岸])\n#pagebreak()\n目录\n\n"
        + "\n\n".join(
            f"{name} #box(width: 1fr, repeat[.]) 4" for name in ("甲的水", "乙的水", "丙的水")
        )
        + "\n#pagebreak()\n#align(center, text(22pt)[愿景：让每条河都有人看])\n#pagebreak()\n"
        f"{para('甲')}\n\n{para('乙')}",
    )
    assert (reading.metadata["title"], said(reading)[1][1]) == (
        "河道的水与岸",
        "愿景：让每条河都有人看",
    )


def test_a_title_of_two_sizes(tmp_path):
    """Words of nearly the same size one below the other are one title, on a page of their own, but
    for what says it in English; a publisher called like an authority is its author.
    """
    reading = print_paper(
        tmp_path,
        "#set par(first-line-indent: 0em)\n#align(center)[\n#text(20pt)[中华人民共和国国家标准]\n\n"
        "#v(2cm)\n#text(28pt)[河道治理]\n\n#text(24pt)[技术白皮书]\n\n"
        "#text(24pt)[River Works and Those Who Keep Them]\n\n#v(2cm)\n某某标准化管理委员会 #h(1em) 发布]\n"
        "#pagebreak()\n#align(center, text(32pt)[River Works])\n"
        f"#pagebreak()\n= 一、概况\n{para('甲')}\n\n{para('乙')}",
    )
    assert reading.metadata["title"] == "河道治理技术白皮书"
    assert reading.metadata["authors"] == ["某某标准化管理委员会"]


def test_a_letterhead(tmp_path):
    """What stands largest above a number of the file is the office's letterhead, not the title."""
    reading = print_paper(
        tmp_path,
        '#align(center)[#text(36pt, fill: red)[水署文件]\n\n水署发〔2024〕12号\n\n#text(20pt, weight: "bold")'
        f"[关于修渡口的意见]]\n\n各县、各署：\n\n{para('甲')}\n\n= 一、来历\n{para('乙')}",
    )
    assert (reading.metadata["title"], reading.metadata["authors"]) == ("关于修渡口的意见", [])
    assert [text for role, text in said(reading) if role == "h1"] == ["一、来历"]


def test_the_title_in_a_row_of_pieces(tmp_path):
    """The title of a form whose label stands apart from it is no copy of itself."""
    reading = print_paper(
        tmp_path,
        "#align(center, text(26pt)[河道的水与岸])\n#v(2cm)\n#text(14pt)[题目：#h(3em)河道的水与岸\n\n"
        f"姓名：#h(3em)林渡\n\n学号：#h(3em)0412]\n#pagebreak()\n{para('甲')}\n\n{para('乙')}",
    )
    assert (reading.metadata["title"], reading.metadata["authors"]) == ("河道的水与岸", ["林渡"])
    assert [text for role, text in said(reading) if role == "para"] == [para("甲"), para("乙")]


def test_the_title_again(tmp_path):
    """The title above the abstract is the cover's, not a chapter's, and its English form is none."""
    again = '#align(center, text(16pt, weight: "bold")[{}])\n#v(2em)\n'
    reading = print_paper(
        tmp_path,
        "#align(center, text(26pt)[河道的水与岸])\n\n#text(14pt)[硕士研究生：林渡]\n\n"
        "#text(14pt)[指导教师（职称）：周砚秋（教授）]\n#pagebreak()\n"
        + again.format("河道的水与岸") + again.format("摘要") + para("甲")
        + "\n#pagebreak()\n" + again.format("Water and Banks") + again.format("Abstract") + para("乙"),
    )  # fmt: skip
    assert (reading.metadata["title"], reading.metadata["authors"]) == ("河道的水与岸", ["林渡"])
    assert [text for role, text in said(reading) if role == "h1"] == ["摘要", "Abstract"]


def test_names_below_a_title(tmp_path):
    """A subtitle or a heading that is as short as a name, set larger than the authors, is none of
    them; a title goes on in one character.
    """
    reading = print_paper(
        tmp_path,
        "#align(center)[#text(26pt)[关于推进木料渡船重修备\\ 案]\n\n#text(16pt)[春修之外]\n\n张三 | 李四\n\n"
        f"#text(16pt)[自　序]]\n\n{para('甲')}\n\n{para('乙')}",
    )
    assert reading.metadata["title"] == "关于推进木料渡船重修备案"
    assert reading.metadata["authors"] == ["张三", "李四"]


def test_names_on_a_cover(tmp_path):
    """Names, whose numbers stand between them, are the authors; words of four characters each are
    not, nor is the number of a file part of the title. No line of the foreword is the cover's.
    """
    cover = (
        "#align(center)[#text(20pt)[某府发〔2025〕27号]\n\n#text(20pt)[渡船重修办法]\n\n"
        "#text(18pt)[不忘河水，牢记堤岸]\n\n林渡\n\n15331187\n\n周砚秋\n\n15331202]\n#pagebreak()\n"
    )
    start = "在河边学校的安排之中，本科生毕业设计（论文） "
    reading = print_paper(
        tmp_path, f"{cover}#text(16pt)[前 言]\n\n{start}#linebreak(){para('甲')}\n\n{para('乙')}"
    )
    assert reading.metadata["title"] == "渡船重修办法"
    assert reading.metadata["authors"] == ["林渡", "周砚秋"]
    assert next(text for role, text in said(reading) if role == "para").startswith("在河边")


FRONTS = {  # what stands before the body, title and authors
    "the school and the kind alone on the cover": (
        "#text(26pt)[某某大学]\n\n#text(26pt)[学士学位论文]\n#pagebreak()\n#text(16pt)[河道的水与岸]\n\n林渡",
        "河道的水与岸",
        ["林渡"],
    ),
    "a name of four characters above an address": (
        "#text(18pt)[河道的水与岸]\n\n来自沿河六县的证据\n\n临渡之人\n\nferry\\@river.org",
        "河道的水与岸",
        ["临渡之人"],
    ),
    "what it is for above what it is, which is larger": (
        "#text(20pt)[河道的水与岸]\n\n#text(30pt)[公开招标文件]\n#pagebreak()\n",
        "河道的水与岸公开招标文件",
        [],
    ),
    "names below the first of a form": (
        "#text(26pt)[守堤手册]\n\n#grid(columns: 2, gutter: 2em)[队长][林渡][][周砚秋]\n#pagebreak()\n",
        "守堤手册",
        ["林渡", "周砚秋"],
    ),
    "an office above lines of two sizes": (
        "#text(20pt)[某县水务局]\n\n#text(13pt)[沿河渡口]\n\n#text(15pt)[守堤办法]\n#pagebreak()\n",
        "沿河渡口守堤办法",
        ["某县水务局"],
    ),
    "a form on ruled lines": (
        "#let ruled(width, words) = box(width: width, stroke: (bottom: .6pt), outset: (bottom: 3pt, left: 8pt), [#h(3em)#words])\n"
        "#set text(16pt)\n#align(center, text(26pt)[守堤手册])\n\n院#h(27pt)系#ruled(6.6cm)[水务学院]\n\n专业班级#ruled(6.8cm)[治河一班]\n\n"
        "姓#h(27pt)名#ruled(6cm)[林渡]\n\n学#h(27pt)号#ruled(6cm)[U2015]\n\n指导教师#ruled(6.6cm)[周砚秋]\n#pagebreak()\n#set text(11pt)\n",
        "守堤手册",
        ["林渡"],
    ),
    "an annex that is a whole document": (
        "#text(12pt)[附件 4]\n\n#align(center)[#text(26pt)[渡船修缮招标文件]\n\n#text(15pt)[（二〇二五年）]]"
        "\n#pagebreak()\n",
        "渡船修缮招标文件（二〇二五年）",
        [],
    ),
    "an edition on a line of its own": (
        "#text(26pt)[沿河水务发展白皮书\\ （2025年）]\n\n#text(15pt)[White Paper on Water]\n\n林渡\n#pagebreak()\n",
        "沿河水务发展白皮书（2025年）",
        ["林渡"],
    ),
    "a second title behind a dash": (
        "#text(26pt)[渡口旧事]\n\n#text(13pt)[——水上书栈小史]\n\n林渡",
        "渡口旧事——水上书栈小史",
        ["林渡"],
    ),
    "a year in brackets over two lines": (
        "#text(26pt)[沿河水务发展报告（20\\ 25）]\n\n林渡\n#pagebreak()\n",
        "沿河水务发展报告（2025）",
        ["林渡"],
    ),
    "a first heading as large as the title": (
        "#text(20pt)[河道的水与岸]\n\n林渡\n\n#text(20.5pt)[水从何处来]",
        "河道的水与岸",
        ["林渡"],
    ),
    "a first line that ends in a colon": (
        "#text(18pt)[渡口（官渡）：\\ 河道的水与岸]\n\n林渡",
        "渡口（官渡）：河道的水与岸",
        ["林渡"],
    ),
    "an office that no word tells": (
        "#text(26pt)[守堤手册]\n\n临河渡口议事社　编\n\n2025-03-10发布\n#pagebreak()\n",
        "守堤手册",
        ["临河渡口议事社"],
    ),
    "what it is a guide or a plan for, on a smaller line far below": (
        "#text(26pt)[河道的水与岸]\n\n#v(6cm)\n#text(16pt)[实验指导书]\n\n林渡 / 周砚秋\n#pagebreak()\n",
        "河道的水与岸实验指导书",
        ["林渡", "周砚秋"],
    ),
    "a title whose characters stand apart": (
        "#text(20pt)[守#h(2em)堤#h(2em)人]",
        "守  堤  人",
        [],
    ),
    "a comma within brackets": (
        "#text(weight: 700)[守堤方案：渡口联盟（Ferry Union，简称渡盟）]",
        "守堤方案：渡口联盟（Ferry Union，简称渡盟）",
        [],
    ),
}


@pytest.mark.parametrize("front,title,authors", FRONTS.values(), ids=FRONTS)
def test_fronts(tmp_path, front, title, authors):
    """Title and authors are found by how they are set, and by what stands around them."""
    reading = print_paper(tmp_path, f"{front}\n\n= 一、来历\n{para('甲')}\n\n{para('乙')}")
    assert (reading.metadata["title"], reading.metadata["authors"]) == (title, authors)


def test_a_title_in_two_languages(tmp_path):
    """What says a title in English below it is no heading, and neither is it text."""
    reading = print_paper(
        tmp_path,
        "#align(center)[#text(20pt)[河道的水与岸]\n\n#text(13pt)[Water, Banks, and Those Who Keep Them]\n\n"
        f"林渡]\n\n= 一、来历\n{para('甲')}\n\n{para('乙')}",
    )
    assert [text for _, text in said(reading)][:3] == ["河道的水与岸", "林渡", "一、来历"]
    assert [span.reason for span in reading.furniture] == ["cover"]


def test_a_heading_as_short_as_a_name(tmp_path):
    """Below who publishes a paper stands its first heading, set like the others, and no author."""
    document = docx.Document()
    document.add_paragraph().add_run("河道的水与岸").font.size = Pt(20)
    document.add_paragraph("沿河书社")
    for heading in ("缘起", "河水", "岸边的人", "往后的事"):
        run = document.add_paragraph().add_run(heading)
        run.bold = True
        for start in "甲乙丙":
            document.add_paragraph(para(start))
    document.save(str(tmp_path / "paper.docx"))
    reading = read_file(tmp_path / "paper.docx")
    assert (reading.metadata["title"], reading.metadata["authors"]) == ("河道的水与岸", [])
    assert [unit.text for unit in reading.units if unit.level][:2] == ["缘起", "河水"]


def test_a_title_behind_the_contents(tmp_path):
    """A line of the title that ends in a year is no entry of the contents above it."""
    entries = "".join(f"第{n}章 河道的{n} #h(1fr) {page}\n\n" for page, n in enumerate("一二三", 3))
    reading = print_paper(
        tmp_path,
        f"#text(16pt)[目　录]\n\n{entries}#pagebreak()\n#align(center, text(26pt)[沿河水务发展报告（2025\\ 年）])\n\n"
        f"#align(center)[林渡]\n\n= 第一章 河道的一\n{para('甲')}\n\n{para('乙')}",
    )
    assert reading.metadata["title"] == "沿河水务发展报告（2025年）"


def test_a_letter_as_cover(tmp_path):
    """What an office writes under its head is text, however large and short; its head is none."""
    letter = ("各渡口：", "现印发《渡船重修办法》，请照此修船。", "二〇二五年三月")
    reading = print_paper(
        tmp_path,
        "#align(center)[#text(26pt)[某县水务局文件]\n\n#text(20pt)[关于印发渡船办法的通知]]\n\n#text(15pt)["
        + "\n\n".join(letter)
        + f"]\n#pagebreak()\n#align(center, text(16pt)[渡船重修办法])\n\n{para('甲')}\n\n{para('乙')}",
    )
    assert reading.metadata["title"] == "关于印发渡船办法的通知"
    assert [span.text for span in reading.furniture] == ["某县水务局文件"]
    assert [text for _, text in said(reading)][1:4] == [*letter]


def test_a_page_of_short_lines_behind_a_cover(tmp_path):
    """Sentences set narrow, as beside a picture, are text though none of their lines is wide or has
    a stop.
    """
    columns = ("渡口每天开两班船，早班", "送人上学，晚班接人回来", "遇上涨水，就停一天")
    narrow = "\n\n".join(f"#block(width: 5cm)[{words}]" for words in columns)
    reading = print_paper(
        tmp_path,
        "#align(center, text(26pt)[渡口的日子])\n#pagebreak()\n"
        f"#align(center, text(20pt)[开船与停船])\n\n{narrow}\n#pagebreak()\n{para('甲')}\n\n{para('乙')}",
    )
    assert reading.metadata["title"] == "渡口的日子"
    assert "".join(columns) in "".join(text for _, text in said(reading))


def test_a_title_of_two_lines_over_its_kind(tmp_path):
    """Two lines set alike are one title, however much larger the kind of document below them is."""
    rows = [(16, "某县渡口管理所二〇二五年（第"), (16, "二批）渡船添置"), (42, "说明书")]
    cover = "\n\n".join(f"#text({size}pt)[{words}]" for size, words in rows)
    reading = print_paper(
        tmp_path, f"#align(center)[{cover}]\n#pagebreak()\n{para('甲')}\n\n{para('乙')}"
    )
    assert reading.metadata["title"] == "某县渡口管理所二〇二五年（第二批）渡船添置说明书"


def test_a_form_in_traditional_characters(tmp_path):
    """組員 and 指導教授 are labels as 组员 and 指导教师 are; a Latin line above them is no name."""
    document = docx.Document()
    document.add_heading("渡船模擬專題計劃書", 0)
    for text in ("Ferry Game", "組員：\t林渡", "周硯秋", "指導教授：陸懷舟"):
        document.add_paragraph(text)
    document.add_page_break()
    for text in (para("甲"), para("乙")):
        document.add_paragraph(text)
    document.save(tmp_path / "paper.docx")
    reading = read_file(tmp_path / "paper.docx")
    assert reading.metadata["authors"] == ["林渡", "周硯秋"]


def test_a_title_on_two_rows_of_a_form(tmp_path):
    """The value of a form's title goes on below it, whatever its indent, until the next label."""
    document = docx.Document()
    for text in ("论文题目：木料渡船的", "重修与备案", "负责人：林渡"):
        document.add_paragraph(text).runs[0].font.size = Pt(16)
    document.add_page_break()
    for text in ("甲", "乙"):
        document.add_paragraph(para(text))
    document.save(tmp_path / "paper.docx")
    reading = read_file(tmp_path / "paper.docx")
    assert reading.metadata["title"] == "木料渡船的重修与备案"
    assert reading.metadata["authors"] == ["林渡"]


def test_a_masthead(tmp_path):
    """The title of a paper in a journal stands below long lines of the masthead, its names have
    blanks within; what is larger than the text above the title is no heading.
    """
    masthead = (
        "#text(13pt)[水利园地] #h(1fr) JOURNAL OF RIVERS AND DYKES AND OF THE PEOPLE THERE\n\n"
    )
    names = "#align(center)[#text(14pt)[林#h(1em)渡1，周#h(1em)砚2]]"
    reading = print_paper(
        tmp_path,
        f"{masthead}DOI: 10.1000/rivers.2025.11.001\n\n#align(center, text(18pt)[水位与水色的研究])\n\n"
        f"{names}\n\n摘要：{PARA}\n\n#text(14pt)[1　来历]\n\n{para('甲')}\n\n{para('乙')}",
    )
    assert reading.metadata["title"] == "水位与水色的研究"
    assert reading.metadata["authors"] == ["林渡", "周砚"]
    assert [text for role, text in said(reading) if role == "h1"] == ["1　来历"]


def test_a_page_of_titles(tmp_path):
    """A page that 目录 heads and titles alone fill is a contents, though none of them comes again as
    it stands there.
    """
    titles = [f"第{number}章　{word}的来历" for number, word in zip("一二三", "水岸堤")]
    body = (f"#text(16pt)[{title[:3]}]\n\n{title[4:]}\n\n{para('甲')}\n\n" for title in titles)
    reading = print_paper(
        tmp_path,
        "#align(center, text(26pt)[河道的水与岸])\n#pagebreak()\n#text(16pt)[目　录]\n\n"
        + "\n\n".join(titles)
        + "\n#pagebreak()\n"
        + "".join(body),
    )
    reasons = [span.reason for span in reading.furniture]
    assert (reasons, len([u for u in reading.units if u.level == 1])) == (["toc-leader"] * 4, 3)


def test_the_order_of_a_contents():
    """Its lines are told in their order, by which alone an entry of several pieces is one: how deep
    each stands would change from run to run.
    """
    entries = (f"{number}.{part} 水位与水色 …… {number}" for number in "1234" for part in "123")
    lines = [Line(text, y=20.0 * at) for at, text in enumerate(["目录", *entries])]
    text = [Line(para(start), y=400.0 + at) for at, start in enumerate("甲乙丙")]
    assert find_contents([*lines, *text]) == lines


def test_a_cover_of_unlike_lines(tmp_path):
    """What kind of document it is belongs to the title above, however much larger or lower it is
    set; the office below a name is no person, a Latin name beside others is one.
    """
    for name, authors in (
        ("林渡", ["林渡"]),
        ("林渡　周砚秋　Mara Denvo", ["林渡", "周砚秋", "Mara Denvo"]),
        ("林渡\n\nMara Denvo", ["林渡", "Mara Denvo"]),
    ):
        reading = print_paper(
            tmp_path,
            "#align(center)[#text(16pt)[沿河互助看水系统]\n#v(3cm)\n#text(30pt)[设计文档]\n#v(3cm)\n"
            f"#text(14pt)[{name}\n\n江城大学]]\n#pagebreak()\n{para('甲')}\n\n{para('乙')}",
        )
        assert reading.metadata["title"] == "沿河互助看水系统设计文档"
        assert reading.metadata["authors"] == authors


def test_a_second_line_that_ends_its_cover(tmp_path):
    """A title's second line behind a dash may be the last that is no row of a form; labels may be
    spread in the cells of a ruled form.
    """
    rows = "".join(
        f"[{'#h(2em)'.join(label)}], [{value}],"
        for label, value in (("专业", "水文"), ("姓名", "林渡"))
    )
    lines = [(26, "河道的水与岸"), (26, "——堤上人家")]
    cover = "\n\n".join(f"#align(center, text({size}pt)[{words}])" for size, words in lines)
    for form in ("", f"#v(4em)\n#table(columns: (6em, 12em), {rows})\n"):
        reading = print_paper(
            tmp_path, f"{cover}\n{form}#pagebreak()\n{para('甲')}\n\n{para('乙')}"
        )
        assert reading.metadata["title"] == "河道的水与岸——堤上人家"
        assert reading.metadata["authors"] == ["林渡"] * bool(form)


@pytest.mark.parametrize("title", ["林渡《河道与堤岸 的重修》读后", "渡船调度系统 需求说明书"])
def test_a_title_of_two_headings(tmp_path, title):
    """Of two headings that begin a paper the second belongs to the title where the first stops
    within 《, or where it only says what kind of document this is.
    """
    document = docx.Document()
    for text in title.split():
        document.add_heading(text, 1)
    for text in ("甲", "乙"):
        document.add_paragraph(para(text))
    document.add_heading("来历", 1)
    document.add_paragraph(para("丙"))
    document.save(tmp_path / "paper.docx")
    reading = read_file(tmp_path / "paper.docx")
    assert bare(reading.metadata["title"]) == bare(title)
    assert [unit.text for unit in reading.units if unit.level] == ["来历"]


def test_a_title_above_the_pages(tmp_path):
    """Where the cover is a picture, what stands above most pages is the title, and no office."""
    header = "水务研究院 #h(1fr) 守堤手册（修订）"
    pages = [
        f"#text(16pt)[{name}]\n\n{para(name)}"
        for name in ("前言", "一、水位", "二、渡船", "三、堤")
    ]
    reading = print_paper(
        tmp_path, f"#set page(header: [{header}])\n" + "\n#pagebreak()\n".join(pages)
    )
    assert reading.metadata["title"] == "守堤手册（修订）"
    assert said(reading)[1:3] == [("h1", "前言"), ("para", para("前言"))]


def test_names_set_like_headings(tmp_path):
    """Several names above the text are set as its short lines are; an English title is none of a
    form's, a label no name.
    """
    head = "#align(center, text(20pt)[水位的来历])\n\n"
    names = "#align(center, text(13pt)[林渡，周砚秋])\n\n"
    body = "".join(f"#text(13pt)[{word}的事]\n\n{para(word)}\n\n" for word in "水岸堤船")
    reading = print_paper(tmp_path, head + names + body)
    assert reading.metadata["authors"] == ["林渡", "周砚秋"]
    form = (
        "题目：水位的来历\n\nOn Water Levels\n\n负责人：林渡  联系电话13800000000\n\n学院：水务学院"
    )
    reading = print_paper(
        tmp_path, f"#set text(14pt)\n{form}\n#pagebreak()\n#set text(10pt)\n{body}"
    )
    assert (reading.metadata["title"], reading.metadata["authors"]) == ("水位的来历", ["林渡"])
