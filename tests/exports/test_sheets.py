"""Pages as they are set, and what cannot be."""

import io
import re
from collections import Counter
from itertools import pairwise

import markdown
import pymupdf
import pytest

from minibook import write_minibook
from spoken import tagged
from whitepaper.book import BookError, read_book
from whitepaper.content import parse
from whitepaper.exports.pdf import print_pages
from whitepaper.exports.places import Contents
from whitepaper.site.spans import name_languages

EXTENSIONS = [
    "attr_list",
    "admonition",
    "footnotes",
    "tables",
    "md_in_html",
    "pymdownx.blocks.caption",
    "whitepaper.extension",
]
OPTIONS = {"footnotes": {"SEPARATOR": "-"}, "whitepaper.extension": {"root": "none"}}
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<title>图</title><desc>一个方块。</desc>\n<rect width="9" height="9"/>{}</svg>'


@pytest.fixture
def book_of(tmp_path):
    """Gives the contents of a book whose one chapter is the text given, in Chinese and in English."""

    def write(zh: str, en: str = "# Origin {#origin}\n\nText.") -> Contents:
        root = write_minibook(tmp_path / "book")
        trees = {}
        for lang, text in (("zh", zh), ("en", en)):
            (root / f"docs/{lang}/origin.md").write_text(
                f"---\ndescription: 述\n---\n{text}\n", "utf-8"
            )
            (root / f"docs/{lang}/figures").mkdir(exist_ok=True)
            (root / f"docs/{lang}/figures/box.svg").write_text(DRAWING.format(""), "utf-8")
            for name, source in (("origin", text), ("index", "# Home {#index}")):
                html = markdown.markdown(source, extensions=EXTENSIONS, extension_configs=OPTIONS)
                trees[lang, name] = parse(html)
        return Contents(read_book(root), trees)

    return write


SET = [
    ("一段。", "P(一段。)"),
    ("过去10–20年。", "P(过去 10–20 年。)"),
    ("甲 #let x = 1; $y$ [乙]", "P(甲 # let x = 1; $y$ [ 乙])"),
    ("\\#let x = panic()", "P(#let x = panic())"),
    ("\\#gap 10–20#box(1)", "P(#gap  10–20 #box(1))"),
    ('“\\\\”与"引号"', 'P(“\\”与"引号")'),
    ("一**粗**二*斜*三`码`", "P(一 Strong(粗) 二 Em(斜) 三 Code(码))"),
    ("The <span class='whole'>year of the </span>*term*.", "P(The  year of the  Em(term) .)"),
    ("**第一，头。**\n\n文。", "P(Strong(第一，头。)) P(文。)"),
    ("1. 甲\n2. 乙", "L(LI(Lbl(1.) LBody(甲)) LI(Lbl(2.) LBody(乙)))"),
    ("- 甲\n\n- 乙", "L(LI(Lbl(•) LBody(P(甲))) LI(Lbl(•) LBody(P(乙))))"),
    ("- 甲\n    - 乙", "L(LI(Lbl(•) LBody(P(甲))) L(LI(Lbl(•) LBody(乙))))"),
    ("见[此](#origin)。", "P(见 Link(此) 。)"),
    (
        "一[^a]，二[^a]。\n\n[^a]: 注。",
        "P(一 Lbl(Link(Span(①))) Note(Lbl(Link(Span(①))) 注。) ，二 Lbl(Link(Span(①))) 。)",
    ),
    ("![图一](../figures/box.svg){#b}", "Div(Caption(Span(图一)) Div(Figure(一个方块。)))"),
    (
        "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |",
        "Table(THead(TR(TH(甲) TH(乙))) TBody(TR(TD(丙) TD(丁))))",
    ),
    ('!!! notice "题"\n    文。', "Strong(题) P(文。)"),
    (
        '<dl class="glossary"><dt id="a"><span>甲</span> <span class="other" lang="en">A</span></dt>'
        "<dd>一。</dd><dt>乙</dt><dd>二。</dd></dl>",
        "Div(Div(P(Strong(甲) A 一。)) Div(P(Strong(乙) 二。)))",
    ),
    ("> 引文。", "BlockQuote(P(引文。))"),
]


def heard(contents: Contents, tree: str) -> str:
    """What stands below the title of the chapter, by its tags."""
    made = print_pages(contents, tree, ("origin",), "chapter")
    return re.split(r"origin/\)\)+ ", tagged(io.BytesIO(made)))[-1].removesuffix(")")


@pytest.mark.parametrize("text,expected", SET)
def test_set(book_of, text, expected):
    """Each kind of block and run is what it is to the ear too; text is data, never markup."""
    assert heard(book_of(f"# 起 {{#origin}}\n\n{text}"), "zh") == expected


