"""Older engines: what they cannot read is not sent to them, and a page whose script fails can be read and used."""

import json
import re

import pytest


def test_no_lookbehind(site):
    """No pattern, written out or made of strings, looks behind: Safari before 16.4 reads none of a script that does."""
    scripts = {path.name: path.read_text("utf-8") for path in site.rglob("*.js")}
    pages = {path.name: path.read_text("utf-8") for path in site.rglob("*.html")}
    assert (
        scripts
        and [name for name, text in (scripts | pages).items() if re.search(r"\(\?<[=!]", text)]
        == []
    )


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
    """A page whose script cannot be read, fails or does not come reads as one without scripts: the drawer opens, and nothing shows that does nothing."""
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
    """Without whatever browsers learned since 2021 every page works: contents, search, terms, notes, passing on."""
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
    page.keyboard.press("Escape")
    if page.locator(".md-search__input").count():
        page.keyboard.press("Control+k")
        page.keyboard.type("tech")
        page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Escape")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    if page.locator("[data-tree]:not([data-tree=''])").count():
        page.locator(".place-here").locator("visible=true").wait_for()
    assert (errors, page.locator("html").get_attribute("class")) == ([], "js")
    page.close()
