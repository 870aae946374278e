"""Preview cards: for each page of each tree the picture that messengers show beside its link."""

import json
from pathlib import Path

from whitepaper.book import Book, languages
from whitepaper.exports.press import CARD, press
from whitepaper.wording import origin, signature


def write_cards(book: Book, stage: Path, tree: str) -> None:
    """Writes cards/<tree>/<page>.png, 1200×630, for every page."""
    for name in book.names:
        path = stage / f"cards/{tree}/{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        card = {"card.json": json.dumps(words(book, tree, name), ensure_ascii=False).encode()}
        path.write_bytes(press(book, "card.typ", card, **CARD))


def words(book: Book, tree: str, name: str) -> dict:
    """What stands on a card: the page's title below the book's; on the card of the home page the
    book's below the publication's.
    """
    langs = languages(tree)
    titles = {lang: book.title(lang) for lang in langs}
    if name == "index":
        shown, kickers = titles, {lang: origin(book, lang) for lang in langs}
    else:
        shown = {lang: book.page(lang, name).title for lang in langs}
        kickers = {langs[0]: " · ".join(titles.values())}
    return {
        "tree": tree,
        "titles": list(shown.values()),
        "kickers": kickers,
        "signature": [signature(book, lang, name) for lang in langs],
    }
