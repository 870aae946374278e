"""share: every place can be passed on, with and without the browser's help."""

import io
import re
from datetime import date

import pytest
import resvg_py
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from article import read_article
from minibook import SITE_URL
from waiting import wait_until
from whitepaper.book import TREES
from whitepaper.site.share import draw_qr


@pytest.fixture
def page(browser, served):
    """A page whose clipboard may be read; its address without a name in `at`."""
    with browser.new_context(
        viewport={"width": 1200, "height": 800},
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    ) as context:
        opened = context.new_page()
        opened.goto(f"{served}zh/definition/")
        yield opened


def told(page, *words: str) -> None:
    """Waits until the page has said so."""
    page.locator(".md-dialog", has_text=re.compile("|".join(words))).wait_for(state="attached")


def copied(page) -> str:
    told(page, "已复制", "Copied")
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE_URL}zh/definition/",
        "https://a-rather-long-name.of-some-institute.example/publications/2026/white-paper/zh-en/introduction/",
    ],
)
def test_qr_code(address):
    """The code reads back as the address at the size it has on paper: 2 cm, printed at 300 dots an
    inch.
    """
    svg = draw_qr(address).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    image = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=236))))
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [address]


def test_code_of_every_chapter(site):
    """On each chapter of each tree stands the code of its own address, and the address in letters."""
    for path in site.glob("*/definition/index.html"):
        text = path.read_text("utf-8")
        svg = re.search(r'<svg[^>]*class="qr".*?</svg>', text)[0].replace(
            "<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1
        )
        image = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=236))))
        address = f"{SITE_URL}{path.parts[-3]}/definition/"
        assert [found.text for found in zxingcpp.read_barcodes(image)] == [address]
        assert f'<p class="share__address">{address}</p>' in text


def test_permalink(page):
    """A permalink goes to its place and shows its address in a panel with the place's name; the
    clipboard stays the reader's until a button copies.
    """
    page.evaluate("navigator.clipboard.writeText('the reader’s own')")
    page.locator("#p3 > a.permalink").click()
    panel = page.get_by_role("group", name="第3段", exact=True)
    assert (
        panel.get_by_label("地址").input_value() == page.url == f"{page.url.partition('#')[0]}#p3"
    )
    assert (
        page.evaluate("navigator.clipboard.readText()") == "the reader’s own"
        and page.locator(".md-dialog--active").count() == 0
    )
    panel.get_by_role("button", name="复制链接").click()
    assert copied(page) == page.url
    page.keyboard.press("Escape")
    assert not panel.is_visible()


def test_permalink_by_touch(browser, served):
    """On a phone permalinks are there without hovering, and what they open stands within the
    screen.
    """
    with browser.new_context(
        viewport={"width": 390, "height": 780},
        has_touch=True,
        is_mobile=True,
        permissions=["clipboard-read", "clipboard-write"],
    ) as context:
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(error))
        page.goto(f"{served}zh-en/definition/")
        page.locator("#p3 > a.permalink").tap()
        page.get_by_role("group", name="第3段 · Paragraph 3").get_by_role(
            "button", name="复制链接"
        ).tap()
        assert copied(page) == f"{served}zh-en/definition/#p3"
        box = page.get_by_label("地址 · Address").bounding_box()
        assert wrong == [] and 0 < box["y"] < 780 and 0 < box["x"] < box["x"] + box["width"] < 390


def copy_with_source(page, place: str) -> str:
    page.locator(f"a.permalink[href='#{place}']").evaluate("link => link.click()")
    page.get_by_role("button", name=re.compile("复制本段与出处|Copy with source")).click()
    told(page, "已复制", "Copied")
    return page.evaluate("navigator.clipboard.readText()")


def test_copy_with_source(page):
    """A paragraph is copied with authors, chapter, edition, number and address, and without note
    calls, quotation marks or signs.
    """
    text, source, address = copy_with_source(page, "p3").split("\n")
    assert text.startswith("引领性。") and not re.search(r"[¶↩\[\]\u2060]", text)
    assert re.fullmatch(
        r"——据米磊、赵瑞瑞《硬科技改变世界》编述（措辞为本版编者所撰），1\.2 硬科技的定义，双语编述版[\d.]+版（[\d-]+），第3段。",
        source,
    )
    assert address == page.url


