"""How to cite a chapter of this edition: three styles as text, BibTeX and RIS as files.

The work bears no date; what is cited is its chapter in this edition, with the edition's own number and
day. Followed are GB/T 7714—2015 (4.2 and 4.6: analytic entry, electronic resource; 8.1: names; unknown
place, publisher and date in brackets), APA 7 (10.3: chapter; 8.14: no date; 9.16: a page that may change),
Chicago 17 and 18 (bibliography: chapter, online, no date; Chinese names in their own order).
"""
import re
from dataclasses import dataclass

from whitepaper.book import HTML_LANG
from whitepaper.view import View, authors

TODAY = "{today}"  # the reader's day: the page's script fills it in
EDITION = {"zh": "双语编述版", "en": "restated bilingual edition"}
ORIGINAL = "双语版"  # what the Chinese edition is once its wording is the published one


@dataclass(frozen=True)
class Citation:
    """One reference; `_…_` marks what a style sets in italics."""

    style: str
    lang: str
    text: str


def citations(view: View) -> list[Citation]:
    """The styles that a reader of this page wants, GB/T 7714 in each language of the page."""
    national = [Citation("GB/T 7714—2015", lang, _gbt(view, lang)) for lang in view.langs]
    return [*national, Citation("APA 7", "en", _apa(view)), Citation("Chicago", "en", _chicago(view))]


def _gbt(view: View, lang: str) -> str:
    if lang == "zh":
        people, edition, unknown = ", ".join(authors(view.book, "zh")), f"{view.edition.number}版", "[出版地不详]: [出版者不详], [出版日期不详]"
    else:
        people = ", ".join(f"{family.upper()} {given}" for family, given in _names(view))
        edition, unknown = f"Version {view.edition.number}", "[S.l.]: [s.n.], [n.d.]"
    host = f"{people}. {view.work(lang)}: {edition_name(view, lang)}. {edition}"
    return f"{people}. {view.title(lang)}[R/OL]//{host}. {unknown}({view.edition.date.isoformat()})[{TODAY}]. {view.url()}."


def _apa(view: View) -> str:
    people = ", & ".join(f"{family}, {given[0]}." for family, given in _names(view))
    chapter, work = _sentence(_unnumbered(view.title("en"))), f"_{_sentence(view.work('en'))}_"
    if view.tree == "zh":
        chapter, work = f"{_unnumbered(view.title('zh'))} [{chapter}]", f"_{view.work('zh')}_ [{_sentence(view.work('en'))}]"
    return f"{people} (n.d.). {chapter}. In {work} (Restated bilingual ed., Version {view.edition.number}) [White paper]. Retrieved {TODAY}, from {view.url()}"


def _chicago(view: View) -> str:
    names, day = authors(view.book, "en"), view.edition.date
    chapter, work = f"“{_unnumbered(view.title('en'))}.”", f"_{view.work('en')}_"
    if view.tree == "zh":
        names = [f"{name} {own}" for name, own in zip(names, authors(view.book, "zh"))]
        chapter = f"“{_unnumbered(view.title('zh'))}” [{_sentence(_unnumbered(view.title('en')))}]."
        work = f"_{view.work('zh')}_ [{_sentence(view.work('en'))}]"
    updated = f"Edition updated {day:%B} {day.day}, {day.year}"
    return f"{' and '.join(names)}. {chapter} In {work}. Restated bilingual ed., version {view.edition.number}. N.d. {updated}. {view.url()}."


def _names(view: View) -> list[tuple[str, str]]:
    """(family name, given name) of each author in Latin letters."""
    return [tuple(name.split(" ", 1)) for name in authors(view.book, "en")]


def _unnumbered(title: str) -> str:
    return re.sub(r"^[\d.]+ ", "", title)


def _sentence(title: str) -> str:
    """A headline-style title in sentence style; words that are all capitals keep them."""
    first, *others = title.split(" ")
    return " ".join([first, *(word if word.isupper() else word.lower() for word in others)])


def render_bibtex(view: View) -> str:
    """A chapter in a book, for BibTeX and biblatex alike, with no year: the work has none."""
    lang = view.langs[0]
    people = authors(view.book, "zh") if lang == "zh" else [", ".join(name) for name in _names(view)]
    fields = {
        "author": " and ".join(people),
        "title": _escaped(view.title(lang)),
        "booktitle": _escaped(view.work(lang)),
        "edition": edition_name(view, "zh") if lang == "zh" else "Restated bilingual",
        "version": view.edition.number,
        "type": "White paper",
        "note": _note(view),
        "langid": {"zh": "chinese", "en": "english"}[lang],
        "url": view.url(),
    }
    return f"@incollection{{hard-tech-{view.name}-{view.tree},\n" + "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items()) + "}\n"


def render_ris(view: View) -> str:
    """The same as RIS; its lines end as that format asks."""
    lang = view.langs[0]
    people = authors(view.book, "zh") if lang == "zh" else [", ".join(name) for name in _names(view)]
    entries = [("TY", "CHAP"), *(("AU", name) for name in people), ("TI", view.title(lang)), ("T2", view.work(lang))]
    entries += [("ET", f"{edition_name(view, 'zh') if lang == 'zh' else 'Restated bilingual ed.'} {view.edition.number}"), ("LA", HTML_LANG[lang])]
    entries += [("N1", _note(view)), ("UR", view.url()), ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in entries)


def edition_name(view: View, lang: str) -> str:
    return EDITION[lang] if lang == "en" or not view.book.published else ORIGINAL


def _note(view: View) -> str:
    wording = "wording of this edition" if view.langs[0] == "en" or not view.book.published else "published wording, in this edition"
    return f"n.d.; {wording}, version {view.edition.number}, {view.edition.date.isoformat()}"


def _escaped(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
