"""Pages as Typst markup, and what cannot be set."""

import markdown
import pytest

from minibook import write_minibook
from whitepaper.book import BookError, read_book
from whitepaper.content import parse
from whitepaper.exports.pdf import parallel, print_pages
from whitepaper.exports.places import Contents
from whitepaper.exports.typeset import Setter

EXTENSIONS = [
    "attr_list",
    "admonition",
    "footnotes",
    "tables",
    "md_in_html",
    "whitepaper.extension",
]
OPTIONS = {"footnotes": {"SEPARATOR": "-"}, "whitepaper.extension": {"glossary": "none"}}
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
                trees[lang, name] = parse(html, f"docs/{lang}/{name}.md")
        return Contents(read_book(root), trees)

    return write


MARKUP = [
    ("一段。", '#par[#n("1")#"一段。"]'),
    ("一段。\n{: #p3a }", '#par[#n("3a")#"一段。"]'),
    ("他说“好”——就好。", '#par[#n("1")#"他说“好"#box("”——")#"就好。"]'),
    ("过去10–20年。", '#par[#n("1")#"过去"#gap#box("10–20")#gap#"年。"]'),
    ("甲 #let x = 1; $y$ [乙]", '#par[#n("1")#"甲 #let x = 1; $y$ [乙]"]'),
    ("\\#let x = panic()", '#par[#n("1")#"#let x = panic()"]'),
    ("\\#gap 10–20#box(1)", '#par[#n("1")#"#gap "#box("10–20")#"#box(1)"]'),
    ('“\\\\”与"引号"', '#par[#n("1")#"“\\\\”与\\"引号\\""]'),
    ("一**粗**二*斜*三`码`", '#par[#n("1")#"一"#strong[#"粗"]#"二"#emph[#"斜"]#"三"#raw("码")]'),
    (
        'The <span class="whole">year of the </span>*term*.',
        '#par[#n("1")#"The "#whole[#"year of the "]#emph[#"term"]#"."]',
    ),
    ("**第一，头。**", '#leading[#n("1")#strong[#"第一，头。"]]'),
    ("1. 甲\n2. 乙", '#enum([#n("1")#"甲"], [#n("2")#"乙"])'),
    ("- 甲\n\n- 乙", '#list([#par[#n("1")#"甲"]], [#par[#n("2")#"乙"]])'),
    ("见[此](#origin)。", '#par[#n("1")#"见"#link(<origin:origin>)[#"此"]#"。"]'),
    (
        "一[^a]。\n\n[^a]: 编者注：注。",
        '#par[#n("1")#"一"#note-in("zh", 1, "zh.origin:fn-a")[#"编者注：注。"]#"。"]',
    ),
    (
        "![图一](../figures/box.svg){#figure-box}",
        '#shown[#figure(drawing("zh/figures/box.svg", "一个方块。", 9, 9), caption: [#box("图一")], supplement: "图一")]',
    ),
    (
        "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |",
        '#table(columns: (2.93fr, 2.93fr,), table.header([#"甲"], [#"乙"]), [#"丙"], [#"丁"])',
    ),
    ('!!! notice "题"\n    文。', '#notice[#"题"][#par[#"文。"]]'),
    (
        '<dl class="glossary"><dt id="a"><span>甲</span> <span class="other" lang="en">A</span></dt><dd>一。</dd><dt>乙</dt><dd>二。</dd></dl>',
        '#glossary(\n[#entry([#"甲"], [#en[#"A"]], [#"一。"])],\n[#entry([#"乙"], none, [#"二。"])],\n)',
    ),
    ("> 引文。", '#quote(block: true)[#par[#n("1")#"引文。"]]'),
]


@pytest.mark.parametrize("text,expected", MARKUP)
def test_markup(book_of, text, expected):
    """Each kind of block and run becomes the call that sets it; text is data, never markup."""
    setter = Setter(book_of(f"# 起 {{#origin}}\n\n{text}"), "zh", "origin", frozenset({"origin"}))
    assert setter.page().split("\n\n", 1)[1] == expected


