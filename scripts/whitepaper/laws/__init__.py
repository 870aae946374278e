"""What this book adds to the proofreader: its glossary, its addresses, what its build refuses, its
text rules."""

from pathlib import Path

import proofreader
from proofreader import CheckError, Glossary, Problem
from whitepaper.book import ROOT, BookError
from whitepaper.data import line_at
from whitepaper.glossary import read_glossary
from whitepaper.laws import addresses, build, glyphs, text  # noqa: F401

FILE = "data/glossary.toml"


def check_book(root: Path = ROOT) -> list[Problem]:
    """All problems of the book in `root`, sorted; raises BookError where it cannot be read at
    all."""
    try:
        return proofreader.check_book(root)
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
    return Glossary(
        terms, shown, source, lambda number, key: line_at(source, ("term", number, key))
    )


proofreader.TERMS.append(_terms)
proofreader.KNOWN += ["whitepaper.", "overrides/two_languages.py"]
