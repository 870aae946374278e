"""What the benchmarks share: a row of the result, and the cost of a command."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One comparison: what was measured, our figure, the peer, its figure, their unit, and how.

    `theirs` is None where there is no peer, or it could not be measured; `how` then says why.
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
    """CPU and wall seconds of a command and all it started; the memory of the largest in MiB."""

    cpu: float
    wall: float
    peak: float


def cost(
    command: Sequence[str | Path],
    runs: int = 3,
    cwd: Path | None = None,
    prepare: Callable[[], object] = lambda: None,
    findings: bool = False,
) -> Cost:
    """The cheapest of a few runs, `prepare` called before each.

    Raises CalledProcessError with what the command said where it fails; a checker may end with 1
    or 2 where `findings` are expected.
    """
    fails = 3 if findings else 1
    return min(
        (_once(list(map(str, command)), cwd, prepare, fails) for _ in range(runs)),
        key=lambda run: run.cpu,
    )


def _once(command: list[str], cwd: Path | None, prepare: Callable[[], object], fails: int) -> Cost:
    prepare()
    started = time.perf_counter()
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if not 0 <= process.returncode < fails:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    wall = time.perf_counter() - started
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)