def test_numbers_once(book_of):
    """Where two languages stand side by side, the number stands beside the first; pages that are no
    chapters have none.
    """
    contents = book_of("# 起 {#origin}\n\n一。", "# Origin {#origin}\n\nOne.")
    setters = [
        Setter(contents, lang, "origin", frozenset({"origin"}), labelled=lang == "zh")
        for lang in ("zh", "en")
    ]
    assert parallel(*setters).endswith(
        '#pair()[#par[#n("1")#"一。"]][#par[#turning("origin.1")[#"One."]]]'
    )
    contents.trees["zh", "index"] = contents.trees["zh", "origin"]
    assert "#n(" not in Setter(contents, "zh", "index", frozenset({"index"})).page()


def test_note_twice(book_of):
    """A note cited twice stands once; the second citation bears its number."""
    contents = book_of("# 起 {#origin}\n\n一[^a]。\n\n二[^a]。\n\n[^a]: 注。")
    markup = Setter(contents, "zh", "origin", frozenset({"origin"})).page()
    assert (markup.count("#note-in("), markup.count('#note-again("zh", 1, "zh.origin:fn-a")')) == (
        1,
        1,
    )
    assert print_pages(contents, "zh", ("origin",), "chapter").startswith(b"%PDF")


REFUSED = [
    (
        "# 起 {#origin}\n\n好。\n\n独角兽🦄。",
        "docs/zh/origin.md:8: the book's fonts have no 🦄. Write it another way",
    ),
    (
        "# 起 {#origin}\n\n独角兽&#x1f984;。",
        "the book's fonts have no 🦄, and no page has it as such. Look for a character reference such as &#…;",
    ),
    (
        "# 起 {#origin}\n\n![](../figures/box.svg)",
        "docs/zh/origin.md:6: the image ../figures/box.svg has no alternative text. Write it between the brackets",
    ),
    (
        "# 起 {#origin}\n\n![图](../figures/no.svg)",
        "docs/zh/figures/no.svg: there is no such picture. Add the file, or mend its name",
    ),
    (
        "# 起 {#origin}\n\n见[此](#nowhere)。",
        "docs/zh/origin.md:6: page origin has no #nowhere. Mend the link, or give the target that id",
    ),
    (
        "# 起 {#origin}\n\n见[此](../nowhere/)。",
        "docs/zh/origin.md:6: there is no page nowhere for the link ../nowhere/. Mend the link, or add the page to nav",
    ),
]


@pytest.mark.parametrize("text,message", REFUSED)
def test_refused(book_of, text, message):
    """What cannot be set right is refused with file, line and cure."""
    with pytest.raises(BookError) as refusal:
        print_pages(book_of(text), "zh", ("origin",), "chapter")
    assert str(refusal.value) == message


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


UNLIKE = [
    (
        "一。\n\n二。",
        "One.",
        "docs/zh/origin.md:8: p#p2 “二。…” must have its twin in docs/en/origin.md at the same place",
    ),
    (
        "一。",
        "One.\n\nTwo.",
        "docs/en/origin.md:8: p#p2 “Two.…” must have its twin in docs/zh/origin.md at the same place",
    ),
    (
        "一。\n\n## 节 {#part}",
        "One.\n\n## Part {#other}",
        "docs/zh/origin.md:8: h2#part “节…” must have its twin in docs/en/origin.md at the same place",
    ),
    (
        '<dl class="glossary"><dt id="a">甲</dt><dd>一</dd></dl>',
        '<dl class="glossary"><dt id="b">A</dt><dd>one</dd></dl>',
        "docs/zh/origin.md:6: dt#a “甲…” must have its twin in docs/en/origin.md at the same place",
    ),
    (
        "- 一\n- 二",
        "- One",
        "docs/zh/origin.md:7: li#p2 “二…” must have its twin in docs/en/origin.md at the same place",
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
    assert str(refusal.value).startswith(message)
