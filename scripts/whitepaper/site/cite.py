"""How to cite a chapter of this edition: three styles as text, BibTeX and RIS as files and to be copied.

In every format it is a chapter of a work, online. The date of the work is not known, and no format gives it one: the edition's
own number and day stand with its name, and the day of access is the reader's. Where the Chinese is the published
wording, the citation names the work itself, in the white paper that holds it.
Followed are GB/T 7714—2015 (4.2 and 4.6: analytic entry, electronic resource, which needs no place, publisher
or year; 8.1: names; the label names it, for a 2025 edition of the standard is in force too), APA 7 (8.13: a
paragraph is named in the text, not in the reference; 8.14: no date; 9.16: a page that may change; 9.38: titles in
pinyin, translated; 10.3: chapter), Chicago 17 and 18 (bibliography: chapter, online, no date; Chinese names in
their own order, titles in pinyin, characters and translation). BibTeX has no type for a chapter without year and
publisher that its own styles would not complain of, so it is `misc`, which biblatex knows too. In RIS, DA and PY
would date the work, Y2 is the day of access.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whitepaper.book import HTML_LANG, BookError
from whitepaper.site.view import VIEW_NAMES, View, authors
from whitepaper.wording import EDITION

TODAY = "{today}"  # the reader's day: the page's script fills it in
PLACE = "{place}"  # the paragraph that the reader has in the address, if any: the script fills it in too
ROMANIZED = "docs/data/romanized.toml"
NUMBER = {"zh": "第#段", "en": "para. #"}
PROPER = ("China",)  # words of a title that keep their capital in sentence style


@dataclass(frozen=True)
class Citation:
    """One reference; `_…_` marks what a style sets in italics."""

    style: str
    lang: str
    text: str
    place: str  # what stands for PLACE, with # for the number; `` where the reference is to the chapter whatever the reader has before him
    day: str = (
        "iso"  # the form of TODAY: `iso` 2026-01-31, `slashes` 2026/01/31, `long` January 31, 2026
    )

    def kept(self) -> str:
        """The reference as a file holds it: to the chapter, and without the lines that only the reader's day could fill."""
        return re.sub(rf".*{TODAY}.*\r?\n", "", self.text).replace(PLACE, "")


def citations(view: View) -> list[Citation]:
    """The styles that a reader of this page wants, on a parallel page in each of its languages."""
    within = Citation(
        f"APA 7, {view.say('正文标注', 'in text')}",
        "en",
        f"({' & '.join(family for family, _ in _names(view))}, n.d.{PLACE})",
        ", para. #",
    )
    national = [
        Citation(_label("GB/T 7714—2015", view, lang), lang, _gbt(view, lang), NUMBER[lang])
        for lang in view.langs
    ]
    american = [
        Citation(_label("APA 7", view, lang), "en", _apa(view, lang), "", "long")
        for lang in view.langs
    ]
    return [
        *national,
        *american,
        within,
        *(
            Citation(_label("Chicago", view, lang), "en", _chicago(view, lang), ", para. #")
            for lang in view.langs
        ),
    ]


def _label(style: str, view: View, lang: str) -> str:
    return style if len(view.langs) == 1 else f"{style}, {VIEW_NAMES[lang]}"


def is_original(view: View, lang: str) -> bool:
    """Whether the page gives the authors' own words in `lang`."""
    return lang == "zh" and view.wording == "published"


def title_and_host(view: View, lang: str, original: bool) -> tuple[str, str]:
    """What is cited and what it stands in: a chapter in this edition's work, or the work's own chapter in the white paper."""
    title, work = re.sub(r"^[\d.]+ ", "", view.title(lang)), view.work(lang)
    return (
        (f"{work}: {title}", view.book.config["extra"]["publication"][lang])
        if original
        else (title, work)
    )


def _gbt(view: View, lang: str) -> str:
    original = is_original(view, lang)
    title, host = title_and_host(view, lang, original)
    people = ", ".join(
        authors(view.book, "zh")
        if lang == "zh"
        else (f"{family.upper()} {given}" for family, given in _names(view))
    )
    if not original:
        version = f"{view.edition.number}版" if lang == "zh" else f"Version {view.edition.number}"
        host = f"{people}. {host}: {EDITION[view.wording][lang]}. {version}"
    return f"{people}. {title}[{'R' if original else 'M'}/OL]//{host}. {PLACE}({view.edition.date.isoformat()})[{TODAY}]. {view.url()}."


def _apa(view: View, lang: str) -> str:
    people = ", & ".join(f"{family}, {given[0]}." for family, given in _names(view))
    if lang == "zh":
        title, host = _foreign(view, "{latin} [{english}]", "_{latin}_ [{english}]")
    else:
        title, host = map(_sentence, title_and_host(view, "en", False))
        host = f"_{host}_"
    edition = (
        ""
        if is_original(view, lang)
        else f" ({_short_edition(view)}, Version {view.edition.number})"
    )
    return f"{people} (n.d.). {title}. In {host}{edition}. Retrieved {TODAY}, from {view.url()}"


