"""The owner's own file: which part of it, whether it is this paper at all, and what cannot be read."""

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt
from PIL import Image

from imports import FIXTURES, ROOT
from made_up import write_book
from manuscript.blocks import read_page_text
from manuscript.command import import_into
from manuscript.reading import Asked, read_file
from manuscript.summary import render_steps
from manuscript.units import Reading
from whitepaper.book import BookError
from whitepaper.laws import check_book

PAPERS = FIXTURES / "papers"
DOCX = PAPERS / "styled.docx"


def headings(path: Path, asked: Asked) -> list[str]:
    return [unit.text for unit in read_file(path, asked).units if unit.level]


def test_pages():
    """--pages takes these pages of a PDF alone; other files have none that stay."""
    whole = headings(PAPERS / "typst.pdf", Asked())
    assert headings(PAPERS / "typst.pdf", Asked(pages=(6, 7))) == whole[3:7]
    with pytest.raises(BookError, match="has 10 pages"):
        read_file(PAPERS / "typst.pdf", Asked(pages=(11, 12)))
    with pytest.raises(BookError, match="only a PDF has fixed pages"):
        read_file(DOCX, Asked(pages=(6, 7)))


def test_from_and_to():
    """--from and --to take what stands between two headings, from any kind of file; a heading that
    is not there is named.
    """
    for name in ("styled.pdf", "styled.docx"):
        found = headings(PAPERS / name, Asked(start="第二章 主要进展", stop="第三章"))
        assert [text.replace(" ", "")[:3] for text in found] == ["第二章", "2.1", "2.2", "2.2"]
    with pytest.raises(BookError, match="no heading 第九章 for --from"):
        read_file(DOCX, Asked(start="第九章"))
    with pytest.raises(BookError, match="no heading 第二章 主要进展 for --to below --from"):
        read_file(DOCX, Asked(start="第三章", stop="第二章 主要进展"))


def test_a_paper_in_a_volume(tmp_path):
    """A heading without a number that a paper begins with is its title, the names below it are its
    authors; a volume is refused with the options that take this paper out of it.
    """
    document = docx.Document()
    for text, level in (
        ("白皮书", 1), ("一、别的", 2), ("别的文章，说的是别的事。", 0),
        ("机器改变生产", 1), ("张三　李四", 0), ("一、总体情况", 2), ("各地都在推进产业升级。", 0),
        ("硬科技改变世界", 1), ("一、缘起", 2), ("河上的船一年比一年多。", 0), ("后来的事", 1), ("完了。", 0),
    ):  # fmt: skip
        document.add_heading(text, level) if level else document.add_paragraph(text)
    document.save(tmp_path / "volume.docx")
    reading = read_file(
        tmp_path / "volume.docx", Asked(start="机器改变生产", stop="硬科技改变世界")
    )
    assert [unit.role for unit in reading.units] == ["title", "byline", "h1", "para"]
    assert (reading.metadata["title"], reading.metadata["authors"]) == (
        "机器改变生产",
        ["张三", "李四"],
    )
    write_book(tmp_path / "book", 2, 20)
    with pytest.raises(BookError, match='a part of it, --from "硬科技改变世界"'):
        import_into(tmp_path / "book", tmp_path / "volume.docx")


def test_another_paper(tmp_path):
    """A paper in which nothing of the book is recognised is refused, unless forced; nothing is
    written. That both have a list of references says nothing.
    """
    write_book(tmp_path / "book", 2, 20)
    path = tmp_path / "book/docs/zh/section-1-2.md"
    path.write_text(re.sub("^# .* {", "# 参考文献 {", path.read_text("utf-8"), flags=re.M), "utf-8")
    before = (tmp_path / "book/docs/zh/introduction.md").read_text("utf-8")
    with pytest.raises(BookError, match="nothing of this book is recognised"):
        import_into(tmp_path / "book", PAPERS / "typst.pdf")
    assert (tmp_path / "book/docs/zh/introduction.md").read_text("utf-8") == before
    report = import_into(tmp_path / "book", PAPERS / "typst.pdf", Asked(force=True))
    assert (report.recognised, len(report.found - report.known) > 30) == (0, True)
    said = render_steps(report, "wrote")
    assert f"  site_name: {report.reading.metadata['title']}\n" in said
    assert "follow “Another paper” in CONTRIBUTING.md" in said


