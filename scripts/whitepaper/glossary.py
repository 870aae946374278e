"""The glossary: docs/data/glossary.toml, read once, and the first use of each term in a text."""
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from whitepaper.book import BookError
from whitepaper.faults import malformed

HAN = "\u3400-\u4dbf\u4e00-\u9fff"


@dataclass(frozen=True)
class Term:
    """One entry: the Chinese term, its English, and what they mean, in one line each."""

    id: str
    zh: str
    en: str
    gloss_zh: str = ""
    gloss_en: str = ""
    kind: str = "term"
    en_first: str = ""
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    in_glossary: bool = True
    group: str = ""

    @property
    def anchor(self) -> str:
        return f"term-{self.id}"

    def forms(self, lang: str) -> tuple[str, ...]:
        """What stands in a text of `lang` for this term, for linking."""
        return (self.zh,) if lang == "zh" else tuple(filter(None, (self.en_first, self.en)))


def read_glossary(path: Path) -> tuple[Term, ...]:
    """All terms in file order; raises OSError, and BookError where one is not as it must be."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> tuple[Term, ...]:
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("term", [])
        return tuple(Term(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}) for entry in entries)
    except ValueError as error:
        raise BookError(malformed(str(path), error)) from None
    except (TypeError, AttributeError) as error:
        raise BookError(f"{path}: {str(error).removeprefix('Term.__init__() ')}. Mend it: every [[term]] has id, zh and en") from None


def script_of(text: str) -> str:
    """`zh` where Han characters outnumber a fifth of the Latin letters, else `en`: Chinese pages quote Latin names."""
    return "zh" if 5 * len(re.findall(f"[{HAN}]", text)) > len(re.findall("[A-Za-z]", text)) else "en"


@lru_cache(maxsize=8)
def term_pattern(terms: tuple[Term, ...], lang: str) -> re.Pattern[str]:
    """Finds any form of any shown term, the longest first; Latin forms as whole words, a plural s allowed."""
    forms = sorted({form for term in terms if term.in_glossary for form in term.forms(lang)}, key=len, reverse=True)
    body = "|".join(map(re.escape, forms)) or "(?!)"
    return re.compile(body) if lang == "zh" else re.compile(rf"(?<![\w-])(?:{body})s?(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=8)
def terms_by_form(terms: tuple[Term, ...], lang: str) -> dict[str, Term]:
    return {form.lower(): term for term in reversed(terms) if term.in_glossary for form in term.forms(lang)}
