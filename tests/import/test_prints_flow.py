"""Paragraphs, bibliographies and notes as real makers set them: each printed here on the spot."""

import pytest
from test_prints import PARA, para, print_paper, said

FLUSH = "#set par(first-line-indent: 0em)\n"
HAN = "林渡，周砚秋．堤岸与水位的关系及其在枯水年份的变化[J]．江城水运学刊，2001，3（2）：15–21."
LATIN = "Halden P, Orsay M. On the shape of rivers and the tides of large estuaries in dry years: a study of long records [J]. Tidal Letters, 1998, 4: 9–15."


def test_code_among_han(tmp_path):
    """A line of which most is code in a smaller face is of its paragraph all the same, and a long
    listing is not the running text.
    """
    code = "#text(0.8em)[read_water_level, WaterLevelPeriod和compare_all_records]"
    start = "堤上的人逐日读数，每隔十天对照一次旧账，看水位比往年高了还是低了，然后运行"
    listing = "\\\n".join(f"level_{at} = read_gauge(station_{at}, {at})" for at in range(30))
    reading = print_paper(
        tmp_path, f"{start}{code}三个函数，{para('乙')}\n\n{para('丙')}\n\n#text(7pt)[{listing}]"
    )
    first, second = said(reading)[:2]
    assert first[1].endswith(f"三个函数，{para('乙')}")
    assert second == ("para", para("丙"))
    assert reading.units[1].look.size == 1.0


def test_lines_set_too_wide(tmp_path):
    """Lines that stick out over the edge of one page leave its other lines full."""
    wide = "".join(f"#box(width: 19cm)[{'水位' * 22}]#linebreak()" for _ in range(3))
    texts = [f"{start}{'水位与水色每天记下来，' * 4}年年如此。" for start in "甲乙丙丁戊己庚辛壬癸"]
    page = "\n\n".join(texts)
    reading = print_paper(
        tmp_path, f"{page}#pagebreak()#block[{FLUSH}{wide}]\n\n{page}#pagebreak()\n\n{page}"
    )
    paragraphs = [text for _, text in said(reading)]
    assert [paragraphs.count(text) for text in texts] == [3] * 10


def test_pages_set_wider(tmp_path):
    """A sentence goes on from line to line where some pages, and small type, are set wider than
    the rest, whose paragraphs gaps part.
    """
    turned = {start: "水位与水色每天记下来，" * 12 + f"{start}年如此。" for start in "甲乙丙丁戊己"}
    wide = (
        f"#par(leading: 1.1em)[{turned['戊']}]\n\n#text(8pt, par(leading: 1.5em)[{turned['己']}])"
    )
    pages = "#pagebreak()".join(f"{turned[one]}\n\n{turned[two]}" for one, two in ("甲乙", "丙丁"))
    reading = print_paper(
        tmp_path, f"{FLUSH}#set par(spacing: 1em)\n{pages}#pagebreak()\n{wide}\n\n{pages}"
    )
    assert [text[-5] for _, text in said(reading)] == [*"甲乙丙丁戊己甲乙丙丁"]


def test_drawn_bullets(tmp_path):
    """A dot drawn before a line is the bullet of an item, though no character says so; a large one
    is not.
    """
    dot = "#place(dx: {0}, dy: {1}, circle(radius: {2}, fill: black))#h(1.6em){3}\\ "
    items = [f"{start}段的水位和水色每天清早各记一次" for start in "上中下"]
    listed = "".join(dot.format("0.4em", "0.25em", "0.2em", item) for item in items)
    large = dot.format("0em", "0em", "0.6em", "渡口的水位牌立在石阶旁边")
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{FLUSH}{listed}\n\n{large}\n\n{para('乙')}")
    assert said(reading)[1:-1] == [
        *[("item •", f"•{item}") for item in items], ("para", "渡口的水位牌立在石阶旁边"),
    ]  # fmt: skip


def test_forms_with_the_same_first_row(tmp_path):
    """What stands in a ruled cell at the head of two pages is a row of each table."""
    form = "#table(columns: (3cm, 4cm, 3cm, 4cm), [站名], [江城], [年份], [{}], [水位], [三], [水色], [青])"
    reading = print_paper(
        tmp_path,
        "#pagebreak()".join(f"{form.format(2001)}\n\n{para(start)}" for start in "甲乙丙"),
    )
    assert [text for role, text in said(reading) if role == "row"] == [
        "站名\t江城\t年份\t2001", "水位\t三\t水色\t青",
    ] * 3  # fmt: skip