def test_fewer_than_half_recognised(tmp_path):
    """A paper of this title that would take away more paragraphs than it has is refused, with how
    many, unless forced, and so is a volume that holds this one; one that leaves the other pages
    alone is not.
    """
    book = tmp_path / "book"
    write_book(book, 2, 20)
    pages = [book / f"docs/zh/section-1-{number}.md" for number in (1, 2)]
    read = [read_page_text(page.read_text("utf-8")) for page in pages]
    text = tmp_path / "text.txt"
    text.write_text(f"硬科技改变世界\n\n{read[0].title}\n\n铁路今年通到了山里。 \n", "utf-8")
    lost = len(read[0].counted)
    with pytest.raises(BookError, match=f"only 0 of the {lost} paragraphs .* other {lost} would"):
        import_into(book, text)
    assert read_page_text(pages[0].read_text("utf-8")) == read[0]
    known = "\n\n".join(f"{block.printed} " for block in read[1].counted)
    others = "\n\n".join(f"铁路今年通到了第{number}座山里。 " for number in range(30))
    text.write_text(f"年报\n\n{read[1].title}\n\n{known}\n\n9.1 别的\n\n{others}\n", "utf-8")
    with pytest.raises(BookError, match="calls itself 年报 and has 30 paragraphs besides the"):
        import_into(book, text)
    text.write_text(f"硬科技改变世界\n\n{read[1].title}\n\n{known}\n", "utf-8")
    assert import_into(book, text).lost == set()


def test_a_restatement(tmp_path):
    """A file that calls itself a restatement is refused, unless forced."""
    write_book(tmp_path / "book", 2, 20)
    text = "青石湾水务十年\n\n双语编述版\n\n一、 水\n\n水位一天天涨上来。 \n"
    (tmp_path / "text.txt").write_text(text, "utf-8")
    with pytest.raises(BookError, match="calls itself a restatement"):
        import_into(tmp_path / "book", tmp_path / "text.txt")
    import_into(tmp_path / "book", tmp_path / "text.txt", Asked(force=True))


def encrypted() -> bytes:
    writer = pypdf.PdfWriter()
    writer.append(PAPERS / "styled.pdf")
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


