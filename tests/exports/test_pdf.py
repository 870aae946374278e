"""The PDFs of the built site, read back by tools that had no part in making them."""

import re
import subprocess
import sys
from collections import defaultdict
from functools import cache
from itertools import pairwise
from operator import sub
from statistics import median
from xml.etree.ElementTree import Element

import outloud
import pikepdf
import pymupdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from article import read_article
from minibook import ROOT, SITE_URL
from spoken import spoken
from whitepaper.book import LANGS, TREES, languages, read_book
from whitepaper.exports.downloads import without_online
from whitepaper.exports.pdf import offprints
from whitepaper.glossary import read_glossary
from whitepaper.look import read_look
from whitepaper.wording import describe, edition_name, origin, signature

BOOK = read_book()
NEVER_FIRST, NEVER_LAST = "，。、；：？！）》〉”’…—％%～–", "（《〈“‘"
FULL = "，。、；：）》”（《“"


@pytest.fixture(scope="module")
def contents(site):
    return {
        (lang, name): without_online(plain(read_article(site, lang, name)))
        for lang in LANGS
        for name in BOOK.names
    }


def plain(content: Element) -> Element:
    """A finished page's content with its headings out of the boxes that hold their permalinks."""
    for place, block in enumerate(content):
        if block.get("class") == "heading":
            content[place] = block[0]
    return content


@pytest.fixture(scope="module")
def pdfs(site) -> dict[str, pypdf.PdfReader]:
    return {tree: pypdf.PdfReader(site / f"downloads/hard-tech-{tree}.pdf") for tree in TREES}


def test_all_there(site):
    """There is a PDF of the book for each tree, and one of each chapter and the glossary; each book
    is under 1 MB.
    """
    chapters = {f"chapters/{tree}/{name}.pdf" for tree in TREES for name in offprints(BOOK, tree)}
    books = {f"hard-tech-{tree}.pdf" for tree in TREES}
    assert {
        path.relative_to(site / "downloads").as_posix()
        for path in (site / "downloads").rglob("*.pdf")
    } == chapters | books
    assert all((site / "downloads" / book).stat().st_size < 1_000_000 for book in books)


@pytest.mark.parametrize(
    "file",
    [
        "hard-tech-zh",
        "hard-tech-en",
        "hard-tech-zh-en",
        "chapters/zh/essence",
        "chapters/en/definition",
        "chapters/zh-en/dimensions",
    ],
)
def test_accessible(site, file):
    """An independent checker of PDF/UA-1 finds no error, and no note without its number."""
    result = outloud.check(str(site / f"downloads/{file}.pdf"))
    assert [
        finding
        for finding in result.findings
        if finding.severity == "error" or finding.rule.startswith("NOTE")
    ] == []


@pytest.mark.parametrize("tree,lang", [("zh", "zh-CN"), ("en", "en-GB"), ("zh-en", "zh-CN")])
def test_identity(pdfs, tree, lang):
    """Each book declares PDF/A-2a, PDF/UA-1, its language, title and authors."""
    root = pdfs[tree].trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert root["/Lang"] == lang
    assert pdfs[tree].metadata.title == " / ".join(
        BOOK.title(code) for code in (("zh", "en") if tree == "zh-en" else (tree,))
    )
    assert ("米磊" in pdfs[tree].metadata.author, "Mi Lei" in pdfs[tree].metadata.author) == (
        "zh" in tree,
        "en" in tree,
    )


@pytest.mark.parametrize("tree", TREES)
def test_fonts(pdfs, tree):
    """Every font is embedded, as a subset; no page holds a picture made of pixels."""
    for page in pdfs[tree].pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            assert re.match(r"/[A-Z]{6}\+", inner["/BaseFont"])
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])
        assert not page.images


def bands(page: pymupdf.Page) -> list[list[float]]:
    """The filled shapes of a page that are not its ground, each as the box around it in units of
    the box around all.
    """
    boxes = [
        drawing["rect"]
        for drawing in page.get_drawings()
        if drawing["fill"] and drawing["rect"].height < page.rect.height - 1
    ]
    left, top, width = (
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes) - min(box.x0 for box in boxes),
    )
    return [
        [
            (box.x0 - left) / width,
            (box.y0 - top) / width,
            (box.x1 - left) / width,
            (box.y1 - top) / width,
        ]
        for box in boxes
    ]


