"""Kinds of PDF that real makers print: each set here on the spot, with what a reader would see."""

import io
import subprocess
import sys
import zlib
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf.generic import RectangleObject

from manuscript.figures import draw_figure
from manuscript.flow import group_lines
from manuscript.lines import Box, Line
from manuscript.measures import measure
from manuscript.pdf import read_pdf
from manuscript.reading import read_file
from manuscript.units import Reading
from manuscript.witness import compare_pages
from whitepaper.book import BookError
from whitepaper.exports.press import font_folders

SET = """
#set page(paper: "a4", margin: 2.5cm)
#set text(font: "Noto Serif SC", size: 11pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
#set heading(bookmarked: false)
"""
PARA = "沿河的居民每天清早到堤上走一走，记下水位和水色，回来交给值守的人存档备查，" * 3


def para(start: str) -> str:
    return f"{start}{PARA}年年如此。"


# In a process of its own: the threads that it starts would keep later builds from forking.
PRINT = """
import sys, pathlib, typst
source, paper, tagged, *fonts = sys.argv[1:]
compiler = typst.Compiler(source.encode(), font_paths=fonts, ignore_system_fonts=True)
pathlib.Path(paper).write_bytes(compiler.compile(pdf_tags=bool(tagged)))
"""


def print_paper(folder: Path, source: str, tagged: str = "") -> Reading:
    """What is read of these pages in print, set in the book's faces or in such as lie there."""
    paper = folder / "paper.pdf"
    faces = map(str, [folder, *font_folders()])
    words = [sys.executable, "-c", PRINT, SET + source, str(paper), tagged, *faces]
    subprocess.run(words, check=True)
    return read_file(paper)


def said(reading: Reading) -> list[tuple[str, str]]:
    return [(unit.role, unit.text) for unit in reading.units]


def test_tight_numbers(tmp_path):
    """1.1水位 in bold, with nothing between, is a heading; 图1水位 below a drawing its caption;
    3.5亿 at a line's start neither.
    """
    reading = print_paper(
        tmp_path,
        f"#text(weight: 700)[一、概况]\n\n#text(weight: 700)[1.1水位的涨落]\n\n{para('甲')}\n\n"
        "#align(center, rect(width: 5cm, height: 3cm, fill: blue))\n#align(center)[图1水位的变化]\n\n"
        f"{para('图1中看得出，')}\n\n{para('3.5亿方水，')}",
    )
    assert [(role, text.replace(" ", "")[:5]) for role, text in said(reading)] == [
        ("h1", "一、概况"), ("h2", "1.1水位"), ("para", "甲沿河的居"), ("caption", "图1水位的"), ("para", "图1中看得"), ("para", "3.5亿方"),
    ]  # fmt: skip


def test_an_indented_block(tmp_path):
    """A paragraph that is set in stays one, from both sides or from the left alone, wherever its
    sentences end, and so does an item whose bullet is lost.
    """
    ended = f"{PARA.replace('，', '')[:34]}。{para('己')}"  # with its first line
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n#pad(x: 2em)[#set par(first-line-indent: 0em)\n{para('乙')}]\n\n"
        f"#pad(left: 2em)[#set par(first-line-indent: 0em, hanging-indent: 2em)\n{para('丙')}]\n\n{para('丁')}\n\n"
        f"#pad(left: 3em, right: 1em)[#set par(first-line-indent: 0em)\n#h(2em){ended}]\n\n{para('戊')}",
    )
    assert [text for _, text in said(reading)] == [*map(para, "甲乙丙丁"), ended, para("戊")]


def test_words_from_right_to_left(tmp_path):
    """Between words that run from the right PDFium puts blanks that belong to no text object."""
    words = "#h(1em)".join(["שלום", "עולם", "ספר"])
    reading = print_paper(tmp_path, f"{para('甲')}{words}，{para('乙')}")
    text = "".join(text for _, text in said(reading))
    assert text.startswith(para("甲")) and text.endswith(para("乙"))
    assert set("שלוםעולםספר") <= set(text)


def test_words_without_a_size(tmp_path):
    """What a print hides by setting it in no size is read where it stands."""
    hidden = "#text(size: 0.02pt)[沿河] #text(size: 0.02pt)[1]"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{hidden}\n\n{para('乙')}")
    text = "".join(text for _, text in said(reading))
    assert all(words in text for words in (para("甲"), para("乙"), "沿河"))