UNREADABLE = {
    "scanned": (scanned, "a scanned PDF"),
    "encrypted": (encrypted, "encrypted"),
    "PDF of a lost page": (lambda: scanned().replace(b"[ 4 0", b"[ 9 0"), "a damaged PDF"),
    "damaged PDF": (lambda: (PAPERS / "styled.pdf").read_bytes()[:9000], "a damaged PDF"),
    "damaged DOCX": (lambda: DOCX.read_bytes()[:9000], "no DOCX, or a damaged one"),
    "no DOCX": (lambda: packed(a=b"x"), "no DOCX, or a damaged one"),
    "bomb": (lambda: packed(**{"word__document.xml": bytes(500 * 2**20)}), "unpacks to more"),
    "HTML": (lambda: "<!doctype html><html><p>水涨了。</p></html>".encode(), "this is HTML"),
    "Markdown": (lambda: "# 水\n\n水涨了。\n\n## 堤\n".encode(), "this is Markdown"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_unreadable(tmp_path, kind):
    """What cannot be read is refused in one line that says what it is and what to do."""
    make, said = UNREADABLE[kind]
    (tmp_path / "file").write_bytes(make())
    with pytest.raises(BookError) as caught:
        read_file(tmp_path / "file")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_report_of_a_pdf():
    """In the report of a PDF each unit and each drop has its page; tables are rows, notes are
    notes.
    """
    report = json.loads(json.dumps(read_file(PAPERS / "typst.pdf").as_json()))
    assert all(unit["page"] for unit in report["units"])
    assert all(span["page"] for span in report["furniture"])
    assert {"row", "note", "caption", "reference", "h1", "h2"} <= {
        u["role"] for u in report["units"]
    }


def test_round_trip(site):
    """The book's own Chinese PDF gives back its 27 paragraphs, in order and whole, notes and their
    marks aside.
    """
    reading = read_file(site / "downloads/hard-tech-zh.pdf")
    read = ["".join(unit.text.split()).removeprefix("•") for unit in reading.units]
    at = 0
    for name in ("introduction", "origin", "definition", "dimensions", "essence"):
        page = read_page_text((ROOT / f"docs/zh/{name}.md").read_text("utf-8"))
        for block in page.counted:
            words = re.sub(r"\{\.[\w-]+\}", "", "".join(block.printed.split()))
            at = read.index(words, at) + 1
    assert at > 27


def test_tables_in_tables(tmp_path):
    """What stands in a table in a table's cell stays in that cell; a table of one column is a frame
    around text.
    """
    document = docx.Document()
    document.add_paragraph("水位记录如下。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "河段", "水位", "上游"
    table.cell(1, 1).add_table(1, 2).cell(0, 1).text = "三米"
    document.add_table(1, 1).cell(0, 0).text = "以上由值守的人记下。"
    document.save(tmp_path / "tables.docx")
    reading = read_file(tmp_path / "tables.docx")
    assert [unit.cells or unit.text for unit in reading.units] == [
        "水位记录如下。", ("河段", "水位"), ("上游", "三米"), "以上由值守的人记下。",
    ]  # fmt: skip
    assert reading.warnings == []


def test_captions_and_rows(tmp_path):
    """A row without words is none, a bullet in a cell stays; captions of one number, with a dot in
    it, are figures of their own on the page.
    """
    document = docx.Document()
    document.add_heading("一、水位", 1)
    document.add_paragraph("水位记录如下。")
    table = document.add_table(3, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "河段", "水位"
    table.cell(2, 0).text, table.cell(2, 1).text = "• 上游", "三米"
    drawn = io.BytesIO()
    for colour in ("white", "black"):
        drawn = io.BytesIO()
        Image.new("RGB", (40, 20), colour).save(drawn, "PNG")
        document.add_picture(drawn)
        document.add_paragraph("图2.1 水位")
    document.save(tmp_path / "paper.docx")
    json.dumps(read_file(tmp_path / "paper.docx").as_json())
    book = tmp_path / "book"
    write_book(book, 2, 20)
    import_into(book, tmp_path / "paper.docx", Asked(force=True))
    (page,) = (path for path in book.glob("docs/zh/*.md") if "• 上游" in path.read_text("utf-8"))
    shown = re.findall(r"!\[图2\.1 水位\]\((.*)\)\{#(.*)\}", page.read_text("utf-8"))
    assert [name for _, name in shown] == ["figure-2-1", "figure-2-1-2"]
    assert len({(page.parent / file).read_bytes() for file, _ in shown}) == 2
    assert "| 河段 | 水位 |\n| --- | --- |\n| • 上游 | 三米 |" in page.read_text("utf-8")


def test_pictures_of_other_kinds(tmp_path):
    """A picture that is neither PNG nor JPEG is taken as PNG, whatever its file is called."""
    document = docx.Document()
    document.add_paragraph("水位记录如下。")
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(drawn, "GIF")
    document.add_picture(drawn)
    document.add_paragraph("图1 水位")
    document.save(tmp_path / "paper.docx")
    (picture,) = filter(None, (u.picture for u in read_file(tmp_path / "paper.docx").units))
    assert (picture.ending, Image.open(io.BytesIO(picture.data)).format) == ("png", "PNG")


def test_a_table_and_its_caption(tmp_path):
    """A table's caption is set as its caption, above it, and the text that sends to it leads
    there; a translation keeps it so. A column of numbers stands at the right.
    """
    document = docx.Document()
    document.add_heading("一、水位", 1)
    document.add_paragraph("水位记录见表1，由值守的人每天早晚各记一次。")
    document.add_paragraph("表1 水位")
    table = document.add_table(3, 3)
    cells = ("河段", "水位", "户数", "上游", "三米", "—", "", "3", "1,204")
    for cell, words in zip(table._cells, cells):
        cell.text = words
    document.save(tmp_path / "paper.docx")
    book = tmp_path / "book"
    write_book(book, 2, 20)
    twin = book / "docs/en/section-1.md"
    for _ in range(2):
        import_into(book, tmp_path / "paper.docx", Asked(force=True))
        twin.write_text("---\n---\n\n# 1. Levels {#section-1}\n", "utf-8")
    import_into(book, tmp_path / "paper.docx", Asked(force=True))
    caption = "\n/// caption | < #table-1\n{}\n///\n"
    page = (book / "docs/zh/section-1.md").read_text("utf-8")
    assert "\n水位记录见[表1](#table-1)，由值守" in page
    rows = "| 河段 | 水位 | 户数 |\n| --- | --- | ---: |\n| 上游 | 三米 | — |\n|   | 3 | 1,204 |\n"
    assert page.endswith(f"\n{rows}{caption.format('表1 水位')}")
    assert twin.read_text("utf-8").endswith(caption.format("Table 1"))


def styled(path: Path, *paragraphs: tuple[str, str]) -> list[tuple[int, str]]:
    """Headings, after their level, of a DOCX of such (style, words)."""
    document = docx.Document()
    for style, words in paragraphs:
        if style not in document.styles:
            document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph(words, style)
    document.save(path)
    reading = read_file(path)
    return [(0, reading.metadata["title"]), *((u.level, u.text) for u in reading.units if u.level)]


def test_numbered_chapters(tmp_path):
    """`1．引言` above 1.1 heads a chapter, and so does `2. 结论`, set like it."""
    found = styled(
        tmp_path / "paper.docx",
        ("Title", "堤防年报"),
        ("Heading 1", "1．引言"),
        ("Heading 2", "1.1编写目的"),
        ("Normal", "说明由来。"),
        ("Heading 1", "2．结论"),
        ("Normal", "1. 查一遍；"),
        ("Normal", "2. 记下来。"),
    )
    assert found == [(0, "堤防年报"), (1, "1．引言"), (2, "1.1编写目的"), (1, "2．结论")]


def test_style_of_titles(tmp_path):
    """A style of titles that numbered headings have is not that of the paper's title; what lists
    figures and contents goes, with its own heading.
    """
    found = styled(
        tmp_path / "paper.docx",
        ("Normal", "堤防年报"),
        ("Normal", "目　录"),
        ("toc 1", "一、水位\t1"),
        ("Normal", "图目录"),
        ("table of figures", "图1 水位\t1"),
        ("Title", "一、水位"),
        ("Normal", "水位一天天涨上来，值守的人照旧记录。"),
        ("Title", "二、堤防"),
        ("Normal", "堤上的人把沙袋一层层垒起来，守到天亮。"),
    )
    assert found == [(0, "堤防年报"), (1, "一、水位"), (1, "二、堤防")]


def test_below_the_title(tmp_path):
    """A subtitle heads nothing, however large it is; who issues a notice begins its title; 摘要 in
    the style of titles is none.
    """
    words = "水位一天天涨上来，值守的人照旧记录。"
    path = tmp_path / "paper.docx"
    styles = (
        ("Title", "堤防年报"),
        ("Subtitle", "两年的水位"),
        ("Heading 1", "水位"),
        ("Normal", words),
    )
    assert styled(path, *styles) == [(0, "堤防年报"), (1, "水位")]
    said = '<w:p><w:r><w:rPr><w:sz w:val="{}"/></w:rPr><w:t>{}</w:t></w:r></w:p>'.format
    abstract = said(28, "摘要").replace("<w:r>", '<w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r>', 1)
    head = said(36, "某县水务局") + said(36, "关于守堤的通知") + abstract
    reading = written(path, head + 3 * said(20, words))
    assert reading.metadata["title"] == "某县水务局关于守堤的通知"


def written(path: Path, body: str, numbering: str = "") -> Reading:
    """What is read of a DOCX with this XML in its body, and for its numbered lists."""
    document = docx.Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for place, xml in (
        (document.element.body, body),
        (document.part.numbering_part.element, numbering),
    ):
        place.clear()
        for element in parse_xml(f"<w:x {space}>{xml}</w:x>"):
            place.append(element)
    document.save(path)
    return read_file(path)


def test_numbers_of_word(tmp_path):
    """第一章 is above 1.1 where a level counts in digits alone, and a list begun anew begins anew; a
    hidden paragraph counts, but prints nothing; the end of a section, alone in one, does not.
    """
    levels = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>' + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{anew}</w:num>'
        for number, anew in (
            (1, ""),
            (2, '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride>'),
        )
    )
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        f"{'' if words else '<w:rPr><w:vanish/></w:rPr>'}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        for depth, number, words in (
            (0, 1, "水位"), (1, 1, "测量"), (2, 1, "看；"), (2, 1, "记。"), (2, 2, "问；"), (2, 2, ""),
            (2, 2, "答。"),
        )
    )  # fmt: skip
    end = body[: body.index("</w:numPr>")] + "</w:numPr><w:sectPr/></w:pPr></w:p>"
    reading = written(tmp_path / "paper.docx", end + body, numbering)
    assert [unit.text for unit in reading.units] == [
        "第一章 水位", "1.1 测量", "1.看；", "2.记。", "1.问；", "3.答。",
    ]  # fmt: skip


def test_levels_of_word(tmp_path):
    """A paragraph has its depth and its style the list; what stands above it unsaid counts as the
    first, if it is said at all; a list may count on behind what it stands below, have its levels
    from another or write one anew; a level may count in no signs or print nothing, and every kind
    of numbers goes on.
    """
    level = '<w:lvl w:ilvl="{}">{}<w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'.format
    start, on = '<w:start w:val="{}"/>'.format, '<w:lvlRestart w:val="0"/>'
    kind = '<w:abstractNum w:abstractNumId="{}">{}</w:abstractNum>'.format
    link = '<w:{} w:val="legal"/>'.format
    number = '<w:num w:numId="{}"><w:abstractNumId w:val="{}"/>{}</w:num>'.format
    chapter = level(0, start(3), "chineseCounting", "第%1章")
    numbering = (
        kind(0, link("styleLink") + chapter + level(1, on, "decimal", "第%2条")),
        kind(1, link("numStyleLink")),
        kind(2, level(0, start(18), "lowerRoman", "%1）") + level(1, "", "decimal", "%1.%2")),
        kind(3, level(0, start(9), "decimalEnclosedCircleChinese", "%1")),
        kind(4, level(0, start(9), "decimalZero", "%1、") + level(1, "", "none", "%2—")),
        kind(5, level(0, "", "decimal", "图%1") + level(1, "", "decimal", "表%2") + level(2, "", "bullet", " ")),
        number(5, 1, ""), number(6, 2, ""), number(7, 3, ""), number(8, 4, ""), number(10, 5, ""),
        number(9, 2, f"<w:lvlOverride>{level(0, '', 'upperRoman', '%1）')}</w:lvlOverride>"),
    )  # fmt: skip
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:numPr>{xml}</w:numPr><w:rPr><w:vanish/>'
        f"<w:specVanish/></w:rPr></w:pPr>"
        f"<w:r><w:t>看。</w:t></w:r></w:p>"
        for style, xml in (
            ("ListNumber", '<w:ilvl w:val="1"/>'),
            *(
                ("Normal", f'<w:ilvl w:val="{depth}"/><w:numId w:val="{of}"/>')
                for depth, of in (
                    (0, 5),
                    (1, 5),
                    (1, 6),
                    (0, 6),
                    (0, 9),
                    (0, 7),
                    (0, 8),
                    (1, 8),
                    (1, 10),
                    (0, 10),
                    (2, 10),
                )
            ),
        )
    )
    reading = written(tmp_path / "paper.docx", body, "".join(numbering))
    assert [unit.text.removesuffix("看。") for unit in reading.units] == [
        "第1条 ", "第三章 ", "第2条 ", "xviii.1 ", "xix）", "XX）", "⑨ ", "09、", "—", "表1 ", "图1 ", "",
    ]  # fmt: skip


