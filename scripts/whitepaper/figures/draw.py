"""Draws the figures: stand-alone files for print, EPUB and cards, inline drawings for pages."""

import argparse
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from whitepaper.book import HTML_LANG, LANGS, ROOT, BookError
from whitepaper.figures import diffusion, fields, pyramid
from whitepaper.figures.data import SOURCE, WORDS, Problem, read_data
from whitepaper.figures.sketch import Sketch

STYLES = ("docs/assets/scheme.css", "docs/assets/figures.css")
FAMILIES = {
    (
        "zh",
        "sans",
    ): "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
    (
        "zh",
        "serif",
    ): "'Noto Serif SC', 'Noto Serif CJK SC', 'Source Han Serif SC', 'Songti SC', SimSun, serif",
    ("en", "sans"): "'Source Sans 3', 'Helvetica Neue', Arial, sans-serif",
    ("en", "serif"): "'Source Serif 4', Charter, Georgia, serif",
}
MARGIN = 20  # paper around a stand-alone drawing
FIGURES = {
    "fields": fields,
    "pyramid": pyramid,
    "diffusion": diffusion,
}  # each with SCHEMA, draw and table
SCHEMA = {"words": {"table": WORDS, "download": WORDS}} | {
    name: figure.SCHEMA for name, figure in FIGURES.items()
}


def palette(root: Path = ROOT, scheme: int = 0) -> dict[str, str]:
    """The figures' colours by role, as figures.css says with the colours of the site: 0 light, 1 dark."""
    site, roles = (_variables(root / path, scheme) for path in STYLES)
    return {
        role.removeprefix("--fig-"): site.get(value.removeprefix("var(").rstrip(")"), value)
        for role, value in roles.items()
    }


def _variables(path: Path, scheme: int) -> dict[str, str]:
    """The colours a style sheet names, in one scheme: those before its exceptions for print and forced colours."""
    try:
        plain = path.read_text("utf-8").split("@media")[0]
    except FileNotFoundError:
        raise BookError(
            f"{path}: no such file. Restore it: figures take their colours from it"
        ) from None
    pairs = re.findall(
        r"(--[\w-]+): (?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(var\(--[\w-]+\)|#[0-9a-f]{6}));",
        plain,
    )
    return {name: (light, dark)[scheme] or both for name, light, dark, both in pairs}


def read_figures(root: Path = ROOT) -> dict:
    """The data of every figure; raises BookError with the first problem in it."""
    data, problems = read_data(root / SOURCE, SCHEMA)
    if problems:
        raise BookError(str(problems[0]))
    return data


def names_of_figures(root: Path = ROOT) -> frozenset[str]:
    """The figures that are drawn from the data; all others are pictures that lie in docs/."""
    return frozenset(FIGURES) if (root / SOURCE).exists() else frozenset()


# ---- on a page ----


def inline(name: str, lang: str, src: str, root: Path = ROOT) -> str:
    """What takes the place of `<img src=…>` in a page's figure: a wide and a narrow drawing, the table, the download.

    Well-formed without a namespace; colours and fonts are variables of figures.css; ids are its own on any page.
    """
    data = read_figures(root)
    if name not in FIGURES:
        raise BookError(f"{src}: {SOURCE} draws no figure {name}. Hint: {', '.join(FIGURES)}")
    drawings = []
    for shape in ("wide", "narrow"):
        svg = _titled(
            FIGURES[name].draw(data[name], lang, shape), f"fig-{name}-{lang}-{shape}", data[name]
        )
        svg.attrib |= {"class": f"fig-{shape}", "lang": HTML_LANG[lang]}
        drawings.append(svg)
    return "".join(
        ElementTree.tostring(node, "unicode") for node in (*drawings, _tools(name, data, lang, src))
    )


def _titled(sketch: Sketch, mark: str, figure: dict) -> ElementTree.Element:
    """The drawing as an image with its title and long description."""
    svg = sketch.root
    svg.attrib |= {
        "role": "img",
        "aria-labelledby": f"{mark}-title",
        "aria-describedby": f"{mark}-desc",
    }
    for place, (tag, key) in enumerate((("title", "title"), ("desc", "description"))):
        node = ElementTree.Element(tag, id=f"{mark}-{tag}")
        node.text = figure[key][sketch.lang]
        svg.insert(place, node)
    return svg


def _tools(name: str, data: dict, lang: str, src: str) -> ElementTree.Element:
    """The same facts as a table, one key away, and the stand-alone drawing to take along."""
    tools = ElementTree.Element("div", {"class": "fig-tools"})
    details = ElementTree.SubElement(tools, "details", {"class": "fig-data"})
    ElementTree.SubElement(details, "summary").text = data["words"]["table"][lang]
    details.append(_table(FIGURES[name].table(data[name]), lang))
    link = ElementTree.SubElement(
        tools,
        "a",
        {"class": "fig-download", "href": src, "download": f"hard-tech-{name}-{lang}.svg"},
    )
    link.text = data["words"]["download"][lang]
    link.set("aria-label", f"{link.text} · {data[name]['title'][lang]}")
    return tools


