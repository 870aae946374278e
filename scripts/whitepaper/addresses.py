"""The addresses that were published: none may vanish without a redirect, none may come to name
another paragraph.

docs/data/addresses.txt lists them, for all trees at once, since a page and its anchors are called
the same in each: `definition/`, `definition/#p3`, the home page `./`. Behind a chapter's paragraph
stands a fingerprint of its text in each language, which survives an edit and tells it from every
other one. The paragraphs of the pages around the chapters (home, glossary, about) are nobody's to
cite and not listed. docs/data/redirects.toml says where an address that had to go has moved to.
"""

import argparse
import re
import sys
import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from whitepaper.book import APPARATUS, LANGS, ROOT, Book, BookError, read_book
from whitepaper.content import paragraph_number
from whitepaper.faults import malformed

LIST, REDIRECTS = "docs/data/addresses.txt", "docs/data/redirects.toml"
HEADER = (
    "# Every published address, in each tree, with a fingerprint of its text (zh, en). "
    "scripts/addresses adds new ones; none is ever taken out."
)
BINS = 16
SAME, CERTAIN = (
    0.2,
    0.5,
)  # likeness of a paragraph to its former self at least, and of one that has moved

Found = dict[str, dict[str, str]]  # language → address → text of what it names


@dataclass(frozen=True)
class Loss:
    """A published address that does not lead where it led; `lang` is the tree where that shows."""

    address: str
    lang: str
    message: str
    hint: str


def read_addresses(root: Path) -> dict[str, dict[str, str]]:
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
    try:
        return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookError(
            malformed(REDIRECTS, error, 'Write one redirect a line: "old/#anchor" = "new/#anchor"')
        ) from None


def find_addresses(contents: dict[tuple[str, str], Element]) -> Found:
    """Every address worth keeping in the rendered pages, by language."""
    found: Found = {lang: {} for lang, _ in contents}
    for (lang, name), content in contents.items():
        page = "./" if name == "index" else f"{name}/"
        found[lang][page] = ""
        for block in content.iter():
            anchor = f"#{block.get('id', '')}"
            if is_listed(name, anchor):
                found[lang][page + anchor] = "".join(block.itertext())
    return found


def is_listed(name: str, anchor: str) -> bool:
    return (
        len(anchor) > 1
        and not anchor.startswith("#fnref-")
        and not (name in APPARATUS and paragraph_number(anchor[1:]))
    )


def find_losses(
    published: dict[str, dict[str, str]],
    found: Found,
    redirects: dict[str, str],
    imported: frozenset[str] = frozenset(),
) -> Iterator[Loss]:
    """What of `published` no longer holds. The pages named in `imported` have another wording:
    their texts are not compared.
    """
    for lang, texts in found.items():
        for address, prints in published.items():
            if address not in texts and address not in redirects:
                yield Loss(
                    address,
                    lang,
                    f"the published address {address} must exist or be redirected",
                    f'Restore it, or add `"{address}" = "…"` to {REDIRECTS}',
                )
            elif (
                address in texts
                and lang in prints
                and address.partition("#")[0].rstrip("/") not in imported
            ):
                yield from _stranger(address, lang, published, texts[address])
        for old, new in redirects.items():
            if new not in texts:
                yield Loss(
                    old,
                    lang,
                    f"its redirect must lead to an address that exists, not to {new}",
                    f"Name another in {REDIRECTS}",
                )
            if old in texts:
                yield Loss(
                    old,
                    lang,
                    "an address with a redirect must not exist as well",
                    f"Take it out of {REDIRECTS}, or rename the anchor",
                )