def test_copy_both_languages(page, served):
    """From the parallel view a paragraph is copied as two blocks, each with its own source; the
    address stands once, at the end.
    """
    page.goto(f"{served}zh-en/definition/")
    zh, en = copy_with_source(page, "p3").split("\n\n")
    en, address = en.rsplit("\n", 1)
    assert re.fullmatch(
        r"引领性。[^a-zA-Z]*\n——据米磊、赵瑞瑞《硬科技改变世界》编述（措辞为本版编者所撰），1\.2 硬科技的定义，双语编述版[\d.]+版（[\d-]+），第3段。",
        zh,
    )
    assert re.fullmatch(
        r"[A-Z][^\u4e00-\u9fff]*\n— According to Mi Lei and Zhao Ruirui, Hard Tech Changes the World, in the editor’s paraphrase, 1\.2 .*, bilingual edition in paraphrase, version [\d.]+ \([\d-]+\), paragraph 3\.",
        en,
    )
    assert address == page.url


OTHERS = {
    "a note": (
        "zh/definition/",
        "fn-any-one",
        r"编者注：[^↩]*\n——本版编者，《硬科技改变世界》，1\.2 硬科技的定义，.*\n.*",
    ),
    "a figure": (
        "zh/definition/",
        "figure-fields",
        r"图一　当代硬科技的涵盖范围\n正中是硬科技，.*次序不表示高下。\n——本版编者，.*\n.*",
    ),
    "a figure in both": (
        "zh-en/definition/",
        "figure-fields",
        r"图一　.*\n正中是.*\n——本版编者，.*。\n\nFigure 1.*\nHard tech.*\n— The editor of this edition, .*\.\n.*",
    ),
    "a term": (
        "zh/glossary/",
        "term-hard-tech",
        r"硬科技 hard tech：源自科学发现.*\n——本版编者，《硬科技改变世界》，术语表，.*\n.*",
    ),
    "a term in English": (
        "en/glossary/",
        "term-hard-tech",
        r"hard tech 硬科技: Advanced.*\n— The editor of this edition, Hard Tech Changes the World, Glossary, .*\n.*",
    ),
    "a paragraph about the edition": (
        "zh/about/",
        "p1",
        r".*\n——本版编者，《硬科技改变世界》，关于本版，双语编述版[\d.]+版（[\d-]+）。.*\n.*",
    ),
    "a paragraph of the home page": (
        "zh-en/",
        "p2",
        r".*\n——本版编者，《硬科技改变世界》，双语编述版[\d.]+版（[\d-]+）。\n\n.*\n— The editor of this edition, Hard Tech Changes the World, bilingual edition in paraphrase, version [\d.]+ \([\d-]+\)\.\n.*",
    ),
}


@pytest.mark.parametrize("case", OTHERS)
def test_copy_what_is_the_editors(page, served, case):
    """Notes, drawings, terms and the pages around the chapters are copied whole, and signed by the
    editor, without number and with each title once.
    """
    address, place, expected = OTHERS[case]
    page.goto(f"{served}{address}")
    text = copy_with_source(page, place)
    assert re.fullmatch(expected, text) and text.endswith(f"/{address}#{place}"), text


