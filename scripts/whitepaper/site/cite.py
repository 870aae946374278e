"""How to cite a chapter of this edition: four styles as text, BibTeX and RIS as files and to be
copied.

In every format it is a chapter of a work, online. The date of the work is not known, and no format
gives it one: the edition's own number and day stand with its name, and the day of access is the
reader's. Where the Chinese is the published wording, the citation names the work itself, in the
white paper that holds it.

Followed are
- GB/T 7714—2025, in force since 1 July 2026: a chapter of a book (8.3), in this order: authors
  (7.1: family name first, in pinyin with a capital and the given name in full), title (7.2) with
  its marks for kind and carrier (7.3), `//`, authors and title of the book with its further title
  (7.2.3), version (7.4), place in the text (7.7), address (7.8). Commas, colons and brackets are
  full-width, stops and square brackets are not (clause 6). A chapter of a book has no day of access
  and none of change: these belong to sites and data (8.11, 8.14);
- GB/T 7714—2015, its forerunner, for journals that still ask for it (4.2 and 4.6: analytic entry,
  electronic resource, which needs no place, publisher or year; 8.1: names);
- APA 7 (8.13: a paragraph is named in the text, not in the reference; 8.14: no date; 9.16: a page
  that may change; 9.38: titles in pinyin, translated; 10.3: chapter);
- Chicago 17 and 18 (bibliography: chapter, online, no date; Chinese names in their own order,
  titles in pinyin, characters and translation; 6.11: marks within marks).

In RIS, DA and PY would date the work, Y2 is the day of access.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whitepaper.book import HTML_LANG, BookError
from whitepaper.site.view import VIEW_NAMES, View, authors
from whitepaper.wording import edition_name

TODAY = "{today}"  # the reader's day: the page's script fills it in
PLACE = "{place}"  # the paragraph that the reader has in the address, if any: the script too
ROMANIZED = "docs/data/romanized.toml"
NUMBER = {"zh": "第#段", "en": "para. #"}
PROPER = ("China",)  # words of a title that keep their capital in sentence style


@dataclass(frozen=True)
class Citation:
    """One reference; `_…_` marks what a style sets in italics."""

    style: str
    lang: str
    text: str
    # what stands for PLACE, with # for the number; `` where the reference is to the chapter
    # whatever the reader has before him
    place: str
    day: str = (
        "iso"  # the form of TODAY: `iso` 2026-01-31, `slashes` 2026/01/31, `long` January 31, 2026
    )

    def kept(self) -> str:
        """The reference as a file holds it: to the chapter, and without the lines that only the
        reader's day could fill.
        """
        return re.sub(rf".*{TODAY}.*\r?\n", "", self.text).replace(PLACE, "")


def citations(view: View) -> list[Citation]:
    """The styles that a reader of this page wants, on a parallel page in each of its languages."""
    families = " & ".join(family for family, _ in _names(view))
    in_text = f"APA 7{view.say('（正文标注）', ' (in text)')}"
    return [
        *(
            Citation(_label("GB/T 7714—2025", view, lang), lang, _national(view, lang), f"：{at}")
            for lang, at in _numbers(view)
        ),
        *(
            Citation(_label("GB/T 7714—2015", view, lang), lang, _former(view, lang), at)
            for lang, at in _numbers(view)
        ),
        *(
            Citation(_label("APA 7", view, lang), "en", _apa(view, lang), "", "long")
            for lang in view.langs
        ),
        Citation(in_text, "en", f"({families}, n.d.{PLACE})", f", {NUMBER['en']}"),
        *(
            Citation(_label("Chicago", view, lang), "en", _chicago(view, lang), f", {NUMBER['en']}")
            for lang in view.langs
        ),
    ]


def _numbers(view: View) -> list[tuple[str, str]]:
    return [(lang, NUMBER[lang]) for lang in view.langs]


def _label(style: str, view: View, lang: str) -> str:
    return style if len(view.langs) == 1 else f"{style}, {VIEW_NAMES[lang]}"


def is_original(view: View, lang: str) -> bool:
    """Whether the page gives the authors' own words in `lang`."""
    return lang == "zh" and view.wording == "published"


def title_and_host(view: View, lang: str, original: bool) -> tuple[str, str]:
    """What is cited and what it stands in: a chapter in this edition's work, or the work's own
    chapter in the white paper.
    """
    title, work = re.sub(r"^[\d.]+ ", "", view.title(lang)), view.work(lang)
    return (
        (f"{work}: {title}", view.book.config["extra"]["publication"][lang])
        if original
        else (title, work)
    )


def _national(view: View, lang: str) -> str:
    """GB/T 7714—2025."""
    original = is_original(view, lang)
    title, host = title_and_host(view, lang, original)
    people = "，".join(authors(view.book, lang))
    if not original:
        host = f"{people}. {host}：{_edition_name(view, lang)}. {_version(view, lang)}"
    return f"{people}. {title}[{'R' if original else 'M'}/OL]//{host}{PLACE}. {view.url()}."


