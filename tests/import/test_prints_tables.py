"""Tables and columns as real makers set them: each printed here on the spot."""

import pytest
from test_prints import PARA, para, print_paper, said


def test_three_columns(tmp_path):
    """Three columns are read one by one, behind the title and the names across them."""
    texts = [para(start) for start in "甲乙丙丁戊己庚辛"]
    reading = print_paper(
        tmp_path,
        "#align(center, text(20pt)[水务报告])\n#align(center)[林渡  周砚秋]\n"
        + f"#block(height: 13.2cm, columns(3)[{'#parbreak()'.join(texts)}])",
    )
    expected = [
        ("title", "水务报告"),
        ("byline", "林渡 周砚秋"),
        *(("para", text) for text in texts),
    ]
    assert said(reading) == expected


def test_a_head_alone_on_the_next_page(tmp_path):
    """A table's head that is there again, with no words below it, is furniture, and no line."""
    table = "#table(columns: 2, [河段], [水位], {})"
    text = f"{para('甲')}\n\n{table.format('[北段], [三米]')}\n#pagebreak()\n{table.format('')}\n\n{para('乙')}"
    reading = print_paper(tmp_path, text)
    assert [unit.cells or unit.text[0] for unit in reading.units] == [
        "甲", ("河段", "水位"), ("北段", "三米"), "乙",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [6, 7])
def test_a_table_on_grounds(tmp_path, count):
    """Grounds below the head and every other row make a table, the last row with one or without,
    also right above a figure.
    """
    cells = ", ".join(f"[河段{at}], [{7 * at}], [{3 * at}]" for at in range(1, count + 1))
    look = "columns: (1fr, 1fr, 1fr), inset: 10pt, stroke: none"
    fill = "fill: (_, row) => if calc.even(row) { luma(235) }"
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n表1 各段水位\n\n#align(right, text(8.5pt)[单位：米])\n\n"
        f"#table({look}, {fill}, [河段], [春], [秋], {cells})\n#v(35pt)\n"
        "#polygon(fill: blue, (0pt, 0pt), (120pt, 0pt), (60pt, 90pt))\n\n图1 水位塔",
    )
    assert [unit.cells for unit in reading.units if unit.cells] == [
        ("河段", "春", "秋"),
        *[(f"河段{at}", f"{7 * at}", f"{3 * at}") for at in range(1, count + 1)],
    ]  # fmt: skip
    assert [bool(unit.picture) for unit in reading.units if unit.role == "caption"] == [False, True]


def test_frame_around_a_table(tmp_path):
    """Each line stands in one table, and once, where a frame of rules is drawn around one."""
    cells = "[河段], [水位], [上游], [三米]"
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n#table(columns: 2, stroke: 1pt, inset: 6pt, [站点], [记录], [一号],"
        f" table(columns: 2, stroke: 1pt, {cells}))\n\n{para('乙')}",
    )
    words = "".join(unit.text for unit in reading.units)
    assert all(words.count(word) == 1 for word in ("站点", "河段", "三米"))
    assert ("河段", "水位") in [unit.cells for unit in reading.units]


def test_inset_columns(tmp_path):
    """Two columns in which most lines are those of a list, and a note below both whose mark is
    hardly smaller than the text.
    """
    items = [f"（{at}）{PARA[:60]}。" for at in range(1, 13)]
    listed = "\n".join(f"#block(inset: (left: 4em))[{item}]" for item in items)
    reading = print_paper(
        tmp_path,
        "#set par(first-line-indent: 0em)\n"
        f"#block(height: 15cm, columns(2)[{para('甲')}#super(size: 0.78em)[1]\n\n{listed}])\n"
        f"#v(1fr)\n#line(length: 30%)\n#text(8pt)[1. {PARA[:70]}。]",
    )
    assert [text for _, text in said(reading)] == [para("甲"), f"{PARA[:70]}。", *items]
    assert reading.units[1].role == "note"