@pytest.mark.parametrize("width", [390, 1200])
def test_axe_with_all_open(page, served, width):
    """axe-core finds nothing with the panel of a place, the citations and the downloads open."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served}zh-en/definition/")
    page.evaluate(
        "document.querySelectorAll('.apparatus details').forEach(box => { box.open = true; })"
    )
    page.locator("#p2 > a.permalink").click(force=True)
    page.get_by_label("地址 · Address").wait_for()
    assert [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in Axe().run(page).response["violations"]
    ] == []


def test_permalinks_by_keyboard(page):
    """The Tab key meets one permalink, not one for each paragraph; arrows, it says, lead to all
    others; Enter opens and Escape leads back.
    """
    assert page.locator("a.permalink[tabindex='0']").count() == 1
    page.locator("a.permalink[tabindex='0']").focus()
    described = page.evaluate(
        "[...document.querySelectorAll('a.permalink')].map(link => document.getElementById(link.getAttribute('aria-describedby')).textContent)"
    )
    assert len(described) > 10 and set(described) == {"用上下方向键在段落间移动"}
    reached = ["#definition"]
    while page.keyboard.press("ArrowDown") or reached[-1] != page.evaluate(
        "document.activeElement.getAttribute('href')"
    ):
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
        assert page.evaluate(
            "getComputedStyle(document.activeElement, '::after').content"
        ).startswith('"↑↓"')
    assert reached == page.evaluate(
        "[...document.querySelectorAll('a.permalink')].map(link => link.getAttribute('href'))"
    )
    page.locator("h1 > a.permalink, h1 + a.permalink").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.getAttribute('href')"
    assert page.evaluate(focused) == "#figure-fields"
    assert (
        page.locator("a.permalink:focus").evaluate("link => getComputedStyle(link).opacity") == "1"
    )
    page.keyboard.press("Enter")
    page.get_by_label("地址").and_(page.locator(":focus")).wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "#figure-fields"


def test_every_place(site):
    """Paragraphs, items, headings, figures, notes, notices and entries have each one permalink, in
    every tree; nothing else has.
    """
    for tree in TREES:
        for name in ("essence", "definition", "glossary"):
            content = read_article(site, tree, name)
            places = [
                block.get("id")
                for block in content.iter()
                if re.fullmatch(r"p\d+\w*|figure-.*|fn-.*|notice-\d+|term-.*", block.get("id", ""))
                or (block.tag in ("h1", "h2") and block.get("id"))
            ]
            links = [
                link.get("href").removeprefix("#")
                for link in content.iter("a")
                if link.get("class") == "permalink"
            ]
            assert sorted(links) == sorted(places)


def test_permalinks_leave_the_text_alone(page):
    """A permalink adds nothing to what is copied from the page, and is named briefly to the ear."""
    page.evaluate("getSelection().selectAllChildren(document.getElementById('p2'))")
    assert page.evaluate("getSelection().toString()") == "硬科技的特有属性如下："
    assert page.locator("#p2 > a.permalink").get_attribute("aria-label") == "第2段"


def test_note_numbers_are_not_copied(page):
    """Words selected by hand come without the numbers of the notes that stand in them."""
    page.evaluate("getSelection().selectAllChildren(document.getElementById('p3'))")
    assert page.locator("#p3 a.footnote-ref").count() == 1
    assert not re.search(r"\d", page.evaluate("getSelection().toString()"))


def test_citations(page):
    """Each style is copied as it stands, with the reader's own day in it; BibTeX and RIS are files
    too, which know no day of access.
    """
    page.get_by_text("引用本章").click()
    page.locator(".cite button").nth(1).click()
    today = date.today().isoformat()
    assert re.search(
        rf" 硬科技的定义\[M/OL\]//.*\[{today}\]\. {re.escape(SITE_URL)}zh/definition/\.$",
        copied(page),
    )
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").click()
    assert download.value.suggested_filename == "hard-tech-definition-zh.bib"
    assert re.fullmatch(
        r"@incollection\{hard-tech-definition-zh,\n(?:  (?:author|title|booktitle|edition|note|langid|url) = \{.*\},\n)+\}\n",
        download.value.path().read_text("utf-8"),
    )


def test_italics_are_copied(page):
    """A reference is copied with its italics, for programs that take them, and as plain text."""
    page.get_by_text("引用本章").click()
    page.locator(".cite button").nth(2).click()
    plain = copied(page)
    rich = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then(part => part.text())"
    )
    assert "<i>Yingkeji gaibian shijie</i>" in rich and "<span" not in rich
    assert "In Yingkeji gaibian shijie [Hard tech" in plain


def test_a_press_before_its_script(page):
    """Who presses a button before its script has come has the reference when it has."""
    held = []
    page.route(re.compile(r"/share[^/]*\.js$"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/share[^/]*\.js$")):
        page.get_by_text("引用本章").click()
    page.locator(".cite button").nth(2).click()
    (route,) = held
    route.continue_()
    assert "In Yingkeji gaibian shijie [Hard tech" in copied(page)


@pytest.mark.parametrize(("tree", "name", "expected"), [
    ("zh", "BibTeX", r"@incollection\{hard-tech-definition-zh,\n(?:  .*\n)+  note = \{.*，第3段\},\n(?:  .*\n)+  url = \{.*/zh/definition/#p3\},\n  urldate = \{\d{4}-\d\d-\d\d\},\n\}"),
    ("en", "RIS", r"TY  - CHAP\n(?:.*\n)+Y2  - \d{4}/\d\d/\d\d\nUR  - .*/en/definition/#p3\nN1  - para\. 3\nER  -"),
    ("zh-en", "BibTeX", r"@incollection\{(?:.*\n)+  note = \{.*，第3段\},\n(?:.*\n)+\}\n\n@incollection\{(?:.*\n)+  note = \{.*, para\. 3\},\n(?:.*\n)+\}"),
])  # fmt: skip
def test_record_of_a_paragraph(page, served, tree, name, expected):
    """BibTeX and RIS are copied for the paragraph that is cited, with the reader's own day."""
    page.goto(f"{served}{tree}/definition/")
    cite_p3(page)
    page.locator(".place").get_by_role("button", name=re.compile(rf"(复制|Copy ){name}")).click()
    assert re.fullmatch(expected, copied(page))


