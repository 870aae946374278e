"""Images and figures."""

import re
from collections.abc import Iterator

from proofreader.numerals import read_han
from proofreader.project import Project
from proofreader.record import Block, Page
from proofreader.rule import Findings, Found, View, rule
from proofreader.rules.links import at, missing

IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
NUMBERED = re.compile(
    r"(?:图|圖|Figures?|Figs?\.?)\s*(?:([〇零一二三四五六七八九十百]+)|(\d+(?:[.\-–]\d+)*))",
    re.IGNORECASE,
)
EDITORS = re.compile("编者图|Editor’s figure")  # has no number, and no sentence of the text for it
Number = tuple[int, ...]


def figure_number(text: str) -> Number:
    """The number in 图一, Figure 1 or 图2.3; () where there is none."""
    found = NUMBERED.search(text)
    if not found:
        return ()
    return (read_han(found[1]),) if found[1] else tuple(map(int, re.split(r"\D", found[2])))


def _said(number: Number) -> str:
    return ".".join(map(str, number))


@rule("F01", any="error")
def image_exists(project: Project) -> Findings:
    """The file of an image must exist, written exactly so, in the folder of the page's own
    language."""
    for page, link, target in project.local("img"):
        yield from missing(project, page, link, target, "the file of an image")


@rule("F02", any="error")
def image_has_alt(view: View) -> Findings:
    """An image must have an alternative text; raw HTML at least an alt attribute."""
    for link in view.page.links:
        empty = link.text is None or (not link.text.strip() and not link.raw)
        if link.tag == "img" and empty:
            level = "error" if link.text is None or view.page.lang else "note"
            message = f"the image {link.target[:60]} must have an alternative text"
            yield at(view.page, link, message, "Say what it shows", level)


@rule("F03", any="note")
def image_is_used(project: Project) -> Findings:
    """Every image among the pages must be used by one of them, or by the settings or styles."""
    for uri in project.unused:
        if uri.lower().endswith(IMAGES):
            hint = "Show it on a page, or delete it"
            yield Found(project.path(uri), 1, "an image must be used", hint)


@rule("F05", copy=True)
def figure_has_caption(view: View) -> Findings:
    """A figure must have a caption that begins with its number: 图一 or Figure 1; one that the
    editor adds begins with 编者图 or Editor’s figure."""
    for block in _figures(view.page):
        if not block.text:
            yield view.at(
                block.line, "a figure must have a caption", "Write it as the image's text"
            )
        elif not NUMBERED.match(block.text) and not EDITORS.match(block.text):
            message = f"a caption must begin with the number of its figure: {block.text[:30]}"
            yield view.at(block.line, message, "图一　… or Figure 1. …")


def _figures(page: Page) -> list[Block]:
    return [block for block in page.blocks if block.kind == "figure"]


@rule("F06", copy=True)
def figure_is_referred_to(project: Project) -> Findings:
    """The text must refer to every figure, by a link to its id."""
    named = {(target.uri, target.fragment) for _, _, target in project.local("a")}
    for page in project.pages.values():
        for block in _figures(page):
            if EDITORS.match(block.text):
                continue
            if not block.id:
                hint = "Add {#figure-words} behind the image"
                yield Found(page.path, block.line, "a figure must have an id", hint)
            elif (page.uri, block.id) not in named:
                message = f"the text must refer to the figure #{block.id}"
                hint = f"Write (see [Figure 1](#{block.id})) where it belongs"
                yield Found(page.path, block.line, message, hint)


@rule("F07", copy=True)
def figures_are_counted(project: Project) -> Findings:
    """Figures must be numbered in their order, through all chapters of a language, or within each:
    图2.1."""
    for page, block, number in _misnumbered(project):
        message = f"the figure must be number {_said(number)}: {block.text[:20]}"
        yield Found(page.path, block.line, message, "Number figures in their order")


def _misnumbered(project: Project) -> Iterator[tuple[Page, Block, Number]]:
    """Each figure whose number is not the next one, and that number."""
    for lang in project.settings.locales or ("",):
        counts: dict[Number, int] = {}
        for page in project.in_order(lang):
            unsure = any(  # an image without words (F02) may have been a figure
                link.tag == "img" and not link.raw and not link.text for link in page.links
            )
            for block in _figures(page):
                number = figure_number(block.text) if NUMBERED.match(block.text) else ()
                above = number[:-1]
                if EDITORS.match(block.text):
                    continue
                counts[above] = counts.get(above, 0) + 1
                if number and number[-1] != counts[above] and not unsure:
                    yield page, block, (*above, counts[above])
            counts[()] = counts.get((), 0) + unsure


@rule("F08")
def reference_names_its_figure(project: Project) -> Findings:
    """A reference to a figure must name the number that stands in the figure's caption."""
    wrong = {(page.uri, block.id) for page, block, _ in _misnumbered(project)}  # F07 says that
    for page, link, target in project.local("a"):
        there = project.pages.get(target.uri)
        for figure in _figures(there) if there and target.fragment else ():
            said, is_ = figure_number(link.text or ""), figure_number(figure.text)
            same = figure.id == target.fragment and (target.uri, figure.id) not in wrong
            if same and said and is_ and said != is_:
                message = f"the link to #{figure.id} must name figure {_said(is_)}, not {link.text}"
                yield at(page, link, message, "Mend the number, or the link")
