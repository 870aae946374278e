"""The addresses that were published: none may vanish without a redirect, none may come to name
another paragraph.

docs/data/addresses.txt lists them, for all trees at once, since a page and its anchors are called
the same in each: `definition/`, `definition/#p3`, the home page `./`. Behind a chapter's paragraph
stands a fingerprint of its text in each language, which survives an edit and tells it from every
other one. The paragraphs of the pages around the chapters (home, glossary, about) are nobody's to
cite and not listed. docs/data/redirects.toml says where an address that had to go has moved to.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from whitepaper.book import APPARATUS, LANGS
from whitepaper.content import paragraph_number
from whitepaper.data import read_data

LIST, REDIRECTS = "docs/data/addresses.txt", "docs/data/redirects.toml"
HEADER = (
    "# Every published address, in each tree, with a fingerprint of its text (zh, en). "
    "scripts/addresses adds new ones; none is ever taken out."
)
BINS = 16
# Likeness of a paragraph to its former self at least, and of one that has moved.
SAME, CERTAIN = 0.2, 0.5

Prints = dict[str, dict[str, str]]  # address → language → fingerprint of its text


class Loss(NamedTuple):
    """A published address that does not lead where it led."""

    address: str
    law: str
    hint: str
    moved: bool = False  # it names another paragraph, and so does all that follows on its page


def read_addresses(root: Path) -> Prints:
    """Each published address with its fingerprint by language.

    Empty where nothing is published yet.
    """
    path = root / LIST
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0]: dict(zip(LANGS, row[1:])) for row in rows}


def read_redirects(root: Path) -> dict[str, str]:
    """Old address → new one, both without the tree; raises BookError where the file is not TOML."""
    path = root / REDIRECTS
    return read_data(path, dict[str, str], REDIRECTS) if path.exists() else {}


def is_listed(address: str) -> bool:
    page, _, anchor = address.partition("#")
    around = (page.strip("./") or "index") in APPARATUS
    return not (anchor.startswith("fnref-") or (around and paragraph_number(anchor)))


def find_losses(
    published: Prints, lang: str, texts: dict[str, str], redirects: dict[str, str]
) -> Iterator[Loss]:
    """What of `published` no longer holds, where `texts` are the addresses that there now are in
    `lang`, each with the text of what it names.
    """
    for address, prints in published.items():
        if lang in prints and address in texts:
            yield from _stranger(address, lang, published, texts[address])
        elif address not in texts and address not in redirects:
            law = f"the published address {address} must exist or be redirected"
            yield Loss(address, law, f'Restore it, or add `"{address}" = "…"` to {REDIRECTS}')
    for old, new in redirects.items():
        if new not in texts:
            law = f"its redirect must lead to an address that exists, not to {new}"
            yield Loss(old, law, f"Name another in {REDIRECTS}")
        if old in texts:
            law = "an address with a redirect must not exist as well"
            yield Loss(old, law, f"Take it out of {REDIRECTS}, or rename the anchor")


def page_of(address: str) -> str:
    return address.partition("#")[0]


def _stranger(address: str, lang: str, published: Prints, text: str) -> Iterator[Loss]:
    """The loss where `text` is not what `address` was published for: another paragraph of the page,
    or none of them.
    """
    now = fingerprint(text)
    alike = {
        other: likeness(prints[lang], now)
        for other, prints in published.items()
        if lang in prints and page_of(other) == page_of(address)
    }
    best = max(alike, key=alike.__getitem__)
    law = f"{address} must name the paragraph it was published for"
    if alike[best] >= CERTAIN and alike[best] > alike[address]:
        hint = (
            "Give a paragraph put between others an id of its own, `{#p3a}`: the rest keep theirs"
        )
        yield Loss(address, f"{law}, not that of {best}", hint, moved=True)
    elif alike[address] < SAME:
        again = f"`scripts/addresses --restated '{address}'`"
        hint = f"Restore it; if it is the same paragraph restated, run {again}"
        yield Loss(address, f"{law}; its text is another", hint, moved=True)


def fingerprint(text: str) -> str:
    """A sketch of the text: in each of 16 bins of hashed pairs of characters, two digits of the
    smallest hash.
    """
    plain = "".join(re.findall(r"\w", text.lower()))
    # Four letters say about as much as two Han characters.
    width = 2 if re.search("[\u4e00-\u9fff]", plain) else 4
    smallest: dict[int, int] = {}
    for at in range(len(plain) - width + 1):
        hashed = zlib.crc32(plain[at : at + width].encode()) * 0x9E3779B1 & 0xFFFFFFFF
        smallest[hashed >> 28] = min(smallest.get(hashed >> 28, hashed), hashed)
    return "".join(f"{smallest[at] & 0xFF:02x}" if at in smallest else "--" for at in range(BINS))


def likeness(one: str, other: str) -> float:
    """About the share of character pairs that two texts have in common, from their fingerprints."""
    pairs = [(one[at : at + 2], other[at : at + 2]) for at in range(0, 2 * BINS, 2)]
    filled = [pair for pair in pairs if pair != ("--", "--")]
    return sum(a == b for a, b in filled) / len(filled) if filled else float(one == other)


def render_list(
    published: Prints, found: dict[str, dict[str, str]], restated: Iterable[str] = ()
) -> str:
    """The list with what is new in `found` (by language) at its end, and with new fingerprints of
    the `restated`.
    """
    kept = {address: prints for address, prints in published.items() if address not in restated}
    lines = [HEADER]
    for address in (*published, *new_addresses(published, found)):
        prints = dict(kept.get(address, {}))
        for lang in LANGS if paragraph_number(address.partition("#")[2]) else ():
            if lang not in prints and address in found[lang]:
                prints[lang] = fingerprint(found[lang][address])
        lines.append(" ".join([address, *(prints[lang] for lang in LANGS if lang in prints)]))
    return "\n".join(lines) + "\n"


def new_addresses(published: Prints, found: dict[str, dict[str, str]]) -> list[str]:
    """What stands in every language and is to be listed, as it stands in the book."""
    first, *others = found.values()
    return [
        address
        for address in first
        if is_listed(address)
        and address not in published
        and all(address in texts for texts in others)
    ]