@pytest.mark.parametrize("tree", TREES)
def test_cover(site, tree):
    """A book's cover has the pyramid of the site's cover, in its shape and colours, and all titles
    in the serif face.
    """
    page = pymupdf.open(site / f"downloads/hard-tech-{tree}.pdf")[0]
    cover = (site / "index.html").read_text("utf-8")
    drawing = re.search("<svg[^>]*cover__pyramid.*?</svg>", cover, re.DOTALL)[0]
    drawing = drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    web = pymupdf.open(
        "pdf", pymupdf.open(stream=drawing.encode(), filetype="svg").convert_to_pdf()
    )[0]
    assert bands(page) == [pytest.approx(band, abs=0.01) for band in bands(web)]
    ink, vermilion = (
        int(
            re.search(rf"--{name}: #(\w+)", (ROOT / "docs/assets/colors.css").read_text("utf-8"))[
                1
            ],
            16,
        )
        for name in ("ink", "vermilion")
    )
    fills = [drawing["fill"] for drawing in page.get_drawings()[-5:]]
    assert [pymupdf.sRGB_to_pdf(colour) for colour in (ink, ink, vermilion, ink, ink)] == [
        pytest.approx(fill, abs=0.002) for fill in fills
    ]
    spans = [
        span
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if span["size"] > 20
    ]
    assert all(
        BOOK.title(lang) in " ".join(span["text"].strip() for span in spans)
        for lang in ("zh", "en")
    )
    assert all("Serif" in span["font"] for span in spans)


def flat(outline) -> list[str]:
    return [
        title
        for item in outline
        for title in (flat(item) if isinstance(item, list) else [item.title])
    ]


@pytest.mark.parametrize("tree", TREES)
def test_outline(pdfs, contents, tree):
    """The outline holds every heading, sections above their chapters, in the languages of the book."""
    langs = ("zh", "en") if tree == "zh-en" else (tree,)
    expected, part = [], ""
    for name in BOOK.names[1:]:
        if (section := BOOK.section(name, "zh")) != part and section:
            expected.append(" ".join(BOOK.section(name, lang) for lang in langs))
        part = section
        levels = [
            [heading for heading in contents[lang, name] if heading.tag in ("h1", "h2", "h3")]
            for lang in langs
        ]
        expected += [
            " ".join("".join(heading.itertext()) for heading in same)
            for same in zip(*levels, strict=True)
        ]
    contents_title = {"zh": "目录", "en": "Contents", "zh-en": "目录　Contents"}[tree]
    assert [title for title in flat(pdfs[tree].outline) if title != contents_title] == expected
    assert any(
        isinstance(item, list) and any(isinstance(below, list) for below in item)
        for item in pdfs[tree].outline
    ), "three levels"


@pytest.mark.parametrize("tree", TREES)
def test_links(pdfs, tree):
    """Links lead within the book, or by an absolute address to the site and beyond."""
    inside, outside = 0, set()
    for page in pdfs[tree].pages:
        for link in page.get("/Annots", []):
            action = link.get_object().get("/A", {})
            outside |= {action["/URI"]} if "/URI" in action else set()
            inside += "/URI" not in action
            assert link.get_object().get("/Contents") or "/StructParent" in link.get_object()
    assert inside > 20
    assert outside and all(re.match("https?://", address) for address in outside)


