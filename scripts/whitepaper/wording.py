"""Whose words the edition holds, as it says so of itself: Book.wording() decides, and everything that speaks of it asks here.

Only the Chinese changes hands: `restated` is this edition's own, `published` what scripts/import has put in, and a
book whose chapters differ is `mixed`. The English is this edition's in every case.
"""

from whitepaper.book import Book

EDITOR = {
    "zh": "本版编者",
    "en": "The editor of this edition",
}  # whose are notes, drawings, glossary and the page about the edition
EDITION = {
    "restated": {"zh": "双语编述版", "en": "restated bilingual edition"},
    "mixed": {"zh": "双语版", "en": "bilingual edition"},
    "published": {"zh": "双语版", "en": "bilingual edition, English restated"},
}
COVER = {
    "restated": {"zh": "双语编述版", "en": "Restated bilingual edition"},
    "mixed": {
        "zh": "双语版 · 中文部分为原文",
        "en": "Bilingual edition · the Chinese partly as published",
    },
    "published": {"zh": "双语版 · 中文为原文", "en": "Bilingual edition · English restated"},
}
STATEMENT = {
    "restated": {
        "zh": "逐段编述，措辞由本版编者负责",
        "en": "restated paragraph by paragraph in wording of its own",
    },
    "mixed": {
        "zh": "中文有的章照出版的文字登载，有的由本版编述；英文由本版编述",
        "en": "the Chinese is the published text in some chapters and restated in others, the English restated",
    },
    "published": {
        "zh": "中文照出版的文字登载，英文由本版逐段编述",
        "en": "the Chinese is the published text, the English is restated paragraph by paragraph",
    },
}


def describe(book: Book, lang: str) -> str:
    """What the book is, where it stands and whose wording it gives, in one sentence: for PDFs and EPUBs."""
    publication = book.config["extra"]["publication"][lang]
    origin = {"zh": f"，选自《{publication}》：", "en": f", from the {publication}: "}[lang]
    return f"{book.languages[lang]['site_description']}{origin}{STATEMENT[book.wording()][lang]}"
