"""The figures: their data, their drawings, their colours."""

import io
import re
import shutil
import tomllib
from itertools import pairwise, product
from pathlib import Path
from xml.etree import ElementTree

import pytest
import resvg_py
from jinja2 import ChoiceLoader, DictLoader
from PIL import Image, ImageChops, ImageFont

from whitepaper import look
from whitepaper.book import LANGS, ROOT, TREES, BookError, read_book
from whitepaper.exports.press import CARD, press
from whitepaper.figures import draw, drawings, sketch
from whitepaper.figures.data import SOURCE, Figure, Words
from whitepaper.figures.drawings import KINDS, SHAPES, draw_book
from whitepaper.figures.sketch import FACES, font_file, width

NAMES = ("fields", "pyramid", "diffusion")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def book(tmp_path):
    """A folder with the data and the look of the figures, to spoil."""
    for file in (SOURCE, look.SOURCE):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def spoil(book, old: str, new: str) -> int:
    """Replaces the first `old` of the data; the line it stood on."""
    before, found, after = (book / SOURCE).read_text("utf-8").partition(old)
    assert found
    (book / SOURCE).write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


DRAWINGS = [(name, lang) for lang in LANGS for name in NAMES]


def test_committed():
    """Drawings, colours and sign in docs/ are, byte for byte, what the data makes of them."""
    draw.require_current()
    assert draw_book().problems() == []


def test_write(book, capsys):
    """What the verb writes, --check finds equal, and a second run writes the same."""
    assert draw.main([], book) == 0
    first = {path: path.read_bytes() for path in book.rglob("*.svg")}
    assert len(first) == len(NAMES) * len(LANGS) + 1  # and the sign
    assert draw.main(["--check"], book) == 0
    assert draw.main([], book) == 0
    assert {path: path.read_bytes() for path in book.rglob("*.svg")} == first
    assert capsys.readouterr().out == ""


def test_check(book, capsys):
    """--check names each missing or edited drawing, not one made by hand, and writes nothing."""
    draw.main([], book)
    (book / "docs/zh/figures/fields.svg").unlink()
    (book / "docs/en/figures/pyramid.svg").write_text("<svg/>")
    (book / "docs/en/figures/mine.svg").write_text("<svg/>")
    assert draw.main(["--check"], book) == 1
    assert capsys.readouterr().out == (
        "docs/en/figures/pyramid.svg:1: must be what docs/data has it. Hint: run scripts/figures\n"
        "docs/zh/figures/fields.svg:1: must be what docs/data has it. Hint: run scripts/figures\n"
    )
    assert not (book / "docs/zh/figures/fields.svg").exists()


def test_require_current(book):
    """A build is refused drawings that are not those of the data."""
    draw.main([], book)
    draw.require_current(book)
    (book / "docs/en/figures/pyramid.svg").write_text("<svg/>")
    with pytest.raises(
        BookError,
        match=r"^docs/en/figures/pyramid\.svg:1: must be what docs/data has it\. Hint: run",
    ):
        draw.require_current(book)
    line = spoil(book, "[fields]", "x = 1\n[fields]")
    with pytest.raises(BookError, match=rf"docs/data/figures\.toml:{line}: x: Expected `object`"):
        draw.require_current(book)


NAME = 'name = { zh = "新材料", en = "New materials" }'
MISTYPED = [
    (NAME, 'name = { zh = "新材料" }', "fields.items.name: Object missing required field `en`"),
    (
        NAME,
        'name = { zh = " ", en = "New materials" }',
        r"fields.items.name.zh: Expected `str` matching regex '\\S'",
    ),
    (
        NAME,
        'name = { zh = "新材料", en = "New materials", fr = "x" }',
        "fields.items.name: Object contains unknown field `fr`",
    ),
    ('tone = "black"', 'tone = "blak"', "pyramid.levels.tone: Invalid enum value 'blak'"),
    (
        "span = [20, 50]",
        "span = [20]",
        "pyramid.levels.span: Expected `array` of length 2, got 1",
    ),
    ("reach = 0.7", 'reach = "far"', "diffusion.stages.reach: Expected `float`, got `str`"),
    ('icon = "chip"', 'ikon = "chip"', "fields.items: Object contains unknown field `ikon`"),
    (
        '[[fields.items]]\nicon = "chip"',
        "[[fields.items]]",
        "fields.items: Object missing required field `icon`",
    ),
    ("[fields]", "fields2 = 1\n[fields]", "fields2: Expected `object`, got `int`"),
    ('kind = "grid"', 'kind = "gird"', "fields.kind: Invalid value 'gird'"),
    (
        '[diffusion]\nkind = "spread"',
        "[diffusion]",
        "diffusion: Object missing required field `kind`",
    ),
]


