"""Builds the whole site aside and puts it in place in one step at the very end."""

import argparse
import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from proofreader import render_text
from whitepaper.book import EXAMPLE_URL, ROOT, Book, BookError, read_book
from whitepaper.content import Pages
from whitepaper.editions import read_edition, read_source
from whitepaper.figures.draw import require_current
from whitepaper.git import refusal
from whitepaper.laws import check_book
from whitepaper.manifest import verify, write_manifest
from whitepaper.publish import staged
from whitepaper.render import render_pages
from whitepaper.site.pages import Pack, Site


class ProblemsFound(BookError):
    """The checker's errors, each with its line, and their number: the sources cannot become a site
    as they are.
    """


HOST_FILES = ROOT / "deploy/root"  # what static hosts look for at the root of a site


def build(root: Path, out: Path, exports: bool) -> None:
    """Raises BookError; `out` is then as it was."""
    book = read_book(root)
    with staged(out) as stage:
        with timed("check the sources"):
            require_sound(root)
        with timed("compare the figures with their data"):
            drawings = require_current(root)
        with timed("render the pages"):
            pages = render_pages(book)
        if exports:
            with timed("set PDFs, EPUBs and cards"):
                pack = _export(book, stage, pages)
        with timed("dress the pages, and write them"):
            gc.freeze()  # what is there stays: Site, which collects, need not look through it
            Site(book, stage, pages, drawings).write(pack if exports else None)
        with timed("list what was made"):
            for path in HOST_FILES.iterdir():
                shutil.copyfile(path, stage / path.name)
            write_facts(book, stage)


def require_apart(out: Path) -> None:
    """Raises BookError where the site would come to lie among the sources of the book."""
    sources = [ROOT / name for name in ("docs", "overrides", "scripts", "tests", "deploy")]
    if out == ROOT or any(out.is_relative_to(folder) for folder in sources):
        raise BookError(f"{out}: the sources of the book lie there. Name another --out")


def _export(book: Book, stage: Path, pages: Pages) -> Pack:
    """Writes what readers take along; returns what packs the offline copy, which comes last."""
    # What sets type takes 0.2 s to import, which other builds need not spend.
    from whitepaper.exports.downloads import write_exports
    from whitepaper.exports.offline import write_offline

    write_exports(book, stage, {page: pages[page].tree for page in pages})
    return partial(write_offline, book, stage)


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Shows a step while it is done, and how long it took."""
    started = time.perf_counter()
    print(f"  {step} …", end="", flush=True)
    yield
    print(f" {time.perf_counter() - started:.1f} s", flush=True)


def require_sound(root: Path) -> None:
    """Raises ProblemsFound where the checker finds an error; notes do not stand in the way."""
    errors = [problem for problem in check_book(root) if problem.level == "error"]
    if errors:
        raise ProblemsFound("\n".join(render_text(errors, root)), len(errors))


def write_facts(book: Book, stage: Path) -> None:
    """Writes build.json: edition, commit, source date, and the files."""
    edition, source = read_edition(book.root), read_source(book.root)
    facts = {
        "edition": edition.number,
        "date": edition.date.isoformat(),
        "commit": source.commit,
        "source_date": source.stamp,
    }
    write_manifest(stage, facts | {"site_url": book.site_url})


def build_from_text(text: Path, out: Path, exports: bool, asked: Sequence[str] = ()) -> None:
    """As `build`, of a copy of the project that holds the published wording in `text`.

    The project itself is not touched. `asked` is what scripts/import is told of a file.
    """
    from manuscript import import_into, read_asked, render_summary  # 0.1 s other builds need not

    with tempfile.TemporaryDirectory(prefix="whitepaper-") as folder:
        copy = Path(folder) / "book"
        shutil.copytree(
            ROOT,
            copy,
            symlinks=True,
            copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns(".*", "site", "tests", "__pycache__"),
        )
        for below in copy.glob("**/"):
            below.chmod(0o755)  # nor may the copy be read-only, as what it was made of
        print(render_summary(import_into(copy, text, read_asked(asked))), flush=True)
        build(copy, out, exports)


def main() -> int:
    options = _parsed()
    gc.disable()  # a build makes few rings; looking for them took up to a quarter of its time
    if options.site_url:
        os.environ["SITE_URL"] = options.site_url
    out = Path(options.out or ROOT / "site").resolve()
    try:
        require_apart(out)
        if options.verify:
            return _verified(options.verify)
        if options.text:
            build_from_text(Path(options.text), out, not options.no_exports, options.asked)
        else:
            build(ROOT, out, not options.no_exports)
        if not os.environ.get("SITE_URL"):
            print(f"build: no SITE_URL, so canonical links name {EXAMPLE_URL}", file=sys.stderr)
        if told := refusal(ROOT):
            print(f"build: {told}", file=sys.stderr)
    except ProblemsFound as problems:
        told, count = problems.args
        print(f"\n{told}", flush=True)
        print(
            f"build: {count} error{'s' * (count > 1)}, nothing is built; "
            f"first {told.splitlines()[0]}",
            file=sys.stderr,
        )
        return 1
    except BookError as error:
        print(flush=True)  # ends the line of the step
        print(f"build: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(flush=True)
        print(f"build: stopped; {out} is as it was", file=sys.stderr)
        return 2
    return 0


def _verified(site: str) -> int:
    problems = list(verify(site))
    for problem in problems:
        print(problem)
    print(f"build: {len(problems)} differences from build.json", file=sys.stderr)
    return 1 if problems else 0


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/build",
        description="Checks, draws, renders and exports the book into site/. With --text goes "
        "whatever scripts/import is told of a file: --pages, --from, --to, --encoding, --lossy, "
        "--force.",
    )
    for name, shown, told in (
        ("--out", "DIR", "where the site goes (default: site/)"),
        ("--site-url", "URL", "its published address (default: $SITE_URL)"),
        ("--text", "FILE", "the published Chinese wording, put in place of ours in a copy"),
        ("--verify", "SITE", "build nothing; compare a copy (folder or address) with build.json"),
    ):
        parser.add_argument(name, metavar=shown, help=told)
    told = "leave out PDF, EPUB, cards and the offline copy"
    parser.add_argument("--no-exports", action="store_true", help=told)
    options, asked = parser.parse_known_args()
    options.asked = asked
    if asked and not options.text:
        parser.error(f"unrecognized arguments: {' '.join(asked)}")
    return options
