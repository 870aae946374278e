"""assets: one style sheet, smaller than the theme's and ours, with the same effect on every page."""

import json
import re
from functools import partial

import pytest

from whitepaper.book import ROOT, read_book
from whitepaper.look import read_look
from whitepaper.site.assets import purge, read_styles, shorten, words_in_use

CASES = [
    ("p{color:red}", "p{color:red}"),
    (".a{color:red}.gone{color:blue}", ".a{color:red}"),
    (".a,.gone,.b .gone{color:red}", ".a{color:red}"),
    ("p:not(.gone){color:red}", "p:not(.gone){color:red}"),
    (":is(.gone,.a) p{color:red}", ":is(.gone,.a) p{color:red}"),
    ('[dir="rtl"] p{color:red}[lang="en"] p{color:blue}', '[lang="en"] p{color:blue}'),
    ("article{color:red}", ""),
    ("@media print{.gone{color:red}}@media print{.a{color:red}}", "@media print{.a{color:red}}"),
    ("p{--x:1;--y:var(--z);--z:2;color:var(--y)}", "p{--y:var(--z);--z:2;color:var(--y)}"),
    (
        "@keyframes k{to{top:0}}@keyframes gone{to{top:0}}p{animation:k 1s}",
        "@keyframes k{to{top:0}}p{animation:k 1s}",
    ),
    ("/* note */ p { color : red ; margin: 0 }", "p{color:red;margin:0}"),
    (".a::before{content:';}'}", '.a::before{content:";}"}'),
    ("p{color:red;& .a{color:blue}}", "p{color:red;& .a{color:blue}}"),
    (".a.js-made{color:red}", ".a.js-made{color:red}"),
    ("p{color:red!important}", "p{color:red!important}"),
    (
        "@supports (color: light-dark(#000, #fff)){p{color:red}}",
        "@supports (color: light-dark(#000, #fff)){p{color:red}}",
    ),
]


@pytest.mark.parametrize(("css", "expected"), CASES)
def test_purge(css, expected):
    """What no page can match goes; all else stays, in its order."""
    assert (
        purge(
            css,
            words_in_use(
                ['<p class="a b" lang="en">gone article rtl</p>'], "el.className = 'js-made'"
            ),
        )
        == expected
    )


def test_colours_outside_the_sheet():
    """The icon, and what tells a browser how to colour its frame, have the colours of the sheet in both schemes; icon and header show one drawing."""
    colors = read_look(ROOT).colors
    light, dark = ({name: pair[scheme] for name, pair in colors.items()} for scheme in (0, 1))
    icon, partial = (
        (ROOT / path).read_text("utf-8")
        for path in ("docs/assets/mark.svg", "overrides/partials/look.html")
    )
    assert re.findall(r"#\w{6}", partial) == [light["paper"], dark["paper"]]
    assert re.findall(r"#\w{6}", icon) == [
        light["ink"],
        light["vermilion"],
        dark["ink"],
        dark["vermilion"],
    ]
    drawn = re.findall(r"<path[^>]* d=.*?/>", icon)
    assert len(drawn) == 3 and json.dumps("".join(drawn)) in partial


def test_shorten():
    """Comment lines and indentation go; what stands in a line of code stays."""
    assert (
        shorten("// why\n  a('//');  \n/* long\n   b\n*/\nc(`x // y`);\n")
        == "a('//');\nc(`x // y`);"
    )


SHOWN = """() => {
    const name = element => `${element?.tagName}.${element?.getAttribute('class')}`, kinds = new Map();
    document.querySelectorAll('*').forEach(element => kinds.set(`${name(element.parentElement)} ${name(element)}`, element));
    return [...kinds].flatMap(([kind, element]) => ['', '::before', '::after'].map(part => [kind + part, getComputedStyle(element, part)]))
        .filter(([kind, style]) => !kind.includes('::') || style.content !== 'none')
        .map(([kind, style]) => `${kind} ` + [...style].filter(name => !name.startsWith('--')).map(name => `${name}:${style[name]}`).join(';'));
}"""


def _answer(sheet: str, route) -> None:
    route.fulfill(body=sheet, content_type="text/css; charset=utf-8")


@pytest.mark.parametrize("address", ["", "zh/definition/", "en/glossary/", "zh-en/dimensions/"])
@pytest.mark.parametrize("width", [390, 1440])
def test_same_effect(browser, served, site, address, width):
    """Every kind of element of a page, its drawer, search and panel open, computes to the same style with the published sheet and with the whole."""
    shown = []
    for sheet in (
        next((site / "assets").glob("site.*.css")).read_text("utf-8"),
        read_styles(read_book()),
    ):
        with browser.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce"
        ) as context:
            page = context.new_page()
            page.route("**/site.*.css", partial(_answer, sheet))
            page.goto(served + address)
            page.evaluate(
                "document.querySelectorAll('.md-toggle, details').forEach(part => { part.checked = part.open = true; })"
            )
            page.evaluate(
                "document.querySelectorAll('[hidden]').forEach(part => { part.hidden = false; })"
            )
            shown.append(page.evaluate(SHOWN))
    assert [pair for pair in zip(*shown) if pair[0] != pair[1]][:1] == []
    assert len(shown[0]) == len(shown[1])
