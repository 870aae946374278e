"""What this book adds to the proofreader: its glossary, its addresses, what its build refuses, its
text rules."""

import re
from pathlib import Path

import proofreader
from proofreader import CheckError, Glossary, Problem
from whitepaper.book import ROOT, BookError
from whitepaper.data import line_at
from whitepaper.glossary import read_glossary
from whitepaper.laws import addresses, build, glyphs, text  # noqa: F401

FILE = "data/glossary.toml"
HEAD = re.compile(r"^\s*\[\[\s*term\s*\]\]", re.MULTILINE)


def check_book(root: Path = ROOT) -> list[Problem]:
    """All problems of the book in `root`, sorted; raises BookError where it cannot be read at
    all."""
    try:
        return proofreader.run_check(root).problems
    except CheckError as error:
        raise BookError(str(error)) from None


def main() -> int:
    """scripts/check: this book, or any other project."""
    return proofreader.main(default=ROOT)


def _terms(settings: proofreader.Settings) -> Glossary | None:
    """The glossary of a project that uses our extension; raises CheckError where it cannot be
    read."""
    path = settings.docs / FILE
    if "whitepaper.extension" not in settings.extensions or not path.exists():
        return None
    shown = settings.shown(path)
    try:
        terms = read_glossary(Path(shown))  # a run stands in the project's root
    except BookError as error:
        raise CheckError(str(error)) from None
    source = path.read_text("utf-8")
    heads = [found.end() for found in HEAD.finditer(source)]

    def line_of(number: int, key: str) -> int:
        """Looked for in the term alone: for all of them it is asked in each run."""
        first, after = [*heads, len(source), len(source)][number : number + 2]
        return source.count("\n", 0, first) + line_at(source[first:after], (key,))

    return Glossary(terms, shown, source, line_of)


proofreader.TERMS.append(_terms)
proofreader.KNOWN += ["whitepaper.", "overrides/two_languages.py"]