CELLS = """#set par(first-line-indent: 0em, justify: false)
#table(columns: (20mm, 24mm, 40mm), stroke: none, align: center{align}, inset: (x: 6pt, y: 4.5pt),
  {top}[渡口], [官渡数#linebreak()（座）], [说明], {middle}[沿岸各处#linebreak()平台], [790.5],
  [这里所说的不含旧的口径], [清单], [—], [只收一家], [新的清单#linebreak()之二], [12],
  [凡由署出面的一律照旧办理], {foot})
"""


@pytest.mark.parametrize("ruled", [False, True])
def test_cells_of_two_lines(tmp_path, ruled):
    """They stay whole where nothing but the distance parts the rows, and so does a head."""
    rules = dict.fromkeys(("top", "middle", "foot"), "table.hline(), " if ruled else "")
    table = f"#block[{CELLS.format(**rules, align=' + horizon' if ruled else '')}]"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{table}\n\n{para('乙')}\n\n{table}")
    rows = [
        ("row", "渡口\t官渡数（座）\t说明"),
        ("row", "沿岸各处平台\t790.5\t这里所说的不含旧的口径"),
        ("row", "清单\t—\t只收一家"),
        ("row", "新的清单之二\t12\t凡由署出面的一律照旧办理"),
    ]
    assert said(reading) == [("para", para("甲")), *rows, ("para", para("乙")), *rows]


STOCK = """#[#set par(first-line-indent: 0em, justify: false, leading: 0.65em)
#table(columns: (24mm, 22mm, 52mm), stroke: none, {look},
  {top}[渡口], [官渡数], [说明], {middle}[南岸平台之], [—], [凡由署出面的一律照旧，不收水费],
  [北岸], [3.5], [只收一家], [清单所列旧渡口], [12], [照旧], [东岸], [790], [木料记在公账上],
  [上游西岸的新渡口], [1,024], [由三村轮流出工，到了秋天再修一次，逢雨天顺延], [下游], [8], [照旧], {foot})]
"""
TIGHT = "inset: (x: 6pt, y: 0.325em)"  # rows stand no farther apart than lines


@pytest.mark.parametrize(
    ("look", "lines"),
    [
        (TIGHT, ("top", "middle", "foot")),
        (f"align: horizon, {TIGHT}", ("top", "middle", "foot")),
        ("inset: 6pt", ("middle",)),
        ("inset: 6pt, fill: (x, y) => if y == 0 { silver }", ("middle", "foot")),
    ],
)
def test_rows_by_their_lines(tmp_path, look, lines):
    """Cells of two lines, where rows stand as near as lines, in the middle of their rows too; and
    where only a rule below its head says that there is a table.
    """
    rules = {name: "table.hline(), " * (name in lines) for name in ("top", "middle", "foot")}
    table = STOCK.format(look=look, **rules)
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{table}\n\n{para('乙')}")
    assert said(reading) == [
        ("para", para("甲")),
        ("row", "渡口\t官渡数\t说明"),
        ("row", "南岸平台之\t—\t凡由署出面的一律照旧，不收水费"),
        ("row", "北岸\t3.5\t只收一家"),
        ("row", "清单所列旧渡口\t12\t照旧"),
        ("row", "东岸\t790\t木料记在公账上"),
        ("row", "上游西岸的新渡口\t1,024\t由三村轮流出工，到了秋天再修一次，逢雨天顺延"),
        ("row", "下游\t8\t照旧"),
        ("para", para("乙")),
    ]