def test_title(book_of):
    """A chapter's title is its title alone; whose words it gives is said below it."""
    made = print_pages(book_of("# 起 {#origin}\n\n文。"), "zh", ("origin",), "chapter")
    assert " H1(P(起)) P(米磊、赵瑞瑞《" in tagged(io.BytesIO(made))


TARGETS = [
    '甲<span id="x">乙</span>。',
    '<div id="x" markdown="1">\n甲。\n</div>',
    '<div id="x" markdown="1">\n- 甲\n</div>',
    '<table id="x"><tr><th>甲</th></tr><tr><td>乙</td></tr></table>',
    "- 甲\n{: #x }",
    "> 引文。\n{: #x }",
    '<div class="admonition" id="x"><p class="admonition-title">题</p><p>文。</p></div>',
    "![图一](../figures/box.svg){#x}",
    '<dl><dt id="x">甲</dt><dd>一。</dd></dl>',
]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("tree", ["zh", "zh-en"])
def test_targets(book_of, target, tree):
    """A link may lead to whatever bears an id."""
    text = f" {{#origin}}\n\n见[此](#x)。\n\n{target}"
    contents = book_of(f"# 起{text}", f"# Origin{text}")
    made = pymupdf.open("pdf", print_pages(contents, tree, ("origin",), "chapter"))
    assert [link["page"] for link in made[0].get_links() if "page" in link][:1] == [0]


def test_tall_table(book_of):
    """A table that fills half a page goes on over the next, its head again above each part, its
    caption with the first; no row is torn, and no word runs into the next column.
    """
    heads = [f"Licence{column}" for column in range(12)]
    cells = ["可以，组合遵循Apache2.0"] * 12
    rows = "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * 12, *[cells] * 24))
    caption = "\n\n/// caption | < #table-1\n表一　许可证\n///"
    made = print_pages(
        book_of(f"# 起 {{#origin}}\n\n{rows}{caption}"), "zh", ("origin",), "chapter"
    )
    pages = [page.get_text("words") for page in pymupdf.open("pdf", made)]
    assert len(pages) == 2
    for page in pages:
        said = [word[4] for word in page]
        assert said.count("Licence11") == 1
        assert said.count("Apache2.0") % 12 == 0
        boxes = sorted((word[1], word[0], word[2]) for word in page if "Apache" in word[4])
        assert all(one[2] < other[1] for one, other in pairwise(boxes) if one[0] == other[0])
    assert "表一" in "".join(word[4] for word in pages[0])


def test_small_table(book_of):
    """A small table stands on one page, and the line above it with it."""
    table = "用户之表\n\n| 甲 | 乙 |\n|---|---|\n" + "| 丙 | 丁 |\n" * 5 + "| 末行 | 丁 |"
    contents = book_of("# 起 {#origin}\n\n" + "一段。\n\n" * 26 + table)
    tree, turned = contents.trees["zh", "origin"], 0
    for _ in range(6):
        del tree[1:3]
        pdf = pymupdf.open("pdf", print_pages(contents, "zh", ("origin",), "chapter"))
        words = ("用户之表", "末行")
        places = {n for word in words for n, page in enumerate(pdf) if page.search_for(word)}
        assert len(places) == 1
        turned += places == {1}
    assert 0 < turned < 6


def margin(contents: Contents, tree: str, name: str = "origin") -> int:
    """How many numbers are drawn in the margin."""
    page = pymupdf.open("pdf", print_pages(contents, tree, (name,), "chapter"))[0]
    drawn = [drawing["rect"] for drawing in page.get_drawings()]
    return sum(box.x1 < 84 and box.width < 8 for box in drawn)


def test_numbers_once(book_of):
    """Where two languages stand side by side, the number stands beside the first; pages that are no
    chapters have none.
    """
    contents = book_of("# 起 {#origin}\n\n一。\n\n1. 甲", "# Origin {#origin}\n\nOne.\n\n1. A")
    assert margin(contents, "zh") == margin(contents, "zh-en") == 2
    contents.trees["zh", "index"] = contents.trees["zh", "origin"]
    assert margin(contents, "zh", "index") == 0