def test_what_word_does_not_print_as_text(tmp_path):
    """A cell in a content control belongs to its row; hidden words are none of the text and are
    told, and so are charts and equations; characters without width, and a symbol without a code,
    are nothing.
    """
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/main"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    reading = written(
        tmp_path / "paper.docx",
        '<w:p><w:r><w:t>水位每天\u200b记下。\ufeff</w:t><w:sym w:font="Arial" w:char="0000"/><w:sym/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不给人看</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cell.format('上游')}"
        f"<w:sdt><w:sdtContent>{cell.format('三米')}</w:sdtContent></w:sdt></w:tr></w:tbl>"
        f'<w:p><m:oMath xmlns:m="{math}"><m:r><m:t>h=3</m:t></m:r></m:oMath><w:r><w:drawing>'
        f'<a:graphicData xmlns:a="{drawn}" uri="http://x/2006/chart"/></w:drawing></w:r></w:p>',
    )
    assert [unit.cells or unit.text for unit in reading.units] == [
        "水位每天记下。", ("上游", "三米"), "h=3",
    ]  # fmt: skip
    assert [(span.reason, span.text) for span in reading.furniture] == [("hidden", "不给人看")]
    told = "; ".join(said for _, said in reading.warnings)
    assert all(word in told for word in ("chart or diagram", "equations"))
    assert "doubtful" not in told


