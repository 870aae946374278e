"""search: a reader finds what is there, at its place, and nothing else."""

import re

import pytest

from article import read_article
from recall import holders, mean_scores, read_queries
from whitepaper.book import LANGS, read_book
from whitepaper.content import parse
from whitepaper.glossary import Term
from whitepaper.site.search import find_variants, read_aliases, read_blocks

QUERIES = read_queries()


def test_blocks():
    """Every text stands once, with its own place or the nearest before it, without note calls, word
    joiners and drawings.
    """
    content = parse(
        '<h1 id="a">One</h1><p id="p1">Two <b>b</b><sup><a>1</a></sup> 5\u2060–\u206010.</p><div><p>Three</p></div>'
        '<ul><li id="p2">Four<ul><li id="p3">Five</li></ul></li></ul><figure id="f"><svg><text>no</text></svg><figcaption>Six</figcaption></figure>',
    )
    assert list(read_blocks(content)) == [
        ("a", 0, "One"),
        ("p1", 3, "Two b 5–10."),
        ("p1", 3, "Three"),
        ("p2", 3, "Four"),
        ("p3", 3, "Five"),
        ("f", 3, "Six"),
    ]


def test_sixty_queries():
    """The list holds thirty queries in each language, and more."""
    assert all(len({query.text for query in QUERIES[lang]}) >= 30 for lang in LANGS)


def test_right_answers():
    """A page holds a query in a block of its own: in one piece, or all the words that the list
    joins, wherever they stand in it.
    """
    contents = {
        "a": parse('<p id="p1">The hard core</p>'),
        "b": parse('<p id="p1">core, not hard</p><p id="p2">hardly</p>'),
    }
    assert holders(contents, "en", ("hard core",)) == ({"a"}, {("a", "p1")})
    assert holders(contents, "en", ("core + hard",)) == ({"a", "b"}, {("a", "p1"), ("b", "p1")})


def test_aliases():
    """The index knows what else a reader may call a term: what the glossary allows, of terms that
    it does not show too.
    """
    terms = [
        Term("chips", "芯片", "chips", allowed=("chip", "ICs")),
        Term("staff", "人员", "staff", allowed=("workers",), in_glossary=False),
        Term("ai", "智能", "AI"),
    ]
    assert read_aliases(terms, "zh") == [("芯片", "chip; ICs"), ("人员", "workers")]
    assert read_aliases(terms, "en") == [("chips", "chip; ICs"), ("staff", "workers")]


@pytest.fixture(scope="module", params=LANGS)
def searched(request, browser, served):
    """(language, a page of its tree with the search open): what the committed queries find, typed
    one after the other.
    """
    page = browser.new_page()
    page.goto(f"{served}{request.param}/origin/")
    yield request.param, page
    page.close()


def find(page, query: str) -> list[tuple[str, str]]:
    """(page name, or the tree for its home page; anchor) of every result of a query typed into the
    field, in their order.
    """
    field = page.locator(".md-search__input")
    field.click()
    field.fill("")
    page.locator(".md-search-result__list[aria-busy=false]").wait_for(state="attached")
    field.press_sequentially(query)
    links = page.locator("[role=option]").evaluate_all("links => links.map(link => link.href)")
    return [
        (path.rstrip("/").rpartition("/")[2], anchor)
        for path, _, anchor in (link.partition("#") for link in links)
    ]


def test_recall_and_precision(searched, site):
    """Every page that holds a query is found, and no other; every paragraph that holds it is among
    the results; the right page comes first.
    """
    lang, page = searched
    contents = {name: read_article(site, lang, name) for name in read_book().names}
    wrong, found, right = [], [], []
    for query in QUERIES[lang]:
        results = [
            ("index" if name == lang else name, anchor) for name, anchor in find(page, query.text)
        ]
        pages, paragraphs = holders(contents, lang, query.forms)
        found.append({name for name, _ in results})
        right.append(pages)
        if (
            found[-1] != pages
            or not paragraphs <= set(results)
            or query.first not in ("", results[0][0])
        ):
            wrong.append(
                f"{query.text}: {results[:3]}…, not found: {pages - found[-1] or paragraphs - set(results)}, not right: {found[-1] - pages}"
            )
    assert wrong == []
    assert mean_scores(found, right) == (1, 1)


@pytest.mark.parametrize(
    ("tree", "query", "expected"),
    [
        ("zh", "AI芯片", [("glossary", "term-intelligent-chips")]),
        ("zh", "米磊 蒸汽机", []),
        ("zh", "瓦特 硬科技", [("dimensions", "p5")]),
        ("zh", "学科评估", []),
        ("en", "watt globe", [("dimensions", "p5")]),
        ("en", "globe watt engine", [("dimensions", "p5")]),
        ("en", "nohardtechs", []),
        ("zh-en", "瓦特", [("dimensions", "p5")]),
        ("zh-en", "watt", [("dimensions", "p5")]),
        ("zh", "米磊 2010", [("origin", "p1"), ("glossary", "term-hard-tech"), ("zh", "p2")]),
        ("en", "r and d investment", [("definition", "p1")]),
        ("en", "smart chip", [("dimensions", "p7"), ("glossary", "term-intelligent-chips")]),
        (
            "zh-en",
            "optoelectronic chips",
            [
                ("definition", "p1"),
                ("dimensions", "p7"),
                ("glossary", "term-photonic-chips"),
                ("about", "p29"),
            ],
        ),
    ],
)
def test_words_apart(browser, served, tree, query, expected):
    """Words that stand apart are found where one block holds them all, after any that stand
    together; another rendering finds its term; what nothing holds finds nothing; the parallel view
    searches both languages.
    """
    page = browser.new_page()
    page.goto(f"{served}{tree}/origin/")
    assert find(page, query) == expected
    page.close()


