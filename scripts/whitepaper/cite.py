"""How to cite a chapter of this edition: three styles as text, BibTeX and RIS as files.

The work bears no date; what is cited is its chapter in this edition, with the edition's own number
and day. GB/T 7714—2015 (4.2 and 4.6, analytic entry in an electronic resource), APA 7 (10.3 chapter,
9.29 publisher unknown, 8.13 no date), Chicago 17/18 (14.106 chapter, 14.145 no date).
"""
import re
from dataclasses import dataclass

from whitepaper.view import View

TODAY = "{today}"  # the reader's day: filled in by the page's script, named by words without it


@dataclass(frozen=True)
class Citation:
    """One reference; `_…_` marks what a style sets in italics."""

    style: str
    lang: str
    text: str


def citations(view: View) -> list[Citation]:
    """The styles that a reader of this page wants, in the languages of the page."""
    found = [Citation("GB/T 7714—2015", lang, _gbt(view, lang)) for lang in view.langs]
    return [*found, Citation("APA 7", "en", _apa(view)), Citation("Chicago", "en", _chicago(view))]


def _gbt(view: View, lang: str) -> str:
    edition, day = view.edition.number, view.edition.date.isoformat()
    if lang == "zh":
        people, host = "米磊, 赵瑞瑞", f"{view.work('zh')}: 中国硬科技产业投资发展白皮书. 双语编述版 {edition}"
        return f"{people}. {view.title('zh')}[R/OL]//{people}. {host}. [出版地不详]: [出版者不详], [出版日期不详]({day})[{TODAY}]. {view.url()}."
    people, host = "MI L, ZHAO R R", f"{view.work('en')}: white paper on investment in and development of China’s hard tech industry. Bilingual restated ed. {edition}"
    return f"{people}. {view.title('en')}[R/OL]//{people}. {host}. [S.l.]: [s.n.], [n.d.]({day})[{TODAY}]. {view.url()}."


def _apa(view: View) -> str:
    chapter, work = _sentence(view.title("en")), _sentence(view.work("en"))
    if view.tree == "zh":
        chapter, work = f"{view.title('zh')} [{chapter}]", f"{view.work('zh')} [{work}]"
        return f"Mi, L., & Zhao, R. (n.d.). {chapter}. In _{work}_ (Bilingual restated ed., Version {view.edition.number}) [White paper]. Retrieved {TODAY}, from {view.url()}"
    return f"Mi, L., & Zhao, R. (n.d.). {chapter}. In _{work}_ (Bilingual restated ed., Version {view.edition.number}) [White paper]. Retrieved {TODAY}, from {view.url()}"


def _chicago(view: View) -> str:
    chapter, work = view.title("en"), f"_{view.work('en')}_"
    if view.tree == "zh":
        chapter, work = f"{view.title('zh')} [{_sentence(chapter)}]", f"_{view.work('zh')}_ [{_sentence(view.work('en'))}]"
    day = f"{view.edition.date:%B} {view.edition.date.day}, {view.edition.date.year}"
    return f"Mi Lei and Zhao Ruirui. “{chapter}.” In {work}. Bilingual restated ed., version {view.edition.number}, {day}. White paper, n.d. {view.url()}."


def _sentence(title: str) -> str:
    """A title in sentence case: the first letter, and the first after a colon or a number, keep theirs."""
    words = re.sub(r"(?<=[A-Za-z’] )[A-Z](?=[a-z]+\b)", lambda letter: letter[0].lower(), title)
    return re.sub(r"(?<=: )[a-z]", lambda letter: letter[0].upper(), words)


def render_bibtex(view: View) -> str:
    """A chapter in a book, for biblatex and BibTeX alike; a date is not given, for there is none."""
    fields = {
        "author": " and ".join(_names(view)),
        "title": view.title(view.langs[0]),
        "booktitle": view.work(view.langs[0]),
        "edition": "双语编述版" if view.langs[0] == "zh" else "Bilingual restated",
        "version": view.edition.number,
        "type": "White paper",
        "note": f"n.d.; wording of this edition, version {view.edition.number}, {view.edition.date.isoformat()}",
        "langid": "chinese" if view.langs[0] == "zh" else "english",
        "url": view.url(),
    }
    lines = [f"  {key} = {{{_braced(value)}}}," for key, value in fields.items()]
    return "\n".join([f"@incollection{{hard-tech-{view.name}-{view.tree},", *lines, "}", ""])


def _braced(value: str) -> str:
    return re.sub(r"([&%$#_])(?!\S*://)", r"\\\1", value) if "://" not in value else value


def render_ris(view: View) -> str:
    lang = view.langs[0]
    entries = [("TY", "CHAP"), *(("AU", name) for name in _names(view)), ("TI", view.title(lang)), ("T2", view.work(lang))]
    entries += [("ET", f"{'双语编述版' if lang == 'zh' else 'Bilingual restated ed.'} {view.edition.number}"), ("LA", "zh-Hans" if lang == "zh" else "en")]
    entries += [("N1", f"n.d.; wording of this edition, version {view.edition.number}, {view.edition.date.isoformat()}"), ("UR", view.url()), ("ER", "")]
    return "".join(f"{tag}  - {value}".rstrip(" ") + ("" if value else " ") + "\r\n" for tag, value in entries)


def _names(view: View) -> list[str]:
    return ["米磊", "赵瑞瑞"] if view.langs[0] == "zh" else ["Mi, Lei", "Zhao, Ruirui"]
