"""parallel: both languages block by block, each id once, and the switch keeps the place."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from article import read_article
from minibook import SITE_URL
from whitepaper.book import TREES, BookError, read_book
from whitepaper.content import parse
from whitepaper.site.parallel import merge_content, untranslated

CASES = {
    "paragraph": (
        '<p id="p1">一</p>',
        '<p id="p1">One</p>',
        '<div id="p1" class="pair"><p lang="zh-Hans">一</p> <p lang="en">One</p></div>',
    ),
    "heading": (
        '<h2 id="a">一</h2>',
        '<h2 id="a">One</h2>',
        '<h2 id="a" class="pair"><span lang="zh-Hans">一</span> <span lang="en">One</span></h2>',
    ),
    "item": (
        '<ol><li id="p1">一<ul><li id="p2">二</li></ul></li></ol>',
        '<ol><li id="p1">One<ul><li id="p2">Two</li></ul></li></ol>',
        '<ol><li id="p1"><div class="pair"><div lang="zh-Hans">一</div> <div lang="en">One</div></div><ul><li id="p2"><div class="pair"><div lang="zh-Hans">二</div> <div lang="en">Two</div></div></li></ul></li></ol>',
    ),
    "table": (
        "<table><tbody><tr><td>一</td></tr></tbody></table>",
        "<table><tbody><tr><td>One</td></tr></tbody></table>",
        '<table><tbody><tr><td class="pair"><span lang="zh-Hans">一</span> <span lang="en">One</span></td></tr></tbody></table>',
    ),
    "definitions": (
        '<dl><dt id="term-a">一</dt><dd>甲</dd></dl>',
        '<dl><dt id="term-a">One</dt><dd>A</dd></dl>',
        '<dl><dt id="term-a" class="pair"><span lang="zh-Hans">一</span> <span lang="en">One</span></dt><dd><div class="pair"><div lang="zh-Hans">甲</div> <div lang="en">A</div></div></dd></dl>',
    ),
    "figure": (
        '<figure id="figure-a" class="figure"><img src="a.svg" alt="一"/><figcaption>一</figcaption></figure>',
        '<figure id="figure-a" class="figure"><img src="a.svg" alt="One"/><figcaption>One</figcaption></figure>',
        '<div id="figure-a" class="pair"><figure lang="zh-Hans" class="figure"><img src="a.svg" alt="一" /><figcaption>一</figcaption></figure> '
        '<figure lang="en" class="figure"><img src="a.svg" alt="One" /><figcaption>One</figcaption></figure></div>',
    ),
    "notice": (
        '<div class="admonition notice"><p class="admonition-title">注</p></div>',
        '<div class="admonition notice"><p class="admonition-title">Note</p></div>',
        '<div class="admonition notice"><div class="admonition-title pair"><p lang="zh-Hans">注</p> <p lang="en">Note</p></div></div>',
    ),
    "bare words in a box": (
        '<div class="box">一 <b>二</b><p id="p1">三</p>四</div>',
        '<div class="box">One <b>two</b><p id="p1">Three</p>four</div>',
        '<div class="box"><div class="pair"><div lang="zh-Hans">一 <b>二</b><span>四</span></div> <div lang="en">One <b>two</b><span>four</span></div></div>'
        '<div id="p1" class="pair"><p lang="zh-Hans">三</p> <p lang="en">Three</p></div></div>',
    ),
    "inner ids stand once": (
        '<p id="p1">一<sup id="fnref-a"><a class="footnote-ref" href="#fn-a">1</a></sup></p>',
        '<p id="p1">One<sup id="fnref-a"><a class="footnote-ref" href="#fn-a">2</a></sup></p>',
        '<div id="p1" class="pair"><p lang="zh-Hans">一<sup id="fnref-a"><a class="footnote-ref" href="#fn-a">1</a></sup></p> '
        '<p lang="en">One<sup><a class="footnote-ref" href="#fn-a">1</a></sup></p></div>',
    ),
    "notes by id": (
        '<ol><li id="fn-a"><p>甲 <a class="footnote-backref">↩</a></p></li><li id="fn-b"><p>乙</p></li></ol>',
        '<ol><li id="fn-b"><p>B</p></li><li id="fn-a"><p>A <a class="footnote-backref">↩</a></p></li></ol>',
        '<ol><li id="fn-a"><div class="pair"><p lang="zh-Hans">甲 <a class="footnote-backref">↩</a></p> <p lang="en">A </p></div></li>'
        '<li id="fn-b"><div class="pair"><p lang="zh-Hans">乙</p> <p lang="en">B</p></div></li></ol>',
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_merge_content(case):
    """Blocks of each kind are paired, each half with its language."""
    zh, en, expected = CASES[case]
    merged = merge_content(parse(zh), parse(en), "a.md")
    assert ElementTree.tostring(merged, "unicode").replace("\n", "") == f"<div>{expected}</div>"


@pytest.mark.parametrize(
    ("zh", "en", "said"),
    [
        ('<p id="p1">一</p>', "", "<p id=p1> against nothing"),
        ("", '<p id="p1">One</p>', "nothing against <p id=p1>"),
        ('<p id="p1">一</p>', '<p id="p2">One</p>', "<p id=p1> against <p id=p2>"),
        ("<ul><li>一</li></ul>", "<ol><li>One</li></ol>", "<ul> against <ol>"),
        (
            '<ul><li id="p1">一</li></ul>',
            '<ul><li id="p1">One</li><li id="p2">Two</li></ul>',
            "nothing against <li id=p2>",
        ),
    ],
)
def test_structures_differ(zh, en, said):
    """Where the two languages differ in structure the build stops, and both files are named."""
    with pytest.raises(BookError) as stopped:
        merge_content(parse(zh), parse(en), "origin.md")
    assert (
        str(stopped.value)
        == f"docs/zh/origin.md and docs/en/origin.md must have the same blocks: {said}. Write the missing one, or give it the same id"
    )


def test_untranslated():
    """A page without translation stands in Chinese after one notice in English."""
    page = untranslated(parse('<h1 id="a">一</h1><p id="p1">二</p>'))
    assert [(block.tag, block.get("lang"), block.get("class")) for block in page] == [
        ("h1", "zh-Hans", None),
        ("div", "en", "admonition notice"),
        ("p", "zh-Hans", None),
    ]


def test_whole_tree(site):
    """Every page of the parallel tree has the anchors of both languages, each once, and every half
    says its language.
    """
    for name in read_book().names:
        ids = {
            tree: [
                block.get("id")
                for block in read_article(site, tree, name).iter()
                if block.get("id") and not block.get("id").startswith("fig-")  # a drawing's own
            ]
            for tree in ("zh", "en", "zh-en")
        }
        assert len(ids["zh-en"]) == len(set(ids["zh-en"]))
        assert set(ids["zh-en"]) == set(ids["zh"]) | set(ids["en"])
        pairs = [
            block
            for block in read_article(site, "zh-en", name).iter()
            if "pair" in block.get("class", "").split()
        ]
        assert pairs and all(
            [half.get("lang") for half in pair if half.tag != "a"] == ["zh-Hans", "en"]
            for pair in pairs
        )


def test_names_of_the_views(site):
    """The parallel view is named in the language of the page, on the cover in both, and each name
    says its language.
    """
    named = {
        page: re.search(
            r'<a [^>]*data-view="zh-en"[^>]*>(.*?)</a>',
            (site / page / "index.html").read_text("utf-8"),
        )
        for page in ("", *TREES)
    }
    both = '<span lang="zh-Hans">对照</span> <span lang="en">Parallel</span>'
    assert {page: link[1] for page, link in named.items()} == {
        "": both,
        "zh": "对照",
        "en": "Parallel",
        "zh-en": "对照",
    }
    assert [page for page, link in named.items() if ' lang="en"' in link[0].partition(">")[0]] == [
        "en"
    ]


def test_no_dead_links(site):
    """Every relative link of every page leads to a file, and every anchor to a place."""
    dead, pages = [], {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    for path, text in pages.items():
        for link in re.findall(r'(?:href|src)="([^"#:]*(?:#[^"]*)?)"', text):
            target, _, anchor = link.partition("#")
            file = (
                (
                    site / target.removeprefix(urlsplit(SITE_URL).path)
                    if target.startswith("/")
                    else path.parent / target
                ).resolve()
                if target
                else path
            )
            file = file / "index.html" if file.is_dir() else file
            if not file.exists() or (anchor and f'id="{anchor}"' not in pages.get(file, "")):
                dead.append((str(path.relative_to(site)), link))
    assert dead == []


@pytest.mark.parametrize("width", [390, 1440])
def test_items_are_numbered_twice(browser, served, width):
    """Each item, and each note, shows its number or bullet at its English as well, off the words."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    marks = {}
    for name in ("definition", "essence"):
        page.goto(f"{served}zh-en/{name}/")
        marks |= page.evaluate("""() => Object.fromEntries([...document.querySelectorAll(".md-content :is(ol, ul) > li[id]")].map((item) => {
            const half = item.querySelector(".pair > [lang=en]"), mark = getComputedStyle(half, "::before");
            const end = parseFloat(mark.left) + parseFloat(mark.width), start = parseFloat(getComputedStyle(half).paddingLeft);
            return [item.id, [item.parentElement.tagName, mark.content, mark.position === "absolute" && end <= start]];
        }))""")
    mark = {"OL": 'counter(list-item) ". " / ""', "UL": '"• " / ""'}
    assert {"OL", "UL"} == {tag for tag, *_ in marks.values()} and any(
        name.startswith("fn-") for name in marks
    )
    assert marks == {name: [tag, mark[tag], True] for name, (tag, *_) in marks.items()}
    page.close()