def squeezed(text: str) -> str:
    """Text without what a line or page break brings: blanks, hyphens at line ends."""
    return re.sub(
        r"\s|\u2060|\u00ad", "", text.replace("\ufffe", "").replace("-\n", "").replace("-\r\n", "")
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text(site, contents, lang):
    """Every paragraph comes out of the PDF whole and in order, and no letter in disguise (Kangxi
    radicals, ligatures).
    """
    pdf = pypdfium2.PdfDocument(site / f"downloads/hard-tech-{lang}.pdf")
    text = "".join(page.get_textpage().get_text_range() + "\n" for page in pdf)
    assert not re.search("[\u2e80-\u2fdf\ufb00-\ufb06\ue000-\uf8ff]", text)
    heads = re.compile(r"[①-⑳]|\d+")  # numbers of notes and pages stand between
    have, at = heads.sub("", squeezed(text)).replace("-", ""), 0
    for name in BOOK.chapters:
        for block in contents[lang, name]:
            if block.tag == "p" and block.get("id"):
                wanted = heads.sub("", squeezed("".join(block.itertext()))).replace("-", "")
                opening, closing = wanted[:14], wanted[-14:]
                found = have.find(opening, at)
                assert found >= 0, opening
                assert have.find(closing, found) >= 0, closing
                at = found


def tagged(node, lang: str):
    """Every element of the tag tree in reading order: role, description, language as inherited."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tagged(child, lang)
    elif isinstance(node, dict):
        lang = str(node.get("/Lang", lang))
        if "/S" in node:
            yield node["/S"], str(node.get("/Alt", "")), lang
        if "/K" in node:
            yield from tagged(node["/K"], lang)


@pytest.mark.parametrize("tree", TREES)
def test_reading_order(pdfs, tree):
    """Heard through its tags a book gives contents, headings, text, notes; figures by their
    descriptions; each run in its language.
    """
    root = pdfs[tree].trailer["/Root"]
    heard = list(tagged(root["/StructTreeRoot"]["/K"], root["/Lang"]))
    roles = [role for role, _, _ in heard]
    assert {
        "/TOC",
        "/TOCI",
        "/H1",
        "/H2",
        "/P",
        "/L",
        "/LI",
        "/Lbl",
        "/LBody",
        "/Note",
        "/Figure",
        "/Caption",
        "/Link",
    } <= set(roles)
    assert (
        roles.index("/Title") < roles.index("/TOC") < roles.index("/Note") < roles.index("/Figure")
    )
    assert all(len(alt) > 20 for role, alt, _ in heard if role == "/Figure")
    assert {lang for _, _, lang in heard} >= {
        "zh": {"zh-CN"},
        "en": {"en-GB"},
        "zh-en": {"zh-CN", "en-GB"},
    }[tree]


SIGNS = re.compile(r"https?://[\w./#-]+|[0-9a-f]{10}(-modified)?")  # of no language
FOREIGN = {
    "en": re.compile("[\u3400-\u9fff]"),
    "zh": re.compile("[A-Za-z]{2,} [A-Za-z]{2,}|[a-z]{3}"),
}


@pytest.mark.parametrize(
    "file", sorted(f"{tree}/{name}" for tree in TREES for name in ("", *offprints(BOOK, tree)))
)
def test_languages(site, file):
    """No word is spoken in the wrong language, in text, notes, glossary and contents: by tags and
    by marked content.
    """
    tree, _, name = file.partition("/")
    path = f"chapters/{file}.pdf" if name else f"hard-tech-{tree}.pdf"
    heard = spoken(site / "downloads" / path)
    assert sum(len(words) for words, _, _ in heard) > 500
    wrong = [
        (words, lang) for words, lang, _ in heard if FOREIGN[lang[:2]].search(SIGNS.sub("", words))
    ]
    assert wrong == []


@pytest.mark.parametrize("tree", TREES)
def test_links_name_their_target(site, tree):
    """Each link says where it leads: a heading, a figure, a paragraph, a note by name, or an
    address.
    """
    with pikepdf.open(site / f"downloads/hard-tech-{tree}.pdf") as pdf:
        said = {str(link.Contents) for page in pdf.pages for link in page.get("/Annots", [])}
    bare = re.compile(r"(?:小节|Section|图|Figure)?,? ?(?:页|page) \d+")
    assert said and [name for name in said if bare.fullmatch(name)] == []


@pytest.mark.parametrize("tree", TREES)
def test_page_labels(pdfs, tree):
    """No two pages bear the same label: cover and contents are counted in Roman figures."""
    labels = pdfs[tree].page_labels
    assert labels[:3] == ["i", "ii", "1"] and len(set(labels)) == len(labels)


@pytest.mark.parametrize("tree", TREES)
def test_lists_are_whole(pdfs, contents, tree):
    """A list of the text is one list to the ear, with all its items, in the parallel book too."""

    def items(node) -> list[int]:
        node = node.get_object()
        children = node.get("/K", []) if isinstance(node, dict) else node
        children = children if isinstance(children, list) else [children]
        children = [child.get_object() for child in children if not isinstance(child, int)]
        found = [n for child in children if isinstance(child, (dict, list)) for n in items(child)]
        if isinstance(node, dict) and node.get("/S") == "/L":
            found.insert(0, sum(child.get("/S") == "/LI" for child in children))
        return found

    wanted = [
        len(block)
        for name in BOOK.chapters
        for block in contents[tree[:2], name]
        if block.tag in ("ol", "ul")
    ]
    have = items(pdfs[tree].trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert 1 not in have and all(have.count(n) >= wanted.count(n) for n in wanted)


@pytest.mark.parametrize("tree", TREES)
def test_parts_begin_with_text(site, tree):
    """Parts of a book go on below one another; each title has three lines at least below it."""
    book = pymupdf.open(site / f"downloads/hard-tech-{tree}.pdf")
    titles = [
        (title, page, about["to"].y)
        for level, title, page, about in book.get_toc(False)
        if level == 1
    ]
    assert len(titles) > 3
    for title, number, top in titles:
        words = book[number - 1].get_text("words")
        below = {round(word[3]) for word in words if top + 40 < word[3] < 758}
        assert len(below) >= 3, title


@pytest.mark.parametrize("tree", TREES)
def test_notes_have_numbers_of_their_own(site, tree):
    """Notes are counted through a book: no number stands at the foot of two."""
    book = pymupdf.open(site / f"downloads/hard-tech-{tree}.pdf")
    text = "".join(page.get_text() for page in book)
    marks = re.findall(r"^\W?(\d+|[①-⑳])\s*(?:编者注：|Editor’s note:)", text, re.MULTILINE)
    assert len(marks) > 10 and len(set(marks)) == len(marks)


@pytest.mark.parametrize("tree", TREES)
def test_no_word_is_broken_over_a_page(site, contents, tree):
    """The last line of a page ends with a whole word, or at the hyphen that a word has of its own."""
    whole = "".join("".join(content.itertext()) for content in contents.values())
    for number, page in enumerate(pymupdf.open(site / f"downloads/hard-tech-{tree}.pdf")):
        for block in page.get_text("blocks"):
            words = block[4].strip()
            end = re.search(r"(\w+)\u00ad?[-\u2010]$", words)
            assert not end or f"{end[1]}-" in whole, (number, words[-60:])


@pytest.mark.parametrize("name", offprints(BOOK, "zh"))
@pytest.mark.parametrize("tree", TREES)
def test_a_chapter_says_whose_words_it_gives(site, tree, name):
    """The first page of a chapter says under its title, above its text, whose words it gives, which
    version, and where it stands.
    """
    page = pymupdf.open(site / f"downloads/chapters/{tree}/{name}.pdf")[0]
    lines = squeezed(page.get_text()).replace("-", "")
    for lang in languages(tree):
        said = squeezed(describe(BOOK, tree, lang, name)).replace("-", "")
        assert said[1:] in lines
        assert lines.index(said[1:]) < 400 * len(languages(tree))
    assert squeezed(f"{SITE_URL}{tree}/{name}/").replace("-", "") in lines


@pytest.mark.parametrize("tree", TREES)
def test_a_book_says_whose_words_it_gives(site, tree):
    """The cover says that the work stands in the white paper and who answers for the words; the
    contents say it in full.
    """
    cover, listing = (
        squeezed(page.get_text()).replace("-", "")
        for page in pymupdf.open(site / f"downloads/hard-tech-{tree}.pdf").pages(0, 2)
    )
    for lang in languages(tree):
        kind = edition_name(BOOK.wording(), tree, lang)
        for words in (signature(BOOK, lang), kind[1:]):
            assert squeezed(words).replace("-", "") in cover
        assert squeezed(describe(BOOK, tree, lang)).replace("-", "")[1:] in listing
    assert squeezed(origin(BOOK, languages(tree)[0])).replace("-", "") in cover


@pytest.mark.parametrize("tree", TREES)
def test_numbers(site, contents, tree):
    """Beside the first line of every paragraph of a chapter stands its number, in the margin; it is
    drawn, so that no reader takes it for text.
    """
    lang, found, shapes = tree[:2], [], defaultdict(set)
    for number, page in enumerate(pymupdf.open(site / f"downloads/hard-tech-{tree}.pdf")):
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", [])
            for span in line["spans"]
        ]
        edge = (page.rect.width - (499 if tree == "zh-en" else 420)) / 2
        assert number == 0 or all(
            span["bbox"][0] > edge - 6 for span in spans if span["text"].strip()
        ), "text in the margin"
        for figure in (
            drawing for drawing in page.get_drawings() if number and drawing["rect"].x1 < edge - 5
        ):
            beside = "".join(
                span["text"] for span in spans if abs(span["origin"][1] - figure["rect"].y1) < 0.3
            )
            found.append(
                (squeezed(beside), "".join(item[0] for item in figure["items"]))
            )  # lines and curves, as they follow each other
    numbered = [
        block
        for name in BOOK.chapters
        for block in contents[lang, name].iter()
        if re.fullmatch(r"p\d", block.get("id", ""))
    ]
    assert len(numbered) == len(found) > 20
    for block, (beside, outline) in zip(numbered, found, strict=True):
        assert squeezed("".join(block.itertext()))[:6] in beside
        shapes[block.get("id")].add(outline)
    assert len({outline for outlines in shapes.values() for outline in outlines}) == len(shapes), (
        "one shape for each number, another for each other"
    )


@cache
def lines(path: str, size: float, before: int | None = None) -> list[list[tuple[float, str]]]:
    """The lines of text set at `size`, each as (place, character), on the pages before `before`."""
    rows = defaultdict(list)
    for number, page in enumerate(pymupdf.open(path).pages(0, before and before - 1)):
        for block in page.get_text("rawdict")["blocks"]:
            for span in (span for line in block.get("lines", []) for span in line["spans"]):
                if abs(span["size"] - size) < 0.05:
                    rows[number, round(span["chars"][0]["origin"][1])] += [
                        (char["origin"][0], char["c"])
                        for char in span["chars"]
                        if char["c"].strip()
                    ]
    return [sorted(row) for row in rows.values() if len(row) > 4]


@pytest.fixture
def chinese(site):
    return lines(str(site / "downloads/hard-tech-zh.pdf"), 10.5)


def test_no_forbidden_mark(chinese):
    """No mark stands where clreq forbids it: closing marks, dashes and ellipses never first in a
    line, opening ones never last.
    """
    texts = ["".join(char for _, char in line) for line in chinese]
    assert len(texts) > 100
    assert [text for text in texts if text[0] in NEVER_FIRST or text[-1] in NEVER_LAST] == []


def test_no_line_begins_with_a_closing_mark(site):
    """In no column of any book, be it of the glossary, of notes or of pairs."""
    texts = [
        text
        for name in ("zh", "zh-en")
        for page in pymupdf.open(site / f"downloads/hard-tech-{name}.pdf")
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        if (text := "".join(span["text"] for span in line["spans"]).strip())
    ]
    assert len(texts) > 1000
    assert [text for text in texts if text[0] in "，。、；：？！）》”"] == []


def test_no_line_begins_with_a_note_mark(site):
    """The mark of a note stands on the line of what it belongs to, in every PDF."""
    marks, first = 0, []
    for path in sorted((site / "downloads").rglob("*.pdf")):
        for page in pymupdf.open(path):
            spans = [
                span
                for block in page.get_text("dict")["blocks"]
                for line in block.get("lines", [])
                for span in line["spans"]
                if span["text"].strip("\u2060 ")
            ]
            for mark in spans:
                if not re.fullmatch(r"[①-⑳]|\d+", mark["text"].strip("\u2060 ")):
                    continue
                if round(mark["size"] / 0.72, 1) not in (9.3, 9.6, 10.5, 10.6):
                    continue
                marks += 1
                x, y = mark["bbox"][0], mark["origin"][1]
                before = [
                    span
                    for span in spans
                    if abs(span["bbox"][2] - x) < 4 and -2 < span["origin"][1] - y < 8
                ]
                first += [] if before else [f"{path.name}, page {page.number + 1}: {mark['text']}"]
    assert marks > 60
    assert first == []


def test_no_lonely_character(chinese):
    """No paragraph ends in a line of one character."""
    assert [line for line in chinese if len(line) < 3] == []


def test_adjacent_marks(chinese):
    """Of two marks side by side the first takes half its width, as GB/T 15834 has it."""
    advances = [
        (b[0] - a[0]) / 10.5
        for line in chinese
        for a, b in pairwise(line)
        if a[1] in "，。、；：）》”" and b[1] in FULL
    ]
    assert len(advances) > 20
    assert 0.45 < median(advances) < 0.55


def test_gap(chinese):
    """Han and Latin stand a quarter of an em apart, give or take what justification needs."""
    han = re.compile("[\u4e00-\u9fff]")
    gaps = [
        (b[0] - a[0]) / 10.5 - 1
        for line in chinese
        for a, b in pairwise(line)
        if han.match(a[1]) and re.match("[A-Za-z0-9]", b[1])
    ]
    assert len(gaps) > 20
    assert 0.2 < median(gaps) < 0.3


def test_right_edge(site):
    """Full lines end on one line, to a tenth of a point (the list of quotations, on the pages about
    the edition, is set ragged).
    """
    path = str(site / "downloads/hard-tech-zh.pdf")
    [about] = [page for _, title, page in pymupdf.open(path).get_toc() if title == "关于本版"]
    ends = [
        line[-1][0]
        for line in lines(path, 10.5, before=about)
        if len(line) > 34 and "\u4e00" <= line[-1][1] <= "\u9fff"
    ]
    assert len(ends) > 40
    assert max(ends) - min(ends) < 0.1


def test_indent(chinese):
    """Paragraphs begin two characters in."""
    starts = {round(line[0][0], 1) for line in chinese if line[0][1] not in "“《（"}
    margin = min(starts)
    assert any(abs(start - margin - 21) < 0.2 for start in starts)


PAPER = pymupdf.sRGB_to_pdf(int(read_look().colors["paper"][0][1:], 16))  # below every drawing


@pytest.mark.parametrize("tree", TREES)
def test_no_stranded_heading(site, tree):
    """No page ends in a heading or a run-in head: what is set in the heading face throughout has
    text below it.
    """
    body, *entries = {
        "zh": (10.5, 9.24),
        "en": (10.6, 9.328),
        "zh-en": (9.3, 8.556, 8.832, 8.184, 8.448),
    }[tree]
    for number, page in enumerate(pymupdf.open(site / f"downloads/hard-tech-{tree}.pdf")):
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", [])
            for span in line["spans"]
        ]
        text = [
            span
            for span in spans
            if span["text"].strip()
            and (
                span["size"] > body - 0.1
                or any(abs(span["size"] - size) < 0.02 for size in entries)
            )
        ]
        figures = [
            one["rect"]
            for one in page.get_drawings()
            if one["fill"] and max(map(abs, map(sub, one["fill"], PAPER))) < 0.01
        ]
        text = [span for span in text if not any(span["bbox"] in box for box in figures)]
        if number > 1 and text:
            last = max(span["origin"][1] for span in text)
            faces = {span["font"] for span in text if abs(span["origin"][1] - last) < 2}
            assert any("Serif" in face for face in faces), f"page {number + 1}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_glossary(site, lang):
    """The two columns of the glossary end within an entry's height of each other on every page; no
    Chinese name in English is broken over lines.
    """
    pages = list(pymupdf.open(site / f"downloads/chapters/{lang}/glossary.pdf"))
    for page in pages:
        ends = {
            x > page.rect.width / 2: y
            for x, _, _, y, *_ in sorted(page.get_text("words"), key=lambda word: word[3])
            if 66 < y < 758
        }
        assert len(ends) == 1 or abs(ends[True] - ends[False]) < 135, page.number  # nine lines
    text = "".join(page.get_text() for page in pages)
    assert [
        term.zh
        for term in read_glossary(ROOT / "docs/data/glossary.toml")
        if term.in_glossary and term.zh not in text
    ] == []


def test_no_empty_page(site):
    """No page of any PDF but a cover holds only a line or two."""
    for path in sorted((site / "downloads").rglob("*.pdf")):
        pages = list(pymupdf.open(path))
        for page in pages[path.parent.name == "downloads" :]:
            words = [word for word in page.get_text("words") if 66 < word[1] < 758]
            assert len("".join(word[4] for word in words)) > 100, (
                f"{path.name}, page {page.number + 1}"
            )


@pytest.mark.parametrize("tree", TREES)
def test_notice_with_its_sentence(site, contents, tree):
    """A notice stands on the page of the paragraph before it, which it speaks of, in books and in
    chapters.
    """
    lang, met = tree[:2], 0
    for name in BOOK.chapters:
        for block, after in pairwise(contents[lang, name]):
            if block.tag == "p" and "admonition" in after.get("class", ""):
                ending, title = (
                    squeezed("".join(block.itertext()))[-8:],
                    squeezed("".join(after.find("p").itertext())),
                )
                for file in (f"hard-tech-{tree}", f"chapters/{tree}/{name}"):
                    texts = [
                        squeezed(page.get_text())
                        for page in pymupdf.open(site / f"downloads/{file}.pdf")
                    ]
                    assert [title in text for text in texts] == [ending in text for text in texts]
                    met += 1
    assert met


@pytest.mark.parametrize("tree", TREES)
def test_renderers(site, tree):
    """Two renderers of different descent, PDFium and MuPDF, show the same pages."""
    path = site / f"downloads/hard-tech-{tree}.pdf"
    one, other = pypdfium2.PdfDocument(path), pymupdf.open(path)
    assert len(one) == len(other)
    for number in range(0, len(one), 3):
        first = one[number].render(scale=0.5).to_pil().convert("L")
        pixels = other[number].get_pixmap(
            matrix=pymupdf.Matrix(0.5, 0.5), colorspace=pymupdf.csGRAY
        )
        second = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples).resize(
            first.size
        )
        # Without what each makes of the edges of letters, of which a full page has many.
        difference = ImageChops.difference(first.reduce(4), second.reduce(4))
        assert ImageStat.Stat(difference).mean[0] < 4, f"page {number + 1}"
        assert ImageStat.Stat(first).stddev[0] > 1 or number == len(one) - 1, (
            f"page {number + 1} is blank"
        )


AGAIN = "import sys; from pathlib import Path; from whitepaper.build import build; from whitepaper.book import ROOT; build(ROOT, Path(sys.argv[1]), True)"


def test_same_bytes(site, tmp_path, monkeypatch):
    """Another process, elsewhere, with another clock and hash seed, makes the same files to take
    along, byte for byte.
    """
    for name, value in (
        ("SITE_URL", SITE_URL),
        ("TZ", "Asia/Shanghai"),
        ("PYTHONHASHSEED", "7"),
        ("LC_ALL", "C"),
    ):
        monkeypatch.setenv(name, value)
    subprocess.run(
        [sys.executable, "-c", AGAIN, str(tmp_path / "site")],
        check=True,
        cwd=tmp_path,
        capture_output=True,
    )
    made = [
        path.relative_to(tmp_path / "site")
        for folder in ("downloads", "cards")
        for path in (tmp_path / "site" / folder).rglob("*")
        if path.is_file()
    ]
    assert len(made) > 40
    assert [
        str(path)
        for path in made
        if (tmp_path / "site" / path).read_bytes() != (site / path).read_bytes()
    ] == []