@pytest.mark.parametrize("foot", ["table.hline(), ", ""])
def test_a_head_over_several_columns(tmp_path, foot):
    """The rule that spares the first column, whose head is over two rows, cuts it off no table, also
    where the foot is on another page; nor do names of two lines cut the rows.
    """
    head = (
        "table.cell(rowspan: 2)[渡口], table.cell(colspan: 2)[官渡], table.cell(colspan: 2)[义渡]"
    )
    names = ["上游西岸的新渡口", "北岸", "下游的老石桥", "东岸", "南岸平台之二"]
    rows = [[name, *(f"{at + 3}.{at}", "—", f"{at}9", "1,024")] for at, name in enumerate(names)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    look = "columns: (20mm,) + (22mm,) * 4, stroke: none, inset: (x: 6pt, y: 0.325em)"
    table = (
        f"#[#set par(first-line-indent: 0em, justify: false)\n#table({look}, table.hline(), {head},"
        f" [座], [船], [座], [船], table.hline(start: 1), {cells}, {foot})]"
    )
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{table}\n\n{para('乙')}")
    found = [unit.cells for unit in reading.units if unit.cells]
    assert [list(row) for row in found[-len(rows) :]] == rows
    assert [text for role, text in said(reading) if role == "para"] == [para("甲"), para("乙")]


def test_columns_with_hanging_numbers(tmp_path):
    """Numbers that hang into the gutter belong to the right column."""
    texts = [para(start) for start in "甲乙"]
    items = [f"（{number}）{para('丙')}" for number in range(1, 4)]
    hanging = "#set par(first-line-indent: 0em)\n" + "\n\n".join(
        f"#h(-0.5em){item}" for item in items
    )
    columns = f"columns(2, gutter: 2.5em)[{'#parbreak()'.join(texts)}#colbreak()\n{hanging}]"
    reading = print_paper(tmp_path, f"#block(height: 13cm, {columns})")
    assert [text for _, text in said(reading)] == [*texts, *items]


def test_columns_close_together(tmp_path):
    """Less than an em parts the columns of a table, or of a page: they are cut where all are."""
    cells = "[—], [13.7], [1,024], [−8.5], [23.7], [2,024], [—], [33.7], [3,024],"
    table = (
        "#table(columns: 3, stroke: none, inset: (x: 6.5pt, y: 5pt), align: center, "
        f"table.hline(), [官渡（座）], [义渡（万元）], [私渡（年）], table.hline(), {cells} table.hline())"
    )
    texts = [para(start) for start in "甲乙丙丁"]
    columns = f"columns(2, gutter: 1.05em)[{'#parbreak()'.join(texts)}]"
    reading = print_paper(tmp_path, f"{table}\n\n#block(height: 8cm, {columns})")
    assert said(reading) == [
        ("row", "官渡（座）\t义渡（万元）\t私渡（年）"),
        ("row", "—\t13.7\t1,024"),
        ("row", "−8.5\t23.7\t2,024"),
        ("row", "—\t33.7\t3,024"),
        *(("para", text) for text in texts),
    ]


def test_a_table_over_two_pages(tmp_path):
    """Its head is there once: alone at the foot of the first page, or again on the second."""
    head = "[年份], [官渡], [义渡],"
    rows = "".join(f"[{year}], [{year - 1800}], [{year - 1700}]," for year in range(1900, 1904))
    table = "table(columns: (3cm, 3cm, 3cm), stroke: none"
    again = f"#{table}, {head}{rows})#pagebreak()#{table}, {head}{rows.replace('19', '18')})"
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n#{table}, {head})#pagebreak()#{table}, {rows})\n\n{para('乙')}\n\n{again}",
    )
    assert [text.split("\t")[0] for role, text in said(reading) if role == "row"] == [
        "年份", "1900", "1901", "1902", "1903",
        "年份", "1900", "1901", "1902", "1903", "1800", "1801", "1802", "1803",
    ]  # fmt: skip


def test_heads_of_tables_at_the_head_of_pages(tmp_path):
    """They are no running headers: of a table over three pages the first stays, of two tables on
    two pages each.
    """
    head = ("站名", "水位", "水色")
    rows = [f"[甲{number}], [{number + 30}], [{number + 500}]" for number in range(80)]

    def table(count: int) -> str:
        cells = ", ".join(f"[{words}]" for words in head)
        return (
            f"#pagebreak()\n#table(columns: (1fr,) * 3, stroke: none, table.hline(), "
            f"table.header({cells}, table.hline()), {', '.join(rows[:count])})\n\n"
        )

    reading = print_paper(tmp_path, f"{para('甲')}\n\n{table(80)}{para('乙')}")
    assert [unit.cells for unit in reading.units if unit.cells][:2] == [
        head,
        ("甲0", "30", "500"),
    ]
    assert sum(len(unit.cells) == 3 for unit in reading.units) == 81
    assert [(span.page, span.text) for span in reading.furniture] == [
        (page, words) for page in (3, 4) for words in head
    ]
    twice = "".join(table(5) + para(start) for start in "乙丙")
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{twice}")
    assert [unit.cells for unit in reading.units].count(head) == 2