def test_clauses(tmp_path):
    """6.2.2 at the edge begins a paragraph below 6.2.1, though its last line is full."""
    clauses = [f"6.2.{at} {'堤上的人逐日读数，每隔十天对照旧账一次' * 2}。" for at in (1, 2, 3)]
    reading = print_paper(
        tmp_path,
        f"#text(weight: 700)[6.2 堤上]\n\n{para('甲')}\n\n{FLUSH}#set par(spacing: 0.65em)\n"
        + "\n\n".join(clauses),
    )
    assert [text for _, text in said(reading)[2:]] == clauses


def test_words_that_cannot_be_broken(tmp_path):
    """Where gaps part paragraphs, a line that a long word behind it left ragged ends none."""
    start = "沿河的居民每天清早到堤上走一走，记下水位和水色，存档备查"
    text = f"{start}{start[:6]}#box[2019年（含闰七月）]{start}。"
    reading = print_paper(
        tmp_path,
        "#set par(first-line-indent: 0em, justify: false, spacing: 1.6em)\n"
        f"{para('甲')}\n\n{para('乙')}\n\n{text}\n\n{para('丙')}",
    )
    expected = [para("甲"), para("乙"), text.replace("#box[", "").replace("]", ""), para("丙")]
    assert [text for _, text in said(reading)] == expected


@pytest.mark.parametrize("mark", ["一是", "第一，", "步骤1："])
def test_hanging_members(tmp_path, mark):
    """A member goes on further in, though its first line ends with a sentence."""
    words = "看水位的人每天清早到堤上走一走，记下水位和水色，回来交给值守的人存档备查"
    members = [
        f"{mark}{(words * 2)[: 39 - len(mark)]}。#linebreak(){words}。",
        f"{mark.replace('一', '二')}{words}。",
    ]
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n{para('乙')}\n\n#set par(first-line-indent: 0em, hanging-indent: 2em)\n"
        "#set par(spacing: 0.65em)\n" + "\n\n".join(members),
    )
    members[0] = members[0].replace("#linebreak()", "")
    assert [text for _, text in said(reading)[2:]] == members


@pytest.mark.parametrize("numbered,title", [(False, "參考書目"), (True, "参考文献")])
def test_bibliographies(tmp_path, numbered, title):
    """Entries begin with the next number, or without numbers at the edge from which the others
    hang, wherever their lines end.
    """
    entries = [HAN, LATIN, HAN.replace("林渡，", ""), LATIN.replace("Halden P, ", ""), HAN]
    if numbered:
        entries = [f"[{at}] {entry}" for at, entry in enumerate(entries, 1)]
    hang = "#set par(justify: false, first-line-indent: 0em"
    hang += ")\n" if numbered else ", hanging-indent: 2em)\n"
    lines = "\n\n".join(entry.replace("[", "\\[").replace("]", "\\]") for entry in entries)
    reading = print_paper(
        tmp_path,
        f"#text(15pt, weight: 700)[一、水位]\n\n{para('甲')}\n\n#text(15pt, weight: 700)[{title}]\n\n"
        f"#block(spacing: 0.65em)[{hang}#set par(spacing: 0.65em)\n{lines}]",
    )
    assert [text for _, text in said(reading)[3:]] == entries
    assert not reading.metadata["truncated"]


def test_notes_as_large_as_the_text(tmp_path):
    """Below a short rule at a page's foot a raised mark begins a note in any size."""
    reading = print_paper(
        tmp_path,
        "#show footnote.entry: set text(11pt)\n"
        f"{para('甲')}堤高三丈#footnote[旧账所记。]，{para('乙')}#footnote[一九二一年的读数。]\n\n{para('丙')}",
    )
    assert [text for role, text in said(reading) if role == "note"] == [
        "旧账所记。",
        "一九二一年的读数。",
    ]
    assert [len(unit.calls) for unit in reading.units if unit.role == "para"] == [2, 0]