def test_citation_of_a_paragraph(page):
    """From the panel of a paragraph each style names it and leads to it, from the foot of the page
    the whole chapter.
    """
    cite_p3(page)
    cited = page.locator(".place .cite dd > span").all_text_contents()
    whole = page.locator(".apparatus .cite dd > span").all_text_contents()
    assert "#" not in "".join(whole)
    assert cited[0] == re.sub(r"(?<=\d版)\. ", "：第3段. ", whole[0]).replace(
        "/definition/", "/definition/#p3"
    )
    assert re.search(r"\)\. Retrieved .*/definition/$", cited[2])
    assert cited[3] == "(Mi & Zhao, n.d., para. 3)"
    assert re.search(r", para\. 3\. Bilingual ed\. in paraphrase.*/definition/#p3\.$", cited[4])


def cite_p3(page) -> None:
    """Opens the references to the third paragraph."""
    page.locator("#p3 > a.permalink").click()
    page.get_by_role("button", name=re.compile("引用…|Cite…")).click()


def selected(page) -> str:
    """What is selected in the field that has the focus."""
    page.get_by_label("地址").and_(page.locator(":focus")).wait_for()
    return page.evaluate(
        "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"
    )


def test_without_a_clipboard(page):
    """Where a browser has no clipboard, the old way copies; where that fails too, the whole of what
    was asked for stands there selected.
    """
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_text("分享本章").click()
    page.get_by_role("button", name="复制链接").first.click()
    told(page, "已复制")
    page.evaluate("document.execCommand = () => false")
    page.locator("#p2 > a.permalink").click()
    page.get_by_role("group", name="第2段").get_by_role("button", name="复制链接").click()
    told(page, "请手动复制")
    assert selected(page) == page.url
    page.get_by_role("button", name="复制本段与出处").click()
    wait_until(page, "document.activeElement.value?.includes('——')")
    assert re.fullmatch(
        rf".*：\n——据米磊、赵瑞瑞.*，第2段。\n{re.escape(page.url)}",
        selected(page),
    )
    page.keyboard.press("Escape")
    page.get_by_text("引用本章").click()
    page.locator(".apparatus .cite button").first.click()
    assert selected(page) == page.locator("#cite-1").inner_text()
    assert not page.get_by_role("button", name="复制本段与出处").is_visible()


def test_share_sheet(browser, served):
    """Where the system has a share sheet, a button offers it with title and address, else there is
    none.
    """
    page = browser.new_page()
    page.goto(f"{served}en/definition/")
    page.get_by_text("Share this chapter").click()
    page.get_by_role("button", name="Copy link").wait_for()
    offered = page.get_by_role("button", name="Share…").is_visible()
    assert offered == page.evaluate("Boolean(navigator.share)")
    page.add_init_script(
        "navigator.share = shared => { window.shared = shared; return Promise.resolve(); }"
    )
    page.goto(f"{served}en/definition/")
    page.get_by_text("Share this chapter").click()
    page.get_by_role("button", name="Share…").click()
    assert page.evaluate("window.shared.url") == page.url
    page.close()


