"""Enlarging a figure."""

import pytest


@pytest.mark.parametrize(("width", "tree"), [(1280, "zh"), (390, "en")])
def test_enlarge(browser, served, width, tree):
    """A figure opens large, by a click and by the keyboard; Escape closes it, the focus is back."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}{tree}/dimensions/")
    assert not [url for url in asked if "enlarge" in url]
    page.locator("figure > svg:visible").first.click()
    image = page.locator("dialog.enlarged > img")
    image.wait_for()
    assert image.get_attribute("alt")
    box = image.bounding_box()
    shown = page.locator("figure > svg:visible").first.bounding_box()
    assert box["width"] > shown["width"]
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    button = page.locator(".fig-enlarge").first
    button.focus()
    page.keyboard.press("Enter")
    image.wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert button.evaluate("node => node === document.activeElement")
    page.close()


def test_onward(browser, served):
    """A figure that leads on to its chapter is not enlarged: it leads on."""
    page = browser.new_page()
    page.goto(f"{served}zh/")
    assert page.locator("figure:has(.onward) .fig-enlarge").count() == 0
    page.close()