def test_a_column_of_short_lines(tmp_path):
    """It is one where its lines stand on none with the other column's; a caption in two pieces above
    both is read first.
    """
    items = [*(f"（{number}）看水位。" for number in range(1, 9)), "（9）看水色，记下来存档备查。"]
    column = f"#v(8pt)#set par(first-line-indent: 0em)\n{'#parbreak()'.join(items)}"
    texts = [para(start) for start in "甲乙丙"]
    reading = print_paper(
        tmp_path,
        f"{para('子')}\n\n#align(center)[Table 1#h(1.5em)Water of both banks]\n"
        f"#block(height: 12cm, columns(2)[{'#parbreak()'.join(texts)}#colbreak()\n{column}])",
    )
    assert [text for _, text in said(reading)] == [
        para("子"),
        "Table 1 Water of both banks",
        *texts,
        *items,
    ]


def test_tables_in_both_columns(tmp_path):
    """Cells without rules, on more lines than text stands beside, are no columns of the page."""
    cells = ", ".join(f"[{place}{at}]" for at in range(9) for place in ("东段", "西段", "北段"))
    table = f"#table(columns: (1fr,) * 3, stroke: none, inset: 4pt, align: center, {cells})"
    right = [para("乙"), *(para(at)[:-7] + "。" for at in "丙丁戊")]
    column = "#parbreak()".join([para("甲"), table, table, "#colbreak()#v(5pt)", *right])
    reading = print_paper(tmp_path, f"{para('子')}\n#block(height: 17cm, columns(2)[{column}])")
    texts = [text for role, text in said(reading) if role == "para"]
    rows = [role for role, _ in said(reading)].count("row")
    assert (texts, rows) == ([para("子"), para("甲"), *right], 18)


def test_tagged_columns_closer_than_a_gap(tmp_path):
    """Lines of two columns that stand less than an em apart are two where tags tell two paragraphs."""
    left, right = [*map(para, "甲乙丙")], [*map(para, "丁戊己庚")]
    column = "#parbreak()".join([*left, "#colbreak()", *right])
    columns = f"columns(2, gutter: 0.9em)[{column}]"
    reading = print_paper(tmp_path, f"{para('子')}\n#block(height: 14cm, {columns})", "tagged")
    assert [text for _, text in said(reading)] == [*map(para, "子甲乙丙丁戊己庚")]


def test_cells_of_two_lines_beside_one(tmp_path):
    """Where the text in the last column has two lines in each row, the others stand in the middle
    of them.
    """
    words = "木料记在公账上，由三村轮流出工，到了秋天再修一次"
    cells = "".join(f"[{name}村], [{at}], [{name}处{words}]," for at, name in enumerate("甲乙丙丁"))
    table = f"table(columns: (2cm, 2cm, 7cm), stroke: none, inset: 4pt, align: center + horizon, {{}}{cells}{{}})"
    line = "table.hline(),"
    ruled = table.format(f"{line}[村], [船], [说明],{line}", line)
    reading = print_paper(tmp_path, f"{para('甲')}\n\n#{ruled}\n\n{para('乙')}")
    rows = [f"{name}村\t{at}\t{name}处{words}" for at, name in enumerate("甲乙丙丁")]
    assert [text for role, text in said(reading) if role == "row"] == ["村\t船\t说明", *rows]


