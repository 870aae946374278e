"""What cannot be checked at all, told in one line: `path:line: not valid YAML (what). Cure`."""

import re

import yaml


class CheckError(Exception):
    """What keeps a project from being checked at all: what, where, and what to do."""


def malformed(path: str, error: Exception, cure: str = "Mend it") -> CheckError:
    """What `error`, raised while the file was read, found wrong, and where."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        return CheckError(f"{path}:{line}: not UTF-8 (byte {byte:#04x}). Save it as UTF-8")
    line, said = place_of(error)
    kind = "valid YAML" if isinstance(error, yaml.YAMLError) else "readable"
    return CheckError(f"{path}{f':{line}' if line else ''}: not {kind} ({said}). {cure}")


def place_of(error: Exception) -> tuple[int, str]:
    """The line, 0 where none is known, and what is said of it."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return 0, _flat(error)
    what = _flat(getattr(error, "problem", None) or error)
    opened = getattr(error, "context_mark", None)
    if "stream" in what and opened:  # something is not closed: where it was opened
        return opened.line + 1, f"{what}, {getattr(error, 'context', '')}"
    return mark.line + 1, what


def _flat(said: object) -> str:
    return re.sub(r"\s+", " ", str(said)).strip()