def test_signs_of_wingdings(tmp_path):
    """A print may say that a bullet of Wingdings is an l: it is read as what the face draws."""
    face = TTFont(Path(font_folders()[-1]) / "PaperSerif-Regular.ttf")
    for record in face["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "Wingdings-Regular" if record.nameID == 6 else "Wingdings"
    face.save(tmp_path / "wingdings.ttf")
    bullet = '#text(font: "Wingdings")[l] '
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{bullet}看水位。\n\n{bullet}看水色。")
    assert said(reading)[1:] == [("item ●", "● 看水位。"), ("item ●", "● 看水色。")]


@pytest.mark.parametrize("title", ["参考文献", "参考\u2f42献"])  # as some fonts call 文
def test_citations_are_no_notes(tmp_path, title):
    """Raised [2] leads to an entry of the list of references and stays a word, beside footnotes
    with the same numbers; the entries, small at the page's foot, are no notes.
    """
    reading = print_paper(
        tmp_path,
        f"{para('甲')}#footnote[值守的人的说法。]据调查#super[\\[1\\]]，{para('乙')}#super[\\[2\\]]\n\n"
        f"= {title}\n#set text(8pt)\n#set par(first-line-indent: 0em)\n"
        "[1] 林渡. 河流水位考[J]. 水运学刊, 2001.\n\n[2] 周砚秋. 堤岸[M]. 江城: 水务社, 2003.",
    )
    words = said(reading)
    assert words[0][1].endswith("据调查[1]，" + para("乙") + "[2]")
    assert [text for role, text in words if role == "note"] == ["值守的人的说法。"]
    assert [role for role, text in words if text[0] == "["] == ["reference"] * 2


def test_text_on_a_ground(tmp_path):
    """Text on a coloured ground is no label of the figure beside it."""
    reading = print_paper(
        tmp_path,
        f"#block(fill: aqua)[{para('甲')}]\n#align(center, rect(width: 5cm, height: 3cm))\n"
        f"#align(center)[图 1 水位]\n\n{para('乙')}",
    )
    assert said(reading) == [("para", para("甲")), ("caption", "图 1 水位"), ("para", para("乙"))]


def test_the_last_line_above_a_figure(tmp_path):
    """A paragraph's short last line right above a picture is no label of it, and neither is a
    short sentence or the source below.
    """
    reading = print_paper(
        tmp_path,
        f"{para('甲' * 32)}\n#align(center, rect(width: 9cm, height: 3cm))\n#align(center, text(9pt)[资料来源：县志])\n"
        f"#align(center)[图 1 水位]\n\n水位见图 1。\n\n{para('乙')}",
    )
    texts = [text for _, text in said(reading)]
    assert texts == [para("甲" * 32), "资料来源：县志", "图 1 水位", "水位见图 1。", para("乙")]


def test_a_contents_without_leaders(tmp_path):
    """Ends at its page: a line of the next one that ends in a figure stands beside none. A figure
    in large type is no heading.
    """
    entries = "\n\n".join(f"{name} #h(1fr) {page}" for page, name in enumerate("甲乙丙丁", 4))
    reading = print_paper(
        tmp_path,
        f"#align(center, text(26pt)[河道年报])\n#pagebreak()\n= 目录\n{entries}\n#pagebreak()\n"
        f"= 本期要点\n今年修到38\n\n{para('甲')}\n\n#text(26pt, cjk-latin-spacing: none)[12.7亿元]\n\n{para('乙')}",
    )
    assert said(reading)[1:] == [
        ("h1", "本期要点"),
        ("para", "今年修到38"),
        ("para", para("甲")),
        ("para", "12.7亿元"),
        ("para", para("乙")),
    ]


def test_lines_at_the_right(tmp_path):
    """Who said a motto, and who signs, is a paragraph; so is what follows, and a longer line below
    it.
    """
    reading = print_paper(
        tmp_path,
        "= 一、来历\n水到渠成。\n\n#v(-0.7em)\n#align(right)[——李四《渡口杂记》]\n#v(-0.7em)\n"
        f"{para('甲')}\n\n{para('乙')}\n\n#align(right)[某县值守办公室]\n#v(-0.7em)\n#align(right)[二〇二五年三月十八日]",
    )
    signed = ["某县值守办公室", "二〇二五年三月十八日"]
    expected = ["——李四《渡口杂记》", para("甲"), para("乙"), *signed]
    assert [text for _, text in said(reading)][2:] == expected


def test_a_hanging_line_in_a_narrow_column(tmp_path):
    """The second line of a reference, set far in, goes on: the line above it is full."""
    entries = [
        f"#par(hanging-indent: 3cm)[[{n}]河务志编委会关于堤与渡口的记录卷{n}]" for n in "123"
    ]
    text = f"{para('甲')}\n\n{para('乙')}\n\n参考文献\n\n" + "\n\n".join(entries)
    reading = print_paper(tmp_path, f"#set page(width: 10cm)\n{text}")
    assert [text for role, text in said(reading) if role == "reference"] == [
        f"[{n}]河务志编委会关于堤与渡口的记录卷{n}" for n in "123"
    ]


def test_superior_figures(tmp_path):
    """A call drawn by its face's own superior figure, as large as the text by its size, is one."""
    reading = print_paper(
        tmp_path,
        '#set text(font: ("Libertinus Serif", "Noto Serif SC"))\n'
        f"{para('甲')}到1998年底#footnote[值守的人的说法。]，{para('乙')}\n\n{para('丙')}",
    )
    notes = [unit for unit in reading.units if unit.role == "note"]
    assert [unit.text for unit in notes] == ["值守的人的说法。"]
    text = reading.units[0]
    assert f"到1998年底，{para('乙')}" in text.text
    assert text.calls == ((len(f"{para('甲')}到1998年底"), notes[0].mark),)


def test_a_mark_a_little_smaller(tmp_path):
    """A raised mark in the size that browsers give it is the call of a note, no line of its own."""
    text = para("甲").replace("，", "#text(0.86em, baseline: -0.45em)[①]，", 1)
    reading = print_paper(tmp_path, f"= 一、来历\n{text}\n\n{para('乙')}")
    assert [text for _, text in said(reading)][1:] == [
        para("甲").replace("，", "①，", 1),
        para("乙"),
    ]


def test_a_contents_with_the_same_entry_twice(tmp_path):
    """A contents without page numbers that names itself, and the end of each chapter."""
    entries = ["引子", "一、水", "小结", "二、岸", "小结", "三、堤", "小结"]
    document = docx.Document()
    for text in ("目录", "目录", *entries, *(t for entry in entries for t in (entry, para("甲")))):
        document.add_paragraph(text)
    document.save(str(tmp_path / "paper.docx"))
    reading = read_file(tmp_path / "paper.docx")
    assert [span.text for span in reading.furniture] == ["目录", "目录", *entries]


def test_text_behind_a_contents(tmp_path):
    """A heading that the contents names ends it, whatever line below ends in a number; a page with
    a heading is no cover, however narrow its lines are.
    """
    entries = "".join(
        f"{name} #h(1fr) {page}\n\n" for name, page in (("前　言", 3), ("一、水", 4), ("二、岸", 5))
    )
    lines = "Each ferry of the villages\\ is mended every spring\\ and painted again."
    reading = print_paper(
        tmp_path,
        f"#align(center, text(26pt)[河道的水与岸])\n\n#text(16pt)[Abstract]\n\n{lines}\n#pagebreak()\n"
        f"#text(16pt)[目　录]\n\n{entries}#pagebreak()\n#text(16pt)[前　言]\n\n"
        f"到了今年累计用工达到870\\ 个。\n\n{para('甲')}\n\n#text(16pt)[一、水]\n\n{para('乙')}",
    )  # fmt: skip
    headings = [unit.text for unit in reading.units if unit.level]
    assert [text.replace("　", "") for text in headings] == ["Abstract", "前言", "一、水"]
    body = "".join(text for _, text in said(reading))
    assert "every spring" in body and "用工达到870" in body


def test_text_of_two_sizes(tmp_path):
    """A short line in a size that whole paragraphs have is no heading, though more text is smaller."""
    document = docx.Document()
    long = [(para(start), 10.5 if start > "丑" else 12) for start in "子丑辰巳午未申"]
    for text, size in (("一、概况", 16), *long[:1], ("水位是这样记的", 12), *long[1:]):
        document.add_paragraph().add_run(text).font.size = Pt(size)
    document.save(str(tmp_path / "paper.docx"))
    reading = read_file(tmp_path / "paper.docx")
    assert [text for role, text in said(reading) if role[0] == "h"] == ["一、概况"]


def test_the_largest_headings(tmp_path):
    """Numbered headings that nothing stands above are chapters, those without a number below them
    are not; a label with a blank for a signature is no heading.
    """
    document = docx.Document()
    sizes = {"1. 概要": 16, "水位": 13, "2. 办法": 16, "水色": 13, "作者签名：": 13}
    for text, size in sizes.items():
        document.add_paragraph().add_run(text).font.size = Pt(size)
        document.add_paragraph(para("甲"))
    document.save(str(tmp_path / "paper.docx"))
    roles = dict(map(reversed, said(read_file(tmp_path / "paper.docx"))))
    assert [roles[text] for text in sizes] == ["h1", "h2", "h1", "h2", "lead-in"]


def test_contents_without_numbers(tmp_path):
    """Headings that stand one below the other before they come again, far apart, are a contents,
    with bullets too.
    """
    headings = [f"{number}、{word}" for number, word in zip("一二三四五", "水岸堤闸桥")]
    for bullet in ("", "• "):
        document = docx.Document()
        for text in headings:
            document.add_paragraph(bullet + text)
        for text in (t for at in headings for t in (at, *map(para, "甲乙丙丁戊"))):
            document.add_paragraph(text)
        document.save(str(tmp_path / "paper.docx"))
        reading = read_file(tmp_path / "paper.docx")
        assert [text for role, text in said(reading) if role == "h1"] == headings
        assert [span.reason for span in reading.furniture] == ["toc-leader"] * 5


def test_chapters_in_the_header(tmp_path):
    """A running header that names the chapter on right pages and the paper on left ones is none of
    the text, even where a chapter has one right page, but its title; numbers of a row below it are.
    """
    turned = (PARA[at:] + PARA[:at] + "。" for at in range(1, 99, 7))
    chapters = "".join(
        f"#pagebreak()\n#align(center, text(20pt)[第{number}章 水位])\n{next(turned)}\n"
        f"#pagebreak()\n{next(turned)}\n#pagebreak()\n"
        f"#grid(columns: 3, column-gutter: 3cm, [北段{number}], [{at}1], [{at}7])\n\n{next(turned)}"
        for at, number in enumerate("一二三四", 1)
    )
    reading = print_paper(
        tmp_path,
        "#set page(header: context { let page = here().page(); let at = calc.quo(page + 1, 3)\n"
        'text(9pt, if calc.odd(page) [第#numbering("一", calc.max(1, at))章 水位] else [河道报告]) })\n'
        f"{para('序')}\n{chapters}",
    )
    headings = [text for role, text in said(reading) if role == "h1"]
    assert headings == [f"第{number}章 水位" for number in "一二三四"]
    title, *rest = [text for _, text in said(reading)]
    text = " ".join(rest)
    assert title == "河道报告" and title not in text
    assert [f"{at}{one}" for at in range(1, 5) for one in "17" if f"{at}{one}" not in text] == []
    assert "page-number" not in [span.reason for span in reading.furniture]


def test_headings_at_the_foot(tmp_path):
    """A heading that has the same words in every chapter and stands at the foot of three pages is
    a heading, not a footer.
    """
    turned = ("甲" + PARA[at:] + PARA[:at] + "。" for at in range(1, 99, 7))
    chapters = "#pagebreak()".join(
        f"#align(center, text(16pt)[第{number}章 水位]){next(turned)}#v(1fr)\n"
        "#par(first-line-indent: 0em)[*（二）人员的培养*]\n"
        f"#pagebreak(){next(turned)}"
        for number in "一二三四"
    )
    reading = print_paper(tmp_path, chapters)
    assert [text for role, text in said(reading) if role == "h3"] == ["（二）人员的培养"] * 4
    assert reading.furniture == []


def test_a_watermark(tmp_path):
    """Large words across every page are none of the text, slanting or not."""
    for angle in (0, -45):
        words = f"rotate({angle}deg, text(48pt, fill: silver)[内部资料])"
        pages = "#pagebreak()".join(f"{para(start)}\n\n{para(start * 2)}" for start in "甲乙丙丁")
        reading = print_paper(tmp_path, f"#set page(background: {words})\n{pages}")
        texts = [text for _, text in said(reading)]
        assert texts == [para(start * count) for start in "甲乙丙丁" for count in (1, 2)], angle
        assert {span.reason for span in reading.furniture} == {"running-header"}


def test_sources_at_the_foot(tmp_path):
    """What stands at the foot of some pages, and the same but for its digits within others, is
    text.
    """
    turned = [PARA[at:] + PARA[:at] + "。" for at in range(1, 64, 7)]
    source = "（《水务文集》第{}卷，第{}页）"
    pages = [
        f"{text}\n\n{'#v(1fr)' if at % 3 == 0 else ''}{source.format(at, at * 7)}\n"
        + ("" if at % 3 == 0 else f"\n{para('甲' * at)}\n\n{para('乙' * at)}\n\n{para('丙' * at)}")
        for at, text in enumerate(turned, 1)
    ]
    reading = print_paper(tmp_path, "#pagebreak()".join(pages))
    texts = [text for _, text in said(reading) if "文集" in text]
    assert texts == [source.format(at, at * 7) for at in range(1, len(pages) + 1)]


def test_stretched_blanks(tmp_path):
    """A justified line whose one blank is stretched is one line, below another such line too, and a
    note behind its mark; a table without rules right below is a table.
    """
    lines = [f"{PARA[at : at + 17]}2004#h(1fr){PARA[: 12 + at]}#linebreak()" for at in range(3)]
    note = f"①#h(1fr){PARA[:50]}#linebreak(){PARA[50:70]}。"
    rows = "".join(f"[{name}],[{at}.5 米],[{name}站]," for at, name in enumerate("东南西"))
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n{''.join(lines)}{para('乙')}#super[①]\n"
        f"#grid(columns: (1fr,) * 3, row-gutter: 0.65em, {rows})\n\n{para('丙')}\n"
        f"#v(1fr)\n#line(length: 30%)\n#set par(first-line-indent: 0em)\n#text(8pt)[{note}]",
    )
    joined = "".join(lines).replace("#h(1fr)", " ").replace("#linebreak()", "")
    table = [("row", f"{name}\t{at}.5 米\t{name}站") for at, name in enumerate("东南西")]
    paras = [("para", text) for text in (para("甲"), joined + para("乙"), para("丙"))]
    assert said(reading) == [*paras[:2], ("note", f"{PARA[:70]}。"), *table, paras[2]]