def test_columns_of_hanging_entries(tmp_path):
    """A few entries whose rests hang: a column begins where they do, not where the rests do."""
    words = "水务论丛，东渡书局，第三版，沿河各县的水位与水色汇编，"
    entries = [f"[{at}] 林渡. {words}{at + 2000}." for at in range(1, 8)]
    set_so = "#set text(costs: (widow: 0%, orphan: 0%))\n#set par(first-line-indent: 0em, hanging-indent: 2em)"
    listed = "\n\n".join(f'#"{entry}"' for entry in entries)
    reading = print_paper(
        tmp_path,
        f"{para('甲')}#pagebreak()= 参考文献\n#block(height: 4.2cm, columns(2)[{set_so}\n{listed}])",
    )
    order = "".join(text for _, text in said(reading))
    places = [order.index(f"[{at}]") for at in range(1, 8)]
    assert places == sorted(places) and order.endswith("汇编，2007.")


def test_a_head_close_to_its_rows(tmp_path):
    """It stays one where it stands as near to the first row as the lines of a cell to each other."""
    words = "木料记在公账上，由三村轮流出工，到了秋天再修一次"
    head = "".join(f"table.cell(inset: 3pt)[{word}]," for word in ("村", "船", "说明"))
    cells = "".join(f"[{name}村], [{at}], [{name}处{words}]," for at, name in enumerate("甲乙丙丁"))
    table = f"#table(columns: (2cm, 2cm, 7cm), stroke: none, inset: 8pt, table.hline(), {head} table.hline(), {cells}"
    reading = print_paper(
        tmp_path,
        f"{para('甲')}\n\n#set par(leading: 1em, first-line-indent: 0em)\n{table} table.hline())",
    )
    rows = [f"{name}村\t{at}\t{name}处{words}" for at, name in enumerate("甲乙丙丁")]
    assert [text for role, text in said(reading) if role == "row"] == ["村\t船\t说明", *rows]


def test_heads_in_columns_and_over_them(tmp_path):
    """A large head stays in its column, though a picture stands beside it; one over columns that
    end and begin together is read between them, though it is short and no line stands beside it.
    """
    head = "#text(16pt, weight: 700)[{}]\n\n"
    drawing = "#v(6pt)#align(center, rect(width: 5cm, height: 3.8cm, fill: blue))\n#align(center)[图1 水位]\n\n"
    left = f"{para('甲')}\n\n{para('乙')}\n\n{head.format('二、来历')}{para('丙')}\n\n"
    right = f"#colbreak(){para('丁')}\n\n{drawing}{para('戊')}"
    below = f"{para('己')}#colbreak(){para('庚')}"
    reading = print_paper(
        tmp_path,
        f"#columns(2)[{left}{right}]\n\n#v(2em){head.format('三、去处')}#v(1em)#columns(2)[{below}]",
    )
    assert [text[:2] for _, text in said(reading)] == [
        "甲沿", "乙沿", "二、", "丙沿", "丁沿", "图1", "戊沿", "三、", "己沿", "庚沿"
    ]  # fmt: skip


def test_a_page_of_few_lines_in_columns(tmp_path):
    """Below an abstract a few lines stand in columns that begin where those of other pages do."""
    full = f"#columns(2, gutter: 2em)[{para('丁')}\n\n{para('戊')}#colbreak(){para('己')}\n\n{para('庚')}]"
    words = f"{PARA}{PARA[:37]}，年年如此，岁岁如此，到了秋天再修一次。"
    few = f"#columns(2, gutter: 2em)[{words[:90]}#colbreak()#par(first-line-indent: 0em)[{words[90:]}]]"

    reading = print_paper(
        tmp_path, f"{para('甲')}\n\n{para('乙')}\n\n{para('丙')}\n\n{few}#pagebreak(){full}"
    )
    assert [text for _, text in said(reading)] == [
        para("甲"), para("乙"), para("丙"), words, *map(para, "丁戊己庚")
    ]  # fmt: skip


def test_a_note_over_two_columns(tmp_path):
    """It goes on at the foot of the next column, and is a little smaller than the text."""
    rule = "#v(1fr)#line(length: 3cm, stroke: 0.5pt)#set text(10.5pt)\n"
    words = "据渡口的账册，木料每年秋天由三个村子轮流出工采办，其数目另见附表各卷以及账末等处"
    called = f"甲沿河#super[1]{PARA}"
    reading = print_paper(
        tmp_path,
        "#set page(columns: 2, height: 14cm)\n#set par(first-line-indent: 0em)\n"
        f"{called}{rule}1 {words}#colbreak()#set text(11pt)\n{PARA[9:]}年年如此。"
        f"{rule}，到了第二年再记一次。#pagebreak()#set text(11pt)\n{para('乙')}",
    )
    assert [role for role, _ in said(reading)] == ["para", "note", "para"]
    assert said(reading)[1][1] == f"{words}，到了第二年再记一次。"