@pytest.mark.parametrize("old,new,message", MISTYPED, ids=range(len(MISTYPED)))
def test_mistyped(book, capsys, old, new, message):
    """Data of another type than its kind has is exit 2, with the line, and nothing is written."""
    line = spoil(book, old, new)
    assert draw.main([], book) == 2
    assert capsys.readouterr().err == f"figures: {SOURCE}:{line}: {message}. Mend it\n"
    assert not list(book.rglob("*.svg"))


SPOILT = [
    (
        'icon = "bolt"',
        'icon = "boat"',
        "icon must be one of arm, bolt, chip, helix, lattice, network, rocket, signal, not 'boat'",
    ),
    (
        '[[fields.items]]\nicon = "bolt"\nname = { zh = "新能源", en = "New energy" }\n',
        "",
        "items must be 8, not 7",
    ),
    (
        "years = [50, 100]",
        "years = [50, 90]",
        "gaps: a level must begin where the years 50 to 90 end",
    ),
    (
        "Intelligent manufacturing",
        "Manufacturing of an altogether intelligent kind",
        "'Manufacturing of an altogether intelligent kind' (en) must fit 2 lines of #, it is # "
        "long. Hint: shorten it",
    ),
    (
        '"当前已经实现"',
        '"当前已经实现而且早已经普及应用的时间"',
        "'当前已经实现而且早已经普及应用的时间' (zh) must fit 2 lines of #, it is # long. "
        "Hint: shorten it",
    ),
]


@pytest.mark.parametrize("old,new,message", SPOILT, ids=range(len(SPOILT)))
def test_problems(book, capsys, old, new, message):
    """Whatever else is wrong in the data is exit 1, with file and line, and nothing is written."""
    spoil(book, old, new)
    assert draw.main([], book) == 1
    told = dict(
        re.findall(
            r"docs/data/figures.toml:(\d+): (.*)",
            re.sub(r"\d+ units|\d+(?= long)", "#", capsys.readouterr().out),
        )
    )
    assert message in told.values()
    assert not list(book.rglob("*.svg"))


def test_lines(book, capsys):
    """Every problem names the line where its words stand."""
    long = "a title that is far too long for any drawing "
    lines = [
        spoil(book, '"New materials"', f'"{long * 2}"'),
        spoil(book, '"already here"', f'"{long * 3}"'),
    ]
    draw.main([], book)
    told = {int(line.split(":")[1]) for line in capsys.readouterr().out.splitlines()}
    assert told == set(lines)


@pytest.mark.parametrize(
    "old,new", [("[fields]", "[fields"), ("[fields]", "[fields]\nx = 1\nx = 2")]
)
def test_no_toml(book, capsys, old, new):
    """Data that is no TOML is exit 2 and one line."""
    spoil(book, old, new)
    assert draw.main([], book) == 2
    assert re.fullmatch(
        r"figures: docs/data/figures.toml:\d+: not valid TOML \(.*\). Mend it\n",
        capsys.readouterr().err,
    )


def test_missing_data(tmp_path, capsys):
    """No data at all is exit 2 and one line."""
    assert draw.main([], tmp_path) == 2
    told = "no such file. Restore it: every figure is drawn from it"
    assert capsys.readouterr().err == f"figures: docs/data/figures.toml: {told}\n"