def test_a_quotation_of_two_lines(tmp_path):
    """A block set in from both sides by as much is one paragraph, though its second line is short."""
    words = "老人说，水不怕人急，只怕人忘，堤上的刻痕一年一年都在，读不读在人，刻不刻也在人，水自己不说。"
    sentences = (
        f"{words.replace('，', '')[:38]}。水自己不说，老人这样说。"  # the first fills its line
    )
    for text, indent in ((words, 0), (sentences, 2)):
        block = f"#pad(x: 2em, text(10pt)[#h({indent}em){text}])"
        reading = print_paper(tmp_path, f"{para('甲')}\n\n{block}\n\n{para('乙')}")
        assert [text for _, text in said(reading)] == [para("甲"), text, para("乙")]


def test_a_ragged_quotation(tmp_path):
    """A block set in from both sides is one paragraph, though a line of it ends early and with a
    sentence; so is one whose first line is indented, and members set in so stay apart.
    """
    words = "老人说，水不怕人急，只怕人忘，堤上的刻痕一年一年都在，读不读在人，刻不刻也在人。"
    quotation = (
        f"{words}水利枢纽工程办公室的SECONDARYWATERLEVELRECORDS到2011年底已经有十二册，{words}"
    )
    indented = f"还有人说，{words}{words}"
    members = [f"{one}是看管水位的人。" for one in "甲乙丙"]
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n#pad(x: 3em)[#set par(first-line-indent: 0em, justify: false)\n{quotation}]\n\n"
        f"{para('乙')}\n\n#pad(x: 4em)[{indented}]\n\n{para('丙')}\n\n"
        f"#pad(x: 3em)[{'#parbreak()'.join(members)}]",
    )
    expected = [para("甲"), quotation, para("乙"), indented, para("丙"), *members]
    assert [text for _, text in said(reading)] == expected


def test_a_last_line_of_a_mark(tmp_path):
    """A paragraph's last line that is only a raised citation, hardly smaller than the text, or a
    note's mark, and a stop.
    """
    full = "沿河的居民每天清早到堤上走一走记下水位和水色" * 4
    reading = print_paper(
        tmp_path,
        f"甲{full[:79]}#linebreak()#super(size: 0.86em)[\\[1\\]]。\n\n乙{full[:79]}#linebreak()#super[①]。\n"
        "#v(1fr)\n#set par(first-line-indent: 0em)\n#text(8pt)[① 值守的人的说法。]",
    )
    expected = [("para", f"甲{full[:79]}[1]。"), ("para", f"乙{full[:79]}。")]
    assert said(reading) == [*expected, ("note", "值守的人的说法。")]


def test_powers_of_letters(tmp_path):
    """A raised letter behind another sign is no mark of a note, be it a Roman number."""
    reading = print_paper(
        tmp_path, f"{para('甲')}函数e#super[x]与2e#super[i]都在册上。\n\n{para('乙')}"
    )
    assert said(reading)[0][1].endswith("函数ex与2ei都在册上。")


def test_signs_below_the_line(tmp_path):
    """Subscripts belong to their line, and call no note; raised figures take their room."""
    start = "甲水位h#sub[t]与H#sub[2]O之和，渡口#super[12-15]，三村轮流出工，"
    reading = print_paper(
        tmp_path, f"{para(start)}#footnote[一条。]\n\n{para('乙')}#footnote[二条。]"
    )
    assert said(reading) == [
        ("para", para("甲水位ht与H2O之和，渡口12-15，三村轮流出工，")),
        ("note", "一条。"),
        ("para", para("乙")),
        ("note", "二条。"),
    ]


def test_examples_with_room_behind_them(tmp_path):
    """例 1 is printed with more than an em behind it: neither it nor its words are cells."""
    words = [f"水位记在第 {number} 页." for number in range(1, 4)]
    examples = [f"例 {number}#h(1.5em){text}" for number, text in enumerate(words, 1)]
    reading = print_paper(tmp_path, "\n\n".join([para("甲"), *examples, para("乙")]))
    assert [role for role, _ in said(reading)] == ["para"] * 5
    assert [text[3:].lstrip() for _, text in said(reading)[1:4]] == words


