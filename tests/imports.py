"""What the tests of the importer share: texts to import, in every disguise in which the same text
arrives.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings

from extract import raw_text
from manuscript.characters import cells
from manuscript.colophon import restate
from manuscript.decode import Source, decode
from manuscript.draft import Draft
from manuscript.oddities import find_oddities
from manuscript.proof import prove
from manuscript.reading import read_units
from manuscript.units import Reading

ROOT = Path(__file__).resolve().parent.parent
MANY = int(
    os.environ.get("IMPORT_CASES", "0")
)  # of generated cases, for a long run; the suite itself takes the same few each time
SAMPLE = next(iter(sorted((ROOT.parent / "shared" / "source").glob("*.txt"))), None)
FIXTURES = Path(__file__).resolve().parent / "fixtures" / "import"

# The texts that every promise is tested on: our own always, the real extract where the owner keeps
# it beside the repository.
TEXTS = {"made up": raw_text(6, 60)} | (
    {"the extract": SAMPLE.read_text("utf-8")} if SAMPLE else {}
)


def cases(few: int) -> settings:
    return settings(max_examples=MANY or few, derandomize=not MANY, deadline=None)


def read(text: str | bytes, **options) -> Reading:
    """Reads and proves: no test looks at units that are not faithful."""
    source: Source = decode(text if isinstance(text, bytes) else text.encode(), "test", **options)
    reading = read_units(source.text)
    prove(source.text, reading)
    return reading


def warnings(text: str | bytes, **options) -> list[tuple[int, str]]:
    """All that an import says of the text."""
    source = decode(text if isinstance(text, bytes) else text.encode(), "test", **options)
    reading = read_units(source.text)
    return [*source.warnings, *reading.warnings, *find_oddities(reading.units)]


def restated(
    root: Path, chapters: dict[str, bool] | None = None, complete: bool = True
) -> dict[str, str]:
    """Home page and colophon of the project at `root` as they read once these chapters, or all, are
    published.
    """
    if chapters is None:
        chapters = {}
    draft = Draft(root)
    restate(draft, chapters, complete)
    return {name: (data or b"").decode() for name, data in draft.changes().items()}


def shape(reading: Reading) -> list[tuple[str, str, str]]:
    return [(unit.id, unit.role, unit.text) for unit in reading.units]


def texts(reading: Reading) -> list[str]:
    return [unit.text for unit in reading.units]


def furniture(reading: Reading) -> list[tuple[str, str]]:
    return [(span.text, span.reason) for span in reading.furniture]


def _printed(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _form_feeds(text: str) -> str:
    """A form feed instead of the gap at each page's end."""
    return re.sub(r"\n(?:\s*\n){3,}(?=\d)", "\n\f", text)


DISGUISES = {
    "as it is": str.encode,
    "UTF-8 with BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16 LE": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 LE without BOM": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE without BOM": lambda text: text.encode("utf-16-be"),
    "GB18030": lambda text: text.encode("gb18030"),
    "GBK": lambda text: text.encode("gbk"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "mixed newlines": lambda text: "".join(
        line + end for line, end in zip(text.split("\n"), ["\n", "\r\n", "\r"] * len(text))
    ).encode(),
    "no newline at the end": lambda text: text.rstrip("\n").encode(),
    "many newlines at the end": lambda text: (text + "\n" * 40).encode(),
    "trailing spaces stripped": lambda text: "\n".join(
        line.rstrip() for line in text.split("\n")
    ).encode(),
    "outer spaces stripped": lambda text: "\n".join(
        line.strip() for line in text.split("\n")
    ).encode(),
    "a space on every line": lambda text: "\n".join(
        line.rstrip() + " " for line in text.split("\n")
    ).encode(),
    "no blank lines": lambda text: "\n".join(_printed(text)).encode(),
    "no blank lines, no outer spaces": lambda text: "\n".join(
        line.strip() for line in _printed(text)
    ).encode(),
    "two blank lines between all": lambda text: "\n\n\n".join(_printed(text)).encode(),
    "every newline doubled": lambda text: text.replace("\n", "\n\n").encode(),
    "form feeds at the page breaks": lambda text: _form_feeds(text).encode(),
    "form feeds, trailing spaces stripped": lambda text: "\n".join(
        line.rstrip(" ") for line in _form_feeds(text).split("\n")
    ).encode(),
}
FAITHFUL = [
    name
    for name in DISGUISES
    if not any(word in name for word in ("space", "blank", "doubled", "feeds", "mixed"))
]  # no sign of the layout is lost


def growth(function: Callable, little, much) -> float:
    """How many times the work of `little` is done for `much`: counted in lines of Python that run,
    which no clock disturbs.
    """
    function(little)  # what runs once only, as patterns are compiled, is over with this
    return _work(function, much) / _work(function, little)


def _work(function: Callable, argument) -> int:
    count = 0

    def step(*_):
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        function(argument)
    finally:
        sys.settrace(before)
    return count


# --- small texts in the layout of a real page: 80 cells, a trailing space ends a paragraph, a blank
# line between all lines ---

FILLER = "沿河的居民每天清早到堤上走一走记下水位和水色回来交给值守的人存档备查年年如此从不间断也从不潦草应付了事"


def full(end: str, width: int = 80) -> str:
    """A full line that ends in `end`."""
    room = width - cells(end)
    return FILLER[: room // 2] + (" " if room % 2 else "") + end


def whole(start: str, width: int = 80) -> str:
    """A full line that begins with `start`."""
    room = width - cells(start)
    return start + (" " if room % 2 else "") + FILLER[: room // 2]


CONTEXT = [
    full("，也没有谁觉得麻烦"),
    full("；到了汛期就改为一日三次"),
    "雨停之后再恢复原样。␠",
    whole("河水涨落")[:-2],
    "这样的记录已经有十年。␠",
]


def page(*lines: str, context: bool = True) -> str:
    """The lines with a blank one between each two; ␠ stands for a trailing space.

    Lines of context before and after set the layout.
    """
    rows = [*CONTEXT, *lines, *CONTEXT] if context else lines
    return "\n\n".join(rows).replace("␠", " ") + "\n"


def inner(reading: Reading) -> list[tuple[str, str]]:
    """(role, text) of the units between the two of the context before and the two after."""
    return [(unit.role, unit.text) for unit in reading.units][2:-2]