@pytest.mark.parametrize(
    "marks",
    [
        "#text(5.5pt, baseline: -0.88em)[①②]",
        "#text(5.5pt, baseline: -0.9em)[12]",
        "#super[❶❷]",
        "#super[㉑㊱]",
        "¹²",
    ],
)
def test_marks_of_notes(tmp_path, marks):
    """Raised so high that they stand above their line, white on black, or drawn so by the face."""
    first, second = (marks.replace(marks.strip("]")[-2:], mark) for mark in marks.strip("]")[-2:])
    notes = [f"一九二一年的读数，{para('又')}", "旧账所记。"]
    reading = print_paper(
        tmp_path,
        "#set text(cjk-latin-spacing: none)\n"
        f"{para('甲')}三村{first}轮流出工{second}，{para('乙')}\n\n{para('丙')}\n#v(1fr)\n"
        f"#line(length: 30%)\n#set text(9pt)\n{FLUSH}\n{first}{notes[0]}\n\n{second}{'#h(0.7em)' * (marks[0] == '#')}{notes[1]}",
    )
    expected = [("para", f"{para('甲')}三村轮流出工，{para('乙')}")]
    assert said(reading) == [*expected, *(("note", note) for note in notes), ("para", para("丙"))]


def test_bracketed_notes_beside_references(tmp_path):
    """[1] that a note at the page's foot bears calls that note, though a list of references has
    numbers in brackets too.
    """
    reading = print_paper(
        tmp_path,
        '#set footnote(numbering: "[1]")\n'
        f"{para('甲')}堤高三丈#footnote[旧账所记。]，{para('乙')}据查#super[\\[7\\]]，年年如此。\n\n"
        f"#text(15pt, weight: 700)[参考文献]\n{FLUSH}\n\\[1\\] 林渡．河流水位考[J]．水运学刊，2001．\n\n"
        "\\[2\\] 周砚秋．堤岸[M]．江城：水务社，2003．",
    )
    assert [text for role, text in said(reading) if role == "note"] == ["旧账所记。"]
    text = next(unit for unit in reading.units if unit.role == "para")
    assert len(text.calls) == 1 and text.text.endswith("据查[7]，年年如此。")


def test_calls_above_the_references(tmp_path):
    """[1] of a page calls the note that bears it on the next, beside a list of references; notes
    below that list are none of its entries.
    """
    note = "#v(1fr)#line(length: 30%)\n#text(9pt)[#super[{0}]{1}]\n"
    entries = [f"[{at}] {entry}" for at, entry in enumerate((HAN, LATIN, HAN), 1)]
    lines = "\n\n".join(entry.replace("[", "\\[").replace("]", "\\]") for entry in entries)
    reading = print_paper(
        tmp_path,
        f"{para('甲')}堤高三丈#super[\\[1\\]]，{para('乙')}\n#pagebreak()\n{para('丙')}闸宽九尺#super[\\[2\\]]。\n\n"
        f"#text(15pt, weight: 700)[参考文献]\n#text(9.4pt)[{FLUSH}"
        f"#set par(hanging-indent: 2em, justify: false)\n{lines}]\n{FLUSH}"
        + note.format("\\[1\\]", "旧账所记。#linebreak()#super[\\[2\\]]一九二一年的读数。"),
    )
    words = said(reading)
    assert [text for role, text in words if role == "note"] == ["旧账所记。", "一九二一年的读数。"]
    assert [len(unit.calls) for unit in reading.units if unit.role == "para"][:2] == [1, 1]
    assert [text for _, text in words[-3:]] == entries


@pytest.mark.parametrize("marks", ["①②③", "123"])
def test_notes_at_the_end(tmp_path, marks):
    """Notes under a heading of their own stay its list, each whole, on the page of a call too."""
    notes = [
        "旧账所记。",
        f"{'堤岸水位水色' * 11}一九二一年的读数",
        '#link("https://example.org")[卷宗]',
    ]
    calls = "，".join(f"三村轮流出工#super[{mark}]" for mark in marks)
    lines = "\n\n".join(f"{mark} {note}" for mark, note in zip(marks, notes))
    reading = print_paper(
        tmp_path,
        f"#text(15pt, weight: 700)[一、水位]\n\n{para('甲')}{calls}。\n\n#text(15pt, weight: 700)[注释]\n\n"
        f"#text(9pt)[{FLUSH}#set par(spacing: 0.65em)\n{lines}]",
    )
    assert not any(unit.calls for unit in reading.units)
    assert [text.split(" ")[-1] for _, text in said(reading)[-3:]] == [*notes[:2], "卷宗"]