def test_note_in_both(book_of):
    """In two languages side by side a note stands once, with its words in both; a citation of it in
    a heading is no second one.
    """
    note = "\n\n[^a]: {}"
    zh = f"# 起[^a] {{#origin}}\n\n一[^a]。{note.format('注。')}"
    en = f"# Origin[^a] {{#origin}}\n\nOne[^a].{note.format('Note.')}"
    made = tagged(io.BytesIO(print_pages(book_of(zh, en), "zh-en", ("origin",), "chapter")))
    assert made.count("Note(") == 1
    assert re.search(r"Note\(Lbl\(.*?\)\)\) .*注。.*Note\.", made)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_last_item(book_of, lang):
    """Wherever a page turns, the last item of a list, of a line or two, is not alone on the next."""
    items = "".join(f"- item-{number}\n" for number in range(1, 7))
    text = "\n\n".join(["Text."] * 36) + f"\n\n{items}"
    contents = book_of(f"# 起 {{#origin}}\n\n{text}", f"# Origin {{#origin}}\n\n{text}")
    tree, turned = contents.trees[lang, "origin"], 0
    for _ in range(12):
        tree.remove(tree[1])
        pdf = pymupdf.open("pdf", print_pages(contents, lang, ("origin",), "chapter"))
        first, *last = (
            next(n for n, page in enumerate(pdf) if page.search_for(f"item-{item}"))
            for item in "156"
        )
        assert last[0] == last[1]
        turned += first < last[0]
    assert turned >= 3


def test_notice_with_its_notes(book_of):
    """Wherever a page turns, a heading, its paragraph, the notice that speaks of it and the note to
    it stand on one page.
    """
    end = '## heading {#s}\n\ncited[^a].\n\n!!! note "title"\n    said\n\n[^a]: noted'
    text = "\n\n".join(["一。"] * 36)
    contents = book_of(f"# 起 {{#origin}}\n\n{text}\n\n{end}")
    tree, turned = contents.trees["zh", "origin"], 0
    for _ in range(16):
        tree.remove(tree[1])
        pdf = pymupdf.open("pdf", print_pages(contents, "zh", ("origin",), "chapter"))
        words = ("heading", "cited", "title", "said", "noted")
        places = {n for word in words for n, page in enumerate(pdf) if page.search_for(word)}
        assert len(places) == 1
        turned += places == {1}
    assert 2 < turned < 16


def test_untranslated(book_of):
    """A page without a translation stands side by side with the notice that says so, once."""
    zh = "# 起 {#origin}\n\n一。\n\n## 节 {#part}\n\n二。"
    contents = book_of(zh, '# Origin {#origin}\n\n!!! note "Not yet"\n    Soon.\n\n## Not yet')
    contents.book.page("en", "origin").meta["translation"] = "missing"
    pairs = "Div(Div(P(一。)) Div(Strong(Not yet) P(Soon.))) H2(节) Div(Div(P(二。)) Div())"
    assert heard(contents, "zh-en") == pairs


REFUSED = [
    (
        "# 起 {#origin}\n\n好。\n\n独角兽🦄。",
        "docs/zh/origin.md:8: the book's fonts have no 🦄. Write it another way",
    ),
    (
        "# 起 {#origin}\n\n独角兽&#x1f984;。",
        'Typst: PDF/A-2a, PDF/UA-1 error: the text `"🦄"` could not be displayed with font `"Noto Serif SC"`. try using a different font',
    ),
    (
        "# 起 {#origin}\n\n![图](../figures/no.svg)",
        "docs/zh/figures/no.svg: there is no such picture. Add the file, or mend its name",
    ),
    (
        "# 起 {#origin}\n\n见[此](#nowhere)。",
        "Typst: label `<origin:nowhere>` does not exist in the document. ",
    ),
]


@pytest.mark.parametrize("text,message", REFUSED)
def test_refused(book_of, text, message):
    """What cannot be set right is refused with file, line and cure."""
    with pytest.raises(BookError) as refusal:
        print_pages(book_of(text), "zh", ("origin",), "chapter")
    assert str(refusal.value) == message


def test_published_wording_is_set(book_of):
    """What no face has stands in its plain form in the published wording, or as the mark of a
    missing character: the words are not ours to change.
    """
    contents = book_of("# 起𝐸 {#origin}\n\n独角兽🦄与𝜋∗。")
    contents.book.page("zh", "origin").meta["wording"] = "published"
    pdf = pymupdf.open("pdf", print_pages(contents, "zh", ("origin",), "chapter"))
    shown = "".join(page.get_text() for page in pdf)
    assert ("起E" in shown, "独角兽〓与π*。" in shown) == (True, True)


@pytest.mark.parametrize("form", ["式为`{}`，见下。", "```\n{}\n```", "式为{}，见下。"])
@pytest.mark.parametrize("tree", ["zh", "zh-en"])
def test_endless_runs_stay_on_the_page(book_of, tree, form):
    """What has no place to end a line at is broken all the same, in text and code, and is copied as
    it was.
    """
    run = "yit=" + "+".join(f"b{at}xit" for at in range(40))
    contents = book_of(
        f"# 起 {{#origin}}\n\n{form.format(run)}", "# Origin {#origin}\n\n" + form.format(run)
    )
    pdf = pymupdf.open("pdf", print_pages(contents, tree, ("origin",), "chapter"))
    words = [word for page in pdf for word in page.get_text("words")]
    assert max(word[2] for word in words) < 560
    assert run in "".join(word[4] for word in words)


