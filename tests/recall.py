"""What a search must find: a committed list of queries, and the pages and paragraphs that truly
hold them.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from xml.etree.ElementTree import Element

from whitepaper.book import LANGS, ROOT
from whitepaper.content import paragraph_number

QUERIES = ROOT / "tests/fixtures/queries.toml"
BLOCKS = {"h1", "h2", "h3", "p", "li", "dt", "dd", "figcaption", "td", "th"}


@dataclass(frozen=True)
class Query:
    """What a reader types, the forms of which a right page holds one, and the page that must come
    first, where one must.
    """

    text: str
    forms: tuple[str, ...]
    first: str = ""


def read_queries(path: Path = QUERIES) -> dict[str, list[Query]]:
    listed = tomllib.loads(path.read_text("utf-8"))
    return {
        lang: [
            Query(
                entry["query"], tuple(entry.get("forms", [entry["query"]])), entry.get("first", "")
            )
            for entry in listed[lang]
        ]
        for lang in LANGS
    }


def holders(
    contents: dict[str, Element], lang: str, forms: tuple[str, ...]
) -> tuple[set[str], set[tuple[str, str]]]:
    """The pages, and the numbered paragraphs, that hold one of `forms` in a block, or all its words
    where they are joined by ` + `: in English from the start of a word.
    """
    start = r"(?<![a-z0-9])" if lang == "en" else ""
    wanted = [
        [re.compile(start + re.escape(_plain(part))) for part in form.split(" + ")]
        for form in forms
    ]
    drawn = {
        part
        for content in contents.values()
        for table in content.iter("details")
        if table.get("class") == "fig-data"
        for part in table.iter()
    }  # a drawing's data say nothing that its page's text does not
    blocks = [
        (name, block)
        for name, content in contents.items()
        for block in content.iter()
        if block.tag in BLOCKS and block not in drawn
    ]
    texts = [(name, block.get("id", ""), _plain(_own_words(block))) for name, block in blocks]
    found = [
        (name, place)
        for name, place, text in texts
        if any(all(part.search(text) for part in parts) for parts in wanted)
    ]
    return {name for name, _ in found}, {
        (name, place) for name, place in found if paragraph_number(place)
    }


def mean_scores(found: list[set[str]], right: list[set[str]]) -> tuple[float, float]:
    """(recall, precision), each the mean over the queries; precision over those that find anything."""
    recalls = [len(one & truth) / len(truth) for one, truth in zip(found, right)]
    return mean(recalls), mean(
        len(one & truth) / len(one) for one, truth in zip(found, right) if one
    )


def _plain(text: str) -> str:
    return re.sub(
        r"\s+", " ", text.replace("\u2060", "").replace("’", "'").replace("‘", "'")
    ).lower()


def _own_words(block: Element) -> str:
    """The text of a block without that of blocks inside it."""
    return (block.text or "") + "".join(
        ("" if child.tag in BLOCKS | {"ul", "ol"} else _own_words(child)) + (child.tail or "")
        for child in block
    )
