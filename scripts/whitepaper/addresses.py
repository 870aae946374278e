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
from collections.abc import Iterator
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
Found = dict[str, dict[str, str]]  # language → address → text of what it names


class Loss(NamedTuple):
    """A published address that does not lead where it led; `lang` is the tree where that shows."""

    address: str
    lang: str
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
    published: Prints,
    found: Found,
    redirects: dict[str, str],
    imported: frozenset[str] = frozenset(),
) -> Iterator[Loss]:
    """What of `published` no longer holds. The pages `imported` have another wording: their texts
    are not compared.
    """
    for lang, texts in found.items():
        for address, prints in published.items():
            if address not in texts and address not in redirects:
                law = f"the published address {address} must exist or be redirected"
                hint = f'Restore it, or add `"{address}" = "…"` to {REDIRECTS}'
                yield Loss(address, lang, law, hint)
            elif address in texts and lang in prints and _page(address) not in imported:
                yield from _stranger(address, lang, published, texts[address])
        for old, new in redirects.items():
            if new not in texts:
                law = f"its redirect must lead to an address that exists, not to {new}"
                yield Loss(old, lang, law, f"Name another in {REDIRECTS}")
            if old in texts:
                law = "an address with a redirect must not exist as well"
                yield Loss(old, lang, law, f"Take it out of {REDIRECTS}, or rename the anchor")


def _page(address: str) -> str:
    return address.partition("#")[0]


def _stranger(address: str, lang: str, published: Prints, text: str) -> Iterator[Loss]:
    """The loss where `text` is not what `address` was published for: another paragraph of the page,
    or none of them.
    """
    now = fingerprint(text)
    alike = {
        other: likeness(prints[lang], now)
        for other, prints in published.items()
        if lang in prints and _page(other) == _page(address)
    }
    best = max(alike, key=alike.__getitem__)
    law = f"{address} must name the paragraph it was published for"
    if alike[best] >= CERTAIN and alike[best] > alike[address]:
        hint = (
            "Give a paragraph put between others an id of its own, `{#p3a}`: the rest keep theirs"
        )
        yield Loss(address, lang, f"{law}, not that of {best}", hint, moved=True)
    elif alike[address] < SAME:
        again = f"`scripts/addresses --restated '{address}'`"
        hint = f"Restore it; if it is the same paragraph restated, run {again}"
        yield Loss(address, lang, f"{law}; its text is another", hint, moved=True)


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


def render_list(published: Prints, found: Found, restated: frozenset[str]) -> str:
    """The list with each new address, and the fingerprints of the `restated` ones renewed."""
    lines = [HEADER]
    for address in _in_order(published, found):
        prints = dict(published.get(address, {}))
        for lang in LANGS if paragraph_number(address.partition("#")[2]) else ():
            if address in found[lang] and (lang not in prints or address in restated):
                prints[lang] = fingerprint(found[lang][address])
        lines.append(" ".join([address, *(prints[lang] for lang in LANGS if lang in prints)]))
    return "\n".join(lines) + "\n"


def _in_order(published: Prints, found: Found) -> list[str]:
    """Addresses as they stand in the book; one that is gone stays behind the one it followed."""
    both = set.intersection(*map(set, found.values()))
    order = [address for address in found[LANGS[0]] if address in both and is_listed(address)]
    before = ""
    for address in published:
        if address not in order:
            order.insert(order.index(before) + 1 if before in order else len(order), address)
        before = address
    return order
