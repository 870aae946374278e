"""How to cite a chapter of this edition: four styles as text, BibTeX and RIS to be copied and as
links that hold their file.

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

How each writes a reference stands in styles.toml.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from whitepaper.book import HTML_LANG
from whitepaper.data import Entry, read_data
from whitepaper.site.view import View
from whitepaper.wording import edition_name

TODAY = "{today}"  # the reader's day: the page's script fills it in
PLACE = "{place}"  # the paragraph that the reader has in the address, if any: the script too
FORMS = tomllib.loads(Path(__file__).with_name("styles.toml").read_text("utf-8"))
ROMANIZED = "docs/data/romanized.toml"
PROPER = ("China",)  # words of a title that keep their capital in sentence style
ESCAPES = str.maketrans({mark: f"%{ord(mark):02X}" for mark in '%#"<>{} \r\n'})  # in an address

Said = dict[str, str]


@dataclass(frozen=True)
class Citation:
    """One reference; `_…_` marks what a style sets in italics."""

    style: str
    lang: str
    text: str
    place: str  # what stands for PLACE, with # for the number
    day: str  # the form of TODAY

    def kept(self) -> str:
        """The reference as a file holds it: to the chapter, and without the lines that only the
        reader's day could fill.
        """
        return re.sub(rf".*{TODAY}.*\r?\n", "", self.text).replace(PLACE, "")


def citations(view: View) -> list[Citation]:
    """The styles that a reader of this page wants, on a parallel page in each of its languages;
    none in one that it is not translated into.
    """
    return [one for style in FORMS["style"] for one in _written(style, view)]


@cache
def record(view: View, suffix: str) -> list[Citation]:
    """The entries of a file for reference managers, one for each language of the page."""
    return _written(FORMS["record"][suffix], view)


def record_link(view: View, suffix: str) -> str:
    """The file for reference managers as a link that holds it: it is there from disk too."""
    form = FORMS["record"][suffix]
    text = form["between"].join(citation.kept() for citation in record(view, suffix))
    return f"data:{form['media']};charset=utf-8,{text.translate(ESCAPES)}"


def _written(style: Said, view: View) -> list[Citation]:
    found = []
    langs = [lang for lang in view.langs if not view.pages[lang].waits]
    for lang in langs[:1] if "once" in style else langs:
        form = style.get("original" if view.is_original(lang) else lang) or style["form"]
        words = style.get("words", lang)
        name = style["name"]
        if "once" in style:
            name = view.say(style["once"], name)
        elif len(langs) > 1:
            name = f"{name}, {view.book.languages[lang]['name']}"
        place = _filled(style.get("place", ""), FORMS["words"][words])
        text, day = _filled(form, facts(view, lang)), style.get("day", "iso")
        found.append(Citation(name, words, text, place, day))
    return found


@cache
def facts(view: View, lang: str) -> Said:
    """What a chapter is cited by in `lang`, for the forms of styles.toml."""
    day = view.edition.date
    title, host = _title_and_host(view, lang, lang)
    roman, roman_host = (_romanized(view.book.root, words) for words in (title, host))
    english, english_host = map(_sentence, _title_and_host(view, lang, "en"))
    short = edition_name(view.wording, "zh-en", "en").replace("edition", "ed.")
    said = {
        "title": title,
        "host": host,
        "roman": roman,
        "roman_host": roman_host,
        "own": "" if roman == title else f" {title}",
        "own_host": "" if roman_host == host else f" {host}",
        "english": english,
        "english_host": english_host,
        "quoted": _quoted(roman, "" if lang == "zh" else "."),
        "bibtex_title": _escaped(title),
        "bibtex_host": _escaped(host),
        "edition": edition_name(view.wording, "zh-en", lang),
        "short": short[0].upper() + short[1:],
        "release": view.edition.number,
        "iso_day": day.isoformat(),
        "long_day": f"{day:%B} {day.day}, {day.year}",
        "key": f"hard-tech-{view.name}-{view.tree}" + f"-{lang}" * (len(view.langs) > 1),
        "code": HTML_LANG[lang],
        "url": view.url(),
        "today": TODAY,
        "place": PLACE,
    }
    words = {key: _filled(form, said) for key, form in FORMS["words"][lang].items()}
    return said | words | {key: _joined(view, form, lang) for key, form in FORMS["names"].items()}


def _filled(form: str, said: Said) -> str:
    return Template(form).substitute(said)


def _joined(view: View, form: Said, lang: str) -> str:
    """The authors as `form` writes each, with what stands between two."""
    people = []
    for own, name in zip(*(view.book.authors(one) for one in (lang, "en")), strict=True):
        family, given = name.split(" ", 1)
        said = {"family": family, "FAMILY": family.upper(), "given": given, "initial": given[0]}
        said |= {"own": own, "english_name": name}
        people.append(_filled(form.get(lang) or form["form"], said))
    return form["between"].join(people)


def _title_and_host(view: View, lang: str, shown: str) -> tuple[str, str]:
    """What a page in `lang` cites and what it stands in, in the language `shown`: a chapter in this
    edition's work, or the work's own chapter in the white paper.
    """
    work, title = view.book.title(shown), re.sub(r"^[\d.]+ ", "", view.pages[shown].title)
    if view.is_original(lang):
        return f"{work}: {title}", view.book.config["extra"]["publication"][shown]
    return title, work


def _romanized(root: Path, title: str) -> str:
    """The title in pinyin; as it is, where a part of it has none."""
    known, parts = read_romanized(root), title.split(": ")
    return ": ".join(known[part] for part in parts) if known.keys() >= set(parts) else title


class Romanized(Entry, frozen=True):
    """Titles in pinyin, by their characters."""

    title: dict[str, str]


@cache
def read_romanized(root: Path) -> dict[str, str]:
    """Titles in pinyin; none where there is no such file. Raises BookError where it is no TOML."""
    path = root / ROMANIZED
    return read_data(path, Romanized, ROMANIZED).title if path.exists() else {}


def _quoted(title: str, stop: str) -> str:
    """A title between marks, with those in it made single; a stop goes within all of them, and
    after none of its kind.
    """
    inner = title.translate(str.maketrans("“”", "‘’"))
    words = inner.rstrip("’")
    return f"“{words}{'' if words.endswith(('?', '!', '.')) else stop}{inner[len(words) :]}”"


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


def _escaped(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