def test_fetched_when_used(page, served):
    """What serves passing on is fetched when a reader turns to it, not before."""
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].split(".")[0]))
    page.goto(f"{served}zh/definition/", wait_until="networkidle")
    assert "share" not in asked
    page.locator("#p3 > a.permalink").click()
    page.get_by_role("group", name="第3段").wait_for()
    assert "share" in asked


@pytest.mark.parametrize("width", [390, 1440])
def test_panel_covers_nothing(page, served, width):
    """The panel of a place stands below it, in the text: over no other block, and within the
    window.
    """
    page.set_viewport_size({"width": width, "height": 844})
    for address in ("zh/definition/", "zh-en/definition/"):
        page.goto(served + address)
        for place in ("p1", "p3", "figure-fields", "fn-any-one"):
            page.locator(f"a.permalink[href='#{place}']").evaluate("link => link.click()")
            panel = page.locator(f"#{place} > .place, #{place} + .place, .place")
            panel.first.wait_for()
            assert page.evaluate(COVERED, place) == [], (address, place)
            box = panel.first.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


COVERED = """(place) => {
  const panel = document.querySelector(".place"), { top, bottom } = panel.getBoundingClientRect();
  const others = [...document.querySelectorAll("article :is(p, h1, h2, figure, .footnote-ref, .pair, .pager)")];
  return others.filter((block) => !panel.contains(block) && !block.contains(panel) && block.getClientRects().length).filter((block) => {
    const box = block.getBoundingClientRect();
    return box.bottom > top + 1 && box.top < bottom - 1;
  }).map((block) => block.outerHTML.slice(0, 80));
}"""


def test_cite_a_paragraph(page, served):
    """From the panel of a paragraph each reference to it is copied, two actions from its number."""
    page.goto(f"{served}zh/definition/")
    page.locator("#p3 > a.permalink").click()
    panel = page.get_by_role("group", name="第3段")
    panel.get_by_role("button", name="引用…").click()
    panel.get_by_role("button", name="复制", exact=True).first.click()
    assert re.search(r"第3段.*/zh/definition/#p3\.$", copied(page))
    panel.get_by_role("button", name="复制BibTeX").click()
    page.locator(".md-dialog--active").wait_for()
    assert re.search(r"第3段\}", page.evaluate("navigator.clipboard.readText()"))


def test_without_scripts(browser, served):
    """Without scripts the address can be selected, citations can be read, and no button pretends to
    work.
    """
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served}zh/definition/")
        page.get_by_text("分享本章").click()
        assert page.locator(".share__address").is_visible()
        page.get_by_text("引用本章").click()
        assert "[引用日期]" in page.locator("#cite-2").inner_text()
        assert page.locator(".apparatus button:visible").count() == 0
        with page.expect_download() as download:
            page.get_by_role("link", name="RIS").click()
        assert download.value.suggested_filename == "hard-tech-definition-zh.ris"
        assert download.value.path().read_bytes().startswith(b"TY  - CHAP\r\nAU  - ")


SIZED = re.compile(
    r'<a href="([^"]+)" download="" aria-label="([^"]+)">(PDF|EPUB|ZIP)</a> <small[^>]*>(?:\d+ kB|\d+\.\d MB)</small>'
)


def test_downloads(site):
    """Every file that a page offers is there, with its kind, its size in words and a name of its
    own; the page about the edition lists them where it says so.
    """
    for tree, page in (
        ("zh", "definition"),
        ("zh-en", "definition"),
        ("en", "about"),
        ("zh-en", "about"),
        ("", ""),
    ):
        path = site / tree / page / "index.html"
        listed = (
            path.read_text("utf-8")
            .partition('<ul class="downloads__list">')[2]
            .partition("</ul>")[0]
        )
        offered = SIZED.findall(listed)
        assert len(offered) == listed.count("<a ") >= 4 and len(
            {name for _, name, _ in offered}
        ) == len(offered)
        assert "hard-tech-offline.zip" in listed
        assert all((path.parent / file).resolve().is_file() for file, *_ in offered)
    about = (site / "en/about/index.html").read_text("utf-8")
    section = about.partition('id="downloads"')[2].partition("<h2")[0]
    assert "hard-tech-en.pdf" in section and "hard-tech-offline.zip" in section