def test_a_document_that_breaks_its_schema(tmp_path):
    """A paragraph whose style has no name is what no library expects: it is called damaged."""
    with pytest.raises(BookError, match="no DOCX, or a damaged one"):
        written(tmp_path / "paper.docx", "<w:p><w:pPr><w:pStyle/></w:pPr></w:p>")


def test_rows_of_word(tmp_path):
    """A tab makes no row of a table; a row that begins further in, or where a cell goes on from
    above, has its cells in their columns.
    """
    row = "<w:tr><w:trPr>{}</w:trPr>{}</w:tr>"
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = (
        row.format("", cell.format("", "河段") + cell.format('<w:gridSpan w:val="2"/>', "水位")),
        row.format("", "".join(cell.format('<w:vMerge w:val="restart"/>', w) for w in "上三四")),
        row.format(
            "", cell.format("<w:vMerge/>", "") + cell.format("", "五") + cell.format("", "六")
        ),
        row.format('<w:gridBefore w:val="1"/>', cell.format("", "七") + cell.format("", "八")),
    )
    parted = '<w:p><w:r><w:t xml:space="preserve">{}</w:t><w:tab/><w:t>{}</w:t></w:r></w:p>'.format
    body = [parted(*words) for words in (
        ("第1章", "水位"), ("1.1", "测量"), ("（1）", "早晨看水尺，记在册上；"),
        ("（2）", "傍晚再看一次，也记下。"), ("h=3", "(2.1)"), ("v=2", "(2.2)"),
    )]  # fmt: skip
    reading = written(tmp_path / "paper.docx", f"{''.join(body)}<w:tbl>{''.join(rows)}</w:tbl>")
    assert [(unit.role, unit.cells or unit.text) for unit in reading.units] == [
        ("h1", "第1章\t水位"), ("h2", "1.1\t测量"), ("item （1）", "（1）\t早晨看水尺，记在册上；"),
        ("item （2）", "（2）\t傍晚再看一次，也记下。"), ("para", "h=3\t(2.1)"), ("para", "v=2\t(2.2)"),
        ("row", ("河段", "水位", "")), ("row", ("上", "三", "四")), ("row", ("", "五", "六")),
        ("row", ("", "七", "八")),
    ]  # fmt: skip


