"""The offline copy: the finished site in one zip file, its links such that it works from disk."""

from pathlib import Path

from whitepaper.book import Book
from whitepaper.editions import read_source
from whitepaper.exports.archive import write_zip
from whitepaper.exports.pdf import BASE
from whitepaper.manifest import files_in

FILE = f"downloads/{BASE}-offline.zip"
FOLDER = f"{BASE}-offline"  # what unpacks into one folder litters nobody's desk
ONLINE_ONLY = ("cards/", "404.html", "sitemap.xml", "robots.txt", "build.json", "_headers", FILE)


def write_offline(book: Book, stage: Path, pages: dict[str, str]) -> None:
    """Writes downloads/hard-tech-offline.zip: `pages`, by file, and what else stands in `stage`."""
    files = {
        f"{FOLDER}/{name}": (stage / name).read_bytes()
        for name in files_in(stage)
        if not name.startswith(ONLINE_ONLY)
    }
    files |= {f"{FOLDER}/{name}": page.encode() for name, page in pages.items()}
    write_zip(stage / FILE, files, read_source(book.root).date)
