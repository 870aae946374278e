"""What stands under a page: how to cite it, how to pass it on, what to take along."""

import html
import re
from functools import cache
from pathlib import Path

import segno

from whitepaper.book import HTML_LANG, LANGS, TREES
from whitepaper.site.cite import PLACE, TODAY, Citation, bibtex, citations, is_original, ris
from whitepaper.site.view import View, authors
from whitepaper.wording import EDITOR, edition_name

OFFLINE = "downloads/hard-tech-offline.zip"
VERSIONS = {
    "zh": ("中文版", "Chinese"),
    "en": ("英文版", "English"),
    "zh-en": ("中英对照", "Parallel"),
}
AND = {"zh": "、", "en": " and "}
RECORDS = {
    "bib": ("BibTeX", bibtex, "\n"),
    "ris": ("RIS", ris, ""),
}  # by suffix: what stands between two


def render_apparatus(view: View, stage: Path) -> str:
    """The boxes at the end of a page: downloads everywhere, citation and QR code where there is
    text to cite.
    """
    boxes = [_share(view), _cite(view)] if view.is_chapter else []
    boxes += (
        [_downloads(view, stage)] if view.name != "about" else []
    )  # which lists them in its text
    label = view.say("引用、分享、下载", "Cite, share, download")
    sources = "".join(
        f' data-{name}="{html.escape(line)}"' for name, line in source_lines(view).items()
    )
    return (
        f'<aside class="apparatus" aria-label="{label}"{sources}>\n'
        + "\n".join(filter(None, boxes))
        + "\n</aside>"
    )


def source_lines(view: View) -> dict[str, str]:
    """Where what is copied comes from, in each language of the page; number and address follow.

    A chapter's paragraphs are said to be after the authors, in the editor's wording, or, where the
    Chinese is the published text, to be theirs; all that is the editor's is signed by the editor.
    """
    lines = {f"editor-{lang}": _source_line(view, lang, False) for lang in view.langs}
    if view.is_chapter:
        lines |= {f"source-{lang}": _source_line(view, lang, True) for lang in view.langs}
    return lines


def _source_line(view: View, lang: str, theirs: bool) -> str:
    number, day = view.edition.number, view.edition.date.isoformat()
    name = edition_name(view.wording, "zh-en", lang)
    work, title = view.work(lang), view.title(lang)
    within = [title] if title != work else []  # of the home page, one
    who = AND[lang].join(authors(view.book, lang)) if theirs else EDITOR[lang]
    if lang == "zh":
        source = f"{who}《{work}》" if theirs else f"{who}，《{work}》"
        if theirs and is_original(view, lang):
            source += f"（《{view.book.config['extra']['publication']['zh']}》）"
        elif theirs:
            source = f"据{source}编述（措辞为本版编者所撰）"
        return "，".join([source, *within, f"{name}{number}版（{day}）"])
    source = f"{who}, {work}"
    if theirs:
        source = f"According to {source}, in the editor’s paraphrase"
    return ", ".join([source, *within, f"{name}, version {number} ({day})"])


@cache
def draw_qr(address: str, label: str) -> str:
    """The address as an inline SVG, dark on white in every scheme: cameras want it so."""
    code = segno.make(
        address, error="m", micro=False, mask=3
    )  # one mask for all: trying all eight takes three times as long and reads no better
    svg = code.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return svg.replace("<svg", f'<svg role="img" aria-label="{html.escape(label)}"', 1)


def _share(view: View) -> str:
    address = html.escape(view.url())
    share = _button(view, "data-share", "分享…", "Share…")
    copy = _button(view, "data-copy", "复制链接", "Copy link")
    return f"""<details class="share">
<summary>{view.words("分享本章", "Share this chapter")}</summary>
<div class="share__ways">
{draw_qr(view.url(), view.say("本页二维码", "QR code of this page"))}
<div>
<p class="share__address">{address}</p>
<p class="share__buttons">{share} {copy}</p>
</div>
</div>
</details>"""


def _button(view: View, act: str, zh: str, en: str) -> str:
    """A button for the page's script, which shows it where it can act."""
    return f'<button type="button" {act} hidden>{view.words(zh, en)}</button>'


def _cite(view: View) -> str:
    entries = "\n".join(
        _entry(view, number, citation) for number, citation in enumerate(citations(view), 1)
    )
    files = "\n".join(_record(view, suffix) for suffix in RECORDS)
    note = view.words(
        "原文日期不详；措辞为本版编者的编述，引用时请注明版本。",
        "The date of the original is not known; the wording is this edition’s, so cite the "
        "edition.",
    )
    if view.wording == "published":
        note = view.words(
            "原文日期不详；中文为原文，引用的是作品本身；英文为本版编者的编述，引用时请注明版本。",
            "The date of the original is not known. The Chinese is the authors’ own text: cite the "
            "work itself. The English is this edition’s paraphrase: cite the edition.",
        )
    return f"""<details class="cite">
<summary>{view.words("引用本章", "Cite this chapter")}</summary>
<dl>
{entries}
</dl>
{files}
<p class="cite__note">{note}</p>
</details>"""