def test_text_boxes(tmp_path):
    """Words in the boxes of a drawing are read, but head nothing, however large they are."""
    word = '<w:p><w:r><w:rPr><w:b/><w:sz w:val="{}"/></w:rPr><w:t>{}</w:t></w:r></w:p>'.format
    drawn = f"<w:pict><w:txbxContent>{word(36, '上游水库')}{word(36, '下游水闸')}</w:txbxContent></w:pict>"
    text = [word(20, f"{part}的水位每天早晚各看一次，记在册上，年底装订。") for part in "甲乙丙"]
    body = f"{word(36, '一、水位')}{text[0]}<w:p><w:r>{drawn}</w:r></w:p>{text[1]}{text[2]}"
    reading = written(tmp_path / "paper.docx", f"{word(44, '河流年报')}{body}")
    assert [(unit.level, unit.text) for unit in reading.units if len(unit.text) < 9] == [
        (0, "河流年报"), (1, "一、水位"), (0, "上游水库"), (0, "下游水闸"),
    ]  # fmt: skip


def test_pictures_and_what_is_left_out(tmp_path):
    """A caption stands below the picture and what is written in it; what has none belongs to the
    paragraph that it stands in, or to the one above; what has no such place, stands in a table of
    words, or is no higher than the line of text around it, is told with its number; so is a part of
    another file.
    """
    document = docx.Document()
    drawn = drawing(40, 20)
    document.add_picture(drawn)
    document.add_heading("一、水位", 1)
    document.add_picture(drawn)
    document.add_paragraph("（a）早晨    （b）傍晚")
    document.add_paragraph("图1 水位")
    for _ in range(2):
        document.add_paragraph(
            "值守的人每天早晚各看一次水尺，把水位记在册上，年底装订成册，交给县里保存下来。"
        )
        document.add_picture(drawn)
    text = document.add_paragraph("图里是水尺旁边的房子，值守的人住在那里。")
    for height in (12, 60):
        text.add_run().add_picture(drawn, height=Pt(height))
    del text._p.xpath(".//wp:extent")[1].attrib["cy"]  # nobody says how high it is
    table = document.add_table(2, 3)
    for number, words in enumerate(("样子", "名称", "用处", "", "水尺", "看水位")):
        table.cell(*divmod(number, 3)).text = words
    table.cell(1, 0).paragraphs[0].add_run().add_picture(drawn)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document.element.body.insert(0, parse_xml(f"<w:altChunk {space}/>"))
    document.save(tmp_path / "paper.docx")
    reading = read_file(tmp_path / "paper.docx")
    assert [unit.text[:3] for unit in reading.units if unit.picture] == [
        "图1 ", "值守的", "值守的", "图里是",
    ]  # fmt: skip
    assert [said.partition(": open")[0] for _, said in reading.warnings] == [
        "a part from another file is left out",
        "a picture at the beginning, or below a table, is left out",
        "a picture in a table is left out",
        "a sign that is drawn in a line of text is left out",
    ]