def test_where_a_line_may_part(tmp_path):
    """A minus holds to the word before it, a dash to the number behind it; a last line may be
    mostly raised figures.
    """
    full = "沿河的居民每天清早到堤上走一走记下水位和水色" * 4
    first = f"甲{full[:35]}低#linebreak()于-26℃，{full[:60]}。"
    second = f"乙{full[:33]}写#linebreak()——2001—1998年间，{full[:60]}。"
    third = f"丙{full[:78]}#linebreak()约7年#super(size: 0.6em)[\\[2,5\\]]。"
    reading = print_paper(tmp_path, "\n\n".join((first, second, third, para("丁"))))
    plain = [text.replace("#linebreak()", "") for text in (first, second)]
    assert [text for _, text in said(reading)] == [*plain, f"丙{full[:78]}约7年[2,5]。", para("丁")]


def test_what_begins_behind_a_full_line(tmp_path):
    """A paragraph begins where the rest of the item above would, or far further in, or smaller, or
    with the keywords; who signs may stand in pieces.
    """
    full = "沿河的居民每天清早到堤上走一走记下水位和水色" * 4
    item, last = f"(3) {full[:38]}。", f"丙{full[:78]}。"
    reading = print_paper(
        tmp_path,
        f"#set par(spacing: 0.65em)\n#par(first-line-indent: 0.8em)[{item}]\n\n{para('乙')}\n\n"
        f"{last}\n\n#align(center)[＊　＊　＊]\n\n{last}\n\n"
        f"#par(first-line-indent: 0em, text(10.5pt)[{full}。])\n\n{last}\n\n"
        f"#par(first-line-indent: 0em)[关键词：水位]\n\n{last}\n\n"
        "#align(right)[林#h(2em)渡#h(2em)]\n\n#align(right)[三月十八日#h(2em)]\n\n（此件公开发布）",
    )
    assert said(reading) == [
        ("item (3)", item),
        ("para", para("乙")),
        *[("para", text) for text in (last, "＊　＊　＊", last, f"{full}。", last)],
        *[
            ("para", text)
            for text in ("关键词：水位", last, "林 渡", "三月十八日", "（此件公开发布）")
        ],
    ]


def test_hyphens_of_the_printer(tmp_path):
    """A hyphen at a line's end goes where only the printer set it, and stays in a compound."""
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n#set par(first-line-indent: 0em)\n"
        "The reorganisation of satis-#linebreak()factory records of the state-of-#linebreak()the-art "
        "reorga-#linebreak()nisation is a multi-#linebreak()agent matter; multi-level plans, the end.",
    )
    assert [text for _, text in said(reading)][1:] == [
        "The reorganisation of satisfactory records of the state-of-the-art reorganisation is a "
        "multi-agent matter; multi-level plans, the end."
    ]
    assert [span.reason for span in reading.furniture] == ["soft-hyphen"] * 2


def test_articles_that_fill_their_lines(tmp_path):
    """Each article begins a paragraph, though nothing but its number says so."""
    full = "沿河的居民每天清早到堤上走一走记下水位和水色" * 4
    articles = [f"第{at}条 {full[:77]}。" for at in "一二三四"]
    reading = print_paper(
        tmp_path,
        f"#set par(first-line-indent: 0em, spacing: 0.65em)\n{para('甲')}\n\n"
        + "#linebreak(justify: true)\n".join(articles),
    )
    assert [text for _, text in said(reading)][1:] == articles


def test_baselines_that_differ(tmp_path):
    """Figures of another face, set a little lower, in a column beside one of other baselines."""
    full = "沿河的居民每天清早到堤上走一走记下水位和水色" * 20
    figures = "如图#text(baseline: 1.2pt)[２]中的#text(baseline: 1.2pt)[１３、１５]，"
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n#grid(columns: (1fr, 1fr), gutter: 2em, [{full}。], [#v(2pt){(figures + full[:60]) * 5}。])",
    )
    right = "如图２中的１３、１５，" + full[:60]
    assert [text for _, text in said(reading)][1:] == [f"{full}。", f"{right * 5}。"]


def test_speakers(tmp_path):
    """What a speaker says goes on below, set in."""
    full = "沿河的居民每天清早到堤上走一走记下水位和水色" * 4
    said_by = f"守塔人：{full[:35]}（笑）#linebreak(){full[:20]}。"
    reading = print_paper(
        tmp_path,
        "#set par(first-line-indent: 0em, spacing: 0.65em)\n"
        + "\n\n".join([para("甲"), f"#par(hanging-indent: 4em)[{said_by}]", para("乙")]),
    )
    spoken = f"守塔人：{full[:35]}（笑）{full[:20]}。"
    assert [text for _, text in said(reading)] == [para("甲"), spoken, para("乙")]


def test_pages_that_are_pictures(tmp_path):
    """A page without text that holds a picture is named."""
    page = "#pagebreak()\n#rect(width: 100%, height: 50%, fill: gray)\n#pagebreak()\n"
    reading = print_paper(tmp_path, f"{para('甲')}\n{page}{para('乙')}")
    assert any(message.endswith("their text is not read: 2") for _, message in reading.warnings)


def test_entries_that_fill_their_lines(tmp_path):
    """Entries of a list of references, each a full line that ends in a digit's stop."""
    entries = [f"[{at}] {'河流水位与堤岸' * 6}考[J]. 水运学刊, 200{at}." for at in range(1, 5)]
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n= 参考文献\n#set par(first-line-indent: 0em)\n"
        + "#linebreak(justify: true)\n".join(entries),
    )
    assert [text for role, text in said(reading) if role == "reference"] == entries


def test_a_heading_that_is_only_bold(tmp_path):
    """A short bold line without number above a paragraph is a heading; a paragraph that ends in
    [3] is closed.
    """
    document = docx.Document()
    for text in ("一、概况", f"{para('甲')}[3]", "三个刻度", para("乙")):
        document.add_paragraph().add_run(text).bold = len(text) < 9
    document.save(str(tmp_path / "paper.docx"))
    reading = read_file(tmp_path / "paper.docx")
    assert [(role[0], text[:4]) for role, text in said(reading)] == [
        ("h", "一、概况"), ("p", "甲沿河的"), ("h", "三个刻度"), ("p", "乙沿河的"),
    ]  # fmt: skip
    assert not any("without a mark" in told for _, told in reading.warnings)


def test_a_contents_of_two_pieces(tmp_path):
    """目 and 录 far apart, and numbers without leaders, are contents all the same."""
    entries = "".join(
        f"第{number}章 水位 #h(1fr) {at}\n\n" for at, number in enumerate("一二三四", 1)
    )
    reading = print_paper(
        tmp_path,
        f"#align(center, text(16pt)[目#h(3em)录])\n#set par(first-line-indent: 0em)\n{entries}#pagebreak()\n"
        f"#align(center, text(16pt)[第一章 水位])\n{para('甲')}",
    )
    assert said(reading) == [("h1", "第一章 水位"), ("para", para("甲"))]


def test_a_chapter_above_its_title(tmp_path):
    """Its number and its title, on two lines, stay apart by a wide blank."""
    head = '#align(center, text(18pt, weight: "bold")[{}\n\n{}])\n'
    reading = print_paper(
        tmp_path,
        f"{head.format('第一编', '浮桥')}{para('甲')}\n\n{head.format('第二编', '渡口')}{para('乙')}",
    )
    assert [text for role, text in said(reading) if role == "h1"] == [
        "第一编　浮桥",
        "第二编　渡口",
    ]


