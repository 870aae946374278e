"""The engines that readers have, behind one small face: open a page at a size, evaluate, capture.

Chromium is driven by Playwright, as everywhere in the suite; Firefox by WebDriver BiDi, which it
speaks itself; WebKitGTK, the nearest to an iPhone that a Linux machine has, by WebDriver on a
screen that is not there. Firefox and WebKitGTK are Debian's packages.
"""

import base64
import glob
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page
from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from websocket import WebSocket, create_connection

SCREEN = (2000, 1400)  # wide enough for a frame of 1920
FRAME = """
const [address, width, height] = arguments;
const frame = document.createElement("iframe");
frame.style = "position: fixed; top: 0; left: 0; border: 0";
frame.width = width;
frame.height = height;
document.body.replaceChildren(frame);
return new Promise((done) => {
  frame.onload = () => done(true);
  frame.src = address;
});
"""
MOUSE = 'user_pref("ui.primaryPointerCapabilities", 6); user_pref("ui.allPointerCapabilities", 6);'


class Chromium:
    """A page of Playwright's."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, address: str, width: int, height: int = 900) -> None:
        """Shows the page in a window of this many CSS pixels, loaded."""
        self._page.set_viewport_size({"width": width, "height": height})
        self._page.goto(address)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression on the page, which must be JSON."""
        return self._page.evaluate(expression)

    def capture(self) -> Image.Image:
        """What is to be seen in the window."""
        return _picture(self._page.screenshot())


class Firefox:
    """A window of Firefox, asked for by commands of WebDriver BiDi
    (https://w3c.github.io/webdriver-bidi/).
    """

    def __init__(self, socket: WebSocket) -> None:
        self._socket, self._sent = socket, 0
        self._send("session.new", capabilities={})
        self._window = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, address: str, width: int, height: int = 900) -> None:
        """As Chromium's."""
        size = {"width": width, "height": height}
        self._send("browsingContext.setViewport", context=self._window, viewport=size)
        self._send("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """As Chromium's."""
        answer = self._send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._window},
            awaitPromise=True,
        )
        if answer["type"] != "success":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def capture(self) -> Image.Image:
        """As Chromium's."""
        shot = self._send("browsingContext.captureScreenshot", context=self._window)
        return _picture(base64.b64decode(shot["data"]))

    def _send(self, method: str, **parameters: Any) -> Any:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._sent:
                break
        if answer["type"] != "success":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]


class WebKit:
    """A window of WebKitGTK with the page in a frame, for no window is as narrow as a phone."""

    def __init__(self, driver: webdriver.WebKitGTK, host: str) -> None:
        self._driver, self._size = driver, SCREEN
        driver.set_window_rect(width=SCREEN[0], height=SCREEN[1])
        driver.get(host)

    def open(self, address: str, width: int, height: int = 900) -> None:
        """As Chromium's."""
        self._size = (width, height)
        self._driver.switch_to.default_content()
        self._driver.execute_script(FRAME, address, width, height)
        self._enter()

    def evaluate(self, expression: str) -> Any:
        """As Chromium's."""
        return self._driver.execute_script(f"return ({expression})")

    def capture(self) -> Image.Image:
        """As Chromium's."""
        self._driver.switch_to.default_content()
        window = _picture(self._driver.get_screenshot_as_png())
        self._enter()
        return window.crop((0, 0, *self._size))

    def _enter(self) -> None:
        self._driver.switch_to.frame(self._driver.find_element("css selector", "iframe"))


Engine = Chromium | Firefox | WebKit


@contextmanager
def firefox(host: str) -> Iterator[Firefox]:
    """Firefox without a screen, with a mouse, in a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        Path(profile, "user.js").write_text(MOUSE, "utf-8")
        program = [find_firefox(), "--headless", "--no-remote", "--profile", profile]
        process = subprocess.Popen(
            [*program, "--remote-debugging-port=0"], stderr=subprocess.PIPE, text=True
        )
        try:
            listening = (re.search(r"listening on (ws://\S+)", line) for line in process.stderr)
            address = next(match[1] for match in listening if match)
            socket = create_connection(f"{address}/session", suppress_origin=True)
            yield Firefox(socket)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def webkit(host: str) -> Iterator[WebKit]:
    """WebKitGTK's small browser on a screen of its own; `host` is any small page of the site."""
    with _screen() as display:
        options = Options()
        options.binary_location = find_minibrowser()
        options.add_argument("--automation")
        environment = {**os.environ, "DISPLAY": display}
        service = Service(shutil.which("WebKitWebDriver"), env=environment)
        driver = webdriver.WebKitGTK(options, service)
        try:
            yield WebKit(driver, host)
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """The name of a display that Xvfb chose itself: `:1`."""
    reader, writer = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1] + 100}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def find_firefox() -> str | None:
    """Path of a Firefox, the ESR that Debian packages first."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def find_minibrowser() -> str | None:
    """Path of WebKitGTK's own browser, where its driver and a screen are there too."""
    found = glob.glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
    complete = found and shutil.which("WebKitWebDriver") and shutil.which("Xvfb")
    return found[0] if complete else None
