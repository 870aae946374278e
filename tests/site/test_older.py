"""Older engines: what they cannot read is not sent to them, and a page whose script fails can be read and used."""

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