def test_nothing_but_a_part_from_another_file(tmp_path):
    """Where nothing is left, the refusal says what there was and what to do."""
    document = docx.Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document.element.body.insert(0, parse_xml(f"<w:altChunk {space}/>"))
    document.save(tmp_path / "paper.docx")
    with pytest.raises(BookError, match=r"no text in it; a part from another file .* save it anew"):
        read_file(tmp_path / "paper.docx")


def drawing(width: int, height: int) -> io.BytesIO:
    Image.new("RGB", (width, height), "white").save(drawn := io.BytesIO(), "PNG")
    return drawn


def test_pictures_that_stand_together(tmp_path):
    """They are one above their caption; of one that is broken nothing is shown. A table that only
    holds them, with their words beside or below, is none.
    """
    document = docx.Document()
    document.add_heading("一、水位", 1)
    for width in (30, 40, 20):
        document.add_picture(drawing(width, 20))
    document.add_paragraph("图1 早晨")
    document.add_paragraph("值守的人每天看水尺。")
    table = document.add_table(2, 2)
    for at, words in enumerate("晨昏"):
        table.cell(0, at).paragraphs[0].add_run().add_picture(drawing(20, 20))
        table.cell(1, at).text = f"（{words}）"
    document.add_paragraph("图2 水尺")
    document.add_paragraph("值守的人傍晚再看一次。")
    table = document.add_table(1, 2)
    table.cell(0, 0).paragraphs[0].add_run().add_picture(drawing(20, 20))
    table.cell(0, 1).text = "水尺立在闸边。"
    document.add_picture(drawing(20, 20))
    Image.new("RGB", (20, 20)).save(broken := io.BytesIO(), "JPEG")
    document.add_picture(io.BytesIO(broken.getvalue()[:-4]))
    document.save(tmp_path / "paper.docx")
    reading = read_file(tmp_path / "paper.docx")
    assert [
        (unit.text, Image.open(io.BytesIO(unit.picture.data)).size if unit.picture else ())
        for unit in reading.units
    ] == [
        ("一、水位", ()),
        ("图1 早晨", (40, 60)),
        ("值守的人每天看水尺。", ()),
        ("（晨）", ()),
        ("（昏）", ()),
        ("图2 水尺", (20, 40)),
        ("值守的人傍晚再看一次。", (20, 20)),
        ("水尺立在闸边。", (20, 20)),
    ]
    assert reading.warnings == []


def test_a_picture_without_a_caption(tmp_path):
    """It stands where it stood, without a number of its own, in both languages, and the checker has
    nothing against it.
    """
    document = docx.Document()
    document.add_heading("一、水位", 1)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(drawn, "PNG")
    document.add_picture(drawn)
    document.add_paragraph("值守的人每天早晚各看一次水尺，把水位记在册上。")
    document.add_picture(drawn)
    document.save(tmp_path / "paper.docx")
    book = tmp_path / "book"
    write_book(book, 2, 20)
    twin = book / "docs/en/section-1.md"
    for _ in range(2):
        import_into(book, tmp_path / "paper.docx", Asked(force=True))
        twin.write_text("---\n---\n\n# 1. Levels {#section-1}\n\nThey note it.\n", "utf-8")
    import_into(book, tmp_path / "paper.docx", Asked(force=True))
    notice = '!!! notice ""\n\n    ![{0}](figures/section-1-paper-{1}.png) {0}\n'
    for lang, words in (("zh", "原文第{}幅插图"), ("en", "Picture {} of the original")):
        page = (book / f"docs/{lang}/section-1.md").read_text("utf-8")
        first = re.escape(notice.format(words.format(1), "01"))
        assert re.search(f"^# .*\n\n{first}", page, re.MULTILINE)
        assert page.endswith("\n\n" + notice.format(words.format(2), "01-01"))
        assert len([*book.glob(f"docs/{lang}/figures/section-1-paper-*")]) == 2
    assert [found for found in check_book(book) if "section-1." in found.path] == []
    twin.write_text(page.replace(words.format(2), "A gauge"), "utf-8")
    import_into(book, tmp_path / "paper.docx", Asked(force=True))
    assert "![A gauge](figures/section-1-paper-01-01.png) A gauge" in twin.read_text("utf-8")


