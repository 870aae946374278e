"""What an import says: what was found, recognised, dropped and doubtful, and what to do next."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from manuscript.characters import bare
from manuscript.matching import SECTIONS
from manuscript.plan import Report
from manuscript.units import Span

SHOWN = 12  # warnings printed that are not of pages; the report has them all
RARE = 3  # drops of one kind below which each is shown
QUIET = {"note-mark", "bom", "soft-hyphen"}  # these are not gone: notes are called, lines joined
RESTATEMENT = re.compile(r"编述版|edition in paraphrase")
FORCE = (
    "Name the right file, or the part of it (--pages, --from, --to), or import it all the same "
    "with --force"
)


def refusal(report: Report) -> str:
    """Why the paper is not to be imported and what to do, or ``."""
    return next((f"{doubt}. {FORCE}" for doubt in _doubts(report)), "")


def _doubts(report: Report) -> Iterator[str]:
    """It may be another paper, a volume that holds this one, or a restatement of it."""
    reading, title = report.reading, report.book_title
    said = [*(unit.text for unit in reading.units), *(span.text for span in reading.furniture)]
    if any(RESTATEMENT.search(text) for text in said):
        yield "the file calls itself a restatement (编述), so its words are not the published ones"
    known, lost, new = report.recognised, len(report.lost), len(report.found - report.known)
    if not report.same_title and report.known:
        called = f"the text calls itself {reading.metadata['title']}"
        if bare(title) in (unit.bare for unit in reading.units if unit.level):
            yield f'{called}, and this paper is a part of it, --from "{title}"'
        if not known:
            yield "nothing of this book is recognised, neither its title nor a paragraph"
        if report.whole and new > len(report.known):
            yield f"{called} and has {new} paragraphs besides the {known} that are recognised"
    if lost > known:
        yield (
            f"only {known} of the {known + lost} paragraphs on the pages that it replaces are "
            f"recognised; the other {lost} would go, with their English and notes"
        )


def render_summary(report: Report) -> str:
    """Chapters, counts, what was recognised, each rare drop, what is doubtful: one thing a line."""
    return "\n".join(
        [_found(report), *_chapters(report), _recognised(report), *_dropped(report), *_told(report)]
    )


def _found(report: Report) -> str:
    units = report.reading.units
    counts = {
        "chapter": len(report.sections),
        "paragraph": sum(unit.counted for unit in units),
        "heading": sum(unit.level > 0 for unit in units),
        "table": sum(cells > 1 for cells, _ in groupby(len(unit.cells) for unit in units)),
        "note": sum(unit.role == "note" for unit in units),
        "figure": sum(unit.picture is not None for unit in units),
    }
    told = ", ".join(_counted(count, name) for name, count in counts.items())
    said = report.reading.metadata
    authors = "、".join(said["authors"]) or "no authors"
    cut = "; cut short in its last sentence" if said["truncated"] else ""
    title = said["title"] if report.whole else f"no title (the file is called {said['title']})"
    return f"found: {title}, {authors}: {told}; every character accounted for{cut}"


def _chapters(report: Report) -> Iterator[str]:
    for section in report.sections:
        title, new = section.title or "without a heading", "" if section.was else ", new"
        count = _counted(sum(unit.counted for unit in section.units), "paragraph")
        yield f"  {section.name}.md: {title} ({count}{new})"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1)}"


def _recognised(report: Report) -> str:
    known, new = len(report.known), len(report.found - report.known)
    told = f"{report.recognised} of {known} known paragraphs recognised, {new} new"
    missing = sorted(report.known - report.found)
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    return f"{told}; not recognised: {', '.join(missing[:SHOWN])}{more}" if missing else told


def _dropped(report: Report) -> Iterator[str]:
    """Each kind of drop with its number; those that occur fewer than three times one by one."""
    kinds: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in report.reading.furniture:
        words = "" if span.reason == "toc-leader" else re.sub(r"\d+", "#", span.text)
        if span.reason not in QUIET:
            kinds[span.reason, words].append(span)
    for (reason, words), spans in kinds.items():
        many = not words or len(spans) >= RARE
        called = f"{len(spans)} × {reason}, for example" if many else f"{reason},"
        for span in spans[:1] if many else spans:
            place = f"page {span.page}" if span.page else f"line {span.line}"
            yield f"dropped: {called} {place}: {span.text[:60]}"


def _told(report: Report) -> Iterator[str]:
    warnings = report.reading.warnings
    others = sorted(warnings[report.moved :], key=lambda told: "doubtful" not in told[1])
    for line, message in [*warnings[: report.moved], *others[:SHOWN]]:
        yield f"look at: {f'line {line}: ' if line else ''}{message}"
    if len(others) > SHOWN:
        yield f"look at: {len(others) - SHOWN} more; scripts/import --report FILE lists them all"


def render_steps(report: Report, done: str) -> str:
    """What was written, what to do next, how to undo it. `done`: `wrote`, or what else is said of
    the files that change.
    """
    changed = [name if data else f"{name} (gone)" for name, data in report.files.items()]
    names = f": {', '.join(changed[:8])}{' …' if len(changed) > 8 else ''}"
    files = _counted(len(changed), "file")
    lines = [f"{done}: {files}{names if changed else ', nothing has changed'}"]
    new = sum(not section.was for section in report.sections)
    if new:
        lines.append(
            f"next: give {_counted(new, 'new page')} a name in {SECTIONS}, then import again"
        )
    lines += _another(report)
    if "encoding" in report.reading.metadata:
        lines.append(
            "next: if you have the PDF or DOCX itself, import that: it tells more than its text"
        )
    if changed and done == "wrote":
        lines += [
            "next: scripts/check, read the chapters, give the edition its entry in CHANGELOG.md, "
            "commit",
            "undo: scripts/import --undo",
        ]
    return "\n".join(lines)


def _another(report: Report) -> Iterator[str]:
    """What the site says of title and authors, where the paper calls itself something else."""
    said = report.reading.metadata
    if report.whole and not report.same_title:
        yield (
            f"next: the site is still {report.book_title}, by its authors, in citations and "
            "exports too; if this is another paper, follow “Another paper” in CONTRIBUTING.md:"
        )
        yield f"  site_name: {said['title']}"
        yield f"  authors: {'、'.join(said['authors']) or 'none found'}"