@pytest.mark.parametrize(
    "old,new,told",
    [
        ('rule = ["#ddd6c8", ', 'rule = ["grey", ', "colors: Expected `str` matching regex"),
        ('"ink-soft"', '"ink-sort"', "soft must be"),
        ("[sign]", "[sing]", "unknown field `sing`"),
        ("[sign]", "[sign", "not valid TOML"),
    ],
)
def test_spoilt_look(book, capsys, old, new, told):
    """A colour that is none, or a table that is missing, is exit 2 and one line."""
    path = book / look.SOURCE
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert draw.main([], book) == 2
    assert re.fullmatch(
        rf"figures: docs/data/look.toml.*{told}.* Mend it\n", capsys.readouterr().err
    )


def test_one_source(book):
    """A colour changed in the data changes in the style sheet, the icon and the drawings."""
    path = book / look.SOURCE
    path.write_text(path.read_text("utf-8").replace("#ad2f19", "#123456"), "utf-8")
    assert draw.main([], book) == 0
    for file in ("assets/colors.css", "assets/mark.svg", "en/figures/pyramid.svg"):
        text = (book / "docs" / file).read_text("utf-8")
        assert "#123456" in text and "#ad2f19" not in text


def test_second_of_a_kind(book):
    """A second figure of a kind is one more table in the data."""
    before, _, after = (book / SOURCE).read_text("utf-8").partition("[diffusion]\n")
    second = "[diffusion]\n" + after
    more = second.replace("[diffusion", "[steam-engine").replace("[[diffusion", "[[steam-engine")
    (book / SOURCE).write_text(before + second + more, "utf-8")
    assert draw.main([], book) == 0
    one, other = (
        (book / f"docs/zh/figures/{name}.svg").read_text() for name in ("diffusion", "steam-engine")
    )
    assert one.replace("fig-diffusion", "fig-steam-engine") == other


LINE = """{% set drawing %}{{ pen.label(data.words, 0, 20, 12, 90) }}{% endset %}
{% set across, down = 90, 40 %}
{% include "sheet.svg" %}"""


def test_new_kind(book, monkeypatch):
    """A new kind is a class, a template and one line: its table is checked, its drawing written."""

    class Line(Figure, frozen=True, tag="line"):
        words: Words

        def table(self) -> list[list[Words]]:
            return [[self.words]]

    templates = ChoiceLoader([DictLoader({"line.svg": LINE}), sketch.TEMPLATES.loader])
    monkeypatch.setattr(sketch.TEMPLATES, "loader", templates)
    monkeypatch.setattr(drawings, "KINDS", KINDS | Line)
    told = "".join(f'{key} = {{ zh = "线", en = "Line" }}\n' for key in ("title", "description"))
    with (book / SOURCE).open("a", encoding="utf-8") as data:
        data.write(f'[extra]\nkind = "line"\n{told}')
    assert draw.main([], book) == 2
    with (book / SOURCE).open("a", encoding="utf-8") as data:
        data.write('words = { zh = "线", en = "Line" }\n')
    assert draw.main([], book) == 0
    assert ">Line</text>" in (book / "docs/en/figures/extra.svg").read_text("utf-8")


MEASURED = [
    ("zh", "sans", "硬科技：10年", []),
    ("zh", "serif", "科幻", []),
    ("en", "sans", "within 5–10 years", [400]),
    ("en", "serif", "Science fiction", [400, 20]),
]


@pytest.mark.parametrize("lang,face,text,axes", MEASURED)
def test_width(lang, face, text, axes):
    """Labels are as wide as another library finds them in the book's fonts at regular weight."""
    font = ImageFont.truetype(font_file(lang, face), 1000, layout_engine=ImageFont.Layout.BASIC)
    if axes:
        font.set_variation_by_axes(axes)
    assert width(text, 20, lang, face) == pytest.approx(font.getlength(text) / 50, rel=0.01)


