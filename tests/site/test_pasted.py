"""Addresses as people paste them lead where they were meant; where they lead nowhere, the reader is
told in his language.
"""

import pytest

GLUED = ["。", "%E3%80%82", "，", ")", "）。", "”", "/。", "…", "的定义", "%20见下", "index.html。"]


@pytest.fixture(scope="module")
def hosted(served, site, browser):
    """A page at a host that answers a missing address with 404.html, as hosts do."""
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    missing = (site / "404.html").read_bytes()

    def answer(route):
        found = route.fetch()
        route.fulfill(response=found) if found.ok else route.fulfill(
            status=404, body=missing, content_type="text/html"
        )

    page.route(f"{served}**", answer)
    yield page
    page.unroute_all(behavior="ignoreErrors")
    page.close()


@pytest.mark.parametrize("glued", GLUED)
def test_path(hosted, served, glued):
    """Whatever is glued to the end of a page's address, the page comes."""
    hosted.goto(f"{served}zh/definition/{glued}#p5", wait_until="commit")
    hosted.locator("h1", has_text="1.2").wait_for()
    hosted.locator("#p5:target").wait_for()


@pytest.mark.parametrize("glued", ["。", ",", "%E3%80%82", ")。", "的第五段", "！见"])
def test_fragment(hosted, served, glued):
    """Whatever is glued to the name of a paragraph, the paragraph is shown, on the way in and
    later.
    """
    hosted.goto(f"{served}zh/definition/#p5{glued}")
    hosted.wait_for_url(f"{served}zh/definition/#p5")
    hosted.evaluate(f"location.hash = '#p6{glued}'")
    hosted.wait_for_url(f"{served}zh/definition/#p6")
    hosted.locator("#p6:target").wait_for()


def test_a_fragment_that_names_nothing_stays(hosted, served):
    """A fragment that is no place of the page, mended or not, is left as it is."""
    hosted.goto(f"{served}zh/definition/#nowhere。")
    hosted.locator("h1").wait_for()
    assert "nowhere" in hosted.url


MISSING = {
    "en": ("No such page", "Contents", "watt", "en", "404 — Hard Tech Changes the World"),
    "zh": ("没有这一页", "目录", "瓦特", "zh-Hans", "404 — 硬科技改变世界"),
}


@pytest.mark.parametrize("tree", MISSING)
def test_the_missing_page_speaks_the_language_of_its_tree(hosted, served, tree):
    """A missing page under a tree has its heading, contents and search in that tree's language, and
    leads into it.
    """
    heading, contents, query, lang, title = MISSING[tree]
    hosted.goto(f"{served}{tree}/nothing-like-this/")
    assert hosted.locator("h1").inner_text() == heading
    assert hosted.locator(".contents").get_attribute("aria-label") == contents
    assert (hosted.locator("html").get_attribute("lang"), hosted.title()) == (lang, title)
    links = hosted.locator(".contents a").evaluate_all("links => links.map(link => link.href)")
    assert all(link.startswith(f"{served}{tree}/") for link in links)
    hosted.locator(".md-search__input").fill(query)
    hosted.locator("[role=option]").first.wait_for()
    found = hosted.locator("[role=option]").evaluate_all("links => links.map(link => link.href)")
    assert all(link.startswith(f"{served}{tree}/") for link in found)
    other = "zh-Hans" if lang == "en" else "en"
    assert hosted.locator(f"span[lang={other}]").count() == 0


@pytest.mark.parametrize("path", ["nothing/", "zh-en/nothing/"])
def test_elsewhere_it_speaks_both(hosted, served, path):
    """Outside the two languages the missing page speaks both; what the parallel view lacks leads
    into that.
    """
    hosted.goto(f"{served}{path}")
    assert hosted.locator("h1").inner_text().split("\n") == ["没有这一页", "No such page"]
    link = hosted.locator(".contents a").nth(1).get_attribute("href")
    assert link.endswith("zh-en/introduction/" if "zh-en" in path else "zh/introduction/")