STARTS = """() => [...document.querySelectorAll(".md-content .pair:not(td, th, dt, dd *, .figure, .bubble *)")].filter((pair) => !pair.querySelector(":scope > figure"))
  .map((pair) => [...pair.children].filter((half) => half.lang).map((half) => half.getBoundingClientRect())).map(([zh, en]) => [zh.right, en.left])"""


def test_columns(browser, served):
    """English, which needs more room, has 13 parts to the 10 of Chinese, as in the PDF.

    All Chinese ends and all English starts at one line, whatever a block is indented by. A figure
    is one, in both languages.
    """
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    for name in ("definition", "essence", "about"):
        page.goto(f"{served}zh-en/{name}/")
        ends, starts = zip(*page.evaluate(STARTS))
        assert max(ends) - min(ends) < 2 and max(starts) - min(starts) < 2
        zh, en = (
            page.locator(f"#p1 > [lang={lang}]").bounding_box()["width"]
            for lang in ("zh-Hans", "en")
        )
        assert zh / en == pytest.approx(10 / 13, abs=0.01)
    page.goto(f"{served}zh-en/definition/")
    assert page.locator("#figure-fields svg.fig-wide").count() == 1
    page.goto(f"{served}zh-en/glossary/")
    term, zh, en = (
        page.locator(part).first.bounding_box()["width"]
        for part in (".glossary dt", "dd > .pair > [lang=zh-Hans]", "dd > .pair > [lang=en]")
    )
    assert term < zh < en
    page.close()


