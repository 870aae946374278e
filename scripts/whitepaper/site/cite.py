"""How to cite a chapter of this edition: three styles as text, BibTeX and RIS as files.

The work bears no date; what is cited is its chapter in this edition, with the edition's own number and day.
Where the Chinese is the published wording, the citation names the work itself, in the white paper that holds it.
Followed are GB/T 7714—2015 (4.2 and 4.6: analytic entry, electronic resource, which needs no place, publisher
or year; 8.1: names; the label names it, for a 2025 edition of the standard is in force too), APA 7 (10.3:
chapter; 8.14: no date; 9.16: a page that may change; 9.38: titles in pinyin, translated), Chicago 17 and 18 (bibliography: chapter, online, no
date; Chinese names in their own order, titles in pinyin, characters and translation).
"""
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whitepaper.book import HTML_LANG, BookError
from whitepaper.site.view import View, authors
from whitepaper.wording import EDITION

TODAY = "{today}"  # the reader's day: the page's script fills it in
PLACE = "{place}"  # the paragraph that the reader has in the address, if any: the script fills it in too
ROMANIZED = "docs/data/romanized.toml"
PROPER = ("China",)  # words of a title that keep their capital in sentence style


@dataclass(frozen=True)
class Citation:
    """One reference; `_…_` marks what a style sets in italics."""

    style: str
    lang: str
    text: str
    place: str  # what stands for PLACE, with # for the number

    def at(self, number: str, day: str) -> str:
        """The reference to one paragraph, made on `day`, as the page's script writes it."""
        place = self.place.replace("#", number)
        return re.sub(r"(https?://\S+?)(\.?)$", rf"\1#p{number}\2", self.text.replace(PLACE, place).replace(TODAY, day))


def citations(view: View) -> list[Citation]:
    """The styles that a reader of this page wants, GB/T 7714 in each language of the page."""
    national = [Citation("GB/T 7714—2015", lang, _gbt(view, lang), {"zh": "第#段", "en": "para. #"}[lang]) for lang in view.langs]
    apart = " (para. #)" if is_original(view, view.tree) else ", para. #"
    return [*national, Citation("APA 7", "en", _apa(view), apart), Citation("Chicago", "en", _chicago(view), ", para. #")]


def is_original(view: View, lang: str) -> bool:
    """Whether the page gives the authors' own words in `lang`."""
    return lang == "zh" and view.wording == "published"


def title_and_host(view: View, lang: str, original: bool) -> tuple[str, str]:
    """What is cited and what it stands in: a chapter in this edition's work, or the work's own chapter in the white paper."""
    title, work = re.sub(r"^[\d.]+ ", "", view.title(lang)), view.work(lang)
    return (f"{work}: {title}", view.book.config["extra"]["publication"][lang]) if original else (title, work)


def _gbt(view: View, lang: str) -> str:
    original = is_original(view, lang)
    title, host = title_and_host(view, lang, original)
    people = ", ".join(authors(view.book, "zh") if lang == "zh" else (f"{family.upper()} {given}" for family, given in _names(view)))
    if not original:
        version = f"{view.edition.number}版" if lang == "zh" else f"Version {view.edition.number}"
        host = f"{people}. {host}: {EDITION[view.wording][lang]}. {version}"
    return f"{people}. {title}[R/OL]//{host}. {PLACE}({view.edition.date.isoformat()})[{TODAY}]. {view.url()}."


def _apa(view: View) -> str:
    people = ", & ".join(f"{family}, {given[0]}." for family, given in _names(view))
    if view.tree == "zh":
        title, host = _foreign(view, "{latin} [{english}]", "_{latin}_ [{english}]")
    else:
        title, host = map(_sentence, title_and_host(view, "en", False))
        host = f"_{host}_"
    edition = PLACE if is_original(view, view.tree) else f" ({_short_edition(view)}, Version {view.edition.number}{PLACE})"
    return f"{people} (n.d.). {title}. In {host}{edition} [White paper]. Retrieved {TODAY}, from {view.url()}"


