"""The offline copy: the finished site in one zip file, its links such that it works from disk, without a server."""

import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

from whitepaper.book import Book
from whitepaper.editions import read_source
from whitepaper.exports.archive import write_zip
from whitepaper.exports.pdf import BASE
from whitepaper.site.share import OFFLINE_SIZE, render_size

FILE = f"downloads/{BASE}-offline.zip"
FOLDER = f"{BASE}-offline"  # what unpacks into one folder litters nobody's desk
ONLINE_ONLY = ("cards/", "404.html", "sitemap.xml", "robots.txt", "build.json", "_headers", FILE)
LINK = re.compile(r'(?<=[ \n])(href|src)="([^"]*)"')
POLICY = re.compile(
    r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?'
)  # its 'self' is nothing to a page on disk


def write_offline(book: Book, stage: Path) -> None:
    """Writes downloads/hard-tech-offline.zip from all that stands in `stage`: the last step that adds to the site."""
    paths = {
        path.relative_to(stage).as_posix(): path for path in stage.rglob("*") if path.is_file()
    }
    kept = {name: path for name, path in paths.items() if not name.startswith(ONLINE_ONLY)}
    files = {f"{FOLDER}/{name}": _readable(book, name, path, kept) for name, path in kept.items()}
    write_zip(stage / FILE, files, read_source(book.root).date)
    _tell_size(
        [path for name, path in kept.items() if name.endswith(".html")],
        (stage / FILE).stat().st_size,
    )


def _tell_size(pages: list[Path], size: int) -> None:
    """Lets the site's own pages say how large the copy is; those in it could not know."""
    told = OFFLINE_SIZE.replace("><", f">{render_size(size)}<")
    for path in pages:
        page = path.read_text("utf-8")
        if OFFLINE_SIZE in page:
            path.write_bytes(page.replace(OFFLINE_SIZE, told).encode("utf-8"))


def _readable(book: Book, name: str, path: Path, kept: dict[str, Path]) -> bytes:
    if not name.endswith(".html"):
        return path.read_bytes()
    page = POLICY.sub("", path.read_text("utf-8"))
    return LINK.sub(
        lambda link: f'{link[1]}="{from_disk(name, link[2], kept, book.site_url)}"', page
    ).encode()


def from_disk(page: str, link: str, kept: dict[str, Path] | set[str], site_url: str) -> str:
    """A link on `page` as it must be on disk: to a file where it led to a folder, to the web where the copy lacks the target."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return link
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path))
    if f"{target}/index.html".removeprefix("./") in kept:
        return parts._replace(path=posixpath.join(parts.path, "index.html")).geturl()
    return link if target in kept else site_url + parts._replace(path=target).geturl()