@pytest.mark.parametrize("name,lang", DRAWINGS)
def test_stand_alone(name, lang):
    """A stand-alone drawing is valid, self-contained, small, titled, fixed in colours and fonts."""
    path = ROOT / f"docs/{lang}/figures/{name}.svg"
    svg = ElementTree.parse(path).getroot()
    assert path.stat().st_size < 20_000
    assert {node.tag.removeprefix(SVG) for node in svg.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "g",
        "path",
        "circle",
        "text",
        "tspan",
    }
    assert svg.get("role") == "img"
    assert [node.tag.removeprefix(SVG) for node in svg][:2] == ["title", "desc"]
    assert {svg.get("aria-labelledby"), svg.get("aria-describedby")} == {
        node.get("id") for node in svg.iter() if node.get("id")
    }
    assert not re.search(r"var\(|href|style|class", path.read_text("utf-8"))
    for text in svg.iter(f"{SVG}text"):
        assert text.get("font-family").endswith(("sans-serif", " serif"))
        assert re.fullmatch("#[0-9a-f]{6}", text.get("fill"))


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("name", NAMES)
def test_elements(name, tree):
    """On a page: no namespace, no style attribute, both shapes, colours and faces by role."""
    figure = ElementTree.Element("figure")
    figure.extend(draw_book().elements(name, tree, {"svg": "x.svg", "png": "x.png"}))
    assert [node.get("class") for node in figure] == ["fig-wide", "fig-narrow", "fig-tools"]
    markup = ElementTree.tostring(figure, "unicode")
    assert not re.search("xmlns|style=|#[0-9a-f]{6}", markup)
    faces = {f"{lang}-{face}" for lang, face in FACES}
    assert (
        set(re.findall(r"var\(--fig-([\w-]+)\)", markup)) <= look.read_look().figure.keys() | faces
    )
    links = {node.get("download"): node.get("href") for node in figure.iter("a")}
    assert links == {
        f"hard-tech-{name}-{tree}.{ending}": f"x.{ending}" for ending in ("svg", "png")
    }
    ids = {node.get("id") for node in figure.iter()}
    assert set(re.findall(r'aria-\w+by="([^"]+)"', markup)) <= ids


def test_drawn_once():
    """Asked twice for a figure, the book gives the same drawing."""
    drawings = draw_book()
    first, second = (drawings.elements("pyramid", "zh", {}) for _ in range(2))
    assert first[0] is second[0] and first[1] is second[1]


def test_ids():
    """No id is given twice when all figures of all trees stand on one page."""
    drawn = (draw_book().elements(name, tree, {}) for name in NAMES for tree in TREES)
    ids = [
        node.get("id") for part in drawn for svg in part for node in svg.iter() if node.get("id")
    ]
    assert len(ids) == len(set(ids)) == len(NAMES) * len(TREES) * 4


def words_of(name: str, tree: str, shape: str) -> set[str]:
    texts = draw_book().sketch(name, tree, shape).root.iter("text")
    return {"".join(text.itertext()) for text in texts}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", NAMES)
def test_both_languages(name, shape):
    """The drawing for two languages says what the drawings of each say, and nothing else."""
    zh, en, both = (words_of(name, tree, shape) for tree in ("zh", "en", "zh-en"))
    assert both == zh | en


@pytest.mark.parametrize("name,lang", DRAWINGS)
def test_table(name, lang):
    """The table says every word that the wide drawing shows, but those of ruler and middle."""
    drawings = draw_book()
    told = {cell.text for cell in drawings.elements(name, lang, {})[-1].iter() if cell.text}
    data = drawings.figures
    ruler = {getattr(data["pyramid"], key)[lang] for key in ("ahead", "now", "ago", "scale")}
    middle = {getattr(data["fields"], key)[lang] for key in ("core", "alias")}
    years = {"5", "10", "20", "50", "100", "200"}
    assert words_of(name, lang, "wide") - ruler - middle - years <= told


def test_one_column():
    """A table of one column has cells under its head."""
    tools = draw_book().elements("fields", "en", {})[-1]
    rows = [[cell.tag for cell in row] for row in tools.iter("tr")]
    assert rows == [["th"], *[["td"]] * 9]


def test_gaps_stand_in_their_place():
    """In the pyramid's table, as in the drawing, years of no level stand between two levels."""
    rows = draw_book().figures["pyramid"].table()
    assert [row[0]["en"] for row in rows[1:6]] == [
        "Science fiction",
        "50–100 years: unassigned",
        "Black tech",
        "10–20 years: unassigned",
        "Hard tech",
    ]


