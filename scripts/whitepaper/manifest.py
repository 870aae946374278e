"""build.json: says what a site consists of, and by it whether a copy is whole."""

import hashlib
import json
import urllib.error
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from whitepaper.book import BookError

MANIFEST = "build.json"


def write_manifest(stage: Path, facts: dict) -> None:
    """Writes build.json: `facts`, then size and sha256 of every other file."""
    files = {name: _entry((stage / name).read_bytes()) for name in sorted(files_in(stage))}
    told = json.dumps(facts | {"files": files}, ensure_ascii=False, indent=1)
    (stage / MANIFEST).write_text(f"{told}\n", "utf-8")


def files_in(folder: Path) -> set[str]:
    """All below a folder that is no folder itself, as relative names; links are not followed."""
    paths = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder).as_posix() for path in paths}


def _entry(data: bytes) -> dict[str, int | str]:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def verify(site: str) -> Iterator[str]:
    """What differs between a published copy (a folder, or its address) and its build.json.

    Raises BookError without one.
    """
    try:
        expected = dict(json.loads(_read(site, MANIFEST) or "")["files"])
    except (ValueError, KeyError, TypeError):
        raise BookError(
            f"{site}: no readable {MANIFEST} in it. Name a site that scripts/build made"
        ) from None
    for name, entry in sorted(expected.items()):
        data = _read(site, name)
        if data is None:
            yield f"{name}: missing"
        elif _entry(data) != entry:
            yield f"{name}: other content"
    for name in sorted(files_in(Path(site)) - {MANIFEST, *expected}):
        if not name.startswith(".git/"):
            yield f"{name}: not part of the site"


def _read(site: str, name: str) -> bytes | None:
    """One file of a site by its name; None where there is none."""
    from urllib.request import urlopen  # 8 ms, which builds need not spend

    if not site.startswith(("http://", "https://")):
        path = Path(site, name)
        return path.read_bytes() if path.is_file() else None
    try:
        with urlopen(f"{site.rstrip('/')}/{urllib.parse.quote(name)}", timeout=30) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        if error.code in (404, 410):
            return None
        raise BookError(f"{site}: {name} answers {error.code}. Try again later") from None
    except OSError as error:
        law = f"{site}: cannot be reached ({error})"
        raise BookError(f"{law}. Check address and network") from None
