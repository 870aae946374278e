"""What a reader takes along: PDF, EPUB and preview cards, made from the rendered content."""
from pathlib import Path
from xml.etree.ElementTree import Element

from whitepaper.book import Book
from whitepaper.cards import write_cards
from whitepaper.epub import write_epubs
from whitepaper.pdf import write_pdfs
from whitepaper.places import Contents


def write_exports(book: Book, stage: Path, contents: dict[tuple[str, str], Element]) -> None:
    """Writes downloads/ and cards/; raises BookError with file and line where the text cannot be set."""
    pages = Contents(book, contents)
    write_pdfs(pages, stage)
    write_epubs(pages, stage)
    write_cards(book, stage)