@pytest.mark.parametrize("name,lang", DRAWINGS)
def test_description(name, lang):
    """The long description says every name and time that the table says."""
    data = draw_book().figures[name]
    told = data.description[lang].casefold()
    items = next(filter(None, (getattr(data, key, None) for key in ("levels", "stages", "items"))))
    found = (getattr(item, key, None) for item in items for key in ("name", "when"))
    said = [words[lang].casefold() for words in found if words]
    assert [words for words in said if words not in told] == []


@pytest.mark.parametrize("name,lang", DRAWINGS)
def test_caption(name, lang):
    """Wherever a page shows a figure, its caption ends in the title of the drawing."""
    found = [
        re.search(rf"!\[(.*)\]\(figures/{name}.svg\)", page.read_text("utf-8"))
        for page in (ROOT / "docs" / lang).glob("*.md")
    ]
    captions = [match[1] for match in found if match]
    assert captions
    assert all(caption.endswith(draw_book().figures[name].title[lang]) for caption in captions)


def test_terms():
    """Fields and levels are called what the glossary calls them, in both languages."""
    glossary = tomllib.loads((ROOT / "docs/data/glossary.toml").read_text("utf-8"))["term"]
    known = {(term["zh"].casefold(), term["en"].casefold()) for term in glossary}
    data = draw_book().figures
    shown = (*data["fields"].items, *data["pyramid"].levels, *data["diffusion"].stages)
    named = [item.name for item in shown]
    assert {(name["zh"], name["en"].casefold()) for name in named} <= known


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def palette(scheme: int) -> dict[str, str]:
    chosen = look.read_look()
    return {role: chosen.role(role, scheme) for role in chosen.figure}


SCHEMES = pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
GROUNDS = ("paper", "wash", "wash-hard")
SEEN = [
    *((words, ground, 4.5) for words in ("ink", "soft", "hard-text") for ground in GROUNDS),
    ("on-hard", "hard", 4.5),
    *(
        (shape, ground, 3)
        for shape in ("line", "hard", "dream-line", "black-line", "high")
        for ground in GROUNDS
    ),
]


@SCHEMES
def test_contrast(scheme):
    """Words have 4.5:1 and shapes 3:1 against all they stand on, in the light and in the dark."""
    colors = palette(scheme)
    ratios = {
        (seen, ground): (contrast(colors[seen], colors[ground]), least)
        for seen, ground, least in SEEN
    }
    assert {pair: ratio for pair, (ratio, least) in ratios.items() if ratio < least} == {}


@SCHEMES
def test_grey(scheme):
    """Without colour, a level differs from the next one by half in light, or by an outline."""
    colors = palette(scheme)
    levels = ("dream", "black", "hard", "high", "plain")
    close = [
        (one, next_)
        for one, next_ in pairwise(levels)
        if contrast(colors[one], colors[next_]) < 1.5
    ]
    assert all({f"{one}-line", f"{next_}-line"} & colors.keys() for one, next_ in close)


def test_schemes():
    """The dark is the same, chosen or the system's."""
    style = (ROOT / "docs/assets/colors.css").read_text("utf-8")
    light, system, chosen = re.findall(r"(?:root|\]|\)) \{\n([^{]*?)\n\}", style, re.DOTALL)
    assert system == chosen
    assert set(re.findall("--[\\w-]+(?=:)", system)) < set(re.findall("--[\\w-]+(?=:)", light))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours(browser, served, scheme):
    """Where a reader's own colours are forced, a drawing keeps its own words and marks, on its own
    paper.
    """
    colours = """drawing => [drawing, drawing.querySelector("text")].map((part) => {
        const { backgroundColor, fill } = getComputedStyle(part);
        return part === drawing ? backgroundColor : fill;
    })"""
    seen = []
    for forced in ("none", "active"):
        page = browser.new_page(color_scheme=scheme, forced_colors=forced)
        page.goto(f"{served}zh/dimensions/")
        drawing = page.locator("figure > svg:visible").first
        seen.append(drawing.evaluate(colours))
        page.close()
    chosen = palette(["light", "dark"].index(scheme))
    red, green, blue = (int(chosen["paper"][at : at + 2], 16) for at in (1, 3, 5))
    (_, words), (ground, kept) = seen
    assert (ground, kept) == (f"rgb({red}, {green}, {blue})", words)


