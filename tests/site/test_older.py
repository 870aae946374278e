"""Older engines: what they cannot read is not sent to them, and a page whose script fails can be
read and used.
"""

import json
import re

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Parser

# Syntax of ECMAScript 2022 and later, which Safari 14, Chromium 90 or Firefox 102 cannot read, by
# the grammar's names.
LATER_SYNTAX = {
    "class_static_block",
    "field_definition",
    "private_property_identifier",
    "import_attribute",
    "decorator",
    "using_declaration",
}
JAVASCRIPT = Parser(Language(tree_sitter_javascript.language()))
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def too_new(script: str) -> list[str]:
    """Every piece of a script that the oldest engines cannot read; patterns made of strings count
    as patterns.
    """
    found, nodes = [], [JAVASCRIPT.parse(script.encode()).root_node]
    while nodes:
        node = nodes.pop()
        nodes += node.children
        text = node.text.decode()
        outside = node.type == "await_expression" and not _in_function(node)
        behind = node.type in ("regex_pattern", "string", "template_string") and "(?<" in text
        behind = behind and bool(re.search(r"\(\?<[=!]", text))
        flags = node.type == "regex_flags" and bool({"d", "v"} & set(text))
        if node.is_error or node.type in LATER_SYNTAX or outside or behind or flags:
            found.append(text)
    return found


def _in_function(node) -> bool:
    while node := node.parent:
        if "function" in node.type or node.type == "method_definition":
            return True
    return False


LATER_SCRIPTS = [
    "class A { static { x(); } }",
    "class A { x = 1; }",
    "class A { #x() {} }",
    "await x;",
    "const a = /(?<=b)c/;",
    'new RegExp("(?<!b)c");',
    "new RegExp(`(?<=${b})c`);",
    "const a = /b/v;",
    "const a = ;",
]


@pytest.mark.parametrize("script", LATER_SCRIPTS)
def test_what_is_too_new(script):
    """Syntax after ECMAScript 2021, and whatever looks behind, is found wherever it stands."""
    assert too_new(script)


def test_scripts_can_be_read(site):
    """Every script of the site, in files and in pages, keeps to what Safari 14, Chromium 90 and
    Firefox 102 read.
    """
    scripts = {path.name: path.read_text("utf-8") for path in site.rglob("*.js")}
    for path in site.rglob("*.html"):
        scripts |= {body: body for body in INLINE.findall(path.read_text("utf-8"))}
    assert len(scripts) > 5
    assert {name: found for name, text in scripts.items() if (found := too_new(text))} == {}


@pytest.mark.parametrize(
    "script",
    [
        "const a = /(?<=/;",
        "throw new Error();",
        "document.querySelector(':no-such-thing(a)');",
        None,
    ],
)
def test_script_fails(browser, served, script):
    """A page whose script cannot be read, fails or does not come reads as one without scripts: the
    drawer opens, and nothing shows that does nothing.
    """
    page = browser.new_page(viewport={"width": 390, "height": 800})
    answer = {"body": script, "content_type": "text/javascript"}
    page.route(
        "**/assets/site*.js", lambda route: route.fulfill(**answer) if script else route.abort()
    )
    page.goto(f"{served}en/origin/")
    assert page.locator("html").get_attribute("class") == "no-js"
    assert not page.locator(".scheme, .md-search").locator("visible=true").count()
    page.locator(".md-header label[for=__drawer]").click()
    page.locator(".contents a").first.wait_for()
    page.close()


def test_script_works(browser, served):
    """An error of somebody else's script takes nothing from the page."""
    page = browser.new_page()
    page.route("**/assets/site*.js", lambda route: route.continue_())
    page.add_init_script(
        "setTimeout(() => { throw new Error('of an application around the page'); })"
    )
    page.goto(f"{served}en/origin/")
    assert page.locator("html").get_attribute("class") == "js"
    page.close()


# What Safari 14, Chromium 90 and Firefox 102 lack, one of them at least.
LATER = """
Array.prototype: at findLast findLastIndex toSorted toReversed toSpliced with
String.prototype: at isWellFormed toWellFormed
Object: hasOwn groupBy
Promise: withResolvers try
Element.prototype: checkVisibility setHTMLUnsafe
HTMLElement.prototype: inert showPopover hidePopover togglePopover
HTMLDialogElement.prototype: show showModal close
Document.prototype: startViewTransition
Navigator.prototype: share canShare clipboard userAgentData
Intl: Segmenter
URL: canParse parse
Set.prototype: union intersection difference
window: structuredClone requestIdleCallback ClipboardItem HTMLDialogElement Iterator navigation scheduler Sanitizer
"""
OLDER_ENGINE = """
for (const [holder, names] of %s) {
  const from = holder.split(".").reduce((found, name) => found[name], window);
  for (const name of names) delete from[name];
}
for (const name of ["querySelector", "querySelectorAll", "matches", "closest"]) {
  for (const { prototype } of [Element, Document]) {
    const ask = prototype[name];
    if (ask) prototype[name] = function (selector) {
      if (/:has\\(|:focus-visible|:popover-open|:open\\b/.test(selector)) throw new SyntaxError(selector);
      return ask.call(this, selector);
    };
  }
}
"""


@pytest.mark.parametrize(
    "address", ["", "zh/dimensions/", "en/origin/", "zh-en/glossary/", "en/about/", "404.html"]
)
def test_nothing_newer_is_called(browser, served, address):
    """Without whatever browsers learned since 2021 every page works: contents, search, terms,
    notes, passing on.
    """
    lacking = [line.split(": ") for line in LATER.strip().splitlines()]
    page = browser.new_page(viewport={"width": 800, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(
        OLDER_ENGINE % json.dumps([(holder, names.split()) for holder, names in lacking])
    )
    page.goto(f"{served}{address}")
    page.mouse.wheel(0, 900)
    for selector in (".scheme", ".md-header [data-for=drawer]", "a.footnote-ref", "a.permalink"):
        if page.locator(selector).count():
            page.locator(selector).first.dispatch_event("click")
    for selector in ("a.term", "a.footnote-ref", "a.permalink"):
        if page.locator(selector).count():
            page.locator(selector).first.focus()
            page.locator(selector).first.hover(force=True)
    if page.locator("figure svg").count():
        page.locator("figure svg").locator("visible=true").first.click(force=True)
    page.wait_for_load_state("networkidle")  # what was asked for takes the focus when it is there
    page.keyboard.press("Escape")
    if page.locator(".md-search__input").count():
        page.keyboard.press("Control+k")
        page.keyboard.type("tech")
        page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Escape")
    assert (errors, page.locator("html").get_attribute("class")) == ([], "js")
    page.close()