@pytest.mark.parametrize("look", ["stroke: 0.5pt", "stroke: none, gutter: 0.4pt, fill: silver"])
def test_ruled_spans(tmp_path, look):
    """The words of a cell that takes several rows or columns, of two lines or in its middle, stand
    in the first of them, be the cells ruled or boxes.
    """
    head = (
        "table.cell(rowspan: 2)[站点], table.cell(colspan: 2)[水位], table.cell(rowspan: 2)[值守]"
    )
    rows = "table.cell(rowspan: 3, align: horizon)[上游#linebreak()渡口], [一月], [1.5], [林渡], "
    rows += "[二月], [2.5], table.cell(rowspan: 2, align: horizon)[周砚], [三月], [3.5]"
    table = f"#table(columns: (5em, 4em, 4em, 5em), {look}, {head}, [月份], [水深], {rows})"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{table}\n\n{para('乙')}")
    assert [unit.cells for unit in reading.units if unit.cells] == [
        ("站点", "水位", "", "值守"),
        ("", "月份", "水深", ""),
        ("上游渡口", "一月", "1.5", "林渡"),
        ("", "二月", "2.5", "周砚"),
        ("", "三月", "3.5", ""),
    ]


def test_cells_drawn_as_boxes(tmp_path):
    """Where no rule is drawn, boxes side by side are cells, whatever lines they hold."""
    words = "木料记在公账上，由三村轮流出工，到了秋天再修一次"
    cells = "".join(f"[{name}村], [{name}处{words}]," for name in "甲乙丙")
    table = f"table(columns: (2cm, 5cm), stroke: none, fill: luma(90%), align: horizon, {cells})"
    reading = print_paper(tmp_path, f"{para('甲')}\n\n#{table}\n\n{para('乙')}")
    rows = [f"{name}村\t{name}处{words}" for name in "甲乙丙"]
    assert [text for role, text in said(reading) if role == "row"] == rows


def test_words_shaded_one_by_one(tmp_path):
    """Grounds of words, as code has them, fill a place like cells, but share no columns."""
    lines = (
        "水位观测 #h(4.1cm)水 的颜色之",
        "水 #h(3.3cm)水色观测 水位",
        "水位观测与水温 #h(2cm)水色 水的颜",
        "水位的 #h(3.7cm)水色的 观测者",
    )
    word = "#box(height: 14pt, fill: aqua)[{}]".format
    code = "".join(f"#block(spacing: 0pt)[{''.join(map(word, line.split()))}]" for line in lines)
    reading = print_paper(tmp_path, f"{para('甲')}\n\n{code}\n\n{para('乙')}")
    assert "row" not in [role for role, _ in said(reading)]


def test_a_striped_table_above_a_figure(tmp_path):
    """Its rows stand on grounds, below a caption of a table: they are no labels of the figure."""
    cells = "".join(f"[{name}村], [{at}], [{at * 7}]," for at, name in enumerate("甲乙丙丁", 21))
    stripes = "fill: (x, y) => if calc.even(y) { luma(90%) }"
    table = f"#table(columns: (4cm, 4cm, 4cm), inset: 10pt, stroke: none, {stripes}, {cells})"
    bars = "#align(center, rect(width: 5cm, height: 2cm, fill: blue))#align(center)[图1 水位]"
    reading = print_paper(
        tmp_path, f"{para('甲')}\n\n#align(center)[表1 各村]\n{table}\n\n{bars}\n\n{para('乙')}"
    )
    rows = [text for role, text in said(reading) if role == "row"]
    assert rows == [f"{name}村\t{at}\t{at * 7}" for at, name in enumerate("甲乙丙丁", 21)]
