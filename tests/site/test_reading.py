"""What the pages do for a reader, in a browser: schemes, terms and notes in place, contents,
progress, paper, no scripts.
"""

import re

import pypdfium2
import pytest

from article import read_page
from made_up import write_book
from waiting import wait_until
from whitepaper.book import ROOT, TREES, read_book
from whitepaper.content import page_path
from whitepaper.glossary import GLOSSARY, read_glossary
from whitepaper.render import render_pages
from whitepaper.site.pages import Site

PHONE, DESK = {"width": 390, "height": 780}, {"width": 1440, "height": 900}


@pytest.fixture
def page(browser):
    with browser.new_context(viewport=DESK, color_scheme="light") as context:
        yield context.new_page()


def paper(page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_schemes(page, served):
    """The button goes from the system's scheme to light, dark and back; the choice stays, and going
    back forgets it.
    """
    page.goto(f"{served}en/definition/")
    light, button = paper(page), page.locator(".scheme")
    seen = []
    for _ in range(3):
        button.click()
        page.reload()
        seen.append(
            (
                button.get_attribute("aria-label"),
                paper(page) == light,
                page.evaluate("localStorage.length"),
            )
        )
    assert seen == [
        ("Colours: light", True, 1),
        ("Colours: dark", False, 1),
        ("Colours: follow system", True, 0),
    ]


def test_scheme_of_the_system(browser, served):
    """Without a choice, and without scripts, the page is as dark as the system."""
    papers = set()
    for scripts in (True, False):
        for scheme in ("light", "dark"):
            with browser.new_context(color_scheme=scheme, java_script_enabled=scripts) as context:
                page = context.new_page()
                page.goto(f"{served}zh/definition/")
                papers.add(
                    (
                        scheme,
                        page.locator("body").evaluate(
                            "(body) => getComputedStyle(body).backgroundColor"
                        ),
                    )
                )
    assert len(papers) == 2


def test_no_flash(page, served):
    """The chosen scheme stands before anything is drawn."""
    page.goto(f"{served}zh/definition/")
    page.locator(".scheme").click(click_count=2, delay=50)
    page.route("**/*.js", lambda route: route.abort())
    page.reload()
    assert page.get_attribute("html", "data-scheme") == "dark"


def bubble(page):
    return page.locator("#bubble")


def test_term_by_mouse(page, served):
    """Pointing at a term shows it in both languages with its meaning; one can move into the bubble;
    leaving closes it.
    """
    page.goto(f"{served}zh/definition/")
    term = page.locator("a.term").first
    term.hover()
    meant = {term.anchor: term for term in read_glossary(ROOT / GLOSSARY)}
    wanted = meant[term.get_attribute("href").rpartition("#")[2]]
    bubble(page).wait_for()
    assert bubble(page).inner_text().split("\n\n") == [wanted.zh, wanted.en, wanted.gloss_zh]
    bubble(page).hover()
    page.wait_for_timeout(400)
    assert bubble(page).is_visible()
    page.mouse.move(2, 600)
    bubble(page).wait_for(state="hidden")


def test_term_by_keyboard(page, served):
    """The focus shows a term's meaning to eye and ear; Escape closes it and leaves the focus where
    it is.
    """
    page.goto(f"{served}en/definition/")
    page.evaluate(
        "document.querySelector('#p1').tabIndex = -1; document.querySelector('#p1').focus()"
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "term"
    bubble(page).wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "bubble"
    page.keyboard.press("Escape")
    assert bubble(page).is_hidden()
    assert page.evaluate("document.activeElement.className") == "term"


def test_term_by_touch(browser, served):
    """The first touch shows what a term means, inside the window; the second follows the link."""
    with browser.new_context(viewport=PHONE, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{served}zh/definition/")
        for at in range(page.locator("#p1 a.term").count()):
            page.locator("#p1 a.term").nth(at).tap()
            bubble(page).wait_for()
            box = bubble(page).bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
            page.locator("h1").tap()
            bubble(page).wait_for(state="hidden")
        assert "/definition/" in page.url
        page.locator("#p1 a.term").last.tap()
        page.locator("#p1 a.term").last.tap()
        page.wait_for_url("**/glossary/#term-*")


def test_note_in_place(page, served):
    """Pointing at the number of a note shows the note itself, without its way back."""
    page.goto(f"{served}zh/definition/")
    call = page.locator("a.footnote-ref").first
    call.hover()
    bubble(page).wait_for()
    note = page.locator(call.get_attribute("href")).inner_text()
    assert bubble(page).inner_text().strip() and bubble(page).inner_text().strip() in note
    assert bubble(page).locator("a.footnote-backref, [id]").count() == 0


def test_note_in_its_language(page, served):
    """On a parallel page a note is shown in the language it is called from."""
    page.goto(f"{served}zh-en/definition/")
    for lang, mark in (("zh-Hans", "编者注"), ("en", "Editor’s note")):
        page.locator(f"#p1 > [lang={lang}] a.footnote-ref").hover()
        page.locator("#bubble", has_text=mark).wait_for()
        assert bubble(page).locator(f"[lang]:not([lang={lang}], [lang={lang}] *)").count() == 0


def test_contents_follow(page, served):
    """The contents name the page, and the section being read."""
    page.goto(f"{served}zh/essence/")
    assert page.locator(".contents [aria-current=page]").inner_text().startswith("1.4")
    assert page.locator(".contents [aria-current=location]").count() == 0
    page.evaluate("document.getElementById('hard-in-technology').scrollIntoView()")
    page.wait_for_selector(".contents [aria-current=location][href='#hard-in-technology']")


@pytest.mark.parametrize("tree", ["zh-en", "en", "zh"])
def test_one_row_of_controls(page, served, tree):
    """The header is one row from the smallest phones on, the page for a missing address included."""
    for address in (f"{tree}/definition/", "404.html"):
        page.goto(served + address)
        for width in (360, 390, 720, 768, 960, 1024, 1220):
            page.set_viewport_size({"width": width, "height": 700})
            assert (
                len(
                    set(
                        page.evaluate("""[...document.querySelectorAll(".md-header__inner > :is(a, nav, button)")].filter((part) => part.offsetWidth)
              .map((part) => Math.round((part.getBoundingClientRect().top + part.getBoundingClientRect().bottom) / 8))""")
                    )
                )
                == 1
            ), (address, width)


def test_progress(page, served):
    """A hair under the header of a chapter grows with what has been read."""
    read = "new DOMMatrix(getComputedStyle(document.querySelector('.md-header'), '::after').transform).a"
    page.goto(f"{served}zh/essence/")
    assert page.evaluate(read) == 0
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    wait_until(page, f"{read} > .99")
    page.goto(f"{served}zh/about/")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    content = "getComputedStyle(document.querySelector('.md-header'), '::after').content"
    assert page.evaluate(content) == "none"


def test_steady(page, served):
    """Nothing moves while a page loads."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.goto(f"{served}zh-en/definition/", wait_until="networkidle")
        shift = page.evaluate("""() => new Promise((done) => new PerformanceObserver((list) =>
          done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 300))""")
        assert shift < 0.001


def test_without_scripts(browser, served):
    """Without scripts everything is readable, the contents open by keyboard, and no control stands
    there that does nothing.
    """
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served}en/definition/")
        assert page.locator("#p1").is_visible() and page.locator(".figure svg:visible").count() == 1
        assert (
            not page.locator(".scheme").is_visible()
            and not page.locator("[data-for=search]").is_visible()
        )
        assert page.locator(".md-content button:visible").count() == 0
        assert not page.locator(".contents").is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.locator(".contents").get_by_role("link", name="Glossary").click()
        page.wait_for_url("**/en/glossary/")


def test_on_paper(page, served):
    """Print is dark on white whatever the screen, without the frame around the text, with the
    address and its code.
    """
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{served}zh/definition/")
    assert paper(page) == "rgb(255, 255, 255)"
    assert (
        page.locator("#p1").evaluate("(block) => getComputedStyle(block).color")
        == "rgb(34, 32, 28)"
    )
    hidden = [".md-header", ".contents", ".pager", ".cite", "a.permalink"]
    assert [part for part in hidden if page.locator(part).first.is_visible()] == []
    assert page.locator(".qr").is_visible() and page.locator(".share__address").is_visible()


@pytest.mark.parametrize("tree", TREES)
def test_last_printed_page(browser, served, tree):
    """A print of a chapter ends in its text: code, address and colophon are whole, on one page, and
    take a note or some lines along.
    """
    with browser.new_context() as context:
        page = context.new_page()
        page.emulate_media(media="print")
        for name in read_book().chapters:
            page.goto(f"{served}{tree}/{name}/")
            foot = [
                re.sub(r"\s", "", page.locator(part).inner_text())
                for part in (".share__address", ".colophon")
            ]
            printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
            last = re.sub(r"\s", "", printed[len(printed) - 1].get_textpage().get_text_range())
            assert [part in last for part in foot] == [True, True], name
            assert len(last) > sum(map(len, foot)) + 40, name


@pytest.mark.parametrize("tree", TREES)
def test_foot_on_paper(page, served, tree):
    """On paper the colophon stands under the text, beside the code where there is one, and in the
    room that is kept for it.
    """
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 684, "height": 900})
    for name in read_book().names:
        page.goto(f"{served}{tree}/{'' if name == 'index' else f'{name}/'}")
        kept, foot = (
            page.locator(".apparatus").bounding_box(),
            page.locator(".colophon").bounding_box(),
        )
        assert (
            kept["y"] + 10 < foot["y"]
            and foot["y"] + foot["height"] < kept["y"] + kept["height"] + 2
        ), name
        if page.locator(".share").count():
            assert page.locator(".share__address").bounding_box()["x"] == pytest.approx(
                page.locator(".colophon p").first.bounding_box()["x"], abs=1
            ), name


def test_heads_stay_with_their_text(page, served):
    """On paper no run-in head, and no paragraph that introduces what follows, is the last of a
    page.
    """
    page.emulate_media(media="print")
    for tree in TREES:
        page.goto(f"{served}{tree}/dimensions/")
        kept = "[...document.querySelectorAll('.md-content [id^=p]')].filter((block) => getComputedStyle(block).breakAfter === 'avoid').map((block) => block.id)"
        assert page.evaluate(kept) == ["p1", "p2", "p4", "p6"], tree


def test_paragraph_numbers(browser, served):
    """The number that a paragraph of a chapter is cited by stands in the margin without being
    pointed at, readable on its ground; around the chapters no paragraph has one.
    """
    numbers = """() => [...document.querySelectorAll(".md-content [id].pair, .md-content :is(p, li)[id]")].filter((block) => /^p\\d/.test(block.id)).map((block) => {
        const link = block.querySelector(":scope > .permalink"), sign = JSON.parse(getComputedStyle(link, "::before").content.split(" / ")[0]);
        return sign !== "¶" && [`p${sign}` === block.id, link.checkVisibility({ opacityProperty: true })];
    })"""
    for look in (
        {"viewport": DESK},
        {"viewport": DESK, "color_scheme": "dark"},
        {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    ):
        with browser.new_context(**look) as context:
            page = context.new_page()
            for tree in ("zh", "en", "zh-en"):
                page.goto(f"{served}{tree}/definition/")
                assert page.evaluate(numbers) == [[True, True]] * 8
                assert page.evaluate(CONTRAST) >= 4.5
                page.emulate_media(media="print")
                assert page.evaluate(numbers) == [[True, True]] * 8
                page.emulate_media(media="screen")
                for name in ("", "glossary/", "about/"):
                    page.goto(f"{served}{tree}/{name}")
                    assert set(page.evaluate(numbers)) == {False}


CONTRAST = """() => {
  const lightness = (colour) => {
    const [red, green, blue] = colour.match(/\\d+/g).map((part) => part / 255).map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue + .05;
  };
  const [ink, paper] = [getComputedStyle(document.querySelector("#p1 > .permalink"), "::before").color, getComputedStyle(document.body).backgroundColor].map(lightness);
  return Math.max(ink, paper) / Math.min(ink, paper);
}"""


def test_parallel_on_paper(page, served):
    """The parallel text is printed in two columns."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(f"{served}zh-en/definition/")
    halves = [page.locator(f"#p1 > [lang={lang}]").bounding_box() for lang in ("zh-Hans", "en")]
    assert halves[0]["x"] + halves[0]["width"] < halves[1]["x"]


def test_still(browser, served):
    """Whoever asked for less motion gets none."""
    with browser.new_context(viewport=PHONE, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{served}zh/definition/")
        assert (
            page.evaluate(
                "[...document.querySelectorAll('*')].filter((part) => parseFloat(getComputedStyle(part).transitionDuration) > 0).length"
            )
            == 0
        )


@pytest.mark.parametrize("tree", TREES)
def test_rows_on_a_phone(browser, served, tree):
    """On a phone the cells of a table in the text stand below each other, each as wide as the text;
    on a desk side by side.
    """
    cells = "[...document.querySelector('.heading:has(#timeline) ~ table tbody tr').cells]"
    sides = f"{cells}.map((cell) => cell.getBoundingClientRect()).map((box) => [box.left, box.top])"
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{served}{tree}/about/")
    (left, top), (second, below), _ = page.evaluate(sides)
    assert left == second and top < below
    page.set_viewport_size(DESK)
    (left, top), (second, beside), _ = page.evaluate(sides)
    assert left < second and top == beside
    page.close()


def test_heads_on_a_phone(browser, served):
    """Another table keeps its heads on a phone, breaks no number, and scrolls by itself, by the
    keyboard too.
    """
    page = browser.new_page(viewport=PHONE)
    table = (
        f'<table id="many"><thead><tr>{"<th>Share</th>" * 9}</tr></thead>'
        f"<tbody><tr>{'<td>15676.75</td>' * 9}</tr></tbody></table></article>"
    )
    page.route(
        "**/en/origin/",
        lambda route: route.fulfill(
            response=(there := route.fetch()), body=there.text().replace("</article>", table, 1)
        ),
    )
    page.goto(f"{served}en/origin/")
    assert page.locator("#many th").first.is_visible()
    numbers = "cells => cells.map(cell => cell.offsetHeight)"
    assert max(page.locator("#many td").evaluate_all(numbers)) < 50
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.evaluate("many.scrollWidth > many.clientWidth")
    wait_until(page, "many.tabIndex === 0")
    page.evaluate("many.querySelectorAll(':nth-child(n + 4)').forEach((cell) => cell.remove())")
    wait_until(page, "many.tabIndex < 0")
    page.close()


LINES = """block => {
  const range = document.createRange();
  range.selectNodeContents(block);
  const rows = new Map();
  for (const { bottom, left, right } of range.getClientRects()) {
    const [from, to] = rows.get(Math.round(bottom / 9)) ?? [left, right];
    rows.set(Math.round(bottom / 9), [Math.min(from, left), Math.max(to, right)]);
  }
  return [...rows.values()].map(([from, to]) => to - from);
}"""
TITLES = ["（四）水库群联合调度规则的逐段修订", "1.2.2 x86平台上的水位观测与预报机制(GAUGE)"]


def test_long_titles(browser, served):
    """On a phone no line of a long title holds its number, or a last character, alone; a caption
    with a foreign word stays in one line, and the number of a paragraph in the margin.
    """
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{served}zh/definition/")
    title, caption = page.locator("h1"), page.locator("figcaption")
    title.evaluate("title => title.removeAttribute('data-phrased')")
    for words in TITLES:
        title.evaluate("(title, words) => title.replaceChildren(words)", words)
        lines = title.evaluate(LINES)
        assert len(lines) > 1 and min(lines) > 0.5 * max(lines), (words, lines)
    caption.evaluate("it => { it.innerHTML = '表2 <span class=foreign lang=en>gauge</span>水位'; }")
    assert len(caption.evaluate(LINES)) == 1
    number = page.locator("#p8 > .permalink")
    number.evaluate("link => { link.dataset.n = '808'; }")
    assert number.evaluate("link => link.scrollWidth <= link.clientWidth")
    page.close()


def test_contents_of_a_large_book(tmp_path):
    """In a large book the contents name every part, but the chapters of the part being read only:
    pages do not grow with the book.
    """
    write_book(tmp_path / "book", 24, 48)
    book = read_book(tmp_path / "book")
    Site(book, tmp_path, render_pages(book)).write()
    parts = dict.fromkeys(part for _, part in book.sections if part)
    for name in book.chapters[::7]:
        nav = read_page(page_path(tmp_path, "zh", name)).find(".//nav[@class='contents']")
        own = dict(book.sections)[name]
        shown = {link.text for link in nav.iter("a")}
        assert {
            book.page("zh", one).title for one, part in book.sections if part in ("", own)
        } <= shown
        assert [
            title.text for title in nav.iter() if title.get("class") == "contents__title"
        ] == list(parts)
        assert len(shown) < len(book.names)


LAST_CHARACTER = """block => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), range = document.createRange();
  let node, last;
  while ((node = walker.nextNode())) if (node.data.trim() && !node.parentElement.closest("sup, .permalink")) last = node;
  const end = last.data.trimEnd().length;
  range.setStart(last, end - 1); range.setEnd(last, end);
  return range.getBoundingClientRect().right;
}"""


@pytest.mark.parametrize("width", [820, 1440])
def test_last_lines_are_not_stretched(browser, served, width):
    """The last line of a justified paragraph ends where its words end, whatever stands behind them
    (clreq, justification).
    """
    page = browser.new_page(viewport={"width": width, "height": 900})
    for name in ("introduction", "origin", "definition", "dimensions", "essence"):
        page.goto(f"{served}zh/{name}/")
        ends = f"[...document.querySelectorAll('article :is(p, li)[id^=p]')].map({LAST_CHARACTER})"
        justified = page.evaluate(ends)
        page.evaluate("document.querySelector('.md-content__inner').style.textAlign = 'start'")
        assert justified == pytest.approx(page.evaluate(ends), abs=1), name
    page.close()


@pytest.mark.parametrize(("size", "touch"), [(DESK, False), (PHONE, True)], ids=["desk", "phone"])
def test_permalinks_take_no_room(browser, served, size, touch):
    """Every block is as high as without its permalink, which stands in the margin beside the first
    line, off the text.
    """
    with browser.new_context(viewport=size, has_touch=touch, is_mobile=touch) as context:
        page = context.new_page()
        for address in (
            "zh/definition",
            "en/definition",
            "zh-en/definition",
            "zh-en/essence",
            "zh/glossary",
            "zh-en/about",
        ):
            page.goto(f"{served}{address}/")
            heights = "[...document.querySelectorAll('.md-content [id]')].map((block) => block.offsetHeight)"
            assert (
                page.evaluate("""() => [...document.querySelectorAll('.permalink')].filter((link) => {
                const at = link.getBoundingClientRect(), block = link.parentElement.getBoundingClientRect();
                return at.left < 0 || at.right > block.left + 1 || at.top < block.top - 8 || at.top > block.top + 30;
            }).map((link) => link.hash)""")
                == []
            ), address
            before = page.evaluate(heights)
            page.evaluate(
                "document.querySelectorAll('.permalink').forEach((link) => link.remove())"
            )
            assert before == page.evaluate(heights), address


@pytest.mark.parametrize("tree", ["zh", "en", "zh-en"])
def test_figures_of_the_home_page(browser, served, tree):
    """The home page shows each figure as its chapter does, legible on a phone, and the caption
    leads there.
    """
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{served}{tree}/")
    figures = page.locator("figure")
    assert figures.count() == page.locator("figure > svg.fig-narrow:visible").count() == 2
    assert page.locator("figure img").count() == 0
    sizes = "[...document.querySelectorAll('.fig-narrow text')].map((label) => parseFloat(getComputedStyle(label).fontSize) * label.getScreenCTM().a)"
    assert min(page.evaluate(sizes)) >= 9
    figures.first.locator("figcaption a").first.click()
    page.wait_for_url(f"**/{tree}/definition/#figure-fields")
    page.close()


@pytest.mark.parametrize(
    ("tree", "typed"), [("zh", "Optoelectronic"), ("en", "光电"), ("zh-en", "optoelectronic")]
)
def test_glossary_filter(page, served, tree, typed):
    """Of many entries those stay in sight that hold what is typed, in either language, and the
    heading of their group; a link to another entry shows it.
    """
    page.goto(f"{served}{tree}/glossary/")
    entries = page.locator(".glossary dt")
    whole = entries.count()
    assert page.locator(".filter [role=status]").inner_text().startswith(str(whole)) and whole > 60
    page.locator(".filter input").fill(typed)
    assert (
        page.locator(".glossary dt:visible").count()
        == page.locator(".glossary dd:visible").count()
        == 1
    )
    assert page.locator("#term-photonic-chips").is_visible()
    groups = page.locator(".md-content h2")
    assert page.evaluate(
        "[...document.querySelectorAll('.md-content h2')].filter((group) => group.checkVisibility()).map((group) => group.id)"
    ) == ["terms-fields"]
    page.evaluate("location.hash = '#term-hard-tech'")
    page.locator("#term-hard-tech").wait_for(state="visible")
    assert page.locator(".glossary dt:visible").count() == whole
    assert page.locator(".md-content h2:visible").count() == groups.count() == 8


def test_numbers_of_notes(browser, served):
    """The number of a note is as large to the finger as it must be (WCAG 2.5.8), takes no more of
    the line than its words, and closes up to a full-width mark.
    """
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{served}zh/dimensions/")
    sizes = page.evaluate(
        "[...document.querySelectorAll('a.footnote-ref')].map((call) => [call.offsetWidth, call.offsetHeight, call.parentElement.getBoundingClientRect().width])"
    )
    assert len(sizes) > 1 and all(
        width >= 24 and height >= 24 and taken < 22 for width, height, taken in sizes
    )
    tucked = page.evaluate(
        "[...document.querySelectorAll('sup.tucked')].map((call) => call.previousSibling.data.at(-1))"
    )
    assert tucked and set(tucked) <= set("）。，；：、》」")
    page.close()


def test_lines_full_of_latin(page, served):
    """A Chinese paragraph that is half English is not stretched to both edges; one that names a
    word or two is.
    """
    page.goto(f"{served}zh/about/")
    aligned = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll(".md-content__inner > p[id]")].map((block) =>
      [block.querySelectorAll(":scope > .foreign").length > 2, getComputedStyle(block).textAlign]))""")
    assert aligned == {"true": "start", "false": "justify"}


@pytest.mark.parametrize("tree", TREES)
def test_way_in(browser, served, tree):
    """On a phone the cover says what it is about before its ways in, and home's first screen starts
    the reading.
    """
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        page = context.new_page()
        page.goto(served)
        parts = [".cover__summary", ".views", ".cover__time", ".cover__note"]
        tops = [page.locator(f".cover {part}").bounding_box()["y"] for part in parts]
        assert tops == sorted(tops)
        assert tops[1] < 844
        page.locator(f".views [data-view='{tree}']").tap()
        page.locator(".start a").tap()
        page.wait_for_url(f"**/{tree}/introduction/")
        page.go_back()
        box = page.locator(".start a").bounding_box()
        assert box["y"] + box["height"] < 844
        assert page.locator("#argument").bounding_box()["y"] < 844


@pytest.mark.parametrize("tree", TREES)
def test_way_on(browser, served, tree):
    """On a phone, from the last line of a chapter to the next one's name is at most half a screen."""
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        page = context.new_page()
        for name in read_book().chapters:
            page.goto(f"{served}{tree}/{name}/")
            last, following = page.evaluate("""[
                Math.max(...[...document.querySelectorAll("article > :is([id^=p], ol, ul, figure, .admonition)")]
                  .map((block) => block.getBoundingClientRect().bottom)),
                document.querySelector(".pager__next").getBoundingClientRect().bottom,
            ]""")
            assert last < following < last + 422, name
            assert page.locator(".qr").is_hidden()


def test_line_under_a_title(page, served):
    """Under a chapter's title stands, in each language of the page, what the chapter is about; as
    its Chinese parts at marks alone, it is not stretched.
    """
    for tree in TREES:
        for name in read_book().chapters:
            page.goto(f"{served}{tree}/{name}/")
            described = page.locator("meta[name=description]").get_attribute("content")
            shown = page.locator(".heading + .standfirst")
            said = shown.inner_text()
            assert re.sub(r"\W", "", said).lower() == re.sub(r"\W", "", described).lower()
            assert shown.evaluate("block => getComputedStyle(block).textAlign") == "start"


def test_nothing_to_clear(page, served):
    """The Tab key meets a button that clears the search only where there is something to clear."""
    page.goto(f"{served}zh/definition/")
    field = page.locator(".md-search__input")
    focused = "document.activeElement.className"
    field.focus()
    page.keyboard.press("Tab")
    assert "scheme" in page.evaluate(focused)
    field.fill("硬")
    field.focus()
    page.keyboard.press("Tab")
    assert "md-search__icon" in page.evaluate(focused)


def test_mark_fades(page, served):
    """A place that was linked to is marked, and the mark fades; its number stays red."""
    page.goto(f"{served}zh/definition/#p3")
    place = page.locator("#p3")
    animated = place.evaluate("(block) => block.getAnimations().map((one) => one.animationName)")
    assert animated == ["fade"]
    look = "(block) => getComputedStyle(block).backgroundColor"
    assert place.evaluate(look) != "rgba(0, 0, 0, 0)"
    place.evaluate("(block) => block.getAnimations().forEach((one) => one.finish())")
    assert place.evaluate(look) == "rgba(0, 0, 0, 0)"
    reds = [page.locator(f"#{name} > .permalink") for name in ("p3", "p4")]
    colours = [link.evaluate("(link) => getComputedStyle(link).color") for link in reds]
    assert colours[0] != colours[1]


def test_rings(page, served):
    """A table opened under a figure has no ring but the site's own, at its control."""
    page.goto(f"{served}zh/definition/")
    page.locator(".fig-data summary").click()
    shadow = "(box) => getComputedStyle(box).boxShadow"
    assert page.locator(".fig-data").evaluate(shadow) == "none"


def test_number_beside_its_title(page, served):
    """On the smallest phones too a chapter's number in the pager stands in the line of its title."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{served}zh/definition/")
    tops = page.locator(".pager a > span").evaluate_all("""names => names.map((name) => {
        const range = document.createRange(), at = name.textContent.search(/[\\u4e00-\\u9fff]/);
        range.setStart(name.firstChild, 0);
        range.setEnd(name.firstChild, at + 1);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    })""")
    assert tops == [1, 1]
