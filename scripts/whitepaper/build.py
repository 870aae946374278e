"""Builds the whole site aside and puts it in place in one step at the very end."""
import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from whitepaper.book import EXAMPLE_URL, ROOT, Book, BookError, read_book
from whitepaper.content import read_contents
from whitepaper.editions import read_edition, read_source
from whitepaper.exports import write_exports
from whitepaper.pages import finish_pages
from whitepaper.publish import staged, verify, write_manifest
from whitepaper.redirects import write_redirects
from whitepaper.render import render_trees

Step = tuple[str, Callable[[Book, Path], None]]  # its name as shown, and what it does to the staged site
STEPS: list[Step] = [
    ("render the two trees", render_trees),
]
EXPORTS: list[Step] = [
    ("set the PDFs", lambda book, stage: write_exports(book, stage, read_contents(book, stage))),
]
FINISH: list[Step] = [
    ("finish the pages", lambda book, stage: finish_pages(book, stage, read_contents(book, stage))),
    ("lead old addresses on", write_redirects),
]


def build(root: Path, out: Path, exports: bool) -> None:
    """Raises BookError; `out` is then as it was."""
    book = read_book(root)
    with staged(out) as stage:
        for name, step in [*STEPS, *(EXPORTS if exports else []), *FINISH, ("list what was made", write_facts)]:
            started = time.perf_counter()
            print(f"  {name} …", end="", flush=True)
            step(book, stage)
            print(f" {time.perf_counter() - started:.1f} s", flush=True)


def write_facts(book: Book, stage: Path) -> None:
    """Writes build.json: edition, commit, source date, and the files."""
    edition, source = read_edition(book.root), read_source(book.root)
    facts = {"edition": edition.number, "date": edition.date.isoformat(), "commit": source.commit, "source_date": source.stamp}
    write_manifest(stage, facts | {"site_url": book.site_url})


def build_from_text(text: Path, out: Path, exports: bool) -> None:
    """As `build`, of a copy of the project that holds the published wording in `text`; the project itself is not touched."""
    from whitepaper.importer import import_into

    with tempfile.TemporaryDirectory(prefix="whitepaper-") as folder:
        copy = Path(folder) / "book"
        shutil.copytree(ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(".*", "site", "tests", "__pycache__"))
        import_into(copy, text)
        build(copy, out, exports)


def main() -> int:
    options = _parser().parse_args()
    if options.site_url:
        os.environ["SITE_URL"] = options.site_url
    out = options.out.resolve()
    try:
        if options.verify:
            return _verified(options.verify)
        if not os.environ.get("SITE_URL"):
            print(f"build: no SITE_URL, using {EXAMPLE_URL} for canonical links", file=sys.stderr)
        if options.text:
            build_from_text(options.text, out, not options.no_exports)
        else:
            build(ROOT, out, not options.no_exports)
    except BookError as error:
        print(f"\nbuild: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\nbuild: stopped; {out} is as it was", file=sys.stderr)
        return 2
    return 0


def _verified(site: str) -> int:
    problems = list(verify(site))
    for problem in problems:
        print(problem)
    print(f"build: {len(problems)} differences from build.json" if problems else "build: every file is as build.json says", file=sys.stderr)
    return 1 if problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/build", description="Checks, draws, renders and exports the book into site/.")
    parser.add_argument("--out", type=Path, default=ROOT / "site", metavar="DIR", help="where the site goes (default: site/)")
    parser.add_argument("--site-url", metavar="URL", help="its published address (default: $SITE_URL)")
    parser.add_argument("--text", type=Path, metavar="FILE", help="the published Chinese wording, put in place of ours in a temporary copy")
    parser.add_argument("--no-exports", action="store_true", help="leave out PDF, EPUB, cards and the offline copy")
    parser.add_argument("--verify", metavar="SITE", help="build nothing; compare a published copy (folder or address) with its build.json")
    return parser
