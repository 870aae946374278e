"""Known vulnerabilities in the locked packages, as pip-audit finds them. Needs the network, so no part of the gate."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from whitepaper.book import ROOT, BookError
from whitepaper.peers import python_peer

LOCKS = ("requirements.lock", "requirements-test.lock")


def run_audit(lock: Path) -> list[dict]:
    """What pip-audit says about each package of a lock; raises BookError where it cannot say anything."""
    program = python_peer("pip-audit", "pip-audit==2.10.1") / "pip-audit"
    command = [
        program,
        "--requirement",
        lock,
        "--require-hashes",
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        said = (done.stderr.strip() or "no message").splitlines()[-1]
        raise BookError(f"pip-audit: {said}. Check the network, then run it again") from None


def read_findings(packages: list[dict]) -> tuple[list[str], list[str]]:
    """(a line for each vulnerability, names of packages that nothing is known about)."""
    found = [
        f"{package['name']} {package['version']}: {hole['id']} ({', '.join(hole.get('aliases', [])) or 'no other name'}); mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for package in packages
        for hole in package.get("vulns", [])
    ]
    return found, [package["name"] for package in packages if "skip_reason" in package]


def main() -> int:
    argparse.ArgumentParser(
        prog="scripts/audit",
        description="Known vulnerabilities in the locked packages (pip-audit, on demand; needs the network).",
    ).parse_args()
    found, unknown = set(), set()
    try:
        for lock in LOCKS:
            holes, silent = read_findings(run_audit(ROOT / lock))
            found, unknown = found | set(holes), unknown | set(silent)
    except BookError as error:
        print(f"audit: {error}", file=sys.stderr)
        return 2
    print(*sorted(found), sep="\n", end="\n" if found else "")
    if unknown:
        print(
            f"audit: the index says nothing about {len(unknown)} packages ({', '.join(sorted(unknown)[:3])}, …). Run it where PyPI itself can be reached",
            file=sys.stderr,
        )
        return 2
    print(f"audit: {len(found)} known vulnerabilities", file=sys.stderr)
    return 1 if found else 0
