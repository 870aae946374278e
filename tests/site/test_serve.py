"""serve: what is saved is seen at once, with its problems."""

import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from made_up import write_book
from minibook import ROOT, write_minibook
from waiting import wait_until
from whitepaper.aside import Aside, side_by_side
from whitepaper.serve import build_pages, build_whole, read_state, write_state

BESIDE = "aside[style*='z-index: 99']"
TRIES = 10


SERVE = """
import sys
from pathlib import Path
from whitepaper.serve import serve
try:
    serve(Path(sys.argv[1]), 0)
except KeyboardInterrupt:
    pass
"""


@contextmanager
def preview(root: Path):
    """The address of a preview of `root`, once its first build is there."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(root)], stdout=subprocess.PIPE, text=True
    )
    try:
        address = process.stdout.readline().split()[1]
        assert process.stdout.readline().startswith("serve: ")
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    root = write_minibook(tmp_path_factory.mktemp("serve") / "book")
    with preview(root) as address:
        yield root, address


@pytest.fixture
def page(browser):
    """A page that has left the preview before it closes: a browser may hang where it is told to
    load anew at the same time. Leaving may be cut off by that, too, and is tried again.
    """
    opened = browser.new_page(viewport={"width": 800, "height": 200})
    yield opened
    leave(opened)
    opened.close()


def leave(page) -> None:
    """Goes away from the preview, however often it tells the page to load anew just then."""
    for _ in range(TRIES):
        with suppress(Error):
            page.goto("about:blank")
        if page.url == "about:blank":
            return
    raise AssertionError(f"still at {page.url}")


def write(root: Path, lang: str, text: str) -> None:
    page = root / f"docs/{lang}/origin.md"
    page.write_text(page.read_text("utf-8").partition("}\n\n")[0] + "}\n\n" + text + "\n", "utf-8")


def test_a_saved_page_shows(mini, page):
    """An open page shows what was saved without being touched, in every tree, and keeps the
    reader's place.
    """
    root, address = mini
    page.goto(f"{address}zh-en/origin/")
    write(root, "zh", "蒸汽机改变了世界。")
    page.get_by_text("蒸汽机改变了世界。").wait_for()
    write(root, "en", "The steam engine changed the world.")
    page.get_by_text("The steam engine changed the world.").wait_for()


def test_problems_show_and_go(mini, page):
    """A problem stands beside the page that has it, first of all, and goes when it is mended; the
    page shows all the same.
    """
    root, address = mini
    page.goto(f"{address}zh/origin/")
    write(root, "zh", "第一段。\n\n第二段，见[别处](nowhere.md)。")
    page.get_by_text("第二段").first.wait_for()
    page.locator(BESIDE, has_text="docs/zh/origin.md:8: L").wait_for()
    write(root, "zh", "第一段。")
    write(root, "en", "The first.")
    page.locator(BESIDE).wait_for(state="detached")


def test_settings_templates_and_styles_count_too(mini, page):
    """Whatever the site is made of is watched: here a style sheet and a template."""
    root, address = mini
    page.goto(f"{address}en/origin/")
    sheet = root / "docs/assets/type.css"
    sheet.write_text(sheet.read_text("utf-8") + "h1 { letter-spacing: 7px !important }", "utf-8")
    wait_until(
        page,
        "[...document.querySelectorAll('h1')]"
        ".some((title) => getComputedStyle(title).letterSpacing === '7px')",  # none while it reloads
    )
    footer = root / "overrides/partials/footer.html"
    footer.write_text(
        footer.read_text("utf-8").replace("</footer>", "<b>seen</b></footer>"), "utf-8"
    )
    page.get_by_text("seen").wait_for()


def test_a_broken_project_says_so(mini, page):
    """Settings and data that cannot be read are told, with their line, beside the last good page;
    when they are mended, all is well again.
    """
    root, address = mini
    settings = (root / "mkdocs.yml").read_text("utf-8")
    page.goto(f"{address}en/origin/")
    (root / "mkdocs.yml").write_text(settings + "\n: [", "utf-8")
    line = settings.count("\n") + 2
    page.locator(BESIDE, has_text=f"mkdocs.yml:{line}: not valid YAML").wait_for()
    (root / "mkdocs.yml").write_text("", "utf-8")
    page.locator(BESIDE, has_text="mkdocs.yml: must hold settings").wait_for()
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    page.locator(BESIDE).wait_for(state="detached")
    (root / "docs/data").mkdir(exist_ok=True)
    (root / "docs/data/glossary.toml").write_text("[[term]]\nid = 'x'\nzh =\n", "utf-8")
    page.locator(BESIDE, has_text="docs/data/glossary.toml:3: not valid TOML").wait_for()
    (root / "docs/data/glossary.toml").unlink()
    page.locator(BESIDE).wait_for(state="detached")


def test_a_page_may_go_and_come_back(mini, page, tmp_path):
    """A page that is gone for a moment, as while some editors save, is told beside its last good
    state; then all is well.
    """
    root, address = mini
    source = root / "docs/en/origin.md"
    page.goto(f"{address}en/origin/")
    text = page.locator("main").inner_text()
    source.rename(tmp_path / "away.md")
    gone = time.monotonic()
    page.locator(BESIDE, has_text="docs/en/origin.md: no such page").wait_for()
    assert page.locator("main").inner_text() == text
    time.sleep(max(0, gone + 1.5 - time.monotonic()))
    (tmp_path / "away.md").rename(source)
    page.locator(BESIDE).wait_for(state="detached")
    write(root, "en", "It is back.")
    page.get_by_text("It is back.").wait_for()
    write(root, "en", "The first.")


def test_a_page_that_goes_while_it_is_built(tmp_path):
    """Whatever gives way under a build is told in one line of the state; the preview goes on."""
    root = write_minibook(tmp_path / "book")
    write_state(tmp_path, "", [])
    build_whole(root, tmp_path)
    (root / "docs/en/origin.md").unlink()
    build_pages(root, tmp_path, frozenset({"origin"}))
    assert read_state(tmp_path)[0].startswith("docs/en/origin.md: no such page")


def test_a_new_save_ends_the_build_before(tmp_path):
    """A build that is out of date ends with all that it has started: the next one need not wait for
    it.
    """
    started = Aside(_start_another, tmp_path / "lives")
    while not (tmp_path / "lives").exists():
        time.sleep(0.01)
    started.kill()
    (tmp_path / "lives").unlink()
    time.sleep(0.3)
    assert not (tmp_path / "lives").exists()


def _start_another(sign: Path) -> None:
    side_by_side((_give_signs, sign))


def _give_signs(sign: Path) -> None:
    for _ in range(100):
        sign.touch()
        time.sleep(0.05)


def test_missing_page_and_taken_port(mini):
    """An address without a page answers 404; a port in use is told in one line, with exit code 2."""
    _, address = mini
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}zh/nowhere/")
    port = address.rstrip("/").rpartition(":")[2]
    verb = ROOT / "scripts/serve"
    done = subprocess.run(
        [sys.executable, str(verb), "--port", port], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr.count("\n"), f"port {port}" in done.stderr) == (2, 1, True)


def test_only_what_was_saved(tmp_path):
    """After a save in a large book the pages of that name alone are made anew, in every tree."""
    root = tmp_path / "book"
    write_book(root, 12, 48)
    write_state(tmp_path, "", [])
    build_whole(root, tmp_path)
    before = stamps(tmp_path / "site")
    build_pages(root, tmp_path, frozenset({"section-1-2"}))
    after = stamps(tmp_path / "site")
    assert read_state(tmp_path)[0] == ""
    assert {path for path, stamp in after.items() if before.get(path) != stamp} == {
        f"{tree}/section-1-2/index.html" for tree in ("zh", "en", "zh-en")
    }


def stamps(site: Path) -> dict[str, int]:
    """The file number of everything in the site: a file that is replaced gets another."""
    return {
        path.relative_to(site).as_posix(): path.stat().st_ino
        for path in site.rglob("*")
        if path.is_file()
    }
