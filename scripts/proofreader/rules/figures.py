"""Images and figures."""

import re
from collections import Counter
from collections.abc import Iterator

from proofreader.numerals import read_han
from proofreader.project import Project
from proofreader.record import Block, Page
from proofreader.rule import Findings, View, at, rule
from proofreader.rules.headings import Number, said
from proofreader.rules.links import missing

NUMBER = r"[〇零一二三四五六七八九十百]+|\d+(?:[.\-–]\d+)*"
FIGURE = re.compile(rf"(?:图|圖|Figures?|Figs?\.?)\s*({NUMBER})", re.IGNORECASE)
PARAGRAPH = re.compile(rf"(?:第(?=\w+段)|\bparagraph |^p(?=\d+$))({NUMBER})", re.IGNORECASE)
CHAPTER = re.compile(r"^(\d+(?:\.\d+)+)(?![\d%％])")
UNCOUNTED = re.compile("编者图|Editor’s figure|表|Table")  # of the editor, of tables


def number_in(pattern: re.Pattern[str], text: str) -> Number:
    """The number in 图一, Figure 1, 图2.3 or what else a pattern finds; () where there is none."""
    found = pattern.search(text)
    if not found:
        return ()
    parts = re.split(r"[.\-–]", found[1])
    return tuple(int(read_han(part)) for part in parts)


def _figures(page: Page) -> list[Block]:
    """Those of the text, which are numbered."""
    figures = (block for block in page.blocks if block.kind == "figure")
    return [figure for figure in figures if not UNCOUNTED.match(figure.text)]


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
            law = f"the image {link.target[:60]} must have an alternative text"
            yield view.at(link, law, "Say what it shows", level=level)


@rule("F06", copy=True)
def figure_is_referred_to(project: Project) -> Findings:
    """The text must refer to every figure, by a link to its id."""
    named = {(target.uri, target.fragment) for _, _, target in project.local("a")}
    for page in project.pages.values():
        for figure in _figures(page):
            if not figure.id:
                yield at(page, figure, "a figure must have an id", "Add {#figure-words} behind it")
            elif (page.uri, figure.id) not in named:
                law = f"the text must refer to the figure #{figure.id}"
                mark = FIGURE.match(figure.text) or ["…"]
                cure = f"Link it where the text names it: [{mark[0]}](#{figure.id})"
                yield at(page, figure, law, cure)


@rule("F07", copy=True)
def figures_are_counted(project: Project) -> Findings:
    """Figures must be numbered in their order, through all chapters of a language, or within each:
    图2.1."""
    for page, figure, number in _misnumbered(project):
        law = f"the figure must be number {said(number)}: {figure.text[:20]}"
        yield at(page, figure, law, "Number figures in their order")


def _misnumbered(project: Project) -> Iterator[tuple[Page, Block, Number]]:
    """Each figure whose number is not the next one, and that number."""
    for lang in project.settings.locales or ("",):
        counts = Counter[Number]()
        for page in project.in_order(lang):
            unsure = any(  # an image without words (F02) may have been a figure
                link.tag == "img" and not link.raw and not link.text for link in page.links
            )
            for figure in _figures(page):
                number = number_in(FIGURE, figure.text)
                above = number[:-1]
                counts[above] += 1
                if number and number[-1] != counts[above] and not unsure:
                    yield page, figure, (*above, counts[above])
            counts[()] += unsure


@rule("F08")
def reference_names_its_number(project: Project) -> Findings:
    """A reference must name the number of what it leads to: of a figure as in its caption, of a
    paragraph as in its id, p6, of a chapter as in its title."""
    wrong = {(page.uri, figure.id) for page, figure, _ in _misnumbered(project)}  # F07 says that
    pages = project.pages.values()
    shown = {(page.uri, one.id): one.text for page in pages for one in _figures(page) if one.id}
    for page, link, target in project.local("a"):
        key, there = (target.uri, target.fragment), project.pages.get(target.uri)
        places = (
            (FIGURE, shown.get(key, "") if key not in wrong else ""),
            (PARAGRAPH, target.fragment),
            (CHAPTER, there.title if there else ""),
        )
        for pattern, place in places:
            named, due = number_in(pattern, link.text or ""), number_in(pattern, place)
            if named and due and named[: len(due)] != due:
                law = f"the link to {link.target} must name number {said(due)}"
                yield at(page, link, f"{law}, not {link.text}", "Mend the number, or the link")
