"""Runs functions in processes of their own: forked where that can be had, else spawned.

A fork imports nothing twice. Functions, arguments and results must be such as pickle can carry.
"""

import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_FORK = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
_PROCESSES: Any = multiprocessing.get_context(
    multiprocessing.get_start_method(allow_none=True) or _FORK  # a choice made before counts
)


PATIENCE = 0.5  # seconds
STOPS = (signal.SIGINT, signal.SIGTERM)  # Ctrl-C, and what `kill` says


class Aside:
    """A function at work in a process of its own, which ends soon after whoever waits for it."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._answer, tell = _PROCESSES.Pipe(duplex=False)
        self.process = _PROCESSES.Process(target=_work, args=(tell, function, arguments))
        _hold("SIG_BLOCK")  # Ctrl-C: one that comes while Python forks may be printed, and is lost
        try:
            self.process.start()
        finally:
            _hold("SIG_UNBLOCK")
        tell.close()

    def result(self) -> Any:
        """What the function returns, when it has.

        Raises what it raised, or OSError where the process died.
        """
        try:
            returned, raised = self._answer.recv()
        except EOFError:
            raise OSError(f"a process of the build died (exit code {self._end()})") from None
        self._end()
        if raised:
            raise raised
        return returned

    def kill(self) -> None:
        """Ends it: it is told to, so that it ends what it has started; and then has no choice."""
        self.process.terminate()
        self.process.join(PATIENCE)
        self.process.kill()
        self._end()

    def _end(self) -> Any:
        self.process.join()
        return self.process.exitcode


def side_by_side(*calls: tuple[Any, ...]) -> list[Any]:
    """What calls (a function and its arguments, each) return, in their order, from a process for
    each.

    Where one fails, all end.
    """
    runs = [Aside(*call) for call in calls]
    try:
        return [run.result() for run in runs]
    finally:
        for run in runs:
            run.kill()


def _hold(how: str) -> None:
    if hasattr(signal, "pthread_sigmask"):  # Windows does not fork
        signal.pthread_sigmask(getattr(signal, how), STOPS)


def _stop(*_: Any) -> None:
    """Interrupts what is at work, but once: terminal and parent may both say so."""
    for stop in STOPS:
        signal.signal(stop, lambda *_: None)
    raise KeyboardInterrupt


def _work(tell: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        for stop in STOPS:
            signal.signal(stop, _stop)
        _hold("SIG_UNBLOCK")
        outcome: Any = (function(*arguments), None)
    # Any: it is raised again where the result is asked for. Who waits may hear of Ctrl-C after us.
    except (Exception, KeyboardInterrupt) as error:
        outcome = (None, error)
    with contextlib.suppress(BrokenPipeError):  # nobody waits any more
        tell.send(outcome)
