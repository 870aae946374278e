"""Whose words the edition holds, as it says so of itself: everything that leaves the site asks
here.

Book.wording() decides. Only the Chinese changes hands: `restated` is this edition's own paraphrase,
`published` what scripts/import has put in, and a book whose chapters differ is `mixed`. The English
is this edition's in every case. A tree is what a file holds: `zh`, `en`, or both, `zh-en`.
"""

from whitepaper.book import Book
from whitepaper.editions import read_edition

EDITOR = {  # whose are notes, drawings, glossary and the page about the edition
    "zh": "本版编者",
    "en": "The editor of this edition",
}
BILINGUAL = {  # what the edition is called, in citations too
    "restated": {"zh": "双语编述版", "en": "bilingual edition in paraphrase"},
    "mixed": {"zh": "双语版", "en": "bilingual edition"},
    "published": {"zh": "双语版", "en": "bilingual edition, English in paraphrase"},
}
CHINESE = {"restated": "编述版", "mixed": "中文版", "published": "中文版"}
ENGLISH = "English edition in paraphrase"
WHOSE = {  # of a bilingual file
    "restated": {
        "zh": "逐段编述，措辞为本版编者所撰，并非原文",
        "en": "paraphrased paragraph by paragraph in the editor’s words, not the authors’ own",
    },
    "mixed": {
        "zh": "中文有的章照出版的文字登载，其余和英文由本版编者编述",
        "en": "the Chinese of some chapters is the published text; "
        "the rest, and the English, is the editor’s paraphrase",
    },
    "published": {
        "zh": "中文照出版的文字登载，英文由本版编者逐段编述",
        "en": "the Chinese is the published text, the English the editor’s paraphrase",
    },
}
WHOSE_CHINESE = {
    "restated": WHOSE["restated"]["zh"],
    "mixed": "有的章照出版的文字登载，其余由本版编者编述",
    "published": "照出版的文字登载",
}


def edition_name(wording: str, tree: str, lang: str) -> str:
    """What a file of `tree` is, in `lang`, as a noun: one of a single language does not call itself
    bilingual.
    """
    if tree == "zh-en":
        return BILINGUAL[wording][lang]
    return CHINESE[wording] if tree == "zh" else ENGLISH


def whose(wording: str, tree: str, lang: str) -> str:
    """Whose wording a file of `tree` gives, in `lang`, as half a sentence."""
    if tree == "zh-en":
        return WHOSE[wording][lang]
    return WHOSE_CHINESE[wording] if tree == "zh" else WHOSE["restated"]["en"]


def author_names(book: Book, lang: str) -> str:
    """The authors, as a sentence names them."""
    return {"zh": "、", "en": " and "}[lang].join(
        author[lang] for author in book.config["extra"]["authors"]
    )


def origin(book: Book, lang: str) -> str:
    """Where the work stands, as a line above its title."""
    publication = book.config["extra"]["publication"][lang]
    return {"zh": f"选自《{publication}》", "en": f"From the {publication}"}[lang]


def signature(book: Book, tree: str, lang: str, name: str = "") -> str:
    """Who answers for the page `name`, or for the book, in half a line: for cards."""
    if name and name != "index" and name not in book.chapters:
        return EDITOR[lang]
    who, wording = author_names(book, lang), book.wording(name)
    if lang == "en":
        return f"After {who}, in paraphrase"
    forms = {"published": "{}著", "mixed": "{}著，部分由本版编述", "restated": "据{}原文编述"}
    return forms[wording].format(who)


def version(book: Book, lang: str) -> str:
    """Which version the book is, and of which day."""
    edition = read_edition(book.root)
    day = edition.date
    if lang == "zh":
        return f"{edition.number}版，{day.year}年{day.month}月{day.day}日"
    return f"Version {edition.number}, {day.day} {day:%B %Y}"


def describe(book: Book, tree: str, lang: str, name: str = "") -> str:
    """What a file is, where the work stands and whose wording it gives, in one sentence in `lang`.

    `name` is the page of a file that holds one; a page of the editor's says that it is his.
    """
    wording = book.wording(name)
    work = {"zh": f"《{book.title('zh')}》", "en": book.title("en")}[lang]
    who, publication = author_names(book, lang), book.config["extra"]["publication"][lang]
    kind, words = edition_name(wording, tree, lang), whose(wording, tree, lang)
    if name and name not in book.chapters:
        return {
            "zh": f"{EDITOR['zh']}所撰，见{who}{work}{kind}",
            "en": f"By the editor, from the {kind} of {work} by {who}",
        }[lang]
    return {
        "zh": f"{who}{work}（选自《{publication}》）{kind}：{words}",
        "en": f"{work} by {who} (from the {publication}), {kind}: {words}",
    }[lang]