@pytest.mark.parametrize(
    "end",
    [
        "Key words: ferry; village; timber",
        "`level.append(read(host=config['host'], port=config['port']))`",
        "主页：`https://water.example/levels/2019/stations/north`",
    ],
)
def test_what_ends_without_a_stop(tmp_path, end):
    """A paper that ends with its English key words, a line of code or an address is not cut, nor is
    one that ends with a table, whatever stands over that.
    """
    reading = print_paper(tmp_path, f"= 一、来历\n{para('甲')}\n\n{para('乙')}\n\n{end}")
    assert not reading.metadata["truncated"]
    table = "#table(columns: 2, [站点], [水位], [上渡], [4.2], [下渡], [3.9])"
    reading = print_paper(tmp_path, f"= 一、来历\n{para('甲')}\n\n乙{PARA}\n\n{table}")
    assert not reading.metadata["truncated"]
    assert print_paper(tmp_path, f"= 一、来历\n{para('甲')}\n\n乙{PARA}").metadata["truncated"]


def test_tabs_and_bullets_of_word(tmp_path):
    """Paragraphs that tabs part are no rows; a bullet of Symbol is one; a page of one long
    paragraph is no cover.
    """
    document = docx.Document()
    document.add_paragraph("河道报告")
    document.add_page_break()
    document.add_paragraph(para("摘要：甲"))
    document.add_page_break()
    for text in (para("乙"), "河段\t春\t秋", "北段\t11\t17", "\uf0b7看水位，每天一次", para("丙")):
        document.add_paragraph(text)
    document.save(str(tmp_path / "paper.docx"))
    reading = read_file(tmp_path / "paper.docx")
    assert [role for role, _ in said(reading)][-4:] == ["para", "para", "item •", "para"]
    assert para("摘要：甲") in [text for _, text in said(reading)]


def test_a_picture_without_caption(tmp_path):
    """A picture that no caption names stays below the line above it, in its column; one with words
    in it, or with nothing above, is told with its page.
    """
    square = "#rect(width: 5cm, height: 3cm, fill: red)"
    worded = "#rect(width: 5cm, height: 3cm)[涨水]"
    rows = [square, para("甲"), square, para("乙"), worded, para("丙")]
    reading = print_paper(tmp_path, "\n\n".join(rows))
    assert [unit.text[0] for unit in reading.units if unit.picture] == ["甲"]
    assert (
        str(reading.warnings).count("page 1: a picture or drawing without a caption is left") == 2
    )
    left = [para("甲") * 2, para("乙"), square, para("丙")]
    right = [para("丁") * 3, para("戊"), para("己")]
    both = "\n\n".join(["#set page(columns: 2)", *left, "#colbreak()", *right])
    reading = print_paper(tmp_path, both)
    assert [unit.text[0] for unit in reading.units if unit.picture] == ["乙"]


@pytest.mark.parametrize("tagged", ["", "1"])
def test_words_in_a_drawing(tmp_path, tagged):
    """Where the PDF's tags call it a figure too, they are shown in its picture, with what is drawn
    beside it; else they stay text.
    """
    boxes = ", ".join(f"rect(inset: 1cm)[{words}]" for words in ("上游", "中游", "下游"))
    figure = f'#figure(alt: "水路", stack(dir: ltr, spacing: 1cm, {boxes}))'
    source = f"{para('甲')}\n\n{figure}\n\n{para('乙')}"
    reading = print_paper(tmp_path, source, tagged)
    first, *rest = reading.units
    labels = [span.text for span in reading.furniture if span.reason == "figure-label"]
    if tagged:
        assert (labels, len(rest)) == (["上游", "中游", "下游"], 1)
        assert first.picture and Image.open(io.BytesIO(first.picture.data)).width > 1000
    else:
        assert (labels, rest[0].text, first.picture) == ([], "上游 中游 下游", None)


def test_a_photograph(tmp_path):
    """What has more colours than a drawing is taken out as JPEG."""
    bands = [Image.effect_noise((400, 400), 200) for _ in "RGB"]
    Image.merge("RGB", bands).save(tmp_path / "photo.pdf")
    Image.new("RGB", (400, 400), "red").save(tmp_path / "drawing.pdf")
    for name, ending in (("photo", "jpg"), ("drawing", "png")):
        assert draw_figure(tmp_path / f"{name}.pdf", 1, Box(9, 9, 390, 390)).ending == ending