def _entry(view: View, number: int, citation: Citation) -> str:
    text = re.sub(r"(?<![\w/])_(.+?)_(?!\w)", r"<i>\1</i>", _living(view, citation))
    button = _button(view, "data-copy-from", "复制", "Copy")
    cited = f'<span id="cite-{number}" lang="{HTML_LANG[citation.lang]}">{text}</span>'
    return f"<dt>{citation.style}</dt>\n<dd>{cited} {button}</dd>"


def _record(view: View, suffix: str) -> str:
    """A file for reference managers, and the same to be copied for the paragraph that the reader is
    at.
    """
    name, render, between = RECORDS[suffix]
    text = between.join(_living(view, citation) for citation in render(view)).replace("\r", "")
    copy = _button(view, "data-copy-from", f"复制{name}", f"Copy {name}")
    file = f'<a href="{view.to(citation_path(view, suffix))}" download>{name}</a>'
    words = f'<span id="cite-{suffix}" hidden>{text}</span>'
    return f'<p class="cite__files">{file} {copy}{words}</p>'


def _living(view: View, citation: Citation) -> str:
    """The reference as HTML, in which the page's script puts the reader's day, and the paragraph in
    his address.
    """
    address = html.escape(view.url())
    said = {"zh": "引用日期", "en": "date of access"}[citation.lang]
    day = f'<span data-today="{citation.day}">{said}</span>'
    text = (
        html.escape(citation.text, quote=False)
        .replace(TODAY, day)
        .replace(PLACE, f'<span data-place="{html.escape(citation.place)}"></span>')
    )
    return (
        text.replace(address, f'<span data-address="{address}">{address}</span>')
        if citation.place
        else text
    )


def citation_path(view: View, suffix: str) -> str:
    return f"downloads/citations/{view.tree}/{view.name}.{suffix}"


def write_citations(view: View, stage: Path) -> None:
    for suffix, (_, render, between) in RECORDS.items():
        path = stage / citation_path(view, suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(between.join(citation.kept() for citation in render(view)).encode("utf-8"))


def _downloads(view: View, stage: Path) -> str:
    links = render_downloads(view, stage)
    name = f"<summary>{view.words('下载', 'Download')}</summary>"
    return f'<details class="downloads">\n{name}\n{links}\n</details>' if links else ""


def render_downloads(view: View, stage: Path) -> str:
    """A list of what the exports made: what each thing is, then its files, with their sizes; ``
    where they made nothing.
    """
    made = {
        name: [(kind, path) for kind, path in files if (stage / path).exists()]
        for name, files in _offered(view).items()
    }
    rows = [
        _download(view, name, [(kind, path, _size(stage / path)) for kind, path in files])
        for name, files in made.items()
        if files
    ]
    if rows:
        packed = stage / OFFLINE  # not there yet while the pages in it are made
        size = _size(packed) if packed.exists() else ""
        rows.append(_download(view, ("离线网站", "Offline site"), [("ZIP", OFFLINE, size)]))
    return '<ul class="downloads__list">\n' + "\n".join(rows) + "\n</ul>" if rows else ""


def _download(view: View, name: tuple[str, str], files: list[tuple[str, str, str]]) -> str:
    links = " ".join(
        f'<span class="nb"><a href="{view.to(path)}" download=""'
        f' aria-label="{view.say(*(f"{one} {kind}" for one in name))}">{kind}</a> {size}</span>'
        for kind, path, size in files
    )
    return f'<li><span class="downloads__name">{view.words(*name)}</span> {links}</li>'


def _offered(view: View) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """What a reader of this page may want, with the kind and the path of its files: a chapter's
    reader that and its book, others all.
    """
    books = {
        tree: [
            ("PDF", f"downloads/hard-tech-{tree}.pdf"),
            ("EPUB", f"downloads/hard-tech-{tree}.epub"),
        ]
        for tree in TREES
    }
    if not view.is_chapter:
        return {VERSIONS[tree]: files for tree, files in books.items()}
    chapter = [("PDF", f"downloads/chapters/{view.tree}/{view.name}.pdf")]
    halves = {
        VERSIONS[lang]: books[lang][1:] for lang in LANGS if len(view.langs) > 1
    }  # no EPUB holds both languages
    return {
        ("本章", "This chapter"): chapter,
        ("全文", "The whole paper"): books[view.tree],
    } | halves


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"<small>{render_size(size)}</small>"


def render_size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