@pytest.mark.parametrize(
    "markup,said",
    [
        ("<figure markdown>\n![图](../figures/box.svg)\n\n图里的话。\n</figure>", "图里的话。"),
        ("<table><caption>表题</caption><tr><td>格</td></tr></table>", "表题"),
        ("文。\n\n<style>p {color: red}</style>\n\n<script>let a = 1</script>", None),
    ],
)
def test_raw_html(book_of, markup, said):
    """What stands beside a picture in a figure, and the title of a table, are set; what no reader
    sees on the site is not.
    """
    contents = book_of(f"# 起 {{#origin}}\n\n{markup}")
    pdf = pymupdf.open("pdf", print_pages(contents, "zh", ("origin",), "chapter"))
    shown = "".join(page.get_text() for page in pdf)
    assert ((said or "文。") in shown, "color" in shown, "let" in shown) == (True, False, False)


def test_cells_over_several(book_of):
    """A cell over several columns or rows of a table in HTML moves no other out of its column; a
    table without a row is nothing, and an attribute of the name of one of ours is no matter.
    """
    rows = (
        "<tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr><tr><th>丙</th><th>丁</th></tr>",
        "<tr><td rowspan=2>戊</td><td>己</td><td>庚</td></tr><tr><td>辛</td><td>壬</td></tr>",
    )
    markup = f"<table>{''.join(rows)}</table>\n\n<table></table>\n\n<div label='x'>盒</div>"
    contents = book_of(f"# 起 {{#origin}}\n\n{markup}")
    pdf = pymupdf.open("pdf", print_pages(contents, "zh", ("origin",), "chapter"))
    left = {word[4]: round(word[0]) for word in pdf[0].get_text("words")}
    assert left["乙"] == left["丙"] == left["己"] == left["辛"] > left["甲"] == left["戊"]
    assert left["丁"] == left["庚"] == left["壬"] > left["辛"]
    assert "盒" in left


def test_refused_in_a_figure(book_of):
    """A character that the fonts lack is found in a drawing too."""
    contents = book_of("# 起 {#origin}\n\n![图](../figures/box.svg)")
    (contents.book.root / "docs/zh/figures/box.svg").write_text(
        DRAWING.format('<text font-family="Noto Sans SC">🦄</text>'), "utf-8"
    )
    with pytest.raises(
        BookError, match=r"^docs/zh/figures/box.svg:3: the book's fonts have no 🦄\."
    ):
        print_pages(contents, "zh", ("origin",), "chapter")


def test_references_are_ragged(book_of):
    """A Chinese paragraph that is mostly English is not stretched to the edge: its few gaps would
    grow wide.
    """
    words = " ".join(["Dam, Levee and Weir[J]；水位Reservoir与", "Hydrograph" * 2] * 6)
    contents = book_of(f"# 起 {{#origin}}\n\n{words}\n\n- {words}")
    name_languages(contents.trees["zh", "origin"], "zh")
    pdf = pymupdf.open("pdf", print_pages(contents, "zh", ("origin",), "chapter"))
    widths = Counter(
        round(char["bbox"][2] - char["bbox"][0], 1)
        for page in pdf
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        for char in span["chars"]
        if char["c"] == " " and abs(span["size"] - 10.5) < 0.1
    )
    widths.subtract([max(widths)])  # between the item's marker and its words
    assert sum(widths.values()) > 20 and max(+widths) < 3, widths


UNLIKE = [
    (
        "一。\n\n二。",
        "One.",
        "<p id=p2> against nothing",
    ),
    (
        "一。",
        "One.\n\nTwo.",
        "nothing against <p id=p2>",
    ),
    (
        "一。\n\n## 节 {#part}",
        "One.\n\n## Part {#other}",
        "<h2 id=part> against <h2 id=other>",
    ),
    (
        '<dl class="glossary"><dt id="a">甲</dt><dd>一</dd></dl>',
        '<dl class="glossary"><dt id="b">A</dt><dd>one</dd></dl>',
        "<dt id=a> against <dt id=b>",
    ),
    (
        "- 一\n- 二",
        "- One",
        "<li id=p2> against nothing",
    ),
]


@pytest.mark.parametrize("zh,en,message", UNLIKE)
def test_twins(book_of, zh, en, message):
    """Two pages that do not match block by block make no parallel book."""
    with pytest.raises(BookError) as refusal:
        print_pages(
            book_of(f"# 起 {{#origin}}\n\n{zh}", f"# Origin {{#origin}}\n\n{en}"),
            "zh-en",
            ("origin",),
            "chapter",
        )
    law = "docs/zh/origin.md and docs/en/origin.md must have the same blocks"
    assert str(refusal.value).startswith(f"{law}: {message}. ")
