"""The verb `scripts/figures`: writes what is made of data alone, or compares what lies there."""

import argparse
import sys
from pathlib import Path

from whitepaper.book import LANGS, ROOT, BookError
from whitepaper.figures.data import SOURCE
from whitepaper.figures.drawings import Drawings, draw_book
from whitepaper.look import look_files


def drawn_files(drawings: Drawings, root: Path) -> dict[Path, str]:
    """The drawings of each language, and the files made of the look, with their content."""
    return look_files(root) | {
        root / "docs" / lang / "figures" / f"{name}.svg": drawings.file(name, lang)
        for name in drawings.figures
        for lang in LANGS
    }


def compare(files: dict[Path, str], root: Path = ROOT) -> list[str]:
    """What differs between the files on disk and `files`."""
    law = "must be what docs/data has it. Hint: run scripts/figures"
    return sorted(
        f"{path.relative_to(root).as_posix()}:1: {law}"
        for path, text in files.items()
        if not path.is_file() or path.read_bytes() != text.encode()
    )


def require_current(root: Path = ROOT) -> Drawings:
    """The figures of the book; BookError with the first file that is not what they make."""
    drawings = draw_book(root)
    for told in compare(drawn_files(drawings, root), root):
        raise BookError(told)
    return drawings


def write(files: dict[Path, str]) -> None:
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def main(argv: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/figures",
        description=f"Draws every figure from {SOURCE}; writes colours and sign from look.toml.",
    )
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    options = parser.parse_args(argv)
    try:
        if not (root / SOURCE).exists():
            raise BookError(f"{SOURCE}: no such file. Restore it: every figure is drawn from it")
        drawings = draw_book(root)
        told = drawings.problems()
        files = {} if told else drawn_files(drawings, root)
    except BookError as error:
        print(f"figures: {error}", file=sys.stderr)
        return 2
    if options.check:
        told += compare(files, root)
    else:
        write(files)
    print(*told, sep="\n", end="\n" if told else "")
    return 1 if told else 0