def _chicago(view: View) -> str:
    names, day = authors(view.book, "en"), view.edition.date
    if view.tree == "zh":
        names = [f"{name} {own}" for name, own in zip(names, authors(view.book, "zh"))]
        title, host = _foreign(view, "“{latin}”{own} [{english}].", "_{latin}_{own} [{english}]")
    else:
        title, host = title_and_host(view, "en", False)
        title, host = f"“{title}.”", f"_{host}_"
    edition = "" if is_original(view, view.tree) else f" {_short_edition(view)}, version {view.edition.number}."
    return f"{' and '.join(names)}. {title} In {host}{PLACE}.{edition} N.d. Edition updated {day:%B} {day.day}, {day.year}. {view.url()}."


def _foreign(view: View, *forms: str) -> list[str]:
    """Title and container of a Chinese page, each as its form says: in pinyin, in characters (a blank before them), and in English."""
    original = is_original(view, "zh")
    known, filled = read_romanized(view.book.root), []
    for form, own, english in zip(forms, title_and_host(view, "zh", original), title_and_host(view, "en", original), strict=True):
        parts = own.split(": ")
        latin = ": ".join(known[part] for part in parts) if all(part in known for part in parts) else ""
        filled.append(form.format(latin=latin or own, own=f" {own}" if latin else "", english=_sentence(english)))
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
    return " ".join(word if at == 0 or words[at - 1].endswith(":") or word.isupper() or word.startswith(PROPER) else word.lower() for at, word in enumerate(words))


def render_bibtex(view: View) -> str:
    """A chapter in a book, for BibTeX and biblatex alike, with no year: the work has none. A parallel page is one entry for each language."""
    return "\n".join(_bibtex(view, lang) for lang in view.langs)


def _bibtex(view: View, lang: str) -> str:
    title, host = title_and_host(view, lang, is_original(view, lang))
    fields = {
        "author": " and ".join(_people(view, lang)),
        "title": _escaped(title),
        "booktitle": _escaped(host),
        **({} if is_original(view, lang) else {"edition": EDITION[view.wording][lang], "version": view.edition.number}),
        "type": "White paper",
        "note": _note(view, lang),
        "langid": {"zh": "chinese", "en": "english"}[lang],
        "url": view.url(),
        "urldate": view.edition.date.isoformat(),
    }
    name = f"hard-tech-{view.name}-{view.tree}{f'-{lang}' if len(view.langs) > 1 else ''}"
    return f"@incollection{{{name},\n" + "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items()) + "}\n"


def render_ris(view: View) -> str:
    """The same as RIS; its lines end as that format asks."""
    return "".join(f"{tag}  - {value}\r\n" for lang in view.langs for tag, value in _ris(view, lang))


def _ris(view: View, lang: str) -> list[tuple[str, str]]:
    title, host = title_and_host(view, lang, is_original(view, lang))
    edition = [] if is_original(view, lang) else [("ET", f"{EDITION[view.wording][lang]} {view.edition.number}")]
    day = f"{view.edition.date:%Y/%m/%d}"  # Y2 is the day of access; DA would date the work, which bears none
    people = [("AU", name) for name in _people(view, lang)]
    return [("TY", "CHAP"), *people, ("TI", title), ("T2", host), *edition, ("LA", HTML_LANG[lang]), ("N1", _note(view, lang)), ("Y2", day), ("UR", view.url()), ("ER", "")]


def _people(view: View, lang: str) -> list[str]:
    return authors(view.book, "zh") if lang == "zh" else [", ".join(name) for name in _names(view)]


def _note(view: View, lang: str) -> str:
    wording = "published wording, shown in this edition" if is_original(view, lang) else "wording of this edition"
    return f"n.d.; {wording}, version {view.edition.number}, {view.edition.date.isoformat()}"


def _escaped(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