@pytest.fixture(params=["click", "keyboard"])
def follow(request):
    """Follows a link as a reader with a mouse, or with a keyboard, does."""
    return (
        _point_and_click
        if request.param == "click"
        else lambda link: (link.focus(), link.press("Enter"))
    )


def _point_and_click(link) -> None:
    box = link.bounding_box()
    link.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def top_place(page) -> str:
    """The numbered paragraph at the top of the window."""
    return page.evaluate("""() => [...document.querySelectorAll('.md-content [id]')].find(block => /^p\\d/.test(block.id)
        && block.getBoundingClientRect().bottom > document.querySelector('.md-header').offsetHeight + 12)?.id""")


@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("zh", "en"),
        ("en", "zh"),
        ("zh", "zh-en"),
        ("zh-en", "zh"),
        ("en", "zh-en"),
        ("zh-en", "en"),
    ],
)
def test_switch_keeps_the_place(browser, served, follow, start, goal):
    """From any view to any other: the targeted paragraph stays the target, and without one the
    paragraph at the top stays at the top.
    """
    page = browser.new_page(viewport={"width": 1200, "height": 700})
    page.goto(f"{served}{start}/dimensions/#p5")
    follow(page.locator(f"a[data-view={goal}]"))
    page.wait_for_url(f"**/{goal}/dimensions/#p5")
    page.goto(f"{served}{start}/dimensions/")
    page.evaluate(
        "scrollTo({top: document.getElementById('p4').getBoundingClientRect().top + scrollY - 80, behavior: 'instant'})"
    )
    before = top_place(page)
    assert before == "p4"
    follow(page.locator(f"a[data-view={goal}]"))
    page.wait_for_url(f"**/{goal}/dimensions/#{before}")
    assert top_place(page) == before
    page.close()


def test_switch_without_scripts(browser, served):
    """Without scripts the switch leads to the same page of the other tree."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served}zh/definition/#p3")
    page.locator("a[data-view=zh-en]").click()
    assert page.url == f"{served}zh-en/definition/"
    assert page.locator("a[data-view=zh-en]").get_attribute("aria-current") == "page"
    page.context.close()