def _stranger(
    address: str, lang: str, published: dict[str, dict[str, str]], text: str
) -> Iterator[Loss]:
    """The loss where `text` is not what `address` was published for: another paragraph of the page,
    or none of them.
    """
    now, page = fingerprint(text), address.partition("#")[0]
    alike = {
        other: likeness(prints[lang], now)
        for other, prints in published.items()
        if lang in prints and other.partition("#")[0] == page
    }
    best, law = (
        max(alike, key=alike.__getitem__),
        f"{address} must name the paragraph it was published for",
    )
    if alike[best] >= CERTAIN and alike[best] > alike[address]:
        yield Loss(
            address,
            lang,
            f"{law}, not that of {best}",
            "Give a paragraph put between others an id of its own, `{#p3a}`: the rest keep theirs",
        )
    elif alike[address] < SAME:
        yield Loss(
            address,
            lang,
            f"{law}; its text is another",
            "Restore it; if it is the same paragraph restated, run "
            f"`scripts/addresses --restated '{address}'`",
        )


def fingerprint(text: str) -> str:
    """A sketch of the text: in each of 16 bins of hashed pairs of characters, two digits of the
    smallest hash.
    """
    plain = "".join(re.findall(r"\w", text.lower()))
    width = (
        2 if re.search("[\u4e00-\u9fff]", plain) else 4
    )  # four letters say about as much as two Han characters
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
    published: dict[str, dict[str, str]], found: Found, restated: frozenset[str]
) -> str:
    """The list with each new address, and the fingerprints of the `restated` ones renewed."""
    lines = [HEADER]
    for address in _in_order(published, found):
        prints = dict(published.get(address, {}))
        for lang in LANGS:
            if (
                paragraph_number(address.partition("#")[2])
                and address in found[lang]
                and (lang not in prints or address in restated)
            ):
                prints[lang] = fingerprint(found[lang][address])
        lines.append(" ".join([address, *(prints[lang] for lang in LANGS if lang in prints)]))
    return "\n".join(lines) + "\n"


def _in_order(published: dict, found: Found) -> list[str]:
    """Addresses as they stand in the book; one that is gone stays behind the one it followed."""
    order = [
        address for address in found[LANGS[0]] if all(address in texts for texts in found.values())
    ]
    before = ""
    for address in published:
        if address not in order:
            order.insert(order.index(before) + 1 if before in order else len(order), address)
        before = address
    return order


def find_in_book(book: Book) -> Found:
    """Every address of the book as it stands on disk: renders its pages and reads them."""
    from whitepaper.render import render_pages  # 60 ms, which checker and importer need not spend

    return find_addresses({page: value.tree for page, value in render_pages(book).items()})


def imported_pages(book: Book) -> frozenset[str]:
    """The pages that hold the published wording, put in by scripts/import."""
    return frozenset(
        name for name in book.names if book.page("zh", name).meta.get("wording") == "published"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/addresses",
        description=f"Adds the book's new addresses to {LIST}, and says which ones are lost.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; also report addresses that the list lacks",
    )
    parser.add_argument(
        "--restated",
        nargs="+",
        default=[],
        metavar="ADDRESS",
        help="these still name the same paragraph in new words",
    )
    options = parser.parse_args()
    try:
        return _record(read_book(), options.check, frozenset(options.restated))
    except BookError as error:
        print(f"addresses: {error}", file=sys.stderr)
        return 2


def _record(book: Book, check: bool, restated: frozenset[str]) -> int:
    published, found = read_addresses(book.root), find_in_book(book)
    listing = render_list(published, found, restated)
    if not check:
        (ROOT / LIST).parent.mkdir(exist_ok=True)
        (ROOT / LIST).write_text(listing, "utf-8")
        published = read_addresses(book.root)
    lines = [
        f"{loss.lang}/{loss.address}: {loss.message}. Hint: {loss.hint}"
        for loss in find_losses(published, found, read_redirects(book.root), imported_pages(book))
    ]
    if check and listing != (ROOT / LIST).read_text("utf-8"):
        lines.append(
            f"{LIST}: must list every address of the book. Hint: scripts/addresses adds new ones"
        )
    print(*lines, sep="\n", end="\n" if lines else "")
    print(f"addresses: {len(published)} published, {len(lines)} problems", file=sys.stderr)
    return 1 if lines else 0