def _chicago(view: View, lang: str) -> str:
    names, day = authors(view.book, "en"), view.edition.date
    if lang == "zh":
        names = [f"{name} {own}" for name, own in zip(names, authors(view.book, "zh"))]
        title, host = _foreign(view, "“{latin}”{own} [{english}].", "_{latin}_{own} [{english}]")
    else:
        title, host = title_and_host(view, "en", False)
        title, host = f"“{title}.”", f"_{host}_"
    edition = (
        ""
        if is_original(view, lang)
        else f" {_short_edition(view)}, version {view.edition.number}."
    )
    return f"{' and '.join(names)}. {title} In {host}{PLACE}.{edition} N.d. Edition updated {day:%B} {day.day}, {day.year}. {view.url()}."


def _foreign(view: View, *forms: str) -> list[str]:
    """Title and container of a Chinese page, each as its form says: in pinyin, in characters (a blank before them), and in English."""
    original = is_original(view, "zh")
    known, filled = read_romanized(view.book.root), []
    for form, own, english in zip(
        forms,
        title_and_host(view, "zh", original),
        title_and_host(view, "en", original),
        strict=True,
    ):
        parts = own.split(": ")
        latin = (
            ": ".join(known[part] for part in parts) if all(part in known for part in parts) else ""
        )
        filled.append(
            form.format(
                latin=latin or own, own=f" {own}" if latin else "", english=_sentence(english)
            )
        )
    return filled


@cache
def read_romanized(root: Path) -> dict[str, str]:
    """Titles in pinyin, by their characters; none where there is no such file. Raises BookError where it is no TOML."""
    path = root / ROMANIZED
    try:
        return tomllib.loads(path.read_text("utf-8"))["title"] if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise BookError(f"{ROMANIZED}: not valid ({error}). Give it one table [title]") from None


def _short_edition(view: View) -> str:
    name = EDITION[view.wording]["en"]
    return name[0].upper() + name[1:].replace("edition", "ed.")


def _names(view: View) -> list[tuple[str, str]]:
    """(family name, given name) of each author in Latin letters."""
    return [tuple(name.split(" ", 1)) for name in authors(view.book, "en")]


def _sentence(title: str) -> str:
    """A headline-style title in sentence style: capitals stay at its start, after a colon, in proper names and where all are capitals."""
    words = title.split(" ")
    return " ".join(
        word
        if at == 0 or words[at - 1].endswith(":") or word.isupper() or word.startswith(PROPER)
        else word.lower()
        for at, word in enumerate(words)
    )


def bibtex(view: View) -> list[Citation]:
    """An entry for BibTeX and biblatex alike, for each language of the page."""
    return [
        Citation("BibTeX", lang, _bibtex(view, lang), f"  note = {{{NUMBER[lang]}}},\n")
        for lang in view.langs
    ]


def _bibtex(view: View, lang: str) -> str:
    title, host = title_and_host(view, lang, is_original(view, lang))
    fields = {
        "author": " and ".join(_people(view, lang)),
        "title": _escaped(title),
        "howpublished": {
            "zh": f"载《{_escaped(host)}》，",
            "en": f"In \\emph{{{_escaped(host)}}}, ",
        }[lang]
        + _edition(view, lang),
        "langid": {"zh": "chinese", "en": "english"}[lang],
        "url": view.url(),
        "urldate": TODAY,
    }
    name = f"hard-tech-{view.name}-{view.tree}{f'-{lang}' if len(view.langs) > 1 else ''}"
    return (
        f"@misc{{{name},\n"
        + "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items())
        + PLACE
        + "}\n"
    )


def ris(view: View) -> list[Citation]:
    """The same as RIS; its lines end as that format asks."""
    return [
        Citation("RIS", lang, _ris(view, lang), f"N1  - {NUMBER[lang]}\r\n", "slashes")
        for lang in view.langs
    ]


def _ris(view: View, lang: str) -> str:
    title, host = title_and_host(view, lang, is_original(view, lang))
    people = [("AU", name) for name in _people(view, lang)]
    edition = ("N1" if is_original(view, lang) else "ET", _edition(view, lang))
    lines = [
        ("TY", "CHAP"),
        *people,
        ("TI", title),
        ("T2", host),
        edition,
        ("LA", HTML_LANG[lang]),
        ("Y2", TODAY),
        ("UR", view.url()),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines) + PLACE + "ER  - \r\n"


def _people(view: View, lang: str) -> list[str]:
    return authors(view.book, "zh") if lang == "zh" else [", ".join(name) for name in _names(view)]


def _edition(view: View, lang: str) -> str:
    """Which edition, with its day; of the published wording, where it is to be read."""
    name, number, day = (
        EDITION[view.wording][lang],
        view.edition.number,
        view.edition.date.isoformat(),
    )
    if is_original(view, lang):
        return f"出版原文，见{name}{number}版，{day}"
    return {"zh": f"{name}，{number}版，{day}", "en": f"{name}, version {number}, {day}"}[lang]


def _escaped(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
