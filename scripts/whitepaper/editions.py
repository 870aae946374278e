"""What edition this is, from CHANGELOG.md, and when each page last changed, from git.

Works without git, with less to say.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from whitepaper.book import BookError
from whitepaper.faults import malformed
from whitepaper.git import git
from whitepaper.glossary import GLOSSARY

HEAD = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]? [-–—] (\d{4}-\d{2}-\d{2})\s*$")
CURE = "Begin each edition with `## [1.2.3] - 2026-11-24`"


@dataclass(frozen=True)
class Edition:
    """A published state of the text."""

    number: str
    date: date


@dataclass(frozen=True)
class Source:
    """The state of the checkout: a commit (`-modified` where the tree has uncommitted edits) and
    its date in UTC.
    """

    commit: str
    date: datetime

    @property
    def stamp(self) -> str:
        return self.date.strftime("%Y-%m-%dT%H:%M:%SZ")


@cache
def read_editions(root: Path) -> tuple[Edition, ...]:
    """All editions in CHANGELOG.md, the newest first.

    Raises BookError where there is none, or one is not written as it must be.
    """
    editions = []
    try:
        text = (root / "CHANGELOG.md").read_text("utf-8")
    except UnicodeDecodeError as error:
        raise BookError(malformed("CHANGELOG.md", error)) from None
    except OSError as error:
        raise BookError(f"CHANGELOG.md: {error.strerror}. {CURE}") from None
    for number, line in enumerate(text.split("\n"), 1):
        try:
            if line.startswith("## ") and line.rstrip() != "## [Unreleased]":
                edition, day = HEAD.findall(line)[0]
                editions.append(Edition(edition, date.fromisoformat(day)))
        except (IndexError, ValueError):
            law = f"an edition must be written with its day, not {line[3:40]}"
            raise BookError(f"CHANGELOG.md:{number}: {law}. {CURE}") from None
    if not editions:
        raise BookError(f"CHANGELOG.md: no edition in it. {CURE}")
    return tuple(editions)


def read_edition(root: Path) -> Edition:
    """The edition that the checkout holds: the newest in CHANGELOG.md."""
    return read_editions(root)[0]


@cache
def read_source(root: Path) -> Source:
    """The commit of `root`; without git the edition's own day and no commit.

    Never the time of the build.
    """
    said = _own(root, "log", "-1", "--format=%H %ct").split()
    if not said:
        return Source("", datetime.combine(read_edition(root).date, datetime.min.time(), UTC))
    modified = git(root, "status", "--porcelain", "--untracked-files=no") != ""
    return Source(
        said[0] + ("-modified" if modified else ""), datetime.fromtimestamp(int(said[1]), UTC)
    )


@cache
def read_changes(root: Path) -> dict[str, date]:
    """The day of the last commit (in UTC) that touched each file of docs/, by path from `root`.

    Empty without git, and in a shallow clone, whose history would name the wrong days.
    """
    if _own(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    found: dict[str, date] = {}
    day = date.min
    for line in _own(
        root, "log", "--format=@%ct", "--name-only", "--no-renames", "--", "docs"
    ).splitlines():
        if line.startswith("@"):
            day = datetime.fromtimestamp(int(line[1:]), UTC).date()
        elif line:
            found.setdefault(line, day)
    return found


def read_page_change(root: Path, name: str, langs: tuple[str, ...]) -> date | None:
    """The day a page's text last changed, in any of `langs`; None where git does not say."""
    paths = [f"docs/{lang}/{name}.md" for lang in langs] + (
        [GLOSSARY] if name == "glossary" else []
    )
    return max(filter(None, map(read_changes(root).get, paths)), default=None)


def _own(root: Path, *arguments: str) -> str:
    """What git says about exactly this folder.

    Empty without git, or where `root` is no checkout's top.
    """
    return git(root, *arguments) or "" if (root / ".git").exists() else ""
