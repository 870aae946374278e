"""What the build reads besides the pages, and would stop at.

What only the typesetter can know it tells itself, with file and line: a formula or a drawing that
Typst cannot set. That drawings are what the data makes of them, the build compares as a step of its
own.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from proofreader import Found, Project, rule
from whitepaper.book import BookError

TOLD = re.compile(r"(?:([^\s:]+\.\w+)(?::(\d+))?: )?(.*?)(?:\. (.*))?", re.DOTALL)
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".svg", ".gif", ".avif")


def refusals(root: Path, pictures: list[Path]) -> Iterator[BookError]:
    """Why the steps of the build could not read what they need, each by its own reader."""
    # A run that finds all as it was needs none of these, and not their 0.2 s.
    from whitepaper.addresses import read_redirects
    from whitepaper.editions import read_editions
    from whitepaper.figures.drawings import draw_book
    from whitepaper.look import SOURCE as LOOK
    from whitepaper.look import read_look
    from whitepaper.pictures import read_picture
    from whitepaper.site.cite import read_romanized
    from whitepaper.sources import SOURCES, read_sources

    read_editions.cache_clear()
    read_romanized.cache_clear()
    readers: list[tuple[str, Callable[[], object]]] = [  # each with the file that it cannot lack
        ("", partial(read_romanized, root)),
        ("", partial(read_redirects, root)),
        ("CHANGELOG.md", partial(read_editions, root)),
        (LOOK, partial(read_look, root)),
        (SOURCES, partial(read_sources, root / SOURCES)),
        ("", partial(draw_book, root)),
        *(("", partial(read_picture, path)) for path in pictures),
    ]
    for file, read in readers:
        try:
            if (root / file).exists():
                read()
        except BookError as error:
            yield error


@rule("X35")
def build_can_read(project: Project) -> Iterator[Found]:
    """Data, change log and pictures must be as the build wants them."""
    root = project.settings.root
    if "whitepaper.extension" not in project.settings.extensions:
        return
    files = project.tree.files.items()
    pictures = [file.path for uri, file in files if uri.lower().endswith(PICTURES)]
    for error in refusals(root, [path for path in pictures if path.parts[-2:-1] != ("assets",)]):
        if told := TOLD.fullmatch(str(error)):
            path, line, law, hint = told.groups()
            yield Found(path or "CHANGELOG.md", int(line or 1), law, hint or "")