def write_pdf(path: Path, content: bytes, font: bytes = b"", cmap: bytes = b"") -> None:
    """A page of one stream, as small as can be."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 900]>>",
        b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%b>>" % font,
        b"<</Length %d>>stream\n%b\nendstream" % (len(cmap), cmap),
    ]
    whole, places = b"%PDF-1.7\n", []
    for number, source in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, source)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(
        whole
        + b"xref\n0 7\n0000000000 65535 f \n%btrailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(whole))
    )


def test_text_that_runs_down(tmp_path):
    """A page set from top to bottom is told as doubtful, one set in lines is not."""
    column = "#stack(spacing: 4pt, " + ", ".join(f"[{char}]" for char in PARA[:40]) + ")"
    reading = print_paper(tmp_path, f"{para('甲')}\n#pagebreak()\n#set text(size: 10pt)\n{column}")
    told = [message for _, message in reading.warnings if "left to right" in message]
    assert told == ["page 2 is doubtful: its text does not run from left to right"]


def test_a_page_of_inherited_size(tmp_path):
    """Places are told from the upper edge of a page, also of one that takes its size from all."""
    write_pdf(tmp_path / "paper.pdf", zlib.compress(b"BT /F 12 Tf 50 700 Td (Water) Tj ET"))
    (page,) = read_pdf(tmp_path / "paper.pdf", "paper.pdf")
    assert [(run.x0, run.y, run.text) for run in page.runs] == [(50, 200, "Water")]


def test_bold_that_is_drawn(tmp_path):
    """Letters that are filled and drawn are bold: so a program fattens a font without a bold."""
    page = b"BT /F 12 Tf 50 700 Td (Water) Tj 2 Tr 0 -20 Td (level) Tj ET"
    write_pdf(tmp_path / "paper.pdf", zlib.compress(page))
    (sheet,) = read_pdf(tmp_path / "paper.pdf", "paper.pdf")
    assert [(run.bold, run.text) for run in sheet.runs] == [(False, "Water"), (True, "level")]


def test_a_grid_of_one_path(tmp_path):
    """Each stroke of a path that is nothing but strokes is a rule; a zigzag is a drawing."""
    page = (
        b"50 700 m 250 700 l 50 680 m 250 680 l 50 700 m 50 680 l S 9 9 m 99 99 l 99 9 m 9 99 l S"
    )
    write_pdf(tmp_path / "paper.pdf", zlib.compress(page + b" BT /F 12 Tf 60 685 Td (Water) Tj ET"))
    (sheet,) = read_pdf(tmp_path / "paper.pdf", "paper.pdf")
    ends = [(rule.left, rule.top, rule.right, rule.foot) for rule in sheet.rules]
    assert ends == [(50, 200, 250, 200), (50, 220, 250, 220), (50, 200, 50, 220)]
    assert len(sheet.drawings) == 1


def test_a_heading_of_two_lines(tmp_path):
    """A large line in the middle goes on in the next, however wide it is; over a page it does not."""
    large = '#align(center, text(15pt, weight: "bold")[{}])\n'
    reading = print_paper(
        tmp_path,
        large.format("一、沿河两岸的渡口与堤坝在一年之中对水位高低起到了\\ 推波助澜的作用") + 2 * para("甲")
        + "\n#pagebreak()\n" + large.format("上卷") + "#pagebreak()\n" + large.format("二、水色") + 2 * para("乙"),
    )  # fmt: skip
    assert [text for role, text in said(reading) if role == "h1"] == [
        "一、沿河两岸的渡口与堤坝在一年之中对水位高低起到了推波助澜的作用",
        "二、水色",
    ]


def test_a_page_that_inflates(tmp_path):
    """A page of a few kilobytes that unpacks to more than a machine has ends in one line."""
    squeeze = zlib.compressobj(9)
    page = [squeeze.compress(b"10 10 5 5 re f\n" * 1_000_000) for _ in range(20)]
    write_pdf(tmp_path / "bomb.pdf", b"".join([*page, squeeze.flush()]))
    with pytest.raises(BookError, match="unpacks to more than an import may take") as caught:
        read_file(tmp_path / "bomb.pdf")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("first", [0x3400, 0x0980, 0x1200])
def test_fonts_without_codes(tmp_path, first):
    """Where the fonts call every character another, rare or of a far script, nothing is imported:
    no program can read it.
    """
    rare = b" ".join(b"<%02x> <%04x>" % (65 + at, first + 7 * at) for at in range(20))
    cmap = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 20 beginbfchar %b endbfchar endcmap"
    text = zlib.compress(b"BT /F 12 Tf 50 700 Td (ABCDEFGHIJKLMNOPQRST) Tj ET")
    write_pdf(tmp_path / "lost.pdf", text, b"/ToUnicode 6 0 R", cmap % rare)
    with pytest.raises(BookError, match="fonts have lost what their characters mean"):
        read_file(tmp_path / "lost.pdf")


def test_halves_of_characters(tmp_path):
    """A pair of halves is one character; half a one, which some printers leave, is unknown; a
    radical is its ideograph, and not another beside it.
    """
    codes = b"1 begincodespacerange <00> <ff> endcodespacerange 5 beginbfchar"
    chars = b"<41> <D835DC51> <42> <D835> <43> <6C34> <44> <2F426587> <45> <2F42>"
    cmap = b"begincmap %b %b endbfchar endcmap" % (codes, chars)
    text = zlib.compress(b"BT /F 12 Tf 50 700 Td (CABCDE) Tj ET")
    write_pdf(tmp_path / "halves.pdf", text, b"/ToUnicode 6 0 R", cmap)
    (sheet,) = read_pdf(tmp_path / "halves.pdf", "halves.pdf")
    assert "".join(run.text for run in sheet.runs) == "水\U0001d451\ufffd水文文"


def test_signs_of_symbol(tmp_path):
    """Private characters of Symbol are what it draws, others of a print are what they say; so are
    the parts of braces that Adobe lists.
    """
    codes = b"1 begincodespacerange <00> <ff> endcodespacerange 4 beginbfchar"
    cmap = b"begincmap %b <41> <F061> <42> <F03D> <43> <00D7> <44> <F8F1> endbfchar endcmap" % codes
    text = zlib.compress(b"BT /F 12 Tf 50 700 Td (ABCD) Tj ET")
    write_pdf(tmp_path / "symbol.pdf", text, b"/BaseFont/Symbol/ToUnicode 6 0 R", cmap)
    (sheet,) = read_pdf(tmp_path / "symbol.pdf", "symbol.pdf")
    assert "".join(run.text for run in sheet.runs) == "α=×⎧"


def test_running_heads_of_chapters(tmp_path):
    """Where the foot of each page names the chapter, set as large as the text, it is furniture; the
    chapter's own heading, whose number stands above it, stays.
    """
    feet = "#set page(footer: context align(right)[Chapter 1. 水位与堤防 #h(1fr) #here().page()])\n"
    reading = print_paper(
        tmp_path,
        feet
        + "#align(center, text(20pt)[水务报告])\n#text(18pt)[CHAPTER 1]\n\n#text(18pt)[水位与堤防]\n"
        + "\n".join(f"\n{para(start)}" for start in "甲乙丙丁戊己庚辛壬癸子丑寅卯"),
    )
    assert [unit.text for unit in reading.units if unit.level] == ["CHAPTER 1", "水位与堤防"]
    assert {span.reason for span in reading.furniture} == {"running-footer", "page-number"}


def test_roman_numbers_of_pages(tmp_path):
    """Numbers of pages are furniture in Roman signs of their own too."""
    pages = "\n#pagebreak()\n".join(PARA[at:] + PARA[:at] + "。" for at in range(1, 40, 7))
    reading = print_paper(
        tmp_path,
        "#set page(footer: context str.from-unicode(0x215f + here().page()))\n" + pages,
    )
    assert [span.text for span in reading.furniture] == [*"ⅠⅡⅢⅣⅤⅥ"]


def test_large_running_heads(tmp_path):
    """Where on most pages stands, larger than the text, what a part is called, the first of these
    lines is its heading, the others are furniture.
    """
    parts = "#pagebreak()".join(
        f"#set page(header: text(15pt)[{name}])\n"
        + "#pagebreak()".join(para(name[-1] + start) for start in "甲乙丙丁")
        for name in ("第一部分　上游", "第二部分　下游")
    )
    reading = print_paper(tmp_path, parts)
    heads = [unit.text for unit in reading.units if unit.level]
    assert heads == ["第一部分　上游", "第二部分　下游"]
    assert [span.reason for span in reading.furniture] == ["running-header"] * 6


def test_running_heads_of_two_lines(tmp_path):
    """A running header that names, on one page, a chapter whose heading takes two lines."""
    chapters = "#pagebreak()".join(
        f"#set page(header: none)\n#text(18pt)[{name}] #linebreak() #text(13pt)[{english}]\n\n"
        f"{para('甲')}\n#set page(header: text(9pt)[{name} {english}])\n{para('乙')}"
        for name, english in (("一、水位", "The Level"), ("二、水色", "The Colour"))
    )
    reading = print_paper(tmp_path, chapters)
    assert [unit.text for unit in reading.units if unit.level] == [
        "一、水位 The Level",
        "二、水色 The Colour",
    ]
    assert [span.reason for span in reading.furniture] == ["running-header"] * 2


def test_contents_in_pieces(tmp_path):
    """Contents are known where leader and number of an entry stand apart from its words."""
    entries = [
        f"1.{number} 第{number}段 #h(2em) {'. ' * 20} #h(1fr) {number}" for number in range(1, 7)
    ]
    reading = print_paper(
        tmp_path,
        "#align(center, text(20pt)[水务报告])\n#align(center)[林渡  周砚秋]\n"
        + f"#text(15pt)[目录]\n\n1 引言 #h(1fr) 1\n\n{chr(10).join(f'{one}{chr(10)}' for one in entries)}"
        + f"#pagebreak()\n#text(15pt)[1 引言]\n\n{para('甲')}",
    )
    assert said(reading)[2:] == [("h1", "1 引言"), ("para", para("甲"))]
    assert sum(span.reason == "toc-leader" for span in reading.furniture) >= 8


def test_bullets_of_another_size(tmp_path):
    """A bullet is its item's, however large it is set and whatever gap stands behind it; 2、 begins
    an item as 2. does.
    """
    items = "\n\n".join(
        f"#text({size}pt)[{bullet}]#h(14pt){words}"
        for size, bullet, words in (
            (6, "⚫", "记下水位"),
            (6, "⚫", "查看堤身"),
            (17, "•", "存档备查"),
        )
    )
    numbered = "1、沿河巡查，记下水位；\n\n2、查看堤身，存档备查。"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{items}\n\n{para('乙')}\n\n{numbered}")
    assert [unit.style for unit in reading.units] == ["", "•", "•", "•", "", "1.", "1."]


def test_gaps(tmp_path):
    """Without an indent a gap parts paragraphs, narrower than a line, full as the last line is."""
    full = "沿河的居民每天清早到堤上走一走记下水位和水色" * 4
    texts = [
        f"甲{full[:80]}。",
        f"乙{full[:80]}。",
        "丙年年如此。",
        "丁也不例外。",
        f"戊{full[:50]}。",
    ]
    reading = print_paper(
        tmp_path,
        "#set par(first-line-indent: 0em, leading: 0.9em, spacing: 1.3em)\n"
        f"{'#parbreak()'.join(texts)}",
    )
    assert said(reading) == [("para", text) for text in texts]


def test_no_stops(tmp_path):
    """Where first lines are indented, the next begins a paragraph though the last is full and has
    no stop.
    """
    full = "沿河的居民每天清早到堤上走一走记下水位和水色" * 4
    texts = [f"甲{full[:79]}", f"乙{full[:79]}", "丙年年如此", f"丁{full[:50]}"]
    reading = print_paper(tmp_path, "#parbreak()".join(texts))
    assert [text for _, text in said(reading)] == texts


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pages_stored_on_their_side(tmp_path, angle):
    """Pages that a viewer turns upright are read as it shows them; of a page that it shows on its
    side the owner is told.
    """
    print_paper(tmp_path, f"#text(20pt)[水务报告]\n\n{para('甲')}\n\n{para('乙')}")
    upright = said(read_file(tmp_path / "paper.pdf"))
    writer = pypdf.PdfWriter(clone_from=tmp_path / "paper.pdf")
    (page,) = writer.pages
    wide, high = page.mediabox.width, page.mediabox.height
    shift = {90: (high, 0), 180: (wide, high), 270: (0, wide)}[angle]
    page.add_transformation(pypdf.Transformation().rotate(angle).translate(*shift))
    size = (high, wide) if angle != 180 else (wide, high)
    page.mediabox = page.cropbox = RectangleObject((0, 0, *size))
    page.rotate(angle)
    writer.write(tmp_path / "turned.pdf")
    assert said(read_file(tmp_path / "turned.pdf")) == upright
    page.rotate(90)
    writer.write(tmp_path / "lying.pdf")
    warnings = read_file(tmp_path / "lying.pdf").warnings
    assert (0, "page 1 is doubtful: its text does not run from left to right") in warnings


def test_no_second_reader(tmp_path, monkeypatch):
    """What stumbles over a PDF, a panic too, is asked no more; where none is left, this is told."""

    class Panic(BaseException):
        pass

    def locked(path):
        raise Panic

    print_paper(tmp_path, para("甲"))
    sheets = read_pdf(tmp_path / "paper.pdf", "paper")
    monkeypatch.setattr("manuscript.witness.pdf_oxide.PdfDocument", locked)
    assert compare_pages(tmp_path / "paper.pdf", sheets) == []
    monkeypatch.setattr("manuscript.witness.pypdf.PdfReader", locked)
    ((_, told),) = compare_pages(tmp_path / "paper.pdf", sheets)
    assert told == "doubtful: no second reader can read all, on 1 pages: 1"


def test_short_pages(tmp_path):
    """What stands last on pages that end early is no footer, though other pages have it in the same
    place, larger ones too.
    """
    forms = "".join(
        f"{para(start)}\n#place(top, dy: 9cm)[（签字）　年　月　日]\n#pagebreak()"
        for start in "甲乙丙丁"
    )
    reading = print_paper(tmp_path, f"#align(center, text(20pt)[水务报告])\n\n{forms}{para('戊')}")
    assert reading.furniture == []
    assert sum(text.startswith("（签字）") for _, text in said(reading)) == 4


def test_heads_of_parts(tmp_path):
    """The name of a part and the number of the page above the text are no heading; nor is what
    stands on every page, however large.
    """
    parts = ["第一编　渡船", "第二编　浮桥"]
    heads = "".join(
        f"#text(16pt)[{part}]#pagebreak()"
        + "".join(
            f"#place(top, dy: -1cm)[{part}　{4 * at + number}]\n{para(start)}#pagebreak()"
            for number, start in enumerate("甲乙丙", 2)
        )
        for at, part in enumerate(parts)
    )
    mark = "#set page(footer: text(14pt)[水务数据])\n#align(center, text(20pt)[水务报告])"
    reading = print_paper(tmp_path, f"{mark}\n\n{para('子')}#pagebreak(){heads}")
    texts = [("para", para(start)) for start in "甲乙丙"]
    assert said(reading) == [
        ("title", "水务报告"),
        ("para", para("子")),
        ("h1", parts[0]),
        *texts,
        ("h1", parts[1]),
        *texts,
    ]


def test_what_is_no_figure(tmp_path):
    """A table of shaded cells below the caption of a picture that is not there. Words between
    crossed rules in a drawing are no table.
    """
    table = "table(columns: (3cm, 3cm, 3cm), stroke: none, fill: (x, y) => if calc.odd(x + y) { silver }"
    cells = "".join(f"[{word}{number}]," for number in range(3) for word in ("县", "渡口", "船"))
    crossed = "grid(columns: 3, inset: 12pt, stroke: (x, y) => (left: if x > 0 {1pt}, top: if y > 0 {1pt})"
    drawing = f"#align(center, rect({crossed}, [甲], [乙], [丙], [], [丁], [], [], [戊], []), inset: 8pt))"
    reading = print_paper(
        tmp_path,
        f"{para('子')}#pagebreak()#align(center)[图1 水位]\n\n{para('甲')}\n\n#{table}, {cells})\n\n{para('乙')}#pagebreak()"
        f"{para('丙')}\n\n{drawing}\n\n#align(center)[图2 四面]\n\n{para('丁')}#pagebreak()\n{para('戊')}",
    )
    assert [(role, text[:2]) for role, text in said(reading)] == [
        ("para", "子沿"), ("caption", "图1"), ("para", "甲沿"), ("row", "县0"), ("row", "县1"), ("row", "县2"), ("para", "乙沿"),
        ("para", "丙沿"), ("caption", "图2"), ("para", "丁沿"), ("para", "戊沿"),
    ]  # fmt: skip
    assert [bool(unit.picture) for unit in reading.units if unit.role == "caption"] == [False, True]


def test_a_caption_beside_its_picture(tmp_path):
    """At the margin above a narrow picture in the middle of the page."""
    figure = (
        "#block(below: 30pt)[图1 水位]#align(center, rect(width: 4cm, height: 3cm, fill: blue))"
    )
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{figure * 2}\n\n{para('乙')}")
    assert [bool(unit.picture) for unit in reading.units] == [False, True, True, False]


def test_marks_in_wide_brackets(tmp_path):
    """Raised high, they belong to their line."""
    mark = "#text(baseline: -6.6pt, size: 0.6em)[［1］]"
    reading = print_paper(tmp_path, f"{para(f'甲沿河{mark}的居民，')}\n\n{para('乙')}")
    assert [text[:8] for _, text in said(reading)] == ["甲沿河［1］的居", para("乙")[:8]]


def test_text_in_a_box_below_a_figure(tmp_path):
    """Sentences in a frame are text, though they are smaller, or their ends short, and the figure
    above is none.
    """
    bars = "#align(center, rect(width: 1cm, height: 0.7cm, fill: blue))#align(center)[图1 水位]"
    for texts in ((para("乙"), para("丙")), ("乙村的木料记在公账上" * 5 + "。",)):
        words = "\n\n".join(texts)
        box = f"#rect(width: 100%, fill: luma(95%))[#set text(10pt)\n{words}]"
        reading = print_paper(tmp_path, f"{para('甲') * 3}\n\n{bars}\n\n来源：县志\n\n{box}")
        assert [text for _, text in said(reading)] == [
            para("甲") * 3, "图1 水位", "来源：县志", *texts
        ]  # fmt: skip


DRAWN = "#rect(width: 100%, height: 3cm, fill: blue)"
NAMED = "#align(center, text(9pt)[图1 各县水位])"
LONG = "图1 沿河各县历年水位的变化以及堤上各处所用的材料与工时的比较与说明并附"
WORDS = "read(gauge) then wait for the keeper of the gate and the river to come back again"


@pytest.mark.parametrize(
    ("parts", "texts"),
    [
        (f"{DRAWN}\n#text(14pt, weight: 700)[二、水色]\n{DRAWN}", ["二、水色"]),
        (f"{DRAWN}\n\n居民看水位（见下）\n\n{DRAWN}", ["居民看水位（见下）"]),
        (
            f"{DRAWN}\n#align(center, text(9pt)[{LONG}\\ 各渡口（单位：米）])#v(-4pt){DRAWN}",
            [LONG, "各渡口（单位：米）"],
        ),
        (
            "#rect(width: 100%, fill: luma(90%))[#set par(first-line-indent: 0em)\n#set text(8pt)\n"
            f"{WORDS}\\ close(gate)\\ }}]#v(-8pt){DRAWN}",
            [WORDS, "close(gate)", "}"],
        ),
        (
            f"#grid(stroke: 1pt, inset: 6pt)[{para('丙')}\n\n要记（一）\n\n{para('丁')}\n\n{DRAWN}]",
            [para("丙"), "要记（一）", para("丁")],
        ),
    ],
    ids="heading line caption listing frame".split(),
)
def test_text_at_a_figure(tmp_path, parts, texts):
    """A heading or a short line between the parts of a figure, the rest of a caption, a listing on
    a ground, text that one frame holds with a drawing: none is a label.
    """
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{parts}\n{NAMED}\n\n{para('乙')}")
    assert [text for _, text in said(reading)] == [para("甲"), *texts, "图1 各县水位", para("乙")]
    assert [unit.text for unit in reading.units if unit.picture][-1] == "图1 各县水位"


def test_a_caption_in_two_languages(tmp_path):
    """Above its figure: what says it in English, right below it, stands in no way."""
    english = "Levels of the water in all the counties by the river, as the keepers noted them"
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n{NAMED}\n#align(center, text(8pt)[{english}])\n{DRAWN}\n\n{para('乙')}",
    )
    assert [bool(unit.picture) for unit in reading.units] == [False, True, False, False]
    assert english in [text for _, text in said(reading)]


def test_what_every_page_has_drawn(tmp_path):
    """Neither a border of the page nor a watermark of shapes is a figure, and nothing that stands
    on it a label.
    """
    border = "place(rect(width: 17cm, height: 26cm))"
    spots = (f"place(dx: {at}cm, dy: {at * 1.6}cm, circle(radius: 0.9cm))" for at in range(16))
    drawn = f"#set page(background: block(width: 17cm, height: 26cm)[#{border}#{'#'.join(spots)}])"
    pages = (f"图{at} 水位\n\n{para('甲' * at)}\n\n#v({at}cm)记录的人" for at in range(1, 5))
    reading = print_paper(tmp_path, f"{drawn}\n{para('子')}\n\n{'#pagebreak()'.join(pages)}")
    assert [text for _, text in said(reading)].count("记录的人") == 4
    assert not any(unit.picture for unit in reading.units)


def test_headings_in_boxes(tmp_path):
    """Of a figure that shows how a paper is built: they are its labels."""
    boxes = "grid(columns: 3, gutter: 8pt, rect[1.1 水位], rect[1.2 水色], rect[1.3 船只])"
    tree = f"#align(center, stack(spacing: 8pt, rect[第一章 概况], {boxes}))"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{tree}\n{NAMED}\n\n{para('乙')}")
    assert [text for _, text in said(reading)] == [para("甲"), "图1 各县水位", para("乙")]


def test_powers_are_no_calls(tmp_path):
    """A raised 2 behind a unit or a sign stays a word where notes 1 and 2 stand below."""
    words = (
        "甲坞占地350 m#super[2]，略去O(h#super[2])；船#footnote[见海图。]、坞#footnote[宽九丈。]"
    )
    reading = print_paper(tmp_path, f"{words}{PARA}年年如此。")
    role, text = said(reading)[0]
    assert (role, text) == ("para", f"甲坞占地350 m2，略去O(h2)；船、坞{PARA}年年如此。")
    assert [text for role, text in said(reading) if role == "note"] == ["见海图。", "宽九丈。"]


def test_a_line_beside_a_heading_half_a_line_lower(tmp_path):
    """A full line of the left column is no mark of the heading that begins at its end."""
    words = "沿河的居民每天清早到堤上走一走，记下水位和水"
    beside = "#place(top + left, dx: 240pt, dy: 6pt, text(13pt, weight: 700)[二、来历])"
    left = "#block(width: 238pt)[#set par(first-line-indent: 0em)\n" + words * 6 + "]"
    reading = print_paper(tmp_path, f"{beside}{left}")
    assert "二、来历" in [text for _, text in said(reading)]


def test_headings_in_another_face(tmp_path):
    """What is set in another face, one line over a paragraph, is a heading where several are; code
    is none, nor are the first words of a paragraph.
    """
    heads = "1 水位", "测量", "2 水色", "记录"
    parts = [f'#text(font: "Noto Sans SC")[{head}]\n\n{para(head[-2:])}' for head in heads]
    reading = print_paper(
        tmp_path,
        f"#text(20pt)[河道年报]\n\n{para('甲')}\n\n{(chr(10) * 2).join(parts)}\n\n`read gauge`\n\n"
        f'{para("乙")}\n\n#text(font: "Noto Sans SC")[值守的人]{para("丙")}',
    )
    found = [(unit.role, unit.text) for unit in reading.units if unit.level]
    assert found == [("h1", "1 水位"), ("h3", "测量"), ("h1", "2 水色"), ("h3", "记录")]


def test_a_heading_below_a_full_line():
    """In another face, it goes on no paragraph, though this one's last line is full."""
    text = ["沿河的居民每天清早到堤上走一走", "记下水位和水色", "存档备查。"]
    body = [
        Line(
            words,
            1,
            20.0 * (at % 3 == 0),
            220.0 - 100 * (at % 3 == 2),
            16.0 * at,
            10.0,
            face="Song",
        )
        for at, words in enumerate(text * 4)
    ]
    body[-1].x1 = 220.0
    head = Line("水位", 1, 0.0, 20.0, 16.0 * len(body), 10.0, face="Hei")
    groups = [*group_lines([*body, head], measure(body))]
    assert groups[-2:] == [body[-3:], [head]]


