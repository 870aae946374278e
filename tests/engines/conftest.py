"""The engines' room: each of its tests runs in every engine of this machine.

With CI set a missing engine is installed; without it the last line names it.
"""

import os
from collections.abc import Iterator

import pytest
from drivers import Chromium, Engine, find_firefox, find_minibrowser, firefox, webkit

from debian import ensure

# What Debian's packages bring, and how it is found.
NEEDED = {
    "Firefox": ("firefox-esr", find_firefox, firefox),
    "WebKit": ("webkit2gtk-driver xvfb", find_minibrowser, webkit),
}
missing: set[str] = set()


@pytest.fixture(scope="session", params=["Chromium", *NEEDED])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One window of each engine for the session."""
    served = request.getfixturevalue("served")
    if request.param == "Chromium":
        with request.getfixturevalue("browser").new_context() as context:
            yield Chromium(context.new_page())
        return
    packages, find, start = NEEDED[request.param]
    if os.environ.get("CI"):
        ensure(packages, find)
    if not find():
        missing.add(request.param)
        pytest.skip(f"no {request.param} on this machine")
    with start(f"{served}robots.txt") as window:
        yield window


def pytest_unconfigure() -> None:
    """The last line names each engine that nothing was measured in."""
    for name in sorted(missing):
        print(f"not measured in {name}: apt-get install {NEEDED[name][0]}")
