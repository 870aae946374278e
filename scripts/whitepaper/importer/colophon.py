"""Home page and colophon after an import: what they say of the edition (docs/data/published.toml), and the contents with the new pages."""
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whitepaper.book import LANGS, BookError
from whitepaper.importer.blocks import HEADING, inline
from whitepaper.importer.outline import read_entries

STATEMENTS = Path("docs/data/published.toml")
LINK = re.compile(r"^ *- \[.*\]\(([\w-]+)\.md\)")


@dataclass(frozen=True)
class Row:
    """A line of the contents: a page, its title, and the part that it belongs to or ``."""

    name: str
    title: str
    part: str


def restate(root: Path, complete: bool) -> Iterator[tuple[Path, str]]:
    """(path, new text) of each page that speaks of the wording; `complete` where the text is no longer cut short."""
    pages: dict[Path, str] = {}
    for entry in _read(root):
        for lang in LANGS:
            path = root / "docs" / lang / f"{entry['page']}.md"
            if path.exists() and (complete or not entry.get("complete")):
                before = pages.get(path) or path.read_text("utf-8")
                pages[path] = replace_section(before, entry["id"], entry[lang].strip("\n"), entry.get(f"title_{lang}", ""))
    yield from pages.items()


def read_notes(root: Path) -> dict[str, str]:
    """What notes in Chinese say once the published wording stands above them, by page#note."""
    entries = read_entries(root, STATEMENTS, "note")
    for entry in entries:
        if missing := {"page", "id", "zh"} - set(entry):
            raise BookError(f"{STATEMENTS.as_posix()}: the note {entry.get('id', '?')} must have {', '.join(sorted(missing))}. Add it")
    return {f"{entry['page']}#{entry['id']}": entry["zh"] for entry in entries}


def _read(root: Path) -> list[dict]:
    entries = read_entries(root, STATEMENTS)
    for entry in entries:
        if missing := {"page", "id", *LANGS} - set(entry):
            raise BookError(f"{STATEMENTS.as_posix()}: the entry {entry.get('id', '?')} must have {', '.join(sorted(missing))}. Add it")
    return entries


def replace_section(page: str, anchor: str, body: str, title: str = "") -> str:
    """The page with other words below the heading `anchor`, up to the next heading; as it is where there is no such heading."""
    lines = page.split("\n")
    headings = [at for at, line in enumerate(lines) if HEADING.match(line)]
    start = next((at for at in headings if re.search(rf"\{{#{re.escape(anchor)}(?: [^}}]*)?\}}$", lines[at])), None)
    if start is None:
        return page
    end = next((at for at in headings if at > start), len(lines))
    heading = re.sub(r"^(#+) .* (\{#)", rf"\1 {title} \2", lines[start]) if title else lines[start]
    return "\n".join([*lines[:start], heading, "", body, "", *lines[end:]])


def list_pages(page: str, rows: Sequence[Row]) -> str:
    """The home page with a line in its contents for each page that has none, behind the one before it."""
    lines = page.split("\n")
    linked = {found[1]: at for at, line in enumerate(lines) if (found := LINK.match(line))}
    if not linked:
        return page
    new: dict[int, list[str]] = defaultdict(list)
    at, inside = -1, ""
    for row in rows:
        if row.name in linked:
            at, inside = linked[row.name], row.part
        elif at >= 0:
            if row.part != inside:
                at = _end_of_item(lines, at)
                new[at] += [f"- {inline(row.part)}"] if row.part else []
            inside = row.part
            new[at].append(f"{'    ' if row.part else ''}- [{inline(row.title)}]({row.name}.md)")
    return "\n".join(row for at, line in enumerate(lines) for row in (line, *new[at]))


def _end_of_item(lines: list[str], at: int) -> int:
    """The last line of the outermost item that line `at` belongs to."""
    while at + 1 < len(lines) and lines[at + 1].startswith(" "):
        at += 1
    return at