def test_circled_items(tmp_path):
    """① in a DOCX begins an item, for its notes are known: nothing is told of it."""
    document = docx.Document()
    document.add_heading("一、水位", 1)
    for words in ("值守的人做两件事：", "① 早晨看水尺；", "② 傍晚再看一次。"):
        document.add_paragraph(words)
    document.save(tmp_path / "paper.docx")
    reading = read_file(tmp_path / "paper.docx")
    assert [unit.role for unit in reading.units][2:] == ["item ①", "item ②"]
    assert reading.warnings == []


def test_symbols_and_equations(tmp_path):
    """What a face of symbols draws is read as it is printed, an equation in a line, the sound of a
    word behind it; a second reader sees the same, a hyphen that does not break too.
    """
    run = "<w:r><w:t>{}</w:t></w:r>".format
    sound = f"<w:ruby><w:rt>{run('yù')}</w:rt><w:rubyBase>{run('彧')}</w:rubyBase></w:ruby>"
    sign = '<w:r><w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}"/></w:rPr><w:t>{1}</w:t></w:r>'
    word = "<m:{0}>{1}</m:{0}>".format
    some = word("r", '<w:rPr><w:sz w:val="40"/></w:rPr><m:t>{}</m:t>').format
    root = word("rad", word("e", word("sSup", word("e", some("b")) + word("sup", some("2")))))
    sums = word("nary", '<m:naryPr><m:chr m:val="∑"/></m:naryPr>' + word("sub", some("i=1")))
    math = word("oMath", some("x=") + word("f", word("num", some("1+") + root) + word("den", sums)))
    math = math.replace(
        "<m:oMath", '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    reading = written(
        tmp_path / "paper.docx",
        f"<w:p>{sign.format('Wingdings', 'ü是')}{sign.format('Wingdings 2', '&#xF0A3;')}"
        '<w:r><w:t>否</w:t><w:noBreakHyphen/><w:sym w:font="Symbol" w:char="F061"/></w:r></w:p>'
        f"<w:p>{math}</w:p><w:p><w:r>{sound}</w:r>{run('的家')}</w:p>",
    )
    assert [unit.text for unit in reading.units] == [
        "✓是□否-α", "x=(1+√(b^2))/(∑_(i=1))", "彧（yù）的家",
    ]  # fmt: skip
    assert [unit.look.size for unit in reading.units if unit.look] == [1.0, 1.82, 1.0]
    assert [said for _, said in reading.warnings if "doubtful" in said] == []


def changed(path: Path, *swaps: tuple[bytes, bytes]) -> Path:
    """The styled paper with these patterns replaced in all of its parts."""
    with zipfile.ZipFile(DOCX) as usual, zipfile.ZipFile(path, "w") as other:
        for name in usual.namelist():
            data = usual.read(name)
            for pattern, words in swaps:
                data = re.sub(pattern, words, data)
            other.writestr(name, data)
    return path


def test_strict_form(tmp_path):
    """The strict form of a DOCX is read as the usual one."""
    parts = b"officeDocument|drawingml|wordprocessingml"
    names = (
        rb"http://schemas.openxmlformats.org/(%s)/2006/" % parts,
        rb"http://purl.oclc.org/ooxml/\1/",
    )
    assert read_file(changed(tmp_path / "strict.docx", names)).units == read_file(DOCX).units


def test_a_lost_part(tmp_path):
    """What the file only names, as some programs leave it, harms nothing: a picture, a menu."""
    for target in (b"../NULL", b"userCustomization/customUI.xml"):
        lost = b'<Relationship Id="x1" Type="http://x/y" Target="%s"/></Relationships>' % target
        path = changed(tmp_path / "lost.docx", (b"</Relationships>", lost))
        assert read_file(path).units == read_file(DOCX).units


def test_notes_that_nothing_calls(tmp_path):
    """Word prints none, nor what it has for notes that go on: they are told, and no units."""
    swap = b"<w:continuationSeparator/>", "<w:t>还有</w:t>".encode()
    reading = read_file(changed(tmp_path / "notes.docx", swap))
    assert reading.units == read_file(DOCX).units
    assert [span.text for span in reading.furniture if span.reason == "hidden"] == ["还有"]
