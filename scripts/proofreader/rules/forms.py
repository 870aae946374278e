"""Rules that are patterns: in markup.toml what did not become what it was meant to be and is still
to be seen in the text, in copy.toml how a text is set."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from proofreader.record import Block, Heading
from proofreader.rule import Findings, View, rule
from proofreader.walk import OBJECT

SETS = {"HAN": r"\u3400-\u9fff\uf900-\ufaff", "WIDE": "，。；：！？、（）《》「」『』【】“”‘’…—"}
HAN = re.compile(f"[{SETS['HAN']}]")
AS_PUBLISHED = "The wording is the published one: leave it, unless it was misread"
AROUND = 4  # characters beside what is found, by which it is known in its line
Form = dict[str, Any]
Text = Block | Heading


def _read(name: str) -> dict[str, Form]:
    text = Path(__file__).with_name(name).read_text("utf-8")
    for word, characters in SETS.items():
        text = text.replace(word, characters)
    return tomllib.loads(text)


def _file(code: str, given: Form, written: bool) -> None:
    """A rule that tells what of some forms is to be seen in a page; `written`: if the source has it
    so, and neither an escape nor a line break made it."""

    @cache
    def forms() -> list[Form]:
        return [_compiled(given | form) for form in given["forms"]]

    def check(view: View) -> Findings:
        published = (
            given.get("copy") and not written and view.page.meta.get("wording") == "published"
        )
        for found in islice(told(view), 1) if published else told(view):
            yield found._replace(hint=AS_PUBLISHED) if published else found

    def told(view: View) -> Findings:
        for form in forms():
            for text, found in _found(view, form):
                if place := _place(view, text, found, written):
                    raw = getattr(text, "kind", "") == "raw"
                    cure = form["nested"] if raw and "nested" in form else form["cure"]
                    line, column = place
                    yield view.at(line, _said(form, found), cure, column)

    check.__doc__ = given["law"]
    levels = {"any": given.get("any", ""), "book": given.get("book", "error")}
    rule(code, **levels, copy=given.get("copy", False))(check)


def _compiled(form: Form) -> Form:
    """Not before a page is read: where none has changed, it takes longer than all else."""
    keys = ("lang", "page", "pattern", "text", "source")
    return form | {key: re.compile(form.get(key, "")) for key in keys}


def _found(view: View, form: Form) -> Iterator[tuple[Text, re.Match]]:
    """What of a form is seen, each in its text."""
    if form["lang"].match(view.lang) and form["page"].search(view.source.text):
        for text in _texts(view, form):
            matches = form["pattern"].finditer(text.text)
            for found in _unpaired(form["pairs"], matches) if "pairs" in form else matches:
                start = view.source.starts[text.line - 1]
                fit = form["text"].search(text.text)
                fit = fit and form["source"].match(view.source.text, start)
                if fit and OBJECT not in found[0]:
                    yield text, found


def _unpaired(pairs: list[str], marks: Iterator[re.Match]) -> list[re.Match]:
    """The first mark that no other closes, or that closes no other."""
    open_: list[re.Match] = []
    for mark in marks:
        if open_ and open_[-1][0] + mark[0] in pairs:
            open_.pop()
        else:
            open_.append(mark)
    return open_[:1]


def _texts(view: View, form: Form) -> list[Text]:
    if "in" in form:
        return [Block("source", 1, -1, "body", getattr(view.source, form["in"]))]
    kinds = ((getattr(text, "kind", "heading"), text) for text in view.page.texts)
    of, but = form.get("of", ()), form.get("but", ())
    return [text for kind, text in kinds if (kind in of or not of) and kind not in but]


def _near(found: re.Match) -> str:
    return found.string[max(found.start() - AROUND, 0) : found.end() + AROUND].strip()


def _said(form: Form, found: re.Match) -> str:
    """The law as it applies to what was found."""
    shown = " ".join(found[0].split())
    said = form["said"].replace("{meant}", form.get("meant", ""))
    said = said.replace("{code}", f"U+{ord(found[0][:1] or '?'):04X}")
    return said.replace("{near}", _near(found)).replace("{}", shown[:60])


def _place(view: View, text: Text, found: re.Match, written: bool) -> tuple[int, int] | None:
    """Where it stands in the source from its block on; where it is escaped, or other markup parts
    it, the line alone, or nothing."""
    source = view.source
    if getattr(text, "kind", "") == "source":
        return source.place(found.start())
    lines, shown = text.text.count("\n"), source.unfenced if written else source.text
    starts = source.starts[text.line - 1 :][: lines + 2]  # of its own lines, and of the next
    end = len(shown) if written or len(starts) < lines + 2 else starts[-1]
    above = min(text.text.count("\n", 0, found.start()), len(starts) - 1)
    for needle, start in ((_near(found), 0), (found[0], above), (found[0], 0)):
        letters = (re.escape(letter) for letter in needle)
        pattern = r"\\?".join(letters).replace("\\\n", r"\n[ \t>]*")
        seen = re.compile(rf"\\?{pattern}").search(shown, starts[start], end)
        if seen and seen[0].count("\\") == needle.count("\\"):
            return source.place(seen.start())
    return None if written else (text.line + above, 1)


for code, given in _read("markup.toml").items():
    _file(code, given, written=True)
for code, given in _read("copy.toml").items():
    _file(code, given, written=False)
