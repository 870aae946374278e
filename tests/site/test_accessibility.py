"""What every reader must be able to use, checked in a browser: by axe-core, and by hand where axe
does not look.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from whitepaper.book import TREES, read_book

PAGES = [
    f"{tree}/{name}"
    for tree in TREES
    for name in ("", "definition/", "essence/", "glossary/", "about/")
] + ["", "404.html"]
PHONE, DESK = {"width": 390, "height": 780}, {"width": 1440, "height": 900}
LOOKS = [(size, scheme) for size in (PHONE, DESK) for scheme in ("light", "dark")]
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@pytest.fixture(scope="module")
def desk(browser):
    with browser.new_context(viewport=DESK, reduced_motion="reduce") as context:
        yield context


@pytest.fixture
def page(desk):
    with desk.new_page() as page:
        yield page


@pytest.fixture
def phone(browser):
    with browser.new_context(viewport=PHONE, reduced_motion="reduce", has_touch=True) as context:
        yield context.new_page()


def found(page) -> list[str]:
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in violations for node in one["nodes"]]


@pytest.mark.parametrize("address", PAGES)
def test_axe(page, served, address):
    """axe-core finds nothing on any page type, in both schemes, at both widths."""
    page.goto(served + address)
    problems = []
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        problems += [f"{size['width']} {scheme} {problem}" for problem in found(page)]
    assert problems == []


@pytest.mark.parametrize("tree", TREES)
def test_axe_with_drawer_open(phone, served, tree):
    """axe-core finds nothing while the drawer is open."""
    phone.goto(f"{served}{tree}/definition/")
    phone.tap(".md-header [data-for=drawer]")
    assert found(phone) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("tree", TREES)
def test_axe_with_search_open(page, served, tree, size):
    """axe-core finds nothing while the search shows results."""
    page.set_viewport_size(size)
    page.goto(f"{served}{tree}/definition/")
    if size is PHONE:
        page.click(".md-header [data-for=search]")
    page.fill(".md-search__input", "AlphaGo")
    page.wait_for_selector(".md-search-result__link")
    assert found(page) == []


def test_axe_with_bubble_open(page, served):
    """axe-core finds nothing while a term shows what it means."""
    page.goto(f"{served}zh/definition/")
    page.hover("a.term")
    page.wait_for_selector("#bubble:not([hidden])")
    assert found(page) == []


UNSEEN_FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  if (at === document.body) return "the page";
  const shown = box.width > 0 && box.height > 0 && at.checkVisibility({ visibilityProperty: true }) && box.right > 0 && box.left < innerWidth;
  const ringed = [at, at.closest("form")].some((part) => part && parseFloat(getComputedStyle(part).outlineWidth) > 0 && getComputedStyle(part).outlineStyle !== "none");
  return shown && ringed ? "" : at.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_focus_is_seen(page, served, size):
    """The tabulator reaches every link and button that shows, nothing that does not, and one always
    sees where it is.
    """
    page.set_viewport_size(size)
    page.goto(f"{served}zh/definition/")
    wanted = page.evaluate("""() => [...document.querySelectorAll("a[href]:not(.permalink), button, input, summary")]
      .filter((part) => part.tabIndex >= 0 && part.checkVisibility({ visibilityProperty: true })).length""")
    reached = permalinks = 0
    while page.keyboard.press("Tab") or page.evaluate("document.activeElement !== document.body"):
        assert page.evaluate(UNSEEN_FOCUS) == ""
        is_permalink = page.evaluate("document.activeElement.className === 'permalink'")
        reached, permalinks = reached + (not is_permalink), permalinks + is_permalink
        assert reached <= wanted, "the focus goes round in a circle"
    assert reached == wanted > 40
    assert permalinks > 0


def test_skip_link(page, served):
    """The first stop of the tabulator leads past header and contents to the text."""
    page.goto(f"{served}en/definition/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.md-content__inner') !== null")


def test_drawer_by_keyboard(page, served):
    """On a small window the contents open by keyboard, take the focus, shut out what is behind, and
    give the focus back.
    """
    page.set_viewport_size(PHONE)
    page.goto(f"{served}en/definition/")
    opener = page.get_by_role("button", name="Contents", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.closest('.contents') !== null")
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('.contents') !== null"
        )
    page.keyboard.press("Escape")
    assert opener.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.dataset.for") == "drawer"


def test_drawer_takes_the_focus_while_it_moves(browser, served):
    """The drawer has the focus from the moment it opens, also where it slides in."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{served}zh/definition/")
        page.locator(".md-header [data-for=drawer]").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('.contents') !== null")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_search_gives_the_focus_back(page, served, size):
    """Escape closes the search and leaves the focus at what opened it, never at the top of the
    page; typing opens it again.
    """
    page.set_viewport_size(size)
    page.goto(f"{served}zh/definition/")
    start = page.locator(".md-header [data-for=search]" if size is PHONE else ".md-search__input")
    start.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("AlphaGo")
    page.wait_for_selector(".md-search-result__link")
    page.keyboard.press("Escape")
    page.locator(".md-search__output").wait_for(state="hidden")
    assert start.evaluate("part => part === document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.type("s")
    page.locator(".md-search__output").wait_for(state="visible")
    page.locator(".md-search__input").focus()
    page.keyboard.press("Shift+Tab")  # to what lies behind it
    page.locator(".md-search__output").wait_for(state="hidden")


def test_no_letter_is_a_command(page, served):
    """No single key does anything: dictation software and stray fingers must not steer the page
    (WCAG 2.1.4).
    """
    page.goto(f"{served}en/definition/")
    state = "[location.href, scrollY, document.activeElement.tagName, ...[...document.querySelectorAll('.md-toggle')].map((box) => box.checked)].join()"
    before = page.evaluate(state)
    for key in "abcdefghijklmnopqrstuvwxyz0123456789/?.,-":
        page.keyboard.press(key)
    assert page.evaluate(state) == before


@pytest.mark.parametrize("address", PAGES)
def test_one_of_each(page, served, address):
    """Every page has one h1, one main, its language, no two elements of one id, and scripts that
    run without an error.
    """
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(served + address)
    assert errors == []
    assert page.locator("h1").count() == page.locator("main").count() == 1
    assert page.get_attribute("html", "lang") == ("en" if address.startswith("en/") else "zh-Hans")
    assert (
        page.evaluate(
            "[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, at, ids) => ids.indexOf(id) !== at)"
        )
        == []
    )


OVERFLOW = """() => {
  const out = [...document.querySelectorAll("body *")].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width && part.checkVisibility({ visibilityProperty: true }) && (box.right > innerWidth + 1 || box.left < -1)
      && !part.closest(".md-skip, .unseen, .brand__name, .md-sidebar, svg, table");
  });
  return [document.documentElement.scrollWidth > innerWidth ? "the page scrolls sideways" : "", ...out.map((part) => part.outerHTML.slice(0, 100))].filter(Boolean);
}"""


@pytest.mark.parametrize("width", [195, 320])
@pytest.mark.parametrize("address", PAGES)
def test_reflow(page, served, address, width):
    """At 320 pixels, which is 400 % zoom on a desk, and at 195, 200 % on a phone, nothing is cut
    off or needs scrolling sideways.
    """
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(served + address)
    assert page.evaluate(OVERFLOW) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", PAGES)
def test_text_twice_as_large(page, served, address, size):
    """Text at 200 % loses nothing, unfolded or not: no line is clipped, nothing runs out of the
    window.
    """
    page.set_viewport_size(size)
    page.goto(served + address)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    page.evaluate("document.documentElement.style.fontSize = '250%'")  # the theme's base is 125 %
    clipped = """() => [...document.querySelectorAll("body *")].filter((part) => part.checkVisibility({ visibilityProperty: true })
      && !part.closest(".unseen, .md-search__output, .brand__name, svg") && /hidden|clip/.test(getComputedStyle(part).overflowX) && part.scrollWidth > part.clientWidth + 2)
      .map((part) => part.outerHTML.slice(0, 100))"""
    assert page.evaluate(OVERFLOW) + page.evaluate(clipped) == []


@pytest.mark.parametrize("tree", TREES)
def test_landmarks_and_headings(page, served, tree):
    """Headings are read out alone, without their permalink; the contents lie beside the main part,
    the notes in a part of their own with a name.
    """
    page.goto(f"{served}{tree}/essence/")
    assert page.locator(":is(h1, h2, h3) a").count() == 0
    assert (
        page.locator(".heading > :is(h1, h2, h3) + a.permalink").count()
        == page.locator("main :is(h1, h2, h3)").count()
        == 3
    )
    assert page.locator("main .contents").count() == 0 and page.locator("main #p1").count() == 1
    notes = page.locator("main [role=doc-endnotes]")
    assert (
        notes.get_attribute("aria-label")
        == {"zh": "编者注", "en": "Editor’s notes", "zh-en": "编者注 · Editor’s notes"}[tree]
    )
    assert notes.locator("li").count() > 1


SAME_NAME = """() => {
  const led = new Map();
  document.querySelectorAll(".md-content a[href]").forEach((link) => {
    const name = link.getAttribute("aria-label") ?? link.textContent.trim();
    led.set(name, new Set(led.get(name)).add(link.href));
  });
  return [...led].filter(([, targets]) => targets.size > 1).map(([name]) => name);
}"""


@pytest.mark.parametrize("tree", TREES)
def test_links_told_apart(page, served, tree):
    """In a list of a page's links no two of one name lead to different places (WCAG 2.4.9), and
    none is called by a bare sign.
    """
    for name in read_book().names:
        page.goto(f"{served}{tree}/{name.removeprefix('index')}")
        assert page.evaluate(SAME_NAME) == []
        assert (
            page.locator(
                "a.permalink:not([aria-label]), a.footnote-backref:not([aria-label])"
            ).count()
            == 0
        )


SMALL = """() => [...document.querySelectorAll("a[href], button, input, summary, textarea")].filter((part) => {
  const { width, height } = part.getBoundingClientRect(), style = getComputedStyle(part);
  const inSentence = style.display === "inline" && [...part.parentElement.closest(":not(em)").childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const shown = part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && style.pointerEvents !== "none" && !part.closest(".md-skip, [inert]");
  return shown && !inSentence && (width < 24 || height < 24);
}).map((part) => `${part.outerHTML.slice(0, 90)} ${part.offsetWidth} × ${part.offsetHeight}`)"""


@pytest.mark.parametrize("address", PAGES)
def test_large_enough_to_touch(browser, served, address):
    """On a phone whatever can be touched measures 24 pixels each way, but for links within a
    sentence (WCAG 2.5.8).
    """
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(served + address)
        page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
        assert page.evaluate(SMALL) == []