@pytest.mark.parametrize(
    "title,form",
    [
        ("注释", "{}"),
        ("註釋", "[{}]"),
        ("", "①"),
        ("", "i"),
        ("参考文献", "{}"),
        ("参考文献", "[{}]"),
    ],
)
def test_notes_behind_the_pages_that_call_them(tmp_path, title, form):
    """A list of notes that counts as the calls on other pages do are these notes, and its heading is
    told; of references it stays.
    """
    signs = {"①": "①②③", "i": ["i", "ii", "iii"]}.get(form, [form.format(at) for at in "123"])
    notes = ["旧账所记。", "一九二一年的读数。", "见后。"]
    pages = [
        f'{para(start)}水涨堤高#super("{at}")，年年如此。' for start, at in zip("甲乙丙", signs)
    ]
    lines = "\n\n".join(f'#"{at}"; {note}' for at, note in zip(signs, notes))
    reading = print_paper(
        tmp_path,
        f"{'#pagebreak()'.join(pages)}#pagebreak()\n\n#text(15pt, weight: 700)[{title}]\n\n"
        f"#text(9pt)[{FLUSH}#set par(spacing: 0.65em)\n{lines}]",
    )
    called = [unit.calls for unit in reading.units if unit.role == "para"][:3]
    found = [text for role, text in said(reading) if role == "note"]
    assert (found, sum(map(len, called))) == (([], 0) if title == "参考文献" else (notes, 3))
    heads = [span.text for span in reading.furniture if span.reason == "notes-heading"]
    assert heads == ([title] if title in ("注释", "註釋") else [])


@pytest.mark.parametrize(
    "words",
    [
        "#line(length: 30%)\n#text(8pt)[\\[{0}\\] {1}]",
        "#line(length: 30%)\n#text(8pt)[{0} {1}]",
        "#line(length: 30%)\n#text(8pt)[#super[{0}] {2}#linebreak(){1}]",
        "#text(8pt)[{0} {1}]",
    ],
)
def test_notes_alike_but_for_digits(tmp_path, words):
    """What stands below a short rule at the foot of pages, or begins with a note's mark, is no
    running footer, to its last line; nor is what begins with a number that the page calls.
    """
    pages = [
        f"{para(start)}堤高三丈#super[{at}]。\n\n{FLUSH}#v(1fr)"
        + words.format(at, f"见《江城水位年报（200{at}）》，第1{at}页", "甲乙丙丁戊己庚" * 6)
        for at, start in enumerate("甲乙丙", 1)
    ]
    reading = print_paper(tmp_path, "#pagebreak()".join(pages))
    assert [span.reason for span in reading.furniture if "年报" in span.text] == []


def test_a_footer_below_a_short_rule(tmp_path):
    """The same words below a short rule at the foot of every page are its footer, and no note."""
    foot = "#set page(footer: [#line(length: 30%)#v(-6pt)#text(8pt)[请先读末页的说明]])\n"
    whole = "".join(f"{PARA[at:] + PARA[:at]}。" for at in range(1, 64, 7))
    reading = print_paper(tmp_path, f"{foot}{FLUSH}{whole * 9}")
    assert [text for _, text in said(reading)] == [whole * 9]
    assert {span.reason for span in reading.furniture} == {"running-footer"}


def test_a_watermark_from_edge_to_edge(tmp_path):
    """Large words that lie across most pages are a watermark, as wide as they may be."""
    mark = "#set page(background: rotate(-35deg, text(70pt, luma(220))[水务署内部资料]))\n"
    rule = "#place(dx: 1cm, dy: 15cm, line(length: 4cm))"  # the words are right below it
    pages = [f"{rule}{para(start)}\n\n{para('又')}" for start in "甲乙丙丁戊己"]
    reading = print_paper(tmp_path, f"{mark}{'#pagebreak()'.join(pages)}")
    expected = [text for start in "甲乙丙丁戊己" for text in (para(start), para("又"))]
    assert [text for _, text in said(reading)] == expected


@pytest.mark.parametrize("number", ["（2-1）", "（A.1）"])
def test_numbers_of_formulas(tmp_path, number):
    """The number at the right belongs to its formula, and ends it."""
    formula = f"#h(6em)h = 3t + 5#h(1fr){number}"
    flush = "#par(first-line-indent: 0em)[{}]".format
    rows = [para("甲"), flush(formula), flush("式中：h为水位。"), para("乙")]
    reading = print_paper(tmp_path, "#set par(spacing: 0.65em)\n" + "\n\n".join(rows))
    assert [text for _, text in said(reading)][1:3] == [f"h = 3t + 5 {number}", "式中：h为水位。"]


