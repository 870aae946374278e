"""Builds the whole site aside and puts it in place in one step at the very end."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from whitepaper.book import EXAMPLE_URL, LANGS, ROOT, Book, BookError, read_book


def render_trees(book: Book, stage: Path) -> None:
    """MkDocs, once for each language, side by side: stage/zh and stage/en."""
    runs = {lang: _mkdocs(book, lang, stage / lang) for lang in LANGS}
    said = {lang: run.communicate()[0] for lang, run in runs.items()}
    for lang, run in runs.items():
        if run.returncode:
            problems = [line for line in said[lang].splitlines() if line.startswith(("WARNING", "ERROR", "Error", "Aborted"))]
            raise BookError(f"MkDocs refuses the {lang} tree:\n  " + "\n  ".join(problems or said[lang].splitlines()[-5:]))


def _mkdocs(book: Book, lang: str, out: Path) -> subprocess.Popen:
    environment = os.environ | {"WP_LANG": lang, "SITE_URL": f"{book.site_url}{lang}/", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    return subprocess.Popen(command, cwd=book.root, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


STEPS = [("render the two trees", render_trees)]
EXPORTS: list = []


def build(root: Path, out: Path, exports: bool) -> None:
    """Raises BookError; `out` is then as it was."""
    book = read_book(root)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".site-", dir=out.parent) as folder:
        stage = Path(folder) / "site"
        stage.mkdir()
        for name, step in [*STEPS, *(EXPORTS if exports else [])]:
            started = time.perf_counter()
            print(f"  {name} …", end="", flush=True)
            step(book, stage)
            print(f" {time.perf_counter() - started:.1f} s", flush=True)
        swap(stage, out)


def swap(stage: Path, out: Path) -> None:
    old = stage.with_name("old")
    if out.exists():
        out.rename(old)
    stage.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/build", description="Checks, draws, renders and exports the book into site/.")
    parser.add_argument("--out", type=Path, default=ROOT / "site", metavar="DIR", help="where the site goes (default: site/)")
    parser.add_argument("--site-url", metavar="URL", help="its published address (default: $SITE_URL)")
    parser.add_argument("--no-exports", action="store_true", help="leave out PDF, EPUB, cards and the offline copy")
    options = parser.parse_args()
    if options.site_url:
        os.environ["SITE_URL"] = options.site_url
    if not os.environ.get("SITE_URL"):
        print(f"build: no SITE_URL, using {EXAMPLE_URL} for canonical links", file=sys.stderr)
    try:
        build(ROOT, options.out.resolve(), exports=not options.no_exports)
    except BookError as error:
        print(f"build: {error}", file=sys.stderr)
        return 2
    return 0