def _table(rows: list[list], lang: str) -> ElementTree.Element:
    """The first row is the heads; a row of one cell stands across the table."""
    table = ElementTree.Element("table")
    head, body = ElementTree.SubElement(table, "thead"), ElementTree.SubElement(table, "tbody")
    for n, cells in enumerate(rows):
        row = ElementTree.SubElement(body if n else head, "tr")
        for place, words in enumerate(cells):
            tag, about = ("td", {}) if n and place else ("th", {"scope": "row" if n else "col"})
            if len(cells) < len(rows[0]):
                tag, about = "td", {"colspan": str(len(rows[0]))}
            ElementTree.SubElement(row, tag, about).text = words[lang]
    return table


# ---- as a file ----


def draw_file(
    name: str, lang: str, data: dict, root: Path, shape: str = "wide"
) -> tuple[str, list[Problem]]:
    """The stand-alone SVG, in fixed colours on its own paper, and the labels that have no room in it."""
    sketch = FIGURES[name].draw(data[name], lang, shape)
    svg = _titled(sketch, name, data[name])
    _, _, across, down = map(float, svg.get("viewBox").split())
    box = {"x": -MARGIN, "y": -MARGIN, "width": across + 2 * MARGIN, "height": down + 2 * MARGIN}
    sheet = {key: f"{value:g}" for key, value in box.items()}
    svg.insert(2, ElementTree.Element("rect", sheet | {"fill": "var(--fig-paper)"}))
    svg.attrib |= {"xmlns": "http://www.w3.org/2000/svg", "xml:lang": HTML_LANG[lang]}
    svg.attrib |= {
        "viewBox": " ".join(sheet.values()),
        "width": sheet["width"],
        "height": sheet["height"],
    }
    _fix(
        svg,
        palette(root) | {face: families for (of, face), families in FAMILIES.items() if of == lang},
    )
    ElementTree.indent(svg)
    for span in svg.iter("tspan"):
        span.tail = None
    return ElementTree.tostring(svg, "unicode") + "\n", sketch.problems


def _fix(svg: ElementTree.Element, values: dict[str, str]) -> None:
    """Puts the values of colours and faces in place of their names."""
    for node in svg.iter():
        for key, value in node.attrib.items():
            node.set(
                key, re.sub(r"var\(--fig-([\w-]+)\)", lambda role: _value(role[1], values), value)
            )
        if node.tag == "text":
            node.set(
                "font-variation-settings", "'wght' 400"
            )  # else Typst sets a variable font at its thinnest


def _value(role: str, values: dict[str, str]) -> str:
    if values.get(role, "var(").startswith("var("):
        raise BookError(
            f"{STYLES[1]}: must name --fig-{role}, as #rrggbb or as a colour that {STYLES[0]} names so. Add it"
        )
    return values[role]


def draw_all(root: Path = ROOT) -> tuple[dict[Path, str], list[Problem]]:
    """Every stand-alone file with its content, and all problems, of the data or of labels without room in either shape."""
    data, problems = read_data(root / SOURCE, SCHEMA)
    if problems:
        return {}, sorted(problems)
    files = {}
    for name in FIGURES:
        for lang in LANGS:
            files[root / "docs" / lang / "figures" / f"{name}.svg"], unfit = draw_file(
                name, lang, data, root
            )
            problems += unfit + FIGURES[name].draw(data[name], lang, "narrow").problems
    return files, sorted(set(problems))


def compare(files: dict[Path, str], root: Path = ROOT) -> list[str]:
    """What differs between the drawings on disk and `files`."""
    return sorted(
        f"{path.relative_to(root).as_posix()}:1: must be what {SOURCE} draws. Hint: run scripts/figures"
        for path, svg in files.items()
        if not path.is_file() or path.read_bytes() != svg.encode()
    )


def require_current(root: Path = ROOT) -> None:
    """Raises BookError with the first problem of the data or the first drawing on disk that is not what it draws.

    A book without that data has no figures of its own, and none to compare.
    """
    if not (root / SOURCE).exists():
        return
    files, problems = draw_all(root)
    for told in problems or compare(files, root):
        raise BookError(str(told))


def write(files: dict[Path, str]) -> None:
    for path, svg in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, "utf-8", newline="\n")


def main(argv: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/figures",
        description=f"Draws every figure from {SOURCE} into docs/<lang>/figures/.",
    )
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    options = parser.parse_args(argv)
    try:
        files, problems = draw_all(root)
    except BookError as error:
        print(f"figures: {error}", file=sys.stderr)
        return 2
    told = [str(problem) for problem in problems]
    if options.check:
        told += compare(files, root) if files else []
    elif not told:
        write(files)
    print(*told, sep="\n", end="\n" if told else "")
    return 1 if told else 0