def test_styles_without_an_outline(tmp_path):
    """A style called heading 1 is one, however it is set."""
    document = docx.Document()
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.element.pPr.remove(style.element.pPr.find(qn("w:outlineLvl")))
        style.font.size, style.font.bold = Pt(11), False
    document.add_paragraph("河道年报", "Title")
    for text, style in (("水位", "Heading 1"), (para("甲"), None), ("测量", "Heading 2")):
        document.add_paragraph(text, style)
    document.add_paragraph(para("乙"))
    document.save(str(tmp_path / "paper.docx"))
    reading = read_file(tmp_path / "paper.docx")
    assert [unit.role for unit in reading.units if unit.level] == ["h1", "h2"]


def test_what_lies_beside_the_page(tmp_path):
    """A drawing beside the part of a sheet that is shown is none of the page's."""
    reading = print_paper(
        tmp_path,
        "#set page(width: 42cm, margin: (left: 23cm))\n"
        f"#place(dx: -20cm, polygon(fill: blue, (0pt, 0pt), (120pt, 0pt), (60pt, 90pt)))\n{para('甲')}",
    )
    writer = pypdf.PdfWriter(tmp_path / "paper.pdf")
    for page in writer.pages:
        page.cropbox = RectangleObject((595, 0, 1190, 842))
    writer.write(tmp_path / "cropped.pdf")
    assert said(read_file(tmp_path / "cropped.pdf")) == said(reading)
    (sheet,) = read_pdf(tmp_path / "cropped.pdf", "cropped.pdf")
    assert sheet.drawings == []