def test_labels_in_brackets(tmp_path):
    """What a journal labels in brackets below its title stands for itself, however short."""
    flush = "#par(first-line-indent: 0em)[{}]".format
    rows = [f"【内容摘要】{para('甲')}", "【关键词】水位；水色", "【作者简介】林渡，守堤人。"]
    texts = "\n\n".join([*map(flush, rows), para("丙"), para("丁")])
    reading = print_paper(tmp_path, f"#set par(spacing: 0.65em)\n{texts}")
    assert [text for _, text in said(reading) if "【" in text] == rows


def test_a_source_below_a_caption(tmp_path):
    """It is no second line of it."""
    square = "#rect(width: 5cm, height: 3cm, fill: red)"
    words = ["图1　沿河的人每天清早记下的水位", "资料来源：守堤人手记与县志所载。"]
    middle = "#align(center)[" + "\n\n".join([square, *words]) + "]"
    reading = print_paper(
        tmp_path, f"#set par(spacing: 0.65em)\n{para('甲')}\n\n{middle}\n\n{para('乙')}"
    )
    assert [text for _, text in said(reading)][1:3] == words


def test_labels_beside_an_axis(tmp_path):
    """What stands within the picture that is taken out is a label, however far from what is drawn."""
    bars = "#rect(width: 2cm, height: 2cm, fill: red)"
    axis = "#place(dx: 0cm, dy: 0cm, text(7pt)[120])#place(dx: 0cm, dy: 1.8cm, text(7pt)[0])"
    figure = f"#block(width: 6cm)[{axis}#pad(left: 0.8cm)[{bars}]]"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{figure}\n\n图1　水位\n\n{para('乙')}")
    assert [span.text for span in reading.furniture] == ["120", "0"]


def test_lines_behind_a_curve(tmp_path):
    """They are of the plot, and so are the words beside them and what stands below those."""
    lines = "#v(30pt)".join(f"{5 - at}#h(4pt)#box(line(length: 5cm))" for at in range(5))
    curve = "#place(dy: -70pt, dx: 10pt, curve(curve.line((90pt, 30pt)), curve.line((120pt, 0pt))))"
    words = f"#text(7pt)[#set par(first-line-indent: 0em, spacing: 8pt)\n{lines}\n{curve}\n"
    words += "#h(1cm)一月#h(1cm)二月\n\n#h(1cm)沿河各村所记的水位与水色，五年平均]"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n图1　水位\n\n{words}\n\n{para('乙')}")
    assert [text for _, text in said(reading)] == [para("甲"), "图1　水位", para("乙")]


def test_items_by_letters(tmp_path):
    """They are no rows of a table, however far their words stand from their marks."""
    items = [f"{mark}#h(1.2em){words}；" for mark, words in zip("abc", ("水位", "水色", "河堤"))]
    items = [item.replace("#h", ")#h", 1) for item in items]
    reading = print_paper(tmp_path, "\n\n".join([para("甲"), *items, para("乙")]))
    assert [text.replace(" ", "") for role, text in said(reading) if role.startswith("item")] == [
        "a)水位；", "b)水色；", "c)河堤；",
    ]  # fmt: skip


def test_a_title_at_the_foot_of_two_pages(tmp_path):
    """Of many: it is no footer."""
    box = "#place(bottom)[#strong[问与答]]"
    pages = [
        f"{para(start)}{box if at in (3, 5) else ''}"
        for at, start in enumerate("甲乙丙丁戊己庚辛壬")
    ]
    reading = print_paper(tmp_path, "#pagebreak()".join(pages))
    assert reading.furniture == []


def test_a_row_over_two_pages(tmp_path):
    """What goes on in a row without its first cell on the next page is one row."""
    line = "守堤人每天看水位，记在册上"
    rows = [
        ("段", "号", "事"),
        *((f"甲{at}", f"{at}", line * (60 if at == 2 else 1)) for at in range(5)),
    ]
    cells = "".join(
        f"[{cell.replace(line, f'{line}#linebreak()')}]," for row in rows for cell in row
    )
    table = f"#table(columns: (2cm, 2cm, 1fr), {cells})"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{table}\n\n{para('乙')}")
    assert [unit.cells for unit in reading.units if unit.cells] == rows
