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


def test_enlarged_as_it_stands(browser, served):
    """What is enlarged is the drawing on the page, whole on the screen and as dark as it, as a PNG
    that can be sent on; a tap shows the tapped place larger.
    """
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "color_scheme": "dark"}
    with browser.new_context(**phone) as context:
        page = context.new_page()
        page.goto(f"{served}zh-en/dimensions/")
        drawing = page.locator("figure > svg:visible").first
        sheet = [float(side) for side in drawing.get_attribute("viewBox").split()[2:]]
        page.locator(".fig-enlarge").first.tap()
        image = page.locator("dialog.enlarged > img")
        image.wait_for()
        assert image.get_attribute("src").startswith("data:image/png")
        across, down = image.evaluate("image => [image.naturalWidth, image.naturalHeight]")
        assert across / down == pytest.approx((sheet[0] + 40) / (sheet[1] + 40), rel=0.01)
        box = image.bounding_box()
        assert box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
        corner = """image => {
            const canvas = document.createElement("canvas"), ink = canvas.getContext("2d");
            ink.drawImage(image, 0, 0);
            return [...ink.getImageData(2, 2, 1, 1).data].slice(0, 3).join(", ");
        }"""
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == f"rgb({image.evaluate(corner)})"
        page.touchscreen.tap(200, 400)
        assert image.bounding_box()["width"] > 390


def test_onward(browser, served):
    """A figure that leads on to its chapter is not enlarged: it leads on."""
    page = browser.new_page()
    page.goto(f"{served}zh/")
    assert page.locator("figure:has(.onward) .fig-enlarge").count() == 0
    page.close()
