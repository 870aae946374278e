"""Programs of others that only benchmarks and audits need: each in a folder of its own in
.cache/peers, installed when first asked for.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from whitepaper.book import ROOT, BookError

PEERS = ROOT / ".cache/peers"


def python_peer(name: str, *requirements: str) -> Path:
    """The folder of programs of a fresh environment that holds `requirements`, each pinned."""
    folder = PEERS / name
    bin_ = folder / ("Scripts" if sys.platform == "win32" else "bin")
    _once(
        folder,
        requirements,
        [
            [sys.executable, "-m", "venv", str(folder)],
            [
                str(bin_ / "python"),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                *requirements,
            ],
        ],
    )
    return bin_


def node_peer(name: str, *packages: str) -> Path:
    """The folder in which `packages`, each pinned, stand under node_modules."""
    if not shutil.which("npm"):
        raise BookError("npm: not on this machine. Install Node.js, or leave this benchmark out")
    _once(
        PEERS / name,
        packages,
        [["npm", "install", "--silent", "--no-save", "--prefix", str(PEERS / name), *packages]],
    )
    return PEERS / name


def _once(folder: Path, wanted: tuple[str, ...], commands: list[list[str]]) -> None:
    """Runs `commands` in the new `folder`, unless a stamp says that just this was done before."""
    stamp = folder / f"ready-{hashlib.sha256(repr(wanted).encode()).hexdigest()[:12]}"
    if stamp.exists():
        return
    print(
        f"setting up {' '.join(wanted)} in .cache/peers/{folder.name}", file=sys.stderr, flush=True
    )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
            raise BookError(
                f"{wanted[0]}: cannot be installed ({said}). Check the network, then run it again"
            )
    stamp.touch()