FAMILIES = ("Noto Sans SC", "Noto Serif SC", "Source Sans 3", "Source Serif 4")
FONTS = [font_file(*face) for face in FACES]


def in_typst(svg: Path, across: int, down: int) -> bytes:
    sheet = f"width: {across}pt, height: {down}pt, margin: 0pt"
    source = f'#set page({sheet})\n#image("figure.svg", width: 100%)'
    files = {"sheet.typ": source.encode(), "figure.svg": svg.read_bytes()}
    return press(read_book(), "sheet.typ", files, **CARD)


def in_resvg(svg: Path) -> bytes:
    return bytes(
        resvg_py.svg_to_bytes(
            svg_path=str(svg), skip_system_fonts=True, font_files=[str(font) for font in FONTS]
        )
    )


def in_chromium(svg: Path, across: int, down: int, browser) -> bytes:
    face = '@font-face {{ font-family: "{}"; src: url("{}"); font-weight: 200 900 }}'
    faces = "".join(face.format(name, font.as_uri()) for name, font in zip(FAMILIES, FONTS))
    page = browser.new_page(viewport={"width": across, "height": down})
    page.goto(svg.parent.as_uri())
    style = f"<style>{faces} body {{ margin: 0 }} svg {{ display: block }}</style>"
    page.set_content(style + svg.read_text("utf-8"))
    page.evaluate("document.fonts.ready")
    shot = page.screenshot()
    page.close()
    return shot


@pytest.mark.parametrize("name,lang", DRAWINGS)
def test_renderers(name, lang, browser):
    """A stand-alone drawing looks alike in Chromium, in Typst and in resvg."""
    svg = ROOT / f"docs/{lang}/figures/{name}.svg"
    across, down = (int(ElementTree.parse(svg).getroot().get(side)) for side in ("width", "height"))
    shots = [in_resvg(svg), in_typst(svg, across, down), in_chromium(svg, across, down, browser)]
    first, *others = (
        Image.open(io.BytesIO(shot))
        .convert("L")
        .resize((across // 4, down // 4), Image.Resampling.BOX)
        for shot in shots
    )
    for other in others:
        unlike = ImageChops.difference(first, other).histogram()
        assert sum(unlike[40:]) < 12  # of some 20,000 points; one label left out makes a hundred


OUTSIDE = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const sheet = svg.viewBox.baseVal, texts = [...svg.querySelectorAll("text")];
  const sides = texts.map((text) => text.getBBox()).map(({ x, y, width, height }) =>
    ({ left: x, right: x + width, top: y + 2, foot: y + height - 2 }));
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.foot && b.top < a.foot;
  return texts.filter((_, n) => {
    const { left, right, top, foot } = sides[n];
    return left < -1 || top < -1 || right > sheet.width + 1 || foot > sheet.height + 1
      || sides.some((other, m) => m < n && meet(other, sides[n]));
  }).map((text) => text.textContent);
})"""


@pytest.mark.parametrize("faces", ["DejaVu Sans, DejaVu Serif", "Arial, Georgia"])
def test_wide_faces(browser, faces):
    """With whatever faces a reader has, no label leaves its drawing and none touches another."""
    sans, serif = faces.split(", ")
    style = "".join(
        f"--fig-{lang}-sans: '{sans}', sans-serif; --fig-{lang}-serif: '{serif}', serif;"
        for lang in LANGS
    )
    drawings = draw_book()
    drawn = [drawings.sketch(*key).root for key in product(NAMES, TREES, SHAPES)]
    for svg in drawn:  # by itself, not at a page's size, nor in the faces kept for a language
        del svg.attrib["lang"], svg.attrib["width"]
    markup = "".join(ElementTree.tostring(svg, "unicode") for svg in drawn)
    page = browser.new_page()
    page.set_content(f"<style>:root {{ {style} }}</style>{markup}")
    assert page.evaluate(OUTSIDE) == []
    page.close()
