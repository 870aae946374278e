"""What leaves the reader's machine: requests for the site's own files, and nothing else."""

from urllib.parse import urlsplit

import pytest

from whitepaper.book import TREES, read_book

ADDRESSES = [
    "",
    "404.html",
    *(
        f"{tree}/{name}"
        for tree in TREES
        for name in ("", *(f"{name}/" for name in read_book().names if name != "index"))
    ),
]
WATCH = "addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"


class _Watch:
    """What a browser context asked for, what failed, and what the pages complained of."""

    def __init__(self, context) -> None:
        self.asked, self.wrong = [], []
        context.add_init_script(WATCH)
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("requestfailed", self._failed)
        context.on(
            "response",
            lambda response: (
                response.status >= 400 and self.wrong.append(f"{response.url}: {response.status}")
            ),
        )
        context.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and self.wrong.append(message.text)
            ),
        )
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the icon of a page that was left before it came
            self.wrong.append(f"{request.url}: {request.failure}")


@pytest.fixture
def context(browser):
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as opened:
        yield opened


def test_own_files_only(context, served):
    """No page asks another host for anything, no request fails, nothing violates the policy,
    nothing is said on the console.
    """
    watch, page = _Watch(context), context.new_page()
    for address in ADDRESSES:
        page.goto(served + address)
    page.wait_for_load_state("networkidle")
    assert watch.wrong == []
    assert {urlsplit(url).netloc for url in watch.asked} == {urlsplit(served).netloc}


def test_in_use(context, served):
    """The same holds while a reader searches, changes the colours, opens a term, copies a place,
    cites, and changes the view.
    """
    watch, page = _Watch(context), context.new_page()
    page.goto(f"{served}zh/definition/", wait_until="networkidle")
    page.locator(".scheme").click()
    page.locator("a.term").first.hover()
    page.hover("#p2")
    page.locator("#p2 > a.permalink").click()
    page.keyboard.press("Escape")
    page.get_by_text("引用本章").click()
    page.locator(".cite button").first.click()
    page.locator(".md-search__input").click()
    page.keyboard.type("硬科技")
    page.locator("[role=option]").first.click()
    page.locator("a[data-view=en]").click()
    page.wait_for_load_state("networkidle")
    assert watch.wrong == []
    assert {urlsplit(url).netloc for url in watch.asked} == {urlsplit(served).netloc}


def test_from_disk(context, site):
    """Opened from disk, pages style themselves and run, without a complaint."""
    watch, page = _Watch(context), context.new_page()
    for address in ("index.html", "zh/definition/index.html", "zh-en/dimensions/index.html"):
        page.goto((site / address).as_uri(), wait_until="load")
    assert (watch.wrong, {urlsplit(url).scheme for url in watch.asked}) == ([], {"file"})


def test_nothing_is_kept(context, served):
    """No cookie; nothing in the browser's storage until the reader chooses something, and choosing
    back forgets it.
    """
    page = context.new_page()
    for address in ("", "zh/definition/", "en/origin/"):
        page.goto(served + address, wait_until="networkidle")
    kept = (
        "JSON.stringify([document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)])"
    )
    assert (context.cookies(), page.evaluate(kept)) == ([], '["",[],[]]')
    page.locator(".scheme").click()
    assert page.evaluate("localStorage.length") == 1
    page.locator(".scheme").click()
    page.locator(".scheme").click()
    assert page.evaluate(kept) == '["",[],[]]'
