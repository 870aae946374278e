"""What cannot be checked at all, told in one line: `path:line: not valid YAML (what). Cure`."""

import yaml


class CheckError(Exception):
    """What keeps a project from being checked at all: what, where, and what to do."""


def malformed(path: str, error: Exception) -> CheckError:
    """What `error`, raised while the YAML of a file was read, found wrong, and where."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        return CheckError(f"{path}:{line}: not UTF-8 (byte {byte:#04x}). Save it as UTF-8")
    line, said = place_of(error)
    place = f"{path}:{line}" if line else path
    return CheckError(f"{place}: not valid YAML ({said}). Mend it")


def place_of(error: Exception) -> tuple[int, str]:
    """The line, 0 where none is known, and what is said of it."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return 0, " ".join(str(error).split())
    what, opened = str(error.problem), error.context_mark
    if "stream" in what and opened:  # something is not closed: where it was opened
        return opened.line + 1, f"{what}, {error.context}"
    return error.problem_mark.line + 1, " ".join(what.split())
