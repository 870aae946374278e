"""What the benchmarks share: a row of the result, and the cost of a command."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One comparison: what was measured, our figure, the peer with its version, its figure, their unit, and how.

    `theirs` is None where the peer could not be measured; `how` then says why.
    """

    name: str
    ours: float
    peer: str
    theirs: float | None
    unit: str  # CPU s, s, MiB, bytes, points, recall, …
    how: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours in units of theirs: for costs, below 1 is better."""
        return self.ours / self.theirs if self.theirs else None


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds of a command and all it started, and the memory of the largest of them in MiB."""

    cpu: float
    wall: float
    peak: float


def cost(
    command: list[str | Path],
    runs: int = 3,
    cwd: Path | None = None,
    prepare=lambda: None,
    **environment: str,
) -> Cost:
    """The cheapest of a few runs, `prepare` called before each; raises CalledProcessError with what the command said."""
    return min(
        (_once(list(map(str, command)), cwd, environment, prepare) for _ in range(runs)),
        key=lambda run: run.cpu,
    )


def _once(command: list[str], cwd: Path | None, environment: dict[str, str], prepare) -> Cost:
    prepare()
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1024)
