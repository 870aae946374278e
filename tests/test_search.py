"""search: a reader finds what is there, at its place, and nothing else."""
import pytest

from whitepaper.bench.recall import holders, mean_scores, read_queries
from whitepaper.book import LANGS, read_book
from whitepaper.content import parse, read_content
from whitepaper.site.search import read_blocks

QUERIES = read_queries()


def test_blocks():
    """Every text stands once, with its own place or the nearest before it, without note calls, word joiners and drawings."""
    content = parse(
        '<h1 id="a">One</h1><p id="p1">Two <b>b</b><sup><a>1</a></sup> 5\u2060–\u206010.</p><div><p>Three</p></div>'
        '<ul><li id="p2">Four<ul><li id="p3">Five</li></ul></li></ul><figure id="f"><svg><text>no</text></svg><figcaption>Six</figcaption></figure>',
        "test",
    )
    assert list(read_blocks(content)) == [("a", 0, "One"), ("p1", 3, "Two b 5–10."), ("p1", 3, "Three"), ("p2", 3, "Four"), ("p3", 3, "Five"), ("f", 3, "Six")]


def test_sixty_queries():
    """The list holds thirty queries in each language."""
    assert [len({query.text for query in QUERIES[lang]}) for lang in LANGS] == [30, 30]


@pytest.fixture(scope="module", params=LANGS)
def searched(request, browser, served):
    """(language, a page of its tree with the search open): what the committed queries find, typed one after the other."""
    page = browser.new_page()
    page.goto(f"{served}{request.param}/origin/")
    yield request.param, page
    page.close()


def find(page, query: str) -> list[tuple[str, str]]:
    """(page name, or the tree for its home page; anchor) of every result of a query typed into the field, in their order."""
    field = page.locator(".md-search__input")
    field.click()
    field.fill("")
    page.locator(".md-search-result__list[aria-busy=false]").wait_for(state="attached")
    field.press_sequentially(query)
    links = page.locator("[role=option]").evaluate_all("links => links.map(link => link.href)")
    return [(path.rstrip("/").rpartition("/")[2], anchor) for path, _, anchor in (link.partition("#") for link in links)]


def test_recall_and_precision(searched, site):
    """Every page that holds a query is found, and no other; every paragraph that holds it is among the results; the right page comes first."""
    lang, page = searched
    contents = {name: read_content(site, lang, name) for name in read_book().names}
    wrong, found, right = [], [], []
    for query in QUERIES[lang]:
        results = [("index" if name == lang else name, anchor) for name, anchor in find(page, query.text)]
        pages, paragraphs = holders(contents, lang, query.forms)
        found.append({name for name, _ in results})
        right.append(pages)
        if found[-1] != pages or not paragraphs <= set(results) or query.first not in ("", results[0][0]):
            wrong.append(f"{query.text}: {results[:3]}…, not found: {pages - found[-1] or paragraphs - set(results)}, not right: {found[-1] - pages}")
    assert wrong == []
    assert mean_scores(found, right) == (1, 1)


@pytest.mark.parametrize(
    ("tree", "query", "expected"),
    [
        ("zh", "AI芯片", []),
        ("zh", "米磊 蒸汽机", []),
        ("zh", "瓦特 硬科技", [("dimensions", "p5")]),
        ("zh", "学科评估", []),
        ("en", "watt globe", [("dimensions", "p5")]),
        ("en", "globe watt engine", [("dimensions", "p5")]),
        ("en", "hardtech", []),
        ("zh-en", "瓦特", [("dimensions", "p5")]),
        ("zh-en", "watt", [("dimensions", "p5")]),
    ],
)
def test_words_apart(browser, served, tree, query, expected):
    """Words that stand apart are found where one block holds them all; what nothing holds finds nothing; the parallel view searches both languages."""
    page = browser.new_page()
    page.goto(f"{served}{tree}/origin/")
    assert find(page, query) == expected
    page.close()


@pytest.mark.parametrize(("tree", "query", "expected"), [("zh", "瓦特", "第5段"), ("en", "watt", "Para. 5"), ("zh", "难以模仿", "硬科技 hard tech"), ("en", "third level of the technology pyramid", "hard tech 硬科技")])
def test_result_says_where(browser, served, tree, query, expected):
    """A result in the text tells its paragraph, one in the glossary its term."""
    page = browser.new_page()
    page.goto(f"{served}{tree}/origin/")
    find(page, query)
    assert expected in page.locator(".md-search-result__place").all_inner_texts()
    page.close()


def test_nothing_before_it_is_asked_for(browser, served):
    """Until the reader turns to search, nothing of it is loaded; then only the index of the page's language."""
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}zh/origin/", wait_until="networkidle")
    before = [url for url in asked if "search" in url]
    find(page, "硬科技")
    after = sorted(url.rpartition("/")[2].split(".")[0] for url in asked if "search" in url)
    assert (before, after) == ([], ["search", "search-zh"])
    page.close()


def test_keyboard(browser, served):
    """Arrows choose, Enter follows to the paragraph, Escape gives the page back; the field says all of it to a screen reader."""
    page = browser.new_page()
    page.goto(f"{served}en/origin/")
    find(page, "steam engine")
    field = page.get_by_role("combobox")
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "1.3" in page.locator("[role=group]:has([aria-selected=true])").get_attribute("aria-label")
    assert {mark.lower() for mark in chosen.locator("mark").all_inner_texts()} == {"steam engine"}
    field.press("Enter")
    page.wait_for_url("**/en/dimensions/#p5")
    find(page, "watt")
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not page.locator("[role=option]").first.is_visible()
    assert page.locator("[role=combobox]").get_attribute("aria-expanded") == "false"
    page.close()


def test_input_method(browser, served):
    """While an input method is composing, its letters are no query; what it enters is."""
    page = browser.new_page()
    page.goto(f"{served}zh/origin/")
    find(page, "")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "zheng qi ji", "selectionStart": 11, "selectionEnd": 11})
    assert page.locator("[role=option]").count() == 0 and "没有" not in page.locator(".md-search-result__meta").inner_text()
    keyboard.send("Input.insertText", {"text": "蒸汽机"})
    assert page.locator("[role=option]").first.get_attribute("href").endswith("/zh/dimensions/#p5")
    page.close()


def test_from_a_missing_address(browser, served):
    """The page for a missing address searches too, and leads to the parallel pages."""
    page = browser.new_page()
    page.goto(f"{served}404.html")
    find(page, "steam engine")
    assert page.locator("[role=option]").first.get_attribute("href").endswith("/paper/zh-en/dimensions/#p5")
    page.close()


def test_from_disk(browser, site):
    """Search works on a page opened from disk."""
    page = browser.new_page()
    page.goto((site / "zh/origin/index.html").as_uri())
    assert find(page, "蒸汽机")[0] == ("index.html", "p5")
    page.close()