@pytest.mark.parametrize(
    ("tree", "query", "expected"),
    [
        ("zh", "瓦特", "第5段"),
        ("en", "watt", "Para. 5"),
        ("zh", "难以模仿", "硬科技 hard tech"),
        ("en", "third level of the technology pyramid", "hard tech 硬科技"),
    ],
)
def test_result_says_where(browser, served, tree, query, expected):
    """A result in the text tells its paragraph, one in the glossary its term."""
    page = browser.new_page()
    page.goto(f"{served}{tree}/origin/")
    find(page, query)
    assert expected in page.locator(".md-search-result__place").all_inner_texts()
    page.close()


@pytest.mark.parametrize(
    ("tree", "query"), [("zh", "光电芯片"), ("en", "photonic chips"), ("zh-en", "芯片")]
)
def test_one_place_once(browser, served, tree, query):
    """No place is listed twice; an entry of the glossary shows the term and what it means."""
    page = browser.new_page()
    page.goto(f"{served}{tree}/origin/")
    found = find(page, query)
    assert len(found) == len(set(found)) and ("glossary", "term-photonic-chips") in found
    entry = page.locator("[role=option][href$=term-photonic-chips]")
    assert entry.locator(".md-search-result__place mark").count() >= 1
    assert re.search("在光信号与电信号之间|turn light into electrical signals", entry.inner_text())
    page.close()


@pytest.mark.parametrize(
    ("tree", "expected"), [("zh", "没有找到"), ("en", "Nothing found"), ("zh-en", "没有找到")]
)
def test_nothing_found(browser, served, tree, expected):
    """Where nothing is found the reader is told what to try, and led to the glossary, by keyboard
    too.
    """
    page = browser.new_page()
    page.goto(f"{served}{tree}/origin/")
    assert find(page, "量子计算") == []
    assert expected in page.get_by_role("status").first.inner_text()
    link = page.locator(".md-search-result__meta a")
    while not link.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.querySelector('.md-search').contains(document.activeElement)"
        )
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{tree}/glossary/")
    page.close()


@pytest.mark.parametrize("width", [390, 1200])
def test_shortcut(browser, served, width):
    """Ctrl+K turns to the search from anywhere on the page, at any width."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{served}en/origin/")
    page.keyboard.press("Control+k")
    page.keyboard.type("watt")
    page.locator("[role=option]").first.wait_for()
    assert page.get_by_role("combobox").get_attribute("title") == "Ctrl+K"
    page.close()


def test_nothing_before_it_is_asked_for(browser, served):
    """Until the reader turns to search, nothing of it is loaded; then only the index of the page's
    language.
    """
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}zh/origin/", wait_until="networkidle")
    before = [url for url in asked if "search" in url]
    find(page, "硬科技")
    after = sorted(url.rpartition("/")[2].split(".")[0] for url in asked if "search" in url)
    assert (before, after) == ([], ["search", "search-zh"])
    page.close()


def test_keyboard(browser, served):
    """Arrows choose, Enter follows to the paragraph, Escape gives the page back; the field says all
    of it to a screen reader.
    """
    page = browser.new_page()
    page.goto(f"{served}en/origin/")
    find(page, "steam engine")
    field = page.get_by_role("combobox")
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "1.3" in page.locator("[role=group]:has([aria-selected=true])").get_attribute(
        "aria-label"
    )
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
    keyboard.send(
        "Input.imeSetComposition", {"text": "zheng qi ji", "selectionStart": 11, "selectionEnd": 11}
    )
    assert (
        page.locator("[role=option]").count() == 0
        and "没有" not in page.locator(".md-search-result__meta").inner_text()
    )
    keyboard.send("Input.insertText", {"text": "蒸汽机"})
    assert page.locator("[role=option]").first.get_attribute("href").endswith("/zh/dimensions/#p5")
    page.close()


def test_from_a_missing_address(browser, served):
    """The page for a missing address searches too, and leads to the parallel pages."""
    page = browser.new_page()
    page.goto(f"{served}404.html")
    find(page, "steam engine")
    assert (
        page.locator("[role=option]")
        .first.get_attribute("href")
        .endswith("/paper/zh-en/dimensions/#p5")
    )
    page.close()


def test_from_disk(browser, site):
    """Search works on a page opened from disk."""
    page = browser.new_page()
    page.goto((site / "zh/origin/index.html").as_uri())
    assert find(page, "蒸汽机")[0] == ("index.html", "p5")
    page.close()


def test_variants():
    """The index brings the traditional characters of those that its texts use, and no others."""
    assert find_variants(["创新x", "台"]) == "創创檯台臺台颱台"


@pytest.mark.parametrize(
    ("tree", "query", "expected"),
    [("zh", "中央电视台", "编者注：…"), ("en", "China Central", "Editor’s note: …")],
)
def test_a_note_is_known_as_one(browser, served, tree, query, expected):
    """A piece from the middle of an editor's note still says whose words it is."""
    page = browser.new_page()
    page.goto(f"{served}{tree}/origin/")
    find(page, query)
    assert any(
        text.startswith(expected) for text in page.locator("[role=option] p").all_inner_texts()
    )
    page.close()
