"""The offline copy: the finished site in one zip file, its links such that it works from disk."""

from pathlib import Path

from whitepaper.book import Book
from whitepaper.editions import read_source
from whitepaper.exports.archive import write_zip
from whitepaper.exports.pdf import BASE

FILE = f"downloads/{BASE}-offline.zip"
FOLDER = f"{BASE}-offline"  # what unpacks into one folder litters nobody's desk
ONLINE_ONLY = ("cards/", "404.html", "sitemap.xml", "robots.txt", "build.json", "_headers", FILE)


def write_offline(book: Book, stage: Path, pages: dict[str, str]) -> None:
    """Writes downloads/hard-tech-offline.zip: `pages`, by file, and what else stands in `stage`."""
    paths = {
        path.relative_to(stage).as_posix(): path for path in stage.rglob("*") if path.is_file()
    }
    files = {
        f"{FOLDER}/{name}": path.read_bytes()
        for name, path in paths.items()
        if not name.startswith(ONLINE_ONLY)
    }
    files |= {f"{FOLDER}/{name}": page.encode() for name, page in pages.items()}
    write_zip(stage / FILE, files, read_source(book.root).date)