def _former(view: View, lang: str) -> str:
    """GB/T 7714—2015."""
    original = is_original(view, lang)
    title, host = title_and_host(view, lang, original)
    latin = [f"{family.upper()} {given}" for family, given in _names(view)]
    people = ", ".join(authors(view.book, "zh") if lang == "zh" else latin)
    if not original:
        host = f"{people}. {host}: {_edition_name(view, lang)}. {_version(view, lang)}"
    kind, day = "R" if original else "M", view.edition.date.isoformat()
    return f"{people}. {title}[{kind}/OL]//{host}. {PLACE}({day})[{TODAY}]. {view.url()}."


def _edition_name(view: View, lang: str) -> str:
    return edition_name(view.wording, "zh-en", lang)


def _version(view: View, lang: str) -> str:
    return {"zh": f"{view.edition.number}版", "en": f"Version {view.edition.number}"}[lang]


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
        names = [f"{name} {own}" for name, own in zip(names, authors(view.book, "zh"), strict=True)]
        title, host = _foreign(view, "{quoted}{own} [{english}].", "_{latin}_{own} [{english}]")
    else:
        title, host = title_and_host(view, "en", False)
        title, host = _quoted(title, "."), f"_{host}_"
    edition = (
        ""
        if is_original(view, lang)
        else f" {_short_edition(view)}, version {view.edition.number}."
    )
    held = f"{' and '.join(names)}. {title} In {host}{PLACE}.{edition} N.d."
    return f"{held} Edition updated {day:%B} {day.day}, {day.year}. {view.url()}."


def _foreign(view: View, *forms: str) -> list[str]:
    """Title and container of a Chinese page, each as its form says: in pinyin, in characters (a
    blank before them), and in English.
    """
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
                latin=latin or own,
                quoted=_quoted(latin or own),
                own=f" {own}" if latin else "",
                english=_sentence(english),
            )
        )
    return filled


def _quoted(title: str, stop: str = "") -> str:
    """A title between marks, with those in it made single; a stop goes within all of them, and
    after none of its kind.
    """
    inner = title.translate(str.maketrans("“”", "‘’"))
    words = inner.rstrip("’")
    return f"“{words}{'' if words.endswith(('?', '!', '.')) else stop}{inner[len(words) :]}”"


@cache
def read_romanized(root: Path) -> dict[str, str]:
    """Titles in pinyin, by their characters; none where there is no such file.

    Raises BookError where it is no TOML.
    """
    path = root / ROMANIZED
    try:
        return tomllib.loads(path.read_text("utf-8"))["title"] if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise BookError(f"{ROMANIZED}: not valid ({error}). Give it one table [title]") from None


def _short_edition(view: View) -> str:
    name = _edition_name(view, "en")
    return name[0].upper() + name[1:].replace("edition", "ed.")


def _names(view: View) -> list[tuple[str, str]]:
    """(family name, given name) of each author in Latin letters."""
    parts = [name.partition(" ") for name in authors(view.book, "en")]
    return [(family, given) for family, _, given in parts]


def _sentence(title: str) -> str:
    """A headline-style title in sentence style: capitals stay at its start, after a colon, in
    proper names and where all are capitals.
    """
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
        Citation("BibTeX", lang, _bibtex(view, lang), {"zh": "，", "en": ", "}[lang] + at)
        for lang, at in _numbers(view)
    ]


def _bibtex(view: View, lang: str) -> str:
    """`incollection`: reference managers take it for a chapter, and keep its book and edition."""
    original, day = is_original(view, lang), view.edition.date.isoformat()
    title, host = title_and_host(view, lang, original)
    fields = {
        "author": " and ".join(_people(view, lang)),
        "title": _escaped(title),
        "booktitle": _escaped(host),
        "edition": edition(view, lang),
        "note": {"zh": f"本版更新于{day}", "en": f"Edition updated {day}"}[lang] + PLACE,
        "langid": {"zh": "chinese", "en": "english"}[lang],
        "url": view.url(),
        "urldate": TODAY,
    }
    if original:
        del fields["edition"]
        fields["note"] = _edition(view, lang) + PLACE
    name = f"hard-tech-{view.name}-{view.tree}{f'-{lang}' if len(view.langs) > 1 else ''}"
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items())
    return f"@incollection{{{name},\n{lines}}}\n"


def edition(view: View, lang: str) -> str:
    """The edition as reference managers keep it."""
    comma = {"zh": "，", "en": ", "}[lang]
    return f"{_edition_name(view, lang)}{comma}{_version(view, lang).lower()}"


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
        _edition_name(view, lang),
        view.edition.number,
        view.edition.date.isoformat(),
    )
    if is_original(view, lang):
        return f"出版原文，见{name}{number}版，{day}"
    return {"zh": f"{name}，{number}版，{day}", "en": f"{name}, version {number}, {day}"}[lang]


def _escaped(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
